/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/reduce.h"

#include <math.h>

/* What a column holds by definition, found by looking at every sample. */
static PlanciaColumn
brute_column (PlanciaSeries *series, PlanciaSpan span, guint i, guint n)
{
  const gint64 *times = plancia_series_get_times (series);
  const float  *values = plancia_series_get_values (series);
  PlanciaColumn column = {0};
  gint64        length = span.end - span.start;
  double        sum = 0;

  for (gsize at = 0; at < plancia_series_get_length (series); at++) {
    gint64 time = times[at];

    if (time < span.start + length * i / n || time >= span.start + length * (i + 1) / n)
      continue;
    if (column.count == 0) {
      column.minimum = column.maximum = column.first = values[at];
      column.gap_before = at > 0 && time - times[at - 1] > plancia_series_get_gap (series);
    }
    column.minimum = MIN (column.minimum, values[at]);
    column.maximum = MAX (column.maximum, values[at]);
    column.last = values[at];
    column.count++;
    sum += values[at];
  }
  column.mean = column.count > 0 ? (float) (sum / column.count) : 0;
  return column;
}

static void
assert_columns (PlanciaSeries *series, PlanciaSpan span, guint n)
{
  g_autofree PlanciaColumn *columns = g_new (PlanciaColumn, n + 1);

  columns[n].count = 0xabcd;
  plancia_reduce_columns (series, span, n, columns);
  g_assert_cmpuint (columns[n].count, ==, 0xabcd);
  for (guint i = 0; i < n; i++) {
    PlanciaColumn wanted = brute_column (series, span, i, n);

    g_assert_cmpuint (columns[i].count, ==, wanted.count);
    g_assert_cmpfloat (columns[i].minimum, ==, wanted.minimum);
    g_assert_cmpfloat (columns[i].maximum, ==, wanted.maximum);
    g_assert_cmpfloat (columns[i].first, ==, wanted.first);
    g_assert_cmpfloat (columns[i].last, ==, wanted.last);
    /* Sums of another order. */
    g_assert_cmpfloat_with_epsilon (columns[i].mean,
                                    wanted.mean,
                                    1e-6 + 1e-6 * fabs ((double) wanted.mean));
    g_assert_cmpuint (columns[i].gap_before, ==, wanted.gap_before);
  }
}

/* Distances: mostly regular, some clusters, some duplicates, some holes of hours. */
static PlanciaSeries *
random_series (GRand *random, gsize length)
{
  PlanciaSeries     *series = plancia_series_new ("k", "K", "W");
  g_autofree gint64 *times = g_new (gint64, length);
  g_autofree double *values = g_new (double, length);
  gint64             time = G_GINT64_CONSTANT (1750000000000);

  for (gsize i = 0; i < length; i++) {
    int kind = g_rand_int_range (random, 0, 100);

    time += kind < 70   ? g_rand_int_range (random, 295000, 305000)
            : kind < 90 ? g_rand_int_range (random, 1, 50)
            : kind < 97 ? 0
                        : g_rand_int_range (random, 3600000, 40000000);
    times[i] = time;
    values[i] = g_rand_int_range (random, 0, 50) == 0 ? 1e6 : g_rand_double_range (random, -10, 10);
  }
  plancia_series_merge (series, times, values, length);
  return series;
}

static void
test_equals_brute_force (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 30; round++) {
    g_autoptr (PlanciaSeries)
      series = random_series (random, (gsize) g_rand_int_range (random, 1, 3000));
    gsize       length = plancia_series_get_length (series);
    PlanciaSpan all = {plancia_series_get_times (series)[0],
                       plancia_series_get_times (series)[length - 1] + 1};

    assert_columns (series, all, 97);
    for (guint zoom = 0; zoom < 5; zoom++) {
      gint64 start = all.start - 5000000 +
                     (gint64) (g_rand_double (random) * (double) (all.end - all.start));
      PlanciaSpan span = {start, start + g_rand_int_range (random, 10, 200000000)};

      assert_columns (series, span, (guint) g_rand_int_range (random, 1, 150));
    }
  }
}

