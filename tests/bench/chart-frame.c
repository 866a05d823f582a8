/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a frame of a chart of ten million points a series costs to build, with one series and with four; what it takes to draw it in
 * this process, so that no display server is measured; what a point takes of memory; and what one more
 * point costs a live chart. */
#include "chart-data.h"

#define N_FRAMES  200
#define N_APPENDS 10000
/* A frame for so many of them. */
#define BURST   100
#define A_DAY   288
#define SKIPPED 77

typedef struct
{
  double build; /* ms */
  double draw;
} Cost;

static Cost
measure_frame (ChartData *data, guint number, cairo_surface_t *surface)
{
  GtkWidget     *widget = GTK_WIDGET (data->chart);
  GtkSnapshot   *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  cairo_t       *cr = cairo_create (surface);
  double         begin = chart_data_clock (), middle;
  Cost           cost;

  plancia_chart_set_visible_span (data->chart, chart_data_span (number, N_FRAMES));
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  middle = chart_data_clock ();
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  cost = (Cost){middle - begin, chart_data_clock () - middle};
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cr);
  return cost;
}

/* Medians over all zooms. */
static Cost
measure (ChartData *data)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, CHART_DATA_WIDTH + 70, CHART_DATA_HEIGHT);
  double build[N_FRAMES], draw[N_FRAMES];

  for (guint i = 0; i < N_FRAMES; i++) {
    Cost cost = measure_frame (data, i, surface);

    build[i] = cost.build;
    draw[i] = cost.draw;
  }
  cairo_surface_destroy (surface);
  return (Cost){chart_data_median (build, N_FRAMES), chart_data_median (draw, N_FRAMES)};
}

/* One point after another at the end of the first series; the picture follows once a burst. */
static void
measure_appends (ChartData *data)
{
  PlanciaSeries *series = data->series[0];
  gint64         last = plancia_series_get_times (series)[plancia_series_get_length (series) - 1];
  double         pushing = 0, showing = 0;

  for (guint i = 0; i < N_APPENDS; i++) {
    gint64 time = last + 1 + i;
    double value = 3 + i % 10 * 0.1;
    double begin = chart_data_clock (), middle;

    plancia_series_merge (series, &time, &value, 1);
    middle = chart_data_clock ();
    if (i % BURST == 0)
      plancia_chart_get_plot (data->chart);
    pushing += middle - begin;
    showing += chart_data_clock () - middle;
  }
  g_print ("append to a live chart of %d points: %.2f µs, and %.2f µs for the axes, once a frame\n",
           CHART_DATA_MANY,
           pushing * 1000 / N_APPENDS,
           showing * 1000 / (N_APPENDS / BURST));
}

static Cost
measure_case (guint n_series, guint length)
{
  gsize     before = chart_data_memory ();
  ChartData data = {0};
  gsize     points = (gsize) n_series * length;
  gsize     memory;
  Cost      cost;

  chart_data_open (&data, n_series, length);
  memory = chart_data_memory () - before;
  cost = measure (&data);
  g_print ("chart, %u × %8u points: build %5.2f ms, draw %5.2f ms a frame\n",
           n_series,
           length,
           cost.build,
           cost.draw);
  if (points >= CHART_DATA_MANY)
    g_print ("  %.1f bytes a point\n", (double) memory / (double) points);
  if (length >= CHART_DATA_MANY && n_series == 1)
    measure_appends (&data);
  chart_data_close (&data);
  return cost;
}

int
main (int argc, char **argv)
{
  Cost day, one, four;

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (!gtk_init_check ())
    return SKIPPED;
  measure_case (0, 0);
  day = measure_case (1, A_DAY);
  one = measure_case (1, CHART_DATA_MANY);
  four = measure_case (4, CHART_DATA_MANY);
  g_print ("frame of many points / frame of a day: %.2f; four series: of 16.7 ms: %.2f\n",
           (one.build + one.draw) / (day.build + day.draw),
           (four.build + four.draw) / 16.7);
  return 0;
}
