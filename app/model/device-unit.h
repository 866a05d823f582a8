/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* The unit that a device is asked under: of its address, else the usual one of its map, else 1. Main thread. */
int plancia_device_find_unit (PlanciaDevice *device);
/* Whether a Modbus function may be sent on its route. */
gboolean plancia_device_passes (PlanciaDevice *device, guint8 function);

G_END_DECLS
