/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* The coverage strip in words: which sign means what, and when something is missing. */
#define PLANCIA_TYPE_COVERAGE_KEY (plancia_coverage_key_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCoverageKey, plancia_coverage_key, PLANCIA, COVERAGE_KEY, GtkWidget)

GtkWidget *plancia_coverage_key_new (void);
/* Whose colours it draws with. */
void plancia_coverage_key_set_chart (PlanciaCoverageKey *self, PlanciaChart *chart);
/* coverage: GArray of PlanciaCoverage of one day. */
void plancia_coverage_key_set (PlanciaCoverageKey *self,
                               GArray             *coverage,
                               PlanciaSpan         day,
                               GTimeZone          *zone);
/* Only the words of the kinds, without times. */
void plancia_coverage_key_set_narrow (PlanciaCoverageKey *self, gboolean narrow);

G_END_DECLS
