/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten registers read in a loop, through each of our links, and by libmodbus alone over TCP; from servers that do the same
 * work. They take turns, so that a machine that becomes slower slows all. Prints ratios of the medians, and how many of
 * the answers did not come; then what the ways of others cost: a process of mbpoll for each read, and pymodbus's client. */
#include "bench-server.h"
#include "link/link.h"
#include "link/links.h"

#include <errno.h>
#include <modbus.h>
#include <sched.h>
#include <stdlib.h>

#define ROUNDS   51
#define REQUESTS 2000
#define COUNT    10
#define ADDRESS  0x0404
#define UNIT     1
#define MBPOLLS  40

typedef struct
{
  const char  *name;
  PlanciaLink *link;
  double       aim;
  double       times[ROUNDS]; /* us a request */
  double       ratios[ROUNDS];
  guint        lost;
} Way;

static gboolean
is_right (const guint16 *words)
{
  for (guint i = 0; i < COUNT; i++)
    if (words[i] != ADDRESS + i)
      return FALSE;
  return TRUE;
}

static double
time_link (Way *way)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < REQUESTS; i++) {
    guint16 words[COUNT] = {0};

    if (!plancia_link_read_words (way->link, UNIT, 3, ADDRESS, COUNT, words, NULL, NULL) ||
        !is_right (words))
      way->lost++;
  }
  return (double) (g_get_monotonic_time () - start) / REQUESTS;
}

static double
time_plain (modbus_t *context)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < REQUESTS; i++) {
    guint16 words[COUNT] = {0};

    if (modbus_read_registers (context, ADDRESS, COUNT, words) != COUNT || !is_right (words))
      g_error ("libmodbus: %s", modbus_strerror (errno));
  }
  return (double) (g_get_monotonic_time () - start) / REQUESTS;
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

static modbus_t *
connect_plain (guint16 port)
{
  modbus_t *context = modbus_new_tcp ("127.0.0.1", port);

  if (modbus_set_slave (context, UNIT) != 0 || modbus_connect (context) != 0)
    g_error ("libmodbus: %s", modbus_strerror (errno));
  return context;
}

/* us a read; 0: mbpoll is not there. */
static double
time_mbpoll (guint16 port)
{
  g_autofree char *line =
    g_strdup_printf ("mbpoll -m tcp -p %u -a %d -0 -r %d -c %d -1 -q 127.0.0.1",
                     port,
                     UNIT,
                     ADDRESS,
                     COUNT);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < MBPOLLS; i++) {
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;

    if (!g_spawn_command_line_sync (line, &out, &err, NULL, NULL))
      return 0;
  }
  return (double) (g_get_monotonic_time () - start) / MBPOLLS;
}

static double
time_pymodbus (guint16 port)
{
  g_autofree char *script =
    g_strdup_printf ("import time\n"
                     "from pymodbus.client import ModbusTcpClient\n"
                     "c = ModbusTcpClient('127.0.0.1', port=%u)\n"
                     "c.connect()\n"
                     "start = time.monotonic()\n"
                     "for i in range(2000):\n"
                     "    assert c.read_holding_registers(%d, %d, slave=%d).registers[0] == %d\n"
                     "print((time.monotonic() - start) / 2000 * 1e6)\n",
                     port,
                     ADDRESS,
                     COUNT,
                     UNIT,
                     ADDRESS);
  const char *const arguments[] = {"/usr/bin/python3", "-c", script, NULL};
  g_autofree char  *out = NULL;
  g_autofree char  *err = NULL;

  if (!g_spawn_sync (NULL,
                     (char **) arguments,
                     NULL,
                     G_SPAWN_DEFAULT,
                     NULL,
                     NULL,
                     &out,
                     &err,
                     NULL,
                     NULL))
    return 0;
  return g_ascii_strtod (out, NULL);
}

static void
print_other (const char *name, double ours, double theirs)
{
  if (theirs > 0)
    g_print ("ours / %-22s %.4f (theirs %.0f us)\n", name, ours / theirs, theirs);
  else
    g_print ("%s is not here\n", name);
}

/* Client and servers take turns on one core: on two, what is measured is how long a core that has gone to sleep takes to
 * wake up, and a microsecond more or less decides whether it has. */
static void
stay_on_one_core (void)
{
  cpu_set_t cores;

  CPU_ZERO (&cores);
  CPU_SET (sched_getcpu (), &cores);
  if (sched_setaffinity (0, sizeof cores, &cores) != 0)
    g_print ("not on one core: %s\n", g_strerror (errno));
}

int
main (int argc, char **argv)
{
  BenchServer servers[3];
  double      plain[ROUNDS];
  modbus_t   *context;
  static Way  ways[] = {
     {.name = "Modbus TCP",   .aim = 1.05},
     {.name = "RTU over TCP", .aim = 1.15},
     {.name = "Solarman V5",  .aim = 1.15},
  };

  stay_on_one_core ();
  for (guint i = 0; i < 3; i++)
    bench_server_start (&servers[i], (BenchFraming) i);
  ways[0].link = plancia_link_modbus_tcp_new ("127.0.0.1", servers[0].port, 1000);
  ways[1].link = plancia_link_rtu_over_tcp_new ("127.0.0.1", servers[1].port, 1000);
  ways[2].link = plancia_link_solarman_new ("127.0.0.1", servers[2].port, BENCH_SERIAL, 1000);
  context = connect_plain (servers[0].port);

  for (guint i = 0; i < 3; i++)
    time_link (&ways[i]);
  for (guint round = 0; round < ROUNDS; round++) {
    plain[round] = time_plain (context);
    for (guint i = 0; i < 3; i++) {
      ways[i].times[round] = time_link (&ways[i]);
      ways[i].ratios[round] = ways[i].times[round] / plain[round];
    }
  }
  g_print ("plain libmodbus, TCP: FC03 x %d, median %.1f us\n", COUNT, median (plain));
  for (guint i = 0; i < 3; i++)
    g_print ("%-12s / plain libmodbus: %.2f (aim: at most %.2f), median %.1f us, lost %u of %d\n",
             ways[i].name,
             median (ways[i].ratios),
             ways[i].aim,
             median (ways[i].times),
             ways[i].lost,
             (ROUNDS + 1) * REQUESTS);
  print_other ("mbpoll, a process each", median (ways[0].times), time_mbpoll (servers[0].port));
  print_other ("pymodbus's client", median (ways[0].times), time_pymodbus (servers[0].port));

  for (guint i = 0; i < 3; i++)
    g_object_unref (ways[i].link);
  modbus_close (context);
  modbus_free (context);
  for (guint i = 0; i < 3; i++)
    bench_server_stop (&servers[i]);
  return 0;
}
