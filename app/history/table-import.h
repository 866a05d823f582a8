/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"
#include "history/table-plan.h"

G_BEGIN_DECLS

#define PLANCIA_TABLE_IMPORT_SOURCE "import"
/* Of the cells that cannot be read so many are told. */
#define PLANCIA_TABLE_IMPORT_MAX_ERRORS 100

/* A table into the store, as a source of its own. Read on a worker and put piece by piece, each piece a transaction: what is stopped in
 * the middle leaves what was put so far, and importing again puts nothing twice. Main thread; runs once.
 *
 * Signal "progress" (): more was put. */
#define PLANCIA_TYPE_TABLE_IMPORT (plancia_table_import_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTableImport, plancia_table_import, PLANCIA, TABLE_IMPORT, GObject)

/* device: its id; NULL: only lines of this program's own table that name a known one are taken. known: ids that such lines may name,
 * NULL-terminated, or NULL; others go to device. plan: copied. zone: of times without one. */
PlanciaTableImport *plancia_table_import_new (PlanciaStore           *store,
                                              const char             *device,
                                              const char *const      *known,
                                              GTimeZone              *zone,
                                              const PlanciaTablePlan *plan);
/* Before it runs: read from here instead of opening the file, such as a pipe whose beginning was looked at. */
void plancia_table_import_set_stream (PlanciaTableImport *self, GInputStream *stream);
void plancia_table_import_run_async (PlanciaTableImport *self,
                                     const char         *path,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean
plancia_table_import_run_finish (PlanciaTableImport *self, GAsyncResult *result, GError **error);
/* 0 to 1, by the bytes of the file. */
double  plancia_table_import_get_fraction (PlanciaTableImport *self);
guint64 plancia_table_import_get_samples (PlanciaTableImport *self); /* put so far */
/* Cells that could not be read, and the first of them: "line 12, column 3: “abc” is no number". (transfer none) GPtrArray of char* */
guint64    plancia_table_import_get_n_errors (PlanciaTableImport *self);
GPtrArray *plancia_table_import_get_errors (PlanciaTableImport *self);
/* Of what was put; an empty span if nothing was. */
PlanciaSpan plancia_table_import_get_span (PlanciaTableImport *self);

G_END_DECLS
