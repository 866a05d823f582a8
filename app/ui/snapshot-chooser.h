/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/snapshot.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A letter and a button that shows the snapshot which is chosen; its list has the others, with their notes to change and a
 * way to remove them. Main thread. Signals: "chosen" (PlanciaSnapshot*; NULL: what is there now),
 * "note-asked" (PlanciaSnapshot*), "removed" (PlanciaSnapshot*): what a person wants. */
#define PLANCIA_TYPE_SNAPSHOT_CHOOSER (plancia_snapshot_chooser_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSnapshotChooser,
                      plancia_snapshot_chooser,
                      PLANCIA,
                      SNAPSHOT_CHOOSER,
                      AdwBin)

/* letter: "A" or "B". tooltip: what the button chooses. */
void plancia_snapshot_chooser_set_up (PlanciaSnapshotChooser *self,
                                      const char             *letter,
                                      const char             *tooltip);
/* list: GListModel of PlanciaSnapshot, or NULL. zone: for times. */
void
plancia_snapshot_chooser_set_list (PlanciaSnapshotChooser *self, GListModel *list, GTimeZone *zone);
/* What the button shows; NULL: nothing. */
void plancia_snapshot_chooser_show (PlanciaSnapshotChooser *self, PlanciaSnapshot *snapshot);
/* Without the second line. */
void plancia_snapshot_chooser_set_narrow (PlanciaSnapshotChooser *self, gboolean narrow);

G_END_DECLS
