/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/diagnostics.h"

#include "base/log.h"
#include "fake-backend.h"
#include "plant/secrets.h"
#include <string.h>

/* What must not be in the text. */
#define PLANT   "Famiglia Bianchi, Siena"
#define NAME    "Inverter of Mario"
#define LOGGER  "2712345678"
#define THING   "ZE1ES330J1E258"
#define SERIAL  "ZP1ES110K00001"
#define PASSED  "s3cret-client-code"
#define KEY     "0123456789abcdef0123"
#define ACCOUNT "bianchi"

static PlanciaEntry *
add (PlanciaPlant *plant, const char *kind, const char *name, const char *text, const char *map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_no_error (error);
  entry = plancia_entry_new (NULL, kind, name, address);
  plancia_entry_set_map (entry, map);
  plancia_plant_add (plant, NULL, entry);
  return entry;
}

static PlanciaPlant *
make_plant (PlanciaEntry **inverter)
{
  PlanciaPlant *plant = plancia_plant_new (PLANT);

  *inverter =
    add (plant, "inverter", NAME, "wifi-stick://192.168.1.119/1?serial=" LOGGER, "zcs-3ph-hyd-g3");
  add (plant, "thing", "Cloud", "portal://" ACCOUNT "/" THING, NULL);
  add (plant, "inverter", "Far away", "modbus-tcp://home.bianchi.example:1502/1", "zcs-3ph-hyd-g3");
  add (plant, "inverter", "By number", "modbus-tcp://93.184.216.34:1502/2", NULL);
  return plant;
}

static void
assert_without (const char *text, const char *word)
{
  g_autofree char *small = g_utf8_strdown (text, -1);
  g_autofree char *wanted = g_utf8_strdown (word, -1);

  if (strstr (small, wanted) != NULL)
    g_error ("“%s” is in the diagnostics:\n%s", word, text);
}

static void
assert_with (const char *text, const char *word)
{
  if (strstr (text, word) == NULL)
    g_error ("“%s” is not in the diagnostics:\n%s", word, text);
}

static void
read_serial (PlanciaOpenPlant *open, PlanciaEntry *inverter)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_entry_get_id (inverter), 1781272800000);
  PlanciaReading *reading = plancia_readings_add (readings, "serial_number", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (SERIAL);
  plancia_device_tree_apply (plancia_open_plant_get_tree (open), readings);
}

static void
give_link (PlanciaOpenPlant *open, PlanciaEntry *inverter, FakeBackend *backend)
{
  PlanciaLinkQuality quality = {.requests = 41,
                                .errors = 2,
                                .kinds[PLANCIA_LINK_ERROR_TIMEOUT] = 2,
                                .framing = "Modbus TCP",
                                .latency_median = 14,
                                .latency_worst = 90};
  PlanciaDevice     *device = plancia_device_tree_find (plancia_open_plant_get_tree (open),
                                                    plancia_entry_get_id (inverter));

  fake_backend_set_quality (backend, &quality);
  plancia_device_set_backend (device, PLANCIA_BACKEND (backend));
}

static void
test_masked (void)
{
  static const char *const forbidden[] =
    {PLANT, NAME, LOGGER, THING, SERIAL, PASSED, KEY, ACCOUNT, "93.184.216.34"};
  static const char *const libraries[] = {"GTK: 4.8.3", NULL};
  PlanciaEntry            *inverter = NULL;
  g_autoptr (PlanciaPlant) plant = make_plant (&inverter);
  g_autoptr (PlanciaOpenPlant) open = plancia_open_plant_new (plant, ":memory:");
  g_autoptr (FakeBackend) backend = fake_backend_new (PLANCIA_BACKEND_LIVE);
  g_autofree char *text = NULL;

  give_link (open, inverter, backend);
  read_serial (open, inverter);
  plancia_secrets_remember (ACCOUNT, "client", PASSED);
  plancia_secrets_remember (ACCOUNT, "key", KEY);
  plancia_log_say (PLANCIA_LOG_WARNING,
                   "plancia-link",
                   "%s (%s): key %s refused, client " PASSED,
                   NAME,
                   SERIAL,
                   KEY);
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Opened: %s, near 192.168.1.119", PLANT);
  text = plancia_diagnostics_create (open, NULL, libraries);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    assert_without (text, forbidden[i]);
  /* The same word in the list of devices and in the log. */
  assert_with (text, "inverter-1 wifi-stick://192.168.1.119/1?serial=");
  assert_with (text, "plancia-link: inverter-1 (ZP1-serial-");
  assert_with (text, "key \u2022\u2022\u2022 refused");
  assert_with (text, "Opened: the plant, near 192.168.1.119");
  assert_with (text, "map zcs-3ph-hyd-g3");
  assert_with (text, "Plancia: " PLANCIA_VERSION);
  assert_with (text, "GTK: 4.8.3");
  assert_with (
    text,
    "link: 41 requests, 2 without an answer, 0 skipped, median 14 ms, worst 90 ms, Modbus TCP, timeout 2");
}

static void
test_without_plant (void)
{
  g_autofree char *text = plancia_diagnostics_create (NULL, NULL, NULL);
  g_autofree char *name = plancia_diagnostics_dup_file_name ();

  assert_with (text, "none is open");
  assert_with (text, "Kernel: Linux");
  g_assert_true (g_regex_match_simple ("^plancia-diagnostics-\\d{8}-\\d{4}\\.txt$", name, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnostics/masked", test_masked);
  g_test_add_func ("/diagnostics/without-plant", test_without_plant);
  return g_test_run ();
}
