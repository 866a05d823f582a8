/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/today-card.h"

#include "model/day-curve.h"
#include "ui/day-chart.h"
#include "ui/device-quantities.h"
#include "ui/device-words.h"
#include "ui/energy-tile.h"
#include <glib/gi18n.h>
#include <math.h>

#define COLUMNS  2
#define N_TILES  6
#define FIRST    PLANCIA_QUANTITY_ENERGY_PV
#define RELOAD_S 600

struct _PlanciaTodayCard
{
  GtkBox parent_instance;

  GtkLabel        *self_label;
  GtkGrid         *tiles;
  PlanciaDayChart *chart;

  PlanciaDevice   *device;
  PlanciaDayCurve *curve; /* kept by the device */
  GSignalGroup    *signals;
  guint            shown;  /* bits: which tiles there are */
  guint            reload; /* asks for newer history while the card is on the screen */
};

G_DEFINE_FINAL_TYPE (PlanciaTodayCard, plancia_today_card, GTK_TYPE_BOX)

/* --- tiles ----------------------------------------------------------------------------------- */

static guint
find_tiles (PlanciaTodayCard *self)
{
  guint bits = 0;

  for (guint i = 0; self->device && i < N_TILES; i++)
    bits |= plancia_device_shows_quantity (self->device, FIRST + i) ? 1u << i : 0;
  return bits;
}

static void
make_tiles (PlanciaTodayCard *self, guint bits)
{
  GtkWidget *child;
  int        n = 0;

  if (bits == self->shown)
    return;
  self->shown = bits;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))))
    gtk_grid_remove (self->tiles, child);
  for (guint i = 0; i < N_TILES; i++) {
    if (!(bits & 1u << i))
      continue;
    gtk_grid_attach (self->tiles,
                     plancia_energy_tile_new (FIRST + i),
                     n % COLUMNS,
                     n / COLUMNS,
                     1,
                     1);
    n++;
  }
}

static void
show_values (PlanciaTodayCard *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  for (; child; child = gtk_widget_get_next_sibling (child)) {
    PlanciaEnergyTile *tile = PLANCIA_ENERGY_TILE (child);
    double             value = NAN;

    if (!plancia_device_get_quantity (self->device,
                                      plancia_energy_tile_get_quantity (tile),
                                      &value))
      value = NAN;
    plancia_energy_tile_set_value (tile, value);
  }
}

/* Which part of what was used did not come from the grid. */
static void
show_self_sufficiency (PlanciaTodayCard *self)
{
  g_autofree char *text = NULL;
  double           used = 0, imported = 0;

  if (plancia_device_get_quantity (self->device, PLANCIA_QUANTITY_ENERGY_LOAD, &used) &&
      plancia_device_get_quantity (self->device, PLANCIA_QUANTITY_ENERGY_IMPORT, &imported) &&
      used > 0)
    text = plancia_device_words_self_sufficiency (1 - imported / used);
  if (g_strcmp0 (gtk_label_get_text (self->self_label), text ? text : "") != 0)
    gtk_label_set_text (self->self_label, text ? text : "");
}

static void
update (PlanciaTodayCard *self)
{
  guint bits = find_tiles (self);

  make_tiles (self, bits);
  if (gtk_widget_get_visible (GTK_WIDGET (self)) != (bits != 0))
    gtk_widget_set_visible (GTK_WIDGET (self), bits != 0);
  if (!self->device)
    return;
  show_values (self);
  show_self_sufficiency (self);
}

/* --- curve ----------------------------------------------------------------------------------- */

static void
load (PlanciaTodayCard *self)
{
  if (self->curve && gtk_widget_get_mapped (GTK_WIDGET (self)))
    plancia_day_curve_load (self->curve);
}

static gboolean
load_again (gpointer data)
{
  load (data);
  return G_SOURCE_CONTINUE;
}

/* The history is found by the serial number, which may be read only now. */
static void
readings (PlanciaTodayCard *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || self->shown == 0)
    update (self);
  load (self);
}

static void
plancia_today_card_map (GtkWidget *widget)
{
  PlanciaTodayCard *self = PLANCIA_TODAY_CARD (widget);

  GTK_WIDGET_CLASS (plancia_today_card_parent_class)->map (widget);
  self->reload = g_timeout_add_seconds (RELOAD_S, load_again, self);
  update (self);
  load (self);
}

static void
plancia_today_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLANCIA_TODAY_CARD (widget)->reload, g_source_remove);
  GTK_WIDGET_CLASS (plancia_today_card_parent_class)->unmap (widget);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_today_card_dispose (GObject *object)
{
  PlanciaTodayCard *self = PLANCIA_TODAY_CARD (object);

  g_clear_handle_id (&self->reload, g_source_remove);
  g_clear_object (&self->signals);
  self->curve = NULL;
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_today_card_parent_class)->dispose (object);
}

static void
plancia_today_card_class_init (PlanciaTodayCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_today_card_dispose;
  widget_class->map = plancia_today_card_map;
  widget_class->unmap = plancia_today_card_unmap;

  g_type_ensure (PLANCIA_TYPE_DAY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/today-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTodayCard, self_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTodayCard, tiles);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTodayCard, chart);
}

static void
plancia_today_card_init (PlanciaTodayCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->signals, "readings", G_CALLBACK (readings), self);
  g_signal_group_connect_swapped (self->signals, "notify::map", G_CALLBACK (update), self);
}

/**
 * plancia_today_card_set_device:
 * @self: the card
 * @plant: (nullable): where the device is
 * @device: (nullable): whom it shows
 */
void
plancia_today_card_set_device (PlanciaTodayCard *self,
                               PlanciaOpenPlant *plant,
                               PlanciaDevice    *device)
{
  GTimeZone *zone = plant ? plancia_plant_get_zone (plancia_open_plant_get_plant (plant)) : NULL;

  self->curve = plant && device ? plancia_day_curve_for (plant, device) : NULL;
  plancia_day_chart_set_curve (self->chart, self->curve, zone);
  g_signal_group_set_target (self->signals, device);
  g_set_object (&self->device, device);
  update (self);
  load (self);
}
