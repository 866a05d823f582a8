/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a value to words on the wire, and whether the map allows it. */

#include "base/error.h"
#include "base/text.h"
#include "map/field-value.h"
#include "map/field-words.h"
#include "map/map-private.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static gboolean
refuse (const PlanciaField *field, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const PlanciaField *field, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
               "%s: %s",
               field->key,
               message);
  return FALSE;
}

static char *
number_text (const PlanciaField *field, double number)
{
  return plancia_text_c_number (number, plancia_field_decimals (field));
}

static gboolean
refuse_range (const PlanciaField *field,
              double              value,
              double              lowest,
              double              highest,
              GError            **error)
{
  g_autofree char *low = number_text (field, MIN (lowest, highest));
  g_autofree char *high = number_text (field, MAX (lowest, highest));
  g_autofree char *got = g_strdup_printf ("%.9g", value);

  if (isinf (lowest))
    return refuse (field, error, "expected at most %s %s, got %s", high, field->unit, got);
  if (isinf (highest))
    return refuse (field, error, "expected at least %s %s, got %s", low, field->unit, got);
  return refuse (field, error, "expected %s to %s %s, got %s", low, high, field->unit, got);
}

static gboolean
encode_none (const PlanciaField *field, const guint16 *present, guint16 *words, GError **error)
{
  static const guint64 nan_bits[] = {G_GUINT64_CONSTANT (0x7FC00000),
                                     G_GUINT64_CONSTANT (0x7FF8000000000000)};

  if (field->invalid != NULL && field->invalid->len > 0 && field->count <= PLANCIA_NUMBER_WORDS)
    plancia_field_put_bits (field, g_array_index (field->invalid, guint64, 0), present, words);
  else if (plancia_field_is_float (field))
    plancia_field_put_bits (field, nan_bits[field->type == PLANCIA_FIELD_F64], present, words);
  else if (field->type == PLANCIA_FIELD_ASCII)
    memset (words, 0xFF, 2 * field->count);
  else
    return refuse (field, error, "the register has no way to say \"no value\"");

  return TRUE;
}

static gboolean
encode_float (const PlanciaField *field,
              double              number,
              const guint16      *present,
              guint16            *words,
              GError            **error)
{
  double  raw = plancia_field_scale_down (field, number);
  float   short_raw = (float) raw;
  guint64 bits = 0;
  guint32 short_bits = 0;

  if (!isfinite (raw) || (field->type == PLANCIA_FIELD_F32 && !isfinite (short_raw)))
    return refuse (field, error, "%g is more than the register can hold", number);

  if (field->type == PLANCIA_FIELD_F32) {
    memcpy (&short_bits, &short_raw, sizeof short_bits);
    bits = short_bits;
  } else {
    memcpy (&bits, &raw, sizeof bits);
  }
  plancia_field_put_bits (field, bits, present, words);

  return TRUE;
}

/* Lowest and highest raw number of the type and mask, as doubles: of 64 bits 2^63 and 2^64 are one
 * more than fits. */
static void
raw_limits (const PlanciaField *field, double *lowest, double *highest)
{
  guint width = plancia_field_width (field);

  *lowest = plancia_field_is_signed (field) ? -ldexp (1, width - 1) : 0;
  *highest = plancia_field_is_signed (field) ? ldexp (1, width - 1) : ldexp (1, width);
  if (width < 64)
    *highest -= 1;
}

static gboolean
encode_integer (const PlanciaField *field,
                const PlanciaValue *value,
                const guint16      *present,
                guint16            *words,
                GError            **error)
{
  guint    width = plancia_field_width (field);
  double   raw = round (plancia_field_scale_down (field, value->number));
  gboolean fits;
  double   lowest;
  double   highest;
  guint64  bits;

  if (!isfinite (value->number))
    return refuse (field, error, "%g is not a number", value->number);

  raw_limits (field, &lowest, &highest);
  fits = raw >= lowest && (width < 64 ? raw <= highest : raw < highest);
  if (plancia_field_scale_integer (field, value->integer) == value->number) {
    /* The raw number that belongs to the value is exact where the double is not. */
    bits = (guint64) value->integer;
    fits = fits || width == 64;
  } else if (fits) {
    bits = raw < 0 ? (guint64) (gint64) raw : (guint64) raw;
  } else {
    bits = 0;
  }

  if (!fits)
    return refuse_range (field,
                         value->number,
                         plancia_field_scale_up (field, lowest),
                         plancia_field_scale_up (field, highest),
                         error);
  if (width < 64)
    bits &= (G_GUINT64_CONSTANT (1) << width) - 1;
  if (plancia_field_is_invalid (field, bits))
    return refuse (field, error, "%g would mean \"no value\"", value->number);

  plancia_field_put_bits (field, bits, present, words);
  return TRUE;
}

