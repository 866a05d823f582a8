/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "link/links.h"
#include "plant/address.h"
#include "simulator/simulator.h"

#define LIMIT 5000

/* A plant of one line: starts in no time. */
static const char *const line_scenario =
  "{\"format\": \"plancia-scenario\", \"version\": 1,"
  " \"place\": {\"latitude\": 43.46, \"longitude\": 11.88, \"zone\": \"Europe/Rome\"},"
  " \"start\": \"2026-06-12T14:05:30+02:00\", \"commissioned\": \"2026-06-02\", \"devices\": ["
  " {\"kind\": \"hub\", \"name\": \"Hub\", \"route\": \"hub\"},"
  " {\"kind\": \"line\", \"name\": \"Line\", \"parent\": \"Hub\", \"route\": \"line\", \"line\": \"inverters\"},"
  " {\"kind\": \"inverter\", \"name\": \"One\", \"parent\": \"Line\", \"map\": \"zcs-3ph-hyd-g3\", \"unit\": 1},"
  " {\"kind\": \"inverter\", \"name\": \"Two\", \"parent\": \"Line\", \"map\": \"zcs-3ph-hyd-g3\", \"unit\": 2}]}";

/* Sticks that show all that people have met. */
static const char *const stick_scenario =
  "{\"format\": \"plancia-scenario\", \"version\": 1,"
  " \"place\": {\"latitude\": 43.46, \"longitude\": 11.88, \"zone\": \"Europe/Rome\"},"
  " \"start\": \"2026-06-12T14:05:30+02:00\", \"commissioned\": \"2026-06-02\", \"devices\": ["
  " {\"kind\": \"stick\", \"name\": \"Wifi\", \"route\": \"wifi-stick\", \"serial\": \"2712345678\","
  "  \"quirks\": \"all\"},"
  " {\"kind\": \"inverter\", \"name\": \"One\", \"parent\": \"Wifi\", \"map\": \"zcs-3ph-hyd-g3\"},"
  " {\"kind\": \"stick\", \"name\": \"Eth\", \"route\": \"eth-stick\", \"quirks\": \"all\"},"
  " {\"kind\": \"inverter\", \"name\": \"Two\", \"parent\": \"Eth\", \"map\": \"zcs-3ph-hyd-g3\"}]}";

static PlanciaSimulator *
start (PlanciaScenario *scenario)
{
  PlanciaSimulator *simulator = plancia_simulator_new (scenario);
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_simulator_start (simulator, &error));
  g_assert_no_error (error);
  return simulator;
}

/* One for all tests that only look. */
static PlanciaSimulator *
demo (void)
{
  static PlanciaSimulator *simulator;
  g_autoptr (PlanciaScenario) scenario = NULL;

  if (simulator == NULL) {
    scenario = plancia_scenario_new_demo ();
    simulator = start (scenario);
  }
  return simulator;
}

static PlanciaSimulator *
start_line (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (line_scenario, strlen (line_scenario));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario)
    scenario = plancia_scenario_new_from_bytes (bytes, "line.json", &error);

  g_assert_no_error (error);
  return start (scenario);
}

static PlanciaSimulatorDevice *
find (PlanciaSimulator *simulator, const char *name)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);
    if (g_str_equal (device->name, name))
      return device;
  }
  g_error ("there is no %s", name);
  return NULL;
}

static PlanciaAddress *
parse (const PlanciaSimulatorDevice *device)
{
  g_autoptr (GError) error = NULL;
  PlanciaAddress *address = plancia_address_parse (device->address, &error);

  g_assert_no_error (error);
  return address;
}

static void
set_fault (PlanciaSimulator *simulator, const char *device, const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_simulator_set_fault (simulator, device, fault, &error));
  g_assert_no_error (error);
}

