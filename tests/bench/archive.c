/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The archive: samples into the store beside a bare SQLite that gets the same bytes as chunks; what a sealed sample of the demo
 * plant costs; a year and a day of thirty series read. PLANCIA_ARCHIVE=1e9: the day out of an archive of so many samples (as many
 * as there is room for: some 1.6 GB and a minute or two for 1e9). PLANCIA_ARCHIVE_FOLDER: where it is made. */
#include "bench-archive.h"

/* A billion samples take their time to be sealed. */
#define WATCHDOG_SECONDS 3600
#include "../history/store-questions.h"
#include "base/clock.h"
#include "history/database.h"
#include "simulator/site.h"

#include <math.h>

#define ROUNDS 5
/* --- 10⁷ samples in ------------------------------------------------------------------------------ */

static void
put_chunks (sqlite3 *file, PlanciaSamples *samples, sqlite3_stmt *insert)
{
  sqlite3_exec (file, "BEGIN", NULL, NULL, NULL);
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);
    gsize                      half = column->times->len * 8;
    g_autofree guint8         *bytes = g_malloc (2 * half);

    memcpy (bytes, column->times->data, half);
    memcpy (bytes + half, column->values->data, half);
    sqlite3_bind_blob (insert, 1, bytes, (int) (2 * half), SQLITE_STATIC);
    sqlite3_step (insert);
    sqlite3_reset (insert);
  }
  sqlite3_exec (file, "COMMIT", NULL, NULL, NULL);
}

static double
time_bare (const char *path, GPtrArray *days)
{
  sqlite3      *file = NULL;
  sqlite3_stmt *insert = NULL;
  gint64        start = g_get_monotonic_time ();

  sqlite3_open (path, &file);
  sqlite3_exec (file,
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "CREATE TABLE chunk (id INTEGER PRIMARY KEY, data BLOB)",
                NULL,
                NULL,
                NULL);
  sqlite3_prepare_v2 (file, "INSERT INTO chunk (data) VALUES (?)", -1, &insert, NULL);
  for (guint i = 0; i < days->len; i++)
    put_chunks (file, g_ptr_array_index (days, i), insert);
  sqlite3_finalize (insert);
  sqlite3_close (file);
  return bench_milliseconds_since (start);
}

static double
time_store (const char *path, GPtrArray *days)
{
  gint64        start = g_get_monotonic_time ();
  PlanciaStore *store = plancia_store_new (path);

  for (guint i = 0; i < days->len; i++)
    bench_archive_put (store, g_ptr_array_index (days, i));
  plancia_store_close (store);
  g_object_unref (store);
  return bench_milliseconds_since (start);
}

static void
bench_put (const char *folder)
{
  g_autofree char *bare = g_build_filename (folder, "bare.db", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray)
    days = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);
  double values[BENCH_SERIES] = {0}, best_bare = INFINITY, best_store = INFINITY;
  gsize  count = 0;

  while (count < 10000000) {
    g_ptr_array_add (days, bench_archive_make_day (random, days->len, BENCH_STEP, values));
    count += plancia_samples_count (g_ptr_array_index (days, days->len - 1));
  }
  for (guint i = 0; i < ROUNDS; i++) {
    bench_archive_remove_file (bare);
    bench_archive_remove_file (path);
    best_bare = fmin (best_bare, time_bare (bare, days));
    best_store = fmin (best_store, time_store (path, days));
  }
  g_print (
    "%.1f million samples into the store %.0f ms, the same bytes as chunks into bare SQLite %.0f ms:"
    " ratio %.2f (aim: at most 2); %.2f bytes a sample in the file\n",
    (double) count / 1e6,
    best_store,
    best_bare,
    best_store / best_bare,
    (double) bench_archive_size (path) / (double) count);
}

/* --- bytes a sample, demo plant ------------------------------------------------------------------- */

