/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-client.h"

#include "backend/http-exchange.h"
#include "backend/http.h"
#include "backend/link-log.h"
#include "base/clock.h"
#include "base/error.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include <string.h>

/* ms: who asks to wait longer is asked again by whoever wants to, later. */
#define LONGEST_WAIT 60000
/* A server on this computer is a simulator or a person's own: it need not be spared. */
#define LOCAL_HURRY 10
/* Of a wait, by chance: many clients that failed together shall not come back together. */
#define JITTER 0.25

struct _PlanciaCloudClient
{
  char                   *account;
  char                   *source;
  char                   *url;
  PlanciaTraffic         *traffic; /* the backend's */
  PlanciaCloudObserver    observer;
  gpointer                observer_data;
  PlanciaHttp            *http;
  PlanciaCloudProfile    *profile;
  char                   *pin;
  PlanciaCloudCredentials credentials;
  gboolean                open;
  gint                    window_minutes; /* atomic */
  gint64                  last_end;       /* monotonic ms */
  gint64                  wait;
  PlanciaLinkLog          log;
  PlanciaCertificate     *refused;
};

static const char *const secret_names[] = {"client", "key", "token"};

static void
forget (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

void
plancia_cloud_credentials_clear (PlanciaCloudCredentials *self)
{
  forget (&self->client);
  forget (&self->key);
  forget (&self->token);
}

char **
plancia_cloud_credentials_get (PlanciaCloudCredentials *self, const char *name)
{
  if (g_str_equal (name, "client"))
    return &self->client;
  return g_str_equal (name, "key") ? &self->key : &self->token;
}

/* --- opening --------------------------------------------------------------------------------- */

static void
take_profile (PlanciaCloudClient *self, PlanciaCloudProfile *profile)
{
  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);
  self->profile = profile;
  g_atomic_int_set (&self->window_minutes, (gint) (profile->window / PLANCIA_MINUTE));
}

/**
 * plancia_cloud_client_new:
 * @account: under whose name secrets and settings are kept
 * @source: "portal" or "system"
 * @url: (nullable): instead of the profile's address
 * @traffic: (nullable): for requests; must live as long as the client
 *
 * Any thread. Returns: (transfer full): a closed client
 */
PlanciaCloudClient *
plancia_cloud_client_new (const char     *account,
                          const char     *source,
                          const char     *url,
                          PlanciaTraffic *traffic)
{
  PlanciaCloudClient *self = g_new0 (PlanciaCloudClient, 1);

  self->account = g_strdup (account);
  self->source = g_strdup (source);
  self->url = g_strdup (url);
  self->traffic = traffic;
  take_profile (self,
                plancia_cloud_profile_shipped (
                  g_str_equal (source, "system") ? PLANCIA_CLOUD_SYSTEM : PLANCIA_CLOUD_PORTAL));
  return self;
}

void
plancia_cloud_client_free (PlanciaCloudClient *self)
{
  if (self == NULL)
    return;
  plancia_cloud_client_close (self);
  plancia_cloud_profile_unref (self->profile);
  g_clear_pointer (&self->refused, plancia_certificate_free);
  g_free (self->account);
  g_free (self->source);
  g_free (self->url);
  g_free (self);
}

void
plancia_cloud_client_set_observer (PlanciaCloudClient  *self,
                                   PlanciaCloudObserver observer,
                                   gpointer             data)
{
  self->observer = observer;
  self->observer_data = data;
}

/* Header fields: a line break in one would begin another. */
static gboolean
is_header_text (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return FALSE;
  return text[0] != '\0';
}

static gboolean
check_secret (PlanciaCloudClient *self, const char *name, GError **error)
{
  char **secret = plancia_cloud_credentials_get (&self->credentials, name);

  if (*secret != NULL && is_header_text (g_strstrip (*secret)))
    return TRUE;
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,
               "there is no usable \"%s\" for the account %s",
               name,
               self->account);
  return FALSE;
}

static gboolean
check_ready (PlanciaCloudClient *self, GError **error)
{
  if (self->url == NULL && !plancia_cloud_profile_has_url (self->profile)) {
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_NO_ADDRESS,
                 "profile %s: baseUrl: nobody has said where the service is",
                 self->profile->name);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++)
    if (plancia_cloud_profile_needs (self->profile, secret_names[i]) &&
        !check_secret (self, secret_names[i], error))
      return FALSE;
  self->open = TRUE;
  return TRUE;
}

