/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/beside.h"

#include <math.h>

/* Days between two ends that are taken for one. */
#define SAME_TIME 8
/* Days on both sides, and the part of them that is not good. */
#define AROUND 15
#define GOOD   0.85
#define YEAR   365
/* Days of a season that tell how it was. */
#define ENOUGH 6

static void
beside_clear (gpointer data)
{
  PlanciaBeside *beside = data;

  g_free (beside->others);
  g_free (beside->ratios);
  g_free (beside->losses);
  g_array_unref (beside->steps);
}

/* --- days that tell something ---------------------------------------------------------------- */

static double
sum_of_day (GPtrArray *energies, guint at)
{
  double sum = 0;

  for (guint i = 0; i < energies->len; i++)
    sum += ((const double *) g_ptr_array_index (energies, i))[at];
  return sum;
}

/* What good days around have. */
static double
good_around (const double *sums, guint length, guint at)
{
  double values[2 * AROUND + 1];
  guint  n = 0;

  for (guint i = at > AROUND ? at - AROUND : 0; i <= at + AROUND && i < length; i++)
    if (!isnan (sums[i]))
      values[n++] = sums[i];
  return plancia_steps_quantile (values, n, GOOD);
}

/* For each day whether it tells something. (transfer full) */
static gboolean *
find_sunny (PlanciaJudge *self, GPtrArray *energies)
{
  double             part = plancia_judge_number (self, "sunny");
  gboolean          *sunny = g_new0 (gboolean, self->length);
  g_autofree double *sums = g_new (double, self->length);

  for (guint i = 0; i < self->length; i++)
    sums[i] = sum_of_day (energies, i);
  for (guint i = 0; i < self->length; i++)
    sunny[i] = !isnan (sums[i]) &&
               (part <= 0 || sums[i] >= part * good_around (sums, self->length, i));
  return sunny;
}

/* --- one beside the others ------------------------------------------------------------------- */

static void
fill (PlanciaJudge   *self,
      GPtrArray      *energies,
      guint           index,
      const gboolean *sunny,
      PlanciaBeside  *beside)
{
  double least = plancia_judge_number (self, "least_energy");

  for (guint i = 0; i < self->length; i++) {
    double others = 0;

    for (guint j = 0; j < energies->len; j++)
      others += j != index ? ((const double *) g_ptr_array_index (energies, j))[i] : 0;
    /* What is not known of one makes the sum so. */
    if (isnan (others) || isnan (beside->own[i]))
      continue;
    beside->others[i] = others;
    if (sunny[i] && others >= least)
      beside->ratios[i] = beside->own[i] / others;
  }
}

GArray *
plancia_beside_new (PlanciaJudge *self, GPtrArray *energies)
{
  GArray              *all = g_array_new (FALSE, FALSE, sizeof (PlanciaBeside));
  PlanciaStepOptions   options = plancia_judge_options (self);
  g_autofree gboolean *sunny = find_sunny (self, energies);

  options.drop = plancia_judge_number (self, "loss");
  options.noise = plancia_judge_number (self, "noise");
  g_array_set_clear_func (all, beside_clear);
  for (guint i = 0; i < energies->len; i++) {
    PlanciaBeside beside = {g_ptr_array_index (energies, i),
                            plancia_judge_new_values (self),
                            plancia_judge_new_values (self),
                            plancia_judge_new_values (self),
                            NULL};

    fill (self, energies, i, sunny, &beside);
    beside.steps = plancia_steps_find (beside.ratios, self->length, &options);
    g_array_append_val (all, beside);
  }
  return all;
}

gboolean
plancia_beside_is_return (GArray *all, guint index, const PlanciaStep *step)
{
  for (guint i = 0; i < all->len; i++) {
    GArray *steps = g_array_index (all, PlanciaBeside, i).steps;

    for (guint j = 0; i != index && j < steps->len; j++) {
      const PlanciaStep *other = &g_array_index (steps, PlanciaStep, j);

      if (!other->open && other->end <= step->begin + SAME_TIME &&
          step->begin <= other->end + SAME_TIME)
        return TRUE;
    }
  }
  return FALSE;
}

/* Whether it was so a year ago: then it belongs to the season. */
static gboolean
was_so (PlanciaJudge *self, const PlanciaBeside *beside, const PlanciaStep *step)
{
  double values[2 * AROUND];
  guint  n = 0;
  double then;

  if (step->begin < YEAR)
    return FALSE;
  for (guint i = step->begin - YEAR; i < step->begin - YEAR + 2 * AROUND; i++)
    if (!isnan (beside->ratios[i]))
      values[n++] = beside->ratios[i];
  then = plancia_steps_median (values, n);
  return n >= ENOUGH && then < step->after + (step->before - step->after) / 2;
}

void
plancia_beside_tell (PlanciaJudge      *self,
                     PlanciaBeside     *beside,
                     PlanciaJudged     *what,
                     const PlanciaStep *step)
{
  double energy;

  if (was_so (self, beside, step))
    return;
  what->values = beside->ratios;
  what->losses = beside->losses;
  what->scale = 100 / step->before;
  for (guint i = step->begin; i < step->end; i++)
    beside->losses[i] = beside->others[i] * step->before - beside->own[i];
  energy = plancia_judge_energy (what->losses, step, NULL);
  /* Strings explain their inverter, and nothing explains a string. */
  if (energy < plancia_judge_number (self, "least_loss"))
    return;
  if (!plancia_judge_is_told (self, what, step) &&
      (what->string > 0 || !plancia_judge_is_explained (self, what->device, step, energy)))
    plancia_judge_add (self, what, step);
}
