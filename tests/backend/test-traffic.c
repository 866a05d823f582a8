/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"

#include "backend/backend-factory.h"
#include "backend/backend-modbus.h"
#include "backend/http-exchange.h"
#include "backend/traffic-file.h"
#include "base/clock.h"
#include "base/error.h"
#include "link/links.h"
#include "map/map-catalog.h"
#include "plant/secrets.h"
#include "protocol/transcript.h"
#include "simulator/simulator.h"
#include <string.h>

/* What the backends tell of their wires, against the demo plant: all kinds of wire, no secrets, and a
 * transcript that gives the same readings again. */

static PlanciaSimulator *simulator;

static const PlanciaSimulatorDevice *
find_device (const char *name)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);

  for (guint i = 0; i < devices->len; i++) {
    const PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);

    if (g_str_equal (device->name, name))
      return device;
  }
  g_error ("the demo plant has no %s", name);
}

static void
traffic_cb (PlanciaBackend *backend, GPtrArray *exchanges, guint64 lost, GPtrArray *kept)
{
  g_assert_cmpuint (lost, ==, 0);
  for (guint i = 0; i < exchanges->len; i++)
    g_ptr_array_add (kept, plancia_exchange_ref (g_ptr_array_index (exchanges, i)));
}

static GPtrArray *
record (BackendFixture *fixture)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);

  g_signal_connect (fixture->backend, "traffic", G_CALLBACK (traffic_cb), kept);
  plancia_backend_set_recording (fixture->backend, TRUE);
  return kept;
}

static void
init (BackendFixture *fixture, const PlanciaSimulatorDevice *device, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, &error);
  g_autoptr (PlanciaMap) map = NULL;

  g_assert_no_error (error);
  fixture_init (fixture, plancia_backend_factory_new (address, url, &error));
  g_assert_no_error (error);
  if (device->map != NULL)
    map = plancia_map_catalog_get (device->map, &error);
  g_assert_no_error (error);
  plancia_backend_add_device (fixture->backend,
                              device->name,
                              plancia_address_get_unit (address),
                              plancia_address_get_thing (address),
                              map);
}

static void
check_route (const char *name, PlanciaWire wire)
{
  const PlanciaSimulatorDevice *device = find_device (name);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;
  g_autoptr (GError) error = NULL;
  guint before;

  g_test_message ("%s", name);
  init (&fixture, device, NULL);
  kept = record (&fixture);
  g_assert_true (fixture_open (&fixture, &error));
  readings = fixture_read (&fixture, name, NULL, &error);
  g_assert_no_error (error);
  plancia_backend_flush_traffic (fixture.backend);
  g_assert_cmpuint (kept->len, >=, 2);
  for (guint i = 0; i < kept->len; i++) {
    const PlanciaExchange *exchange = g_ptr_array_index (kept, i);

    if (exchange->unit < 0)
      continue;
    g_assert_cmpuint (exchange->wire, ==, wire);
    g_assert_cmpuint (exchange->n_sent, >, 0);
  }

  plancia_backend_set_recording (fixture.backend, FALSE);
  before = kept->len;
  g_clear_pointer (&readings, plancia_readings_unref);
  readings = fixture_read (&fixture, name, NULL, &error);
  plancia_backend_flush_traffic (fixture.backend);
  g_assert_cmpuint (kept->len, ==, before);
}

static void
test_routes (void)
{
  check_route ("HYD 6000 ZSS", PLANCIA_WIRE_SOLARMAN);
  check_route ("HYD 10000 ZSS", PLANCIA_WIRE_MODBUS_TCP);
  check_route ("Power Magic", PLANCIA_WIRE_MODBUS_TCP);
  check_route ("Heat pump", PLANCIA_WIRE_RTU);
}