static gboolean
look_up_secrets (PlanciaCloudClient *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++) {
    g_autoptr (GError) local = NULL;

    if (!plancia_cloud_profile_needs (self->profile, secret_names[i]))
      continue;
    *plancia_cloud_credentials_get (&self->credentials, secret_names[i]) =
      plancia_secrets_lookup (self->account, secret_names[i], cancellable, &local);
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_cloud_client_open:
 *
 * Everything is looked up anew, since it may have been mended. PLANCIA_DOCUMENT_ERROR: the profile;
 * PLANCIA_CLOUD_ERROR_NO_CREDENTIALS, _NO_ADDRESS; G_IO_ERROR_CANCELLED.
 */
gboolean
plancia_cloud_client_open (PlanciaCloudClient *self, GCancellable *cancellable, GError **error)
{
  PlanciaCloudProfile *profile;

  plancia_cloud_client_close (self);
  profile = plancia_cloud_settings_load_profile (self->account, self->source, error);
  if (profile == NULL)
    return FALSE;
  take_profile (self, profile);
  self->pin = plancia_cloud_settings_dup_pin (self->account);
  return look_up_secrets (self, cancellable, error) && check_ready (self, error);
}

gboolean
plancia_cloud_client_open_with (PlanciaCloudClient            *self,
                                PlanciaCloudProfile           *profile,
                                const PlanciaCloudCredentials *credentials,
                                const char                    *pin,
                                GError                       **error)
{
  plancia_cloud_client_close (self);
  take_profile (self, plancia_cloud_profile_ref (profile));
  self->pin = g_strdup (pin);
  self->credentials.client = g_strdup (credentials->client);
  self->credentials.key = g_strdup (credentials->key);
  self->credentials.token = g_strdup (credentials->token);
  return check_ready (self, error);
}

void
plancia_cloud_client_close (PlanciaCloudClient *self)
{
  self->open = FALSE;
  self->wait = 0;
  plancia_cloud_credentials_clear (&self->credentials);
  g_clear_pointer (&self->http, plancia_http_free);
  g_clear_pointer (&self->pin, g_free);
}

gboolean
plancia_cloud_client_is_open (PlanciaCloudClient *self)
{
  return self->open;
}

const PlanciaCloudProfile *
plancia_cloud_client_get_profile (PlanciaCloudClient *self)
{
  return self->profile;
}

gint64
plancia_cloud_client_get_window (PlanciaCloudClient *self)
{
  return g_atomic_int_get (&self->window_minutes) * PLANCIA_MINUTE;
}

/* --- waiting --------------------------------------------------------------------------------- */

static gboolean
is_local (PlanciaCloudClient *self)
{
  return plancia_cloud_url_is_local (self->url != NULL ? self->url : self->profile->base_url);
}

/* FALSE if it was cancelled meanwhile. */
static gboolean
sleep_for (gint64 ms, GCancellable *cancellable)
{
  GPollFD polled = {0};

  if (ms > 0 && g_cancellable_make_pollfd (cancellable, &polled)) {
    g_poll (&polled, 1, (int) MIN (ms, G_MAXINT));
    g_cancellable_release_fd (cancellable);
  }
  return !g_cancellable_is_cancelled (cancellable);
}

static void
keep_pause (PlanciaCloudClient *self, GCancellable *cancellable)
{
  if (self->last_end > 0 && !is_local (self))
    sleep_for (self->last_end + self->profile->spacing - plancia_clock_monotonic (), cancellable);
}

static gboolean
is_of_the_way (const GError *error)
{
  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_SILENT) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_HUNG_UP) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         error->domain == G_RESOLVER_ERROR;
}

/* What another try may mend. Bad credentials, refusals and certificates stay what they are. */
static gboolean
is_passing (const GError *error)
{
  static const int codes[] = {PLANCIA_CLOUD_ERROR_OVERLOADED,
                              PLANCIA_CLOUD_ERROR_TOO_OFTEN,
                              PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
                              PLANCIA_CLOUD_ERROR_WEB_PAGE,
                              PLANCIA_CLOUD_ERROR_BAD_ANSWER};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_CLOUD_ERROR, codes[i]))
      return TRUE;
  return is_of_the_way (error);
}

