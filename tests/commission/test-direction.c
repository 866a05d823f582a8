/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/direction.h"

#include "tests/commission/wiring-runs.h"
#include <math.h>
#include <string.h>

static const PlanciaDirectionRules *
rules (void)
{
  return plancia_rules_get_direction (plancia_rules_get ());
}

/* A house at rest, and a load of 2 kW on a phase, seen through sensors that may be wired wrongly. */
static void
fill (GArray *samples, const double *grid, const double *output, guint n)
{
  for (guint k = 0; k < n; k++) {
    PlanciaDirectionSample sample = {.time = k * 2000, .pv = NAN, .battery = NAN};

    for (guint i = 0; i < 3; i++) {
      sample.grid[i] = grid[i] + (k % 3) * 4.0;
      sample.output[i] = output[i];
    }
    g_array_append_val (samples, sample);
  }
}

static PlanciaDirectionPhase
judge (guint n, guint phase, const double *rest, const double *load, const double *output)
{
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  g_autoptr (GArray) with = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  PlanciaDirectionPhase found;
  const double          none[3] = {0, 0, 0};

  fill (before, rest, none, 10);
  fill (with, load, output, 8);
  plancia_direction_judge_phase (rules (), n, phase, before, with, &found);
  return found;
}

static void
test_right (void)
{
  const double          rest[3] = {-120, -310, -90};
  const double          load[3] = {-140, -2340, -110};
  const double          output[3] = {0, 0, 0};
  PlanciaDirectionPhase found = judge (3, 1, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_RIGHT);
  g_assert_cmpuint (found.sensor, ==, 1);
  g_assert_false (found.reversed);
  g_assert_cmpfloat_with_epsilon (found.load, 2030, 5);
}

static void
test_reversed (void)
{
  const double          rest[3] = {-120, 310, -90};
  const double          load[3] = {-140, 2340, -110};
  const double          output[3] = {0, 0, 0};
  PlanciaDirectionPhase found = judge (3, 1, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_RIGHT);
  g_assert_cmpuint (found.sensor, ==, 1);
  g_assert_true (found.reversed);
}

/* The load of L1 shows on the sensor of L3. */
static void
test_swapped (void)
{
  const double          rest[3] = {-90, -310, -120};
  const double          load[3] = {-90, -310, -2120};
  const double          output[3] = {0, 0, 0};
  PlanciaDirectionPhase found = judge (3, 0, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_RIGHT);
  g_assert_cmpuint (found.sensor, ==, 2);
}

/* A battery that takes all of it over feeds into all three phases: the grid of the others turns to export. */
static void
test_battery_follows (void)
{
  const double          rest[3] = {-100, -100, -100};
  const double          load[3] = {567, -1433, 567};
  const double          output[3] = {667, 667, 667};
  PlanciaDirectionPhase found = judge (3, 1, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_RIGHT);
  g_assert_cmpuint (found.sensor, ==, 1);
  g_assert_false (found.reversed);
  g_assert_cmpfloat_with_epsilon (found.load, 2000, 5);
}

static void
test_not_enough (void)
{
  const double          rest[3] = {-100, -100, -100};
  const double          load[3] = {-100, -500, -100};
  const double          output[3] = {0, 0, 0};
  PlanciaDirectionPhase found = judge (3, 1, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_NOT_ENOUGH);
}

/* With one phase a battery that takes over all leaves both ways round possible. */
static void
test_one_phase_covered (void)
{
  const double          rest[3] = {-100, 0, 0};
  const double          load[3] = {-100, 0, 0};
  const double          output[3] = {2000, 0, 0};
  PlanciaDirectionPhase found = judge (1, 0, rest, load, output);

  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_NOT_ENOUGH);
}

static void
test_restless (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  g_autoptr (GArray) with = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  PlanciaDirectionPhase found;

  for (guint k = 0; k < 10; k++) {
    PlanciaDirectionSample sample = {
      .grid = {k % 2 ? -200 : -1500, -100, -100}
    };

    g_array_append_val (before, sample);
    sample.grid[0] -= 1500;
    g_array_append_val (with, sample);
  }
  plancia_direction_judge_phase (rules (), 3, 0, before, with, &found);
  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_RESTLESS);
}

