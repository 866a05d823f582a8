/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-server.h"

#include "base/acceptor.h"
#include "base/clock.h"
#include "protocol/system-json.h"
#include <libsoup/soup.h>
#include <string.h>

/* Requests that may be under way at once: a cloud needs one. */
#define MOST_REQUESTS 16

struct _PlanciaCallbackServer
{
  SoupServer      *server;
  PlanciaAcceptor *acceptor;
  PlanciaMailbox  *arrivals;
  char            *secret;
  guint            limit;
  GHashTable      *requests; /* SoupServerMessage (borrowed) -> Request */
};

/* One that is being read. */
typedef struct
{
  SoupServerMessage *message; /* borrowed: gone when it ends */
  GSource           *deadline;
  gsize              length;
  gboolean           is_cut;
} Request;

void
plancia_callback_arrival_free (PlanciaCallbackArrival *self)
{
  g_bytes_unref (self->body);
  g_free (self->peer);
  g_free (self);
}

static void
request_free (gpointer data)
{
  Request *self = data;

  g_source_destroy (self->deadline);
  g_source_unref (self->deadline);
  g_free (self);
}

/* --- limits ---------------------------------------------------------------------------------- */

static void
cut (Request *self)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (self->message);
  g_autoptr (GSocket) socket = plancia_acceptor_dup_socket (remote);

  self->is_cut = TRUE;
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
on_deadline (gpointer data)
{
  cut (data);
  return G_SOURCE_REMOVE;
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  PlanciaCallbackServer *self = data;
  Request               *request = g_hash_table_lookup (self->requests, message);

  if (request == NULL)
    return;
  request->length += g_bytes_get_size (chunk);
  if (request->length <= PLANCIA_CALLBACK_MAXIMUM_BYTES)
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  cut (request);
}

static void
on_started (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  PlanciaCallbackServer *self = data;
  Request               *request = g_new0 (Request, 1);

  request->message = message;
  request->deadline = g_timeout_source_new (self->limit);
  g_source_set_callback (request->deadline, on_deadline, request, NULL);
  g_source_attach (request->deadline, g_main_context_get_thread_default ());
  g_hash_table_replace (self->requests, message, request);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), self);
  if (g_hash_table_size (self->requests) > MOST_REQUESTS)
    cut (request);
}

static void
on_ended (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  g_hash_table_remove (((PlanciaCallbackServer *) data)->requests, message);
}

/* --- who may say something ------------------------------------------------------------------- */

/* In a time that does not tell how much of it is right. */
static gboolean
is_secret_path (PlanciaCallbackServer *self, const char *path)
{
  gsize  length = strlen (self->secret);
  guchar different = 0;

  if (strlen (path) < length + 1 || path[strlen (path) - length - 1] != '/')
    return FALSE;
  path += strlen (path) - length;
  for (gsize i = 0; i < length; i++)
    different |= (guchar) (path[i] ^ self->secret[i]);
  return different == 0;
}

static gboolean
is_json (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") == 0;
}

/* 0: it may go on. */
static guint
check_request (PlanciaCallbackServer *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!is_secret_path (self, path))
    return SOUP_STATUS_NOT_FOUND;
  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (!is_json (message))
    return SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > PLANCIA_CALLBACK_MAXIMUM_BYTES)
    return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  return 0;
}

/* One connection is one request, so that the deadline is that of both. */
static void
on_headers (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  guint status = check_request (data, message, path);

  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Connection",
                                "close");
  if (status == 0)
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_server_message_set_status (message, status, NULL);
}

/* By ourselves: libsoup complains aloud when the other side has gone already. */
static char *
dup_peer (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;
  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  PlanciaCallbackServer  *self = data;
  PlanciaCallbackArrival *arrival;
  g_autoptr (GBytes)
    body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  Request *request = g_hash_table_lookup (self->requests, message);
  gboolean valid = plancia_system_json_is_object (body);

  if (request != NULL && request->is_cut) {
    soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
    return;
  }
  arrival = g_new0 (PlanciaCallbackArrival, 1);
  arrival->time = plancia_clock_now ();
  arrival->body = g_bytes_ref (body);
  arrival->peer = dup_peer (message);
  plancia_mailbox_post (self->arrivals, arrival);
  soup_server_message_set_status (message, valid ? SOUP_STATUS_OK : SOUP_STATUS_BAD_REQUEST, NULL);
  if (valid)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

/* --- public ---------------------------------------------------------------------------------- */

static void
came_in (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  PlanciaCallbackServer *self = user_data;

  soup_server_accept_iostream (self->server, stream, local, remote, NULL);
}

static gboolean
listen_at (PlanciaCallbackServer *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (address, port);

  if (place == NULL) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no address of this computer",
                 address);
    return FALSE;
  }
  self->acceptor = plancia_acceptor_new (place, came_in, self, error);
  return self->acceptor != NULL;
}

/**
 * plancia_callback_server_new:
 * @address: to listen on
 * @port: 0: a free one
 * @secret: what only the cloud knows
 * @arrivals: takes what comes
 * @error: %G_IO_ERROR
 *
 * On the worker.
 *
 * Returns: (transfer full) (nullable): it listens
 */
PlanciaCallbackServer *
plancia_callback_server_new (const char     *address,
                             guint16         port,
                             const char     *secret,
                             PlanciaMailbox *arrivals,
                             GError        **error)
{
  g_autoptr (PlanciaCallbackServer) self = g_new0 (PlanciaCallbackServer, 1);

  self->arrivals = plancia_mailbox_ref (arrivals);
  self->secret = g_strdup (secret);
  self->limit = PLANCIA_CALLBACK_REQUEST_LIMIT;
  self->requests = g_hash_table_new_full (NULL, NULL, NULL, request_free);
  self->server = soup_server_new (NULL, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_started), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (on_ended), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (on_ended), self);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  return listen_at (self, address, port, error) ? g_steal_pointer (&self) : NULL;
}

void
plancia_callback_server_free (PlanciaCallbackServer *self)
{
  if (self == NULL)
    return;
  plancia_acceptor_free (self->acceptor);
  soup_server_disconnect (self->server);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_object_unref (self->server);
  g_hash_table_unref (self->requests);
  plancia_mailbox_unref (self->arrivals);
  g_free (self->secret);
  g_free (self);
}

guint16
plancia_callback_server_get_port (PlanciaCallbackServer *self)
{
  return plancia_acceptor_get_port (self->acceptor);
}

void
plancia_callback_server_set_limit (PlanciaCallbackServer *self, guint limit)
{
  self->limit = limit;
}
