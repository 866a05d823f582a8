/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/plot.h"
#include "history/axis.h"

#define DAY_START G_GINT64_CONSTANT (1781128800000) /* 2026-06-11 00:00 in Rome */

static void
fill (PlanciaPlot *plot)
{
  plancia_plot_init (plot);
  plot->axes[0].unit = "kW";
  plot->axes[1].unit = "%";
  plot->span = (PlanciaSpan){DAY_START, DAY_START + PLANCIA_DAY};
  plancia_plot_layout (plot, 875, 412);
}

static void
test_layout (void)
{
  PlanciaPlot plot;

  fill (&plot);
  g_assert_cmpfloat (plot.x, ==, 52);
  g_assert_cmpfloat (plot.y, ==, 24);
  g_assert_cmpfloat (plot.width, ==, 875 - 52 - 46);
  g_assert_cmpfloat (plot.height, ==, 412 - 24 - 52);

  plot.narrow = TRUE;
  plancia_plot_layout (&plot, 456, 300);
  g_assert_cmpfloat (plot.x, ==, 40);
  g_assert_cmpfloat (plot.width, ==, 456 - 40 - 38);

  plot.narrow = FALSE;
  plot.axes[1].unit = NULL;
  plot.scale = 1.5;
  plancia_plot_layout (&plot, 875, 412);
  g_assert_cmpfloat (plot.x, ==, 78);
  g_assert_cmpfloat (plot.width, ==, 875 - 78 - 27);

  plancia_plot_layout (&plot, 1, 1);
  g_assert_cmpfloat (plot.width, ==, 1);
  g_assert_cmpfloat (plot.height, ==, 1);
  plancia_plot_clear (&plot);
}

static void
test_time_and_pixels (void)
{
  PlanciaPlot plot;

  fill (&plot);
  g_assert_cmpfloat (plancia_plot_x (&plot, plot.span.start), ==, plot.x);
  g_assert_cmpfloat (plancia_plot_x (&plot, plot.span.end), ==, plot.x + plot.width);
  for (gint64 time = plot.span.start; time <= plot.span.end; time += 7 * PLANCIA_MINUTE + 13) {
    gint64 back = plancia_plot_time (&plot, plancia_plot_x (&plot, time));

    g_assert_cmpint (ABS (back - time), <=, 1);
  }
  plancia_plot_clear (&plot);
}

static void
test_hit (void)
{
  PlanciaPlot plot;

  fill (&plot);
  g_assert_true (plancia_plot_contains (&plot, plot.x, plot.y));
  g_assert_true (plancia_plot_contains (&plot, plot.x + plot.width - 1, plot.y + plot.height - 1));
  g_assert_false (plancia_plot_contains (&plot, plot.x - 1, plot.y + 5));
  g_assert_false (plancia_plot_contains (&plot, plot.x + plot.width, plot.y + 5));
  g_assert_false (plancia_plot_contains (&plot, plot.x + 5, plot.y - 1));
  g_assert_false (plancia_plot_contains (&plot, plot.x + 5, plot.y + plot.height));
  plancia_plot_clear (&plot);
}

static void
test_zero_is_shared (void)
{
  PlanciaPlot  plot;
  const double kilowatts[2] = {-5.6, 7.9}, percent[2] = {19, 100};

  fill (&plot);
  plancia_plot_set_ranges (&plot, kilowatts, percent);
  g_assert_cmpfloat (plot.axes[0].low, ==, -6);
  g_assert_cmpfloat (plot.axes[0].high, ==, 8);
  g_assert_cmpfloat (plancia_plot_y (&plot, 0, 8), ==, plot.y);
  g_assert_cmpfloat (plancia_plot_y (&plot, 0, -6), ==, plot.y + plot.height);
  g_assert_cmpfloat_with_epsilon (plancia_plot_y (&plot, 1, 0), plancia_plot_zero (&plot), 1e-9);
  g_assert_cmpfloat_with_epsilon (plancia_plot_y (&plot, 1, 100), plot.y, 1e-9);
  /* No tick of the percent axis is below zero. */
  g_assert_cmpuint (plot.axes[1].ticks->len, ==, 5);
  g_assert_cmpfloat (g_array_index (plot.axes[1].ticks, PlanciaTick, 0).value, ==, 0);
  plancia_plot_clear (&plot);
}

static void
test_only_negative_leaves_room (void)
{
  PlanciaPlot  plot;
  const double kilowatts[2] = {-6, -1}, percent[2] = {19, 100};

  fill (&plot);
  plancia_plot_set_ranges (&plot, kilowatts, percent);
  g_assert_cmpfloat (plot.axes[0].high, >, 0);
  g_assert_cmpfloat (plancia_plot_zero (&plot), >, plot.y + 20);
  g_assert_cmpfloat_with_epsilon (plancia_plot_y (&plot, 1, 100), plot.y, 1e-9);
  plancia_plot_clear (&plot);
}

static void
test_nothing_to_show (void)
{
  PlanciaPlot plot;

  fill (&plot);
  plancia_plot_set_ranges (&plot, NULL, NULL);
  g_assert_false (plot.axes[0].used);
  g_assert_false (plot.axes[1].used);
  g_assert_cmpfloat (plancia_plot_zero (&plot), ==, plot.y + plot.height);
  plancia_plot_clear (&plot);
}

static void
test_clock (void)
{
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  PlanciaPlot plot;

  fill (&plot);
  plancia_plot_set_clock (&plot, rome, TRUE);
  g_assert_cmpuint (plot.time_ticks->len, ==, 9);
  g_assert_cmpstr (g_array_index (plot.time_ticks, PlanciaTick, 0).label, ==, "00:00");
  g_assert_cmpstr (g_array_index (plot.time_ticks, PlanciaTick, 1).label, ==, "03:00");
  g_assert_cmpstr (g_array_index (plot.time_ticks, PlanciaTick, 8).label, ==, "00:00");

  plot.narrow = TRUE;
  plancia_plot_layout (&plot, 456, 300);
  plancia_plot_set_clock (&plot, rome, TRUE);
  g_assert_cmpuint (plot.time_ticks->len, ==, 5);
  g_assert_cmpstr (g_array_index (plot.time_ticks, PlanciaTick, 1).label, ==, "06:00");
  plancia_plot_clear (&plot);
}

/* The day on which the clock goes back has 25 hours, all of equal width. */
static void
test_long_day (void)
{
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  PlanciaPlot plot;

  fill (&plot);
  plot.span = plancia_span_day (rome, G_GINT64_CONSTANT (1792929600000)); /* 2026-10-25 */
  g_assert_cmpint (plot.span.end - plot.span.start, ==, 25 * PLANCIA_HOUR);
  plancia_plot_set_clock (&plot, rome, TRUE);
  g_assert_cmpfloat_with_epsilon (plancia_plot_x (&plot, plot.span.start + 25 * PLANCIA_HOUR / 2),
                                  plot.x + plot.width / 2,
                                  1e-6);
  plancia_plot_clear (&plot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/layout", test_layout);
  g_test_add_func ("/plot/time-and-pixels", test_time_and_pixels);
  g_test_add_func ("/plot/hit", test_hit);
  g_test_add_func ("/plot/zero-is-shared", test_zero_is_shared);
  g_test_add_func ("/plot/only-negative", test_only_negative_leaves_room);
  g_test_add_func ("/plot/nothing", test_nothing_to_show);
  g_test_add_func ("/plot/clock", test_clock);
  g_test_add_func ("/plot/long-day", test_long_day);
  return g_test_run ();
}
