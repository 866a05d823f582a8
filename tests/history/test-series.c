/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/series.h"

#include <math.h>

static void
count_change (PlanciaSeries *series, gpointer count)
{
  (*(guint *) count)++;
}

static void
merge_one (PlanciaSeries *series, gint64 time, double value)
{
  plancia_series_merge (series, &time, &value, 1);
}

static void
test_empty (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("powerGenerating", "Production", "W");
  float  minimum, maximum;
  gint64 found;
  double value;

  g_assert_cmpstr (plancia_series_get_key (series), ==, "powerGenerating");
  g_assert_cmpstr (plancia_series_get_title (series), ==, "Production");
  g_assert_cmpstr (plancia_series_get_unit (series), ==, "W");
  g_assert_cmpuint (plancia_series_get_length (series), ==, 0);
  g_assert_cmpuint (plancia_series_lower_bound (series, 0), ==, 0);
  g_assert_false (plancia_series_nearest (series, 0, &found, &value));
  g_assert_false (plancia_series_range (series, 0, 0, &minimum, &maximum));
  g_assert_cmpint (plancia_series_get_gap (series), >, 0);
}

static void
test_merges_out_of_order (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
  const gint64  late[] = {500, 600, 700};
  const double  late_values[] = {5, 6, 7};
  const gint64  early[] = {100, 500, 550, 900};
  const double  early_values[] = {1, 50, 5.5, 9};
  const gint64  wanted[] = {100, 500, 550, 600, 700, 900};
  const float   wanted_values[] = {1, 50, 5.5F, 6, 7, 9};
  guint         changes = 0;
  const gint64 *times;
  const float  *values;

  g_signal_connect (series, "changed", G_CALLBACK (count_change), &changes);
  plancia_series_merge (series, late, late_values, 3);
  plancia_series_merge (series, early, early_values, 4);
  g_assert_cmpuint (changes, ==, 2);
  plancia_series_merge (series, late, late_values, 0);
  g_assert_cmpuint (changes, ==, 2);

  times = plancia_series_get_times (series);
  values = plancia_series_get_values (series);
  g_assert_cmpuint (plancia_series_get_length (series), ==, G_N_ELEMENTS (wanted));
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_assert_cmpint (times[i], ==, wanted[i]);
    g_assert_cmpfloat (values[i], ==, wanted_values[i]);
  }
}

static void
test_equal_times_and_not_finite (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
  const gint64 times[] = {100, 100, 200, 300, 300};
  const double values[] = {1, 2, NAN, 4, INFINITY};

  plancia_series_merge (series, times, values, 5);
  g_assert_cmpuint (plancia_series_get_length (series), ==, 2);
  g_assert_cmpfloat (plancia_series_get_values (series)[0], ==, 2);
  g_assert_cmpfloat (plancia_series_get_values (series)[1], ==, 4);
  merge_one (series, 300, 5);
  g_assert_cmpuint (plancia_series_get_length (series), ==, 2);
  g_assert_cmpfloat (plancia_series_get_values (series)[1], ==, 5);
  merge_one (series, 100, 7);
  g_assert_cmpuint (plancia_series_get_length (series), ==, 2);
  g_assert_cmpfloat (plancia_series_get_values (series)[0], ==, 7);
}

static void
test_gap (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
  guint changes = 0;

  for (gint64 i = 0; i < 100; i++)
    merge_one (series, i * 300000 + (i > 50 ? 7200000 : 0), 1);
  g_assert_cmpint (plancia_series_get_gap (series), ==, 900000);
  g_signal_connect (series, "changed", G_CALLBACK (count_change), &changes);
  plancia_series_set_gap (series, 1000);
  g_assert_cmpint (plancia_series_get_gap (series), ==, 1000);
  plancia_series_set_gap (series, 1000);
  g_assert_cmpuint (changes, ==, 1);
}

static void
test_nearest (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
  static const struct
  {
    gint64   time;
    gboolean found;
    gint64   nearest;
  } rows[] = {
    {899,     FALSE, 0   },
    {900,     TRUE,  1000},
    {1000,    TRUE,  1000},
    {1049,    TRUE,  1000},
    {1050,    TRUE,  1000},
    {1051,    TRUE,  1100},
    {1200,    TRUE,  1100},
    {1201,    FALSE, 0   },
    {4899,    FALSE, 0   },
    {4900,    TRUE,  5000},
    {5100,    TRUE,  5000},
    {5101,    FALSE, 0   },
    {-100000, FALSE, 0   },
  };

  merge_one (series, 1000, 10);
  merge_one (series, 1100, 11);
  merge_one (series, 5000, 50);
  plancia_series_set_gap (series, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 found = -1;
    double value = -1;

    g_assert_cmpint (plancia_series_nearest (series, rows[i].time, &found, &value),
                     ==,
                     rows[i].found);
    if (rows[i].found) {
      g_assert_cmpint (found, ==, rows[i].nearest);
      g_assert_cmpfloat (value, ==, (double) rows[i].nearest / 100);
    }
  }
}

