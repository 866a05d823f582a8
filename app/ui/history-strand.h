/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-series.h"
#include "ui/history-source.h"

G_BEGIN_DECLS

/* A stretch of time of one source, as curves: what the store has, then what is missing from whom knows it; of a source that is
 * recorded here also what comes while it is looked at. Main thread. Signal "changed" () after anything but the values moved. */
#define PLANCIA_TYPE_HISTORY_STRAND (plancia_history_strand_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryStrand,
                      plancia_history_strand,
                      PLANCIA,
                      HISTORY_STRAND,
                      GObject)

/* source: copied. series: (transfer full). */
PlanciaHistoryStrand       *plancia_history_strand_new (PlanciaStore               *store,
                                                        const PlanciaHistorySource *source,
                                                        PlanciaHistorySeries       *series);
const PlanciaHistorySource *plancia_history_strand_get_source (PlanciaHistoryStrand *self);
PlanciaHistorySeries       *plancia_history_strand_get_series (PlanciaHistoryStrand *self);
/* Nothing of what was shown stays, nothing is asked for. */
void plancia_history_strand_set_span (PlanciaHistoryStrand *self, PlanciaSpan span);
/* again: also what is known already. */
void plancia_history_strand_load (PlanciaHistoryStrand *self, gboolean again);
/* Short enough to be fetched by looking at it: more is a download. */
gboolean plancia_history_strand_is_fetchable (PlanciaHistoryStrand *self);
void     plancia_history_strand_stop (PlanciaHistoryStrand *self);
/* Takes what was recorded here since the last time; of other sources nothing. */
void plancia_history_strand_catch_up (PlanciaHistoryStrand *self);
/* Of other sources: is it time to ask again by itself, for what failed or, if the span is not over, for what it has grown by? */
gboolean plancia_history_strand_is_due (PlanciaHistoryStrand *self);
/* Long enough after the last load for another visit to be worth a question. */
gboolean plancia_history_strand_is_stale (PlanciaHistoryStrand *self);
gboolean plancia_history_strand_get_loaded (PlanciaHistoryStrand *self); /* it was asked for */
gboolean plancia_history_strand_get_running (PlanciaHistoryStrand *self);
gboolean plancia_history_strand_get_stopped (PlanciaHistoryStrand *self); /* by somebody */
void     plancia_history_strand_get_progress (PlanciaHistoryStrand *self, guint *done, guint *all);
const GError *plancia_history_strand_get_error (PlanciaHistoryStrand *self); /* or NULL */
/* GArray of PlanciaCoverage of the span up to now, (transfer full). */
GArray *plancia_history_strand_find_coverage (PlanciaHistoryStrand *self);

G_END_DECLS
