/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-modbus-tcp.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-tcp.h"

static GBytes *
encode (guint16 transaction, const PlanciaBusReply *reply)
{
  PlanciaModbusTcpFrame frame = {transaction, reply->unit, reply->pdu};
  g_autoptr (GBytes) whole = plancia_modbus_tcp_encode (&frame);
  guint8 *data;
  gsize   length;

  if (reply->fault != PLANCIA_FAULT_BAD_CRC)
    return g_steal_pointer (&whole);
  /* There is no checksum: the protocol number is wrong instead. */
  length = g_bytes_get_size (whole);
  data = g_memdup2 (g_bytes_get_data (whole, NULL), length);
  data[2] ^= 0x5a;
  return g_bytes_new_take (data, length);
}

/* Ethernet sticks have been seen to announce more than a write answer has, and to fill it up with an RTU checksum and
 * zeros (evcc issue 11454). */
static GBytes *
pad_write_answer (GBytes *pdu)
{
  static const guint8 rest[] = {0xc4, 0x0b, 0, 0, 0, 0};
  const guint8       *data = g_bytes_get_data (pdu, NULL);
  GByteArray         *padded;

  if (data[0] != PLANCIA_MODBUS_WRITE_MULTIPLE)
    return g_bytes_ref (pdu);
  padded = g_byte_array_new ();
  plancia_put_bytes (padded, pdu);
  g_byte_array_append (padded, rest, sizeof rest);
  return g_byte_array_free_to_bytes (padded);
}

static void
answer (PlanciaWire *wire, const PlanciaModbusTcpFrame *request)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  g_auto (PlanciaBusReply) reply = {0};
  g_autoptr (GBytes) frame = NULL;

  plancia_bus_ask (station->bus, request->unit, request->pdu, &reply);
  if (reply.pdu == NULL)
    return;
  if (station->device->quirks) {
    g_autoptr (GBytes) pdu = g_steal_pointer (&reply.pdu);
    reply.pdu = pad_write_answer (pdu);
  }
  frame = encode (request->transaction, &reply);
  plancia_wire_answer (wire, frame, reply.fault);
}

static void
refuse (PlanciaWire *wire, const PlanciaModbusTcpFrame *request)
{
  guint8          function = *(const guint8 *) g_bytes_get_data (request->pdu, NULL);
  PlanciaBusReply busy = {.unit = request->unit};
  g_autoptr (GBytes) pdu = plancia_modbus_pdu_exception (function, PLANCIA_MODBUS_ERROR_BUSY);
  g_autoptr (GBytes) frame = NULL;

  busy.pdu = pdu;
  frame = encode (request->transaction, &busy);
  plancia_wire_answer (wire, frame, PLANCIA_FAULT_NONE);
}

/* A line of the HUB takes one request in so many milliseconds. FALSE: this one waits in the input. */
static gboolean
admit (PlanciaWire *wire, const PlanciaModbusTcpFrame *request)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  gint64          now = plancia_clock_monotonic ();
  gint64          early = station->free_at - now;

  if (early <= 0) {
    station->free_at = now + station->device->spacing;
    answer (wire, request);
    return TRUE;
  }
  if (g_str_equal (station->device->early, "queue")) {
    plancia_wire_wake (wire, (guint) early);
    return FALSE;
  }
  if (g_str_equal (station->device->early, "busy"))
    refuse (wire, request);
  return TRUE;
}

/* FALSE if there is nothing more to do for now. */
static gboolean
take_frame (PlanciaWire *wire)
{
  GByteArray *input = plancia_wire_get_input (wire);
  gssize      length = plancia_modbus_tcp_scan (input->data, input->len, NULL);
  g_auto (PlanciaModbusTcpFrame) frame = {0};
  g_autoptr (GBytes) bytes = NULL;

  if (length < 0)
    plancia_wire_close (wire);
  if (length <= 0)
    return FALSE;
  bytes = g_bytes_new (input->data, (gsize) length);
  if (!plancia_modbus_tcp_decode (bytes, &frame, NULL)) {
    plancia_wire_close (wire);
    return FALSE;
  }
  if (!admit (wire, &frame))
    return FALSE;
  g_byte_array_remove_range (input, 0, (guint) length);
  return plancia_wire_is_open (wire);
}

/**
 * plancia_modbus_tcp_serve:
 * @wire: whose service is a #PlanciaStation
 *
 * A client whose bytes are no Modbus TCP is cut off.
 */
void
plancia_modbus_tcp_serve (PlanciaWire *wire)
{
  while (take_frame (wire))
    ;
}

const PlanciaWireProtocol plancia_modbus_tcp_protocol = {
  .received = plancia_modbus_tcp_serve,
  .woken = plancia_modbus_tcp_serve,
};
