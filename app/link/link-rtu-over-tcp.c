/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "link/link-base.h"
#include "link/links.h"
#include "link/stream.h"
#include "protocol/modbus-rtu.h"

/* RTU frames on a TCP stream. There is no transaction number, so that nothing in an answer tells to
 * which request it belongs: all rests on link-base dropping a connection at the first doubt. */
#define PLANCIA_TYPE_LINK_RTU_OVER_TCP (plancia_link_rtu_over_tcp_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkRtuOverTcp,
                      plancia_link_rtu_over_tcp,
                      PLANCIA,
                      LINK_RTU_OVER_TCP,
                      PlanciaLinkBase)

struct _PlanciaLinkRtuOverTcp
{
  PlanciaLinkBase parent_instance;

  char          *host;
  guint16        port;
  guint          timeout;
  PlanciaStream *stream;
};

G_DEFINE_FINAL_TYPE (PlanciaLinkRtuOverTcp, plancia_link_rtu_over_tcp, PLANCIA_TYPE_LINK_BASE)

static gboolean
plancia_link_rtu_over_tcp_connect (PlanciaLinkBase *base, GCancellable *cancellable, GError **error)
{
  PlanciaLinkRtuOverTcp *self = PLANCIA_LINK_RTU_OVER_TCP (base);

  self->stream = plancia_stream_connect (self->host, self->port, self->timeout, cancellable, error);
  return self->stream != NULL;
}

static void
plancia_link_rtu_over_tcp_disconnect (PlanciaLinkBase *base)
{
  g_clear_pointer (&PLANCIA_LINK_RTU_OVER_TCP (base)->stream, plancia_stream_free);
}

static PlanciaLine
plancia_link_rtu_over_tcp_settle (PlanciaLinkBase *base)
{
  PlanciaLinkRtuOverTcp *self = PLANCIA_LINK_RTU_OVER_TCP (base);
  g_autoptr (GByteArray) waiting = NULL;

  if (plancia_stream_is_quiet (self->stream))
    return PLANCIA_LINE_CLEAN;
  waiting = g_byte_array_new ();
  if (!plancia_stream_collect (self->stream, waiting))
    return PLANCIA_LINE_GONE;
  plancia_link_base_tap_stray (base, FALSE, PLANCIA_EXCHANGE_LATE, waiting->data, waiting->len);
  return waiting->len > 0 ? PLANCIA_LINE_SURPLUS : PLANCIA_LINE_CLEAN;
}

static GBytes *
decode_answer (GByteArray *received, gsize length, guint8 unit, gboolean *surplus, GError **error)
{
  g_autoptr (GBytes) frame = g_bytes_new (received->data, length);
  g_autoptr (GBytes) pdu = NULL;
  guint8 from = 0;

  *surplus = received->len > length;
  if (!plancia_modbus_rtu_decode (frame, TRUE, &from, &pdu, error))
    return NULL;
  if (from == unit)
    return g_steal_pointer (&pdu);
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
               "answer of unit %u instead of %u",
               from,
               unit);
  return NULL;
}

/* Length of the frame in what came; 0 or less when there is none. */
static gssize
receive_frame (PlanciaLinkRtuOverTcp *self,
               GByteArray            *received,
               gint64                 deadline,
               GCancellable          *cancellable,
               GError               **error)
{
  gssize length = 0;

  while (length == 0) {
    guint before = received->len;

    if (!plancia_stream_receive (self->stream, received, deadline, cancellable, error))
      return 0;
    plancia_link_base_tap (FALSE, received->data + before, received->len - before, self);
    length = plancia_modbus_rtu_scan (received->data, received->len, TRUE, error);
  }
  return length;
}

static GBytes *
plancia_link_rtu_over_tcp_exchange (PlanciaLinkBase *base,
                                    guint8           unit,
                                    GBytes          *pdu,
                                    gboolean        *surplus,
                                    GCancellable    *cancellable,
                                    GError         **error)
{
  PlanciaLinkRtuOverTcp *self = PLANCIA_LINK_RTU_OVER_TCP (base);
  g_autoptr (GBytes) request = plancia_modbus_rtu_encode (unit, pdu);
  g_autoptr (GByteArray) received = g_byte_array_new ();
  gint64        deadline = plancia_clock_monotonic () + self->timeout;
  gsize         n_request;
  const guint8 *bytes = g_bytes_get_data (request, &n_request);
  gssize        length;

  plancia_link_base_tap (TRUE, bytes, n_request, self);
  if (!plancia_stream_send (self->stream, request, deadline, cancellable, error))
    return NULL;
  length = receive_frame (self, received, deadline, cancellable, error);
  if (length <= 0)
    return NULL;
  return decode_answer (received, (gsize) length, unit, surplus, error);
}

static void
plancia_link_rtu_over_tcp_finalize (GObject *object)
{
  g_free (PLANCIA_LINK_RTU_OVER_TCP (object)->host);
  G_OBJECT_CLASS (plancia_link_rtu_over_tcp_parent_class)->finalize (object);
}

static void
plancia_link_rtu_over_tcp_class_init (PlanciaLinkRtuOverTcpClass *klass)
{
  PlanciaLinkBaseClass *base_class = PLANCIA_LINK_BASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_link_rtu_over_tcp_finalize;
  base_class->connect = plancia_link_rtu_over_tcp_connect;
  base_class->disconnect = plancia_link_rtu_over_tcp_disconnect;
  base_class->settle = plancia_link_rtu_over_tcp_settle;
  base_class->exchange = plancia_link_rtu_over_tcp_exchange;
}

static void
plancia_link_rtu_over_tcp_init (PlanciaLinkRtuOverTcp *self)
{
}

/**
 * plancia_link_rtu_over_tcp_new:
 * @host: name, IPv4 or IPv6 address
 * @timeout: milliseconds, for connecting and for a whole exchange
 *
 * For Ethernet sticks and gateways that hand RTU frames through. Opens nothing. Returns: (transfer
 * full)
 */
PlanciaLink *
plancia_link_rtu_over_tcp_new (const char *host, guint16 port, guint timeout)
{
  PlanciaLinkRtuOverTcp *self = g_object_new (PLANCIA_TYPE_LINK_RTU_OVER_TCP, NULL);

  self->host = g_strdup (host);
  self->port = port;
  self->timeout = timeout;
  plancia_link_base_set_wire (PLANCIA_LINK_BASE (self),
                              PLANCIA_WIRE_RTU_OVER_TCP,
                              plancia_exchange_make_peer (host, port));
  return PLANCIA_LINK (self);
}
