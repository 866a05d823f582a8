/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/history-import-dialog.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE 20000
/* 13 June 2026, 00:00 in Rome */
#define BEGIN G_GINT64_CONSTANT (1781301600000)

typedef struct
{
  UiPlant   *plant;
  GtkWindow *dialog;
  GTimeZone *zone;
  char      *folder;
  char      *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer text)
{
  g_autoptr (GFile) file = NULL;

  self->plant = ui_plant_new ();
  self->zone = g_time_zone_new_identifier ("Europe/Rome");
  self->folder = g_dir_make_tmp ("import-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "table.csv", NULL);
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  file = g_file_new_for_path (self->path);
  self->dialog = plancia_history_import_dialog_new (NULL,
                                                    self->plant->plant,
                                                    self->plant->thing,
                                                    self->zone,
                                                    file);
  gtk_window_present (self->dialog);
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->dialog);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
  g_time_zone_unref (self->zone);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

static const char *
page_of (gpointer dialog)
{
  GtkWidget *stack = GTK_WIDGET (
    gtk_widget_get_template_child (dialog, PLANCIA_TYPE_HISTORY_IMPORT_DIALOG, "stack"));

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
was_looked_at (gpointer dialog)
{
  return !g_str_equal (page_of (dialog), "reading");
}

static gboolean
is_done (gpointer dialog)
{
  return g_str_equal (page_of (dialog), "done");
}

typedef struct
{
  PlanciaSamples *samples;
  gboolean        done;
} Answer;

static void
queried_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->samples = plancia_store_query_finish (PLANCIA_STORE (store), result, NULL);
  answer->done = TRUE;
}

static gboolean
is_answered (gpointer answer)
{
  return ((Answer *) answer)->done;
}

static PlanciaSamples *
stored (Fixture *self)
{
  Answer answer = {NULL, FALSE};

  plancia_store_query_async (plancia_open_plant_get_store (self->plant->plant),
                             plancia_device_get_id (self->plant->thing),
                             "import",
                             NULL,
                             (PlanciaSpan){BEGIN - PLANCIA_DAY, BEGIN + 30 * PLANCIA_DAY},
                             NULL,
                             queried_cb,
                             &answer);
  g_assert_true (ui_fixture_wait (is_answered, &answer, PATIENCE));
  g_assert_nonnull (answer.samples);
  return answer.samples;
}

static void
take_pictures (Fixture *self, const char *name)
{
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);

  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), name));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), dark));
  ui_fixture_set_dark (FALSE);
}

/* A portal's table: one column is known by its title, another is chosen, and what cannot be read is told with its place. */
static void
test_choose (Fixture *self, gconstpointer data)
{
  PlanciaTablePlan *plan;
  GtkWidget        *row;
  g_autoptr (PlanciaSamples) samples = NULL;
  const PlanciaSampleColumn *column;

  g_assert_true (ui_fixture_wait (was_looked_at, self->dialog, PATIENCE));
  g_assert_cmpstr (page_of (self->dialog), ==, "form");
  plan = plancia_history_import_dialog_get_plan (PLANCIA_HISTORY_IMPORT_DIALOG (self->dialog));
  g_assert_cmpint (plan->time, ==, PLANCIA_TABLE_DMY);
  g_assert_cmpint (plan->decimal, ==, ',');
  g_assert_cmpstr (g_ptr_array_index (plan->keys, 1), ==, "powerGenerating");
  g_assert_cmpstr (g_ptr_array_index (plan->keys, 2), ==, "carica");
  row = ui_fixture_find (GTK_WIDGET (self->dialog), ADW_TYPE_COMBO_ROW, "Carica (%)");
  g_assert_nonnull (row);
  take_pictures (self, "history-import");
  /* "State of charge" */
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 10);
  g_assert_cmpstr (g_ptr_array_index (plan->keys, 2), ==, "batterySoC");
  plancia_history_import_dialog_run (PLANCIA_HISTORY_IMPORT_DIALOG (self->dialog));
  g_assert_true (ui_fixture_wait (is_done, self->dialog, PATIENCE));
  take_pictures (self, "history-import-done");
  samples = stored (self);
  column = plancia_samples_find_column (samples, "powerGenerating");
  g_assert_nonnull (column);
  g_assert_cmpuint (column->values->len, ==, 3);
  g_assert_cmpint (g_array_index (column->times, gint64, 0), ==, BEGIN);
  g_assert_cmpfloat (g_array_index (column->values, double, 0), ==, 1500);
  column = plancia_samples_find_column (samples, "batterySoC");
  g_assert_nonnull (column);
  g_assert_cmpuint (column->values->len, ==, 2);
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (self->dialog),
                                     GTK_TYPE_LABEL,
                                     "line 3, column 3: \"boh\" is no number"));
}

static void
test_no_table (Fixture *self, gconstpointer data)
{
  g_assert_true (ui_fixture_wait (was_looked_at, self->dialog, PATIENCE));
  g_assert_cmpstr (page_of (self->dialog), ==, "failed");
  g_assert_false (gtk_widget_get_sensitive (
    ui_fixture_find (GTK_WIDGET (self->dialog), GTK_TYPE_BUTTON, "_Import")));
}

/* Closing the window stops what runs. */
static void
test_closed_meanwhile (Fixture *self, gconstpointer data)
{
  g_assert_true (ui_fixture_wait (was_looked_at, self->dialog, PATIENCE));
  plancia_history_import_dialog_run (PLANCIA_HISTORY_IMPORT_DIALOG (self->dialog));
}

#define TABLE                         \
  "Data;Production [kW];Carica (%)\n" \
  "13/06/2026 00:00;1,5;50\n"         \
  "13/06/2026 00:05;2,25;boh\n"       \
  "13/06/2026 00:10;3;51,5\n"

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add ("/history-import/choose", Fixture, TABLE, set_up, test_choose, tear_down);
  g_test_add ("/history-import/no-table", Fixture, "nothing\n", set_up, test_no_table, tear_down);
  g_test_add ("/history-import/closed-meanwhile",
              Fixture,
              TABLE,
              set_up,
              test_closed_meanwhile,
              tear_down);
  return g_test_run ();
}
