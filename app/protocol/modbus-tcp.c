/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-tcp.h"

#include "base/bytes.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"

/* transaction(2) protocol(2) length(2); the length counts from the unit on. */
#define HEADER_LENGTH        6
#define MINIMUM_LENGTH_FIELD 2
#define MAXIMUM_LENGTH_FIELD (1 + PLANCIA_MODBUS_MAX_PDU)

static gboolean
check_protocol (guint16 protocol, GError **error)
{
  if (protocol == 0)
    return TRUE;
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_MALFORMED,
               "Modbus TCP frame: expected protocol 0, got 0x%04x",
               protocol);
  return FALSE;
}

static gboolean
check_length_field (guint16 field, GError **error)
{
  if (field >= MINIMUM_LENGTH_FIELD && field <= MAXIMUM_LENGTH_FIELD)
    return TRUE;
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_MALFORMED,
               "Modbus TCP frame: expected a length of %d..%d, got %u",
               MINIMUM_LENGTH_FIELD,
               MAXIMUM_LENGTH_FIELD,
               field);
  return FALSE;
}

/**
 * plancia_modbus_tcp_scan:
 * @data: (array length=length): what has come
 * @length: how much of it
 * @error: PLANCIA_PROTOCOL_ERROR_MALFORMED if no frame can begin here
 *
 * Any thread.
 *
 * Returns: the length of the first whole frame, 0 if more bytes are needed, -1 on error
 */
gssize
plancia_modbus_tcp_scan (const guint8 *data, gsize length, GError **error)
{
  PlanciaReader reader;
  guint16       field;

  plancia_reader_init (&reader, data, length);
  plancia_reader_be16 (&reader);
  if (!check_protocol (plancia_reader_be16 (&reader), error))
    return -1;
  field = plancia_reader_be16 (&reader);
  if (!plancia_reader_finish (&reader, "Modbus TCP header", NULL))
    return 0;
  if (!check_length_field (field, error))
    return -1;
  return plancia_reader_remaining (&reader) >= field ? HEADER_LENGTH + field : 0;
}

/**
 * plancia_modbus_tcp_decode:
 * @frame: exactly one frame
 * @out: (out caller-allocates): its parts; clear with plancia_modbus_tcp_frame_clear()
 * @error: PLANCIA_PROTOCOL_ERROR
 *
 * What the PDU says is not looked at. Any thread.
 *
 * Returns: whether @frame is right; @out is set only then
 */
gboolean
plancia_modbus_tcp_decode (GBytes *frame, PlanciaModbusTcpFrame *out, GError **error)
{
  PlanciaReader reader;
  guint16       transaction;
  guint16       protocol;
  guint16       field;
  guint8        unit;

  plancia_reader_init_bytes (&reader, frame);
  transaction = plancia_reader_be16 (&reader);
  protocol = plancia_reader_be16 (&reader);
  field = plancia_reader_be16 (&reader);
  unit = plancia_reader_u8 (&reader);
  if (!plancia_reader_finish (&reader, "Modbus TCP frame", error) ||
      !check_protocol (protocol, error) || !check_length_field (field, error))
    return FALSE;
  if (g_bytes_get_size (frame) != HEADER_LENGTH + (gsize) field) {
    gboolean cut = g_bytes_get_size (frame) < HEADER_LENGTH + (gsize) field;

    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 cut ? PLANCIA_PROTOCOL_ERROR_TRUNCATED : PLANCIA_PROTOCOL_ERROR_MALFORMED,
                 "Modbus TCP frame: expected %d bytes, got %" G_GSIZE_FORMAT,
                 HEADER_LENGTH + field,
                 g_bytes_get_size (frame));
    return FALSE;
  }
  out->transaction = transaction;
  out->unit = unit;
  out->pdu = g_bytes_new_from_bytes (frame, HEADER_LENGTH + 1, field - 1u);
  return TRUE;
}

/**
 * plancia_modbus_tcp_encode:
 * @frame: its PDU has 1 to 253 bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): the frame
 */
GBytes *
plancia_modbus_tcp_encode (const PlanciaModbusTcpFrame *frame)
{
  gsize size = g_bytes_get_size (frame->pdu);

  g_return_val_if_fail (size >= 1 && size <= PLANCIA_MODBUS_MAX_PDU, NULL);

  GByteArray *array = g_byte_array_sized_new (HEADER_LENGTH + 1 + (guint) size);

  plancia_put_be16 (array, frame->transaction);
  plancia_put_be16 (array, 0);
  plancia_put_be16 (array, (guint16) (1 + size));
  plancia_put_u8 (array, frame->unit);
  plancia_put_bytes (array, frame->pdu);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_modbus_tcp_frame_clear:
 * @self: one that was decoded, or all zeros
 *
 * Any thread.
 */
void
plancia_modbus_tcp_frame_clear (PlanciaModbusTcpFrame *self)
{
  g_clear_pointer (&self->pdu, g_bytes_unref);
}
