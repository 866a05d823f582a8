/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-place.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Text on its way to a file, collected into large pieces. Blocking. */
typedef struct
{
  GOutputStream     *stream;
  GString           *text;  /* not written yet; append here */
  PlanciaExportPlace place; /* empty for standard output */
} PlanciaExportStream;

/* path: "-" for standard output */
gboolean plancia_export_stream_open (PlanciaExportStream *self, const char *path, GError **error);
/* Writes if there is enough to be worth it. */
gboolean
plancia_export_stream_pump (PlanciaExportStream *self, GCancellable *cancellable, GError **error);
/* Writes the rest and puts the file in its place. */
gboolean
plancia_export_stream_close (PlanciaExportStream *self, GCancellable *cancellable, GError **error);
/* If it was not closed, a file of the same name stays as it was. */
void plancia_export_stream_clear (PlanciaExportStream *self);
/* Bytes that are there already, as such a file; path as above. */
gboolean plancia_export_stream_save (const char   *path,
                                     GBytes       *bytes,
                                     GCancellable *cancellable,
                                     GError      **error);

G_END_DECLS
