/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-card.h"

#include "pages-fixture.h"
#include "ui/device-words.h"
#include "ui/grid.h"

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static GtkWidget *
new_card (PagesPlant *plant, const char *name)
{
  return g_object_ref_sink (
    plancia_device_card_new (plant->session, pages_plant_find (plant, name)));
}

static void
test_shows_what_is_read (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) card = NULL;

  pages_plant_fill (plant);
  card = new_card (plant, "HYD 10000 ZSS");
  g_assert_nonnull (find_label (card, "HYD 10000 ZSS"));
  g_assert_nonnull (find_label (card, "3.11\xc2\xa0 kW"));
  g_assert_nonnull (find_label (card, "26.1\xc2\xa0kWh today"));
  g_assert_nonnull (find_label (card, "On grid"));

  pages_plant_apply (plant, "HYD 10000 ZSS", 0, "output_active_power", 4560.0, NULL);
  g_assert_nonnull (find_label (card, "4.56\xc2\xa0 kW"));
}

static void
test_no_value_is_no_zero (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) never = new_card (plant, "HYD 6000 ZSS HP");
  g_autoptr (GtkWidget) taken = NULL;

  g_assert_nonnull (find_label (never, "\xe2\x80\x94"));
  g_assert_nonnull (find_label (never, "Connecting, no reading yet"));

  pages_plant_fill (plant);
  taken = new_card (plant, "EVCH 7.4");
  g_assert_nonnull (find_label (taken, "2.30\xc2\xa0 kW"));
  pages_backend_set_state (pages_plant_backend (plant, "EVCH 7.4"), PLANCIA_STATE_TAKEN_OVER, NULL);
  g_assert_nonnull (find_label (taken, "\xe2\x80\x94\xc2\xa0 kW"));
  g_assert_nonnull (find_label (taken, "Line held by another client \xc2\xb7 last reading 14:05"));
}

static void
test_sign_of_the_meter (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) card = NULL;

  pages_plant_fill (plant);
  card = new_card (plant, "Exchange meter");
  g_assert_nonnull (find_label (card,
                                "\xe2\x88\x92"
                                "1.21\xc2\xa0 kW"));
  g_assert_nonnull (find_label (card, "Exporting"));
}

static void
test_energy_of_yesterday_is_not_todays (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GTimeZone) zone = plancia_device_words_zone (plant->session);
  g_autofree char *none = NULL;

  pages_plant_apply (plant,
                     "Barn",
                     PAGES_NOW - PLANCIA_DAY,
                     "powerGenerating",
                     0.0,
                     "energyGenerating",
                     31.0,
                     NULL);
  none = plancia_device_words_today (pages_plant_find (plant, "Barn"), zone);
  g_assert_cmpstr (none, ==, "");
}

static void
test_activates (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  PlanciaDevice *device = pages_plant_find (plant, "Heat pump");
  g_autoptr (GtkWidget) card = new_card (plant, "Heat pump");
  GtkWindow *window = ui_fixture_present (card, 280, 130);

  g_assert_true (gtk_widget_get_focusable (card));
  g_assert_true (gtk_widget_activate (card));
  g_assert_true (plancia_session_get_device (plant->session) == device);
  gtk_window_destroy (window);
}

static GtkWidget *
new_grid (PagesPlant *plant)
{
  static const char *const names[] = {"HYD 10000 ZSS",
                                      "EVCH 7.4",
                                      "Power Magic",
                                      "Exchange meter",
                                      "Heat pump",
                                      "350KTL 1",
                                      "CONNEXT",
                                      "ZE1ES330L5M066",
                                      "Barn"};
  GtkWidget               *grid = plancia_grid_new ();

  gtk_widget_set_valign (grid, GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    plancia_grid_append (
      PLANCIA_GRID (grid),
      plancia_device_card_new (plant->session, pages_plant_find (plant, names[i])),
      4);
  return grid;
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();

  pages_plant_fill (plant);
  pages_plant_draw_day (plant, "HYD 10000 ZSS", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "350KTL 1", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "ZE1ES330L5M066", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  pages_plant_draw_day (plant, "Power Magic", PLANCIA_QUANTITY_BATTERY_CHARGE, pages_battery);
  pages_plant_draw_day (plant, "Exchange meter", PLANCIA_QUANTITY_GRID_POWER, pages_sun);
  pages_plant_draw_day (plant, "Heat pump", PLANCIA_QUANTITY_LOAD_POWER, pages_pump);
  pages_backend_set_state (pages_plant_backend (plant, "EVCH 7.4"), PLANCIA_STATE_TAKEN_OVER, NULL);
  pages_take_pictures (new_grid (plant), "device-cards", 420);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/device-card/shows-what-is-read", test_shows_what_is_read);
  g_test_add_func ("/device-card/no-value-is-no-zero", test_no_value_is_no_zero);
  g_test_add_func ("/device-card/sign-of-the-meter", test_sign_of_the_meter);
  g_test_add_func ("/device-card/yesterday", test_energy_of_yesterday_is_not_todays);
  g_test_add_func ("/device-card/activates", test_activates);
  g_test_add_func ("/device-card/pictures", test_pictures);
  return g_test_run ();
}
