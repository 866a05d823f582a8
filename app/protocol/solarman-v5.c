/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/solarman-v5.h"

#include "base/bytes.h"
#include "base/crc.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"

#define START       0xa5
#define END         0x15
#define CONTROL_LOW 0x10
/* start(1) length(2) control(2) sequences(2) serial(4) */
#define HEADER_LENGTH 11
/* The header, checksum and end. */
#define OVERHEAD 13
/* The longest RTU frame needs 271 bytes; loggers push more than that to their server. */
#define MAXIMUM_PAYLOAD 1024

#define FRAME_TYPE_INVERTER 0x02
#define STATUS_REAL_TIME    0x01
/* What comes before the RTU bytes in an answer. */
#define ANSWER_PREFIX        14
#define LOGGER_ERROR_LENGTH  2
#define RTU_EXCEPTION_LENGTH 5
#define ANSWER_OFFSET        0x30

static void
set_malformed (GError **error, const char *what, guint expected, guint got)
{
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_MALFORMED,
               "Solarman V5 frame: expected %s 0x%02x, got 0x%02x",
               what,
               expected,
               got);
}

/* What can be told from the first bytes; length may be anything. */
static gboolean
check_begin (const guint8 *data, gsize length, GError **error)
{
  if (length > 0 && data[0] != START) {
    set_malformed (error, "start", START, data[0]);
    return FALSE;
  }
  if (length > 2 && (data[1] | data[2] << 8) > MAXIMUM_PAYLOAD) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_MALFORMED,
                 "Solarman V5 frame: expected at most %d payload bytes, got %d",
                 MAXIMUM_PAYLOAD,
                 data[1] | data[2] << 8);
    return FALSE;
  }
  if (length > 3 && data[3] != CONTROL_LOW) {
    set_malformed (error, "low control byte", CONTROL_LOW, data[3]);
    return FALSE;
  }
  return TRUE;
}

/* length is exactly that of the frame. */
static gboolean
check_end (const guint8 *data, gsize length, GError **error)
{
  guint8 sum = plancia_sum8 (data + 1, length - 3);

  if (data[length - 1] != END) {
    set_malformed (error, "end", END, data[length - 1]);
    return FALSE;
  }
  if (data[length - 2] != sum) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_CHECKSUM,
                 "Solarman V5 frame: expected checksum 0x%02x, got 0x%02x",
                 sum,
                 data[length - 2]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_length (gsize length, gsize expected, GError **error)
{
  if (length == expected)
    return TRUE;
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               length < expected ? PLANCIA_PROTOCOL_ERROR_TRUNCATED
                                 : PLANCIA_PROTOCOL_ERROR_MALFORMED,
               "Solarman V5 frame: expected %" G_GSIZE_FORMAT " bytes, got %" G_GSIZE_FORMAT,
               expected,
               length);
  return FALSE;
}

/* Codes 1 to 4 are Modbus exceptions. 5 and 6 look like some, but in the field they mean that nothing
 * answered behind the stick, and that the serial number in the request is not the stick's. */
static void
set_logger_error (GError **error, guint8 code, guint32 serial)
{
  if (code >= 1 && code <= 4)
    plancia_modbus_set_exception (error, code);
  else if (code == 5)
    g_set_error_literal (error,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_LOGGER,
                         "Logger error 5: no device answered at this address "
                         "(or: accepted, still working)");
  else if (code == 6)
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_LOGGER,
                 "Logger error 6: wrong logger serial number in the request, the logger says %u "
                 "(or: busy)",
                 serial);
  else
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_LOGGER,
                 "Logger error %u",
                 code);
}

/* Inverters of the family answer unmapped addresses with function 0x90 and a CRC that is wrong. The
 * checksum of the V5 frame was good, so the bytes are what the inverter sent: the CRC is put
 * right, and the exception goes the way of all others. */
static GBytes *
repair_exception (GBytes *rtu)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (rtu, &length);
  g_autoptr (GBytes) pdu = NULL;

  if (length != RTU_EXCEPTION_LENGTH || data[1] < 0x80)
    return g_bytes_ref (rtu);
  pdu = g_bytes_new_from_bytes (rtu, 1, 2);
  return plancia_modbus_rtu_encode (data[0], pdu);
}

