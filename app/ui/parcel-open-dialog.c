/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parcel-open-dialog.h"

#include "base/text.h"
#include "parcel/words.h"
#include "parcel/work.h"
#include "ui/error-dialog.h"
#include "ui/help-button.h"
#include "ui/settings.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

/* More would be no words any more. */
#define MOST_LEFT_OUT 50

struct _PlanciaParcelOpenDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle      *title;
  GtkButton           *cancel;
  GtkButton           *accept;
  GtkStack            *stack;
  GtkLabel            *doing;
  GtkProgressBar      *progress;
  AdwPreferencesGroup *holds;
  AdwPreferencesGroup *happens;
  AdwPreferencesGroup *left_out;
  AdwComboRow         *where_row;
  PlanciaHelpButton   *help;

  PlanciaPlantKeeper *keeper;
  PlanciaParcelWork  *work;
  PlanciaParcel      *parcel; /* NULL until it is read */
  GPtrArray          *rows;   /* of the groups, with the group as data */
  GPtrArray          *places; /* char* paths, in the order of the row */
  char               *open;   /* path of the plant that is open, or NULL */
  char               *target;
  GCancellable       *cancellable; /* of what runs, or NULL */
  gboolean            done;
};

G_DEFINE_FINAL_TYPE (PlanciaParcelOpenDialog, plancia_parcel_open_dialog, ADW_TYPE_WINDOW)

/* --- rows ------------------------------------------------------------------------------------ */

static void
add_row (PlanciaParcelOpenDialog *self,
         AdwPreferencesGroup     *group,
         const char              *title,
         const char              *subtitle)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *first = g_markup_escape_text (title, -1);
  g_autofree char *second = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), first);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), second);
  g_object_set_data (G_OBJECT (row), "group", group);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (PlanciaParcelOpenDialog *self, AdwPreferencesGroup *group)
{
  for (guint i = self->rows->len; i > 0; i--) {
    GtkWidget *row = g_ptr_array_index (self->rows, i - 1);

    if (g_object_get_data (G_OBJECT (row), "group") != group)
      continue;
    adw_preferences_group_remove (group, row);
    g_ptr_array_remove_index (self->rows, i - 1);
  }
}

static char *
made_text (PlanciaParcel *parcel)
{
  g_autoptr (GDateTime)
    date = g_date_time_new_from_unix_local (plancia_parcel_get_created (parcel) / PLANCIA_SECOND);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%x %H:%M") : g_strdup ("");

  if (plancia_parcel_get_created (parcel) <= 0)
    return g_strdup ("");
  /* Translators: a date and a time; a program with its version */
  return g_strdup_printf (_ ("Made %s with %s"), text, plancia_parcel_get_program (parcel));
}

static void
show_holds (PlanciaParcelOpenDialog *self)
{
  const PlanciaParcelCounts *counts = plancia_parcel_get_counts (self->parcel);
  g_autofree char           *made = made_text (self->parcel);
  g_autoptr (GString) list = g_string_new (NULL);

  clear_rows (self, self->holds);
  add_row (self, self->holds, plancia_parcel_get_plant_name (self->parcel), made);
  for (int i = PLANCIA_PARCEL_MAPS; i < PLANCIA_PARCEL_HISTORY; i++) {
    g_autofree char *text = plancia_parcel_words_count ((PlanciaParcelKind) i, counts->n[i]);

    if (counts->n[i] > 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " · " : "", text);
  }
  if (list->len > 0)
    add_row (self, self->holds, _ ("Records"), list->str);
  if (counts->n[PLANCIA_PARCEL_HISTORY] > 0) {
    g_autofree char *text = plancia_parcel_words_history (counts->samples, counts->span);

    add_row (self, self->holds, _ ("History"), text);
  }
}

static gboolean
add_news (PlanciaParcelOpenDialog *self, const PlanciaParcelResult *result)
{
  guint before = self->rows->len;

  if (result->devices > 0) {
    g_autofree char *text =
      g_strdup_printf (ngettext ("New: %u device", "New: %u devices", result->devices),
                       result->devices);

    add_row (self, self->happens, text, NULL);
  }
  for (int i = PLANCIA_PARCEL_MAPS; i < PLANCIA_PARCEL_HISTORY; i++) {
    g_autofree char *text = plancia_parcel_words_added ((PlanciaParcelKind) i, result);

    if (text != NULL)
      add_row (self, self->happens, text, NULL);
  }
  if (result->samples > 0) {
    g_autofree char *number = plancia_text_number ((double) result->samples, 0);
    g_autofree char *text = g_strdup_printf (ngettext ("New: %s value of history",
                                                       "New: %s values of history",
                                                       (gulong) MIN (result->samples, G_MAXINT)),
                                             number);

    add_row (self, self->happens, text, NULL);
  }
  return self->rows->len > before;
}

