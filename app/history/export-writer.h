/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-options.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One quantity of one device from one source, as a table names it. */
typedef struct
{
  char *device; /* its id in the store */
  char *name;   /* for people */
  char *source; /* "portal", "local", ... */
  char *key;
  char *title; /* for people */
  char *unit;  /* or "" */
} PlanciaExportColumn;

/* All copied; title NULL: the key. */
PlanciaExportColumn *plancia_export_column_new (const char *device,
                                                const char *name,
                                                const char *source,
                                                const char *key,
                                                const char *title,
                                                const char *unit);
void                 plancia_export_column_free (PlanciaExportColumn *self);

/* A table that grows line by line in a file. The file appears, whole, when it is finished; until then one of the same name stays as
 * it is. Blocking; on one worker. */
typedef struct _PlanciaExportWriter PlanciaExportWriter;

/* path: "-" for standard output, which a workbook cannot go to. columns: PlanciaExportColumn. zone: of the times. G_IO_ERROR. */
PlanciaExportWriter *plancia_export_writer_open (const char                 *path,
                                                 const PlanciaExportOptions *options,
                                                 GPtrArray                  *columns,
                                                 GTimeZone                  *zone,
                                                 GError                    **error);
/* values: one a column, NAN for none. Times come in order. */
gboolean plancia_export_writer_add (PlanciaExportWriter *self,
                                    gint64               time,
                                    const double        *values,
                                    GCancellable        *cancellable,
                                    GError             **error);
/* Lines written: rows, or samples if it is not wide. */
guint64 plancia_export_writer_get_lines (PlanciaExportWriter *self);
/* Ends the file. */
gboolean
plancia_export_writer_finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error);
/* What was not finished leaves nothing behind. */
void plancia_export_writer_free (PlanciaExportWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaExportWriter, plancia_export_writer_free)

G_END_DECLS
