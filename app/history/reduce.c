/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/reduce.h"

#include <math.h>

/* The start of part i of n of span, without overflow however long the span. */
static gint64
border (PlanciaSpan span, guint i, guint n)
{
  gint64 length = span.end - span.start;

  return span.start + length / n * i + length % n * i / n;
}

/* First index at or after time, known to be at or after from and guessed to be a step away: samples are mostly as many a column
 * as in the one before. Doubling steps from the guess, then halving. */
static gsize
gallop (const gint64 *times, gsize length, gsize from, gint64 time, gsize guess)
{
  gsize low = from, high = MIN (from + guess, length), step = 1;

  if (high < length && times[high] < time) {
    for (low = high + 1; low + step <= length && times[low + step - 1] < time; step *= 2)
      low += step;
    high = MIN (low + step, length);
  } else
    for (; high > low + step && times[high - step] >= time; step *= 2)
      high -= step;
  if (high > low + step && times[high - step] < time)
    low = high - step + 1;
  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (times[middle] < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
fill_column (PlanciaSeries *series, gsize begin, gsize end, gint64 gap, PlanciaColumn *column)
{
  const gint64 *times = plancia_series_get_times (series);
  const float  *values = plancia_series_get_values (series);

  *column = (PlanciaColumn){0};
  if (begin == end)
    return;
  plancia_series_range (series, begin, end, &column->minimum, &column->maximum);
  column->first = values[begin];
  column->last = values[end - 1];
  column->mean = (float) (plancia_series_sum (series, begin, end) / (double) (end - begin));
  column->count = (guint32) MIN (end - begin, G_MAXUINT32);
  column->gap_before = begin > 0 && times[begin] - times[begin - 1] > gap;
}

/* One line between two neighbours, cut to span: adds its length in ms and its area. */
static void
add_trapezoid (const gint64 *times,
               const float  *values,
               PlanciaSpan   span,
               double       *duration,
               double       *area)
{
  double length = (double) (times[1] - times[0]);
  double start = (double) MAX (times[0], span.start), end = (double) MIN (times[1], span.end);
  double slope = ((double) values[1] - values[0]) / length;
  double middle = values[0] + slope * ((start + end) / 2 - (double) times[0]);

  if (end <= start)
    return;
  *duration += end - start;
  *area += middle * (end - start);
}

/**
 * plancia_reduce_columns:
 * @series: a series
 * @span: the time the picture shows
 * @n_columns: how many equal parts; 0 does nothing
 * @columns: (out) (array length=n_columns): what is in each
 *
 * Sums the samples of each column up: first, last, smallest, largest. A value that stands alone
 * between a million others is still the largest of its column. Main thread.
 */
void
plancia_reduce_columns (PlanciaSeries *series,
                        PlanciaSpan    span,
                        guint          n_columns,
                        PlanciaColumn *columns)
{
  const gint64 *times = plancia_series_get_times (series);
  gsize         length = plancia_series_get_length (series);
  gint64        gap = plancia_series_get_gap (series);
  gsize         begin = plancia_series_lower_bound (series, span.start), guess = 0;

  for (guint i = 0; i < n_columns; i++) {
    gsize end = gallop (times, length, begin, border (span, i + 1, n_columns), guess);

    fill_column (series, begin, end, gap, &columns[i]);
    guess = end - begin;
    begin = end;
  }
}

/**
 * plancia_reduce_statistics:
 * @series: a series
 * @span: the time looked at
 * @out: (out): what was found
 *
 * Mean and integral follow the line between neighbours, cut to @span, and leave gaps out, so that
 * the integrals of two adjoining spans add up to that of both. Count, first, last, smallest and
 * largest are those of the samples in @span. Main thread.
 *
 * Returns: %FALSE if @span holds no sample
 */
gboolean
plancia_reduce_statistics (PlanciaSeries *series, PlanciaSpan span, PlanciaStatistics *out)
{
  const gint64 *times = plancia_series_get_times (series);
  const float  *values = plancia_series_get_values (series);
  gsize         length = plancia_series_get_length (series);
  gint64        gap = plancia_series_get_gap (series);
  gsize         begin = plancia_series_lower_bound (series, span.start);
  gsize         end = plancia_series_lower_bound (series, span.end);
  double        duration = 0, area = 0, sum = 0;
  float         minimum, maximum;

  *out = (PlanciaStatistics){0};
  if (end <= begin || !plancia_series_range (series, begin, end, &minimum, &maximum))
    return FALSE;
  for (gsize i = begin > 0 ? begin - 1 : 0; i < end && i + 1 < length; i++)
    if (times[i + 1] - times[i] <= gap)
      add_trapezoid (times + i, values + i, span, &duration, &area);
  for (gsize i = begin; i < end && duration <= 0; i++)
    sum += values[i];
  *out = (PlanciaStatistics){
    .mean = duration > 0 ? area / duration : sum / (double) (end - begin),
    .minimum = minimum,
    .maximum = maximum,
    .integral = area / (double) PLANCIA_HOUR,
    .first = values[begin],
    .last = values[end - 1],
    .count = end - begin,
  };
  return TRUE;
}

/* The first break whose gap ends after a time. */
static gsize
find_break (const gint64 *times, const gsize *breaks, gsize n_breaks, gint64 time)
{
  gsize low = 0, high = n_breaks;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (times[breaks[middle]] <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A stretch that is longer than the gap, cut to span. */
static void
add_gap (GArray *gaps, PlanciaSpan stretch, PlanciaSpan span, gint64 gap)
{
  if (stretch.end - stretch.start <= gap)
    return;
  stretch = plancia_span_intersect (stretch, span);
  if (!plancia_span_is_empty (stretch))
    g_array_append_val (gaps, stretch);
}

/**
 * plancia_reduce_gaps:
 * @series: a series
 * @span: the time looked at
 *
 * A stretch between two neighbours counts if it is longer than the series' gap, even if @span
 * holds only a part of it; so does one from the begin of @span to the first sample of all, and one
 * from the last one to the end of @span.
 *
 * Returns: (transfer full) (element-type PlanciaSpan): stretches without samples, sorted, cut to
 *   @span
 */
GArray *
plancia_reduce_gaps (PlanciaSeries *series, PlanciaSpan span)
{
  GArray       *gaps = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  const gint64 *times = plancia_series_get_times (series);
  gsize         length = plancia_series_get_length (series);
  gint64        gap = plancia_series_get_gap (series);
  gsize         n_breaks;
  const gsize  *breaks = plancia_series_get_breaks (series, &n_breaks);

  if (length == 0) {
    add_gap (gaps, span, span, gap);
    return gaps;
  }
  add_gap (gaps, (PlanciaSpan){span.start, times[0]}, span, gap);
  for (gsize i = find_break (times, breaks, n_breaks, span.start); i < n_breaks; i++) {
    PlanciaSpan stretch = {times[breaks[i] - 1], times[breaks[i]]};

    if (stretch.start >= span.end)
      break;
    add_gap (gaps, stretch, span, gap);
  }
  /* Behind the last sample only what lies in the span is known to be empty. */
  add_gap (gaps, (PlanciaSpan){times[length - 1], span.end}, span, gap);
  return gaps;
}
