/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/archive-private.h"

#include "base/clock.h"
#include "history/buckets.h"
#include "history/chunk.h"

/* What one step may do, so that a question never waits long for it. */
#define DAYS_A_STEP   24
#define MONTHS_A_STEP 4

/* A quarter of an hour, and sixteen of them. */
gint64
plancia_archive_pyramid_width (guint level)
{
  return level == 0 ? 15 * PLANCIA_MINUTE : 4 * PLANCIA_HOUR;
}

static gboolean
is_over (gint64 day)
{
  return (day + 1) * PLANCIA_DAY + PLANCIA_ARCHIVE_GRACE <= plancia_clock_now ();
}

/* --- which days ---------------------------------------------------------------------------------- */

static gboolean
find_chunk_day (PlanciaArchive         *self,
                PlanciaArchiveStatement which,
                gint64                  series,
                gint64                 *day,
                gboolean               *found,
                GError                **error)
{
  gint64            begin = series * PLANCIA_ARCHIVE_N_DAYS, id = 0;
  PlanciaStatement *statement =
    plancia_archive_bind (self, which, begin, begin + PLANCIA_ARCHIVE_N_DAYS, 0);

  if (!plancia_archive_read_number (self, statement, &id, found, error))
    return FALSE;
  *day = id - begin;
  return TRUE;
}

static gboolean
find_row_day (PlanciaArchive         *self,
              PlanciaArchiveStatement which,
              gint64                  series,
              gint64                  border,
              gint64                 *day,
              gboolean               *found,
              GError                **error)
{
  gint64 time = 0;

  if (!plancia_archive_read_number (self,
                                    plancia_archive_bind (self, which, series, border, 0),
                                    &time,
                                    found,
                                    error))
    return FALSE;
  *day = plancia_archive_day (time);
  return TRUE;
}

/**
 * plancia_archive_find_days:
 * @self: an archive
 * @series: id
 * @first: (out): the first day with anything
 * @last: (out): the last one
 * @found: (out): %FALSE: there is none
 * @error: as of the database
 *
 * Returns: %FALSE if it went wrong
 */
gboolean
plancia_archive_find_days (PlanciaArchive *self,
                           gint64          series,
                           gint64         *first,
                           gint64         *last,
                           gboolean       *found,
                           GError        **error)
{
  gint64   chunk_first, chunk_last, row_first, row_last;
  gboolean has_chunks, has_rows;

  if (!find_chunk_day (self,
                       PLANCIA_ARCHIVE_FIRST_CHUNK,
                       series,
                       &chunk_first,
                       &has_chunks,
                       error) ||
      !find_chunk_day (self, PLANCIA_ARCHIVE_LAST_CHUNK, series, &chunk_last, &has_chunks, error) ||
      !find_row_day (self,
                     PLANCIA_ARCHIVE_FIRST_ROW,
                     series,
                     G_MININT64,
                     &row_first,
                     &has_rows,
                     error) ||
      !find_row_day (self,
                     PLANCIA_ARCHIVE_LAST_ROW,
                     series,
                     G_MAXINT64,
                     &row_last,
                     &has_rows,
                     error))
    return FALSE;
  *found = has_chunks || has_rows;
  *first = !has_chunks ? row_first : !has_rows ? chunk_first : MIN (row_first, chunk_first);
  *last = !has_chunks ? row_last : !has_rows ? chunk_last : MAX (row_last, chunk_last);
  return TRUE;
}

/* --- pyramids ------------------------------------------------------------------------------------ */

/* A pyramid that would save little is noted as being none. */
static gboolean
write_pyramid (PlanciaArchive   *self,
               gint64            id,
               const PlanciaRun *thinned,
               gsize             whole,
               GError          **error)
{
  gboolean          saves = thinned->times->len > 0 && thinned->times->len * 2 <= whole;
  PlanciaStatement *insert = plancia_archive_bind (self,
                                                   PLANCIA_ARCHIVE_WRITE_PYRAMID,
                                                   id,
                                                   saves ? thinned->times->len : 0,
                                                   0);
  g_autoptr (GBytes) data = saves ? plancia_chunk_encode ((const gint64 *) thinned->times->data,
                                                          (const double *) thinned->values->data,
                                                          thinned->times->len)
                                  : NULL;
  gsize         size = 0;
  gconstpointer bytes = data ? g_bytes_get_data (data, &size) : "";
  gboolean      good;

  sqlite3_bind_blob (insert, 3, bytes, (int) size, SQLITE_STATIC);
  good = plancia_archive_run (self, insert, "write a pyramid", error);
  sqlite3_clear_bindings (insert);
  return good;
}

static PlanciaSpan
month_span (gint64 month)
{
  PlanciaSpan days = plancia_archive_month_days (month);

  return (PlanciaSpan){days.start * PLANCIA_DAY, days.end * PLANCIA_DAY};
}

