/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/data-group.h"

#include <glib/gi18n.h>

#define MAX_ROWS 8

struct _PlanciaDataGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow   *folder_row;
  GtkLabel       *folder_size;
  AdwExpanderRow *contents;

  GPtrArray *rows; /* of contents */
};

/* A file or folder at the top of the folder. */
typedef struct
{
  char   *name;
  guint64 size;
} Part;

typedef struct
{
  GArray *parts;
  guint64 size;
} Measure;

G_DEFINE_FINAL_TYPE (PlanciaDataGroup, plancia_data_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", NULL);
}

/* --- measuring, on a thread ------------------------------------------------------------------ */

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->name);
}

static void
measure_free (gpointer data)
{
  Measure *self = data;

  g_array_unref (self->parts);
  g_free (self);
}

static int
larger_first (gconstpointer a, gconstpointer b)
{
  const Part *first = a, *second = b;

  return first->size > second->size ? -1 : first->size < second->size;
}

static void
measure_part (Measure *self, const char *folder, const char *name, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
  Part part = {g_filename_display_name (name), 0};

  g_file_measure_disk_usage (file,
                             G_FILE_MEASURE_NONE,
                             cancellable,
                             NULL,
                             NULL,
                             &part.size,
                             NULL,
                             NULL,
                             NULL);
  g_array_append_val (self->parts, part);
  self->size += part.size;
}

/* A folder that is not there yet has no size. */
static void
measure (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GDir) folder = g_dir_open (data, 0, NULL);
  Measure    *self = g_new0 (Measure, 1);
  const char *name;

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  while (folder && (name = g_dir_read_name (folder)))
    measure_part (self, data, name, cancellable);
  g_array_sort (self->parts, larger_first);
  g_task_return_pointer (task, self, measure_free);
}

/* --- showing --------------------------------------------------------------------------------- */

static void
add_part (PlanciaDataGroup *self, const Part *part)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *size = g_format_size (part->size);
  GtkWidget       *label = gtk_label_new (size);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), part->name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_expander_row_add_row (self->contents, row);
  g_ptr_array_add (self->rows, row);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaDataGroup *self = PLANCIA_DATA_GROUP (source);
  Measure          *found = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char  *text = NULL;

  /* Closed meanwhile. */
  if (found && self->folder_size) {
    text = g_format_size (found->size);
    gtk_label_set_text (self->folder_size, text);
    for (guint i = 0; i < self->rows->len; i++)
      adw_expander_row_remove (self->contents, self->rows->pdata[i]);
    g_ptr_array_set_size (self->rows, 0);
    for (guint i = 0; i < MIN (found->parts->len, MAX_ROWS); i++)
      add_part (self, &g_array_index (found->parts, Part, i));
    gtk_widget_set_sensitive (GTK_WIDGET (self->contents), found->parts->len > 0);
  }
  g_clear_pointer (&found, measure_free);
}

static void
open_cb (PlanciaDataGroup *self)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

/* Over the window of the program: its dialog is for what is open there. */
static void
clean_cb (PlanciaDataGroup *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWindow *parent = gtk_window_get_transient_for (window);

  gtk_window_close (window);
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.archive", NULL);
}

static void
plancia_data_group_dispose (GObject *object)
{
  PLANCIA_DATA_GROUP (object)->folder_size = NULL;

  G_OBJECT_CLASS (plancia_data_group_parent_class)->dispose (object);
}

static void
plancia_data_group_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_DATA_GROUP (object)->rows);

  G_OBJECT_CLASS (plancia_data_group_parent_class)->finalize (object);
}

static void
plancia_data_group_class_init (PlanciaDataGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_data_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_data_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/data-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDataGroup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDataGroup, folder_size);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDataGroup, contents);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, clean_cb);
}

static void
plancia_data_group_init (PlanciaDataGroup *self)
{
  g_autofree char *folder = dup_folder ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  adw_action_row_set_subtitle (self->folder_row, folder);
  plancia_data_group_refresh (self);
}

/** plancia_data_group_refresh: the sizes come a moment later */
void
plancia_data_group_refresh (PlanciaDataGroup *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, measured_cb, NULL);

  g_task_set_task_data (task, dup_folder (), g_free);
  g_task_run_in_thread (task, measure);
}
