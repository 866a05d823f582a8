/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bounds-checked reading from a byte string. The error is sticky: after the first read past the
 * end every getter returns zero, and plancia_reader_finish says where and what was missing. Lives on
 * the stack; borrows data. */
typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         position;
  gsize         wanted; /* bytes asked for by the read that failed; 0 while all is well */
} PlanciaReader;

void    plancia_reader_init (PlanciaReader *self, const guint8 *data, gsize length);
void    plancia_reader_init_bytes (PlanciaReader *self, GBytes *bytes);
guint8  plancia_reader_u8 (PlanciaReader *self);
guint16 plancia_reader_be16 (PlanciaReader *self);
guint32 plancia_reader_be32 (PlanciaReader *self);
guint16 plancia_reader_le16 (PlanciaReader *self);
guint32 plancia_reader_le32 (PlanciaReader *self);
/* Borrowed pointer to the next length bytes, or NULL. */
const guint8 *plancia_reader_take (PlanciaReader *self, gsize length);
gsize         plancia_reader_remaining (const PlanciaReader *self);
/* FALSE and PLANCIA_PROTOCOL_ERROR_TRUNCATED if a read went past the end. what names the frame. */
gboolean plancia_reader_finish (const PlanciaReader *self, const char *what, GError **error);

void plancia_put_u8 (GByteArray *array, guint8 value);
void plancia_put_be16 (GByteArray *array, guint16 value);
void plancia_put_be32 (GByteArray *array, guint32 value);
void plancia_put_le16 (GByteArray *array, guint16 value);
void plancia_put_le32 (GByteArray *array, guint32 value);
void plancia_put_bytes (GByteArray *array, GBytes *bytes);

/* Lower-case hex, separator between bytes (may be empty). (transfer full) */
char *plancia_hex_encode (const guint8 *data, gsize length, const char *separator);
/* Accepts white space and colons between bytes, and 0x before each. */
GBytes *plancia_hex_decode (const char *text, GError **error);

G_END_DECLS
