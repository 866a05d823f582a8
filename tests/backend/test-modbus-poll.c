/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"
#include "fake-link.h"

#include "backend/backend-modbus.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "map/read-plan.h"
#include <stdio.h>
#include <string.h>

/* Reading and polling, against registers in memory. */

static PlanciaMap *
get_map (void)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error);

  g_assert_no_error (error);
  return map;
}

static FakeLink *
init (BackendFixture *self, const PlanciaModbusRoute *route)
{
  static const PlanciaModbusRoute plain = {.bus = TRUE};
  FakeLink                       *link = fake_link_new ();

  fixture_init (self,
                plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)),
                                            route != NULL ? route : &plain));
  return link;
}

static void
test_read (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  static const char *const keys[] = {"state", "grid_frequency", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;
  const PlanciaReading *frequency;
  PlanciaLinkQuality    quality;

  fake_link_set_word (link, 0x0404, 2);
  fake_link_set_word (link, 0x0484, 5003);
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  g_assert_true (fixture_open (&fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);

  readings = fixture_read (&fixture, "d", keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plancia_readings_get_count (readings), ==, 2);
  frequency = plancia_readings_find (readings, "grid_frequency");
  g_assert_cmpint (frequency->quality, ==, PLANCIA_QUALITY_GOOD);
  g_assert_cmpfloat_with_epsilon (frequency->value.number, 50.03, 1e-9);
  g_assert_cmpuint (frequency->n_words, ==, 1);
  g_assert_cmpuint (frequency->words[0], ==, 5003);

  g_assert_true (fixture_close (&fixture));
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_CLOSED);
  g_assert_cmpstr (fixture.states->str, ==, "oOCc");
  plancia_backend_get_quality (fixture.backend, &quality);
  g_assert_cmpuint (quality.requests, ==, 2);
  g_assert_cmpuint (quality.errors, ==, 0);
  g_assert_cmpuint (quality.n_latencies, ==, 2);
}

static void
test_read_is_refused_when_closed (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  static const char *const unknown[] = {"no_such", NULL};
  g_autoptr (GError) closed = NULL;
  g_autoptr (GError) key = NULL;
  g_autoptr (GError) device = NULL;

  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  g_assert_null (fixture_read (&fixture, "d", NULL, &closed));
  g_assert_error (closed, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_assert_true (fixture_open (&fixture, NULL));
  g_assert_null (fixture_read (&fixture, "d", unknown, &key));
  g_assert_error (key, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER);
  g_assert_null (fixture_read (&fixture, "e", NULL, &device));
  g_assert_error (device, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (fake_link_count (link, 0), ==, 0);
}

static void
test_poll (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  g_autofree char *first = NULL;
  guint            readings;

  fake_link_set_word (link, 0x0404, 2);
  fake_link_set_text (link, 0x0445, "ZP1ES110K00001");
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 50);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, "d", "state") != NULL);
  g_assert_cmpstr (fixture_value (&fixture, "d", "state"), ==, "good 0002");
  g_assert_null (fixture_value (&fixture, "d", "serial_number"));

  /* What never changes comes after what does, and once. */
  turn_until (fixture_value (&fixture, "d", "serial_number") != NULL);
  fake_link_set_word (link, 0x0404, 5);
  turn_until (g_strcmp0 (fixture_value (&fixture, "d", "state"), "good 0005") == 0);

  plancia_backend_set_polling (fixture.backend, FALSE, 0);
  fixture_turn (100);
  readings = fixture.n_readings;
  fixture_turn (200);
  g_assert_cmpuint (fixture.n_readings, ==, readings);
}

/* The requests of the plan for all that is fast or normal, in the first cycle. */
static void
test_first_cycle_is_short (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  g_autoptr (GPtrArray) fields =
    plancia_read_plan_select (map, 1 << PLANCIA_POLL_FAST | 1 << PLANCIA_POLL_NORMAL, TRUE);
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, 0, G_MAXUINT);

  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 60000);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 0);
  g_assert_cmpuint (fake_link_count (link, 0), ==, plan->len);
}

/* What is due while a cycle runs is skipped, not queued. */
static void
test_slow_cycle_skips (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  guint  requests;
  gint64 start;

  fake_link_set_delay (link, 20);
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 10);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 4);
  fake_link_forget (link);
  start = g_get_monotonic_time ();
  fixture_turn (400);
  requests = fake_link_count (link, 0);
  g_assert_cmpuint (requests, >=, 5);
  /* One in 20 ms, however long the turn really took, and the one that was under way. */
  g_assert_cmpuint (requests, <=, (g_get_monotonic_time () - start) / 20000 + 1);
}

static void
test_spacing (void)
{
  const PlanciaModbusRoute route = {.spacing = 60, .bus = TRUE};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  gint64 start;

  g_assert_true (fixture_open (&fixture, NULL));
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GArray) words = fixture_read_raw (&fixture, 1, 3, 0x0404, 1, NULL);

    g_assert_nonnull (words);
  }
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 3 * 60 * 1000);
}

/* Registers that the device refuses: optional ones are not asked after the second time, and the
 * neighbours' values come all the same. */
