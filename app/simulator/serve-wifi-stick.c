/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-wifi-stick.h"

#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/span.h"
#include "protocol/modbus-rtu.h"
#include "protocol/solarman-v5.h"
#include "simulator/serve-rtu.h"

/* What a logger's own error is called in the two bytes that it sends instead of a Modbus answer. */
#define ERROR_NO_ANSWER    5
#define ERROR_WRONG_SERIAL 6
/* What comes before the RTU frame in a request. */
#define REQUEST_HEAD 15
/* What it shows one after the other, the usual answer among them; the last is a heartbeat behind. */
#define N_QUIRKS      6
#define IDLE_LIMIT    (300 * PLANCIA_SECOND)
#define INVERTER_TYPE 2
#define SHORTEST_HALF 6

typedef struct
{
  guint8 sequence; /* of the last request */
  gint64 heard;    /* monotonic ms */
  guint  quirk;    /* which comes next */
} State;

static guint32
true_serial (PlanciaStation *station)
{
  return (guint32) g_ascii_strtoull (station->device->serial, NULL, 10);
}

/* total working time + offset time = Unix time of the sample. */
static GBytes *
wrap (PlanciaWire *wire, GBytes *content)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  State          *state = plancia_wire_get_state (wire);
  gint64          now = plancia_world_now (station->world) / PLANCIA_SECOND;
  guint32 on = (guint32) ((plancia_clock_monotonic () - station->since) / PLANCIA_SECOND) + 60;

  return plancia_solarman_v5_answer (true_serial (station),
                                     state->sequence,
                                     station->counter++,
                                     on + 7200,
                                     on,
                                     (guint32) now - on - 7200,
                                     content);
}

static void
answer_error (PlanciaWire *wire, guint8 code)
{
  const guint8 content[] = {code, 0};
  g_autoptr (GBytes) bytes = g_bytes_new (content, sizeof content);
  g_autoptr (GBytes) frame = wrap (wire, bytes);

  plancia_wire_answer (wire, frame, PLANCIA_FAULT_NONE);
}

static void
send_bytes (PlanciaWire *wire, GBytes *bytes)
{
  plancia_wire_send (wire, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
make_heartbeat (PlanciaWire *wire, guint8 sequence)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  g_autoptr (GBytes) payload = g_bytes_new_static ("", 1);
  PlanciaSolarmanFrame frame = {.control = PLANCIA_SOLARMAN_HEARTBEAT,
                                .sequence = sequence,
                                .counter = station->counter++,
                                .serial = true_serial (station),
                                .payload = payload};

  return plancia_solarman_v5_encode (&frame);
}

/* The halves of a longer answer in a frame each (ha-solarman issue 418). (transfer full): what is left */
static GBytes *
send_half (PlanciaWire *wire, GBytes *rtu)
{
  gsize half = g_bytes_get_size (rtu) / 2;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) frame = NULL;

  if (half < SHORTEST_HALF)
    return g_bytes_ref (rtu);
  first = g_bytes_new_from_bytes (rtu, 0, half);
  frame = wrap (wire, first);
  send_bytes (wire, frame);
  return g_bytes_new_from_bytes (rtu, half, g_bytes_get_size (rtu) - half);
}

/* A second checksum of zeros (pysolarmanv5 issue 62). (transfer full) */
static GBytes *
add_second_crc (GBytes *rtu)
{
  GByteArray *longer = g_byte_array_new ();

  plancia_put_bytes (longer, rtu);
  plancia_put_le16 (longer, 0);
  return g_byte_array_free_to_bytes (longer);
}

/* What people have met, one after the other: text of the modem (pysolarmanv5 issue 87), a heartbeat glued to the answer
 * (issue 19), and the above. (transfer full): what is left to be sent */
static GBytes *
show_quirk (PlanciaWire *wire, GBytes *rtu)
{
  static const char modem[] = "AT+YZCMPVER=SIMULATED\r\n\r\n";
  State            *state = plancia_wire_get_state (wire);
  g_autoptr (GBytes) heartbeat = NULL;

  switch (state->quirk++ % N_QUIRKS) {
  case 1:
    plancia_wire_send (wire, modem, strlen (modem));
    return g_bytes_ref (rtu);
  case 2:
    heartbeat = make_heartbeat (wire, (guint8) (state->sequence - 1));
    send_bytes (wire, heartbeat);
    return g_bytes_ref (rtu);
  case 3:
    return send_half (wire, rtu);
  case 4:
    return add_second_crc (rtu);
  default:
    return g_bytes_ref (rtu);
  }
}

/* A heartbeat in the same piece behind the answer. (transfer full) */
static GBytes *
add_heartbeat (PlanciaWire *wire, GBytes *frame)
{
  State      *state = plancia_wire_get_state (wire);
  GByteArray *both = g_byte_array_new ();
  g_autoptr (GBytes) heartbeat = make_heartbeat (wire, state->sequence);

  plancia_put_bytes (both, frame);
  plancia_put_bytes (both, heartbeat);
  return g_byte_array_free_to_bytes (both);
}

