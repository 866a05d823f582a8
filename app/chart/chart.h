/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/coverage.h"
#include "chart/cursors.h"
#include "chart/layer.h"
#include "chart/mark-view.h"

G_BEGIN_DECLS

/* Curves over time, with zoom, pan and a crosshair. Main thread.
 *
 * Each unit has its axis: the first one left, the second one right with the same zero line, each further one in a pane of
 * its own below; states are strips under the panes.
 *
 * Scroll zooms at the pointer, Shift+scroll and drag pan, Shift+drag zooms to a box, pinch zooms, double click fits,
 * Alt+Left goes back to the zoom before, arrows move the crosshair, plus and minus zoom, N goes to the present, G to the
 * next hole, Z zooms to what lies between the cursors, Escape takes the crosshair away.
 *
 * Signals:
 *   "visible-changed" ()    somebody zoomed or panned here
 *   "cursor-moved" ()       the crosshair moved, came or went
 *   "layers-changed" ()     a layer came or went, or values of some changed (once a frame)
 *   "hole-activated" ()     somebody asks what is the matter with plancia_chart_get_hole()
 *   "following-changed" ()  see plancia_chart_get_following()
 *   "span-changed" ()       what is seen is another time, for whatever reason
 */
#define PLANCIA_TYPE_CHART (plancia_chart_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaChart, plancia_chart, PLANCIA, CHART, GtkWidget)

GtkWidget *plancia_chart_new (void);
/* Lowest first. */
void          plancia_chart_add_layer (PlanciaChart *self, PlanciaLayer *layer);
void          plancia_chart_remove_layers (PlanciaChart *self);
void          plancia_chart_remove_layer (PlanciaChart *self, PlanciaLayer *layer);
gboolean      plancia_chart_can_show (PlanciaChart *self, const char *unit);
guint         plancia_chart_get_n_layers (PlanciaChart *self);
PlanciaLayer *plancia_chart_get_layer (PlanciaChart *self, guint index); /* (transfer none) */
const PlanciaPalette *plancia_chart_get_palette (PlanciaChart *self);
/* What screen readers call it: "Power on 11 June". */
void plancia_chart_set_title (PlanciaChart *self, const char *title);
/* The whole time there is to see; shows all of it and forgets the zooms before. */
void        plancia_chart_set_extent (PlanciaChart *self, PlanciaSpan extent, GTimeZone *zone);
PlanciaSpan plancia_chart_get_extent (PlanciaChart *self);
/* From outside: no signal. Kept inside the extent. */
void        plancia_chart_set_visible_span (PlanciaChart *self, PlanciaSpan span);
PlanciaSpan plancia_chart_get_visible_span (PlanciaChart *self);
/* Until when there can be values; busy: more may come, an empty stretch is not a hole yet. */
void plancia_chart_set_limit (PlanciaChart *self, gint64 limit, gboolean busy);
/* GArray of PlanciaCoverage for the strip, or NULL. */
void plancia_chart_set_coverage (PlanciaChart *self, GArray *coverage);
/* What lasted or happened meanwhile: GArray of PlanciaChartMark, or NULL. */
void plancia_chart_set_marks (PlanciaChart *self, GArray *marks);
void plancia_chart_set_narrow (PlanciaChart *self, gboolean narrow);
/* What a person does, as functions. */
void     plancia_chart_zoom (PlanciaChart *self, gint64 at, double factor);
void     plancia_chart_pan (PlanciaChart *self, gint64 distance);
void     plancia_chart_fit (PlanciaChart *self);
gboolean plancia_chart_undo_zoom (PlanciaChart *self);
void     plancia_chart_zoom_to (PlanciaChart *self, PlanciaSpan span);
/* The next drag chooses what to zoom to, as Shift+drag always does. */
void     plancia_chart_set_boxing (PlanciaChart *self, gboolean boxing);
gboolean plancia_chart_get_boxing (PlanciaChart *self);
/* To the present; from then on what is seen moves with it until somebody moves it. */
void     plancia_chart_now (PlanciaChart *self);
gboolean plancia_chart_get_following (PlanciaChart *self);
gboolean plancia_chart_can_follow (PlanciaChart *self);
/* Where the crosshair is, or G_MAXINT64. It snaps to the nearest sample. */
gint64 plancia_chart_get_cursor (PlanciaChart *self);
void   plancia_chart_set_cursor (PlanciaChart *self, gint64 time);
/* The crosshair goes so many samples on (or back). */
void plancia_chart_step_cursor (PlanciaChart *self, int samples);
/* Why there is nothing in a stretch of time. (transfer full) */
typedef char *(*PlanciaChartHoleWords) (PlanciaSpan hole, gpointer user_data);
void
plancia_chart_set_hole_words (PlanciaChart *self, PlanciaChartHoleWords words, gpointer user_data);
/* Asks what is the matter at a time, or at the next hole: what a click and the key G do. FALSE: no hole. */
gboolean plancia_chart_ask_hole (PlanciaChart *self, gint64 time);
gboolean plancia_chart_next_hole (PlanciaChart *self);
/* The hole that was asked about, and where it is; FALSE: none. */
gboolean plancia_chart_get_hole (PlanciaChart *self, PlanciaSpan *hole, GdkRectangle *place);
/* All values at the crosshair in words; without one the newest, and between what they were. (transfer full) */
char *plancia_chart_describe (PlanciaChart *self);
/* The two lines to measure with. (transfer none) */
PlanciaCursors    *plancia_chart_get_cursors (PlanciaChart *self);
const PlanciaPlot *plancia_chart_get_plot (PlanciaChart *self);

G_END_DECLS
