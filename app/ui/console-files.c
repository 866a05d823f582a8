/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-files.h"

#include "base/clock.h"
#include "ui/console-settings.h"
#include "ui/error-dialog.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <string.h>

/* Sent at once, and the largest file that is sent. */
#define PIECE     256
#define MAX_BYTES (16 * 1024 * 1024)
#define MEBIBYTE  (G_GUINT64_CONSTANT (1024) * 1024)

/* What is to be done with the file that a person chooses. */
typedef struct _Errand Errand;
typedef void (*ErrandFunc) (Errand *self, GFile *file);

struct _Errand
{
  GtkWidget            *widget;
  PlanciaConsoleFeed   *feed;
  PlanciaConsoleFormat *format;
  PlanciaConsoleExport  kind;
  ErrandFunc            func;
  const char           *heading; /* of what went wrong */
};

static void
errand_free (Errand *self)
{
  g_object_unref (self->widget);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->format, plancia_console_format_free);
  g_free (self);
}

static Errand *
errand_new (GtkWidget *widget, PlanciaConsoleFeed *feed, ErrandFunc func, const char *heading)
{
  Errand *self = g_new0 (Errand, 1);

  self->widget = g_object_ref (widget);
  self->feed = feed ? g_object_ref (feed) : NULL;
  self->func = func;
  self->heading = heading;
  return self;
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
fail (Errand *self, const GError *error)
{
  GtkWindow *window = window_of (self->widget);

  if (window && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (window, self->heading, error);
}

/* --- asking for the file --------------------------------------------------------------------------- */

static void
response_cb (GtkNativeDialog *dialog, int response, Errand *errand)
{
  const char *kinds[] = {"text", "hex", "raw"};
  const char *choice = NULL;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT) {
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    choice = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "kind");
    for (guint i = 0; choice && i < G_N_ELEMENTS (kinds); i++)
      if (g_str_equal (choice, kinds[i]))
        errand->kind = (PlanciaConsoleExport) i;
  }
  if (file)
    errand->func (errand, file);
  else
    errand_free (errand);
  g_object_unref (dialog);
}

static GtkFileChooser *
ask (Errand *errand, GtkFileChooserAction action, const char *title, const char *name)
{
  gboolean              save = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title,
                                                              window_of (errand->widget),
                                                              action,
                                                              save
                                                              ? _ ("_Save")
                                                              : _ ("_Open"), _ ("_Cancel"));

  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), errand);
  return GTK_FILE_CHOOSER (dialog);
}