/**
 * plancia_solarman_v5_scan:
 * @data: (array length=length): what has come
 * @length: how much of it
 * @error: PLANCIA_PROTOCOL_ERROR when no frame begins here
 *
 * Only the length delimits a frame: start and end byte may occur inside. End and checksum are
 * looked at as well, so that text and other noise on the stream (loggers print AT lines) never hides
 * a frame: on -1 skip one byte and scan again. Any thread.
 *
 * Returns: the length of the first whole frame, 0 if more bytes are needed, -1 on error
 */
gssize
plancia_solarman_v5_scan (const guint8 *data, gsize length, GError **error)
{
  gsize expected;

  if (!check_begin (data, length, error))
    return -1;
  if (length < HEADER_LENGTH)
    return 0;
  expected = OVERHEAD + (gsize) (data[1] | data[2] << 8);
  if (length < expected)
    return 0;
  return check_end (data, expected, error) ? (gssize) expected : -1;
}

/**
 * plancia_solarman_v5_decode:
 * @frame: exactly one frame
 * @out: (out caller-allocates): its parts; clear with plancia_solarman_frame_clear()
 * @error: PLANCIA_PROTOCOL_ERROR
 *
 * The length field must agree with the number of bytes. Sequence, serial number and control code are
 * for the caller to compare: it knows what it asked. Any thread.
 *
 * Returns: whether @frame is right; @out is set only then
 */
gboolean
plancia_solarman_v5_decode (GBytes *frame, PlanciaSolarmanFrame *out, GError **error)
{
  PlanciaReader reader;
  gsize         length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  guint16       payload_length;

  if (length < OVERHEAD)
    return check_length (length, OVERHEAD, error);
  if (!check_begin (data, length, error))
    return FALSE;
  plancia_reader_init (&reader, data + 1, length - 1);
  payload_length = plancia_reader_le16 (&reader);
  if (!check_length (length, OVERHEAD + (gsize) payload_length, error) ||
      !check_end (data, length, error))
    return FALSE;
  plancia_reader_u8 (&reader);
  out->control = plancia_reader_u8 (&reader);
  out->sequence = plancia_reader_u8 (&reader);
  out->counter = plancia_reader_u8 (&reader);
  out->serial = plancia_reader_le32 (&reader);
  out->payload = g_bytes_new_from_bytes (frame, HEADER_LENGTH, payload_length);
  return TRUE;
}

/**
 * plancia_solarman_v5_encode:
 * @frame: its payload has at most 1024 bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): the frame with its checksum
 */
GBytes *
plancia_solarman_v5_encode (const PlanciaSolarmanFrame *frame)
{
  gsize size = g_bytes_get_size (frame->payload);

  g_return_val_if_fail (size <= MAXIMUM_PAYLOAD, NULL);

  GByteArray *array = g_byte_array_sized_new (OVERHEAD + (guint) size);

  plancia_put_u8 (array, START);
  plancia_put_le16 (array, (guint16) size);
  plancia_put_u8 (array, CONTROL_LOW);
  plancia_put_u8 (array, frame->control);
  plancia_put_u8 (array, frame->sequence);
  plancia_put_u8 (array, frame->counter);
  plancia_put_le32 (array, frame->serial);
  plancia_put_bytes (array, frame->payload);
  plancia_put_u8 (array, plancia_sum8 (array->data + 1, array->len - 1));
  plancia_put_u8 (array, END);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_solarman_frame_clear:
 * @self: one that was decoded, or all zeros
 *
 * Any thread.
 */
void
plancia_solarman_frame_clear (PlanciaSolarmanFrame *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
}

/**
 * plancia_solarman_v5_request:
 * @serial: of the stick; 0 makes it tell its own in the answer
 * @sequence: chosen by the caller, echoed by the stick
 * @rtu: a whole RTU frame, with CRC
 *
 * Any thread.
 *
 * Returns: (transfer full): the frame
 */
GBytes *
plancia_solarman_v5_request (guint32 serial, guint8 sequence, GBytes *rtu)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_auto (PlanciaSolarmanFrame) frame = {.control = PLANCIA_SOLARMAN_REQUEST};

  plancia_put_u8 (payload, FRAME_TYPE_INVERTER);
  plancia_put_le16 (payload, 0);
  for (guint i = 0; i < 3; i++)
    plancia_put_le32 (payload, 0);
  plancia_put_bytes (payload, rtu);
  frame.sequence = sequence;
  frame.serial = serial;
  frame.payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  return plancia_solarman_v5_encode (&frame);
}

