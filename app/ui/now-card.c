/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/now-card.h"

#include "base/signal-new.h"
#include "ui/device-flow.h"
#include "ui/device-quantities.h"
#include "ui/figures.h"
#include "ui/power-flow.h"
#include "ui/state-chip.h"

struct _PlanciaNowCard
{
  GtkBox parent_instance;

  PlanciaStateChip *chip;
  PlanciaPowerFlow *flow;
  PlanciaFigures   *figures;

  PlanciaOpenPlant *plant; /* weak */
  PlanciaDevice    *device;
  PlanciaDayCurve  *curve; /* kept by the device */
  GTimeZone        *zone;
  GSignalGroup     *signals;
};

enum {
  SIGNAL_FLOW_ACTIVATED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaNowCard, plancia_now_card, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* The device's own word for its state, as long as it is of now; else that of the connection. */
static void
show_state (PlanciaNowCard *self)
{
  gboolean    fault = FALSE, live = plancia_device_is_live (self->device);
  const char *words = live ? plancia_device_peek_state (self->device, &fault) : NULL;
  PlanciaMark mark = words && fault ? PLANCIA_MARK_FAILING : plancia_device_get_mark (self->device);

  plancia_state_chip_set (self->chip, mark, words);
}

/* A node opens the history, where there is one. */
static gboolean
has_history (PlanciaNowCard *self)
{
  return self->plant && plancia_open_plant_get_history_device (self->plant, self->device);
}

static void
show_content (PlanciaNowCard *self)
{
  gboolean flows = plancia_device_flow_makes_sense (self->device);

  gtk_widget_set_visible (GTK_WIDGET (self->flow), flows);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), !flows);
  if (flows) {
    g_autoptr (PlanciaFlowReading)
      reading = plancia_device_flow_read (self->device, self->curve, self->zone);

    plancia_power_flow_set (self->flow, reading);
    plancia_power_flow_set_activatable (self->flow, has_history (self));
  } else {
    plancia_figures_update (self->figures);
  }
}

static void
update (PlanciaNowCard *self)
{
  if (!self->device || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  show_state (self);
  show_content (self);
}

/* Fields belong to the map. */
static void
map_changed (PlanciaNowCard *self)
{
  plancia_figures_set_device (self->figures, self->device);
  update (self);
}

static void
flow_activated (PlanciaNowCard *self, int flow)
{
  g_signal_emit (self, signals[SIGNAL_FLOW_ACTIVATED], 0, flow);
}

static void
plancia_now_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_now_card_parent_class)->map (widget);
  update (PLANCIA_NOW_CARD (widget));
}

static void
plancia_now_card_dispose (GObject *object)
{
  PlanciaNowCard *self = PLANCIA_NOW_CARD (object);

  g_clear_object (&self->signals);
  self->curve = NULL;
  g_clear_weak_pointer (&self->plant);
  g_clear_object (&self->device);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_now_card_parent_class)->dispose (object);
}

static void
plancia_now_card_class_init (PlanciaNowCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_now_card_dispose;
  widget_class->map = plancia_now_card_map;

  signals[SIGNAL_FLOW_ACTIVATED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "flow-activated", 1, G_TYPE_INT);

  g_type_ensure (PLANCIA_TYPE_FIGURES);
  g_type_ensure (PLANCIA_TYPE_POWER_FLOW);
  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/now-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaNowCard, chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaNowCard, flow);
  gtk_widget_class_bind_template_child (widget_class, PlanciaNowCard, figures);
  gtk_widget_class_bind_template_callback (widget_class, flow_activated);
}

static void
plancia_now_card_init (PlanciaNowCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->signals, "readings", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::map", G_CALLBACK (map_changed), self);
}

/**
 * plancia_now_card_set_device:
 * @self: the card
 * @plant: (nullable): where the device is
 * @device: (nullable): whom it shows
 */
void
plancia_now_card_set_device (PlanciaNowCard *self, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  GTimeZone *zone = plant ? plancia_plant_get_zone (plancia_open_plant_get_plant (plant)) : NULL;

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_set_weak_pointer (&self->plant, plant);
  self->curve = plant && device ? plancia_day_curve_for (plant, device) : NULL;
  g_signal_group_set_target (self->signals, device);
  g_set_object (&self->device, device);
  plancia_figures_set_device (self->figures, device);
  update (self);
}