/* However clear it looks. */
static void
test_never_from_one_sample (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  g_autoptr (GArray) with = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  const double          rest[3] = {-100, -100, -100};
  const double          load[3] = {-3100, -100, -100};
  PlanciaDirectionPhase found;

  fill (before, rest, rest, 10);
  fill (with, load, rest, PLANCIA_DIRECTION_SAMPLES - 1);
  plancia_direction_judge_phase (rules (), 3, 0, before, with, &found);
  g_assert_cmpint (found.state, ==, PLANCIA_DIRECTION_OPEN);
}

static void
test_conclude (void)
{
  PlanciaDirectionResult result = {.n = 3};

  for (guint i = 0; i < 3; i++)
    result.phases[i] = (PlanciaDirectionPhase){.state = PLANCIA_DIRECTION_RIGHT, .sensor = i};
  plancia_direction_conclude (&result);
  g_assert_cmpint (result.verdict, ==, PLANCIA_DIRECTION_RIGHT);
  result.phases[1].reversed = TRUE;
  plancia_direction_conclude (&result);
  g_assert_cmpint (result.verdict, ==, PLANCIA_DIRECTION_REVERSED);
  result.phases[0].sensor = 2;
  plancia_direction_conclude (&result);
  /* Two phases on one sensor. */
  g_assert_cmpint (result.verdict, ==, PLANCIA_DIRECTION_RESTLESS);
  result.phases[2].sensor = 0;
  plancia_direction_conclude (&result);
  g_assert_cmpint (result.verdict, ==, PLANCIA_DIRECTION_SWAPPED);
  g_assert_cmpuint (result.phase_of[0], ==, 2);
  result.phases[2].state = PLANCIA_DIRECTION_OPEN;
  plancia_direction_conclude (&result);
  g_assert_cmpint (result.verdict, ==, PLANCIA_DIRECTION_OPEN);
}

static void
test_file (void)
{
  PlanciaDirectionResult result = {.n = 3};
  PlanciaDirectionResult back;
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < 3; i++)
    result.phases[i] = (PlanciaDirectionPhase){
      .state = PLANCIA_DIRECTION_RIGHT,
      .sensor = i,
      .reversed = i == 1,
      .before = {1, 2, 3},
      .load = 2000,
      .n_with = 8
    };
  plancia_direction_conclude (&result);
  node = plancia_direction_to_json (&result);
  plancia_direction_from_json (json_node_get_object (node), &back);
  g_assert_cmpint (back.verdict, ==, PLANCIA_DIRECTION_REVERSED);
  g_assert_cmpmem (&back.phases[1],
                   sizeof back.phases[1],
                   &result.phases[1],
                   sizeof result.phases[1]);
}

/* No wrong verdict in 10 000 houses; it cannot tell in less than a tenth of them. */
static void
test_houses (void)
{
  WiringTally tally = {0};

  wiring_runs (1, 10000, &tally);
  g_test_message ("%u houses: %u wrong (last: %u), %u untold, %u idle, of these %u told; right %u, "
                  "reversed %u, swapped %u, not enough %u, restless %u",
                  tally.runs,
                  tally.wrong,
                  tally.last_wrong,
                  tally.untold,
                  tally.idle,
                  tally.idle_told,
                  tally.kinds[PLANCIA_DIRECTION_RIGHT],
                  tally.kinds[PLANCIA_DIRECTION_REVERSED],
                  tally.kinds[PLANCIA_DIRECTION_SWAPPED],
                  tally.kinds[PLANCIA_DIRECTION_NOT_ENOUGH],
                  tally.kinds[PLANCIA_DIRECTION_RESTLESS]);
  g_assert_cmpuint (tally.wrong, ==, 0);
  g_assert_cmpuint (tally.idle_told, ==, 0);
  g_assert_cmpuint (tally.untold * 10, <, tally.runs - tally.idle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/direction/right", test_right);
  g_test_add_func ("/direction/reversed", test_reversed);
  g_test_add_func ("/direction/swapped", test_swapped);
  g_test_add_func ("/direction/battery-follows", test_battery_follows);
  g_test_add_func ("/direction/not-enough", test_not_enough);
  g_test_add_func ("/direction/one-phase-covered", test_one_phase_covered);
  g_test_add_func ("/direction/restless", test_restless);
  g_test_add_func ("/direction/never-from-one-sample", test_never_from_one_sample);
  g_test_add_func ("/direction/conclude", test_conclude);
  g_test_add_func ("/direction/file", test_file);
  g_test_add_func ("/direction/houses", test_houses);
  return g_test_run ();
}
