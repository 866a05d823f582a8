/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/beside.h"

#include <glib/gi18n.h>
#include <math.h>

/* kWh a day: what does not make that once is no inverter of the sun. */
#define PRODUCES 0.5f

/* kWh a day, NAN of days that are not known well enough; NULL of a device that never produces. (transfer full) */
static double *
collect_one (PlanciaJudge *self, PlanciaDays *track)
{
  double  *values = plancia_judge_new_values (self);
  double   known = plancia_judge_number (self, "known");
  gboolean produces = FALSE;

  for (guint i = 0; i < self->length; i++) {
    const PlanciaDay *day = plancia_days_get_day (track, i);

    produces |= day->powers[PLANCIA_DAY_PV] > PRODUCES;
    if ((double) day->light_known >= known)
      values[i] = (double) day->powers[PLANCIA_DAY_PV];
  }
  if (!produces)
    g_clear_pointer (&values, g_free);
  return values;
}

void
plancia_judge_inverters (PlanciaJudge *self)
{
  g_autoptr (GPtrArray) energies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) inverters = g_ptr_array_new ();
  g_autoptr (GArray) all = NULL;

  for (guint i = 0; i < self->plant->len; i++) {
    double *values = collect_one (self, g_ptr_array_index (self->plant, i));

    if (values == NULL)
      continue;
    g_ptr_array_add (energies, values);
    g_ptr_array_add (inverters, g_ptr_array_index (self->plant, i));
  }
  if (inverters->len < 2)
    return;
  all = plancia_beside_new (self, energies);
  for (guint i = 0; i < all->len; i++) {
    PlanciaBeside *beside = &g_array_index (all, PlanciaBeside, i);
    PlanciaDays   *track = g_ptr_array_index (inverters, i);
    PlanciaJudged  what = {.device = plancia_days_get_device (track),
                           .source = plancia_days_get_source (track),
                           .title = NC_ ("finding", "Beside the other inverters")};

    for (guint j = 0; j < beside->steps->len; j++) {
      const PlanciaStep *step = &g_array_index (beside->steps, PlanciaStep, j);

      if (!plancia_beside_is_return (all, i, step))
        plancia_beside_tell (self, beside, &what, step);
    }
  }
}
