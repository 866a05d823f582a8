/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/import-dialog.h"

#include "base/document.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "map/import.h"
#include "ui/error-dialog.h"
#include "ui/import-columns.h"
#include "ui/import-report-view.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaImportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle          *heading;
  GtkWidget               *import_button;
  GtkStack                *stack;
  AdwStatusPage           *failed_page;
  GtkBox                  *counts;
  GtkWidget               *variant_group;
  AdwComboRow             *variant_row;
  PlanciaImportReportView *report_view;
  PlanciaImportColumns    *columns;
  GtkEditable             *name_row;
  AdwComboRow             *confidence_row;

  GFile         *file;
  PlanciaWorker *worker;
  GCancellable  *cancellable; /* of the reading that runs */
  PlanciaImport *result;      /* of the last reading, or NULL */
  gboolean       named;       /* the name is there, or a person's */
  gboolean       laid_out;    /* the columns are there */
  gboolean       filling;
};

enum {
  IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the file says in its own words stays English; these are what a person knows about it. */
static const char *const confidences[] = {"guessed", "community", "vendor", "tested on a device"};

G_DEFINE_FINAL_TYPE (PlanciaImportDialog, plancia_import_dialog, ADW_TYPE_WINDOW)

/* --- reading --------------------------------------------------------------------------------- */

/* What the worker gets, and gives back. */
typedef struct
{
  GFile               *file;
  PlanciaImportOptions options;
  PlanciaTableLayout   layout;
  gboolean             has_layout; /* a person's, else it is guessed */
  PlanciaDelimited    *table;      /* out: of a table */
  PlanciaImport       *result;     /* out */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_clear_pointer (&reading->table, plancia_delimited_free);
  g_clear_pointer (&reading->result, plancia_import_free);
  g_free (reading);
}

/* The cells for the preview; without a column of addresses there is nothing to guess, and a person has to say. */
static void
read_table (Reading *reading, GBytes *bytes, const char *name)
{
  reading->table = plancia_delimited_new (bytes,
                                          name,
                                          reading->options.encoding,
                                          reading->options.separator,
                                          NULL);
  if (reading->table && !reading->has_layout)
    plancia_table_layout_guess (&reading->layout, reading->table);
  reading->options.layout = &reading->layout;
}

static void
read_file (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading         *reading = task_data;
  g_autofree char *name = g_file_get_basename (reading->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plancia_document_load (reading->file, cancellable, &error);

  if (bytes && plancia_import_guess_format (bytes, name) == PLANCIA_IMPORT_TABLE)
    read_table (reading, bytes, name);
  if (bytes)
    reading->result = plancia_import_bytes (bytes, name, &reading->options, &error);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* --- the report ------------------------------------------------------------------------------ */

static GtkWidget *
make_count (guint number, const char *icon, const char *ink, const char *words)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *image = gtk_image_new_from_icon_name (icon);
  GtkWidget       *caption = gtk_label_new (words);
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget       *value = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_widget_add_css_class (value, "title-2");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (image, ink);
  gtk_widget_add_css_class (caption, "caption");
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), caption);
  gtk_box_append (GTK_BOX (card), value);
  gtk_box_append (GTK_BOX (card), line);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "import-count");
  return card;
}

static void
show_counts (PlanciaImportDialog *self, const PlanciaImportReport *report)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->counts))))
    gtk_box_remove (self->counts, child);
  gtk_box_append (self->counts,
                  make_count (report->n_taken, "object-select-symbolic", "ok-ink", _("taken")));
  gtk_box_append (self->counts,
                  make_count (report->n_changed,
                              "plancia-severity-warning-symbolic",
                              "warn-ink",
                              _("taken with a doubt")));
  gtk_box_append (
    self->counts,
    make_count (report->n_skipped, "plancia-severity-fault-symbolic", "error-ink", _("left out")));
}

static void
update_button (PlanciaImportDialog *self)
{
  guint            n = self->result ? self->result->report->n_taken : 0;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  g_autofree char *label =
    g_strdup_printf (g_dngettext (NULL, "_Import %u register", "_Import %u registers", n), n);

  gtk_button_set_label (GTK_BUTTON (self->import_button), label);
  gtk_widget_set_sensitive (self->import_button, n > 0 && name[0] != '\0');
}

