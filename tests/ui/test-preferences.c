/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include "base/text.h"
#include "ui-fixture.h"

#include "ui/callback-service.h"
#include "ui/installer-lock.h"
#include "ui/mode-button.h"
#include "ui/poll-setting.h"
#include "ui/settings.h"
#include "ui/window.h"
#include <libintl.h>

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

/* --- what acts at once ----------------------------------------------------------------------- */

static void
choose (GtkWindow *window, const char *title, guint item)
{
  GtkWidget *label = ui_fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, title);
  GtkWidget *row = label ? gtk_widget_get_ancestor (label, ADW_TYPE_COMBO_ROW) : NULL;

  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), item);
}

static void
assert_setting (const char *key, const char *expected)
{
  g_autofree char *value = g_settings_get_string (plancia_settings_get (), key);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_power (double watts, const char *number, const char *unit)
{
  const char      *found = NULL;
  g_autofree char *text = plancia_text_power (watts, &found);

  g_assert_cmpstr (text, ==, number);
  g_assert_cmpstr (found, ==, unit);
}

static void
assert_energy (double kilowatt_hours, const char *number, const char *unit)
{
  const char      *found = NULL;
  g_autofree char *text = plancia_text_energy (kilowatt_hours, &found);

  g_assert_cmpstr (text, ==, number);
  g_assert_cmpstr (found, ==, unit);
}

/* Units and the language of registers, also on what is shown already. */
static void
test_words_and_units (void)
{
  PlanciaWindow   *window = plancia_window_new (NULL);
  GtkWindow       *dialog = plancia_preferences_new (NULL);
  g_autofree char *catalogues = g_build_filename (g_getenv ("PLANCIA_TEST_BUILD_DIR"), "po", NULL);

  gtk_window_present (dialog);
  ui_fixture_settle ();
  assert_power (3420, "3.42", "kW");
  choose (dialog, "Powers", 1);
  assert_setting ("unit-power", "W");
  assert_power (3420, "3420", "W");
  assert_power (12000, "12.0", "kW");
  choose (dialog, "Powers", 2);
  assert_power (2500000, "2500", "kW");
  choose (dialog, "Powers", 0);
  assert_power (2500000, "2.50", "MW");
  assert_energy (12480, "12.5", "MWh");
  choose (dialog, "Energies", 1);
  assert_setting ("unit-energy", "kWh");
  assert_energy (12480, "12\u202f480", "kWh");
  choose (dialog, "Energies", 0);

  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  g_assert_cmpstr (plancia_map_label ("Battery"), ==, "Battery");
  choose (dialog, "Names of registers", 2);
  assert_setting ("register-language", "it");
  g_assert_cmpstr (plancia_map_label ("Battery"), ==, "Batteria");
  choose (dialog, "Names of registers", 1);
  g_assert_cmpstr (plancia_map_label ("Battery"), ==, "Battery");
  choose (dialog, "Names of registers", 0);
  assert_setting ("register-language", "program");
  gtk_window_destroy (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_fixture_settle ();
}

static gboolean
polls_slowly (gpointer backend)
{
  return fake_backend_get_interval (backend) == 7000;
}

/* A connection that is open is asked more slowly from now on. */
static void
test_polling (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();

  plancia_poll_setting_follow (plant->session);
  g_settings_set_uint (plancia_settings_get (), "poll-seconds", 7);
  g_assert_true (ui_fixture_wait (polls_slowly, plant->inverter_backend, PATIENCE));
  g_assert_true (polls_slowly (plant->hybrid_backend));
  g_settings_reset (plancia_settings_get (), "poll-seconds");
}

/* Without a write the window goes back to view only by itself, but not under a dialog, and never if never was chosen. */
static void
test_back_to_view_only (void)
{
  PlanciaWindow  *window = plancia_window_new (NULL);
  PlanciaSession *session = plancia_window_get_session (window);
  GtkWindow      *dialog = plancia_preferences_new (GTK_WINDOW (window));

  gtk_window_present (GTK_WINDOW (window));
  plancia_installer_lock_expire (window);
  plancia_session_set_installer (session, TRUE);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  plancia_installer_lock_expire (window);
  g_assert_true (plancia_session_get_installer (session));
  gtk_window_destroy (dialog);
  ui_fixture_settle ();
  g_settings_set_uint (plancia_settings_get (), "installer-minutes", 0);
  plancia_installer_lock_expire (window);
  g_assert_true (plancia_session_get_installer (session));
  g_settings_set_uint (plancia_settings_get (), "installer-minutes", 5);
  plancia_installer_lock_expire (window);
  g_assert_false (plancia_session_get_installer (session));
  g_settings_reset (plancia_settings_get (), "installer-minutes");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_fixture_settle ();
}

/* The receiver listens while it is switched on, and says where. */
static gboolean
listens (gpointer user_data)
{
  return plancia_callback_receiver_get_state (plancia_callback_service_get ()) ==
         PLANCIA_RECEIVER_LISTENING;
}

static gboolean
is_off (gpointer user_data)
{
  return plancia_callback_receiver_get_state (plancia_callback_service_get ()) ==
         PLANCIA_RECEIVER_OFF;
}

static void
test_receiver (void)
{
  GtkWindow       *window = plancia_preferences_new (NULL);
  cairo_surface_t *picture;

  gtk_window_present (window);
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "readings");
  ui_fixture_settle ();
  g_assert_true (is_off (NULL));
  g_settings_set_uint (plancia_settings_get (),
                       "receiver-port",
                       (guint) g_random_int_range (20000, 30000));
  g_settings_set_boolean (plancia_settings_get (), "receiver-on", TRUE);
  g_assert_true (ui_fixture_wait (listens, NULL, PATIENCE));
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (GTK_WIDGET (window), "preferences-readings");
  cairo_surface_destroy (picture);
  g_settings_set_boolean (plancia_settings_get (), "receiver-on", FALSE);
  g_assert_true (ui_fixture_wait (is_off, NULL, PATIENCE));
  g_settings_reset (plancia_settings_get (), "receiver-port");
  gtk_window_destroy (window);
  plancia_callback_service_close ();
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
  g_test_add_func ("/ui/preferences/words-and-units", test_words_and_units);
  g_test_add_func ("/ui/preferences/polling", test_polling);
  g_test_add_func ("/ui/preferences/receiver", test_receiver);
  g_test_add_func ("/ui/preferences/back-to-view-only", test_back_to_view_only);
  return g_test_run ();
}
