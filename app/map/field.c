/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/field.h"

#include "map/map-private.h"
#include <math.h>

static const struct
{
  const char *name;
  guint       count;
} field_types[] = {
  [PLANCIA_FIELD_U16] = {"u16",    1},
  [PLANCIA_FIELD_I16] = {"i16",    1},
  [PLANCIA_FIELD_U32] = {"u32",    2},
  [PLANCIA_FIELD_I32] = {"i32",    2},
  [PLANCIA_FIELD_U64] = {"u64",    4},
  [PLANCIA_FIELD_I64] = {"i64",    4},
  [PLANCIA_FIELD_F32] = {"f32",    2},
  [PLANCIA_FIELD_F64] = {"f64",    4},
  [PLANCIA_FIELD_ASCII] = {"ascii",  0},
  [PLANCIA_FIELD_BCD16] = {"bcd16",  1},
  [PLANCIA_FIELD_BITS] = {"bits",   0},
  [PLANCIA_FIELD_HHMM] = {"hhmm",   1},
  [PLANCIA_FIELD_MMDD] = {"mmdd",   1},
  [PLANCIA_FIELD_CLOCK6] = {"clock6", 6},
  [PLANCIA_FIELD_RAW] = {"raw",    0},
};

/**
 * plancia_field_type_name:
 *
 * Returns: (transfer none): the name of the type in map files
 */
const char *
plancia_field_type_name (PlanciaFieldType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (field_types), "raw");

  return field_types[type].name;
}

guint
plancia_field_type_count (PlanciaFieldType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (field_types), 0);

  return field_types[type].count;
}

/**
 * plancia_field_resolution:
 *
 * Returns: the smallest difference between two values, in the field's unit: the step if the map
 * gives one, else the scale. A floating-point field that is not scaled is taken to be good to a
 * thousandth, since its type does not say.
 */
double
plancia_field_resolution (const PlanciaField *self)
{
  double scale = fabs (self->scale);

  if (self->step > 0)
    return self->step;
  if ((self->type == PLANCIA_FIELD_F32 || self->type == PLANCIA_FIELD_F64) && scale >= 1)
    return scale / 1000;

  return scale;
}

/**
 * plancia_field_decimals:
 *
 * Returns: decimals that show every value the field can have, at most 6
 */
guint
plancia_field_decimals (const PlanciaField *self)
{
  double resolution = fabs (self->scale);
  guint  decimals = 0;

  if (self->type == PLANCIA_FIELD_F32 || self->type == PLANCIA_FIELD_F64)
    resolution = plancia_field_resolution (self);

  while (decimals < 6 && fabs (resolution - round (resolution)) > 1e-6 * resolution) {
    resolution *= 10;
    decimals++;
  }

  return decimals;
}

/**
 * plancia_field_is_writable:
 *
 * Returns: whether a person may be offered to write it: the map says how, and it is not part of the
 * grid code
 */
gboolean
plancia_field_is_writable (const PlanciaField *self)
{
  return (self->access & PLANCIA_ACCESS_WRITE) && self->write_function != 0 &&
         self->danger != PLANCIA_DANGER_GRID_CODE;
}

/**
 * plancia_field_find_label:
 * @number: a value before scaling
 *
 * Returns: (transfer none) (nullable): the English label of the value table
 */
const char *
plancia_field_find_label (const PlanciaField *self, gint64 number)
{
  for (guint i = 0; self->values != NULL && i < self->values->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (self->values, i);

    if (label->number == number)
      return label->label;
  }

  return NULL;
}
