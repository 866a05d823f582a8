/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parcel-export-dialog.h"

#include "base/clock.h"
#include "parcel/words.h"
#include "parcel/work.h"
#include "ui/date-button.h"
#include "ui/save-question.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

/* In the order of the row. */
enum {
  HISTORY_NONE,
  HISTORY_MONTH,
  HISTORY_YEAR,
  HISTORY_ALL,
  HISTORY_SPAN
};

struct _PlanciaParcelExportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle      *title;
  GtkButton           *cancel;
  GtkWidget           *save;
  GtkWidget           *form;
  AdwComboRow         *history_row;
  GtkWidget           *from_row;
  GtkWidget           *to_row;
  PlanciaDateButton   *from_button;
  PlanciaDateButton   *to_button;
  AdwExpanderRow      *devices_row;
  GtkWidget           *size_row;
  GtkLabel            *size;
  AdwPreferencesGroup *left_out;
  GtkProgressBar      *progress;

  PlanciaOpenPlant  *plant;
  char              *path;
  PlanciaParcelWork *work;
  GPtrArray         *checks; /* GtkCheckButton of each device, its id as data */
  GPtrArray         *rows;   /* of what was left out */
  GFile             *file;
  GCancellable      *cancellable; /* of what runs, or NULL */
  GCancellable      *measuring;   /* or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaParcelExportDialog, plancia_parcel_export_dialog, ADW_TYPE_WINDOW)

static void
show_running (PlanciaParcelExportDialog *self)
{
  gboolean running = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->form, !running);
  gtk_widget_set_sensitive (self->save, !running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_button_set_label (self->cancel, running ? _ ("_Stop") : _ ("_Close"));
}

/* --- what is chosen -------------------------------------------------------------------------- */

static PlanciaSpan
since (PlanciaParcelExportDialog *self, gboolean year)
{
  GTimeZone *zone = plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant));
  gint64     now = plancia_clock_now ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / PLANCIA_SECOND);
  g_autoptr (GDateTime) date = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) first = g_date_time_new (zone,
                                                 g_date_time_get_year (date),
                                                 year ? 1 : g_date_time_get_month (date),
                                                 1,
                                                 0,
                                                 0,
                                                 0);

  return (PlanciaSpan){g_date_time_to_unix (first) * PLANCIA_SECOND, now + PLANCIA_DAY};
}

/* Two days may be chosen the wrong way round. */
static PlanciaSpan
get_span (PlanciaParcelExportDialog *self)
{
  PlanciaSpan a = plancia_date_button_get_day (self->from_button);
  PlanciaSpan b = plancia_date_button_get_day (self->to_button);

  switch (adw_combo_row_get_selected (self->history_row)) {
  case HISTORY_MONTH:
    return since (self, FALSE);
  case HISTORY_YEAR:
    return since (self, TRUE);
  case HISTORY_ALL:
    return (PlanciaSpan){0, plancia_clock_now () + 366 * PLANCIA_DAY};
  case HISTORY_SPAN:
    return (PlanciaSpan){MIN (a.start, b.start), MAX (a.end, b.end)};
  default:
    return (PlanciaSpan){0, 0};
  }
}

/* Ids of those that are ticked; all: of all. (transfer full) */
static char **
list_devices (PlanciaParcelExportDialog *self, gboolean *all)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  *all = TRUE;
  for (guint i = 0; i < self->checks->len; i++) {
    GtkCheckButton *check = g_ptr_array_index (self->checks, i);

    if (gtk_check_button_get_active (check))
      g_strv_builder_add (ids, g_object_get_data (G_OBJECT (check), "device"));
    else
      *all = FALSE;
  }
  return g_strv_builder_end (ids);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 size = plancia_parcel_work_measure_finish (PLANCIA_PARCEL_WORK (source), result, &error);
  g_autofree char *text = NULL;
  g_autofree char *about = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->measuring == NULL)
    return;
  text = size >= 0 ? g_format_size ((guint64) size) : g_strdup ("—");
  /* Translators: about how large a file will be: "about 12 MB" */
  about = g_strdup_printf (_ ("about %s"), text);
  gtk_label_set_text (self->size, size >= 0 ? about : text);
}

static void
choice_cb (PlanciaParcelExportDialog *self)
{
  guint    chosen = adw_combo_row_get_selected (self->history_row);
  gboolean all;
  g_auto (GStrv) ids = NULL;

  if (self->plant == NULL)
    return;
  ids = list_devices (self, &all);
  gtk_widget_set_visible (self->from_row, chosen == HISTORY_SPAN);
  gtk_widget_set_visible (self->to_row, chosen == HISTORY_SPAN);
  gtk_widget_set_visible (GTK_WIDGET (self->devices_row), chosen != HISTORY_NONE);
  gtk_widget_set_visible (self->size_row, chosen != HISTORY_NONE);
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  if (chosen == HISTORY_NONE)
    return;
  gtk_label_set_text (self->size, "…");
  self->measuring = g_cancellable_new ();
  plancia_parcel_work_measure_async (self->work,
                                     (const char *const *) ids,
                                     get_span (self),
                                     self->measuring,
                                     measured_cb,
                                     g_object_ref (self));
}

