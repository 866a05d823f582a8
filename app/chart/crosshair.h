/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* The pointer's line, a dot on each curve and the time below. A widget of its own: hovering redraws nothing else. */
#define PLANCIA_TYPE_CROSSHAIR (plancia_crosshair_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCrosshair, plancia_crosshair, PLANCIA, CROSSHAIR, GtkWidget)

/* plot and layers (of PlanciaLayer) belong to the chart and outlive the crosshair. */
GtkWidget *plancia_crosshair_new (const PlanciaPlot *plot, GPtrArray *layers);
void       plancia_crosshair_set_zone (PlanciaCrosshair *self, GTimeZone *zone);
/* G_MAXINT64: no crosshair. */
void   plancia_crosshair_set_time (PlanciaCrosshair *self, gint64 time);
gint64 plancia_crosshair_get_time (PlanciaCrosshair *self);
/* The box that is being drawn, from one place to another in pixels; the same twice: none. */
void plancia_crosshair_set_box (PlanciaCrosshair *self, double from, double to);

G_END_DECLS
