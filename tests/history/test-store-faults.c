/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults-fixture.h"

#include "history/database.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOMENTS 50
#define FULL    400000 /* bytes */

/* What the file says of itself, in numbers. */
static gint64
count_in_file (const char *path, const char *sql)
{
  sqlite3      *file = NULL;
  sqlite3_stmt *statement = NULL;
  gint64        number;

  g_assert_cmpint (sqlite3_open (path, &file), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (file, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (file);
  return number;
}

static void
run_in_file (const char *path, const char *sql)
{
  sqlite3 *file = NULL;

  g_assert_cmpint (sqlite3_open (path, &file), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (file, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (file);
}

/* --- killed while it seals ----------------------------------------------------------------------- */

/* The child: seals all, and says before and after it. */
static int
seal_child (const char *path)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (path);
  g_autoptr (GError) error = NULL;
  /* Opens the file. */
  g_autoptr (GArray) covered = store_covered (store, "one", "local", ALWAYS, &error);

  g_assert_no_error (error);
  printf ("go\n");
  fflush (stdout);
  store_seal (store, &error);
  g_assert_no_error (error);
  printf ("done\n");
  fflush (stdout);
  plancia_store_close (store);
  return 0;
}

static GPid
start_child (const char *what, const char *path, FILE **lines)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char      *argv[] = {self, what, path, NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int  output;

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
  *lines = fdopen (output, "r");
  return pid;
}

/* Kills it so long after it began, in us. Returns how long it took if it was done before; else 0. */
static gint64
seal_and_kill (const char *path, gint64 after)
{
  FILE  *lines;
  GPid   pid = start_child ("--seal", path, &lines);
  char   text[16];
  gint64 begin, took = 0;

  g_assert_nonnull (fgets (text, sizeof text, lines));
  begin = g_get_monotonic_time ();
  if (after >= 0) {
    g_usleep ((gulong) after);
    kill (pid, SIGKILL);
  }
  if (fgets (text, sizeof text, lines) != NULL)
    took = MAX (1, g_get_monotonic_time () - begin);
  waitpid (pid, NULL, 0);
  fclose (lines);
  g_spawn_close_pid (pid);
  return took;
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize            length;

  g_file_get_contents (from, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

/* Rows of a clock that stood at their beginning. */
static void
make_rows (const char *path)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (path);

  plancia_clock_simulate (START, 0);
  put (store, some_days (0, DAYS));
  plancia_store_close (store);
  plancia_clock_reset ();
  g_assert_cmpint (count_in_file (path, "SELECT count(*) FROM sample"), ==, DAYS * PER_DAY * KEYS);
  g_assert_cmpint (count_in_file (path, "SELECT count(*) FROM chunk"), ==, 0);
}

static void
test_killed_while_sealing (Fixture *self, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char *wal = g_strconcat (copy, "-wal", NULL);
  g_autofree char *shm = g_strconcat (copy, "-shm", NULL);
  g_autoptr (PlanciaSamples) wanted = some_days (0, DAYS);
  gint64 whole;
  guint  halfway = 0;

  make_rows (self->path);
  copy_file (self->path, copy);
  whole = seal_and_kill (copy, -1);
  g_assert_cmpint (whole, >, 0);
  g_assert_cmpint (count_in_file (copy, "SELECT count(*) FROM sample"), ==, 0);
  g_assert_cmpint (count_in_file (copy, "SELECT sum(count) FROM chunk"), ==, DAYS * PER_DAY * KEYS);
  g_assert_cmpint (count_in_file (copy, "SELECT count(*) FROM pyramid"), >, 0);

  for (gint64 moment = 0; moment < MOMENTS; moment++) {
    g_autoptr (PlanciaStore) store = NULL;
    g_autoptr (GError) error = NULL;
    gint64 rows;

    g_unlink (wal);
    g_unlink (shm);
    copy_file (self->path, copy);
    seal_and_kill (copy, whole * moment / MOMENTS);
    rows = count_in_file (copy, "SELECT count(*) FROM sample");
    halfway += rows > 0 && rows < DAYS * PER_DAY * KEYS;
    store = plancia_store_new (copy);
    assert_holds (store, wanted);
    /* Going on where it was killed gives what an undisturbed one gives. */
    store_seal (store, &error);
    g_assert_no_error (error);
    assert_holds (store, wanted);
    plancia_store_close (store);
    g_assert_cmpint (count_in_file (copy, "SELECT count(*) FROM sample"), ==, 0);
    g_assert_cmpint (count_in_file (copy, "SELECT sum(count) FROM chunk"),
                     ==,
                     DAYS * PER_DAY * KEYS);
  }
  g_test_message ("%u of %d were killed half way", halfway, MOMENTS);
}

/* --- another program ----------------------------------------------------------------------------- */

static gboolean
let_go (gpointer file)
{
  sqlite3_exec (file, "ROLLBACK", NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
count_failures (guint *n)
{
  ++*n;
}

/* --- no room ------------------------------------------------------------------------------------- */

static void
limit_files (rlim_t size)
{
  const struct rlimit limit = {size, RLIM_INFINITY};

  setrlimit (RLIMIT_FSIZE, &limit);
}

/* What lasts is told once, what comes back only when it has been away for a while, and what is another trouble at once. */
static void
fail_again (PlanciaStore *store, const char *path, const guint *told)
{
  g_autoptr (PlanciaSamples) full = some_days (0, DAYS);
  g_autoptr (PlanciaSamples) day = some_days (0, 1);
  sqlite3 *other = NULL;

  for (guint round = 0; round < 2; round++) {
    plancia_clock_simulate (START + round * PLANCIA_HOUR, 0);
    for (guint i = 0; i < 2; i++) {
      g_assert_false (store_put (store, full, NULL));
      g_assert_cmpuint (*told, ==, 1 + round);
      limit_files (RLIM_INFINITY);
      g_assert_true (store_put (store, day, NULL));
      limit_files (FULL);
    }
  }
  sqlite3_open (path, &other);
  sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  g_assert_false (store_put (store, day, NULL));
  g_assert_cmpuint (*told, ==, 3);
  let_go (other);
  sqlite3_close (other);
}

/* The child: may write files of 400 kB only; puts days until it cannot. Says how many it could. */
static int
full_child (const char *path)
{
  g_autoptr (PlanciaStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint told = 0;
  int   n = 0;

  signal (SIGXFSZ, SIG_IGN);
  limit_files (FULL);
  plancia_clock_simulate (START, 0);
  store = plancia_store_new (path);
  g_signal_connect_swapped (store, "failing", G_CALLBACK (count_failures), &told);
  for (; n < 1000; n++) {
    g_autoptr (PlanciaSamples) samples = some_days (n, 1);

    if (!store_put (store, samples, &error))
      break;
  }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (told, ==, 1);
  fail_again (store, path, &told);
  printf ("%d\n", n);
  fflush (stdout);
  plancia_store_close (store);
  return 0;
}

static void
test_full (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = NULL;
  g_autoptr (PlanciaSamples) wanted = NULL;
  FILE *lines;
  GPid  pid = start_child ("--full", self->path, &lines);
  char  text[16];
  int   status, n;

  g_assert_nonnull (fgets (text, sizeof text, lines));
  n = atoi (text);
  waitpid (pid, &status, 0);
  fclose (lines);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (n, >, 1);
  /* What was taken is there, the day that did not fit is not; with room it goes on. */
  store = plancia_store_new (self->path);
  wanted = some_days (0, n);
  assert_holds (store, wanted);
  put (store, some_days (n, 1));
  plancia_samples_unref (wanted);
  wanted = some_days (0, n + 1);
  assert_holds (store, wanted);
  plancia_store_close (store);
}

static void
test_locked (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (PlanciaSamples) wanted = some_days (0, 2);
  g_autoptr (PlanciaSamples) more = some_days (1, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;
  guint    told = 0;

  g_signal_connect_swapped (store, "failing", G_CALLBACK (count_failures), &told);
  put (store, some_days (0, 1));
  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  /* It can be read meanwhile, and is written to when the other one lets go. */
  g_timeout_add (300, let_go, other);
  g_assert_true (store_put (store, more, &error));
  g_assert_no_error (error);
  assert_holds (store, wanted);

  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  assert_holds (store, wanted);
  g_assert_false (store_put (store, more, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpuint (told, ==, 1);
  let_go (other);
  sqlite3_close (other);
  assert_holds (store, wanted);
  plancia_store_close (store);
}

/* --- damage -------------------------------------------------------------------------------------- */

typedef struct
{
  guint  n;
  char  *path;
  gint64 rows;
} Told;

static void
set_aside_cb (Told *told, const char *path, gint64 rows)
{
  told->n++;
  g_free (told->path);
  told->path = g_strdup (path);
  told->rows = rows;
}

static PlanciaStore *
open_listening (Fixture *self, Told *told)
{
  PlanciaStore *store = plancia_store_new (self->path);

  g_signal_connect_swapped (store, "set-aside", G_CALLBACK (set_aside_cb), told);
  return store;
}

/* One sealed day whose bytes are wrong: it alone is lost, and one is told. */
static void
test_damaged_day (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (PlanciaSamples) left = NULL;
  g_autoptr (GArray) covered = NULL;
  g_autoptr (GError) error = NULL;
  Told told = {0};

  put (store, some_days (0, DAYS));
  plancia_store_close (store);
  g_object_unref (store);
  run_in_file (self->path,
               "UPDATE chunk SET data = x'0102030405' WHERE id = (SELECT min(id) + 4 FROM chunk)");

  store = open_listening (self, &told);
  left = store_query (store, "one", "local", NULL, ALWAYS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plancia_samples_count (left), ==, PER_DAY * (DAYS * KEYS - 1));
  covered = store_covered (store, "one", "local", ALWAYS, &error);
  g_assert_cmpuint (covered->len, ==, 1);
  while (told.n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpint (told.rows, >=, DAYS * KEYS - 1);
  g_assert_nonnull (strstr (told.path, "history.db.damaged-"));
  g_assert_true (g_file_test (told.path, G_FILE_TEST_EXISTS));
  plancia_store_close (store);
  g_free (told.path);
}

/* A page in the middle: clean up finds it. */
static void
test_damaged_page (Fixture *self, gconstpointer data)
{
  const PlanciaRetention forever = {0};
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (PlanciaSamples) left = NULL;
  gsize          length;
  PlanciaCleanUp done;
  Told           told = {0};

  put (store, some_days (0, 600));
  plancia_store_close (store);
  g_object_unref (store);
  g_assert_true (g_file_get_contents (self->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 60000);
  memset (contents + length / 2 / 4096 * 4096, 0xa5, 4096);
  g_file_set_contents (self->path, contents, (gssize) length, NULL);

  store = open_listening (self, &told);
  g_assert_true (store_clean_up (store, &forever, NULL, &done, &error));
  g_assert_no_error (error);
  while (told.n == 0)
    g_main_context_iteration (NULL, TRUE);
  left = store_query (store, "one", "local", NULL, ALWAYS, &error);
  g_assert_no_error (error);
  g_test_message ("%u of %d samples were saved",
                  (guint) plancia_samples_count (left),
                  600 * PER_DAY * KEYS);
  g_assert_cmpuint (plancia_samples_count (left), >, 500 * PER_DAY * KEYS);
  g_assert_cmpuint (plancia_samples_count (left), <, 600 * PER_DAY * KEYS);
  plancia_store_close (store);
  g_free (told.path);
}

#define ADD(name, func) g_test_add ("/store-faults/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--seal"))
    return seal_child (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--full"))
    return full_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  ADD ("killed-while-sealing", test_killed_while_sealing);
  ADD ("full", test_full);
  ADD ("locked", test_locked);
  ADD ("damaged-day", test_damaged_day);
  ADD ("damaged-page", test_damaged_page);
  return g_test_run ();
}
