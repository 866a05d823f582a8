/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/series.h"

#include "base/signal-new.h"
#include "history/pyramid.h"

#include <math.h>
#include <string.h>

/* Enough distances to find their median well; sorting them costs less than a millisecond. */
#define MEDIAN_SAMPLES 4096
/* The gap of a series too short to tell: three times the pace of a cloud. */
#define DEFAULT_GAP (15 * PLANCIA_MINUTE)
/* A long series has to grow by this part of itself before its pace is judged anew. */
#define PACE_PART 16
/* From this length on an array grows by an eighth; the pages of the rest of it would cost memory. */
#define LONG_LENGTH 100000

struct _PlanciaSeries
{
  GObject parent_instance;

  char           *key;
  char           *title;
  char           *unit;
  gsize           length;
  gsize           capacity;
  gint64         *times;
  float          *values;
  PlanciaPyramid *pyramid;
  gint64          gap;           /* 0: automatic */
  gint64          automatic_gap; /* 0: to be found */
  gsize           gap_length;    /* of how many samples it was found */
  GArray         *breaks;        /* gsize: a gap lies before this sample */
  gsize           broken;        /* up to here breaks are known */
  gint64          breaks_gap;    /* for this gap */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaSeries, plancia_series, G_TYPE_OBJECT)

static int
compare_distances (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* Three times the median distance. A long series is judged by evenly picked distances. */
static gint64
find_gap (PlanciaSeries *self)
{
  gsize              n = self->length < 2 ? 0 : MIN (self->length - 1, MEDIAN_SAMPLES);
  g_autofree gint64 *distances = NULL;

  if (n == 0)
    return DEFAULT_GAP;
  distances = g_new (gint64, n);
  for (gsize i = 0; i < n; i++) {
    gsize at = (gsize) ((double) i * (double) (self->length - 1) / (double) n);

    distances[i] = self->times[at + 1] - self->times[at];
  }
  qsort (distances, n, sizeof (gint64), compare_distances);
  return 3 * distances[n / 2];
}

static void
reserve (PlanciaSeries *self, gsize capacity)
{
  if (capacity <= self->capacity)
    return;
  self->capacity = MAX (capacity,
                        self->capacity + self->capacity / (self->capacity < LONG_LENGTH ? 2 : 8));
  self->times = g_renew (gint64, self->times, self->capacity);
  self->values = g_renew (float, self->values, self->capacity);
}

/* Puts one sample at the end; one with the time of the last takes its place. */
static inline void
push (gint64 *times, float *values, gsize *length, gint64 time, float value)
{
  if (*length > 0 && times[*length - 1] == time) {
    values[*length - 1] = value;
    return;
  }
  times[*length] = time;
  values[*length] = value;
  (*length)++;
}

/* The common case: everything is newer than what is there, or replaces the last one. */
static gsize
append (PlanciaSeries *self, const gint64 *times, const double *values, gsize length)
{
  gsize first = self->length > 0 ? self->length - 1 : 0;

  reserve (self, self->length + length);
  for (gsize i = 0; i < length; i++)
    if (isfinite (values[i]))
      push (self->times, self->values, &self->length, times[i], (float) values[i]);
  return first;
}

/* Weaves the new samples into those at or after the first of them; those before stay untouched. */
static gsize
weave (PlanciaSeries *self, const gint64 *times, const double *values, gsize length)
{
  gsize              first = plancia_series_lower_bound (self, times[0]);
  gsize              n_old = self->length - first, old = 0;
  g_autofree gint64 *old_times = g_memdup2 (self->times + first, n_old * sizeof (gint64));
  g_autofree float  *old_values = g_memdup2 (self->values + first, n_old * sizeof (float));

  reserve (self, self->length + length);
  self->length = first;
  for (gsize i = 0; i < length; i++) {
    if (!isfinite (values[i]))
      continue;
    for (; old < n_old && old_times[old] <= times[i]; old++)
      push (self->times, self->values, &self->length, old_times[old], old_values[old]);
    push (self->times, self->values, &self->length, times[i], (float) values[i]);
  }
  for (; old < n_old; old++)
    push (self->times, self->values, &self->length, old_times[old], old_values[old]);
  return first;
}

static void
plancia_series_finalize (GObject *object)
{
  PlanciaSeries *self = PLANCIA_SERIES (object);

  g_free (self->key);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->times);
  g_free (self->values);
  plancia_pyramid_free (self->pyramid);
  g_array_unref (self->breaks);
  G_OBJECT_CLASS (plancia_series_parent_class)->finalize (object);
}

