/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-place.h"
#include "backend/readings.h"
#include "base/samples.h"
#include "protocol/portal-json.h"

G_BEGIN_DECLS

/* What is known of one thing, so that what a cloud says of it can be judged: clouds answer zeros, older values than
 * before, values of yesterday as today's, and powers that are long over. Pure; one thread at a time. */
typedef struct _PlanciaCloudWatch PlanciaCloudWatch;

PlanciaCloudWatch *plancia_cloud_watch_new (void);
void               plancia_cloud_watch_free (PlanciaCloudWatch *self);
/* A person began anew: what comes next is taken as it is. */
void plancia_cloud_watch_reset (PlanciaCloudWatch *self);

/* Values that can be shown, or NULL: then nothing of the answer is taken and *remark says why; or it is the same packet as
 * before, and *remark is NULL. With values *remark says what is odd about them, or is NULL. A single reading that is not
 * to be trusted has a quality and a message. *remark: PLANCIA_CLOUD_ERROR_ZEROS, _WENT_BACK, _FELL, _REPLACED, _FROZEN, _STUCK.
 * again: a person asked: the same packet is given too. (transfer full) */
PlanciaReadings *plancia_cloud_watch_take (PlanciaCloudWatch           *self,
                                           const char                  *device,
                                           const PlanciaPortalRealtime *realtime,
                                           const PlanciaCloudPlace     *place,
                                           gint64                       now,
                                           gboolean                     again,
                                           GError                     **remark);

/* What is known of counters that fell, for the plant to keep: as PlanciaLearnt has it; NULL: they did not. (transfer full) */
char *plancia_cloud_watch_dup_counters (PlanciaCloudWatch *self);
/* What the plant kept. */
void plancia_cloud_watch_set_counters (PlanciaCloudWatch *self, const char *counters);
/* A person's answer to whether the device was replaced: what it counts now is taken, or never as long as it is lower. */
void plancia_cloud_watch_answer (PlanciaCloudWatch *self, gboolean replaced);

/* A meter's counters since midnight are those of its life (field notes): the day needs its state at midnight. TRUE if that
 * is not known yet and *span, which lies around midnight, may bring it. */
gboolean plancia_cloud_watch_needs_midnight (PlanciaCloudWatch       *self,
                                             const PlanciaCloudPlace *place,
                                             gint64                   now,
                                             PlanciaSpan             *span);
/* samples: of that span; NULL: there are none, and it is not asked again today. */
void plancia_cloud_watch_set_midnight (PlanciaCloudWatch       *self,
                                       const PlanciaCloudPlace *place,
                                       gint64                   now,
                                       PlanciaSamples          *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudWatch, plancia_cloud_watch_free)

G_END_DECLS
