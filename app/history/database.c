/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/database.h"

#include "base/clock.h"
#include "base/error.h"
#include <errno.h>
#include <glib/gstdio.h>

/* How long another process may hold the file before we give up. */
#define BUSY_TIMEOUT_MS 5000

/* A quota or a limit of the process is full: SQLite says so of the disk alone. The log has its own last error. */
static gboolean
is_full (sqlite3 *database)
{
  sqlite3_file *log = NULL;
  int           error = 0;

  sqlite3_file_control (database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != NULL && log->pMethods != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &error);
  if (error == 0)
    sqlite3_file_control (database, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

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
  case SQLITE_IOERR:
    return is_full (database) ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED;
  case SQLITE_INTERRUPT:
    return G_IO_ERROR_CANCELLED;
  default:
    return G_IO_ERROR_FAILED;
  }
}

/* The one place where SQLite's codes become ours. */
gboolean
plancia_database_check (PlanciaDatabase *self, int result, const char *what, GError **error)
{
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               io_error_code (self->handle, result),
               "%s: cannot %s: %s (%d)",
               self->kind->name,
               what,
               sqlite3_errmsg (self->handle),
               result);
  return FALSE;
}

gboolean
plancia_database_execute (PlanciaDatabase *self, const char *sql, const char *what, GError **error)
{
  return plancia_database_check (self,
                                 sqlite3_exec (self->handle, sql, NULL, NULL, NULL),
                                 what,
                                 error);
}

PlanciaStatement *
plancia_database_prepare (PlanciaDatabase *self, const char *sql, GError **error)
{
  PlanciaStatement *statement = NULL;

  if (!plancia_database_check (self,
                               sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL),
                               "prepare a statement",
                               error))
    return NULL;
  return statement;
}

void
plancia_statement_bind_text (PlanciaStatement *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

/* Runs a statement without rows, ready to be bound again. */
gboolean
plancia_database_run (PlanciaDatabase  *self,
                      PlanciaStatement *statement,
                      const char       *what,
                      GError          **error)
{
  int result = sqlite3_step (statement);

  if (!plancia_database_check (self, result, what, error))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
plancia_database_read_number (PlanciaDatabase *self,
                              const char      *sql,
                              gint64          *number,
                              GError         **error)
{
  g_autoptr (PlanciaStatement) statement = plancia_database_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  if (!plancia_database_check (self, result, "read the file's head", error))
    return FALSE;
  *number = result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

static gboolean
refuse_version (const PlanciaDatabaseKind *kind, const char *path, gint64 version, GError **error)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_VERSION,
               "%s: %s of version %" G_GINT64_FORMAT ", this program knows up to %d; left as it is",
               path,
               kind->content,
               version,
               kind->version);
  return FALSE;
}

/* Opening a file, even to look, may replay its log and write. So the version is read off the plain
 * bytes first: user_version stands at 60 of the header, big endian (SQLite file format, 1.3). */
static gboolean
check_version_untouched (const PlanciaDatabaseKind *kind, const char *path, GError **error)
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
  return version <= (guint32) kind->version || refuse_version (kind, path, version, error);
}

static gboolean
create_tables (PlanciaDatabase *self, GError **error)
{
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA application_id=%u; PRAGMA user_version=%d;",
                                              self->kind->application_id,
                                              self->kind->version);

  return plancia_database_execute (self, self->kind->tables, "create the tables", error) &&
         plancia_database_execute (self, pragmas, "write the version", error);
}

/* A file of an older Plancia, step by step. */
static gboolean
upgrade_tables (PlanciaDatabase *self, gint64 version, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version=%d", self->kind->version);

  for (gint64 step = version; step < self->kind->version; step++)
    if (!plancia_database_execute (self, self->kind->migrations[step - 1], "upgrade", error))
      return FALSE;
  return plancia_database_execute (self, pragma, "write the version", error);
}

/* Within one transaction: a process killed here leaves the old version behind, not half of a new
 * one. */
static gboolean
migrate_locked (PlanciaDatabase *self, const char *path, GError **error)
{
  gint64 version, tables;

  if (!plancia_database_read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > self->kind->version)
    return refuse_version (self->kind, path, version, error);
  if (version == self->kind->version)
    return TRUE;
  if (version > 0)
    return upgrade_tables (self, version, error);
  if (!plancia_database_read_number (self, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (tables > 0) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: a database, but not one of %s; left as it is",
                 path,
                 self->kind->content);
    return FALSE;
  }
  return create_tables (self, error);
}

