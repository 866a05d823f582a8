/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Many samples of one series as few bytes: differences of the times' differences and of the values as whole numbers of a
 * decimal place, each as short as it can be, then zstd. Exact to the bit. The only place that knows zstd. Pure, any thread. */

/* More are not put into one chunk. */
#define PLANCIA_CHUNK_MAX (1 << 22)

/* times: ascending, none twice. length: 1 to PLANCIA_CHUNK_MAX. */
GBytes *plancia_chunk_encode (const gint64 *times, const double *values, gsize length);
/* Appends to times (gint64) and values (double). FALSE and G_IO_ERROR_INVALID_DATA: damaged, nothing appended. */
gboolean plancia_chunk_decode (const guint8 *data,
                               gsize         size,
                               GArray       *times,
                               GArray       *values,
                               GError      **error);

G_END_DECLS
