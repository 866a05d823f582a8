/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* Which registers are polled of a device. Main thread, but for the list. */

/* The registers of a device that is not looked at which are asked all the same: what its map calls fast, what the
 * tree, the sums and the history are made of, faults, and who it is. kind: as of an entry. (transfer full) keys,
 * NULL at the end. Any thread. */
GStrv plancia_watch_list (PlanciaMap *map, const char *kind);
/* Tells the backend. all: the device is looked at; else the list, and what the watch list of its plant has of it. */
void plancia_watch_tell (PlanciaDevice *device, PlanciaPlant *plant, gboolean all);
/* Changes the watch list of the plant. */
void
plancia_watch_set (PlanciaDevice *device, PlanciaPlant *plant, const char *key, gboolean watched);

G_END_DECLS
