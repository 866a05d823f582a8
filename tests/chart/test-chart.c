/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-fixture.h"

#include "chart/legend.h"
#include "chart/line-layer.h"

#define WIDTH  875
#define HEIGHT 412

static void
open_chart (ChartFixture *fixture)
{
  chart_fixture_open (fixture, WIDTH, HEIGHT);
  chart_fixture_fill (fixture);
  chart_fixture_settle (fixture);
}

static void
count (guint *counter)
{
  *counter += 1;
}

static void
test_axes_by_unit (void)
{
  ChartFixture fixture = {0};

  open_chart (&fixture);
  g_assert_cmpuint (plancia_layer_get_axis (plancia_chart_get_layer (fixture.chart, 0)), ==, 0);
  g_assert_cmpuint (plancia_layer_get_axis (plancia_chart_get_layer (fixture.chart, 2)), ==, 1);
  g_assert_cmpstr (plancia_chart_get_plot (fixture.chart)->axes[1].unit, ==, "%");
  chart_fixture_close (&fixture);
}

static void
test_zoom_and_undo (void)
{
  ChartFixture fixture = {0};
  PlanciaSpan  day, span;
  guint        moved = 0;

  open_chart (&fixture);
  g_signal_connect_swapped (fixture.chart, "visible-changed", G_CALLBACK (count), &moved);
  day = plancia_chart_get_extent (fixture.chart);
  plancia_chart_fit (fixture.chart); /* nothing to fit: no signal */
  g_assert_cmpuint (moved, ==, 0);
  plancia_chart_zoom (fixture.chart, day.start + PLANCIA_HOUR, 0.25);
  span = plancia_chart_get_visible_span (fixture.chart);
  g_assert_cmpint (span.end - span.start, ==, 6 * PLANCIA_HOUR);
  g_assert_cmpuint (moved, ==, 1);
  plancia_chart_pan (fixture.chart, -PLANCIA_DAY);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start, ==, day.start);
  plancia_chart_fit (fixture.chart);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).end, ==, day.end);
  g_assert_true (plancia_chart_undo_zoom (fixture.chart));
  span = plancia_chart_get_visible_span (fixture.chart);
  g_assert_cmpint (span.end - span.start, ==, 6 * PLANCIA_HOUR);

  /* Another day: there is no way back to a zoom of this one. */
  plancia_chart_set_extent (fixture.chart,
                            plancia_span_day_offset (fixture.zone, day.start, 1),
                            fixture.zone);
  g_assert_false (plancia_chart_undo_zoom (fixture.chart));
  chart_fixture_close (&fixture);
}

static void
test_cursor_snaps_and_speaks (void)
{
  ChartFixture     fixture = {0};
  gint64           noon = FIXTURE_DAY_START + 12 * PLANCIA_HOUR;
  g_autofree char *words = NULL;
  g_autofree char *hole = NULL;
  guint            moved = 0;
  gint64           at;

  open_chart (&fixture);
  g_signal_connect_swapped (fixture.chart, "cursor-moved", G_CALLBACK (count), &moved);
  plancia_chart_set_cursor (fixture.chart, noon + 1234);
  at = plancia_chart_get_cursor (fixture.chart);
  g_assert_cmpint (ABS (at - noon), <, 30 * PLANCIA_SECOND);
  g_assert_cmpint (
    plancia_series_get_times (fixture.sun)[plancia_series_lower_bound (fixture.sun, at)],
    ==,
    at);
  words = plancia_chart_describe (fixture.chart);
  g_assert_true (g_str_has_prefix (words, "12:00, Sun "));
  g_assert_nonnull (strstr (words, "State of charge 91\u00a0%"));

  plancia_chart_step_cursor (fixture.chart, 1);
  g_assert_cmpint (plancia_chart_get_cursor (fixture.chart), >, at + 4 * PLANCIA_MINUTE);
  plancia_chart_step_cursor (fixture.chart, -1);
  g_assert_cmpint (plancia_chart_get_cursor (fixture.chart), ==, at);
  plancia_chart_step_cursor (fixture.chart, G_MININT32);
  g_assert_cmpint (plancia_chart_get_cursor (fixture.chart), <, FIXTURE_DAY_START + PLANCIA_MINUTE);
  plancia_chart_step_cursor (fixture.chart, G_MAXINT32);
  g_assert_cmpint (plancia_chart_get_cursor (fixture.chart),
                   >,
                   FIXTURE_DAY_START + PLANCIA_DAY - 6 * PLANCIA_MINUTE);
  g_assert_cmpuint (moved, ==, 5);
  chart_fixture_close (&fixture);
}

