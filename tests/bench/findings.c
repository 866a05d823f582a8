/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings of 100 plants of five years out of one archive, on one core: the first time, when all of it is read, and again, when only new
 * days are. Meanwhile how late a timer of the main loop comes. PLANCIA_FINDINGS_PLANTS: so many plants are made (8) and the rest is
 * told by them; 100 takes some minutes to make. */
#include "bench-archive.h"

#define WATCHDOG_SECONDS 3600
#include "../findings/made-plant.h"
#include "../history/store-questions.h"
#include "base/clock.h"
#include "findings/gather.h"

#include <math.h>
#include <sched.h>
#include <time.h>

#define YEARS  5
#define PLANTS 100

typedef struct
{
  PlanciaStore *store;
  gsize         count;
} Filling;

typedef struct
{
  GArray *late; /* double, ms */
  gint64  last; /* us */
} Gauge;

/* Made inverters of several plants in one store. */
static void
name_inverters (guint plant)
{
  for (guint i = 0; i < MADE_INVERTERS; i++) {
    g_autofree char *id = g_strdup_printf ("plant%u-%u", plant, i);

    made_inverter_set_id (i, g_intern_string (id));
  }
}

static void
take (guint inverter, PlanciaSamples *samples, PlanciaSpan days, gpointer data)
{
  Filling *filling = data;

  filling->count += plancia_samples_count (samples);
  bench_archive_put (filling->store, samples);
}

static gint64
fill (const char *path, guint plants, gsize *count)
{
  g_autoptr (GError) error = NULL;
  Filling filling = {plancia_store_new (path), 0};
  gint64  end = 0;

  for (guint i = 0; i < plants; i++) {
    MadePlant *plant = made_plant_new (i, YEARS, (MadeFaultKind) (i % MADE_N_FAULTS));

    end = made_plant_get_span (plant).end;
    name_inverters (i);
    made_plant_run (plant, take, &filling);
    made_plant_free (plant);
  }
  if (!store_seal (filling.store, &error))
    g_error ("seal: %s", error->message);
  plancia_store_close (filling.store);
  g_object_unref (filling.store);
  *count = filling.count;
  return end;
}

static guint
judge (PlanciaStore *store, GTimeZone *zone, guint plant, const char *folder)
{
  const char             *devices[MADE_INVERTERS + 1] = {NULL};
  PlanciaFindingsQuestion question = {devices, zone, MADE_LATITUDE, MADE_LONGITUDE, folder};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  name_inverters (plant);
  for (guint i = 0; i < MADE_INVERTERS; i++)
    devices[i] = made_inverter_id (i);
  plancia_findings_gather_async (store, &question, NULL, keep_result, &result);
  wait_for_result (&result, "findings");
  findings = plancia_findings_gather_finish (store, result, NULL, &error);
  if (findings == NULL)
    g_error ("findings: %s", error->message);
  return findings->len;
}

static gboolean
tick_cb (gpointer user_data)
{
  Gauge *gauge = user_data;
  gint64 now = g_get_monotonic_time ();
  double late = fmax ((double) (now - gauge->last - 1000) / 1000, 0);

  g_array_append_val (gauge->late, late);
  gauge->last = now;
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
measure (const char *what, const char *path, const char *folder, guint plants)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (double));
  PlanciaStore *store = plancia_store_new (path);
  gint64        start = g_get_monotonic_time ();
  Gauge         gauge = {late, start};
  guint         tick = g_timeout_add (1, tick_cb, &gauge), found = 0;
  clock_t       before = clock ();
  double        took, worked;

  for (guint i = 0; i < plants; i++)
    found += judge (store, zone, i, folder);
  took = bench_milliseconds_since (start) / 1000;
  worked = (double) (clock () - before) / CLOCKS_PER_SEC;
  g_source_remove (tick);
  g_array_sort (late, compare);
  g_print (
    "%s: %u plants x %d years in %.1f s (%.1f s of the processor): %d plants %.0f s (%.0f s): of 60 s %.2f (%.2f;"
    " aim: below 1); %u findings; a timer of the main loop late by %.1f ms (99 of 100), %.0f ms at most\n",
    what,
    plants,
    YEARS,
    took,
    worked,
    PLANTS,
    took * PLANTS / plants,
    worked * PLANTS / plants,
    took * PLANTS / plants / 60,
    worked * PLANTS / plants / 60,
    found,
    g_array_index (late, double, late->len * 99 / 100),
    g_array_index (late, double, late->len - 1));
  plancia_store_close (store);
  g_object_unref (store);
}

int
main (int argc, char **argv)
{
  const char      *wanted = g_getenv ("PLANCIA_FINDINGS_PLANTS");
  guint            plants = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 8;
  g_autofree char *folder = bench_archive_folder ();
  g_autofree char *days = g_dir_make_tmp ("plancia-days-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "findings.db", NULL);
  gsize            count = 0;
  gint64           start = g_get_monotonic_time (), end;
  cpu_set_t        one;

  plancia_clock_simulate (G_GINT64_CONSTANT (1900000000000), 0);
  end = fill (path, plants, &count);
  plancia_clock_simulate (end + PLANCIA_HOUR, 0);
  g_print ("%.0f million samples made in %.0f s, %.0f MB\n",
           (double) count / 1e6,
           bench_milliseconds_since (start) / 1000,
           (double) bench_archive_size (path) / 1e6);
  CPU_ZERO (&one);
  CPU_SET (0, &one);
  if (sched_setaffinity (0, sizeof one, &one) != 0)
    g_print ("not held to one core\n");
  measure ("first time", path, days, plants);
  measure ("again", path, days, plants);
  bench_archive_remove (folder);
  bench_archive_remove (days);
  return 0;
}
