/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-import-dialog.h"

#include "base/text.h"
#include "base/worker.h"
#include "history/table-import.h"
#include "model/series-words.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>
#include <string.h>

#define PREVIEW_ROWS 5
/* More columns than this nobody chooses from; the rest is left as it was guessed. */
#define MAX_COLUMNS 60
#define MAX_ERRORS  30

struct _PlanciaHistoryImportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle      *title;
  GtkButton           *cancel;
  GtkWidget           *import_button;
  GtkStack            *stack;
  AdwStatusPage       *failed;
  GtkWidget           *form;
  AdwComboRow         *time_row;
  AdwComboRow         *decimal_row;
  GtkGrid             *preview;
  AdwPreferencesGroup *columns;
  PlanciaHelpButton   *help;
  AdwActionRow        *result;
  AdwPreferencesGroup *errors;
  GtkProgressBar      *progress;

  PlanciaStore       *store;
  PlanciaDevice      *device;
  GStrv               known; /* ids of the plant's devices */
  GTimeZone          *zone;
  GFile              *file;
  PlanciaWorker      *worker;
  PlanciaTablePlan   *plan;
  PlanciaTableImport *import; /* that runs, or NULL */
  GCancellable       *cancellable;
  GPtrArray          *rows; /* AdwComboRow of each column, or NULL */
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryImportDialog, plancia_history_import_dialog, ADW_TYPE_WINDOW)

/* --- what a column is ---------------------------------------------------------------------------- */

/* The choices: left out, as the title says, then the quantities. */
enum {
  CHOICE_NONE,
  CHOICE_OWN,
  CHOICE_FIRST,
};

static const char *
own_key (PlanciaHistoryImportDialog *self, guint column)
{
  AdwComboRow *row = g_ptr_array_index (self->rows, column);

  return g_object_get_data (G_OBJECT (row), "own-key");
}

static GtkStringList *
list_quantities (const char *own)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  /* Translators: a column of a table keeps the name that it has there */
  g_autofree char *named = g_strdup_printf (_ ("As named: %s"), own);

  gtk_string_list_append (list, _ ("Left out"));
  gtk_string_list_append (list, named);
  for (guint i = 0; i < plancia_series_words_count (); i++)
    gtk_string_list_append (list, plancia_series_words_title (plancia_series_words_key (i), NULL));
  return list;
}

static guint
find_choice (const char *key)
{
  if (key == NULL)
    return CHOICE_NONE;
  for (guint i = 0; i < plancia_series_words_count (); i++)
    if (g_str_equal (plancia_series_words_key (i), key))
      return CHOICE_FIRST + i;
  return CHOICE_OWN;
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, PlanciaHistoryImportDialog *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "column"));
  guint choice = adw_combo_row_get_selected (row);

  if (self->filling)
    return;
  plancia_table_plan_set_key (self->plan,
                              column,
                              choice == CHOICE_NONE ? NULL
                              : choice == CHOICE_OWN
                                ? own_key (self, column)
                                : plancia_series_words_key (choice - CHOICE_FIRST));
}

static char *
dup_first_values (PlanciaHistoryImportDialog *self, guint column)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->plan->rows->len, 3); i++) {
    GStrv row = g_ptr_array_index (self->plan->rows, i);

    if (column < g_strv_length (row))
      g_string_append_printf (text, "%s%s", i > 0 ? " \xc2\xb7 " : "", row[column]);
  }
  return g_string_free (text, FALSE);
}

static void
add_column (PlanciaHistoryImportDialog *self, guint column)
{
  const char      *title = g_ptr_array_index (self->plan->titles, column);
  const char      *unit = g_ptr_array_index (self->plan->units, column);
  const char      *key = g_ptr_array_index (self->plan->keys, column);
  g_autofree char *values = dup_first_values (self, column);
  g_autofree char *shown = unit[0] != '\0' ? g_strdup_printf ("%s (%s)", title, unit)
                                           : g_strdup (title);
  g_autoptr (GtkStringList) list = list_quantities (key != NULL ? key : title);
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), values);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_set_data_full (G_OBJECT (row), "own-key", g_strdup (key != NULL ? key : title), g_free);
  g_object_set_data (G_OBJECT (row), "column", GUINT_TO_POINTER (column));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_choice (key));
  g_signal_connect (row, "notify::selected", G_CALLBACK (chosen_cb), self);
  adw_preferences_group_add (self->columns, row);
  g_ptr_array_index (self->rows, column) = row;
}

