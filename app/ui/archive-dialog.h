/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The archive of all plants: how long recorded values are kept, and a button that checks, seals and thins it. Main thread. */
#define PLANCIA_TYPE_ARCHIVE_DIALOG (plancia_archive_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaArchiveDialog,
                      plancia_archive_dialog,
                      PLANCIA,
                      ARCHIVE_DIALOG,
                      AdwWindow)

/* Without a plant, or with the demo plant, it is the archive on the disk all the same. (transfer floating) */
GtkWindow *plancia_archive_dialog_new (GtkWindow *parent, PlanciaSession *session);

G_END_DECLS
