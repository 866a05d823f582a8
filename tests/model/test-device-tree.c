/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-tree.h"

#include "fake-backend.h"

static PlanciaEntry *
add (PlanciaPlant *plant, PlanciaEntry *parent, const char *id, const char *kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  PlanciaEntry *entry;

  g_assert_no_error (error);
  entry = plancia_entry_new (id, kind, id, address);
  plancia_plant_add (plant, parent, entry);
  g_object_unref (entry);
  return entry;
}

static PlanciaPlant *
new_plant (void)
{
  PlanciaPlant *plant = plancia_plant_new ("Test");
  PlanciaEntry *hub = add (plant, NULL, "hub", "hub", "hub://127.0.0.1");
  PlanciaEntry *line = add (plant, hub, "line", "line", "hub://127.0.0.1/inverters");

  add (plant, line, "one", "inverter", "hub://127.0.0.1/inverters/1");
  add (plant, line, "two", "inverter", "hub://127.0.0.1/inverters/2");
  add (plant, NULL, "pump", "heat-pump", "rs485:///dev/ttyUSB0/1");
  return plant;
}

static char *
ids_of (GListModel *model)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (model, i);

    g_string_append_printf (ids, "%s%s", i ? " " : "", plancia_device_get_id (device));
  }
  return g_string_free (ids, FALSE);
}

static void
apply_power (PlanciaDeviceTree *tree, const char *device, double watts)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (device, g_get_real_time () / 1000);

  plancia_reading_set_number (
    plancia_readings_add (readings, "output_active_power", PLANCIA_QUALITY_GOOD),
    watts);
  plancia_device_tree_apply (tree, readings);
}

static void
test_shape (void)
{
  g_autoptr (PlanciaPlant) plant = new_plant ();
  g_autoptr (PlanciaDeviceTree) tree = plancia_device_tree_new (plant);
  g_autofree char *roots = ids_of (G_LIST_MODEL (tree));
  g_autoptr (GPtrArray) leaves = plancia_device_tree_list (tree);
  PlanciaDevice   *one = plancia_device_tree_find (tree, "one");
  g_autofree char *route = plancia_device_dup_route (one);

  g_assert_cmpstr (roots, ==, "plant hub pump");
  g_assert_cmpuint (leaves->len, ==, 3);
  g_assert_cmpstr (route, ==, "hub \xe2\x80\xba line \xe2\x80\xba 1");
  g_assert_cmpstr (plancia_device_get_id (plancia_device_get_parent (one)), ==, "line");
  g_assert_null (plancia_device_tree_find (tree, "three"));
}

static void
test_follows_the_document_and_keeps_values (void)
{
  g_autoptr (PlanciaPlant) plant = new_plant ();
  g_autoptr (PlanciaDeviceTree) tree = plancia_device_tree_new (plant);
  PlanciaDevice   *two = plancia_device_tree_find (tree, "two");
  g_autofree char *after = NULL;

  apply_power (tree, "two", 2000);
  plancia_plant_remove (plant, plancia_plant_find (plant, "one"));
  add (plant,
       plancia_plant_find (plant, "line"),
       "three",
       "inverter",
       "hub://127.0.0.1/inverters/3");
  add (plant, NULL, "magic", "power-magic", "power-magic://127.0.0.1/1");
  plancia_device_tree_sync (tree);

  after = ids_of (plancia_device_get_children (plancia_device_tree_find (tree, "line")));
  g_assert_cmpstr (after, ==, "two three");
  g_assert_true (plancia_device_tree_find (tree, "two") == two);
  g_assert_cmpstr (plancia_device_get_value_text (two), ==, "2.00\xc2\xa0kW");
  g_assert_null (plancia_device_tree_find (tree, "one"));
  g_assert_nonnull (plancia_device_tree_find (tree, "magic"));
}

static void
test_whole_plant_sums_what_answers (void)
{
  g_autoptr (PlanciaPlant) plant = new_plant ();
  g_autoptr (PlanciaDeviceTree) tree = plancia_device_tree_new (plant);
  g_autoptr (FakeBackend) backend = fake_backend_new (PLANCIA_BACKEND_LIVE);
  g_autoptr (GError) failure = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
  PlanciaDevice *whole = plancia_device_tree_get_plant (tree);
  const char    *ids[] = {"one", "two"};
  double         watts = 0;

  fake_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    plancia_device_set_backend (plancia_device_tree_find (tree, ids[i]), PLANCIA_BACKEND (backend));
  apply_power (tree, "one", 3000);
  apply_power (tree, "two", 2000);
  apply_power (tree, "unknown", 9000);

  g_assert_true (plancia_device_get_quantity (whole, PLANCIA_QUANTITY_AC_POWER, &watts));
  g_assert_cmpfloat (watts, ==, 5000);
  g_assert_cmpstr (plancia_device_get_value_text (whole), ==, "5.00\xc2\xa0kW");
  g_assert_cmpint (plancia_device_get_mark (whole), ==, PLANCIA_MARK_LIVE);

  plancia_device_set_failed (plancia_device_tree_find (tree, "two"), failure);
  plancia_device_update (whole);
  g_assert_true (plancia_device_get_quantity (whole, PLANCIA_QUANTITY_AC_POWER, &watts));
  g_assert_cmpfloat (watts, ==, 3000);
  g_assert_cmpint (plancia_device_get_mark (whole), ==, PLANCIA_MARK_FAILING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-tree/shape", test_shape);
  g_test_add_func ("/device-tree/follows", test_follows_the_document_and_keeps_values);
  g_test_add_func ("/device-tree/whole-plant", test_whole_plant_sums_what_answers);
  return g_test_run ();
}