/* --- the first lines ----------------------------------------------------------------------------- */

static void
put_cell (PlanciaHistoryImportDialog *self,
          const char                 *text,
          guint                       column,
          guint                       row,
          const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  gtk_grid_attach (self->preview, label, (int) column, (int) row, 1, 1);
}

static void
fill_preview (PlanciaHistoryImportDialog *self)
{
  guint n_columns = MIN (self->plan->titles->len, MAX_COLUMNS);

  for (guint i = 0; i < n_columns; i++)
    put_cell (self, g_ptr_array_index (self->plan->titles, i), i, 0, "heading");
  for (guint i = 0; i < MIN (self->plan->rows->len, PREVIEW_ROWS); i++) {
    GStrv row = g_ptr_array_index (self->plan->rows, i);

    for (guint j = 0; j < MIN (n_columns, g_strv_length (row)); j++)
      put_cell (self, row[j], j, i + 1, "numeric");
  }
}

/* How the first time is understood. */
static void
show_first_time (PlanciaHistoryImportDialog *self)
{
  PlanciaTablePlan *plan = self->plan;
  GStrv             row = g_ptr_array_index (plan->rows, 0);
  guint             n = g_strv_length (row);
  const char       *clock = plan->clock_column < n ? row[plan->clock_column] : NULL;
  g_autofree char  *text = NULL;
  gint64            time;

  if (plan->time_column < n && plancia_table_parse_time (plan,
                                                         row[plan->time_column],
                                                         clock,
                                                         self->zone,
                                                         G_MININT64,
                                                         &time)) {
    g_autofree char *iso = plancia_text_iso_time (time, self->zone);

    text = g_strdup_printf ("%s \xe2\x86\x92 %s (%s)",
                            row[plan->time_column],
                            iso,
                            g_time_zone_get_identifier (self->zone));
  } else {
    text = g_strdup (_ ("The times cannot be read so"));
  }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->time_row), text);
}

static void
choice_cb (PlanciaHistoryImportDialog *self)
{
  if (self->filling || self->plan == NULL)
    return;
  self->plan->time = adw_combo_row_get_selected (self->time_row);
  self->plan->decimal = adw_combo_row_get_selected (self->decimal_row) == 1 ? ',' : '.';
  show_first_time (self);
}

static void
fill (PlanciaHistoryImportDialog *self)
{
  guint n = MIN (self->plan->keys->len, MAX_COLUMNS);

  self->filling = TRUE;
  g_ptr_array_set_size (self->rows, (int) self->plan->keys->len);
  adw_combo_row_set_selected (self->time_row, self->plan->time);
  adw_combo_row_set_selected (self->decimal_row, self->plan->decimal == ',' ? 1 : 0);
  fill_preview (self);
  if (self->plan->is_long)
    adw_preferences_group_set_description (
      self->columns,
      _ ("This program exported it: each line goes to the device of this plant that it names, and the "
         "lines of others to this device."));
  for (guint i = 0; i < n && !self->plan->is_long; i++)
    if (i != self->plan->time_column && i != self->plan->clock_column)
      add_column (self, i);
  show_first_time (self);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_set_sensitive (self->import_button, TRUE);
}

/* --- reading the beginning ----------------------------------------------------------------------- */

static const char *
guess_cb (const char *title, gpointer map)
{
  return plancia_series_words_find_key (title, map);
}

