/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/plot.h"
#include "history/series.h"

G_BEGIN_DECLS

/* How one series is shown. Main thread. Property "hidden" notifies; signal "changed" () when the series changed. */
#define PLANCIA_TYPE_LAYER (plancia_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (PlanciaLayer, plancia_layer, PLANCIA, LAYER, GObject)

struct _PlanciaLayerClass
{
  GObjectClass parent_class;

  /* Draws into the plot's rectangle, already clipped. */
  void (*snapshot) (PlanciaLayer *self, GtkSnapshot *snapshot, const PlanciaPlot *plot);
  /* The sign in the legend, width by height pixels from the origin. */
  void (*draw_key) (PlanciaLayer         *self,
                    cairo_t              *cr,
                    double                width,
                    double                height,
                    const PlanciaPalette *palette);
};

PlanciaSeries *plancia_layer_get_series (PlanciaLayer *self);
/* Which of the palette's colours, from 1. */
guint    plancia_layer_get_color (PlanciaLayer *self);
gboolean plancia_layer_get_hidden (PlanciaLayer *self);
void     plancia_layer_set_hidden (PlanciaLayer *self, gboolean hidden);
/* 0 left, 1 right; set by the chart from the unit. */
guint plancia_layer_get_axis (PlanciaLayer *self);
void  plancia_layer_set_axis (PlanciaLayer *self, guint axis);

void plancia_layer_snapshot (PlanciaLayer *self, GtkSnapshot *snapshot, const PlanciaPlot *plot);
void plancia_layer_draw_key (PlanciaLayer         *self,
                             cairo_t              *cr,
                             double                width,
                             double                height,
                             const PlanciaPalette *palette);
/* Smallest and largest value of what span shows, ends of lines that leave it included; FALSE if nothing. */
gboolean
plancia_layer_range (PlanciaLayer *self, PlanciaSpan span, double *minimum, double *maximum);
/* "2.66 kW" at the sample nearest to time, "—" in a hole; time G_MAXINT64: the last. (transfer full) */
char *plancia_layer_describe (PlanciaLayer *self, gint64 time);
/* A value in the layer's unit as people read it. (transfer full) */
char *plancia_layer_format (PlanciaLayer *self, double value);

/* Runs of samples without a hole between them, those just outside of span included. */
typedef struct
{
  gsize begin;
  gsize end;
} PlanciaRun;

/* (transfer full) GArray of PlanciaRun. */
GArray *plancia_layer_find_runs (PlanciaLayer *self, PlanciaSpan span);
/* More than one sample a pixel: columns are drawn then, not strokes. */
gboolean plancia_layer_is_dense (PlanciaLayer *self, const PlanciaPlot *plot);

G_END_DECLS
