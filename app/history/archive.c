/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/archive-private.h"

#include "base/clock.h"
#include "history/chunk.h"

#include <string.h>

/* Rows between two looks at the cancellable. */
#define ROWS_PER_CHECK 1000
/* Fewer samples of a day that is over wait as rows: each would have the whole chunk written again. */
#define MANY 32

static const char *const sql[PLANCIA_ARCHIVE_N_STATEMENTS] = {
  [PLANCIA_ARCHIVE_READ_ROWS] = "SELECT ts, value FROM sample WHERE series = ? AND ts >= ?"
                                " AND ts < ? ORDER BY ts",
  [PLANCIA_ARCHIVE_COUNT_ROWS] = "SELECT count(*) FROM sample WHERE series = ? AND ts >= ?"
                                 " AND ts < ?",
  [PLANCIA_ARCHIVE_COUNT_CHUNKS] = "SELECT count FROM chunk WHERE id >= ? AND id < ?",
  [PLANCIA_ARCHIVE_WRITE_ROW] = "INSERT INTO sample VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                                " SET value = excluded.value WHERE value IS NOT excluded.value",
  [PLANCIA_ARCHIVE_DELETE_ROWS] = "DELETE FROM sample WHERE series = ? AND ts >= ? AND ts < ?",
  [PLANCIA_ARCHIVE_FIRST_ROW] = "SELECT min(ts) FROM sample WHERE series = ? AND ts >= ?",
  [PLANCIA_ARCHIVE_LAST_ROW] = "SELECT max(ts) FROM sample WHERE series = ? AND ts < ?",
  [PLANCIA_ARCHIVE_READ_CHUNKS] = "SELECT id, data FROM chunk WHERE id >= ? AND id < ? ORDER BY id",
  [PLANCIA_ARCHIVE_WRITE_CHUNK] =
    "INSERT INTO chunk (id, start, end, count, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
    " SET start = excluded.start, end = excluded.end, count = excluded.count, data = excluded.data",
  [PLANCIA_ARCHIVE_DELETE_CHUNK] = "DELETE FROM chunk WHERE id = ?",
  [PLANCIA_ARCHIVE_READ_PYRAMID] = "SELECT count, data FROM pyramid WHERE id = ?",
  [PLANCIA_ARCHIVE_WRITE_PYRAMID] =
    "INSERT OR REPLACE INTO pyramid (id, count, data) VALUES (?, ?, ?)",
  [PLANCIA_ARCHIVE_DELETE_PYRAMIDS] = "DELETE FROM pyramid WHERE id >= ? AND id < ?",
  [PLANCIA_ARCHIVE_FIRST_CHUNK] = "SELECT min(id) FROM chunk WHERE id >= ? AND id < ?",
  [PLANCIA_ARCHIVE_LAST_CHUNK] = "SELECT max(id) FROM chunk WHERE id >= ? AND id < ?",
  [PLANCIA_ARCHIVE_LIST_SERIES] = "SELECT id FROM series WHERE id > ? ORDER BY id LIMIT 1",
};

/* --- runs ---------------------------------------------------------------------------------------- */

void
plancia_run_init (PlanciaRun *self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
}

void
plancia_run_clear (PlanciaRun *self)
{
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->values, g_array_unref);
}

static void
run_append (PlanciaRun *self, const gint64 *times, const double *values, gsize length)
{
  g_array_append_vals (self->times, times, (guint) length);
  g_array_append_vals (self->values, values, (guint) length);
}

static void
merge_into (PlanciaRun   *merged,
            PlanciaRun   *old,
            const gint64 *times,
            const double *values,
            gsize         length)
{
  const gint64 *old_times = (const gint64 *) old->times->data;
  const double *old_values = (const double *) old->values->data;
  gsize         a = 0, b = 0;

  while (a < old->times->len && b < length) {
    if (old_times[a] < times[b]) {
      run_append (merged, &old_times[a], &old_values[a], 1);
      a++;
      continue;
    }
    a += old_times[a] == times[b];
    run_append (merged, &times[b], &values[b], 1);
    b++;
  }
  run_append (merged, old_times + a, old_values + a, old->times->len - a);
  run_append (merged, times + b, values + b, length - b);
}

