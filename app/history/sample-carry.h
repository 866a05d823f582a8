/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store-sqlite.h"

G_BEGIN_DECLS

/* Samples and coverage on their way from one computer to another, a part (see day-part.h) a device, source and month of UTC.
 * Blocking; on the worker that has the file. For carry.c. */

/* What there is of a device. (transfer full) GPtrArray of char*: its sources, sorted. */
GPtrArray *
plancia_sample_carry_sources (PlanciaStoreSqlite *file, const char *device, GError **error);
/* From the first day to the last that anything is known of, cut to span; empty: nothing. */
gboolean plancia_sample_carry_extent (PlanciaStoreSqlite *file,
                                      const char         *device,
                                      const char         *source,
                                      PlanciaSpan         span,
                                      PlanciaSpan        *extent,
                                      GError            **error);
/* About how many bytes a part for span will have; gets added. */
gboolean plancia_sample_carry_measure (PlanciaStoreSqlite *file,
                                       const char         *device,
                                       PlanciaSpan         span,
                                       gint64             *size,
                                       GError            **error);
/* (transfer full); samples: how many there are gets added. */
GBytes *plancia_sample_carry_out (PlanciaStoreSqlite *file,
                                  const char         *device,
                                  const char         *source,
                                  PlanciaSpan         span,
                                  const char         *owner,
                                  gint64             *samples,
                                  GCancellable       *cancellable,
                                  GError            **error);
/* Within the caller's transaction: what is not there is added; where a moment has another value, the larger one stays, so that it
 * does not matter which file came first. What lies outside of span is left out. added: how many were new gets added; lost: damaged
 * places. dry: nothing is written, but counted. */
gboolean plancia_sample_carry_in (PlanciaStoreSqlite *file,
                                  const char         *device,
                                  const char         *source,
                                  PlanciaSpan         span,
                                  const char         *owner,
                                  GBytes             *part,
                                  gboolean            dry,
                                  gint64             *added,
                                  guint              *lost,
                                  GCancellable       *cancellable,
                                  GError            **error);

G_END_DECLS
