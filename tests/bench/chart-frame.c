/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a frame of a chart costs with ten million points, against the same chart with the points of one day. The frame
 * is built and drawn in this process, so that no display server is measured. */
#include "chart/chart.h"
#include "chart/line-layer.h"

#include <math.h>

#define WIDTH    1200
#define HEIGHT   500
#define MANY     10000000
#define A_DAY    288
#define N_FRAMES 100
#define CHUNK    100000
#define SKIPPED  77

typedef struct
{
  GtkWidget     *window;
  PlanciaChart  *chart;
  PlanciaSeries *series;
  PlanciaSpan    span;
  double         build[N_FRAMES];
  double         draw[N_FRAMES];
} Case;

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Sorts the values. */
static double
median (double *values)
{
  qsort (values, N_FRAMES, sizeof (double), compare);
  return values[N_FRAMES / 2];
}

/* A random walk with a spike now and then; the same in every run. */
static void
fill (PlanciaSeries *series, guint length)
{
  g_autofree gint64 *times = g_new (gint64, CHUNK);
  g_autofree double *values = g_new (double, CHUNK);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  double level = 3;

  for (guint at = 0; at < length; at += CHUNK) {
    guint n = MIN (CHUNK, length - at);

    for (guint i = 0; i < n; i++) {
      level = CLAMP (level + g_rand_double_range (random, -0.05, 0.05), 0, 8);
      times[i] = (gint64) ((double) (at + i) / length * (double) PLANCIA_DAY);
      values[i] = level + (g_rand_int_range (random, 0, 5000) == 0 ? 4 : 0);
    }
    plancia_series_merge (series, times, values, n);
  }
}

static void
open_case (Case *self, guint length)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (PlanciaLayer) layer = NULL;

  self->span = (PlanciaSpan){0, PLANCIA_DAY};
  self->series = plancia_series_new ("power", "Power", "kW");
  fill (self->series, length);
  self->chart = PLANCIA_CHART (plancia_chart_new ());
  layer = plancia_line_layer_new (self->series, 1, PLANCIA_LINE_PLAIN);
  plancia_chart_add_layer (self->chart, layer);
  plancia_chart_set_extent (self->chart, self->span, utc);
  self->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->chart));
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_width (GTK_WIDGET (self->chart)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
close_case (Case *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->series);
}

/* Each frame shows another stretch, from all of it to a hundredth. */
static void
show_frame (Case *self, guint number)
{
  double part = pow (0.01, (double) number / N_FRAMES);
  gint64 length = (gint64) (part * (double) PLANCIA_DAY);
  gint64 start = (PLANCIA_DAY - length) * (number * 37 % N_FRAMES) / N_FRAMES;

  plancia_chart_set_visible_span (self->chart, (PlanciaSpan){start, start + length});
}

static void
measure_frame (Case *self, guint number, cairo_surface_t *surface)
{
  GtkWidget     *widget = GTK_WIDGET (self->chart);
  GtkSnapshot   *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  cairo_t       *cr = cairo_create (surface);
  gint64         begin = g_get_monotonic_time (), middle;

  show_frame (self, number);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  middle = g_get_monotonic_time ();
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  self->build[number] = (double) (middle - begin) / 1000;
  self->draw[number] = (double) (g_get_monotonic_time () - middle) / 1000;
  gsk_render_node_unref (node);
  cairo_destroy (cr);
}

int
main (int argc, char **argv)
{
  Case             many = {0}, day = {0};
  cairo_surface_t *surface;
  double           build[2], draw[2];

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (!gtk_init_check ())
    return SKIPPED;
  open_case (&many, MANY);
  open_case (&day, A_DAY);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  for (guint i = 0; i < N_FRAMES; i++) {
    measure_frame (&many, i, surface);
    measure_frame (&day, i, surface);
  }
  build[0] = median (many.build);
  build[1] = median (day.build);
  draw[0] = median (many.draw);
  draw[1] = median (day.draw);
  g_print ("chart, %8d points: build %5.2f ms, draw %5.2f ms a frame\n", MANY, build[0], draw[0]);
  g_print ("chart, %8d points: build %5.2f ms, draw %5.2f ms a frame\n", A_DAY, build[1], draw[1]);
  g_print ("frame of many points / frame of a day: %.2f; of 16.7 ms: %.2f\n",
           (build[0] + draw[0]) / (build[1] + draw[1]),
           (build[0] + draw[0]) / 16.7);
  cairo_surface_destroy (surface);
  close_case (&many);
  close_case (&day);
  return 0;
}
