/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the power comes from and goes to, as moving ribbons: sources left, uses right, the inverter in the middle. The
 * widget knows no device: it is told what to show. Natural 480×366, at least 288×330. */
#define PLANCIA_TYPE_POWER_FLOW (plancia_power_flow_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPowerFlow, plancia_power_flow, PLANCIA, POWER_FLOW, GtkWidget)

/* In the order in which they stand, left side first, from the top. */
typedef enum {
  PLANCIA_FLOW_SUN,     /* left */
  PLANCIA_FLOW_BATTERY, /* left */
  PLANCIA_FLOW_HOME,    /* right; the ones below too */
  PLANCIA_FLOW_CAR,
  PLANCIA_FLOW_HEAT_PUMP,
  PLANCIA_FLOW_GRID,
  PLANCIA_N_FLOWS,
} PlanciaFlow;

/* What is known at one time. Powers in W, NAN unknown. */
typedef struct
{
  gboolean present[PLANCIA_N_FLOWS];
  /* Sun: produced. Battery: positive = charging. Home, car, heat pump: used. Grid: positive = export. */
  double power[PLANCIA_N_FLOWS];
  double pv[2];       /* of the strings; NAN */
  double charge;      /* of the battery, %; NAN */
  double ac_power;    /* of the inverter */
  double temperature; /* of the heat sink, °C; NAN */
  double rated;       /* W, for the width of the ribbons; NAN: the largest flow */
  gboolean hub;       /* FALSE: no inverter in the middle, only a joint */
  gint64   old_since; /* ms: an old reading, of that time; 0: live */
  gint64   dark_since; /* ms: since when the sun gives nothing; 0: not known */
  gboolean no_answer;  /* an old reading because the device does not answer */
} PlanciaFlowReading;

void plancia_flow_reading_init (PlanciaFlowReading *self); /* nothing present, nothing known */

/* Signal "flow-activated" (int flow): a node was clicked, or chosen by keyboard. */
GtkWidget *plancia_power_flow_new (void);
void       plancia_power_flow_set (PlanciaPowerFlow *self, const PlanciaFlowReading *reading);
/* The sentence for people who do not see the drawing. (transfer full) */
char *plancia_flow_reading_to_text (const PlanciaFlowReading *self);

G_END_DECLS
