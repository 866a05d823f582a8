/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-sqlite.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* Raise with each change of the tables, and add a step to migrate (). */
#define VERSION 1
/* "PLNC", so that file (1) and we can tell the file from others. */
#define APPLICATION_ID 0x504c4e43
/* How long another process may hold the file before we give up. */
#define BUSY_TIMEOUT_MS 5000
/* Rows between two looks at the cancellable. */
#define ROWS_PER_CHECK 1000

struct _PlanciaStoreSqlite
{
  sqlite3 *database;
};

/* Finalized at the end of its block. */
typedef sqlite3_stmt Statement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Statement, sqlite3_finalize)

static int
io_error_code (sqlite3 *database, int result)
{
  switch (result & 0xff) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return G_IO_ERROR_INVALID_DATA;
  case SQLITE_CANTOPEN:
    return sqlite3_system_errno (database) != 0
             ? (int) g_io_error_from_errno (sqlite3_system_errno (database))
             : G_IO_ERROR_NOT_FOUND;
  case SQLITE_READONLY:
    return G_IO_ERROR_READ_ONLY;
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return G_IO_ERROR_PERMISSION_DENIED;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return G_IO_ERROR_BUSY;
  case SQLITE_FULL:
    return G_IO_ERROR_NO_SPACE;
  case SQLITE_INTERRUPT:
    return G_IO_ERROR_CANCELLED;
  default:
    return G_IO_ERROR_FAILED;
  }
}

/* The one place where SQLite's codes become ours. */
static gboolean
check (PlanciaStoreSqlite *self, int result, const char *what, GError **error)
{
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               io_error_code (self->database, result),
               "History store: cannot %s: %s (%d)",
               what,
               sqlite3_errmsg (self->database),
               result);
  return FALSE;
}

static gboolean
execute (PlanciaStoreSqlite *self, const char *sql, const char *what, GError **error)
{
  return check (self, sqlite3_exec (self->database, sql, NULL, NULL, NULL), what, error);
}

static Statement *
prepare (PlanciaStoreSqlite *self, const char *sql, GError **error)
{
  Statement *statement = NULL;

  if (!check (self,
              sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL),
              "prepare a statement",
              error))
    return NULL;
  return statement;
}

