/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-questions.h"

#include "base/clock.h"
#include "history/buckets.h"
#include "history/chunk.h"

#include <math.h>
#include <string.h>

/* 2026-06-12 12:00 UTC */
#define NOW     G_GINT64_CONSTANT (1781265600000)
#define ALWAYS  ((PlanciaSpan){0, 2 * NOW})
#define MEASURE "power"

/* --- chunks -------------------------------------------------------------------------------------- */

typedef struct
{
  GArray *times;
  GArray *values;
} Run;

static void
run_init (Run *run)
{
  run->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->values = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
run_clear (Run *run)
{
  g_array_unref (run->times);
  g_array_unref (run->values);
}

static void
run_add (Run *run, gint64 time, double value)
{
  g_array_append_val (run->times, time);
  g_array_append_val (run->values, value);
}

static void
assert_same_runs (const Run *a, const Run *b)
{
  g_assert_cmpuint (a->times->len, ==, b->times->len);
  g_assert_cmpuint (a->values->len, ==, b->values->len);
  g_assert_cmpint (memcmp (a->times->data, b->times->data, a->times->len * sizeof (gint64)), ==, 0);
  g_assert_cmpint (memcmp (a->values->data, b->values->data, a->times->len * sizeof (double)),
                   ==,
                   0);
}

/* Returns the bytes of it. */
static gsize
assert_round_trip (const Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plancia_chunk_encode ((const gint64 *) run->times->data,
                                                   (const double *) run->values->data,
                                                   run->times->len);
  Run back;

  run_init (&back);
  plancia_chunk_decode (g_bytes_get_data (bytes, NULL),
                        g_bytes_get_size (bytes),
                        back.times,
                        back.values,
                        &error);
  g_assert_no_error (error);
  assert_same_runs (run, &back);
  run_clear (&back);
  return g_bytes_get_size (bytes);
}

static double
random_value (GRand *random, guint kind)
{
  switch (kind) {
  case 0:
    return g_rand_int_range (random, -5000, 5000);
  case 1:
    return g_rand_int_range (random, -50000, 50000) / 10.0;
  case 2:
    return g_rand_int_range (random, 0, 1000000) / 1000.0;
  case 3:
    return g_rand_double_range (random, -1e9, 1e9);
  case 4:
    return (double) (float) g_rand_double (random);
  case 5:
    return ldexp (g_rand_double (random), g_rand_int_range (random, -1000, 1000));
  default:
    return 230.1;
  }
}

static void
test_chunk_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 300; round++) {
    guint  length = (guint) g_rand_int_range (random, 1, round % 3 == 0 ? 4 : 400);
    gint64 time = NOW + g_rand_int_range (random, -100000, 100000);
    Run    run;

    run_init (&run);
    for (guint i = 0; i < length; i++) {
      run_add (&run, time, random_value (random, round % 8));
      time += round % 2 ? 5000 : g_rand_int_range (random, 1, 10000000);
    }
    assert_round_trip (&run);
    run_clear (&run);
  }
}

static void
test_chunk_extremes (void)
{
  const gint64 times[] = {G_MININT64, -1, 0, 1, 5, NOW, G_MAXINT64 - 1, G_MAXINT64};
  const double values[] =
    {0.0, -0.0, 4.9e-324, 1.7976931348623157e308, 1e300, 0.1, 9007199254740993.0, -1e-9};
  Run run;

  for (guint with = 1; with <= G_N_ELEMENTS (times); with++) {
    run_init (&run);
    for (guint i = 0; i < with; i++)
      run_add (&run, times[i], values[i]);
    assert_round_trip (&run);
    run_clear (&run);
  }
}

/* A day of a slow quantity, every five seconds: far from sixteen bytes each. */
static void
test_chunk_is_small (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  double value = 230;
  Run    run;

  run_init (&run);
  for (guint i = 0; i < 17280; i++) {
    value += g_rand_int_range (random, -3, 4) / 10.0;
    run_add (&run, NOW + i * 5000, round (value * 10) / 10);
  }
  g_assert_cmpuint (assert_round_trip (&run), <, 17280);
  run_clear (&run);
}

