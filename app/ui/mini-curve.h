/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One quantity over one day, 0 to 24 h, in a line of text's space: no axes, a base line only. What is not known is
 * hatched up to now; after now there is nothing. Time runs left to right in every language. Main thread. */
#define PLANCIA_TYPE_MINI_CURVE (plancia_mini_curve_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMiniCurve, plancia_mini_curve, PLANCIA, MINI_CURVE, GtkWidget)

GtkWidget *plancia_mini_curve_new (void);
/* number: of the palette's series, from 1. factor: the values are drawn times this. top: value at the upper edge, after
 * the factor; 0: the largest value. */
void plancia_mini_curve_set_style (PlanciaMiniCurve *self, guint number, double factor, double top);
/* times: ms UTC, sorted; only those of day are drawn. now: up to where unknown time is hatched; 0: nothing was ever
 * asked, all is hatched. Copies the arrays. */
void plancia_mini_curve_set (PlanciaMiniCurve *self,
                             PlanciaSpan       day,
                             gint64            now,
                             const gint64     *times,
                             const float      *values,
                             gsize             length);
/* The largest value, after the factor, and when it was; FALSE if there are none. */
gboolean plancia_mini_curve_get_peak (PlanciaMiniCurve *self, gint64 *time, double *value);
/* Neighbours further apart than this are not joined, ms. */
gint64 plancia_mini_curve_get_gap (PlanciaMiniCurve *self);

G_END_DECLS
