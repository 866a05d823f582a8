/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-rtu.h"

#include "protocol/modbus-rtu.h"

/* A pause ends a frame; what is not whole by then never will be. Far longer than 3.5 characters at 9600 baud, so that a
 * busy machine cuts nothing. */
#define PAUSE 150

static void
answer (PlanciaWire *wire, guint8 unit, GBytes *pdu)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  g_auto (PlanciaBusReply) reply = {0};
  g_autoptr (GBytes) frame = NULL;

  plancia_bus_ask (station->bus, unit, pdu, &reply);
  if (reply.pdu == NULL)
    return;
  frame = plancia_rtu_encode_reply (&reply);
  plancia_wire_answer (wire, frame, reply.fault);
}

/* FALSE if no whole frame is left. A wrong CRC and a function that nobody knows get no answer. */
static gboolean
take_frame (PlanciaWire *wire)
{
  GByteArray *input = plancia_wire_get_input (wire);
  gssize      length = plancia_modbus_rtu_scan (input->data, input->len, FALSE, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) pdu = NULL;
  guint8 unit;

  if (length < 0)
    g_byte_array_set_size (input, 0);
  if (length <= 0)
    return FALSE;
  bytes = g_bytes_new (input->data, (gsize) length);
  g_byte_array_remove_range (input, 0, (guint) length);
  if (plancia_modbus_rtu_decode (bytes, FALSE, &unit, &pdu, NULL))
    answer (wire, unit, pdu);
  return plancia_wire_is_open (wire);
}

static void
received (PlanciaWire *wire)
{
  plancia_rtu_serve (wire);
  if (plancia_wire_is_open (wire) && plancia_wire_get_input (wire)->len > 0)
    plancia_wire_wake (wire, PAUSE);
}

static void
drop_rest (PlanciaWire *wire)
{
  g_byte_array_set_size (plancia_wire_get_input (wire), 0);
}

/**
 * plancia_rtu_encode_reply:
 * @reply: with a PDU
 *
 * Returns: (transfer full): the RTU frame
 */
GBytes *
plancia_rtu_encode_reply (const PlanciaBusReply *reply)
{
  g_autoptr (GBytes) frame = plancia_modbus_rtu_encode (reply->unit, reply->pdu);
  gsize   length = g_bytes_get_size (frame);
  guint8 *data;

  if (reply->fault != PLANCIA_FAULT_BAD_CRC)
    return g_steal_pointer (&frame);
  data = g_memdup2 (g_bytes_get_data (frame, NULL), length);
  data[length - 1] ^= 0x5a;
  return g_bytes_new_take (data, length);
}

void
plancia_rtu_serve (PlanciaWire *wire)
{
  while (take_frame (wire))
    ;
}

const PlanciaWireProtocol plancia_rtu_protocol = {
  .received = received,
  .woken = drop_rest,
};
