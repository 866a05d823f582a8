/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/alarm-log.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What is known of one alarm, under the list. Its button uses the action "alarms.history". Main thread. */
#define PLANCIA_TYPE_ALARMS_DETAIL (plancia_alarms_detail_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmsDetail, plancia_alarms_detail, PLANCIA, ALARMS_DETAIL, AdwBin)

/* log: where it stands, for how often it came. */
void plancia_alarms_detail_set (PlanciaAlarmsDetail *self,
                                PlanciaAlarmItem    *item,
                                PlanciaAlarmLog     *log,
                                GTimeZone           *zone);
void plancia_alarms_detail_set_narrow (PlanciaAlarmsDetail *self, gboolean narrow);

G_END_DECLS
