/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/pyramid.h"

#define FACTOR 16
/* 16 to the power of 15 values are more than any memory holds. */
#define MAX_LEVELS 15

typedef struct
{
  float minimum;
  float maximum;
} PlanciaRange;

struct _PlanciaPyramid
{
  guint   n_levels;
  GArray *levels[MAX_LEVELS]; /* of PlanciaRange; each entry of level k covers 16^(k+1) values */
};

static inline void
range_join (PlanciaRange *range, float minimum, float maximum)
{
  range->minimum = MIN (range->minimum, minimum);
  range->maximum = MAX (range->maximum, maximum);
}

static PlanciaRange
range_of_values (const float *values, gsize begin, gsize end)
{
  PlanciaRange range = {values[begin], values[begin]};

  for (gsize i = begin + 1; i < end; i++)
    range_join (&range, values[i], values[i]);
  return range;
}

static PlanciaRange
range_of_entries (const PlanciaRange *entries, gsize begin, gsize end)
{
  PlanciaRange range = entries[begin];

  for (gsize i = begin + 1; i < end; i++)
    range_join (&range, entries[i].minimum, entries[i].maximum);
  return range;
}

static GArray *
ensure_level (PlanciaPyramid *self, guint level)
{
  if (self->levels[level] == NULL)
    self->levels[level] = g_array_new (FALSE, FALSE, sizeof (PlanciaRange));
  return self->levels[level];
}

/**
 * plancia_pyramid_new:
 *
 * Makes a pyramid over no values.
 *
 * Returns: (transfer full): the pyramid. One thread at a time.
 */
PlanciaPyramid *
plancia_pyramid_new (void)
{
  return g_new0 (PlanciaPyramid, 1);
}

/**
 * plancia_pyramid_free:
 * @self: (transfer full): a pyramid
 */
void
plancia_pyramid_free (PlanciaPyramid *self)
{
  for (guint level = 0; level < MAX_LEVELS; level++)
    g_clear_pointer (&self->levels[level], g_array_unref);
  g_free (self);
}

/**
 * plancia_pyramid_update:
 * @self: a pyramid
 * @values: all values
 * @length: how many
 * @first: index of the first value that differs from the last update
 *
 * Brings the pyramid up to the values. Appending costs a fifteenth of a step a value on top of the
 * step itself.
 */
void
plancia_pyramid_update (PlanciaPyramid *self, const float *values, gsize length, gsize first)
{
  gsize below = length;
  guint level;

  for (level = 0; below > FACTOR && level < MAX_LEVELS; level++) {
    GArray *entries = ensure_level (self, level);
    gsize   n = (below + FACTOR - 1) / FACTOR;

    first /= FACTOR;
    g_array_set_size (entries, n);
    for (gsize i = first; i < n; i++) {
      gsize begin = i * FACTOR, end = MIN (begin + FACTOR, below);

      g_array_index (entries, PlanciaRange, i) =
        level == 0 ? range_of_values (values, begin, end)
                   : range_of_entries ((PlanciaRange *) self->levels[level - 1]->data, begin, end);
    }
    below = n;
  }
  /* A level that a shorter array no longer needs must not be trusted when the array grows again. */
  for (guint old = level; old < self->n_levels; old++)
    g_array_set_size (self->levels[old], 0);
  self->n_levels = level;
}

/**
 * plancia_pyramid_range:
 * @self: a pyramid
 * @values: the values of the last update
 * @begin: first index
 * @end: index behind the last one; larger than @begin
 * @minimum: (out): the smallest
 * @maximum: (out): the largest
 *
 * Climbs from both ends: at each level the entries before the next whole group of 16 and those
 * after the last one are looked at, the whole groups by the level above.
 */
void
plancia_pyramid_range (PlanciaPyramid *self,
                       const float    *values,
                       gsize           begin,
                       gsize           end,
                       float          *minimum,
                       float          *maximum)
{
  PlanciaRange range = {values[begin], values[begin]};

  for (guint level = 0; begin < end; level++) {
    const PlanciaRange *entries = level == 0 ? NULL
                                             : (PlanciaRange *) self->levels[level - 1]->data;
    gsize               head = MIN ((begin + FACTOR - 1) / FACTOR * FACTOR, end);
    gsize               tail = MAX (end / FACTOR * FACTOR, head);

    if (level >= self->n_levels)
      head = tail = end;
    for (gsize i = begin; i < head; i++)
      range_join (&range,
                  entries ? entries[i].minimum : values[i],
                  entries ? entries[i].maximum : values[i]);
    for (gsize i = tail; i < end; i++)
      range_join (&range,
                  entries ? entries[i].minimum : values[i],
                  entries ? entries[i].maximum : values[i]);
    begin = head / FACTOR;
    end = tail / FACTOR;
    if (head == tail)
      break;
  }
  *minimum = range.minimum;
  *maximum = range.maximum;
}
