/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/chunk.h"

#include <math.h>
#include <string.h>
#include <zstd.h>

/* A chunk: byte 0 the coding, byte 1 the decimals, then as varints the number of samples, the first time (zigzag) and the size
 * of the body, then the body: the times behind the first, then the values. */
#define CODING_DECIMAL \
  0x01                    /* whole numbers of 10^-decimals: first and differences, zigzag varints */
#define CODING_PLAIN 0x02 /* doubles, byte by byte: all first bytes, all second ones ... */
#define CODING_ZSTD  0x80 /* the body is a zstd frame */

#define MAX_DECIMALS 9
#define MAX_VARINT   10
/* Whole numbers that doubles hold exactly. */
#define MAX_EXACT 9007199254740992.0
#define LEVEL     2

static const double powers[MAX_DECIMALS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* --- zstd: a context costs more than a chunk, so each thread keeps its own ------------------------- */

static void
free_compressor (gpointer context)
{
  ZSTD_freeCCtx (context);
}

static void
free_decompressor (gpointer context)
{
  ZSTD_freeDCtx (context);
}

static GPrivate compressor = G_PRIVATE_INIT (free_compressor);
static GPrivate decompressor = G_PRIVATE_INIT (free_decompressor);

static ZSTD_CCtx *
get_compressor (void)
{
  ZSTD_CCtx *context = g_private_get (&compressor);

  if (context == NULL) {
    context = ZSTD_createCCtx ();
    ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
    g_private_set (&compressor, context);
  }
  return context;
}

static ZSTD_DCtx *
get_decompressor (void)
{
  ZSTD_DCtx *context = g_private_get (&decompressor);

  if (context == NULL) {
    context = ZSTD_createDCtx ();
    g_private_set (&decompressor, context);
  }
  return context;
}

/* --- numbers ------------------------------------------------------------------------------------- */

static inline guint64
zigzag (gint64 value)
{
  return ((guint64) value << 1) ^ (guint64) (value >> 63);
}

static inline gint64
unzigzag (guint64 value)
{
  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

static inline guint8 *
write_varint (guint8 *at, guint64 value)
{
  while (value >= 0x80) {
    *at++ = (guint8) (value | 0x80);
    value >>= 7;
  }
  *at++ = (guint8) value;
  return at;
}

/* NULL: the bytes end before the number, or it is too long. */
static inline const guint8 *
read_varint (const guint8 *at, const guint8 *end, guint64 *value)
{
  guint64 result = 0;

  if (G_LIKELY (at < end && *at < 0x80)) {
    *value = *at;
    return at + 1;
  }
  for (guint shift = 0; at < end && shift < 64; shift += 7) {
    guint64 byte = *at++;

    result |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      *value = result;
      return at;
    }
  }
  return NULL;
}

/* --- writing ------------------------------------------------------------------------------------- */

/* Differences in unsigned numbers: what overflows comes back by overflowing. */
static guint8 *
write_times (guint8 *at, const gint64 *times, gsize length)
{
  guint64 step = 0;

  for (gsize i = 1; i < length; i++) {
    guint64 next = (guint64) times[i] - (guint64) times[i - 1];

    at = write_varint (at, zigzag ((gint64) (next - step)));
    step = next;
  }
  return at;
}

static inline gboolean
to_whole (double value, double power, gint64 *whole)
{
  double scaled = nearbyint (value * power);
  double back = scaled / power;

  if (!(fabs (scaled) < MAX_EXACT) || memcmp (&back, &value, sizeof value) != 0)
    return FALSE;
  *whole = (gint64) scaled;
  /* A whole number has no −0. */
  return *whole != 0 || !signbit (value);
}

/* The fewest decimals with which all values are exact; −1 if there are none. A number exact with some is so with more. */
static int
find_decimals (const double *values, gsize length)
{
  int    decimals = 0;
  gint64 whole;

  for (gsize i = 0; i < length; i++)
    while (!to_whole (values[i], powers[decimals], &whole))
      if (++decimals > MAX_DECIMALS)
        return -1;
  return decimals;
}

/* NULL if one of them is not exact after all. */
static guint8 *
write_decimal (guint8 *at, const double *values, gsize length, int decimals)
{
  guint64 before = 0;

  for (gsize i = 0; i < length; i++) {
    gint64 whole;

    if (!to_whole (values[i], powers[decimals], &whole))
      return NULL;
    at = write_varint (at, zigzag ((gint64) ((guint64) whole - before)));
    before = (guint64) whole;
  }
  return at;
}

static guint8 *
write_plain (guint8 *at, const double *values, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    guint64 bits;

    memcpy (&bits, &values[i], sizeof bits);
    for (guint byte = 0; byte < 8; byte++)
      at[byte * length + i] = (guint8) (bits >> (8 * byte));
  }
  return at + 8 * length;
}

static guint8 *
write_values (guint8 *at, const double *values, gsize length, guint8 head[2])
{
  int     decimals = find_decimals (values, length);
  guint8 *end = decimals >= 0 ? write_decimal (at, values, length, decimals) : NULL;

  head[0] = end ? CODING_DECIMAL : CODING_PLAIN;
  head[1] = end ? (guint8) decimals : 0;
  return end ? end : write_plain (at, values, length);
}

static GBytes *
assemble (guint8 head[2], gsize length, gint64 first, const guint8 *body, gsize size)
{
  gsize              bound = ZSTD_compressBound (size);
  g_autofree guint8 *data = g_malloc (2 + 3 * MAX_VARINT + MAX (bound, size));
  guint8            *at = data + 2;
  gsize              packed;

  at = write_varint (at, length);
  at = write_varint (at, zigzag (first));
  at = write_varint (at, size);
  packed = ZSTD_compress2 (get_compressor (), at, bound, body, size);
  if (ZSTD_isError (packed) || packed >= size) {
    memcpy (at, body, size);
    packed = size;
  } else {
    head[0] |= CODING_ZSTD;
  }
  data[0] = head[0];
  data[1] = head[1];
  return g_bytes_new (data, (gsize) (at - data) + packed);
}

