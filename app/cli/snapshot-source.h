/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/target.h"
#include "plant/snapshot.h"

G_BEGIN_DECLS

/* Snapshots as the command line names them. */

/* Everything that can be read, now. Opens the target if it is not open. (transfer full), or NULL after a sentence. */
PlanciaSnapshot *
plancia_cli_snapshot_take (PlanciaTarget *target, PlanciaSnapshotReason reason, gboolean open);
/* A file, or an address whose registers are read now; with plant the name of a device. map: (out) (transfer full): of
 * the snapshot, NULL if it is not known. code: (out): exit code on NULL. */
PlanciaSnapshot *plancia_cli_snapshot_get (const char  *text,
                                           const char  *plant,
                                           const char  *map_name,
                                           PlanciaMap **map,
                                           int         *code);

G_END_DECLS
