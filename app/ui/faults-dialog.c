/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/faults-dialog.h"

#include "ui/error-dialog.h"
#include "ui/fault-words.h"
#include "ui/tree-row.h"

#include <glib/gi18n.h>

#define INDENT      18 /* a level */
#define ROW_SPACING 12 /* of libadwaita, after a prefix */

struct _PlanciaFaultsDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *group;

  PlanciaDemoPlant *demo;
  GHashTable       *rows; /* name of the device -> AdwComboRow */
};

G_DEFINE_FINAL_TYPE (PlanciaFaultsDialog, plancia_faults_dialog, ADW_TYPE_WINDOW)

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, PlanciaFaultsDialog *self)
{
  const char        *device = g_object_get_data (G_OBJECT (row), "device");
  const char *const *faults =
    plancia_simulator_list_faults (plancia_demo_plant_get_simulator (self->demo), device);
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (GError) error = NULL;

  if (faults && selected < g_strv_length ((char **) faults) &&
      !plancia_demo_plant_set_fault (self->demo, device, faults[selected], &error))
    plancia_error_dialog_show (GTK_WINDOW (self), _("This fault is not possible"), error);
}

/* Under what it hangs on, as in the tree. */
static guint
find_depth (GPtrArray *devices, const PlanciaSimulatorDevice *device)
{
  for (guint i = 0; device->parent && i < devices->len; i++) {
    const PlanciaSimulatorDevice *parent = g_ptr_array_index (devices, i);

    if (g_str_equal (parent->name, device->parent))
      return 1 + find_depth (devices, parent);
  }
  return 0;
}

static void
indent (AdwActionRow *row, guint depth)
{
  GtkWidget *space;

  if (depth == 0)
    return;
  space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (space, INDENT * (int) depth - ROW_SPACING, -1);
  adw_action_row_add_prefix (row, space);
}

static void
add_row (PlanciaFaultsDialog *self, const PlanciaSimulatorDevice *device, const char *const *faults)
{
  GtkWidget  *row = adw_combo_row_new ();
  const char *present = plancia_demo_plant_get_fault (self->demo, device->name);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; faults[i]; i++) {
    gtk_string_list_append (list, plancia_fault_words (faults[i]));
    if (g_str_equal (faults[i], present))
      selected = i;
  }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 plancia_demo_plant_get_title (self->demo, device->name));
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), plancia_kind_icon (device->kind));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_object_set_data_full (G_OBJECT (row), "device", g_strdup (device->name), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  indent (ADW_ACTION_ROW (row),
          find_depth (plancia_simulator_get_devices (plancia_demo_plant_get_simulator (self->demo)),
                      device));
  adw_preferences_group_add (self->group, row);
  g_hash_table_insert (self->rows, g_strdup (device->name), row);
}

static void
plancia_faults_dialog_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_FAULTS_DIALOG (object)->demo);

  G_OBJECT_CLASS (plancia_faults_dialog_parent_class)->dispose (object);
}

static void
plancia_faults_dialog_finalize (GObject *object)
{
  g_hash_table_unref (PLANCIA_FAULTS_DIALOG (object)->rows);

  G_OBJECT_CLASS (plancia_faults_dialog_parent_class)->finalize (object);
}

static void
plancia_faults_dialog_class_init (PlanciaFaultsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_faults_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_faults_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/faults-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFaultsDialog, group);
}

static void
plancia_faults_dialog_init (PlanciaFaultsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * plancia_faults_dialog_new:
 * @parent: the window it belongs to
 * @demo: the demo plant, running
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
plancia_faults_dialog_new (GtkWindow *parent, PlanciaDemoPlant *demo)
{
  PlanciaSimulator    *simulator = plancia_demo_plant_get_simulator (demo);
  GPtrArray           *devices = plancia_simulator_get_devices (simulator);
  PlanciaFaultsDialog *self =
    g_object_new (PLANCIA_TYPE_FAULTS_DIALOG, "transient-for", parent, NULL);

  self->demo = g_object_ref (demo);
  for (guint i = 0; i < devices->len; i++) {
    const PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);
    const char *const            *faults = plancia_simulator_list_faults (simulator, device->name);

    if (faults && faults[0])
      add_row (self, device, faults);
  }
  return GTK_WINDOW (self);
}

/**
 * plancia_faults_dialog_show_device:
 * @self: the dialog, shown
 * @device: name of a simulated device
 *
 * Returns: FALSE if there is no row for it
 */
gboolean
plancia_faults_dialog_show_device (PlanciaFaultsDialog *self, const char *device)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, device);

  return row && gtk_widget_grab_focus (row);
}
