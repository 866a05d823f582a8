/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/journal-file.h"

#include "history/database.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct _PlanciaJournalFile
{
  PlanciaDatabase *database;
  gint64           session;  /* 0: nothing was begun yet */
  int              sessions; /* descriptor of the lock file, or -1 */
};

#define APPEND_ONLY(table)                                            \
  "CREATE TRIGGER " table "_keep BEFORE UPDATE ON " table             \
  " BEGIN SELECT raise (ABORT, 'the journal is only added to'); END;" \
  "CREATE TRIGGER " table "_stay BEFORE DELETE ON " table             \
  " BEGIN SELECT raise (ABORT, 'the journal is only added to'); END;"

/* "PLNJ". A session is a program that ran; what it began is open when it is gone without saying how that ended. */
static const PlanciaDatabaseKind kind = {
  .name = "Journal",
  .content = "journals",
  .version = 1,
  .application_id = 0x504c4e4a,
  .synchronous = "FULL",
  .tables =
    "CREATE TABLE session (id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL,"
    " program TEXT, user TEXT);"
    "CREATE TABLE request (id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL,"
    " time INTEGER NOT NULL, plant TEXT, device_id TEXT, device TEXT, serial TEXT, route TEXT,"
    " map TEXT, user TEXT, kind TEXT, unit INTEGER NOT NULL, function INTEGER NOT NULL,"
    " address INTEGER NOT NULL, count INTEGER NOT NULL, old TEXT, new TEXT NOT NULL);"
    "CREATE TABLE item (request INTEGER NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL,"
    " name TEXT, address INTEGER NOT NULL, count INTEGER NOT NULL, old TEXT, new TEXT,"
    " PRIMARY KEY (request, number)) WITHOUT ROWID;"
    "CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT, request INTEGER NOT NULL,"
    " time INTEGER NOT NULL, what TEXT NOT NULL, after TEXT, message TEXT);"
    "CREATE INDEX event_request ON event (request);" APPEND_ONLY ("session") APPEND_ONLY ("request")
      APPEND_ONLY ("item") APPEND_ONLY ("event"),
};

/* --- who still lives ------------------------------------------------------------------------- */

/* A program that has begun something holds a lock on the byte of its session. The system lets it go when the program ends,
 * however it ends; a number of a process could belong to another one by then, or to another sandbox. */
static struct flock
lock_of (gint64 session)
{
  return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = session, .l_len = 1};
}

static void
open_sessions (PlanciaJournalFile *self, const char *path)
{
  g_autofree char *name = g_strconcat (path, "-sessions", NULL);

  self->sessions = -1;
  if (!g_str_equal (path, ":memory:"))
    self->sessions = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static gboolean
hold_session (PlanciaJournalFile *self, GError **error)
{
  struct flock lock = lock_of (self->session);

  if (self->sessions < 0 || fcntl (self->sessions, F_OFD_SETLK, &lock) == 0)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (errno),
               "Journal: cannot mark the session: %s",
               g_strerror (errno));
  return FALSE;
}

static gboolean
is_alive (PlanciaJournalFile *self, gint64 session)
{
  struct flock lock = lock_of (session);

  if (session == self->session)
    return TRUE;
  return self->sessions >= 0 && fcntl (self->sessions, F_OFD_GETLK, &lock) == 0 &&
         lock.l_type != F_UNLCK;
}

static gboolean
ensure_session (PlanciaJournalFile *self, gint64 time, GError **error)
{
  g_autoptr (PlanciaStatement) insert = NULL;

  if (self->session != 0)
    return TRUE;
  insert =
    plancia_database_prepare (self->database,
                              "INSERT INTO session (started, program, user) VALUES (?, ?, ?)",
                              error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert, 1, time);
  plancia_statement_bind_text (insert, 2, g_get_prgname ());
  plancia_statement_bind_text (insert, 3, g_get_user_name ());
  if (!plancia_database_run (self->database, insert, "begin a session", error))
    return FALSE;
  self->session = sqlite3_last_insert_rowid (self->database->handle);
  if (hold_session (self, error))
    return TRUE;
  self->session = 0;
  return FALSE;
}

/* --- adding ---------------------------------------------------------------------------------- */