/* A span that begins and ends somewhere around a series, and now and then on one of its samples. */
static PlanciaSpan
random_span (GRand *random, PlanciaSeries *series)
{
  gsize         length = plancia_series_get_length (series);
  const gint64 *times = plancia_series_get_times (series);
  gint64        margin = (times[length - 1] - times[0]) / 4 + 400000;
  gint64        ends[2];

  for (guint i = 0; i < 2; i++)
    if (g_rand_int_range (random, 0, 4) == 0)
      ends[i] = times[g_rand_int_range (random, 0, (gint32) length)];
    else
      ends[i] =
        times[0] - margin +
        (gint64) (g_rand_double (random) * (double) (times[length - 1] - times[0] + 2 * margin));
  return (PlanciaSpan){MIN (ends[0], ends[1]), MAX (ends[0], ends[1])};
}

/* The value of the line between samples i and i + 1. */
static double
on_line (PlanciaSeries *series, gsize i, gint64 time)
{
  const gint64 *times = plancia_series_get_times (series);
  const float  *values = plancia_series_get_values (series);
  double        part = (double) (time - times[i]) / (double) (times[i + 1] - times[i]);

  return values[i] * (1 - part) + values[i + 1] * part;
}

typedef struct
{
  PlanciaStatistics found;
  double            duration; /* ms with a line */
  double            weight;   /* area of all lines without their signs, for what rounding may do */
} Brute;

static void
add_samples (PlanciaSeries *series, PlanciaSpan span, Brute *brute)
{
  PlanciaStatistics *found = &brute->found;
  double             sum = 0;

  for (gsize i = 0; i < plancia_series_get_length (series); i++) {
    double value = plancia_series_get_values (series)[i];

    if (!plancia_span_contains (span, plancia_series_get_times (series)[i]))
      continue;
    if (found->count++ == 0)
      found->minimum = found->maximum = found->first = value;
    found->minimum = MIN (found->minimum, value);
    found->maximum = MAX (found->maximum, value);
    found->last = value;
    sum += value;
  }
  found->mean = found->count > 0 ? sum / (double) found->count : 0;
}

/* By definition: each line, from where it comes into the span to where it leaves it. */
static Brute
brute_statistics (PlanciaSeries *series, PlanciaSpan span)
{
  const gint64 *times = plancia_series_get_times (series);
  Brute         brute = {0};
  double        area = 0;

  add_samples (series, span, &brute);
  for (gsize i = 0; i + 1 < plancia_series_get_length (series); i++) {
    PlanciaSpan line = plancia_span_intersect ((PlanciaSpan){times[i], times[i + 1]}, span);
    double      middle, ms = (double) (line.end - line.start);

    if (times[i + 1] - times[i] > plancia_series_get_gap (series) || plancia_span_is_empty (line))
      continue;
    middle = (on_line (series, i, line.start) + on_line (series, i, line.end)) / 2;
    area += middle * ms;
    brute.duration += ms;
    brute.weight += fabs (middle) * ms;
  }
  brute.found.integral = area / (double) PLANCIA_HOUR;
  brute.weight /= (double) PLANCIA_HOUR;
  if (brute.duration > 0)
    brute.found.mean = area / brute.duration;
  return brute;
}

