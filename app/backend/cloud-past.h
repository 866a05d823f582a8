/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-client.h"

G_BEGIN_DECLS

/* A piece of the past of one thing as it is kept: its values, a meter's day mended, and its alarms, in one request where the
 * cloud takes both and in a second one where it does not. On the client's worker; blocking. */

/* zone: of the plant. *without_alarms: this cloud has shown that it has none to give; set here, and then it is not asked for them
 * again. *alarms: (element-type PlanciaCloudAlarm) (transfer full), or NULL. (transfer full) */
PlanciaSamples *plancia_cloud_past_fetch (PlanciaCloudClient *client,
                                          const char         *thing,
                                          const char         *device,
                                          PlanciaSpan         span,
                                          GTimeZone          *zone,
                                          gboolean           *without_alarms,
                                          GArray            **alarms,
                                          GCancellable       *closing,
                                          GCancellable       *cancellable,
                                          GError            **error);

G_END_DECLS
