/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A year of thirty series as CSV out of the archive, beside the sqlite3 shell that prints as many rows of the same columns. */
#include "bench-archive.h"

#include "../history/store-questions.h"
#include "history/database.h"
#include "history/export.h"

#include <glib/gstdio.h>
#include <math.h>

#define ROUNDS 3
#define YEAR   ((PlanciaSpan){BENCH_START, BENCH_START + 365 * PLANCIA_DAY})

typedef struct
{
  const char *archive;
  char       *plain; /* the same as rows, for the shell */
  char       *out;
  guint64     lines;
} Bench;

static GPtrArray *
make_columns (void)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_export_column_free);

  for (guint i = 0; i < BENCH_SERIES; i++) {
    char key[16];

    bench_archive_key (i, key);
    g_ptr_array_add (columns, plancia_export_column_new ("one", "Roof", "local", key, key, "W"));
  }
  return columns;
}

static double
time_export (Bench *bench, gboolean wide)
{
  const PlanciaExportOptions options = {PLANCIA_EXPORT_CSV,
                                        wide,
                                        ',',
                                        '.',
                                        PLANCIA_EXPORT_TIME_LOCAL};
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GPtrArray) columns = make_columns ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PlanciaStore) store = plancia_store_new (bench->archive);
  g_autoptr (PlanciaExport) export = plancia_export_new (store, columns, YEAR, zone, &options);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double took;

  plancia_export_run_async (export, bench->out, NULL, keep_result, &result);
  wait_for_result (&result, "export");
  if (!plancia_export_run_finish (export, result, &error))
    g_error ("export: %s", error->message);
  took = bench_milliseconds_since (start);
  bench->lines = plancia_export_get_lines (export);
  plancia_store_close (store);
  return took;
}

/* The shell's own way to a file. */
static double
time_shell (Bench *bench, const char *sql)
{
  g_autofree char *output = g_strdup_printf (".output %s", bench->out);
  const char *command[] = {"sqlite3", "-csv", "-header", "-cmd", output, bench->plain, sql, NULL};
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  int    status = 0;

  if (!g_spawn_sync (NULL,
                     (char **) command,
                     NULL,
                     G_SPAWN_SEARCH_PATH,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     &status,
                     &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("sqlite3: %s", error->message);
  return bench_milliseconds_since (start);
}

static void
execute (sqlite3 *file, const char *sql)
{
  if (sqlite3_exec (file, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (file));
}

static void
insert_row (sqlite3_stmt *insert, int n, sqlite3 *file)
{
  if (sqlite3_step (insert) != SQLITE_DONE)
    g_error ("row %d: %s", n, sqlite3_errmsg (file));
  sqlite3_reset (insert);
}

static void
bind_time (sqlite3_stmt *insert, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autofree char *words = g_date_time_format (utc, "%Y-%m-%d %H:%M:%S");
  g_autofree char *whole = g_strdup_printf ("%s.%03d", words, (int) (time % 1000));

  sqlite3_bind_text (insert, 1, whole, -1, SQLITE_TRANSIENT);
}

/* The shell gets its times as words, ready to be printed. */
static void
copy_moment (sqlite3 *file, sqlite3_stmt *lines, sqlite3_stmt *table, PlanciaSamples *all, guint at)
{
  for (guint k = 0; k < BENCH_SERIES; k++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (all, k);
    gint64                     time = g_array_index (column->times, gint64, at);
    double                     value = g_array_index (column->values, double, at);

    bind_time (lines, time);
    sqlite3_bind_text (lines, 2, column->key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_double (lines, 3, value);
    insert_row (lines, (int) at, file);
    if (k == 0)
      bind_time (table, time);
    sqlite3_bind_double (table, (int) k + 2, value);
  }
  insert_row (table, (int) at, file);
}

static void
make_plain (Bench *bench)
{
  PlanciaStore *store = plancia_store_new (bench->archive);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) all = store_query (store, "one", "local", NULL, YEAR, &error);
  g_autoptr (GString) create = g_string_new ("CREATE TABLE wide (time TEXT");
  g_autoptr (GString) insert = g_string_new ("INSERT INTO wide VALUES (?");
  sqlite3      *file = NULL;
  sqlite3_stmt *lines = NULL, *table = NULL;

  sqlite3_open (bench->plain, &file);
  for (guint i = 0; i < BENCH_SERIES; i++) {
    g_string_append_printf (create, ", series%u REAL", i);
    g_string_append (insert, ", ?");
  }
  g_string_append (create, ")");
  g_string_append (insert, ")");
  execute (file, create->str);
  execute (file,
           "CREATE TABLE long (time TEXT, device TEXT DEFAULT 'one', name TEXT DEFAULT 'Roof',"
           " source TEXT DEFAULT 'local', key TEXT, quantity TEXT DEFAULT 'series', value REAL,"
           " unit TEXT DEFAULT 'W'); BEGIN");
  sqlite3_prepare_v2 (file,
                      "INSERT INTO long (time, key, value) VALUES (?, ?, ?)",
                      -1,
                      &lines,
                      NULL);
  sqlite3_prepare_v2 (file, insert->str, -1, &table, NULL);
  for (guint i = 0; i < plancia_samples_get_column (all, 0)->times->len; i++)
    copy_moment (file, lines, table, all, i);
  execute (file, "COMMIT");
  sqlite3_finalize (lines);
  sqlite3_finalize (table);
  sqlite3_close (file);
  plancia_store_close (store);
  g_object_unref (store);
}

static void
compare (Bench *bench, gboolean wide)
{
  double ours = INFINITY, theirs = INFINITY;

  for (guint i = 0; i < ROUNDS; i++) {
    ours = fmin (ours, time_export (bench, wide));
    theirs = fmin (theirs, time_shell (bench, wide ? "SELECT * FROM wide" : "SELECT * FROM long"));
  }
  g_print ("a year of %d series as CSV, %s: %.0f ms for %" G_GUINT64_FORMAT
           " rows, the sqlite3 shell %.0f ms: ratio %.2f (aim: at most 1.5)\n",
           BENCH_SERIES,
           wide ? "a column each" : "a line a sample",
           ours,
           bench->lines,
           theirs,
           ours / theirs);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = bench_archive_folder ();
  g_autofree char *archive = g_build_filename (folder, "year.db", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain.db", NULL);
  g_autofree char *out = g_build_filename (folder, "out.csv", NULL);
  Bench            bench = {archive, plain, out, 0};

  bench_archive_fill (archive, 5 * PLANCIA_MINUTE, 365);
  make_plain (&bench);
  compare (&bench, FALSE);
  compare (&bench, TRUE);
  bench_archive_remove (folder);
  return 0;
}
