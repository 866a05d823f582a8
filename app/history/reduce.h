/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/series.h"

G_BEGIN_DECLS

/* Columns of a picture: what a series shows in each of n equal parts of a span. */
typedef struct
{
  float   minimum;
  float   maximum;
  float   first;
  float   last;
  float   mean;       /* of the samples */
  guint32 count;      /* samples; 0: nothing here */
  guint32 gap_before; /* 1 if a gap lies between the previous sample and this column's first */
} PlanciaColumn;

/* Fills n_columns columns. Spikes are never lost. */
void plancia_reduce_columns (PlanciaSeries *series,
                             PlanciaSpan    span,
                             guint          n_columns,
                             PlanciaColumn *columns);

typedef struct
{
  double mean; /* weighted by time, gaps left out */
  double minimum;
  double maximum;
  double integral; /* value times hours, trapezoids, gaps left out: W gives Wh */
  double first;
  double last;
  gsize  count;
} PlanciaStatistics;

gboolean
plancia_reduce_statistics (PlanciaSeries *series, PlanciaSpan span, PlanciaStatistics *out);
/* The stretches of span without samples (longer than the series' gap). (transfer full) GArray of PlanciaSpan. */
GArray *plancia_reduce_gaps (PlanciaSeries *series, PlanciaSpan span);

G_END_DECLS