void
plancia_run_merge (PlanciaRun *self, const gint64 *times, const double *values, gsize length)
{
  PlanciaRun merged;

  if (length == 0)
    return;
  if (self->times->len == 0 ||
      g_array_index (self->times, gint64, self->times->len - 1) < times[0]) {
    run_append (self, times, values, length);
    return;
  }
  plancia_run_init (&merged);
  merge_into (&merged, self, times, values, length);
  plancia_run_clear (self);
  *self = merged;
}

/* --- statements ---------------------------------------------------------------------------------- */

PlanciaStatement *
plancia_archive_bind (PlanciaArchive         *self,
                      PlanciaArchiveStatement which,
                      gint64                  a,
                      gint64                  b,
                      gint64                  c)
{
  PlanciaStatement *statement = self->statements[which];
  const gint64      numbers[] = {a, b, c};
  int               n = MIN (sqlite3_bind_parameter_count (statement), 3);

  sqlite3_reset (statement);
  for (int i = 0; i < n; i++)
    sqlite3_bind_int64 (statement, i + 1, numbers[i]);
  return statement;
}

gboolean
plancia_archive_run (PlanciaArchive   *self,
                     PlanciaStatement *statement,
                     const char       *what,
                     GError          **error)
{
  gboolean good = plancia_database_check (self->database, sqlite3_step (statement), what, error);

  sqlite3_reset (statement);
  return good;
}

gboolean
plancia_archive_read_number (PlanciaArchive   *self,
                             PlanciaStatement *statement,
                             gint64           *number,
                             gboolean         *found,
                             GError          **error)
{
  int      result = sqlite3_step (statement);
  gboolean good = plancia_database_check (self->database, result, "read the archive", error);

  *found = result == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL;
  if (*found)
    *number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return good;
}

/* --- calendar ------------------------------------------------------------------------------------ */

/* The julian day that GDate gives 1 January 1970. */
#define JULIAN_1970 719163

/** plancia_archive_day: which day of UTC, from 1 January 1970 on, a time lies in. */
gint64
plancia_archive_day (gint64 time)
{
  return time / PLANCIA_DAY - (time % PLANCIA_DAY < 0 ? 1 : 0);
}

gint64
plancia_archive_month (gint64 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + JULIAN_1970));
  return (gint64) g_date_get_year (&date) * 12 + g_date_get_month (&date) - 1;
}

static gint64
month_start (gint64 month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) (month % 12 + 1), (GDateYear) (month / 12));
  return (gint64) g_date_get_julian (&date) - JULIAN_1970;
}

PlanciaSpan
plancia_archive_month_days (gint64 month)
{
  return (PlanciaSpan){month_start (month), month_start (month + 1)};
}

static gint64
chunk_id (gint64 series, gint64 day)
{
  return series * PLANCIA_ARCHIVE_N_DAYS + CLAMP (day, 0, PLANCIA_ARCHIVE_N_DAYS - 1);
}

gint64
plancia_archive_pyramid_id (gint64 series, gint64 month, guint level)
{
  return series * PLANCIA_ARCHIVE_N_DAYS + month * 4 + level;
}

/* Far days stay rows: no series is 2800 years long. */
static gboolean
can_seal (gint64 day, gint64 now)
{
  return day >= 0 && day < PLANCIA_ARCHIVE_N_DAYS &&
         (day + 1) * PLANCIA_DAY + PLANCIA_ARCHIVE_GRACE <= now;
}

/* --- reading ------------------------------------------------------------------------------------- */

static gboolean
read_rows (PlanciaArchive *self,
           gint64          series,
           PlanciaSpan     span,
           PlanciaRun     *rows,
           GCancellable   *cancellable,
           GError        **error)
{
  PlanciaStatement *statement =
    plancia_archive_bind (self, PLANCIA_ARCHIVE_READ_ROWS, series, span.start, span.end);
  gboolean good = TRUE;
  int      result;

  for (guint i = 1; good && (result = sqlite3_step (statement)) == SQLITE_ROW; i++) {
    gint64 time = sqlite3_column_int64 (statement, 0);
    double value = sqlite3_column_double (statement, 1);

    run_append (rows, &time, &value, 1);
    good = i % ROWS_PER_CHECK != 0 || !g_cancellable_set_error_if_cancelled (cancellable, error);
  }
  good = good && plancia_database_check (self->database, result, "read samples", error);
  sqlite3_reset (statement);
  return good;
}

