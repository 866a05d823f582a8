/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/coverage.h"
#include "chart/plot.h"

G_BEGIN_DECLS

/* A pill under the time axis: what of it is known. */
#define PLANCIA_TYPE_COVERAGE_STRIP (plancia_coverage_strip_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCoverageStrip,
                      plancia_coverage_strip,
                      PLANCIA,
                      COVERAGE_STRIP,
                      GtkWidget)

/* plot belongs to the chart and outlives the strip. */
GtkWidget *plancia_coverage_strip_new (const PlanciaPlot *plot);
/* GArray of PlanciaCoverage, or NULL. */
void plancia_coverage_strip_set (PlanciaCoverageStrip *self, GArray *coverage);
/* A piece of the strip for a key beside words. */
void plancia_coverage_strip_draw (cairo_t              *cr,
                                  PlanciaCoverageKind   kind,
                                  double                x,
                                  double                y,
                                  double                width,
                                  double                height,
                                  const PlanciaPalette *palette);

G_END_DECLS
