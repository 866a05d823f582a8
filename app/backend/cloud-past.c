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
 * plancia_cloud_past_ask:
 * @client: open
 * @thing: serial number
 * @device: whose samples they are to be
 * @span: at most the profile's window
 * @zone: of the plant
 * @at_once: whether the answer is taken apart here
 * @without_alarms: (inout): whether this cloud has no alarms to give
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 * @error: PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says
 *
 * On the client's worker.
 *
 * Returns: (transfer full) (nullable): the answer
 */
PlanciaCloudPast *
plancia_cloud_past_ask (PlanciaCloudClient *client,
                        const char         *thing,
                        const char         *device,
                        PlanciaSpan         span,
                        GTimeZone          *zone,
                        gboolean            at_once,
                        gboolean           *without_alarms,
                        GCancellable       *closing,
                        GCancellable       *cancellable,
                        GError            **error)
{
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  gboolean may_ask = profile->format.commands[PLANCIA_CLOUD_ALARM_HISTORIC] != NULL &&
                     !plancia_cloud_history_asks_alarms_too (profile);
  g_autoptr (PlanciaCloudPast) past =
    plancia_cloud_history_ask (client, thing, device, span, at_once, closing, cancellable, error);

  if (past == NULL)
    return NULL;
  past->zone = g_time_zone_ref (zone);
  if (may_ask && !*without_alarms &&
      !ask_alarms (client, thing, span, without_alarms, &past->alarms, closing, cancellable, error))
    return NULL;
  return g_steal_pointer (&past);
}

/**
 * plancia_cloud_past_decode:
 * @past: an answer
 * @alarms: (out) (nullable) (transfer full) (element-type PlanciaCloudAlarm): those of the span
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the samples
 */
PlanciaSamples *
plancia_cloud_past_decode (PlanciaCloudPast *past, GArray **alarms, GError **error)
{
  g_autoptr (PlanciaSamples) samples = plancia_cloud_history_decode (past, alarms, error);

  return samples != NULL ? plancia_cloud_meter_mend (samples, past->zone) : NULL;
}
