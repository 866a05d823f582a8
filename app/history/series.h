/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* One quantity over time: two plain arrays and a min/max pyramid (factor 16); no object per point. Main thread.
 * Signal "changed" (). */
#define PLANCIA_TYPE_SERIES (plancia_series_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSeries, plancia_series, PLANCIA, SERIES, GObject)

PlanciaSeries *plancia_series_new (const char *key, const char *title, const char *unit);
const char    *plancia_series_get_key (PlanciaSeries *self);
const char    *plancia_series_get_title (PlanciaSeries *self); /* translated, shown */
const char    *plancia_series_get_unit (PlanciaSeries *self);
gsize          plancia_series_get_length (PlanciaSeries *self);
const gint64 *
plancia_series_get_times (PlanciaSeries *self); /* sorted, ms UTC; valid until changed */
const float *plancia_series_get_values (PlanciaSeries *self);
/* Longest distance between neighbours that is still one line; beyond it is a gap. 0: three times the median. */
void   plancia_series_set_gap (PlanciaSeries *self, gint64 gap);
gint64 plancia_series_get_gap (PlanciaSeries *self);
/* Merges sorted samples in; equal times are replaced. Emits changed once. */
void
plancia_series_merge (PlanciaSeries *self, const gint64 *times, const double *values, gsize length);
void plancia_series_clear (PlanciaSeries *self);
/* Index of the first sample at or after time. */
gsize plancia_series_lower_bound (PlanciaSeries *self, gint64 time);
/* The sample nearest to time within the gap, or FALSE. */
gboolean plancia_series_nearest (PlanciaSeries *self, gint64 time, gint64 *found, double *value);
/* The last sample at or before time, not longer ago than the gap, or FALSE. */
gboolean plancia_series_previous (PlanciaSeries *self, gint64 time, gint64 *found, double *value);
/* Indices of the samples before which there is a gap, sorted; valid until changed. */
const gsize *plancia_series_get_breaks (PlanciaSeries *self, gsize *n_breaks);
/* Sum of samples [begin, end) by the pyramid. */
double plancia_series_sum (PlanciaSeries *self, gsize begin, gsize end);
/* Smallest and largest of samples [begin, end) by the pyramid; FALSE if empty. */
gboolean
plancia_series_range (PlanciaSeries *self, gsize begin, gsize end, float *minimum, float *maximum);

G_END_DECLS
