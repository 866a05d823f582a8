/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"

#include "backend/backend-factory.h"
#include "base/clock.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "plant/secrets.h"
#include "simulator/simulator.h"
#include <math.h>
#include <string.h>

/* The real backends against the demo plant, on loopback. */

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

static PlanciaBackend *
make_backend (const char *text, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  PlanciaBackend *backend;

  g_assert_no_error (error);
  backend = plancia_backend_factory_new (address, url, &error);
  g_assert_no_error (error);
  return backend;
}

static void
add (BackendFixture *fixture, const PlanciaSimulatorDevice *device, gboolean with_map)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, NULL);
  g_autoptr (PlanciaMap) map = NULL;
  g_autoptr (GError) error = NULL;

  if (with_map)
    map = plancia_map_catalog_get (device->map, &error);
  g_assert_no_error (error);
  plancia_backend_add_device (fixture->backend,
                              device->name,
                              plancia_address_get_unit (address),
                              plancia_address_get_thing (address),
                              map);
}

static void
init (BackendFixture *fixture, const char *name, gboolean with_map)
{
  const PlanciaSimulatorDevice *device = find_device (name);

  fixture_init (fixture, make_backend (device->address, NULL));
  add (fixture, device, with_map);
}

static void
set_fault (const char *device, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (simulator, device, fault, &error);
  g_assert_no_error (error);
}

/* --- every route ----------------------------------------------------------------------------- */

static void
check_readings (PlanciaReadings *readings)
{
  guint good = 0, bad = 0;

  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);

    good += reading->quality == PLANCIA_QUALITY_GOOD;
    bad += reading->quality == PLANCIA_QUALITY_ERROR;
  }
  g_test_message ("%u readings, %u good, %u in error",
                  plancia_readings_get_count (readings),
                  good,
                  bad);
  g_assert_cmpuint (good, >, 3);
  g_assert_cmpuint (bad, ==, 0);
}

static void
read_device (const PlanciaSimulatorDevice *device)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;
  const PlanciaReading *serial;

  g_test_message ("%s at %s", device->name, device->address);
  init (&fixture, device->name, TRUE);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);
  readings = fixture_read (&fixture, device->name, NULL, &error);
  g_assert_no_error (error);
  check_readings (readings);
  serial = plancia_readings_find (readings, "serial_number");
  if (serial != NULL && device->serial != NULL && serial->quality == PLANCIA_QUALITY_GOOD)
    g_assert_true (g_str_has_prefix (device->serial, serial->value.text));
  g_assert_true (fixture_close (&fixture));
}

static void
test_every_device_with_registers (void)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);
  guint      n = 0;

  for (guint i = 0; i < devices->len; i++) {
    const PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);

    if (device->map == NULL)
      continue;
    read_device (device);
    n++;
  }
  g_assert_cmpuint (n, >=, 10);
}

static void
check_detection (const char *name)
{
  const PlanciaSimulatorDevice *device = find_device (name);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;

  init (&fixture, name, FALSE);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);
  turn_until (fixture.map != NULL);
  g_assert_cmpstr (fixture.map, ==, device->map);
  g_assert_true (strncmp (fixture.evidence, device->serial, 8) == 0);
  g_assert_nonnull (strstr (fixture.evidence, "0x0445"));
}

static void
test_detection (void)
{
  check_detection ("HYD 6000 ZSS");
  check_detection ("5.0KTL-V3");
  check_detection ("HYD 10000 ZSS");
}

