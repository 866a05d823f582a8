/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-fixture.h"

#include "chart/chart-input.h"
#include "chart/legend.h"
#include "chart/line-layer.h"
#include "chart/state-layer.h"

#include <math.h>

#define WIDTH   875
#define HEIGHT  560
#define STEP    (5 * PLANCIA_MINUTE)
#define N_STEPS 288

static PlanciaSeries *
new_series (const char *title, const char *unit, double base, double swing)
{
  PlanciaSeries *series = plancia_series_new (title, title, unit);
  gint64         times[N_STEPS];
  double         values[N_STEPS];

  for (int i = 0; i < N_STEPS; i++) {
    times[i] = FIXTURE_DAY_START + i * STEP;
    values[i] = base + swing * sin (i / 12.0);
  }
  plancia_series_merge (series, times, values, N_STEPS);
  return series;
}

static PlanciaLayer *
add_line (PlanciaChart *chart, const char *title, const char *unit, double base, double swing)
{
  g_autoptr (PlanciaSeries) series = new_series (title, unit, base, swing);
  g_autoptr (PlanciaLayer) layer =
    plancia_line_layer_new (series, plancia_chart_get_n_layers (chart) + 1, PLANCIA_LINE_PLAIN);

  plancia_chart_add_layer (chart, layer);
  return layer;
}

static char *
state_words (double value, gpointer user_data)
{
  static const char *const words[] = {"Waiting", "Checking", "Normal", "Fault"};

  return value >= 0 && value < 4 ? g_strdup (words[(int) value]) : NULL;
}

/* Waits till six, checks for ten minutes, is normal till 21, but for a fault at noon. */
static PlanciaLayer *
add_state (PlanciaChart *chart)
{
  g_autoptr (PlanciaSeries) series = plancia_series_new ("state", "State", NULL);
  g_autoptr (PlanciaLayer) layer = NULL;
  gint64 times[N_STEPS];
  double values[N_STEPS];

  for (int i = 0; i < N_STEPS; i++) {
    times[i] = FIXTURE_DAY_START + i * STEP;
    values[i] = i < 72 || i > 252 ? 0 : i < 74 ? 1 : i >= 144 && i < 150 ? 3 : 2;
  }
  plancia_series_merge (series, times, values, N_STEPS);
  layer = plancia_state_layer_new (series, 1, state_words, NULL, NULL);
  plancia_chart_add_layer (chart, layer);
  return layer;
}

static void
open_full (ChartFixture *fixture)
{
  chart_fixture_open (fixture, WIDTH, HEIGHT);
  chart_fixture_fill (fixture);
  add_line (fixture->chart, "Grid voltage", "V", 231, 3);
  add_line (fixture->chart, "Temperature", "°C", 38, 12);
  add_state (fixture->chart);
  chart_fixture_settle (fixture);
}

/* A third unit has a pane of its own, under the first two; with its layer it goes. */
static void
test_a_pane_a_unit (void)
{
  ChartFixture           fixture = {0};
  const PlanciaPlot     *plot;
  const PlanciaPlotAxis *volts, *degrees;
  double                 height;

  open_full (&fixture);
  plot = plancia_chart_get_plot (fixture.chart);
  volts = &plot->axes[2];
  degrees = &plot->axes[3];
  g_assert_cmpstr (volts->unit, ==, "V");
  g_assert_cmpfloat (volts->y, >, plot->axes[0].y + plot->axes[0].height);
  g_assert_cmpfloat (degrees->y, >, volts->y + volts->height);
  g_assert_cmpfloat (degrees->y + degrees->height, <, plancia_plot_state_y (plot, 0));
  g_assert_cmpfloat (plancia_plot_state_y (plot, 0), <, plot->y + plot->height);
  /* 231 V do not need zero. */
  g_assert_cmpfloat (volts->low, >, 200);
  g_assert_cmpfloat (plancia_plot_y (plot, 2, volts->high), ==, volts->y);
  g_assert_cmpfloat (plancia_plot_y (plot, 2, volts->low), ==, volts->y + volts->height);
  g_assert_cmpint (plancia_plot_pane_at (plot, volts->y + 1), ==, 2);
  g_assert_cmpint (plancia_plot_pane_at (plot, plot->y + 1), ==, 0);
  g_assert_cmpint (plancia_plot_pane_at (plot, volts->y - 2), ==, -1);

  height = plot->axes[0].height;
  plancia_chart_remove_layer (fixture.chart, plancia_chart_get_layer (fixture.chart, 4));
  g_assert_null (plancia_chart_get_plot (fixture.chart)->axes[2].unit);
  g_assert_cmpfloat (plot->axes[0].height, >, height);
  g_assert_true (plancia_chart_can_show (fixture.chart, "Hz"));
  chart_fixture_close (&fixture);
}

