/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/series.h"

G_BEGIN_DECLS

/* Several series of one quantity as one, over time. Pure; main thread.
 *
 * The pace is that of the slowest; of each part of that length there is the mean of a series' samples. Where one of them has a hole
 * the total is not known, and has one, too; but what rested at nothing before the hole and after it rests in it: an inverter sleeps
 * by night. Before its first value and after its last one a series takes no part. */

/* series: GPtrArray of PlanciaSeries. mean: of them in place of their sum, as of states of charge. Appends to times (gint64) and
 * values (double), in order. */
void plancia_series_total (GPtrArray  *series,
                           PlanciaSpan span,
                           gboolean    mean,
                           GArray     *times,
                           GArray     *values);

G_END_DECLS
