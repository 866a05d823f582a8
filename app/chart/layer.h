/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/ink.h"
#include "chart/plot.h"
#include "history/series.h"

G_BEGIN_DECLS

/* Which sample tells the value at a time between two. */
typedef enum {
  PLANCIA_LAYER_READING_NEAREST,  /* of what is measured */
  PLANCIA_LAYER_READING_PREVIOUS, /* of what holds until it changes: states and counters */
} PlanciaLayerReading;

/* How one series is shown. Main thread. Property "hidden" notifies; signal "changed" () when the series changed. */
#define PLANCIA_TYPE_LAYER (plancia_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (PlanciaLayer, plancia_layer, PLANCIA, LAYER, GObject)

struct _PlanciaLayerClass
{
  GObjectClass parent_class;

  /* Draws into the plot's rectangle, already clipped. */
  void (*snapshot) (PlanciaLayer *self, GtkSnapshot *snapshot, const PlanciaPlot *plot);
  /* Optional: the same where there are many samples a pixel, a column of the plot at a time. */
  void (*paint) (PlanciaLayer *self, PlanciaInk *ink, const PlanciaPlot *plot);
  /* Optional: "2.66 kW", "Normal". (transfer full) */
  char *(*format) (PlanciaLayer *self, double value);
  gboolean is_state; /* a row of its own, no axis */
  /* The sign in the legend, width by height pixels from the origin. */
  void (*draw_key) (PlanciaLayer         *self,
                    cairo_t              *cr,
                    double                width,
                    double                height,
                    const PlanciaPalette *palette);
};

PlanciaSeries *plancia_layer_get_series (PlanciaLayer *self);
/* Which of the palette's colours, from 1. */
guint               plancia_layer_get_color (PlanciaLayer *self);
gboolean            plancia_layer_get_hidden (PlanciaLayer *self);
void                plancia_layer_set_hidden (PlanciaLayer *self, gboolean hidden);
gboolean            plancia_layer_is_state (PlanciaLayer *self);
PlanciaLayerReading plancia_layer_get_reading (PlanciaLayer *self);
void                plancia_layer_set_reading (PlanciaLayer *self, PlanciaLayerReading reading);
/* The sample that tells the value at a time, not farther away than the series' gap; or FALSE. */
gboolean plancia_layer_read (PlanciaLayer *self, gint64 time, gint64 *found, double *value);
/* 0 left, 1 right, then the panes below; of a state its row. Set by the chart from the unit. */
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
/* Whether plancia_layer_snapshot paints columns, and doing so into an ink of several layers. */
gboolean plancia_layer_paints (PlanciaLayer *self, const PlanciaPlot *plot);
void     plancia_layer_paint (PlanciaLayer *self, PlanciaInk *ink, const PlanciaPlot *plot);
/* "2.66 kW" as plancia_layer_read, "—" in a hole; time G_MAXINT64: the last. (transfer full) */
char *plancia_layer_describe (PlanciaLayer *self, gint64 time);
/* What it is compared with, or NULL: its words say by how much it differs, and in percent. Kept. */
void plancia_layer_set_reference (PlanciaLayer *self, PlanciaSeries *reference);
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
