/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-export.h"

#include "ui/save-question.h"

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
  PlanciaWorker       *worker;
  PlanciaTrafficModel *model;
  PlanciaTrafficFormat format;
} Subject;

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
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  plancia_save_question_tell (GTK_WIDGET (source),
                              job->file,
                              _("The traffic could not be saved"), error);
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
subject_free (gpointer data)
{
  Subject *self = data;

  g_object_unref (self->worker);
  g_object_unref (self->model);
  g_free (self);
}

static void
chosen_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  Subject *subject = user_data;

  plancia_traffic_export_save (widget, subject->worker, subject->model, subject->format, file);
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
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  /* TRANSLATORS: proposed name of a file: day and suffix */
  g_autofree char *name = g_strdup_printf (_("traffic %s.%s"), day, formats[format].suffix);
  Subject         *subject = g_new0 (Subject, 1);

  subject->worker = g_object_ref (worker);
  subject->model = g_object_ref (model);
  subject->format = format;
  plancia_save_question_ask (widget,
                             _(formats[format].title), name, chosen_cb, subject, subject_free);
}
