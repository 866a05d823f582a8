/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/readings.h"
#include "map/map.h"

G_BEGIN_DECLS

/* A device of a recording, and what was told of its registers. One thread. */
typedef struct
{
  int         unit;
  PlanciaMap *map;    /* or NULL */
  GPtrArray  *fields; /* const PlanciaField* that can be read, by function and address */
  guint       longest;
  GHashTable *told;    /* key -> what was told last */
  GError     *failure; /* as it was told, or NULL */
} PlanciaReplayDevice;

/* unit: -1 for its map's. */
PlanciaReplayDevice *plancia_replay_device_new (int unit, PlanciaMap *map);
void                 plancia_replay_device_free (gpointer self);
/* Index of the first field that can have a part in registers from an address on. */
guint plancia_replay_device_find (PlanciaReplayDevice *self, guint8 function, guint16 address);
/* FALSE: it was told just so. A register that was never read has nothing to say at first. time: us UTC. */
gboolean plancia_replay_device_note (PlanciaReplayDevice *self,
                                     const char          *key,
                                     PlanciaQuality       quality,
                                     gint64               time);

G_END_DECLS
