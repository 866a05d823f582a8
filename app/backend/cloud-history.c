/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-history.h"

#include "base/error.h"
#include "protocol/portal-json.h"
#include "protocol/portal-scan.h"
#include <string.h>

/* What an answer says of how it went, and how far from one of its ends at the most. */
#define SUCCESS "\"success\""
#define END     4096

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

/**
 * plancia_cloud_past_free:
 * @self: (transfer full): an answer
 */
void
plancia_cloud_past_free (PlanciaCloudPast *self)
{
  plancia_cloud_profile_unref (self->profile);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->samples, plancia_samples_unref);
  g_clear_pointer (&self->alarms, g_array_unref);
  g_free (self->thing);
  g_free (self->device);
  g_free (self);
}

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
scan_past (const PlanciaCloudFormat *format, GBytes *body, guint status, PlanciaCloudPast *past)
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

static gboolean
decode_past (PlanciaCloudPast *past, GBytes *body, guint status, GError **error)
{
  const PlanciaCloudFormat *format = &past->profile->format;
  g_autoptr (PlanciaPortalAnswer) parsed = NULL;

  past->samples = scan_past (format, body, status, past);
  if (past->samples != NULL)
    return TRUE;
  parsed = plancia_portal_answer_new (body, status, error);
  if (parsed == NULL)
    return FALSE;
  past->samples =
    plancia_portal_json_historic (format, parsed, past->thing, past->device, past->span, error);
  if (past->samples != NULL && past->with_alarms)
    past->alarms = plancia_portal_json_past_alarms (format, parsed, past->thing, NULL);
  return past->samples != NULL;
}

/* Near the begin, or near the end; behind the word. */
static const char *
find_success (const char *text, gsize length)
{
  gsize       end = MIN (length, END);
  const char *word = g_strstr_len (text, (gssize) end, SUCCESS);

  if (word == NULL)
    word = g_strstr_len (text + length - end, (gssize) end, SUCCESS);
  return word != NULL ? word + strlen (SUCCESS) : NULL;
}

/* Whole, and what is said first of success is that it was one. */
static gboolean
looks_usual (GBytes *body, guint status)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  const char *word = status == 200 ? find_success (text, length) : NULL;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (word == NULL || text[length - 1] != '}')
    return FALSE;
  /* The brace at the end stops it. */
  while (g_ascii_isspace (*word) || *word == ':')
    word++;
  return strncmp (word, "true", 4) == 0;
}

static gpointer
take_past (const PlanciaCloudFormat *format,
           GBytes                   *body,
           guint                     status,
           gpointer                  data,
           GError                  **error)
{
  PlanciaCloudPast *past = data;

  if (past->at_once || !looks_usual (body, status))
    return decode_past (past, body, status, error) ? past : NULL;
  past->body = g_bytes_ref (body);
  return past;
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
 * plancia_cloud_history_ask:
 * @client: open
 * @thing: serial number
 * @device: whose samples they are to be
 * @span: at most the profile's window; longer ones are refused before they are asked for
 * @at_once: whether the answer is taken apart here; else only one that looks unusual
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 *
 * On the client's worker. PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says.
 *
 * Returns: (transfer full) (nullable): the answer
 */
PlanciaCloudPast *
plancia_cloud_history_ask (PlanciaCloudClient *client,
                           const char         *thing,
                           const char         *device,
                           PlanciaSpan         span,
                           gboolean            at_once,
                           GCancellable       *closing,
                           GCancellable       *cancellable,
                           GError            **error)
{
  const PlanciaCloudFunction functions[] = {PLANCIA_CLOUD_HISTORIC, PLANCIA_CLOUD_ALARM_HISTORIC};
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  g_autoptr (PlanciaCloudPast) past = NULL;
  g_autofree char *body = NULL;

  if (!check_span (client, span, error))
    return NULL;
  past = g_new0 (PlanciaCloudPast, 1);
  past->profile = plancia_cloud_profile_ref ((PlanciaCloudProfile *) profile);
  past->thing = g_strdup (thing);
  past->device = g_strdup (device);
  past->span = span;
  past->with_alarms = plancia_cloud_history_asks_alarms_too (profile);
  past->at_once = at_once;
  body = plancia_portal_json_request (&profile->format,
                                      functions,
                                      past->with_alarms ? 2 : 1,
                                      thing,
                                      &span);
  if (plancia_cloud_client_ask (client,
                                PLANCIA_CLOUD_HISTORIC,
                                body,
                                take_past,
                                past,
                                PLANCIA_CLOUD_PATIENT,
                                closing,
                                cancellable,
                                error) == NULL)
    return NULL;
  return g_steal_pointer (&past);
}

/**
 * plancia_cloud_history_decode:
 * @past: an answer
 * @alarms: (out) (nullable) (transfer full) (element-type PlanciaCloudAlarm): those of the same span where one
 *   request may ask for both; else %NULL
 * @error: PLANCIA_CLOUD_ERROR; never of one that was taken apart at once
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the samples
 */
PlanciaSamples *
plancia_cloud_history_decode (PlanciaCloudPast *past, GArray **alarms, GError **error)
{
  g_autoptr (GBytes) body = g_steal_pointer (&past->body);

  *alarms = NULL;
  if (body != NULL && !decode_past (past, body, 200, error))
    return NULL;
  *alarms = g_steal_pointer (&past->alarms);
  return g_steal_pointer (&past->samples);
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
