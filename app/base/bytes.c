/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include "base/error.h"
#include <string.h>

void
plancia_reader_init (PlanciaReader *self, const guint8 *data, gsize length)
{
  *self = (PlanciaReader){data, length, 0, 0};
}

/**
 * plancia_reader_init_bytes:
 * @self: a reader on the stack
 * @bytes: what to read; must outlive the reader
 */
void
plancia_reader_init_bytes (PlanciaReader *self, GBytes *bytes)
{
  gsize         length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  plancia_reader_init (self, data, length);
}

/**
 * plancia_reader_take:
 * @self: a reader
 * @length: bytes wanted
 *
 * Returns: (transfer none) (nullable): the next @length bytes, or NULL once a read went past the end
 */
const guint8 *
plancia_reader_take (PlanciaReader *self, gsize length)
{
  const guint8 *taken;

  if (self->wanted > 0)
    return NULL;

  if (length > self->length - self->position) {
    self->wanted = MAX (length, 1);
    return NULL;
  }

  taken = self->data + self->position;
  self->position += length;
  return taken;
}

guint8
plancia_reader_u8 (PlanciaReader *self)
{
  const guint8 *b = plancia_reader_take (self, 1);

  return b ? b[0] : 0;
}

guint16
plancia_reader_be16 (PlanciaReader *self)
{
  const guint8 *b = plancia_reader_take (self, 2);

  return b ? (guint16) (b[0] << 8 | b[1]) : 0;
}

guint32
plancia_reader_be32 (PlanciaReader *self)
{
  const guint8 *b = plancia_reader_take (self, 4);

  return b ? (guint32) b[0] << 24 | (guint32) b[1] << 16 | (guint32) b[2] << 8 | b[3] : 0;
}

guint16
plancia_reader_le16 (PlanciaReader *self)
{
  const guint8 *b = plancia_reader_take (self, 2);

  return b ? (guint16) (b[1] << 8 | b[0]) : 0;
}

guint32
plancia_reader_le32 (PlanciaReader *self)
{
  const guint8 *b = plancia_reader_take (self, 4);

  return b ? (guint32) b[3] << 24 | (guint32) b[2] << 16 | (guint32) b[1] << 8 | b[0] : 0;
}

gsize
plancia_reader_remaining (const PlanciaReader *self)
{
  return self->length - self->position;
}

/**
 * plancia_reader_finish:
 * @self: a reader
 * @what: name of the frame, for the message
 * @error: return location
 *
 * Returns: FALSE with %PLANCIA_PROTOCOL_ERROR_TRUNCATED if any read went past the end
 */
gboolean
plancia_reader_finish (const PlanciaReader *self, const char *what, GError **error)
{
  if (self->wanted == 0)
    return TRUE;

  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_TRUNCATED,
               "%s: expected %" G_GSIZE_FORMAT " more bytes at offset %" G_GSIZE_FORMAT
               ", got %" G_GSIZE_FORMAT,
               what,
               self->wanted,
               self->position,
               plancia_reader_remaining (self));
  return FALSE;
}

void
plancia_put_u8 (GByteArray *array, guint8 value)
{
  g_byte_array_append (array, &value, 1);
}

void
plancia_put_be16 (GByteArray *array, guint16 value)
{
  guint8 b[2] = {value >> 8, value & 0xff};

  g_byte_array_append (array, b, sizeof b);
}

void
plancia_put_be32 (GByteArray *array, guint32 value)
{
  plancia_put_be16 (array, value >> 16);
  plancia_put_be16 (array, value & 0xffff);
}

void
plancia_put_le16 (GByteArray *array, guint16 value)
{
  guint8 b[2] = {value & 0xff, value >> 8};

  g_byte_array_append (array, b, sizeof b);
}

void
plancia_put_le32 (GByteArray *array, guint32 value)
{
  plancia_put_le16 (array, value & 0xffff);
  plancia_put_le16 (array, value >> 16);
}

void
plancia_put_bytes (GByteArray *array, GBytes *bytes)
{
  gsize         length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length > 0)
    g_byte_array_append (array, data, length);
}

/**
 * plancia_hex_encode:
 * @data: bytes
 * @length: how many
 * @separator: what stands between two bytes, may be empty
 *
 * Returns: (transfer full): lower-case hex
 */
char *
plancia_hex_encode (const guint8 *data, gsize length, const char *separator)
{
  GString *text = g_string_sized_new (length * 3 + 1);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? separator : "", data[i]);

  return g_string_free (text, FALSE);
}

static const char *
skip_separators (const char *p)
{
  while (g_ascii_isspace (*p) || *p == ':' || *p == ',')
    p++;
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    p += 2;
  return p;
}

/**
 * plancia_hex_decode:
 * @text: hex digits in pairs; white space, colons, commas and 0x between pairs are skipped
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bytes, or NULL with
 *   %PLANCIA_PROTOCOL_ERROR_MALFORMED that names the position
 */
GBytes *
plancia_hex_decode (const char *text, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();

  for (const char *p = skip_separators (text); *p != '\0'; p = skip_separators (p + 2)) {
    if (!g_ascii_isxdigit (p[0]) || !g_ascii_isxdigit (p[1])) {
      g_set_error (error,
                   PLANCIA_PROTOCOL_ERROR,
                   PLANCIA_PROTOCOL_ERROR_MALFORMED,
                   "expected a pair of hex digits at character %d, got \"%.2s\"",
                   (int) (p - text) + 1,
                   p);
      return NULL;
    }
    plancia_put_u8 (array, g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
