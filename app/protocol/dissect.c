/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/dissect.h"

#include "base/bytes.h"
#include "base/crc.h"
#include "protocol/modbus-pdu.h"
#include "protocol/solarman-v5.h"

/* Colours by what a byte is about. */
enum {
  COLOR_FUNCTION = 1,
  COLOR_ADDRESS = 2,
  COLOR_UNIT = 3,
  COLOR_VALUE = 4,
  COLOR_CHECK = 5,
  COLOR_FRAME = 6,
};

#define MBAP_LENGTH     7
#define V5_HEAD         11
#define V5_TAIL         2
#define V5_REQUEST_DATA 15 /* of the payload, before the RTU frame */
#define V5_ANSWER_DATA  14

/* One frame being taken apart: the bytes, where we are, and what was found. */
typedef struct
{
  const guint8 *data;
  guint         length;
  guint         at;
  int           address; /* of the register that comes next in an answer */
  gboolean      answer;
  GArray       *parts;
} Cutter;

static guint
get_be16 (const guint8 *data)
{
  return (guint) (data[0] << 8 | data[1]);
}

static guint
get_le16 (const guint8 *data)
{
  return (guint) (data[1] << 8 | data[0]);
}

static guint32
get_le32 (const guint8 *data)
{
  return get_le16 (data) | get_le16 (data + 2) << 16;
}

/* The next bytes are this. FALSE, and the rest is that: there are not so many. */
static PlanciaPart *
cut (Cutter *self, PlanciaPartKind kind, guint color, guint length)
{
  PlanciaPart part = {.kind = kind, .color = (guint8) color, .address = -1};

  if (length == 0 || self->at + length > self->length)
    return NULL;
  part.start = self->at;
  part.length = length;
  self->at += length;
  g_array_append_val (self->parts, part);
  return &g_array_index (self->parts, PlanciaPart, self->parts->len - 1);
}

static gboolean
cut_u8 (Cutter *self, PlanciaPartKind kind, guint color)
{
  PlanciaPart *part = cut (self, kind, color, 1);

  if (part != NULL)
    part->number = self->data[part->start];
  return part != NULL;
}

static gboolean
cut_be16 (Cutter *self, PlanciaPartKind kind, guint color)
{
  PlanciaPart *part = cut (self, kind, color, 2);

  if (part != NULL)
    part->number = get_be16 (self->data + part->start);
  return part != NULL;
}

static void
cut_rest (Cutter *self, PlanciaPartKind kind, guint color, guint end)
{
  if (end > self->at)
    cut (self, kind, color, end - self->at);
}

static void
cut_registers (Cutter *self, int address, guint end)
{
  while (self->at + 2 <= end) {
    PlanciaPart *part = cut (self, PLANCIA_PART_REGISTER, COLOR_VALUE, 2);

    part->number = get_be16 (self->data + part->start);
    part->address = address >= 0 ? address++ : -1;
  }
}

/* --- the PDU --------------------------------------------------------------------------------- */

static gboolean
is_word_read (guint function)
{
  return function == PLANCIA_MODBUS_READ_HOLDING || function == PLANCIA_MODBUS_READ_INPUT;
}

static void
cut_read_answer (Cutter *self, guint function, guint end)
{
  if (!cut_u8 (self, PLANCIA_PART_BYTE_COUNT, COLOR_VALUE))
    return;
  if (is_word_read (function))
    cut_registers (self, self->address, end);
}

static void
cut_known (Cutter *self, guint function, guint end)
{
  int address;

  if (self->at + 4 > end)
    return;
  address = (int) get_be16 (self->data + self->at);
  cut_be16 (self, PLANCIA_PART_ADDRESS, COLOR_ADDRESS);
  if (function == PLANCIA_MODBUS_WRITE_SINGLE)
    cut_registers (self, address, self->at + 2);
  else
    cut_be16 (self, PLANCIA_PART_COUNT, COLOR_VALUE);
  if (function == PLANCIA_MODBUS_WRITE_MULTIPLE && !self->answer && self->at < end) {
    cut_u8 (self, PLANCIA_PART_BYTE_COUNT, COLOR_VALUE);
    cut_registers (self, address, end);
  }
}

static gboolean
is_read (guint function)
{
  return function >= PLANCIA_MODBUS_READ_COILS && function <= PLANCIA_MODBUS_READ_INPUT;
}

/* Bytes up to end. */
static void
cut_pdu (Cutter *self, guint end)
{
  guint function = self->at < end ? self->data[self->at] : 0;

  if (self->at >= end || !cut_u8 (self, PLANCIA_PART_FUNCTION, COLOR_FUNCTION))
    return;
  if (function >= 0x80 && self->at < end)
    cut_u8 (self, PLANCIA_PART_EXCEPTION, COLOR_FUNCTION);
  else if (self->answer && is_read (function) && self->at < end)
    cut_read_answer (self, function, end);
  else if (is_read (function) || function == PLANCIA_MODBUS_WRITE_SINGLE ||
           function == PLANCIA_MODBUS_WRITE_MULTIPLE)
    cut_known (self, function, end);
  cut_rest (self, PLANCIA_PART_DATA, COLOR_VALUE, end);
}

