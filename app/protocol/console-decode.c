/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-decode.h"

#include "base/crc.h"
#include "protocol/modbus-pdu.h"

#define UNIT_LENGTH  1
#define CRC_LENGTH   2
#define SHORTEST     5
#define FIXED_LENGTH 5 /* function, address, value or count */
#define EXCEPTION    0x80

static guint16
get_be16 (const guint8 *data)
{
  return (guint16) (data[0] << 8 | data[1]);
}

static gboolean
crc_is_right (const guint8 *data, gsize length)
{
  guint16 crc = plancia_crc16_modbus (data, length - CRC_LENGTH);

  return data[length - 2] == (crc & 0xff) && data[length - 1] == crc >> 8;
}

/* Length of the frame at data in this direction, 0 if there is none or it is not whole. */
static gsize
frame_length (const guint8 *data, gsize length, gboolean is_answer)
{
  gssize pdu;

  if (length < SHORTEST)
    return 0;
  pdu = plancia_modbus_pdu_measure (data + UNIT_LENGTH, length - UNIT_LENGTH, is_answer);
  if (pdu <= 0 || (gsize) pdu + UNIT_LENGTH + CRC_LENGTH > length)
    return 0;
  return (gsize) pdu + UNIT_LENGTH + CRC_LENGTH;
}

static gsize
right_length (const guint8 *data, gsize length, gboolean is_answer)
{
  gsize found = frame_length (data, length, is_answer);

  return found > 0 && crc_is_right (data, found) ? found : 0;
}

static gboolean
is_bits (guint8 function)
{
  return function == PLANCIA_MODBUS_READ_COILS || function == PLANCIA_MODBUS_READ_DISCRETE;
}

static gboolean
is_read (guint8 function)
{
  return function >= PLANCIA_MODBUS_READ_COILS && function <= PLANCIA_MODBUS_READ_INPUT;
}

static gboolean
answers (const guint8 *data, const PlanciaConsoleAsked *asked)
{
  return asked->known && data[0] == asked->unit && (data[1] & ~EXCEPTION) == asked->function;
}

/* --- what a frame says -------------------------------------------------------------------------- */

static void
read_request (PlanciaConsoleFrame *frame, const guint8 *pdu, gsize length)
{
  frame->has_address = TRUE;
  frame->address = get_be16 (pdu + 1);
  frame->count = 1;
  if (is_read (frame->function)) {
    frame->count = get_be16 (pdu + 3);
  } else if (length > FIXED_LENGTH) {
    frame->count = get_be16 (pdu + 3);
    frame->values = pdu + FIXED_LENGTH + 1;
    frame->n_values = length - FIXED_LENGTH - 1;
  } else {
    frame->values = pdu + 3;
    frame->n_values = 2;
  }
}

static void
read_answer (PlanciaConsoleFrame       *frame,
             const guint8              *pdu,
             gsize                      length,
             const PlanciaConsoleAsked *asked)
{
  gboolean known = asked->known && asked->unit == frame->unit && asked->function == frame->function;

  if (is_read (frame->function)) {
    frame->values = pdu + 2;
    frame->n_values = length - 2;
    frame->count = (guint16) (is_bits (frame->function) ? 0 : frame->n_values / 2);
  } else {
    frame->has_address = TRUE;
    frame->address = get_be16 (pdu + 1);
    frame->count = frame->function == PLANCIA_MODBUS_WRITE_MULTIPLE ? get_be16 (pdu + 3) : 1;
  }
  if (known && is_read (frame->function)) {
    frame->has_address = TRUE;
    frame->address = asked->address;
    if (is_bits (frame->function))
      frame->count = asked->count;
  }
}

static PlanciaConsoleFrame
read_frame (const guint8 *data, gsize length, gboolean is_answer, const PlanciaConsoleAsked *asked)
{
  PlanciaConsoleFrame frame = {0};
  gsize               pdu_length = length - UNIT_LENGTH - CRC_LENGTH;

  frame.kind = is_answer ? PLANCIA_CONSOLE_FRAME_ANSWER : PLANCIA_CONSOLE_FRAME_REQUEST;
  frame.length = length;
  frame.crc_right = crc_is_right (data, length);
  frame.unit = data[0];
  frame.function = data[1] & (guint8) ~EXCEPTION;
  if (data[1] & EXCEPTION)
    frame.exception = data[2];
  else if (is_answer)
    read_answer (&frame, data + UNIT_LENGTH, pdu_length, asked);
  else
    read_request (&frame, data + UNIT_LENGTH, pdu_length);
  return frame;
}

/* --- where a frame begins ------------------------------------------------------------------------ */

/* The frame with a right CRC that begins at data. The forms of a write of one register and of its answer are the same:
 * the one that was asked for is the answer. */
static gboolean
find_right (const guint8              *data,
            gsize                      length,
            const PlanciaConsoleAsked *asked,
            PlanciaConsoleFrame       *frame)
{
  gsize    request = right_length (data, length, FALSE);
  gsize    answer = right_length (data, length, TRUE);
  gboolean is_answer = answer > 0 && (request == 0 || answers (data, asked));

  if (request == 0 && answer == 0)
    return FALSE;
  *frame = read_frame (data, is_answer ? answer : request, is_answer, asked);
  return TRUE;
}

/* What would be a frame if its CRC were right: only what fills the rest of the burst, or anything would do. */
static gboolean
find_wrong (const guint8              *data,
            gsize                      length,
            const PlanciaConsoleAsked *asked,
            PlanciaConsoleFrame       *frame)
{
  gboolean request = frame_length (data, length, FALSE) == length;
  gboolean answer = frame_length (data, length, TRUE) == length;

  if (!request && !answer)
    return FALSE;
  *frame = read_frame (data, length, answer && (!request || answers (data, asked)), asked);
  return TRUE;
}

static gsize
next_right (const guint8 *data, gsize length, gsize from)
{
  for (gsize i = from; i + SHORTEST <= length; i++)
    if (right_length (data + i, length - i, FALSE) > 0 ||
        right_length (data + i, length - i, TRUE) > 0)
      return i;
  return length;
}

static void
remember (PlanciaConsoleAsked *asked, const PlanciaConsoleFrame *frame)
{
  asked->known = frame->kind == PLANCIA_CONSOLE_FRAME_REQUEST;
  asked->unit = frame->unit;
  asked->function = frame->function;
  asked->address = frame->address;
  asked->count = frame->count;
}

/**
 * plancia_console_decode:
 * @data: a burst; values of the frames point into it
 * @asked: (inout): the request that has no answer yet, from the bursts before
 *
 * A frame with a right CRC is found wherever it begins; one with a wrong CRC only where it ends with the burst. What is
 * neither is told as bytes that are no frame. Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaConsoleFrame)
 */
GArray *
plancia_console_decode (const guint8 *data, gsize length, PlanciaConsoleAsked *asked)
{
  GArray *frames = g_array_new (FALSE, TRUE, sizeof (PlanciaConsoleFrame));

  for (gsize at = 0; at < length;) {
    PlanciaConsoleFrame frame = {.kind = PLANCIA_CONSOLE_FRAME_NONE};
    gsize               next;

    if (!find_right (data + at, length - at, asked, &frame)) {
      next = next_right (data, length, at + 1);
      if (next < length || !find_wrong (data + at, length - at, asked, &frame))
        frame.length = next - at;
    }
    frame.start = at;
    at += frame.length;
    if (frame.kind != PLANCIA_CONSOLE_FRAME_NONE)
      remember (asked, &frame);
    g_array_append_val (frames, frame);
  }
  return frames;
}
