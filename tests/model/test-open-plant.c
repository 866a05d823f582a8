/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/open-plant.h"

#include "base/clock.h"
#include "base/error.h"

/* Nobody answers at these; they are never waited for. */
#define STICK  "eth-stick://127.0.0.1:1/1"
#define STICK2 "eth-stick://127.0.0.1:1/2"
#define OTHER  "modbus-tcp://127.0.0.1:1/1"

typedef struct
{
  PlanciaPlant     *plant;
  PlanciaOpenPlant *open;
  PlanciaEntry     *stick, *first, *second, *other;
  guint             n_changes;
} Fixture;

static PlanciaEntry *
add (Fixture      *fixture,
     PlanciaEntry *parent,
     const char   *kind,
     const char   *name,
     const char   *text,
     const char   *map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_no_error (error);
  entry = plancia_entry_new (NULL, kind, name, address);
  plancia_entry_set_map (entry, map);
  plancia_plant_add (fixture->plant, parent, entry);
  return entry;
}

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->plant = plancia_plant_new ("Test");
  fixture->stick = add (fixture, NULL, "stick", "Stick", STICK, NULL);
  fixture->first = add (fixture, fixture->stick, "inverter", "First", STICK, "zcs-3ph-hyd-g3");
  fixture->second = add (fixture, fixture->stick, "inverter", "Second", STICK2, "zcs-3ph-hyd-g3");
  fixture->other = add (fixture, NULL, "inverter", "Other", OTHER, "zcs-3ph-hyd-g3");
  fixture->open = plancia_open_plant_new (fixture->plant, ":memory:");
  g_signal_connect_swapped (fixture->open, "document-changed", G_CALLBACK (changed_cb), fixture);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (plancia_open_plant_close_finish (PLANCIA_OPEN_PLANT (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* Turns the main loop until a condition holds, at most ten seconds. */
#define turn_until(condition)                                       \
  G_STMT_START                                                      \
  {                                                                 \
    gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND; \
    while (!(condition) && g_get_monotonic_time () < end) {         \
      if (!g_main_context_iteration (NULL, FALSE))                  \
        g_usleep (1000);                                            \
    }                                                               \
    g_assert_true (condition);                                      \
  }                                                                 \
  G_STMT_END

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gboolean closed = FALSE;

  plancia_open_plant_close_async (fixture->open, closed_cb, &closed);
  turn_until (closed);
  g_object_add_weak_pointer (G_OBJECT (fixture->open), (gpointer *) &fixture->open);
  g_object_unref (fixture->open);
  /* Answers on their way hold it for a moment. */
  turn_until (!fixture->open);
  g_object_unref (fixture->plant);
}

static PlanciaDevice *
device_of (Fixture *fixture, PlanciaEntry *entry)
{
  return plancia_device_tree_find (plancia_open_plant_get_tree (fixture->open),
                                   plancia_entry_get_id (entry));
}

static PlanciaBackend *
backend_of (Fixture *fixture, PlanciaEntry *entry)
{
  return plancia_device_get_backend (device_of (fixture, entry));
}

static void
start (Fixture *fixture)
{
  plancia_open_plant_start (fixture->open);
  turn_until (plancia_device_get_map (device_of (fixture, fixture->first)) &&
              plancia_device_get_map (device_of (fixture, fixture->other)));
}

/* --- connections ----------------------------------------------------------------------------- */

static void
test_one_connection_for_two (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  g_assert_nonnull (backend_of (fixture, fixture->first));
  g_assert_true (backend_of (fixture, fixture->first) == backend_of (fixture, fixture->second));
  g_assert_true (backend_of (fixture, fixture->stick) == backend_of (fixture, fixture->first));
  g_assert_true (backend_of (fixture, fixture->other) != backend_of (fixture, fixture->first));
}

static void
remove_entry (Fixture *fixture, PlanciaEntry *entry)
{
  plancia_plant_remove (fixture->plant, entry);
  plancia_open_plant_sync (fixture->open);
}

/* The first that goes leaves the connection to the second; the last takes it along. */
static void
test_last_device_closes (Fixture *fixture, gconstpointer data)
{
  PlanciaBackend *backend;

  start (fixture);
  backend = backend_of (fixture, fixture->first);
  g_object_add_weak_pointer (G_OBJECT (backend), (gpointer *) &backend);
  turn_until (plancia_backend_get_state (backend) == PLANCIA_STATE_FAILING);

  remove_entry (fixture, fixture->first);
  g_assert_true (backend_of (fixture, fixture->second) == backend);
  g_assert_cmpint (plancia_backend_get_state (backend), !=, PLANCIA_STATE_CLOSED);

  remove_entry (fixture, fixture->second);
  g_assert_null (backend_of (fixture, fixture->stick));
  g_assert_cmpint (plancia_device_get_mark (device_of (fixture, fixture->stick)),
                   ==,
                   PLANCIA_MARK_CLOSED);
  turn_until (backend == NULL);
  g_assert_nonnull (backend_of (fixture, fixture->other));
}

/* What comes back has a connection of its own. */
static void
test_added_again (Fixture *fixture, gconstpointer data)
{
  PlanciaEntry *again;

  start (fixture);
  remove_entry (fixture, fixture->other);
  again = add (fixture, NULL, "inverter", "Again", OTHER, "zcs-3ph-hyd-g3");
  plancia_open_plant_sync (fixture->open);
  g_assert_nonnull (backend_of (fixture, again));
  turn_until (plancia_backend_get_state (backend_of (fixture, again)) == PLANCIA_STATE_FAILING);
}

/* --- order ----------------------------------------------------------------------------------- */

static void
test_order_follows (Fixture *fixture, gconstpointer data)
{
  PlanciaDevice *stick = device_of (fixture, fixture->stick);
  PlanciaDevice *second = device_of (fixture, fixture->second);
  g_autoptr (PlanciaDevice) at = NULL;

  plancia_plant_move (fixture->plant, fixture->second, fixture->first);
  plancia_open_plant_sync (fixture->open);
  at = g_list_model_get_item (plancia_device_get_children (stick), 0);
  g_assert_true (at == second);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

/* --- maps ------------------------------------------------------------------------------------ */

static void
apply (Fixture *fixture, PlanciaEntry *entry, double watts, gint64 time)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (plancia_entry_get_id (entry), time);
  PlanciaReading *reading =
    plancia_readings_add (readings, "output_active_power", PLANCIA_QUALITY_GOOD);

  plancia_reading_set_number (reading, watts);
  plancia_device_tree_apply (plancia_open_plant_get_tree (fixture->open), readings);
}

/* What the device was told from is kept until a person says so; nothing is written on a guess. */
static void
test_guessed (Fixture *fixture, gconstpointer data)
{
  PlanciaDevice *device;
  gboolean       done = FALSE;

  plancia_entry_set_map (fixture->other, NULL);
  plancia_open_plant_start (fixture->open);
  device = device_of (fixture, fixture->other);
  plancia_backend_emit_map_chosen (plancia_device_get_backend (device),
                                   plancia_device_get_id (device),
                                   "zcs-3ph-hyd-g3",
                                   "ZP1ES110… at 0x0445");
  turn_until (plancia_device_get_map (device));
  g_assert_cmpstr (plancia_entry_get_map (fixture->other), ==, "zcs-3ph-hyd-g3");
  g_assert_cmpstr (plancia_entry_get_map_evidence (fixture->other), ==, "ZP1ES110… at 0x0445");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_false (plancia_device_get_flags (device) & PLANCIA_BACKEND_WRITE);
  g_assert_true (plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS);

  apply (fixture, fixture->other, 3110, plancia_clock_now ());
  plancia_open_plant_set_map_async (fixture->open, device, "zcs-3ph-hyd-g3", NULL, &done);
  g_assert_null (plancia_entry_get_map_evidence (fixture->other));
  g_assert_true (plancia_device_get_flags (device) & PLANCIA_BACKEND_WRITE);
  g_assert_nonnull (plancia_device_lookup (device, "output_active_power"));
}

static void
map_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (plancia_open_plant_set_map_finish (PLANCIA_OPEN_PLANT (source), result, &error))
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no error");
  *(GError **) user_data = error;
}

/* Values of the old map are gone, and those still on their way do not come back. */
static void
test_other_map (Fixture *fixture, gconstpointer data)
{
  PlanciaDevice *device = device_of (fixture, fixture->other);
  gint64         before = plancia_clock_now () - 1;
  g_autoptr (GError) error = NULL;

  start (fixture);
  apply (fixture, fixture->other, 3110, before);
  g_assert_nonnull (plancia_device_lookup (device, "output_active_power"));
  plancia_open_plant_set_map_async (fixture->open, device, "zcs-1ph-hyd-hp-g3", map_set_cb, &error);
  turn_until (error);
  g_assert_cmpstr (error->message, ==, "no error");
  g_assert_cmpstr (plancia_map_get_id (plancia_device_get_map (device)), ==, "zcs-1ph-hyd-hp-g3");
  g_assert_cmpstr (plancia_entry_get_map (fixture->other), ==, "zcs-1ph-hyd-hp-g3");
  g_assert_null (plancia_device_lookup (device, "output_active_power"));
  apply (fixture, fixture->other, 3110, before);
  g_assert_null (plancia_device_lookup (device, "output_active_power"));
  g_assert_cmpstr (plancia_device_get_value_text (device), ==, "—");
  apply (fixture, fixture->other, 3200, plancia_clock_now ());
  g_assert_nonnull (plancia_device_lookup (device, "output_active_power"));
}

static void
test_unknown_map (Fixture *fixture, gconstpointer data)
{
  PlanciaDevice *device = device_of (fixture, fixture->other);
  g_autoptr (GError) error = NULL;

  start (fixture);
  apply (fixture, fixture->other, 3110, plancia_clock_now ());
  plancia_open_plant_set_map_async (fixture->open, device, "no-such-map", map_set_cb, &error);
  turn_until (error);
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP);
  g_assert_cmpstr (plancia_entry_get_map (fixture->other), ==, "zcs-3ph-hyd-g3");
  g_assert_nonnull (plancia_device_lookup (device, "output_active_power"));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_detect_again (Fixture *fixture, gconstpointer data)
{
  PlanciaDevice *device = device_of (fixture, fixture->other);
  g_autoptr (GError) error = NULL;

  start (fixture);
  plancia_open_plant_set_map_async (fixture->open, device, NULL, map_set_cb, &error);
  turn_until (error);
  g_assert_cmpstr (error->message, ==, "no error");
  g_assert_null (plancia_entry_get_map (fixture->other));
  g_assert_null (plancia_device_get_map (device));
}

static void
add_test (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/model/open-plant/one-connection-for-two", test_one_connection_for_two);
  add_test ("/model/open-plant/last-device-closes", test_last_device_closes);
  add_test ("/model/open-plant/added-again", test_added_again);
  add_test ("/model/open-plant/order", test_order_follows);
  add_test ("/model/open-plant/guessed", test_guessed);
  add_test ("/model/open-plant/other-map", test_other_map);
  add_test ("/model/open-plant/unknown-map", test_unknown_map);
  add_test ("/model/open-plant/detect-again", test_detect_again);
  return g_test_run ();
}
