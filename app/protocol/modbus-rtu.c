/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-rtu.h"

#include "base/bytes.h"
#include "base/crc.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"

/* unit(1) and crc(2) */
#define OVERHEAD       3
#define CRC_LENGTH     2
#define MINIMUM_LENGTH 4

static gssize
set_unknown_function (GError **error, const guint8 *data, gsize length)
{
  g_autofree char *hex = plancia_hex_encode (data, MIN (length, 8), " ");

  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_UNSUPPORTED,
               "RTU frame: expected a known function and a byte count that fits, got %s",
               hex);
  return -1;
}

static gboolean
has_good_crc (const guint8 *data, gsize length)
{
  guint16 crc = plancia_crc16_modbus (data, length - CRC_LENGTH);

  return data[length - 2] == (crc & 0xff) && data[length - 1] == crc >> 8;
}

/* The length without the zeros that some loggers append. The length is looked at first, so that a
 * frame whose own CRC is 0000 stays whole. */
static gsize
drop_second_crc (const guint8 *data, gsize length, gsize expected)
{
  if (length != expected + CRC_LENGTH || data[length - 1] != 0 || data[length - 2] != 0)
    return length;
  return has_good_crc (data, expected) ? expected : length;
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
               "RTU frame: expected %" G_GSIZE_FORMAT " bytes, got %" G_GSIZE_FORMAT,
               expected,
               length);
  return FALSE;
}

static gboolean
check_crc (const guint8 *data, gsize length, GError **error)
{
  guint16 crc;

  if (has_good_crc (data, length))
    return TRUE;
  crc = plancia_crc16_modbus (data, length - CRC_LENGTH);
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_CHECKSUM,
               "RTU frame: expected CRC %02x %02x, got %02x %02x",
               crc & 0xff,
               crc >> 8,
               data[length - 2],
               data[length - 1]);
  return FALSE;
}

/**
 * plancia_modbus_rtu_scan:
 * @data: (array length=length): what has come
 * @length: how much of it
 * @is_answer: whether a device speaks, not a client
 * @error: PLANCIA_PROTOCOL_ERROR_UNSUPPORTED if no frame can begin here
 *
 * Finds the end by function code and byte count, as Modbus over TCP has no silence that would tell.
 * The CRC is not looked at. Any thread.
 *
 * Returns: the length of the first whole frame, 0 if more bytes are needed, -1 on error
 */
gssize
plancia_modbus_rtu_scan (const guint8 *data, gsize length, gboolean is_answer, GError **error)
{
  gssize measured;

  if (length < 2)
    return 0;
  measured = plancia_modbus_pdu_measure (data + 1, length - 1, is_answer);
  if (measured < 0)
    return set_unknown_function (error, data, length);
  if (measured == 0 || length < (gsize) measured + OVERHEAD)
    return 0;
  return measured + OVERHEAD;
}

/**
 * plancia_modbus_rtu_decode:
 * @frame: exactly one frame
 * @is_answer: whether a device spoke it
 * @unit: (out): who it is from or for
 * @pdu: (out) (transfer full): what it carries
 * @error: PLANCIA_PROTOCOL_ERROR
 *
 * Checks length, then CRC. A second CRC of 00 00 after a frame that is whole and right is dropped:
 * some loggers append it. Any thread.
 *
 * Returns: whether @frame is right; the outputs are set only then
 */
gboolean
plancia_modbus_rtu_decode (GBytes  *frame,
                           gboolean is_answer,
                           guint8  *unit,
                           GBytes **pdu,
                           GError **error)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  gssize        measured;

  if (length < MINIMUM_LENGTH)
    return check_length (length, MINIMUM_LENGTH, error);
  measured = plancia_modbus_pdu_measure (data + 1, length - 1, is_answer);
  if (measured < 0)
    return set_unknown_function (error, data, length) > 0;
  if (measured == 0) /* cut before the byte count */
    return check_length (length, length + 1, error);
  length = drop_second_crc (data, length, (gsize) measured + OVERHEAD);
  if (!check_length (length, (gsize) measured + OVERHEAD, error) ||
      !check_crc (data, length, error))
    return FALSE;
  *unit = data[0];
  *pdu = g_bytes_new_from_bytes (frame, 1, (gsize) measured);
  return TRUE;
}

/**
 * plancia_modbus_rtu_encode:
 * @unit: who it is for or from
 * @pdu: 1 to 253 bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): the frame with its CRC
 */
GBytes *
plancia_modbus_rtu_encode (guint8 unit, GBytes *pdu)
{
  gsize size = g_bytes_get_size (pdu);

  g_return_val_if_fail (size >= 1 && size <= PLANCIA_MODBUS_MAX_PDU, NULL);

  GByteArray *array = g_byte_array_sized_new ((guint) size + OVERHEAD);

  plancia_put_u8 (array, unit);
  plancia_put_bytes (array, pdu);
  plancia_put_le16 (array, plancia_crc16_modbus (array->data, array->len));
  return g_byte_array_free_to_bytes (array);
}