static gboolean
encode_pair (const PlanciaField *field, double number, guint16 *words, GError **error)
{
  gboolean is_time = field->type == PLANCIA_FIELD_HHMM;
  guint    base = is_time ? 60 : 100;
  guint    high;
  guint    low;

  if (!(number >= 0 && number <= (is_time ? 24 * 60 : 1231)) || number != floor (number))
    return refuse (field,
                   error,
                   is_time ? "expected minutes from 0 to 1440, got %g"
                           : "expected month * 100 + day, got %g",
                   number);

  high = (guint) number / base;
  low = (guint) number % base;
  if (!is_time && (high < 1 || low < 1 || low > g_date_get_days_in_month (high, 2000)))
    return refuse (field, error, "there is no day %u of month %u", low, high);

  words[0] = plancia_field_word (field, high << 8 | low);
  return TRUE;
}

static gboolean
encode_ascii (const PlanciaField *field, const char *text, guint16 *words, GError **error)
{
  gsize length = strlen (text);

  if (length > 2 * (gsize) field->count)
    return refuse (field,
                   error,
                   "expected at most %u characters, got %" G_GSIZE_FORMAT,
                   2u * field->count,
                   length);

  for (guint i = 0; i < field->count; i++) {
    guint8 high = 2 * i < length ? text[2 * i] : 0;
    guint8 low = 2 * i + 1 < length ? text[2 * i + 1] : 0;

    if ((high != 0 && !g_ascii_isprint (high)) || (low != 0 && !g_ascii_isprint (low)))
      return refuse (field, error, "only printable ASCII characters fit, got \"%s\"", text);
    words[i] = plancia_field_word (field, high << 8 | low);
  }

  return TRUE;
}

/* "0001 003C", exactly count groups of four digits. */
static gboolean
encode_hexadecimal (const PlanciaField *field, const char *text, guint16 *words, GError **error)
{
  g_auto (GStrv) groups = g_strsplit (text, " ", -1);

  if (g_strv_length (groups) != field->count)
    return refuse (field,
                   error,
                   "expected %u groups of four hexadecimal digits, got \"%s\"",
                   field->count,
                   text);

  for (guint i = 0; i < field->count; i++) {
    if (strlen (groups[i]) != 4 || strspn (groups[i], "0123456789abcdefABCDEF") != 4)
      return refuse (field, error, "expected four hexadecimal digits, got \"%s\"", groups[i]);
    words[i] = (guint16) g_ascii_strtoull (groups[i], NULL, 16);
  }

  return TRUE;
}

/* The words of a raw text are as on the wire, those of one register in the order of people. */
static gboolean
encode_digits (const PlanciaField *field, const char *text, guint16 *words, GError **error)
{
  if (!encode_hexadecimal (field, text, words, error))
    return FALSE;

  words[0] = plancia_field_word (field, words[0]);
  return TRUE;
}

static gboolean
encode_clock (const PlanciaField *field, const char *text, guint16 *words, GError **error)
{
  guint part[6];
  char  rest;

  if (sscanf (text,
              "%4u-%2u-%2u %2u:%2u:%2u%c",
              &part[0],
              &part[1],
              &part[2],
              &part[3],
              &part[4],
              &part[5],
              &rest) != 6)
    return encode_hexadecimal (field, text, words, NULL) ||
           refuse (field, error, "expected YYYY-MM-DD HH:MM:SS, got \"%s\"", text);

  if (part[0] < 2000 || part[0] > 2099 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
      part[2] > g_date_get_days_in_month (part[1], part[0]) || part[3] > 23 || part[4] > 59 ||
      part[5] > 59)
    return refuse (field, error, "there is no such date and time from 2000 to 2099: %s", text);

  part[0] -= 2000;
  for (guint i = 0; i < 6; i++)
    words[i] = plancia_field_word (field, part[i]);
  return TRUE;
}

static gboolean
encode_text (const PlanciaField *field, const char *text, guint16 *words, GError **error)
{
  switch (field->type) {
  case PLANCIA_FIELD_ASCII:
    return encode_ascii (field, text, words, error);
  case PLANCIA_FIELD_CLOCK6:
    return encode_clock (field, text, words, error);
  case PLANCIA_FIELD_RAW:
    return encode_hexadecimal (field, text, words, error);
  case PLANCIA_FIELD_BCD16:
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_MMDD:
    return encode_digits (field, text, words, error);
  default:
    return refuse (field, error, "expected a number, got \"%s\"", text);
  }
}

static void
encode_bits (const PlanciaField *field, guint64 bits, const guint16 *present, guint16 *words)
{
  if (field->count == 1) {
    plancia_field_put_bits (field, bits, present, words);
    return;
  }

  for (guint i = 0; i < field->count; i++) {
    if (i < 4)
      words[i] = plancia_field_word (field, bits >> 16 * i & G_MAXUINT16);
    else
      words[i] = present ? present[i] : 0;
  }
}

/**
 * plancia_field_encode:
 * @field: the field
 * @value: the value; of a number that is not what integer scales to, number counts
 * @present: (array) (nullable): the words now in the device, for what the value does not say:
 *   registers that a mask shares, and bits from the 65th on
 * @words: (out caller-allocates) (array): field->count registers
 * @error: return location
 *
 * The inverse of plancia_field_decode(). Checks that the type can hold the value, not what the map
 * allows: that is plancia_field_check(). Any thread.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE, which names field, limit and value
 */
