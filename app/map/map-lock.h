/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A register that came from outside is locked: it reads as usual and is not offered for writing. In the file that is "locked":
 * true in its entry (maps of ours), or "imported": { "writable": true } with "access": "r" (lists of other programs). */

/* Why a register stays read-only whatever a person says. */
typedef enum {
  PLANCIA_UNLOCK_ALLOWED,
  PLANCIA_UNLOCK_GRID_CODE,
  PLANCIA_UNLOCK_FORBIDDEN,  /* lies in the area of the grid code and the firmware */
  PLANCIA_UNLOCK_INPUT,      /* inputs cannot be written */
  PLANCIA_UNLOCK_BLOCK_ONLY, /* only within a block that nobody described */
} PlanciaUnlockReason;

/* Locks every register that the map would write. root is changed; map is the same document, loaded. How many there are. */
guint plancia_map_lock_all (JsonNode *root, PlanciaMap *map);
/* The text of the map with one register unlocked. Refused (PLANCIA_DEVICE_ERROR_READ_ONLY): grid code and firmware areas, registers
 * that are written only in a block we do not know, registers that are not locked. (transfer full) */
char *plancia_map_unlock (PlanciaMap *map, const char *key, GError **error);

/* The same for an entry of a document that is being edited. */
PlanciaUnlockReason plancia_map_lock_reason (const PlanciaField *field, JsonObject *entry);
void                plancia_map_lock_open (JsonObject *entry);
void                plancia_map_lock_close (JsonObject *entry);

G_END_DECLS
