/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/log.h"
#include "ui/diagnostics-dialog.h"
#include "ui/log-row.h"
#include "ui/log-window.h"
#include "ui/text-export.h"
#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE 20000

typedef struct
{
  UiPlant   *plant;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_log_clear ();
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Plant opened: Rossi");
  plancia_log_say (PLANCIA_LOG_DETAIL, "plancia-history", "a detail of the archive");
  plancia_log_say (PLANCIA_LOG_WARNING, "plancia-link", "HYD 10000 ZSS: nobody answers");
  plancia_log_say (PLANCIA_LOG_ERROR, "Gtk", "an assertion");
  self->plant = ui_plant_new ();
  self->window = plancia_log_window_new (self->plant->session);
  gtk_window_present (self->window);
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
}

static guint
count_lines (Fixture *self)
{
  g_autofree char *text = plancia_log_window_dup_text (PLANCIA_LOG_WINDOW (self->window));
  guint            n = 0;

  for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
    n++;
  return n;
}

static gboolean
has_five (gpointer user_data)
{
  return count_lines (user_data) == 5;
}

static gboolean
has_three (gpointer user_data)
{
  return count_lines (user_data) == 3;
}

static gboolean
has_one (gpointer user_data)
{
  return count_lines (user_data) == 1;
}

static gboolean
has_none (gpointer user_data)
{
  return count_lines (user_data) == 0;
}

static GtkWidget *
find (Fixture *self, GType type, const char *text)
{
  GtkWidget *widget = ui_fixture_find (GTK_WIDGET (self->window), type, text);

  g_assert_nonnull (widget);
  return widget;
}

/* Details are hidden at first; the level and a word narrow it down; the copy is what is shown, oldest first. */
static void
test_filter (Fixture *self, gconstpointer data)
{
  GtkDropDown     *level = GTK_DROP_DOWN (find (self, GTK_TYPE_DROP_DOWN, NULL));
  GtkEditable     *search = GTK_EDITABLE (find (self, GTK_TYPE_SEARCH_ENTRY, NULL));
  g_autofree char *text = NULL;

  g_assert_cmpuint (count_lines (self), ==, 3);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->window), "log"));
  gtk_drop_down_set_selected (level, 0);
  g_assert_cmpuint (count_lines (self), ==, 4);
  gtk_drop_down_set_selected (level, 2);
  text = plancia_log_window_dup_text (PLANCIA_LOG_WINDOW (self->window));
  g_assert_nonnull (strstr (text, "warning plancia-link: HYD 10000 ZSS: nobody answers\n"));
  g_assert_true (g_str_has_suffix (text, "error Gtk: an assertion\n"));
  g_assert_cmpuint (count_lines (self), ==, 2);
  gtk_editable_set_text (search, "NOBODY connections");
  g_assert_true (ui_fixture_wait (has_one, self, PATIENCE));
  gtk_editable_set_text (search, "not there");
  g_assert_true (ui_fixture_wait (has_none, self, PATIENCE));
  find (self, ADW_TYPE_STATUS_PAGE, NULL);
}

/* What is said while it is looked at comes in by itself; a repeated line is counted where it is. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (self, GTK_TYPE_DROP_DOWN, NULL)), 0);
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Snapshot taken");
  g_assert_true (ui_fixture_wait (has_five, self, PATIENCE));
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Snapshot taken");
  plancia_log_clear ();
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Again");
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Again");
  g_assert_true (ui_fixture_wait (has_one, self, PATIENCE));
  text = plancia_log_window_dup_text (PLANCIA_LOG_WINDOW (self->window));
  g_assert_nonnull (strstr (text, "note plancia-ui: Again (2 times)"));
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Again");
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "More");
  plancia_log_say (PLANCIA_LOG_NOTE, "plancia-ui", "Most");
  g_assert_true (ui_fixture_wait (has_three, self, PATIENCE));
  g_free (g_steal_pointer (&text));
  text = plancia_log_window_dup_text (PLANCIA_LOG_WINDOW (self->window));
  g_assert_nonnull (strstr (text, "Again (3 times)"));
  g_assert_true (g_str_has_suffix (text, "Most\n"));
}

static gboolean
is_saved (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What is read is what is saved, also after something was taken out. */
static void
test_diagnostics (Fixture *self, gconstpointer data)
{
  GtkWindow *dialog =
    plancia_diagnostics_dialog_new (self->window, plancia_session_get_plant (self->plant->session));
  GtkWidget       *view;
  g_autofree char *text = NULL;
  g_autofree char *name = g_strdup_printf ("plancia-log-%d.txt", g_random_int_range (0, G_MAXINT));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("save");

  gtk_window_present (dialog);
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "diagnostics"));
  view = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, NULL);
  g_assert_nonnull (view);
  text = plancia_diagnostics_dialog_dup_text (PLANCIA_DIAGNOSTICS_DIALOG (dialog));
  g_assert_nonnull (strstr (text, "libadwaita: 1."));
  g_assert_nonnull (strstr (text, "nobody answers"));
  g_assert_null (strstr (text, "ZP1ES110K00001"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "only this", -1);
  g_free (g_steal_pointer (&text));
  text = plancia_diagnostics_dialog_dup_text (PLANCIA_DIAGNOSTICS_DIALOG (dialog));
  g_assert_cmpstr (text, ==, "only this");
  plancia_text_export_save (view, worker, text, file);
  g_assert_true (ui_fixture_wait (is_saved, path, PATIENCE));
  plancia_worker_stop (worker);
  ui_fixture_settle ();
  g_remove (path);
  gtk_window_destroy (dialog);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add ("/log-window/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/log-window/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/log-window/diagnostics", Fixture, NULL, set_up, test_diagnostics, tear_down);
  return g_test_run ();
}
