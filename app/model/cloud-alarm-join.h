/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include "history/alarm-record.h"

G_BEGIN_DECLS

/* Alarms of the past come in pieces of time, in any order: one that goes over a border is one interval all the same. Pure. */

/* known: (element-type PlanciaAlarmRecord) what is known, of any device; alarm: an interval of the piece; words: the record as it
 * would be by itself: device, name, map, label and severity; now: ms UTC. What is to be kept of it: (transfer full) (element-type
 * PlanciaAlarmRecord), those that have become part of another one marked as gone; empty if nothing is new. */
GPtrArray *plancia_cloud_alarm_join (GPtrArray                *known,
                                     const PlanciaCloudAlarm  *alarm,
                                     const PlanciaAlarmRecord *words,
                                     gint64                    now);
/* Takes what it said into known, too, whose elements are owned. */
void plancia_cloud_alarm_keep (GPtrArray *known, GPtrArray *records);

G_END_DECLS
