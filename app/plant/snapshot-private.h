/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/snapshot.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* For snapshot-file.c. */

/* Without a map: the item is taken over. */
void plancia_snapshot_take_item (PlanciaSnapshot *self, PlanciaSnapshotItem *item);
void plancia_snapshot_item_free (PlanciaSnapshotItem *item);
void plancia_snapshot_set_map_id (PlanciaSnapshot *self, const char *map);
/* Members of the file that this version does not know, or NULL. */
JsonObject *plancia_snapshot_get_kept (PlanciaSnapshot *self);
void        plancia_snapshot_set_kept (PlanciaSnapshot *self, JsonObject *kept);

G_END_DECLS
