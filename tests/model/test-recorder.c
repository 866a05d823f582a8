/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/recorder.h"

#include "base/clock.h"
#include "fake-backend.h"

#include <glib/gstdio.h>

#define NOW G_GINT64_CONSTANT (1781265900000) /* 12 June 2026 */

typedef struct
{
  PlanciaPlant      *plant;
  PlanciaDeviceTree *tree;
  PlanciaStore      *store;
  PlanciaRecorder   *recorder;
  FakeBackend       *backend;
  PlanciaDevice     *inverter;
  PlanciaDevice     *thing;
  guint              watchdog;
} Fixture;

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

static PlanciaDevice *
add_device (Fixture *self, const char *kind, const char *address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, kind, kind, parsed);
  PlanciaDevice *device;

  plancia_plant_add (self->plant, NULL, entry);
  plancia_device_tree_sync (self->tree);
  device = plancia_device_tree_find (self->tree, plancia_entry_get_id (entry));
  plancia_device_set_backend (device, PLANCIA_BACKEND (self->backend));
  return device;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->watchdog = g_timeout_add_seconds (20, times_up, NULL);
  plancia_clock_simulate (NOW, 0);
  self->plant = plancia_plant_new ("Test");
  self->tree = plancia_device_tree_new (self->plant);
  self->store = plancia_store_new (":memory:");
  self->recorder = plancia_recorder_new (self->tree, self->store);
  self->backend = fake_backend_new (PLANCIA_BACKEND_LIVE);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  self->inverter = add_device (self, "inverter", "eth-stick://192.0.2.1/1");
  self->thing = add_device (self, "thing", "portal://test/ZM1TEST00001");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_source_remove (self->watchdog);
  g_clear_object (&self->recorder);
  plancia_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->tree);
  g_clear_object (&self->plant);
  g_clear_object (&self->backend);
  plancia_clock_reset ();
}

static void
apply (PlanciaDevice *device, gint64 time, double grid)
{
  static const char *const keys[] = {"pv_power",
                                     "grid_active_power",
                                     "battery_soc",
                                     "powerGenerating"};
  const double             values[] = {5200, grid, 61, 5200};
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), time);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    PlanciaReading *reading = plancia_readings_add (readings, keys[i], PLANCIA_QUALITY_GOOD);

    plancia_reading_set_number (reading, values[i]);
    reading->quality = PLANCIA_QUALITY_GOOD;
  }
  plancia_device_apply (device, readings);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* NULL and an error: the store has none to give. */
static PlanciaSamples *
ask (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_query_async (self->store,
                             plancia_device_get_id (self->inverter),
                             "local",
                             NULL,
                             (PlanciaSpan){NOW - PLANCIA_HOUR, NOW + PLANCIA_HOUR},
                             NULL,
                             keep_result,
                             &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return plancia_store_query_finish (self->store, result, error);
}

static PlanciaSamples *
query (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  PlanciaSamples *samples = ask (self, &error);

  g_assert_no_error (error);
  return samples;
}

static guint
count_covered (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) covered = NULL;

  plancia_store_covered_async (self->store,
                               plancia_device_get_id (self->inverter),
                               "local",
                               (PlanciaSpan){NOW - PLANCIA_HOUR, NOW + PLANCIA_HOUR},
                               NULL,
                               keep_result,
                               &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  covered = plancia_store_covered_finish (self->store, result, NULL);
  g_assert_nonnull (covered);
  return covered->len;
}

static double
value_of (PlanciaSamples *samples, const char *key, guint index)
{
  const PlanciaSampleColumn *column = plancia_samples_find_column (samples, key);

  g_assert_nonnull (column);
  g_assert_cmpuint (column->values->len, >, index);
  return g_array_index (column->values, double, index);
}

/* The grid's two directions are the portal's two fields; a span is never said to be covered. */
static void
test_names (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaSamples) samples = NULL;

  apply (self->inverter, NOW, 3100);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  apply (self->inverter, NOW + PLANCIA_MINUTE, -250);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));

  samples = query (self);
  g_assert_cmpfloat (value_of (samples, "powerGenerating", 0), ==, 5200);
  g_assert_cmpfloat (value_of (samples, "batterySoC", 1), ==, 61);
  g_assert_cmpfloat (value_of (samples, "powerExporting", 0), ==, 3100);
  g_assert_cmpfloat (value_of (samples, "powerImporting", 0), ==, 0);
  g_assert_cmpfloat (value_of (samples, "powerExporting", 1), ==, 0);
  g_assert_cmpfloat (value_of (samples, "powerImporting", 1), ==, 250);
  g_assert_null (plancia_samples_find_column (samples, "powerConsuming"));
  g_assert_cmpuint (count_covered (self), ==, 0);
}