static void
assert_statistics (PlanciaSeries *series, PlanciaSpan span)
{
  Brute             brute = brute_statistics (series, span);
  PlanciaStatistics out;
  double            hours = brute.duration / (double) PLANCIA_HOUR;

  g_assert_cmpint (plancia_reduce_statistics (series, span, &out), ==, brute.found.count > 0);
  if (brute.found.count == 0)
    return;
  g_assert_cmpuint (out.count, ==, brute.found.count);
  g_assert_cmpfloat (out.minimum, ==, brute.found.minimum);
  g_assert_cmpfloat (out.maximum, ==, brute.found.maximum);
  g_assert_cmpfloat (out.first, ==, brute.found.first);
  g_assert_cmpfloat (out.last, ==, brute.found.last);
  g_assert_cmpfloat_with_epsilon (out.integral, brute.found.integral, 1e-6 + 1e-9 * brute.weight);
  g_assert_cmpfloat_with_epsilon (out.mean,
                                  brute.found.mean,
                                  1e-6 + (hours > 0 ? (1e-6 + 1e-9 * brute.weight) / hours : 1e-3));
}

/* What the table of the two cursors says: mean, smallest, largest and the energy under a curve, wherever they stand. */
static void
test_statistics_equal_brute_force (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1612);

  for (guint round = 0; round < 60; round++) {
    g_autoptr (PlanciaSeries)
      series = random_series (random, (gsize) g_rand_int_range (random, 1, 600));

    if (round % 3 == 0)
      plancia_series_set_gap (series, g_rand_int_range (random, 1, 400000));
    for (guint question = 0; question < 20; question++) {
      PlanciaSpan       span = random_span (random, series);
      gint64            cut = span.start + (span.end - span.start) / 3;
      PlanciaStatistics whole = {0}, left = {0}, right = {0};

      assert_statistics (series, span);
      /* Two cursors more in between take nothing away. */
      if (plancia_reduce_statistics (series, span, &whole) &&
          plancia_reduce_statistics (series, (PlanciaSpan){span.start, cut}, &left) &&
          plancia_reduce_statistics (series, (PlanciaSpan){cut, span.end}, &right))
        g_assert_cmpfloat_with_epsilon (left.integral + right.integral,
                                        whole.integral,
                                        1e-6 + 1e-9 * brute_statistics (series, span).weight);
    }
  }
}

/* Whether a moment lies where there are no samples, by definition. */
static gboolean
is_in_gap (PlanciaSeries *series, PlanciaSpan span, gint64 time)
{
  const gint64 *times = plancia_series_get_times (series);
  gsize         length = plancia_series_get_length (series);
  gint64        gap = plancia_series_get_gap (series);

  if (time < times[0])
    return times[0] - span.start > gap;
  for (gsize i = 0; i + 1 < length; i++)
    if (time >= times[i] && time < times[i + 1])
      return times[i + 1] - times[i] > gap;
  return span.end - times[length - 1] > gap;
}

static gboolean
is_in (GArray *spans, gint64 time)
{
  for (guint i = 0; i < spans->len; i++)
    if (plancia_span_contains (g_array_index (spans, PlanciaSpan, i), time))
      return TRUE;
  return FALSE;
}

static void
assert_gaps_of (GRand *random, PlanciaSeries *series, PlanciaSpan span)
{
  const gint64 *times = plancia_series_get_times (series);
  g_autoptr (GArray) gaps = plancia_reduce_gaps (series, span);

  for (guint i = 0; i < gaps->len; i++) {
    PlanciaSpan found = g_array_index (gaps, PlanciaSpan, i);

    g_assert_cmpint (found.start, <, found.end);
    g_assert_cmpint (found.start, >=, span.start);
    g_assert_cmpint (found.end, <=, span.end);
    if (i > 0)
      g_assert_cmpint (found.start, >=, g_array_index (gaps, PlanciaSpan, i - 1).end);
  }
  for (gsize i = 0; i < plancia_series_get_length (series); i++)
    for (gint64 time = times[i] - 1; time <= times[i] + 1; time++)
      if (plancia_span_contains (span, time))
        g_assert_cmpint (is_in (gaps, time), ==, is_in_gap (series, span, time));
  for (guint probe = 0; probe < 50 && !plancia_span_is_empty (span); probe++) {
    gint64 time = span.start + (gint64) (g_rand_double (random) * (double) (span.end - span.start));

    g_assert_cmpint (is_in (gaps, time), ==, is_in_gap (series, span, time));
  }
}

