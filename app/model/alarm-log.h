/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/alarm-item.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* All alarms of an open plant, from every source, as one list: a GListModel of PlanciaAlarmItem, open ones first, then the
 * newest. What a register and a cloud say of one device at one time is one row. Kept in the store. Main thread.
 * Signals: "raised" (PlanciaAlarmItem*): an alarm began while the list looked; "changed" (): rows, or n-open.
 *
 * Who is asked: every device of the tree, through plancia_device_alarms_for: fault words of its registers, and numbers that a
 * cloud puts into its readings under PLANCIA_CLOUD_ALARMS_KEY. What a cloud knows of the past comes through
 * plancia_alarm_log_add. */
#define PLANCIA_TYPE_ALARM_LOG (plancia_alarm_log_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmLog, plancia_alarm_log, PLANCIA, ALARM_LOG, GObject)

/* At most so many rows; the oldest ended ones go first. The store keeps all. */
#define PLANCIA_ALARM_LOG_ROWS 5000

/* Those of this plant, made at the first call and kept with it. (transfer none) */
PlanciaAlarmLog *plancia_alarm_log_for (PlanciaOpenPlant *plant);
/* The store has been asked; the list is empty until then. */
gboolean plancia_alarm_log_is_ready (PlanciaAlarmLog *self);
/* Of a device and what hangs below it; NULL or the whole plant: of all. */
guint plancia_alarm_log_count_open (PlanciaAlarmLog *self, PlanciaDevice *device);
/* The same alarm since a time, this one among them: how often in the last days. */
guint plancia_alarm_log_count_like (PlanciaAlarmLog *self, PlanciaAlarmItem *item, gint64 since);
/* Devices that could have alarms, and how many of these have answered and do still. */
void plancia_alarm_log_count_asked (PlanciaAlarmLog *self,
                                    PlanciaDevice   *device,
                                    guint           *asked,
                                    guint           *supported);
/* One that is known from elsewhere, such as the past of a cloud; the same one twice is one. (transfer full) */
void plancia_alarm_log_add (PlanciaAlarmLog *self, PlanciaAlarmRecord *record);
/* Several of them, with those that are gone. (element-type PlanciaAlarmRecord) */
void plancia_alarm_log_take (PlanciaAlarmLog *self, GPtrArray *records);
/* A recording that was gone through, as of a time of it, ms UTC: nothing is added any more. */
void plancia_alarm_log_show_until (PlanciaAlarmLog *self, gint64 time);
/* What is known of a device, rows or not. (transfer full) (element-type PlanciaAlarmRecord) */
GPtrArray *plancia_alarm_log_dup_records (PlanciaAlarmLog *self, const char *device);
/* Ids of a device and all below it; NULL for all. (transfer full) */
GHashTable *plancia_alarm_log_dup_ids (PlanciaDevice *device);

G_END_DECLS
