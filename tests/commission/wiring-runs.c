/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/commission/wiring-runs.h"

#include <math.h>

#define PACE 2.0 /* s */

static const guint orders[6][3] = {
  {0, 1, 2},
  {0, 2, 1},
  {1, 0, 2},
  {1, 2, 0},
  {2, 0, 1},
  {2, 1, 0}
};

typedef struct
{
  GRand   *rand;
  guint    n;
  guint    phase_of[3]; /* of each sensor */
  int      sign[3];
  double   noise;
  double   base[3]; /* W, moves */
  double   sun;     /* W, moves */
  double   ramp;    /* W/s */
  double   follows; /* share of a load that the battery takes over */
  double   battery; /* W it gives now */
  gboolean idle;
  /* A big load that somebody else switches. */
  double other;
  guint  other_phase;
  double other_from;
  double other_until;
} House;

static double
uniform (House *self, double low, double high)
{
  return g_rand_double_range (self->rand, low, high);
}

static gboolean
chance (House *self, double share)
{
  return g_rand_double (self->rand) < share;
}

static double
normal (House *self)
{
  double sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (self->rand);
  return sum - 6;
}

static void
wire (House *self)
{
  guint order = self->n == 3 ? (guint) g_rand_int_range (self->rand, 0, 6) : 0;

  for (guint i = 0; i < 3; i++) {
    self->phase_of[i] = orders[order][i];
    self->sign[i] = chance (self, 0.5) ? -1 : 1;
  }
}

static void
furnish (House *self)
{
  self->noise = uniform (self, 1, 25);
  for (guint i = 0; i < 3; i++)
    self->base[i] = uniform (self, 30, 900);
  if (chance (self, 0.5)) {
    self->sun = uniform (self, 300, 9000);
    self->ramp = uniform (self, -15, 15);
  }
  /* One phase alone says nothing once the battery has taken over more than half: the guide asks for its rest. */
  if (chance (self, 0.35))
    self->follows = self->n == 1 ? uniform (self, 0, 0.3) : uniform (self, 0, 1);
  if (chance (self, 0.04)) {
    self->other = uniform (self, 300, 2500);
    self->other_phase = (guint) g_rand_int_range (self->rand, 0, (int) self->n);
    self->other_from = uniform (self, 0, 3 * 40);
    self->other_until = self->other_from + uniform (self, 5, 200);
  }
}

/* What the house takes on a phase at a time of all the test. */
static double
load_of (House *self, guint phase, double time, double load, gboolean has_load)
{
  double taken = self->base[phase] + (has_load ? load * (1 + 0.01 * normal (self)) : 0);

  if (self->other > 0 && phase == self->other_phase && time >= self->other_from &&
      time < self->other_until)
    taken += self->other;
  return taken;
}

static void
live_on (House *self, double seconds)
{
  for (guint i = 0; i < self->n; i++) {
    if (chance (self, seconds / 40))
      self->base[i] = MAX (0, self->base[i] + uniform (self, -150, 150));
  }
  self->sun = MAX (0, self->sun + self->ramp * seconds);
}

static void
read_all (House                  *self,
          double                  time,
          guint                   phase,
          double                  load,
          gboolean                on,
          PlanciaDirectionSample *out)
{
  double wanted = on ? self->follows * load : 0;
  double output;
  double grid[3];

  live_on (self, PACE);
  /* A battery takes a few seconds. */
  self->battery += (wanted - self->battery) * 0.6;
  output = (self->sun + self->battery) / self->n;
  for (guint p = 0; p < self->n; p++)
    grid[p] = output - load_of (self, p, time, load, on && p == phase);
  out->time = (gint64) (time * 1000);
  out->pv = self->sun;
  out->battery = -self->battery;
  for (guint i = 0; i < self->n; i++) {
    out->grid[i] = round (self->sign[i] * grid[self->phase_of[i]] + self->noise * normal (self));
    out->output[i] = round (output + 0.3 * self->noise * normal (self));
  }
}

static void
test_phase (House *self, guint phase, double *time, PlanciaDirectionResult *result)
{
  const PlanciaDirectionRules *rules = plancia_rules_get_direction (plancia_rules_get ());
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  g_autoptr (GArray) with = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  double load = self->idle ? 0 : uniform (self, 1000, 3200);

  for (double t = 0; t < rules->baseline + rules->settle + rules->load; t += PACE) {
    PlanciaDirectionSample sample = {0};
    gboolean               on = t >= rules->baseline;

    read_all (self, *time + t, phase, load, on, &sample);
    if (!on)
      g_array_append_val (before, sample);
    else if (t >= rules->baseline + rules->settle)
      g_array_append_val (with, sample);
  }
  *time += rules->baseline + rules->settle + rules->load;
  plancia_direction_judge_phase (rules, self->n, phase, before, with, &result->phases[phase]);
  /* Switched off again, and the battery with it. */
  self->battery = 0;
}

static gboolean
is_true (House *self, const PlanciaDirectionResult *result)
{
  for (guint i = 0; i < self->n; i++)
    if (result->phase_of[i] != self->phase_of[i] || result->reversed[i] != (self->sign[i] < 0))
      return FALSE;
  return TRUE;
}

static gboolean
is_told (PlanciaDirection verdict)
{
  return verdict == PLANCIA_DIRECTION_RIGHT || verdict == PLANCIA_DIRECTION_REVERSED ||
         verdict == PLANCIA_DIRECTION_SWAPPED;
}

static void
run (guint number, WiringTally *tally)
{
  PlanciaDirectionResult result = {0};
  House                  house = {0};
  double                 time = 0;

  house.rand = g_rand_new_with_seed (number);
  house.n = chance (&house, 0.75) ? 3 : 1;
  house.idle = chance (&house, 0.03);
  wire (&house);
  furnish (&house);
  result.n = house.n;
  for (guint p = 0; p < house.n; p++)
    test_phase (&house, p, &time, &result);
  plancia_direction_conclude (&result);
  tally->runs++;
  tally->kinds[result.verdict]++;
  if (house.idle) {
    tally->idle++;
    tally->idle_told += is_told (result.verdict);
  } else if (!is_told (result.verdict)) {
    tally->untold++;
  } else if (!is_true (&house, &result)) {
    tally->wrong++;
    tally->last_wrong = number;
  }
  g_rand_free (house.rand);
}

void
wiring_runs (guint first, guint count, WiringTally *tally)
{
  for (guint i = 0; i < count; i++)
    run (first + i, tally);
}
