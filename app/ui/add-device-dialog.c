/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/add-device-dialog.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "map/map-catalog.h"
#include "ui/add-entry.h"
#include "ui/address-form.h"
#include "ui/address-words.h"
#include "ui/ports-dialog.h"

#include <glib/gi18n.h>
#include <stdlib.h>

struct _PlanciaAddDeviceDialog
{
  AdwWindow parent_instance;

  GtkWidget     *add_button;
  AdwComboRow   *route_row;
  GtkEditable   *host_row;
  GtkWidget     *ports_button;
  AdwComboRow   *line_row;
  GtkWidget     *unit_row;
  GtkSpinButton *unit_spin;
  GtkEditable   *serial_row;
  AdwComboRow   *baud_row;
  GtkEditable   *address_row;
  GtkRevealer   *problem_revealer;
  GtkLabel      *problem_label;
  GtkEditable   *name_row;
  AdwComboRow   *kind_row;
  AdwComboRow   *map_row;

  PlanciaWorker *worker; /* files */
  GStrv          maps; /* ids, as in map_row but for its first line; empty until they were listed */
  PlanciaAddress *address; /* of the text, NULL while it is wrong */
  gboolean        syncing; /* one of the two forms follows the other */
  gboolean        named;   /* by the person, not by us */
};

enum {
  SIGNAL_ACCEPTED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaAddDeviceDialog, plancia_add_device_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

static const struct
{
  const char *kind;
  const char *name;
} kinds[] = {
  {"inverter",    N_ ("Inverter")   },
   {"battery",     N_ ("Battery")    },
    {"meter",       N_ ("Meter")      },
     {"ev-charger",  N_ ("EV charger") },
      {"heat-pump",   N_ ("Heat pump")  },
       {"power-magic", N_ ("Power Magic")},
        {"console",     N_ ("Console")    },
         {"other",       N_ ("Other")      },
};

/* --- validity -------------------------------------------------------------------------------- */

/* A stick, a HUB or a bus leads to many devices: which one is the unit. */
static gboolean
lacks_unit (PlanciaAddress *address)
{
  return plancia_address_get_kind (address) != PLANCIA_ADDRESS_CONNEXT &&
         plancia_address_get_unit (address) < 0;
}

static gboolean
is_cloud (PlanciaAddress *address)
{
  return plancia_address_get_account (address) != NULL;
}

static void
show_problem (PlanciaAddDeviceDialog *self, const char *problem)
{
  GtkWidget *row = GTK_WIDGET (self->address_row);

  gtk_revealer_set_reveal_child (self->problem_revealer, problem != NULL);
  if (problem) {
    gtk_label_set_label (self->problem_label, problem);
    gtk_widget_add_css_class (row, "error");
  } else {
    gtk_widget_remove_css_class (row, "error");
  }
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               problem ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
update_button (PlanciaAddDeviceDialog *self)
{
  gtk_widget_set_sensitive (self->add_button, plancia_add_device_dialog_is_valid (self));
}

/* Nothing is wrong before something is entered. */
static void
check (PlanciaAddDeviceDialog *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  const char *host = gtk_editable_get_text (self->host_row);
  g_auto (PlanciaAddressProblem) problem = {0};
  g_autofree char *sentence = NULL;

  g_clear_pointer (&self->address, plancia_address_unref);
  self->address = plancia_address_examine (text, &problem);
  sentence = plancia_address_words (&problem);
  if (!self->address)
    show_problem (self, host[0] == '\0' && !self->named ? NULL : sentence);
  else if (is_cloud (self->address))
    show_problem (self, _("Add a portal account for this."));
  else if (lacks_unit (self->address))
    show_problem (self, _("The unit is missing: add a slash and its number."));
  else
    show_problem (self, NULL);
  update_button (self);
}

/* --- the two forms --------------------------------------------------------------------------- */

static void
show_rows (PlanciaAddDeviceDialog *self)
{
  PlanciaFormRows rows =
    plancia_address_form_get_rows (adw_combo_row_get_selected (self->route_row));
  gboolean device = (rows & PLANCIA_FORM_DEVICE) != 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->host_row),
                                 device
                                 ? _("Serial port, such as /dev/ttyUSB0")
                                 : _("Host name or IP address"));
  gtk_widget_set_visible (self->ports_button, device);
  gtk_widget_set_visible (GTK_WIDGET (self->line_row), rows & PLANCIA_FORM_LINE);
  gtk_widget_set_visible (self->unit_row, rows & PLANCIA_FORM_UNIT);
  gtk_widget_set_visible (GTK_WIDGET (self->serial_row), rows & PLANCIA_FORM_SERIAL);
  gtk_widget_set_visible (GTK_WIDGET (self->baud_row), rows & PLANCIA_FORM_BAUD);
  gtk_widget_set_visible (GTK_WIDGET (self->map_row), rows & PLANCIA_FORM_UNIT);
}

