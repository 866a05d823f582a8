/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/server.h"

struct _PlanciaServer
{
  GSocketService            *service;
  guint16                    port;
  const PlanciaWireProtocol *protocol;
  PlanciaStation            *station;    /* borrowed */
  PlanciaFault               fault;      /* as it was looked at last */
  gboolean                   thrown_out; /* whoever had the line when another client took it */
  PlanciaServerPolicy        policy;
  guint                      most;
  GPtrArray                 *wires;
};

static void
on_done (PlanciaWire *wire, gpointer data)
{
  PlanciaServer *self = data;

  g_ptr_array_remove_fast (self->wires, wire);
}

static void
reset_all (PlanciaServer *self)
{
  for (guint i = 0; i < self->wires->len; i++)
    plancia_wire_reset (g_ptr_array_index (self->wires, i));
}

static guint
count_open (PlanciaServer *self)
{
  guint count = 0;

  for (guint i = 0; i < self->wires->len; i++)
    count += plancia_wire_is_open (g_ptr_array_index (self->wires, i)) ? 1 : 0;
  return count;
}

/* By another client that was there first: nobody gets in. Real lines go to the newest; but who was thrown out shall be
 * able to take the line back. */
static gboolean
is_held (PlanciaServer *self)
{
  return plancia_bus_get_fault (self->station->bus) == PLANCIA_FAULT_TAKEOVER && !self->thrown_out;
}

static void
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             PlanciaServer     *self)
{
  GSocket     *socket = g_socket_connection_get_socket (connection);
  PlanciaWire *wire;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, 6 /* TCP */, 1 /* no delay */, 1, NULL);
  if (self->policy == PLANCIA_SERVER_NEWEST_WINS)
    reset_all (self);
  wire = plancia_wire_new_socket (socket, self->protocol, self->station, on_done, self);
  g_ptr_array_add (self->wires, wire);
  if (count_open (self) > self->most)
    plancia_wire_close (wire);
  if (is_held (self))
    reset_all (self);
}

static gboolean
open_port (PlanciaServer *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress)
    wanted = g_inet_socket_address_new_from_string (self->station->host, port);
  g_autoptr (GSocketAddress) got = NULL;

  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                      wanted,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP,
                                      NULL,
                                      &got,
                                      error)) {
    g_clear_object (&self->service);
    return FALSE;
  }
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return TRUE;
}

static void
close_port (PlanciaServer *self)
{
  if (self->service == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

/**
 * plancia_server_new:
 * @protocol: what is spoken
 * @station: service of each wire; borrowed
 * @port: 0 for any that is free
 * @policy: what a further client means
 * @most: how many clients at a time
 * @error: %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a server that listens
 */
PlanciaServer *
plancia_server_new (const PlanciaWireProtocol *protocol,
                    PlanciaStation            *station,
                    guint16                    port,
                    PlanciaServerPolicy        policy,
                    guint                      most,
                    GError                   **error)
{
  g_autoptr (PlanciaServer) self = g_new0 (PlanciaServer, 1);

  self->protocol = protocol;
  self->station = station;
  self->policy = policy;
  self->most = most;
  self->wires = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_wire_free);
  if (!open_port (self, port, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plancia_server_free:
 * @self: a server
 *
 * Ends all connections and gives the port back.
 */
void
plancia_server_free (PlanciaServer *self)
{
  close_port (self);
  g_ptr_array_unref (self->wires);
  g_free (self);
}

guint16
plancia_server_get_port (PlanciaServer *self)
{
  return self->port;
}

/**
 * plancia_server_check_fault:
 * @self: a server
 *
 * When another client takes the line, whoever is connected is thrown out, once. While the service is
 * off, nobody gets in.
 */
void
plancia_server_check_fault (PlanciaServer *self)
{
  PlanciaFault fault = plancia_bus_get_fault (self->station->bus);
  g_autoptr (GError) error = NULL;

  if (fault != self->fault && fault == PLANCIA_FAULT_TAKEOVER)
    self->thrown_out = count_open (self) > 0;
  if (fault != self->fault &&
      (fault == PLANCIA_FAULT_TAKEOVER || fault == PLANCIA_FAULT_PORT_CLOSED))
    reset_all (self);
  self->fault = fault;
  if (fault == PLANCIA_FAULT_PORT_CLOSED)
    close_port (self);
  else if (self->service == NULL && !open_port (self, self->port, &error))
    g_warning ("port %u does not open again: %s", self->port, error->message);
}
