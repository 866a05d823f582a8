/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/http.h"

#include "base/clock.h"
#include "base/error.h"
#include <libsoup/soup.h>
#include <string.h>

#define SIZE_LIMIT (32 * 1024 * 1024)

struct _PlanciaHttp
{
  SoupSession        *session;
  char               *pin;
  guint               connect_limit; /* s */
  PlanciaCertificate *refused;
};

/* Ends a request that takes too long in all, though each byte came in time. On a thread of its own,
 * since the worker is busy waiting. */
typedef struct
{
  GMutex        mutex;
  GCond         cond;
  gboolean      done;
  gboolean      expired;
  gint64        deadline; /* monotonic, us: to be connected, then for everything */
  gint64        end;
  GCancellable *cancellable;
  GThread      *thread;
} Watch;

static gpointer
watch_thread (gpointer data)
{
  Watch *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->done && !self->expired)
    self->expired = !g_cond_wait_until (&self->cond, &self->mutex, self->deadline) &&
                    g_get_monotonic_time () >= self->deadline;
  g_mutex_unlock (&self->mutex);
  if (self->expired)
    g_cancellable_cancel (self->cancellable);
  return NULL;
}

static void
watch_begin (Watch *self, guint connect_limit, guint limit)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->cancellable = g_cancellable_new ();
  self->end = now + limit * G_GINT64_CONSTANT (1000);
  self->deadline = MIN (self->end, now + connect_limit * G_USEC_PER_SEC);
  self->thread = g_thread_new ("plancia-watch", watch_thread, self);
}

/* It is connected: what is left is for the answer. */
static void
connected_cb (SoupMessage *message, gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->mutex);
  self->deadline = self->end;
  g_mutex_unlock (&self->mutex);
}

/* Whether time had run out. */
static gboolean
watch_end (Watch *self)
{
  g_mutex_lock (&self->mutex);
  self->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->cancellable);
  return self->expired;
}

/**
 * plancia_http_new:
 * @connect_limit: s to be connected, with the handshake
 * @pin: (nullable): SHA-256 of the one certificate that a person trusts; %NULL: the system's authorities decide
 *
 * On the worker that uses it. (transfer full)
 */
PlanciaHttp *
plancia_http_new (guint connect_limit, const char *pin)
{
  PlanciaHttp *self = g_new0 (PlanciaHttp, 1);
  g_autoptr (GTlsDatabase) none = pin != NULL ? plancia_certificate_no_authorities () : NULL;

  self->pin = g_strdup (pin);
  self->connect_limit = connect_limit;
  self->session = soup_session_new_with_options ("user-agent", "Plancia/" PLANCIA_VERSION, NULL);
  if (none != NULL)
    soup_session_set_tls_database (self->session, none);
  return self;
}

const PlanciaCertificate *
plancia_http_get_refused (PlanciaHttp *self)
{
  return self->refused;
}

/**
 * plancia_http_begin_anew:
 *
 * Between two requests.
 */
void
plancia_http_begin_anew (PlanciaHttp *self)
{
  soup_session_abort (self->session);
}

/**
 * plancia_http_free:
 */
void
plancia_http_free (PlanciaHttp *self)
{
  if (self == NULL)
    return;
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_clear_pointer (&self->refused, plancia_certificate_free);
  g_free (self->pin);
  g_free (self);
}

/* Asked about each certificate that no authority vouches for; with a pin, about each. */
static gboolean
accept_cb (SoupMessage         *message,
           GTlsCertificate     *certificate,
           GTlsCertificateFlags flags,
           gpointer             user_data)
{
  PlanciaHttp     *self = user_data;
  g_autofree char *fingerprint = plancia_certificate_fingerprint (certificate);

  if (g_strcmp0 (fingerprint, self->pin) == 0)
    return TRUE;
  g_clear_pointer (&self->refused, plancia_certificate_free);
  self->refused = plancia_certificate_new (certificate);
  self->refused->pinned = g_strdup (self->pin);
  return FALSE;
}

static SoupMessage *
make_message (const char *url, const char *const *headers, const char *body, GError **error)
{
  SoupMessage *message = soup_message_new ("POST", url);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  if (message == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not an address: %s", url);
    return NULL;
  }
  /* Credentials stay with the server that they are for. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  for (guint i = 0; headers[i] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  headers[i],
                                  headers[i + 1]);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static GBytes *
read_body (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (64 * 1024);

  while (TRUE) {
    gssize now = g_input_stream_read (stream, buffer, 64 * 1024, cancellable, error);

    if (now < 0)
      return NULL;
    if (now == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&body));
    if (body->len + now > SIZE_LIMIT) {
      g_set_error (error,
                   PLANCIA_CLOUD_ERROR,
                   PLANCIA_CLOUD_ERROR_TOO_LARGE,
                   "the answer has more than %d bytes",
                   SIZE_LIMIT);
      return NULL;
    }
    g_byte_array_append (body, buffer, (guint) now);
  }
}

/* Seconds, or a date. */
static gint64
read_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char         *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds * 1000;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;
  return MAX (g_date_time_to_unix (date) * 1000 - g_get_real_time () / 1000, 0);
}

/* What the TLS library says names the flags; a person is asked about the certificate. */
static void
check_refused (PlanciaHttp *self, GError **error)
{
  g_autofree char *words = NULL;

  if (*error == NULL || (*error)->domain != G_TLS_ERROR || self->refused == NULL)
    return;
  words = g_strdup ((*error)->message);
  g_clear_error (error);
  if (self->pin != NULL)
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED,
                 "expected the certificate %s, got %s",
                 self->pin,
                 self->refused->fingerprint);
  else
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_CERTIFICATE,
                 "certificate %s: %s",
                 self->refused->fingerprint,
                 words);
}

static GBytes *
send_message (PlanciaHttp      *self,
              SoupMessage      *message,
              PlanciaHttpReply *reply,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr (GInputStream) stream = NULL;

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_cb), self);
  stream = soup_session_send (self->session, message, cancellable, error);
  if (stream == NULL)
    return NULL;
  reply->status = soup_message_get_status (message);
  reply->retry_after = read_retry_after (message);
  return read_body (stream, cancellable, error);
}

static void
cancel_also (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/**
 * plancia_http_post_json:
 *
 * See the header. No redirects are followed.
 */
GBytes *
plancia_http_post_json (PlanciaHttp       *self,
                        const char        *url,
                        const char *const *headers,
                        const char        *body,
                        guint              limit,
                        PlanciaHttpReply  *reply,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_autoptr (SoupMessage) message = make_message (url, headers, body, error);
  g_autoptr (GError) local = NULL;
  Watch   watch = {0};
  GBytes *answer;
  gulong  handler;

  if (message == NULL)
    return NULL;
  watch_begin (&watch, self->connect_limit, limit);
  g_signal_connect (message, "starting", G_CALLBACK (connected_cb), &watch);
  handler =
    cancellable != NULL
      ? g_cancellable_connect (cancellable, G_CALLBACK (cancel_also), watch.cancellable, NULL)
      : 0;
  g_clear_pointer (&self->refused, plancia_certificate_free);
  *reply = (PlanciaHttpReply){0, -1};
  answer = send_message (self, message, reply, watch.cancellable, &local);
  check_refused (self, &local);
  g_cancellable_disconnect (cancellable, handler);
  if (watch_end (&watch) && !g_cancellable_is_cancelled (cancellable) && local != NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no whole answer in time (%u ms)", limit);
    return NULL;
  }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return answer;
}
