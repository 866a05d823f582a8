/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/steps.h"

#include <math.h>

#define DAYS 400

static const PlanciaStepOptions usual = {.window = 14,
                                         .least = 7,
                                         .reach = 40,
                                         .drop = 0.1,
                                         .noise = 3};

/* Level with some noise, a fifth of the days not known. */
static void
fill (double *values, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < DAYS; i++)
    values[i] = g_rand_double (random) < 0.2
                  ? NAN
                  : 0.5 * (1 + g_rand_double_range (random, -0.02, 0.02));
}

static void
test_fall (void)
{
  for (guint32 seed = 0; seed < 50; seed++) {
    double values[DAYS];
    g_autoptr (GArray) steps = NULL;
    const PlanciaStep *step;

    fill (values, seed);
    for (guint i = 150; i < 250; i++)
      values[i] *= 0.7;
    steps = plancia_steps_find (values, DAYS, &usual);
    g_assert_cmpuint (steps->len, ==, 1);
    step = &g_array_index (steps, PlanciaStep, 0);
    /* The first and the last known day. */
    g_assert_cmpuint (step->begin, >=, 150);
    g_assert_cmpuint (step->begin, <=, 158);
    g_assert_cmpuint (step->end, >=, 250);
    g_assert_cmpuint (step->end, <=, 258);
    g_assert_false (step->open);
    g_assert_cmpfloat_with_epsilon (step->before, 0.5, 0.01);
    g_assert_cmpfloat_with_epsilon (step->after, 0.35, 0.01);
  }
}

/* What lasts to the end is open; what is too short, too small or slow is none. */
static void
test_others (void)
{
  double  values[DAYS];
  GArray *steps;

  fill (values, 1);
  for (guint i = 380; i < DAYS; i++)
    values[i] = 0;
  steps = plancia_steps_find (values, DAYS, &usual);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_true (g_array_index (steps, PlanciaStep, 0).open);
  g_array_unref (steps);

  fill (values, 2);
  for (guint i = 100; i < 104; i++)
    values[i] = 0;
  for (guint i = 200; i < 300; i++)
    values[i] *= 0.95;
  steps = plancia_steps_find (values, DAYS, &usual);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);

  fill (values, 3);
  for (guint i = 0; i < DAYS; i++)
    values[i] *= 1 - 0.4 * (0.5 - 0.5 * cos (i * 2 * G_PI / 365));
  steps = plancia_steps_find (values, DAYS, &usual);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);
}

static void
test_nothing (void)
{
  double  values[DAYS];
  GArray *steps;

  for (guint i = 0; i < DAYS; i++)
    values[i] = NAN;
  steps = plancia_steps_find (values, DAYS, &usual);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);
  steps = plancia_steps_outside (values, DAYS, 0, -1, 1, &usual);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);
  steps = plancia_steps_find (values, 0, &usual);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);
}

static void
test_outside (void)
{
  double values[DAYS];
  g_autoptr (GArray) steps = NULL;
  const PlanciaStep *step;

  for (guint i = 0; i < DAYS; i++)
    values[i] = i >= 120 && i < 200 ? 61 : i >= 300 ? -20 : (double) (i % 3);
  steps = plancia_steps_outside (values, DAYS, 0, -12, 12, &usual);
  g_assert_cmpuint (steps->len, ==, 2);
  step = &g_array_index (steps, PlanciaStep, 0);
  g_assert_cmpuint (step->begin, ==, 120);
  g_assert_cmpuint (step->end, ==, 200);
  g_assert_cmpfloat (step->after, ==, 61);
  step = &g_array_index (steps, PlanciaStep, 1);
  g_assert_cmpuint (step->begin, ==, 300);
  g_assert_true (step->open);
  g_assert_cmpfloat (step->after, ==, -20);
}

/* Of the best: weather alone is none. */
static void
test_best (void)
{
  PlanciaStepOptions options = {.window = 40, .least = 15, .reach = 60, .part = 0.9};
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  double  values[DAYS];
  GArray *steps;

  for (guint i = 0; i < DAYS; i++)
    values[i] = g_rand_double (random) < 0.4 ? 0.98 : g_rand_double_range (random, 0.1, 0.9);
  steps = plancia_steps_outside (values, DAYS, 1, 0.9, INFINITY, &options);
  g_assert_cmpuint (steps->len, ==, 0);
  g_array_unref (steps);
  for (guint i = 200; i < 300; i++)
    values[i] *= 0.8;
  steps = plancia_steps_outside (values, DAYS, 1, 0.9, INFINITY, &options);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpuint (g_array_index (steps, PlanciaStep, 0).begin, >=, 195);
  g_assert_cmpuint (g_array_index (steps, PlanciaStep, 0).begin, <=, 205);
  g_array_unref (steps);
}

static void
test_quantile (void)
{
  double values[] = {5, 1, 4, 2, 3};

  g_assert_cmpfloat (plancia_steps_median (values, 5), ==, 3);
  g_assert_cmpfloat (plancia_steps_quantile (values, 5, 0), ==, 1);
  g_assert_cmpfloat (plancia_steps_quantile (values, 5, 1), ==, 5);
  g_assert_cmpfloat (plancia_steps_quantile (values, 4, 0.5), ==, 2.5);
  g_assert_true (isnan (plancia_steps_median (values, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/steps/fall", test_fall);
  g_test_add_func ("/findings/steps/others", test_others);
  g_test_add_func ("/findings/steps/nothing", test_nothing);
  g_test_add_func ("/findings/steps/outside", test_outside);
  g_test_add_func ("/findings/steps/best", test_best);
  g_test_add_func ("/findings/steps/quantile", test_quantile);
  return g_test_run ();
}