/* What is alone has the room of all. */
static void
test_isolated_pane (void)
{
  ChartFixture       fixture = {0};
  const PlanciaPlot *plot;

  open_full (&fixture);
  for (guint i = 0; i < plancia_chart_get_n_layers (fixture.chart); i++)
    plancia_layer_set_hidden (plancia_chart_get_layer (fixture.chart, i), i != 4);
  plot = plancia_chart_get_plot (fixture.chart);
  g_assert_true (plot->headless);
  g_assert_cmpfloat (plot->axes[2].y, ==, plot->y);
  g_assert_cmpfloat (plot->axes[2].height, >, plot->height * 0.8);
  cairo_surface_destroy (chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-isolated"));
  chart_fixture_close (&fixture);
}

static void
test_more_units_than_axes (void)
{
  ChartFixture fixture = {0};

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++) {
    g_autofree char *unit = g_strdup_printf ("u%u", i);

    g_assert_true (plancia_chart_can_show (fixture.chart, unit));
    add_line (fixture.chart, unit, unit, 1, 1);
  }
  g_assert_false (plancia_chart_can_show (fixture.chart, "one more"));
  g_assert_true (plancia_chart_can_show (fixture.chart, "u3"));
  chart_fixture_settle (&fixture);
  cairo_surface_destroy (chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-units"));
  chart_fixture_close (&fixture);
}

static void
assert_state (PlanciaLayer *layer, gint64 minutes, const char *wanted)
{
  g_autofree char *words = plancia_layer_describe (layer,
                                                   FIXTURE_DAY_START + minutes * PLANCIA_MINUTE);

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_state_strip (void)
{
  ChartFixture  fixture = {0};
  PlanciaLayer *layer;
  PlanciaSpan   day;
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GArray) few = NULL;
  g_autofree char *words = NULL;

  open_full (&fixture);
  layer = plancia_chart_get_layer (fixture.chart, 6);
  day = plancia_chart_get_extent (fixture.chart);
  g_assert_true (plancia_layer_is_state (layer));
  runs = plancia_state_layer_find_runs (PLANCIA_STATE_LAYER (layer), day, 800);
  g_assert_cmpuint (runs->len, ==, 6);
  g_assert_cmpfloat (g_array_index (runs, PlanciaStateRun, 3).value, ==, 3);
  g_assert_cmpint (g_array_index (runs, PlanciaStateRun, 3).span.start,
                   ==,
                   FIXTURE_DAY_START + 12 * PLANCIA_HOUR);
  g_assert_cmpint (g_array_index (runs, PlanciaStateRun, 3).span.end,
                   ==,
                   FIXTURE_DAY_START + 12 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE);
  /* Twelve columns of two hours: the fault shares one, and is still there. */
  few = plancia_state_layer_find_runs (PLANCIA_STATE_LAYER (layer), day, 12);
  for (guint i = 0; i < few->len; i++)
    if (g_array_index (few, PlanciaStateRun, i).value == 3)
      g_assert_true (g_array_index (few, PlanciaStateRun, i).mixed);
  g_assert_true (plancia_span_contains (g_array_index (few, PlanciaStateRun, 3).span,
                                        FIXTURE_DAY_START + 12 * PLANCIA_HOUR));

  /* A state holds until the next one: a minute before it is still the old one. */
  assert_state (layer, 12 * 60 - 1, "Normal");
  assert_state (layer, 12 * 60, "Fault");
  plancia_chart_set_cursor (fixture.chart, FIXTURE_DAY_START + 12 * PLANCIA_HOUR);
  words = plancia_chart_describe (fixture.chart);
  g_assert_nonnull (strstr (words, "State Fault (held)"));
  cairo_surface_destroy (chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-panes"));
  chart_fixture_close (&fixture);
}

/* 64 curves differ by colour or by line, and the legend has a chip for each. */
static void
test_sixty_four (void)
{
  ChartFixture   fixture = {0};
  PlanciaLegend *legend;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  for (guint i = 1; i <= 64; i++)
    for (guint j = 1; j < i; j++) {
      guint         n = 0, m = 0;
      const double *a = plancia_palette_dash (i, &n), *b = plancia_palette_dash (j, &m);

      g_assert_true (i % PLANCIA_PALETTE_SERIES != j % PLANCIA_PALETTE_SERIES || n != m ||
                     memcmp (a, b, n * sizeof (double)) != 0);
    }
  legend = g_object_ref_sink (PLANCIA_LEGEND (plancia_legend_new ()));
  plancia_legend_set_chart (legend, fixture.chart);
  for (guint i = 0; i < 64; i++) {
    g_autofree char *title = g_strdup_printf ("Curve %u", i);

    add_line (fixture.chart, title, "kW", i / 4.0, 0.1 + i / 64.0);
  }
  chart_fixture_settle (&fixture);
  plancia_legend_isolate (legend, 63);
  g_assert_true (plancia_layer_get_hidden (plancia_chart_get_layer (fixture.chart, 0)));
  plancia_legend_isolate (legend, 63);
  cairo_surface_destroy (chart_fixture_picture (GTK_WIDGET (fixture.chart), "chart-sixty-four"));
  plancia_chart_remove_layer (fixture.chart, plancia_chart_get_layer (fixture.chart, 0));
  plancia_legend_toggle (legend, 62);
  g_assert_true (plancia_layer_get_hidden (plancia_chart_get_layer (fixture.chart, 62)));
  g_object_unref (legend);
  chart_fixture_close (&fixture);
}

static void
count (guint *counter)
{
  *counter += 1;
}

/* The present moves on, and with it what is seen, until somebody looks elsewhere. */
static void
test_follow (void)
{
  ChartFixture fixture = {0};
  PlanciaSpan  span;
  gint64       noon = FIXTURE_DAY_START + 12 * PLANCIA_HOUR;
  guint        changed = 0;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  chart_fixture_fill (&fixture);
  g_signal_connect_swapped (fixture.chart, "following-changed", G_CALLBACK (count), &changed);
  g_assert_false (plancia_chart_can_follow (fixture.chart));
  plancia_chart_set_limit (fixture.chart, noon, FALSE);
  g_assert_true (plancia_chart_get_following (fixture.chart));
  plancia_chart_zoom (fixture.chart, FIXTURE_DAY_START + 6 * PLANCIA_HOUR, 1.0 / 24);
  g_assert_false (plancia_chart_get_following (fixture.chart));
  g_assert_cmpuint (changed, ==, 2);
  span = plancia_chart_get_visible_span (fixture.chart);
  plancia_chart_set_limit (fixture.chart, noon + PLANCIA_MINUTE, FALSE);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start, ==, span.start);

  plancia_chart_now (fixture.chart);
  g_assert_true (plancia_chart_get_following (fixture.chart));
  span = plancia_chart_get_visible_span (fixture.chart);
  g_assert_cmpint (span.end - span.start, ==, PLANCIA_HOUR);
  g_assert_true (plancia_span_contains (span, noon + PLANCIA_MINUTE));
  plancia_chart_set_limit (fixture.chart, noon + 11 * PLANCIA_MINUTE, FALSE);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start,
                   ==,
                   span.start + 10 * PLANCIA_MINUTE);
  plancia_chart_pan (fixture.chart, -PLANCIA_HOUR);
  g_assert_false (plancia_chart_get_following (fixture.chart));
  /* The way back leads to where it was before. */
  g_assert_true (plancia_chart_undo_zoom (fixture.chart));
  chart_fixture_close (&fixture);
}