/* Any prefix and any flipped byte: an error, or other numbers, but never a crash; nothing is left behind by an error. */
static void
test_chunk_damaged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint round = 0; round < 6; round++) {
    g_autoptr (GBytes) bytes = NULL;
    g_autofree guint8 *copy = NULL;
    gsize              size;
    Run                run, back;

    run_init (&run);
    run_init (&back);
    for (guint i = 0; i < (round < 3 ? 5u : 90u); i++)
      run_add (&run, NOW + i * 5000, random_value (random, round));
    bytes = plancia_chunk_encode ((gint64 *) run.times->data,
                                  (double *) run.values->data,
                                  run.times->len);
    copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
    for (gsize i = 0; i < size; i++) {
      g_autoptr (GError) error = NULL;
      guint8 before = copy[i];

      g_assert_false (plancia_chunk_decode (copy, i, back.times, back.values, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpuint (back.times->len, ==, 0);
      copy[i] = (guint8) g_rand_int (random);
      plancia_chunk_decode (copy, size, back.times, back.values, NULL);
      g_assert_cmpuint (back.times->len, ==, back.values->len);
      g_array_set_size (back.times, 0);
      g_array_set_size (back.values, 0);
      copy[i] = before;
    }
    run_clear (&run);
    run_clear (&back);
  }
}

/* --- buckets ------------------------------------------------------------------------------------- */

static void
thin (const Run *run, gint64 width, Run *thinned)
{
  PlanciaBuckets buckets;

  run_init (thinned);
  plancia_buckets_init (&buckets, width, thinned->times, thinned->values);
  plancia_buckets_add (&buckets,
                       (gint64 *) run->times->data,
                       (double *) run->values->data,
                       run->times->len);
  plancia_buckets_finish (&buckets);
}

/* Random times in clusters with gaps, values that are often the same. */
static void
random_run (GRand *random, guint length, gint64 start, Run *run)
{
  gint64 time = start;

  run_init (run);
  for (guint i = 0; i < length; i++) {
    run_add (run, time, g_rand_int_range (random, -20, 20));
    time += g_rand_int_range (random, 0, 20) == 0 ? g_rand_int_range (random, 1, 30000000)
                                                  : g_rand_int_range (random, 1, 300000);
  }
}

/* Of each bucket what is left must be what looking at every sample finds. */
static void
assert_thinned (const Run *run, gint64 width, const Run *thinned)
{
  guint at = 0;

  for (guint begin = 0, end; begin < run->times->len; begin = end) {
    gint64 bucket = g_array_index (run->times, gint64, begin) / width;
    guint  keep[4] = {begin, begin, begin, begin};
    gint64 last = -1;

    for (end = begin;
         end < run->times->len && g_array_index (run->times, gint64, end) / width == bucket;
         end++) {
      double value = g_array_index (run->values, double, end);

      if (value < g_array_index (run->values, double, keep[1]))
        keep[1] = end;
      if (value > g_array_index (run->values, double, keep[2]))
        keep[2] = end;
      keep[3] = end;
    }
    if (keep[1] > keep[2]) {
      guint swap = keep[1];

      keep[1] = keep[2];
      keep[2] = swap;
    }
    for (guint i = 0; i < 4; i++) {
      if ((gint64) keep[i] == last)
        continue;
      last = keep[i];
      g_assert_cmpuint (at, <, thinned->times->len);
      g_assert_cmpint (g_array_index (thinned->times, gint64, at),
                       ==,
                       g_array_index (run->times, gint64, last));
      g_assert_cmpfloat (g_array_index (thinned->values, double, at),
                         ==,
                         g_array_index (run->values, double, last));
      at++;
    }
  }
  g_assert_cmpuint (at, ==, thinned->times->len);
}

static void
test_buckets (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint round = 0; round < 60; round++) {
    Run run, quarters, hours, again;

    random_run (random, 1000, NOW, &run);
    thin (&run, 15 * PLANCIA_MINUTE, &quarters);
    assert_thinned (&run, 15 * PLANCIA_MINUTE, &quarters);
    thin (&run, 4 * PLANCIA_HOUR, &hours);
    assert_thinned (&run, 4 * PLANCIA_HOUR, &hours);
    /* Twice is the same as once. */
    thin (&quarters, 4 * PLANCIA_HOUR, &again);
    assert_same_runs (&hours, &again);
    run_clear (&run);
    run_clear (&quarters);
    run_clear (&hours);
    run_clear (&again);
  }
  g_assert_cmpint (plancia_buckets_choose ((PlanciaSpan){0, 365 * PLANCIA_DAY}, 1200),
                   ==,
                   4 * PLANCIA_HOUR);
  g_assert_cmpint (plancia_buckets_choose ((PlanciaSpan){0, PLANCIA_DAY}, 1200),
                   ==,
                   PLANCIA_MINUTE);
  g_assert_cmpint (plancia_buckets_choose ((PlanciaSpan){0, 10}, 1200), ==, PLANCIA_SECOND);
}

