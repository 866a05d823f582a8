/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-export-dialog.h"

#include "base/clock.h"
#include "base/text.h"
#include "history/export.h"
#include "history/table-plan.h"
#include "model/plant-parts.h"
#include "model/series-words.h"
#include "report/picture-export.h"
#include "ui/error-text.h"
#include "ui/save-question.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum {
  SPAN_SHOWN,
  SPAN_MONTH,
  SPAN_YEAR,
  SPAN_ALL,
  SPAN_CHOSEN,
} SpanChoice;

static const char separators[] = {',', ';', '\t'};
static const char decimals[] = {'.', ','};

struct _PlanciaHistoryExportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton      *cancel;
  GtkWidget      *save;
  GtkWidget      *form;
  AdwComboRow    *span_row;
  AdwComboRow    *content_row;
  GtkEditable    *from_row;
  GtkEditable    *to_row;
  AdwComboRow    *source_row;
  AdwComboRow    *format_row;
  AdwComboRow    *form_row;
  AdwComboRow    *separator_row;
  AdwComboRow    *decimal_row;
  AdwComboRow    *time_row;
  GtkProgressBar *progress;

  PlanciaStore      *store;
  PlanciaDevice     *device;
  PlanciaDeviceTree *tree; /* of a whole plant: whose devices are exported; or NULL */
  PlanciaSpan        shown;
  GTimeZone         *zone;
  GPtrArray         *series;      /* PlanciaSeriesName, or NULL until the store answered */
  GPtrArray         *sources;     /* names, in the order of the row after "all" */
  PlanciaExport *export;          /* that runs, or NULL */
  PlanciaHistoryPicture *picture; /* of what the page shows, or NULL */
  gboolean               drawing; /* it is being saved */
  GFile                 *file;
  GCancellable          *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryExportDialog, plancia_history_export_dialog, ADW_TYPE_WINDOW)

static void     format_cb (PlanciaHistoryExportDialog *self);
static gboolean is_of_page (PlanciaHistoryExportDialog *self);

/* --- what there is ------------------------------------------------------------------------------- */

static void
find_sources (PlanciaHistoryExportDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, C_ ("source", "All"));
  for (guint i = 0; i < self->series->len; i++) {
    const PlanciaSeriesName *series = g_ptr_array_index (self->series, i);

    if (g_ptr_array_find_with_equal_func (self->sources, series->source, g_str_equal, NULL))
      continue;
    g_ptr_array_add (self->sources, g_strdup (series->source));
    gtk_string_list_append (titles, plancia_series_words_source (series->source));
  }
  adw_combo_row_set_model (self->source_row, G_LIST_MODEL (titles));
  format_cb (self);
}

static void
listed_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->series = plancia_store_list_series_finish (PLANCIA_STORE (store), result, &error);
  if (self->series == NULL) {
    adw_window_title_set_subtitle (self->title, plancia_error_text (error));
    return;
  }
  if (self->series->len == 0)
    adw_window_title_set_subtitle (self->title, _ ("Nothing was recorded or fetched yet"));
  find_sources (self);
}

static gboolean
is_wanted (PlanciaHistoryExportDialog *self, const PlanciaSeriesName *series)
{
  guint chosen = adw_combo_row_get_selected (self->source_row);

  return chosen == 0 || chosen > self->sources->len ||
         g_str_equal (g_ptr_array_index (self->sources, chosen - 1), series->source);
}

/* Of a whole plant each series is of a device of its own, which gives it its name and map. */
static PlanciaDevice *
device_of (PlanciaHistoryExportDialog *self, const PlanciaSeriesName *series)
{
  PlanciaDevice *device = self->tree ? plancia_device_tree_find (self->tree, series->device) : NULL;

  return device != NULL ? device : self->device;
}

