/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/day-part.h"

#include "base/crc.h"
#include "base/error.h"
#include "history/chunk.h"
#include <string.h>

#define MAGIC        "PLNCDAY"
#define VERSION      '1'
#define MAGIC_LENGTH 8
#define MARK         "\xf1\xda\x79\x5e"
#define MARK_LENGTH  4
#define HEAD_LENGTH  (MARK_LENGTH + 8) /* mark, length, CRC32 */
#define TYPE_SAMPLES 1
#define TYPE_COVER   2
#define COVER_LENGTH 25 /* start, end, when, kind */
#define MAX_TEXT     4096
/* A key of a map or of a cloud is a word. */
#define MAX_KEY 256

GByteArray *
plancia_day_part_begin (void)
{
  GByteArray  *self = g_byte_array_new ();
  const guint8 version = VERSION;

  g_byte_array_append (self, (const guint8 *) MAGIC, MAGIC_LENGTH - 1);
  g_byte_array_append (self, &version, 1);
  return self;
}

static void
append_u16 (GByteArray *self, gsize value)
{
  guint16 little = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (self, (const guint8 *) &little, sizeof little);
}

static void
append_u32 (GByteArray *self, gsize value)
{
  guint32 little = GUINT32_TO_LE ((guint32) value);

  g_byte_array_append (self, (const guint8 *) &little, sizeof little);
}

static void
append_i64 (GByteArray *self, gint64 value)
{
  gint64 little = GINT64_TO_LE (value);

  g_byte_array_append (self, (const guint8 *) &little, sizeof little);
}

static void
append_text (GByteArray *self, const char *text, gsize limit)
{
  gsize length = text != NULL ? MIN (strlen (text), limit) : 0;

  append_u16 (self, length);
  g_byte_array_append (self, (const guint8 *) (text != NULL ? text : ""), (guint) length);
}

static guint32
owner_sum (const char *owner)
{
  return plancia_crc32 ((const guint8 *) owner, strlen (owner));
}

static void
append_record (GByteArray *self, const char *owner, GByteArray *payload)
{
  g_byte_array_append (self, (const guint8 *) MARK, MARK_LENGTH);
  append_u32 (self, payload->len);
  append_u32 (self, plancia_crc32 (payload->data, payload->len) ^ owner_sum (owner));
  g_byte_array_append (self, payload->data, payload->len);
}

void
plancia_day_part_add_samples (GByteArray   *self,
                              const char   *owner,
                              const char   *key,
                              const gint64 *times,
                              const double *values,
                              gsize         length)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GBytes) chunk = plancia_chunk_encode (times, values, length);
  const guint8 type = TYPE_SAMPLES;

  g_byte_array_append (payload, &type, 1);
  append_text (payload, key, MAX_KEY);
  g_byte_array_append (payload, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  append_record (self, owner, payload);
}

void
plancia_day_part_add_cover (GByteArray *self, const char *owner, const PlanciaCover *cover)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  const guint8 type = TYPE_COVER;
  const guint8 kind = (guint8) cover->kind;

  g_byte_array_append (payload, &type, 1);
  append_i64 (payload, cover->span.start);
  append_i64 (payload, cover->span.end);
  append_i64 (payload, cover->when);
  g_byte_array_append (payload, &kind, 1);
  append_text (payload, cover->reason, MAX_TEXT);
  append_record (self, owner, payload);
}

/* --- reading --------------------------------------------------------------------------------- */

static guint16
read_u16 (const guint8 *data)
{
  return (guint16) (data[0] | data[1] << 8);
}

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) read_u16 (data) | (guint32) read_u16 (data + 2) << 16;
}

static gint64
read_i64 (const guint8 *data)
{
  return (gint64) ((guint64) read_u32 (data) | (guint64) read_u32 (data + 4) << 32);
}

/* NULL: there is no text of that length. (transfer full) */
static char *
read_text (const guint8 *data, gsize length, gsize limit, gsize *used)
{
  gsize n = length >= 2 ? read_u16 (data) : 0;

  if (length < 2 || n > limit || n > length - 2 ||
      !g_utf8_validate_len ((const char *) data + 2, n, NULL))
    return NULL;
  *used = n + 2;
  return g_strndup ((const char *) data + 2, n);
}

/* What a record can turn out to be. */
typedef enum {
  RECORD_GOOD,
  RECORD_BAD,
  RECORD_STOP,
} Record;

