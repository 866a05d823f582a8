/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/samples.h"

#include <math.h>

static void
test_sorts_and_last_wins (void)
{
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new ("device", "portal", (PlanciaSpan){0, 100});
  const PlanciaSampleColumn *column;

  plancia_samples_add (samples, "power", 30, 3);
  plancia_samples_add (samples, "power", 10, 1);
  plancia_samples_add (samples, "power", 30, 33);
  plancia_samples_add (samples, "power", 20, -0.0);
  plancia_samples_add (samples, "power", 40, NAN);
  plancia_samples_add (samples, "charge", 10, 68);
  plancia_samples_seal (samples);

  column = plancia_samples_find_column (samples, "power");
  g_assert_cmpuint (column->times->len, ==, 3);
  g_assert_cmpint (g_array_index (column->times, gint64, 0), ==, 10);
  g_assert_cmpint (g_array_index (column->times, gint64, 2), ==, 30);
  g_assert_cmpfloat (g_array_index (column->values, double, 2), ==, 33);
  g_assert_false (signbit (g_array_index (column->values, double, 1)));
  g_assert_cmpuint (plancia_samples_count (samples), ==, 4);
  g_assert_cmpuint (plancia_samples_get_n_columns (samples), ==, 2);
  g_assert_null (plancia_samples_find_column (samples, "voltage"));
  g_assert_cmpint (plancia_samples_get_covered (samples).end, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/sorts", test_sorts_and_last_wins);
  return g_test_run ();
}
