/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "history/export-writer.h"

G_BEGIN_DECLS

/* Lines of a table from samples of several devices and sources: each time that any column has a value at, once, in order. Any
 * thread. */

/* samples: PlanciaSamples*, those of columns that are not there are left out. Calls plancia_export_writer_add for each line. */
gboolean plancia_export_rows_write (GPtrArray           *columns,
                                    GPtrArray           *samples,
                                    PlanciaExportWriter *writer,
                                    GCancellable        *cancellable,
                                    GError             **error);

G_END_DECLS