static gint64
add_request (PlanciaJournalFile *self, const PlanciaJournalEntry *entry, GError **error)
{
  const char *texts[] = {entry->plant,
                         entry->device_id,
                         entry->device,
                         entry->serial,
                         entry->route,
                         entry->map,
                         entry->user,
                         entry->kind};
  g_autoptr (PlanciaStatement) insert = plancia_database_prepare (
    self->database,
    "INSERT INTO request (plant, device_id, device, serial, route, map,"
    " user, kind, session, time, unit, function, address, count, old, new)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  int index = 1;

  if (insert == NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    plancia_statement_bind_text (insert, index++, texts[i]);
  sqlite3_bind_int64 (insert, index++, self->session);
  sqlite3_bind_int64 (insert, index++, entry->time);
  sqlite3_bind_int (insert, index++, entry->unit);
  sqlite3_bind_int (insert, index++, entry->function);
  sqlite3_bind_int (insert, index++, entry->address);
  sqlite3_bind_int (insert, index++, (int) entry->count);
  plancia_statement_bind_text (insert, index++, entry->old);
  plancia_statement_bind_text (insert, index++, entry->new_);
  if (!plancia_database_run (self->database, insert, "add a request", error))
    return 0;
  return sqlite3_last_insert_rowid (self->database->handle);
}

static gboolean
add_items (PlanciaJournalFile *self, gint64 request, GPtrArray *items, GError **error)
{
  g_autoptr (PlanciaStatement)
    insert = plancia_database_prepare (self->database,
                                       "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                       error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (items, i);

    sqlite3_bind_int64 (insert, 1, request);
    sqlite3_bind_int (insert, 2, (int) i);
    plancia_statement_bind_text (insert, 3, item->key);
    plancia_statement_bind_text (insert, 4, item->name);
    sqlite3_bind_int (insert, 5, item->address);
    sqlite3_bind_int (insert, 6, (int) item->count);
    plancia_statement_bind_text (insert, 7, item->old);
    plancia_statement_bind_text (insert, 8, item->new_);
    if (!plancia_database_run (self->database, insert, "add a register", error))
      return FALSE;
  }
  return TRUE;
}

static gint64
begin_locked (PlanciaJournalFile *self, const PlanciaJournalEntry *entry, GError **error)
{
  gint64 request = add_request (self, entry, error);

  if (request == 0 || !add_items (self, request, entry->items, error))
    return 0;
  if (entry->note != NULL &&
      !plancia_journal_file_add (self, request, entry->time, "note", NULL, entry->note, error))
    return 0;
  return request;
}

/* --- listing --------------------------------------------------------------------------------- */

static void
item_free (gpointer data)
{
  PlanciaJournalItem *item = data;

  g_free (item->key);
  g_free (item->name);
  g_free (item->old);
  g_free (item->new_);
  g_free (item);
}

static gboolean
read_items (PlanciaJournalFile *self, PlanciaJournalEntry *entry, GError **error)
{
  g_autoptr (PlanciaStatement)
    select = plancia_database_prepare (self->database,
                                       "SELECT key, name, address, count, old, new FROM item"
                                       " WHERE request = ? ORDER BY number",
                                       error);
  int result;

  if (select == NULL)
    return FALSE;
  sqlite3_bind_int64 (select, 1, entry->id);
  while ((result = sqlite3_step (select)) == SQLITE_ROW) {
    PlanciaJournalItem *item = g_new0 (PlanciaJournalItem, 1);

    item->key = plancia_statement_dup_text (select, 0);
    item->name = plancia_statement_dup_text (select, 1);
    item->address = (guint16) sqlite3_column_int (select, 2);
    item->count = (guint) sqlite3_column_int (select, 3);
    item->old = plancia_statement_dup_text (select, 4);
    item->new_ = plancia_statement_dup_text (select, 5);
    g_ptr_array_add (entry->items, item);
  }
  return plancia_database_check (self->database, result, "read registers", error);
}

static gboolean
find_verdict (const char *what, PlanciaVerdict *verdict)
{
  for (int i = PLANCIA_VERDICT_VERIFIED; i <= PLANCIA_VERDICT_SENT; i++)
    if (g_strcmp0 (what, plancia_verdict_name ((PlanciaVerdict) i)) == 0) {
      *verdict = (PlanciaVerdict) i;
      return TRUE;
    }
  return FALSE;
}

static void
take_note (PlanciaJournalEntry *entry, const char *text)
{
  char *longer = entry->note != NULL ? g_strconcat (entry->note, "\n", text, NULL)
                                     : g_strdup (text);

  g_free (entry->note);
  entry->note = longer;
}

static void
take_event (PlanciaJournalEntry *entry, PlanciaStatement *event)
{
  const char *what = (const char *) sqlite3_column_text (event, 1);

  if (g_strcmp0 (what, "left") == 0)
    entry->sent = TRUE;
  else if (g_strcmp0 (what, "note") == 0)
    take_note (entry, (const char *) sqlite3_column_text (event, 3));
  else if (find_verdict (what, &entry->verdict)) {
    entry->state = PLANCIA_JOURNAL_FINISHED;
    entry->ended = sqlite3_column_int64 (event, 0);
    g_free (entry->after);
    g_free (entry->message);
    entry->after = plancia_statement_dup_text (event, 2);
    entry->message = plancia_statement_dup_text (event, 3);
  }
}

static gboolean
read_events (PlanciaJournalFile *self, PlanciaJournalEntry *entry, GError **error)
{
  g_autoptr (PlanciaStatement)
    select = plancia_database_prepare (self->database,
                                       "SELECT time, what, after, message FROM event"
                                       " WHERE request = ? ORDER BY time, id",
                                       error);
  int result;

  if (select == NULL)
    return FALSE;
  sqlite3_bind_int64 (select, 1, entry->id);
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    take_event (entry, select);
  return plancia_database_check (self->database, result, "read what happened", error);
}

static PlanciaJournalEntry *
entry_new (PlanciaJournalFile *self, PlanciaStatement *row)
{
  PlanciaJournalEntry *entry = g_new0 (PlanciaJournalEntry, 1);
  char               **texts[] = {&entry->plant,
                                  &entry->device_id,
                                  &entry->device,
                                  &entry->serial,
                                  &entry->route,
                                  &entry->map,
                                  &entry->user,
                                  &entry->kind,
                                  &entry->old,
                                  &entry->new_};

  g_ref_count_init (&entry->references);
  entry->items = g_ptr_array_new_with_free_func (item_free);
  entry->id = sqlite3_column_int64 (row, 0);
  entry->time = sqlite3_column_int64 (row, 1);
  entry->unit = sqlite3_column_int (row, 2);
  entry->function = (guint8) sqlite3_column_int (row, 3);
  entry->address = (guint16) sqlite3_column_int (row, 4);
  entry->count = (guint) sqlite3_column_int (row, 5);
  entry->state = is_alive (self, sqlite3_column_int64 (row, 6)) ? PLANCIA_JOURNAL_RUNNING
                                                                : PLANCIA_JOURNAL_OPEN;
  entry->verdict = PLANCIA_VERDICT_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = plancia_statement_dup_text (row, (int) i + 7);
  return entry;
}

static PlanciaStatement *
prepare_list (PlanciaJournalFile *self, const PlanciaJournalFilter *filter, GError **error)
{
  PlanciaStatement *select =
    plancia_database_prepare (self->database,
                              "SELECT id, time, unit, function, address, count, session, plant,"
                              " device_id, device, serial, route, map, user, kind, old, new"
                              " FROM request WHERE (?1 IS NULL OR device = ?1 OR device_id = ?1 OR"
                              " serial = ?1) AND (?2 = 0 OR id = ?2) AND (?3 = 0 OR NOT EXISTS"
                              " (SELECT 1 FROM event WHERE request = request.id AND what NOT IN"
                              " ('left', 'note'))) ORDER BY id DESC",
                              error);

  if (select == NULL)
    return NULL;
  plancia_statement_bind_text (select, 1, filter->device);
  sqlite3_bind_int64 (select, 2, filter->id);
  sqlite3_bind_int (select, 3, filter->open_only);
  return select;
}

/**
 * plancia_journal_file_open:
 *
 * Returns: (transfer full) (nullable): the open file
 */
PlanciaJournalFile *
plancia_journal_file_open (const char *path, GError **error)
{
  g_autoptr (PlanciaJournalFile) self = g_new0 (PlanciaJournalFile, 1);

  self->sessions = -1;
  self->database = plancia_database_open (path, &kind, error);
  if (self->database == NULL)
    return NULL;
  open_sessions (self, path);
  return g_steal_pointer (&self);
}

void
plancia_journal_file_close (PlanciaJournalFile *self)
{
  g_clear_pointer (&self->database, plancia_database_close);
  if (self->sessions >= 0)
    close (self->sessions);
  g_free (self);
}

PlanciaDatabase *
plancia_journal_file_get_database (PlanciaJournalFile *self)
{
  return self->database;
}

/**
 * plancia_journal_file_begin:
 *
 * One transaction, on disk when it returns.
 */
gint64
plancia_journal_file_begin (PlanciaJournalFile        *self,
                            const PlanciaJournalEntry *entry,
                            GError                   **error)
{
  gint64 request;

  if (!ensure_session (self, entry->time, error) || !plancia_database_begin (self->database, error))
    return 0;
  request = begin_locked (self, entry, error);
  return plancia_database_end (self->database, request != 0, error) ? request : 0;
}

gboolean
plancia_journal_file_add (PlanciaJournalFile *self,
                          gint64              request,
                          gint64              time,
                          const char         *what,
                          const char         *after,
                          const char         *message,
                          GError            **error)
{
  g_autoptr (PlanciaStatement)
    insert = plancia_database_prepare (self->database,
                                       "INSERT INTO event (request, time, what, after, message)"
                                       " VALUES (?, ?, ?, ?, ?)",
                                       error);

  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert, 1, request);
  sqlite3_bind_int64 (insert, 2, time);
  plancia_statement_bind_text (insert, 3, what);
  plancia_statement_bind_text (insert, 4, after);
  plancia_statement_bind_text (insert, 5, message);
  return plancia_database_run (self->database, insert, "add what happened", error);
}

/**
 * plancia_journal_file_list:
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaJournalEntry): the newest first
 */
GPtrArray *
plancia_journal_file_list (PlanciaJournalFile         *self,
                           const PlanciaJournalFilter *filter,
                           GError                    **error)
{
  g_autoptr (GPtrArray)
    entries = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_journal_entry_unref);
  g_autoptr (PlanciaStatement) select = prepare_list (self, filter, error);
  int result = SQLITE_DONE;

  if (select == NULL)
    return NULL;
  while ((filter->limit == 0 || entries->len < filter->limit) &&
         (result = sqlite3_step (select)) == SQLITE_ROW) {
    g_autoptr (PlanciaJournalEntry) entry = entry_new (self, select);

    if (!read_items (self, entry, error) || !read_events (self, entry, error))
      return NULL;
    if (!filter->open_only || entry->state == PLANCIA_JOURNAL_OPEN)
      g_ptr_array_add (entries, g_steal_pointer (&entry));
  }
  if (!plancia_database_check (self->database, result, "read requests", error))
    return NULL;
  return g_steal_pointer (&entries);
}

