/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* Key, name and value at the crosshair of each layer; a value that holds since the sample before is marked. A click hides the layer, a double click leaves it alone on the
 * chart, another double click brings all back. */
#define PLANCIA_TYPE_LEGEND (plancia_legend_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLegend, plancia_legend, PLANCIA, LEGEND, GtkWidget)

GtkWidget *plancia_legend_new (void);
/* Follows the layers that come and go. */
void plancia_legend_set_chart (PlanciaLegend *self, PlanciaChart *chart);
/* Stands behind the last chip: a button that adds curves, say. */
void plancia_legend_set_end (PlanciaLegend *self, GtkWidget *end);
void plancia_legend_set_narrow (PlanciaLegend *self, gboolean narrow);
void plancia_legend_toggle (PlanciaLegend *self, guint layer);
void plancia_legend_isolate (PlanciaLegend *self, guint layer);

G_END_DECLS
