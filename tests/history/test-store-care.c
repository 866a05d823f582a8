/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults-fixture.h"

/* --- stopped ------------------------------------------------------------------------------------- */

/* As many samples as one likes, piece by piece: stopping in the middle leaves whole pieces. */
static void
test_import_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PlanciaSamples) wanted = NULL;
  g_autoptr (GArray) covered = NULL;
  GAsyncResult *results[20] = {0};
  int           n;

  for (int i = 0; i < 20; i++) {
    g_autoptr (PlanciaSamples) piece = some_days (i * 10, 10);

    plancia_store_put_async (store, piece, cancellable, keep_result, &results[i]);
  }
  wait_for_result (&results[2], "the third piece");
  g_cancellable_cancel (cancellable);
  for (int i = 0; i < 20; i++) {
    g_autoptr (GError) error = NULL;

    wait_for_result (&results[i], "a piece");
    /* A task that was done before is told that it was cancelled, too. */
    if (!plancia_store_put_finish (store, results[i], &error))
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_object_unref (results[i]);
  }
  covered = store_covered (store, "one", "local", ALWAYS, NULL);
  g_assert_cmpuint (covered->len, ==, 1);
  /* Half a piece is not there. */
  n = (int) ((g_array_index (covered, PlanciaSpan, 0).end - START) / PLANCIA_DAY);
  g_assert_cmpint (n, >=, 30);
  g_assert_cmpint (n % 10, ==, 0);
  wanted = some_days (0, n);
  assert_holds (store, wanted);
  plancia_store_close (store);
}

/* --- clean up ------------------------------------------------------------------------------------ */

static PlanciaSamples *
dense_days (const char *source, int n)
{
  PlanciaSamples *samples = plancia_samples_new ("one", source, (PlanciaSpan){0, 0});

  for (gint64 time = START; time < START + n * PLANCIA_DAY; time += 10 * PLANCIA_SECOND) {
    gint64 i = (time - START) / (10 * PLANCIA_SECOND);

    plancia_samples_add (samples,
                         "powerGenerating",
                         time,
                         (double) ((guint32) i * 2654435761u % 4000));
    plancia_samples_add (samples,
                         "energyGenerating",
                         time,
                         (double) ((time - START) % PLANCIA_DAY / 60000) / 100);
  }
  return plancia_samples_seal (samples);
}

static guint
count (PlanciaStore *store, const char *source, int day, PlanciaSamples **samples)
{
  PlanciaSpan span = {START + day * PLANCIA_DAY, START + (day + 1) * PLANCIA_DAY};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) found = store_query (store, "one", source, NULL, span, &error);
  guint n = plancia_samples_count (found);

  g_assert_no_error (error);
  if (samples != NULL)
    *samples = g_steal_pointer (&found);
  return n;
}

static double
extreme (PlanciaSamples *samples)
{
  const PlanciaSampleColumn *power = plancia_samples_find_column (samples, "powerGenerating");
  double                     most = 0;

  for (guint i = 0; i < power->values->len; i++)
    most = MAX (most, g_array_index (power->values, double, i));
  return most;
}

static void
test_retention (Fixture *self, gconstpointer data)
{
  const PlanciaRetention retention = {2, 4, 6};
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GArray)
    days = plancia_energy_periods (utc,
                                   (PlanciaSpan){START + 2 * PLANCIA_DAY, START + 8 * PLANCIA_DAY},
                                   PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) raw = NULL;
  g_autoptr (PlanciaSamples) minute = NULL;
  g_autoptr (PlanciaSamples) quarter = NULL;
  g_autoptr (PlanciaSamples) whole = NULL;
  PlanciaCleanUp done = {0};
  gint64         then;

  plancia_clock_simulate (START + 8 * PLANCIA_DAY + 12 * PLANCIA_HOUR, 0);
  put (store, dense_days ("local", 8));
  put (store, dense_days ("portal", 8));
  before = store_energies (store, "one", "local", utc, days, &error);
  g_assert_true (store_clean_up (store, &retention, NULL, &done, &error));
  g_assert_no_error (error);
  g_assert_cmpint (done.removed, >, 0);
  g_assert_cmpint (done.size_after, >, 0);

  g_assert_cmpuint (count (store, "local", 0, NULL), ==, 0);
  g_assert_cmpuint (count (store, "local", 1, NULL), ==, 0);
  g_assert_cmpuint (count (store, "local", 2, &quarter), <=, 96 * (4 + 3));
  g_assert_cmpuint (count (store, "local", 4, &minute), <=, 1440 * (4 + 2));
  g_assert_cmpuint (count (store, "local", 4, NULL), >, 1440 * 4);
  g_assert_cmpuint (count (store, "local", 7, &raw), ==, 2 * 8640);
  g_assert_cmpuint (count (store, "portal", 0, NULL), ==, 2 * 8640);
  g_assert_cmpuint (count (store, "portal", 2, &whole), ==, 2 * 8640);
  g_assert_cmpfloat (extreme (quarter), ==, extreme (whole));
  plancia_samples_unref (whole);
  g_assert_cmpuint (count (store, "portal", 4, &whole), ==, 2 * 8640);
  g_assert_cmpfloat (extreme (minute), ==, extreme (whole));

  after = store_energies (store, "one", "local", utc, days, &error);
  for (guint i = 0; i < days->len; i++)
    g_assert_cmpfloat_with_epsilon (
      g_array_index (after, PlanciaEnergySum, i).energies[PLANCIA_ENERGY_PV],
      g_array_index (before, PlanciaEnergySum, i).energies[PLANCIA_ENERGY_PV],
      1e-9);
  then = done.size_after;
  g_assert_true (store_clean_up (store, &retention, NULL, &done, &error));
  g_assert_cmpint (done.removed, ==, 0);
  g_assert_cmpint (done.size_after, <=, then);
  plancia_store_close (store);
}

static void
progress_cb (double part, gpointer last)
{
  g_assert_cmpfloat (part, >=, *(double *) last);
  g_assert_cmpfloat (part, <=, 1);
  *(double *) last = part;
}

static void
test_clean_up_cancelled (Fixture *self, gconstpointer data)
{
  const PlanciaRetention forever = {0};
  g_autoptr (PlanciaStore) store = plancia_store_new (self->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PlanciaSamples) wanted = some_days (0, DAYS);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double last = 0;

  put (store, some_days (0, DAYS));
  g_cancellable_cancel (cancellable);
  g_assert_false (store_clean_up (store, &forever, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_holds (store, wanted);
  plancia_store_clean_up_async (store, &forever, NULL, progress_cb, &last, keep_result, &result);
  wait_for_result (&result, "clean up");
  g_assert_true (plancia_store_clean_up_finish (store, result, NULL, &error));
  g_assert_cmpfloat (last, ==, 1);
  assert_holds (store, wanted);
  plancia_store_close (store);
}

#define ADD(name, func) g_test_add ("/store-care/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("import-stopped", test_import_stopped);
  ADD ("retention", test_retention);
  ADD ("clean-up-cancelled", test_clean_up_cancelled);
  return g_test_run ();
}
