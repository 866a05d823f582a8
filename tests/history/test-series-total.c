/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/series-total.h"

#include <math.h>

#define DAY 24 * PLANCIA_HOUR

static const PlanciaSpan day = {0, DAY};

/* value each step from begin to end, and after a hole from again to last. */
static PlanciaSeries *
steady (gint64 step, double value, PlanciaSpan first, PlanciaSpan second)
{
  PlanciaSeries *series = plancia_series_new ("power", "Power", "kW");
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (gint64 time = first.start; time < MAX (first.end, second.end); time += step) {
    if (!plancia_span_contains (first, time) && !plancia_span_contains (second, time))
      continue;
    g_array_append_val (times, time);
    g_array_append_val (values, value);
  }
  plancia_series_merge (series,
                        (const gint64 *) (gpointer) times->data,
                        (const double *) (gpointer) values->data,
                        times->len);
  return series;
}

static const PlanciaSpan nothing = {0, 0};

typedef struct
{
  GPtrArray *series;
  GArray    *times;
  GArray    *values;
} Total;

static void
set_up (Total *total, gconstpointer data)
{
  total->series = g_ptr_array_new_with_free_func (g_object_unref);
  total->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  total->values = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
tear_down (Total *total, gconstpointer data)
{
  g_ptr_array_unref (total->series);
  g_array_unref (total->times);
  g_array_unref (total->values);
}

static void
compute (Total *total, gboolean mean)
{
  g_array_set_size (total->times, 0);
  g_array_set_size (total->values, 0);
  plancia_series_total (total->series, day, mean, total->times, total->values);
}

/* NAN: it is not known there. */
static double
at (Total *total, gint64 time)
{
  for (guint i = 0; i < total->times->len; i++)
    if (ABS (g_array_index (total->times, gint64, i) - time) <= 3 * PLANCIA_MINUTE)
      return g_array_index (total->values, double, i);
  return NAN;
}

/* One is read each 5 s, the other each 5 min: the sum is there each 5 min. */
static void
test_paces (Total *total, gconstpointer data)
{
  g_ptr_array_add (total->series, steady (5 * PLANCIA_SECOND, 2, day, nothing));
  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 3, day, nothing));
  compute (total, FALSE);
  g_assert_cmpuint (total->times->len, ==, 288);
  for (guint i = 0; i < total->values->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (total->values, double, i), 5, 1e-6);
  compute (total, TRUE);
  g_assert_cmpfloat_with_epsilon (at (total, 6 * PLANCIA_HOUR), 2.5, 1e-6);
}

/* Where one that works has a hole, nobody knows the sum. */
static void
test_hole (Total *total, gconstpointer data)
{
  PlanciaSpan morning = {0, 10 * PLANCIA_HOUR}, evening = {14 * PLANCIA_HOUR, DAY};

  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 2, morning, evening));
  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 3, day, nothing));
  compute (total, FALSE);
  g_assert_cmpfloat_with_epsilon (at (total, 9 * PLANCIA_HOUR), 5, 1e-6);
  g_assert_true (isnan (at (total, 12 * PLANCIA_HOUR)));
  g_assert_cmpfloat_with_epsilon (at (total, 15 * PLANCIA_HOUR), 5, 1e-6);
}

/* An inverter that made nothing before it fell silent and when it spoke again has slept. */
static void
test_sleep (Total *total, gconstpointer data)
{
  PlanciaSpan    before = {6 * PLANCIA_HOUR, 7 * PLANCIA_HOUR}, after = {20 * PLANCIA_HOUR, DAY};
  PlanciaSeries *sleeper = steady (5 * PLANCIA_MINUTE, 0, before, after);
  const gint64   noon = 6 * PLANCIA_HOUR + PLANCIA_MINUTE;
  const double   bright = 8;

  plancia_series_merge (sleeper, &noon, &bright, 1);
  g_ptr_array_add (total->series, sleeper);
  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 3, day, nothing));
  compute (total, FALSE);
  g_assert_cmpfloat_with_epsilon (at (total, 12 * PLANCIA_HOUR), 3, 1e-6);
}

/* Who is not read yet, or not any more, takes no part; of charges it is then the mean of the others. */
static void
test_comes_and_goes (Total *total, gconstpointer data)
{
  PlanciaSpan noon = {10 * PLANCIA_HOUR, 14 * PLANCIA_HOUR};

  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 50, noon, nothing));
  g_ptr_array_add (total->series, steady (5 * PLANCIA_MINUTE, 100, day, nothing));
  g_ptr_array_add (total->series, plancia_series_new ("none", "None", "%"));
  compute (total, TRUE);
  g_assert_cmpfloat_with_epsilon (at (total, 5 * PLANCIA_HOUR), 100, 1e-6);
  g_assert_cmpfloat_with_epsilon (at (total, 12 * PLANCIA_HOUR), 75, 1e-6);
  g_assert_cmpfloat_with_epsilon (at (total, 20 * PLANCIA_HOUR), 100, 1e-6);
}

static void
test_nothing (Total *total, gconstpointer data)
{
  compute (total, FALSE);
  g_assert_cmpuint (total->times->len, ==, 0);
  g_ptr_array_add (total->series, plancia_series_new ("none", "None", "kW"));
  compute (total, FALSE);
  g_assert_cmpuint (total->times->len, ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/series-total/" name, Total, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("paces", test_paces);
  ADD ("hole", test_hole);
  ADD ("sleep", test_sleep);
  ADD ("comes-and-goes", test_comes_and_goes);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
