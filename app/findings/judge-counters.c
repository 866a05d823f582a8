/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const flow_keys[PLANCIA_N_DAY_FLOWS] = {"powerGenerating",
                                                           "powerConsuming",
                                                           "powerExporting",
                                                           "powerImporting",
                                                           "powerCharging",
                                                           "powerDischarging"};

/* Of the production the sunlit time is enough. */
static gboolean
is_known (const PlanciaDay *day, PlanciaDayFlow flow, double known)
{
  return (double) day->light_known >= known &&
         (flow == PLANCIA_DAY_PV || (double) day->night_known >= known);
}

static void
judge_flow (PlanciaJudge *self, PlanciaDays *track, PlanciaDayFlow flow)
{
  PlanciaStepOptions options = plancia_judge_options (self);
  double             off = plancia_judge_number (self, "off");
  g_autofree double *values = plancia_judge_new_values (self);
  g_autofree double *losses = plancia_judge_new_values (self);
  g_autoptr (GArray) steps = NULL;
  PlanciaJudged what = {.device = plancia_days_get_device (track),
                        .source = plancia_days_get_source (track),
                        .flow = flow_keys[flow],
                        .values = values,
                        .losses = losses,
                        .scale = 100,
                        .title = NC_ ("finding", "Counter beside the power")};

  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);
    double            power = (double) day->powers[flow], counter = (double) day->counters[flow];

    if (isnan (counter) || !(power >= plancia_judge_number (self, "least_energy")) ||
        !is_known (day, flow, plancia_judge_number (self, "known")))
      continue;
    values[i] = counter / power;
    losses[i] = fabs (counter - power);
  }
  steps = plancia_steps_outside (values, self->length, 1, 1 - off, 1 + off, &options);
  for (guint i = 0; i < steps->len; i++)
    plancia_judge_add (self, &what, &g_array_index (steps, PlanciaStep, i));
}

void
plancia_judge_counters (PlanciaJudge *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    for (guint j = 0; j < PLANCIA_N_DAY_FLOWS; j++)
      judge_flow (self, g_ptr_array_index (self->tracks, i), (PlanciaDayFlow) j);
}