static void
assert_range (PlanciaSeries *series, gsize begin, gsize end)
{
  const float *values = plancia_series_get_values (series);
  float        low = values[begin], high = values[begin], minimum, maximum;

  for (gsize i = begin; i < end; i++) {
    low = MIN (low, values[i]);
    high = MAX (high, values[i]);
  }
  g_assert_true (plancia_series_range (series, begin, end, &minimum, &maximum));
  g_assert_cmpfloat (minimum, ==, low);
  g_assert_cmpfloat (maximum, ==, high);
}

/* Grown, patched in the middle, cleared and grown again: the pyramid must follow. */
static void
test_range_equals_brute_force (void)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20250330);

  for (guint round = 0; round < 400; round++) {
    gint64 times[64];
    double values[64];
    gsize  n = (gsize) g_rand_int_range (random, 1, 64), length;
    gint64 start = g_rand_int_range (random, 0, 20000);

    if (round == 200)
      plancia_series_clear (series);
    if (round % 3 != 0 && plancia_series_get_length (series) > 0)
      start = plancia_series_get_times (series)[plancia_series_get_length (series) - 1];
    for (gsize i = 0; i < n; i++) {
      times[i] = start + (gint64) i * g_rand_int_range (random, 1, 3) + (gint64) i;
      values[i] = g_rand_double_range (random, -1000, 1000);
      if (i > 0 && times[i] < times[i - 1])
        times[i] = times[i - 1];
    }
    plancia_series_merge (series, times, values, n);
    length = plancia_series_get_length (series);
    for (gsize i = 1; i < length; i++)
      g_assert_cmpint (plancia_series_get_times (series)[i - 1],
                       <,
                       plancia_series_get_times (series)[i]);
    for (guint question = 0; question < 20; question++) {
      gsize begin = (gsize) g_rand_int_range (random, 0, (gint32) length);
      gsize end = begin + 1 + (gsize) g_rand_int_range (random, 0, (gint32) (length - begin));

      assert_range (series, begin, MIN (end, length));
    }
    assert_range (series, 0, length);
  }
}

/* What a crosshair and the change between two cursors read. */
static void
test_nearest_equals_brute_force (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (511);

  for (guint round = 0; round < 100; round++) {
    g_autoptr (PlanciaSeries) series = plancia_series_new ("k", "K", NULL);
    gint64 last = 0;

    for (gint64 n = g_rand_int_range (random, 1, 60); n > 0; n--) {
      last += g_rand_int_range (random, 0, 4) == 0 ? g_rand_int_range (random, 0, 3)
                                                   : g_rand_int_range (random, 1, 1000);
      merge_one (series, last, (double) last);
    }
    if (round % 2 == 0)
      plancia_series_set_gap (series, g_rand_int_range (random, 1, 700));
    for (gint64 time = -10; time < last + 10; time += g_rand_int_range (random, 1, 40)) {
      const gint64 *times = plancia_series_get_times (series);
      gint64        gap = plancia_series_get_gap (series);
      gint64        nearest = G_MAXINT64, previous = G_MININT64, found;

      for (gsize i = 0; i < plancia_series_get_length (series); i++) {
        if (nearest == G_MAXINT64 || ABS (times[i] - time) < ABS (nearest - time))
          nearest = times[i];
        if (times[i] <= time)
          previous = times[i];
      }
      g_assert_cmpint (plancia_series_nearest (series, time, &found, NULL),
                       ==,
                       ABS (nearest - time) <= gap);
      if (ABS (nearest - time) <= gap)
        g_assert_cmpint (found, ==, nearest);
      g_assert_cmpint (plancia_series_previous (series, time, &found, NULL),
                       ==,
                       previous != G_MININT64 && time - previous <= gap);
      if (previous != G_MININT64 && time - previous <= gap)
        g_assert_cmpint (found, ==, previous);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/empty", test_empty);
  g_test_add_func ("/series/merges-out-of-order", test_merges_out_of_order);
  g_test_add_func ("/series/equal-times-and-not-finite", test_equal_times_and_not_finite);
  g_test_add_func ("/series/gap", test_gap);
  g_test_add_func ("/series/nearest", test_nearest);
  g_test_add_func ("/series/nearest-equals-brute-force", test_nearest_equals_brute_force);
  g_test_add_func ("/series/range-equals-brute-force", test_range_equals_brute_force);
  return g_test_run ();
}
