/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* The registers of a device that is not looked at which are asked all the same: what its map calls fast, what the
 * tree, the sums and the history are made of, faults, and who it is. kind: as of an entry. (transfer full) keys,
 * NULL at the end. Any thread. */
GStrv plancia_watch_list (PlanciaMap *map, const char *kind);

G_END_DECLS
