/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten registers read in a loop: through our link, and by libmodbus alone, from the same server on loopback. The two
 * take turns, so that a machine that becomes slower slows both. Prints the ratio of the medians. */
#include "link/link.h"
#include "link/links.h"

#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROUNDS   21
#define REQUESTS 2000
#define COUNT    10
#define UNIT     1

typedef struct
{
  modbus_t         *context;
  modbus_mapping_t *mapping;
  int               listener;
  guint16           port;
} Server;

/* Serves two clients, one after the other, until each has gone. */
static gpointer
serve_client (gpointer user_data)
{
  Server *server = user_data;
  guint8  request[MODBUS_TCP_MAX_ADU_LENGTH];
  int     length;

  modbus_tcp_accept (server->context, &server->listener);
  while ((length = modbus_receive (server->context, request)) >= 0) {
    if (length > 0)
      modbus_reply (server->context, request, length, server->mapping);
  }
  return NULL;
}

static void
server_init (Server *server)
{
  struct sockaddr_in address;
  socklen_t          length = sizeof address;

  server->context = modbus_new_tcp ("127.0.0.1", 0);
  server->mapping = modbus_mapping_new (0, 0, 2048, 0);
  server->listener = modbus_tcp_listen (server->context, 1);
  if (server->listener < 0 ||
      getsockname (server->listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("no server: %s", g_strerror (errno));
  server->port = ntohs (address.sin_port);
}

static void
server_clear (Server *server)
{
  close (server->listener);
  modbus_mapping_free (server->mapping);
  modbus_free (server->context);
}

/* Microseconds for one request. */
static double
time_link (PlanciaLink *link)
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

static double
time_plain (modbus_t *context)
{
  guint16 words[COUNT];
  gint64  start = g_get_monotonic_time ();

  for (guint i = 0; i < REQUESTS; i++) {
    if (modbus_read_registers (context, 0x404, COUNT, words) != COUNT)
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
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

static modbus_t *
connect_plain (guint16 port)
{
  modbus_t *context = modbus_new_tcp ("127.0.0.1", port);

  if (modbus_set_slave (context, UNIT) != 0 || modbus_connect (context) != 0)
    g_error ("libmodbus: %s", modbus_strerror (errno));
  return context;
}

int
main (int argc, char **argv)
{
  Server   servers[2];
  GThread *threads[2];
  double   ours[ROUNDS], plain[ROUNDS], ratios[ROUNDS];

  for (guint i = 0; i < 2; i++) {
    server_init (&servers[i]);
    threads[i] = g_thread_new ("server", serve_client, &servers[i]);
  }

  g_autoptr (PlanciaLink) link = plancia_link_modbus_tcp_new ("127.0.0.1", servers[0].port, 1000);
  modbus_t *context = connect_plain (servers[1].port);

  time_link (link);
  time_plain (context);
  for (guint i = 0; i < ROUNDS; i++) {
    ours[i] = time_link (link);
    plain[i] = time_plain (context);
    ratios[i] = ours[i] / plain[i];
  }
  g_print ("FC03 x %d, link       median %6.1f us\n", COUNT, median (ours));
  g_print ("FC03 x %d, libmodbus  median %6.1f us\n", COUNT, median (plain));
  g_print ("link / plain libmodbus: %.2f (aim: at most 1.05)\n", median (ratios));

  plancia_link_close (link);
  modbus_close (context);
  modbus_free (context);
  for (guint i = 0; i < 2; i++) {
    g_thread_join (threads[i]);
    server_clear (&servers[i]);
  }
  return 0;
}
