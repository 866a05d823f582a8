/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "chart/chart.h"
#include "history/energy.h"
#include "map/map.h"

G_BEGIN_DECLS

/* Which of a source's values become which curves: sun as an area, home as a band, the battery's charge dashed on the
 * second axis, the grid with export below zero. Signs come from model/quantity.h, powers are shown in kW.
 * Main thread. */
typedef struct _PlanciaHistorySeries PlanciaHistorySeries;

/* Where a sample is shown on the axis of the chart. */
typedef gint64 (*PlanciaHistorySeriesMoveTime) (gpointer user_data, gint64 time);

/* The four of powers and charge. */
PlanciaHistorySeries *plancia_history_series_new (void);
/* note: behind each name, or NULL. second: beside the same of another source or time. */
PlanciaHistorySeries *
plancia_history_series_new_full (gboolean quantities, const char *note, gboolean second);
/* One recorded value more, as it is. */
void plancia_history_series_add_key (PlanciaHistorySeries *self,
                                     const char           *key,
                                     const char           *title,
                                     const char           *unit,
                                     guint                 color);
/* One recorded state more, with the words of the device's map (model/series-words.h). */
void plancia_history_series_add_state (PlanciaHistorySeries *self,
                                       const char           *key,
                                       const char           *title,
                                       PlanciaMap           *map,
                                       guint                 color);
void plancia_history_series_set_move (PlanciaHistorySeries        *self,
                                      PlanciaHistorySeriesMoveTime move,
                                      gpointer                     move_data);
void plancia_history_series_free (PlanciaHistorySeries *self);
/* All curves, lowest first; those of quantities that a device does not have stay empty. */
void plancia_history_series_add_to (PlanciaHistorySeries *self, PlanciaChart *chart);
/* What a counter says between two moments of one of these curves: in the curve's sign. FALSE: no counter counts it. value: kWh;
 * NAN if the device has not said. */
gboolean plancia_history_series_count (PlanciaHistorySeries   *self,
                                       PlanciaSeries          *series,
                                       const PlanciaEnergySum *sum,
                                       double                 *value);
void     plancia_history_series_clear (PlanciaHistorySeries *self);
/* kind: as plancia_device_get_kind of the device that the samples are of. */
void plancia_history_series_merge (PlanciaHistorySeries *self,
                                   PlanciaSamples       *samples,
                                   const char           *kind);
/* Becomes what parts (GPtrArray of PlanciaHistorySeries of quantities, not moved) are together. */
void plancia_history_series_total (PlanciaHistorySeries *self, GPtrArray *parts, PlanciaSpan span);
gboolean plancia_history_series_is_empty (PlanciaHistorySeries *self);
/* For each series with values, where it has none. (transfer full) GPtrArray of GArray of PlanciaSpan. */
GPtrArray *plancia_history_series_find_gaps (PlanciaHistorySeries *self, PlanciaSpan span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaHistorySeries, plancia_history_series_free)

G_END_DECLS
