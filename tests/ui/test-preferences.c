/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include "ui-fixture.h"
#include "ui/mode-button.h"
#include "ui/settings.h"

#define PATIENCE 20000

static void
reset (void)
{
  g_settings_reset (plancia_settings_get (), "appearance");
  g_settings_reset (plancia_settings_get (), "installer-allowed");
  ui_fixture_settle ();
}

static gboolean
has_size (gpointer user_data)
{
  return ui_fixture_find (user_data, GTK_TYPE_LABEL, "0 bytes") != NULL ||
         ui_fixture_find (user_data, GTK_TYPE_LABEL, "0\302\240bytes") != NULL;
}

/* Each row is a setting at once; the folder says its place and size. */
static void
test_rows (void)
{
  GtkWindow       *window = plancia_preferences_new (NULL);
  GSettings       *settings = plancia_settings_get ();
  cairo_surface_t *picture;
  GtkWidget       *row;
  g_autofree char *appearance = NULL;

  gtk_window_present (window);
  ui_fixture_settle ();
  row = ui_fixture_find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW, NULL);
  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  appearance = g_settings_get_string (settings, "appearance");
  g_assert_cmpstr (appearance, ==, "dark");
  picture = ui_fixture_screenshot (GTK_WIDGET (window), "preferences-general");
  cairo_surface_destroy (picture);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "safety");
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (GTK_WIDGET (window), "preferences-safety");
  cairo_surface_destroy (picture);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "data");
  g_assert_true (ui_fixture_wait (has_size, window, PATIENCE));
  picture = ui_fixture_screenshot (GTK_WIDGET (window), "preferences-data");
  cairo_surface_destroy (picture);
  gtk_window_destroy (window);
  reset ();
}

/* Without a change of the system's colours the program is dark, and light again. */
static void
test_appearance (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  AdwColorScheme   before = adw_style_manager_get_color_scheme (manager);

  plancia_preferences_follow_appearance ();
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
  g_settings_set_string (plancia_settings_get (), "appearance", "dark");
  g_assert_true (adw_style_manager_get_dark (manager));
  g_settings_set_string (plancia_settings_get (), "appearance", "light");
  g_assert_false (adw_style_manager_get_dark (manager));
  reset ();
  adw_style_manager_set_color_scheme (manager, before);
}

/* A computer where nobody may write: what is on goes off, and stays off whoever asks. */
static void
test_lock (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *button = g_object_new (PLANCIA_TYPE_MODE_BUTTON, "session", plant->session, NULL);
  GtkWindow *window = ui_fixture_present (button, 300, 100);

  plancia_session_set_installer (plant->session, TRUE);
  g_assert_true (plancia_session_get_installer (plant->session));
  g_settings_set_boolean (plancia_settings_get (), "installer-allowed", FALSE);
  g_assert_false (plancia_session_get_installer (plant->session));
  g_assert_false (gtk_widget_get_sensitive (button));
  plancia_session_set_installer (plant->session, TRUE);
  g_assert_false (plancia_session_get_installer (plant->session));
  reset ();
  g_assert_true (gtk_widget_get_sensitive (button));
  plancia_session_set_installer (plant->session, TRUE);
  g_assert_true (plancia_session_get_installer (plant->session));
  gtk_window_destroy (window);
  ui_fixture_settle ();
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("plancia-preferences-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/ui/preferences/rows", test_rows);
  g_test_add_func ("/ui/preferences/appearance", test_appearance);
  g_test_add_func ("/ui/preferences/lock", test_lock);
  return g_test_run ();
}