static Record
read_samples (const guint8            *data,
              gsize                    length,
              const PlanciaDayVisitor *visitor,
              gpointer                 user_data)
{
  gsize            used = 0;
  g_autofree char *key = read_text (data, length, MAX_KEY, &used);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  if (key == NULL || key[0] == '\0' ||
      !plancia_chunk_decode (data + used, length - used, times, values, NULL))
    return RECORD_BAD;
  return visitor->samples (key, times, values, user_data) ? RECORD_GOOD : RECORD_STOP;
}

static Record
read_cover (const guint8 *data, gsize length, const PlanciaDayVisitor *visitor, gpointer user_data)
{
  PlanciaCover     cover = {0};
  gsize            used = 0;
  g_autofree char *reason = NULL;

  if (length < COVER_LENGTH)
    return RECORD_BAD;
  reason = read_text (data + COVER_LENGTH, length - COVER_LENGTH, MAX_TEXT, &used);
  cover.span = (PlanciaSpan){read_i64 (data), read_i64 (data + 8)};
  cover.when = read_i64 (data + 16);
  cover.kind = (PlanciaCoverKind) data[24];
  if (reason == NULL || plancia_span_is_empty (cover.span) || data[24] < PLANCIA_COVER_FAILED ||
      data[24] > PLANCIA_COVER_HAVE)
    return RECORD_BAD;
  cover.reason = reason[0] != '\0' ? reason : NULL;
  return visitor->cover (&cover, user_data) ? RECORD_GOOD : RECORD_STOP;
}

/* A type that this program does not know is one of a later one, and left out. */
static Record
read_payload (const guint8            *data,
              gsize                    length,
              const PlanciaDayVisitor *visitor,
              gpointer                 user_data)
{
  if (length == 0)
    return RECORD_BAD;
  if (data[0] == TYPE_SAMPLES)
    return read_samples (data + 1, length - 1, visitor, user_data);
  if (data[0] == TYPE_COVER)
    return read_cover (data + 1, length - 1, visitor, user_data);
  return RECORD_GOOD;
}

/* 0: there is no whole record here. */
static gsize
record_length (const guint8 *data, gsize length, guint32 owner)
{
  gsize n;

  if (length < HEAD_LENGTH || memcmp (data, MARK, MARK_LENGTH) != 0)
    return 0;
  n = read_u32 (data + MARK_LENGTH);
  if (n > length - HEAD_LENGTH ||
      (plancia_crc32 (data + HEAD_LENGTH, n) ^ owner) != read_u32 (data + MARK_LENGTH + 4))
    return 0;
  return HEAD_LENGTH + n;
}

/* To the next mark, or the end. */
static gsize
skip (const guint8 *data, gsize at, gsize length)
{
  const guint8 *found = memmem (data + at, length - at, MARK, MARK_LENGTH);

  return found != NULL ? (gsize) (found - data) : length;
}

static gboolean
check_head (const guint8 *data, gsize length, GError **error)
{
  if (length < MAGIC_LENGTH || memcmp (data, MAGIC, MAGIC_LENGTH - 1) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a part of a history");
    return FALSE;
  }
  if (data[MAGIC_LENGTH - 1] == VERSION)
    return TRUE;
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_VERSION,
               "a part of a history of another version");
  return FALSE;
}

/**
 * plancia_day_part_read:
 * @part: foreign bytes
 * @owner: with which it was made
 * @visitor: is told what is in it, in its order
 * @data: for @visitor
 * @lost: (out): places at which something was damaged
 * @error: if it is no such part at all
 *
 * Returns: %FALSE if @visitor stopped, or with @error set
 */
gboolean
plancia_day_part_read (GBytes                  *part,
                       const char              *owner,
                       const PlanciaDayVisitor *visitor,
                       gpointer                 data,
                       guint                   *lost,
                       GError                 **error)
{
  gsize         length = 0;
  const guint8 *bytes = g_bytes_get_data (part, &length);
  gsize         at = MAGIC_LENGTH;
  guint32       sum = owner_sum (owner);

  *lost = 0;
  if (!check_head (bytes, length, error))
    return FALSE;
  while (at < length) {
    gsize  n = record_length (bytes + at, length - at, sum);
    Record record = n > 0 ? read_payload (bytes + at + HEAD_LENGTH, n - HEAD_LENGTH, visitor, data)
                          : RECORD_BAD;

    if (record == RECORD_STOP)
      return FALSE;
    *lost += record == RECORD_BAD;
    at = n > 0 ? at + n : skip (bytes, at + 1, length);
  }
  return TRUE;
}
