/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/snapshot.h"

G_BEGIN_DECLS

/* Snapshots of a plant on disk: a folder beside the plant file, one file a snapshot, named after the device and the
 * time. All but dup_path block: on a worker. Errors are G_IO_ERROR. */

/* "…/plant.json" gives "…/plant.snapshots". (transfer full) */
char *plancia_snapshot_folder_dup_path (const char *plant_path);
/* What its file is called. (transfer full) */
char *plancia_snapshot_folder_dup_name (PlanciaSnapshot *snapshot);
/* Of this device, the newest first; a file that cannot be read is left out and named in the log. No folder: an empty
 * list. (transfer full) GPtrArray of PlanciaSnapshot. */
GPtrArray *plancia_snapshot_folder_list (const char *folder, const char *device);
/* Atomic; makes the folder. */
gboolean
plancia_snapshot_folder_save (const char *folder, PlanciaSnapshot *snapshot, GError **error);
gboolean
plancia_snapshot_folder_remove (const char *folder, PlanciaSnapshot *snapshot, GError **error);
/* The oldest automatic ones of this device without a note go, but for the newest keep of them. */
void plancia_snapshot_folder_prune (const char *folder, const char *device, guint keep);
/* What is in one and not in the other, as when a plant is saved under another name. */
void plancia_snapshot_folder_copy (const char *from, const char *to);

/* One file by its path, as a person names it. */
PlanciaSnapshot *plancia_snapshot_load (const char *path, GError **error);
gboolean plancia_snapshot_save (PlanciaSnapshot *snapshot, const char *path, GError **error);

G_END_DECLS
