/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From words on the wire to a value. */

#include "map/field-value.h"
#include "map/field-words.h"
#include <math.h>
#include <string.h>

static void
set_text (PlanciaValue *out, char *text)
{
  out->kind = PLANCIA_VALUE_TEXT;
  out->text = text;
}

static void
set_number (PlanciaValue *out, double number, gint64 integer)
{
  out->kind = PLANCIA_VALUE_NUMBER;
  out->number = number;
  out->integer = integer;
}

static void
decode_integer (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  guint64 bits = plancia_field_get_bits (field, words);
  gint64  raw = plancia_field_extend (field, bits);

  if (!plancia_field_is_invalid (field, bits))
    set_number (out, plancia_field_scale_integer (field, raw), raw);
}

static void
decode_float (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  guint64 bits = plancia_field_get_bits (field, words);
  guint32 short_bits = (guint32) bits;
  double  number = 0;
  float   short_number = 0;

  if (field->type == PLANCIA_FIELD_F32) {
    memcpy (&short_number, &short_bits, sizeof short_number);
    number = short_number;
  } else {
    memcpy (&number, &bits, sizeof number);
  }

  if (isfinite (number) && !plancia_field_is_invalid (field, bits))
    set_number (out, plancia_field_scale_up (field, number), 0);
}

/* High byte first. Zeros and blanks at the end are padding; a register of ones only is empty flash. */
static void
decode_ascii (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  g_autoptr (GString) text = g_string_sized_new (2 * field->count);
  gboolean blank = TRUE;
  gsize    length = 2 * field->count;
  guint8   bytes[256];

  g_return_if_fail (length <= sizeof bytes);

  for (guint i = 0; i < field->count; i++) {
    guint16 word = plancia_field_word (field, words[i]);

    bytes[2 * i] = word >> 8;
    bytes[2 * i + 1] = word & 0xFF;
    blank = blank && word == G_MAXUINT16;
  }
  if (blank)
    return;

  while (length > 0 && (bytes[length - 1] == 0 || bytes[length - 1] == ' '))
    length--;
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isprint (bytes[i]))
      g_string_append_c (text, bytes[i]);
    else
      g_string_append (text, "\357\277\275");
  }

  set_text (out, g_string_free (g_steal_pointer (&text), FALSE));
}

/* High byte hour or month, low byte minute or day. */
static void
decode_pair (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  guint16  word = plancia_field_word (field, words[0]);
  guint    high = word >> 8;
  guint    low = word & 0xFF;
  gboolean is_time = field->type == PLANCIA_FIELD_HHMM;

  if (plancia_field_is_invalid (field, word))
    return;

  if (is_time && ((high < 24 && low < 60) || (high == 24 && low == 0)))
    set_number (out, high * 60 + low, word);
  else if (!is_time && high >= 1 && high <= 12 && low >= 1 &&
           low <= g_date_get_days_in_month (high, 2000))
    set_number (out, high * 100 + low, word);
  else
    set_text (out, g_strdup_printf ("%04X", word));
}

/* Year since 2000, month, day, hour, minute, second, as at 0x042C of the G3 map. */
static void
decode_clock (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  guint part[6];

  for (guint i = 0; i < 6; i++)
    part[i] = plancia_field_word (field, words[i]);

  if (part[0] < 100 && part[3] < 24 && part[4] < 60 && part[5] < 60 && part[1] >= 1 &&
      part[1] <= 12 && part[2] >= 1 &&
      part[2] <= g_date_get_days_in_month (part[1], 2000 + part[0]))
    set_text (out,
              g_strdup_printf ("%04u-%02u-%02u %02u:%02u:%02u",
                               2000 + part[0],
                               part[1],
                               part[2],
                               part[3],
                               part[4],
                               part[5]));
  else
    set_text (out, plancia_words_format (words, 6));
}

static void
decode_bits (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  guint64 bits = 0;

  if (field->count == 1)
    bits = plancia_field_get_bits (field, words);
  else
    for (guint i = 0; i < MIN (field->count, 4); i++)
      bits |= (guint64) plancia_field_word (field, words[i]) << 16 * i;

  if (field->count == 1 && plancia_field_is_invalid (field, bits))
    return;

  out->kind = PLANCIA_VALUE_BITS;
  out->integer = (gint64) bits;
  out->number = (double) bits;
}

/**
 * plancia_field_decode:
 * @field: the field
 * @words: (array): field->count registers as on the wire
 * @out: (out caller-allocates): not initialised, or cleared before
 *
 * Numbers come scaled; -0 is 0, NAN and infinities and the map's invalid raw values are
 * %PLANCIA_VALUE_NONE. A u64 above the largest gint64 has its bits in integer. Bits are counted from
 * bit 0 of the first word (fault word n bit b of the G3 map is bit 16 (n - 1) + b). What makes no
 * sense (month 13) comes as text with the raw digits. Any thread.
 */
void
plancia_field_decode (const PlanciaField *field, const guint16 *words, PlanciaValue *out)
{
  g_return_if_fail (field != NULL && words != NULL && out != NULL);

  *out = (PlanciaValue){.kind = PLANCIA_VALUE_NONE};
  switch (field->type) {
  case PLANCIA_FIELD_F32:
  case PLANCIA_FIELD_F64:
    decode_float (field, words, out);
    break;
  case PLANCIA_FIELD_ASCII:
    decode_ascii (field, words, out);
    break;
  case PLANCIA_FIELD_BCD16:
    if (!plancia_field_is_invalid (field, plancia_field_get_bits (field, words)))
      set_text (out, g_strdup_printf ("%04X", plancia_field_word (field, words[0])));
    break;
  case PLANCIA_FIELD_BITS:
    decode_bits (field, words, out);
    break;
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_MMDD:
    decode_pair (field, words, out);
    break;
  case PLANCIA_FIELD_CLOCK6:
    decode_clock (field, words, out);
    break;
  case PLANCIA_FIELD_RAW:
    set_text (out, plancia_words_format (words, field->count));
    break;
  case PLANCIA_FIELD_U16:
  case PLANCIA_FIELD_I16:
  case PLANCIA_FIELD_U32:
  case PLANCIA_FIELD_I32:
  case PLANCIA_FIELD_U64:
  case PLANCIA_FIELD_I64:
  default:
    decode_integer (field, words, out);
    break;
  }
}