static void
show_variants (PlanciaImportDialog *self, guint n)
{
  GListModel *present = adw_combo_row_get_model (self->variant_row);
  g_autoptr (GtkStringList) list = NULL;

  gtk_widget_set_visible (self->variant_group, n > 1);
  if (present && g_list_model_get_n_items (present) == n)
    return;
  list = gtk_string_list_new (NULL);
  for (guint i = 1; i <= n; i++) {
    g_autofree char *text = g_strdup_printf (_("Model %u"), i);

    gtk_string_list_append (list, text);
  }
  adw_combo_row_set_model (self->variant_row, G_LIST_MODEL (list));
}

static void
show_result (PlanciaImportDialog *self, Reading *reading)
{
  self->filling = TRUE;
  g_clear_pointer (&self->result, plancia_import_free);
  self->result = g_steal_pointer (&reading->result);
  show_counts (self, self->result->report);
  show_variants (self, self->result->n_variants);
  plancia_import_report_view_set_report (self->report_view, self->result->report);
  if (!self->named && self->result->map)
    gtk_editable_set_text (self->name_row, plancia_map_get_name (self->result->map));
  self->named = self->named || self->result->map;
  self->filling = FALSE;
  update_button (self);
  gtk_stack_set_visible_child_name (self->stack, "report");
}

/* Rebuilding what a person has just changed would take the focus away: only what the cells themselves changed. */
static void
show_columns (PlanciaImportDialog *self, Reading *reading)
{
  gtk_widget_set_visible (GTK_WIDGET (self->columns), reading->table != NULL);
  if (reading->table && (!self->laid_out || !reading->has_layout))
    plancia_import_columns_set_table (self->columns, reading->table, &reading->layout);
  self->laid_out = self->laid_out || reading->table;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaImportDialog *self = PLANCIA_IMPORT_DIALOG (source);
  Reading             *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    show_columns (self, reading);
    show_result (self, reading);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_autofree char *text = g_markup_escape_text (error->message, -1);

    adw_status_page_set_description (self->failed_page, text);
    gtk_widget_set_sensitive (self->import_button, FALSE);
    gtk_stack_set_visible_child_name (self->stack, "failed");
  }
}

/* Each change reads anew; a reading that is no longer wanted returns "cancelled". */
static void
start_reading (PlanciaImportDialog *self, gboolean with_columns, gboolean with_cells)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = NULL;
  guint variant = adw_combo_row_get_selected (self->variant_row);

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  reading->file = g_object_ref (self->file);
  reading->options.variant = self->result && variant != GTK_INVALID_LIST_POSITION ? variant + 1 : 0;
  if (with_cells) {
    reading->options.separator = plancia_import_columns_get_separator (self->columns);
    reading->options.encoding = plancia_import_columns_get_encoding (self->columns);
  }
  if (with_columns) {
    reading->layout = *plancia_import_columns_get_layout (self->columns);
    reading->has_layout = TRUE;
  }
  g_task_set_task_data (task, reading, reading_free);
  g_task_set_check_cancellable (task, TRUE);
  plancia_worker_run (self->worker, task, read_file);
}

static void
variant_cb (PlanciaImportDialog *self)
{
  if (!self->filling && self->result)
    start_reading (self, FALSE, FALSE);
}

static void
columns_cb (PlanciaImportDialog *self, gboolean cells)
{
  start_reading (self, !cells, TRUE);
}

static void
name_cb (PlanciaImportDialog *self)
{
  self->named = self->named || !self->filling;
  update_button (self);
}

/* --- saving ---------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaImport *result; /* borrowed: it belongs to the dialog, which waits */
  char          *name;
  const char    *confidence;
  gboolean       replace;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->name);
  g_free (saving);
}