/* Index of the first time at or after time. */
static guint
lower_bound (GArray *times, guint from, gint64 time)
{
  guint low = from, high = times->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (times, gint64, middle) < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Cuts what was appended from index on to span. */
static void
cut (PlanciaRun *run, guint from, PlanciaSpan span)
{
  guint begin = lower_bound (run->times, from, span.start);
  guint end = lower_bound (run->times, begin, span.end);

  g_array_set_size (run->times, end);
  g_array_set_size (run->values, end);
  if (begin > from) {
    g_array_remove_range (run->times, from, begin - from);
    g_array_remove_range (run->values, from, begin - from);
  }
}

static gboolean
read_chunks (PlanciaArchive *self,
             gint64          series,
             PlanciaSpan     span,
             PlanciaRun     *run,
             GCancellable   *cancellable,
             GError        **error)
{
  PlanciaStatement *statement =
    plancia_archive_bind (self,
                          PLANCIA_ARCHIVE_READ_CHUNKS,
                          chunk_id (series, plancia_archive_day (span.start)),
                          chunk_id (series, plancia_archive_day (span.end - 1)) + 1,
                          0);
  gboolean good = TRUE;
  int      result = SQLITE_DONE;

  while (good && (result = sqlite3_step (statement)) == SQLITE_ROW) {
    guint from = run->times->len;

    good = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           plancia_chunk_decode (sqlite3_column_blob (statement, 1),
                                 (gsize) sqlite3_column_bytes (statement, 1),
                                 run->times,
                                 run->values,
                                 error);
    cut (run, from, span);
  }
  good = good && plancia_database_check (self->database, result, "read the archive", error);
  sqlite3_reset (statement);
  return good;
}

/**
 * plancia_archive_read:
 * @self: an archive
 * @series: id
 * @span: when
 * @times: (element-type gint64): empty; gets the times
 * @values: (element-type double): empty; gets the values
 * @cancellable: (nullable): gives up
 * @error: as of the database; G_IO_ERROR_INVALID_DATA for a damaged chunk
 *
 * Returns: %FALSE if it went wrong
 */
gboolean
plancia_archive_read (PlanciaArchive *self,
                      gint64          series,
                      PlanciaSpan     span,
                      GArray         *times,
                      GArray         *values,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_auto (PlanciaRun) rows = {0};
  g_auto (PlanciaRun) run = {g_array_ref (times), g_array_ref (values)};
  PlanciaRun merged = {times, values};

  if (plancia_span_is_empty (span))
    return TRUE;
  plancia_run_init (&rows);
  /* Rows first: what another process seals in between is then seen twice, and not missed. */
  if (!read_rows (self, series, span, &rows, cancellable, error) ||
      !read_chunks (self, series, span, &run, cancellable, error))
    return FALSE;
  if (rows.times->len == 0)
    return TRUE;
  plancia_run_merge (&run,
                     (const gint64 *) rows.times->data,
                     (const double *) rows.values->data,
                     rows.times->len);
  /* Merging may have made new arrays. */
  if (run.times != times) {
    g_array_set_size (times, 0);
    g_array_set_size (values, 0);
    run_append (&merged,
                (const gint64 *) run.times->data,
                (const double *) run.values->data,
                run.times->len);
  }
  return TRUE;
}

gboolean
plancia_archive_count (PlanciaArchive *self,
                       gint64          series,
                       PlanciaSpan     span,
                       gint64          limit,
                       gint64         *count,
                       GError        **error)
{
  PlanciaStatement *chunks =
    plancia_archive_bind (self,
                          PLANCIA_ARCHIVE_COUNT_CHUNKS,
                          chunk_id (series, plancia_archive_day (span.start)),
                          chunk_id (series, plancia_archive_day (span.end - 1)) + 1,
                          0);
  gint64   rows = 0;
  gboolean found;
  int      result = SQLITE_DONE;

  while (*count <= limit && (result = sqlite3_step (chunks)) == SQLITE_ROW)
    *count += sqlite3_column_int64 (chunks, 0);
  sqlite3_reset (chunks);
  if (!plancia_database_check (self->database, result, "count the samples", error) ||
      !plancia_archive_read_number (
        self,
        plancia_archive_bind (self, PLANCIA_ARCHIVE_COUNT_ROWS, series, span.start, span.end),
        &rows,
        &found,
        error))
    return FALSE;
  *count += rows;
  return TRUE;
}

/* --- writing ------------------------------------------------------------------------------------- */

static gboolean
write_rows (PlanciaArchive *self,
            gint64          series,
            const gint64   *times,
            const double   *values,
            gsize           length,
            GCancellable   *cancellable,
            GError        **error)
{
  for (gsize i = 0; i < length; i++) {
    PlanciaStatement *insert =
      plancia_archive_bind (self, PLANCIA_ARCHIVE_WRITE_ROW, series, times[i], 0);

    if (i % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    /* Adding zero turns −0 into 0, and nothing else into anything else. */
    sqlite3_bind_double (insert, 3, values[i] + 0.0);
    if (!plancia_archive_run (self, insert, "write a sample", error))
      return FALSE;
  }
  return TRUE;
}

/* What was worked out from a month's days is no longer true, and is to be worked out again. */
static gboolean
drop_pyramids (PlanciaArchive *self, gint64 series, gint64 day, GError **error)
{
  gint64 id = plancia_archive_pyramid_id (series, plancia_archive_month (day), 0);
  PlanciaStatement *delete = plancia_archive_bind (self,
                                                   PLANCIA_ARCHIVE_DELETE_PYRAMIDS,
                                                   id,
                                                   id + PLANCIA_ARCHIVE_LEVELS,
                                                   0);

  if (self->months != NULL)
    g_hash_table_add (self->months, g_memdup2 (&id, sizeof id));
  return plancia_archive_run (self, delete, "drop a pyramid", error);
}

static gboolean
write_chunk (PlanciaArchive *self, gint64 series, gint64 day, const PlanciaRun *run, GError **error)
{
  const gint64     *times = (const gint64 *) run->times->data;
  gsize             length = run->times->len;
  PlanciaStatement *insert = plancia_archive_bind (self,
                                                   PLANCIA_ARCHIVE_WRITE_CHUNK,
                                                   chunk_id (series, day),
                                                   times[0],
                                                   times[length - 1]);
  g_autoptr (GBytes)
    data = plancia_chunk_encode (times, (const double *) run->values->data, length);
  gsize         size;
  gconstpointer bytes = g_bytes_get_data (data, &size);
  gboolean      good;

  sqlite3_bind_int64 (insert, 4, (gint64) length);
  sqlite3_bind_blob (insert, 5, bytes, (int) size, SQLITE_STATIC);
  good = plancia_archive_run (self, insert, "seal a day", error);
  sqlite3_clear_bindings (insert);
  return good;
}

static gboolean
delete_rows (PlanciaArchive *self, gint64 series, PlanciaSpan span, GError **error)
{
  return plancia_archive_run (
    self,
    plancia_archive_bind (self, PLANCIA_ARCHIVE_DELETE_ROWS, series, span.start, span.end),
    "seal a day",
    error);
}

static gboolean
runs_differ (const PlanciaRun *a, const PlanciaRun *b)
{
  return a->times->len != b->times->len ||
         memcmp (a->times->data, b->times->data, a->times->len * sizeof (gint64)) != 0 ||
         memcmp (a->values->data, b->values->data, a->times->len * sizeof (double)) != 0;
}

static void
normalise_zeros (PlanciaRun *run)
{
  for (guint i = 0; i < run->values->len; i++)
    g_array_index (run->values, double, i) += 0.0;
}

static PlanciaSpan
day_span (gint64 day)
{
  return (PlanciaSpan){day * PLANCIA_DAY, (day + 1) * PLANCIA_DAY};
}

gboolean
plancia_archive_seal_day (PlanciaArchive *self,
                          gint64          series,
                          gint64          day,
                          const gint64   *times,
                          const double   *values,
                          gsize           length,
                          GError        **error)
{
  g_auto (PlanciaRun) sealed = {0};
  g_auto (PlanciaRun) rows = {0};
  g_auto (PlanciaRun) all = {0};

  plancia_run_init (&sealed);
  plancia_run_init (&rows);
  plancia_run_init (&all);
  if (!read_chunks (self, series, day_span (day), &sealed, NULL, error) ||
      !read_rows (self, series, day_span (day), &rows, NULL, error))
    return FALSE;
  run_append (&all,
              (const gint64 *) sealed.times->data,
              (const double *) sealed.values->data,
              sealed.times->len);
  plancia_run_merge (&all,
                     (const gint64 *) rows.times->data,
                     (const double *) rows.values->data,
                     rows.times->len);
  plancia_run_merge (&all, times, values, length);
  normalise_zeros (&all);
  if (all.times->len > PLANCIA_CHUNK_MAX)
    return write_rows (self, series, times, values, length, NULL, error);
  if (runs_differ (&sealed, &all) &&
      (!write_chunk (self, series, day, &all, error) || !drop_pyramids (self, series, day, error)))
    return FALSE;
  return rows.times->len == 0 || delete_rows (self, series, day_span (day), error);
}

gboolean
plancia_archive_replace_day (PlanciaArchive *self,
                             gint64          series,
                             gint64          day,
                             GArray         *times,
                             GArray         *values,
                             GError        **error)
{
  const PlanciaRun run = {times, values};

  if (!delete_rows (self, series, day_span (day), error) ||
      !drop_pyramids (self, series, day, error))
    return FALSE;
  if (times->len > 0)
    return write_chunk (self, series, day, &run, error);
  return plancia_archive_run (
    self,
    plancia_archive_bind (self, PLANCIA_ARCHIVE_DELETE_CHUNK, chunk_id (series, day), 0, 0),
    "clear a day",
    error);
}

/**
 * plancia_archive_put:
 * @self: an archive, within a transaction
 * @series: id
 * @column: sorted samples
 * @cancellable: (nullable): gives up
 * @error: as of the database
 *
 * The same again changes nothing; a new value at a known time takes the place of the old one.
 *
 * Returns: %FALSE if it went wrong; the transaction must be rolled back
 */
gboolean
plancia_archive_put (PlanciaArchive            *self,
                     gint64                     series,
                     const PlanciaSampleColumn *column,
                     GCancellable              *cancellable,
                     GError                   **error)
{
  const gint64 *times = (const gint64 *) column->times->data;
  const double *values = (const double *) column->values->data;
  gint64        now = plancia_clock_now ();

  for (guint from = 0, end; from < column->times->len; from = end) {
    gint64   day = plancia_archive_day (times[from]);
    gboolean good;

    end = day >= PLANCIA_ARCHIVE_N_DAYS
            ? column->times->len
            : lower_bound (column->times, from, (day + 1) * PLANCIA_DAY);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (end - from >= MANY && end - from <= PLANCIA_CHUNK_MAX && can_seal (day, now))
      good = plancia_archive_seal_day (self,
                                       series,
                                       day,
                                       times + from,
                                       values + from,
                                       end - from,
                                       error);
    else
      good = write_rows (self, series, times + from, values + from, end - from, cancellable, error);
    if (!good)
      return FALSE;
  }
  return TRUE;
}

/* --- life ---------------------------------------------------------------------------------------- */

/**
 * plancia_archive_new:
 * @database: an open file with the tables; outlives the archive
 * @error: as of the database
 *
 * Returns: (transfer full) (nullable): the archive
 */
PlanciaArchive *
plancia_archive_new (PlanciaDatabase *database, GError **error)
{
  g_autoptr (PlanciaArchive) self = g_new0 (PlanciaArchive, 1);

  self->database = database;
  for (guint i = 0; i < PLANCIA_ARCHIVE_N_STATEMENTS; i++) {
    self->statements[i] = plancia_database_prepare (database, sql[i], error);
    if (self->statements[i] == NULL)
      return NULL;
  }
  return g_steal_pointer (&self);
}

void
plancia_archive_free (PlanciaArchive *self)
{
  for (guint i = 0; i < PLANCIA_ARCHIVE_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  g_clear_pointer (&self->months, g_hash_table_unref);
  g_free (self);
}
