/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/series.h"
#include "report/strips.h"
#include <cairo.h>

G_BEGIN_DECLS

/* Curves over time on paper, in light colours: a panel for each unit, one under another on one time axis, with its legend; where nothing
 * is known it is hatched. Labels as the program speaks. Any thread, one at a time. */
typedef struct _PlanciaCurves PlanciaCurves;

typedef enum {
  PLANCIA_CURVE_PLAIN,
  PLANCIA_CURVE_AREA, /* filled towards zero */
  PLANCIA_CURVE_DASH,
  PLANCIA_CURVE_STEPS, /* holds until the next value: states */
} PlanciaCurveForm;

/* title, subtitle: above it; or NULL for none. */
PlanciaCurves *
plancia_curves_new (const char *title, const char *subtitle, PlanciaSpan span, GTimeZone *zone);
/* color: 0: the next one. Series without a value in the span are left out of the picture. */
void
plancia_curves_add (PlanciaCurves *self, PlanciaSeries *series, guint color, PlanciaCurveForm form);
/* What is added from now on has panels of its own: of another device. */
void plancia_curves_begin_group (PlanciaCurves *self);
/* strips: (transfer full): stand below the panels; the curves have none of them. */
void plancia_curves_set_strips (PlanciaCurves *self, PlanciaStrips *strips);
/* How many curves and strips there are. */
guint plancia_curves_get_n (PlanciaCurves *self);
/* What it needs at least to be read, points. */
double plancia_curves_get_height (PlanciaCurves *self, double width);
/* From the origin. */
void plancia_curves_draw (PlanciaCurves *self, cairo_t *cr, double width, double height);
void plancia_curves_free (PlanciaCurves *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCurves, plancia_curves_free)

G_END_DECLS