static void
plancia_series_class_init (PlanciaSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_series_finalize;

  /**
   * PlanciaSeries::changed:
   *
   * Samples or the gap are no longer the same; pointers got before are void.
   */
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_series_init (PlanciaSeries *self)
{
  self->pyramid = plancia_pyramid_new ();
  self->breaks = g_array_new (FALSE, FALSE, sizeof (gsize));
}

/**
 * plancia_series_new:
 * @key: register key or cloud field name
 * @title: translated name, as shown
 * @unit: (nullable): unit of the values
 *
 * Makes an empty series.
 *
 * Returns: (transfer full): the series, for the main thread
 */
PlanciaSeries *
plancia_series_new (const char *key, const char *title, const char *unit)
{
  PlanciaSeries *self = g_object_new (PLANCIA_TYPE_SERIES, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  return self;
}

/* The breaks before sample first stay what they are. */
static void
forget_breaks (PlanciaSeries *self, gsize first)
{
  while (self->breaks->len > 0 &&
         g_array_index (self->breaks, gsize, self->breaks->len - 1) >= first)
    g_array_set_size (self->breaks, self->breaks->len - 1);
  self->broken = MIN (self->broken, first);
}

/* One sample more hardly changes the pace of a long series. */
static void
judge_pace (PlanciaSeries *self, gboolean appended)
{
  gsize grown = self->length - MIN (self->gap_length, self->length);

  if (!appended || self->length < MEDIAN_SAMPLES || grown > self->gap_length / PACE_PART)
    self->automatic_gap = 0;
}

/**
 * plancia_series_get_key:
 * @self: a series
 *
 * Returns: (transfer none): register key or cloud field name
 */
const char *
plancia_series_get_key (PlanciaSeries *self)
{
  return self->key;
}

/**
 * plancia_series_get_title:
 * @self: a series
 *
 * Returns: (transfer none): the name as shown
 */
const char *
plancia_series_get_title (PlanciaSeries *self)
{
  return self->title;
}

/**
 * plancia_series_get_unit:
 * @self: a series
 *
 * Returns: (transfer none) (nullable): the unit of the values
 */
const char *
plancia_series_get_unit (PlanciaSeries *self)
{
  return self->unit;
}

/**
 * plancia_series_get_length:
 * @self: a series
 *
 * Returns: how many samples there are
 */
gsize
plancia_series_get_length (PlanciaSeries *self)
{
  return self->length;
}

/**
 * plancia_series_get_times:
 * @self: a series
 *
 * Returns: (transfer none): times in ms of Unix time, sorted, no two equal; valid until "changed"
 */
const gint64 *
plancia_series_get_times (PlanciaSeries *self)
{
  return self->times;
}

/**
 * plancia_series_get_values:
 * @self: a series
 *
 * Returns: (transfer none): the values that belong to the times; valid until "changed"
 */
const float *
plancia_series_get_values (PlanciaSeries *self)
{
  return self->values;
}

/**
 * plancia_series_set_gap:
 * @self: a series
 * @gap: the longest distance in ms between neighbours that is still one line; 0 for three times
 *   the median distance
 */
void
plancia_series_set_gap (PlanciaSeries *self, gint64 gap)
{
  g_return_if_fail (gap >= 0);

  if (self->gap == gap)
    return;
  self->gap = gap;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * plancia_series_get_gap:
 * @self: a series
 *
 * Returns: the gap in ms that holds, found from the samples if none was set; never 0
 */
gint64
plancia_series_get_gap (PlanciaSeries *self)
{
  if (self->gap > 0)
    return self->gap;
  if (self->automatic_gap == 0) {
    self->automatic_gap = find_gap (self);
    self->gap_length = self->length;
  }
  return self->automatic_gap;
}

/**
 * plancia_series_merge:
 * @self: a series
 * @times: sorted times in ms of Unix time
 * @values: values that belong to them; what is not finite is left out
 * @length: how many
 *
 * Adds samples. One at a time that is there already takes the place of the old one; of two new
 * ones with the same time the later one counts. Emits "changed" once.
 */
void
plancia_series_merge (PlanciaSeries *self, const gint64 *times, const double *values, gsize length)
{
  gboolean newer;
  gsize    first;

  if (length == 0)
    return;
  newer = self->length == 0 || times[0] >= self->times[self->length - 1];
  first = newer ? append (self, times, values, length) : weave (self, times, values, length);
  plancia_pyramid_update (self->pyramid, self->values, self->length, first);
  judge_pace (self, newer);
  if (!newer)
    forget_breaks (self, first);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * plancia_series_clear:
 * @self: a series
 *
 * Takes all samples out; the gap that was set stays.
 */
void
plancia_series_clear (PlanciaSeries *self)
{
  if (self->length == 0)
    return;
  self->length = 0;
  self->automatic_gap = 0;
  forget_breaks (self, 0);
  plancia_pyramid_update (self->pyramid, self->values, 0, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * plancia_series_lower_bound:
 * @self: a series
 * @time: ms of Unix time
 *
 * Returns: index of the first sample at or after @time; the length if there is none
 */
gsize
plancia_series_lower_bound (PlanciaSeries *self, gint64 time)
{
  gsize low = 0, high = self->length;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (self->times[middle] < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/**
 * plancia_series_nearest:
 * @self: a series
 * @time: ms of Unix time
 * @found: (out) (optional): time of the nearest sample
 * @value: (out) (optional): its value
 *
 * Of two equally near ones the earlier is taken.
 *
 * Returns: %FALSE if no sample is nearer than the gap
 */
gboolean
plancia_series_nearest (PlanciaSeries *self, gint64 time, gint64 *found, double *value)
{
  gsize index = plancia_series_lower_bound (self, time);

  if (self->length == 0)
    return FALSE;
  if (index == self->length ||
      (index > 0 && time - self->times[index - 1] <= self->times[index] - time))
    index--;
  if (ABS (self->times[index] - time) > plancia_series_get_gap (self))
    return FALSE;
  if (found != NULL)
    *found = self->times[index];
  if (value != NULL)
    *value = self->values[index];
  return TRUE;
}

/**
 * plancia_series_previous:
 * @self: a series
 * @time: ms of Unix time
 * @found: (out) (optional): time of the last sample at or before it
 * @value: (out) (optional): its value
 *
 * For what holds until it changes.
 *
 * Returns: %FALSE if there is none, or it is longer ago than the gap
 */
gboolean
plancia_series_previous (PlanciaSeries *self, gint64 time, gint64 *found, double *value)
{
  gsize index = plancia_series_lower_bound (self, time);

  if (index == self->length || self->times[index] > time) {
    if (index == 0)
      return FALSE;
    index--;
  }
  if (time - self->times[index] > plancia_series_get_gap (self))
    return FALSE;
  if (found != NULL)
    *found = self->times[index];
  if (value != NULL)
    *value = self->values[index];
  return TRUE;
}

/**
 * plancia_series_get_breaks:
 * @self: a series
 * @n_breaks: (out): how many
 *
 * Looks only at the samples that came since the last time.
 *
 * Returns: (transfer none) (array length=n_breaks): indices of samples that are farther from the one before than the gap
 */
const gsize *
plancia_series_get_breaks (PlanciaSeries *self, gsize *n_breaks)
{
  gint64 gap = plancia_series_get_gap (self);

  if (gap != self->breaks_gap)
    forget_breaks (self, 0);
  self->breaks_gap = gap;
  for (gsize i = MAX (self->broken, 1); i < self->length; i++)
    if (self->times[i] - self->times[i - 1] > gap)
      g_array_append_val (self->breaks, i);
  self->broken = MAX (self->length, 1);
  *n_breaks = self->breaks->len;
  return (const gsize *) (gconstpointer) self->breaks->data;
}

/**
 * plancia_series_sum:
 * @self: a series
 * @begin: first index
 * @end: index behind the last one, at most the length
 *
 * Returns: the sum of the samples; 0 of none
 */
double
plancia_series_sum (PlanciaSeries *self, gsize begin, gsize end)
{
  g_return_val_if_fail (end <= self->length, 0);

  return begin < end ? plancia_pyramid_sum (self->pyramid, self->values, begin, end) : 0;
}

/**
 * plancia_series_range:
 * @self: a series
 * @begin: first index
 * @end: index behind the last one, at most the length
 * @minimum: (out): the smallest value
 * @maximum: (out): the largest value
 *
 * Costs some dozens of steps however many samples are asked for.
 *
 * Returns: %FALSE if the stretch is empty
 */
gboolean
plancia_series_range (PlanciaSeries *self, gsize begin, gsize end, float *minimum, float *maximum)
{
  g_return_val_if_fail (end <= self->length, FALSE);

  if (begin >= end)
    return FALSE;
  plancia_pyramid_range (self->pyramid, self->values, begin, end, minimum, maximum);
  return TRUE;
}
