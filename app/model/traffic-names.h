/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device-tree.h"

G_BEGIN_DECLS

/* A PlanciaTrafficNameFunc; tree is a PlanciaDeviceTree. A device of that unit on that connection, or the connection's
 * own line of the tree for unit -1. (transfer full), or NULL. Main thread. */
char *plancia_traffic_names_find (const char *connection, int unit, gpointer tree);
PlanciaDevice *
plancia_traffic_names_find_device (const char *connection, int unit, PlanciaDeviceTree *tree);
/* Addresses of the connections that a device, or what hangs below it, uses; NULL for the whole plant: all.
 * (transfer full) */
GStrv plancia_traffic_names_connections (PlanciaDevice *device);

G_END_DECLS
