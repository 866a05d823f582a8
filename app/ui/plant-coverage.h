/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with what of the last 30 days of each portal device is stored. Hidden without such devices. Main thread. */
#define PLANCIA_TYPE_PLANT_COVERAGE (plancia_plant_coverage_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantCoverage, plancia_plant_coverage, PLANCIA, PLANT_COVERAGE, GtkBox)

GtkWidget *plancia_plant_coverage_new (void);
/* devices: GPtrArray of PlanciaDevice, the leaves of the tree. */
void plancia_plant_coverage_set_devices (PlanciaPlantCoverage *self,
                                         PlanciaSession       *session,
                                         GPtrArray            *devices);

G_END_DECLS
