/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-data.h"

#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define CHUNK 100000
/* What the axes take of the width: one unit, so only the left one. */
#define INSETS 70

/* A random walk with a spike now and then; the same in every run. */
static void
fill (PlanciaSeries *series, guint length, guint seed)
{
  g_autofree gint64 *times = g_new (gint64, CHUNK);
  g_autofree double *values = g_new (double, CHUNK);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
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
drawn (gboolean *done)
{
  *done = TRUE;
}

static void
wait_for_frame (GtkWidget *window)
{
  gboolean done = FALSE;
  gulong   handler;

  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  handler = g_signal_connect_swapped (gtk_widget_get_frame_clock (window),
                                      "after-paint",
                                      G_CALLBACK (drawn),
                                      &done);
  gtk_widget_queue_draw (window);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (window), handler);
}

void
chart_data_open (ChartData *self, guint n_series, guint length)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  self->n_series = n_series;
  self->chart = PLANCIA_CHART (plancia_chart_new ());
  for (guint i = 0; i < n_series; i++) {
    g_autofree char *title = g_strdup_printf ("Power %u", i + 1);
    g_autoptr (PlanciaSeries) series = plancia_series_new (title, title, "kW");
    g_autoptr (PlanciaLayer) layer = plancia_line_layer_new (series, i + 1, PLANCIA_LINE_PLAIN);

    fill (series, length, i + 1);
    self->series[i] = series;
    plancia_chart_add_layer (self->chart, layer);
  }
  plancia_chart_set_extent (self->chart, (PlanciaSpan){0, PLANCIA_DAY}, utc);
  /* An empty chart is not one of a single hole. */
  plancia_chart_set_limit (self->chart, PLANCIA_DAY, TRUE);
  self->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window),
                               CHART_DATA_WIDTH + INSETS,
                               CHART_DATA_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->chart));
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for_frame (self->window);
}

void
chart_data_close (ChartData *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

PlanciaSpan
chart_data_span (guint number, guint n)
{
  double part = pow (0.01, (double) number / n);
  gint64 length = (gint64) (part * (double) PLANCIA_DAY);
  gint64 start = (PLANCIA_DAY - length) * (number * 37 % n) / n;

  return (PlanciaSpan){start, start + length};
}

gsize
chart_data_memory (void)
{
  unsigned long size = 0, resident = 0;
  FILE         *file = fopen ("/proc/self/statm", "r");

  if (file == NULL)
    return 0;
  if (fscanf (file, "%lu %lu", &size, &resident) != 2)
    resident = 0;
  fclose (file);
  return resident * (gsize) sysconf (_SC_PAGESIZE);
}

double
chart_data_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Sorts the values. */
double
chart_data_median (double *values, guint n)
{
  qsort (values, n, sizeof (double), compare);
  return values[n / 2];
}