/* --- the store: sealed equals unsealed ------------------------------------------------------------ */

static void
put_run (PlanciaStore *store, const Run *run, guint from, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "local", (PlanciaSpan){0, 0});

  for (guint i = from; i < MIN (from + n, run->times->len); i++)
    plancia_samples_add (samples,
                         MEASURE,
                         g_array_index (run->times, gint64, i),
                         g_array_index (run->values, double, i));
  store_put (store, plancia_samples_seal (samples), &error);
  g_assert_no_error (error);
}

static void
assert_same_samples (PlanciaSamples *a, PlanciaSamples *b)
{
  g_assert_cmpuint (plancia_samples_get_n_columns (a), ==, plancia_samples_get_n_columns (b));
  for (guint i = 0; i < plancia_samples_get_n_columns (a); i++) {
    const PlanciaSampleColumn *x = plancia_samples_get_column (a, i);
    const PlanciaSampleColumn *y = plancia_samples_get_column (b, i);
    const Run                  run_a = {x->times, x->values}, run_b = {y->times, y->values};

    g_assert_cmpstr (x->key, ==, y->key);
    assert_same_runs (&run_a, &run_b);
  }
}

static void
assert_same_stores (PlanciaStore *a, PlanciaStore *b, PlanciaSpan span, guint buckets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) x = NULL;
  g_autoptr (PlanciaSamples) y = NULL;

  if (buckets > 0) {
    x = store_query_thinned (a, "one", "local", NULL, span, buckets, 0, &error);
    g_assert_no_error (error);
    y = store_query_thinned (b, "one", "local", NULL, span, buckets, 0, &error);
  } else {
    x = store_query (a, "one", "local", NULL, span, &error);
    g_assert_no_error (error);
    y = store_query (b, "one", "local", NULL, span, &error);
  }
  g_assert_no_error (error);
  assert_same_samples (x, y);
}

static void
assert_same_in_random_spans (PlanciaStore *a, PlanciaStore *b, GRand *random, gint64 start)
{
  assert_same_stores (a, b, ALWAYS, 0);
  for (guint i = 0; i < 12; i++) {
    gint64 from = start + (gint64) g_rand_int_range (random, 0, 80) * PLANCIA_DAY +
                  g_rand_int_range (random, 0, 86400000);
    PlanciaSpan span = {from, from + (gint64) g_rand_int_range (random, 1, 2000) * PLANCIA_HOUR};

    assert_same_stores (a, b, span, 0);
    assert_same_stores (a, b, span, (guint) g_rand_int_range (random, 1, 500));
  }
}

/* The clock decides: at the time of the samples nothing is old enough, a year later all is. */
static void
test_sealed_equals_unsealed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (77);
  g_autoptr (PlanciaStore) rows = plancia_store_new (":memory:");
  g_autoptr (PlanciaStore) sealed = plancia_store_new (":memory:");
  g_autoptr (GError) error = NULL;
  gint64 start = NOW - 100 * PLANCIA_DAY;
  Run    run, late;

  random_run (random, 9000, start, &run);
  plancia_clock_simulate (start, 0);
  put_run (rows, &run, 0, 9000);
  put_run (sealed, &run, 0, 3000);
  assert_same_stores (rows, sealed, (PlanciaSpan){start, start + 10}, 0);
  plancia_clock_simulate (NOW + 365 * PLANCIA_DAY, 0);
  put_run (sealed, &run, 3000, 6000);
  store_seal (sealed, &error);
  g_assert_no_error (error);
  plancia_clock_simulate (start, 0);
  assert_same_in_random_spans (rows, sealed, random, start);

  /* Late data, many and few, some at times that are there already: into rows here, into sealed days there. */
  random_run (random, 2000, start + 7 * PLANCIA_DAY, &late);
  for (guint i = 0; i < 500; i++) {
    guint at = (guint) g_rand_int_range (random, 0, 9000);

    run_add (&late, g_array_index (run.times, gint64, at), 1000 + i);
  }
  put_run (rows, &late, 0, 2500);
  plancia_clock_simulate (NOW + 365 * PLANCIA_DAY, 0);
  put_run (sealed, &late, 0, 2500);
  assert_same_in_random_spans (rows, sealed, random, start);
  store_seal (sealed, &error);
  put_run (sealed, &late, 0, 2500);
  put_run (sealed, &late, 100, 5);
  assert_same_in_random_spans (rows, sealed, random, start);
  store_seal (sealed, &error);
  g_assert_no_error (error);
  assert_same_in_random_spans (rows, sealed, random, start);

  run_clear (&run);
  run_clear (&late);
  plancia_clock_reset ();
}