static void
thin (const PlanciaRun *run, gint64 width, PlanciaRun *thinned)
{
  PlanciaBuckets buckets;

  plancia_run_init (thinned);
  plancia_buckets_init (&buckets, width, thinned->times, thinned->values);
  plancia_buckets_add (&buckets,
                       (const gint64 *) run->times->data,
                       (const double *) run->values->data,
                       run->times->len);
  plancia_buckets_finish (&buckets);
}

gboolean
plancia_archive_build_pyramids (PlanciaArchive *self, gint64 series, gint64 month, GError **error)
{
  g_auto (PlanciaRun) run = {0};

  plancia_run_init (&run);
  if (!plancia_archive_read (self, series, month_span (month), run.times, run.values, NULL, error))
    return FALSE;
  for (guint level = 0; level < PLANCIA_ARCHIVE_LEVELS; level++) {
    g_auto (PlanciaRun) thinned = {0};

    thin (&run, plancia_archive_pyramid_width (level), &thinned);
    if (!write_pyramid (self,
                        plancia_archive_pyramid_id (series, month, level),
                        &thinned,
                        run.times->len,
                        error))
      return FALSE;
  }
  return TRUE;
}

/* found FALSE: there is no such pyramid, or it would save nothing. */
static gboolean
read_pyramid (PlanciaArchive *self, gint64 id, PlanciaRun *run, gboolean *found, GError **error)
{
  PlanciaStatement *statement = plancia_archive_bind (self, PLANCIA_ARCHIVE_READ_PYRAMID, id, 0, 0);
  int               result = sqlite3_step (statement);
  gboolean          good = plancia_database_check (self->database, result, "read a pyramid", error);

  *found = result == SQLITE_ROW && sqlite3_column_int64 (statement, 0) > 0;
  if (*found)
    good = plancia_chunk_decode (sqlite3_column_blob (statement, 1),
                                 (gsize) sqlite3_column_bytes (statement, 1),
                                 run->times,
                                 run->values,
                                 error);
  sqlite3_reset (statement);
  return good;
}

/* Rows are newer than what a pyramid was made of. */
static gboolean
month_has_rows (PlanciaArchive *self, gint64 series, gint64 month, gboolean *has, GError **error)
{
  PlanciaSpan span = month_span (month);
  gint64      first = 0;

  if (!plancia_archive_read_number (
        self,
        plancia_archive_bind (self, PLANCIA_ARCHIVE_FIRST_ROW, series, span.start, 0),
        &first,
        has,
        error))
    return FALSE;
  *has = *has && first < span.end;
  return TRUE;
}

/* What of a month is the least to read, and holds all that buckets of width need. */
static gboolean
read_month (PlanciaArchive *self,
            gint64          series,
            gint64          month,
            gint64          width,
            PlanciaSpan     part,
            PlanciaRun     *run,
            GCancellable   *cancellable,
            GError        **error)
{
  gboolean has_rows = FALSE, found = FALSE;

  if (width % plancia_archive_pyramid_width (0) == 0 &&
      !month_has_rows (self, series, month, &has_rows, error))
    return FALSE;
  for (guint level = PLANCIA_ARCHIVE_LEVELS; level-- > 0 && !found && !has_rows;)
    if (width % plancia_archive_pyramid_width (level) == 0 &&
        !read_pyramid (self, plancia_archive_pyramid_id (series, month, level), run, &found, error))
      return FALSE;
  return found ||
         plancia_archive_read (self, series, part, run->times, run->values, cancellable, error);
}

static void
add_part (PlanciaBuckets *buckets, const PlanciaRun *run, PlanciaSpan part)
{
  guint begin = 0, end = run->times->len;

  while (begin < end && g_array_index (run->times, gint64, begin) < part.start)
    begin++;
  while (end > begin && g_array_index (run->times, gint64, end - 1) >= part.end)
    end--;
  plancia_buckets_add (buckets,
                       &g_array_index (run->times, gint64, begin),
                       &g_array_index (run->values, double, begin),
                       end - begin);
}

/**
 * plancia_archive_read_thinned:
 * @self: an archive
 * @series: id
 * @span: when; whole buckets
 * @width: of a bucket
 * @times: (element-type gint64): empty; gets the times
 * @values: (element-type double): empty; gets the values
 * @cancellable: (nullable): gives up
 * @error: as of the database
 *
 * Returns: %FALSE if it went wrong
 */
