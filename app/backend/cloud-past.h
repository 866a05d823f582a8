/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-history.h"

G_BEGIN_DECLS

/* A piece of the past of one thing as it is kept: its values, a meter's day mended, and its alarms, in one request where the
 * cloud takes both and in a second one where it does not. Asked for on the client's worker; blocking. Taken apart on any other,
 * meanwhile the next piece comes. */

/* zone: of the plant. at_once: see plancia_cloud_history_ask(). *without_alarms: this cloud has shown that it has none to give;
 * set here, and then it is not asked for them again. (transfer full) */
PlanciaCloudPast *plancia_cloud_past_ask (PlanciaCloudClient *client,
                                          const char         *thing,
                                          const char         *device,
                                          PlanciaSpan         span,
                                          GTimeZone          *zone,
                                          gboolean            at_once,
                                          gboolean           *without_alarms,
                                          GCancellable       *closing,
                                          GCancellable       *cancellable,
                                          GError            **error);
/* Any thread. *alarms: (element-type PlanciaCloudAlarm) (transfer full), or NULL. NULL: the answer was not whole after all; one
 * that is asked for at once says what is wrong, and may be asked for again in time. (transfer full) */
PlanciaSamples *plancia_cloud_past_decode (PlanciaCloudPast *past, GArray **alarms, GError **error);

G_END_DECLS
