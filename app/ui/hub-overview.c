/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/hub-overview.h"

#include "ui/hub-setup-dialog.h"
#include "ui/line-group.h"

struct _PlanciaHubOverview
{
  AdwBin parent_instance;

  PlanciaSession *session;
  PlanciaDevice  *device;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (PlanciaHubOverview, plancia_hub_overview, ADW_TYPE_BIN)

static PlanciaHubLine
line_of (PlanciaDevice *device)
{
  return plancia_address_get_line (plancia_entry_get_address (plancia_device_get_entry (device)));
}

static PlanciaDevice *
find_line (PlanciaHubOverview *self, PlanciaHubLine which)
{
  GListModel *children = plancia_device_get_children (self->device);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    if (line_of (child) == which)
      return child; /* the list keeps it */
  }
  return NULL;
}

static void
add_line (PlanciaHubOverview *self, PlanciaDevice *line, PlanciaHubLine which)
{
  gtk_box_append (GTK_BOX (self->box),
                  plancia_line_group_new (self->session, self->device, line, which));
}

static void
lines_changed (PlanciaHubOverview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);

  if (g_str_equal (plancia_device_get_kind (self->device), "line")) {
    add_line (self, self->device, line_of (self->device));
    return;
  }
  for (int which = PLANCIA_HUB_LINE_INVERTERS; which <= PLANCIA_HUB_LINE_CHARGERS; which++)
    add_line (self, find_line (self, which), which);
}

static void
set_up_clicked (PlanciaHubOverview *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaEntry     *entry = plancia_device_get_entry (self->device);
  GtkRoot          *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (plancia_hub_setup_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    plancia_entry_get_address (entry),
    plant && plancia_plant_get_simulated (plancia_open_plant_get_plant (plant))));
}

static void
plancia_hub_overview_dispose (GObject *object)
{
  PlanciaHubOverview *self = PLANCIA_HUB_OVERVIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_hub_overview_parent_class)->dispose (object);
}

static void
plancia_hub_overview_class_init (PlanciaHubOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_hub_overview_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/hub-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubOverview, box);
  gtk_widget_class_bind_template_callback (widget_class, set_up_clicked);
}

static void
plancia_hub_overview_init (PlanciaHubOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_hub_overview_new:
 * @session: the session, whose device the rows set
 * @device: a HUB, or one line of it
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_hub_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaHubOverview *self = g_object_new (PLANCIA_TYPE_HUB_OVERVIEW, NULL);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  g_signal_connect_object (plancia_device_get_children (device),
                           "items-changed",
                           G_CALLBACK (lines_changed),
                           self,
                           G_CONNECT_SWAPPED);
  lines_changed (self);
  return GTK_WIDGET (self);
}
