/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/coverage.h"
#include "chart/cursors.h"
#include "chart/layer.h"
#include "chart/mark-view.h"

G_BEGIN_DECLS

/* Curves over time, with zoom, pan and a crosshair. Main thread.
 *
 * Scroll zooms at the pointer, Shift+scroll and drag pan, pinch zooms, double click fits, Alt+Left goes back to the zoom
 * before, arrows move the crosshair, plus and minus zoom, Escape takes the crosshair away.
 *
 * Signals:
 *   "visible-changed" ()    somebody zoomed or panned here
 *   "cursor-moved" ()       the crosshair moved, came or went
 *   "layers-changed" ()     a layer was added, or values of one changed
 */
#define PLANCIA_TYPE_CHART (plancia_chart_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaChart, plancia_chart, PLANCIA, CHART, GtkWidget)

GtkWidget *plancia_chart_new (void);
/* Lowest first. At most two units: the first one has the left axis, the second the right one. */
void          plancia_chart_add_layer (PlanciaChart *self, PlanciaLayer *layer);
void          plancia_chart_remove_layers (PlanciaChart *self);
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
/* Where the crosshair is, or G_MAXINT64. It snaps to the nearest sample. */
gint64 plancia_chart_get_cursor (PlanciaChart *self);
void   plancia_chart_set_cursor (PlanciaChart *self, gint64 time);
/* The crosshair goes so many samples on (or back). */
void plancia_chart_step_cursor (PlanciaChart *self, int samples);
/* All values at the crosshair (or the newest) in words. (transfer full) */
char *plancia_chart_describe (PlanciaChart *self);
/* The two lines to measure with. (transfer none) */
PlanciaCursors    *plancia_chart_get_cursors (PlanciaChart *self);
const PlanciaPlot *plancia_chart_get_plot (PlanciaChart *self);

G_END_DECLS
