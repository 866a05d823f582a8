/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-questions.h"

#include "base/clock.h"
#include "base/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const PlanciaSpan always = {0, G_MAXINT64};

typedef struct
{
  char         *folder;
  char         *path;
  PlanciaStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("plancia-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "deeper", "history.db", NULL);
  fixture->store = plancia_store_new (fixture->path);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

/* The worker is gone; what it sent home may still hold the store. */
static void
close_and_finalize (PlanciaStore *store)
{
  plancia_store_close (store);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_finalize_object (store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_and_finalize (fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  close_and_finalize (fixture->store);
  fixture->store = plancia_store_new (fixture->path);
}

/* n samples from start on, one a second, of one key. */
static PlanciaSamples *
line (const char *device,
      const char *source,
      const char *key,
      gint64      start,
      guint       n,
      double      value,
      PlanciaSpan covered)
{
  PlanciaSamples *samples = plancia_samples_new (device, source, covered);

  for (guint i = 0; i < n; i++)
    plancia_samples_add (samples, key, start + i * 1000, value + i);
  return plancia_samples_seal (samples);
}

static void
put (Fixture *fixture, PlanciaSamples *samples)
{
  g_autoptr (GError) error = NULL;

  store_put (fixture->store, samples, &error);
  g_assert_no_error (error);
  plancia_samples_unref (samples);
}

static void
assert_column (Fixture    *fixture,
               const char *device,
               const char *source,
               const char *key,
               PlanciaSpan span,
               guint       length,
               double      first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = store_query (fixture->store, device, source, NULL, span, &error);
  const PlanciaSampleColumn *column;

  g_assert_no_error (error);
  g_assert_cmpstr (plancia_samples_get_device (samples), ==, device);
  g_assert_cmpstr (plancia_samples_get_source (samples), ==, source);
  g_assert_true (plancia_span_is_empty (plancia_samples_get_covered (samples)));
  column = plancia_samples_find_column (samples, key);
  g_assert_cmpuint (column ? column->times->len : 0, ==, length);
  if (length > 0)
    g_assert_cmpfloat (g_array_index (column->values, double, 0), ==, first);
}

static void
assert_covered (Fixture *fixture, const char *source, PlanciaSpan span, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) covered = store_covered (fixture->store, "one", source, span, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = spans_to_text (covered);
  g_assert_cmpstr (text, ==, wanted);
}

/* What the sqlite3 program, which is not ours, says. NULL if it is not there. */
static char *
ask_sqlite3 (const char *path, const char *sql)
{
  const char *argv[] = {"sqlite3", path, sql, NULL};
  char       *output = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL,
                     (char **) argv,
                     NULL,
                     G_SPAWN_SEARCH_PATH,
                     NULL,
                     NULL,
                     &output,
                     NULL,
                     NULL,
                     &error)) {
    g_test_message ("No sqlite3 program: %s", error->message);
    return NULL;
  }
  return g_strchomp (output);
}

static void
test_put_query (Fixture *fixture, gconstpointer data)
{
  const char *keys[] = {"power", NULL};
  const char *none[] = {"other", NULL};
  g_autoptr (PlanciaSamples) some = NULL;
  g_autoptr (PlanciaSamples) nothing = NULL;

  put (fixture, line ("one", "portal", "power", 1000, 10, 100, (PlanciaSpan){0, 0}));
  put (fixture, line ("one", "portal", "soc", 1000, 5, 50, (PlanciaSpan){0, 0}));
  put (fixture, line ("two", "portal", "power", 1000, 3, 7, (PlanciaSpan){0, 0}));
  assert_column (fixture, "one", "portal", "power", always, 10, 100);
  assert_column (fixture, "one", "portal", "soc", always, 5, 50);
  assert_column (fixture, "two", "portal", "power", always, 3, 7);
  assert_column (fixture, "two", "portal", "soc", always, 0, 0);
  /* Half open: the end does not belong to it. */
  assert_column (fixture, "one", "portal", "power", (PlanciaSpan){2000, 4000}, 2, 101);
  assert_column (fixture, "one", "portal", "power", (PlanciaSpan){50000, 90000}, 0, 0);

  some = store_query (fixture->store, "one", "portal", keys, always, NULL);
  g_assert_cmpuint (plancia_samples_get_n_columns (some), ==, 1);
  nothing = store_query (fixture->store, "one", "portal", none, always, NULL);
  g_assert_cmpuint (plancia_samples_count (nothing), ==, 0);
}

static void
test_survives_reopening (Fixture *fixture, gconstpointer data)
{
  GStatBuf status;

  put (fixture, line ("one", "portal", "power", 1000, 10, 100, (PlanciaSpan){0, 20000}));
  reopen (fixture);
  assert_column (fixture, "one", "portal", "power", always, 10, 100);
  assert_covered (fixture, "portal", always, "0-20000");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_idempotent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  for (guint i = 0; i < 3; i++)
    put (fixture, line ("one", "portal", "power", 1000, 10, 100, (PlanciaSpan){0, 20000}));
  assert_column (fixture, "one", "portal", "power", always, 10, 100);
  assert_covered (fixture, "portal", always, "0-20000");
  /* A corrected value takes the old one's place. */
  put (fixture, line ("one", "portal", "power", 1000, 1, 999, (PlanciaSpan){0, 0}));
  assert_column (fixture, "one", "portal", "power", always, 10, 999);
  reopen (fixture);
  rows = ask_sqlite3 (fixture->path,
                      "SELECT count(*) || ' ' || (SELECT count(*) FROM series) || ' ' ||"
                      " (SELECT count(*) FROM coverage) FROM sample");
  if (rows != NULL)
    g_assert_cmpstr (rows, ==, "10 1 1");
}

static void
test_coverage (Fixture *fixture, gconstpointer data)
{
  /* Samples alone cover nothing, however dense. */
  put (fixture, line ("one", "portal", "power", 0, 1000, 0, (PlanciaSpan){0, 0}));
  assert_covered (fixture, "portal", always, "");
  /* Confirmed empty is covered. */
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){100, 200}));
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){300, 400}));
  assert_covered (fixture, "portal", always, "100-200 300-400");
  assert_covered (fixture, "portal", (PlanciaSpan){150, 320}, "150-200 300-320");
  assert_covered (fixture, "portal", (PlanciaSpan){200, 300}, "");
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){400, 500}));
  assert_covered (fixture, "portal", always, "100-200 300-500");
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){350, 360}));
  assert_covered (fixture, "portal", always, "100-200 300-500");
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){150, 310}));
  assert_covered (fixture, "portal", always, "100-500");
  put (fixture, line ("one", "portal", "power", 0, 0, 0, (PlanciaSpan){0, 1000}));
  assert_covered (fixture, "portal", always, "0-1000");
}

