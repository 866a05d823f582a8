/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-history.h"

#include "base/error.h"
#include "protocol/portal-json.h"
#include "protocol/portal-scan.h"
#include <string.h>

static gboolean
check_span (PlanciaCloudClient *client, PlanciaSpan span, GError **error)
{
  gint64 window = plancia_cloud_client_get_profile (client)->window;

  if (!plancia_span_is_empty (span) && span.end - span.start <= window)
    return TRUE;
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG,
               "expected a span of up to %d h, got %" G_GINT64_FORMAT " ms",
               (int) (window / PLANCIA_HOUR),
               span.end - span.start);
  return FALSE;
}

typedef struct
{
  const char *thing;
  const char *device;
  PlanciaSpan span;
  gboolean    with_alarms;
  GArray     *alarms; /* or NULL */
} Past;

/* The part of an answer that is about alarms, as an answer of its own. */
static GArray *
decode_slice (const PlanciaCloudFormat *format,
              const PlanciaPortalSlice *slice,
              const char               *thing,
              guint                     status)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (PlanciaPortalAnswer) parsed = NULL;

  if (plancia_portal_scan_no_alarms (format, slice, thing))
    return g_array_new (FALSE, FALSE, sizeof (PlanciaCloudAlarm));
  text = g_strdup_printf ("{\"%s\":%.*s}",
                          format->commands[PLANCIA_CLOUD_ALARM_HISTORIC],
                          (int) slice->length,
                          slice->start);
  body = g_bytes_new (text, strlen (text));
  parsed = plancia_portal_answer_new (body, status, NULL);
  return parsed != NULL ? plancia_portal_json_past_alarms (format, parsed, thing, NULL) : NULL;
}

/* NULL: not of the usual form. */
static PlanciaSamples *
scan_past (const PlanciaCloudFormat *format, GBytes *body, guint status, Past *past)
{
  gsize              length;
  const char        *data = g_bytes_get_data (body, &length);
  g_autofree char   *text = status == 200 ? g_strndup (data, length) : NULL;
  PlanciaPortalSlice slice = {NULL, 0};
  g_autoptr (PlanciaSamples) samples = NULL;

  if (text == NULL)
    return NULL;
  samples = plancia_portal_scan_historic (
    format,
    text,
    length,
    past->thing,
    past->device,
    past->span,
    past->with_alarms ? format->commands[PLANCIA_CLOUD_ALARM_HISTORIC] : NULL,
    past->with_alarms ? &slice : NULL);
  if (samples == NULL || (past->with_alarms && slice.start == NULL))
    return NULL;
  if (past->with_alarms)
    past->alarms = decode_slice (format, &slice, past->thing, status);
  return g_steal_pointer (&samples);
}

static gpointer
decode_past (const PlanciaCloudFormat *format,
             GBytes                   *body,
             guint                     status,
             gpointer                  data,
             GError                  **error)
{
  Past           *past = data;
  PlanciaSamples *samples = scan_past (format, body, status, past);
  g_autoptr (PlanciaPortalAnswer) parsed = NULL;

  if (samples != NULL)
    return samples;
  parsed = plancia_portal_answer_new (body, status, error);
  if (parsed == NULL)
    return NULL;
  samples =
    plancia_portal_json_historic (format, parsed, past->thing, past->device, past->span, error);
  if (samples != NULL && past->with_alarms)
    past->alarms = plancia_portal_json_past_alarms (format, parsed, past->thing, NULL);
  return samples;
}

/* One request asks for both. */
gboolean
plancia_cloud_history_asks_alarms_too (const PlanciaCloudProfile *profile)
{
  return profile->per_post > 1 && profile->format.commands[PLANCIA_CLOUD_ALARM_HISTORIC] != NULL &&
         g_str_equal (profile->paths[PLANCIA_CLOUD_HISTORIC],
                      profile->paths[PLANCIA_CLOUD_ALARM_HISTORIC]);
}

/**
 * plancia_cloud_history_fetch:
 * @client: open
 * @thing: serial number
 * @device: whose samples they are to be
 * @span: at most the profile's window; longer ones are refused before they are asked for
 * @alarms: (out) (nullable) (transfer full) (element-type PlanciaCloudAlarm): those of the same span where one
 *   request may ask for both; else %NULL
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 *
 * On the client's worker. PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says.
 *
 * Returns: (transfer full) (nullable): the samples
 */
PlanciaSamples *
plancia_cloud_history_fetch (PlanciaCloudClient *client,
                             const char         *thing,
                             const char         *device,
                             PlanciaSpan         span,
                             GArray            **alarms,
                             GCancellable       *closing,
                             GCancellable       *cancellable,
                             GError            **error)
{
  const PlanciaCloudFunction functions[] = {PLANCIA_CLOUD_HISTORIC, PLANCIA_CLOUD_ALARM_HISTORIC};
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  Past past = {thing, device, span, plancia_cloud_history_asks_alarms_too (profile), NULL};
  g_autofree char *body = NULL;
  PlanciaSamples  *samples;

  if (!check_span (client, span, error))
    return NULL;
  body = plancia_portal_json_request (&profile->format,
                                      functions,
                                      past.with_alarms ? 2 : 1,
                                      thing,
                                      &span);
  samples = plancia_cloud_client_ask (client,
                                      PLANCIA_CLOUD_HISTORIC,
                                      body,
                                      decode_past,
                                      &past,
                                      PLANCIA_CLOUD_PATIENT,
                                      closing,
                                      cancellable,
                                      error);
  *alarms = past.alarms;
  return samples;
}

static gpointer
decode_alarms (const PlanciaCloudFormat *format,
               GBytes                   *body,
               guint                     status,
               gpointer                  data,
               GError                  **error)
{
  g_autoptr (PlanciaPortalAnswer) parsed = plancia_portal_answer_new (body, status, error);

  return parsed != NULL ? plancia_portal_json_past_alarms (format, parsed, data, error) : NULL;
}

/**
 * plancia_cloud_history_fetch_alarms:
 * @client: open
 * @thing: serial number
 * @span: at most the profile's window
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 *
 * On the client's worker. PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says.
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaCloudAlarm): intervals by their begin
 */
GArray *
plancia_cloud_history_fetch_alarms (PlanciaCloudClient *client,
                                    const char         *thing,
                                    PlanciaSpan         span,
                                    GCancellable       *closing,
                                    GCancellable       *cancellable,
                                    GError            **error)
{
  const PlanciaCloudFunction function = PLANCIA_CLOUD_ALARM_HISTORIC;
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  g_autofree char           *body = NULL;

  if (!check_span (client, span, error))
    return NULL;
  body = plancia_portal_json_request (&profile->format, &function, 1, thing, &span);
  return plancia_cloud_client_ask (client,
                                   function,
                                   body,
                                   decode_alarms,
                                   (gpointer) thing,
                                   PLANCIA_CLOUD_PATIENT,
                                   closing,
                                   cancellable,
                                   error);
}