/* "ttyACM0 2026-06-12 14.02.txt" */
static char *
suggest_name (PlanciaConsoleFeed *feed, GTimeZone *zone, const char *suffix)
{
  g_autofree char *port = g_path_get_basename (plancia_console_feed_get_port (feed));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (plancia_clock_now () / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *time = g_date_time_format (local, "%Y-%m-%d %H.%M");

  return g_strconcat (port, " ", time, suffix, NULL);
}

/* --- saving ----------------------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_console_save_finish (PLANCIA_CONSOLE_BUFFER (source), result, &error))
    fail (errand, error);
  errand_free (errand);
}

static void
save (Errand *errand, GFile *file)
{
  plancia_console_save_async (plancia_console_feed_get_buffer (errand->feed),
                              errand->format,
                              errand->kind,
                              file,
                              NULL,
                              saved_cb,
                              errand);
}

/**
 * plancia_console_files_save:
 * @kind: form of the file
 */
void
plancia_console_files_save (GtkWidget                  *widget,
                            PlanciaConsoleFeed         *feed,
                            const PlanciaConsoleFormat *format,
                            PlanciaConsoleExport        kind)
{
  Errand          *errand = errand_new (widget, feed, save, _ ("The output was not saved"));
  g_autofree char *name = suggest_name (feed, format->zone, plancia_console_export_suffix (kind));

  errand->format = plancia_console_format_copy (format);
  errand->kind = kind;
  gtk_native_dialog_show (
    GTK_NATIVE_DIALOG (ask (errand, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save output"), name)));
}

/* --- the log ----------------------------------------------------------------------------------------- */

static void
begin_log (Errand *errand, GFile *file)
{
  guint limit = g_settings_get_uint (plancia_settings_get (), "console-log-limit");

  plancia_console_feed_start_log (errand->feed,
                                  file,
                                  errand->kind,
                                  errand->format,
                                  limit * MEBIBYTE);
  errand_free (errand);
}

/**
 * plancia_console_files_log:
 *
 * Asks for the form of the log as well.
 */
void
plancia_console_files_log (GtkWidget                  *widget,
                           PlanciaConsoleFeed         *feed,
                           const PlanciaConsoleFormat *format)
{
  const char *options[] = {"text", "hex", "raw", NULL};
  const char *labels[] = {_ ("Text with time"), _ ("Hex with time"), _ ("Bytes received"), NULL};
  Errand     *errand = errand_new (widget, feed, begin_log, _ ("The log was not begun"));
  g_autofree char *name = suggest_name (feed, format->zone, ".log");
  GtkFileChooser  *dialog;

  errand->format = plancia_console_format_copy (format);
  dialog = ask (errand, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Log to file"), name);
  gtk_file_chooser_add_choice (dialog, "kind", _ ("Form"), options, labels);
  gtk_file_chooser_set_choice (dialog, "kind", "text");
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- sending a file ---------------------------------------------------------------------------------- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  guint   delay = g_settings_get_uint (plancia_settings_get (), "console-paste-delay");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    bytes = g_bytes_new_take (contents, length);
  if (bytes && length > MAX_BYTES)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "more than 16 MiB");
  if (error)
    fail (errand, error);
  else
    plancia_console_player_play (plancia_console_feed_get_player (errand->feed),
                                 plancia_console_steps_of_bytes (bytes, PIECE, delay));
  errand_free (errand);
}

static void
load (Errand *errand, GFile *file)
{
  g_file_load_contents_async (file, NULL, loaded_cb, errand);
}

/**
 * plancia_console_files_send:
 */
void
plancia_console_files_send (GtkWidget *widget, PlanciaConsoleFeed *feed)
{
  Errand *errand = errand_new (widget, feed, load, _ ("The file was not sent"));

  gtk_native_dialog_show (
    GTK_NATIVE_DIALOG (ask (errand, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Send file"), NULL)));
}

/* --- macros ------------------------------------------------------------------------------------------- */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *contents = NULL;
  gsize            length = 0;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    added = plancia_console_macros_parse (contents, (gssize) length, &error);
  if (added) {
    all = plancia_console_settings_load_macros ();
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&added));
    plancia_console_settings_save_macros (all);
  } else {
    fail (errand, error);
  }
  errand_free (errand);
}

static void
import (Errand *errand, GFile *file)
{
  g_file_load_contents_async (file, NULL, imported_cb, errand);
}

/**
 * plancia_console_files_import_macros:
 *
 * They are added to those that are there.
 */
void
plancia_console_files_import_macros (GtkWidget *widget)
{
  Errand *errand = errand_new (widget, NULL, import, _ ("The macros were not imported"));

  gtk_native_dialog_show (
    GTK_NATIVE_DIALOG (ask (errand, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Import macros"), NULL)));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    fail (errand, error);
  errand_free (errand);
}

static void export(Errand *errand, GFile *file)
{
  g_autoptr (GPtrArray) macros = plancia_console_settings_load_macros ();
  char *text = plancia_console_macros_to_json (macros);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_NONE,
                                       NULL,
                                       exported_cb,
                                       errand);
}

/**
 * plancia_console_files_export_macros:
 */
void
plancia_console_files_export_macros (GtkWidget *widget)
{
  Errand *errand = errand_new (widget, NULL, export, _ ("The macros were not exported"));

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (
    ask (errand, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export macros"), "macros.json")));
}
