/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-dialog.h"

#include "ui-fixture.h"
#include "ui/banner.h"

static gboolean
has_rows (gpointer user_data)
{
  return ui_fixture_find (user_data,
                          ADW_TYPE_ACTION_ROW,
                          "ZCS Azzurro three-phase hybrid, G3 map") != NULL;
}

static GtkWidget *
show (UiPlant *plant, PlanciaDevice *device)
{
  GtkWidget *dialog = plancia_map_dialog_show (NULL, plant->plant, device);

  g_assert_true (ui_fixture_wait (has_rows, dialog, 20000));
  ui_fixture_settle ();
  return dialog;
}

static GtkCheckButton *
find_check (GtkWidget *dialog, const char *title)
{
  GtkWidget *row = ui_fixture_find (dialog, ADW_TYPE_ACTION_ROW, title);

  g_assert_nonnull (row);
  return GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
}

static void
use (GtkWidget *dialog)
{
  GtkWidget *button = ui_fixture_find (dialog, GTK_TYPE_BUTTON, "_Use");

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_map (gpointer user_data)
{
  PlanciaMap *map = plancia_device_get_map (user_data);

  return map && g_str_equal (plancia_map_get_id (map), "zcs-1ph-hyd-hp-g3");
}

/* The present one is marked; another one is taken. */
static void
test_choose (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *dialog = show (plant, plant->hybrid);

  g_assert_true (
    gtk_check_button_get_active (find_check (dialog, "ZCS Azzurro three-phase hybrid, G3 map")));
  cairo_surface_destroy (ui_fixture_screenshot (dialog, "map-dialog"));
  gtk_check_button_set_active (find_check (dialog, "ZCS Azzurro single-phase hybrid HP, G3 map"),
                               TRUE);
  use (dialog);
  g_assert_true (ui_fixture_wait (has_map, plant->hybrid, 20000));
  g_assert_cmpstr (plancia_entry_get_map (plancia_device_get_entry (plant->hybrid)),
                   ==,
                   "zcs-1ph-hyd-hp-g3");
}

static gboolean
has_no_map (gpointer user_data)
{
  return plancia_device_get_map (user_data) == NULL;
}

static void
test_ask_the_device (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *dialog = show (plant, plant->hybrid);

  gtk_check_button_set_active (find_check (dialog, "Ask the device"), TRUE);
  use (dialog);
  g_assert_true (ui_fixture_wait (has_no_map, plant->hybrid, 20000));
  g_assert_null (plancia_entry_get_map (plancia_device_get_entry (plant->hybrid)));
}

static void
test_for_which (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();

  g_assert_true (plancia_map_dialog_is_for (plant->hybrid));
  g_assert_false (plancia_map_dialog_is_for (plant->hub));
  g_assert_false (plancia_map_dialog_is_for (plant->console));
  g_assert_false (plancia_map_dialog_is_for (plant->thing));
}

/* A guess says so in the banner and keeps writing off until a person confirms it. */
static void
test_guess (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaEntry *entry = plancia_device_get_entry (plant->hybrid);
  GtkWidget    *banner = g_object_new (PLANCIA_TYPE_BANNER, "session", plant->session, NULL);
  GtkWindow    *window = ui_fixture_present (banner, 1100, 60);
  GtkWidget    *dialog;

  plancia_session_set_device (plant->session, plant->hybrid);
  g_assert_false (gtk_widget_get_visible (banner));
  plancia_entry_set_map_evidence (entry, "ZP1ES110… at 0x0445");
  ui_fixture_settle ();
  g_assert_true (gtk_widget_get_visible (banner));
  g_assert_nonnull (
    ui_fixture_find (banner,
                     GTK_TYPE_LABEL,
                     "Map guessed from the serial number (ZP1ES110… at 0x0445). Values may be "
                     "wrong; writing is off."));
  cairo_surface_destroy (ui_fixture_screenshot (banner, "banner-guessed"));
  g_assert_false (plancia_device_get_flags (plant->hybrid) & PLANCIA_BACKEND_WRITE);

  dialog = show (plant, plant->hybrid);
  cairo_surface_destroy (ui_fixture_screenshot (dialog, "map-dialog-guessed"));
  use (dialog);
  ui_fixture_settle ();
  g_assert_null (plancia_entry_get_map_evidence (entry));
  g_assert_true (plancia_device_get_flags (plant->hybrid) & PLANCIA_BACKEND_WRITE);
  g_assert_false (gtk_widget_get_visible (banner));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/map-dialog/choose", test_choose);
  g_test_add_func ("/ui/map-dialog/ask-the-device", test_ask_the_device);
  g_test_add_func ("/ui/map-dialog/for-which", test_for_which);
  g_test_add_func ("/ui/map-dialog/guess", test_guess);
  return g_test_run ();
}