/* "bad-crc" is the frame's own checksum here. */
static void
answer_reply (PlanciaWire *wire, PlanciaBusReply *reply)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  State          *state = plancia_wire_get_state (wire);
  PlanciaFault    fault = reply->fault;
  gboolean        glue_heartbeat = FALSE;
  g_autoptr (GBytes) rtu = NULL;
  g_autoptr (GBytes) frame = NULL;

  reply->fault = PLANCIA_FAULT_NONE;
  rtu = plancia_rtu_encode_reply (reply);
  if (station->device->quirks && fault == PLANCIA_FAULT_NONE) {
    g_autoptr (GBytes) plain = g_steal_pointer (&rtu);
    glue_heartbeat = state->quirk % N_QUIRKS == N_QUIRKS - 1;
    rtu = show_quirk (wire, plain);
  }
  frame = wrap (wire, rtu);
  if (fault == PLANCIA_FAULT_BAD_CRC) {
    gsize   length = g_bytes_get_size (frame);
    guint8 *data = g_memdup2 (g_bytes_get_data (frame, NULL), length);
    data[length - 2] ^= 0x5a;
    g_bytes_unref (frame);
    frame = g_bytes_new_take (data, length);
  }
  if (glue_heartbeat) {
    g_autoptr (GBytes) plain = g_steal_pointer (&frame);
    frame = add_heartbeat (wire, plain);
  }
  plancia_wire_answer (wire, frame, fault);
}

static void
ask_bus (PlanciaWire *wire, GBytes *rtu)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  g_autoptr (GBytes) pdu = NULL;
  g_auto (PlanciaBusReply) reply = {0};
  guint8 unit;

  if (!plancia_modbus_rtu_decode (rtu, FALSE, &unit, &pdu, NULL)) {
    answer_error (wire, ERROR_NO_ANSWER);
    return;
  }
  plancia_bus_ask (station->bus, unit, pdu, &reply);
  if (reply.pdu != NULL)
    answer_reply (wire, &reply);
  else if (reply.fault != PLANCIA_FAULT_SILENT)
    answer_error (wire, ERROR_NO_ANSWER);
}

/* A request with serial number 0 is answered: so a client learns the true one, which is in every answer. */
static void
answer_request (PlanciaWire *wire, const PlanciaSolarmanFrame *frame)
{
  PlanciaStation *station = plancia_wire_get_service (wire);
  State          *state = plancia_wire_get_state (wire);
  gsize           length;
  const guint8   *payload = g_bytes_get_data (frame->payload, &length);
  g_autoptr (GBytes) rtu = NULL;

  state->sequence = frame->sequence;
  if (length <= REQUEST_HEAD || payload[0] != INVERTER_TYPE)
    return;
  if (frame->serial != 0 && frame->serial != true_serial (station)) {
    if (plancia_bus_get_fault (station->bus) != PLANCIA_FAULT_SILENT)
      answer_error (wire, ERROR_WRONG_SERIAL);
    return;
  }
  rtu = g_bytes_new_from_bytes (frame->payload, REQUEST_HEAD, length - REQUEST_HEAD);
  ask_bus (wire, rtu);
}

/* FALSE if no whole frame is left. */
static gboolean
take_frame (PlanciaWire *wire)
{
  GByteArray *input = plancia_wire_get_input (wire);
  gssize      length = plancia_solarman_v5_scan (input->data, input->len, NULL);
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_autoptr (GBytes) bytes = NULL;
  gboolean right;

  if (input->len == 0 || length == 0)
    return FALSE;
  if (length < 0) {
    g_byte_array_remove_range (input, 0, 1);
    return TRUE;
  }
  bytes = g_bytes_new (input->data, (gsize) length);
  right = plancia_solarman_v5_decode (bytes, &frame, NULL);
  g_byte_array_remove_range (input, 0, right ? (guint) length : 1);
  /* Acknowledgements and all else that is no request are taken and forgotten. */
  if (right && frame.control == PLANCIA_SOLARMAN_REQUEST)
    answer_request (wire, &frame);
  return plancia_wire_is_open (wire);
}

static void
rest (PlanciaWire *wire)
{
  PlanciaStation *station = plancia_wire_get_service (wire);

  plancia_wire_wake (wire, station->device->heartbeat * (guint) PLANCIA_SECOND);
}

static void
opened (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);

  state->heard = plancia_clock_monotonic ();
  rest (wire);
}

static void
received (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);

  state->heard = plancia_clock_monotonic ();
  while (take_frame (wire))
    ;
  rest (wire);
}

/* Bears the sequence number of the last answer. A client of whom nothing is heard for long is dropped. */
static void
send_heartbeat (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);
  g_autoptr (GBytes) bytes = NULL;

  if (plancia_clock_monotonic () - state->heard >= IDLE_LIMIT) {
    plancia_wire_close (wire);
    return;
  }
  bytes = make_heartbeat (wire, state->sequence);
  send_bytes (wire, bytes);
  rest (wire);
}

const PlanciaWireProtocol plancia_wifi_stick_protocol = {
  .state_size = sizeof (State),
  .opened = opened,
  .received = received,
  .woken = send_heartbeat,
};
