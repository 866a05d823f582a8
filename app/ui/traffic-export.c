/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-export.h"

#include "ui/error-dialog.h"

#include <glib/gi18n.h>

/* One file to be written. */
typedef struct
{
  GPtrArray           *exchanges;
  GHashTable          *names;
  PlanciaTrafficFormat format;
  GFile               *file;
} Job;

/* What the chooser was opened for. */
typedef struct
{
  GtkWidget           *widget; /* weak */
  PlanciaWorker       *worker;
  PlanciaTrafficModel *model;
  PlanciaTrafficFormat format;
} Question;

static const struct
{
  const char *title;
  const char *suffix;
} formats[] = {
  [PLANCIA_TRAFFIC_PCAPNG] = {
                              N_ ("Export for Wireshark"), "pcapng"    },
    [PLANCIA_TRAFFIC_TRANSCRIPT] = {N_ ("Save transcript"),      "transcript"},
                                    [PLANCIA_TRAFFIC_CSV] = {N_ ("Export table"),         "csv"       },
};

static void
job_free (gpointer data)
{
  Job *self = data;

  g_ptr_array_unref (self->exchanges);
  g_hash_table_unref (self->names);
  g_object_unref (self->file);
  g_free (self);
}

static void
save_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;

  if (plancia_traffic_file_save (job->exchanges,
                                 job->format,
                                 job->names,
                                 job->file,
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
  g_autofree char *text = g_strdup_printf (_("Saved %s"), name);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  Job       *job = g_task_get_task_data (G_TASK (result));
  GtkRoot   *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    say_saved (widget, job->file);
  else if (root && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (root), _("The traffic could not be saved"), error);
}

/**
 * plancia_traffic_export_save:
 * @widget: on whose window the outcome is said
 * @worker: writes the file
 * @model: what it shows now is saved
 * @file: replaced if it is there
 */
void
plancia_traffic_export_save (GtkWidget           *widget,
                             PlanciaWorker       *worker,
                             PlanciaTrafficModel *model,
                             PlanciaTrafficFormat format,
                             GFile               *file)
{
  g_autoptr (GTask) task = g_task_new (widget, NULL, saved_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->exchanges = plancia_traffic_model_dup_exchanges (model);
  job->names = plancia_traffic_model_dup_names (model);
  job->format = format;
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
  g_object_unref (self->model);
  g_free (self);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file && question->widget)
    plancia_traffic_export_save (question->widget,
                                 question->worker,
                                 question->model,
                                 question->format,
                                 file);
  g_object_unref (dialog);
}

/**
 * plancia_traffic_export_ask:
 * @widget: of the window over which the chooser opens
 */
void
plancia_traffic_export_ask (GtkWidget           *widget,
                            PlanciaWorker       *worker,
                            PlanciaTrafficModel *model,
                            PlanciaTrafficFormat format)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_(formats[format].title),
                                    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                    GTK_FILE_CHOOSER_ACTION_SAVE,
                                    _("_Save"), _("_Cancel"));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  /* TRANSLATORS: proposed name of a file: day and suffix */
  g_autofree char *name = g_strdup_printf (_("traffic %s.%s"), day, formats[format].suffix);
  Question        *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->widget, widget);
  question->worker = g_object_ref (worker);
  question->model = g_object_ref (model);
  question->format = format;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
