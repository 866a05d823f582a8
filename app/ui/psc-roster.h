/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with all inverters behind a PSC 100 as a table: model check, power, state; search and "only problems".
 * Activating a row selects the inverter in the session. Main thread. */
#define PLANCIA_TYPE_PSC_ROSTER (plancia_psc_roster_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPscRoster, plancia_psc_roster, PLANCIA, PSC_ROSTER, GtkBox)

GtkWidget *plancia_psc_roster_new (void);
void       plancia_psc_roster_set_device (PlanciaPscRoster *self,
                                          PlanciaSession   *session,
                                          PlanciaDevice    *device);
/* An inverter changed its state. */
void plancia_psc_roster_update (PlanciaPscRoster *self);
/* Only number, name, check, power and mark. */
void  plancia_psc_roster_set_narrow (PlanciaPscRoster *self, gboolean narrow);
guint plancia_psc_roster_get_n_shown (PlanciaPscRoster *self);

G_END_DECLS
