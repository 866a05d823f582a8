/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much of a stretch of time the store holds, as a pill. Time runs left to right in every language. Main thread. */
#define PLANCIA_TYPE_COVERAGE_BAR (plancia_coverage_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCoverageBar, plancia_coverage_bar, PLANCIA, COVERAGE_BAR, GtkWidget)

GtkWidget *plancia_coverage_bar_new (void);
/* covered: GArray of PlanciaSpan, sorted, as plancia_store_covered_finish gives it; a copy is made. */
void   plancia_coverage_bar_set (PlanciaCoverageBar *self, PlanciaSpan extent, GArray *covered);
double plancia_coverage_bar_get_part (PlanciaCoverageBar *self); /* 0 to 1 */

G_END_DECLS
