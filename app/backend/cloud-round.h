/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-client.h"
#include "protocol/portal-json.h"

G_BEGIN_DECLS

/* One question for the values and alarms of now of some things, and its answer. A worker's. */
typedef struct
{
  char                  *thing;
  PlanciaPortalRealtime *realtime; /* or NULL and error */
  GError                *error;
  GArray                *alarms; /* int; NULL: the cloud does not say */
  gint64                 alarms_time;
} PlanciaCloudAnswer;

typedef struct _PlanciaCloudRound PlanciaCloudRound;

/* things: NULL at the end. */
PlanciaCloudRound *plancia_cloud_round_new (const char *const *things);
void               plancia_cloud_round_free (PlanciaCloudRound *self);
/* FALSE if nothing came at all: what the client says, or what is said of every thing and is not the thing's. */
gboolean plancia_cloud_round_ask (PlanciaCloudRound  *self,
                                  PlanciaCloudClient *client,
                                  gboolean            with_alarms,
                                  int                 tries,
                                  GCancellable       *closing,
                                  GCancellable       *cancellable,
                                  GError            **error);
/* After a round that succeeded; in the order of the things. */
PlanciaCloudAnswer *plancia_cloud_round_get (PlanciaCloudRound *self, guint index);
/* FALSE if it refused to speak of alarms: not asked again. */
gboolean plancia_cloud_round_has_alarms (PlanciaCloudRound *self);
/* What a cloud says of one device; everything else is the account's, or the way's. */
gboolean plancia_cloud_error_is_of_thing (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudRound, plancia_cloud_round_free)

G_END_DECLS
