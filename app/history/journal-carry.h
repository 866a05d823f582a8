/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal-file.h"

G_BEGIN_DECLS

/* Rows of the journal on their way from one computer to another: as JSON (format "plancia-journal", version 1), some hundred
 * requests a document. A request is told from others by when, where and what was written; what became of it is added to, never
 * changed, on either side. Blocking; on the journal's worker. */

typedef struct
{
  guint requests; /* that were not there */
  guint events;   /* that were added to requests, new or known */
} PlanciaJournalCarried;

/* What was written to these devices, by id or serial number (NULL-terminated). (transfer full) GPtrArray of GBytes*. */
GPtrArray *plancia_journal_carry_out (PlanciaJournalFile *self,
                                      const char *const  *ids,
                                      const char *const  *serials,
                                      GCancellable       *cancellable,
                                      GError            **error);
/* Of one document, without a journal: PLANCIA_DOCUMENT_ERROR if it is none. requests: how many it holds. */
gboolean
plancia_journal_carry_check (GBytes *document, const char *origin, guint *requests, GError **error);
/* One transaction for all documents (of which plancia_journal_carry_check thought well). devices: their ids to those here, or NULL.
 * dry: nothing is written, but counted. */
gboolean plancia_journal_carry_in (PlanciaJournalFile    *self,
                                   GPtrArray             *documents,
                                   GHashTable            *devices,
                                   gboolean               dry,
                                   PlanciaJournalCarried *carried,
                                   GCancellable          *cancellable,
                                   GError               **error);

G_END_DECLS
