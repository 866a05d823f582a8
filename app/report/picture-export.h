/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-options.h"
#include "report/curves.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures as a format of an export: what the store has of the span, thinned, as curves. */

gboolean plancia_picture_export_is_picture (PlanciaExportFormat format);
/* Call it before plancia_export_new(): gives options of a picture what draws it; others stay as they are. */
void plancia_picture_export_prepare (PlanciaExportOptions *options);
/* The span as a picture says it, on the clock of zone: "12 June 2026, 00:00 – 24:00 …". (transfer full) */
char *plancia_picture_export_dup_span (PlanciaSpan span, GTimeZone *zone);
/* Curves as such a file; path "-": standard output. Blocking. */
gboolean plancia_picture_export_save (PlanciaCurves      *curves,
                                      PlanciaExportFormat format,
                                      const char         *title,
                                      const char         *path,
                                      GCancellable       *cancellable,
                                      GError            **error);

G_END_DECLS