static guint
get_baud (PlanciaAddDeviceDialog *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->baud_row);

  return item ? (guint) atoi (gtk_string_object_get_string (item)) : 9600;
}

static void
select_baud (PlanciaAddDeviceDialog *self, guint baud)
{
  GListModel *model = adw_combo_row_get_model (self->baud_row);
  guint       n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

    if ((guint) atoi (gtk_string_object_get_string (item)) == baud)
      adw_combo_row_set_selected (self->baud_row, i);
  }
}

static void
select_kind (PlanciaAddDeviceDialog *self, const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].kind, kind))
      adw_combo_row_set_selected (self->kind_row, i);
  }
}

/* A suggestion until the person writes a name. */
static void
suggest (PlanciaAddDeviceDialog *self)
{
  const char *kind;

  if (!self->address)
    return;
  kind = plancia_add_entry_kind (self->address);
  select_kind (self, kind);
  for (guint i = 0; !self->named && i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].kind, kind)) {
      gtk_editable_set_text (self->name_row, _ (kinds[i].name));
      self->named = FALSE;
    }
  }
}

static void
form_cb (PlanciaAddDeviceDialog *self)
{
  PlanciaAddressForm form = {0};
  g_autofree char   *text = NULL;

  if (self->syncing)
    return;

  form.route = adw_combo_row_get_selected (self->route_row);
  form.host = g_strstrip (g_strdup (gtk_editable_get_text (self->host_row)));
  form.line = adw_combo_row_get_selected (self->line_row);
  form.unit = (guint) gtk_spin_button_get_value_as_int (self->unit_spin);
  form.serial = g_strstrip (g_strdup (gtk_editable_get_text (self->serial_row)));
  form.baud = get_baud (self);
  text = plancia_address_form_to_text (&form);
  plancia_address_form_clear (&form);

  show_rows (self);
  self->syncing = TRUE;
  gtk_editable_set_text (self->address_row, text);
  self->syncing = FALSE;
  check (self);
  suggest (self);
}

static void
fill_form (PlanciaAddDeviceDialog *self)
{
  g_auto (PlanciaAddressForm) form = {0};

  if (!self->address || !plancia_address_form_from_address (&form, self->address))
    return;

  self->syncing = TRUE;
  adw_combo_row_set_selected (self->route_row, form.route);
  gtk_editable_set_text (self->host_row, form.host);
  adw_combo_row_set_selected (self->line_row, form.line);
  gtk_spin_button_set_value (self->unit_spin, form.unit);
  gtk_editable_set_text (self->serial_row, form.serial);
  select_baud (self, form.baud);
  self->syncing = FALSE;
  show_rows (self);
}

static void
address_cb (PlanciaAddDeviceDialog *self)
{
  if (self->syncing)
    return;

  check (self);
  fill_form (self);
  suggest (self);
}

static void
port_chosen_cb (const char *path, gpointer user_data)
{
  gtk_editable_set_text (PLANCIA_ADD_DEVICE_DIALOG (user_data)->host_row, path);
}

static void
ports_cb (PlanciaAddDeviceDialog *self)
{
  plancia_ports_dialog_show (GTK_WINDOW (self),
                             gtk_editable_get_text (self->host_row),
                             port_chosen_cb,
                             g_object_ref (self),
                             g_object_unref);
}

static void
name_cb (PlanciaAddDeviceDialog *self)
{
  self->named = TRUE;
  update_button (self);
}

static void
add_cb (PlanciaAddDeviceDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- lists ----------------------------------------------------------------------------------- */

static void
fill_lists (PlanciaAddDeviceDialog *self)
{
  g_auto (GStrv) routes = plancia_address_form_list_routes ();
  g_autoptr (GtkStringList) route_list = gtk_string_list_new ((const char *const *) routes);
  g_autoptr (GtkStringList) kind_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) map_list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_list, _ (kinds[i].name));
  /* Translators: which register map; the device itself is asked */
  gtk_string_list_append (map_list, _("Detected from the device"));
  adw_combo_row_set_model (self->route_row, G_LIST_MODEL (route_list));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kind_list));
  adw_combo_row_set_model (self->map_row, G_LIST_MODEL (map_list));
}