static void
look_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaHistoryImportDialog *self = source;
  GError                     *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (self->file, cancellable, &error);
  PlanciaTablePlan *plan = NULL;

  if (stream != NULL)
    plan = plancia_table_plan_new (G_INPUT_STREAM (stream), guess_cb, data, cancellable, &error);
  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) plancia_table_plan_free);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaHistoryImportDialog *self = PLANCIA_HISTORY_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;

  self->plan = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->stack == NULL || self->file == NULL)
    return;
  if (self->plan != NULL) {
    fill (self);
    return;
  }
  adw_status_page_set_description (self->failed,
                                   g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
                                   ? _ ("There is no table with times in this file.")
                                   : plancia_error_text (error));
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* --- importing ----------------------------------------------------------------------------------- */

static void
show_running (PlanciaHistoryImportDialog *self)
{
  gboolean running = self->import != NULL;

  gtk_widget_set_sensitive (self->form, !running);
  gtk_widget_set_sensitive (self->import_button, !running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_button_set_label (self->cancel, running ? _ ("_Stop") : _ ("_Close"));
}

static char *
dup_count (PlanciaTableImport *import)
{
  g_autofree char *number = plancia_text_number ((double) plancia_table_import_get_samples (import),
                                                 0);

  /* Translators: the number of values that were imported */
  return g_strdup_printf (_ ("%s values imported"), number);
}

static void
progress_cb (PlanciaHistoryImportDialog *self)
{
  g_autofree char *text = dup_count (self->import);

  gtk_progress_bar_set_fraction (self->progress, plancia_table_import_get_fraction (self->import));
  gtk_progress_bar_set_text (self->progress, text);
}

static void
add_error_row (PlanciaHistoryImportDialog *self, const char *text)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_preferences_group_add (self->errors, row);
}

static void
show_result (PlanciaHistoryImportDialog *self, PlanciaTableImport *import, const GError *error)
{
  GPtrArray       *errors = plancia_table_import_get_errors (import);
  g_autofree char *count = dup_count (import);
  g_autofree char *bad = plancia_text_number ((double) plancia_table_import_get_n_errors (import),
                                              0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), count);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (self->result,
                                 _ ("Stopped. What was imported so far is kept; importing the "
                                    "table again goes on."));
  else if (error != NULL)
    adw_action_row_set_subtitle (self->result, plancia_error_text (error));
  plancia_help_button_set_error (self->help,
                                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL
                                                                                           : error);
  for (guint i = 0; i < MIN (errors->len, MAX_ERRORS); i++)
    add_error_row (self, g_ptr_array_index (errors, i));
  adw_preferences_group_set_description (self->errors, bad);
  gtk_widget_set_visible (GTK_WIDGET (self->errors), errors->len > 0);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "done");
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  plancia_table_import_run_finish (PLANCIA_TABLE_IMPORT (source), result, &error);
  if (self->import == NULL)
    return;
  g_clear_object (&self->import);
  show_running (self);
  show_result (self, PLANCIA_TABLE_IMPORT (source), error);
}

