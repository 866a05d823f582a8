/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/link-maker.h"
#include "base/error.h"
#include "link/link-shared.h"
#include "link/links.h"
#include "simulator/simulator.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Our links against what the simulator can do to them: every framing, every manner of being silent. */

static const char scenario_text[] =
  "{\"format\": \"plancia-scenario\", \"version\": 1, \"name\": \"Links\", \"start\": \"2026-06-12T14:32:00\","
  " \"place\": {\"zone\": \"Europe/Rome\", \"latitude\": 43.67, \"longitude\": 11.45}, \"devices\": ["
  "{\"kind\": \"stick\", \"name\": \"TCP\", \"route\": \"eth-stick\", \"framing\": \"tcp\"},"
  "{\"kind\": \"inverter\", \"name\": \"TCP 1\", \"parent\": \"TCP\", \"map\": \"zcs-3ph-hyd-g3\", \"serial\": "
  "\"ZP1ES110K00001\", \"longest\": 30},"
  "{\"kind\": \"stick\", \"name\": \"RTU\", \"route\": \"eth-stick\", \"framing\": \"rtu\"},"
  "{\"kind\": \"inverter\", \"name\": \"RTU 1\", \"parent\": \"RTU\", \"map\": \"zcs-3ph-hyd-g3\", \"serial\": "
  "\"ZP1ES110K00002\"},"
  "{\"kind\": \"stick\", \"name\": \"V5\", \"route\": \"eth-stick\", \"framing\": \"v5\", \"serial\": "
  "\"2712345678\", \"quirks\": \"all\"},"
  "{\"kind\": \"inverter\", \"name\": \"V5 1\", \"parent\": \"V5\", \"map\": \"zcs-3ph-hyd-g3\", \"serial\": "
  "\"ZP1ES110K00003\"},"
  "{\"kind\": \"stick\", \"name\": \"Busy\", \"route\": \"eth-stick\", \"upload_every\": 3, \"upload_pause\": 2},"
  "{\"kind\": \"inverter\", \"name\": \"Busy 1\", \"parent\": \"Busy\", \"map\": \"zcs-3ph-hyd-g3\", \"serial\": "
  "\"ZP1ES110K00004\"},"
  "{\"kind\": \"hub\", \"name\": \"HUB\", \"route\": \"hub\"},"
  "{\"kind\": \"line\", \"name\": \"Line\", \"parent\": \"HUB\", \"route\": \"line\", \"line\": \"inverters\"},"
  "{\"kind\": \"inverter\", \"name\": \"Line 1\", \"parent\": \"Line\", \"map\": \"zcs-3ph-hyd-g3\", \"serial\": "
  "\"ZP1ES110K00005\"}]}";

static PlanciaSimulator *simulator;

static PlanciaAddress *
get_address (const char *name)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);

  for (guint i = 0; i < devices->len; i++) {
    const PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);

    if (g_str_equal (device->name, name))
      return plancia_address_parse (device->address, NULL);
  }
  g_error ("no %s", name);
}

static void
set_fault (const char *name, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (simulator, name, fault, &error);
  g_assert_no_error (error);
  g_usleep (200 * 1000); /* its thread looks now and then */
}

/* The serial number, which ends in the digit. */
static gboolean
read_serial (PlanciaLink *link, char digit, GError **error)
{
  guint16 words[7] = {0};

  if (!plancia_link_read_words (link, 1, 3, 0x0445, 7, words, NULL, error))
    return FALSE;
  g_assert_cmphex (words[0], ==, 'Z' << 8 | 'P');
  g_assert_cmpint (words[6] & 0xff, ==, digit);
  return TRUE;
}

/* What it is said to speak is found, and the two others get no answer. */
static void
test_framing (void)
{
  static const struct
  {
    const char *device;
    const char *option;
    char        digit;
  } sticks[] = {
    {"TCP 1", "tcp", '1'},
    {"RTU 1", "rtu", '2'},
    {"V5 1",  "v5",  '3'},
  };

  for (guint i = 0; i < G_N_ELEMENTS (sticks); i++) {
    g_autoptr (PlanciaAddress) address = get_address (sticks[i].device);
    guint16 port = plancia_address_get_port (address);
    g_autoptr (PlanciaLink) found = plancia_link_auto_new ("127.0.0.1", port, 500);
    g_autoptr (PlanciaLink) tcp = plancia_link_modbus_tcp_new ("127.0.0.1", port, 300);
    g_autoptr (PlanciaLink) rtu = plancia_link_rtu_over_tcp_new ("127.0.0.1", port, 300);
    g_autoptr (PlanciaLink) v5 = plancia_link_solarman_new ("127.0.0.1", port, 0, 300);
    PlanciaLink *all[] = {tcp, rtu, v5};
    g_autoptr (GError) error = NULL;

    g_assert_true (plancia_link_open (found, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (plancia_link_auto_get_option (found), ==, sticks[i].option);
    /* Often enough to meet every oddity. */
    for (guint j = 0; j < 20; j++) {
      read_serial (found, sticks[i].digit, &error);
      g_assert_no_error (error);
    }
    plancia_link_close (found);
    for (guint j = 0; j < 3; j++)
      g_assert_true (read_serial (all[j], sticks[i].digit, NULL) == (i == j));
  }
}

static void
test_longest (void)
{
  g_autoptr (PlanciaAddress) address = get_address ("TCP 1");
  g_autoptr (PlanciaLink)
    link = plancia_link_modbus_tcp_new ("127.0.0.1", plancia_address_get_port (address), 1000);
  guint16 words[33];
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_link_read_words (link, 1, 3, 0x0484, 30, words, NULL, NULL));
  g_assert_false (plancia_link_read_words (link, 1, 3, 0x0484, 31, words, NULL, &error));
  g_assert_error (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE);
}

static void
test_split (void)
{
  static const char *const devices[] = {"TCP 1", "RTU 1", "V5 1", "Line 1"};

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    g_autoptr (PlanciaAddress) address = get_address (devices[i]);
    PlanciaModbusRoute route;
    g_autoptr (PlanciaLink) link = plancia_link_maker_make (address, &route, NULL);
    g_autoptr (GError) error = NULL;

    set_fault (devices[i], "split");
    read_serial (link, i < 3 ? (char) ('1' + i) : '5', &error);
    g_assert_no_error (error);
    set_fault (devices[i], "none");
  }
}