/* ms before the next try; -1: there is none. */
static gint64
next_wait (PlanciaCloudClient *self, int tried, int tries, const GError *error)
{
  const GArray *retries = self->profile->retries;
  int           most = tries < 0 ? (int) retries->len : MIN (tries, (int) retries->len);
  gint64        wait;

  if (tried >= most || !is_passing (error))
    return -1;
  wait = g_array_index (retries, guint, tried) * PLANCIA_SECOND;
  wait = (gint64) ((double) wait * g_random_double_range (1 - JITTER, 1 + JITTER));
  wait = MAX (is_local (self) ? wait / LOCAL_HURRY : wait, self->wait);
  return wait > LONGEST_WAIT ? -1 : wait;
}

/* --- one request ----------------------------------------------------------------------------- */

static void
cancel_also (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static GStrv
make_headers (PlanciaCloudClient *self)
{
  const PlanciaCloudCredentials *all = &self->credentials;
  GStrv                          headers = g_strdupv (self->profile->headers);

  for (guint i = 0; headers[i] != NULL; i += 2) {
    g_autofree char *template = g_steal_pointer (&headers[i + 1]);

    headers[i + 1] = plancia_cloud_profile_fill (template, all->client, all->key, all->token);
  }
  return headers;
}

/* Also the key without the word before it. */
static void
list_secrets (PlanciaCloudClient *self, const char *secrets[5])
{
  const PlanciaCloudCredentials *all = &self->credentials;
  const char *const              whole[] = {all->key, all->client, all->token};
  const char                    *blank = all->key != NULL ? strrchr (all->key, ' ') : NULL;
  guint                          n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    if (whole[i] != NULL)
      secrets[n++] = whole[i];
  if (blank != NULL)
    secrets[n++] = blank + 1;
  secrets[n] = NULL;
}

/* What the request looked like, for the list of frames. */
static void
tell_traffic (PlanciaCloudClient *self, PlanciaHttpCall *call, gint64 start)
{
  PlanciaExchange *exchange;

  call->duration = (guint32) (g_get_monotonic_time () - start);
  if (self->observer != NULL) {
    exchange = plancia_http_exchange_new (call);
    self->observer (exchange, self->observer_data);
    plancia_exchange_unref (exchange);
  }
  if (self->traffic != NULL && plancia_traffic_is_recording (self->traffic))
    plancia_traffic_post (plancia_http_exchange_new (call), self->traffic);
}

static void
note_refused (PlanciaCloudClient *self)
{
  const PlanciaCertificate *refused = plancia_http_get_refused (self->http);

  g_clear_pointer (&self->refused, plancia_certificate_free);
  self->refused = refused != NULL ? plancia_certificate_copy (refused) : NULL;
}

static GBytes *
send_request (PlanciaCloudClient  *self,
              PlanciaCloudFunction function,
              const char          *body,
              PlanciaHttpReply    *reply,
              GCancellable        *cancellable,
              GError             **error)
{
  g_autofree char *url = plancia_cloud_profile_make_url (self->profile, function, self->url);
  g_auto (GStrv) headers = make_headers (self);
  const char     *secrets[5];
  PlanciaHttpCall call = {.url = url,
                          .headers = (const char *const *) headers,
                          .secrets = secrets,
                          .body = body};
  gint64          start = g_get_monotonic_time ();
  g_autoptr (GError) local = NULL;

  list_secrets (self, secrets);
  /* What is asked of an old connection that dies may be asked of a new one: never a write. */
  if (function == PLANCIA_CLOUD_WRITE)
    plancia_http_begin_anew (self->http);
  call.time = plancia_clock_now_us ();
  call.answer = plancia_http_post_json (self->http,
                                        url,
                                        call.headers,
                                        body,
                                        self->profile->limits[function] * 1000,
                                        reply,
                                        cancellable,
                                        &local);
  call.status = call.answer != NULL ? reply->status : 0;
  call.error = local;
  tell_traffic (self, &call, start);
  note_refused (self);
  self->wait = MAX (reply->retry_after, 0);
  for (guint i = 0; headers[i] != NULL; i++)
    explicit_bzero (headers[i], strlen (headers[i]));
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return call.answer;
}

/**
 * plancia_cloud_client_hide_secrets:
 * @error: whose message may have what a server repeated of what it was told
 *
 * On the client's worker.
 */
void
plancia_cloud_client_hide_secrets (PlanciaCloudClient *self, GError *error)
{
  g_autoptr (GString) text = g_string_new (error->message);
  const char *secrets[5];

  list_secrets (self, secrets);
  plancia_http_hide_secrets (text, secrets);
  g_free (error->message);
  error->message = g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a socket says of a cloud: there is no device to look after. */
static void
name_failure (GError *error)
{
  PlanciaCloudError code;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = PLANCIA_CLOUD_ERROR_SILENT;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    code = PLANCIA_CLOUD_ERROR_HUNG_UP;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    code = PLANCIA_CLOUD_ERROR_UNREACHABLE;
  else
    return;
  error->domain = PLANCIA_CLOUD_ERROR;
  error->code = (int) code;
}

static gpointer
try_once (PlanciaCloudClient  *self,
          PlanciaCloudFunction function,
          const char          *body,
          PlanciaCloudDecode   decode,
          gpointer             data,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) answer = NULL;
  PlanciaHttpReply reply = {0, -1};
  gpointer         result = NULL;
  gint64           start;

  keep_pause (self, cancellable);
  if (self->http == NULL)
    self->http = plancia_http_new (self->profile->connect_limit, self->pin);
  start = plancia_clock_monotonic ();
  answer = send_request (self, function, body, &reply, cancellable, &local);
  self->last_end = plancia_clock_monotonic ();
  if (answer != NULL || !g_cancellable_is_cancelled (cancellable))
    plancia_link_log_add (&self->log, self->last_end - start, local);
  if (local != NULL)
    name_failure (local);
  if (answer != NULL)
    result = decode (&self->profile->format, answer, reply.status, data, &local);
  if (result != NULL)
    return result;
  plancia_cloud_client_hide_secrets (self, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gpointer
try_often (PlanciaCloudClient  *self,
           PlanciaCloudFunction function,
           const char          *body,
           PlanciaCloudDecode   decode,
           gpointer             data,
           int                  tries,
           GCancellable        *cancellable,
           GError             **error)
{
  for (int tried = 0;; tried++) {
    g_autoptr (GError) local = NULL;
    gpointer result = try_once (self, function, body, decode, data, cancellable, &local);
    gint64   wait;

    if (result != NULL)
      return result;
    wait = next_wait (self, tried, tries, local);
    if (wait < 0) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    g_info ("%s: again in %" G_GINT64_FORMAT " ms: %s", self->source, wait, local->message);
    if (!sleep_for (wait, cancellable)) {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  }
}

/**
 * plancia_cloud_client_ask:
 * @function: names the address and the limit of time
 * @body: JSON
 * @decode: makes something of the answer; an error of it may be worth another try
 * @data: for @decode
 * @tries: after the first one; PLANCIA_CLOUD_PATIENT or PLANCIA_CLOUD_ONCE
 * @closing: (nullable): ends it too
 * @cancellable: (nullable): ends it at once
 *
 * On the client's worker.
 *
 * Returns: (transfer full) (nullable): what @decode made
 */
gpointer
plancia_cloud_client_ask (PlanciaCloudClient  *self,
                          PlanciaCloudFunction function,
                          const char          *body,
                          PlanciaCloudDecode   decode,
                          gpointer             data,
                          int                  tries,
                          GCancellable        *closing,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autoptr (GCancellable) both = g_cancellable_new ();
  gulong   first = 0, second = 0;
  gpointer result;

  if (!self->open) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the account is not open");
    return NULL;
  }
  if (closing != NULL)
    first = g_cancellable_connect (closing, G_CALLBACK (cancel_also), both, NULL);
  if (cancellable != NULL)
    second = g_cancellable_connect (cancellable, G_CALLBACK (cancel_also), both, NULL);
  result = try_often (self, function, body, decode, data, tries, both, error);
  g_cancellable_disconnect (closing, first);
  g_cancellable_disconnect (cancellable, second);
  return result;
}

gint64
plancia_cloud_client_get_wait (PlanciaCloudClient *self)
{
  return self->wait;
}

void
plancia_cloud_client_get_quality (PlanciaCloudClient *self, PlanciaLinkQuality *out)
{
  plancia_link_log_get (&self->log, out);
}

const PlanciaCertificate *
plancia_cloud_client_get_refused (PlanciaCloudClient *self)
{
  return self->refused;
}