/* --- frames ---------------------------------------------------------------------------------- */

static void
cut_mbap (Cutter *self)
{
  PlanciaPart *part;
  guint        end = self->length;

  if (self->length < MBAP_LENGTH) {
    cut_rest (self, PLANCIA_PART_REST, COLOR_FRAME, end);
    return;
  }
  cut_be16 (self, PLANCIA_PART_TRANSACTION, COLOR_FRAME);
  part = cut (self, PLANCIA_PART_PROTOCOL, COLOR_FRAME, 4);
  part->number = get_be16 (self->data + 2);
  part->second = get_be16 (self->data + 4);
  cut_u8 (self, PLANCIA_PART_UNIT, COLOR_UNIT);
  cut_pdu (self, MIN (end, 6 + get_be16 (self->data + 4)));
  cut_rest (self, PLANCIA_PART_REST, COLOR_FRAME, end);
}

/* Where the PDU of an RTU frame ends: what function and count say, so that a second CRC or surplus is
 * not taken for data. end: of all bytes. */
static guint
find_rtu_end (Cutter *self, guint end)
{
  gssize length =
    plancia_modbus_pdu_measure (self->data + self->at + 1, end - self->at - 1, self->answer);

  if (length > 0 && self->at + 1 + length + 2 <= end)
    return self->at + 1 + (guint) length;
  return end - 2;
}

/* Bytes up to end. */
static void
cut_rtu (Cutter *self, guint end)
{
  guint        first = self->at, pdu_end;
  PlanciaPart *part;

  if (end < self->at + 4) {
    cut_rest (self, PLANCIA_PART_REST, COLOR_FRAME, end);
    return;
  }
  pdu_end = find_rtu_end (self, end);
  cut_u8 (self, PLANCIA_PART_UNIT, COLOR_UNIT);
  cut_pdu (self, pdu_end);
  part = cut (self, PLANCIA_PART_CRC, COLOR_CHECK, 2);
  part->number = get_le16 (self->data + pdu_end);
  part->second = plancia_crc16_modbus (self->data + first, pdu_end - first);
  part->bad = part->number != part->second;
  cut_rest (self, PLANCIA_PART_REST, COLOR_FRAME, end);
}

static void
cut_v5_payload (Cutter *self, guint8 control, guint end)
{
  gboolean     request = control == PLANCIA_SOLARMAN_REQUEST;
  guint        head = request ? V5_REQUEST_DATA : V5_ANSWER_DATA;
  guint        type = request ? 3 : 2;
  PlanciaPart *part;

  if ((!request && control != PLANCIA_SOLARMAN_ANSWER) || self->at + head + 2 > end) {
    cut_rest (self, PLANCIA_PART_DATA, COLOR_VALUE, end);
    return;
  }
  part = cut (self, PLANCIA_PART_V5_TYPE, COLOR_FRAME, type);
  part->number = self->data[part->start];
  part->second = self->data[part->start + 1];
  part = cut (self, PLANCIA_PART_V5_TIMES, COLOR_FRAME, 12);
  part->number = get_le32 (self->data + part->start);
  part->second = get_le32 (self->data + part->start + 4);
  if (end == self->at + 2) {
    part = cut (self, PLANCIA_PART_V5_ERROR, COLOR_FUNCTION, 2);
    part->number = self->data[part->start];
  } else {
    cut_rtu (self, end);
  }
}

static void
cut_v5_tail (Cutter *self)
{
  PlanciaPart *part = cut (self, PLANCIA_PART_V5_SUM, COLOR_CHECK, 1);

  part->number = self->data[part->start];
  part->second = plancia_sum8 (self->data + 1, part->start - 1);
  part->bad = part->number != part->second;
  cut (self, PLANCIA_PART_V5_END, COLOR_FRAME, 1);
}

static void
cut_v5 (Cutter *self)
{
  PlanciaPart *part;
  guint        end = self->length;

  if (plancia_solarman_v5_scan (self->data, self->length, NULL) != (gssize) self->length) {
    cut_rest (self, PLANCIA_PART_TEXT, COLOR_FRAME, end);
    return;
  }
  cut (self, PLANCIA_PART_V5_START, COLOR_FRAME, 1);
  part = cut (self, PLANCIA_PART_V5_LENGTH, COLOR_FRAME, 2);
  part->number = get_le16 (self->data + 1);
  part = cut (self, PLANCIA_PART_V5_CONTROL, COLOR_FUNCTION, 2);
  part->number = self->data[4];
  part = cut (self, PLANCIA_PART_V5_SEQUENCE, COLOR_FRAME, 2);
  part->number = self->data[5];
  part->second = self->data[6];
  part = cut (self, PLANCIA_PART_V5_SERIAL, COLOR_UNIT, 4);
  part->number = get_le32 (self->data + 7);
  cut_v5_payload (self, self->data[4], end - V5_TAIL);
  cut_v5_tail (self);
}

