/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-report-dialog.h"

#include "base/worker.h"
#include "commission/report.h"
#include "ui/error-dialog.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

/* Points of a page of the kit against those of the printer's: both are A4. */
#define PAGE_WIDTH PLANCIA_MM (210)

static const char *const codes[] = {"en", "it"};

struct _PlanciaCommissionReportDialog
{
  AdwWindow parent_instance;

  GtkWidget    *save_button;
  GtkWidget    *print_button;
  GtkSpinner   *spinner;
  GtkEditable  *customer_row;
  GtkEditable  *place_row;
  GtkEditable  *delivery_row;
  GtkEditable  *installer_row;
  AdwComboRow  *language_row;
  AdwActionRow *state_row;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  PlanciaVisit     *visit;
  PlanciaWorker    *worker;
  GCancellable     *cancellable;
};

enum {
  SIGNAL_SAVED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionReportDialog,
                     plancia_commission_report_dialog,
                     ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* What is made of the data, and where it goes. */
typedef struct
{
  PlanciaCommissionReportDialog *self;
  JsonNode                      *root;
  PlanciaReportLanguage         *language;
  char                          *path; /* NULL: it is printed */
} Making;

static void
making_free (Making *making)
{
  g_object_unref (making->self);
  g_clear_pointer (&making->root, json_node_unref);
  g_clear_pointer (&making->language, plancia_report_language_unref);
  g_free (making->path);
  g_free (making);
}

/* --- what is said ---------------------------------------------------------------------------- */

static void
update_state (PlanciaCommissionReportDialog *self)
{
  guint            n = plancia_visit_get_n_steps (self->visit);
  guint            done = plancia_visit_count_done (self->visit);
  g_autofree char *title = done == n
    ? g_strdup (_("All steps are done"))
    : g_strdup_printf (
        g_dngettext (NULL, "%u step is not done yet", "%u steps are not done yet", n - done),
        n - done);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row,
                               done == n ? "" : _("The report says so; it can be made again."));
}

static void
set_busy (PlanciaCommissionReportDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->save_button, !busy);
  gtk_widget_set_sensitive (self->print_button, !busy);
}

static void
take_texts (PlanciaCommissionReportDialog *self)
{
  plancia_visit_set_text (self->visit,
                          PLANCIA_VISIT_CUSTOMER,
                          gtk_editable_get_text (self->customer_row));
  plancia_visit_set_text (self->visit,
                          PLANCIA_VISIT_PLACE,
                          gtk_editable_get_text (self->place_row));
  plancia_visit_set_text (self->visit,
                          PLANCIA_VISIT_DELIVERY,
                          gtk_editable_get_text (self->delivery_row));
  plancia_visit_set_text (self->visit,
                          PLANCIA_VISIT_INSTALLER,
                          gtk_editable_get_text (self->installer_row));
}

static void
show_failure (PlanciaCommissionReportDialog *self, const GError *error)
{
  set_busy (self, FALSE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (self), _("The report could not be made"), error);
}

/* --- printing -------------------------------------------------------------------------------- */

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, GPtrArray *pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double   scale = gtk_print_context_get_width (context) / PAGE_WIDTH;

  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, g_ptr_array_index (pages, (guint) page), 0, 0);
  cairo_paint (cr);
}

static void
print_pages (PlanciaCommissionReportDialog *self, GPtrArray *pages)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;

  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  /* The pages have their own margins. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) pages->len);
  gtk_print_operation_set_job_name (operation, _("Commissioning report"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation,
                         "draw-page",
                         G_CALLBACK (draw_page_cb),
                         g_ptr_array_ref (pages),
                         (GClosureNotify) (void (*) (void)) g_ptr_array_unref,
                         0);
  if (gtk_print_operation_run (operation,
                               GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (self),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    show_failure (self, error);
}

/* --- making ---------------------------------------------------------------------------------- */

static void
make_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making *making = data;
  GError *error = NULL;
  g_autoptr (PlanciaPaper) paper = NULL;

  if (making->path != NULL) {
    if (plancia_commission_report_write (making->root,
                                         making->language,
                                         making->path,
                                         cancellable,
                                         &error))
      g_task_return_pointer (task, NULL, NULL);
    else
      g_task_return_error (task, error);
    return;
  }
  paper = plancia_commission_report_paper (making->root, making->language, &error);
  if (paper != NULL)
    g_task_return_pointer (task, plancia_paper_record (paper), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Making                        *making = user_data;
  PlanciaCommissionReportDialog *self = making->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL) {
    show_failure (self, error);
  } else {
    set_busy (self, FALSE);
    if (pages != NULL)
      print_pages (self, pages);
    else
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, making->path);
  }
  making_free (making);
}

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Making                        *making = user_data;
  PlanciaCommissionReportDialog *self = making->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  making->root = plancia_commission_report_collect_finish (result, &error);
  if (making->root == NULL || self->worker == NULL) {
    if (error != NULL)
      show_failure (self, error);
    making_free (making);
    return;
  }
  task = g_task_new (NULL, self->cancellable, made_cb, making);
  g_task_set_task_data (task, making, NULL);
  plancia_worker_run (self->worker, task, make_on_worker);
}