/* A value is never read out of a hole. */
static void
test_hole_has_no_value (void)
{
  ChartFixture     fixture = {0};
  g_autofree char *words = NULL;

  open_chart (&fixture);
  plancia_series_set_gap (fixture.sun, 15 * PLANCIA_MINUTE);
  words = plancia_layer_describe (plancia_chart_get_layer (fixture.chart, 0),
                                  FIXTURE_DAY_START + 17 * PLANCIA_HOUR + 15 * PLANCIA_MINUTE);
  g_assert_cmpstr (words, ==, "\u2014");
  chart_fixture_close (&fixture);
}

static void
test_hidden_layer_leaves_the_axis (void)
{
  ChartFixture     fixture = {0};
  PlanciaLegend   *legend;
  g_autofree char *words = NULL;

  open_chart (&fixture);
  legend = g_object_ref_sink (PLANCIA_LEGEND (plancia_legend_new ()));
  plancia_legend_set_chart (legend, fixture.chart);
  g_assert_cmpfloat (plancia_chart_get_plot (fixture.chart)->axes[0].low, <, -3);
  plancia_legend_toggle (legend, 3);
  g_assert_true (plancia_layer_get_hidden (plancia_chart_get_layer (fixture.chart, 3)));
  g_assert_cmpfloat (plancia_chart_get_plot (fixture.chart)->axes[0].low, ==, 0);
  words = plancia_chart_describe (fixture.chart);
  g_assert_null (strstr (words, "Grid"));

  plancia_legend_isolate (legend, 2);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (plancia_layer_get_hidden (plancia_chart_get_layer (fixture.chart, i)),
                     ==,
                     i != 2);
  g_assert_false (plancia_chart_get_plot (fixture.chart)->axes[0].used);
  plancia_legend_isolate (legend, 2);
  for (guint i = 0; i < 4; i++)
    g_assert_false (plancia_layer_get_hidden (plancia_chart_get_layer (fixture.chart, i)));
  g_object_unref (legend);
  chart_fixture_close (&fixture);
}

/* Other curves take the place of the first ones, with other units; the legend follows. */
static void
test_other_layers (void)
{
  ChartFixture   fixture = {0};
  PlanciaLegend *legend;
  g_autoptr (PlanciaSeries) volts = plancia_series_new ("u", "Grid voltage", "V");
  g_autoptr (PlanciaLayer) layer = plancia_line_layer_new (volts, 1, PLANCIA_LINE_AREA);

  open_chart (&fixture);
  legend = g_object_ref_sink (PLANCIA_LEGEND (plancia_legend_new ()));
  plancia_legend_set_chart (legend, fixture.chart);
  plancia_chart_remove_layers (fixture.chart);
  g_assert_cmpuint (plancia_chart_get_n_layers (fixture.chart), ==, 0);
  plancia_chart_add_layer (fixture.chart, layer);
  g_assert_cmpstr (plancia_chart_get_plot (fixture.chart)->axes[0].unit, ==, "V");
  plancia_legend_toggle (legend, 0);
  g_assert_true (plancia_layer_get_hidden (layer));
  g_object_unref (legend);
  chart_fixture_close (&fixture);
}

static void
test_palette (void)
{
  ChartFixture          fixture = {0};
  const PlanciaPalette *palette;
  GdkRGBA               expected;

  open_chart (&fixture);
  palette = plancia_chart_get_palette (fixture.chart);
  gdk_rgba_parse (&expected, "#b87300");
  g_assert_true (gdk_rgba_equal (&palette->series[0], &expected));
  gdk_rgba_parse (&expected, "#b23ad0");
  g_assert_true (gdk_rgba_equal (&palette->series[3], &expected));
  expected = plancia_palette_series (palette, 7);
  g_assert_true (gdk_rgba_equal (&palette->series[0], &expected));
  chart_fixture_close (&fixture);
}

/* Inside the hole there is hatching and ground, none of the curves. */
static void
test_picture_hole_is_a_hole (void)
{
  ChartFixture       fixture = {0};
  cairo_surface_t   *picture;
  const PlanciaPlot *plot;
  guint              changes = 0;
  int                x, middle;

  open_chart (&fixture);
  plancia_chart_set_cursor (fixture.chart, FIXTURE_DAY_START + 12 * PLANCIA_HOUR);
  picture = chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-day");
  plot = plancia_chart_get_plot (fixture.chart);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, WIDTH);
  x = (int) plancia_plot_x (plot, FIXTURE_DAY_START + 17 * PLANCIA_HOUR + 15 * PLANCIA_MINUTE);
  middle = (int) plancia_plot_y (plot, 0, 4);
  for (int y = middle - 40; y < middle + 40; y++) {
    guint32 pixel = chart_fixture_pixel (picture, x, y);
    int     red = (int) (pixel >> 16), blue = (int) (pixel & 0xff);

    g_assert_cmpint (ABS (red - blue), <, 12);
    changes += pixel != chart_fixture_pixel (picture, x, y + 1);
  }
  g_assert_cmpuint (changes, >, 10); /* the hatching */
  /* Beside it the sun's area is warm. */
  x = (int) plancia_plot_x (plot, FIXTURE_DAY_START + 16 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE);
  g_assert_cmpint ((int) (chart_fixture_pixel (picture, x, middle) >> 16),
                   >,
                   (int) (chart_fixture_pixel (picture, x, middle) & 0xff) + 12);
  cairo_surface_destroy (picture);
  chart_fixture_close (&fixture);
}

