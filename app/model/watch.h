/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device-tree.h"

G_BEGIN_DECLS

/* Which registers are polled of a device. Main thread, but for the list. */

/* The registers of a device that is not looked at which are asked all the same: what its map calls fast, what the
 * tree, the sums and the history are made of, faults, and who it is. kind: as of an entry. (transfer full) keys,
 * NULL at the end. Any thread. */
GStrv plancia_watch_list (PlanciaMap *map, const char *kind);
/* What is polled of the devices of a tree follows what is looked at: of that device all that its map says; of the others the list,
 * what the watch list of the plant has of them, and what has a star, so that its history has no holes. Main thread. */
typedef struct _PlanciaWatch PlanciaWatch;

PlanciaWatch *plancia_watch_new (PlanciaPlant *plant, PlanciaDeviceTree *tree);
void          plancia_watch_free (PlanciaWatch *self);
/* device: of the tree, or NULL: none. Until somebody looks at something, all is polled. */
void plancia_watch_look (PlanciaWatch *self, PlanciaDevice *device);
/* Tells the backend of a device that came, or has another map. */
void plancia_watch_tell (PlanciaWatch *self, PlanciaDevice *device);
/* Changes the watch list of the plant, and tells. */
void
plancia_watch_set (PlanciaWatch *self, PlanciaDevice *device, const char *key, gboolean watched);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaWatch, plancia_watch_free)

G_END_DECLS
