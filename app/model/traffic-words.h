/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include "protocol/dissect.h"

G_BEGIN_DECLS

/* Frames in the user's words. Any thread. All (transfer full) but where const. */

/* "03 read", "exception 2", "no answer" */
char *plancia_traffic_words_function (const PlanciaExchange *exchange, gboolean answer);
/* "0484, 12 registers", "24 bytes", "0107 = 0001", "illegal data address" */
char *plancia_traffic_words_summary (const PlanciaExchange *exchange, gboolean answer);
/* "as asked", "CRC wrong", ... */
const char *plancia_traffic_words_verdict (PlanciaExchangeVerdict verdict);
/* What a Modbus exception means; NULL for a number without a meaning. */
const char *plancia_traffic_words_exception (guint exception);

/* "First register"; of a register its name if the map, which may be NULL, has one. */
char *plancia_traffic_words_part_name (const PlanciaPart *part, PlanciaMap *map);
char *plancia_traffic_words_part_value (const PlanciaPart *part);
/* "0–1", "6" */
char *plancia_traffic_words_part_range (const PlanciaPart *part);

G_END_DECLS
