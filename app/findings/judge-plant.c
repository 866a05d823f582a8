/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define YEAR 365
/* Known days of a season in a year: fewer say nothing of it. */
#define LEAST_DAYS 12
/* kWh a day: what does not make that once is no inverter of the sun. */
#define PRODUCES 0.5f

/* The plant's production a day. */
typedef struct
{
  double *energies; /* kWh */
  double *parts;    /* of the potential */
} Production;

/* Of all inverters, if all are known that ever produced until then. */
static double
sum_day (PlanciaJudge *self, guint at, gboolean *began)
{
  double known = plancia_judge_number (self, "known"), sum = NAN;

  for (guint i = 0; i < self->plant->len; i++) {
    const PlanciaDay *day = plancia_days_get_day (g_ptr_array_index (self->plant, i), at);

    began[i] |= day->powers[PLANCIA_DAY_PV] > PRODUCES;
    if (!began[i])
      continue;
    if (!((double) day->light_known >= known))
      return NAN;
    sum = (isnan (sum) ? 0 : sum) + (double) day->powers[PLANCIA_DAY_PV];
  }
  return sum;
}

static Production
production_new (PlanciaJudge *self)
{
  Production production = {plancia_judge_new_values (self), plancia_judge_new_values (self)};
  g_autofree gboolean *began = g_new0 (gboolean, self->plant->len + 1);

  for (guint i = 0; i < self->length; i++) {
    production.energies[i] = sum_day (self, i, began);
    production.parts[i] = production.energies[i] / plancia_sky_get_day (self->sky, i)->potential;
  }
  return production;
}

/* What the best days gave around one; NAN if too few are known. */
static double
season_level (PlanciaJudge *self, const Production *production, guint around)
{
  guint  season = MIN ((guint) plancia_judge_number (self, "season"), 60), n = 0;
  double values[128];

  for (guint i = around > season ? around - season : 0; i <= around + season; i++)
    if (!isnan (production->parts[i]))
      values[n++] = production->parts[i];
  return n >= LEAST_DAYS ? plancia_steps_quantile (values, n, plancia_judge_number (self, "best"))
                         : NAN;
}

/* Days beside the best ones of the same season in the best of the years before. */
static double *
compare_years (PlanciaJudge *self, const Production *production)
{
  double            *values = plancia_judge_new_values (self);
  g_autofree double *levels = plancia_judge_new_values (self);

  for (guint i = 0; i + YEAR < self->length; i++)
    levels[i] = season_level (self, production, i);
  for (guint i = YEAR; i < self->length; i++) {
    double best = NAN;

    for (guint back = YEAR; back <= i; back += YEAR)
      best = fmax (best, levels[i - back]);
    values[i] = production->parts[i] / best;
  }
  return values;
}

static void
tell (PlanciaJudge *self, const Production *production, const double *values, PlanciaStep *step)
{
  g_autofree double *losses = plancia_judge_new_values (self);
  PlanciaJudged      what = {.device = "",
                             .source = plancia_days_get_source (g_ptr_array_index (self->plant, 0)),
                             .values = values,
                             .losses = losses,
                             .scale = 100,
                             .title = NC_ ("finding", "Days beside the best of earlier years")};
  double             energy;

  for (guint i = step->begin; i < step->end; i++)
    losses[i] = production->energies[i] * (1 / step->after - 1);
  energy = plancia_judge_energy (losses, step, NULL);
  if (energy >= plancia_judge_number (self, "least_loss") &&
      !plancia_judge_is_explained (self, NULL, step, energy))
    plancia_judge_add (self, &what, step);
}

void
plancia_judge_plant (PlanciaJudge *self)
{
  PlanciaStepOptions options = plancia_judge_options (self);
  Production         production = production_new (self);
  g_autofree double *values = compare_years (self, &production);
  g_autoptr (GArray) steps = NULL;

  options.part = plancia_judge_number (self, "best");
  steps = plancia_steps_outside (values,
                                 self->length,
                                 1,
                                 1 - plancia_judge_number (self, "loss"),
                                 INFINITY,
                                 &options);
  for (guint i = 0; i < steps->len; i++)
    tell (self, &production, values, &g_array_index (steps, PlanciaStep, i));
  g_free (production.energies);
  g_free (production.parts);
}
