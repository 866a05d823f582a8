/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/clock.h"
#include "ui/archive-dialog.h"
#include "ui/settings.h"

#define PATIENCE 20000

typedef struct
{
  UiPlant   *plant;
  GtkWindow *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->plant = ui_plant_new ();
  self->dialog = plancia_archive_dialog_new (NULL, self->plant->session);
  gtk_window_present (self->dialog);
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_settings_reset (plancia_settings_get (), "history-raw-days");
  gtk_window_destroy (self->dialog);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
}

static GtkWidget *
find (Fixture *self, GType type, const char *text)
{
  GtkWidget *widget = ui_fixture_find (GTK_WIDGET (self->dialog), type, text);

  g_assert_nonnull (widget);
  return widget;
}

/* A choice is a setting at once. */
static void
test_terms (Fixture *self, gconstpointer data)
{
  GSettings   *settings = plancia_settings_get ();
  AdwComboRow *row = ADW_COMBO_ROW (find (self, ADW_TYPE_COMBO_ROW, NULL));

  g_assert_cmpuint (g_settings_get_uint (settings, "history-raw-days"), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  adw_combo_row_set_selected (row, 3);
  g_assert_cmpuint (g_settings_get_uint (settings, "history-raw-days"), ==, 366);
  g_assert_cmpuint (g_settings_get_uint (settings, "history-minute-days"), ==, 0);
  adw_combo_row_set_selected (row, 0);
  g_assert_cmpuint (g_settings_get_uint (settings, "history-raw-days"), ==, 0);
}

static gboolean
is_done (gpointer user_data)
{
  Fixture *self = user_data;

  return ui_fixture_find (GTK_WIDGET (self->dialog), GTK_TYPE_BUTTON, "_Clean up") != NULL;
}

static void
test_clean_up (Fixture *self, gconstpointer data)
{
  GtkWidget  *button = find (self, GTK_TYPE_BUTTON, "_Clean up");
  const char *text;

  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "archive"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_widget_get_visible (find (self, GTK_TYPE_PROGRESS_BAR, NULL)));
  g_assert_true (ui_fixture_wait (is_done, self, PATIENCE));
  text = adw_action_row_get_subtitle (
    ADW_ACTION_ROW (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW)));
  g_assert_true (g_str_has_prefix (text, "All is whole. "));
  ui_fixture_settle ();
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "archive-dark"));
  ui_fixture_set_dark (FALSE);
  gtk_window_set_default_size (self->dialog, 400, 640);
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "archive-narrow"));
}

/* Closing the window stops it. */
static void
test_closed_meanwhile (Fixture *self, gconstpointer data)
{
  g_signal_emit_by_name (find (self, GTK_TYPE_BUTTON, "_Clean up"), "clicked");
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add ("/archive-dialog/terms", Fixture, NULL, set_up, test_terms, tear_down);
  g_test_add ("/archive-dialog/clean-up", Fixture, NULL, set_up, test_clean_up, tear_down);
  g_test_add ("/archive-dialog/closed-meanwhile",
              Fixture,
              NULL,
              set_up,
              test_closed_meanwhile,
              tear_down);
  return g_test_run ();
}
