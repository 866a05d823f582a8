/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"
#include "ui/settings.h"

static void
test_keys_and_defaults (void)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *plant = NULL;

  g_assert_true (settings == plancia_settings_get ());
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1200);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 760);
  g_assert_true (g_settings_set_string (settings, "plant", "demo"));
  plant = g_settings_get_string (settings, "plant");
  g_assert_cmpstr (plant, ==, "demo");
}

/* The fixture itself: a plant on fake backends whose values reach the tree. */
static void
test_plant_of_the_fixture (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget       *label = gtk_label_new ("Rossi, Arezzo");
  GtkWindow       *window = ui_fixture_present (label, 320, 200);
  cairo_surface_t *picture = ui_fixture_screenshot (GTK_WIDGET (window), "fixture");

  ui_plant_apply_number (plant, plant->inverter, "output_active_power", 3420);
  g_assert_nonnull (plancia_device_lookup (plant->inverter, "output_active_power"));
  g_assert_cmpint (plancia_device_get_mark (plant->inverter), ==, PLANCIA_MARK_LIVE);
  g_assert_cmpint (plancia_device_get_mark (plant->console), ==, PLANCIA_MARK_CLOSED);
  g_assert_true (ui_fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Rossi, Arezzo") == label);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, 320);
  cairo_surface_destroy (picture);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/settings/keys-and-defaults", test_keys_and_defaults);
  g_test_add_func ("/ui/fixture/plant", test_plant_of_the_fixture);
  return g_test_run ();
}
