/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

static void
test_simulated_stands_still (void)
{
  plancia_clock_simulate (1781266530000, 0);
  g_assert_cmpint (plancia_clock_now (), ==, 1781266530000);
  g_assert_cmpint (plancia_clock_now (), ==, 1781266530000);
  plancia_clock_reset ();
  g_assert_cmpint (ABS (plancia_clock_now () - g_get_real_time () / 1000), <, 1000);
}

static void
test_simulated_runs (void)
{
  gint64 before = plancia_clock_monotonic ();
  gint64 shown, passed;

  plancia_clock_simulate (0, 1000);
  while (plancia_clock_monotonic () < before + 3) {
  }
  shown = plancia_clock_now ();
  passed = plancia_clock_monotonic () - before;
  g_assert_cmpint (shown, >=, 1000);
  g_assert_cmpint (shown, <=, (passed + 1) * 1000);
  plancia_clock_reset ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/stands-still", test_simulated_stands_still);
  g_test_add_func ("/clock/runs", test_simulated_runs);
  return g_test_run ();
}