static void
save (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr (GError) error = NULL;
  char *id =
    plancia_import_save (saving->result, saving->name, saving->confidence, saving->replace, &error);

  if (id)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void start_saving (PlanciaImportDialog *self, gboolean replace);

static void
replace_cb (AdwMessageDialog *dialog, const char *response, PlanciaImportDialog *self)
{
  if (g_str_equal (response, "replace"))
    start_saving (self, TRUE);
}

static void
ask_to_replace (PlanciaImportDialog *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (self),
    _("There is a map of this name already"),
       _("Devices that use it read by the new one when they connect next."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"), "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (replace_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaImportDialog *self = PLANCIA_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  update_button (self);
  if (id) {
    g_signal_emit (self, signals[IMPORTED], 0, id);
    gtk_window_close (GTK_WINDOW (self));
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
    ask_to_replace (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    plancia_error_dialog_show (GTK_WINDOW (self), _("The map could not be saved"), error);
  }
}

/* Nothing can be changed until it is saved: the worker uses the result. */
static void
start_saving (PlanciaImportDialog *self, gboolean replace)
{
  Saving *saving = g_new0 (Saving, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, saved_cb, NULL);

  saving->result = self->result;
  saving->name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  saving->confidence = confidences[MIN (adw_combo_row_get_selected (self->confidence_row),
                                        G_N_ELEMENTS (confidences) - 1)];
  saving->replace = replace;
  g_task_set_task_data (task, saving, saving_free);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  plancia_worker_run (self->worker, task, save);
}

static void
import_cb (PlanciaImportDialog *self)
{
  start_saving (self, FALSE);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
fill_confidences (PlanciaImportDialog *self)
{
  /* Translators: where a register map comes from. */
  const char *const words[] = {
    _("Guessed"), _("From the community"), _("From the vendor"), _("Tested on a device"), NULL};
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_combo_row_set_model (self->confidence_row, G_LIST_MODEL (list));
}

static void
plancia_import_dialog_dispose (GObject *object)
{
  PlanciaImportDialog *self = PLANCIA_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (plancia_import_dialog_parent_class)->dispose (object);
}

static void
plancia_import_dialog_finalize (GObject *object)
{
  PlanciaImportDialog *self = PLANCIA_IMPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->result, plancia_import_free);

  G_OBJECT_CLASS (plancia_import_dialog_parent_class)->finalize (object);
}

static void
plancia_import_dialog_class_init (PlanciaImportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_import_dialog_dispose;
  object_class->finalize = plancia_import_dialog_finalize;

  signals[IMPORTED] = plancia_signal_new (PLANCIA_TYPE_IMPORT_DIALOG, "imported", 1, G_TYPE_STRING);
  g_type_ensure (PLANCIA_TYPE_IMPORT_COLUMNS);
  g_type_ensure (PLANCIA_TYPE_IMPORT_REPORT_VIEW);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, variant_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, variant_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, report_view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportDialog, confidence_row);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, variant_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
}

static void
plancia_import_dialog_init (PlanciaImportDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_confidences (self);
  self->filling = FALSE;
  self->worker = plancia_worker_new ("plancia-import");
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_import_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @file: the list
 *
 * Returns: (transfer none): a window to be presented; it reads the file
 */
GtkWindow *
plancia_import_dialog_new (GtkWindow *parent, GFile *file)
{
  PlanciaImportDialog *self = g_object_new (PLANCIA_TYPE_IMPORT_DIALOG, NULL);
  g_autofree char     *name = g_file_get_basename (file);
  g_autofree char     *shown = g_filename_display_name (name);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->file = g_object_ref (file);
  adw_window_title_set_subtitle (self->heading, shown);
  start_reading (self, FALSE, FALSE);
  return GTK_WINDOW (self);
}

/* --- choosing a file ------------------------------------------------------------------------- */

typedef struct
{
  GWeakRef           parent;
  GWeakRef           object;
  PlanciaImportReady ready;
} Choosing;

static void
choosing_free (gpointer data, GClosure *closure)
{
  Choosing *choosing = data;

  g_weak_ref_clear (&choosing->parent);
  g_weak_ref_clear (&choosing->object);
  g_free (choosing);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Choosing *choosing = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                             : NULL;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&choosing->parent);
  g_autoptr (GObject) object = g_weak_ref_get (&choosing->object);

  if (file && parent && object) {
    GtkWindow *dialog = plancia_import_dialog_new (parent, file);

    choosing->ready (PLANCIA_IMPORT_DIALOG (dialog), object);
    gtk_window_present (dialog);
  }
  g_object_unref (chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  static const char *const suffixes[] = {"csv", "tsv", "txt", "yaml", "yml", "json", "mbs", "mbc"};
  g_autoptr (GtkFileFilter) lists = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (lists, _("Register lists"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (lists, suffixes[i]);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, lists);
  gtk_file_chooser_add_filter (chooser, all);
}

/**
 * plancia_import_dialog_choose:
 * @parent: the window it belongs to
 * @ready: called with the dialog before it is shown
 * @object: passed to @ready; if it or @parent goes away first, nothing happens
 */
void
plancia_import_dialog_choose (GtkWindow *parent, PlanciaImportReady ready, GObject *object)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _("Import register map"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  Choosing *choosing = g_new0 (Choosing, 1);

  g_weak_ref_init (&choosing->parent, parent);
  g_weak_ref_init (&choosing->object, object);
  choosing->ready = ready;
  add_filters (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chosen_cb), choosing, choosing_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
