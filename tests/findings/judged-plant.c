/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judged-plant.h"

#include "findings/steps.h"

#include <math.h>

static const char *const rules[MADE_N_FAULTS][3] = {
  [MADE_STRING_DEAD] = {"string-dead",      "string-weak"},
  [MADE_STRING_WEAK] = {"string-weak"                 },
  [MADE_SHADOW] = {"string-shadow"},
  [MADE_INVERTER_STILL] = {"inverter-still",                  "inverter-weak"},
  [MADE_INVERTER_WEAK] = {"inverter-weak"},
  [MADE_DIRT] = {"plant-below-best"   },
  [MADE_BATTERY_NOT_FULL] = {"battery-not-full"},
  [MADE_CLOCK_MIDNIGHT] = {"clock-midnight"},
  [MADE_CLOCK_SUN] = {"clock-sun",   "clock-midnight"},
  [MADE_GAPS_DAY] = {"gaps-day"       },
  [MADE_GAPS_NIGHT] = {"gaps-night"                 },
  [MADE_COUNTER] = {"counter-mismatch"          },
};

static void
take (guint inverter, PlanciaSamples *samples, PlanciaSpan days, gpointer data)
{
  PlanciaDays *track = g_ptr_array_index ((GPtrArray *) data, inverter);
  PlanciaSky  *sky = plancia_days_get_sky (track);

  plancia_days_read (track,
                     samples,
                     plancia_sky_find (sky, days.start),
                     plancia_sky_find (sky, days.end - 1) + 1);
}

/* In the time of the fault for at least the half of it, about the right thing, by the right rule. */
static gboolean
is_it (const PlanciaFinding *finding, MadePlant *plant)
{
  const MadeFault *fault = made_plant_get_fault (plant);
  gint64           end = made_plant_get_span (plant).end;
  PlanciaSpan      whole = {fault->since, MIN (fault->until, end)};
  PlanciaSpan      found = {finding->since, finding->until != 0 ? finding->until : end};
  PlanciaSpan      both = plancia_span_intersect (whole, found);

  if (!g_strv_contains (rules[fault->kind], finding->rule->id) || plancia_span_is_empty (both) ||
      (both.end - both.start) * 2 < whole.end - whole.start)
    return FALSE;
  if (fault->kind == MADE_DIRT)
    return *finding->device == '\0';
  return g_str_equal (finding->device, made_inverter_id (fault->inverter)) &&
         (fault->kind > MADE_SHADOW || finding->string == fault->string + 1);
}

static void
tell (const PlanciaFinding *finding, MadePlant *plant, gboolean right)
{
  const MadeFault *fault = made_plant_get_fault (plant);
  gint64           start = made_plant_get_span (plant).start;

  g_print (
    "#   %s %s %s %u: day %d to %d, %.2f to %.2f, %.0f kWh; fault %s day %d to %d, much %.2f, %.0f kWh\n",
    right ? "it" : "OTHER",
    finding->rule->id,
    finding->device,
    finding->string,
    (int) ((finding->since - start) / PLANCIA_DAY),
    finding->until ? (int) ((finding->until - start) / PLANCIA_DAY) : 0,
    finding->before,
    finding->after,
    finding->energy,
    made_fault_name (fault->kind),
    (int) ((fault->since - start) / PLANCIA_DAY),
    (int) ((MIN (fault->until, made_plant_get_span (plant).end) - start) / PLANCIA_DAY),
    fault->much,
    fault->cost);
}

static void
compare (Score *self, MadePlant *plant, GPtrArray *findings, gboolean talk)
{
  const MadeFault *fault = made_plant_get_fault (plant);
  gboolean         found = FALSE;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (findings, i);
    gboolean              right = !found && is_it (finding, plant);
    double days = fabs ((double) (finding->since - fault->since) / (double) PLANCIA_DAY);
    double energy = finding->energy / fault->cost - 1;

    if (talk)
      tell (finding, plant, right);
    self->others += !right;
    if (!right)
      continue;
    found = TRUE;
    g_array_append_val (self->days, days);
    if (fault->cost > 1)
      g_array_append_val (self->energy, energy);
  }
  self->found += found;
  self->plants++;
  if (talk && !found && fault->kind != MADE_SOUND)
    g_print ("#   MISSED %s since day %d until %d, much %.2f\n",
             made_fault_name (fault->kind),
             (int) ((fault->since - made_plant_get_span (plant).start) / PLANCIA_DAY),
             (int) ((MIN (fault->until, made_plant_get_span (plant).end) -
                     made_plant_get_span (plant).start) /
                    PLANCIA_DAY),
             fault->much);
}

void
score_plant (Score *self, guint32 seed, guint years, MadeFaultKind kind, gboolean talk)
{
  MadePlant *plant = made_plant_new (seed, years, kind);
  g_autoptr (PlanciaSky) sky = plancia_sky_new (made_plant_get_zone (plant),
                                                MADE_LATITUDE,
                                                MADE_LONGITUDE,
                                                made_plant_get_span (plant));
  g_autoptr (GPtrArray)
    tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_days_free);
  g_autoptr (GPtrArray) findings = NULL;

  for (guint i = 0; i < made_plant_get_n_inverters (plant); i++)
    g_ptr_array_add (tracks, plancia_days_new (made_inverter_id (i), MADE_SOURCE, sky));
  made_plant_run (plant, take, tracks);
  findings = plancia_findings_judge (plancia_finding_rules_get (), sky, tracks);
  compare (self, plant, findings, talk);
  made_plant_free (plant);
}

void
score_init (Score *self)
{
  *self = (Score){0,
                  0,
                  0,
                  g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double))};
}

void
score_clear (Score *self)
{
  g_array_unref (self->days);
  g_array_unref (self->energy);
}

static double
absolute_quantile (GArray *values, double part)
{
  g_autofree double *copy = g_new (double, values->len + 1);

  for (guint i = 0; i < values->len; i++)
    copy[i] = fabs (g_array_index (values, double, i));
  return plancia_steps_quantile (copy, values->len, part);
}

void
score_print (Score *self, const char *name, guint years)
{
  g_print (
    "# %-18s found %3u of %3u (%.1f %%), others %.3f a plant and year; since when off by %.0f days (median), %.0f (9 of 10);"
    " kWh off by %.0f %% (median), %.0f %% (9 of 10)\n",
    name,
    self->found,
    self->plants,
    100.0 * self->found / MAX (self->plants, 1),
    (double) self->others / MAX (self->plants * years, 1),
    absolute_quantile (self->days, 0.5),
    absolute_quantile (self->days, 0.9),
    100 * absolute_quantile (self->energy, 0.5),
    100 * absolute_quantile (self->energy, 0.9));
}
