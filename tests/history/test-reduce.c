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
  }
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
  return g_test_run ();
}