static GPtrArray *
make_columns (PlanciaHistoryExportDialog *self, PlanciaSpan *days)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_export_column_free);

  *days = (PlanciaSpan){G_MAXINT64, G_MININT64};
  for (guint i = 0; i < self->series->len; i++) {
    const PlanciaSeriesName *series = g_ptr_array_index (self->series, i);

    if (!is_wanted (self, series))
      continue;
    days->start = MIN (days->start, series->days.start);
    days->end = MAX (days->end, series->days.end);
    g_ptr_array_add (
      columns,
      plancia_series_words_column (series,
                                   plancia_device_get_name (device_of (self, series)),
                                   plancia_device_get_map (device_of (self, series))));
  }
  return columns;
}

static gboolean
read_time (PlanciaHistoryExportDialog *self, GtkEditable *row, gint64 *time)
{
  const PlanciaTablePlan style = {.time = PLANCIA_TABLE_YMD};
  g_autofree char       *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return plancia_table_parse_time (&style, text, NULL, self->zone, G_MININT64, time);
}

/* What a person typed; FALSE if it is no stretch of time. */
static gboolean
read_span (PlanciaHistoryExportDialog *self, PlanciaSpan *span)
{
  if (!read_time (self, self->from_row, &span->start) ||
      !read_time (self, self->to_row, &span->end))
    return FALSE;
  /* A day alone is meant to its end. */
  if (strchr (gtk_editable_get_text (self->to_row), ':') == NULL)
    span->end = plancia_span_day (self->zone, span->end).end;
  return !plancia_span_is_empty (*span);
}

static PlanciaSpan
choose_span (PlanciaHistoryExportDialog *self, PlanciaSpan days)
{
  gint64      now = plancia_clock_now ();
  gint64      end = plancia_span_day (self->zone, now).end;
  PlanciaSpan chosen;

  switch ((SpanChoice) adw_combo_row_get_selected (self->span_row)) {
  case SPAN_SHOWN:
    return self->shown;
  case SPAN_MONTH:
    return (PlanciaSpan){plancia_span_day_offset (self->zone, now, -29).start, end};
  case SPAN_YEAR:
    return (PlanciaSpan){plancia_span_day_offset (self->zone, now, -364).start, end};
  case SPAN_CHOSEN:
    return read_span (self, &chosen) ? chosen : days;
  case SPAN_ALL:
  default:
    return days;
  }
}

static PlanciaExportOptions
read_options (PlanciaHistoryExportDialog *self)
{
  PlanciaExportOptions options = {
    .format = adw_combo_row_get_selected (self->format_row),
    .wide = adw_combo_row_get_selected (self->form_row) == 0,
    .separator = separators[MIN (adw_combo_row_get_selected (self->separator_row), 2)],
    .decimal = decimals[MIN (adw_combo_row_get_selected (self->decimal_row), 1)],
    .time = adw_combo_row_get_selected (self->time_row),
  };

  plancia_picture_export_prepare (&options);
  return options;
}

/* --- writing ------------------------------------------------------------------------------------- */

static void
show_running (PlanciaHistoryExportDialog *self)
{
  gboolean running = self->export != NULL || self->drawing;

  gtk_widget_set_sensitive (self->form, !running);
  gtk_widget_set_sensitive (self->save, !running);
  if (!running)
    format_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_button_set_label (self->cancel, running ? _ ("_Stop") : _ ("_Close"));
}

