/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"

G_BEGIN_DECLS

/* The journal in words, for people. */
/* "verified", "sent, outcome unknown", ...; translated. */
const char *plancia_journal_outcome_text (const PlanciaJournalEntry *entry);
/* "Storage mode: Self-use → Timed; …". keys: with the keys of the registers instead of their names. (transfer full) */
char *plancia_journal_values_text (const PlanciaJournalEntry *entry, gboolean keys);
/* What sort of write it was: "Write", "Undo", "Raw write", ...; translated. */
const char *plancia_journal_kind_text (const PlanciaJournalEntry *entry);

G_END_DECLS
