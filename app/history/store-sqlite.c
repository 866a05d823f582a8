/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-sqlite.h"

#include "base/clock.h"
#include "history/alarm-table.h"
#include "history/archive.h"
#include "history/buckets.h"
#include "history/cover-table.h"
#include "history/database.h"
#include "history/salvage.h"

struct _PlanciaStoreSqlite
{
  PlanciaDatabase  *database;
  PlanciaArchive   *archive;
  PlanciaStatement *find_series; /* each piece names some thirty */
};

/* See archive.h. */
#define ARCHIVE_TABLES                                                    \
  "CREATE TABLE chunk (id INTEGER PRIMARY KEY, start INTEGER NOT NULL,"   \
  " end INTEGER NOT NULL, count INTEGER NOT NULL, data BLOB NOT NULL);"   \
  "CREATE TABLE pyramid (id INTEGER PRIMARY KEY, count INTEGER NOT NULL," \
  " data BLOB NOT NULL);"

/* Version 1 knew only covered or not: with samples it was had, without it was empty. */
static const char *const migrations[] = {
  "ALTER TABLE coverage ADD COLUMN kind INTEGER NOT NULL DEFAULT 3;"
  "ALTER TABLE coverage ADD COLUMN at INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE coverage ADD COLUMN reason TEXT;"
  "UPDATE coverage SET kind = 2 WHERE NOT EXISTS (SELECT 1 FROM series JOIN sample"
  " ON sample.series = series.id WHERE series.device = coverage.device"
  " AND series.source = coverage.source AND ts >= start AND ts < end);" ARCHIVE_TABLES,
};

/* "PLNC" */
static const PlanciaDatabaseKind kind = {
  .name = "History store",
  .content = "histories",
  .version = 2,
  .application_id = 0x504c4e43,
  .synchronous = "NORMAL",
  .tables =
    "CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, source TEXT NOT NULL,"
    " key TEXT NOT NULL, UNIQUE (device, source, key));"
    "CREATE TABLE sample (series INTEGER NOT NULL, ts INTEGER NOT NULL, value REAL NOT NULL,"
    " PRIMARY KEY (series, ts)) WITHOUT ROWID;"
    "CREATE TABLE coverage (device TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, kind INTEGER NOT NULL DEFAULT 3, at INTEGER NOT NULL DEFAULT 0,"
    " reason TEXT, PRIMARY KEY (device, source, start)) WITHOUT ROWID;" ARCHIVE_TABLES,
  .migrations = migrations,
};

static PlanciaStatement *
bind_series (PlanciaStatement *statement, PlanciaSamples *samples, const char *key)
{
  plancia_statement_bind_text (statement, 1, plancia_samples_get_device (samples));
  plancia_statement_bind_text (statement, 2, plancia_samples_get_source (samples));
  plancia_statement_bind_text (statement, 3, key);
  return statement;
}