static void
test_box (void)
{
  ChartFixture fixture = {0};
  gint64       noon = FIXTURE_DAY_START + 12 * PLANCIA_HOUR;
  PlanciaSpan  span;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  chart_fixture_fill (&fixture);
  plancia_chart_set_boxing (fixture.chart, TRUE);
  g_assert_true (plancia_chart_get_boxing (fixture.chart));
  plancia_chart_zoom_to (fixture.chart, (PlanciaSpan){noon, noon + 3 * PLANCIA_HOUR});
  span = plancia_chart_get_visible_span (fixture.chart);
  g_assert_cmpint (span.start, ==, noon);
  g_assert_cmpint (span.end, ==, noon + 3 * PLANCIA_HOUR);
  plancia_chart_zoom_to (fixture.chart, (PlanciaSpan){noon, noon + 1});
  span = plancia_chart_get_visible_span (fixture.chart);
  g_assert_cmpint (span.end - span.start, >=, PLANCIA_MINUTE);
  g_assert_true (plancia_span_contains (span, noon));
  g_assert_true (plancia_chart_undo_zoom (fixture.chart));
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start, ==, noon);
  chart_fixture_close (&fixture);
}

static char *
hole_words (PlanciaSpan hole, gpointer user_data)
{
  *(PlanciaSpan *) user_data = hole;
  return g_strdup ("because");
}

