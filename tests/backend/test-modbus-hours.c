/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"
#include "fake-link.h"

#include "backend/backend-modbus.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include <stdio.h>
#include <string.h>

/* What a connection learns, skips, counts and forgives while it is polled for hours. */

static PlanciaMap *
get_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get (id, &error);

  g_assert_no_error (error);
  return map;
}

static FakeLink *
init (BackendFixture *self, const PlanciaModbusRoute *route)
{
  FakeLink *link = fake_link_new ();

  fixture_init (self, plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)), route));
  return link;
}

static void
poll_device (BackendFixture *self, PlanciaMap *map, guint interval)
{
  plancia_backend_add_device (self->backend, "d", 1, NULL, map);
  plancia_backend_set_polling (self->backend, TRUE, interval);
}

/* --- what is learnt ---------------------------------------------------------------------------- */

static void
learnt_cb (PlanciaBackend *backend, const char *device, PlanciaLearnt *learnt, PlanciaLearnt **last)
{
  g_assert_cmpstr (device, ==, "d");
  g_clear_pointer (last, plancia_learnt_free);
  *last = plancia_learnt_copy (learnt);
}

static const PlanciaField *
find_optional (PlanciaMap *map)
{
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->optional && field->poll == PLANCIA_POLL_NORMAL && field->count == 1 &&
        field->address > 0x0484 && field->address < 0x04b0)
      return field;
  }
  g_assert_not_reached ();
}

/* Reads longer than 30 are refused, and one register is missing. */
static FakeLink *
init_awkward (BackendFixture *self, PlanciaMap *map)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  FakeLink                       *link = init (self, &route);
  guint16                         missing = find_optional (map)->address;

  fake_link_set_longest (link, 30);
  fake_link_set_missing (link, missing, missing);
  poll_device (self, map, 15);
  return link;
}

static void
check_requests (const char *requests, guint16 missing)
{
  for (const char *line = requests; *line != '\0'; line = strchr (line, '\n') + 1) {
    guint unit, function, address, count;

    g_assert_cmpint (sscanf (line, "%u %u 0x%x+%u", &unit, &function, &address, &count), ==, 4);
    g_assert_cmpuint (count, <=, 30);
    g_assert_false (address <= missing && missing < address + count);
  }
}

static void
test_learnt (void)
{
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  const PlanciaField *optional = find_optional (map);
  g_autoptr (PlanciaLearnt) learnt = NULL;
  PlanciaLearnt *last = NULL;

  {
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (FakeLink) link = init_awkward (&fixture, map);

    g_signal_connect (fixture.backend, "learnt", G_CALLBACK (learnt_cb), &last);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (last != NULL && last->longest_read == 30 && last->missing[0] != NULL);
    g_assert_null (last->framing);
    g_assert_cmpstr (last->missing[0], ==, optional->key);
    g_assert_null (last->missing[1]);
    learnt = g_steal_pointer (&last);
    /* Told once. */
    fixture_turn (200);
    g_assert_null (last);
  }
  {
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (FakeLink) link = init_awkward (&fixture, map);
    g_autofree char *requests = NULL;

    g_signal_connect (fixture.backend, "learnt", G_CALLBACK (learnt_cb), &last);
    plancia_backend_set_learnt (fixture.backend, "d", learnt);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (fixture.n_readings > 20);
    plancia_backend_set_polling (fixture.backend, FALSE, 0);
    requests = fake_link_describe (link);
    check_requests (requests, optional->address);
    g_assert_null (last);
  }
}

/* --- what is watched ---------------------------------------------------------------------------- */

static void
test_watch (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  static const char *const        keys[] = {"grid_frequency", "state", NULL};
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  GHashTableIter iter;
  gpointer       name;

  fake_link_set_text (link, 0x0445, "ZP1ES110K00001");
  poll_device (&fixture, map, 10);
  plancia_backend_set_watch (fixture.backend, "d", keys);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 50);
  g_hash_table_iter_init (&iter, fixture.values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_assert_true (g_str_equal (name, "d grid_frequency") || g_str_equal (name, "d state"));

  /* Somebody looks: what is read once comes as well, and not only at the next opening. */
  plancia_backend_set_watch (fixture.backend, "d", NULL);
  turn_until (fixture_value (&fixture, "d", "serial_number") != NULL);
  turn_until (g_hash_table_size (fixture.values) > 50);
}

/* --- what is counted ---------------------------------------------------------------------------- */

static void
test_skipped (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  PlanciaLinkQuality quality = {0};

  fake_link_set_delay (link, 20);
  poll_device (&fixture, map, 20);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 10);
  fixture_turn (1200);
  plancia_backend_get_quality (fixture.backend, &quality);
  /* A cycle takes six requests of 20 ms, or more: so most polls are skipped, and none is made up for. */
  g_assert_cmpuint (quality.skipped, >, 20);
  g_assert_cmpuint (quality.skipped, <, 500);
}

static void
fail_once (BackendFixture *fixture, FakeLink *link, GQuark domain, int code)
{
  g_autoptr (GArray) words = NULL;

  fake_link_fail (link, 0, FALSE, domain, code);
  words = fixture_read_raw (fixture, 1, 3, 0x0404, 1, NULL);
  g_assert_null (words);
}

