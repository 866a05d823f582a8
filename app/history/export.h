/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-writer.h"
#include "history/store.h"

G_BEGIN_DECLS

/* What the store has of a span, as a file. Asks the store a few days at a time and writes them on a worker of its own while the store
 * reads on, so that a span of years needs no memory. Main thread; runs once.
 *
 * Signal "progress" (): more lines were written. */
#define PLANCIA_TYPE_EXPORT (plancia_export_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaExport, plancia_export, PLANCIA, EXPORT, GObject)

/* columns: PlanciaExportColumn, those of one device and source together, in the order of the table. zone: of the plant. */
PlanciaExport *plancia_export_new (PlanciaStore               *store,
                                   GPtrArray                  *columns,
                                   PlanciaSpan                 span,
                                   GTimeZone                  *zone,
                                   const PlanciaExportOptions *options);
/* path: "-" for standard output. Cancelling leaves no file, and one that was there as it was. */
void     plancia_export_run_async (PlanciaExport      *self,
                                   const char         *path,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean plancia_export_run_finish (PlanciaExport *self, GAsyncResult *result, GError **error);
/* 0 to 1, by the span. */
double  plancia_export_get_fraction (PlanciaExport *self);
guint64 plancia_export_get_lines (PlanciaExport *self);

G_END_DECLS