static void
test_sources_apart (Fixture *fixture, gconstpointer data)
{
  put (fixture, line ("one", "portal", "power", 1000, 10, 100, (PlanciaSpan){0, 500}));
  put (fixture, line ("one", "local", "power", 1000, 4, 7, (PlanciaSpan){400, 900}));
  assert_column (fixture, "one", "portal", "power", always, 10, 100);
  assert_column (fixture, "one", "local", "power", always, 4, 7);
  assert_covered (fixture, "portal", always, "0-500");
  assert_covered (fixture, "local", always, "400-900");
  assert_covered (fixture, "other", always, "");
}

static void
test_minus_zero (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaSamples) samples = NULL;

  put (fixture, line ("one", "portal", "power", 0, 1, -0.0, (PlanciaSpan){0, 0}));
  samples = store_query (fixture->store, "one", "portal", NULL, always, NULL);
  g_assert_cmpint (
    signbit (g_array_index (plancia_samples_get_column (samples, 0)->values, double, 0)),
    ==,
    0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = line ("one", "p", "k", 0, 5, 0, (PlanciaSpan){0, 9});

  g_cancellable_cancel (cancellable);
  plancia_store_put_async (fixture->store, samples, cancellable, keep_result, &result);
  wait_for_result (&result, "a cancelled put");
  g_assert_false (plancia_store_put_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_column (fixture, "one", "p", "k", always, 0, 0);
  assert_covered (fixture, "p", always, "");
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) queued = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = line ("one", "p", "k", 0, 500, 0, (PlanciaSpan){0, 9});

  /* What was asked for before is still written; what comes after is told so. */
  plancia_store_put_async (fixture->store, samples, NULL, keep_result, &queued);
  plancia_store_close (fixture->store);
  wait_for_result (&queued, "a put before the end");
  g_assert_true (plancia_store_put_finish (fixture->store, queued, &error));
  g_assert_no_error (error);
  g_assert_false (store_put (fixture->store, samples, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_object (&queued);
  reopen (fixture);
  assert_column (fixture, "one", "p", "k", always, 500, 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names in the store's folder, sorted, one a blank. */
static char *
list_folder (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, (gpointer) g_intern_string (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
write_file (const char *path, const char *contents, gsize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
test_damaged_file (Fixture *fixture, gconstpointer data)
{
  const char rubbish[] = "This is by no means a database, but it is long enough to be one......";
  g_autofree char *names = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_path = NULL;
  g_autofree char *contents = NULL;

  plancia_clock_simulate (G_GINT64_CONSTANT (1749729937000), 0);
  write_file (fixture->path, rubbish, sizeof rubbish);
  assert_column (fixture, "one", "p", "k", always, 0, 0);
  put (fixture, line ("one", "p", "k", 0, 5, 3, (PlanciaSpan){0, 9}));
  plancia_store_close (fixture->store);
  plancia_clock_reset ();

  names = list_folder (fixture);
  g_assert_cmpstr (names, ==, "history.db history.db.damaged-2025-06-12-140537");
  kept_path = g_strconcat (fixture->path, ".damaged-2025-06-12-140537", NULL);
  g_assert_true (g_file_get_contents (kept_path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, rubbish);
  reopen (fixture);
  assert_column (fixture, "one", "p", "k", always, 5, 3);
}

/* The head is right and the pages behind it are not: seen only when they are read. */
static void
test_damaged_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  g_autofree char *names = NULL;
  gsize            length;

  for (guint i = 0; i < 20; i++)
    put (fixture, line ("one", "p", "k", i * 1000000, 500, 0, (PlanciaSpan){0, 9}));
  plancia_store_close (fixture->store);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  memset (contents + 8192, 0xa5, length - 8192);
  write_file (fixture->path, contents, length);

  reopen (fixture);
  assert_column (fixture, "one", "p", "k", always, 0, 0);
  put (fixture, line ("one", "p", "k", 0, 5, 3, (PlanciaSpan){0, 9}));
  assert_column (fixture, "one", "p", "k", always, 5, 3);
  plancia_store_close (fixture->store);
  names = list_folder (fixture);
  g_assert_nonnull (strstr (names, "history.db.damaged-"));
}

static void
test_newer_version (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *names = NULL;
  gsize            before_length, after_length;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = line ("one", "p", "k", 0, 5, 0, (PlanciaSpan){0, 9});

  put (fixture, line ("one", "p", "k", 0, 5, 3, (PlanciaSpan){0, 9}));
  plancia_store_close (fixture->store);
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));
  before[62] = 1; /* user_version 258 */
  write_file (fixture->path, before, before_length);

  reopen (fixture);
  g_assert_false (store_put (fixture->store, samples, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_VERSION);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "258"));
  plancia_store_close (fixture->store);
  g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
  names = list_folder (fixture);
  g_assert_cmpstr (names, ==, "history.db");
}

static void
test_foreign_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *made = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  made = ask_sqlite3 (fixture->path, "CREATE TABLE cake (eaten); INSERT INTO cake VALUES (5);");
  if (made == NULL) {
    g_test_skip ("needs the sqlite3 program");
    return;
  }
  g_assert_null (store_query (fixture->store, "one", "p", NULL, always, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  plancia_store_close (fixture->store);
  rows = ask_sqlite3 (fixture->path, "SELECT name FROM sqlite_schema; SELECT * FROM cake");
  g_assert_cmpstr (rows, ==, "cake\n5");
}

/* Even root can make no file in /proc; others meet a folder without the right to write. */
static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = g_build_filename (fixture->folder, "closed", NULL);
  g_autofree char *path =
    g_build_filename (geteuid () == 0 ? "/proc/self" : closed, "history.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaStore) store = plancia_store_new (path);
  g_autoptr (PlanciaSamples) samples = line ("one", "p", "k", 0, 5, 0, (PlanciaSpan){0, 9});

  g_mkdir (closed, 0500);
  g_assert_false (store_put (store, samples, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_false (error->code == G_IO_ERROR_INVALID_DATA);
  g_test_message ("%s", error->message);
}

static void
test_folder_in_place_of_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (fixture->path, 0700);
  g_assert_null (store_query (fixture->store, "one", "p", NULL, always, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (":memory:");
  g_autoptr (PlanciaSamples) samples = line ("one", "p", "k", 0, 5, 0, (PlanciaSpan){0, 9});
  g_autoptr (PlanciaSamples) back = NULL;

  g_assert_true (store_put (store, samples, NULL));
  back = store_query (store, "one", "p", NULL, always, NULL);
  g_assert_cmpuint (plancia_samples_count (back), ==, 5);
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

/* Killed while it writes. Batch i: 20 keys of 40 samples, one a second. */

#define KEYS     20
#define ROWS     40
#define BATCH_MS (ROWS * 1000)

static PlanciaSamples *
batch (gint64 i)
{
  PlanciaSamples *samples =
    plancia_samples_new ("one", "portal", (PlanciaSpan){i * BATCH_MS, (i + 1) * BATCH_MS});

  for (guint k = 0; k < KEYS; k++)
    for (gint64 row = 0; row < ROWS; row++) {
      g_autofree char *key = g_strdup_printf ("key%u", k);

      plancia_samples_add (samples, key, i * BATCH_MS + row * 1000, (double) (i * 100 + row));
    }
  return plancia_samples_seal (samples);
}

/* The child: puts for ever, and says so after each commit. */
static int
put_loop (const char *path, gint64 first)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (path);

  for (gint64 i = first; i < first + 100000; i++) {
    g_autoptr (PlanciaSamples) samples = batch (i);

    if (!store_put (store, samples, NULL))
      return 1;
    printf ("%" G_GINT64_FORMAT "\n", i);
    fflush (stdout);
  }
  return 0;
}

/* Starts the child, kills it once it has said n lines, and returns the last number it said: the
 * pipe is read to its end, so that all that was said counts. */
static gint64
run_and_kill (Fixture *fixture, gint64 first, int n)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  const char      *argv[] = {"/proc/self/exe", "--put-loop", fixture->path, number, NULL};
  GPid             pid;
  int              output;
  gint64           last = first - 1;
  char             text[64];
  FILE            *lines;
  g_autoptr (GError) error = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  argv[0] = self;
  g_spawn_async_with_pipes (NULL,
                            (char **) argv,
                            NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD,
                            NULL,
                            NULL,
                            &pid,
                            NULL,
                            &output,
                            NULL,
                            &error);
  g_assert_no_error (error);
  lines = fdopen (output, "r");
  for (int i = 0; fgets (text, sizeof text, lines) != NULL; i++) {
    if (strchr (text, '\n') != NULL)
      last = g_ascii_strtoll (text, NULL, 10);
    if (i == n)
      kill (pid, SIGKILL);
  }
  fclose (lines);
  waitpid (pid, NULL, 0);
  g_spawn_close_pid (pid);
  return last;
}

/* Every batch up to last is whole; the one behind it is whole or absent. */
static gint64
assert_batches (Fixture *fixture, gint64 last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = store_query (fixture->store, "one", "portal", NULL, always, &error);
  g_autoptr (GArray) covered = store_covered (fixture->store, "one", "portal", always, &error);
  PlanciaSpan span;
  gint64      n;

  g_assert_no_error (error);
  g_assert_cmpuint (covered->len, ==, 1);
  span = g_array_index (covered, PlanciaSpan, 0);
  n = span.end / BATCH_MS;
  g_assert_cmpint (span.start, ==, 0);
  g_assert_cmpint (span.end % BATCH_MS, ==, 0);
  g_assert_true (n == last + 1 || n == last + 2);
  g_assert_cmpuint (plancia_samples_get_n_columns (samples), ==, KEYS);
  for (guint k = 0; k < KEYS; k++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, k);

    g_assert_cmpuint (column->times->len, ==, n * ROWS);
    for (guint at = 0; at < column->times->len; at++) {
      g_assert_cmpint (g_array_index (column->times, gint64, at), ==, (gint64) at * 1000);
      g_assert_cmpfloat (g_array_index (column->values, double, at),
                         ==,
                         at / ROWS * 100 + at % ROWS);
    }
  }
  return n;
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  gint64 next = 0;

  for (guint round = 0; round < 12; round++) {
    gint64           last = run_and_kill (fixture, next, g_rand_int_range (random, 0, 25));
    g_autofree char *check = NULL;
    g_autofree char *rows = NULL;
    g_autofree char *wanted = NULL;

    g_assert_cmpint (last, >=, next);
    next = assert_batches (fixture, last);
    check = ask_sqlite3 (fixture->path, "PRAGMA integrity_check");
    rows = ask_sqlite3 (fixture->path,
                        "SELECT sum(count) + (SELECT count(*) FROM sample) FROM chunk");
    wanted = g_strdup_printf ("%" G_GINT64_FORMAT, next * KEYS * ROWS);
    if (check != NULL) {
      g_assert_cmpstr (check, ==, "ok");
      g_assert_cmpstr (rows, ==, wanted);
    }
    reopen (fixture);
  }
}

#define ADD(name, func) g_test_add ("/store/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--put-loop"))
    return put_loop (argv[2], g_ascii_strtoll (argv[3], NULL, 10));
  g_test_init (&argc, &argv, NULL);
  ADD ("put-query", test_put_query);
  ADD ("survives-reopening", test_survives_reopening);
  ADD ("idempotent", test_idempotent);
  ADD ("coverage", test_coverage);
  ADD ("sources-apart", test_sources_apart);
  ADD ("minus-zero", test_minus_zero);
  ADD ("cancelled", test_cancelled);
  ADD ("close", test_close);
  ADD ("damaged-file", test_damaged_file);
  ADD ("damaged-pages", test_damaged_pages);
  ADD ("newer-version", test_newer_version);
  ADD ("foreign-database", test_foreign_database);
  ADD ("read-only-folder", test_read_only_folder);
  ADD ("folder-in-place-of-file", test_folder_in_place_of_file);
  ADD ("memory", test_memory);
  ADD ("killed", test_killed);
  return g_test_run ();
}
