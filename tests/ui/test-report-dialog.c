/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/clock.h"
#include "ui/report-dialog.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE 20000
/* 15 July 2026, noon in Rome */
#define NOW (G_GINT64_CONSTANT (1784109600) * PLANCIA_SECOND)

typedef struct
{
  UiPlant   *plant;
  GtkWindow *dialog;
  char      *folder;
  char      *path;
} Fixture;

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* A June in which each hour adds 1 kWh. */
static void
fill_store (Fixture *self)
{
  GTimeZone  *zone = plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant->plant));
  gint64      start = plancia_span_day (zone, NOW - 46 * PLANCIA_DAY).start;
  PlanciaSpan span = {start, start + 33 * PLANCIA_DAY};
  gboolean    done = FALSE;
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new (plancia_device_get_id (self->plant->thing), "portal", span);

  for (gint64 time = span.start; time < span.end; time += PLANCIA_HOUR)
    plancia_samples_add (samples,
                         "energyGeneratingTotal",
                         time,
                         (double) (time - span.start) / PLANCIA_HOUR);
  plancia_store_put_async (plancia_open_plant_get_store (self->plant->plant),
                           plancia_samples_seal (samples),
                           NULL,
                           put_cb,
                           &done);
  g_assert_true (ui_fixture_wait (is_true, &done, PATIENCE));
}

static void
set_up (Fixture *self, gconstpointer filled)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  self->folder = g_dir_make_tmp ("report-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "june.pdf", NULL);
  if (filled != NULL)
    fill_store (self);
  self->dialog = plancia_report_dialog_new (NULL, self->plant->plant);
  gtk_window_present (self->dialog);
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->dialog);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  plancia_clock_reset ();
}

static gboolean
is_idle (gpointer dialog)
{
  return ui_fixture_find (dialog, GTK_TYPE_BUTTON, "_Close") != NULL;
}

static void
save (Fixture *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  plancia_report_dialog_save (PLANCIA_REPORT_DIALOG (self->dialog), file);
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (self->dialog), GTK_TYPE_BUTTON, "_Stop"));
}

/* The month that is over is proposed, and its numbers are in the file. */
static void
test_save (Fixture *self, gconstpointer data)
{
  const char *const command[] = {"pdftotext", "-layout", self->path, "-", NULL};
  g_autofree char  *program = g_find_program_in_path ("pdftotext");
  g_autofree char  *text = NULL;

  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "report"));
  save (self);
  g_assert_true (ui_fixture_wait (is_idle, self->dialog, PATIENCE));
  g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "report-dark"));
  ui_fixture_set_dark (FALSE);
  if (program == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  g_assert_true (g_spawn_sync (NULL,
                               (char **) command,
                               NULL,
                               G_SPAWN_SEARCH_PATH,
                               NULL,
                               NULL,
                               &text,
                               NULL,
                               NULL,
                               NULL));
  g_assert_nonnull (strstr (text, "June 2026"));
  g_assert_true (g_regex_match_simple ("Produced +720.kWh", text, 0, 0));
  g_assert_true (g_regex_match_simple ("Best day.*: 24\\.0.kWh", text, 0, 0));
}

/* Nothing is in the store: that is said, and no file is left. */
static void
test_nothing (Fixture *self, gconstpointer data)
{
  save (self);
  g_assert_true (ui_fixture_wait (is_idle, self->dialog, PATIENCE));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_stopped (Fixture *self, gconstpointer data)
{
  save (self);
  g_signal_emit_by_name (ui_fixture_find (GTK_WIDGET (self->dialog), GTK_TYPE_BUTTON, "_Stop"),
                         "clicked");
  g_assert_true (ui_fixture_wait (is_idle, self->dialog, PATIENCE));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* Closing the window stops it, too. */
static void
test_closed_meanwhile (Fixture *self, gconstpointer data)
{
  save (self);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add ("/report-dialog/save", Fixture, "filled", set_up, test_save, tear_down);
  g_test_add ("/report-dialog/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/report-dialog/stopped", Fixture, "filled", set_up, test_stopped, tear_down);
  g_test_add ("/report-dialog/closed-meanwhile",
              Fixture,
              "filled",
              set_up,
              test_closed_meanwhile,
              tear_down);
  return g_test_run ();
}
