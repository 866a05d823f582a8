/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/power-flow-reading.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the power comes from and goes to, as moving ribbons: sources left, uses right, the inverter in the middle. The
 * widget knows no device: it is told what to show. Natural 480×366, at least 288×330.
 * Signal "flow-activated" (int flow): a node was clicked, or chosen by keyboard. */
#define PLANCIA_TYPE_POWER_FLOW (plancia_power_flow_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPowerFlow, plancia_power_flow, PLANCIA, POWER_FLOW, GtkWidget)

GtkWidget *plancia_power_flow_new (void);
/* Takes a copy; draws anew only if something moved. */
void plancia_power_flow_set (PlanciaPowerFlow *self, const PlanciaFlowReading *reading);
/* Whether a node can be clicked and reached by keyboard; FALSE at first. */
void plancia_power_flow_set_activatable (PlanciaPowerFlow *self, gboolean activatable);
/* Natural height in place of 366. */
void plancia_power_flow_set_natural_height (PlanciaPowerFlow *self, int height);

G_END_DECLS