static void
progress_cb (PlanciaHistoryExportDialog *self)
{
  g_autofree char *number = plancia_text_number ((double) plancia_export_get_lines (self->export),
                                                 0);
  /* Translators: progress of an export */
  g_autofree char *text = g_strdup_printf (_ ("%s lines"), number);

  gtk_progress_bar_set_fraction (self->progress, plancia_export_get_fraction (self->export));
  gtk_progress_bar_set_text (self->progress, text);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  plancia_export_run_finish (PLANCIA_EXPORT (source), result, &error);
  if (self->export == NULL)
    return;
  g_clear_object (&self->export);
  show_running (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  plancia_save_question_tell (self->form, self->file, _ ("The history was not exported"), error);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  plancia_history_picture_save_finish (PLANCIA_HISTORY_PICTURE (source), result, &error);
  if (!self->drawing)
    return;
  self->drawing = FALSE;
  show_running (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  plancia_save_question_tell (self->form, self->file, _ ("The history was not exported"), error);
}

/* Bars are drawn, or the values that they were made of; as a table what is shown, or all that was recorded. */
static gboolean
has_choice (PlanciaHistoryExportDialog *self)
{
  if (self->picture == NULL || adw_combo_row_get_selected (self->span_row) != SPAN_SHOWN)
    return FALSE;
  if (plancia_picture_export_is_picture (adw_combo_row_get_selected (self->format_row)))
    return plancia_history_picture_has_bars (self->picture);
  return plancia_history_picture_has_table (self->picture);
}

/* What the page shows is saved as it stands there; any other time out of the store. */
static gboolean
is_of_page (PlanciaHistoryExportDialog *self)
{
  if (self->picture == NULL || adw_combo_row_get_selected (self->span_row) != SPAN_SHOWN)
    return FALSE;
  if (has_choice (self))
    return adw_combo_row_get_selected (self->content_row) == 0;
  return plancia_picture_export_is_picture (adw_combo_row_get_selected (self->format_row));
}

static void
draw (PlanciaHistoryExportDialog *self, const char *path)
{
  PlanciaExportOptions options = read_options (self);

  self->drawing = TRUE;
  gtk_progress_bar_set_text (self->progress, _ ("Drawing"));
  gtk_progress_bar_pulse (self->progress);
  show_running (self);
  plancia_history_picture_save_async (self->picture,
                                      &options,
                                      path,
                                      self->cancellable,
                                      drawn_cb,
                                      g_object_ref (self));
}

void
plancia_history_export_dialog_save (PlanciaHistoryExportDialog *self, GFile *file)
{
  PlanciaExportOptions options = read_options (self);
  PlanciaSpan          days;
  g_autoptr (GPtrArray) columns = make_columns (self, &days);
  g_autofree char *path = g_file_get_path (file);

  if (self->export != NULL || self->drawing || path == NULL ||
      !gtk_widget_get_sensitive (self->save))
    return;
  g_set_object (&self->file, file);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (is_of_page (self)) {
    draw (self, path);
    return;
  }
  self->export =
    plancia_export_new (self->store, columns, choose_span (self, days), self->zone, &options);
  g_signal_connect_object (self->export,
                           "progress",
                           G_CALLBACK (progress_cb),
                           self,
                           G_CONNECT_SWAPPED);
  progress_cb (self);
  show_running (self);
  plancia_export_run_async (self->export, path, self->cancellable, written_cb, g_object_ref (self));
}

static void
place_chosen (GtkWidget *widget, GFile *file, gpointer user_data)
{
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (gtk_widget_get_root (widget)),
                                      file);
}

static void
save_cb (PlanciaHistoryExportDialog *self)
{
  const char *ending = plancia_export_format_name (adw_combo_row_get_selected (self->format_row));
  g_autofree char *name = g_strdup_printf ("%s.%s", plancia_device_get_name (self->device), ending);

  g_strdelimit (name, "/\\", '-');
  plancia_save_question_ask (self->form, _ ("Export history"), name, place_chosen, NULL, NULL);
}

static void
cancel_cb (PlanciaHistoryExportDialog *self)
{
  if (self->export != NULL || self->drawing)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
show_row (gpointer row, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (row), shown);
}

/* A time that cannot be read is marked, and nothing can be saved so. */
static void
check_span (PlanciaHistoryExportDialog *self)
{
  gboolean    chosen = adw_combo_row_get_selected (self->span_row) == SPAN_CHOSEN;
  PlanciaSpan span;
  gboolean    good = !chosen || (self->zone != NULL && read_span (self, &span));

  show_row (self->from_row, chosen);
  show_row (self->to_row, chosen);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->to_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->to_row), "error");
  good = good && (!is_of_page (self) || plancia_history_picture_is_ready (self->picture));
  gtk_widget_set_sensitive (self->save,
                            good && !self->drawing && self->export == NULL &&
                              self->series != NULL && self->series->len > 0);
}