static void
test_console (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  const PlanciaExchange *sent;

  init (&fixture, find_device ("CONNEXT"), NULL);
  kept = record (&fixture);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_true (fixture_send (&fixture, "help\r\n", &error));
  turn_until (kept->len >= 2);
  sent = g_ptr_array_index (kept, 0);
  for (guint i = 0; i < kept->len && sent->n_sent == 0; i++)
    sent = g_ptr_array_index (kept, i);
  g_assert_cmpuint (sent->wire, ==, PLANCIA_WIRE_CONSOLE);
  g_assert_cmpmem (plancia_exchange_get_sent (sent), sent->n_sent, "help\r\n", 6);
  g_assert_true (fixture_close (&fixture));
}

/* In no frame, whichever format it is saved in. */
static void
assert_absent (GPtrArray *kept, const char *secret)
{
  for (guint format = 0; format < 3; format++) {
    g_autoptr (GBytes) file = plancia_traffic_file_make (kept, (PlanciaTrafficFormat) format, NULL);
    gsize       length;
    const char *data = g_bytes_get_data (file, &length);

    g_assert_null (memmem (data, length, secret, strlen (secret)));
  }
}

static void
test_portal (void)
{
  const PlanciaSimulatorCloud *cloud = g_ptr_array_index (plancia_simulator_get_clouds (simulator),
                                                          0);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char       *asked = NULL;
  g_autofree char       *said = NULL;
  const PlanciaExchange *exchange;

  plancia_secrets_remember (cloud->account, "client", cloud->client);
  plancia_secrets_remember (cloud->account, "key", cloud->key);
  init (&fixture, find_device ("ZP1ES110K00001"), cloud->url);
  kept = record (&fixture);
  g_assert_true (fixture_open (&fixture, &error));
  plancia_backend_flush_traffic (fixture.backend);
  g_assert_cmpuint (kept->len, >=, 1);
  exchange = g_ptr_array_index (kept, 0);
  g_assert_cmpuint (exchange->wire, ==, PLANCIA_WIRE_HTTP);
  g_assert_cmpuint (exchange->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
  asked = g_strndup ((const char *) plancia_exchange_get_sent (exchange), exchange->n_sent);
  said = g_strndup ((const char *) plancia_exchange_get_received (exchange), exchange->n_received);
  g_assert_true (g_str_has_prefix (asked, "POST /"));
  g_assert_nonnull (strstr (asked, "Authorization: \u2022"));
  g_assert_nonnull (strstr (asked, "ZP1ES110K00001"));
  g_assert_true (g_str_has_prefix (said, "HTTP/1.1 200\r\n"));
  assert_absent (kept, cloud->key);
  assert_absent (kept, cloud->client);
}

/* A server that gives secrets back does not get them into a file. */
static void
test_http (void)
{
  static const char *const headers[] = {"Authorization", "Zcs eW91", "Client", "zcs123456", NULL};
  g_autofree char         *large = g_strnfill (PLANCIA_HTTP_BODY_LIMIT + 1, 'x');
  g_autoptr (GBytes) echo = g_bytes_new_static ("{\"for\":\"zcs123456\"}", 19);
  g_autoptr (GBytes) body = g_bytes_new (large, strlen (large));
  g_autoptr (GError) late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late");
  PlanciaHttpCall call = {.url = "https://user:pass@third.example:19003/path?x=1",
                          .headers = headers,
                          .body = "{}"};
  g_autoptr (PlanciaExchange) first = NULL;
  g_autoptr (PlanciaExchange) second = NULL;
  g_autoptr (PlanciaExchange) third = NULL;

  call.answer = echo;
  call.status = 403;
  first = plancia_http_exchange_new (&call);
  g_assert_cmpstr (first->peer, ==, "third.example:19003");
  g_assert_cmpuint (first->verdict, ==, PLANCIA_EXCHANGE_REFUSED);
  g_assert_null (memmem (first->data, first->n_sent + first->n_received, "zcs123456", 9));
  g_assert_null (memmem (first->data, first->n_sent + first->n_received, "eW91", 4));
  g_assert_null (memmem (first->data, first->n_sent + first->n_received, "pass", 4));
  g_assert_cmpmem (first->data, 23, "POST /path?x=1 HTTP/1.1", 23);

  call.answer = body;
  call.status = 200;
  second = plancia_http_exchange_new (&call);
  g_assert_cmpuint (second->n_received, <, 100);
  g_assert_nonnull (
    memmem (second->data, second->n_sent + second->n_received, "Content-Length: 4097", 20));

  call.answer = NULL;
  call.status = 0;
  call.error = late;
  third = plancia_http_exchange_new (&call);
  g_assert_cmpuint (third->n_received, ==, 0);
  g_assert_cmpuint (third->verdict, ==, PLANCIA_EXCHANGE_NO_ANSWER);
}

/* --- replay ---------------------------------------------------------------------------------- */

static PlanciaReadings *
replay (GBytes *file, const PlanciaSimulatorDevice *device)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = plancia_transcript_parse_all (text, "test", &error);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, NULL);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (device->map, NULL);
  PlanciaModbusRoute route = {0};
  g_auto (BackendFixture) fixture = {0};
  PlanciaReadings *readings;

  g_assert_no_error (error);
  fixture_init (&fixture, plancia_backend_modbus_new (plancia_link_replay_new (lines), &route));
  plancia_backend_add_device (fixture.backend,
                              device->name,
                              plancia_address_get_unit (address),
                              NULL,
                              map);
  g_assert_true (fixture_open (&fixture, &error));
  readings = fixture_read (&fixture, device->name, NULL, &error);
  g_assert_no_error (error);
  return readings;
}

