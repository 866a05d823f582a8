/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch-model.h"

#include "base/clock.h"
#include "fake-backend.h"
#include "map/map-catalog.h"
#include "plant/plant-file.h"
#include "plant/watched.h"

#define NOW G_GINT64_CONSTANT (1781265937000)

typedef struct
{
  PlanciaOpenPlant  *open;
  PlanciaPlant      *plant;
  PlanciaDevice     *first;
  PlanciaDevice     *second;
  FakeBackend       *backend;
  PlanciaWatchModel *model;
  guint              n_saved;
} Fixture;

static void
saved_cb (Fixture *self)
{
  self->n_saved++;
}

static PlanciaDevice *
add (Fixture *self, const char *id, const char *text)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (id, "inverter", id, address);
  PlanciaDevice *device;

  plancia_plant_add (self->plant, NULL, entry);
  plancia_device_tree_sync (plancia_open_plant_get_tree (self->open));
  device = plancia_device_tree_find (plancia_open_plant_get_tree (self->open), id);
  g_assert_nonnull (device);
  return device;
}

static void
give_map (PlanciaDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error);

  g_assert_no_error (error);
  plancia_device_set_map (device, map);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = plancia_plant_new ("Rossi");
  self->open = plancia_open_plant_new (self->plant, ":memory:");
  self->first = add (self, "first", "eth-stick://192.0.2.1/1");
  self->second = add (self, "second", "eth-stick://192.0.2.2/1");
  self->backend = fake_backend_new (PLANCIA_BACKEND_REGISTERS);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_set_backend (self->first, PLANCIA_BACKEND (self->backend));
  g_signal_connect_swapped (self->open, "document-changed", G_CALLBACK (saved_cb), self);
  self->model = plancia_watch_model_new (self->open);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->model);
  g_clear_object (&self->backend);
  g_clear_object (&self->open);
  g_clear_object (&self->plant);
  plancia_clock_reset ();
}

static void
watch (Fixture *self, PlanciaDevice *device, const char *key)
{
  plancia_open_plant_set_register_watched (self->open, device, key, TRUE);
}

static void
give (Fixture *self, PlanciaDevice *device, const char *key, double number, gint64 time)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), time);
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_NUMBER;
  reading->value.number = number;
  plancia_device_tree_apply (plancia_open_plant_get_tree (self->open), readings);
}

static PlanciaRegisterRow *
register_at (Fixture *self, guint index)
{
  g_autoptr (PlanciaWatchRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), index);

  return plancia_watch_row_get_register (row);
}

/* The register comes when the map does, and follows the readings of its own device. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  watch (self, self->first, "grid_frequency");
  watch (self, self->second, "grid_frequency");
  watch (self, self->first, "grid_frequency");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->model)), ==, 2);
  g_assert_null (register_at (self, 0));
  give_map (self->first);
  give_map (self->second);
  g_assert_nonnull (register_at (self, 0));
  give (self, self->first, "grid_frequency", 50.01, NOW);
  give (self, self->second, "grid_frequency", 49.99, NOW);
  g_assert_cmpfloat (plancia_register_row_get_value (register_at (self, 0))->number, ==, 50.01);
  g_assert_cmpfloat (plancia_register_row_get_value (register_at (self, 1))->number, ==, 49.99);
  g_assert_cmpint (plancia_register_row_get_changed (register_at (self, 0)), ==, 0);
  give (self, self->first, "grid_frequency", 50.02, NOW + 1000);
  g_assert_cmpint (plancia_register_row_get_changed (register_at (self, 0)), ==, NOW + 1000);
  /* An answer that is older than what is shown. */
  give (self, self->first, "grid_frequency", 1, NOW);
  g_assert_cmpfloat (plancia_register_row_get_value (register_at (self, 0))->number, ==, 50.02);
}

static void
test_paused (Fixture *self, gconstpointer data)
{
  give_map (self->first);
  watch (self, self->first, "grid_frequency");
  give (self, self->first, "grid_frequency", 50.01, NOW);
  plancia_watch_model_set_paused (self->model, TRUE);
  give (self, self->first, "grid_frequency", 50.02, NOW + 1000);
  g_assert_cmpfloat (plancia_register_row_get_value (register_at (self, 0))->number, ==, 50.01);
  plancia_watch_model_set_paused (self->model, FALSE);
  g_assert_cmpfloat (plancia_register_row_get_value (register_at (self, 0))->number, ==, 50.02);
}

