/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-questions.h"

#include "base/clock.h"

#include <glib/gstdio.h>

/* "F0-10@5:why H10-20" */
static char *
list_to_text (GPtrArray *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (list, i);

    g_string_append_printf (text,
                            "%s%c%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                            i > 0 ? " " : "",
                            "MFEH"[one->kind],
                            one -> span.start,
                            one->span.end);
    if (one->kind == PLANCIA_COVER_FAILED)
      g_string_append_printf (text, "@%" G_GINT64_FORMAT ":%s", one->when, one->reason);
  }
  return g_string_free (text, FALSE);
}

static void
paint (GPtrArray *list, gint64 start, gint64 end, PlanciaCoverKind kind, const char *wanted)
{
  const PlanciaCover one = {
    {start, end},
    kind,
    5,
    "why"
  };
  g_autofree char *text = NULL;

  plancia_cover_list_paint (list, &one);
  text = list_to_text (list);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_paint (void)
{
  g_autoptr (GPtrArray) list = plancia_cover_list_new ();
  const PlanciaCover later = {
    {45, 52},
    PLANCIA_COVER_FAILED,
    9,
    "other"
  };
  g_autofree char *text = NULL;

  paint (list, 10, 20, PLANCIA_COVER_HAVE, "H10-20");
  paint (list, 20, 30, PLANCIA_COVER_HAVE, "H10-30");
  paint (list, 30, 40, PLANCIA_COVER_EMPTY, "H10-30 E30-40");
  /* A failure fills what nobody knows, and hides nothing. */
  paint (list, 0, 50, PLANCIA_COVER_FAILED, "F0-10@5:why H10-30 E30-40 F40-50@5:why");
  paint (list, 5, 15, PLANCIA_COVER_EMPTY, "F0-5@5:why E5-10 H10-30 E30-40 F40-50@5:why");
  paint (list, 0, 8, PLANCIA_COVER_HAVE, "H0-8 E8-10 H10-30 E30-40 F40-50@5:why");
  paint (list, 8, 40, PLANCIA_COVER_HAVE, "H0-40 F40-50@5:why");
  paint (list, 3, 3, PLANCIA_COVER_FAILED, "H0-40 F40-50@5:why");
  paint (list, 3, 90, PLANCIA_COVER_MISSING, "H0-40 F40-50@5:why");
  plancia_cover_list_paint (list, &later);
  text = list_to_text (list);
  g_assert_cmpstr (text, ==, "H0-40 F40-45@5:why F45-52@9:other");
}

/* Against an array with one cell a millisecond. */
static void
test_paint_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);

  for (guint round = 0; round < 200; round++) {
    g_autoptr (GPtrArray) list = plancia_cover_list_new ();
    PlanciaCoverKind cells[64] = {0};

    for (guint step = 0; step < 20; step++) {
      gint64       start = g_rand_int_range (random, 0, 60);
      PlanciaCover one = {
        {start, g_rand_int_range (random, (gint32) start, 64)},
        (PlanciaCoverKind) g_rand_int_range (random, 1, 4),
        step,
        "why"
      };

      plancia_cover_list_paint (list, &one);
      for (gint64 i = one.span.start; i < one.span.end; i++)
        cells[i] = MAX (cells[i], one.kind);
    }
    plancia_cover_list_fill (list, (PlanciaSpan){0, 64});
    for (guint i = 0, at = 0; i < list->len; i++) {
      const PlanciaCover *one = g_ptr_array_index (list, i);

      g_assert_cmpint (one->span.start, ==, at);
      for (; at < one->span.end; at++)
        g_assert_cmpint (cells[at], ==, one->kind);
      g_assert_true (i + 1 < list->len || at == 64);
    }
  }
}

static void
test_fill (void)
{
  g_autoptr (GPtrArray) list = plancia_cover_list_new ();
  g_autofree char *text = NULL;

  paint (list, 10, 20, PLANCIA_COVER_HAVE, "H10-20");
  paint (list, 30, 40, PLANCIA_COVER_EMPTY, "H10-20 E30-40");
  plancia_cover_list_fill (list, (PlanciaSpan){15, 50});
  text = list_to_text (list);
  g_assert_cmpstr (text, ==, "H15-20 M20-30 E30-40 M40-50");
}

/* --- in the store -------------------------------------------------------------------------------- */

static void
assert_coverage (PlanciaStore *store, const char *source, PlanciaSpan span, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_coverage (store, "one", source, span, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = list_to_text (list);
  g_assert_cmpstr (text, ==, wanted);
}

static void
put (PlanciaStore *store, PlanciaSpan covered, gboolean with_sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "portal", covered);

  if (with_sample)
    plancia_samples_add (samples, "power", covered.start, 5);
  store_put (store, plancia_samples_seal (samples), &error);
  g_assert_no_error (error);
}