static void
bind_text (Statement *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

/* Runs a statement without rows, ready to be bound again. */
static gboolean
run (PlanciaStoreSqlite *self, Statement *statement, const char *what, GError **error)
{
  int result = sqlite3_step (statement);

  if (!check (self, result, what, error))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
read_number (PlanciaStoreSqlite *self, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (Statement) statement = prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  if (!check (self, result, "read the file's head", error))
    return FALSE;
  *number = result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

static gboolean
refuse_version (const char *path, gint64 version, GError **error)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_VERSION,
               "%s: history of version %" G_GINT64_FORMAT
               ", this program knows up to %d; left as it is",
               path,
               version,
               VERSION);
  return FALSE;
}

/* Opening a file, even to look, may replay its log and write. So the version is read off the plain
 * bytes first: user_version stands at 60 of the header, big endian (SQLite file format, 1.3). */
static gboolean
check_version_untouched (const char *path, GError **error)
{
  guint8  head[64] = {0};
  FILE   *file = fopen (path, "rbe");
  gsize   length;
  guint32 version;

  if (file == NULL)
    return TRUE; /* new, or for SQLite to judge */
  length = fread (head, 1, sizeof head, file);
  fclose (file);
  if (length != sizeof head || memcmp (head, "SQLite format 3", 16) != 0)
    return TRUE;
  version = (guint32) head[60] << 24 | (guint32) head[61] << 16 | (guint32) head[62] << 8 |
            head[63];
  return version <= VERSION || refuse_version (path, version, error);
}

static gboolean
create_tables (PlanciaStoreSqlite *self, GError **error)
{
  static const char *sql =
    "CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, source TEXT NOT NULL,"
    " key TEXT NOT NULL, UNIQUE (device, source, key));"
    "CREATE TABLE sample (series INTEGER NOT NULL, ts INTEGER NOT NULL, value REAL NOT NULL,"
    " PRIMARY KEY (series, ts)) WITHOUT ROWID;"
    "CREATE TABLE coverage (device TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, PRIMARY KEY (device, source, start)) WITHOUT ROWID;";
  g_autofree char *pragmas =
    g_strdup_printf ("PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION_ID, VERSION);

  return execute (self, sql, "create the tables", error) &&
         execute (self, pragmas, "write the version", error);
}

/* Within one transaction: a process killed here leaves the old version behind, not half of a new
 * one. */
static gboolean
migrate_locked (PlanciaStoreSqlite *self, const char *path, GError **error)
{
  gint64 version, tables;

  if (!read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > VERSION)
    return refuse_version (path, version, error);
  if (version == VERSION)
    return TRUE;
  if (!read_number (self, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (tables > 0) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: a database, but not one of histories; left as it is",
                 path);
    return FALSE;
  }
  return create_tables (self, error);
}

/* Ends a transaction: the statement that failed says why, so the roll-back's own result is nothing. */
static gboolean
end_transaction (PlanciaStoreSqlite *self, gboolean good, GError **error)
{
  if (good && execute (self, "COMMIT", "commit", error))
    return TRUE;
  sqlite3_exec (self->database, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
migrate (PlanciaStoreSqlite *self, const char *path, GError **error)
{
  gint64 version;

  if (!read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == VERSION)
    return TRUE;
  return execute (self, "BEGIN IMMEDIATE", "begin", error) &&
         end_transaction (self, migrate_locked (self, path, error), error);
}

/* −1 and an error, or the id of the series, made if it is new. */
static gint64
ensure_series (PlanciaStoreSqlite *self, PlanciaSamples *samples, const char *key, GError **error)
{
  /* The update changes nothing; it makes RETURNING speak for a row that is there already. */
  g_autoptr (Statement)
    statement = prepare (self,
                         "INSERT INTO series (device, source, key) VALUES (?, ?, ?)"
                         " ON CONFLICT DO UPDATE SET key = excluded.key RETURNING id",
                         error);

  if (statement == NULL)
    return -1;
  bind_text (statement, 1, plancia_samples_get_device (samples));
  bind_text (statement, 2, plancia_samples_get_source (samples));
  bind_text (statement, 3, key);
  if (!check (self, sqlite3_step (statement), "name a series", error))
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

static gboolean
put_column (PlanciaStoreSqlite        *self,
            Statement                 *insert,
            gint64                     series,
            const PlanciaSampleColumn *column,
            GCancellable              *cancellable,
            GError                   **error)
{
  for (guint i = 0; i < column->times->len; i++) {
    if (i % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    sqlite3_bind_int64 (insert, 1, series);
    sqlite3_bind_int64 (insert, 2, g_array_index (column->times, gint64, i));
    /* Adding zero turns −0 into 0, and nothing else into anything else. */
    sqlite3_bind_double (insert, 3, g_array_index (column->values, double, i) + 0.0);
    if (!run (self, insert, "write a sample", error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_columns (PlanciaStoreSqlite *self,
             PlanciaSamples     *samples,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (Statement) insert =
    prepare (self,
             "INSERT INTO sample VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
             " WHERE value IS NOT excluded.value",
             error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);
    gint64                     series = ensure_series (self, samples, column->key, error);

    if (series < 0 || !put_column (self, insert, series, column, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

static Statement *
prepare_coverage (PlanciaStoreSqlite *self,
                  const char         *sql,
                  PlanciaSamples     *samples,
                  gint64              third,
                  gint64              fourth,
                  GError            **error)
{
  Statement *statement = prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  bind_text (statement, 1, plancia_samples_get_device (samples));
  bind_text (statement, 2, plancia_samples_get_source (samples));
  sqlite3_bind_int64 (statement, 3, third);
  sqlite3_bind_int64 (statement, 4, fourth);
  return statement;
}

/* Widens span by the rows that it touches. */
static gboolean
join_coverage (PlanciaStoreSqlite *self, PlanciaSamples *samples, PlanciaSpan *span, GError **error)
{
  g_autoptr (Statement) find =
    prepare_coverage (self,
                      "SELECT min(start), max(end) FROM coverage WHERE device = ? AND source = ?"
                      " AND start <= ? AND end >= ?",
                      samples,
                      span->end,
                      span->start,
                      error);

  if (find == NULL || !check (self, sqlite3_step (find), "read the coverage", error))
    return FALSE;
  if (sqlite3_column_type (find, 0) != SQLITE_NULL) {
    span->start = MIN (span->start, sqlite3_column_int64 (find, 0));
    span->end = MAX (span->end, sqlite3_column_int64 (find, 1));
  }
  return TRUE;
}

static gboolean
clear_coverage (PlanciaStoreSqlite *self, PlanciaSamples *samples, PlanciaSpan span, GError **error)
{
  g_autoptr (Statement)
    clear = prepare_coverage (self,
                              "DELETE FROM coverage WHERE device = ? AND source = ?"
                              " AND start >= ? AND end <= ?",
                              samples,
                              span.start,
                              span.end,
                              error);

  return clear != NULL && run (self, clear, "join the coverage", error);
}

/* The rows of coverage that touch span, and span itself, become one row. */
static gboolean
put_coverage (PlanciaStoreSqlite *self, PlanciaSamples *samples, PlanciaSpan span, GError **error)
{
  g_autoptr (Statement) insert = NULL;

  if (!join_coverage (self, samples, &span, error) || !clear_coverage (self, samples, span, error))
    return FALSE;
  insert = prepare_coverage (self,
                             "INSERT INTO coverage VALUES (?, ?, ?, ?)",
                             samples,
                             span.start,
                             span.end,
                             error);
  return insert != NULL && run (self, insert, "write the coverage", error);
}

static gboolean
put_locked (PlanciaStoreSqlite *self,
            PlanciaSamples     *samples,
            GCancellable       *cancellable,
            GError            **error)
{
  PlanciaSpan covered = plancia_samples_get_covered (samples);

  if (!put_columns (self, samples, cancellable, error))
    return FALSE;
  return plancia_span_is_empty (covered) || put_coverage (self, samples, covered, error);
}

static gboolean
query_series (PlanciaStoreSqlite *self,
              gint64              series,
              const char         *key,
              PlanciaSpan         span,
              PlanciaSamples     *samples,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (Statement) statement =
    prepare (self,
             "SELECT ts, value FROM sample WHERE series = ? AND ts >= ? AND ts < ? ORDER BY ts",
             error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, series);
  sqlite3_bind_int64 (statement, 2, span.start);
  sqlite3_bind_int64 (statement, 3, span.end);
  for (guint i = 1; (result = sqlite3_step (statement)) == SQLITE_ROW; i++) {
    plancia_samples_add (samples,
                         key,
                         sqlite3_column_int64 (statement, 0),
                         sqlite3_column_double (statement, 1));
    if (i % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
  return check (self, result, "read samples", error);
}

/**
 * plancia_store_sqlite_open:
 * @path: the file, or ":memory:"
 * @error: G_IO_ERROR or PLANCIA_DOCUMENT_ERROR
 *
 * Opens the file or begins a new one, readable to its owner alone. A file of a newer version and
 * one that holds something else are refused and not written to.
 *
 * Returns: (transfer full) (nullable): the open file
 */
PlanciaStoreSqlite *
plancia_store_sqlite_open (const char *path, GError **error)
{
  g_autoptr (PlanciaStoreSqlite) self = g_new0 (PlanciaStoreSqlite, 1);
  g_autofree char *what = g_strdup_printf ("open %s", path);
  gboolean         is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  int              result;

  if (!check_version_untouched (path, error))
    return NULL;
  result = sqlite3_open_v2 (path,
                            &self->database,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                              SQLITE_OPEN_EXRESCODE,
                            NULL);
  if (!check (self, result, what, error))
    return NULL;
  if (is_new)
    g_chmod (path, 0600);
  sqlite3_busy_timeout (self->database, BUSY_TIMEOUT_MS);
  /* The log survives a killed process; NORMAL risks the last commits only if the machine stops. */
  if (!migrate (self, path, error) ||
      !execute (self, "PRAGMA journal_mode=WAL", "write ahead", error) ||
      !execute (self, "PRAGMA synchronous=NORMAL", "set the pace", error))
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
  sqlite3_close_v2 (self->database);
  g_free (self);
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
                          PlanciaSamples     *samples,
                          GCancellable       *cancellable,
                          GError            **error)
{
  return execute (self, "BEGIN IMMEDIATE", "begin", error) &&
         end_transaction (self, put_locked (self, samples, cancellable, error), error);
}

/**
 * plancia_store_sqlite_query:
 * @self: an open file
 * @device: id of the device
 * @source: where the samples came from
 * @keys: (nullable): which ones; %NULL for all
 * @span: when
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
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new (device, source, (PlanciaSpan){span.start, span.start});
  g_autoptr (Statement) series =
    prepare (self, "SELECT id, key FROM series WHERE device = ? AND source = ? ORDER BY id", error);
  int result;

  if (series == NULL)
    return NULL;
  bind_text (series, 1, device);
  bind_text (series, 2, source);
  while ((result = sqlite3_step (series)) == SQLITE_ROW) {
    const char *key = (const char *) sqlite3_column_text (series, 1);

    if (keys != NULL && !g_strv_contains (keys, key))
      continue;
    if (!query_series (self,
                       sqlite3_column_int64 (series, 0),
                       key,
                       span,
                       samples,
                       cancellable,
                       error))
      return NULL;
  }
  if (!check (self, result, "read the series", error))
    return NULL;
  plancia_samples_seal (samples);
  return g_steal_pointer (&samples);
}

/**
 * plancia_store_sqlite_covered:
 * @self: an open file
 * @device: id of the device
 * @source: where the samples came from
 * @span: when
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaSpan): what was put as covered, sorted,
 *   joined, cut to @span
 */
GArray *
plancia_store_sqlite_covered (PlanciaStoreSqlite *self,
                              const char         *device,
                              const char         *source,
                              PlanciaSpan         span,
                              GError            **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (Statement) statement =
    prepare (self,
             "SELECT start, end FROM coverage WHERE device = ? AND source = ? AND start < ?"
             " AND end > ? ORDER BY start",
             error);
  int result;

  if (statement == NULL)
    return NULL;
  bind_text (statement, 1, device);
  bind_text (statement, 2, source);
  sqlite3_bind_int64 (statement, 3, span.end);
  sqlite3_bind_int64 (statement, 4, span.start);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW) {
    PlanciaSpan one = {sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1)};

    one = plancia_span_intersect (one, span);
    g_array_append_val (spans, one);
  }
  if (!check (self, result, "read the coverage", error))
    return NULL;
  plancia_span_array_normalise (spans);
  return g_steal_pointer (&spans);
}
