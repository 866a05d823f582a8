/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/libmodbus-glue.h"
#include "link/link-base.h"
#include "link/links.h"
#include "link/stream.h"

/* Modbus TCP. The connection is made here, so that it has a limit, can be cancelled and takes names
 * and IPv6; libmodbus speaks on it. */
#define PLANCIA_TYPE_LINK_MODBUS_TCP (plancia_link_modbus_tcp_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkModbusTcp,
                      plancia_link_modbus_tcp,
                      PLANCIA,
                      LINK_MODBUS_TCP,
                      PlanciaLinkBase)

struct _PlanciaLinkModbusTcp
{
  PlanciaLinkBase parent_instance;

  char              *host;
  guint16            port;
  guint              timeout;
  PlanciaStream     *stream;
  PlanciaModbusPipe *pipe;
};

G_DEFINE_FINAL_TYPE (PlanciaLinkModbusTcp, plancia_link_modbus_tcp, PLANCIA_TYPE_LINK_BASE)

static gboolean
plancia_link_modbus_tcp_connect (PlanciaLinkBase *base, GCancellable *cancellable, GError **error)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (base);
  g_autoptr (PlanciaStream) stream = NULL;

  stream = plancia_stream_connect (self->host, self->port, self->timeout, cancellable, error);
  if (stream == NULL)
    return FALSE;
  self->pipe = plancia_modbus_pipe_new_tcp (plancia_stream_get_fd (stream), error);
  if (self->pipe == NULL)
    return FALSE;
  plancia_modbus_pipe_set_tap (self->pipe, plancia_link_base_tap, self);
  self->stream = g_steal_pointer (&stream);
  return TRUE;
}

static void
plancia_link_modbus_tcp_disconnect (PlanciaLinkBase *base)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (base);

  g_clear_pointer (&self->pipe, plancia_modbus_pipe_free);
  g_clear_pointer (&self->stream, plancia_stream_free);
}

static PlanciaLine
plancia_link_modbus_tcp_settle (PlanciaLinkBase *base)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (base);
  g_autoptr (GByteArray) waiting = NULL;

  if (plancia_stream_is_quiet (self->stream))
    return PLANCIA_LINE_CLEAN;
  waiting = g_byte_array_new ();
  if (!plancia_stream_collect (self->stream, waiting))
    return PLANCIA_LINE_GONE;
  plancia_link_base_tap_stray (base, FALSE, PLANCIA_EXCHANGE_LATE, waiting->data, waiting->len);
  return waiting->len > 0 ? PLANCIA_LINE_SURPLUS : PLANCIA_LINE_CLEAN;
}

static PlanciaLinkEnd
plancia_link_modbus_tcp_find_end (PlanciaLinkBase *base)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (base);

  if (plancia_stream_was_reset (self->stream))
    return PLANCIA_LINK_END_RESET;
  return plancia_stream_was_closed (self->stream) ? PLANCIA_LINK_END_CLOSED
                                                  : PLANCIA_LINK_END_UNKNOWN;
}

static GBytes *
plancia_link_modbus_tcp_exchange (PlanciaLinkBase *base,
                                  guint8           unit,
                                  GBytes          *pdu,
                                  gboolean        *surplus,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (base);

  return plancia_modbus_pipe_transact (self->pipe,
                                       unit,
                                       pdu,
                                       self->timeout,
                                       surplus,
                                       cancellable,
                                       error);
}

static void
plancia_link_modbus_tcp_finalize (GObject *object)
{
  PlanciaLinkModbusTcp *self = PLANCIA_LINK_MODBUS_TCP (object);

  g_free (self->host);
  G_OBJECT_CLASS (plancia_link_modbus_tcp_parent_class)->finalize (object);
}

static void
plancia_link_modbus_tcp_class_init (PlanciaLinkModbusTcpClass *klass)
{
  PlanciaLinkBaseClass *base_class = PLANCIA_LINK_BASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_link_modbus_tcp_finalize;
  base_class->connect = plancia_link_modbus_tcp_connect;
  base_class->disconnect = plancia_link_modbus_tcp_disconnect;
  base_class->find_end = plancia_link_modbus_tcp_find_end;
  base_class->settle = plancia_link_modbus_tcp_settle;
  base_class->exchange = plancia_link_modbus_tcp_exchange;
}

static void
plancia_link_modbus_tcp_init (PlanciaLinkModbusTcp *self)
{
}

/**
 * plancia_link_modbus_tcp_new:
 * @host: name, IPv4 or IPv6 address
 * @timeout: milliseconds, for connecting and for a whole exchange
 *
 * For HUB, Power Magic, panels, and Ethernet sticks in TCP mode. Opens nothing. Returns: (transfer
 * full)
 */
PlanciaLink *
plancia_link_modbus_tcp_new (const char *host, guint16 port, guint timeout)
{
  PlanciaLinkModbusTcp *self = g_object_new (PLANCIA_TYPE_LINK_MODBUS_TCP, NULL);

  self->host = g_strdup (host);
  self->port = port;
  self->timeout = timeout;
  plancia_link_base_set_wire (PLANCIA_LINK_BASE (self),
                              PLANCIA_WIRE_MODBUS_TCP,
                              plancia_exchange_make_peer (host, port));
  return PLANCIA_LINK (self);
}
