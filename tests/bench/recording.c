/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What recording the traffic costs: ten registers read in a loop on a worker, the same with every exchange told to the
 * main thread and kept there in the ring of the plant. The two take turns. Prints the ratio of the medians. */
#include "backend/traffic.h"
#include "bench-server.h"
#include "link/links.h"
#include "model/traffic-model.h"

#include <string.h>

#define ROUNDS   31
#define REQUESTS 2000
#define COUNT    10
#define UNIT     1

typedef struct
{
  PlanciaLink    *link;
  PlanciaTraffic *traffic;
  GMainLoop      *loop;
  double          quiet[ROUNDS];
  double          recorded[ROUNDS];
} Bench;

/* Microseconds for one request. */
static double
time_reads (PlanciaLink *link)
{
  guint16 words[COUNT];
  gint64  start = g_get_monotonic_time ();

  for (guint i = 0; i < REQUESTS; i++) {
    g_autoptr (GError) error = NULL;

    if (!plancia_link_read_words (link, UNIT, 3, 0x404, COUNT, words, NULL, &error))
      g_error ("link: %s", error->message);
  }
  return (double) (g_get_monotonic_time () - start) / REQUESTS;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer user_data)
{
  Bench *bench = user_data;

  time_reads (bench->link);
  for (guint i = 0; i < ROUNDS; i++) {
    plancia_link_set_observer (bench->link, NULL, NULL);
    bench->quiet[i] = time_reads (bench->link);
    plancia_link_set_observer (bench->link, plancia_traffic_post, bench->traffic);
    bench->recorded[i] = time_reads (bench->link);
  }
  plancia_link_set_observer (bench->link, NULL, NULL);
  plancia_link_close (bench->link);
  g_idle_add (quit_cb, bench->loop);
  return NULL;
}

static void
traffic_cb (GPtrArray *exchanges, guint64 lost, gpointer log)
{
  plancia_traffic_log_add (log, "modbus-tcp://127.0.0.1", exchanges, lost);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (const double *values)
{
  double sorted[ROUNDS];

  memcpy (sorted, values, sizeof sorted);
  qsort (sorted, ROUNDS, sizeof *sorted, compare);
  return sorted[ROUNDS / 2];
}

int
main (int argc, char **argv)
{
  BenchServer server;
  Bench       bench = {0};
  GThread    *worker;
  double      ratios[ROUNDS];
  g_autoptr (PlanciaTrafficLog) log = NULL;

  bench_server_start (&server, BENCH_MODBUS_TCP);
  log = plancia_traffic_log_new (PLANCIA_TRAFFIC_CAPACITY);
  bench.link = plancia_link_modbus_tcp_new ("127.0.0.1", server.port, 1000);
  bench.traffic = plancia_traffic_new (traffic_cb, log);
  bench.loop = g_main_loop_new (NULL, FALSE);
  plancia_traffic_set_recording (bench.traffic, TRUE);
  worker = g_thread_new ("worker", work, &bench);
  g_main_loop_run (bench.loop);
  g_thread_join (worker);
  bench_server_stop (&server);
  plancia_traffic_flush (bench.traffic);

  for (guint i = 0; i < ROUNDS; i++)
    ratios[i] = bench.recorded[i] / bench.quiet[i];
  g_print ("FC03 x %d, quiet     median %6.2f us\n", COUNT, median (bench.quiet));
  g_print ("FC03 x %d, recorded  median %6.2f us\n", COUNT, median (bench.recorded));
  g_print ("recording costs %.1f %% of the loop (aim: less than 3 %%); %" G_GUINT64_FORMAT
           " frames came, %" G_GUINT64_FORMAT " were lost\n",
           100 * (median (ratios) - 1),
           plancia_traffic_log_get_end (log),
           plancia_traffic_log_get_lost (log));

  plancia_traffic_free (bench.traffic);
  g_object_unref (bench.link);
  g_main_loop_unref (bench.loop);
  return 0;
}