gboolean
plancia_archive_read_thinned (PlanciaArchive *self,
                              gint64          series,
                              PlanciaSpan     span,
                              gint64          width,
                              GArray         *times,
                              GArray         *values,
                              GCancellable   *cancellable,
                              GError        **error)
{
  PlanciaBuckets buckets;
  gint64         first, last;
  gboolean       found;

  if (!plancia_archive_find_days (self, series, &first, &last, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  first = CLAMP (first, 0, PLANCIA_ARCHIVE_N_DAYS);
  last = CLAMP (last, 0, PLANCIA_ARCHIVE_N_DAYS);
  span = plancia_span_intersect (span,
                                 (PlanciaSpan){first * PLANCIA_DAY, (last + 1) * PLANCIA_DAY});
  if (plancia_span_is_empty (span))
    return TRUE;
  plancia_buckets_init (&buckets, width, times, values);
  for (gint64 month = plancia_archive_month (plancia_archive_day (span.start));
       month_span (month).start < span.end;
       month++) {
    PlanciaSpan part = plancia_span_intersect (month_span (month), span);
    g_auto (PlanciaRun) run = {0};

    plancia_run_init (&run);
    if (!read_month (self, series, month, width, part, &run, cancellable, error))
      return FALSE;
    add_part (&buckets, &run, part);
  }
  plancia_buckets_finish (&buckets);
  return TRUE;
}

/* --- sealing ------------------------------------------------------------------------------------- */

/* The series behind one; found FALSE: it was the last. */
static gboolean
next_series (PlanciaArchive *self, gint64 *series, gboolean *found, GError **error)
{
  return plancia_archive_read_number (
    self,
    plancia_archive_bind (self, PLANCIA_ARCHIVE_LIST_SERIES, *series, 0, 0),
    series,
    found,
    error);
}

/* Seals the oldest day of rows that is over, from where the last step stopped. */
static gboolean
seal_next_day (PlanciaArchive *self, gboolean *done, GError **error)
{
  gint64   day = 0;
  gboolean found = FALSE;

  while (TRUE) {
    if (self->series > 0 && !find_row_day (self,
                                           PLANCIA_ARCHIVE_FIRST_ROW,
                                           self->series,
                                           self->from,
                                           &day,
                                           &found,
                                           error))
      return FALSE;
    if (self->series > 0 && found && day < PLANCIA_ARCHIVE_N_DAYS && is_over (day)) {
      self->from = (day + 1) * PLANCIA_DAY;
      return plancia_archive_seal_day (self, self->series, day, NULL, NULL, 0, error);
    }
    self->from = 0;
    if (!next_series (self, &self->series, &found, error))
      return FALSE;
    if (!found) {
      self->series = 0;
      *done = TRUE;
      return TRUE;
    }
  }
}

static gboolean
note_months (PlanciaArchive *self, gint64 series, GError **error)
{
  gint64   first, last;
  gboolean has_chunks, found;

  if (!find_chunk_day (self, PLANCIA_ARCHIVE_FIRST_CHUNK, series, &first, &has_chunks, error) ||
      !find_chunk_day (self, PLANCIA_ARCHIVE_LAST_CHUNK, series, &last, &has_chunks, error))
    return FALSE;
  for (gint64 month = plancia_archive_month (first);
       has_chunks && month <= plancia_archive_month (last);
       month++) {
    gint64 id = plancia_archive_pyramid_id (series, month, 0), count;

    if (!plancia_archive_read_number (
          self,
          plancia_archive_bind (self, PLANCIA_ARCHIVE_READ_PYRAMID, id, 0, 0),
          &count,
          &found,
          error))
      return FALSE;
    if (!found)
      g_hash_table_add (self->months, g_memdup2 (&id, sizeof id));
  }
  return TRUE;
}

/* After opening: which months have no pyramids. */
static gboolean
find_months (PlanciaArchive *self, GError **error)
{
  gint64   series = 0;
  gboolean found = TRUE;

  if (self->months != NULL)
    return TRUE;
  self->months = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  while (found) {
    if (!next_series (self, &series, &found, error) ||
        (found && !note_months (self, series, error))) {
      g_clear_pointer (&self->months, g_hash_table_unref);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
build_months (PlanciaArchive *self, gboolean *more, GError **error)
{
  GHashTableIter iter;
  gpointer       key;
  guint          built = 0;

  if (!find_months (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->months);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    gint64 series = *(gint64 *) key / PLANCIA_ARCHIVE_N_DAYS;
    gint64 month = *(gint64 *) key % PLANCIA_ARCHIVE_N_DAYS / 4;

    if (!is_over (plancia_archive_month_days (month).end - 1))
      continue;
    if (built++ == MONTHS_A_STEP) {
      *more = TRUE;
      return TRUE;
    }
    if (!plancia_archive_build_pyramids (self, series, month, error))
      return FALSE;
    g_hash_table_iter_remove (&iter);
  }
  return TRUE;
}

static gboolean
seal_locked (PlanciaArchive *self, gboolean *more, GError **error)
{
  gboolean done = FALSE;

  for (guint i = 0; i < DAYS_A_STEP && !done; i++)
    if (!seal_next_day (self, &done, error))
      return FALSE;
  *more = !done;
  return !done || build_months (self, more, error);
}

/**
 * plancia_archive_seal:
 * @self: an archive
 * @more: (out): there is something left to do
 * @error: as of the database
 *
 * Returns: %FALSE if nothing was done
 */
gboolean
plancia_archive_seal (PlanciaArchive *self, gboolean *more, GError **error)
{
  *more = FALSE;
  if (plancia_database_begin (self->database, error) &&
      plancia_database_end (self->database, seal_locked (self, more, error), error))
    return TRUE;
  /* What is undone is to be looked for again. */
  self->series = self->from = 0;
  g_clear_pointer (&self->months, g_hash_table_unref);
  return FALSE;
}