/* −1 and an error, or the id. */
static gint64
add_series (PlanciaStoreSqlite *self, PlanciaSamples *samples, const char *key, GError **error)
{
  g_autoptr (PlanciaStatement) statement = plancia_database_prepare (
    self->database,
    "INSERT INTO series (device, source, key) VALUES (?, ?, ?) RETURNING id",
    error);

  if (statement == NULL ||
      !plancia_database_check (self->database,
                               sqlite3_step (bind_series (statement, samples, key)),
                               "name a series",
                               error))
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

/* −1 and an error, or the id of the series, made if it is new. */
static gint64
ensure_series (PlanciaStoreSqlite *self, PlanciaSamples *samples, const char *key, GError **error)
{
  int    result = sqlite3_step (bind_series (self->find_series, samples, key));
  gint64 id = result == SQLITE_ROW ? sqlite3_column_int64 (self->find_series, 0) : -1;

  sqlite3_reset (self->find_series);
  if (!plancia_database_check (self->database, result, "name a series", error))
    return -1;
  return id >= 0 ? id : add_series (self, samples, key, error);
}

static gboolean
put_columns (PlanciaStoreSqlite *self,
             PlanciaSamples     *samples,
             GCancellable       *cancellable,
             GError            **error)
{
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);
    gint64                     series = ensure_series (self, samples, column->key, error);

    if (series < 0 || !plancia_archive_put (self->archive, series, column, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* What a source covered with samples it gave, else it confirmed that there are none. */
static gboolean
put_coverage (PlanciaStoreSqlite *self, PlanciaSamples *samples, PlanciaSpan span, GError **error)
{
  PlanciaCover coverage = {span, PLANCIA_COVER_EMPTY, plancia_clock_now (), NULL};

  if (plancia_samples_count (samples) > 0)
    coverage.kind = PLANCIA_COVER_HAVE;
  return plancia_cover_table_mark (self->database,
                                   plancia_samples_get_device (samples),
                                   plancia_samples_get_source (samples),
                                   &coverage,
                                   error);
}

/* Columns of several pieces in one: a day that two of them share is then sealed once. */
static PlanciaSamples *
join (GPtrArray *pieces)
{
  PlanciaSamples *first = g_ptr_array_index (pieces, 0);
  PlanciaSamples *joined;

  if (pieces->len == 1)
    return plancia_samples_ref (first);
  joined = plancia_samples_new (plancia_samples_get_device (first),
                                plancia_samples_get_source (first),
                                (PlanciaSpan){0, 0});
  for (guint i = 0; i < pieces->len; i++) {
    PlanciaSamples *piece = g_ptr_array_index (pieces, i);

    for (guint j = 0; j < plancia_samples_get_n_columns (piece); j++) {
      const PlanciaSampleColumn *column = plancia_samples_get_column (piece, j);

      plancia_samples_append (joined,
                              column->key,
                              (const gint64 *) column->times->data,
                              (const double *) column->values->data,
                              column->times->len);
    }
  }
  return plancia_samples_seal (joined);
}

static gboolean
put_locked (PlanciaStoreSqlite *self, GPtrArray *pieces, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlanciaSamples) joined = join (pieces);

  if (!put_columns (self, joined, cancellable, error))
    return FALSE;
  for (guint i = 0; i < pieces->len; i++) {
    PlanciaSamples *piece = g_ptr_array_index (pieces, i);
    PlanciaSpan     covered = plancia_samples_get_covered (piece);

    if (!plancia_span_is_empty (covered) && !put_coverage (self, piece, covered, error))
      return FALSE;
  }
  return TRUE;
}

/* Id and key of all series of a device from one source. */
static PlanciaStatement *
find_series (PlanciaStoreSqlite *self, const char *device, const char *source, GError **error)
{
  PlanciaStatement *series = plancia_database_prepare (
    self->database,
    "SELECT id, key FROM series WHERE device = ? AND source = ? ORDER BY id",
    error);

  if (series == NULL)
    return NULL;
  plancia_statement_bind_text (series, 1, device);
  plancia_statement_bind_text (series, 2, source);
  return series;
}

/* To the next one of these keys; NULL: of any. */
static int
next_series (PlanciaStatement *series, const char *const *keys)
{
  int result;

  do {
    result = sqlite3_step (series);
  } while (result == SQLITE_ROW && keys != NULL &&
           !g_strv_contains (keys, (const char *) sqlite3_column_text (series, 1)));
  return result;
}

/* width: of a bucket; 0: all samples */
static gboolean
query_series (PlanciaStoreSqlite *self,
              gint64              series,
              const char         *key,
              PlanciaSpan         span,
              gint64              width,
              PlanciaSamples     *samples,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean good =
    width > 0
      ? plancia_archive_read_thinned (self->archive,
                                      series,
                                      span,
                                      width,
                                      times,
                                      values,
                                      cancellable,
                                      error)
      : plancia_archive_read (self->archive, series, span, times, values, cancellable, error);

  if (good)
    plancia_samples_append (samples,
                            key,
                            (const gint64 *) times->data,
                            (const double *) values->data,
                            times->len);
  return good;
}

/* Outwards to whole buckets, far from where numbers end. */
static PlanciaSpan
align (PlanciaSpan span, gint64 width)
{
  const gint64 limit = G_GINT64_CONSTANT (1) << 52;

  span.start = CLAMP (span.start, -limit, limit);
  span.end = CLAMP (span.end, -limit, limit);
  span.start -= (span.start % width + width) % width;
  span.end += (width - (span.end % width + width) % width) % width;
  return span;
}

/**
 * plancia_store_sqlite_open:
 * @path: the file, or ":memory:"
 * @error: G_IO_ERROR or PLANCIA_DOCUMENT_ERROR
 *
 * See plancia_database_open().
 *
 * Returns: (transfer full) (nullable): the open file
 */
PlanciaStoreSqlite *
plancia_store_sqlite_open (const char *path, GError **error)
{
  g_autoptr (PlanciaStoreSqlite) self = g_new0 (PlanciaStoreSqlite, 1);

  self->database = plancia_database_open (path, &kind, error);
  if (self->database == NULL)
    return NULL;
  self->archive = plancia_archive_new (self->database, error);
  if (self->archive == NULL)
    return NULL;
  self->find_series =
    plancia_database_prepare (self->database,
                              "SELECT id FROM series WHERE device = ? AND source = ? AND key = ?",
                              error);
  if (self->find_series == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plancia_store_sqlite_close:
 * @self: (transfer full): an open file
 */
void
plancia_store_sqlite_close (PlanciaStoreSqlite *self)
{
  g_clear_pointer (&self->find_series, sqlite3_finalize);
  g_clear_pointer (&self->archive, plancia_archive_free);
  g_clear_pointer (&self->database, plancia_database_close);
  g_free (self);
}

char *
plancia_store_sqlite_set_aside (const char *path, const GError *damage, GError **error)
{
  return plancia_database_set_aside (path, damage, error);
}

gboolean
plancia_store_sqlite_salvage (PlanciaStoreSqlite *self,
                              const char         *path,
                              gint64             *rows,
                              GError            **error)
{
  return plancia_salvage (self->database, path, rows, error);
}

PlanciaDatabase *
plancia_store_sqlite_get_database (PlanciaStoreSqlite *self)
{
  return self->database;
}

PlanciaArchive *
plancia_store_sqlite_get_archive (PlanciaStoreSqlite *self)
{
  return self->archive;
}

/**
 * plancia_store_sqlite_put:
 * @self: an open file
 * @samples: sealed samples
 * @cancellable: (nullable): rolls back
 * @error: G_IO_ERROR
 *
 * One transaction for samples and coverage. The same samples twice are the same as once; a new
 * value at a known time takes the place of the old one.
 *
 * Returns: %FALSE if nothing was written
 */
gboolean
plancia_store_sqlite_put (PlanciaStoreSqlite *self,
                          GPtrArray          *pieces,
                          GCancellable       *cancellable,
                          GError            **error)
{
  return plancia_database_begin (self->database, error) &&
         plancia_database_end (self->database,
                               put_locked (self, pieces, cancellable, error),
                               error);
}

/**
 * plancia_store_sqlite_query:
 * @self: an open file
 * @device: id of the device
 * @source: where the samples came from
 * @keys: (nullable): which ones; %NULL for all
 * @span: when
 * @buckets: 0 for all samples; else so many at least that the span is divided into, and widened to whole ones
 * @cancellable: (nullable): gives up
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is there, with nothing covered
 */
PlanciaSamples *
plancia_store_sqlite_query (PlanciaStoreSqlite *self,
                            const char         *device,
                            const char         *source,
                            const char *const  *keys,
                            PlanciaSpan         span,
                            guint               buckets,
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new (device, source, (PlanciaSpan){span.start, span.start});
  g_autoptr (PlanciaStatement) series = find_series (self, device, source, error);
  gint64 width = buckets > 0 ? plancia_buckets_choose (span, buckets) : 0;
  int    result;

  if (series == NULL)
    return NULL;
  if (width > 0)
    span = align (span, width);
  plancia_samples_set_width (samples, width);
  while ((result = next_series (series, keys)) == SQLITE_ROW) {
    const char *key = (const char *) sqlite3_column_text (series, 1);

    if (!query_series (self,
                       sqlite3_column_int64 (series, 0),
                       key,
                       span,
                       width,
                       samples,
                       cancellable,
                       error))
      return NULL;
  }
  if (!plancia_database_check (self->database, result, "read the series", error))
    return NULL;
  plancia_samples_seal (samples);
  return g_steal_pointer (&samples);
}

gboolean
plancia_store_sqlite_count (PlanciaStoreSqlite *self,
                            const char         *device,
                            const char         *source,
                            const char *const  *keys,
                            PlanciaSpan         span,
                            gint64              limit,
                            gint64             *count,
                            GError            **error)
{
  g_autoptr (PlanciaStatement) series = find_series (self, device, source, error);
  int result = SQLITE_DONE;

  if (series == NULL)
    return FALSE;
  while (*count <= limit && (result = next_series (series, keys)) == SQLITE_ROW)
    if (!plancia_archive_count (self->archive,
                                sqlite3_column_int64 (series, 0),
                                span,
                                limit,
                                count,
                                error))
      return FALSE;
  return plancia_database_check (self->database, result, "count the samples", error);
}

/**
 * plancia_store_sqlite_mark:
 * @self: an open file
 * @device: id of the device
 * @source: whose history
 * @coverage: what is known now
 * @error: G_IO_ERROR
 *
 * Returns: %FALSE if nothing was written
 */
gboolean
plancia_store_sqlite_mark (PlanciaStoreSqlite *self,
                           const char         *device,
                           const char         *source,
                           const PlanciaCover *coverage,
                           GError            **error)
{
  return plancia_database_begin (self->database, error) &&
         plancia_database_end (
           self->database,
           plancia_cover_table_mark (self->database, device, source, coverage, error),
           error);
}

/**
 * plancia_store_sqlite_coverage:
 * @self: an open file
 * @device: id of the device
 * @source: where the samples came from
 * @span: when
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaCover): what is known, sorted, filling @span
 */
GPtrArray *
plancia_store_sqlite_coverage (PlanciaStoreSqlite *self,
                               const char         *device,
                               const char         *source,
                               PlanciaSpan         span,
                               GError            **error)
{
  g_autoptr (GPtrArray)
    list = plancia_cover_table_list (self->database, device, source, span, error);

  if (list == NULL)
    return NULL;
  plancia_cover_list_fill (list, span);
  return g_steal_pointer (&list);
}

/**
 * plancia_store_sqlite_seal:
 * @self: an open file
 * @more: (out): there is something left to do
 * @error: G_IO_ERROR
 *
 * See plancia_archive_seal().
 */
gboolean
plancia_store_sqlite_seal (PlanciaStoreSqlite *self, gboolean *more, GError **error)
{
  return plancia_archive_seal (self->archive, more, error);
}

/* What a cloud keeps is there again when it is asked. */
#define LOCAL "local"

gboolean
plancia_store_sqlite_thin (PlanciaStoreSqlite     *self,
                           const PlanciaRetention *retention,
                           gint64                 *series,
                           GCancellable           *cancellable,
                           gint64                 *removed,
                           GError                **error)
{
  g_autofree char *next = g_strdup_printf ("SELECT min(id) FROM series WHERE source = '" LOCAL
                                           "' AND id > %" G_GINT64_FORMAT,
                                           *series);

  if (!plancia_database_read_number (self->database, next, series, error))
    return FALSE;
  if (*series == 0)
    return TRUE;
  return plancia_database_begin (self->database, error) &&
         plancia_database_end (
           self->database,
           plancia_archive_thin (self->archive, *series, retention, cancellable, removed, error),
           error);
}

gboolean
plancia_store_sqlite_put_alarms (PlanciaStoreSqlite *self, GPtrArray *records, GError **error)
{
  return plancia_alarm_table_put (self->database, records, error);
}

GPtrArray *
plancia_store_sqlite_list_alarms (PlanciaStoreSqlite *self,
                                  const char *const  *devices,
                                  guint               limit,
                                  GError            **error)
{
  return plancia_alarm_table_list (self->database, devices, limit, error);
}

/* The first or the last sample of a day that has some. */
static gboolean
find_end (PlanciaStoreSqlite *self,
          gint64              series,
          gint64              day,
          gboolean            last,
          gint64             *time,
          GError            **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  PlanciaSpan span = {day * PLANCIA_DAY, (day + 1) * PLANCIA_DAY};

  if (!plancia_archive_read (self->archive, series, span, times, values, NULL, error))
    return FALSE;
  if (times->len > 0)
    *time = g_array_index (times, gint64, last ? times->len - 1 : 0);
  else
    *time = last ? span.end - 1 : span.start;
  return TRUE;
}

/* FALSE with an error unset: there is nothing of it. */
static gboolean
find_days (PlanciaStoreSqlite *self, gint64 series, PlanciaSpan *days, GError **error)
{
  gint64   first, last;
  gboolean found = FALSE;

  if (!plancia_archive_find_days (self->archive, series, &first, &last, &found, error) || !found ||
      !find_end (self, series, first, FALSE, &days->start, error) ||
      !find_end (self, series, last, TRUE, &days->end, error))
    return FALSE;
  days->end++;
  return TRUE;
}

/**
 * plancia_store_sqlite_list_series:
 * @self: an open file
 * @devices: (nullable): ids; %NULL for all
 * @cancellable: (nullable): gives up
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaSeriesName): what there is
 */
GPtrArray *
plancia_store_sqlite_list_series (PlanciaStoreSqlite *self,
                                  const char *const  *devices,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_autoptr (GPtrArray)
    list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_series_name_free);
  g_autoptr (PlanciaStatement) series = plancia_database_prepare (
    self->database,
    "SELECT id, device, source, key FROM series ORDER BY device, source, key",
    error);
  int result;

  if (series == NULL)
    return NULL;
  while ((result = sqlite3_step (series)) == SQLITE_ROW) {
    const char *device = (const char *) sqlite3_column_text (series, 1);
    g_autoptr (GError) failure = NULL;
    PlanciaSpan        days;
    PlanciaSeriesName *name;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (devices != NULL && !g_strv_contains (devices, device))
      continue;
    if (!find_days (self, sqlite3_column_int64 (series, 0), &days, &failure)) {
      if (failure == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
    name = g_new0 (PlanciaSeriesName, 1);
    name->device = g_strdup (device);
    name->source = plancia_statement_dup_text (series, 2);
    name->key = plancia_statement_dup_text (series, 3);
    name->days = days;
    g_ptr_array_add (list, name);
  }
  if (!plancia_database_check (self->database, result, "list the series", error))
    return NULL;
  return g_steal_pointer (&list);
}
