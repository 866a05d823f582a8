/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-dialog.h"

#include "base/worker.h"
#include "map/map-catalog.h"
#include "ui/device-identity.h"
#include "ui/error-dialog.h"
#include "ui/import-dialog.h"
#include "ui/map-editor.h"
#include "ui/map-use.h"

#include <glib/gi18n.h>

#define ID_KEY "plancia-map"

struct _PlanciaMapDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget      *use_button;
  GtkWidget      *detect_group;
  GtkCheckButton *detect_check;
  GtkWidget      *likely_group;
  GtkWidget      *other_group;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  PlanciaWorker    *worker; /* the maps are files */
  GCancellable     *cancellable;
  GtkCheckButton   *chosen; /* or NULL; one of the rows' */
  GPtrArray        *rows;   /* those of the maps, borrowed */
  char             *wanted; /* the map that was just imported, or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaMapDialog, plancia_map_dialog, ADW_TYPE_WINDOW)

/* --- the catalogue --------------------------------------------------------------------------- */

/* A map that can be chosen, or one of the person's own that is wrong. */
typedef struct
{
  char       *id;
  PlanciaMap *map; /* NULL: */
  GError     *error;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->id);
  g_clear_pointer (&choice->map, plancia_map_unref);
  g_clear_error (&choice->error);
  g_free (choice);
}

static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_auto (GStrv) ids = plancia_map_catalog_list ();
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (choice_free);

  for (gsize i = 0; ids[i] && !g_cancellable_is_cancelled (cancellable); i++) {
    Choice *choice = g_new0 (Choice, 1);

    choice->id = g_strdup (ids[i]);
    choice->map = plancia_map_catalog_get (ids[i], &choice->error);
    g_ptr_array_add (choices, choice);
  }
  g_task_return_pointer (task, g_steal_pointer (&choices), (GDestroyNotify) g_ptr_array_unref);
}

static void start_loading (PlanciaMapDialog *self);

/* --- rows ------------------------------------------------------------------------------------ */

static void
chosen_cb (PlanciaMapDialog *self, GtkCheckButton *check)
{
  if (!gtk_check_button_get_active (check))
    return;
  self->chosen = check;
  gtk_widget_set_sensitive (self->use_button, TRUE);
}

static gboolean
is_likely (PlanciaMapDialog *self, PlanciaMap *map)
{
  return map &&
         g_str_equal (plancia_map_get_device_kind (map), plancia_map_use_kind (self->device));
}

static GtkWidget *
make_check (PlanciaMapDialog *self, const Choice *choice, const char *title)
{
  GtkWidget  *check = gtk_check_button_new ();
  const char *present = plancia_entry_get_map (plancia_device_get_entry (self->device));

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->detect_check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), ID_KEY, g_strdup (choice->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  if (choice->map && g_strcmp0 (choice->id, self->wanted ? self->wanted : present) == 0)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  return check;
}

static void
edited_cb (PlanciaMapEditor *editor, const char *id, PlanciaMapDialog *self)
{
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  start_loading (self);
}

static void
show_editor (PlanciaMapDialog *self, const char *id)
{
  GtkWidget *editor = plancia_map_editor_show (GTK_WINDOW (self), self->plant, self->device, id);

  g_signal_connect_object (editor, "saved", G_CALLBACK (edited_cb), self, 0);
}

static void
edit_cb (PlanciaMapDialog *self, GtkButton *button)
{
  show_editor (self, g_object_get_data (G_OBJECT (button), ID_KEY));
}

static void
new_cb (PlanciaMapDialog *self)
{
  show_editor (self, NULL);
}