static void
add_devices (PlanciaParcelExportDialog *self, GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    GtkWidget       *row, *check;
    g_autofree char *name = g_markup_escape_text (plancia_entry_get_name (entry), -1);

    check = gtk_check_button_new ();
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
    g_object_set_data_full (G_OBJECT (check),
                            "device",
                            g_strdup (plancia_entry_get_id (entry)),
                            g_free);
    gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    plancia_entry_get_name (entry),
                                    -1);
    g_ptr_array_add (self->checks, check);
    g_signal_connect_object (check, "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
    row = adw_action_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
    /* What only leads to devices has no history. */
    gtk_widget_set_visible (row, plancia_entry_is_device (entry));
    adw_expander_row_add_row (self->devices_row, row);
    add_devices (self, plancia_entry_get_children (entry));
  }
}

static void
fill (PlanciaParcelExportDialog *self)
{
  PlanciaPlant *plant = plancia_open_plant_get_plant (self->plant);
  GTimeZone    *zone = plancia_plant_get_zone (plant);
  PlanciaSpan   today = plancia_span_day (zone, plancia_clock_now ());

  adw_window_title_set_subtitle (self->title, plancia_plant_get_name (plant));
  plancia_date_button_set_day (self->from_button,
                               plancia_span_day_offset (zone, today.start, -30),
                               zone);
  plancia_date_button_set_day (self->to_button, today, zone);
  add_devices (self, plancia_plant_get_entries (plant));
  adw_combo_row_set_selected (self->history_row, HISTORY_YEAR);
  choice_cb (self);
}

/* --- making it ------------------------------------------------------------------------------- */

static void
show_left_out (PlanciaParcelExportDialog *self, GPtrArray *troubles)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->left_out, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; troubles != NULL && i < troubles->len; i++) {
    g_autofree char *text = plancia_parcel_words_trouble (g_ptr_array_index (troubles, i));
    g_autofree char *markup = g_markup_escape_text (text, -1);
    GtkWidget       *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
    adw_preferences_group_add (self->left_out, row);
    g_ptr_array_add (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), self->rows->len > 0);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaParcelSaved)
    saved = plancia_parcel_work_save_finish (PLANCIA_PARCEL_WORK (source), result, &error);

  if (self->cancellable == NULL)
    return;
  g_clear_object (&self->cancellable);
  show_running (self);
  if (saved != NULL)
    show_left_out (self, saved->troubles);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_save_question_tell (self->form, self->file, _ ("The file was not made"), error);
}

static void
progress_cb (PlanciaParcelExportDialog *self, double part)
{
  gtk_progress_bar_set_fraction (self->progress, CLAMP (part, 0, 1));
}

void
plancia_parcel_export_dialog_save (PlanciaParcelExportDialog *self, GFile *file)
{
  gboolean all;
  g_auto (GStrv) ids = list_devices (self, &all);

  if (self->cancellable != NULL || g_file_peek_path (file) == NULL)
    return;
  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_left_out (self, NULL);
  show_running (self);
  plancia_parcel_work_save_async (self->work,
                                  self->path,
                                  g_file_peek_path (file),
                                  get_span (self),
                                  all ? NULL : (const char *const *) ids,
                                  self->cancellable,
                                  saved_cb,
                                  g_object_ref (self));
}

static void
place_chosen (GtkWidget *widget, GFile *file, gpointer user_data)
{
  plancia_parcel_export_dialog_save (PLANCIA_PARCEL_EXPORT_DIALOG (gtk_widget_get_root (widget)),
                                     file);
}

static void
save_cb (PlanciaParcelExportDialog *self)
{
  const char      *plant = plancia_plant_get_name (plancia_open_plant_get_plant (self->plant));
  g_autofree char *name = g_strconcat (plant, PLANCIA_PARCEL_ENDING, NULL);

  g_strdelimit (name, "/\\", '-');
  plancia_save_question_ask (self->form,
                             _ ("Plant for the office"), name, place_chosen, NULL, NULL);
}

static void
cancel_cb (PlanciaParcelExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_parcel_export_dialog_dispose (GObject *object)
{
  PlanciaParcelExportDialog *self = PLANCIA_PARCEL_EXPORT_DIALOG (object);

  /* The window is closed: what runs is stopped, and leaves nothing behind. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  if (self->work != NULL)
    g_signal_handlers_disconnect_by_data (self->work, self);
  g_clear_object (&self->work);
  g_clear_object (&self->plant);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (plancia_parcel_export_dialog_parent_class)->dispose (object);
}

static void
plancia_parcel_export_dialog_finalize (GObject *object)
{
  PlanciaParcelExportDialog *self = PLANCIA_PARCEL_EXPORT_DIALOG (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->rows);
  g_free (self->path);

  G_OBJECT_CLASS (plancia_parcel_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelExportDialog, child)
  BIND (title);
  BIND (cancel);
  BIND (save);
  BIND (form);
  BIND (history_row);
  BIND (from_row);
  BIND (to_row);
  BIND (from_button);
  BIND (to_button);
  BIND (devices_row);
  BIND (size_row);
  BIND (size);
  BIND (left_out);
  BIND (progress);
#undef BIND
}

static void
plancia_parcel_export_dialog_class_init (PlanciaParcelExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_parcel_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_parcel_export_dialog_finalize;
  g_type_ensure (PLANCIA_TYPE_DATE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/parcel-export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
}

static void
plancia_parcel_export_dialog_init (PlanciaParcelExportDialog *self)
{
  self->checks = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->work = plancia_parcel_work_new ();
  g_signal_connect_swapped (self->work, "progress", G_CALLBACK (progress_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
plancia_parcel_export_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, const char *path)
{
  PlanciaParcelExportDialog *self = g_object_new (PLANCIA_TYPE_PARCEL_EXPORT_DIALOG, NULL);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->plant = g_object_ref (plant);
  self->path = g_strdup (path);
  fill (self);
  return GTK_WINDOW (self);
}
