/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "plant/snapshot.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What restoring a snapshot would write, to the device it is of or to another one (a clone), what is left out and why: a dry
 * run. From here settings are staged; the review then writes them. Signal "staged" (): the session looks at the device that
 * has them. Main thread. */
#define PLANCIA_TYPE_RESTORE_DIALOG (plancia_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRestoreDialog,
                      plancia_restore_dialog,
                      PLANCIA,
                      RESTORE_DIALOG,
                      AdwWindow)

/* device: of the snapshot. A modal window; set its parent and present it. */
GtkWidget *plancia_restore_dialog_new (PlanciaSession  *session,
                                       PlanciaDevice   *device,
                                       PlanciaSnapshot *snapshot);

G_END_DECLS
