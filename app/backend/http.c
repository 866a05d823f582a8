/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/http.h"

#include "base/clock.h"
#include "base/error.h"
#include <libsoup/soup.h>
#include <string.h>

/* s without a byte, which includes connecting. */
#define IDLE_LIMIT 10
#define SIZE_LIMIT (32 * 1024 * 1024)

struct _PlanciaHttp
{
  SoupSession *session;
};

/* Ends a request that takes too long in all, though each byte came in time. On a thread of its own,
 * since the worker is busy waiting. */
typedef struct
{
  GMutex        mutex;
  GCond         cond;
  gboolean      done;
  gboolean      expired;
  gint64        deadline; /* monotonic, us */
  GCancellable *cancellable;
  GThread      *thread;
} Watch;

static gpointer
watch_thread (gpointer data)
{
  Watch *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->done && !self->expired)
    self->expired = !g_cond_wait_until (&self->cond, &self->mutex, self->deadline);
  g_mutex_unlock (&self->mutex);
  if (self->expired)
    g_cancellable_cancel (self->cancellable);
  return NULL;
}

static void
watch_begin (Watch *self, guint limit)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->cancellable = g_cancellable_new ();
  self->deadline = g_get_monotonic_time () + limit * 1000;
  self->thread = g_thread_new ("plancia-watch", watch_thread, self);
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
 *
 * On the worker that uses it. (transfer full)
 */
PlanciaHttp *
plancia_http_new (void)
{
  PlanciaHttp *self = g_new0 (PlanciaHttp, 1);

  self->session = soup_session_new_with_options ("timeout",
                                                 IDLE_LIMIT,
                                                 "user-agent",
                                                 "Plancia/" PLANCIA_VERSION,
                                                 NULL);
  return self;
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
  g_free (self);
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
                   PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                   "the answer has more than %d bytes",
                   SIZE_LIMIT);
      return NULL;
    }
    g_byte_array_append (body, buffer, (guint) now);
  }
}

static GBytes *
send_message (PlanciaHttp  *self,
              SoupMessage  *message,
              guint        *status,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GInputStream) stream = NULL;

  stream = soup_session_send (self->session, message, cancellable, error);
  if (stream == NULL)
    return NULL;
  *status = soup_message_get_status (message);
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
                        guint             *status,
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
  watch_begin (&watch, limit);
  handler =
    cancellable != NULL
      ? g_cancellable_connect (cancellable, G_CALLBACK (cancel_also), watch.cancellable, NULL)
      : 0;
  answer = send_message (self, message, status, watch.cancellable, &local);
  g_cancellable_disconnect (cancellable, handler);
  if (watch_end (&watch) && !g_cancellable_is_cancelled (cancellable) && local != NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no whole answer in %u ms", limit);
    return NULL;
  }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return answer;
}
