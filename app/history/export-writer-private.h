/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-stream.h"
#include "history/export-text.h"
#include "history/export-writer.h"

G_BEGIN_DECLS

/* A format. */
struct _PlanciaExportKind
{
  gboolean (*begin) (PlanciaExportWriter *self, const char *path, GError **error);
  gboolean (*add) (PlanciaExportWriter *self,
                   gint64               time,
                   const double        *values,
                   GCancellable        *cancellable,
                   GError             **error);
  gboolean (*finish) (PlanciaExportWriter *self, GCancellable *cancellable, GError **error);
  void (*free) (PlanciaExportWriter *self);
};

struct _PlanciaExportWriter
{
  const PlanciaExportKind *kind;
  PlanciaExportOptions     options;
  GPtrArray               *columns; /* PlanciaExportColumn */
  GTimeZone               *zone;
  guint64                  lines;
  gpointer                 state; /* the format's own */
};

/* What formats of lines of text have in common; their state begins with it. */
typedef struct
{
  PlanciaExportStream out;
  PlanciaExportClock  clock;
  void (*add_wide) (PlanciaExportWriter *self, gint64 time, const double *values);
  void (*add_long) (PlanciaExportWriter *self, gint64 time, const double *values);
} PlanciaExportLines;

gboolean plancia_export_lines_add (PlanciaExportWriter *self,
                                   gint64               time,
                                   const double        *values,
                                   GCancellable        *cancellable,
                                   GError             **error);
gboolean
plancia_export_lines_finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error);

extern const PlanciaExportKind plancia_export_csv;
extern const PlanciaExportKind plancia_export_json_lines;
extern const PlanciaExportKind plancia_export_xlsx;

/* "Roof Power (W)"; of one device alone the name is left out. (transfer full) */
char *plancia_export_column_words (PlanciaExportWriter *self, guint column);

G_END_DECLS
