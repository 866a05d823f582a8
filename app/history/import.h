/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/import-plan.h"
#include "history/store.h"

G_BEGIN_DECLS

#define PLANCIA_IMPORT_SOURCE "import"
/* Of the cells that cannot be read so many are told. */
#define PLANCIA_IMPORT_MAX_ERRORS 100

/* A table into the store, as a source of its own. Read on a worker and put piece by piece, each piece a transaction: what is stopped in
 * the middle leaves what was put so far, and importing again puts nothing twice. Main thread; runs once.
 *
 * Signal "progress" (): more was put. */
#define PLANCIA_TYPE_IMPORT (plancia_import_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaImport, plancia_import, PLANCIA, IMPORT, GObject)

/* device: its id. known: ids that lines of this program's own table may name, NULL-terminated, or NULL; others go to device. plan:
 * copied. zone: of times without one. */
PlanciaImport *plancia_import_new (PlanciaStore            *store,
                                   const char              *device,
                                   const char *const       *known,
                                   GTimeZone               *zone,
                                   const PlanciaImportPlan *plan);
void           plancia_import_run_async (PlanciaImport      *self,
                                         const char         *path,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean plancia_import_run_finish (PlanciaImport *self, GAsyncResult *result, GError **error);
/* 0 to 1, by the bytes of the file. */
double  plancia_import_get_fraction (PlanciaImport *self);
guint64 plancia_import_get_samples (PlanciaImport *self); /* put so far */
/* Cells that could not be read, and the first of them: "line 12, column 3: “abc” is no number". (transfer none) GPtrArray of char* */
guint64    plancia_import_get_n_errors (PlanciaImport *self);
GPtrArray *plancia_import_get_errors (PlanciaImport *self);
/* Of what was put; an empty span if nothing was. */
PlanciaSpan plancia_import_get_span (PlanciaImport *self);

G_END_DECLS