static void
test_devices (void)
{
  PlanciaSimulator *simulator = demo ();
  GPtrArray        *devices = plancia_simulator_get_devices (simulator);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (devices->len, ==, 23);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);
    g_autoptr (PlanciaAddress) address = parse (device);
    g_autofree char *canonical = plancia_address_to_string (address);

    g_assert_cmpstr (canonical, ==, device->address);
    g_assert_true (device->parent == NULL || g_hash_table_contains (seen, device->parent));
    g_assert_true (g_hash_table_add (seen, device->name));
    /* What has registers is asked by a unit; everything else is not. */
    g_assert_true ((device->map != NULL) == (plancia_address_get_unit (address) >= 0));
  }
}

/* The connection of a device is that of what it hangs on. */
static void
test_connections (void)
{
  static const char *const pairs[][2] = {
    {"ZSM-WIFI-USB",   "HYD 6000 ZSS"  },
    {"ZSM-ETH-USB",    "5.0KTL-V3"     },
    {"Inverters",      "HYD 10000 ZSS" },
    {"Inverters",      "HYD 8000 ZSS"  },
    {"Meters",         "Exchange meter"},
    {"EV chargers",    "EVCH 7.4"      },
    {"PSC 100",        "350KTL 1"      },
    {"Azzurro Portal", "ZP1ES110K00001"},
  };
  PlanciaSimulator *simulator = demo ();

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (PlanciaAddress) above = parse (find (simulator, pairs[i][0]));
    g_autoptr (PlanciaAddress) below = parse (find (simulator, pairs[i][1]));
    g_autofree char *first = plancia_address_dup_connection (above);
    g_autofree char *second = plancia_address_dup_connection (below);

    g_assert_cmpstr (first, ==, second);
  }
}

static void
test_json (void)
{
  PlanciaSimulator *simulator = demo ();
  g_autofree char  *text = plancia_simulator_to_json (simulator);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonArray  *devices = json_object_get_array_member (json_node_get_object (root), "devices");
  JsonArray  *clouds = json_object_get_array_member (json_node_get_object (root), "clouds");
  JsonObject *stick = json_array_get_object_element (devices, 0);
  JsonObject *inverter = json_array_get_object_element (devices, 1);
  JsonObject *cloud = json_array_get_object_element (clouds, 0);
  PlanciaSimulatorCloud *known = g_ptr_array_index (plancia_simulator_get_clouds (simulator), 0);

  g_assert_cmpuint (json_array_get_length (devices), ==, 23);
  g_assert_cmpstr (json_object_get_string_member (stick, "name"), ==, "ZSM-WIFI-USB");
  g_assert_true (json_object_get_null_member (stick, "map"));
  g_assert_cmpstr (json_object_get_string_member (inverter, "map"), ==, "zcs-3ph-hyd-g3");
  g_assert_cmpstr (json_object_get_string_member (inverter, "kind"), ==, "inverter");
  g_assert_cmpstr (json_object_get_string_member (inverter, "address"),
                   ==,
                   find (simulator, "HYD 6000 ZSS")->address);
  g_assert_cmpstr (json_object_get_string_member (cloud, "profile"), ==, "azzurro-portal");
  g_assert_cmpstr (json_object_get_string_member (cloud, "url"), ==, known->url);
  g_assert_cmpstr (known->account, ==, "demo");
  /* Credentials do not go into files. */
  g_assert_null (strstr (text, known->client));
  g_assert_null (strstr (text, known->key));
}