static GtkWidget *
make_edit (PlanciaMapDialog *self, const Choice *choice)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Edit this map…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Edit this map…"), -1);
  g_object_set_data_full (G_OBJECT (button), ID_KEY, g_strdup (choice->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_row (PlanciaMapDialog *self, const Choice *choice)
{
  GtkWidget  *row = adw_action_row_new ();
  GtkWidget  *group = is_likely (self, choice->map) ? self->likely_group : self->other_group;
  const char *title = choice->map ? plancia_map_label (plancia_map_get_name (choice->map))
                                  : choice->id;
  GtkWidget  *check = make_check (self, choice, title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               choice->error ? choice->error->message : choice->id);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  if (choice->map)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_edit (self, choice));
  gtk_widget_set_sensitive (row, choice->map != NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_visible (group, TRUE);
  g_ptr_array_add (self->rows, row);
}

static void
remove_rows (PlanciaMapDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
  }
  g_ptr_array_set_size (self->rows, 0);
  self->chosen = NULL;
  gtk_widget_set_sensitive (self->use_button, FALSE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaMapDialog *self = PLANCIA_MAP_DIALOG (source);
  g_autoptr (GPtrArray) choices = g_task_propagate_pointer (G_TASK (result), NULL);

  if (choices)
    remove_rows (self);
  for (guint i = 0; choices && i < choices->len; i++)
    add_row (self, g_ptr_array_index (choices, i));
}

static void
start_loading (PlanciaMapDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  plancia_worker_run (self->worker, task, load);
}

static void
show_device (PlanciaMapDialog *self)
{
  g_autofree char *evidence = plancia_device_identity_evidence (self->device);
  g_autofree char *text = NULL;

  adw_window_title_set_subtitle (self->heading, plancia_device_get_name (self->device));
  if (!evidence)
    return;
  /* Translators: %s is the start of a serial number and where it was read, "ZP1ES110… at 0x0445" */
  text = g_strdup_printf (_("The present map was guessed from the serial number: %s. Compare some "
                            "values with the device's display before you confirm it."),
                             evidence);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->detect_group), text);
}

/* --- choosing -------------------------------------------------------------------------------- */

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_open_plant_set_map_finish (PLANCIA_OPEN_PLANT (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (parent, _("The map could not be used"), error);
}

static void
use_cb (PlanciaMapDialog *self)
{
  GtkWindow  *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *id = g_object_get_data (G_OBJECT (self->chosen), ID_KEY);

  plancia_open_plant_set_map_async (self->plant,
                                    self->device,
                                    id,
                                    set_cb,
                                    parent ? g_object_ref (parent) : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- importing ------------------------------------------------------------------------------- */

static void
imported_cb (PlanciaImportDialog *dialog, const char *id, PlanciaMapDialog *self)
{
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  start_loading (self);
}

static void
import_ready (PlanciaImportDialog *dialog, gpointer user_data)
{
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), user_data, 0);
}

static void
import_cb (PlanciaMapDialog *self)
{
  plancia_import_dialog_choose (GTK_WINDOW (self), import_ready, G_OBJECT (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_dialog_dispose (GObject *object)
{
  PlanciaMapDialog *self = PLANCIA_MAP_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->plant);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_map_dialog_parent_class)->dispose (object);
}

static void
plancia_map_dialog_finalize (GObject *object)
{
  PlanciaMapDialog *self = PLANCIA_MAP_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_free (self->wanted);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (plancia_map_dialog_parent_class)->finalize (object);
}

static void
plancia_map_dialog_class_init (PlanciaMapDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_map_dialog_dispose;
  object_class->finalize = plancia_map_dialog_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, detect_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, detect_check);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, likely_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapDialog, other_group);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
}

static void
plancia_map_dialog_init (PlanciaMapDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-map-list");
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
}

/**
 * plancia_map_dialog_is_for:
 * @device: a line of the tree
 *
 * Returns: whether it is read by a register map, known or not
 */
gboolean
plancia_map_dialog_is_for (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry && plancia_entry_is_device (entry) &&
         plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS;
}

/**
 * plancia_map_dialog_show:
 * @parent: the window it belongs to
 * @plant: the plant of the device
 * @device: one that is read by a map
 *
 * Returns: (transfer none): the dialog, shown; the maps appear when they are read
 */
GtkWidget *
plancia_map_dialog_show (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  PlanciaMapDialog *self = g_object_new (PLANCIA_TYPE_MAP_DIALOG, "transient-for", parent, NULL);

  self->plant = g_object_ref (plant);
  self->device = g_object_ref (device);
  show_device (self);
  start_loading (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
