/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/archive.h"

G_BEGIN_DECLS

/* Between the sources of the archive. */

/* A day is left to rows for so long after it ended: until then a cloud may hand on more of it. */
#define PLANCIA_ARCHIVE_GRACE (6 * PLANCIA_HOUR)

/* Ids of chunks: the series, then the day. Of pyramids: the series, then the month, then the level. */
#define PLANCIA_ARCHIVE_DAY_BITS 20
#define PLANCIA_ARCHIVE_N_DAYS   (G_GINT64_CONSTANT (1) << PLANCIA_ARCHIVE_DAY_BITS)
#define PLANCIA_ARCHIVE_LEVELS   2

typedef enum {
  PLANCIA_ARCHIVE_READ_ROWS,
  PLANCIA_ARCHIVE_COUNT_ROWS,
  PLANCIA_ARCHIVE_COUNT_CHUNKS,
  PLANCIA_ARCHIVE_WRITE_ROW,
  PLANCIA_ARCHIVE_DELETE_ROWS,
  PLANCIA_ARCHIVE_FIRST_ROW,
  PLANCIA_ARCHIVE_LAST_ROW,
  PLANCIA_ARCHIVE_READ_CHUNKS,
  PLANCIA_ARCHIVE_WRITE_CHUNK,
  PLANCIA_ARCHIVE_DELETE_CHUNK,
  PLANCIA_ARCHIVE_READ_PYRAMID,
  PLANCIA_ARCHIVE_WRITE_PYRAMID,
  PLANCIA_ARCHIVE_DELETE_PYRAMIDS,
  PLANCIA_ARCHIVE_FIRST_CHUNK,
  PLANCIA_ARCHIVE_LAST_CHUNK,
  PLANCIA_ARCHIVE_LIST_SERIES,
  PLANCIA_ARCHIVE_N_STATEMENTS
} PlanciaArchiveStatement;

struct _PlanciaArchive
{
  PlanciaDatabase  *database;
  PlanciaStatement *statements[PLANCIA_ARCHIVE_N_STATEMENTS];
  GHashTable
        *months; /* gint64 ids of months without pyramids that may get them; NULL: look at all */
  gint64 series; /* where sealing stopped; 0: at the beginning */
  gint64 from;
};

/* Times and values of one series, ascending. */
typedef struct
{
  GArray *times;
  GArray *values;
} PlanciaRun;

void plancia_run_init (PlanciaRun *self);
void plancia_run_clear (PlanciaRun *self);
/* self and later into one; of equal times later's. */
void plancia_run_merge (PlanciaRun *self, const gint64 *times, const double *values, gsize length);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaRun, plancia_run_clear)

/* Bound to its numbers, ready to be stepped; reset it afterwards. */
PlanciaStatement *plancia_archive_bind (PlanciaArchive         *self,
                                        PlanciaArchiveStatement which,
                                        gint64                  a,
                                        gint64                  b,
                                        gint64                  c);
/* Runs a bound one without rows and resets it. */
gboolean plancia_archive_run (PlanciaArchive   *self,
                              PlanciaStatement *statement,
                              const char       *what,
                              GError          **error);
/* The first column of the first row; found FALSE: no row, or NULL in it. */
gboolean plancia_archive_read_number (PlanciaArchive   *self,
                                      PlanciaStatement *statement,
                                      gint64           *number,
                                      gboolean         *found,
                                      GError          **error);
/* Puts all of a day together, with what comes new, into its chunk. */
gboolean plancia_archive_seal_day (PlanciaArchive *self,
                                   gint64          series,
                                   gint64          day,
                                   const gint64   *times,
                                   const double   *values,
                                   gsize           length,
                                   GError        **error);
gint64   plancia_archive_month (gint64 day);
/* The days of a month, half open. */
PlanciaSpan plancia_archive_month_days (gint64 month);
gint64      plancia_archive_pyramid_id (gint64 series, gint64 month, guint level);
gint64      plancia_archive_pyramid_width (guint level);
/* Pyramids of the month; none where they would save nothing. */
gboolean
plancia_archive_build_pyramids (PlanciaArchive *self, gint64 series, gint64 month, GError **error);

G_END_DECLS
