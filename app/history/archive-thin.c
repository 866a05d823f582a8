/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/archive-private.h"

#include "base/clock.h"
#include "history/buckets.h"
#include "history/chunk.h"

/* Of a bucket no more are left. */
#define SAMPLES_A_BUCKET 4

/* Whole days of UTC that have been over for so many days; −1: none. */
static gint64
last_day_before (guint days)
{
  return days > 0 ? plancia_archive_day (plancia_clock_now () - (gint64) days * PLANCIA_DAY) - 1
                  : -1;
}

static gboolean
replace (PlanciaArchive *self,
         gint64          series,
         gint64          day,
         PlanciaRun     *run,
         gsize           before,
         gint64         *removed,
         GError        **error)
{
  *removed += (gint64) (before - run->times->len);
  return before == run->times->len ||
         plancia_archive_replace_day (self, series, day, run->times, run->values, error);
}

/* width: of a bucket; 0: nothing is left */
static gboolean
thin_day (PlanciaArchive *self,
          gint64          series,
          gint64          day,
          gint64          width,
          gint64         *removed,
          GError        **error)
{
  PlanciaSpan    span = {day * PLANCIA_DAY, (day + 1) * PLANCIA_DAY};
  PlanciaBuckets buckets;
  g_auto (PlanciaRun) run = {0};
  g_auto (PlanciaRun) thinned = {0};

  plancia_run_init (&run);
  plancia_run_init (&thinned);
  if (!plancia_archive_read (self, series, span, run.times, run.values, NULL, error))
    return FALSE;
  if (width > 0) {
    plancia_buckets_init (&buckets, width, thinned.times, thinned.values);
    plancia_buckets_add (&buckets,
                         (const gint64 *) run.times->data,
                         (const double *) run.values->data,
                         run.times->len);
    plancia_buckets_finish (&buckets);
  }
  return replace (self, series, day, &thinned, run.times->len, removed, error);
}

/* The days up to last, of sealed ones, that hold more than thinned ones do. (transfer full) GArray of gint64. */
static GArray *
find_full_days (PlanciaArchive *self, gint64 series, gint64 last, gint64 most, GError **error)
{
  gint64 begin = series * PLANCIA_ARCHIVE_N_DAYS;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (PlanciaStatement)
    find = plancia_database_prepare (self->database,
                                     "SELECT id FROM chunk WHERE id >= ? AND id <= ? AND count > ?",
                                     error);
  int result;

  if (find == NULL)
    return NULL;
  sqlite3_bind_int64 (find, 1, begin);
  sqlite3_bind_int64 (find, 2, begin + CLAMP (last, 0, PLANCIA_ARCHIVE_N_DAYS - 1));
  sqlite3_bind_int64 (find, 3, most);
  while ((result = sqlite3_step (find)) == SQLITE_ROW) {
    gint64 day = sqlite3_column_int64 (find, 0) - begin;

    g_array_append_val (days, day);
  }
  if (!plancia_database_check (self->database, result, "read the archive", error))
    return NULL;
  return g_steal_pointer (&days);
}

static gboolean
thin_until (PlanciaArchive *self,
            gint64          series,
            gint64          last,
            gint64          width,
            GCancellable   *cancellable,
            gint64         *removed,
            GError        **error)
{
  gint64 most = width > 0 ? PLANCIA_DAY / width * SAMPLES_A_BUCKET : 0;
  g_autoptr (GArray) days = NULL;

  if (last < 0)
    return TRUE;
  days = find_full_days (self, series, last, most, error);
  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !thin_day (self, series, g_array_index (days, gint64, i), width, removed, error))
      return FALSE;
  return TRUE;
}

/**
 * plancia_archive_thin:
 * @self: an archive, within a transaction
 * @series: id
 * @retention: how long it is kept
 * @cancellable: (nullable): gives up
 * @removed: (inout): gets the number of samples that are gone added
 * @error: as of the database
 *
 * Sealed days only: seal first.
 *
 * Returns: %FALSE if it went wrong; the transaction must be rolled back
 */
gboolean
plancia_archive_thin (PlanciaArchive         *self,
                      gint64                  series,
                      const PlanciaRetention *retention,
                      GCancellable           *cancellable,
                      gint64                 *removed,
                      GError                **error)
{
  return thin_until (self,
                     series,
                     last_day_before (retention->keep_days),
                     0,
                     cancellable,
                     removed,
                     error) &&
         thin_until (self,
                     series,
                     last_day_before (retention->minute_days),
                     15 * PLANCIA_MINUTE,
                     cancellable,
                     removed,
                     error) &&
         thin_until (self,
                     series,
                     last_day_before (retention->raw_days),
                     PLANCIA_MINUTE,
                     cancellable,
                     removed,
                     error);
}

/**
 * plancia_archive_check:
 * @self: an archive
 * @after: id of a chunk; 0 at the beginning
 * @limit: how many of them
 * @last: (out): id of the last one that was looked at; 0: there is none behind @after
 * @error: G_IO_ERROR_INVALID_DATA for the first one that cannot be read
 *
 * Reads sealed days to see whether they are whole.
 *
 * Returns: %FALSE if one is not
 */
gboolean
plancia_archive_check (PlanciaArchive *self,
                       gint64          after,
                       guint           limit,
                       gint64         *last,
                       GError        **error)
{
  PlanciaStatement *statement =
    plancia_archive_bind (self, PLANCIA_ARCHIVE_READ_CHUNKS, after + 1, G_MAXINT64, 0);
  g_auto (PlanciaRun) run = {0};
  gboolean good = TRUE;
  int      result = SQLITE_DONE;

  *last = 0;
  plancia_run_init (&run);
  for (guint i = 0; good && i < limit && (result = sqlite3_step (statement)) == SQLITE_ROW; i++) {
    *last = sqlite3_column_int64 (statement, 0);
    g_array_set_size (run.times, 0);
    g_array_set_size (run.values, 0);
    good = plancia_chunk_decode (sqlite3_column_blob (statement, 1),
                                 (gsize) sqlite3_column_bytes (statement, 1),
                                 run.times,
                                 run.values,
                                 error);
  }
  good = good && plancia_database_check (self->database, result, "read the archive", error);
  sqlite3_reset (statement);
  return good;
}
