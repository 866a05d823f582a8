/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-export.h"

#include "ui/error-dialog.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget     *widget; /* weak */
  PlanciaWorker *worker;
  char          *text;
} Question;

typedef struct
{
  GFile *file;
  char  *text;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->file);
  g_free (job->text);
  g_free (job);
}

static void
write_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;

  if (g_file_replace_contents (job->file,
                               job->text,
                               strlen (job->text),
                               NULL,
                               FALSE,
                               G_FILE_CREATE_NONE,
                               NULL,
                               cancellable,
                               &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
say_saved (GtkWidget *widget, GFile *file)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_("Saved %s"), shown);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  Job       *job = g_task_get_task_data (G_TASK (result));
  GtkRoot   *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    say_saved (widget, job->file);
  else if (root && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (root), _("The map could not be saved"), error);
}

/**
 * plancia_map_export_save:
 * @widget: on whose window the outcome is said
 * @worker: writes the file
 * @file: replaced if it is there
 * @text: of the map
 */
void
plancia_map_export_save (GtkWidget *widget, PlanciaWorker *worker, GFile *file, const char *text)
{
  g_autoptr (GTask) task = g_task_new (widget, NULL, written_cb, NULL);
  Job *job = g_new (Job, 1);

  *job = (Job){g_object_ref (file), g_strdup (text)};
  g_task_set_task_data (task, job, job_free);
  plancia_worker_run (worker, task, write_on_worker);
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_clear_weak_pointer (&question->widget);
  g_object_unref (question->worker);
  g_free (question->text);
  g_free (question);
}

static void
response_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file && question->widget)
    plancia_map_export_save (question->widget, question->worker, file, question->text);
  g_object_unref (chooser);
}

/**
 * plancia_map_export_ask:
 * @widget: of the window over which the chooser opens
 * @worker: writes the file
 * @id: of the map
 * @text: of the map
 */
void
plancia_map_export_ask (GtkWidget *widget, PlanciaWorker *worker, const char *id, const char *text)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export register map"),
                                    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                    GTK_FILE_CHOOSER_ACTION_SAVE,
                                    _("_Save"), _("_Cancel"));
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  Question        *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->widget, widget);
  question->worker = g_object_ref (worker);
  question->text = g_strdup (text);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