/* A device that answers, but as nothing that we know. */
static void
test_unknown_device (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;

  init (&fixture, "Power Magic", FALSE);
  plancia_backend_set_polling (fixture.backend, TRUE, 100);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (g_hash_table_size (fixture.failed) > 0);
  g_assert_error ((GError *) g_hash_table_lookup (fixture.failed, "Power Magic"),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_UNKNOWN_MAP);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  g_assert_null (fixture_read (&fixture, "Power Magic", NULL, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP);
}

/* --- faults ---------------------------------------------------------------------------------- */

/* Each fault shows in the state with its reason and goes away by itself; no value that came
 * meanwhile is wrong. */
static void
check_fault (const char *name, const char *fault, GQuark domain, int code)
{
  static const char *const keys[] = {"state", NULL};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaReadings) before = NULL;
  g_autofree char *good = NULL;
  const GError    *error;

  g_test_message ("%s: %s", name, fault);
  init (&fixture, name, TRUE);
  plancia_backend_set_polling (fixture.backend, TRUE, 200);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, name, "state") != NULL);
  before = fixture_read (&fixture, name, keys, NULL);
  good = g_strdup (fixture_value (&fixture, name, "state"));
  g_assert_true (g_str_has_prefix (good, "good "));

  set_fault (name, fault);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING ||
              g_hash_table_contains (fixture.failed, name));
  error = fixture_state (&fixture) == PLANCIA_STATE_FAILING
            ? plancia_backend_get_error (fixture.backend)
            : g_hash_table_lookup (fixture.failed, name);
  if (code >= 0)
    g_assert_error (error, domain, code);
  else
    g_assert_nonnull (error);
  if (g_strcmp0 (fixture_value (&fixture, name, "state"), "refused") != 0)
    g_assert_cmpstr (fixture_value (&fixture, name, "state"), ==, good);

  set_fault (name, "none");
  g_hash_table_remove_all (fixture.values);
  turn_until (fixture_value (&fixture, name, "state") != NULL &&
              !g_str_equal (fixture_value (&fixture, name, "state"), "refused"));
  g_assert_cmpstr (fixture_value (&fixture, name, "state"), ==, good);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
  g_assert_cmpuint (g_hash_table_size (fixture.failed), ==, 0);
}

