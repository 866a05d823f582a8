/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/field-words.h"

#include <math.h>

static guint16
effective_mask (const PlanciaField *field)
{
  return field->mask != 0 ? field->mask : G_MAXUINT16;
}

/* 10, 100, 1000 for scales of 0.1, 0.01, 0.001; 0 if the scale is not the inverse of an integer. */
static double
divisor (const PlanciaField *field)
{
  double inverse;

  if (fabs (field->scale) >= 1)
    return 0;

  inverse = round (1 / field->scale);
  return fabs (inverse * field->scale - 1) < 1e-12 ? inverse : 0;
}

guint16
plancia_field_word (const PlanciaField *field, guint16 word)
{
  return field->little_bytes ? GUINT16_SWAP_LE_BE (word) : word;
}

guint
plancia_field_width (const PlanciaField *field)
{
  guint mask;

  if (field->count > 1)
    return 16 * MIN (field->count, PLANCIA_NUMBER_WORDS);

  mask = effective_mask (field) >> field->shift;
  return mask != 0 ? g_bit_storage (mask) : 16;
}

gboolean
plancia_field_is_signed (const PlanciaField *field)
{
  return field->type == PLANCIA_FIELD_I16 || field->type == PLANCIA_FIELD_I32 ||
         field->type == PLANCIA_FIELD_I64;
}

gboolean
plancia_field_is_float (const PlanciaField *field)
{
  return field->type == PLANCIA_FIELD_F32 || field->type == PLANCIA_FIELD_F64;
}

gboolean
plancia_field_is_number (const PlanciaField *field)
{
  return field->type <= PLANCIA_FIELD_F64;
}

guint64
plancia_field_get_bits (const PlanciaField *field, const guint16 *words)
{
  guint   count = MIN (field->count, PLANCIA_NUMBER_WORDS);
  guint64 bits = 0;

  if (field->count == 1)
    return (plancia_field_word (field, words[0]) & effective_mask (field)) >> field->shift;

  for (guint i = 0; i < count; i++) {
    guint place = field->little_words ? count - 1 - i : i;

    bits = bits << 16 | plancia_field_word (field, words[place]);
  }

  return bits;
}

void
plancia_field_put_bits (const PlanciaField *field,
                        guint64             bits,
                        const guint16      *present,
                        guint16            *words)
{
  guint count = MIN (field->count, PLANCIA_NUMBER_WORDS);

  if (field->count == 1) {
    guint16 mask = effective_mask (field);
    guint16 outside = present ? plancia_field_word (field, present[0]) & ~mask : 0;

    words[0] = plancia_field_word (field, outside | ((guint16) (bits << field->shift) & mask));
    return;
  }

  for (guint i = 0; i < count; i++) {
    guint place = field->little_words ? i : count - 1 - i;

    words[place] = plancia_field_word (field, bits & G_MAXUINT16);
    bits >>= 16;
  }
}

gboolean
plancia_field_is_invalid (const PlanciaField *field, guint64 bits)
{
  for (guint i = 0; field->invalid != NULL && i < field->invalid->len; i++)
    if (g_array_index (field->invalid, guint64, i) == bits)
      return TRUE;

  return FALSE;
}

gint64
plancia_field_extend (const PlanciaField *field, guint64 bits)
{
  guint unused = 64 - plancia_field_width (field);

  if (!plancia_field_is_signed (field))
    return (gint64) bits;

  return (gint64) (bits << unused) >> unused;
}

double
plancia_field_scale_up (const PlanciaField *field, double raw)
{
  double by = divisor (field);
  double value = (by != 0 ? raw / by : raw * field->scale) + field->offset;

  /* No -0: it would be shown as such and differ from 0 in texts. */
  return value == 0 ? 0 : value;
}

double
plancia_field_scale_down (const PlanciaField *field, double value)
{
  double by = divisor (field);

  value -= field->offset;
  return by != 0 ? value * by : value / field->scale;
}

double
plancia_field_scale_integer (const PlanciaField *field, gint64 raw)
{
  if (field->type == PLANCIA_FIELD_U64)
    return plancia_field_scale_up (field, (double) (guint64) raw);

  return plancia_field_scale_up (field, (double) raw);
}
