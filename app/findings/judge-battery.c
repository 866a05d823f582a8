/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Points of charge in a day: fewer say nothing of how much the battery holds. */
#define LEAST_RISE 30.0f
/* Of the lowest charges of the days: what it is emptied to, give or take some points. */
#define LOW  0.1
#define NEAR 3

/* What was given to the grid that day, by whoever measures it. */
static double
get_surplus (PlanciaJudge *self, const char *source, guint at)
{
  double surplus = NAN;

  for (guint i = 0; i < self->tracks->len; i++) {
    PlanciaDays *track = g_ptr_array_index (self->tracks, i);

    if (g_str_equal (plancia_days_get_source (track), source))
      surplus = fmax (surplus,
                      (double) plancia_days_get_day (track, at)->powers[PLANCIA_DAY_EXPORT]);
  }
  return surplus;
}

/* kWh from empty to full, as days with much charging say; NAN if none does. */
static double
find_capacity (PlanciaJudge *self, PlanciaDays *track)
{
  g_autofree double *values = g_new (double, self->length);
  guint              n = 0;

  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);

    if (day->soc_rise >= LEAST_RISE && day->powers[PLANCIA_DAY_CHARGE] > 0)
      values[n++] = (double) (day->powers[PLANCIA_DAY_CHARGE] / day->soc_rise) * 100;
  }
  return plancia_steps_median (values, n);
}

/* %: what it is emptied to. */
static double
find_floor (PlanciaJudge *self, PlanciaDays *track)
{
  g_autofree double *values = g_new (double, self->length);
  guint              n = 0;

  for (guint i = 0; i < self->length; i++)
    if (!isnan (plancia_days_get_day (track, i)->soc_min))
      values[n++] = (double) plancia_days_get_day (track, i)->soc_min;
  return plancia_steps_quantile (values, n, LOW);
}

/* What was not stored is missed only when the battery was empty before the sun came back, and no more than what had to be bought. */
static void
fill_losses (PlanciaJudge      *self,
             PlanciaDays       *track,
             const PlanciaStep *step,
             const double      *values,
             double            *losses)
{
  double capacity = find_capacity (self, track), bottom = find_floor (self, track);

  for (guint i = step->begin; i < step->end; i++) {
    const PlanciaDay *next = plancia_days_get_day (track, MIN (i + 1, self->length - 1));
    double            missing = fmax (step->before - values[i], 0) / 100 * capacity;

    losses[i] = 0;
    if (isnan (missing) || !((double) next->soc_min <= bottom + NEAR))
      continue;
    losses[i] = isnan (next->powers[PLANCIA_DAY_IMPORT])
                  ? missing
                  : fmin (missing, (double) next->powers[PLANCIA_DAY_IMPORT]);
  }
}

static void
judge_track (PlanciaJudge *self, PlanciaDays *track)
{
  PlanciaStepOptions options = plancia_judge_options (self);
  g_autofree double *values = plancia_judge_new_values (self);
  g_autofree double *losses = plancia_judge_new_values (self);
  g_autoptr (GArray) steps = NULL;
  PlanciaJudged what = {.device = plancia_days_get_device (track),
                        .source = plancia_days_get_source (track),
                        .values = values,
                        .losses = losses,
                        .scale = 1,
                        .title = NC_ ("finding", "Highest charge on days with surplus")};

  options.drop = plancia_judge_number (self, "loss");
  options.noise = plancia_judge_number (self, "noise");
  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);

    if ((double) day->light_known >= plancia_judge_number (self, "known") &&
        get_surplus (self, what.source, i) >= plancia_judge_number (self, "surplus"))
      values[i] = (double) day->soc_max;
  }
  steps = plancia_steps_find (values, self->length, &options);
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaStep *step = &g_array_index (steps, PlanciaStep, i);

    fill_losses (self, track, step, values, losses);
    if (plancia_judge_energy (losses, step, NULL) >= plancia_judge_number (self, "least_loss"))
      plancia_judge_add (self, &what, step);
  }
}

void
plancia_judge_battery (PlanciaJudge *self)
{
  for (guint i = 0; i < self->plant->len; i++)
    judge_track (self, g_ptr_array_index (self->plant, i));
}
