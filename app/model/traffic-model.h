/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/traffic-filter.h"
#include "model/traffic-row.h"

G_BEGIN_DECLS

/* GListModel of PlanciaTrafficRow: what of a log passes a filter. Rows are made when they are looked at. A
 * filter goes over the log a piece at a time, so that the program does not stand still meanwhile. Main
 * thread. */
#define PLANCIA_TYPE_TRAFFIC_MODEL (plancia_traffic_model_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficModel, plancia_traffic_model, PLANCIA, TRAFFIC_MODEL, GObject)

/* Signal "counted" (): one of the numbers below is another one. */
PlanciaTrafficModel *plancia_traffic_model_new (PlanciaTrafficLog *log);
PlanciaTrafficLog   *plancia_traffic_model_get_log (PlanciaTrafficModel *self);
/* To be changed and then given to plancia_traffic_model_refilter. */
PlanciaTrafficFilter *plancia_traffic_model_get_filter (PlanciaTrafficModel *self);
void                  plancia_traffic_model_refilter (PlanciaTrafficModel *self);
/* While it pauses the list stands; the log goes on. */
void     plancia_traffic_model_set_paused (PlanciaTrafficModel *self, gboolean paused);
gboolean plancia_traffic_model_get_paused (PlanciaTrafficModel *self);
/* Frames of the log that came since it paused. */
guint64 plancia_traffic_model_get_waiting (PlanciaTrafficModel *self);
/* Rows with this number or a higher one. */
guint plancia_traffic_model_count_from (PlanciaTrafficModel *self, guint64 number);
/* FALSE while a filter is still on its way. */
gboolean plancia_traffic_model_is_done (PlanciaTrafficModel *self);
/* What is shown, each once. (transfer full) (element-type PlanciaExchange) */
GPtrArray *plancia_traffic_model_dup_exchanges (PlanciaTrafficModel *self);
/* "peer unit" -> name, for files. (transfer full) */
GHashTable *plancia_traffic_model_dup_names (PlanciaTrafficModel *self);

G_END_DECLS
