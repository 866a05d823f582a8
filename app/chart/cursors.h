/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* Two lines A and B over a chart and the span between them. A widget of its own, like the crosshair. Main thread.
 * Signal "changed" (): one of them moved, or they came or went. */
#define PLANCIA_TYPE_CURSORS (plancia_cursors_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCursors, plancia_cursors, PLANCIA, CURSORS, GtkWidget)

/* Which of the two. */
enum {
  PLANCIA_CURSOR_NONE = -1,
  PLANCIA_CURSOR_A,
  PLANCIA_CURSOR_B,
  PLANCIA_N_CURSORS,
};

/* plot belongs to the chart and outlives the cursors. */
GtkWidget *plancia_cursors_new (const PlanciaPlot *plot);
/* Where they may be; from another extent they are put to a third and two thirds of it. */
void     plancia_cursors_set_extent (PlanciaCursors *self, PlanciaSpan extent, GTimeZone *zone);
void     plancia_cursors_set_shown (PlanciaCursors *self, gboolean shown);
gboolean plancia_cursors_get_shown (PlanciaCursors *self);
gint64   plancia_cursors_get_time (PlanciaCursors *self, int which);
void     plancia_cursors_set_time (PlanciaCursors *self, int which, gint64 time);
/* From the earlier to the later one. */
PlanciaSpan plancia_cursors_get_span (PlanciaCursors *self);
/* The one that the keys move, or PLANCIA_CURSOR_NONE. */
int  plancia_cursors_get_chosen (PlanciaCursors *self);
void plancia_cursors_choose (PlanciaCursors *self, int which);
/* The one a pointer at this place takes, or PLANCIA_CURSOR_NONE. */
int plancia_cursors_pick (PlanciaCursors *self, double x, double y);
/* "10:15". (transfer full) */
char *plancia_cursors_format (PlanciaCursors *self, int which);

G_END_DECLS