/* A register of the list is polled even if nobody looks at its device. */
static void
test_polled (Fixture *self, gconstpointer data)
{
  const char *const *keys;

  give_map (self->first);
  plancia_open_plant_watch (self->open, self->second);
  keys = fake_backend_get_watch (self->backend);
  g_assert_nonnull (keys);
  g_assert_true (g_strv_contains (keys, "grid_frequency") ||
                 g_strv_contains (keys, "output_active_power"));
  g_assert_false (g_strv_contains (keys, "storage_mode"));
  watch (self, self->first, "storage_mode");
  watch (self, self->first, "no_such_register");
  keys = fake_backend_get_watch (self->backend);
  g_assert_true (g_strv_contains (keys, "storage_mode"));
  g_assert_false (g_strv_contains (keys, "no_such_register"));
  plancia_open_plant_watch (self->open, self->first);
  g_assert_null (fake_backend_get_watch (self->backend));
  plancia_open_plant_set_register_watched (self->open, self->first, "storage_mode", FALSE);
  g_assert_null (fake_backend_get_watch (self->backend));
}

/* A star is a wish to have the history, which has no holes while another device is looked at. */
static void
test_starred (Fixture *self, gconstpointer data)
{
  const char *const  starred[] = {"zcs-3ph-hyd-g3/storage_mode",
                                  "zcs-3ph-hyd-g3/no_such_register",
                                  "another/battery_soc",
                                  NULL};
  const char *const  none[] = {NULL};
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (self->open);
  const char *const *keys;

  give_map (self->first);
  plancia_device_tree_set_starred (tree, starred);
  g_assert_null (fake_backend_get_watch (self->backend));
  plancia_open_plant_watch (self->open, self->second);
  keys = fake_backend_get_watch (self->backend);
  g_assert_true (g_strv_contains (keys, "storage_mode"));
  g_assert_false (g_strv_contains (keys, "no_such_register"));
  plancia_device_tree_set_starred (tree, none);
  keys = fake_backend_get_watch (self->backend);
  g_assert_nonnull (keys);
  g_assert_false (g_strv_contains (keys, "storage_mode"));
  plancia_device_tree_set_starred (tree, starred);
  g_assert_true (g_strv_contains (fake_backend_get_watch (self->backend), "storage_mode"));
  plancia_open_plant_watch (self->open, self->first);
  g_assert_null (fake_backend_get_watch (self->backend));
}

static void
assert_file (Fixture *self, const char *expected)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_format (self->plant);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) again = plancia_plant_file_parse (bytes, "test", &error);
  g_autoptr (GString) found = g_string_new (NULL);
  GListModel *list;

  g_assert_no_error (error);
  list = G_LIST_MODEL (plancia_watched_of (again));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (list, i);

    g_string_append_printf (found,
                            "%s/%s ",
                            plancia_watched_item_get_device (item),
                            plancia_watched_item_get_key (item));
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_file (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaWatchRow) row = NULL;

  assert_file (self, "");
  watch (self, self->first, "a");
  watch (self, self->second, "b");
  watch (self, self->first, "c");
  g_assert_cmpuint (self->n_saved, ==, 3);
  assert_file (self, "first/a second/b first/c ");
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  plancia_watch_model_move (self->model, row, 1);
  g_assert_cmpuint (self->n_saved, ==, 3);
  plancia_watch_model_move (self->model, row, -1);
  assert_file (self, "first/a first/c second/b ");
  plancia_watch_model_move_before (self->model, row, NULL);
  assert_file (self, "first/a second/b first/c ");
  g_assert_cmpuint (self->n_saved, ==, 5);
  plancia_plant_remove (self->plant, plancia_device_get_entry (self->second));
  assert_file (self, "first/a first/c ");
}

static void
test_wrong_file (Fixture *self, gconstpointer data)
{
  static const char json[] =
    "{\"format\":\"plancia-plant\",\"version\":1,\"name\":\"X\",\"entries\":[],"
    "\"watched\":[1,{},{\"device\":3,\"register\":\"a\"},{\"device\":\"d\",\"register\":\"a\"},[]]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, sizeof json - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_parse (bytes, "test", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (plancia_watched_of (plant))), ==, 1);
}

static void
test_text (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  give_map (self->first);
  watch (self, self->first, "grid_frequency");
  give (self, self->first, "grid_frequency", 50.01, NOW);
  text = plancia_watch_model_to_text (self->model, ',');
  g_assert_cmpstr (text,
                   ==,
                   "device,name,key,value,text,unit,raw,register,access,time,age_s,quality\r\n"
                   "first,Grid frequency,grid_frequency,50.01,50.01,Hz,,0x0484,R,"
                   "2026-06-12T12:05:37.000Z,0,good\r\n");
}

#define ADD(name, func) g_test_add ("/watch-model/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("follows", test_follows);
  ADD ("paused", test_paused);
  ADD ("polled", test_polled);
  ADD ("starred", test_starred);
  ADD ("file", test_file);
  ADD ("wrong-file", test_wrong_file);
  ADD ("text", test_text);
  return g_test_run ();
}