static void
show_happens (PlanciaParcelOpenDialog *self, const PlanciaParcelResult *result)
{
  const char *title = result->new_plant ? _ ("A new plant")
                                        : _ ("Merged into a plant that is here");
  g_autofree char *file = g_filename_display_name (self->target);

  clear_rows (self, self->happens);
  add_row (self, self->happens, title, file);
  if (!add_news (self, result))
    add_row (self, self->happens, _ ("Everything is here already"), NULL);
}

static void
add_troubles (PlanciaParcelOpenDialog *self, GPtrArray *troubles)
{
  for (guint i = 0; i < troubles->len && i < MOST_LEFT_OUT; i++) {
    g_autofree char *text = plancia_parcel_words_trouble (g_ptr_array_index (troubles, i));

    add_row (self, self->left_out, text, NULL);
  }
  if (troubles->len > MOST_LEFT_OUT) {
    g_autofree char *text =
      g_strdup_printf (ngettext ("and %u more", "and %u more", troubles->len - MOST_LEFT_OUT),
                       troubles->len - MOST_LEFT_OUT);

    add_row (self, self->left_out, text, NULL);
  }
}

static void
show_left_out (PlanciaParcelOpenDialog *self, const PlanciaParcelResult *result)
{
  GPtrArray *troubles = plancia_parcel_get_troubles (self->parcel);

  clear_rows (self, self->left_out);
  add_troubles (self, troubles);
  add_troubles (self, result->troubles);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), troubles->len + result->troubles->len > 0);
}

/* --- steps ----------------------------------------------------------------------------------- */

static void
begin (PlanciaParcelOpenDialog *self, const char *doing)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_text (self->doing, doing);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), FALSE);
  gtk_button_set_label (self->cancel, _ ("_Stop"));
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

static void
show_form (PlanciaParcelOpenDialog *self)
{
  g_clear_object (&self->cancellable);
  gtk_button_set_label (self->cancel, self->done ? _ ("_Close") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->accept), !self->done);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), !self->done);
  gtk_stack_set_visible_child_name (self->stack, "form");
}

/* Says why over the window behind, and goes. */
static void
give_up (PlanciaParcelOpenDialog *self, const char *heading, const GError *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  g_clear_object (&self->cancellable);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && parent != NULL)
    plancia_error_dialog_show (parent, heading, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The window was closed meanwhile. */
static gboolean
is_gone (PlanciaParcelOpenDialog *self)
{
  return self->keeper == NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelOpenDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaParcelResult)
    news = plancia_parcel_work_merge_finish (PLANCIA_PARCEL_WORK (source), result, &error);

  if (is_gone (self))
    return;
  if (news == NULL) {
    give_up (self, _ ("The file cannot be taken over"), error);
    return;
  }
  show_holds (self);
  show_happens (self, news);
  show_left_out (self, news);
  show_form (self);
}

static void
look (PlanciaParcelOpenDialog *self)
{
  begin (self, _ ("Comparing with what is here…"));
  plancia_parcel_work_merge_async (self->work,
                                   self->parcel,
                                   self->target,
                                   TRUE,
                                   self->cancellable,
                                   looked_cb,
                                   g_object_ref (self));
}

static void
choose (PlanciaParcelOpenDialog *self, guint index)
{
  if (index >= self->places->len)
    return;
  g_free (self->target);
  self->target = g_strdup (g_ptr_array_index (self->places, index));
}

static void
where_cb (PlanciaParcelOpenDialog *self)
{
  guint index = adw_combo_row_get_selected (self->where_row);

  if (self->parcel == NULL || self->done || index >= self->places->len ||
      g_strcmp0 (self->target, g_ptr_array_index (self->places, index)) == 0)
    return;
  choose (self, index);
  look (self);
}

static void
add_place (PlanciaParcelOpenDialog *self,
           GtkStringList           *titles,
           const char              *title,
           const char              *path)
{
  gtk_string_list_append (titles, title);
  g_ptr_array_add (self->places, g_strdup (path));
}

/* The same plant, if it is here; else a new one, or into the one that is open if a person says so. */
static void
list_places (PlanciaParcelOpenDialog *self, const char *found)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *fresh = plancia_parcel_work_dup_new_path (self->parcel);

  if (found != NULL)
    add_place (self, titles, _ ("Into the same plant"), found);
  if (found == NULL && plancia_parcel_has_plant (self->parcel))
    add_place (self, titles, _ ("As a new plant"), fresh);
  if (self->open != NULL && g_strcmp0 (self->open, found) != 0)
    add_place (self, titles, _ ("Into the plant that is open"), self->open);
  adw_combo_row_set_model (self->where_row, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->where_row), self->places->len > 1);
  choose (self, 0);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelOpenDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *found =
    plancia_parcel_work_find_finish (PLANCIA_PARCEL_WORK (source), result, &error);

  if (is_gone (self))
    return;
  if (error == NULL)
    list_places (self, found);
  if (error == NULL && self->places->len == 0)
    error = g_error_new_literal (
      G_IO_ERROR,
      G_IO_ERROR_FAILED,
      _ ("The plant itself is missing in the file or damaged. Open the plant that it is of; what goes "
         "with it can then be merged into that."));
  if (error != NULL) {
    give_up (self, _ ("The file cannot be taken over"), error);
    return;
  }
  look (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelOpenDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) recent = g_settings_get_strv (plancia_settings_get (), "recent-plants");

  self->parcel = plancia_parcel_work_open_finish (PLANCIA_PARCEL_WORK (source), result, &error);
  if (is_gone (self))
    return;
  if (self->parcel == NULL) {
    give_up (self, _ ("The file could not be opened"), error);
    return;
  }
  plancia_parcel_work_find_async (self->work,
                                  self->parcel,
                                  (const char *const *) recent,
                                  self->cancellable,
                                  found_cb,
                                  g_object_ref (self));
}

