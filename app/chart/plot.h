/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "chart/palette.h"

G_BEGIN_DECLS

#define PLANCIA_PLOT_AXES 2

/* One axis a unit: the first stands left, the second right and shares the zero line. */
typedef struct
{
  const char *unit;  /* interned; NULL: no such axis */
  gboolean    used;  /* a visible layer has values on it */
  gboolean    blank; /* only others have any, shown or not: it needs no room */
  double      low;
  double      high;
  GArray     *ticks; /* PlanciaTick */
} PlanciaPlotAxis;

/* Where things are in a chart: time and values to pixels and back. No widget; the parts of a chart draw with it. */
typedef struct
{
  PlanciaSpan     span;
  double          x, y, width, height; /* the rectangle of the curves */
  double          scale;               /* of text: 1 at Cantarell 11 */
  gboolean        narrow;
  PlanciaPlotAxis axes[PLANCIA_PLOT_AXES];
  GArray         *time_ticks; /* PlanciaTick */
  PlanciaPalette  palette;
} PlanciaPlot;

void plancia_plot_init (PlanciaPlot *self);
void plancia_plot_clear (PlanciaPlot *self);
/* The rectangle inside a chart of this size. */
void plancia_plot_layout (PlanciaPlot *self, double width, double height);
/* Both axes from what their layers show; after plancia_plot_layout. NULL: nothing is shown on it. */
void plancia_plot_set_ranges (PlanciaPlot *self, const double *left, const double *right);
/* After the span or the layout. whole_day: midnight reads 00:00 and not the date. */
void   plancia_plot_set_clock (PlanciaPlot *self, GTimeZone *zone, gboolean whole_day);
double plancia_plot_x (const PlanciaPlot *self, gint64 time);
gint64 plancia_plot_time (const PlanciaPlot *self, double x);
double plancia_plot_y (const PlanciaPlot *self, guint axis, double value);
double plancia_plot_zero (const PlanciaPlot *self);
/* Is the point on the curves' rectangle (its time is then in the span)? */
gboolean plancia_plot_contains (const PlanciaPlot *self, double x, double y);

G_END_DECLS