static void
bench_bytes (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "demo.db", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  PlanciaSiteConfig config = {
    .zone = zone,
    .place = {43.46, 11.88, 7},
    .seed = 3,
    .commissioned = BENCH_START - PLANCIA_DAY,
    .peak = 6000,
    .tilt = 25,
    .azimuth = 180,
    .limit = 6000,
    .load = "home",
    .load_scale = 1,
    .capacity = 10000,
    .battery_power = 5000,
    .soc_minimum = 10,
    .soc_maximum = 100
  };
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  PlanciaStore *store = plancia_store_new (path);
  g_autoptr (GError) error = NULL;
  gsize count = 0;

  for (gint64 day = 0; day < 90; day++) {
    g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "portal", (PlanciaSpan){0, 0});
    PlanciaSiteState state;

    for (gint64 time = BENCH_START + day * PLANCIA_DAY;
         time < BENCH_START + (day + 1) * PLANCIA_DAY;
         time += 5 * PLANCIA_MINUTE) {
      plancia_site_look (site, time, &state);
      for (guint flow = 0; flow < PLANCIA_N_ALL_FLOWS; flow++) {
        char key[24];

        g_snprintf (key, sizeof key, "power%u", flow);
        plancia_samples_add (samples, key, time, (double) state.power[flow]);
        g_snprintf (key, sizeof key, "energy%u", flow);
        plancia_samples_add (samples, key, time, state.today[flow]);
        g_snprintf (key, sizeof key, "energy%uTotal", flow);
        plancia_samples_add (samples, key, time, state.total[flow]);
      }
      plancia_samples_add (samples, "batterySoC", time, round (state.soc));
    }
    plancia_samples_seal (samples);
    count += plancia_samples_count (samples);
    bench_archive_put (store, samples);
  }
  store_seal (store, &error);
  plancia_store_close (store);
  g_object_unref (store);
  g_print (
    "demo plant, 90 days every 5 minutes: %.2f bytes a sample in the file, pyramids and all (aim: at most 2.5)\n",
    (double) bench_archive_size (path) / (double) count);
}

/* --- reading ------------------------------------------------------------------------------------- */

static double
time_read (const char *path, PlanciaSpan span, guint buckets, gsize *count)
{
  double best = INFINITY;

  for (guint i = 0; i < ROUNDS; i++) {
    PlanciaStore *store = plancia_store_new (path);
    gint64        start = g_get_monotonic_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaSamples)
      samples = buckets > 0
                  ? store_query_thinned (store, "one", "local", NULL, span, buckets, 0, &error)
                  : store_query (store, "one", "local", NULL, span, &error);

    if (samples == NULL)
      g_error ("read: %s", error->message);
    best = fmin (best, bench_milliseconds_since (start));
    *count = plancia_samples_count (samples);
    plancia_store_close (store);
    g_object_unref (store);
  }
  return best;
}

static void
bench_year (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "year.db", NULL);
  PlanciaSpan      year = {BENCH_START, BENCH_START + 365 * PLANCIA_DAY};
  gsize            thinned = 0, all = 0;
  double           picture, whole;

  bench_archive_fill (path, 5 * PLANCIA_MINUTE, 365);
  picture = time_read (path, year, 1200, &thinned);
  whole = time_read (path, year, 0, &all);
  g_print (
    "a year of %d series, every 5 minutes: thinned for 1200 columns %.1f ms (%zu samples; aim: first picture"
    " below 250 ms), all %.2f million samples %.0f ms\n",
    BENCH_SERIES,
    picture,
    thinned,
    (double) all / 1e6,
    whole);
}

static void
bench_day (const char *folder, double wanted)
{
  g_autofree char *path = g_build_filename (folder, "large.db", NULL);
  gint64      days = (gint64) ceil (wanted / BENCH_SERIES / (double) (PLANCIA_DAY / BENCH_STEP));
  PlanciaSpan day = {BENCH_START + days / 2 * PLANCIA_DAY,
                     BENCH_START + (days / 2 + 1) * PLANCIA_DAY};
  PlanciaSpan whole = {BENCH_START, BENCH_START + days * PLANCIA_DAY};
  gsize       count = 0, thinned = 0;
  gint64      start = g_get_monotonic_time ();
  double      took, picture;

  plancia_clock_simulate (BENCH_START + (days + 60) * PLANCIA_DAY, 0);
  bench_archive_fill (path, BENCH_STEP, days);
  g_print ("%.0f million samples made in %.0f s, %.0f MB\n",
           (double) days * BENCH_SERIES * (double) (PLANCIA_DAY / BENCH_STEP) / 1e6,
           bench_milliseconds_since (start) / 1000,
           (double) bench_archive_size (path) / 1e6);
  took = time_read (path, day, 0, &count);
  picture = time_read (path, whole, 1200, &thinned);
  g_print (
    "a day of %d series out of it: %.1f ms for %zu samples (aim: below 50 ms); all of it thinned for 1200 columns:"
    " %.0f ms for %zu samples\n",
    BENCH_SERIES,
    took,
    count,
    picture,
    thinned);
}

int
main (int argc, char **argv)
{
  const char      *wanted = g_getenv ("PLANCIA_ARCHIVE");
  g_autofree char *folder = bench_archive_folder ();

  bench_put (folder);
  bench_bytes (folder);
  bench_year (folder);
  bench_day (folder, wanted ? g_ascii_strtod (wanted, NULL) : 2e7);
  bench_archive_remove (folder);
  return 0;
}
