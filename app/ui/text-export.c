/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text-export.h"

#include "ui/error-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the chooser was opened for. */
typedef struct
{
  GtkWidget     *widget; /* weak */
  PlanciaWorker *worker;
  char          *text;
} Question;

typedef struct
{
  char  *text;
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->text);
  g_object_unref (self->file);
  g_free (self);
}

static void
save_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
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
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget       *widget = GTK_WIDGET (source);
  Job             *job = g_task_get_task_data (G_TASK (result));
  GtkRoot         *root = gtk_widget_get_root (widget);
  GtkWidget       *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_markup_escape_text (name, -1);
  g_autofree char *text = g_strdup_printf (_("Saved %s"), shown);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    if (root && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      plancia_error_dialog_show (GTK_WINDOW (root), _("The file could not be saved"), error);
    return;
  }
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

void
plancia_text_export_save (GtkWidget *widget, PlanciaWorker *worker, const char *text, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (widget, NULL, saved_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->text = g_strdup (text);
  job->file = g_object_ref (file);
  g_task_set_task_data (task, job, job_free);
  plancia_worker_run (worker, task, save_on_worker);
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  g_clear_weak_pointer (&self->widget);
  g_object_unref (self->worker);
  g_free (self->text);
  g_free (self);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file && question->widget)
    plancia_text_export_save (question->widget, question->worker, question->text, file);
  g_object_unref (dialog);
}

void
plancia_text_export_ask (GtkWidget     *widget,
                         PlanciaWorker *worker,
                         const char    *title,
                         const char    *name,
                         const char    *text)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title,
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Save"), _("_Cancel"));
  Question *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->widget, widget);
  question->worker = g_object_ref (worker);
  question->text = g_strdup (text);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
