/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "history/alarm-record.h"
#include "history/archive.h"
#include "history/cover.h"
#include "history/series-name.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* The file of the store: the only place that knows SQLite. Blocking; belongs to the store's worker.
 * Errors are G_IO_ERROR: INVALID_DATA for a damaged file; PLANCIA_DOCUMENT_ERROR_VERSION for a
 * file of a newer Plancia, which is left as it is. */
typedef struct _PlanciaStoreSqlite PlanciaStoreSqlite;

PlanciaStoreSqlite *plancia_store_sqlite_open (const char *path, GError **error);
void                plancia_store_sqlite_close (PlanciaStoreSqlite *self);
/* See plancia_database_set_aside. */
char *plancia_store_sqlite_set_aside (const char *path, const GError *damage, GError **error);
/* See plancia_salvage. */
gboolean plancia_store_sqlite_salvage (PlanciaStoreSqlite *self,
                                       const char         *path,
                                       gint64             *rows,
                                       GError            **error);
/* For the sources of the store. (transfer none) */
PlanciaDatabase *plancia_store_sqlite_get_database (PlanciaStoreSqlite *self);
PlanciaArchive  *plancia_store_sqlite_get_archive (PlanciaStoreSqlite *self);
/* One transaction for several pieces (PlanciaSamples) of one device and source. Cancelling rolls everything back. */
gboolean        plancia_store_sqlite_put (PlanciaStoreSqlite *self,
                                          GPtrArray          *pieces,
                                          GCancellable       *cancellable,
                                          GError            **error);
PlanciaSamples *plancia_store_sqlite_query (PlanciaStoreSqlite *self,
                                            const char         *device,
                                            const char         *source,
                                            const char *const  *keys,
                                            PlanciaSpan         span,
                                            guint               buckets,
                                            GCancellable       *cancellable,
                                            GError            **error);
/* Adds to count how many samples there are, and stops when there are more than limit. */
gboolean plancia_store_sqlite_count (PlanciaStoreSqlite *self,
                                     const char         *device,
                                     const char         *source,
                                     const char *const  *keys,
                                     PlanciaSpan         span,
                                     gint64              limit,
                                     gint64             *count,
                                     GError            **error);
/* See coverage.h. */
gboolean   plancia_store_sqlite_mark (PlanciaStoreSqlite *self,
                                      const char         *device,
                                      const char         *source,
                                      const PlanciaCover *coverage,
                                      GError            **error);
GPtrArray *plancia_store_sqlite_coverage (PlanciaStoreSqlite *self,
                                          const char         *device,
                                          const char         *source,
                                          PlanciaSpan         span,
                                          GError            **error);

/* devices NULL: all. (transfer full) GPtrArray of PlanciaSeriesName*. */
GPtrArray *plancia_store_sqlite_list_series (PlanciaStoreSqlite *self,
                                             const char *const  *devices,
                                             GCancellable       *cancellable,
                                             GError            **error);
/* One step; more: there is something left to do. */
gboolean plancia_store_sqlite_seal (PlanciaStoreSqlite *self, gboolean *more, GError **error);

/* The next series behind series that was recorded here, which becomes series; 0: there is none. */
gboolean plancia_store_sqlite_thin (PlanciaStoreSqlite     *self,
                                    const PlanciaRetention *retention,
                                    gint64                 *series,
                                    GCancellable           *cancellable,
                                    gint64                 *removed,
                                    GError                **error);

/* See alarm-table.h. */
gboolean
plancia_store_sqlite_put_alarms (PlanciaStoreSqlite *self, GPtrArray *records, GError **error);
GPtrArray *plancia_store_sqlite_list_alarms (PlanciaStoreSqlite *self,
                                             const char *const  *devices,
                                             guint               limit,
                                             GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaStoreSqlite, plancia_store_sqlite_close)

G_END_DECLS
