/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

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

/* What the power flow shows: the figures of one time. NAN is not known. The texts belong to the caller. */
typedef struct
{
  gboolean present[PLANCIA_N_FLOWS];
  double   power[PLANCIA_N_FLOWS];   /* W. Battery: positive = charging. Grid: positive = export. */
  const char *name[PLANCIA_N_FLOWS]; /* NULL: the usual one, such as "Sun" */
  const char *detail[PLANCIA_N_FLOWS]; /* line under the name; NULL: made from the figures */
  const char *hub_icon;                /* a constant; NULL: an inverter */
  const char *hub_detail;              /* line under the AC power; NULL: the temperature */
  const char *as_of;       /* the time in words: an old reading, shown pale and still; NULL: live */
  double      pv[2];       /* W, of the strings */
  double      charge;      /* %, of the battery */
  double      ac_power;    /* W */
  double      temperature; /* °C, of the heat sink */
  double      rated; /* W, of the inverter: the width of the ribbons; NAN: the largest power */
} PlanciaFlowReading;

/* Nothing present, nothing known. */
void plancia_flow_reading_init (PlanciaFlowReading *self);
/* A copy with its own texts. */
PlanciaFlowReading *plancia_flow_reading_copy (const PlanciaFlowReading *self);
void                plancia_flow_reading_free (PlanciaFlowReading *self);
gboolean plancia_flow_reading_equal (const PlanciaFlowReading *a, const PlanciaFlowReading *b);

/* TRUE from 10 W on. */
gboolean plancia_flow_reading_flows (const PlanciaFlowReading *self, PlanciaFlow flow);
/* TRUE if the power goes from the node to the hub. */
gboolean plancia_flow_reading_inwards (const PlanciaFlowReading *self, PlanciaFlow flow);
/* Power as part of the rated power, 0 to 1. */
double plancia_flow_reading_share (const PlanciaFlowReading *self, PlanciaFlow flow);

/* Name and line under it. (transfer full); the line may be NULL. */
char *plancia_flow_reading_dup_name (const PlanciaFlowReading *self, PlanciaFlow flow);
char *plancia_flow_reading_dup_detail (const PlanciaFlowReading *self, PlanciaFlow flow);
/* Both lines under the hub. (transfer full), may be NULL. */
char *plancia_flow_reading_dup_hub (const PlanciaFlowReading *self);
char *plancia_flow_reading_dup_hub_detail (const PlanciaFlowReading *self);
/* All of it in a sentence for people who do not see the drawing. (transfer full) */
char *plancia_flow_reading_to_text (const PlanciaFlowReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFlowReading, plancia_flow_reading_free)

G_END_DECLS
