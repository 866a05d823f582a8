/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include "model/traffic-row.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A frame taken apart: its parts at the left, its bytes at the right, or below when narrow. Choosing a part shows its
 * bytes and the other way round. Main thread. */
#define PLANCIA_TYPE_TRAFFIC_DETAIL (plancia_traffic_detail_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficDetail, plancia_traffic_detail, PLANCIA, TRAFFIC_DETAIL, AdwBin)

/* row NULL: nothing is chosen. map: of the row's device, for names of registers; or NULL. */
void plancia_traffic_detail_set (PlanciaTrafficDetail *self,
                                 PlanciaTrafficRow    *row,
                                 PlanciaMap           *map,
                                 GTimeZone            *zone);
void plancia_traffic_detail_set_narrow (PlanciaTrafficDetail *self, gboolean narrow);

G_END_DECLS
