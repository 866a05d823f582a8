/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text-export.h"

#include "ui/save-question.h"

#include <glib/gi18n.h>
#include <string.h>

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
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  plancia_save_question_tell (GTK_WIDGET (source),
                              job->file,
                              _("The file could not be saved"), error);
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

/* What the chooser was opened for. */
typedef struct
{
  PlanciaWorker *worker;
  char          *text;
} Subject;

static void
subject_free (gpointer data)
{
  Subject *self = data;

  g_object_unref (self->worker);
  g_free (self->text);
  g_free (self);
}

static void
chosen_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  Subject *subject = user_data;

  plancia_text_export_save (widget, subject->worker, subject->text, file);
}

void
plancia_text_export_ask (GtkWidget     *widget,
                         PlanciaWorker *worker,
                         const char    *title,
                         const char    *name,
                         const char    *text)
{
  Subject *subject = g_new0 (Subject, 1);

  subject->worker = g_object_ref (worker);
  subject->text = g_strdup (text);
  plancia_save_question_ask (widget, title, name, chosen_cb, subject, subject_free);
}