/* The same values are not kept twice, old ones and a portal's not at all. */
static void
test_not_recorded (Fixture *self, gconstpointer data)
{
  g_assert_false (plancia_recorder_record (self->recorder, self->inverter));
  apply (self->inverter, NOW, 3100);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  g_assert_false (plancia_recorder_record (self->recorder, self->inverter));

  plancia_clock_simulate (NOW + PLANCIA_HOUR, 0);
  apply (self->inverter, NOW + PLANCIA_MINUTE, 3100);
  g_assert_cmpuint (plancia_device_get_mark (self->inverter), ==, PLANCIA_MARK_STALE);
  g_assert_false (plancia_recorder_record (self->recorder, self->inverter));

  apply (self->thing, NOW + PLANCIA_HOUR, 3100);
  g_assert_cmpuint (plancia_device_get_mark (self->thing), ==, PLANCIA_MARK_LIVE);
  g_assert_false (plancia_recorder_record (self->recorder, self->thing));
}

static void
test_clock_set_back (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaSamples) samples = NULL;

  apply (self->inverter, NOW, 3100);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  plancia_clock_simulate (NOW - 30 * PLANCIA_MINUTE, 0);
  g_assert_false (plancia_recorder_record (self->recorder, self->inverter));
  apply (self->inverter, NOW - 30 * PLANCIA_MINUTE, 3200);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  g_assert_false (plancia_recorder_record (self->recorder, self->inverter));
  samples = query (self);
  g_assert_cmpfloat (value_of (samples, "powerExporting", 0), ==, 3200);
  g_assert_cmpfloat (value_of (samples, "powerExporting", 1), ==, 3100);
}

/* By itself, without a call. */
static void
test_by_itself (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaSamples) samples = NULL;

  apply (self->inverter, NOW, 3100);
  do {
    g_clear_pointer (&samples, plancia_samples_unref);
    g_main_context_iteration (NULL, TRUE);
    samples = query (self);
  } while (plancia_samples_count (samples) == 0);
  g_assert_cmpfloat (value_of (samples, "powerExporting", 0), ==, 3100);
}

static const char document[] =
  "{\"format\":\"register-map\",\"version\":1,\"id\":\"test-map\",\"name\":\"Test\",\"device_kind\":\"inverter\",\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},\"limits\":{\"max_read\":60,\"max_write\":8},"
  "\"transports\":[{\"kind\":\"tcp\"}],\"groups\":[{\"key\":\"g\",\"name\":\"Group\"}],\"sources\":[{\"ref\":\"test\"}],\"registers\":["
  "{\"key\":\"pv_power\",\"name\":\"PV\",\"group\":\"g\",\"address\":1,\"count\":1,\"type\":\"u16\",\"unit\":\"W\",\"poll\":\"fast\"},"
  "{\"key\":\"voltage\",\"name\":\"Voltage\",\"group\":\"g\",\"address\":2,\"count\":1,\"type\":\"u16\",\"unit\":\"V\",\"poll\":\"slow\"},"
  "{\"key\":\"hidden\",\"name\":\"Hidden\",\"group\":\"g\",\"address\":3,\"count\":1,\"type\":\"u16\",\"unit\":\"V\",\"history\":false},"
  "{\"key\":\"count\",\"name\":\"Count\",\"group\":\"g\",\"address\":4,\"count\":1,\"type\":\"u16\",\"history\":true},"
  "{\"key\":\"plain\",\"name\":\"Plain\",\"group\":\"g\",\"address\":5,\"count\":1,\"type\":\"u16\",\"poll\":\"fast\"},"
  "{\"key\":\"loved\",\"name\":\"Loved\",\"group\":\"g\",\"address\":6,\"count\":1,\"type\":\"u16\",\"poll\":\"once\"},"
  "{\"key\":\"flags\",\"name\":\"Flags\",\"group\":\"g\",\"address\":7,\"count\":1,\"type\":\"bits\",\"history\":true},"
  "{\"key\":\"many\",\"name\":\"Many\",\"group\":\"g\",\"address\":8,\"count\":2,\"type\":\"bits\",\"history\":true}]}";

