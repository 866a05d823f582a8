/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-round.h"

#include "base/error.h"

struct _PlanciaCloudRound
{
  GPtrArray *answers;
  gboolean   alarms_refused;
};

static void
answer_free (gpointer data)
{
  PlanciaCloudAnswer *self = data;

  g_clear_pointer (&self->realtime, plancia_portal_realtime_free);
  g_clear_pointer (&self->alarms, g_array_unref);
  g_clear_error (&self->error);
  g_free (self->thing);
  g_free (self);
}

PlanciaCloudRound *
plancia_cloud_round_new (const char *const *things)
{
  PlanciaCloudRound *self = g_new0 (PlanciaCloudRound, 1);

  self->answers = g_ptr_array_new_with_free_func (answer_free);
  for (guint i = 0; things[i] != NULL; i++) {
    PlanciaCloudAnswer *answer = g_new0 (PlanciaCloudAnswer, 1);

    answer->thing = g_strdup (things[i]);
    g_ptr_array_add (self->answers, answer);
  }
  return self;
}

void
plancia_cloud_round_free (PlanciaCloudRound *self)
{
  g_ptr_array_unref (self->answers);
  g_free (self);
}

gboolean
plancia_cloud_error_is_of_thing (const GError *error)
{
  static const int codes[] = {PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
                              PLANCIA_CLOUD_ERROR_NO_VALUES,
                              PLANCIA_CLOUD_ERROR_REFUSED,
                              PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG,
                              PLANCIA_CLOUD_ERROR_ZEROS,
                              PLANCIA_CLOUD_ERROR_WENT_BACK,
                              PLANCIA_CLOUD_ERROR_FELL,
                              PLANCIA_CLOUD_ERROR_REPLACED,
                              PLANCIA_CLOUD_ERROR_FROZEN,
                              PLANCIA_CLOUD_ERROR_STUCK};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_CLOUD_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* --- decoding -------------------------------------------------------------------------------- */

static void
check_values (PlanciaCloudAnswer *answer)
{
  if (answer->realtime == NULL || g_hash_table_size (answer->realtime->values) > 0)
    return;
  g_clear_pointer (&answer->realtime, plancia_portal_realtime_free);
  g_set_error (&answer->error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_NO_VALUES,
               "there are no values for %s",
               answer->thing);
}

static void
decode_alarms (PlanciaCloudRound        *self,
               const PlanciaCloudFormat *format,
               PlanciaPortalAnswer      *parsed)
{
  for (guint i = 0; i < self->answers->len; i++) {
    PlanciaCloudAnswer *answer = g_ptr_array_index (self->answers, i);
    g_autoptr (GError) error = NULL;

    answer->alarms =
      plancia_portal_json_alarms (format, parsed, answer->thing, &answer->alarms_time, &error);
    self->alarms_refused |=
      g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REFUSED);
  }
}

static const GError *
find_common (PlanciaCloudRound *self)
{
  PlanciaCloudAnswer *first = g_ptr_array_index (self->answers, 0);

  for (guint i = 0; i < self->answers->len; i++)
    if (((PlanciaCloudAnswer *) g_ptr_array_index (self->answers, i))->error == NULL)
      return NULL;
  return plancia_cloud_error_is_of_thing (first->error) ? NULL : first->error;
}

static gboolean
decode_values (PlanciaCloudRound        *self,
               const PlanciaCloudFormat *format,
               PlanciaPortalAnswer      *parsed,
               GError                  **error)
{
  for (guint i = 0; i < self->answers->len; i++) {
    PlanciaCloudAnswer *answer = g_ptr_array_index (self->answers, i);

    g_clear_error (&answer->error);
    g_clear_pointer (&answer->realtime, plancia_portal_realtime_free);
    answer->realtime = plancia_portal_json_realtime (format, parsed, answer->thing, &answer->error);
    check_values (answer);
  }
  if (find_common (self) == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (find_common (self)));
  return FALSE;
}

static gpointer
decode (const PlanciaCloudFormat *format, GBytes *body, guint status, gpointer data, GError **error)
{
  g_autoptr (PlanciaPortalAnswer) parsed = plancia_portal_answer_new (body, status, error);

  return parsed != NULL && decode_values (data, format, parsed, error) ? data : NULL;
}

