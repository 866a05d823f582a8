/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"
#include "history/reduce.h"

G_BEGIN_DECLS

/* Paths and columns that line and band layers share. */

/* A cairo node as large as the layer's pane. (transfer full) */
cairo_t *
plancia_line_path_append (GtkSnapshot *snapshot, PlanciaLayer *layer, const PlanciaPlot *plot);
/* Appends the line of a run to the path of cr. */
void
plancia_line_path_trace (cairo_t *cr, PlanciaLayer *layer, PlanciaRun run, const PlanciaPlot *plot);
/* Strokes every run; a sample that stands alone becomes a dot. */
void plancia_line_path_stroke (cairo_t           *cr,
                               PlanciaLayer      *layer,
                               GArray            *runs,
                               const PlanciaPlot *plot,
                               double             width);
/* One for each pixel of the plot. (transfer full) (array) */
PlanciaColumn *
plancia_line_path_columns (PlanciaLayer *layer, const PlanciaPlot *plot, guint *n_columns);
/* What a column shows besides its band. */
typedef enum {
  PLANCIA_COLUMN_BAND, /* from the smallest to the largest value, joined to the column before */
  PLANCIA_COLUMN_MEAN, /* a line through the means */
} PlanciaColumnPart;

/* dashes: of the line, lengths on and off in pixels, paler where off; or NULL. */
void plancia_line_path_paint_columns (PlanciaInk          *ink,
                                      PlanciaLayer        *layer,
                                      const PlanciaPlot   *plot,
                                      const PlanciaColumn *columns,
                                      guint                n_columns,
                                      PlanciaColumnPart    part,
                                      const GdkRGBA       *color,
                                      double               width,
                                      const double        *dashes,
                                      guint                n_dashes);

G_END_DECLS
