/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* All that was written, of all plants: list, filter by device, notes, undo, reading back what was cut off, export. Main
 * thread. */
#define PLANCIA_TYPE_JOURNAL_DIALOG (plancia_journal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaJournalDialog,
                      plancia_journal_dialog,
                      PLANCIA,
                      JOURNAL_DIALOG,
                      AdwWindow)

/* The session has a plant. device: whose writes to show at first, or NULL: all. (transfer floating) */
GtkWindow *
plancia_journal_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
