/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-fixture.h"

#include "chart/chart-link.h"

/* Two charts in windows of their own, of the same day: the second has no second axis. */
typedef struct
{
  ChartFixture      first;
  ChartFixture      second;
  PlanciaChartLink *link;
  guint             moved; /* "visible-changed" of the first */
} Pair;

static void
count_cb (Pair *pair)
{
  pair->moved++;
}

static void
set_up (Pair *pair, gconstpointer data)
{
  chart_fixture_open (&pair->first, 700, 300);
  chart_fixture_fill (&pair->first);
  chart_fixture_open (&pair->second, 700, 300);
  pair->link = plancia_chart_link_new (pair->first.chart);
  plancia_chart_link_add (pair->link, pair->second.chart);
  g_signal_connect_swapped (pair->first.chart, "visible-changed", G_CALLBACK (count_cb), pair);
  chart_fixture_settle (&pair->first);
  pair->moved = 0;
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  plancia_chart_link_free (pair->link);
  chart_fixture_close (&pair->second);
  chart_fixture_close (&pair->first);
}

static void
assert_same (Pair *pair)
{
  PlanciaSpan first = plancia_chart_get_visible_span (pair->first.chart);
  PlanciaSpan second = plancia_chart_get_visible_span (pair->second.chart);

  g_assert_cmpint (first.start, ==, second.start);
  g_assert_cmpint (first.end, ==, second.end);
}

static void
test_one_time_axis (Pair *pair, gconstpointer data)
{
  PlanciaSpan day = plancia_chart_get_extent (pair->first.chart);
  gint64      noon = day.start + 12 * PLANCIA_HOUR;

  assert_same (pair);
  plancia_chart_zoom (pair->first.chart, noon, 0.5);
  assert_same (pair);
  g_assert_cmpuint (pair->moved, ==, 1);
  plancia_chart_zoom (pair->second.chart, noon, 0.5);
  assert_same (pair);
  g_assert_cmpuint (pair->moved, ==, 2);
  plancia_chart_set_visible_span (pair->first.chart, (PlanciaSpan){day.start, noon});
  assert_same (pair);
  day = (PlanciaSpan){day.start - PLANCIA_DAY, day.end};
  plancia_chart_set_extent (pair->first.chart, day, pair->first.zone);
  assert_same (pair);
  g_assert_cmpint (plancia_chart_get_extent (pair->second.chart).start, ==, day.start);
}

/* A zoom of one is gone back from at the other. */
static void
test_undo (Pair *pair, gconstpointer data)
{
  PlanciaSpan day = plancia_chart_get_extent (pair->first.chart);
  PlanciaSpan hour = {day.start + PLANCIA_HOUR, day.start + 2 * PLANCIA_HOUR};

  plancia_chart_zoom_to (pair->second.chart, hour);
  g_assert_cmpint (plancia_chart_get_visible_span (pair->first.chart).start, ==, hour.start);
  g_assert_true (plancia_chart_undo_zoom (pair->first.chart));
  assert_same (pair);
  g_assert_cmpint (plancia_chart_get_visible_span (pair->second.chart).start, ==, day.start);
}

static void
test_crosshair (Pair *pair, gconstpointer data)
{
  PlanciaSpan day = plancia_chart_get_extent (pair->first.chart);

  plancia_chart_set_cursor (pair->first.chart, day.start + 7 * PLANCIA_HOUR + 1234);
  g_assert_cmpint (plancia_chart_get_cursor (pair->first.chart), <, G_MAXINT64);
  g_assert_cmpint (plancia_chart_get_cursor (pair->second.chart),
                   ==,
                   plancia_chart_get_cursor (pair->first.chart));
  plancia_chart_set_cursor (pair->second.chart, G_MAXINT64);
  g_assert_cmpint (plancia_chart_get_cursor (pair->first.chart), ==, G_MAXINT64);
}

static void
test_cursors (Pair *pair, gconstpointer data)
{
  PlanciaCursors *first = plancia_chart_get_cursors (pair->first.chart);
  PlanciaCursors *second = plancia_chart_get_cursors (pair->second.chart);
  gint64          time = plancia_chart_get_extent (pair->first.chart).start + PLANCIA_HOUR;

  plancia_cursors_set_shown (first, TRUE);
  g_assert_true (plancia_cursors_get_shown (second));
  plancia_cursors_set_time (second, PLANCIA_CURSOR_A, time);
  g_assert_cmpint (plancia_cursors_get_time (first, PLANCIA_CURSOR_A), ==, time);
}

/* The curves of both are as wide, whichever axes they have, and alone again each has its own room. */
static void
test_room (Pair *pair, gconstpointer data)
{
  double wide;

  chart_fixture_settle (&pair->second);
  g_assert_cmpfloat (plancia_chart_get_plot (pair->second.chart)->width,
                     ==,
                     plancia_chart_get_plot (pair->first.chart)->width);
  wide = plancia_chart_get_plot (pair->first.chart)->width;
  plancia_chart_link_remove (pair->link, pair->second.chart);
  g_assert_cmpfloat (plancia_chart_get_plot (pair->first.chart)->width, ==, wide);
  plancia_chart_zoom (pair->first.chart, plancia_chart_get_extent (pair->first.chart).start, 0.5);
  g_assert_cmpint (plancia_chart_get_visible_span (pair->second.chart).end,
                   >,
                   plancia_chart_get_visible_span (pair->first.chart).end);
}

/* The next drag on either of them draws the box. */
static void
test_box (Pair *pair, gconstpointer data)
{
  plancia_chart_set_boxing (pair->first.chart, TRUE);
  g_assert_true (plancia_chart_get_boxing (pair->second.chart));
  plancia_chart_set_boxing (pair->second.chart, FALSE);
  g_assert_false (plancia_chart_get_boxing (pair->first.chart));
}

#define ADD(name, function) \
  g_test_add ("/chart-link/" name, Pair, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!chart_fixture_init ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  chart_fixture_style (FALSE);
  ADD ("one-time-axis", test_one_time_axis);
  ADD ("undo", test_undo);
  ADD ("crosshair", test_crosshair);
  ADD ("cursors", test_cursors);
  ADD ("room", test_room);
  ADD ("box", test_box);
  return g_test_run ();
}
