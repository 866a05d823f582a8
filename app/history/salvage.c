/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/salvage.h"

#include "history/alarm-table.h"
#include "history/chunk.h"

/* A table of the store, in the order in which they are saved. */
typedef struct
{
  const char *name;
  const char *order; /* what its rows are sorted by */
  const char *columns;
  guint       n_columns;
  int         chunk; /* column with a chunk that must be whole; −1: none */
} Table;

static const Table tables[] = {
  {"series",   "id",                      "id, device, source, key",                      4,  -1},
  {"coverage", "device, source, start",   "device, source, start, end, kind, at, reason", 7,  -1},
  {"chunk",    "id",                      "id, start, end, count, data",                  5,  4 },
  {"sample",   "series, ts",              "series, ts, value",                            3,  -1},
  {"alarm",
   "device, source, key, bit, id, since", "device, source, key, bit, id, since, until, name, map, address, word, label, severity, before, power,"
   " temperature",                               16,
   -1                                                                                           },
};

static gboolean
is_whole (const Table *table, sqlite3_stmt *row)
{
  g_autoptr (GArray) times = NULL;
  g_autoptr (GArray) values = NULL;

  if (table->chunk < 0)
    return TRUE;
  times = g_array_new (FALSE, FALSE, sizeof (gint64));
  values = g_array_new (FALSE, FALSE, sizeof (double));
  return plancia_chunk_decode (sqlite3_column_blob (row, table->chunk),
                               (gsize) sqlite3_column_bytes (row, table->chunk),
                               times,
                               values,
                               NULL);
}

/* "a, b", or "a DESC, b DESC" */
static char *
order_by (const Table *table, gboolean backwards)
{
  g_auto (GStrv) columns = g_strsplit (table->order, ",", -1);
  g_autofree char *joined = g_strjoinv (backwards ? " DESC," : ",", columns);

  return g_strconcat (joined, backwards ? " DESC" : "", NULL);
}

/* From one end until the other or the first damage. Returns whether it came to the end. */
static gboolean
copy_rows (PlanciaDatabase *database,
           sqlite3         *from,
           const Table     *table,
           gboolean         backwards,
           gint64          *rows)
{
  g_autofree char *order = order_by (table, backwards);
  g_autofree char *select =
    g_strdup_printf ("SELECT %s FROM %s ORDER BY %s", table->columns, table->name, order);
  g_autofree char *marks = g_strnfill (2 * table->n_columns - 1, '?');
  g_autofree char *insert = NULL;
  g_autoptr (PlanciaStatement) read = NULL;
  g_autoptr (PlanciaStatement) write = NULL;
  int result;

  for (guint i = 1; i < 2 * table->n_columns - 1; i += 2)
    marks[i] = ',';
  insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)",
                            table->name,
                            table->columns,
                            marks);
  if (sqlite3_prepare_v2 (from, select, -1, &read, NULL) != SQLITE_OK)
    return FALSE;
  write = plancia_database_prepare (database, insert, NULL);
  if (write == NULL)
    return FALSE;
  while ((result = sqlite3_step (read)) == SQLITE_ROW) {
    if (!is_whole (table, read))
      continue;
    for (guint i = 0; i < table->n_columns; i++)
      sqlite3_bind_value (write, (int) i + 1, sqlite3_column_value (read, (int) i));
    sqlite3_step (write);
    sqlite3_reset (write);
    *rows += sqlite3_changes (database->handle);
  }
  return result == SQLITE_DONE;
}

/* A damaged page stops a walk: then the rest is walked to from the other end. */
static void
copy_table (PlanciaDatabase *database, sqlite3 *from, const Table *table, gint64 *rows)
{
  if (!copy_rows (database, from, table, FALSE, rows))
    copy_rows (database, from, table, TRUE, rows);
}

/**
 * plancia_salvage:
 * @database: the new one
 * @path: of the damaged one
 * @rows: (out): how many rows were saved
 * @error: as of @database
 *
 * Returns: %FALSE if the new one could not be written
 */
gboolean
plancia_salvage (PlanciaDatabase *database, const char *path, gint64 *rows, GError **error)
{
  sqlite3 *from = NULL;

  *rows = 0;
  if (!plancia_alarm_table_ensure (database, error) || !plancia_database_begin (database, error))
    return FALSE;
  if (sqlite3_open_v2 (path, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
      copy_table (database, from, &tables[i], rows);
  sqlite3_close_v2 (from);
  return plancia_database_end (database, TRUE, error);
}
