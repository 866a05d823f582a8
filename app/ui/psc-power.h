/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with the power of all inverters behind a PSC 100 that answer: now, today, and as a curve. Main thread. */
#define PLANCIA_TYPE_PSC_POWER (plancia_psc_power_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPscPower, plancia_psc_power, PLANCIA, PSC_POWER, GtkBox)

GtkWidget *plancia_psc_power_new (void);
/* plant may be NULL: no curve. */
void plancia_psc_power_set_device (PlanciaPscPower  *self,
                                   PlanciaOpenPlant *plant,
                                   PlanciaDevice    *device);
/* Readings of an inverter came, or one fell silent. */
void plancia_psc_power_update (PlanciaPscPower *self);

G_END_DECLS
