/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* Scales and ticks, plain C, no toolkit. */
typedef struct
{
  double   value; /* or time in ms for a time axis */
  gboolean major;
  char     label[32];
} PlanciaTick;

/* Rounded range that holds [minimum, maximum] and zero, with 1-2-5 ticks, about n of them.
 * (transfer full) GArray of PlanciaTick. */
GArray *
plancia_axis_value_ticks (double minimum, double maximum, guint n, double *low, double *high);
/* The same, but where all values are far from zero (230 V, 50 Hz) only what is around them. */
GArray *
plancia_axis_close_ticks (double minimum, double maximum, guint n, double *low, double *high);
/* Ticks on the clock of zone: minutes, hours, days, months, so that labels are at least the wanted part of the span
 * apart; right on 23 h and 25 h days. label "06:00" or "12 Jun". */
GArray *plancia_axis_time_ticks (PlanciaSpan span, GTimeZone *zone, guint n);

G_END_DECLS
