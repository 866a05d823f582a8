/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-tile.h"

#include "base/text.h"
#include "ui/color-key.h"
#include "ui/figure.h"
#include <glib/gi18n.h>
#include <math.h>

struct _PlanciaEnergyTile
{
  GtkBox parent_instance;

  PlanciaColorKey *key;
  GtkLabel        *name_label;
  GtkInscription  *figure;
  PlanciaQuantity  quantity;
};

typedef struct
{
  PlanciaQuantity quantity;
  const char     *name;
  const char     *color;
  gboolean        hatched; /* away from the house */
} Look;

static const Look looks[] = {
  {PLANCIA_QUANTITY_ENERGY_PV,        N_ ("Produced"),   "series_1", FALSE},
   {PLANCIA_QUANTITY_ENERGY_LOAD,      N_ ("Used"),       "series_2", FALSE},
    {PLANCIA_QUANTITY_ENERGY_EXPORT,    N_ ("Exported"),   "series_4", TRUE },
     {PLANCIA_QUANTITY_ENERGY_IMPORT,    N_ ("Imported"),   "series_5", FALSE},
      {PLANCIA_QUANTITY_ENERGY_CHARGE,    N_ ("Charged"),    "series_3", FALSE},
       {PLANCIA_QUANTITY_ENERGY_DISCHARGE, N_ ("Discharged"), "series_3", TRUE },
};

G_DEFINE_FINAL_TYPE (PlanciaEnergyTile, plancia_energy_tile, GTK_TYPE_BOX)

static void
plancia_energy_tile_class_init (PlanciaEnergyTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_COLOR_KEY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/energy-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyTile, key);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyTile, figure);
}

static void
plancia_energy_tile_init (PlanciaEnergyTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_energy_tile_new:
 * @quantity: one of the energies of today
 *
 * Returns: (transfer floating): a tile without a figure
 */
GtkWidget *
plancia_energy_tile_new (PlanciaQuantity quantity)
{
  PlanciaEnergyTile *self = g_object_new (PLANCIA_TYPE_ENERGY_TILE, NULL);

  self->quantity = quantity;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    if (looks[i].quantity != quantity)
      continue;
    gtk_label_set_text (self->name_label, _ (looks[i].name));
    plancia_color_key_set (self->key, looks[i].color, looks[i].hatched);
  }
  return GTK_WIDGET (self);
}

PlanciaQuantity
plancia_energy_tile_get_quantity (PlanciaEnergyTile *self)
{
  return self->quantity;
}

/**
 * plancia_energy_tile_set_value:
 * @self: a tile
 * @kilowatt_hours: NAN shows an em dash
 */
void
plancia_energy_tile_set_value (PlanciaEnergyTile *self, double kilowatt_hours)
{
  const char      *unit = NULL;
  g_autofree char *number = plancia_text_energy (kilowatt_hours, &unit);

  plancia_figure_set (self->figure, number, unit);
}
