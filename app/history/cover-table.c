/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/cover-table.h"

static PlanciaStatement *
prepare (PlanciaDatabase *database,
         const char      *sql,
         const char      *device,
         const char      *source,
         gint64           third,
         gint64           fourth,
         GError         **error)
{
  PlanciaStatement *statement = plancia_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  plancia_statement_bind_text (statement, 1, device);
  plancia_statement_bind_text (statement, 2, source);
  sqlite3_bind_int64 (statement, 3, third);
  sqlite3_bind_int64 (statement, 4, fourth);
  return statement;
}

static gboolean
clear (PlanciaDatabase *database,
       const char      *device,
       const char      *source,
       PlanciaSpan      span,
       GError         **error)
{
  g_autoptr (PlanciaStatement)
    statement = prepare (database,
                         "DELETE FROM coverage WHERE device = ? AND source = ? AND start <= ?"
                         " AND end >= ?",
                         device,
                         source,
                         span.end,
                         span.start,
                         error);

  return statement != NULL &&
         plancia_database_run (database, statement, "join the coverage", error);
}

static gboolean
insert (PlanciaDatabase    *database,
        const char         *device,
        const char         *source,
        const PlanciaCover *coverage,
        GError            **error)
{
  g_autoptr (PlanciaStatement)
    statement = prepare (database,
                         "INSERT INTO coverage (device, source, start, end, kind, at, reason)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?)",
                         device,
                         source,
                         coverage->span.start,
                         coverage->span.end,
                         error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 5, (int) coverage->kind);
  sqlite3_bind_int64 (statement, 6, coverage->when);
  plancia_statement_bind_text (statement, 7, coverage->reason);
  return plancia_database_run (database, statement, "write the coverage", error);
}

/**
 * plancia_cover_table_mark:
 * @database: the store's, within a transaction
 * @device: whose history
 * @source: where it comes from
 * @coverage: what is known now
 * @error: as of the database
 *
 * See plancia_cover_list_paint() for what becomes of older knowledge.
 *
 * Returns: %FALSE if it went wrong
 */
gboolean
plancia_cover_table_mark (PlanciaDatabase    *database,
                          const char         *device,
                          const char         *source,
                          const PlanciaCover *coverage,
                          GError            **error)
{
  g_autoptr (GPtrArray)
    list = plancia_cover_table_list (database, device, source, coverage->span, error);

  if (list == NULL || !clear (database, device, source, coverage->span, error))
    return FALSE;
  plancia_cover_list_paint (list, coverage);
  for (guint i = 0; i < list->len; i++)
    if (!insert (database, device, source, g_ptr_array_index (list, i), error))
      return FALSE;
  return TRUE;
}

/**
 * plancia_cover_table_list:
 * @database: the store's
 * @device: whose history
 * @source: where it comes from
 * @span: when
 * @error: as of the database
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaCover): what overlaps or touches @span
 */
GPtrArray *
plancia_cover_table_list (PlanciaDatabase *database,
                          const char      *device,
                          const char      *source,
                          PlanciaSpan      span,
                          GError         **error)
{
  g_autoptr (GPtrArray) list = plancia_cover_list_new ();
  g_autoptr (PlanciaStatement)
    statement = prepare (database,
                         "SELECT start, end, kind, at, reason FROM coverage WHERE device = ?"
                         " AND source = ? AND start <= ? AND end >= ? ORDER BY start",
                         device,
                         source,
                         span.end,
                         span.start,
                         error);
  int result;

  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW) {
    PlanciaSpan one = {sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1)};
    int kind = CLAMP (sqlite3_column_int (statement, 2), PLANCIA_COVER_FAILED, PLANCIA_COVER_HAVE);

    g_ptr_array_add (list,
                     plancia_cover_new (one,
                                        (PlanciaCoverKind) kind,
                                        sqlite3_column_int64 (statement, 3),
                                        (const char *) sqlite3_column_text (statement, 4)));
  }
  if (!plancia_database_check (database, result, "read the coverage", error))
    return NULL;
  return g_steal_pointer (&list);
}
