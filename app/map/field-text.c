/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a value to text, for people and for files. */

#include "base/text.h"
#include "map/field-value.h"
#include "map/field-words.h"
#include "map/map.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define EM_DASH "\342\200\224"

/* From here on a double does not tell neighbouring integers apart: 2^53. */
#define EXACT_LIMIT 9007199254740992.0

/* 64-bit numbers without scale are written from the integer when the double is too coarse. */
static char *
large_integer (const PlanciaField *field, const PlanciaValue *value)
{
  if (fabs (value->number) < EXACT_LIMIT || field->scale != 1 || field->offset != 0 ||
      plancia_field_is_float (field))
    return NULL;
  if (plancia_field_scale_integer (field, value->integer) != value->number)
    return NULL;

  if (field->type == PLANCIA_FIELD_U64)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) value->integer);
  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

static char *
format_hexadecimal (const PlanciaField *field, gint64 integer)
{
  guint   digits = 4 * MIN (field->count, PLANCIA_NUMBER_WORDS);
  guint64 bits = (guint64) integer;

  if (digits < 16)
    bits &= (G_GUINT64_CONSTANT (1) << 4 * digits) - 1;

  return g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "X", (int) digits, bits);
}

/* "HH:MM" or "MM-DD"; NULL for other types. */
static char *
format_pair (const PlanciaField *field, double number)
{
  guint parts = field->type == PLANCIA_FIELD_HHMM ? 60 : 100;
  guint whole;

  if (field->type != PLANCIA_FIELD_HHMM && field->type != PLANCIA_FIELD_MMDD)
    return NULL;
  whole = (guint) CLAMP (number, 0, 9999);
  return g_strdup_printf (parts == 60 ? "%02u:%02u" : "%02u-%02u", whole / parts, whole % parts);
}

/* The number on the wire; the nearest there is for one that 64 bits do not hold. */
static gint64
raw_integer (const PlanciaField *field, const PlanciaValue *value)
{
  double raw = round (plancia_field_scale_down (field, value->number));

  if (raw >= (double) G_MAXINT64)
    return field->type == PLANCIA_FIELD_U64 ? value->integer : G_MAXINT64;
  return raw > (double) G_MININT64 ? (gint64) raw : G_MININT64;
}

static char *
format_number (const PlanciaField *field, const PlanciaValue *value)
{
  gint64      raw = raw_integer (field, value);
  const char *label = plancia_field_is_number (field) ? plancia_field_find_label (field, raw)
                                                      : NULL;
  char       *text;

  if (label != NULL)
    return g_strdup (plancia_map_label (label));
  if (field->display[0] != '\0' && plancia_field_is_number (field) &&
      !plancia_field_is_float (field))
    return format_hexadecimal (field, raw);

  text = format_pair (field, value->number);
  if (text == NULL)
    text = large_integer (field, value);
  if (text == NULL)
    text = plancia_text_number (value->number, plancia_field_decimals (field));

  return text;
}

static const char *
find_bit_label (const PlanciaField *field, guint bit)
{
  for (guint i = 0; field->bits != NULL && i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (label->number == bit)
      return label->label;
  }

  return NULL;
}

static GArray *
list_bits_of_value (gint64 integer)
{
  GArray *bits = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < 64; i++)
    if ((guint64) integer >> i & 1)
      g_array_append_val (bits, i);

  return bits;
}

static char *
format_bits (const PlanciaField *field, const PlanciaValue *value, const guint16 *words)
{
  g_autoptr (GArray) bits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (field->display[0] != '\0' && field->bits == NULL)
    return format_hexadecimal (field, value->integer);

  bits = words ? plancia_field_list_bits (field, words) : list_bits_of_value (value->integer);
  for (guint i = 0; i < bits->len; i++) {
    guint       bit = g_array_index (bits, guint, i);
    const char *label = find_bit_label (field, bit);

    g_string_append (text, i > 0 ? ", " : "");
    if (label != NULL)
      g_string_append (text, plancia_map_bit_label (label));
    else
      /* TRANSLATORS: a set bit of a status register that has no name; %u is its number */
      g_string_append_printf (text, _ ("bit %u"), bit);
  }
  if (bits->len == 0)
    /* TRANSLATORS: a status register in which no bit is set, such as "faults: none" */
    g_string_append (text, _ ("none"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * plancia_field_format:
 * @field: the field
 * @value: its value
 * @words: (nullable): the registers it was decoded from; needed only for bits from the 65th on
 *
 * For people: in the locale, without the unit.
 *
 * Returns: (transfer full): the text; an em dash if there is no value
 */
char *
plancia_field_format (const PlanciaField *field, const PlanciaValue *value, const guint16 *words)
{
  switch (value->kind) {
  case PLANCIA_VALUE_NUMBER:
    return format_number (field, value);
  case PLANCIA_VALUE_TEXT:
    return g_strdup (value->text);
  case PLANCIA_VALUE_BITS:
    return format_bits (field, value, words);
  case PLANCIA_VALUE_NONE:
  default:
    return g_strdup (EM_DASH);
  }
}

/**
 * plancia_field_format_plain:
 *
 * For files and programs: C locale, enumerations and bits as numbers, nothing for none.
 *
 * Returns: (transfer full): the text; plancia_field_parse() reads it back
 */
char *
plancia_field_format_plain (const PlanciaField *field, const PlanciaValue *value)
{
  char *text = NULL;

  switch (value->kind) {
  case PLANCIA_VALUE_NUMBER:
    text = format_pair (field, value->number);
    if (text == NULL)
      text = large_integer (field, value);
    if (text == NULL)
      text = plancia_text_c_number (value->number, plancia_field_decimals (field));
    return text;
  case PLANCIA_VALUE_TEXT:
    return g_strdup (value->text);
  case PLANCIA_VALUE_BITS:
    return g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) value->integer);
  case PLANCIA_VALUE_NONE:
  default:
    return g_strdup ("");
  }
}

/**
 * plancia_field_list_bits:
 *
 * Returns: (transfer full): numbers of the bits that are set, ascending; bit 0 is the lowest of the
 * first word
 */
GArray *
plancia_field_list_bits (const PlanciaField *field, const guint16 *words)
{
  GArray *bits = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < 16u * field->count; i++) {
    guint16 word = plancia_field_word (field, words[i / 16]);

    if (field->count == 1)
      word = (guint16) plancia_field_get_bits (field, words);
    if (word >> i % 16 & 1)
      g_array_append_val (bits, i);
  }

  return bits;
}

/**
 * plancia_words_format:
 *
 * Returns: (transfer full): upper-case hexadecimal words with blanks between, "0001 003C"
 */
char *
plancia_words_format (const guint16 *words, guint count)
{
  g_autoptr (GString) text = g_string_sized_new (5 * count + 1);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%04X", i > 0 ? " " : "", words[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
