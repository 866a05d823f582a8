/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-client.h"

G_BEGIN_DECLS

/* What a cloud knows of the past of one thing. On the client's worker, if nothing else is said; blocking. */

/* An answer that has come; it may be taken apart while the next one is asked for. */
typedef struct
{
  PlanciaCloudProfile *profile;
  char                *thing;
  char                *device;
  PlanciaSpan          span;
  GTimeZone           *zone; /* of the plant; NULL: nothing is to be mended */
  gboolean             with_alarms;
  gboolean             at_once;
  GBytes              *body;    /* that is to be taken apart; or NULL */
  PlanciaSamples      *samples; /* what came of it */
  GArray              *alarms;  /* of PlanciaCloudAlarm, or NULL */
} PlanciaCloudPast;

void plancia_cloud_past_free (PlanciaCloudPast *self);

/* Whether a request for values asks for the alarms of the same span, too. */
gboolean plancia_cloud_history_asks_alarms_too (const PlanciaCloudProfile *profile);
/* At once: whatever is wrong with the answer is said now. Else what looks like a usual one is kept as it is. (transfer full) */
PlanciaCloudPast *plancia_cloud_history_ask (PlanciaCloudClient *client,
                                             const char         *thing,
                                             const char         *device,
                                             PlanciaSpan         span,
                                             gboolean            at_once,
                                             GCancellable       *closing,
                                             GCancellable       *cancellable,
                                             GError            **error);
/* Any thread. *alarms: (element-type PlanciaCloudAlarm) of the same span where one request may ask for both; else NULL. (transfer
 * full) */
PlanciaSamples *
plancia_cloud_history_decode (PlanciaCloudPast *past, GArray **alarms, GError **error);
/* (element-type PlanciaCloudAlarm) (transfer full) */
GArray *plancia_cloud_history_fetch_alarms (PlanciaCloudClient *client,
                                            const char         *thing,
                                            PlanciaSpan         span,
                                            GCancellable       *closing,
                                            GCancellable       *cancellable,
                                            GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudPast, plancia_cloud_past_free)

G_END_DECLS
