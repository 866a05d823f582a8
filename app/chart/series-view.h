/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* The curves and the hatched holes. A widget of its own, so that GTK keeps its node while only the crosshair moves. */
#define PLANCIA_TYPE_SERIES_VIEW (plancia_series_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSeriesView, plancia_series_view, PLANCIA, SERIES_VIEW, GtkWidget)

/* plot and layers (of PlanciaLayer) belong to the chart and outlive the view. */
GtkWidget *plancia_series_view_new (const PlanciaPlot *plot, GPtrArray *layers);
/* Until when there can be samples: the future is no hole. busy: what is missing may still come. */
void plancia_series_view_set_limit (PlanciaSeriesView *self,
                                    PlanciaSpan        extent,
                                    gint64             limit,
                                    gboolean           busy);
/* The hole at a time in the pane of an axis (-1: in any). */
gboolean
plancia_series_view_find_hole (PlanciaSeriesView *self, int axis, gint64 time, PlanciaSpan *hole);
/* The first one that begins after a time. */
gboolean plancia_series_view_next_hole (PlanciaSeriesView *self, gint64 time, PlanciaSpan *hole);
guint    plancia_series_view_count_holes (PlanciaSeriesView *self);
/* Values or hidden layers are no longer the same. */
void plancia_series_view_layers_changed (PlanciaSeriesView *self);

G_END_DECLS
