/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "history/alarm-record.h"
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
gboolean plancia_store_sqlite_set_aside (const char *path, const GError *damage, GError **error);
/* Cancelling rolls everything back. */
gboolean        plancia_store_sqlite_put (PlanciaStoreSqlite *self,
                                          PlanciaSamples     *samples,
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

/* See alarm-table.h. */
gboolean
plancia_store_sqlite_put_alarms (PlanciaStoreSqlite *self, GPtrArray *records, GError **error);
GPtrArray *plancia_store_sqlite_list_alarms (PlanciaStoreSqlite *self,
                                             const char *const  *devices,
                                             guint               limit,
                                             GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaStoreSqlite, plancia_store_sqlite_close)

G_END_DECLS