/* Also while the series grows at its end and in its middle, which must not leave old breaks behind. */
static void
test_gaps_equal_brute_force (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (99);

  for (guint round = 0; round < 60; round++) {
    g_autoptr (PlanciaSeries)
      series = random_series (random, (gsize) g_rand_int_range (random, 1, 300));

    if (round % 3 == 0)
      plancia_series_set_gap (series, g_rand_int_range (random, 1, 400000));
    for (guint question = 0; question < 6; question++) {
      gint64 time = random_span (random, series).start;

      assert_gaps_of (random, series, random_span (random, series));
      plancia_series_merge (series, &time, &(double){1}, 1);
    }
  }
}

static void
test_spike_is_not_lost (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", "W");
  g_autofree gint64 *times = g_new (gint64, 100000);
  g_autofree double *values = g_new0 (double, 100000);
  PlanciaColumn      columns[10];

  for (gint64 i = 0; i < 100000; i++)
    times[i] = i;
  values[54321] = 9999;
  plancia_series_merge (series, times, values, 100000);
  plancia_reduce_columns (series, (PlanciaSpan){0, 100000}, 10, columns);
  for (guint i = 0; i < 10; i++) {
    g_assert_cmpuint (columns[i].count, ==, 10000);
    g_assert_cmpfloat (columns[i].maximum, ==, i == 5 ? 9999 : 0);
  }
}

static void
test_odd_spans (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", "W");
  PlanciaColumn columns[3];

  plancia_reduce_columns (series, (PlanciaSpan){0, 100}, 3, columns);
  g_assert_cmpuint (columns[0].count + columns[1].count + columns[2].count, ==, 0);
  plancia_series_merge (series, (gint64[]){50}, (double[]){1}, 1);
  plancia_reduce_columns (series, (PlanciaSpan){0, 0}, 3, columns);
  g_assert_cmpuint (columns[0].count + columns[1].count + columns[2].count, ==, 0);
  plancia_reduce_columns (series, (PlanciaSpan){0, G_MAXINT64}, 3, columns);
  g_assert_cmpuint (columns[0].count, ==, 1);
  plancia_reduce_columns (series, (PlanciaSpan){0, 100}, 0, columns);
}

/* 0 W to 1000 W in an hour, an hour at 1000 W, then a hole of a day, then 10 minutes at 600 W. */
static PlanciaSeries *
ramp (void)
{
  PlanciaSeries *series = plancia_series_new ("k", "K", "W");

  for (gint64 i = 0; i <= 12; i++)
    plancia_series_merge (series, &(gint64){i * 300000}, &(double){(double) i * 1000 / 12}, 1);
  for (gint64 i = 13; i <= 24; i++)
    plancia_series_merge (series, &(gint64){i * 300000}, &(double){1000}, 1);
  for (gint64 i = 0; i <= 2; i++)
    plancia_series_merge (series, &(gint64){PLANCIA_DAY + i * 300000}, &(double){600}, 1);
  return series;
}

static void
test_statistics (void)
{
  g_autoptr (PlanciaSeries) series = ramp ();
  PlanciaStatistics out, left, right;

  g_assert_true (plancia_reduce_statistics (series, (PlanciaSpan){0, 2 * PLANCIA_DAY}, &out));
  g_assert_cmpfloat_with_epsilon (out.integral, 500 + 1000 + 100, 0.001);
  g_assert_cmpfloat_with_epsilon (out.mean, 1600 / (2 + 1.0 / 6), 0.001);
  g_assert_cmpfloat (out.minimum, ==, 0);
  g_assert_cmpfloat (out.maximum, ==, 1000);
  g_assert_cmpfloat (out.first, ==, 0);
  g_assert_cmpfloat (out.last, ==, 600);
  g_assert_cmpuint (out.count, ==, 28);

  /* Cut in the middle of a line: the parts make the whole. */
  g_assert_true (plancia_reduce_statistics (series, (PlanciaSpan){0, 1234567}, &left));
  g_assert_true (
    plancia_reduce_statistics (series, (PlanciaSpan){1234567, 2 * PLANCIA_HOUR + 1}, &right));
  g_assert_cmpfloat_with_epsilon (left.integral + right.integral, 1500, 0.001);

  g_assert_false (
    plancia_reduce_statistics (series, (PlanciaSpan){3 * PLANCIA_HOUR, 4 * PLANCIA_HOUR}, &out));
  g_assert_false (plancia_reduce_statistics (series, (PlanciaSpan){5, 5}, &out));
  g_assert_false (plancia_reduce_statistics (series, (PlanciaSpan){5, 4}, &out));
}