static void
apply_all (PlanciaDevice *device, gint64 time, const char *const *keys)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), time);

  for (guint i = 0; keys[i] != NULL; i++)
    plancia_reading_set_number (plancia_readings_add (readings, keys[i], PLANCIA_QUALITY_GOOD),
                                (double) i + 1);
  plancia_device_apply (device, readings);
}

static guint
length_of (PlanciaSamples *samples, const char *key)
{
  const PlanciaSampleColumn *column = plancia_samples_find_column (samples, key);

  return column ? column->times->len : 0;
}

/* What the map or a star wants, each when it was read; a register of a quantity has the quantity's name. */
static void
test_registers (Fixture *self, gconstpointer data)
{
  const char *const all[] = {"pv_power", "voltage", "hidden", "count", "plain", "loved", NULL};
  const char *const fast[] = {"pv_power", "loved", NULL};
  const char *const starred[] = {"other/plain", "test-map/loved", NULL};
  g_autoptr (GBytes) bytes = g_bytes_new_static (document, sizeof document - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, "test", &error);
  g_autoptr (PlanciaSamples) samples = NULL;

  g_assert_no_error (error);
  plancia_device_set_map (self->inverter, map);
  plancia_clock_simulate (NOW + 5 * PLANCIA_SECOND, 0);
  apply_all (self->inverter, NOW + 5 * PLANCIA_SECOND, all);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  plancia_device_tree_set_starred (self->tree, starred);
  apply_all (self->inverter, NOW + 10 * PLANCIA_SECOND, fast);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));

  samples = query (self);
  g_assert_cmpuint (length_of (samples, "powerGenerating"), ==, 2);
  g_assert_cmpuint (length_of (samples, "pv_power"), ==, 0);
  g_assert_cmpuint (length_of (samples, "voltage"), ==, 1);
  g_assert_cmpuint (length_of (samples, "hidden"), ==, 0);
  g_assert_cmpuint (length_of (samples, "count"), ==, 1);
  g_assert_cmpuint (length_of (samples, "plain"), ==, 0);
  g_assert_cmpuint (length_of (samples, "loved"), ==, 1);
  g_assert_cmpfloat (value_of (samples, "loved", 0), ==, 2);
}

/* Bits of one register are kept as its number. */
static void
test_bits (Fixture *self, gconstpointer data)
{
  static const char *const keys[] = {"flags", "many"};
  g_autoptr (GBytes) bytes = g_bytes_new_static (document, sizeof document - 1);
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, "test", NULL);
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (self->inverter), NOW);
  g_autoptr (PlanciaSamples) samples = NULL;

  g_assert_nonnull (map);
  plancia_device_set_map (self->inverter, map);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    PlanciaReading *reading = plancia_readings_add (readings, keys[i], PLANCIA_QUALITY_GOOD);

    reading->value.kind = PLANCIA_VALUE_BITS;
    reading->value.integer = 0x8001;
  }
  plancia_device_apply (self->inverter, readings);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));

  samples = query (self);
  g_assert_cmpuint (length_of (samples, "many"), ==, 0);
  g_assert_cmpfloat (value_of (samples, "flags", 0), ==, 0x8001);
}