static gpointer
decode_both (const PlanciaCloudFormat *format,
             GBytes                   *body,
             guint                     status,
             gpointer                  data,
             GError                  **error)
{
  g_autoptr (PlanciaPortalAnswer) parsed = plancia_portal_answer_new (body, status, error);

  if (parsed == NULL || !decode_values (data, format, parsed, error))
    return NULL;
  decode_alarms (data, format, parsed);
  return data;
}

static gpointer
decode_only_alarms (const PlanciaCloudFormat *format,
                    GBytes                   *body,
                    guint                     status,
                    gpointer                  data,
                    GError                  **error)
{
  g_autoptr (PlanciaPortalAnswer) parsed = plancia_portal_answer_new (body, status, error);

  if (parsed == NULL)
    return NULL;
  decode_alarms (data, format, parsed);
  return data;
}

/* --- asking ---------------------------------------------------------------------------------- */

static char *
join_things (PlanciaCloudRound *self)
{
  g_autoptr (GString) things = g_string_new (NULL);

  for (guint i = 0; i < self->answers->len; i++)
    g_string_append_printf (things,
                            "%s%s",
                            i > 0 ? ", " : "",
                            ((PlanciaCloudAnswer *) g_ptr_array_index (self->answers, i))->thing);
  return g_string_free (g_steal_pointer (&things), FALSE);
}

/* In a request of its own; that it fails says nothing of the values. */
static void
ask_alarms (PlanciaCloudRound  *self,
            PlanciaCloudClient *client,
            const char         *things,
            GCancellable       *closing,
            GCancellable       *cancellable)
{
  const PlanciaCloudFunction function = PLANCIA_CLOUD_ALARM;
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  g_autofree char           *body =
    plancia_portal_json_request (&profile->format, &function, 1, things, NULL);
  g_autoptr (GError) error = NULL;

  if (plancia_cloud_client_ask (client,
                                function,
                                body,
                                decode_only_alarms,
                                self,
                                PLANCIA_CLOUD_ONCE,
                                closing,
                                cancellable,
                                &error) == NULL)
    g_info ("no alarms: %s", error->message);
}

/**
 * plancia_cloud_round_ask:
 * @client: open
 * @with_alarms: also for alarms, if this cloud has them
 * @tries: as plancia_cloud_client_ask() has them
 * @closing: (nullable): ends it
 * @cancellable: (nullable): ends it
 * @error: what the client says
 *
 * On the client's worker.
 *
 * Returns: whether there is an answer, in which each thing may have its own error
 */
gboolean
plancia_cloud_round_ask (PlanciaCloudRound  *self,
                         PlanciaCloudClient *client,
                         gboolean            with_alarms,
                         int                 tries,
                         GCancellable       *closing,
                         GCancellable       *cancellable,
                         GError            **error)
{
  const PlanciaCloudFunction functions[] = {PLANCIA_CLOUD_REALTIME, PLANCIA_CLOUD_ALARM};
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (client);
  gboolean has_alarms = with_alarms && profile->format.commands[PLANCIA_CLOUD_ALARM] != NULL;
  gboolean together = has_alarms && profile->per_post > 1 &&
                      g_str_equal (profile->paths[PLANCIA_CLOUD_REALTIME],
                                   profile->paths[PLANCIA_CLOUD_ALARM]);
  g_autofree char *things = join_things (self);
  g_autofree char *body =
    plancia_portal_json_request (&profile->format, functions, together ? 2 : 1, things, NULL);

  if (plancia_cloud_client_ask (client,
                                PLANCIA_CLOUD_REALTIME,
                                body,
                                together ? decode_both : decode,
                                self,
                                tries,
                                closing,
                                cancellable,
                                error) == NULL)
    return FALSE;
  for (guint i = 0; i < self->answers->len; i++) {
    PlanciaCloudAnswer *answer = g_ptr_array_index (self->answers, i);

    if (answer->error != NULL)
      plancia_cloud_client_hide_secrets (client, answer->error);
  }
  if (has_alarms && !together)
    ask_alarms (self, client, things, closing, cancellable);
  return TRUE;
}

PlanciaCloudAnswer *
plancia_cloud_round_get (PlanciaCloudRound *self, guint index)
{
  return g_ptr_array_index (self->answers, index);
}

gboolean
plancia_cloud_round_has_alarms (PlanciaCloudRound *self)
{
  return !self->alarms_refused;
}
