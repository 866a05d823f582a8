/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* Data of the address of the remote end: a GWeakRef to the socket. */
#define SOCKET "plancia-socket"

struct _PlanciaAcceptor
{
  GSocket            *socket;
  GSource            *source;
  GTlsCertificate    *certificate; /* or NULL */
  GCancellable       *cancellable; /* of hands that are being shaken */
  PlanciaAcceptorFunc func;
  gpointer            user_data;
};

/* Outlives the acceptor: the handshake is told of its end, and then looks nothing up. */
typedef struct
{
  PlanciaAcceptor *acceptor; /* borrowed; only while not cancelled */
  GCancellable    *cancellable;
  GSocketAddress  *local;
  GSocketAddress  *remote;
} Handshake;

static void
handshake_free (Handshake *self)
{
  g_object_unref (self->cancellable);
  g_object_unref (self->local);
  g_object_unref (self->remote);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Handshake, handshake_free)

static void
shaken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Handshake) self = user_data;
  g_autoptr (GIOStream) stream = G_IO_STREAM (source);
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (stream), result, &error)) {
    g_debug ("nobody came in: %s", error->message);
    g_io_stream_close (stream, NULL, NULL);
    return;
  }
  if (!g_cancellable_is_cancelled (self->cancellable))
    self->acceptor->func (stream, self->local, self->remote, self->acceptor->user_data);
}

static void
shake (PlanciaAcceptor *self, GIOStream *plain, GSocketAddress *local, GSocketAddress *remote)
{
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_tls_server_connection_new (plain, self->certificate, &error);
  Handshake *handshake;

  if (stream == NULL) {
    g_warning ("no encryption: %s", error->message);
    g_io_stream_close (plain, NULL, NULL);
    return;
  }
  handshake = g_new0 (Handshake, 1);
  handshake->acceptor = self;
  handshake->cancellable = g_object_ref (self->cancellable);
  handshake->local = g_object_ref (local);
  handshake->remote = g_object_ref (remote);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream),
                                    G_PRIORITY_DEFAULT,
                                    self->cancellable,
                                    shaken_cb,
                                    handshake);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember_socket (GSocketAddress *remote, GSocket *socket)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, socket);
  g_object_set_data_full (G_OBJECT (remote), SOCKET, weak, weak_ref_free);
}

static gboolean
came_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  PlanciaAcceptor *self = user_data;
  g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, NULL);
  g_autoptr (GSocketConnection) stream = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocketAddress) remote = NULL;

  if (accepted == NULL)
    return G_SOURCE_CONTINUE;
  g_socket_set_option (accepted, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  stream = g_socket_connection_factory_create_connection (accepted);
  local = g_socket_connection_get_local_address (stream, NULL);
  remote = g_socket_connection_get_remote_address (stream, NULL);
  /* It has gone again. */
  if (local == NULL || remote == NULL)
    return G_SOURCE_CONTINUE;
  remember_socket (remote, accepted);
  if (self->certificate != NULL)
    shake (self, G_IO_STREAM (stream), local, remote);
  else
    self->func (G_IO_STREAM (stream), local, remote, self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * plancia_acceptor_new:
 * @address: to listen at; with port 0 a free one
 * @func: gets each connection; it is closed when nobody keeps it
 * @user_data: for @func
 * @error: why it cannot listen there
 *
 * Returns: (transfer full) (nullable): it listens
 */
PlanciaAcceptor *
plancia_acceptor_new (GSocketAddress     *address,
                      PlanciaAcceptorFunc func,
                      gpointer            user_data,
                      GError            **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP,
                                             error);
  PlanciaAcceptor *self;

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error) ||
      !g_socket_listen (socket, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  self = g_new0 (PlanciaAcceptor, 1);
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->user_data = user_data;
  self->source = g_socket_create_source (socket, G_IO_IN, NULL);
  self->socket = g_steal_pointer (&socket);
  g_source_set_callback (self->source, G_SOURCE_FUNC (came_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

void
plancia_acceptor_free (PlanciaAcceptor *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  g_clear_object (&self->certificate);
  g_free (self);
}

void
plancia_acceptor_set_certificate (PlanciaAcceptor *self, GTlsCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
}

guint16
plancia_acceptor_get_port (PlanciaAcceptor *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, NULL);

  return G_IS_INET_SOCKET_ADDRESS (address)
           ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address))
           : 0;
}

GSocket *
plancia_acceptor_dup_socket (GSocketAddress *remote)
{
  GWeakRef *weak = remote != NULL ? g_object_get_data (G_OBJECT (remote), SOCKET) : NULL;

  return weak != NULL ? g_weak_ref_get (weak) : NULL;
}
