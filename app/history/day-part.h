/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/cover.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Some days of a device from one source as bytes, for a file that goes to another computer: records one after the other, each
 * with its mark, length and CRC32, so that a damaged byte costs the record it lies in. The owner, such as the name of the part, is in each CRC: what a
 * damaged file has swallowed of another part is nobody's. A record is a chunk (see chunk.h: exact to
 * the bit) of a key, or a stretch of coverage. Pure, any thread. */

/* (transfer full): the head of a part. */
GByteArray *plancia_day_part_begin (void);
/* times: ascending, none twice; length: 1 to PLANCIA_CHUNK_MAX. */
void plancia_day_part_add_samples (GByteArray   *self,
                                   const char   *owner,
                                   const char   *key,
                                   const gint64 *times,
                                   const double *values,
                                   gsize         length);
void plancia_day_part_add_cover (GByteArray *self, const char *owner, const PlanciaCover *cover);

/* What a reader is told; FALSE: it is to stop. */
typedef struct
{
  gboolean (*samples) (const char *key, GArray *times, GArray *values, gpointer data);
  gboolean (*cover) (const PlanciaCover *cover, gpointer data);
} PlanciaDayVisitor;

/* lost: how many places there are at which something was damaged. FALSE: a visitor stopped, or it is no such part at all (then
 * error is set: G_IO_ERROR_INVALID_DATA, or PLANCIA_DOCUMENT_ERROR_VERSION). */
gboolean plancia_day_part_read (GBytes                  *part,
                                const char              *owner,
                                const PlanciaDayVisitor *visitor,
                                gpointer                 data,
                                guint                   *lost,
                                GError                 **error);

G_END_DECLS
