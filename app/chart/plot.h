/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "chart/palette.h"

G_BEGIN_DECLS

/* Units that one chart can show at a time. */
#define PLANCIA_PLOT_AXES 12
/* Of these the first ones share a pane. */
#define PLANCIA_PLOT_SHARED 2

/* One axis a unit: the first stands left, the second right and shares the zero line; each further one stands left of a
 * pane of its own below. */
typedef struct
{
  const char *unit;  /* interned; NULL: no such axis */
  gboolean    used;  /* a visible layer has values on it */
  gboolean    blank; /* only others have any, shown or not: it needs no room */
  double      low;
  double      high;
  double      y, height; /* the rectangle of its curves, as wide as the plot's */
  GArray     *ticks;     /* PlanciaTick */
} PlanciaPlotAxis;

/* Where things are in a chart: time and values to pixels and back. No widget; the parts of a chart draw with it. */
typedef struct
{
  PlanciaSpan     span;
  double          x, y, width, height; /* the rectangle of all panes and states */
  guint           n_states;            /* rows of states at its foot */
  gboolean        headless;            /* nothing is shown on the first two axes, but below */
  GtkWidget      *widget;              /* whose font it is; borrowed, or NULL */
  double          scale;               /* of text: 1 at Cantarell 11 */
  gboolean        narrow;
  gboolean        aligned; /* with other charts: there is always room for labels at the right */
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
/* The same for one of the axes that have a pane. Zero need not be in it. */
void plancia_plot_set_pane (PlanciaPlot *self, guint axis, const double *range);
/* How much higher than one with a single pane the chart has to be. */
double plancia_plot_get_height (const PlanciaPlot *self);
/* Has the axis a rectangle now? */
gboolean plancia_plot_has_pane (const PlanciaPlot *self, guint axis);
/* The first axis of the pane at y, or -1. */
int plancia_plot_pane_at (const PlanciaPlot *self, double y);
/* Where a row of states begins; below its title (of one line) comes the strip, then the words. */
double plancia_plot_state_y (const PlanciaPlot *self, guint row);
/* After the span or the layout. whole_day: midnight reads 00:00 and not the date. */
void   plancia_plot_set_clock (PlanciaPlot *self, GTimeZone *zone, gboolean whole_day);
double plancia_plot_x (const PlanciaPlot *self, gint64 time);
gint64 plancia_plot_time (const PlanciaPlot *self, double x);
double plancia_plot_y (const PlanciaPlot *self, guint axis, double value);
double plancia_plot_zero (const PlanciaPlot *self);
/* Where an area of this axis ends: its zero, or the nearest edge of its pane. */
double plancia_plot_base (const PlanciaPlot *self, guint axis);
/* Is the point on the curves' rectangle (its time is then in the span)? */
gboolean plancia_plot_contains (const PlanciaPlot *self, double x, double y);

G_END_DECLS
