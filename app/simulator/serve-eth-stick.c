/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-eth-stick.h"

#include "protocol/modbus-rtu.h"
#include "protocol/modbus-tcp.h"
#include "protocol/solarman-v5.h"
#include "simulator/serve-modbus-tcp.h"
#include "simulator/serve-rtu.h"

/* From here on it must be clear what a client speaks. */
#define ENOUGH_BYTES 300

typedef enum {
  FRAMING_OPEN,
  FRAMING_TCP,
  FRAMING_RTU,
  FRAMING_SOLARMAN,
  FRAMING_NONE,
} Framing;

typedef struct
{
  Framing framing;
} State;

static gboolean
is_rtu_frame (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) frame = g_bytes_new (data, length);
  g_autoptr (GBytes) pdu = NULL;
  guint8 unit;

  return plancia_modbus_rtu_decode (frame, FALSE, &unit, &pdu, NULL);
}

/* A read of the registers from 0 in RTU looks like the beginning of a Modbus TCP frame, so a frame with a right CRC
 * decides, then the header. */
static Framing
recognise (const guint8 *data, gsize length)
{
  gssize rtu = plancia_modbus_rtu_scan (data, length, FALSE, NULL);
  gssize tcp = plancia_modbus_tcp_scan (data, length, NULL);

  if (length < 4)
    return FRAMING_OPEN;
  if (data[0] == 0xa5 && data[3] == 0x10)
    return FRAMING_SOLARMAN;
  if (rtu > 0 && is_rtu_frame (data, (gsize) rtu))
    return FRAMING_RTU;
  if (tcp > 0)
    return FRAMING_TCP;
  return (rtu < 0 && tcp < 0) || length > ENOUGH_BYTES ? FRAMING_NONE : FRAMING_OPEN;
}

/* As sticks have answered that take everything for Modbus TCP, without a look at protocol and length: transaction and
 * protocol come back, then half of the wrong length, then exception 2 to the "function", which is a byte of the logger's
 * serial number. Captured in pysolarmanv5 issue 5. */
static void
answer_solarman (PlanciaWire *wire)
{
  GByteArray *input = plancia_wire_get_input (wire);
  gssize      length = plancia_solarman_v5_scan (input->data, input->len, NULL);

  if (length < 0)
    plancia_wire_close (wire);
  if (length <= 0)
    return;
  const guint8 *in = input->data;
  const guint8  out[] = {in[0], in[1], in[2], in[3], in[4], 3, in[6], in[7] | 0x80, 2};
  plancia_wire_send (wire, out, sizeof out);
  if (plancia_wire_is_open (wire))
    g_byte_array_remove_range (input, 0, (guint) length);
}

/* What the stick was told not to speak it does not answer, and it waits for something better. */
static gboolean
is_spoken (PlanciaWire *wire, Framing framing)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  const char     *only = station->device->framing;

  if (g_str_equal (only, "rtu"))
    return framing == FRAMING_RTU;
  return !g_str_equal (only, "tcp") || framing != FRAMING_RTU;
}

static void
received (PlanciaWire *wire)
{
  State      *state = plancia_wire_get_state (wire);
  GByteArray *input = plancia_wire_get_input (wire);

  if (state->framing == FRAMING_OPEN)
    state->framing = recognise (input->data, input->len);
  if (state->framing != FRAMING_OPEN && !is_spoken (wire, state->framing)) {
    g_byte_array_set_size (input, 0);
    state->framing = FRAMING_OPEN;
  }
  switch (state->framing) {
  case FRAMING_OPEN:
    break;
  case FRAMING_TCP:
    plancia_modbus_tcp_serve (wire);
    break;
  case FRAMING_RTU:
    plancia_rtu_serve (wire);
    break;
  case FRAMING_SOLARMAN:
    answer_solarman (wire);
    break;
  case FRAMING_NONE:
    plancia_wire_close (wire);
    break;
  }
}

const PlanciaWireProtocol plancia_eth_stick_protocol = {
  .state_size = sizeof (State),
  .received = received,
  .woken = received,
};