static void
test_store (void)
{
  const PlanciaCover failed = {
    {0, 500},
    PLANCIA_COVER_FAILED,
    77,
    "Time-out"
  };
  g_autoptr (PlanciaStore) store = plancia_store_new (":memory:");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) covered = NULL;
  g_autofree char *text = NULL;

  assert_coverage (store, "portal", (PlanciaSpan){0, 500}, "M0-500");
  put (store, (PlanciaSpan){100, 200}, TRUE);
  put (store, (PlanciaSpan){200, 300}, FALSE);
  assert_coverage (store, "portal", (PlanciaSpan){0, 500}, "M0-100 H100-200 E200-300 M300-500");
  store_mark (store, "one", "portal", &failed, &error);
  g_assert_no_error (error);
  assert_coverage (store,
                   "portal",
                   (PlanciaSpan){50, 600},
                   "F50-100@77:Time-out H100-200 E200-300 F300-500@77:Time-out M500-600");
  assert_coverage (store, "local", (PlanciaSpan){0, 500}, "M0-500");
  /* What failed is still to be asked for. */
  covered = store_covered (store, "one", "portal", (PlanciaSpan){0, 500}, &error);
  text = spans_to_text (covered);
  g_assert_cmpstr (text, ==, "100-300");
  put (store, (PlanciaSpan){0, 100}, TRUE);
  assert_coverage (store, "portal", (PlanciaSpan){0, 500}, "H0-200 E200-300 F300-500@77:Time-out");
}

/* --- an older file ------------------------------------------------------------------------------- */

/* What a store of version 1 looked like, as its program wrote it. */
static const char version_1[] =
  "CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, source TEXT NOT NULL,"
  " key TEXT NOT NULL, UNIQUE (device, source, key));"
  "CREATE TABLE sample (series INTEGER NOT NULL, ts INTEGER NOT NULL, value REAL NOT NULL,"
  " PRIMARY KEY (series, ts)) WITHOUT ROWID;"
  "CREATE TABLE coverage (device TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL,"
  " end INTEGER NOT NULL, PRIMARY KEY (device, source, start)) WITHOUT ROWID;"
  "PRAGMA application_id=1347178051; PRAGMA user_version=1; PRAGMA journal_mode=WAL;"
  "INSERT INTO series VALUES (1, 'one', 'portal', 'power'), (2, 'two', 'portal', 'power');"
  "INSERT INTO sample VALUES (1, 150, 7.5), (1, 151, 8.5), (2, 350, 1);"
  "INSERT INTO coverage VALUES ('one', 'portal', 100, 200), ('one', 'portal', 300, 400);";

static gboolean
run_sqlite3 (const char *path, const char *sql)
{
  const char *argv[] = {"sqlite3", path, sql, NULL};
  int         status = -1;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL,
                     (char **) argv,
                     NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     &status,
                     &error))
    return FALSE;
  g_assert_cmpint (status, ==, 0);
  return TRUE;
}

static void
assert_migrated (const char *path)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = store_query (store, "one", "portal", NULL, (PlanciaSpan){0, 1000}, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (plancia_samples_count (samples), ==, 2);
  assert_coverage (store,
                   "portal",
                   (PlanciaSpan){0, 500},
                   "M0-100 H100-200 M200-300 E300-400 M400-500");
  plancia_store_close (store);
}

static void
test_migration (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);

  if (!run_sqlite3 (path, version_1)) {
    g_test_skip ("needs the sqlite3 program");
    g_rmdir (folder);
    return;
  }
  assert_migrated (path);
  /* The second time it is of our version already. */
  assert_migrated (path);
  g_unlink (path);
  g_rmdir (folder);
}

/* A table that is in the way stops the upgrade half way: then the file is as it was. */
static void
test_migration_fails_whole (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (PlanciaStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (!run_sqlite3 (path, version_1) || !run_sqlite3 (path, "CREATE TABLE pyramid (stone)")) {
    g_test_skip ("needs the sqlite3 program");
    g_rmdir (folder);
    return;
  }
  store = plancia_store_new (path);
  g_assert_null (store_query (store, "one", "portal", NULL, (PlanciaSpan){0, 1000}, &error));
  g_assert_nonnull (error);
  plancia_store_close (store);
  run_sqlite3 (path, "DROP TABLE pyramid");
  assert_migrated (path);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cover/paint", test_paint);
  g_test_add_func ("/cover/paint-random", test_paint_random);
  g_test_add_func ("/cover/fill", test_fill);
  g_test_add_func ("/cover/store", test_store);
  g_test_add_func ("/cover/migration", test_migration);
  g_test_add_func ("/cover/migration-fails-whole", test_migration_fails_whole);
  return g_test_run ();
}
