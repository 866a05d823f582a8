/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-archive.h"

/* A billion samples take their time to be sealed. */
#define WATCHDOG_SECONDS 3600
#include "../history/store-questions.h"
#include "base/clock.h"

#include <glib/gstdio.h>
#include <math.h>

double
bench_milliseconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

gint64
bench_archive_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

char *
bench_archive_folder (void)
{
  const char *parent = g_getenv ("PLANCIA_ARCHIVE_FOLDER");
  char       *folder =
    g_build_filename (parent ? parent : g_get_tmp_dir (), "plancia-archive-XXXXXX", NULL);

  if (!g_mkdtemp (folder))
    g_error ("no folder: %s", folder);
  plancia_clock_simulate (BENCH_START + 800 * PLANCIA_DAY, 0);
  return folder;
}

void
bench_archive_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

void
bench_archive_remove_file (const char *path)
{
  static const char *const suffixes[] = {"", "-wal", "-shm"};

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

    g_unlink (name);
  }
}

void
bench_archive_key (guint series, char key[16])
{
  g_snprintf (key, 16, "series%u", series);
}

PlanciaSamples *
bench_archive_make_day (GRand *random, gint64 day, gint64 step, double values[BENCH_SERIES])
{
  guint              n = (guint) (PLANCIA_DAY / step);
  g_autofree gint64 *times = g_new (gint64, n);
  g_autofree double *column = g_new (double, n);
  PlanciaSamples    *samples = plancia_samples_new ("one", "local", (PlanciaSpan){0, 0});

  for (guint i = 0; i < n; i++)
    times[i] = BENCH_START + day * PLANCIA_DAY + i * step + g_rand_int_range (random, 0, 40);
  for (guint k = 0; k < BENCH_SERIES; k++) {
    double power = pow (10, k % 3);
    char   key[16];

    for (guint i = 0; i < n; i++) {
      values[k] += g_rand_int_range (random, -3, 4);
      column[i] = values[k] / power + 0.0;
    }
    bench_archive_key (k, key);
    plancia_samples_append (samples, key, times, column, n);
  }
  return plancia_samples_seal (samples);
}

void
bench_archive_put (PlanciaStore *store, PlanciaSamples *samples)
{
  g_autoptr (GError) error = NULL;

  if (!store_put (store, samples, &error))
    g_error ("put: %s", error->message);
}

void
bench_archive_fill (const char *path, gint64 step, gint64 days)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GError) error = NULL;
  PlanciaStore *store = plancia_store_new (path);
  double        values[BENCH_SERIES] = {0};

  for (gint64 day = 0; day < days; day++) {
    g_autoptr (PlanciaSamples) samples = bench_archive_make_day (random, day, step, values);

    bench_archive_put (store, samples);
  }
  if (!store_seal (store, &error))
    g_error ("seal: %s", error->message);
  plancia_store_close (store);
  g_object_unref (store);
}
