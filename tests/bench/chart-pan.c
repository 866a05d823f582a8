/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with a chart of ten million points a series that is panned and zoomed in every frame: how long the frames take in the
 * renderer that runs (GSK_RENDERER), from before-paint until the display has them, against an empty chart; and how many of them
 * take longer than a sixtieth of a second. */
#include "chart-data.h"

#define N_FRAMES   300
#define LONG_MS    16.7
#define SKIPPED    77
#define TOO_LONG_S 120

typedef struct
{
  ChartData  data;
  guint      number;
  gint64     begin; /* µs */
  double     took[N_FRAMES];
  GMainLoop *loop;
} Run;

static void
before_paint (GdkFrameClock *clock, Run *run)
{
  run->begin = g_get_monotonic_time ();
  if (run->number < N_FRAMES)
    plancia_chart_set_visible_span (run->data.chart, chart_data_span (run->number, N_FRAMES));
}

static void
after_paint (GdkFrameClock *clock, Run *run)
{
  if (run->number >= N_FRAMES)
    return;
  gdk_display_sync (gdk_display_get_default ());
  run->took[run->number] = (double) (g_get_monotonic_time () - run->begin) / 1000;
  run->number++;
  if (run->number == N_FRAMES)
    g_main_loop_quit (run->loop);
  else
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_BEFORE_PAINT);
}

static gboolean
give_up (gpointer user_data)
{
  g_printerr ("no frames came\n");
  exit (1);
}

static double
measure (guint n_series, guint length)
{
  Run            run = {.loop = g_main_loop_new (NULL, FALSE)};
  GdkFrameClock *clock;
  guint          watchdog = g_timeout_add_seconds (TOO_LONG_S, give_up, NULL);
  guint          n_long = 0;
  double         median;

  chart_data_open (&run.data, n_series, length);
  clock = gtk_widget_get_frame_clock (run.data.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), &run);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint), &run);
  gdk_frame_clock_begin_updating (clock);
  g_main_loop_run (run.loop);
  gdk_frame_clock_end_updating (clock);
  g_signal_handlers_disconnect_by_data (clock, &run);
  for (guint i = 0; i < N_FRAMES; i++)
    n_long += run.took[i] > LONG_MS;
  median = chart_data_median (run.took, N_FRAMES);
  g_print ("%u series of %8u points: %5.2f ms a frame, the slowest twentieth %5.2f; "
           "above %.1f ms: %u of %d\n",
           n_series,
           length,
           median,
           run.took[N_FRAMES * 19 / 20],
           LONG_MS,
           n_long,
           N_FRAMES);
  chart_data_close (&run.data);
  g_source_remove (watchdog);
  g_main_loop_unref (run.loop);
  return median;
}

int
main (int argc, char **argv)
{
  double empty, one, four;

  if (!gtk_init_check ())
    return SKIPPED;
  empty = measure (0, 0);
  one = measure (1, CHART_DATA_MANY);
  four = measure (4, CHART_DATA_MANY);
  g_print ("whole frame / empty frame: one series %.2f, four series %.2f\n",
           one / empty,
           four / empty);
  return 0;
}