/* path NULL: printed. */
static void
make (PlanciaCommissionReportDialog *self, const char *path)
{
  guint   selected = adw_combo_row_get_selected (self->language_row);
  Making *making = g_new0 (Making, 1);
  g_autoptr (GError) error = NULL;

  making->self = g_object_ref (self);
  making->path = g_strdup (path);
  making->language = plancia_report_language_new (codes[MIN (selected, 1)], &error);
  if (making->language == NULL) {
    show_failure (self, error);
    making_free (making);
    return;
  }
  take_texts (self);
  set_busy (self, TRUE);
  plancia_commission_report_collect_async (self->plant,
                                           self->device,
                                           self->visit,
                                           NULL,
                                           self->cancellable,
                                           collected_cb,
                                           making);
}

void
plancia_commission_report_dialog_save (PlanciaCommissionReportDialog *self, const char *path)
{
  make (self, path);
}

static void
on_print (PlanciaCommissionReportDialog *self)
{
  make (self, NULL);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, PlanciaCommissionReportDialog *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                             : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    make (self, path);
  g_object_unref (dialog);
}

static void
on_save (PlanciaCommissionReportDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Save report"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name =
    g_strdup_printf ("%s %s.pdf",
                     _("Commissioning"), plancia_visit_get_text (self->visit, PLANCIA_VISIT_NAME));

  g_strdelimit (name, "/", '-');
  gtk_file_filter_set_name (filter, "PDF");
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_commission_report_dialog_dispose (GObject *object)
{
  PlanciaCommissionReportDialog *self = PLANCIA_COMMISSION_REPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->visit != NULL)
    take_texts (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->visit);
  g_clear_object (&self->device);
  g_clear_object (&self->plant);

  G_OBJECT_CLASS (plancia_commission_report_dialog_parent_class)->dispose (object);
}

static void
plancia_commission_report_dialog_finalize (GObject *object)
{
  g_object_unref (PLANCIA_COMMISSION_REPORT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (plancia_commission_report_dialog_parent_class)->finalize (object);
}

static void
plancia_commission_report_dialog_class_init (PlanciaCommissionReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_commission_report_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_commission_report_dialog_finalize;
  signals[SIGNAL_SAVED] = g_signal_new ("saved",
                                        PLANCIA_TYPE_COMMISSION_REPORT_DIALOG,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX
                                               "/commission-report-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionReportDialog, name)
  BIND (save_button);
  BIND (print_button);
  BIND (spinner);
  BIND (customer_row);
  BIND (place_row);
  BIND (delivery_row);
  BIND (installer_row);
  BIND (language_row);
  BIND (state_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
plancia_commission_report_dialog_init (PlanciaCommissionReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("commissioning-report");
  self->cancellable = g_cancellable_new ();
}

/* The program's language is the first choice. */
static void
fill (PlanciaCommissionReportDialog *self)
{
  g_autoptr (PlanciaReportLanguage) own = plancia_report_language_new (NULL, NULL);

  gtk_editable_set_text (self->customer_row,
                         plancia_visit_get_text (self->visit, PLANCIA_VISIT_CUSTOMER));
  gtk_editable_set_text (self->place_row,
                         plancia_visit_get_text (self->visit, PLANCIA_VISIT_PLACE));
  gtk_editable_set_text (self->delivery_row,
                         plancia_visit_get_text (self->visit, PLANCIA_VISIT_DELIVERY));
  gtk_editable_set_text (self->installer_row,
                         plancia_visit_get_text (self->visit, PLANCIA_VISIT_INSTALLER));
  adw_combo_row_set_selected (self->language_row,
                              own != NULL &&
                                g_str_equal (plancia_report_language_code (own), "it"));
  update_state (self);
}

GtkWindow *
plancia_commission_report_dialog_new (GtkWindow        *parent,
                                      PlanciaOpenPlant *plant,
                                      PlanciaDevice    *device,
                                      PlanciaVisit     *visit)
{
  PlanciaCommissionReportDialog *self = g_object_new (PLANCIA_TYPE_COMMISSION_REPORT_DIALOG, NULL);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->plant = g_object_ref (plant);
  self->device = g_object_ref (device);
  self->visit = g_object_ref (visit);
  fill (self);
  return GTK_WINDOW (self);
}
