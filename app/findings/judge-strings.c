/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/beside.h"

#include <glib/gi18n.h>
#include <math.h>

/* kWh of the others in a part of a day: less tells nothing. */
#define LEAST_PART 0.1
/* All parts together. */
#define WHOLE_DAY (-1)

static const char *const part_names[PLANCIA_N_DAY_PARTS] = {"morning", "midday", "afternoon"};

static double
part_energy (const PlanciaDay *day, guint string, int part)
{
  return part == WHOLE_DAY ? plancia_day_string (day, string) : (double) day->strings[string][part];
}

/* A double array for each string of an inverter. */
static GPtrArray *
collect (PlanciaJudge *self, PlanciaDays *track, int part)
{
  GPtrArray *energies = g_ptr_array_new_with_free_func (g_free);
  double     known = plancia_judge_number (self, "known");

  for (guint i = 0; i < plancia_days_get_n_strings (track); i++) {
    double *values = plancia_judge_new_values (self);

    for (guint j = 0; j < self->length; j++) {
      const PlanciaDay *day = plancia_days_get_day (track, j);

      if ((double) day->light_known >= known)
        values[j] = part_energy (day, i, part);
    }
    g_ptr_array_add (energies, values);
  }
  return energies;
}

/* --- shadow or not ------------------------------------------------------------------------------- */

/* What a string has beside the others in a part of a day; NAN if that tells nothing. */
static double
get_ratio (PlanciaDays *track, guint string, int part, guint at)
{
  const PlanciaDay *day = plancia_days_get_day (track, at);
  double            others = 0;

  for (guint i = 0; i < plancia_days_get_n_strings (track); i++)
    others += i != string ? part_energy (day, i, part) : 0;
  return others > LEAST_PART ? part_energy (day, string, part) / others : NAN;
}

/* What of that was lost with a step: 0 nothing, 1 all. */
static double
get_loss (PlanciaJudge *self, PlanciaDays *track, guint string, int part, const PlanciaStep *step)
{
  guint  around = MIN ((guint) plancia_judge_number (self, "days") * 2, 64);
  guint  from = step->begin > around ? step->begin - around : 0;
  guint  to = MIN (step->begin + around, step->end), n_before = 0, n_after = 0;
  double before[64], after[64];

  for (guint i = from; i < to; i++) {
    double ratio = get_ratio (track, string, part, i);

    if (isnan (ratio))
      continue;
    if (i < step->begin)
      before[n_before++] = ratio;
    else
      after[n_after++] = ratio;
  }
  return 1 - plancia_steps_median (after, n_after) / plancia_steps_median (before, n_before);
}

/* A shadow takes a part of the morning or of the afternoon, and leaves noon nearly alone. */
static gboolean
is_shadow (PlanciaJudge *self, PlanciaDays *track, guint string, const PlanciaStep *step)
{
  double morning = get_loss (self, track, string, PLANCIA_DAY_MORNING, step);
  double midday = get_loss (self, track, string, PLANCIA_DAY_MIDDAY, step);
  double afternoon = get_loss (self, track, string, PLANCIA_DAY_AFTERNOON, step);

  return fmax (midday, 0) <= plancia_judge_number (self, "elsewhere") * fmax (morning, afternoon);
}

/* Some days of odd light make none. */
static gboolean
lasts (PlanciaJudge *self, const PlanciaStep *step)
{
  return step->end - step->begin >= plancia_judge_number (self, "lasts");
}

/* --- judging ------------------------------------------------------------------------------------- */

static void
judge_track (PlanciaJudge *self, PlanciaDays *track, int part, gboolean shadows)
{
  g_autoptr (GPtrArray) energies = collect (self, track, part);
  g_autoptr (GArray) all = plancia_beside_new (self, energies);

  for (guint i = 0; i < all->len; i++) {
    PlanciaBeside *beside = &g_array_index (all, PlanciaBeside, i);
    PlanciaJudged  what = {.device = plancia_days_get_device (track),
                           .source = plancia_days_get_source (track),
                           .string = i + 1,
                           .flow = part == WHOLE_DAY ? NULL : part_names[part],
                           .title = NC_ ("finding", "Beside the other strings")};

    for (guint j = 0; j < beside->steps->len; j++) {
      const PlanciaStep *step = &g_array_index (beside->steps, PlanciaStep, j);

      if (is_shadow (self, track, i, step) == shadows && !plancia_beside_is_return (all, i, step) &&
          (!shadows || lasts (self, step)))
        plancia_beside_tell (self, beside, &what, step);
    }
  }
}

void
plancia_judge_strings (PlanciaJudge *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    if (plancia_days_get_n_strings (g_ptr_array_index (self->tracks, i)) >= 2)
      judge_track (self, g_ptr_array_index (self->tracks, i), WHOLE_DAY, FALSE);
}

void
plancia_judge_shading (PlanciaJudge *self)
{
  for (guint i = 0; i < self->tracks->len; i++) {
    PlanciaDays *track = g_ptr_array_index (self->tracks, i);

    if (plancia_days_get_n_strings (track) < 2)
      continue;
    judge_track (self, track, PLANCIA_DAY_MORNING, TRUE);
    judge_track (self, track, PLANCIA_DAY_AFTERNOON, TRUE);
  }
}
