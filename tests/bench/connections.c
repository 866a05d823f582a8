/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two hundred connections that are polled once a second: what the main loop, the processor and the memory have of it. The
 * devices are another process. */
#include "backend/backend-modbus.h"
#include "bench-server.h"
#include "link/links.h"
#include "map/map-catalog.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define CONNECTIONS 200
#define SECONDS     20
#define WARM        5

static gint64  returned; /* us: when poll came back last */
static gint64  returned_cpu;
static gint64  longest;     /* us by the clock, in which others may have had the processor */
static gint64  longest_cpu; /* us of work */
static guint64 n_readings, n_values;

static gint64
thread_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* From the end of a wait to the beginning of the next one nothing else gets its turn. */
static gint
measured_poll (GPollFD *polled, guint n, gint timeout)
{
  gint result;

  if (returned > 0) {
    longest = MAX (longest, g_get_monotonic_time () - returned);
    longest_cpu = MAX (longest_cpu, thread_us () - returned_cpu);
  }
  result = g_poll (polled, n, timeout);
  returned = g_get_monotonic_time ();
  returned_cpu = thread_us ();
  return result;
}

static void
readings_cb (PlanciaBackend *backend, PlanciaReadings *readings, gpointer user_data)
{
  n_readings++;
  n_values += plancia_readings_get_count (readings);
}

static double
processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double
memory_mib (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");
  return line != NULL ? (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) / 1024 : 0;
}

static void
turn (guint seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static PlanciaBackend *
add_connection (PlanciaMap *map, guint16 port)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  PlanciaBackend                 *backend;

  backend = plancia_backend_modbus_new (plancia_link_modbus_tcp_new ("127.0.0.1", port, 2000),
                                        &route);
  g_signal_connect (backend, "readings", G_CALLBACK (readings_cb), NULL);
  plancia_backend_add_device (backend, "d", 1, NULL, map);
  plancia_backend_set_polling (backend, TRUE, 1000);
  plancia_backend_open_async (backend, NULL, NULL, NULL);
  return backend;
}

int
main (int argc, char **argv)
{
  BenchServer server;
  g_autoptr (PlanciaMap) map = NULL;
  g_autoptr (GPtrArray) backends = g_ptr_array_new_with_free_func (g_object_unref);
  double  used;
  guint64 requests = 0, errors = 0;

  bench_server_start (&server, BENCH_MODBUS_TCP);
  map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_main_context_set_poll_func (NULL, measured_poll);
  g_timeout_add (100, tick, NULL);
  for (guint i = 0; i < CONNECTIONS; i++)
    g_ptr_array_add (backends, add_connection (map, server.port));

  turn (WARM);
  longest = longest_cpu = 0;
  n_readings = n_values = 0;
  used = processor_seconds ();
  turn (SECONDS);
  used = processor_seconds () - used;

  for (guint i = 0; i < backends->len; i++) {
    PlanciaLinkQuality quality;

    plancia_backend_get_quality (g_ptr_array_index (backends, i), &quality);
    requests += quality.requests;
    errors += quality.errors;
  }
  g_print ("%d connections at 1 Hz: %.0f readings and %.0f values a second, %" G_GUINT64_FORMAT
           " requests, %" G_GUINT64_FORMAT " errors\n",
           CONNECTIONS,
           (double) n_readings / SECONDS,
           (double) n_values / SECONDS,
           requests,
           errors);
  g_print ("longest main-loop stall: %.1f ms (aim: less than 8), own work in one go %.1f ms\n",
           (double) longest / 1000,
           (double) longest_cpu / 1000);
  g_print ("processor: %.0f %% of one core (aim: less than 25)\n", used / SECONDS * 100);
  g_print ("memory: %.0f MiB (aim: less than 150)\n", memory_mib ());
  g_clear_pointer (&backends, g_ptr_array_unref);
  bench_server_stop (&server);
  return 0;
}
