/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with today's energies of the whole plant, summed. Main thread. */
#define PLANCIA_TYPE_PLANT_TODAY (plancia_plant_today_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantToday, plancia_plant_today, PLANCIA, PLANT_TODAY, GtkBox)

/* devices: GPtrArray of PlanciaDevice, the leaves of the tree. */
void plancia_plant_today_update (PlanciaPlantToday *self, GPtrArray *devices);

G_END_DECLS
