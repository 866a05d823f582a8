/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* How well a stretch of time is known. */
typedef enum {
  PLANCIA_COVERAGE_COMPLETE, /* fetched, and every series has values */
  PLANCIA_COVERAGE_PARTIAL,  /* some series have none, or nobody has confirmed that this is all */
  PLANCIA_COVERAGE_EMPTY,    /* the source confirmed that it has nothing */
  PLANCIA_COVERAGE_MISSING,  /* never fetched, nothing known */
} PlanciaCoverageKind;

typedef struct
{
  PlanciaSpan         span;
  PlanciaCoverageKind kind;
} PlanciaCoverage;

/* Sorted, joined, without overlap, all of extent. covered: GArray of PlanciaSpan; gaps: GPtrArray of GArray of
 * PlanciaSpan, one a series that has any values at all. (transfer full) GArray of PlanciaCoverage. */
GArray *plancia_coverage_find (PlanciaSpan extent, GArray *covered, GPtrArray *gaps);
/* The stretches that all arrays of gaps (GPtrArray of GArray of PlanciaSpan, sorted) have in common. (transfer full) */
GArray *plancia_coverage_common (PlanciaSpan extent, GPtrArray *gaps);

G_END_DECLS
