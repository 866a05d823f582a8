/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../history/store-questions.h"
#include "base/clock.h"
#include "findings/gather.h"
#include "findings/judge.h"
#include "made-plant.h"

#include <glib/gstdio.h>
#include <math.h>

#define YEARS 2

typedef struct
{
  PlanciaStore *store;
  GPtrArray    *tracks;
} Fixture;

static void
take (guint inverter, PlanciaSamples *samples, PlanciaSpan days, gpointer data)
{
  Fixture     *self = data;
  PlanciaDays *track = g_ptr_array_index (self->tracks, inverter);
  PlanciaSky  *sky = plancia_days_get_sky (track);
  g_autoptr (GError) error = NULL;

  plancia_days_read (track,
                     samples,
                     plancia_sky_find (sky, days.start),
                     plancia_sky_find (sky, days.end - 1) + 1);
  store_put (self->store, samples, &error);
  g_assert_no_error (error);
}

static GPtrArray *
gather (PlanciaStore *store, GTimeZone *zone, const char *folder)
{
  const char *devices[] = {made_inverter_id (0), made_inverter_id (1), made_inverter_id (2), NULL};
  PlanciaFindingsQuestion question = {devices, zone, MADE_LATITUDE, MADE_LONGITUDE, folder};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings;

  plancia_findings_gather_async (store, &question, NULL, keep_result, &result);
  wait_for_result (&result, "findings");
  findings = plancia_findings_gather_finish (store, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (findings);
  return findings;
}

static void
assert_same (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const PlanciaFinding *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

    g_assert_true (x->rule == y->rule);
    g_assert_cmpstr (x->device, ==, y->device);
    g_assert_cmpuint (x->string, ==, y->string);
    g_assert_cmpint (x->since, ==, y->since);
    g_assert_cmpint (x->until, ==, y->until);
    g_assert_cmpfloat_with_epsilon (x->energy, y->energy, fabs (x->energy) * 0.02 + 0.1);
  }
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Damage each kept file in the middle. */
static void
damage (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_true (g_file_set_contents (path, "not days at all", -1, NULL));
    n++;
  }
  g_assert_cmpuint (n, >, 0);
}

/* What is read from the store, with what is kept of it or without, is what the samples themselves come to. */
static void
test_store (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-findings-XXXXXX", NULL);
  MadePlant       *plant = made_plant_new (4242, YEARS, MADE_STRING_WEAK);
  GTimeZone       *zone = made_plant_get_zone (plant);
  g_autoptr (PlanciaSky)
    sky = plancia_sky_new (zone, MADE_LATITUDE, MADE_LONGITUDE, made_plant_get_span (plant));
  Fixture fixture = {plancia_store_new (":memory:"),
                     g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_days_free)};
  g_autoptr (GPtrArray) direct = NULL;

  plancia_clock_simulate (made_plant_get_span (plant).end + PLANCIA_HOUR, 0);
  for (guint i = 0; i < made_plant_get_n_inverters (plant); i++)
    g_ptr_array_add (fixture.tracks, plancia_days_new (made_inverter_id (i), MADE_SOURCE, sky));
  made_plant_run (plant, take, &fixture);
  direct = plancia_findings_judge (plancia_finding_rules_get (), sky, fixture.tracks);
  g_assert_cmpuint (direct->len, >, 0);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GPtrArray) findings = gather (fixture.store, zone, i == 0 ? NULL : folder);

    assert_same (direct, findings);
    if (i == 2)
      damage (folder);
  }
  remove_folder (folder);
  g_ptr_array_unref (fixture.tracks);
  plancia_store_close (fixture.store);
  g_object_unref (fixture.store);
  made_plant_free (plant);
  plancia_clock_reset ();
}

static void
test_empty (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  PlanciaStore *store = plancia_store_new (":memory:");
  g_autoptr (GPtrArray) findings = gather (store, zone, NULL);

  g_assert_cmpuint (findings->len, ==, 0);
  plancia_store_close (store);
  g_object_unref (store);
}

static void
test_cancelled (void)
{
  const char *devices[] = {made_inverter_id (0), NULL};
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  PlanciaFindingsQuestion question = {devices, zone, NAN, NAN, NULL};
  PlanciaStore           *store = plancia_store_new (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plancia_findings_gather_async (store, &question, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  wait_for_result (&result, "findings");
  g_assert_null (plancia_findings_gather_finish (store, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  plancia_store_close (store);
  g_object_unref (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/gather/store", test_store);
  g_test_add_func ("/findings/gather/empty", test_empty);
  g_test_add_func ("/findings/gather/cancelled", test_cancelled);
  return g_test_run ();
}
