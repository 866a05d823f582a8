/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/alarm-table.h"

#include <math.h>

static const char *const create =
  "CREATE TABLE IF NOT EXISTS alarm (device TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL,"
  " bit INTEGER NOT NULL, id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,"
  " name TEXT NOT NULL, map TEXT NOT NULL, address INTEGER NOT NULL, word INTEGER NOT NULL,"
  " label TEXT NOT NULL, severity INTEGER NOT NULL, before INTEGER NOT NULL, power REAL,"
  " temperature REAL, PRIMARY KEY (device, source, key, bit, id, since)) WITHOUT ROWID;";

static void
bind_number (PlanciaStatement *statement, int index, double number)
{
  if (isnan (number))
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_double (statement, index, number);
}

static gboolean
put_record (PlanciaDatabase          *database,
            PlanciaStatement         *insert,
            const PlanciaAlarmRecord *record,
            GError                  **error)
{
  plancia_statement_bind_text (insert, 1, record->device);
  plancia_statement_bind_text (insert, 2, record->source);
  plancia_statement_bind_text (insert, 3, record->key);
  sqlite3_bind_int (insert, 4, record->bit);
  sqlite3_bind_int (insert, 5, record->id);
  sqlite3_bind_int64 (insert, 6, record->since);
  sqlite3_bind_int64 (insert, 7, record->until);
  plancia_statement_bind_text (insert, 8, record->name);
  plancia_statement_bind_text (insert, 9, record->map);
  sqlite3_bind_int (insert, 10, record->address);
  sqlite3_bind_int (insert, 11, record->word);
  plancia_statement_bind_text (insert, 12, record->label);
  sqlite3_bind_int (insert, 13, (int) record->severity);
  sqlite3_bind_int (insert, 14, record->from_before);
  bind_number (insert, 15, record->power);
  bind_number (insert, 16, record->temperature);
  return plancia_database_run (database, insert, "write an alarm", error);
}

static gboolean
remove_record (PlanciaDatabase *database, const PlanciaAlarmRecord *record, GError **error)
{
  g_autoptr (PlanciaStatement) remove =
    plancia_database_prepare (database,
                              "DELETE FROM alarm WHERE device = ? AND source = ? AND key = ?"
                              " AND bit = ? AND id = ? AND since = ?",
                              error);

  if (remove == NULL)
    return FALSE;
  plancia_statement_bind_text (remove, 1, record->device);
  plancia_statement_bind_text (remove, 2, record->source);
  plancia_statement_bind_text (remove, 3, record->key);
  sqlite3_bind_int (remove, 4, record->bit);
  sqlite3_bind_int (remove, 5, record->id);
  sqlite3_bind_int64 (remove, 6, record->since);
  return plancia_database_run (database, remove, "take an alarm away", error);
}

static gboolean
put_records (PlanciaDatabase *database, GPtrArray *records, GError **error)
{
  g_autoptr (PlanciaStatement) insert = plancia_database_prepare (
    database,
    "INSERT INTO alarm (device, source, key, bit, id, since, until, name, map, address, word, label,"
    " severity, before, power, temperature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET until = excluded.until, name = excluded.name,"
    " label = excluded.label, severity = excluded.severity",
    error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++) {
    const PlanciaAlarmRecord *record = g_ptr_array_index (records, i);

    if (record->gone ? !remove_record (database, record, error)
                     : !put_record (database, insert, record, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
plancia_alarm_table_ensure (PlanciaDatabase *database, GError **error)
{
  return plancia_database_execute (database, create, "make the table of alarms", error);
}

/**
 * plancia_alarm_table_put:
 * @database: the store's
 * @records: (element-type PlanciaAlarmRecord): new ones, or some that changed
 * @error: as of the database
 *
 * Returns: %FALSE if nothing was written
 */
gboolean
plancia_alarm_table_put (PlanciaDatabase *database, GPtrArray *records, GError **error)
{
  return plancia_alarm_table_ensure (database, error) && plancia_database_begin (database, error) &&
         plancia_database_end (database, put_records (database, records, error), error);
}

gboolean
plancia_alarm_table_merge (PlanciaDatabase *database, GPtrArray *records, GError **error)
{
  return plancia_alarm_table_ensure (database, error) && put_records (database, records, error);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
take_text (char **place, PlanciaStatement *statement, int column)
{
  char *text = plancia_statement_dup_text (statement, column);

  if (text == NULL)
    return;
  g_free (*place);
  *place = text;
}

static double
take_number (PlanciaStatement *statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL
           ? NAN
           : sqlite3_column_double (statement, column);
}

static PlanciaAlarmRecord *
read_record (PlanciaStatement *statement)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();

  take_text (&record->device, statement, 0);
  take_text (&record->source, statement, 1);
  take_text (&record->key, statement, 2);
  record->bit = sqlite3_column_int (statement, 3);
  record->id = sqlite3_column_int (statement, 4);
  record->since = sqlite3_column_int64 (statement, 5);
  record->until = sqlite3_column_int64 (statement, 6);
  take_text (&record->name, statement, 7);
  take_text (&record->map, statement, 8);
  record->address = (guint16) sqlite3_column_int (statement, 9);
  record->word = (guint16) sqlite3_column_int (statement, 10);
  take_text (&record->label, statement, 11);
  record->severity =
    CLAMP (sqlite3_column_int (statement, 12), PLANCIA_SEVERITY_FAULT, PLANCIA_SEVERITY_NOTE);
  record->from_before = sqlite3_column_int (statement, 13) != 0;
  record->power = take_number (statement, 14);
  record->temperature = take_number (statement, 15);
  return record;
}

static gboolean
list_device (PlanciaDatabase  *database,
             PlanciaStatement *find,
             const char       *device,
             guint             limit,
             GPtrArray        *records,
             GError          **error)
{
  int result;

  plancia_statement_bind_text (find, 1, device);
  sqlite3_bind_int64 (find, 2, limit);
  while ((result = sqlite3_step (find)) == SQLITE_ROW)
    g_ptr_array_add (records, read_record (find));
  sqlite3_reset (find);
  return plancia_database_check (database, result, "read the alarms", error);
}

/**
 * plancia_alarm_table_list:
 * @database: the store's
 * @devices: ids
 * @limit: of each
 * @error: as of the database
 *
 * Open ones are never left out for newer ones that ended.
 *
 * Returns: (transfer full) (nullable): the alarms
 */
GPtrArray *
plancia_alarm_table_list (PlanciaDatabase   *database,
                          const char *const *devices,
                          guint              limit,
                          GError           **error)
{
  g_autoptr (GPtrArray)
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  g_autoptr (PlanciaStatement) find = NULL;

  if (!plancia_alarm_table_ensure (database, error))
    return NULL;
  find = plancia_database_prepare (
    database,
    "SELECT device, source, key, bit, id, since, until, name, map, address, word, label, severity,"
    " before, power, temperature FROM alarm WHERE device = ?"
    " ORDER BY until = 0 DESC, since DESC LIMIT ?",
    error);
  if (find == NULL)
    return NULL;
  for (guint i = 0; devices[i] != NULL; i++)
    if (!list_device (database, find, devices[i], limit, records, error))
      return NULL;
  return g_steal_pointer (&records);
}