static void
test_kinds (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  PlanciaLinkQuality quality = {0};
  g_autoptr (GArray) words = NULL;

  g_assert_true (fixture_open (&fixture, NULL));
  fail_once (&fixture, link, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  fail_once (&fixture, link, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  fail_once (&fixture, link, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_CHECKSUM);
  fail_once (&fixture, link, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
  fail_once (&fixture, link, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  fail_once (&fixture, link, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  fake_link_heal (link);
  words = fixture_read_raw (&fixture, 1, 3, 0x0404, 1, NULL);
  g_assert_nonnull (words);
  fixture_turn (1100);
  g_assert_true (fixture_close (&fixture));

  plancia_backend_get_quality (fixture.backend, &quality);
  g_assert_cmpuint (quality.requests, ==, 7);
  g_assert_cmpuint (quality.errors, ==, 5);
  for (int i = 0; i < PLANCIA_LINK_ERROR_OTHER; i++)
    g_assert_cmpuint (quality.kinds[i], ==, 1);
  g_assert_cmpuint (quality.kinds[PLANCIA_LINK_ERROR_OTHER], ==, 0);
  g_assert_cmpint (quality.last_good, >, 0);
  g_assert_null (quality.framing);
}

/* --- what is forgiven ---------------------------------------------------------------------------- */

/* A stick that sends to its cloud is silent for a while: busy, and not failing. */
static void
test_upload (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE, .uploads = TRUE};
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);

  poll_device (&fixture, map, 20);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 3);
  g_string_truncate (fixture.states, 0);
  fake_link_fail (link, 0, TRUE, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  turn_until (plancia_backend_get_error (fixture.backend) != NULL);
  g_assert_error (plancia_backend_get_error (fixture.backend),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_UPLOADING);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  fixture_turn (1500);
  fake_link_heal (link);
  turn_until (plancia_backend_get_error (fixture.backend) == NULL);
  g_assert_null (strchr (fixture.states->str, 'f'));
  g_assert_cmpuint (g_hash_table_size (fixture.failed), ==, 0);
}

/* The same on a route that does not upload. */
static void
test_no_upload (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);

  poll_device (&fixture, map, 20);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture.n_readings > 3);
  fake_link_fail (link, 0, TRUE, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
  g_assert_error (plancia_backend_get_error (fixture.backend), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_closed_port (void)
{
  static const PlanciaModbusRoute route = {.bus = TRUE, .exclusive = TRUE};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (FakeLink) link = init (&fixture, &route);
  g_autoptr (GError) error = NULL;

  fake_link_refuse_open (link, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_false (fixture_open (&fixture, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_PORT_CLOSED);
  g_assert_nonnull (strstr (error->message, "Modbus Slave TCP"));
}

/* --- a panel -------------------------------------------------------------------------------------- */

static const PlanciaModbusRoute panel = {.panel = TRUE};

static void
test_panel_refuses (void)
{
  static const struct
  {
    const char *map;
    const char *identity;
  } others[] = {
    {"zcs-3ph-hyd-g3",       "SQ1ES100A00001"}, /* its map */
    {"zcs-3ph-350ktl-hv-g3", "ZP1ES110K00001"}, /* what it says */
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (PlanciaMap) map = get_map (others[i].map);
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (FakeLink) link = init (&fixture, &panel);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) outcomes = NULL;
    guint requests;

    fake_link_set_text (link, 0x0445, others[i].identity);
    poll_device (&fixture, map, 20);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (g_hash_table_size (fixture.failed) == 1);
    g_assert_error ((GError *) g_hash_table_lookup (fixture.failed, "d"),
                    PLANCIA_DEVICE_ERROR,
                    PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE);
    requests = fake_link_count (link, 0);
    g_assert_cmpuint (requests, <=, 1);
    outcomes = fixture_write (&fixture, "d", map, "remote_on_off=1", NULL, &error);
    g_assert_null (outcomes);
    g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE);
    fixture_turn (200);
    g_assert_cmpuint (fixture.n_readings, ==, 0);
    g_assert_cmpuint (fake_link_count (link, 16), ==, 0);
    g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  }
}

static void
test_panel_takes (void)
{
  static const struct
  {
    const char *map;
    const char *identity;
  } models[] = {
    {"zcs-3ph-large-ktl-g3", "SQ1ES100A00001"},
    {"zcs-3ph-350ktl-hv-g3", "XX9ES100A00001"}, /* no map knows it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autoptr (PlanciaMap) map = get_map (models[i].map);
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (FakeLink) link = init (&fixture, &panel);

    fake_link_set_text (link, 0x0445, models[i].identity);
    poll_device (&fixture, map, 20);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (fixture.n_readings > 3);
    g_assert_cmpuint (g_hash_table_size (fixture.failed), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modbus-hours/learnt", test_learnt);
  g_test_add_func ("/modbus-hours/watch", test_watch);
  g_test_add_func ("/modbus-hours/skipped", test_skipped);
  g_test_add_func ("/modbus-hours/kinds", test_kinds);
  g_test_add_func ("/modbus-hours/upload", test_upload);
  g_test_add_func ("/modbus-hours/no-upload", test_no_upload);
  g_test_add_func ("/modbus-hours/closed-port", test_closed_port);
  g_test_add_func ("/modbus-hours/panel/refuses", test_panel_refuses);
  g_test_add_func ("/modbus-hours/panel/takes", test_panel_takes);
  return g_test_run ();
}
