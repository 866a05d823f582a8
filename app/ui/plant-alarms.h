/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with the open alarms of all devices, the worst and newest first. Main thread. */
#define PLANCIA_TYPE_PLANT_ALARMS (plancia_plant_alarms_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantAlarms, plancia_plant_alarms, PLANCIA, PLANT_ALARMS, GtkBox)

/* devices: GPtrArray of PlanciaDevice, the leaves of the tree. zone: of the plant. */
void plancia_plant_alarms_update (PlanciaPlantAlarms *self, GPtrArray *devices, GTimeZone *zone);

G_END_DECLS
