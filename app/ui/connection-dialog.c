/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/connection-dialog.h"

#include "model/connection-options.h"
#include "ui/error-dialog.h"

#include <glib/gi18n.h>

struct _PlanciaConnectionDialog
{
  AdwWindow parent_instance;

  GtkWidget           *apply_button;
  AdwPreferencesGroup *group;
  AdwActionRow        *address_row;
  AdwComboRow         *framing_row;
  GtkSpinButton       *spacing_spin;
  GtkSpinButton       *timeout_spin;
  GtkWidget           *warning_row;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  PlanciaAddress   *address; /* as it is now */
};

G_DEFINE_FINAL_TYPE (PlanciaConnectionDialog, plancia_connection_dialog, ADW_TYPE_WINDOW)

static const struct
{
  const char *value; /* of the option; NULL: left out */
  const char *name;
} framings[] = {
  {NULL,  N_ ("Found by itself")},
   {"tcp", "Modbus TCP"          },
   {"rtu", "RTU over TCP"        },
   {"v5",  "Solarman V5"         },
};

static PlanciaAddress *
address_of (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry ? plancia_entry_get_address (entry) : NULL;
}

/* --- from the form to an address ------------------------------------------------------------- */

static guint
milliseconds_of (GtkSpinButton *spin)
{
  return (guint) (gtk_spin_button_get_value (spin) * 1000 + 0.5);
}

/* Takes address, which may be NULL. (transfer full) */
static PlanciaAddress *
with (PlanciaAddress *address, const char *name, const char *value, GError **error)
{
  g_autoptr (PlanciaAddress) before = address;

  if (!before || !plancia_address_has_option (before, name))
    return g_steal_pointer (&before);
  return plancia_address_with_option (before, name, value, error);
}

/* (transfer full) */
static PlanciaAddress *
make_address (PlanciaConnectionDialog *self, GError **error)
{
  guint            framing = adw_combo_row_get_selected (self->framing_row);
  guint            timeout = milliseconds_of (self->timeout_spin);
  g_autofree char *spacing = g_strdup_printf ("%u", milliseconds_of (self->spacing_spin));
  g_autofree char *limit = timeout > 0 ? g_strdup_printf ("%u", timeout) : NULL;
  PlanciaAddress  *address = plancia_address_ref (self->address);

  address =
    with (address, "framing", framings[MIN (framing, G_N_ELEMENTS (framings) - 1)].value, error);
  address = with (address, "spacing", spacing, error);
  return with (address, "timeout", limit, error);
}

static void
apply_clicked (PlanciaConnectionDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = make_address (self, &error);

  if (!address) {
    plancia_error_dialog_show (GTK_WINDOW (self), _("This setting is not possible"), error);
    return;
  }
  plancia_connection_options_apply (self->plant, self->device, address);
  gtk_window_close (GTK_WINDOW (self));
}

/* The vendor warns of a pause below that which the HUB itself keeps; how long that is Plancia does not know. */
static void
changed_cb (PlanciaConnectionDialog *self)
{
  g_autoptr (PlanciaAddress) address = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean         hub;

  if (!self->address)
    return;
  address = make_address (self, NULL);
  before = plancia_address_to_string (self->address);
  after = address ? plancia_address_to_string (address) : NULL;
  hub = plancia_address_get_kind (self->address) == PLANCIA_ADDRESS_HUB;
  gtk_widget_set_sensitive (self->apply_button, after && !g_str_equal (before, after));
  gtk_widget_set_visible (self->warning_row, hub && milliseconds_of (self->spacing_spin) < 3000);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_connection_dialog_dispose (GObject *object)
{
  PlanciaConnectionDialog *self = PLANCIA_CONNECTION_DIALOG (object);

  g_clear_object (&self->plant);
  g_clear_object (&self->device);
  g_clear_pointer (&self->address, plancia_address_unref);

  G_OBJECT_CLASS (plancia_connection_dialog_parent_class)->dispose (object);
}

static void
plancia_connection_dialog_class_init (PlanciaConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_connection_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, framing_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, spacing_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, timeout_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConnectionDialog, warning_row);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
plancia_connection_dialog_init (PlanciaConnectionDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    gtk_string_list_append (list, _ (framings[i].name));
  adw_combo_row_set_model (self->framing_row, G_LIST_MODEL (list));
}

static void
fill (PlanciaConnectionDialog *self, PlanciaAddress *address)
{
  const char      *framing = plancia_address_get_option (address, "framing");
  g_autofree char *connection = plancia_address_dup_connection (address);

  adw_action_row_set_subtitle (self->address_row, connection);
  gtk_widget_set_visible (GTK_WIDGET (self->framing_row),
                          plancia_address_has_option (address, "framing"));
  for (guint i = 1; i < G_N_ELEMENTS (framings); i++) {
    if (g_strcmp0 (framings[i].value, framing) == 0)
      adw_combo_row_set_selected (self->framing_row, i);
  }
  gtk_spin_button_set_value (self->spacing_spin, plancia_address_get_spacing (address) / 1000.0);
  gtk_spin_button_set_value (self->timeout_spin, plancia_address_get_timeout (address) / 1000.0);
}

/* TRUE for what carries Modbus: a portal and a console keep their own pace. */
gboolean
plancia_connection_dialog_is_possible (PlanciaDevice *device)
{
  PlanciaAddress *address = address_of (device);

  return address && plancia_address_has_option (address, "timeout") &&
         !g_str_equal (plancia_device_get_kind (device), "hub");
}

/**
 * plancia_connection_dialog_new:
 * @parent: the window it belongs to
 * @plant: where the device is
 * @device: one for which plancia_connection_dialog_is_possible()
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_connection_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  PlanciaConnectionDialog *self =
    g_object_new (PLANCIA_TYPE_CONNECTION_DIALOG, "transient-for", parent, NULL);

  self->plant = g_object_ref (plant);
  self->device = g_object_ref (device);
  fill (self, address_of (device));
  self->address = plancia_address_ref (address_of (device));
  changed_cb (self);
  return GTK_WINDOW (self);
}
