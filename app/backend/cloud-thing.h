/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-round.h"
#include "backend/cloud-watch.h"
#include "backend/news.h"

G_BEGIN_DECLS

/* A device of an account, as its worker sees it. */
typedef struct
{
  char              *device;
  char              *thing; /* serial number */
  gboolean           due;
  gboolean           told;     /* that it failed */
  gboolean           past;     /* its alarms of the last time are still to be asked for */
  char              *counters; /* what the plant was told of them, or NULL */
  PlanciaCloudWatch *watch;
} PlanciaCloudThing;

/* Due. (transfer full) */
PlanciaCloudThing *plancia_cloud_thing_new (const char *device, const char *thing);
void               plancia_cloud_thing_free (PlanciaCloudThing *self);
/* What of an answer may be shown, as plancia_cloud_watch_take has it, with the alarms. (transfer full) */
PlanciaReadings *plancia_cloud_thing_take (PlanciaCloudThing        *self,
                                           const PlanciaCloudPlace  *place,
                                           const PlanciaCloudAnswer *answer,
                                           gboolean                  again,
                                           GError                  **remark);
/* A meter's day needs one more question a day; FALSE: nothing was learnt. Blocking. */
gboolean plancia_cloud_thing_learn_midnight (PlanciaCloudThing       *self,
                                             const PlanciaCloudPlace *place,
                                             PlanciaCloudClient      *client,
                                             GCancellable            *closing,
                                             GCancellable            *cancellable);
/* What the plant kept of its counters. */
void plancia_cloud_thing_set_counters (PlanciaCloudThing *self, const char *counters);
/* What the plant is to remember of them now, if that is new; else NULL. (transfer full) */
PlanciaNews *plancia_cloud_thing_note_counters (PlanciaCloudThing *self);
/* Only these of the readings; NULL: all. (transfer full) */
PlanciaReadings *plancia_cloud_thing_pick (PlanciaReadings *all, const char *const *keys);

G_END_DECLS