/* A stick that uploads is silent, and then there again. */
static void
test_upload (void)
{
  g_autoptr (PlanciaAddress) address = get_address ("Busy 1");
  g_autoptr (PlanciaLink)
    link = plancia_link_modbus_tcp_new ("127.0.0.1", plancia_address_get_port (address), 250);
  gint64 end = g_get_monotonic_time () + 7 * G_USEC_PER_SEC;
  guint  good = 0, silent = 0;

  while (g_get_monotonic_time () < end) {
    g_autoptr (GError) error = NULL;

    if (read_serial (link, '4', &error))
      good++;
    else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
      silent++;
    else
      g_assert_no_error (error);
    g_usleep (50 * 1000);
  }
  g_assert_cmpuint (good, >, 5);
  g_assert_cmpuint (silent, >, 5);
}

static void
test_port_closed (void)
{
  g_autoptr (PlanciaAddress) address = get_address ("Line 1");
  PlanciaModbusRoute route;
  g_autoptr (PlanciaLink) link = plancia_link_maker_make (address, &route, NULL);
  g_autoptr (GError) closed = NULL;
  g_autoptr (GError) refused = NULL;

  g_assert_true (route.exclusive);
  plancia_link_set_reconnect (link, FALSE);
  g_assert_true (read_serial (link, '5', NULL));
  set_fault ("Line", "port-closed");
  g_assert_false (read_serial (link, '5', &closed));
  g_assert_error (closed, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  plancia_link_close (link);
  g_assert_false (plancia_link_open (link, NULL, &refused));
  g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  set_fault ("Line", "none");
  g_assert_true (plancia_link_open (link, NULL, NULL));
  g_assert_true (read_serial (link, '5', NULL));
}

/* Two plants with the same line: one connection, and nobody throws the other out. */
static void
test_shared_line (void)
{
  g_autoptr (PlanciaAddress) address = get_address ("Line 1");
  PlanciaModbusRoute route;
  g_autoptr (PlanciaLink) one = plancia_link_maker_make (address, &route, NULL);
  g_autoptr (PlanciaLink) two = plancia_link_maker_make (address, &route, NULL);

  g_assert_true (one != two);
  g_assert_true (plancia_link_shared_get_inner (one) == plancia_link_shared_get_inner (two));
  plancia_link_set_reconnect (one, FALSE);
  for (guint i = 0; i < 5; i++) {
    g_assert_true (read_serial (one, '5', NULL));
    g_assert_true (read_serial (two, '5', NULL));
  }
}

static PlanciaLink *
make_serial_link (const char *device)
{
  g_autofree char *text = g_strdup_printf ("rs485://%s/1", device);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  PlanciaModbusRoute route;

  return plancia_link_maker_make (address, &route, NULL);
}

/* By its own name and by that of the adapter it is the same port. */
static void
test_shared_port (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *name = g_build_filename (folder, "adapter", NULL);
  g_autofree char *other_name = g_build_filename (folder, "other", NULL);

  g_assert_cmpint (symlink ("/dev/null", name), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", other_name), ==, 0);
  g_autoptr (PlanciaLink) one = make_serial_link ("/dev/null");
  g_autoptr (PlanciaLink) two = make_serial_link (name);
  g_autoptr (PlanciaLink) other = make_serial_link (other_name);

  g_assert_true (plancia_link_shared_get_inner (one) == plancia_link_shared_get_inner (two));
  g_assert_true (plancia_link_shared_get_inner (one) != plancia_link_shared_get_inner (other));
  g_assert_cmpint (g_unlink (name), ==, 0);
  g_assert_cmpint (g_unlink (other_name), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (scenario_text, strlen (scenario_text));
  g_autoptr (PlanciaScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  scenario = plancia_scenario_new_from_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_start (simulator, &error);
  g_assert_no_error (error);
  g_test_add_func ("/simulated-links/framing", test_framing);
  g_test_add_func ("/simulated-links/longest", test_longest);
  g_test_add_func ("/simulated-links/split", test_split);
  g_test_add_func ("/simulated-links/upload", test_upload);
  g_test_add_func ("/simulated-links/port-closed", test_port_closed);
  g_test_add_func ("/simulated-links/shared-line", test_shared_line);
  g_test_add_func ("/simulated-links/shared-port", test_shared_port);
  result = g_test_run ();
  plancia_simulator_stop (simulator);
  g_object_unref (simulator);
  return result;
}