typedef struct
{
  PlanciaSamples *samples;
  guint           index;
} At;

static gboolean
look_up (gpointer user_data, const char *key, double *value)
{
  const At                  *at = user_data;
  const PlanciaSampleColumn *column = plancia_samples_find_column (at->samples, key);

  if (!column)
    return FALSE;
  *value = g_array_index (column->values, double, at->index);
  return TRUE;
}

static void
test_computes (Fixture *self, gconstpointer data)
{
  At     at = {0};
  double value = 0;

  apply (self->inverter, NOW, -250);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  at.samples = query (self);
  g_assert_true (plancia_recorder_compute (PLANCIA_QUANTITY_GRID_POWER, look_up, &at, &value));
  g_assert_cmpfloat (value, ==, -250);
  g_assert_true (plancia_recorder_compute (PLANCIA_QUANTITY_PV_POWER, look_up, &at, &value));
  g_assert_cmpfloat (value, ==, 5200);
  g_assert_false (plancia_recorder_compute (PLANCIA_QUANTITY_LOAD_POWER, look_up, &at, &value));
  g_assert_false (plancia_recorder_compute (PLANCIA_QUANTITY_RATED_POWER, look_up, &at, &value));
  plancia_samples_unref (at.samples);
}

static void
note (gboolean *failed)
{
  *failed = TRUE;
}

/* While the file cannot be written to nothing is lost. */
static void
test_store_fails (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-recorder-XXXXXX", NULL);
  g_autofree char *blocker = g_build_filename (folder, "plancia", NULL);
  g_autofree char *path = g_build_filename (blocker, "history.db", NULL);
  g_autoptr (PlanciaStore) store = plancia_store_new (path);
  g_autoptr (PlanciaSamples) samples = NULL;
  g_autoptr (GError) error = NULL;
  gboolean failed = FALSE;

  g_assert_true (g_file_set_contents (blocker, "in the way", -1, NULL));
  g_clear_object (&self->recorder);
  plancia_store_close (self->store);
  g_set_object (&self->store, store);
  self->recorder = plancia_recorder_new (self->tree, self->store);
  g_signal_connect_swapped (store, "failing", G_CALLBACK (note), &failed);
  for (gint64 i = 0; i < 3; i++) {
    apply (self->inverter, NOW + i * PLANCIA_SECOND, 100);
    g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  }
  while (!failed)
    g_main_context_iteration (NULL, TRUE);
  /* Behind this question all three have failed. */
  g_assert_null (ask (self, &error));
  g_unlink (blocker);
  apply (self->inverter, NOW + 3 * PLANCIA_SECOND, 100);
  g_assert_true (plancia_recorder_record (self->recorder, self->inverter));
  do {
    g_clear_pointer (&samples, plancia_samples_unref);
    samples = query (self);
  } while (length_of (samples, "powerGenerating") < 4);
  g_clear_object (&self->recorder);
  plancia_store_close (self->store);
  g_unlink (path);
  g_rmdir (blocker);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recorder/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/recorder/not-recorded", Fixture, NULL, set_up, test_not_recorded, tear_down);
  g_test_add ("/recorder/by-itself", Fixture, NULL, set_up, test_by_itself, tear_down);
  g_test_add ("/recorder/clock-set-back", Fixture, NULL, set_up, test_clock_set_back, tear_down);
  g_test_add ("/recorder/registers", Fixture, NULL, set_up, test_registers, tear_down);
  g_test_add ("/recorder/bits", Fixture, NULL, set_up, test_bits, tear_down);
  g_test_add ("/recorder/store-fails", Fixture, NULL, set_up, test_store_fails, tear_down);
  g_test_add ("/recorder/computes", Fixture, NULL, set_up, test_computes, tear_down);
  return g_test_run ();
}
