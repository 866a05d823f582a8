/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-overview.h"

#include "ui/alarms-card.h"
#include "ui/grid.h"
#include "ui/identity-card.h"
#include "ui/link-card.h"
#include "ui/now-card.h"
#include "ui/today-card.h"

struct _PlanciaDeviceOverview
{
  AdwBin parent_instance;

  PlanciaGrid         *grid;
  PlanciaNowCard      *now_card;
  PlanciaTodayCard    *today_card;
  PlanciaAlarmsCard   *alarms_card;
  PlanciaIdentityCard *identity_card;
  PlanciaLinkCard     *link_card;
  GtkWidget           *history; /* or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaDeviceOverview, plancia_device_overview, ADW_TYPE_BIN)

/* Cards that have nothing to say are hidden; the others of their row take their place. */
static void
lay_out (PlanciaDeviceOverview *self)
{
  gboolean today = gtk_widget_get_visible (GTK_WIDGET (self->today_card));
  gboolean alarms = gtk_widget_get_visible (GTK_WIDGET (self->alarms_card));
  guint    part = alarms ? 4 : 6;

  plancia_grid_set_span (self->grid, GTK_WIDGET (self->now_card), today ? 7 : 12);
  plancia_grid_set_span (self->grid, GTK_WIDGET (self->identity_card), part);
  plancia_grid_set_span (self->grid, GTK_WIDGET (self->link_card), part);
}

static void
flow_activated (PlanciaDeviceOverview *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "history");
}

static void
plancia_device_overview_class_init (PlanciaDeviceOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_GRID);
  g_type_ensure (PLANCIA_TYPE_NOW_CARD);
  g_type_ensure (PLANCIA_TYPE_TODAY_CARD);
  g_type_ensure (PLANCIA_TYPE_ALARMS_CARD);
  g_type_ensure (PLANCIA_TYPE_IDENTITY_CARD);
  g_type_ensure (PLANCIA_TYPE_LINK_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/device-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, grid);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, now_card);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, today_card);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, alarms_card);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, identity_card);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceOverview, link_card);
  gtk_widget_class_bind_template_callback (widget_class, lay_out);
  gtk_widget_class_bind_template_callback (widget_class, flow_activated);
}

static void
plancia_device_overview_init (PlanciaDeviceOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plancia_device_overview_new (void)
{
  return g_object_new (PLANCIA_TYPE_DEVICE_OVERVIEW, NULL);
}

/**
 * plancia_device_overview_set_history:
 * @self: the overview
 * @history: (transfer floating): stands below the link of what has a past in a cloud
 */
void
plancia_device_overview_set_history (PlanciaDeviceOverview *self, GtkWidget *history)
{
  self->history = history;
  gtk_widget_set_visible (history, FALSE);
  gtk_box_append (GTK_BOX (self->link_card), history);
}

/**
 * plancia_device_overview_set_device:
 * @self: the overview
 * @plant: (nullable): where the device is
 * @device: (nullable): whom it shows
 */
void
plancia_device_overview_set_device (PlanciaDeviceOverview *self,
                                    PlanciaOpenPlant      *plant,
                                    PlanciaDevice         *device)
{
  GTimeZone *zone = plant ? plancia_plant_get_zone (plancia_open_plant_get_plant (plant)) : NULL;

  plancia_now_card_set_device (self->now_card, plant, device);
  plancia_today_card_set_device (self->today_card, plant, device);
  plancia_alarms_card_set_device (self->alarms_card, device, zone);
  plancia_identity_card_set_device (self->identity_card, device, zone);
  plancia_link_card_set_device (self->link_card, device);
  if (self->history)
    gtk_widget_set_visible (self->history,
                            device && g_str_equal (plancia_device_get_kind (device), "thing"));
  lay_out (self);
}
