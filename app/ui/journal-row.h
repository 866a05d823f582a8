/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One request of the journal: values and outcome; opened, where, by whom and with which words. Signals: "note" (), "undo" (),
 * "read-back" (), "leave" (): a person wants that. Main thread. */
#define PLANCIA_TYPE_JOURNAL_ROW (plancia_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaJournalRow, plancia_journal_row, PLANCIA, JOURNAL_ROW, AdwExpanderRow)

/* reachable: its device is in the plant that is open, so that it can be read and written. (transfer floating) */
GtkWidget           *plancia_journal_row_new (PlanciaJournalEntry *entry, gboolean reachable);
PlanciaJournalEntry *plancia_journal_row_get_entry (PlanciaJournalRow *self);

G_END_DECLS