/* --- taking it ------------------------------------------------------------------------------- */

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelOpenDialog) self = user_data;
  g_autoptr (PlanciaPlantKeeper) keeper = g_object_steal_data (G_OBJECT (self), "keeper");
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaParcelResult)
    news = plancia_parcel_work_merge_finish (PLANCIA_PARCEL_WORK (source), result, &error);

  if (news != NULL || self->open != NULL)
    plancia_plant_keeper_open_file (keeper, news != NULL ? self->target : self->open);
  if (is_gone (self))
    return;
  if (news == NULL) {
    give_up (self, _ ("The file was not taken over"), error);
    return;
  }
  self->done = TRUE;
  adw_preferences_group_set_title (self->happens, _ ("What has happened"));
  gtk_widget_set_visible (GTK_WIDGET (self->where_row), FALSE);
  show_happens (self, news);
  show_left_out (self, news);
  show_form (self);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaParcelOpenDialog) self = user_data;

  if (is_gone (self))
    return;
  plancia_parcel_work_merge_async (self->work,
                                   self->parcel,
                                   self->target,
                                   FALSE,
                                   self->cancellable,
                                   merged_cb,
                                   g_object_ref (self));
}

/* The plant that is open is closed: its file is to change, and it writes into the archive that is. */
static void
accept_cb (PlanciaParcelOpenDialog *self)
{
  if (self->done || self->parcel == NULL || self->target == NULL)
    return;
  begin (self, _ ("Taking it over…"));
  g_object_set_data_full (G_OBJECT (self), "keeper", g_object_ref (self->keeper), g_object_unref);
  plancia_plant_keeper_settle_async (self->keeper, TRUE, settled_cb, g_object_ref (self));
}

static void
cancel_cb (PlanciaParcelOpenDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
progress_cb (PlanciaParcelOpenDialog *self, double part)
{
  gtk_progress_bar_set_fraction (self->progress, CLAMP (part, 0, 1));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_parcel_open_dialog_dispose (GObject *object)
{
  PlanciaParcelOpenDialog *self = PLANCIA_PARCEL_OPEN_DIALOG (object);

  /* The window is closed: what runs is stopped. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->work != NULL)
    g_signal_handlers_disconnect_by_data (self->work, self);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (plancia_parcel_open_dialog_parent_class)->dispose (object);
}

static void
plancia_parcel_open_dialog_finalize (GObject *object)
{
  PlanciaParcelOpenDialog *self = PLANCIA_PARCEL_OPEN_DIALOG (object);

  g_clear_object (&self->work);
  g_clear_pointer (&self->parcel, plancia_parcel_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->places);
  g_free (self->open);
  g_free (self->target);

  G_OBJECT_CLASS (plancia_parcel_open_dialog_parent_class)->finalize (object);
}

static void
plancia_parcel_open_dialog_class_init (PlanciaParcelOpenDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_parcel_open_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_parcel_open_dialog_finalize;
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/parcel-open-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, doing);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, holds);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, happens);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, left_out);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, where_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaParcelOpenDialog, help);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
}

static void
plancia_parcel_open_dialog_init (PlanciaParcelOpenDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->work = plancia_parcel_work_new ();
  g_signal_connect_swapped (self->work, "progress", G_CALLBACK (progress_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_help_button_set_place (self->help, "office#damaged");
}

GtkWindow *
plancia_parcel_open_dialog_new (GtkWindow *parent, PlanciaPlantKeeper *keeper, const char *path)
{
  PlanciaParcelOpenDialog *self = g_object_new (PLANCIA_TYPE_PARCEL_OPEN_DIALOG, NULL);
  g_autofree char         *name = g_filename_display_basename (path);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  adw_window_title_set_subtitle (self->title, name);
  self->keeper = g_object_ref (keeper);
  self->open = g_strdup (plancia_plant_keeper_get_path (keeper));
  begin (self, _ ("Reading the file…"));
  plancia_parcel_work_open_async (self->work,
                                  path,
                                  self->cancellable,
                                  opened_cb,
                                  g_object_ref (self));
  return GTK_WINDOW (self);
}
