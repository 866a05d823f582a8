/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/plot.h"

G_BEGIN_DECLS

/* Grid, zero line, labels and units. A widget of its own, so that GTK keeps its node while curves and crosshair move. */
#define PLANCIA_TYPE_AXIS_VIEW (plancia_axis_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAxisView, plancia_axis_view, PLANCIA, AXIS_VIEW, GtkWidget)

/* plot belongs to the chart and outlives the view. */
GtkWidget *plancia_axis_view_new (const PlanciaPlot *plot);

G_END_DECLS