static void
assert_same (PlanciaReadings *a, PlanciaReadings *b)
{
  g_assert_cmpuint (plancia_readings_get_count (a), ==, plancia_readings_get_count (b));
  for (guint i = 0; i < plancia_readings_get_count (a); i++) {
    const PlanciaReading *first = plancia_readings_get (a, i);
    const PlanciaReading *second = plancia_readings_find (b, first->key);

    g_assert_nonnull (second);
    g_assert_cmpuint (first->quality, ==, second->quality);
    g_assert_cmpmem (first->words,
                     first->n_words * sizeof (guint16),
                     second->words,
                     second->n_words * sizeof (guint16));
  }
}

/* A V5 stick, a HUB line, a serial line: what was saved gives the same readings without any of them. */
static void
test_replay (void)
{
  static const char *const names[] = {"HYD 6000 ZSS", "HYD 10000 ZSS", "Heat pump"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const PlanciaSimulatorDevice *device = find_device (names[i]);
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (GPtrArray) kept = NULL;
    g_autoptr (PlanciaReadings) readings = NULL;
    g_autoptr (PlanciaReadings) again = NULL;
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GError) error = NULL;

    init (&fixture, device, NULL);
    kept = record (&fixture);
    g_assert_true (fixture_open (&fixture, &error));
    readings = fixture_read (&fixture, names[i], NULL, &error);
    g_assert_no_error (error);
    plancia_backend_flush_traffic (fixture.backend);
    file = plancia_traffic_file_make (kept, PLANCIA_TRAFFIC_TRANSCRIPT, NULL);
    again = replay (file, device);
    assert_same (readings, again);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_demo ();
  g_autoptr (GError) error = NULL;
  int failed;

  g_test_init (&argc, &argv, NULL);
  plancia_clock_simulate (plancia_scenario_get_start (scenario), 1);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_start (simulator, &error);
  g_assert_no_error (error);
  g_test_add_func ("/traffic/routes", test_routes);
  g_test_add_func ("/traffic/console", test_console);
  g_test_add_func ("/traffic/portal", test_portal);
  g_test_add_func ("/traffic/http", test_http);
  g_test_add_func ("/traffic/replay", test_replay);
  failed = g_test_run ();
  plancia_simulator_stop (simulator);
  g_clear_object (&simulator);
  return failed;
}
