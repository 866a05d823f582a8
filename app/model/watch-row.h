/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "model/register-row.h"

G_BEGIN_DECLS

/* One line of the watch list: a register of a device. Main thread. Property "serial" (guint) counts changes of its value or
 * of what it is, and is the only one that notifies. */
#define PLANCIA_TYPE_WATCH_ROW (plancia_watch_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatchRow, plancia_watch_row, PLANCIA, WATCH_ROW, GObject)

PlanciaWatchRow *plancia_watch_row_new (PlanciaDevice *device, const char *key);
PlanciaDevice   *plancia_watch_row_get_device (PlanciaWatchRow *self);
const char      *plancia_watch_row_get_key (PlanciaWatchRow *self);
/* NULL while the device has no map, or one without this register. */
PlanciaRegisterRow *plancia_watch_row_get_register (PlanciaWatchRow *self);
/* Takes the newest reading over. */
void plancia_watch_row_refresh (PlanciaWatchRow *self);

G_END_DECLS
