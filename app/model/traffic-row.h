/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/traffic-log.h"

G_BEGIN_DECLS

/* A frame as a line of a list: immutable. Main thread. */
#define PLANCIA_TYPE_TRAFFIC_ROW (plancia_traffic_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficRow, plancia_traffic_row, PLANCIA, TRAFFIC_ROW, GObject)

PlanciaTrafficRow *
plancia_traffic_row_new (PlanciaTrafficLog *log, guint64 number, const PlanciaTrafficFrame *frame);
guint64                plancia_traffic_row_get_number (PlanciaTrafficRow *self);
const PlanciaExchange *plancia_traffic_row_get_exchange (PlanciaTrafficRow *self);
const char            *plancia_traffic_row_get_connection (PlanciaTrafficRow *self);
gboolean               plancia_traffic_row_is_answer (PlanciaTrafficRow *self);
gint64        plancia_traffic_row_get_time (PlanciaTrafficRow *self); /* us UTC, of this side */
const char   *plancia_traffic_row_get_device (PlanciaTrafficRow *self);
guint         plancia_traffic_row_get_length (PlanciaTrafficRow *self);
const guint8 *plancia_traffic_row_get_bytes (PlanciaTrafficRow *self);
/* The side that shows that something went wrong: the answer, or its absence. */
gboolean plancia_traffic_row_is_bad (PlanciaTrafficRow *self);
/* "14:05:39.447" in the zone. (transfer full) */
char *plancia_traffic_row_dup_clock (PlanciaTrafficRow *self, gboolean answer, GTimeZone *zone);

G_END_DECLS
