/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../model/register-fixture.h"
#include "backend-fixture.h"

#include "backend/backend-factory.h"
#include "base/error.h"
#include <string.h>

/* Each Modbus route of the backend against a server of python3-pymodbus. */

typedef struct
{
  GSubprocess *process;
  char        *port;
} Server;

static gboolean
server_init (Server *self, const char *framing)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "pymodbus-server.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error,
                                    "/usr/bin/python3",
                                    script,
                                    framing,
                                    NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->port = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->port);
  return TRUE;
}

static void
server_clear (Server *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_free (self->port);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static void
check_words (BackendFixture *fixture, guint8 function, guint16 address, guint16 count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) words = fixture_read_raw (fixture, 1, function, address, count, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (words->len, ==, count);
  for (guint i = 0; i < count; i++)
    g_assert_cmpuint (g_array_index (words, guint16, i), ==, address + i);
}

static void
check_write (BackendFixture *fixture, PlanciaMap *map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    outcomes = fixture_write (fixture, "d", map, "limit=4.2 start=06:30", NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (plancia_verdict_name (fixture_outcome (outcomes, i)->verdict), ==, "verified");
  g_assert_cmpuint (fixture_outcome (outcomes, 0)->before[0], ==, 0x1024);
  g_assert_cmpuint (fixture_outcome (outcomes, 0)->after[0], ==, 42);
}

typedef struct
{
  const char *name;
  const char *framing; /* of the server */
  const char *address; /* PORT stands for what the server said */
  gboolean    hub;     /* passes function 3 and 16 only */
} Route;

static const Route routes[] = {
  {"modbus-tcp",     "tcp",    "modbus-tcp://127.0.0.1:PORT/1",                   FALSE},
  {"power-magic",    "tcp",    "power-magic://127.0.0.1:PORT/1",                  FALSE},
  {"psc",            "tcp",    "psc://127.0.0.1:PORT/1",                          FALSE},
  {"hub",            "tcp",    "hub://127.0.0.1:PORT/inverters/1?spacing=5",      TRUE },
  {"eth-stick-tcp",  "tcp",    "eth-stick://127.0.0.1:PORT/1?framing=tcp",        FALSE},
  {"eth-stick-rtu",  "rtu",    "eth-stick://127.0.0.1:PORT/1?framing=rtu",        FALSE},
 /* Which of the framings it is, is found out. */
  {"eth-stick-auto", "tcp",    "eth-stick://127.0.0.1:PORT/1",                    FALSE},
  {"wifi-stick",     "v5",     "wifi-stick://127.0.0.1:PORT/1?serial=2712345678", FALSE},
  {"wifi-learnt",    "v5",     "wifi-stick://127.0.0.1:PORT/1",                   FALSE},
  {"eth-stick-v5",   "v5",     "eth-stick://127.0.0.1:PORT/1?framing=v5",         FALSE},
  {"rs485",          "serial", "rs485://PORT/1?baud=9600&format=8N1",             FALSE},
};

static void
check_route (gconstpointer data)
{
  const Route *route = data;
  g_auto (Server) server = {0};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaAddress) address = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = g_strsplit (route->address, "PORT", 2);
  g_autoptr (PlanciaMap) map = register_fixture_map ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;

  server_init (&server, route->framing);
  text = g_strconcat (parts[0], server.port, parts[1], NULL);
  address = plancia_address_parse (text, &error);
  g_assert_no_error (error);
  fixture_init (&fixture, plancia_backend_factory_new (address, NULL, &error));
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);

  check_words (&fixture, 3, 0x0404, 1);
  check_words (&fixture, 3, 0x0404, 125);
  if (!route->hub)
    check_words (&fixture, 4, 0x0100, 10);
  readings = fixture_read (&fixture, "d", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plancia_readings_find (readings, "voltage")->words[0], ==, 0x048d);
  check_write (&fixture, map);
  g_assert_null (fixture_read_raw (&fixture, 1, 3, 0x7000, 1, &missing));
  g_assert_error (missing, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  g_assert_true (fixture_close (&fixture));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++) {
    g_autofree char *path = g_strconcat ("/pymodbus/", routes[i].name, NULL);

    g_test_add_data_func (path, &routes[i], check_route);
  }
  return g_test_run ();
}
