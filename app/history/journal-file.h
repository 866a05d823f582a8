/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/database.h"
#include "history/journal.h"

G_BEGIN_DECLS

/* The file of the journal. Blocking; belongs to the journal's worker. Rows are added, never changed or removed: the file itself
 * refuses. Errors as in database.h. */
typedef struct _PlanciaJournalFile PlanciaJournalFile;

/* path: or ":memory:". */
PlanciaJournalFile *plancia_journal_file_open (const char *path, GError **error);
void                plancia_journal_file_close (PlanciaJournalFile *self);
/* For the sources of the journal. (transfer none) */
PlanciaDatabase *plancia_journal_file_get_database (PlanciaJournalFile *self);
/* The number of the new row, or 0. entry: all but id, outcome, notes. */
gint64 plancia_journal_file_begin (PlanciaJournalFile        *self,
                                   const PlanciaJournalEntry *entry,
                                   GError                   **error);
/* what: "left", "note", or the name of a verdict. */
gboolean plancia_journal_file_add (PlanciaJournalFile *self,
                                   gint64              request,
                                   gint64              time,
                                   const char         *what,
                                   const char         *after,
                                   const char         *message,
                                   GError            **error);
/* See plancia_journal_list_async. */
GPtrArray *plancia_journal_file_list (PlanciaJournalFile         *self,
                                      const PlanciaJournalFilter *filter,
                                      GError                    **error);
/* See plancia_journal_count_async. */
GArray *plancia_journal_file_count (PlanciaJournalFile *self, const char *device, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaJournalFile, plancia_journal_file_close)

G_END_DECLS