/* What a format does not ask for is not shown. */
static void
format_cb (PlanciaHistoryExportDialog *self)
{
  guint    format = adw_combo_row_get_selected (self->format_row);
  gboolean csv = format == PLANCIA_EXPORT_CSV;
  gboolean book = format == PLANCIA_EXPORT_XLSX;
  gboolean drawn = plancia_picture_export_is_picture (format);

  /* The window may be closed already. */
  if (self->sources == NULL)
    return;
  show_row (self->content_row, has_choice (self));
  show_row (self->separator_row, csv);
  show_row (self->decimal_row, csv);
  show_row (self->form_row, !book && !drawn);
  show_row (self->time_row, !book && !drawn);
  show_row (self->source_row, self->sources->len > 1 && !is_of_page (self));
  check_span (self);
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_history_export_dialog_dispose (GObject *object)
{
  PlanciaHistoryExportDialog *self = PLANCIA_HISTORY_EXPORT_DIALOG (object);

  /* The window is closed: what runs is stopped, and leaves nothing behind. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->export);
  g_clear_object (&self->picture);
  self->drawing = FALSE;
  g_clear_object (&self->store);
  g_clear_object (&self->device);
  g_clear_object (&self->tree);
  g_clear_object (&self->file);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  G_OBJECT_CLASS (plancia_history_export_dialog_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, span_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, content_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, from_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, to_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, source_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, format_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, form_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, separator_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, decimal_row);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryExportDialog, time_row);
}

static void
plancia_history_export_dialog_class_init (PlanciaHistoryExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-export-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryExportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryExportDialog, save);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryExportDialog, progress);
  bind_rows (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
}

static void
plancia_history_export_dialog_init (PlanciaHistoryExportDialog *self)
{
  PlanciaExportOptions locale = plancia_export_options_for_locale ();

  self->sources = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->source_row), FALSE);
  adw_combo_row_set_selected (self->separator_row, locale.separator == ';' ? 1 : 0);
  adw_combo_row_set_selected (self->decimal_row, locale.decimal == ',' ? 1 : 0);
  format_cb (self);
}

/* What is shown, for changing. */
static void
propose_span (PlanciaHistoryExportDialog *self)
{
  g_autofree char *from = plancia_text_iso_time (self->shown.start, self->zone);
  g_autofree char *to = plancia_text_iso_time (self->shown.end, self->zone);

  gtk_editable_set_text (self->from_row, from);
  gtk_editable_set_text (self->to_row, to);
}

void
plancia_history_export_dialog_set_picture (PlanciaHistoryExportDialog *self,
                                           PlanciaHistoryPicture      *picture)
{
  g_set_object (&self->picture, picture);
  /* Of curves one mostly wants what was measured. */
  adw_combo_row_set_selected (self->content_row,
                              plancia_history_picture_has_bars (picture) ? 0 : 1);
  g_signal_connect_object (picture, "changed", G_CALLBACK (format_cb), self, G_CONNECT_SWAPPED);
  format_cb (self);
}

GtkWindow *
plancia_history_export_dialog_new (GtkWindow        *parent,
                                   PlanciaOpenPlant *plant,
                                   PlanciaDevice    *device,
                                   PlanciaSpan       shown,
                                   GTimeZone        *zone)
{
  PlanciaHistoryExportDialog *self = g_object_new (PLANCIA_TYPE_HISTORY_EXPORT_DIALOG, NULL);
  gboolean                    whole = g_str_equal (plancia_device_get_kind (device), "plant");
  g_auto (GStrv) ids = NULL;

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->store = g_object_ref (plancia_open_plant_get_store (plant));
  self->device = g_object_ref (device);
  self->shown = shown;
  self->zone = g_time_zone_ref (zone);
  adw_window_title_set_subtitle (self->title, plancia_device_get_name (device));
  propose_span (self);
  if (whole)
    self->tree = g_object_ref (plancia_open_plant_get_tree (plant));
  ids = whole ? plancia_plant_parts_ids (plancia_open_plant_get_plant (plant))
              : g_strdupv ((char *[]){(char *) plancia_device_get_id (device), NULL});
  plancia_store_list_series_async (self->store,
                                   (const char *const *) ids,
                                   NULL,
                                   listed_cb,
                                   g_object_ref (self));
  return GTK_WINDOW (self);
}
