/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/day-curve.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Today from 0 to 24 h, small: what is produced as an area, what is used dashed, a dot at the newest value. With no
 * production: use as an area, or the exchange with the grid. Time runs left to right in every language. */
#define PLANCIA_TYPE_DAY_CHART (plancia_day_chart_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDayChart, plancia_day_chart, PLANCIA, DAY_CHART, GtkWidget)

GtkWidget *plancia_day_chart_new (void);
/* curve may be NULL. zone: of the plant. Follows the curve's "changed". */
void plancia_day_chart_set_curve (PlanciaDayChart *self, PlanciaDayCurve *curve, GTimeZone *zone);
/* Half the height of the axis in W, so that two such steps hold the value: 1-2-3-4-5-8 of a power of ten. */
double plancia_day_chart_step (double watts);

G_END_DECLS