void
plancia_history_import_dialog_run (PlanciaHistoryImportDialog *self)
{
  g_autofree char *path = g_file_get_path (self->file);

  if (self->import != NULL || self->plan == NULL || path == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->import = plancia_table_import_new (self->store,
                                           plancia_device_get_id (self->device),
                                           (const char *const *) self->known,
                                           self->zone,
                                           self->plan);
  g_signal_connect_object (self->import,
                           "progress",
                           G_CALLBACK (progress_cb),
                           self,
                           G_CONNECT_SWAPPED);
  progress_cb (self);
  show_running (self);
  plancia_table_import_run_async (self->import,
                                  path,
                                  self->cancellable,
                                  imported_cb,
                                  g_object_ref (self));
}

static void
cancel_cb (PlanciaHistoryImportDialog *self)
{
  if (self->import != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

PlanciaTablePlan *
plancia_history_import_dialog_get_plan (PlanciaHistoryImportDialog *self)
{
  return self->plan;
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_history_import_dialog_dispose (GObject *object)
{
  PlanciaHistoryImportDialog *self = PLANCIA_HISTORY_IMPORT_DIALOG (object);

  /* The window is closed: what runs is stopped; what was imported stays. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->import);
  g_clear_object (&self->store);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_history_import_dialog_parent_class)->dispose (object);
}

static void
plancia_history_import_dialog_finalize (GObject *object)
{
  PlanciaHistoryImportDialog *self = PLANCIA_HISTORY_IMPORT_DIALOG (object);

  plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->file);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->known, g_strfreev);
  g_clear_pointer (&self->plan, plancia_table_plan_free);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (plancia_history_import_dialog_parent_class)->finalize (object);
}

static void
bind_form (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, help);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, form);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, time_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, decimal_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, preview);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, columns);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, result);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, errors);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryImportDialog, progress);
}

static void
plancia_history_import_dialog_class_init (PlanciaHistoryImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_import_dialog_finalize;
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-import-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryImportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryImportDialog, failed);
  bind_form (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, plancia_history_import_dialog_run);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
}

static void
plancia_history_import_dialog_init (PlanciaHistoryImportDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->worker = plancia_worker_new ("import-look");
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_devices (GStrvBuilder *ids, GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    g_strv_builder_add (ids, plancia_entry_get_id (entry));
    add_devices (ids, plancia_entry_get_children (entry));
  }
}

static GStrv
list_devices (PlanciaOpenPlant *plant)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  add_devices (ids, plancia_plant_get_entries (plancia_open_plant_get_plant (plant)));
  return g_strv_builder_end (ids);
}

GtkWindow *
plancia_history_import_dialog_new (GtkWindow        *parent,
                                   PlanciaOpenPlant *plant,
                                   PlanciaDevice    *device,
                                   GTimeZone        *zone,
                                   GFile            *file)
{
  PlanciaHistoryImportDialog *self = g_object_new (PLANCIA_TYPE_HISTORY_IMPORT_DIALOG, NULL);
  PlanciaMap                 *map = plancia_device_get_map (device);
  g_autoptr (GTask) task = g_task_new (self, NULL, looked_cb, NULL);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->store = g_object_ref (plancia_open_plant_get_store (plant));
  self->device = g_object_ref (device);
  self->known = list_devices (plant);
  self->zone = g_time_zone_ref (zone);
  self->file = g_object_ref (file);
  adw_window_title_set_subtitle (self->title, plancia_device_get_name (device));
  if (map != NULL)
    g_task_set_task_data (task, plancia_map_ref (map), (GDestroyNotify) plancia_map_unref);
  plancia_worker_run (self->worker, task, look_on_worker);
  return GTK_WINDOW (self);
}

/* --- which file ---------------------------------------------------------------------------------- */

typedef struct
{
  GWeakRef          parent;
  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  GTimeZone        *zone;
} Choosing;

static void
choosing_free (gpointer data, GClosure *closure)
{
  Choosing *choosing = data;

  g_weak_ref_clear (&choosing->parent);
  g_object_unref (choosing->plant);
  g_object_unref (choosing->device);
  g_time_zone_unref (choosing->zone);
  g_free (choosing);
}

static void
file_chosen_cb (GtkFileChooserNative *chooser, int response, Choosing *choosing)
{
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&choosing->parent);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && parent != NULL && file != NULL)
    gtk_window_present (plancia_history_import_dialog_new (parent,
                                                           choosing->plant,
                                                           choosing->device,
                                                           choosing->zone,
                                                           file));
  g_object_unref (chooser);
}

void
plancia_history_import_dialog_choose (GtkWindow        *parent,
                                      PlanciaOpenPlant *plant,
                                      PlanciaDevice    *device,
                                      GTimeZone        *zone)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Import history"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  Choosing *choosing = g_new0 (Choosing, 1);

  g_weak_ref_init (&choosing->parent, parent);
  choosing->plant = g_object_ref (plant);
  choosing->device = g_object_ref (device);
  choosing->zone = g_time_zone_ref (zone);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser,
                         "response",
                         G_CALLBACK (file_chosen_cb),
                         choosing,
                         choosing_free,
                         0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