/* --- the maps -------------------------------------------------------------------------------- */

static void
list_maps (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, plancia_map_catalog_list (), (GDestroyNotify) g_strfreev);
}

static void
maps_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaAddDeviceDialog *self = PLANCIA_ADD_DEVICE_DIALOG (source);
  g_auto (GStrv) maps = g_task_propagate_pointer (G_TASK (result), NULL);
  GListModel *list = adw_combo_row_get_model (self->map_row);

  if (!maps || !list)
    return;

  g_strfreev (self->maps);
  self->maps = g_steal_pointer (&maps);
  for (gsize i = 0; self->maps[i]; i++)
    gtk_string_list_append (GTK_STRING_LIST (list), self->maps[i]);
}

/* A folder of the person's own maps is read: not here. */
static void
begin_maps (PlanciaAddDeviceDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, maps_listed_cb, NULL);

  self->maps = g_new0 (char *, 1);
  self->worker = plancia_worker_new ("plancia-maps");
  plancia_worker_run (self->worker, task, list_maps);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_add_device_dialog_dispose (GObject *object)
{
  PlanciaAddDeviceDialog *self = PLANCIA_ADD_DEVICE_DIALOG (object);

  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (plancia_add_device_dialog_parent_class)->dispose (object);
}

static void
plancia_add_device_dialog_finalize (GObject *object)
{
  PlanciaAddDeviceDialog *self = PLANCIA_ADD_DEVICE_DIALOG (object);

  g_clear_pointer (&self->address, plancia_address_unref);
  g_strfreev (self->maps);

  G_OBJECT_CLASS (plancia_add_device_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               PLANCIA_RESOURCE_PREFIX "/add-device-dialog.ui");
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, add_button);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, route_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, host_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, ports_button);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, line_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, unit_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, unit_spin);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, serial_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, baud_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, address_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, problem_revealer);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, problem_label);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, name_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, kind_row);
  gtk_widget_class_bind_template_child (klass, PlanciaAddDeviceDialog, map_row);
  gtk_widget_class_bind_template_callback (klass, form_cb);
  gtk_widget_class_bind_template_callback (klass, address_cb);
  gtk_widget_class_bind_template_callback (klass, name_cb);
  gtk_widget_class_bind_template_callback (klass, ports_cb);
  gtk_widget_class_bind_template_callback (klass, add_cb);
}

static void
plancia_add_device_dialog_class_init (PlanciaAddDeviceDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_add_device_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_add_device_dialog_finalize;

  signals[SIGNAL_ACCEPTED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "accepted", 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass),
                                       GDK_KEY_Escape,
                                       0,
                                       "window.close",
                                       NULL);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_add_device_dialog_init (PlanciaAddDeviceDialog *self)
{
  /* The template's own changes are no entries of a person. */
  self->syncing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  begin_maps (self);
  fill_lists (self);
  select_baud (self, 9600);
  self->syncing = FALSE;
  form_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
}

/**
 * plancia_add_device_dialog_new:
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_add_device_dialog_new (GtkWindow *parent)
{
  return g_object_new (PLANCIA_TYPE_ADD_DEVICE_DIALOG, "transient-for", parent, NULL);
}

/**
 * plancia_add_device_dialog_apply:
 * @self: the dialog, which is valid
 * @plant: gets the device, and what it hangs on
 *
 * Returns: (transfer none): the device's entry
 */
PlanciaEntry *
plancia_add_device_dialog_apply (PlanciaAddDeviceDialog *self, PlanciaPlant *plant)
{
  guint            kind = adw_combo_row_get_selected (self->kind_row);
  guint            map = adw_combo_row_get_selected (self->map_row);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));

  g_return_val_if_fail (plancia_add_device_dialog_is_valid (self), NULL);

  return plancia_add_entry (plant,
                            kinds[MIN (kind, G_N_ELEMENTS (kinds) - 1)].kind,
                            name,
                            self->address,
                            map > 0 && map != GTK_INVALID_LIST_POSITION ? self->maps[map - 1]
                                                                        : NULL);
}

void
plancia_add_device_dialog_set_address (PlanciaAddDeviceDialog *self, const char *text)
{
  gtk_editable_set_text (self->address_row, text);
}

gboolean
plancia_add_device_dialog_is_valid (PlanciaAddDeviceDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));

  return self->address && !is_cloud (self->address) && !lacks_unit (self->address) &&
         name[0] != '\0';
}