/* Ends a transaction: the statement that failed says why, so the roll-back's own result is nothing. */
gboolean
plancia_database_end (PlanciaDatabase *self, gboolean good, GError **error)
{
  if (good && plancia_database_execute (self, "COMMIT", "commit", error))
    return TRUE;
  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
migrate (PlanciaDatabase *self, const char *path, GError **error)
{
  gint64 version;

  if (!plancia_database_read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == self->kind->version)
    return TRUE;
  return plancia_database_execute (self, "BEGIN IMMEDIATE", "begin", error) &&
         plancia_database_end (self, migrate_locked (self, path, error), error);
}

gboolean
plancia_database_begin (PlanciaDatabase *self, GError **error)
{
  return plancia_database_execute (self, "BEGIN IMMEDIATE", "begin", error);
}

char *
plancia_statement_dup_text (PlanciaStatement *self, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (self, column));
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_str_equal (path, ":memory:") || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               (gint) g_io_error_from_errno (errno),
               "%s: cannot make the folder: %s",
               folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
set_up (PlanciaDatabase *self, const char *path, GError **error)
{
  g_autofree char *pace = g_strdup_printf ("PRAGMA synchronous=%s", self->kind->synchronous);

  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  /* The log survives a killed process. */
  return migrate (self, path, error) &&
         plancia_database_execute (self, "PRAGMA journal_mode=WAL", "write ahead", error) &&
         plancia_database_execute (self, pace, "set the pace", error);
}

/**
 * plancia_database_open:
 * @path: the file, or ":memory:"
 * @kind: static
 * @error: G_IO_ERROR or PLANCIA_DOCUMENT_ERROR
 *
 * Returns: (transfer full) (nullable): the open file
 */
PlanciaDatabase *
plancia_database_open (const char *path, const PlanciaDatabaseKind *kind, GError **error)
{
  g_autoptr (PlanciaDatabase) self = g_new0 (PlanciaDatabase, 1);
  g_autofree char *what = g_strdup_printf ("open %s", path);
  gboolean         is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  int              result;

  self->kind = kind;
  if (!make_folder (path, error) || !check_version_untouched (kind, path, error))
    return NULL;
  result = sqlite3_open_v2 (path,
                            &self->handle,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                              SQLITE_OPEN_EXRESCODE,
                            NULL);
  if (!plancia_database_check (self, result, what, error))
    return NULL;
  if (is_new)
    g_chmod (path, 0600);
  if (!set_up (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plancia_database_close:
 * @self: (transfer full): an open file
 */
void
plancia_database_close (PlanciaDatabase *self)
{
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/* history.db.damaged-2026-06-12-140537, or with -2, -3, ... behind if that is taken. */
static char *
damaged_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (plancia_clock_now () / 1000);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  char            *name = g_strdup_printf ("%s.damaged-%s", path, date);

  for (guint i = 2; i < 100 && g_file_test (name, G_FILE_TEST_EXISTS); i++) {
    g_free (name);
    name = g_strdup_printf ("%s.damaged-%s-%u", path, date, i);
  }
  return name;
}

/* The log goes with its file: beside a new one it would be taken for that one's. */
static void
rename_companion (const char *path, const char *target, const char *suffix)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (target, suffix, NULL);

  if (g_rename (from, to) != 0 && errno != ENOENT)
    g_info ("Cannot rename %s: %s", from, g_strerror (errno));
}

/**
 * plancia_database_set_aside:
 *
 * Keeps a damaged file, which is closed, under a name with the date, so that a new one can be begun.
 */
char *
plancia_database_set_aside (const char *path, const GError *damage, GError **error)
{
  g_autofree char *target = damaged_name (path);

  if (g_rename (path, target) != 0) {
    g_set_error (error,
                 G_IO_ERROR,
                 (gint) g_io_error_from_errno (errno),
                 "%s; and it cannot be renamed to %s: %s",
                 damage->message,
                 target,
                 g_strerror (errno));
    return NULL;
  }
  rename_companion (path, target, "-wal");
  rename_companion (path, target, "-shm");
  g_info ("%s; the file is kept as %s", damage->message, target);
  return g_steal_pointer (&target);
}

/* Instructions of SQLite between two looks at the cancellable. */
#define STEPS_PER_CHECK 10000

static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

void
plancia_database_set_cancellable (PlanciaDatabase *self, GCancellable *cancellable)
{
  sqlite3_progress_handler (self->handle,
                            cancellable != NULL ? STEPS_PER_CHECK : 0,
                            is_cancelled,
                            cancellable);
}

/**
 * plancia_database_check_integrity:
 * @self: an open file
 * @cancellable: (nullable): gives up
 * @error: G_IO_ERROR_INVALID_DATA
 *
 * Returns: whether every page of it is whole
 */
gboolean
plancia_database_check_integrity (PlanciaDatabase *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlanciaStatement)
    statement = plancia_database_prepare (self, "PRAGMA integrity_check(1)", error);
  g_autofree char *word = NULL;
  int              result;

  if (statement == NULL)
    return FALSE;
  plancia_database_set_cancellable (self, cancellable);
  result = sqlite3_step (statement);
  plancia_database_set_cancellable (self, NULL);
  if (!plancia_database_check (self, result, "check the pages", error))
    return FALSE;
  word = result == SQLITE_ROW ? plancia_statement_dup_text (statement, 0) : NULL;
  if (g_strcmp0 (word, "ok") == 0)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_DATA,
               "%s: the file is damaged: %s",
               self->kind->name,
               word);
  return FALSE;
}