static void
test_statistics_of_one (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", "W");
  PlanciaStatistics out;

  plancia_series_merge (series, (gint64[]){50}, (double[]){42}, 1);
  g_assert_true (plancia_reduce_statistics (series, (PlanciaSpan){0, 100}, &out));
  g_assert_cmpfloat (out.mean, ==, 42);
  g_assert_cmpfloat (out.integral, ==, 0);
  g_assert_cmpuint (out.count, ==, 1);
}

static void
assert_gaps (PlanciaSeries *series, PlanciaSpan span, const PlanciaSpan *wanted, guint n)
{
  g_autoptr (GArray) gaps = plancia_reduce_gaps (series, span);

  g_assert_cmpuint (gaps->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (g_array_index (gaps, PlanciaSpan, i).start, ==, wanted[i].start);
    g_assert_cmpint (g_array_index (gaps, PlanciaSpan, i).end, ==, wanted[i].end);
  }
}

static void
test_gaps (void)
{
  g_autoptr (PlanciaSeries) series = ramp ();
  g_autoptr (PlanciaSeries) empty = plancia_series_new ("k", "K", "W");
  const gint64      last = PLANCIA_DAY + 600000;
  const PlanciaSpan hole = {2 * PLANCIA_HOUR, PLANCIA_DAY};
  const PlanciaSpan three[] = {
    {-PLANCIA_HOUR, 0              },
    {hole.start,    hole.end       },
    {last,          2 * PLANCIA_DAY}
  };
  const PlanciaSpan part = {5 * PLANCIA_HOUR, 5 * PLANCIA_HOUR + 60000};

  assert_gaps (series, (PlanciaSpan){0, PLANCIA_DAY + 1}, &hole, 1);
  assert_gaps (series, (PlanciaSpan){-PLANCIA_HOUR, 2 * PLANCIA_DAY}, three, 3);
  assert_gaps (series, part, &part, 1);
  assert_gaps (series, (PlanciaSpan){-600000, PLANCIA_HOUR}, NULL, 0);
  assert_gaps (series, (PlanciaSpan){last, last + 600000}, NULL, 0);
  assert_gaps (empty,
               (PlanciaSpan){
                 0,
                 PLANCIA_DAY
  },
               (PlanciaSpan[]){{0, PLANCIA_DAY}},
               1);
  assert_gaps (empty, (PlanciaSpan){10, 10}, NULL, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reduce/equals-brute-force", test_equals_brute_force);
  g_test_add_func ("/reduce/spike-is-not-lost", test_spike_is_not_lost);
  g_test_add_func ("/reduce/odd-spans", test_odd_spans);
  g_test_add_func ("/reduce/statistics", test_statistics);
  g_test_add_func ("/reduce/statistics-of-one", test_statistics_of_one);
  g_test_add_func ("/reduce/gaps", test_gaps);
  g_test_add_func ("/reduce/statistics-equal-brute-force", test_statistics_equal_brute_force);
  g_test_add_func ("/reduce/gaps-equal-brute-force", test_gaps_equal_brute_force);
  return g_test_run ();
}