static void
test_faults_of_a_tcp_device (void)
{
  const char *name = "Power Magic";

  check_fault (name, "silent", G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  check_fault (name, "garbage", PLANCIA_PROTOCOL_ERROR, -1);
  check_fault (name, "bad-crc", PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_MALFORMED);
  check_fault (name, "other-unit", PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
  check_fault (name, "close", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  check_fault (name, "exception", PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
  check_fault (name, "late", G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_faults_of_a_bus_device (void)
{
  const char *name = "Heat pump";

  check_fault (name, "silent", G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  check_fault (name, "garbage", PLANCIA_PROTOCOL_ERROR, -1);
  check_fault (name, "bad-crc", PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_CHECKSUM);
  check_fault (name, "other-unit", PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
  check_fault (name, "exception", PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
}

static void
test_faults_of_a_stick (void)
{
  const char *name = "HYD 6000 ZSS";

  check_fault (name, "bad-crc", PLANCIA_PROTOCOL_ERROR, -1);
  check_fault (name, "other-unit", PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
  check_fault (name, "exception", PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
  check_fault (name, "close", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* A slow device is just slow. */
static void
test_slow_device (void)
{
  static const char *const keys[] = {"state", NULL};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaReadings) readings = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaLinkQuality quality;

  init (&fixture, "Power Magic", TRUE);
  g_assert_true (fixture_open (&fixture, NULL));
  set_fault ("Power Magic", "slow");
  readings = fixture_read (&fixture, "Power Magic", keys, &error);
  set_fault ("Power Magic", "none");
  g_assert_no_error (error);
  g_assert_cmpint (plancia_readings_get (readings, 0)->quality, ==, PLANCIA_QUALITY_GOOD);
  turn_until ((plancia_backend_get_quality (fixture.backend, &quality), quality.requests > 0));
  g_assert_cmpuint (quality.latency_worst, >=, 1900);
}

/* One of two devices on a line fails: the line stays open, the other one's values come. */
static void
test_one_of_two_is_silent (void)
{
  const PlanciaSimulatorDevice *first = find_device ("350KTL 1");
  const PlanciaSimulatorDevice *second = find_device ("350KTL 2");
  g_auto (BackendFixture) fixture = {0};

  fixture_init (&fixture, make_backend (first->address, NULL));
  add (&fixture, first, TRUE);
  add (&fixture, second, TRUE);
  plancia_backend_set_polling (fixture.backend, TRUE, 200);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, first->name, "state") != NULL &&
              fixture_value (&fixture, second->name, "state") != NULL);

  set_fault (first->name, "silent");
  turn_until (g_hash_table_contains (fixture.failed, first->name));
  g_assert_error ((GError *) g_hash_table_lookup (fixture.failed, first->name),
                  G_IO_ERROR,
                  G_IO_ERROR_TIMED_OUT);
  g_hash_table_remove_all (fixture.values);
  turn_until (fixture_value (&fixture, second->name, "state") != NULL);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  g_assert_false (g_hash_table_contains (fixture.failed, second->name));

  set_fault (first->name, "none");
  turn_until (!g_hash_table_contains (fixture.failed, first->name));
  turn_until (fixture_value (&fixture, first->name, "state") != NULL);
}

/* --- HUB ------------------------------------------------------------------------------------- */

static void
test_takeover (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  guint readings;

  init (&fixture, "HYD 10000 ZSS", TRUE);
  plancia_backend_set_polling (fixture.backend, TRUE, 300);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 0);
  set_fault ("Inverters", "takeover");
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_TAKEN_OVER);
  g_assert_error (plancia_backend_get_error (fixture.backend),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_TAKEN_OVER);

  /* It does not fight for the line. */
  readings = fixture.n_readings;
  fixture_turn (1500);
  g_assert_cmpuint (fixture.n_readings, ==, readings);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_TAKEN_OVER);
  g_assert_null (fixture_read (&fixture, "HYD 10000 ZSS", NULL, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER);

  /* A person does. */
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > readings + 2);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  set_fault ("Inverters", "none");
}

/* A HUB that closes in good order when it is asked has trouble, and not another client. */
static void
test_faults_of_a_line (void)
{
  check_fault ("HYD 10000 ZSS", "close", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  check_fault ("HYD 10000 ZSS", "silent", G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* The first time a stick is silent it says so long before its quarter of a minute is over; and then that it is busy. */
static void
test_silent_stick_is_busy (void)
{
  const char *name = "5.0KTL-V3";
  g_auto (BackendFixture) fixture = {0};

  init (&fixture, name, TRUE);
  plancia_backend_set_polling (fixture.backend, TRUE, 200);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, name, "state") != NULL);
  g_assert_null (plancia_backend_get_error (fixture.backend));
  set_fault (name, "silent");
  turn_until (plancia_backend_get_error (fixture.backend) != NULL);
  g_assert_error (plancia_backend_get_error (fixture.backend),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_UPLOADING);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  /* No request has failed yet. */
  g_assert_cmpuint (fixture.n_failed, ==, 0);
  set_fault (name, "none");
  turn_until (plancia_backend_get_error (fixture.backend) == NULL);
}

/* Two that want a line in one program have it together. */
static void
test_line_is_shared (void)
{
  g_auto (BackendFixture) first = {0};
  g_auto (BackendFixture) second = {0};

  init (&first, "EVCH 7.4", TRUE);
  init (&second, "EVCH 7.4", TRUE);
  plancia_backend_set_polling (first.backend, TRUE, 300);
  plancia_backend_set_polling (second.backend, TRUE, 300);
  g_assert_true (fixture_open (&first, NULL));
  turn_until (first.n_readings > 0);
  g_assert_true (fixture_open (&second, NULL));
  turn_until (first.n_readings > 2 && second.n_readings > 1);
  g_assert_cmpint (fixture_state (&first), ==, PLANCIA_STATE_OPEN);
  g_assert_cmpint (fixture_state (&second), ==, PLANCIA_STATE_OPEN);
}

/* Another program on the line: connects and stays. */
static GSocketConnection *
connect_other_program (const char *device)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (find_device (device)->address, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
    g_socket_client_connect_to_host (client,
                                     plancia_address_get_host (address),
                                     plancia_address_get_port (address),
                                     NULL,
                                     &error);

  g_assert_no_error (error);
  return connection;
}

static void
test_second_client_takes_over (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GSocketConnection) other = NULL;

  init (&fixture, "EVCH 7.4", TRUE);
  plancia_backend_set_polling (fixture.backend, TRUE, 300);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 0);
  other = connect_other_program ("EVCH 7.4");
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_TAKEN_OVER);
}

/* --- writing --------------------------------------------------------------------------------- */

static void
test_write_is_verified (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  const PlanciaWriteOutcome *outcome;

  init (&fixture, "HYD 6000 ZSS", TRUE);
  g_assert_true (fixture_open (&fixture, NULL));
  outcomes = fixture_write (&fixture, "HYD 6000 ZSS", map, "export_power_limit=42", NULL, &error);
  g_assert_no_error (error);
  outcome = fixture_outcome (outcomes, 0);
  g_test_message ("%s: %s", outcome->key, outcome->message != NULL ? outcome->message : "");
  g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, "verified");
  g_assert_cmpuint (outcome->sent[0], ==, outcome->after[0]);
  g_assert_cmpuint (outcome->before[0], !=, outcome->sent[0]);
  g_assert_cmpstr (fixture.progress->str, ==, "1/1 sending\n1/1 reading back\n1/1 done\n");
}

/* --- the portal ------------------------------------------------------------------------------ */

static const PlanciaSimulatorCloud *
get_cloud (void)
{
  return g_ptr_array_index (plancia_simulator_get_clouds (simulator), 0);
}

static void
init_portal (BackendFixture *fixture)
{
  const PlanciaSimulatorCloud  *cloud = get_cloud ();
  const PlanciaSimulatorDevice *thing = find_device ("ZP1ES110K00001");

  plancia_secrets_remember (cloud->account, "client", cloud->client);
  plancia_secrets_remember (cloud->account, "key", cloud->key);
  fixture_init (fixture, make_backend (thing->address, cloud->url));
  add (fixture, thing, FALSE);
}

static void
test_portal (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_long = NULL;
  g_autoptr (PlanciaSamples) samples = NULL;
  gint64                     now = plancia_clock_now ();
  PlanciaSpan                day = {now - 36 * PLANCIA_HOUR, now - 12 * PLANCIA_HOUR};
  PlanciaSpan                longer = {now - 49 * PLANCIA_HOUR, now - 24 * PLANCIA_HOUR};
  const PlanciaSampleColumn *power;

  init_portal (&fixture);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);
  turn_until (fixture_value (&fixture, "ZP1ES110K00001", "powerGenerating") != NULL);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  g_assert_cmpint (plancia_backend_get_window (fixture.backend), ==, PLANCIA_DAY);

  samples = fixture_fetch (&fixture, "ZP1ES110K00001", day, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_samples_get_device (samples), ==, "ZP1ES110K00001");
  g_assert_cmpint (plancia_samples_get_covered (samples).end, ==, day.end);
  power = plancia_samples_find_column (samples, "powerGenerating");
  g_assert_nonnull (power);
  g_assert_cmpuint (power->times->len, >, 200);
  g_assert_null (fixture_fetch (&fixture, "ZP1ES110K00001", longer, &too_long));
  g_assert_error (too_long, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG);
}

static void
check_portal_fault (const char *fault, int code, gboolean of_thing)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  const char *account = find_device ("Azzurro Portal")->name;

  g_test_message ("%s", fault);
  set_fault (account, fault);
  init_portal (&fixture);
  plancia_backend_set_polling (fixture.backend, TRUE, 0);
  g_assert_true (fixture_open (&fixture, &error) == of_thing);
  if (of_thing) {
    turn_until (g_hash_table_size (fixture.failed) > 0);
    error = g_error_copy (g_hash_table_lookup (fixture.failed, "ZP1ES110K00001"));
  }
  g_assert_error (error, PLANCIA_CLOUD_ERROR, code);
  g_test_message ("%s", error->message);
  turn_until (fixture_state (&fixture) == (of_thing ? PLANCIA_STATE_OPEN : PLANCIA_STATE_FAILING));
  set_fault (account, "none");
  if (!of_thing)
    g_assert_true (fixture_open (&fixture, NULL));
}

static void
test_portal_faults (void)
{
  check_portal_fault ("invalid-client", PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, FALSE);
  check_portal_fault ("502", PLANCIA_CLOUD_ERROR_OVERLOADED, FALSE);
  check_portal_fault ("empty", PLANCIA_CLOUD_ERROR_EMPTY_ANSWER, FALSE);
  check_portal_fault ("cut", PLANCIA_CLOUD_ERROR_BAD_ANSWER, FALSE);
  check_portal_fault ("missing-thing", PLANCIA_CLOUD_ERROR_NO_SUCH_THING, TRUE);
}

static void
test_portal_without_credentials (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, make_backend ("portal://nobody/X1", get_cloud ()->url));
  plancia_backend_add_device (fixture.backend, "x", -1, "X1", NULL);
  g_assert_false (fixture_open (&fixture, &error));
  g_assert_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NO_CREDENTIALS);
}

