/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart-link.h"
#include "chart/chart.h"
#include "chart/zoom.h"

G_BEGIN_DECLS

/* What the files of the chart share; nobody else includes this. */
struct _PlanciaChart
{
  GtkWidget parent_instance;

  GtkWidget          *axes;
  GtkWidget          *marks;
  GtkWidget          *curves;
  GtkWidget          *strip;
  GtkWidget          *cursors;
  GtkWidget          *crosshair;
  PlanciaPlot         plot;
  GPtrArray          *layers;
  GTimeZone          *zone;
  PlanciaSpan         extent;
  PlanciaZoomHistory *history;
  gint64              limit;
  gboolean            busy;
  gboolean            following;
  PlanciaChartLink   *link;       /* of several charts on one time axis, or NULL; borrowed */
  gboolean            boxing;     /* a drag chooses what to zoom to */
  guint               refreshing; /* idle: values came */
  GHashTable *hidden; /* keys of series that somebody hid: they stay so when they are laid anew */

  PlanciaChartHoleWords hole_words;
  gpointer              hole_data;
};

enum {
  PLANCIA_CHART_VISIBLE_CHANGED,
  PLANCIA_CHART_CURSOR_MOVED,
  PLANCIA_CHART_LAYERS_CHANGED,
  PLANCIA_CHART_HOLE_ACTIVATED,
  PLANCIA_CHART_FOLLOWING_CHANGED,
  PLANCIA_CHART_SPAN_CHANGED,
  PLANCIA_CHART_N_SIGNALS,
};

/* In chart.c. */
void plancia_chart_emit (PlanciaChart *self, guint signal);
/* Scales anew and redraws. */
void plancia_chart_refresh (PlanciaChart *self);
/* Does now what values that came have left to do. */
void plancia_chart_flush (PlanciaChart *self);
/* In chart-reading.c. */
void plancia_chart_update_description (PlanciaChart *self);
/* In chart-zoom.c: what is seen now becomes what undo goes back to. */
void plancia_chart_remember (PlanciaChart *self);
void plancia_chart_show_span (PlanciaChart *self, PlanciaSpan span);
void plancia_chart_follow (PlanciaChart *self);
/* In chart-link.c. */
PlanciaChart *plancia_chart_link_get_lead (PlanciaChartLink *self);
void plancia_chart_link_foreach (PlanciaChartLink *self, void (*what) (PlanciaChart *chart));
/* In chart-hole.c. */
void plancia_chart_hole_attach (PlanciaChart *self);
/* Is there a hole at this place (pixels)? */
gboolean plancia_chart_find_hole (PlanciaChart *self, double x, double y, PlanciaSpan *hole);

G_END_DECLS