/* A million points are drawn as columns, and a spike of one sample is still there. */
static void
test_picture_dense (void)
{
  enum {
    N = 1000000
  };
  ChartFixture       fixture = {0};
  g_autofree gint64 *times = g_new (gint64, N);
  g_autofree double *values = g_new (double, N);
  g_autoptr (PlanciaSeries) series = plancia_series_new ("x", "X", "kW");
  cairo_surface_t *picture;
  int              x, y;
  guint32          pixel;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  for (int i = 0; i < N; i++) {
    times[i] = FIXTURE_DAY_START + i * 80;
    values[i] = i == N / 2 ? 9.9 : 1 + i % 10 * 0.05;
  }
  plancia_series_merge (series, times, values, N);
  plancia_chart_add_layer (fixture.chart, plancia_line_layer_new (series, 1, PLANCIA_LINE_AREA));
  chart_fixture_settle (&fixture);
  g_assert_true (plancia_layer_is_dense (plancia_chart_get_layer (fixture.chart, 0),
                                         plancia_chart_get_plot (fixture.chart)));
  picture = chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-dense");
  x = (int) plancia_plot_x (plancia_chart_get_plot (fixture.chart), times[N / 2]);
  y = (int) plancia_plot_y (plancia_chart_get_plot (fixture.chart), 0, 9);
  pixel = chart_fixture_pixel (picture, x, y);
  g_assert_cmpint ((int) (pixel >> 16), >, (int) (pixel & 0xff) + 80);
  cairo_surface_destroy (picture);
  chart_fixture_close (&fixture);
}

/* A and B start inside the day, stay in it, and are taken by a pointer that comes near. */
static void
test_cursors (void)
{
  ChartFixture       fixture;
  PlanciaCursors    *cursors;
  const PlanciaPlot *plot;
  g_autofree char   *clock = NULL;
  g_autofree char   *words = NULL;
  double             x;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  chart_fixture_fill (&fixture);
  chart_fixture_settle (&fixture);
  cursors = plancia_chart_get_cursors (fixture.chart);
  plot = plancia_chart_get_plot (fixture.chart);
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_A, FIXTURE_DAY_START + 615 * PLANCIA_MINUTE);
  x = plancia_plot_x (plot, FIXTURE_DAY_START + 615 * PLANCIA_MINUTE);
  g_assert_cmpint (plancia_cursors_pick (cursors, x, plot->y), ==, PLANCIA_CURSOR_NONE);
  plancia_cursors_set_shown (cursors, TRUE);
  g_assert_cmpint (plancia_cursors_pick (cursors, x + 3, plot->y), ==, PLANCIA_CURSOR_A);
  g_assert_cmpint (plancia_cursors_pick (cursors, x + 30, plot->y), ==, PLANCIA_CURSOR_NONE);
  clock = plancia_cursors_format (cursors, PLANCIA_CURSOR_A);
  g_assert_cmpstr (clock, ==, "10:15");
  words = plancia_chart_describe (fixture.chart);
  g_assert_nonnull (strstr (words, "A 10:15, B "));
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_B, 0);
  g_assert_cmpint (plancia_cursors_get_span (cursors).start,
                   ==,
                   plancia_chart_get_extent (fixture.chart).start);
  g_assert_cmpint (plancia_cursors_get_span (cursors).end,
                   ==,
                   plancia_cursors_get_time (cursors, PLANCIA_CURSOR_A));
  chart_fixture_close (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!chart_fixture_init ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  chart_fixture_style (g_getenv ("PLANCIA_TEST_DARK") != NULL);
  g_test_add_func ("/chart/axes-by-unit", test_axes_by_unit);
  g_test_add_func ("/chart/zoom-and-undo", test_zoom_and_undo);
  g_test_add_func ("/chart/cursor", test_cursor_snaps_and_speaks);
  g_test_add_func ("/chart/hole-has-no-value", test_hole_has_no_value);
  g_test_add_func ("/chart/hidden", test_hidden_layer_leaves_the_axis);
  g_test_add_func ("/chart/other-layers", test_other_layers);
  g_test_add_func ("/chart/palette", test_palette);
  g_test_add_func ("/chart/picture-hole", test_picture_hole_is_a_hole);
  g_test_add_func ("/chart/picture-dense", test_picture_dense);
  g_test_add_func ("/chart/cursors", test_cursors);
  return g_test_run ();
}