static gint64
day_begin (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / 1000);
  g_autoptr (GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (moment),
                                                          g_date_time_get_month (moment),
                                                          g_date_time_get_day_of_month (moment),
                                                          0,
                                                          0,
                                                          0);

  return g_date_time_to_unix (midnight) * 1000;
}

static void
count_register (GHashTable *table, GArray *counts, guint16 address, gint64 day)
{
  g_autofree char    *name = g_strdup_printf ("%u %" G_GINT64_FORMAT, address, day);
  PlanciaJournalCount fresh = {address, day, 1};
  gpointer            place = NULL;

  if (g_hash_table_lookup_extended (table, name, NULL, &place)) {
    g_array_index (counts, PlanciaJournalCount, GPOINTER_TO_UINT (place)).count++;
    return;
  }
  g_hash_table_insert (table, g_steal_pointer (&name), GUINT_TO_POINTER (counts->len));
  g_array_append_val (counts, fresh);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const PlanciaJournalCount *one = a, *two = b;

  if (one->address != two->address)
    return one->address < two->address ? -1 : 1;
  return one->day < two->day ? -1 : one->day > two->day;
}

/**
 * plancia_journal_file_count:
 *
 * A request that was refused, or did not leave, has worn nothing; one whose outcome is unknown counts.
 */
GArray *
plancia_journal_file_count (PlanciaJournalFile *self, const char *device, GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (PlanciaJournalCount));
  g_autoptr (PlanciaStatement) select =
    plancia_database_prepare (self->database,
                              "SELECT time, address, count FROM request WHERE (serial = ?1 OR"
                              " device_id = ?1 OR device = ?1) AND NOT EXISTS (SELECT 1 FROM event"
                              " WHERE request = request.id AND what IN ('skipped', 'refused'))",
                              error);
  int result;

  if (select == NULL)
    return NULL;
  plancia_statement_bind_text (select, 1, device);
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_int (select, 2); i++)
      count_register (table,
                      counts,
                      (guint16) (sqlite3_column_int (select, 1) + i),
                      day_begin (sqlite3_column_int64 (select, 0)));
  if (!plancia_database_check (self->database, result, "count writes", error))
    return NULL;
  g_array_sort (counts, compare_counts);
  return g_steal_pointer (&counts);
}
