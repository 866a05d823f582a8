/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Days on both sides by which is told what a day has. */
#define AROUND 20
/* Days before a night that tell whether it should have been heard. */
#define BEFORE 60
/* Part of a day's consumption that falls into the night. */
#define AT_NIGHT 0.5

/* What a day was known of, and whether that is too little: 0 or 1, NAN where nobody asked. */
typedef struct
{
  double *known;
  double *bad;
} Known;

static Known
known_new (PlanciaJudge *self, PlanciaDays *track, gboolean night)
{
  Known  known = {plancia_judge_new_values (self), plancia_judge_new_values (self)};
  double least = plancia_judge_number (self, "known");

  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);
    double            part = (double) (night ? day->night_known : day->light_known);

    if (!(day->asked > 0) || isnan (part))
      continue;
    known.known[i] = part;
    known.bad[i] = part < least ? 1 : 0;
  }
  return known;
}

static void
known_clear (Known *known)
{
  g_free (known->known);
  g_free (known->bad);
}

/* kWh of whole days around; NAN if there are none. */
static double
usual_energy (PlanciaJudge  *self,
              PlanciaDays   *track,
              const Known   *known,
              guint          at,
              PlanciaDayFlow flow)
{
  double values[2 * AROUND + 1];
  guint  n = 0;

  for (guint i = at > AROUND ? at - AROUND : 0; i <= at + AROUND && i < self->length; i++) {
    double energy = (double) plancia_days_get_day (track, i)->powers[flow];

    if (isfinite (energy) && known->known[i] > 0.5)
      values[n++] = energy / known->known[i];
  }
  return plancia_steps_median (values, n);
}

static double
unseen (PlanciaJudge *self, PlanciaDays *track, const Known *known, guint at, gboolean night)
{
  double part = 1 - known->known[at];
  double energy = usual_energy (self, track, known, at, night ? PLANCIA_DAY_LOAD : PLANCIA_DAY_PV);

  return isnan (energy) ? 0 : part * energy * (night ? AT_NIGHT : 1);
}

static double
median_of (const Known *known, const PlanciaStep *step)
{
  g_autofree double *values = g_new (double, step->end - step->begin);
  guint              n = 0;

  for (guint i = step->begin; i < step->end; i++)
    if (!isnan (known->known[i]))
      values[n++] = known->known[i];
  return plancia_steps_median (values, n);
}

static void
tell (PlanciaJudge *self, PlanciaDays *track, const Known *known, gboolean night, PlanciaStep *step)
{
  g_autofree double *losses = plancia_judge_new_values (self);
  PlanciaJudged      what = {.device = plancia_days_get_device (track),
                             .source = plancia_days_get_source (track),
                             .flow = night ? "night" : "day",
                             .values = known->known,
                             .losses = losses,
                             .scale = 100,
                             .title = night ? NC_ ("finding", "Known of the night")
                                            : NC_ ("finding", "Known of the sunlit time")};

  step->before = 1;
  step->after = median_of (known, step);
  for (guint i = step->begin; i < step->end; i++)
    if (!isnan (known->known[i]))
      losses[i] = unseen (self, track, known, i, night);
  plancia_judge_add (self, &what, step);
}

/* Inverters without a battery sleep at night: only of those that did not before, a night without a word is one. */
static gboolean
spoke_before (PlanciaJudge *self, const Known *known, guint begin)
{
  guint n = 0, good = 0;

  for (guint i = begin > BEFORE ? begin - BEFORE : 0; i < begin; i++) {
    n += !isnan (known->bad[i]);
    good += known->bad[i] == 0;
  }
  return n > 0 && good >= plancia_judge_number (self, "usual") * n;
}

/* Days that come one after another, with no more than some good ones between them. */
static void
find_rows (PlanciaJudge *self, PlanciaDays *track, const Known *known, gboolean night)
{
  guint       apart = (guint) plancia_judge_number (self, "apart"), good = 0, count = 0;
  guint       least = (guint) plancia_judge_number (self, "least");
  PlanciaStep step = {0};

  for (guint i = 0; i <= self->length; i++) {
    if (i < self->length && isnan (known->bad[i]))
      continue;
    if (i < self->length && known->bad[i] > 0) {
      step.begin = count == 0 ? i : step.begin;
      step.end = i + 1;
      count++;
      good = 0;
    } else if (i == self->length || ++good > apart) {
      step.open = i == self->length && good <= apart;
      if (count >= least && (!night || spoke_before (self, known, step.begin)))
        tell (self, track, known, night, &step);
      count = 0;
    }
  }
}

void
plancia_judge_gaps_day (PlanciaJudge *self)
{
  for (guint i = 0; i < self->plant->len; i++) {
    PlanciaDays *track = g_ptr_array_index (self->plant, i);
    Known        known = known_new (self, track, FALSE);

    find_rows (self, track, &known, FALSE);
    known_clear (&known);
  }
}

/* Nights within the days that a finding by day has are told there. */
static void
forget_told (PlanciaJudge *self, PlanciaDays *track, Known *known)
{
  Known light = known_new (self, track, FALSE);

  for (guint i = 0; i < self->length; i++)
    if (light.known[i] < 0.2)
      known->bad[i] = NAN;
  known_clear (&light);
}

void
plancia_judge_gaps_night (PlanciaJudge *self)
{
  for (guint i = 0; i < self->plant->len; i++) {
    PlanciaDays *track = g_ptr_array_index (self->plant, i);
    Known        known = known_new (self, track, TRUE);

    forget_told (self, track, &known);
    find_rows (self, track, &known, TRUE);
    known_clear (&known);
  }
}
