/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant.h"

#include <math.h>

static PlanciaEntry *
make (const char *id, const char *kind, const char *text)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);

  g_assert_nonnull (address);
  return plancia_entry_new (id, kind, id, address);
}

static void
test_tree (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("House");
  g_autoptr (PlanciaEntry) hub = make ("hub", "hub", "hub://h");
  g_autoptr (PlanciaEntry) line = make ("line", "line", "hub://h/meters");
  g_autoptr (PlanciaEntry) meter = make ("meter", "meter", "hub://h/meters/1");

  plancia_plant_add (plant, NULL, hub);
  plancia_plant_add (plant, hub, line);
  plancia_plant_add (plant, line, meter);
  g_assert_cmpint (g_list_model_get_n_items (plancia_plant_get_entries (plant)), ==, 1);
  g_assert_true (plancia_plant_find (plant, "meter") == meter);
  g_assert_null (plancia_plant_find (plant, "other"));
  g_assert_true (plancia_entry_get_parent (meter) == line);
  g_assert_null (plancia_entry_get_parent (hub));

  plancia_plant_remove (plant, line);
  g_assert_null (plancia_plant_find (plant, "meter"));
  g_assert_null (plancia_entry_get_parent (line));
  g_assert_cmpint (g_list_model_get_n_items (plancia_entry_get_children (hub)), ==, 0);
  plancia_plant_remove (plant, line); /* once more changes nothing */
  plancia_plant_add (plant, NULL, line);
  g_assert_true (plancia_plant_find (plant, "meter") == meter);
}

static void
check_order (PlanciaPlant *plant, const char *ids)
{
  GListModel *entries = plancia_plant_get_entries (plant);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    g_string_append (order, plancia_entry_get_id (entry));
  }
  g_assert_cmpstr (order->str, ==, ids);
}

static void
test_move (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("House");
  g_autoptr (PlanciaEntry) a = make ("a", "hub", "hub://a");
  g_autoptr (PlanciaEntry) b = make ("b", "hub", "hub://b");
  g_autoptr (PlanciaEntry) c = make ("c", "hub", "hub://c");
  g_autoptr (PlanciaEntry) line = make ("line", "line", "hub://a/meters");

  plancia_plant_add (plant, NULL, a);
  plancia_plant_add (plant, NULL, b);
  plancia_plant_add (plant, NULL, c);
  plancia_plant_add (plant, a, line);
  plancia_plant_move (plant, c, a);
  check_order (plant, "cab");
  plancia_plant_move (plant, c, NULL);
  check_order (plant, "abc");
  plancia_plant_move (plant, a, c);
  check_order (plant, "bac");
  g_assert_true (plancia_entry_get_parent (line) == a);
  plancia_plant_move (plant, a, a);
  plancia_plant_move (plant, a, line); /* hangs elsewhere */
  check_order (plant, "bac");
}

static void
test_parent_is_weak (void)
{
  PlanciaPlant *plant = plancia_plant_new ("House");
  PlanciaEntry *hub = make ("hub", "hub", "hub://h");
  g_autoptr (PlanciaEntry) line = make ("line", "line", "hub://h/meters");

  plancia_plant_add (plant, NULL, hub);
  plancia_plant_add (plant, hub, line);
  g_object_add_weak_pointer (G_OBJECT (hub), (gpointer *) &hub);
  g_object_unref (hub);
  g_assert_nonnull (hub);
  g_assert_finalize_object (plant);
  g_assert_null (hub);
  g_assert_null (plancia_entry_get_parent (line));
}

static void
test_is_device (void)
{
  static const struct
  {
    const char *kind;
    gboolean    is_device;
  } cases[] = {
    {"stick",       FALSE},
    {"hub",         FALSE},
    {"line",        FALSE},
    {"psc",         FALSE},
    {"portal",      FALSE},
    {"inverter",    TRUE },
    {"battery",     TRUE },
    {"meter",       TRUE },
    {"heat-pump",   TRUE },
    {"ev-charger",  TRUE },
    {"power-magic", TRUE },
    {"console",     TRUE },
    {"thing",       TRUE },
    {"other",       TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PlanciaEntry) entry = make ("x", cases[i].kind, "psc://h/1");

    g_test_message ("%s", cases[i].kind);
    g_assert_cmpint (plancia_entry_is_device (entry), ==, cases[i].is_device);
  }
}

static void
test_new_ids (void)
{
  g_autoptr (PlanciaEntry) first = plancia_entry_new (NULL, "other", "a", NULL);
  g_autoptr (PlanciaEntry) second = plancia_entry_new (NULL, "other", "a", NULL);

  g_assert_cmpstr (plancia_entry_get_id (first), !=, plancia_entry_get_id (second));
  g_assert_null (plancia_entry_get_address (first));
}

static void
count (GObject *object, GParamSpec *property, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_notifies (void)
{
  g_autoptr (PlanciaEntry) entry = make ("x", "inverter", "psc://h/1");
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("psc://h/2", NULL);
  guint n = 0;

  g_signal_connect (entry, "notify", G_CALLBACK (count), &n);
  plancia_entry_set_name (entry, "East roof");
  plancia_entry_set_name (entry, "East roof");
  g_assert_cmpint (n, ==, 1);
  plancia_entry_set_map (entry, "m");
  plancia_entry_set_map (entry, NULL);
  plancia_entry_set_url (entry, "http://localhost/");
  plancia_entry_set_address (entry, address);
  g_assert_cmpint (n, ==, 5);
  g_assert_cmpstr (plancia_entry_get_name (entry), ==, "East roof");
  g_assert_null (plancia_entry_get_map (entry));
  g_assert_cmpstr (plancia_entry_get_url (entry), ==, "http://localhost/");
  g_assert_true (plancia_entry_get_address (entry) == address);
}

static void
test_place (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("House");
  GTimeZone *zone;

  g_assert_true (isnan (plancia_plant_get_latitude (plant)));
  g_assert_true (isnan (plancia_plant_get_longitude (plant)));
  g_assert_cmpstr (plancia_plant_get_zone_name (plant), ==, "Europe/Rome"); /* TZ of the tests */
  plancia_plant_set_place (plant, "America/New_York", 40.7, -74);
  zone = plancia_plant_get_zone (plant);
  g_assert_cmpint (
    g_time_zone_get_offset (zone,
                            g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, 1750000000)),
    ==,
    -4 * 3600);
  g_assert_cmpfloat (plancia_plant_get_latitude (plant), ==, 40.7);
  plancia_plant_set_place (plant, "Nowhere/Nothing", NAN, NAN);
  g_assert_cmpstr (plancia_plant_get_zone_name (plant), ==, "Europe/Rome");
}

static void
test_simulated (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("House");
  guint n = 0;

  g_signal_connect (plant, "notify::simulated", G_CALLBACK (count), &n);
  plancia_plant_set_simulated (plant, TRUE);
  plancia_plant_set_simulated (plant, 2);
  g_assert_cmpint (n, ==, 1);
  g_assert_true (plancia_plant_get_simulated (plant));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plant/plant/tree", test_tree);
  g_test_add_func ("/plant/plant/move", test_move);
  g_test_add_func ("/plant/plant/parent-is-weak", test_parent_is_weak);
  g_test_add_func ("/plant/plant/is-device", test_is_device);
  g_test_add_func ("/plant/plant/new-ids", test_new_ids);
  g_test_add_func ("/plant/plant/notifies", test_notifies);
  g_test_add_func ("/plant/plant/place", test_place);
  g_test_add_func ("/plant/plant/simulated", test_simulated);
  return g_test_run ();
}
