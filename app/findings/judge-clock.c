/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define YEAR 365
/* The first known days of a series are what it usually is, until there is a year to compare with. */
#define FIRST_DAYS 40
#define LEAST      8

/* By how much a day's energy is booked to another hour. */
static void
fill_losses (PlanciaDays *track, const PlanciaStep *step, double off, double *losses)
{
  for (guint i = step->begin; i < step->end; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);
    double            energy = (double) day->powers[PLANCIA_DAY_PV];

    if (isnan (energy))
      energy = (double) day->powers[PLANCIA_DAY_LOAD];
    losses[i] = energy * fmin (fabs (off) / 60, 1);
  }
}

static void
judge_values (PlanciaJudge *self, PlanciaDays *track, const double *values, const char *title)
{
  PlanciaStepOptions options = plancia_judge_options (self);
  double             off = plancia_judge_number (self, "off");
  g_autofree double *losses = plancia_judge_new_values (self);
  g_autoptr (GArray) steps = plancia_steps_outside (values, self->length, 0, -off, off, &options);
  PlanciaJudged what = {.device = plancia_days_get_device (track),
                        .source = plancia_days_get_source (track),
                        .values = values,
                        .losses = losses,
                        .scale = 1,
                        .title = title};

  for (guint i = 0; i < steps->len; i++) {
    const PlanciaStep *step = &g_array_index (steps, PlanciaStep, i);

    fill_losses (track, step, step->after, losses);
    if (!plancia_judge_is_told (self, &what, step))
      plancia_judge_add (self, &what, step);
  }
}

/* Daily counters begin anew at the device's midnight. */
void
plancia_judge_clock_reset (PlanciaJudge *self)
{
  g_autofree double *values = plancia_judge_new_values (self);

  for (guint i = 0; i < self->tracks->len; i++) {
    PlanciaDays *track = g_ptr_array_index (self->tracks, i);

    /* Late is a clock that is behind: ahead is positive. */
    for (guint j = 0; j < self->length; j++)
      values[j] = -(double) plancia_days_get_day (track, j)->reset;
    judge_values (self, track, values, NC_ ("finding", "Daily counters begin before midnight by"));
  }
}

/* --- by the sun ---------------------------------------------------------------------------------- */

static double
level (const double *middles, guint from, guint to)
{
  double values[128];
  guint  n = 0;

  for (guint i = from; i < to && n < G_N_ELEMENTS (values); i++)
    if (!isnan (middles[i]))
      values[n++] = middles[i];
  return n >= LEAST ? plancia_steps_median (values, n) : NAN;
}

/* Where the middle of a day's production usually lies: that of the same season in the year in which it lay nearest to the sun's noon,
 * as no clock that is wrong comes nearer; without such a year that of the first days. */
static double
usual_middle (const double *middles, guint at, double first, guint season)
{
  double usual = NAN;

  for (guint back = YEAR; back <= at; back += YEAR) {
    double other = level (middles, at - back > season ? at - back - season : 0, at - back + season);

    if (!isnan (other) && !(fabs (usual) <= fabs (other)))
      usual = other;
  }
  return isnan (usual) ? first : usual;
}

static void
judge_sun (PlanciaJudge *self, PlanciaDays *track)
{
  g_autofree double *middles = plancia_judge_new_values (self);
  g_autofree double *values = plancia_judge_new_values (self);
  guint              season = MIN ((guint) plancia_judge_number (self, "season"), 60);
  guint              first = self->length;
  double             at_first;

  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);

    if (!((double) day->light_known >= plancia_judge_number (self, "known")) || isnan (day->middle))
      continue;
    middles[i] = (double) day->middle;
    first = MIN (first, i);
  }
  at_first = level (middles, first, MIN (first + FIRST_DAYS, self->length));
  for (guint i = first; i < self->length; i++)
    if (!isnan (middles[i]))
      values[i] = middles[i] - usual_middle (middles, i, at_first, season);
  judge_values (self,
                track,
                values,
                NC_ ("finding", "Middle of the production later than usual by"));
}

void
plancia_judge_clock_sun (PlanciaJudge *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    judge_sun (self, g_ptr_array_index (self->tracks, i));
}