/* --- the console ----------------------------------------------------------------------------- */

static void
test_console (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) closed = NULL;

  fixture_init (&fixture, make_backend (find_device ("CONNEXT")->address, NULL));
  g_assert_false (fixture_send (&fixture, "help\n", &closed));
  g_assert_error (closed, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  g_assert_true (fixture_send (&fixture, "help\r\n", &error));
  turn_until (strstr (fixture.console->str, ">help\r\n") != NULL);
  turn_until (strlen (strstr (fixture.console->str, ">help\r\n")) > 20);
  g_assert_true (fixture_close (&fixture));
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_CLOSED);
  g_assert_nonnull (strstr (fixture.console->str, "!Opened "));
  g_assert_nonnull (strstr (fixture.console->str, "!Port closed"));
  /* And again. */
  g_assert_true (fixture_open (&fixture, &error));
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
  g_test_add_func ("/demo-plant/every-device", test_every_device_with_registers);
  g_test_add_func ("/demo-plant/detection", test_detection);
  g_test_add_func ("/demo-plant/unknown-device", test_unknown_device);
  g_test_add_func ("/demo-plant/faults-tcp", test_faults_of_a_tcp_device);
  g_test_add_func ("/demo-plant/faults-bus", test_faults_of_a_bus_device);
  g_test_add_func ("/demo-plant/faults-stick", test_faults_of_a_stick);
  g_test_add_func ("/demo-plant/slow", test_slow_device);
  g_test_add_func ("/demo-plant/one-of-two", test_one_of_two_is_silent);
  g_test_add_func ("/demo-plant/takeover", test_takeover);
  g_test_add_func ("/demo-plant/faults-line", test_faults_of_a_line);
  g_test_add_func ("/demo-plant/silent-stick", test_silent_stick_is_busy);
  g_test_add_func ("/demo-plant/line-is-shared", test_line_is_shared);
  g_test_add_func ("/demo-plant/second-client", test_second_client_takes_over);
  g_test_add_func ("/demo-plant/write", test_write_is_verified);
  g_test_add_func ("/demo-plant/portal", test_portal);
  g_test_add_func ("/demo-plant/portal-faults", test_portal_faults);
  g_test_add_func ("/demo-plant/portal-without-credentials", test_portal_without_credentials);
  g_test_add_func ("/demo-plant/console", test_console);
  failed = g_test_run ();
  plancia_simulator_stop (simulator);
  g_clear_object (&simulator);
  return failed;
}
