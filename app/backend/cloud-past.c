/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-past.h"

#include "backend/cloud-history.h"
#include "backend/cloud-meter.h"
#include "backend/cloud-round.h"
#include "base/error.h"

/* The cloud answered, and not with alarms: asking again brings the same. */
static gboolean
is_final (const GError *error)
{
  static const int codes[] = {PLANCIA_CLOUD_ERROR_REFUSED,
                              PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                              PLANCIA_CLOUD_ERROR_WEB_PAGE,
                              PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
                              PLANCIA_CLOUD_ERROR_NO_VALUES};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_CLOUD_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* A second question. FALSE: the piece has to be asked for again, or its alarms would be lost. */
static gboolean
ask_alarms (PlanciaCloudClient *client,
            const char         *thing,
            PlanciaSpan         span,
            gboolean           *without_alarms,
            GArray            **alarms,
            GCancellable       *closing,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr (GError) local = NULL;

  *alarms = plancia_cloud_history_fetch_alarms (client, thing, span, closing, cancellable, &local);
  if (local == NULL)
    return TRUE;
  if (is_final (local)) {
    g_info ("no alarms of the past: %s", local->message);
    *without_alarms = !plancia_cloud_error_is_of_thing (local) ||
                      g_error_matches (local, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REFUSED);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * plancia_cloud_past_fetch:
 * @client: open
 * @thing: serial number
 * @device: whose samples they are to be
 * @span: at most the profile's window
 * @zone: of the plant
 * @without_alarms: (inout): whether this cloud has no alarms to give
 * @alarms: (out) (nullable) (transfer full) (element-type PlanciaCloudAlarm): those of the span
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 * @error: PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says
 *
 * Returns: (transfer full) (nullable): the samples
 */
PlanciaSamples *
plancia_cloud_past_fetch (PlanciaCloudClient *client,
                          const char         *thing,
                          const char         *device,
                          PlanciaSpan         span,
                          GTimeZone          *zone,
                          gboolean           *without_alarms,
                          GArray            **alarms,
                          GCancellable       *closing,
                          GCancellable       *cancellable,
                          GError            **error)
{
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  gboolean may_ask = profile->format.commands[PLANCIA_CLOUD_ALARM_HISTORIC] != NULL &&
                     !plancia_cloud_history_asks_alarms_too (profile);
  g_autoptr (PlanciaSamples) samples =
    plancia_cloud_history_fetch (client, thing, device, span, alarms, closing, cancellable, error);

  if (samples == NULL)
    return NULL;
  if (may_ask && !*without_alarms &&
      !ask_alarms (client, thing, span, without_alarms, alarms, closing, cancellable, error))
    return NULL;
  return plancia_cloud_meter_mend (samples, zone);
}
