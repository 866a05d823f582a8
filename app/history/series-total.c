/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/series-total.h"

#include <math.h>

/* A gap is three times the pace. */
#define PACES_OF_A_GAP 3
/* No more points than a picture could show. */
#define MOST_POINTS 20000
/* So much of the largest value is nothing. */
#define NOTHING 0.005

/* One of them. */
typedef struct
{
  PlanciaSeries *series;
  double         least; /* what is smaller is nothing */
} Part;

typedef enum {
  KNOWN,
  UNKNOWN,
  NO_PART,
} Known;

static gint64
time_at (const Part *part, gsize index)
{
  return plancia_series_get_times (part->series)[index];
}

static double
value_at (const Part *part, gsize index)
{
  return plancia_series_get_values (part->series)[index];
}

static gboolean
rests_at (const Part *part, gsize index)
{
  return fabs (value_at (part, index)) <= part->least;
}

/* Between two samples that lie farther apart than the parts of time. */
static Known
find_between (const Part *part, gsize next, gint64 time, double *value)
{
  gint64 before, after;

  *value = 0;
  if (next == 0 || next == plancia_series_get_length (part->series))
    return NO_PART;
  before = time_at (part, next - 1);
  after = time_at (part, next);
  if (after - before > plancia_series_get_gap (part->series))
    return rests_at (part, next - 1) && rests_at (part, next) ? KNOWN : UNKNOWN;
  *value = value_at (part, next - 1) + (double) (time - before) / (double) (after - before) *
                                         (value_at (part, next) - value_at (part, next - 1));
  return KNOWN;
}

static Known
find_value (const Part *part, gint64 start, gint64 end, double *value)
{
  gsize first = plancia_series_lower_bound (part->series, start);
  gsize last = plancia_series_lower_bound (part->series, end);

  if (last > first) {
    *value = plancia_series_sum (part->series, first, last) / (double) (last - first);
    return KNOWN;
  }
  return find_between (part, first, start + (end - start) / 2, value);
}

/* Those with values, and the time that any of them has. */
static GArray *
find_parts (GPtrArray *series, PlanciaSpan *span)
{
  GArray     *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  PlanciaSpan all = {G_MAXINT64, G_MININT64};

  for (guint i = 0; i < series->len; i++) {
    Part  part = {.series = g_ptr_array_index (series, i)};
    gsize length = plancia_series_get_length (part.series);
    float low, high;

    if (length == 0)
      continue;
    plancia_series_range (part.series, 0, length, &low, &high);
    part.least = NOTHING * MAX (fabs ((double) low), fabs ((double) high));
    all.start = MIN (all.start, time_at (&part, 0));
    all.end = MAX (all.end, time_at (&part, length - 1) + 1);
    g_array_append_val (parts, part);
  }
  *span = plancia_span_intersect (*span, all);
  return parts;
}

static gint64
find_step (GArray *parts, PlanciaSpan span)
{
  gint64 step = PLANCIA_SECOND;

  for (guint i = 0; i < parts->len; i++)
    step = MAX (step,
                plancia_series_get_gap (g_array_index (parts, Part, i).series) / PACES_OF_A_GAP);
  step = MAX (step, (span.end - span.start) / MOST_POINTS);
  return (step + PLANCIA_SECOND - 1) / PLANCIA_SECOND * PLANCIA_SECOND;
}

/* FALSE: not all that take part are known. */
static gboolean
find_total (GArray *parts, gint64 start, gint64 end, gboolean mean, double *total)
{
  guint n = 0;

  *total = 0;
  for (guint i = 0; i < parts->len; i++) {
    double one;
    Known  known = find_value (&g_array_index (parts, Part, i), start, end, &one);

    if (known == UNKNOWN)
      return FALSE;
    n += known == KNOWN;
    *total += one;
  }
  if (mean && n > 0)
    *total /= n;
  return n > 0;
}

void
plancia_series_total (GPtrArray  *series,
                      PlanciaSpan span,
                      gboolean    mean,
                      GArray     *times,
                      GArray     *values)
{
  g_autoptr (GArray) parts = find_parts (series, &span);
  gint64 step = find_step (parts, span);

  if (parts->len == 0 || plancia_span_is_empty (span))
    return;
  for (gint64 start = span.start / step * step; start < span.end; start += step) {
    gint64 time = start + step / 2;
    double total;

    if (!find_total (parts, start, start + step, mean, &total))
      continue;
    g_array_append_val (times, time);
    g_array_append_val (values, total);
  }
}
