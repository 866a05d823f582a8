/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a series of days changes for good. Values that are not known are NAN. Medians throughout: a day of snow, or of a fault, counts
 * as one day. Pure; any thread. */

double plancia_steps_median (double *values, guint length); /* sorts values; NAN of none */
/* part 0..1 of the way from the smallest to the largest. */
double plancia_steps_quantile (double *values, guint length, double part);

/* A time in which the values lay lower than before. */
typedef struct
{
  guint    begin; /* first day */
  guint    end;   /* behind the last day */
  gboolean open;  /* it lasts to the end of what is known */
  double   before;
  double   after;
} PlanciaStep;

typedef struct
{
  guint  window; /* known values looked at on either side */
  guint  least;  /* so many are enough */
  guint  reach;  /* days; further away they are not looked at */
  double drop;   /* part of the level before, 0..1 */
  double part;   /* 0: the median is looked at, else the value above which that part does not lie */
  double noise;  /* the step is so many times larger than the values differ from day to day */
} PlanciaStepOptions;

/* Falls against what the series itself was shortly before: slow changes, such as of the seasons, are none.
 * (transfer full) GArray of PlanciaStep, sorted, without overlap. */
GArray *plancia_steps_find (const double *values, guint length, const PlanciaStepOptions *options);
/* Stretches whose median over a window lies below low or above high; before is then (low + high) / 2 or the one that is finite.
 * drop and noise are not looked at. */
GArray *plancia_steps_outside (const double             *values,
                               guint                     length,
                               double                    usual,
                               double                    low,
                               double                    high,
                               const PlanciaStepOptions *options);

G_END_DECLS
