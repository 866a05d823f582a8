/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/zoom.h"

static const PlanciaSpan day = {0, 24 * PLANCIA_HOUR};

static void
test_zoom_keeps_the_pointer (void)
{
  gint64      at = 6 * PLANCIA_HOUR;
  PlanciaSpan span = plancia_zoom_at (day, day, at, 0.5);

  g_assert_cmpint (span.end - span.start, ==, 12 * PLANCIA_HOUR);
  /* A quarter of the picture lies before the pointer, as it did. */
  g_assert_cmpint (at - span.start, ==, 3 * PLANCIA_HOUR);

  span = plancia_zoom_at (span, day, at, 2);
  g_assert_true (plancia_zoom_equal (span, day));
}

static void
test_zoom_stays_inside (void)
{
  PlanciaSpan evening = {20 * PLANCIA_HOUR, 24 * PLANCIA_HOUR};
  PlanciaSpan wide = plancia_zoom_at (evening, day, 20 * PLANCIA_HOUR, 2);

  g_assert_cmpint (wide.end, ==, day.end);
  g_assert_cmpint (wide.start, ==, 16 * PLANCIA_HOUR);
  g_assert_true (plancia_zoom_equal (plancia_zoom_at (evening, day, 0, 1000), day));
}

static void
test_zoom_has_a_shortest_span (void)
{
  PlanciaSpan span = plancia_zoom_at (day, day, PLANCIA_HOUR, 1e-9);

  g_assert_cmpint (span.end - span.start, ==, PLANCIA_ZOOM_SHORTEST);
  g_assert_true (plancia_span_contains (span, PLANCIA_HOUR));
}

static void
test_pan (void)
{
  PlanciaSpan span = {2 * PLANCIA_HOUR, 4 * PLANCIA_HOUR};
  PlanciaSpan later = plancia_zoom_pan (span, day, PLANCIA_HOUR);
  PlanciaSpan last = plancia_zoom_pan (span, day, 100 * PLANCIA_HOUR);
  PlanciaSpan first = plancia_zoom_pan (span, day, -100 * PLANCIA_HOUR);

  g_assert_cmpint (later.start, ==, 3 * PLANCIA_HOUR);
  g_assert_cmpint (later.end, ==, 5 * PLANCIA_HOUR);
  g_assert_cmpint (last.start, ==, 22 * PLANCIA_HOUR);
  g_assert_cmpint (last.end, ==, day.end);
  g_assert_cmpint (first.start, ==, 0);
  g_assert_cmpint (first.end, ==, 2 * PLANCIA_HOUR);
}

static void
test_history (void)
{
  g_autoptr (PlanciaZoomHistory) history = plancia_zoom_history_new ();
  PlanciaSpan half = {0, 12 * PLANCIA_HOUR}, hour = {0, PLANCIA_HOUR}, span;

  g_assert_false (plancia_zoom_history_pop (history, day, &span));
  plancia_zoom_history_push (history, day);
  plancia_zoom_history_push (history, half);
  plancia_zoom_history_push (history, half);
  g_assert_true (plancia_zoom_history_pop (history, hour, &span));
  g_assert_true (plancia_zoom_equal (span, half));
  g_assert_true (plancia_zoom_history_pop (history, half, &span));
  g_assert_true (plancia_zoom_equal (span, day));
  g_assert_false (plancia_zoom_history_pop (history, day, &span));

  /* What is seen already is no way back. */
  plancia_zoom_history_push (history, half);
  plancia_zoom_history_push (history, hour);
  g_assert_true (plancia_zoom_history_pop (history, hour, &span));
  g_assert_true (plancia_zoom_equal (span, half));
}

static void
test_history_is_bounded (void)
{
  g_autoptr (PlanciaZoomHistory) history = plancia_zoom_history_new ();
  PlanciaSpan span = {0, 0};
  guint       count = 0;

  for (gint64 i = 1; i <= 1000; i++)
    plancia_zoom_history_push (history, (PlanciaSpan){0, i});
  while (count < 2000 && plancia_zoom_history_pop (history, day, &span))
    count++;
  g_assert_cmpuint (count, ==, 100);
  g_assert_cmpint (span.end, ==, 901);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zoom/keeps-the-pointer", test_zoom_keeps_the_pointer);
  g_test_add_func ("/zoom/stays-inside", test_zoom_stays_inside);
  g_test_add_func ("/zoom/shortest", test_zoom_has_a_shortest_span);
  g_test_add_func ("/zoom/pan", test_pan);
  g_test_add_func ("/zoom/history", test_history);
  g_test_add_func ("/zoom/history-bounded", test_history_is_bounded);
  return g_test_run ();
}
