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

/* Of one level; each entry of level k covers 16^(k+1) values. */
typedef struct
{
  GArray *ranges; /* PlanciaRange */
  GArray *sums;   /* double; apart, so that looking for ranges reads nothing else */
} Level;

struct _PlanciaPyramid
{
  guint n_levels;
  Level levels[MAX_LEVELS];
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

static double
sum_of_values (const float *values, gsize begin, gsize end)
{
  double sum = 0;

  for (gsize i = begin; i < end; i++)
    sum += values[i];
  return sum;
}

static double
sum_of_entries (const double *entries, gsize begin, gsize end)
{
  double sum = 0;

  for (gsize i = begin; i < end; i++)
    sum += entries[i];
  return sum;
}

static Level *
ensure_level (PlanciaPyramid *self, guint index, gsize length)
{
  Level *level = &self->levels[index];

  if (level->ranges == NULL) {
    level->ranges = g_array_new (FALSE, FALSE, sizeof (PlanciaRange));
    level->sums = g_array_new (FALSE, FALSE, sizeof (double));
  }
  g_array_set_size (level->ranges, (guint) length);
  g_array_set_size (level->sums, (guint) length);
  return level;
}

static const PlanciaRange *
ranges_of (PlanciaPyramid *self, guint level)
{
  return (const PlanciaRange *) (gconstpointer) self->levels[level].ranges->data;
}

static const double *
sums_of (PlanciaPyramid *self, guint level)
{
  return (const double *) (gconstpointer) self->levels[level].sums->data;
}

/* One entry of a level from what is below it. */
static void
fill_entry (PlanciaPyramid *self, guint level, const float *values, gsize entry, gsize below)
{
  gsize begin = entry * FACTOR, end = MIN (begin + FACTOR, below);

  g_array_index (self->levels[level].ranges, PlanciaRange, entry) =
    level == 0 ? range_of_values (values, begin, end)
               : range_of_entries (ranges_of (self, level - 1), begin, end);
  g_array_index (self->levels[level].sums, double, entry) =
    level == 0 ? sum_of_values (values, begin, end)
               : sum_of_entries (sums_of (self, level - 1), begin, end);
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
  for (guint level = 0; level < MAX_LEVELS; level++) {
    g_clear_pointer (&self->levels[level].ranges, g_array_unref);
    g_clear_pointer (&self->levels[level].sums, g_array_unref);
  }
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
    gsize n = (below + FACTOR - 1) / FACTOR;

    first /= FACTOR;
    ensure_level (self, level, n);
    for (gsize i = first; i < n; i++)
      fill_entry (self, level, values, i, below);
    below = n;
  }
  /* A level that a shorter array no longer needs must not be trusted when the array grows again. */
  for (guint old = level; old < self->n_levels; old++)
    ensure_level (self, old, 0);
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
    const PlanciaRange *entries = level == 0 ? NULL : ranges_of (self, level - 1);
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

/**
 * plancia_pyramid_sum:
 * @self: a pyramid
 * @values: the values of the last update
 * @begin: first index
 * @end: index behind the last one; larger than @begin
 *
 * Climbs as plancia_pyramid_range().
 *
 * Returns: the sum
 */
double
plancia_pyramid_sum (PlanciaPyramid *self, const float *values, gsize begin, gsize end)
{
  double sum = 0;

  for (guint level = 0; begin < end; level++) {
    const double *entries = level == 0 ? NULL : sums_of (self, level - 1);
    gsize         head = MIN ((begin + FACTOR - 1) / FACTOR * FACTOR, end);
    gsize         tail = MAX (end / FACTOR * FACTOR, head);

    if (level >= self->n_levels)
      head = tail = end;
    sum += entries ? sum_of_entries (entries, begin, head) : sum_of_values (values, begin, head);
    sum += entries ? sum_of_entries (entries, tail, end) : sum_of_values (values, tail, end);
    begin = head / FACTOR;
    end = tail / FACTOR;
    if (head == tail)
      break;
  }
  return sum;
}
