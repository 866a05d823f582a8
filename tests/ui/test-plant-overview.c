/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-overview.h"

#include "pages-fixture.h"
#include "ui/device-card.h"
#include "ui/device-line.h"
#include "ui/energy-tile.h"
#include "ui/plant-alarms.h"
#include "ui/plant-coverage.h"
#include "ui/plant-now.h"
#include "ui/plant-today.h"
#include "ui/power-flow.h"

static GtkWidget *
find_text (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  PlanciaDevice *whole = plancia_device_tree_get_plant (plancia_open_plant_get_tree (plant->plant));

  return g_object_ref_sink (plancia_plant_overview_new (plant->session, whole));
}

static void
test_cards_in_the_order_of_the_tree (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  g_autoptr (GPtrArray)
    leaves = plancia_device_tree_list (plancia_open_plant_get_tree (plant->plant));
  GtkWidget *card = ui_fixture_find (page, PLANCIA_TYPE_DEVICE_CARD, NULL);

  g_assert_cmpuint (leaves->len, ==, 15);
  for (guint i = 0; i < leaves->len; i++) {
    g_assert_true (PLANCIA_IS_DEVICE_CARD (card));
    g_assert_true (plancia_device_card_get_device (PLANCIA_DEVICE_CARD (card)) ==
                   g_ptr_array_index (leaves, i));
    card = gtk_widget_get_next_sibling (card);
  }
  g_assert_true (PLANCIA_IS_PLANT_COVERAGE (card));
}

static void
test_follows_the_document (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PlanciaPlant *document = plancia_open_plant_get_plant (plant->plant);

  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Power Magic"));
  plancia_plant_remove (document, plancia_plant_find (document, "Power Magic"));
  plancia_device_tree_sync (plancia_open_plant_get_tree (plant->plant));
  g_signal_emit_by_name (plant->plant, "document-changed");
  g_assert_null (ui_fixture_find (page, GTK_TYPE_LABEL, "Power Magic"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Heat pump"));
}

static void
test_sums_say_where_they_come_from (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *tile;

  pages_plant_fill (plant);
  page = new_page (plant);
  /* Seven sources and two things; the third thing is HYD 10000 ZSS, which is read locally. Barn's is old. */
  g_assert_nonnull (find_text (page, "without Barn"));
  g_assert_nonnull (find_text (page, "13 of 15 answer"));

  tile = ui_fixture_find (page, PLANCIA_TYPE_ENERGY_TILE, NULL);
  g_assert_nonnull (tile);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (tile),
                   ==,
                   "HYD 6000 ZSS HP\nHYD 10000 ZSS\n350KTL 1\n350KTL 2\nOld 250\nKTL-V3\n"
                   "ZE1ES330L5M066\nBarn");
}

static gboolean
is_without_hub (gpointer page)
{
  return find_text (page, "without HYD 10000 ZSS, Barn") != NULL;
}

static void
test_leaves_out_who_is_silent (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;

  pages_plant_fill (plant);
  /* Nobody else knows that one. */
  pages_plant_apply_text (plant, "HYD 10000 ZSS", "serial_number", "ZP1ES110K99999");
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  pages_backend_set_state (pages_plant_backend (plant, "HYD 10000 ZSS"),
                           PLANCIA_STATE_TAKEN_OVER,
                           NULL);
  g_assert_true (ui_fixture_wait (is_without_hub, page, 20000));
  gtk_window_destroy (window);
}

static void
apply_bit (PagesPlant *plant, const char *name, const char *key, guint bit)
{
  const PlanciaField *field =
    plancia_map_find_field (plancia_device_get_map (pages_plant_find (plant, name)), key);
  g_autofree guint16 *words = g_new0 (guint16, field->count);
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (name, PAGES_NOW);
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  if (bit < 16)
    words[0] = (guint16) (1u << bit);
  reading->time = PAGES_NOW;
  plancia_reading_set_words (reading, field, words);
  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

static void
test_alarms (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *alarms;

  pages_plant_fill (plant);
  page = new_page (plant);
  alarms = ui_fixture_find (page, PLANCIA_TYPE_PLANT_ALARMS, NULL);
  g_assert_nonnull (find_text (alarms, "Not asked yet"));

  apply_bit (plant, "HYD 10000 ZSS", "faults_1", 99);
  g_object_unref (g_steal_pointer (&page));
  page = new_page (plant);
  alarms = ui_fixture_find (page, PLANCIA_TYPE_PLANT_ALARMS, NULL);
  g_assert_nonnull (find_text (alarms, "No open alarms"));

  apply_bit (plant, "HYD 10000 ZSS", "faults_1", 0);
  g_object_unref (g_steal_pointer (&page));
  page = new_page (plant);
  alarms = ui_fixture_find (page, PLANCIA_TYPE_PLANT_ALARMS, NULL);
  g_assert_nonnull (find_text (alarms, "1 open"));
  g_assert_null (find_text (alarms, "No open alarms"));
}

static void
test_many_devices_become_lines (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PlanciaPlant *document = plancia_open_plant_get_plant (plant->plant);
  GtkWindow    *window;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("more %u", i);
    g_autofree char *text = g_strdup_printf ("power-magic://192.0.2.99/%u", i + 1);
    g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
    g_autoptr (PlanciaEntry) entry = plancia_entry_new (id, "inverter", id, address);

    plancia_plant_add (document, NULL, entry);
  }
  plancia_device_tree_sync (plancia_open_plant_get_tree (plant->plant));
  pages_plant_fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 1200);
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_DEVICE_CARD, NULL));
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_DEVICE_LINE, NULL));
  gtk_window_set_child (window, NULL);
  gtk_window_destroy (window);
  pages_take_pictures (page, "plant-overview-lines", 1100);
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;

  pages_plant_fill (plant);
  pages_plant_draw_day (plant, "HYD 6000 ZSS HP", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "HYD 10000 ZSS", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "ZE1ES330L5M066", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "Power Magic", PLANCIA_QUANTITY_BATTERY_CHARGE, pages_battery);
  pages_plant_draw_day (plant, "Heat pump", PLANCIA_QUANTITY_LOAD_POWER, pages_pump);
  apply_bit (plant, "HYD 10000 ZSS", "faults_1", 0);
  apply_bit (plant, "350KTL 1", "faults_1", 3);
  pages_backend_set_state (pages_plant_backend (plant, "EVCH 7.4"), PLANCIA_STATE_TAKEN_OVER, NULL);
  page = new_page (plant);
  pages_take_pictures (page, "plant-overview", 1250);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/plant-overview/cards-in-order", test_cards_in_the_order_of_the_tree);
  g_test_add_func ("/plant-overview/follows-the-document", test_follows_the_document);
  g_test_add_func ("/plant-overview/where-sums-come-from", test_sums_say_where_they_come_from);
  g_test_add_func ("/plant-overview/silent", test_leaves_out_who_is_silent);
  g_test_add_func ("/plant-overview/alarms", test_alarms);
  g_test_add_func ("/plant-overview/many-devices", test_many_devices_become_lines);
  g_test_add_func ("/plant-overview/pictures", test_pictures);
  return g_test_run ();
}
