/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/stream.h"

#include "base/clock.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

struct _PlanciaStream
{
  GSocket *socket;
};

static gint64
remaining_us (gint64 deadline)
{
  return MAX (deadline - plancia_clock_monotonic (), 0) * 1000;
}

static gboolean
wait_until (GSocket      *socket,
            GIOCondition  condition,
            gint64        deadline,
            GCancellable *cancellable,
            GError      **error)
{
  return g_socket_condition_timed_wait (socket,
                                        condition,
                                        remaining_us (deadline),
                                        cancellable,
                                        error);
}

static GSocket *
connect_to (GSocketAddress *address, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) local = NULL;

  socket = g_socket_new (g_socket_address_get_family (address),
                         G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP,
                         error);
  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  if (g_socket_connect (socket, address, cancellable, &local))
    return g_steal_pointer (&socket);
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PENDING)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (!wait_until (socket, G_IO_OUT, deadline, cancellable, error) ||
      !g_socket_check_connect_result (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/**
 * plancia_stream_connect:
 * @host: a name, an IPv4 or an IPv6 address
 * @timeout: milliseconds for all addresses of the name together
 *
 * Connects without a proxy: devices are on the local network. Blocking: on a worker. Returns:
 * (transfer full), or NULL and a G_IO_ERROR.
 */
PlanciaStream *
plancia_stream_connect (const char   *host,
                        guint16       port,
                        guint         timeout,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_new (host, port);
  g_autoptr (GSocketAddressEnumerator) addresses = g_socket_connectable_enumerate (connectable);
  g_autoptr (GError) failure = NULL;
  gint64 deadline = plancia_clock_monotonic () + timeout;

  while (TRUE) {
    g_autoptr (GError) local = NULL;
    g_autoptr (GSocketAddress)
      address = g_socket_address_enumerator_next (addresses, cancellable, &local);
    g_autoptr (GSocket) socket = NULL;

    if (address != NULL)
      socket = connect_to (address, deadline, cancellable, &local);
    if (socket != NULL) {
      PlanciaStream *self = g_new0 (PlanciaStream, 1);
      self->socket = g_steal_pointer (&socket);
      return self;
    }
    if (failure == NULL && local != NULL)
      failure = g_steal_pointer (&local);
    if (address == NULL || g_cancellable_is_cancelled (cancellable))
      break;
  }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (failure == NULL)
    failure = g_error_new (G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "no address");
  g_propagate_prefixed_error (error,
                              g_steal_pointer (&failure),
                              "connecting to %s port %u: ",
                              host,
                              port);
  return NULL;
}

/**
 * plancia_stream_free:
 *
 * Closes the connection.
 */
void
plancia_stream_free (PlanciaStream *self)
{
  if (self == NULL)
    return;
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
}

/**
 * plancia_stream_get_fd:
 *
 * The descriptor, which stays the stream's. It does not block.
 */
int
plancia_stream_get_fd (PlanciaStream *self)
{
  return g_socket_get_fd (self->socket);
}

/**
 * plancia_stream_send:
 * @deadline: when to give up
 *
 * Sends all of @data. Blocking: on a worker. G_IO_ERROR_CONNECTION_CLOSED if the peer has gone.
 */
gboolean
plancia_stream_send (PlanciaStream *self,
                     GBytes        *data,
                     gint64         deadline,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gsize       length, sent = 0;
  const char *bytes = g_bytes_get_data (data, &length);

  while (sent < length) {
    g_autoptr (GError) local = NULL;
    gssize now = g_socket_send (self->socket, bytes + sent, length - sent, cancellable, &local);

    if (now > 0) {
      sent += (gsize) now;
    } else if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    } else if (!wait_until (self->socket, G_IO_OUT, deadline, cancellable, error)) {
      return FALSE;
    }
  }
  return TRUE;
}

/* > 0: bytes added; 0: nothing waits; -1: error set. */
static int
receive_waiting (PlanciaStream *self, GByteArray *buffer, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  char   bytes[1024];
  gssize now = g_socket_receive (self->socket, bytes, sizeof bytes, cancellable, &local);

  if (now > 0) {
    g_byte_array_append (buffer, (guint8 *) bytes, (guint) now);
    return (int) now;
  }
  if (now == 0) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_CONNECTION_CLOSED,
                         "the peer closed the connection");
    return -1;
  }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

/**
 * plancia_stream_receive:
 * @buffer: gets what came, at its end
 * @deadline: when to give up
 *
 * Waits for at least one more byte. Blocking: on a worker.
 */
gboolean
plancia_stream_receive (PlanciaStream *self,
                        GByteArray    *buffer,
                        gint64         deadline,
                        GCancellable  *cancellable,
                        GError       **error)
{
  while (TRUE) {
    int now;

    if (!wait_until (self->socket, G_IO_IN, deadline, cancellable, error))
      return FALSE;
    now = receive_waiting (self, buffer, cancellable, error);
    if (now != 0)
      return now > 0;
  }
}

/**
 * plancia_stream_collect:
 * @buffer: gets what waits, at its end
 *
 * Takes what has come without waiting for more; at most 64 KiB, since a peer that never stops to
 * talk is not one of ours. Returns: FALSE if the peer has gone.
 */
gboolean
plancia_stream_collect (PlanciaStream *self, GByteArray *buffer)
{
  gsize limit = buffer->len + 64 * 1024;

  while (buffer->len < limit) {
    int now = receive_waiting (self, buffer, NULL, NULL);

    if (now <= 0)
      return now == 0;
  }
  return TRUE;
}

/**
 * plancia_stream_is_quiet:
 *
 * Returns: FALSE if there is something to collect, or the peer has gone
 */
gboolean
plancia_stream_is_quiet (PlanciaStream *self)
{
  guint8 byte;

  return recv (g_socket_get_fd (self->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         errno == EAGAIN;
}

static int
find_tcp_state (PlanciaStream *self)
{
  struct tcp_info info = {0};
  socklen_t       length = sizeof info;

  if (getsockopt (g_socket_get_fd (self->socket), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return -1;
  return info.tcpi_state;
}

/**
 * plancia_stream_was_reset:
 *
 * Returns: whether the peer, or what is between, ended the connection with a reset
 */
gboolean
plancia_stream_was_reset (PlanciaStream *self)
{
  return find_tcp_state (self) == TCP_CLOSE;
}

/**
 * plancia_stream_was_closed:
 *
 * Returns: whether the peer closed it in good order
 */
gboolean
plancia_stream_was_closed (PlanciaStream *self)
{
  return find_tcp_state (self) == TCP_CLOSE_WAIT;
}
