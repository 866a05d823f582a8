/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/archive-dialog.h"

#include "history/archive-trouble.h"
#include "ui/error-text.h"
#include "ui/retention-setting.h"
#include "ui/settings.h"
#include "ui/window-parent.h"
#include <glib/gi18n.h>

struct _PlanciaArchiveDialog
{
  AdwWindow parent_instance;

  AdwComboRow  *raw_row;
  AdwComboRow  *minute_row;
  AdwComboRow  *keep_row;
  AdwActionRow *clean_row;
  GtkWidget    *clean_button;
  GtkWidget    *stop_button;
  GtkWidget    *bar;

  PlanciaStore *store;
  gboolean      own_store;   /* nobody else has it */
  GCancellable *cancellable; /* of the clean up in course, or NULL */
  gboolean      loading;
};

G_DEFINE_FINAL_TYPE (PlanciaArchiveDialog, plancia_archive_dialog, ADW_TYPE_WINDOW)

/* What is offered; 0: for ever. */
static const struct
{
  guint       days;
  const char *label;
} terms[] = {
  {0,    N_ ("For ever")},
   {31,   N_ ("A month") },
    {92,   N_ ("3 months")},
     {366,  N_ ("A year")  },
      {731,  N_ ("2 years") },
       {1827, N_ ("5 years") },
        {3653, N_ ("10 years")},
};

/* --- how long ------------------------------------------------------------------------------------ */

static GtkStringList *
list_terms (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (list, _ (terms[i].label));
  return list;
}

/* The shortest that is no shorter: a number that somebody wrote into the settings by hand is not cut down. */
static guint
find_term (guint days)
{
  if (days == 0)
    return 0;
  for (guint i = 1; i < G_N_ELEMENTS (terms); i++)
    if (terms[i].days >= days)
      return i;
  return 0;
}

static void
load_row (AdwComboRow *row, const char *key)
{
  g_autoptr (GtkStringList) list = list_terms ();

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, find_term (g_settings_get_uint (plancia_settings_get (), key)));
}

static void
save_row (AdwComboRow *row, const char *key)
{
  guint days = terms[MIN (adw_combo_row_get_selected (row), G_N_ELEMENTS (terms) - 1)].days;

  if (find_term (g_settings_get_uint (plancia_settings_get (), key)) !=
      adw_combo_row_get_selected (row))
    g_settings_set_uint (plancia_settings_get (), key, days);
}

static void
on_selected (PlanciaArchiveDialog *self)
{
  if (self->loading)
    return;
  save_row (self->raw_row, "history-raw-days");
  save_row (self->minute_row, "history-minute-days");
  save_row (self->keep_row, "history-keep-days");
}

/* --- clean up ------------------------------------------------------------------------------------ */

static void
show_running (PlanciaArchiveDialog *self, gboolean running)
{
  gtk_widget_set_visible (self->clean_button, !running);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->bar, running);
}

static void
on_progress (double part, gpointer user_data)
{
  PlanciaArchiveDialog *self = user_data;

  if (self->bar != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), part);
}

static char *
describe (const PlanciaCleanUp *done)
{
  g_autofree char *size = g_format_size ((guint64) done->size_after);
  g_autofree char *removed = NULL;

  if (done->removed == 0)
    /* Translators: %s is a size such as “12.3 MB” */
    return g_strdup_printf (_ ("All is whole. %s"), size);
  removed = g_strdup_printf ("%" G_GINT64_FORMAT, done->removed);
  /* Translators: the first %s is a size such as “12.3 MB”, the second a number */
  return g_strdup_printf (_ ("All is whole. %s, %s values fewer"), size, removed);
}

static char *
dup_trouble (const GError *error)
{
  g_autoptr (GError) trouble = plancia_archive_trouble_new (error);

  return g_strdup (plancia_error_text (trouble));
}

static void
on_cleaned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaArchiveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  PlanciaCleanUp   done = {0};
  gboolean good = plancia_store_clean_up_finish (PLANCIA_STORE (source), result, &done, &error);

  g_clear_object (&self->cancellable);
  /* Closed meanwhile. */
  if (self->bar == NULL)
    return;
  show_running (self, FALSE);
  if (good)
    text = describe (&done);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("Stopped. What was done stays done."));
  else
    text = dup_trouble (error);
  adw_action_row_set_subtitle (self->clean_row, text);
}

static void
on_clean (PlanciaArchiveDialog *self)
{
  PlanciaRetention retention = plancia_retention_setting_get ();

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
  adw_action_row_set_subtitle (self->clean_row, _ ("Under way…"));
  show_running (self, TRUE);
  plancia_store_clean_up_async (self->store,
                                &retention,
                                self->cancellable,
                                on_progress,
                                self,
                                on_cleaned,
                                g_object_ref (self));
}

static void
on_stop (PlanciaArchiveDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_archive_dialog_dispose (GObject *object)
{
  PlanciaArchiveDialog *self = PLANCIA_ARCHIVE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  self->bar = NULL;
  if (self->own_store)
    plancia_store_close (self->store);
  self->own_store = FALSE;
  G_OBJECT_CLASS (plancia_archive_dialog_parent_class)->dispose (object);
}

static void
plancia_archive_dialog_finalize (GObject *object)
{
  PlanciaArchiveDialog *self = PLANCIA_ARCHIVE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (plancia_archive_dialog_parent_class)->finalize (object);
}

static void
plancia_archive_dialog_class_init (PlanciaArchiveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_archive_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_archive_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/archive-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, raw_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, minute_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, clean_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, clean_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaArchiveDialog, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_clean);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_archive_dialog_init (PlanciaArchiveDialog *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  load_row (self->raw_row, "history-raw-days");
  load_row (self->minute_row, "history-minute-days");
  load_row (self->keep_row, "history-keep-days");
  self->loading = FALSE;
}

/* The demo plant keeps what it made up in memory: what there is to care for is on the disk. */
static PlanciaStore *
find_store (PlanciaSession *session)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (session);

  if (!open || plancia_plant_get_simulated (plancia_open_plant_get_plant (open)))
    return NULL;
  return plancia_open_plant_get_store (open);
}

/**
 * plancia_archive_dialog_new:
 * @parent: the window it belongs to
 * @session: with a plant or without
 *
 * Returns: (transfer floating): the dialog, not yet shown
 */
GtkWindow *
plancia_archive_dialog_new (GtkWindow *parent, PlanciaSession *session)
{
  PlanciaArchiveDialog *self = g_object_new (PLANCIA_TYPE_ARCHIVE_DIALOG, NULL);
  PlanciaStore         *store = find_store (session);
  g_autofree char      *path =
    g_build_filename (g_get_user_data_dir (), "plancia", "history.sqlite", NULL);

  self->own_store = store == NULL;
  self->store = store ? g_object_ref (store) : plancia_store_new (path);
  plancia_window_parent_set (GTK_WINDOW (self), parent);
  return GTK_WINDOW (self);
}
