/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/report-dialog.h"

#include "base/clock.h"
#include "base/worker.h"
#include "report/month-paper.h"
#include "ui/save-question.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

#define N_MONTHS 36

static const char *const codes[] = {"en", "it"};

struct _PlanciaReportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton      *cancel;
  GtkWidget      *save;
  GtkWidget      *form;
  AdwComboRow    *month_row;
  AdwComboRow    *language_row;
  GtkProgressBar *progress;

  PlanciaOpenPlant *plant;
  GArray           *months; /* PlanciaSpan, in the order of the row */
  PlanciaWorker    *worker;
  GFile            *file;
  GCancellable     *cancellable; /* of what runs, or NULL */
};

/* What the worker needs. */
typedef struct
{
  PlanciaMonth          *month;
  PlanciaReportLanguage *language;
  char                  *path;
} Job;

G_DEFINE_FINAL_TYPE (PlanciaReportDialog, plancia_report_dialog, ADW_TYPE_WINDOW)

static void
job_free (Job *job)
{
  g_clear_pointer (&job->month, plancia_month_free);
  g_clear_pointer (&job->language, plancia_report_language_unref);
  g_free (job->path);
  g_free (job);
}

static void
show_running (PlanciaReportDialog *self)
{
  gboolean running = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->form, !running);
  gtk_widget_set_sensitive (self->save, !running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_button_set_label (self->cancel, running ? _ ("_Stop") : _ ("_Close"));
}

/* Language and month: the newest month that is over is proposed. */
static void
fill (PlanciaReportDialog *self)
{
  GTimeZone  *zone = plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant));
  PlanciaSpan month = plancia_month_span (zone, plancia_clock_now ());
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (PlanciaReportLanguage) language = plancia_report_language_new (NULL, NULL);

  if (language == NULL)
    language = plancia_report_language_new ("en", NULL);
  for (guint i = 0; i < N_MONTHS; i++) {
    g_autofree char *title = plancia_report_month (language, month.start, zone);

    gtk_string_list_append (titles, title);
    g_array_append_val (self->months, month);
    month = plancia_month_span (zone, month.start - PLANCIA_DAY);
  }
  adw_combo_row_set_model (self->month_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->month_row, 1);
  adw_combo_row_set_selected (self->language_row,
                              g_str_equal (plancia_report_language_code (language), "it") ? 1 : 0);
}

static void
end (PlanciaReportDialog *self, const GError *error)
{
  if (self->cancellable == NULL)
    return;
  g_clear_object (&self->cancellable);
  show_running (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
      g_str_has_prefix (error->message, "The history has no energies")) {
    g_autoptr (GError) said =
      g_error_new_literal (G_IO_ERROR,
                           G_IO_ERROR_FAILED,
                           _ ("The history on this computer has no energies of this month."));

    plancia_save_question_tell (self->form, self->file, _ ("The report was not made"), said);
    return;
  }
  plancia_save_question_tell (self->form, self->file, _ ("The report was not made"), error);
}

static void
write_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  g_autoptr (PlanciaPaper) paper = plancia_month_paper_new (job->month, job->language);

  if (plancia_paper_write (paper, job->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end (PLANCIA_REPORT_DIALOG (source), error);
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaReportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  Job  *job = g_new0 (Job, 1);
  guint language = MIN (adw_combo_row_get_selected (self->language_row), 1);

  job->month = plancia_month_gather_finish (result, &error);
  if (job->month != NULL && self->cancellable != NULL)
    job->language = plancia_report_language_new (codes[language], &error);
  if (job->language == NULL) {
    job_free (job);
    end (self, error);
    return;
  }
  job->path = g_file_get_path (self->file);
  task = g_task_new (self, self->cancellable, written_cb, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  plancia_worker_run (self->worker, task, write_on_worker);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  gtk_progress_bar_set_fraction (PLANCIA_REPORT_DIALOG (user_data)->progress, fraction);
}

void
plancia_report_dialog_save (PlanciaReportDialog *self, GFile *file)
{
  guint month = MIN (adw_combo_row_get_selected (self->month_row), self->months->len - 1);

  if (self->cancellable != NULL || self->plant == NULL || g_file_peek_path (file) == NULL)
    return;
  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_running (self);
  plancia_month_gather_async (plancia_open_plant_get_store (self->plant),
                              plancia_open_plant_get_plant (self->plant),
                              g_array_index (self->months, PlanciaSpan, month).start,
                              self->cancellable,
                              progress_cb,
                              self,
                              gathered_cb,
                              g_object_ref (self));
}

static void
place_chosen (GtkWidget *widget, GFile *file, gpointer user_data)
{
  plancia_report_dialog_save (PLANCIA_REPORT_DIALOG (gtk_widget_get_root (widget)), file);
}

static void
save_cb (PlanciaReportDialog *self)
{
  const char *plant = plancia_plant_get_name (plancia_open_plant_get_plant (self->plant));
  guint       index = MIN (adw_combo_row_get_selected (self->month_row), self->months->len - 1);
  gint64      middle = g_array_index (self->months, PlanciaSpan, index).start + 10 * PLANCIA_DAY;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (middle / PLANCIA_SECOND);
  g_autofree char *month = g_date_time_format (date, "%Y-%m");
  g_autofree char *name = g_strdup_printf ("%s %s.pdf", plant, month);

  g_strdelimit (name, "/\\", '-');
  plancia_save_question_ask (self->form, _ ("Monthly report"), name, place_chosen, NULL, NULL);
}

static void
cancel_cb (PlanciaReportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
plancia_report_dialog_dispose (GObject *object)
{
  PlanciaReportDialog *self = PLANCIA_REPORT_DIALOG (object);

  /* The window is closed: what runs is stopped, and leaves nothing behind. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->plant);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (plancia_report_dialog_parent_class)->dispose (object);
}

static void
plancia_report_dialog_finalize (GObject *object)
{
  PlanciaReportDialog *self = PLANCIA_REPORT_DIALOG (object);

  plancia_worker_stop (self->worker);
  g_object_unref (self->worker);
  g_array_unref (self->months);

  G_OBJECT_CLASS (plancia_report_dialog_parent_class)->finalize (object);
}

static void
plancia_report_dialog_class_init (PlanciaReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_report_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_report_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/report-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, save);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, month_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, language_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReportDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
plancia_report_dialog_init (PlanciaReportDialog *self)
{
  self->months = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  self->worker = plancia_worker_new ("report");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
plancia_report_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant)
{
  PlanciaReportDialog *self = g_object_new (PLANCIA_TYPE_REPORT_DIALOG, NULL);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->plant = g_object_ref (plant);
  adw_window_title_set_subtitle (self->title,
                                 plancia_plant_get_name (plancia_open_plant_get_plant (plant)));
  fill (self);
  return GTK_WINDOW (self);
}
