/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of today's energies: colour, name, figure. */
#define PLANCIA_TYPE_ENERGY_TILE (plancia_energy_tile_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEnergyTile, plancia_energy_tile, PLANCIA, ENERGY_TILE, GtkBox)

/* quantity: one of the energies. */
GtkWidget      *plancia_energy_tile_new (PlanciaQuantity quantity);
PlanciaQuantity plancia_energy_tile_get_quantity (PlanciaEnergyTile *self);
void plancia_energy_tile_set_value (PlanciaEnergyTile *self, double kilowatt_hours); /* NAN */

G_END_DECLS
