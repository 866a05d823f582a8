/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with the powers of the whole plant, summed, and of what the sums are made. Main thread. */
#define PLANCIA_TYPE_PLANT_NOW (plancia_plant_now_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantNow, plancia_plant_now, PLANCIA, PLANT_NOW, GtkBox)

/* devices: GPtrArray of PlanciaDevice, the leaves of the tree. */
void plancia_plant_now_update (PlanciaPlantNow *self, GPtrArray *devices);

G_END_DECLS
