/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of the whole plant: powers and energies of all devices, open alarms, a card for each device in the order of
 * the tree. Main thread. */
#define PLANCIA_TYPE_PLANT_OVERVIEW (plancia_plant_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantOverview, plancia_plant_overview, PLANCIA, PLANT_OVERVIEW, AdwBin)

/* device: the whole plant of the session's tree. */
GtkWidget *plancia_plant_overview_new (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
