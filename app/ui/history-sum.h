/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-series.h"
#include "ui/history-source.h"

G_BEGIN_DECLS

/* The curves of a whole plant: those of its devices that count, together. What is in the store is shown at once; then the clouds of
 * the plant are asked for what is missing. Main thread. Signal "changed" () after anything but the values moved. */
#define PLANCIA_TYPE_HISTORY_SUM (plancia_history_sum_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistorySum, plancia_history_sum, PLANCIA, HISTORY_SUM, GObject)

/* source: of a plant; copied. series: what it becomes; borrowed. */
PlanciaHistorySum *plancia_history_sum_new (PlanciaStore               *store,
                                            const PlanciaHistorySource *source,
                                            PlanciaHistorySeries       *series);
/* fetch: the clouds may be asked. again: also for what is known already. */
void plancia_history_sum_load (PlanciaHistorySum *self,
                               PlanciaSpan        span,
                               gboolean           fetch,
                               gboolean           again);
/* What is in the store by now. */
void plancia_history_sum_refresh (PlanciaHistorySum *self);
/* A cloud has come that was not asked yet. */
gboolean      plancia_history_sum_has_more (PlanciaHistorySum *self);
void          plancia_history_sum_stop (PlanciaHistorySum *self);
gboolean      plancia_history_sum_get_running (PlanciaHistorySum *self);
void          plancia_history_sum_get_progress (PlanciaHistorySum *self, guint *done, guint *all);
const GError *plancia_history_sum_get_error (PlanciaHistorySum *self); /* or NULL */

G_END_DECLS