/**
 * plancia_solarman_v5_answer:
 * @serial: of the stick
 * @sequence: that of the request
 * @counter: the stick's own, one up with each frame that it sends
 * @total: working time in seconds
 * @on: seconds since the stick was switched on
 * @offset: @total and this give the Unix time of the sample
 * @rtu: a whole RTU frame, or two bytes, code and 0, for an error of the stick itself
 *
 * For a simulator. Any thread.
 *
 * Returns: (transfer full): the frame
 */
GBytes *
plancia_solarman_v5_answer (guint32 serial,
                            guint8  sequence,
                            guint8  counter,
                            guint32 total,
                            guint32 on,
                            guint32 offset,
                            GBytes *rtu)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_auto (PlanciaSolarmanFrame) frame = {.control = PLANCIA_SOLARMAN_ANSWER};

  plancia_put_u8 (payload, FRAME_TYPE_INVERTER);
  plancia_put_u8 (payload, STATUS_REAL_TIME);
  plancia_put_le32 (payload, total);
  plancia_put_le32 (payload, on);
  plancia_put_le32 (payload, offset);
  plancia_put_bytes (payload, rtu);
  frame.sequence = sequence;
  frame.counter = counter;
  frame.serial = serial;
  frame.payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  return plancia_solarman_v5_encode (&frame);
}

/**
 * plancia_solarman_v5_acknowledge:
 * @unsolicited: a heartbeat, handshake, data, info or report frame
 * @now: Unix time in seconds
 *
 * Some sticks close a connection on which heartbeats stay unanswered. Sequence A goes up by one,
 * B stays. Any thread.
 *
 * Returns: (transfer full): the frame to send
 */
GBytes *
plancia_solarman_v5_acknowledge (const PlanciaSolarmanFrame *unsolicited, guint32 now)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_auto (PlanciaSolarmanFrame) frame = {.control = 0};

  plancia_put_be16 (payload, 1);
  plancia_put_le32 (payload, now);
  plancia_put_le32 (payload, 0);
  frame.control = unsolicited->control - ANSWER_OFFSET;
  frame.sequence = unsolicited->sequence + 1;
  frame.counter = unsolicited->counter;
  frame.serial = unsolicited->serial;
  frame.payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  return plancia_solarman_v5_encode (&frame);
}

/**
 * plancia_solarman_v5_get_rtu:
 * @answer: a decoded frame
 * @error: PLANCIA_PROTOCOL_ERROR_UNEXPECTED if it is no answer of an inverter;
 *   PLANCIA_PROTOCOL_ERROR_LOGGER or PLANCIA_MODBUS_ERROR if the stick itself reports an error;
 *   PLANCIA_PROTOCOL_ERROR_TRUNCATED if there is nothing inside
 *
 * The RTU frame is not checked here; an exception that came with a wrong CRC gets a right one.
 * After logger error 6, @answer->serial is the stick's true number. Any thread.
 *
 * Returns: (transfer full): the RTU frame
 */
GBytes *
plancia_solarman_v5_get_rtu (const PlanciaSolarmanFrame *answer, GError **error)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (answer->payload, &length);
  g_autoptr (GBytes) rtu = NULL;

  if (answer->control != PLANCIA_SOLARMAN_ANSWER ||
      (length > 0 && data[0] != FRAME_TYPE_INVERTER)) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                 "Solarman V5 answer: expected control 0x15 with frame type 0x02, "
                 "got 0x%02x with 0x%02x",
                 answer->control,
                 length > 0 ? data[0] : 0);
    return NULL;
  }
  if (length == ANSWER_PREFIX + LOGGER_ERROR_LENGTH) {
    set_logger_error (error, data[ANSWER_PREFIX], answer->serial);
    return NULL;
  }
  if (length < ANSWER_PREFIX + RTU_EXCEPTION_LENGTH) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_TRUNCATED,
                 "Solarman V5 answer: expected at least %d payload bytes, got %" G_GSIZE_FORMAT,
                 ANSWER_PREFIX + RTU_EXCEPTION_LENGTH,
                 length);
    return NULL;
  }
  rtu = g_bytes_new_from_bytes (answer->payload, ANSWER_PREFIX, length - ANSWER_PREFIX);
  return repair_exception (rtu);
}
