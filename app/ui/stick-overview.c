/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stick-overview.h"

#include "ui/connection-dialog.h"
#include "ui/device-row.h"
#include "ui/link-card.h"
#include <glib/gi18n.h>

struct _PlanciaStickOverview
{
  AdwBin parent_instance;

  AdwPreferencesGroup *devices_group;
  AdwActionRow        *address_row;
  AdwActionRow        *framing_row;
  AdwActionRow        *serial_row;
  PlanciaLinkCard     *link_card;

  PlanciaSession *session;
  PlanciaDevice  *device;
  GPtrArray      *rows; /* PlanciaDeviceRow, of the group */
};

G_DEFINE_FINAL_TYPE (PlanciaStickOverview, plancia_stick_overview, ADW_TYPE_BIN)

static void
clear_rows (PlanciaStickOverview *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaDeviceRow *row = g_ptr_array_index (self->rows, i);

    g_signal_handlers_disconnect_by_data (plancia_device_row_get_device (row), self);
    adw_preferences_group_remove (self->devices_group, GTK_WIDGET (row));
  }
  g_ptr_array_set_size (self->rows, 0);
}

static PlanciaAddress *
address_of (PlanciaStickOverview *self)
{
  return plancia_entry_get_address (plancia_device_get_entry (self->device));
}

static char *
framing_text (PlanciaStickOverview *self)
{
  const char        *set = plancia_address_get_option (address_of (self), "framing");
  PlanciaBackend    *backend = plancia_device_get_backend (self->device);
  PlanciaLinkQuality quality = {0};

  if (g_strcmp0 (set, "tcp") == 0)
    return g_strdup ("Modbus TCP");
  if (g_strcmp0 (set, "rtu") == 0)
    return g_strdup ("RTU over TCP");
  if (g_strcmp0 (set, "v5") == 0)
    return g_strdup ("Solarman V5");
  if (backend)
    plancia_backend_get_quality (backend, &quality);
  if (!quality.framing)
    return g_strdup (_("Found by itself when the stick answers"));
  /* Translators: %s is a framing such as “Modbus TCP” */
  return g_strdup_printf (_("%s, found by itself"), quality.framing);
}

static void
show_framing (PlanciaStickOverview *self)
{
  gboolean         has = plancia_address_has_option (address_of (self), "framing");
  g_autofree char *text = has ? framing_text (self) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->framing_row), has);
  if (has && g_strcmp0 (adw_action_row_get_subtitle (self->framing_row), text) != 0)
    adw_action_row_set_subtitle (self->framing_row, text);
}

static void
settings_clicked (PlanciaStickOverview *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  GtkRoot          *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (plant)
    gtk_window_present (
      plancia_connection_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                     plant,
                                     self->device));
}

/* All devices of a stick share one connection: the first stands for it. */
static void
children_changed (PlanciaStickOverview *self)
{
  GListModel *children = plancia_device_get_children (self->device);
  guint       n = g_list_model_get_n_items (children);
  g_autoptr (PlanciaDevice) first = g_list_model_get_item (children, 0);

  clear_rows (self);
  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);
    GtkWidget *row = plancia_device_row_new (self->session, child);

    g_signal_connect_object (child, "readings", G_CALLBACK (show_framing), self, G_CONNECT_SWAPPED);
    g_ptr_array_add (self->rows, row);
    adw_preferences_group_add (self->devices_group, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->devices_group), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->link_card), n > 0);
  plancia_link_card_set_device (self->link_card, first);
}

static void
show_address (PlanciaStickOverview *self)
{
  PlanciaAddress  *address = address_of (self);
  g_autofree char *text = plancia_address_to_string (address);
  guint32          serial = plancia_address_get_serial (address);
  g_autofree char *number = g_strdup_printf ("%u", serial);

  adw_action_row_set_subtitle (self->address_row, text);
  adw_action_row_set_subtitle (self->serial_row, number);
  gtk_widget_set_visible (GTK_WIDGET (self->serial_row), serial != 0);
  show_framing (self);
}

static void
plancia_stick_overview_dispose (GObject *object)
{
  PlanciaStickOverview *self = PLANCIA_STICK_OVERVIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_stick_overview_parent_class)->dispose (object);
}

static void
plancia_stick_overview_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_STICK_OVERVIEW (object)->rows);

  G_OBJECT_CLASS (plancia_stick_overview_parent_class)->finalize (object);
}

static void
plancia_stick_overview_class_init (PlanciaStickOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_stick_overview_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_stick_overview_finalize;

  g_type_ensure (PLANCIA_TYPE_LINK_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/stick-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaStickOverview, devices_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStickOverview, address_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStickOverview, serial_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStickOverview, framing_row);
  gtk_widget_class_bind_template_callback (widget_class, settings_clicked);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStickOverview, link_card);
}

static void
plancia_stick_overview_init (PlanciaStickOverview *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_stick_overview_new:
 * @session: the session, whose device the rows set
 * @device: a stick
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_stick_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaStickOverview *self = g_object_new (PLANCIA_TYPE_STICK_OVERVIEW, NULL);
  PlanciaOpenPlant     *plant = plancia_session_get_plant (session);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  g_signal_connect_object (plancia_device_get_children (device),
                           "items-changed",
                           G_CALLBACK (children_changed),
                           self,
                           G_CONNECT_SWAPPED);
  if (plant)
    g_signal_connect_object (plant,
                             "document-changed",
                             G_CALLBACK (show_address),
                             self,
                             G_CONNECT_SWAPPED);
  show_address (self);
  children_changed (self);
  return GTK_WIDGET (self);
}
