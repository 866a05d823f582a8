/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A register that came from outside is locked: it reads as usual and is not offered for writing. In the file that is "locked":
 * true in its entry (maps of ours), or "imported": { "writable": true } with "access": "r" (lists of other programs). */

/* Locks every register that the map would write. root is changed; map is the same document, loaded. How many there are. */
guint plancia_map_lock_all (JsonNode *root, PlanciaMap *map);
/* The text of the map with one register unlocked. Refused (PLANCIA_DEVICE_ERROR_READ_ONLY): grid code and firmware areas, registers
 * that are written only in a block we do not know, registers that are not locked. (transfer full) */
char *plancia_map_unlock (PlanciaMap *map, const char *key, GError **error);

G_END_DECLS
