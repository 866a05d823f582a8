/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "plant/snapshot.h"

G_BEGIN_DECLS

/* The snapshots of an open plant: taken, kept beside the plant file, listed. Files on a worker of its own. Main thread.
 * Signals: "taken" (PlanciaDevice*, PlanciaSnapshot*), "failed" (PlanciaDevice*, GError*): an automatic one. */
#define PLANCIA_TYPE_SNAPSHOTS (plancia_snapshots_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSnapshots, plancia_snapshots, PLANCIA, SNAPSHOTS, GObject)

/* Automatic ones without a note that are kept of a device. */
#define PLANCIA_SNAPSHOTS_KEPT 100

/* Those of this plant, made at the first call and kept with it. (transfer none) */
PlanciaSnapshots *plancia_snapshots_for (PlanciaOpenPlant *plant);
/* Where the plant's file is; NULL, as at first: they are kept only while the plant is open. What is there already goes
 * along to another file. */
void plancia_snapshots_set_plant_path (PlanciaSnapshots *self, const char *path);
/* Takes one of each device at its first connect from now on. */
void plancia_snapshots_set_automatic (PlanciaSnapshots *self, gboolean automatic);

/* Of a device, the newest first: GListModel of PlanciaSnapshot, filled when they are read. (transfer none) */
GListModel *plancia_snapshots_get_list (PlanciaSnapshots *self, PlanciaDevice *device);
/* Reads all readable registers. PLANCIA_SNAPSHOT_NOW is not kept. (transfer full) */
void             plancia_snapshots_take_async (PlanciaSnapshots     *self,
                                               PlanciaDevice        *device,
                                               PlanciaSnapshotReason reason,
                                               const char           *note,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PlanciaSnapshot *plancia_snapshots_take_finish (GAsyncResult *result, GError **error);
void
plancia_snapshots_set_note (PlanciaSnapshots *self, PlanciaSnapshot *snapshot, const char *note);
void plancia_snapshots_remove (PlanciaSnapshots *self, PlanciaSnapshot *snapshot);

/* The keys of all registers that can be read. (transfer full) */
GStrv plancia_snapshot_list_keys (PlanciaMap *map);
/* What was read as a snapshot. (transfer full) */
PlanciaSnapshot *plancia_snapshot_new_from_readings (PlanciaSnapshotReason reason,
                                                     const char           *device,
                                                     const char           *name,
                                                     const char           *route,
                                                     PlanciaMap           *map,
                                                     PlanciaReadings      *readings);

G_END_DECLS
