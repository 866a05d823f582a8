/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a person wrote to a value. */

#include "base/error.h"
#include "map/field-value.h"
#include "map/field-words.h"
#include "map/map.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MINUS_SIGN "\342\210\222" /* U+2212 */

static gboolean
fail_parse (const PlanciaField *field, const char *expected, const char *text, GError **error)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "%s: expected %s, got \"%s\"",
               field->key,
               expected,
               text);
  return FALSE;
}

static void
set_raw (const PlanciaField *field, gint64 raw, PlanciaValue *out)
{
  out->kind = PLANCIA_VALUE_NUMBER;
  out->integer = raw;
  out->number = plancia_field_scale_integer (field, raw);
}

/* With a dot or a comma, one of them, once; and the true minus sign. */
static char *
normalise_number (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);
  const char *comma = strchr (text, ',');

  if (comma != NULL && strchr (text, '.') == NULL && strchr (comma + 1, ',') == NULL)
    plain->str[comma - text] = '.';
  if (g_str_has_prefix (plain->str, MINUS_SIGN)) {
    g_string_erase (plain, 0, strlen (MINUS_SIGN));
    g_string_prepend_c (plain, '-');
  }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* A whole number without scale, exactly: a double would not hold all 64 bits. */
static gboolean
parse_exact (const PlanciaField *field, const char *text, PlanciaValue *out)
{
  guint64 natural = 0;
  gint64  integer = 0;

  if (field->scale != 1 || field->offset != 0 || plancia_field_is_float (field))
    return FALSE;

  if (field->type == PLANCIA_FIELD_U64 &&
      g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &natural, NULL))
    set_raw (field, (gint64) natural, out);
  else if (field->type != PLANCIA_FIELD_U64 &&
           g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    set_raw (field, integer, out);
  else
    return FALSE;

  return TRUE;
}

/* "0x001F": the raw number, as registers are shown. */
static gboolean
parse_hexadecimal (const PlanciaField *field, const char *text, guint64 *bits)
{
  if (!g_ascii_string_to_unsigned (g_str_has_prefix (text, "0x") ? text + 2 : "",
                                   16,
                                   0,
                                   G_MAXUINT64,
                                   bits,
                                   NULL))
    return FALSE;

  return plancia_field_width (field) == 64 || *bits >> plancia_field_width (field) == 0;
}

static gboolean
parse_label (const PlanciaField *field, const char *text, PlanciaValue *out)
{
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint i = 0; field->values != NULL && i < field->values->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->values, i);
    g_autofree char    *english = g_utf8_casefold (label->label, -1);
    g_autofree char    *local = g_utf8_casefold (plancia_map_label (label->label), -1);

    if (g_str_equal (wanted, english) || g_str_equal (wanted, local)) {
      set_raw (field, label->number, out);
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
parse_number (const PlanciaField *field, const char *text, PlanciaValue *out, GError **error)
{
  g_autofree char *plain = normalise_number (text);
  char            *end = NULL;
  guint64          bits = 0;
  double           number;

  if (parse_label (field, text, out) || parse_exact (field, plain, out))
    return TRUE;
  if (!plancia_field_is_float (field) && parse_hexadecimal (field, text, &bits)) {
    set_raw (field, plancia_field_extend (field, bits), out);
    return TRUE;
  }

  number = g_ascii_strtod (plain, &end);
  if (end == plain || *end != '\0' || !isfinite (number) || strpbrk (plain, "xX") != NULL)
    return fail_parse (field, field->values ? "a number or a label" : "a number", text, error);

  out->kind = PLANCIA_VALUE_NUMBER;
  out->number = number == 0 ? 0 : number;
  number = round (plancia_field_scale_down (field, number));
  if (fabs (number) < 9.2e18 && !plancia_field_is_float (field))
    out->integer = (gint64) number;
  return TRUE;
}

static gboolean
parse_pair (const PlanciaField *field, const char *text, PlanciaValue *out, GError **error)
{
  gboolean is_time = field->type == PLANCIA_FIELD_HHMM;
  guint    high;
  guint    low;
  char     rest;

  if (!g_ascii_isdigit (text[0]) ||
      sscanf (text, is_time ? "%2u:%2u%c" : "%2u-%2u%c", &high, &low, &rest) != 2 ||
      (is_time && low > 59))
    return fail_parse (field, is_time ? "HH:MM" : "MM-DD", text, error);

  out->kind = PLANCIA_VALUE_NUMBER;
  out->number = is_time ? high * 60 + low : high * 100 + low;
  out->integer = high << 8 | low;
  return TRUE;
}

static gboolean
parse_bits (const PlanciaField *field, const char *text, PlanciaValue *out, GError **error)
{
  guint64 bits = 0;

  if (!parse_hexadecimal (field, text, &bits) &&
      !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &bits, NULL))
    return fail_parse (field, "a number, or 0x and hexadecimal digits", text, error);

  out->kind = PLANCIA_VALUE_BITS;
  out->integer = (gint64) bits;
  out->number = (double) bits;
  return TRUE;
}

static gboolean
parse_text (const PlanciaField *field, const char *text, PlanciaValue *out, GError **error)
{
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  out->kind = PLANCIA_VALUE_TEXT;
  out->text = g_strdup (text);
  if (plancia_field_encode (field, out, NULL, words, error))
    return TRUE;

  plancia_value_clear (out);
  return FALSE;
}

/**
 * plancia_field_parse:
 * @field: the field
 * @text: what a person or a command line wrote
 * @out: (out caller-allocates): not initialised, or cleared before
 * @error: return location
 *
 * Understands numbers with dot or comma, hexadecimal raw numbers (0x1F), labels of the value table
 * in English or the program's language, HH:MM, MM-DD, YYYY-MM-DD HH:MM:SS, and text. Range and step
 * are the business of plancia_field_check().
 *
 * Returns: %FALSE with %PLANCIA_DOCUMENT_ERROR_INVALID or %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE; @out is
 * then none
 */
gboolean
plancia_field_parse (const PlanciaField *field, const char *text, PlanciaValue *out, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  *out = (PlanciaValue){.kind = PLANCIA_VALUE_NONE};
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: expected UTF-8 text",
                 field->key);
    return FALSE;
  }
  switch (field->type) {
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_MMDD:
    return parse_pair (field, trimmed, out, error);
  case PLANCIA_FIELD_BITS:
    return parse_bits (field, trimmed, out, error);
  case PLANCIA_FIELD_ASCII:
  case PLANCIA_FIELD_BCD16:
  case PLANCIA_FIELD_CLOCK6:
  case PLANCIA_FIELD_RAW:
    return parse_text (field, trimmed, out, error);
  default:
    return parse_number (field, trimmed, out, error);
  }
}