static void
test_optional_registers_are_dropped (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  g_autoptr (PlanciaReadings) readings = NULL;
  const char         *keys[] = {NULL, NULL};
  const PlanciaField *optional = NULL;
  g_autofree char    *again = NULL;
  guint               before;

  for (guint i = 0; optional == NULL && i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->optional && field->poll == PLANCIA_POLL_NORMAL && field->count == 1 &&
        field->address > 0x0484 && field->address < 0x04b0)
      optional = field;
  }
  g_assert_nonnull (optional);
  g_test_message ("refused: %s at 0x%04x", optional->key, optional->address);
  fake_link_set_missing (link, optional->address, optional->address);
  fake_link_set_word (link, 0x0484, 5001);
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 20);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, "d", optional->key) != NULL);
  g_assert_cmpstr (fixture_value (&fixture, "d", optional->key), ==, "refused");
  g_assert_cmpstr (fixture_value (&fixture, "d", "grid_frequency"), ==, "good 1389");

  before = fixture.n_readings;
  turn_until (fixture.n_readings > before + 30);
  fake_link_forget (link);
  before = fixture.n_readings;
  turn_until (fixture.n_readings > before + 30);
  plancia_backend_set_polling (fixture.backend, FALSE, 0);
  again = fake_link_describe (link);
  for (const char *line = again; *line != '\0'; line = strchr (line, '\n') + 1) {
    guint unit, function, address, count;

    g_assert_cmpint (sscanf (line, "%u %u 0x%x+%u", &unit, &function, &address, &count), ==, 4);
    g_assert_false (address <= optional->address && optional->address < address + count);
  }
  g_assert_cmpuint (g_hash_table_size (fixture.failed), ==, 0);

  /* A person who asks for it gets an answer. */
  keys[0] = optional->key;
  readings = fixture_read (&fixture, "d", keys, NULL);
  g_assert_cmpuint (plancia_readings_get_count (readings), ==, 1);
  g_assert_cmpint (plancia_readings_get (readings, 0)->quality, ==, PLANCIA_QUALITY_REFUSED);
}

/* A stick that takes 30 registers a request, not 60: found out once, remembered. */
static void
test_shorter_reads_are_remembered (void)
{
  static const guint16 lengths[] = {30, 4};

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (FakeLink) link = init (&fixture, NULL);
    g_autoptr (PlanciaMap) map = get_map ();
    g_autoptr (PlanciaReadings) first = NULL;
    g_autoptr (PlanciaReadings) second = NULL;
    g_autofree char *requests = NULL;
    guint            good = 0, n_first;

    fake_link_set_longest (link, lengths[i]);
    plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
    g_assert_true (fixture_open (&fixture, NULL));
    first = fixture_read (&fixture, "d", NULL, NULL);
    n_first = fake_link_count (link, 0);
    fake_link_forget (link);
    second = fixture_read (&fixture, "d", NULL, NULL);
    g_assert_cmpuint (fake_link_count (link, 0), <, n_first);
    for (guint j = 0; j < plancia_readings_get_count (second); j++)
      good += plancia_readings_get (second, j)->quality != PLANCIA_QUALITY_REFUSED;
    /* A serial number of ten registers cannot be read in fours. */
    g_assert_cmpuint (plancia_readings_get_count (second) - good, <=, i == 0 ? 0 : 8);
    g_assert_cmpuint (good, >, 100);
  }
}

static void
test_hub_rules (void)
{
  const PlanciaModbusRoute route = {.exclusive = TRUE, .bus = TRUE, .functions = 1 << 3 | 1 << 16};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  g_autoptr (GError) broadcast = NULL;
  g_autoptr (GError) input = NULL;
  g_autoptr (GError) coils = NULL;

  g_assert_true (fixture_open (&fixture, NULL));
  g_assert_null (fixture_read_raw (&fixture, 0, 3, 0x0404, 1, &broadcast));
  g_assert_error (broadcast, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_null (fixture_read_raw (&fixture, 1, 4, 0x2001, 1, &input));
  g_assert_error (input, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_null (fixture_read_raw (&fixture, 1, 1, 0x2001, 1, &coils));
  g_assert_error (coils, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (fake_link_count (link, 0), ==, 0);
}

static void
test_removed_device_is_silent (void)
{
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, NULL);
  g_autoptr (PlanciaMap) map = get_map ();
  guint requests;

  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 10);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 3);
  plancia_backend_remove_device (fixture.backend, "d");
  g_hash_table_remove_all (fixture.values);
  fixture_turn (100);
  g_assert_cmpuint (g_hash_table_size (fixture.values), ==, 0);
  requests = fake_link_count (link, 0);
  fixture_turn (100);
  g_assert_cmpuint (fake_link_count (link, 0), ==, requests);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modbus-poll/read", test_read);
  g_test_add_func ("/modbus-poll/refused-when-closed", test_read_is_refused_when_closed);
  g_test_add_func ("/modbus-poll/poll", test_poll);
  g_test_add_func ("/modbus-poll/first-cycle", test_first_cycle_is_short);
  g_test_add_func ("/modbus-poll/skips", test_slow_cycle_skips);
  g_test_add_func ("/modbus-poll/spacing", test_spacing);
  g_test_add_func ("/modbus-poll/optional", test_optional_registers_are_dropped);
  g_test_add_func ("/modbus-poll/shorter-reads", test_shorter_reads_are_remembered);
  g_test_add_func ("/modbus-poll/hub-rules", test_hub_rules);
  g_test_add_func ("/modbus-poll/removed", test_removed_device_is_silent);
  return g_test_run ();
}