/* Some firmware cuts one RTU frame in two V5 frames: each is taken apart as what it is. */
static void
cut_v5_frames (Cutter *self)
{
  gssize whole = plancia_solarman_v5_scan (self->data, self->length, NULL);

  if (whole > 0 && whole < (gssize) self->length) {
    guint length = self->length;

    self->length = (guint) whole;
    cut_v5 (self);
    self->length = length;
    cut_rest (self, PLANCIA_PART_REST, COLOR_FRAME, length);
  } else {
    cut_v5 (self);
  }
}

/**
 * plancia_dissect:
 * @answer: which side
 *
 * Any thread. Returns: (transfer full): empty if nothing came on that side
 */
GArray *
plancia_dissect (const PlanciaExchange *exchange, gboolean answer)
{
  Cutter       self = {.answer = answer, .address = -1};
  PlanciaBrief request = {0};

  self.parts = g_array_new (FALSE, FALSE, sizeof (PlanciaPart));
  self.data = answer ? plancia_exchange_get_received (exchange)
                     : plancia_exchange_get_sent (exchange);
  self.length = answer ? exchange->n_received : exchange->n_sent;
  if (self.length == 0)
    return self.parts;
  if (answer && plancia_dissect_brief (exchange, FALSE, &request))
    self.address = request.address;
  switch (exchange->wire) {
  case PLANCIA_WIRE_MODBUS_TCP:
    cut_mbap (&self);
    break;
  case PLANCIA_WIRE_RTU:
  case PLANCIA_WIRE_RTU_OVER_TCP:
    cut_rtu (&self, self.length);
    break;
  case PLANCIA_WIRE_SOLARMAN:
    cut_v5_frames (&self);
    break;
  case PLANCIA_WIRE_CONSOLE:
  case PLANCIA_WIRE_HTTP:
  default:
    cut_rest (&self, PLANCIA_PART_TEXT, COLOR_VALUE, self.length);
  }
  return self.parts;
}

/* --- in one line ----------------------------------------------------------------------------- */

/* Where the PDU is. */
static gboolean
locate (const PlanciaExchange *exchange, gboolean answer, const guint8 **data, guint *length)
{
  guint head, tail;

  *data = answer ? plancia_exchange_get_received (exchange) : plancia_exchange_get_sent (exchange);
  *length = answer ? exchange->n_received : exchange->n_sent;
  switch (exchange->wire) {
  case PLANCIA_WIRE_MODBUS_TCP:
    head = MBAP_LENGTH;
    tail = 0;
    break;
  case PLANCIA_WIRE_RTU:
  case PLANCIA_WIRE_RTU_OVER_TCP:
    head = 1;
    tail = 2;
    break;
  case PLANCIA_WIRE_SOLARMAN:
    head = V5_HEAD + (answer ? V5_ANSWER_DATA : V5_REQUEST_DATA) + 1;
    tail = 2 + V5_TAIL;
    if (*length < 5 || (*data)[4] != (answer ? PLANCIA_SOLARMAN_ANSWER : PLANCIA_SOLARMAN_REQUEST))
      return FALSE;
    break;
  case PLANCIA_WIRE_CONSOLE:
  case PLANCIA_WIRE_HTTP:
  default:
    return FALSE;
  }
  if (*length < head + tail + 2)
    return FALSE;
  *data += head;
  *length -= head + tail;
  return TRUE;
}

static void
brief_request (const guint8 *data, guint length, PlanciaBrief *out)
{
  if (length < 5)
    return;
  out->address = (int) get_be16 (data + 1);
  out->count = data[0] == PLANCIA_MODBUS_WRITE_SINGLE ? 1 : get_be16 (data + 3);
  if (data[0] == PLANCIA_MODBUS_WRITE_SINGLE)
    out->values = data + 3;
  else if (data[0] == PLANCIA_MODBUS_WRITE_MULTIPLE && length >= 6 + 2 * out->count)
    out->values = data + 6;
}

static void
brief_answer (const guint8 *data, guint length, PlanciaBrief *out)
{
  if (data[0] >= 0x80)
    out->exception = data[1];
  else if (is_word_read (data[0]))
    out->count = data[1] / 2;
  else if (is_read (data[0]))
    out->count = data[1] * 8;
  else
    brief_request (data, length, out);
}

/**
 * plancia_dissect_brief:
 * @out: (out caller-allocates)
 *
 * Any thread.
 */
gboolean
plancia_dissect_brief (const PlanciaExchange *exchange, gboolean answer, PlanciaBrief *out)
{
  const guint8 *data;
  guint         length;

  *out = (PlanciaBrief){.address = -1};
  if (!locate (exchange, answer, &data, &length))
    return FALSE;
  out->function = data[0];
  if (!answer) {
    brief_request (data, length, out);
    return TRUE;
  }
  brief_answer (data, length, out);
  if (out->address < 0 && locate (exchange, FALSE, &data, &length) && length >= 3)
    out->address = (int) get_be16 (data + 1);
  return TRUE;
}
