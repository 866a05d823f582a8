/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/database.h"
#include "history/retention.h"

#include "base/samples.h"

G_BEGIN_DECLS

/* The samples in the file of the store: rows for what is new and what comes in drops, one sealed chunk a series and day (of UTC)
 * for the rest, and of each series and month (of UTC) that is over two pyramids (see buckets.h: a quarter of an hour and sixteen
 * of them). A row is newer than the chunk's sample of the same time. Blocking; on the store's worker. */
typedef struct _PlanciaArchive PlanciaArchive;

PlanciaArchive *plancia_archive_new (PlanciaDatabase *database, GError **error);
void            plancia_archive_free (PlanciaArchive *self);

/* Within the caller's transaction. Days that are over for some hours are sealed at once, if there is much of them. */
gboolean plancia_archive_put (PlanciaArchive            *self,
                              gint64                     series,
                              const PlanciaSampleColumn *column,
                              GCancellable              *cancellable,
                              GError                   **error);
/* Appends what lies in span, ascending. */
gboolean plancia_archive_read (PlanciaArchive *self,
                               gint64          series,
                               PlanciaSpan     span,
                               GArray         *times,
                               GArray         *values,
                               GCancellable   *cancellable,
                               GError        **error);
/* Adds to count how many lie in span, by whole days, and stops when there are more than limit. */
gboolean plancia_archive_count (PlanciaArchive *self,
                                gint64          series,
                                PlanciaSpan     span,
                                gint64          limit,
                                gint64         *count,
                                GError        **error);
/* The same thinned to buckets of width ms; span holds whole ones. */
gboolean plancia_archive_read_thinned (PlanciaArchive *self,
                                       gint64          series,
                                       PlanciaSpan     span,
                                       gint64          width,
                                       GArray         *times,
                                       GArray         *values,
                                       GCancellable   *cancellable,
                                       GError        **error);
/* Puts others in the place of all that lies in the day (of UTC, since 1970), within the caller's transaction. */
gboolean plancia_archive_replace_day (PlanciaArchive *self,
                                      gint64          series,
                                      gint64          day,
                                      GArray         *times,
                                      GArray         *values,
                                      GError        **error);
/* Days that hold anything of the series, the first and the last; FALSE in found: none. */
gboolean plancia_archive_find_days (PlanciaArchive *self,
                                    gint64          series,
                                    gint64         *first,
                                    gint64         *last,
                                    gboolean       *found,
                                    GError        **error);
/* One step of sealing: some days or some months, in a transaction of its own. more: there is something left to do. */
gboolean plancia_archive_seal (PlanciaArchive *self, gboolean *more, GError **error);

/* Within the caller's transaction: thins the sealed days of a series that are old enough. removed: gets the number of samples
 * that are gone added. */
gboolean plancia_archive_thin (PlanciaArchive         *self,
                               gint64                  series,
                               const PlanciaRetention *retention,
                               GCancellable           *cancellable,
                               gint64                 *removed,
                               GError                **error);
/* Reads at most limit sealed days behind the one with id after (0: from the first) to see whether they are whole. last: the id
 * of the last one; 0: there was none. */
gboolean plancia_archive_check (PlanciaArchive *self,
                                gint64          after,
                                guint           limit,
                                gint64         *last,
                                GError        **error);

gint64 plancia_archive_day (gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaArchive, plancia_archive_free)

G_END_DECLS
