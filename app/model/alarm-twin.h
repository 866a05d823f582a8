/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/alarm-item.h"
#include "model/device-tree.h"

G_BEGIN_DECLS

/* A register and a cloud that say the same of one device: told by its serial number. Main thread. */

/* By which a cloud and a stick mean the same device; NULL if it is not known. Valid until the next readings. */
const char *plancia_alarm_twin_serial (PlanciaDevice *device);
/* A serial number may be in two parts; the first is as long as a cloud's name for it. NULL is like nothing. */
gboolean plancia_alarm_twin_is_same (const char *a, const char *b);
/* Ids of devices and their serial numbers. tree: may be NULL. (transfer full) */
GHashTable *plancia_alarm_twin_list (PlanciaDeviceTree *tree);
/* The one among all (PlanciaAlarmItem) of the device's own register that says what this one of a cloud says, or NULL. (transfer
 * none) */
PlanciaAlarmItem *
plancia_alarm_twin_find (GPtrArray *all, PlanciaAlarmItem *item, GHashTable *serials);

G_END_DECLS
