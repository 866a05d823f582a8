/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"
#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The device of an entry in the plant that is open: by its id, its serial number or its address; or NULL. (transfer none) */
PlanciaDevice *
plancia_journal_find_device (PlanciaSession *session, const PlanciaJournalEntry *entry);
/* Stages what was there before the write of an entry and returns the review of it: nothing is written here. NULL if nothing can
 * be staged: the device is not there, has another map, or has the old values already. (transfer floating) */
GtkWidget *plancia_journal_undo (PlanciaSession *session, const PlanciaJournalEntry *entry);

G_END_DECLS
