/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* The watch list of a plant: registers of several devices that a person wants to see together, in an order of their own. A
 * GListModel of PlanciaWatchedItem. Kept in the plant's file. Main thread. */
#define PLANCIA_TYPE_WATCHED (plancia_watched_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatched, plancia_watched, PLANCIA, WATCHED, GObject)

/* One register. Immutable. */
#define PLANCIA_TYPE_WATCHED_ITEM (plancia_watched_item_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatchedItem, plancia_watched_item, PLANCIA, WATCHED_ITEM, GObject)

const char *plancia_watched_item_get_device (PlanciaWatchedItem *self); /* id of the entry */
const char *plancia_watched_item_get_key (PlanciaWatchedItem *self);    /* of the field */

/* (transfer none): lives as long as the plant. */
PlanciaWatched *plancia_watched_of (PlanciaPlant *plant);
/* At the end; nothing happens if it is there. */
void     plancia_watched_add (PlanciaWatched *self, const char *device, const char *key);
void     plancia_watched_remove (PlanciaWatched *self, const char *device, const char *key);
gboolean plancia_watched_contains (PlanciaWatched *self, const char *device, const char *key);
/* The item at from stands at to then. */
void plancia_watched_move (PlanciaWatched *self, guint from, guint to);
/* The keys of one device, NULL at the end. (transfer full) */
GStrv plancia_watched_list_keys (PlanciaWatched *self, const char *device);

G_END_DECLS