/* What is not too much comes as it is. */
static void
test_thinned_if_many (void)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (":memory:");
  g_autoptr (GError) error = NULL;
  PlanciaSpan span = {NOW, NOW + 10 * PLANCIA_DAY};
  Run         run;

  run_init (&run);
  for (guint i = 0; i < 5000; i++)
    run_add (&run, NOW + i * PLANCIA_MINUTE, i % 61);
  /* Two days are sealed, the third is rows. */
  plancia_clock_simulate (NOW + 3 * PLANCIA_DAY, 0);
  put_run (store, &run, 0, 5000);
  for (gint64 whole = 4990; whole < 5010; whole += 10) {
    g_autoptr (PlanciaSamples)
      samples = store_query_thinned (store, "one", "local", NULL, span, 10, whole, &error);

    g_assert_no_error (error);
    if (whole >= 5000) {
      g_assert_cmpuint (plancia_samples_count (samples), ==, 5000);
      g_assert_cmpint (plancia_samples_get_width (samples), ==, 0);
    } else {
      g_assert_cmpuint (plancia_samples_count (samples), <, 100);
      g_assert_cmpint (plancia_samples_get_width (samples), ==, PLANCIA_DAY);
    }
  }
  run_clear (&run);
  plancia_clock_reset ();
}

static void
assert_count (PlanciaStore *store, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples =
    store_query (store, "one", "local", NULL, (PlanciaSpan){G_MININT64, G_MAXINT64}, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (plancia_samples_count (samples), ==, count);
}

/* A clock that goes back seals nothing too early and loses nothing; what lies in the future waits as it is. */
static void
test_clocks (void)
{
  g_autoptr (PlanciaStore) store = plancia_store_new (":memory:");
  g_autoptr (GError) error = NULL;
  Run run, strange;

  run_init (&run);
  for (guint i = 0; i < 5000; i++)
    run_add (&run, NOW + i * PLANCIA_MINUTE, i);
  plancia_clock_simulate (NOW + 10 * PLANCIA_DAY, 0);
  put_run (store, &run, 0, 2000);
  store_seal (store, &error);
  /* Set back to before all of them. */
  plancia_clock_simulate (NOW - 1000 * PLANCIA_DAY, 0);
  put_run (store, &run, 1000, 4000);
  store_seal (store, &error);
  assert_count (store, 5000);
  plancia_clock_simulate (NOW + 10 * PLANCIA_DAY, 0);
  store_seal (store, &error);
  assert_count (store, 5000);
  run_clear (&run);

  run_init (&strange);
  run_add (&strange, G_MININT64 + 1, 1);
  run_add (&strange, -5, 2);
  run_add (&strange, NOW + 100 * 365 * PLANCIA_DAY, 3);
  run_add (&strange, G_MAXINT64 - 1, 4);
  run_add (&strange, NOW + 7, NAN);
  run_add (&strange, NOW + 8, INFINITY);
  run_add (&strange, NOW + 9, -INFINITY);
  put_run (store, &strange, 0, 7);
  store_seal (store, &error);
  g_assert_no_error (error);
  assert_count (store, 5004);
  run_clear (&strange);
  plancia_clock_reset ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive/chunk-round-trip", test_chunk_round_trip);
  g_test_add_func ("/archive/chunk-extremes", test_chunk_extremes);
  g_test_add_func ("/archive/chunk-is-small", test_chunk_is_small);
  g_test_add_func ("/archive/chunk-damaged", test_chunk_damaged);
  g_test_add_func ("/archive/buckets", test_buckets);
  g_test_add_func ("/archive/sealed-equals-unsealed", test_sealed_equals_unsealed);
  g_test_add_func ("/archive/thinned-if-many", test_thinned_if_many);
  g_test_add_func ("/archive/clocks", test_clocks);
  return g_test_run ();
}
