/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-client.h"

G_BEGIN_DECLS

/* What a cloud knows of the past of one thing. On the client's worker; blocking. */

/* Whether a request for values asks for the alarms of the same span, too. */
gboolean plancia_cloud_history_asks_alarms_too (const PlanciaCloudProfile *profile);
/* *alarms: (element-type PlanciaCloudAlarm) of the same span where one request may ask for both; else NULL. (transfer
 * full) */
PlanciaSamples *plancia_cloud_history_fetch (PlanciaCloudClient *client,
                                             const char         *thing,
                                             const char         *device,
                                             PlanciaSpan         span,
                                             GArray            **alarms,
                                             GCancellable       *closing,
                                             GCancellable       *cancellable,
                                             GError            **error);
/* (element-type PlanciaCloudAlarm) (transfer full) */
GArray *plancia_cloud_history_fetch_alarms (PlanciaCloudClient *client,
                                            const char         *thing,
                                            PlanciaSpan         span,
                                            GCancellable       *closing,
                                            GCancellable       *cancellable,
                                            GError            **error);

G_END_DECLS
