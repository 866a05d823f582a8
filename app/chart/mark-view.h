/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/plot.h"

G_BEGIN_DECLS

typedef enum {
  PLANCIA_CHART_MARK_FAULT,
  PLANCIA_CHART_MARK_WARNING,
  PLANCIA_CHART_MARK_NOTE,
  PLANCIA_CHART_MARK_WRITE, /* a moment */
  PLANCIA_N_CHART_MARK_KINDS
} PlanciaChartMarkKind;

/* Something that lasted, or happened, while the curves ran. */
typedef struct
{
  PlanciaSpan          span; /* a moment: 1 ms */
  PlanciaChartMarkKind kind;
  char                *words; /* translated: "Grid voltage too high, 12:08 to 12:21" */
} PlanciaChartMark;

void plancia_chart_mark_clear (PlanciaChartMark *self);

/* Bands behind the curves for what lasted, lines for moments. A widget of its own, so that GTK keeps its node. */
#define PLANCIA_TYPE_MARK_VIEW (plancia_mark_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMarkView, plancia_mark_view, PLANCIA, MARK_VIEW, GtkWidget)

/* plot belongs to the chart and outlives the view. */
GtkWidget *plancia_mark_view_new (const PlanciaPlot *plot);
/* marks: GArray of PlanciaChartMark with its clear function, or NULL. */
void plancia_mark_view_set (PlanciaMarkView *self, GArray *marks);
/* The words of all marks at a time, or within reach (ms) of it, a line each; NULL for none. (transfer full) */
char *plancia_mark_view_describe (PlanciaMarkView *self, gint64 time, gint64 reach);

G_END_DECLS