static void
test_hole_is_asked_about (void)
{
  ChartFixture fixture = {0};
  PlanciaSpan  hole, told;
  GdkRectangle place;
  gint64       middle = FIXTURE_DAY_START + 17 * PLANCIA_HOUR + 15 * PLANCIA_MINUTE;
  guint        asked = 0;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  chart_fixture_fill (&fixture);
  chart_fixture_settle (&fixture);
  plancia_chart_set_hole_words (fixture.chart, hole_words, &told);
  g_signal_connect_swapped (fixture.chart, "hole-activated", G_CALLBACK (count), &asked);
  g_assert_false (plancia_chart_ask_hole (fixture.chart, middle - 2 * PLANCIA_HOUR));
  g_assert_true (plancia_chart_ask_hole (fixture.chart, middle));
  g_assert_cmpuint (asked, ==, 1);
  g_assert_true (plancia_chart_get_hole (fixture.chart, &hole, &place));
  g_assert_true (plancia_span_contains (hole, middle));
  g_assert_cmpint (hole.end - hole.start, <, 2 * PLANCIA_HOUR);
  g_assert_cmpint (place.x, >, WIDTH / 2);
  g_assert_cmpint (place.width, >, 20);

  /* From there the next one is the first one again. */
  plancia_chart_zoom_to (fixture.chart,
                         (PlanciaSpan){FIXTURE_DAY_START, FIXTURE_DAY_START + PLANCIA_HOUR});
  g_assert_true (plancia_chart_next_hole (fixture.chart));
  g_assert_cmpuint (asked, ==, 2);
  g_assert_true (plancia_span_contains (plancia_chart_get_visible_span (fixture.chart), middle));
  /* While more may come it is no hole yet. */
  plancia_chart_set_limit (fixture.chart, FIXTURE_DAY_START + PLANCIA_DAY, TRUE);
  g_assert_false (plancia_chart_next_hole (fixture.chart));
  chart_fixture_close (&fixture);
}

/* Who does not want things to move has a chart that stands still; others see it glide and come to rest. */
static void
test_glide (void)
{
  ChartFixture fixture = {0};
  GtkSettings *settings = gtk_settings_get_default ();
  gint64       end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gint64       start;

  chart_fixture_open (&fixture, WIDTH, HEIGHT);
  chart_fixture_fill (&fixture);
  chart_fixture_settle (&fixture);
  plancia_chart_zoom (fixture.chart, FIXTURE_DAY_START + 12 * PLANCIA_HOUR, 0.1);
  start = plancia_chart_get_visible_span (fixture.chart).start;
  plancia_chart_glide (fixture.chart, 2);
  chart_fixture_settle (&fixture);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start, ==, start);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  plancia_chart_glide (fixture.chart, 2);
  while (plancia_chart_get_visible_span (fixture.chart).start == start &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_cmpint (plancia_chart_get_visible_span (fixture.chart).start, <, start);
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
  g_test_add_func ("/panes/a-pane-a-unit", test_a_pane_a_unit);
  g_test_add_func ("/panes/isolated", test_isolated_pane);
  g_test_add_func ("/panes/more-units-than-axes", test_more_units_than_axes);
  g_test_add_func ("/panes/state-strip", test_state_strip);
  g_test_add_func ("/panes/sixty-four", test_sixty_four);
  g_test_add_func ("/panes/follow", test_follow);
  g_test_add_func ("/panes/box", test_box);
  g_test_add_func ("/panes/hole", test_hole_is_asked_about);
  g_test_add_func ("/panes/glide", test_glide);
  return g_test_run ();
}