static void
test_start_and_stop (void)
{
  g_autoptr (PlanciaSimulator) simulator = start_line ();
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_simulator_start (simulator, NULL));
  plancia_simulator_stop (simulator);
  plancia_simulator_stop (simulator);
  g_assert_cmpuint (plancia_simulator_get_devices (simulator)->len, ==, 0);
  g_assert_false (plancia_simulator_set_fault (simulator, "One", "slow", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  for (int i = 0; i < 5; i++) {
    g_assert_true (plancia_simulator_start (simulator, NULL));
    g_assert_cmpuint (plancia_simulator_get_devices (simulator)->len, ==, 4);
    plancia_simulator_stop (simulator);
  }
}

static void
test_clock (void)
{
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_demo ();
  g_autoptr (PlanciaScenario) fast = plancia_scenario_with_speed (scenario, 1000);
  g_autoptr (PlanciaSimulator) simulator = plancia_simulator_new (fast);
  gint64 begin = plancia_scenario_get_start (scenario);

  g_assert_cmpint (plancia_simulator_now (simulator), ==, begin);
  g_assert_true (plancia_simulator_start (simulator, NULL));
  g_usleep (50 * 1000);
  g_assert_cmpint (plancia_simulator_now (simulator), >=, begin + 50 * 1000);
  plancia_simulator_stop (simulator);
}

static PlanciaLink *
open_line (PlanciaSimulator *simulator)
{
  g_autoptr (PlanciaAddress) address = parse (find (simulator, "Line"));
  return plancia_link_modbus_tcp_new ("127.0.0.1", plancia_address_get_port (address), LIMIT);
}

/* Reads the bus address of unit 1; what came of it. */
static void
ask (PlanciaLink *link, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  guint16  unit = 0xffff;
  gboolean done = plancia_link_read_words (link, 1, 3, 0x100b, 1, &unit, NULL, &error);

  if (domain == 0) {
    g_assert_no_error (error);
    g_assert_true (done);
    g_assert_cmpuint (unit, ==, 1);
    return;
  }
  g_assert_false (done);
  g_assert_error (error, domain, code);
}

static void
test_faults_come_and_go (void)
{
  g_autoptr (PlanciaSimulator) simulator = start_line ();
  g_autoptr (PlanciaLink) link = open_line (simulator);
  g_autoptr (GError) error = NULL;

  ask (link, 0, 0);
  set_fault (simulator, "One", "exception");
  ask (link, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
  /* A line's fault is that of all on it which have none of their own. */
  set_fault (simulator, "Line", "exception");
  set_fault (simulator, "One", "none");
  ask (link, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
  set_fault (simulator, "Line", "none");
  ask (link, 0, 0);
  g_assert_false (plancia_simulator_set_fault (simulator, "One", "takeover", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (plancia_simulator_set_fault (simulator, "Three", "slow", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
}

static void
test_takeover_shows_at_once (void)
{
  g_autoptr (PlanciaSimulator) simulator = start_line ();
  g_autoptr (PlanciaAddress) address = parse (find (simulator, "Line"));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char byte;

  g_socket_client_set_timeout (client, 5);
  connection = g_socket_client_connect_to_host (client,
                                                "127.0.0.1",
                                                plancia_address_get_port (address),
                                                NULL,
                                                &error);
  g_assert_no_error (error);
  /* Accepted already or not: either way the line is held. */
  set_fault (simulator, "Hub", "takeover");
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        &byte,
                                        1,
                                        NULL,
                                        &error),
                   ==,
                   -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_lists_of_faults (void)
{
  PlanciaSimulator  *simulator = demo ();
  const char *const *line = plancia_simulator_list_faults (simulator, "Inverters");
  const char *const *portal = plancia_simulator_list_faults (simulator, "Azzurro Portal");
  const char *const *pump = plancia_simulator_list_faults (simulator, "Heat pump");

  g_assert_true (g_strv_contains (line, "takeover"));
  g_assert_true (g_strv_contains (portal, "invalid-client"));
  g_assert_true (g_strv_contains (pump, "silent"));
  g_assert_false (g_strv_contains (pump, "takeover"));
  g_assert_cmpstr (line[0], ==, "none");
  g_assert_null (plancia_simulator_list_faults (simulator, "Nobody"));
}

/* The client's own links against every route: identity, as the maps look for it. */
static PlanciaLink *
make_link (PlanciaAddress *address)
{
  guint16 port = plancia_address_get_port (address);

  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_WIFI_STICK:
    return plancia_link_solarman_new ("127.0.0.1",
                                      port,
                                      plancia_address_get_serial (address),
                                      LIMIT);
  case PLANCIA_ADDRESS_ETH_STICK:
    return plancia_link_auto_new ("127.0.0.1", port, LIMIT);
  case PLANCIA_ADDRESS_RS485:
    return plancia_link_modbus_rtu_new (plancia_address_get_device (address), 9600, "8N1", LIMIT);
  default:
    return plancia_link_modbus_tcp_new ("127.0.0.1", port, LIMIT);
  }
}

static void
test_own_links (void)
{
  static const struct
  {
    const char *device;
    guint16     address; /* of the serial number */
    guint16     words;
  } cases[] = {
    {"HYD 6000 ZSS",  0x0445, 7},
    {"5.0KTL-V3",     0x0445, 7},
    {"HYD 10000 ZSS", 0x0445, 7},
    {"HYD 8000 ZSS",  0x0445, 7},
    {"350KTL 3",      0x0445, 7},
    {"Power Magic",   0x0040, 7},
    {"Heat pump",     0x0040, 6},
  };
  PlanciaSimulator *simulator = demo ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlanciaSimulatorDevice *device = find (simulator, cases[i].device);
    g_autoptr (PlanciaAddress) address = parse (device);
    g_autoptr (PlanciaLink) link = make_link (address);
    g_autoptr (GError) error = NULL;
    guint16 words[16];
    char    text[33] = "";

    plancia_link_read_words (link,
                             (guint8) plancia_address_get_unit (address),
                             3,
                             cases[i].address,
                             cases[i].words,
                             words,
                             NULL,
                             &error);
    g_assert_no_error (error);
    for (guint j = 0; j < cases[i].words; j++) {
      text[2 * j] = (char) (words[j] >> 8);
      text[2 * j + 1] = (char) (words[j] & 0xff);
    }
    g_assert_true (strncmp (text, device->serial, 2 * (gsize) cases[i].words) == 0);
    plancia_link_close (link);
  }
}

/* With all oddities of the sticks the client's links read, write and fail as they should. */
static void
test_own_links_and_quirks (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (stick_scenario, strlen (stick_scenario));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario)
    scenario = plancia_scenario_new_from_bytes (bytes, "sticks.json", &error);
  g_autoptr (PlanciaSimulator) simulator = NULL;
  static const char *const names[] = {"Wifi", "Eth"};

  g_assert_no_error (error);
  simulator = start (scenario);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (PlanciaAddress) address = parse (find (simulator, names[i]));
    g_autoptr (PlanciaLink) link = make_link (address);

    for (guint16 round = 0; round < 12; round++) {
      guint16 wanted = 100 + round;
      guint16 found = 0;

      plancia_link_write_words (link, 1, 16, 0x110a, &wanted, 1, NULL, &error);
      g_assert_no_error (error);
      plancia_link_read_words (link, 1, 3, 0x110a, 1, &found, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found, ==, wanted);
      g_assert_false (plancia_link_read_words (link, 1, 3, 0x7000, 1, &found, NULL, &error));
      g_assert_error (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
      g_clear_error (&error);
    }
    plancia_link_close (link);
  }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/simulator/devices", test_devices);
  g_test_add_func ("/simulator/simulator/connections", test_connections);
  g_test_add_func ("/simulator/simulator/json", test_json);
  g_test_add_func ("/simulator/simulator/start-and-stop", test_start_and_stop);
  g_test_add_func ("/simulator/simulator/clock", test_clock);
  g_test_add_func ("/simulator/simulator/faults-come-and-go", test_faults_come_and_go);
  g_test_add_func ("/simulator/simulator/takeover-shows-at-once", test_takeover_shows_at_once);
  g_test_add_func ("/simulator/simulator/lists-of-faults", test_lists_of_faults);
  g_test_add_func ("/simulator/simulator/own-links", test_own_links);
  g_test_add_func ("/simulator/simulator/own-links-and-quirks", test_own_links_and_quirks);
  result = g_test_run ();
  g_object_unref (demo ());
  return result;
}