/**
 * plancia_chunk_encode:
 * @times: ascending, none twice
 * @values: as many
 * @length: how many, 1 to PLANCIA_CHUNK_MAX
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
plancia_chunk_encode (const gint64 *times, const double *values, gsize length)
{
  g_autofree guint8 *body = NULL;
  guint8             head[2];
  guint8            *end;

  g_return_val_if_fail (length > 0 && length <= PLANCIA_CHUNK_MAX, NULL);

  body = g_malloc (2 * MAX_VARINT * length);
  end = write_times (body, times, length);
  end = write_values (end, values, length, head);
  return assemble (head, length, times[0], body, (gsize) (end - body));
}

/* --- reading ------------------------------------------------------------------------------------- */

typedef struct
{
  guint8        coding;
  guint8        decimals;
  gsize         length;
  gint64        first;
  gsize         size; /* of the body */
  const guint8 *at;
  const guint8 *end;
} Chunk;

static gboolean
read_head (Chunk *chunk, const guint8 *data, gsize size)
{
  guint64 length, first, body;

  if (size < 5)
    return FALSE;
  chunk->coding = data[0];
  chunk->decimals = data[1];
  chunk->end = data + size;
  chunk->at = read_varint (data + 2, chunk->end, &length);
  if (chunk->at)
    chunk->at = read_varint (chunk->at, chunk->end, &first);
  if (chunk->at)
    chunk->at = read_varint (chunk->at, chunk->end, &body);
  if (!chunk->at || length == 0 || length > PLANCIA_CHUNK_MAX || body < 2 * length - 1 ||
      body > 2 * MAX_VARINT * length || chunk->decimals > MAX_DECIMALS)
    return FALSE;
  chunk->length = (gsize) length;
  chunk->first = unzigzag (first);
  chunk->size = (gsize) body;
  return TRUE;
}

/* unpacked: (out): what is to be freed when the body has been read */
static gboolean
unpack (Chunk *chunk, guint8 **unpacked)
{
  gsize packed = (gsize) (chunk->end - chunk->at);

  if (!(chunk->coding & CODING_ZSTD))
    return packed == chunk->size;
  if (ZSTD_getFrameContentSize (chunk->at, packed) != chunk->size)
    return FALSE;
  *unpacked = g_malloc (chunk->size);
  if (ZSTD_decompressDCtx (get_decompressor (), *unpacked, chunk->size, chunk->at, packed) !=
      chunk->size)
    return FALSE;
  chunk->at = *unpacked;
  chunk->end = *unpacked + chunk->size;
  return TRUE;
}

static gboolean
read_times (Chunk *chunk, gint64 *times)
{
  guint64 time = (guint64) chunk->first, step = 0, value;

  times[0] = chunk->first;
  for (gsize i = 1; i < chunk->length; i++) {
    chunk->at = read_varint (chunk->at, chunk->end, &value);
    if (!chunk->at)
      return FALSE;
    step += (guint64) unzigzag (value);
    time += step;
    times[i] = (gint64) time;
    if (times[i] <= times[i - 1])
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_decimal (Chunk *chunk, double *values)
{
  guint64 whole = 0, value;
  double  power = powers[chunk->decimals];

  for (gsize i = 0; i < chunk->length; i++) {
    chunk->at = read_varint (chunk->at, chunk->end, &value);
    if (!chunk->at)
      return FALSE;
    whole += (guint64) unzigzag (value);
    values[i] = (double) (gint64) whole / power;
  }
  return chunk->at == chunk->end;
}

static gboolean
read_plain (Chunk *chunk, double *values)
{
  if ((gsize) (chunk->end - chunk->at) != 8 * chunk->length)
    return FALSE;
  for (gsize i = 0; i < chunk->length; i++) {
    guint64 bits = 0;

    for (guint byte = 0; byte < 8; byte++)
      bits |= (guint64) chunk->at[byte * chunk->length + i] << (8 * byte);
    memcpy (&values[i], &bits, sizeof bits);
    if (!isfinite (values[i]))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_body (Chunk *chunk, gint64 *times, double *values)
{
  if (!read_times (chunk, times))
    return FALSE;
  switch (chunk->coding & ~CODING_ZSTD) {
  case CODING_DECIMAL:
    return read_decimal (chunk, values);
  case CODING_PLAIN:
    return read_plain (chunk, values);
  default:
    return FALSE;
  }
}

/**
 * plancia_chunk_decode:
 * @data: the bytes
 * @size: how many
 * @times: (element-type gint64): gets the times
 * @values: (element-type double): gets the values
 * @error: G_IO_ERROR_INVALID_DATA
 *
 * Returns: %FALSE if the bytes are damaged; then nothing was appended
 */
gboolean
plancia_chunk_decode (const guint8 *data, gsize size, GArray *times, GArray *values, GError **error)
{
  Chunk              chunk = {0};
  g_autofree guint8 *unpacked = NULL;
  guint              before = times->len;

  if (read_head (&chunk, data, size) && unpack (&chunk, &unpacked)) {
    g_array_set_size (times, before + (guint) chunk.length);
    g_array_set_size (values, before + (guint) chunk.length);
    if (read_body (&chunk,
                   &g_array_index (times, gint64, before),
                   &g_array_index (values, double, before)))
      return TRUE;
    g_array_set_size (times, before);
    g_array_set_size (values, before);
  }
  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_INVALID_DATA,
                       "A sealed day of the history is damaged");
  return FALSE;
}
