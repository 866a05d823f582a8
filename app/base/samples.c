/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/samples.h"

#include <math.h>

struct _PlanciaSamples
{
  gatomicrefcount references;
  char           *device;
  char           *source;
  PlanciaSpan     covered;
  GPtrArray      *columns;
  gint64          width;
  guint           oddities;
  gboolean        sealed;
};

static void
column_free (PlanciaSampleColumn *column)
{
  g_free (column->key);
  g_array_unref (column->times);
  g_array_unref (column->values);
  g_free (column);
}

static PlanciaSampleColumn *
column_new (const char *key)
{
  PlanciaSampleColumn *column = g_new0 (PlanciaSampleColumn, 1);

  column->key = g_strdup (key);
  column->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  column->values = g_array_new (FALSE, FALSE, sizeof (double));
  return column;
}

/* A sample with its place in the order of arrival, so that the last of equal times wins. */
typedef struct
{
  gint64 time;
  double value;
  guint  order;
} Sample;

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  const Sample *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static gboolean
column_is_sorted (const PlanciaSampleColumn *column)
{
  for (guint i = 1; i < column->times->len; i++) {
    if (g_array_index (column->times, gint64, i) <= g_array_index (column->times, gint64, i - 1))
      return FALSE;
  }
  return TRUE;
}

static void
column_sort (PlanciaSampleColumn *column)
{
  guint              length = column->times->len;
  g_autofree Sample *samples = NULL;
  guint              kept = 0;

  if (column_is_sorted (column))
    return;

  samples = g_new (Sample, length);
  for (guint i = 0; i < length; i++)
    samples[i] = (Sample){g_array_index (column->times, gint64, i),
                          g_array_index (column->values, double, i),
                          i};
  qsort (samples, length, sizeof (Sample), compare_samples);

  for (guint i = 0; i < length; i++) {
    if (kept > 0 && g_array_index (column->times, gint64, kept - 1) == samples[i].time)
      kept--;
    g_array_index (column->times, gint64, kept) = samples[i].time;
    g_array_index (column->values, double, kept) = samples[i].value;
    kept++;
  }
  g_array_set_size (column->times, kept);
  g_array_set_size (column->values, kept);
}

/**
 * plancia_samples_new:
 * @device: id of the device
 * @source: where they come from, such as "portal"
 * @covered: what the source confirmed, samples or none; empty if nothing
 *
 * Returns: (transfer full): samples to fill and then seal
 */
PlanciaSamples *
plancia_samples_new (const char *device, const char *source, PlanciaSpan covered)
{
  PlanciaSamples *self = g_new0 (PlanciaSamples, 1);

  g_atomic_ref_count_init (&self->references);
  self->device = g_strdup (device);
  self->source = g_strdup (source);
  self->covered = covered;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  return self;
}

static PlanciaSampleColumn *
find_column (PlanciaSamples *self, const char *key)
{
  for (guint i = 0; i < self->columns->len; i++) {
    PlanciaSampleColumn *column = g_ptr_array_index (self->columns, i);

    if (g_str_equal (column->key, key))
      return column;
  }
  return NULL;
}

static PlanciaSampleColumn *
ensure_column (PlanciaSamples *self, const char *key)
{
  PlanciaSampleColumn *column = find_column (self, key);

  if (!column) {
    column = column_new (key);
    g_ptr_array_add (self->columns, column);
  }
  return column;
}

/**
 * plancia_samples_add:
 * @self: samples not yet sealed
 * @key: register key or field name
 * @time: milliseconds of Unix time
 * @value: in the key's unit; NAN and infinities are left out, −0 becomes 0
 */
void
plancia_samples_add (PlanciaSamples *self, const char *key, gint64 time, double value)
{
  PlanciaSampleColumn *column;

  g_return_if_fail (!self->sealed);

  if (!isfinite (value))
    return;

  column = ensure_column (self, key);
  value = value == 0.0 ? 0.0 : value;
  g_array_append_val (column->times, time);
  g_array_append_val (column->values, value);
}

/**
 * plancia_samples_append:
 * @self: samples not yet sealed
 * @key: register key or field name
 * @times: milliseconds of Unix time
 * @values: in the key's unit, finite, no −0
 * @length: how many
 */
void
plancia_samples_append (PlanciaSamples *self,
                        const char     *key,
                        const gint64   *times,
                        const double   *values,
                        gsize           length)
{
  PlanciaSampleColumn *column;

  g_return_if_fail (!self->sealed);

  if (length == 0)
    return;
  column = ensure_column (self, key);
  g_array_append_vals (column->times, times, (guint) length);
  g_array_append_vals (column->values, values, (guint) length);
}

/**
 * plancia_samples_seal:
 * @self: samples
 *
 * Sorts each column by time; of equal times the last one wins. From here on @self is immutable.
 *
 * Returns: (transfer none): @self
 */
PlanciaSamples *
plancia_samples_seal (PlanciaSamples *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    column_sort (g_ptr_array_index (self->columns, i));
  self->sealed = TRUE;
  return self;
}

PlanciaSamples *
plancia_samples_ref (PlanciaSamples *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
plancia_samples_unref (PlanciaSamples *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->device);
  g_free (self->source);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

const char *
plancia_samples_get_device (PlanciaSamples *self)
{
  return self->device;
}

const char *
plancia_samples_get_source (PlanciaSamples *self)
{
  return self->source;
}

PlanciaSpan
plancia_samples_get_covered (PlanciaSamples *self)
{
  return self->covered;
}

guint
plancia_samples_get_n_columns (PlanciaSamples *self)
{
  return self->columns->len;
}

const PlanciaSampleColumn *
plancia_samples_get_column (PlanciaSamples *self, guint index)
{
  return g_ptr_array_index (self->columns, index);
}

const PlanciaSampleColumn *
plancia_samples_find_column (PlanciaSamples *self, const char *key)
{
  return find_column (self, key);
}

/** plancia_samples_count: how many samples all columns hold together. */
gsize
plancia_samples_count (PlanciaSamples *self)
{
  gsize count = 0;

  for (guint i = 0; i < self->columns->len; i++)
    count += ((PlanciaSampleColumn *) g_ptr_array_index (self->columns, i))->times->len;

  return count;
}

void
plancia_samples_set_width (PlanciaSamples *self, gint64 width)
{
  g_return_if_fail (!self->sealed);

  self->width = width;
}

gint64
plancia_samples_get_width (PlanciaSamples *self)
{
  return self->width;
}

void
plancia_samples_add_oddities (PlanciaSamples *self, guint oddities)
{
  g_return_if_fail (!self->sealed);

  self->oddities |= oddities;
}

guint
plancia_samples_get_oddities (PlanciaSamples *self)
{
  return self->oddities;
}
