/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-trial.h"

#include "backend/cloud-round.h"
#include "base/clock.h"
#include "base/cloud-field.h"
#include "base/error.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "protocol/portal-json.h"

/* Nobody has it: a cloud that takes the credentials says so. */
#define NO_THING "PLANCIA-TEST"

PlanciaCloudTrial *
plancia_cloud_trial_new (const char *account, const char *source)
{
  PlanciaCloudTrial *self = g_new0 (PlanciaCloudTrial, 1);

  self->account = g_strdup (account);
  self->source = g_strdup (source);
  return self;
}

void
plancia_cloud_trial_free (PlanciaCloudTrial *self)
{
  plancia_cloud_credentials_clear (&self->credentials);
  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);
  g_free (self->account);
  g_free (self->source);
  g_free (self->url);
  g_free (self->thing);
  g_free (self->pin);
  g_free (self);
}

void
plancia_cloud_verdict_free (PlanciaCloudVerdict *self)
{
  g_clear_error (&self->error);
  g_ptr_array_unref (self->unknown);
  g_clear_pointer (&self->certificate, plancia_certificate_free);
  g_free (self->exchange);
  g_free (self);
}

/* --- what was sent and what came ------------------------------------------------------------- */

static void
append_bytes (GString *text, const guint8 *bytes, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) bytes, (gssize) length);
  g_autoptr (GString) lines = g_string_new (valid);

  g_string_replace (lines, "\r\n", "\n", 0);
  g_string_append (text, lines->str);
}

static void
observe (PlanciaExchange *exchange, gpointer data)
{
  GString *text = data;

  if (text->len > 0)
    g_string_append (text, "\n\n");
  append_bytes (text, plancia_exchange_get_sent (exchange), exchange->n_sent);
  g_string_append (text, "\n\n");
  append_bytes (text, plancia_exchange_get_received (exchange), exchange->n_received);
}

/* --- the verdict ----------------------------------------------------------------------------- */

static void
take_values (PlanciaCloudVerdict *verdict, const PlanciaPortalRealtime *realtime)
{
  GHashTableIter iter;
  gpointer       key;

  verdict->last_update = realtime->last_update;
  verdict->n_values = g_hash_table_size (realtime->values);
  verdict->oddities = realtime->oddities;
  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (plancia_cloud_field_unit (key) == NULL)
      g_ptr_array_add (verdict->unknown, g_strdup (key));
}

/* Without a serial number it is enough that the cloud says that it does not know one. */
static gboolean
is_enough (const PlanciaCloudTrial *self, const GError *error)
{
  return self->thing == NULL && error->domain == PLANCIA_CLOUD_ERROR &&
         plancia_cloud_error_is_of_thing (error);
}

static void
ask (const PlanciaCloudTrial *self,
     PlanciaCloudClient      *client,
     PlanciaCloudVerdict     *verdict,
     GCancellable            *cancellable)
{
  const char *const things[] = {self->thing != NULL ? self->thing : NO_THING, NULL};
  gint64            start = plancia_clock_monotonic ();
  g_autoptr (PlanciaCloudRound) round = plancia_cloud_round_new (things);
  PlanciaCloudAnswer *answer;

  if (plancia_cloud_round_ask (round, client, FALSE, 0, NULL, cancellable, &verdict->error)) {
    answer = plancia_cloud_round_get (round, 0);
    if (answer->realtime != NULL)
      take_values (verdict, answer->realtime);
    else if (!is_enough (self, answer->error))
      verdict->error = g_error_copy (answer->error);
  }
  verdict->duration = (guint) (plancia_clock_monotonic () - start);
  if (plancia_cloud_client_get_refused (client) != NULL)
    verdict->certificate = plancia_certificate_copy (plancia_cloud_client_get_refused (client));
}

/* Those that were given, else those of the keyring. */
static gboolean
find_credentials (const PlanciaCloudTrial *self,
                  PlanciaCloudCredentials *out,
                  GCancellable            *cancellable,
                  GError                 **error)
{
  static const char *const names[] = {"client", "key", "token"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    PlanciaCloudCredentials *given = (PlanciaCloudCredentials *) &self->credentials;
    g_autoptr (GError) local = NULL;
    char *secret = self->has_credentials
                     ? g_strdup (*plancia_cloud_credentials_get (given, names[i]))
                     : plancia_secrets_lookup (self->account, names[i], cancellable, &local);

    *plancia_cloud_credentials_get (out, names[i]) = secret;
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_cloud_trial_open:
 * @client: of the same account
 * @cancellable: (nullable): ends it
 *
 * Blocking: on the client's worker. What plancia_cloud_client_open() says.
 */
gboolean
plancia_cloud_trial_open (const PlanciaCloudTrial *self,
                          PlanciaCloudClient      *client,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autofree char *kept_pin = NULL;
  g_autoptr (PlanciaCloudProfile)
    profile = self->profile != NULL
                ? plancia_cloud_profile_ref (self->profile)
                : plancia_cloud_settings_load_profile (self->account, self->source, error);
  PlanciaCloudCredentials credentials = {0};
  gboolean                good;

  if (profile == NULL)
    return FALSE;
  if (self->pin == NULL)
    kept_pin = plancia_cloud_settings_dup_pin (self->account);
  good = find_credentials (self, &credentials, cancellable, error) &&
         plancia_cloud_client_open_with (client,
                                         profile,
                                         &credentials,
                                         self->pin != NULL ? self->pin : kept_pin,
                                         error);
  plancia_cloud_credentials_clear (&credentials);
  return good;
}

/**
 * plancia_cloud_trial_run:
 * @cancellable: (nullable): ends it
 *
 * Blocking: on a worker. One request, no other try.
 *
 * Returns: (transfer full): what came of it
 */
PlanciaCloudVerdict *
plancia_cloud_trial_run (const PlanciaCloudTrial *self, GCancellable *cancellable)
{
  PlanciaCloudVerdict *verdict = g_new0 (PlanciaCloudVerdict, 1);
  g_autoptr (PlanciaCloudClient)
    client = plancia_cloud_client_new (self->account, self->source, self->url, NULL);
  GString *exchange = g_string_new (NULL);

  verdict->unknown = g_ptr_array_new_with_free_func (g_free);
  plancia_cloud_client_set_observer (client, observe, exchange);
  if (plancia_cloud_trial_open (self, client, cancellable, &verdict->error))
    ask (self, client, verdict, cancellable);
  verdict->exchange = g_string_free (exchange, FALSE);
  return verdict;
}
