/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* How far the device's own clock was from this program's when it was read: ms, positive when it is ahead. FALSE if it was not
 * read. zone: devices keep local time. Main thread. */
gboolean plancia_device_clock_get_off (PlanciaDevice *device, GTimeZone *zone, gint64 *off);

G_END_DECLS