gboolean
plancia_field_encode (const PlanciaField *field,
                      const PlanciaValue *value,
                      const guint16      *present,
                      guint16            *words,
                      GError            **error)
{
  gboolean is_pair = field->type == PLANCIA_FIELD_HHMM || field->type == PLANCIA_FIELD_MMDD;

  switch (value->kind) {
  case PLANCIA_VALUE_NONE:
    return encode_none (field, present, words, error);
  case PLANCIA_VALUE_TEXT:
    return encode_text (field, value->text, words, error);
  case PLANCIA_VALUE_BITS:
    if (field->type != PLANCIA_FIELD_BITS)
      break;
    encode_bits (field, value->integer, present, words);
    return TRUE;
  case PLANCIA_VALUE_NUMBER:
    if (plancia_field_is_float (field))
      return encode_float (field, value->number, present, words, error);
    if (plancia_field_is_number (field))
      return encode_integer (field, value, present, words, error);
    if (is_pair)
      return encode_pair (field, value->number, words, error);
    break;
  default:
    break;
  }

  return refuse (field,
                 error,
                 "a value of this kind does not fit type %s",
                 plancia_field_type_name (field->type));
}

static gboolean
check_grid (const PlanciaField *field, double number, GError **error)
{
  gboolean         is_float = plancia_field_is_float (field);
  double           raw = plancia_field_scale_down (field, number);
  double           origin = field->has_minimum ? field->minimum : 0;
  double           steps = field->step > 0 ? (number - origin) / field->step : 0;
  double           step = field->step > 0 ? field->step : fabs (field->scale);
  g_autofree char *text = NULL;

  if ((is_float || fabs (raw - round (raw)) <= MAX (1e-6, 1e-9 * fabs (raw))) &&
      fabs (steps - round (steps)) <= 1e-6)
    return TRUE;

  text = number_text (field, step);
  return refuse (field, error, "expected a multiple of %s %s, got %.9g", text, field->unit, number);
}

static gboolean
check_number (const PlanciaField *field, const PlanciaValue *value, GError **error)
{
  double number = value->number;
  gint64 raw;

  if (!isfinite (number))
    return refuse (field, error, "%g is not a number", number);
  if ((field->has_minimum && number < field->minimum - 1e-9 * fabs (field->minimum)) ||
      (field->has_maximum && number > field->maximum + 1e-9 * fabs (field->maximum)))
    return refuse_range (field,
                         number,
                         field->has_minimum ? field->minimum : -INFINITY,
                         field->has_maximum ? field->maximum : INFINITY,
                         error);
  if (!plancia_field_is_number (field))
    return TRUE;
  if (!check_grid (field, number, error))
    return FALSE;

  if (field->values == NULL || field->values->len == 0)
    return TRUE;
  raw = (gint64) round (plancia_field_scale_down (field, number));
  return plancia_field_find_label (field, raw) != NULL ||
         refuse (field,
                 error,
                 "%" G_GINT64_FORMAT " is none of the %u values of its table",
                 raw,
                 field->values->len);
}

static gboolean
check_bits (const PlanciaField *field, guint64 bits, GError **error)
{
  guint width = field->count == 1 ? plancia_field_width (field) : MIN (16u * field->count, 64);

  if (width >= 64 || bits >> width == 0)
    return TRUE;

  return refuse (field, error, "0x%" G_GINT64_MODIFIER "X has more than %u bits", bits, width);
}

/**
 * plancia_field_check:
 * @field: the field
 * @value: what somebody wants to write
 * @error: return location
 *
 * Whether the map allows the value: range, step, enumeration, digits, and that the type can hold
 * it. Any thread.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE, which names field, limit and value
 */
gboolean
plancia_field_check (const PlanciaField *field, const PlanciaValue *value, GError **error)
{
  guint16 words[64] = {0};

  if (value->kind == PLANCIA_VALUE_NONE)
    return refuse (field, error, "there is no value to write");
  if (value->kind == PLANCIA_VALUE_NUMBER && !check_number (field, value, error))
    return FALSE;
  if (value->kind == PLANCIA_VALUE_BITS && !check_bits (field, value->integer, error))
    return FALSE;
  if (field->type == PLANCIA_FIELD_BCD16 && value->kind == PLANCIA_VALUE_TEXT &&
      strspn (value->text, "0123456789") != strlen (value->text))
    return refuse (field, error, "expected four decimal digits, got \"%s\"", value->text);
  if ((field->type == PLANCIA_FIELD_HHMM || field->type == PLANCIA_FIELD_MMDD) &&
      value->kind == PLANCIA_VALUE_TEXT)
    return refuse (field, error, "\"%s\" is no time or day", value->text);

  return plancia_field_encode (field, value, NULL, words, error);
}
