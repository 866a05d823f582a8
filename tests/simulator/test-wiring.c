/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/wiring.h"

#include <math.h>

/* A house whose phases take 100, 200 and 300 W from the grid, the inverter at rest. */
static void
fill (double *quantities)
{
  for (guint i = 0; i < PLANCIA_N_QUANTITIES; i++)
    quantities[i] = 0;
  for (guint i = 0; i < 3; i++) {
    quantities[PLANCIA_QUANTITY_GRID_PHASE + i] = -100.0 * (i + 1);
    quantities[PLANCIA_QUANTITY_VOLTAGE + i] = 230;
  }
  quantities[PLANCIA_QUANTITY_GRID_POWER] = -600;
  quantities[PLANCIA_QUANTITY_LOAD] = 600;
}

static void
check (const char *fault, const double *load, double l1, double l2, double l3)
{
  double quantities[PLANCIA_N_QUANTITIES];
  double expected[3] = {l1, l2, l3};

  g_assert_true (plancia_faults_is_known ("inverter", fault));
  g_assert_true (plancia_faults_is_known ("meter", fault));
  g_assert_false (plancia_faults_is_known ("heat-pump", fault));
  fill (quantities);
  plancia_wiring_apply (plancia_faults_parse (fault), load, 3, 1000, quantities);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_PHASE + i], ==, expected[i]);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_POWER], ==, l1 + l2 + l3);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_LOAD], ==, MAX (0, -(l1 + l2 + l3)));
  g_assert_cmpfloat_with_epsilon (quantities[PLANCIA_QUANTITY_GRID_CURRENT + 1],
                                  fabs (l2) / 230,
                                  1e-9);
}

static void
test_wirings (void)
{
  const double none[3] = {0, 0, 0};
  const double load[3] = {0, 2000, 0};

  check ("ct-reversed-l1", none, 100, -200, -300);
  check ("ct-reversed-l2", none, -100, 200, -300);
  check ("ct-reversed-l3", none, -100, -200, 300);
  check ("ct-reversed-all", none, 100, 200, 300);
  check ("ct-swapped-l1-l2", none, -200, -100, -300);
  check ("ct-swapped-l1-l3", none, -300, -200, -100);
  check ("ct-swapped-l2-l3", none, -100, -300, -200);
  check ("ct-rotated", none, -200, -300, -100);
  check ("ct-reversed-l2", load, -100, 2200, -300);
  check ("ct-swapped-l1-l2", load, -2200, -100, -300);
}

static void
test_sound (void)
{
  const double none[3] = {0, 0, 0};
  const double load[3] = {0, 0, 1500};
  double       quantities[PLANCIA_N_QUANTITIES];

  fill (quantities);
  plancia_wiring_apply (PLANCIA_FAULT_NONE, none, 3, 1000, quantities);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_POWER], ==, -600);
  plancia_wiring_apply (PLANCIA_FAULT_NONE, load, 3, 1000, quantities);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_PHASE + 2], ==, -1800);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_LOAD], ==, 2100);
}

/* The one phase takes the load whatever it is called. */
static void
test_one_phase (void)
{
  const double load[3] = {0, 1000, 0};
  double       quantities[PLANCIA_N_QUANTITIES];

  fill (quantities);
  quantities[PLANCIA_QUANTITY_GRID_PHASE + 1] = 0;
  quantities[PLANCIA_QUANTITY_GRID_PHASE + 2] = 0;
  plancia_wiring_apply (PLANCIA_FAULT_CT_REVERSED_L1, load, 1, 1000, quantities);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_PHASE], ==, 1100);
  g_assert_cmpfloat (quantities[PLANCIA_QUANTITY_GRID_POWER], ==, 1100);
}

static void
test_restless (void)
{
  const double none[3] = {0, 0, 0};
  double       lowest = 0;
  double       highest = -1e6;

  for (gint64 time = 0; time < 60000; time += 2000) {
    double quantities[PLANCIA_N_QUANTITIES];

    fill (quantities);
    plancia_wiring_apply (PLANCIA_FAULT_RESTLESS_HOUSE, none, 3, time, quantities);
    lowest = MIN (lowest, quantities[PLANCIA_QUANTITY_GRID_PHASE]);
    highest = MAX (highest, quantities[PLANCIA_QUANTITY_GRID_PHASE]);
  }
  g_assert_cmpfloat (highest - lowest, >, 1000);
}

static void
test_load_of_a_device (void)
{
  g_autoptr (PlanciaFaults) faults = plancia_faults_new ();
  const double load[3] = {1, 2, 3};
  double       found[3];

  plancia_faults_add (faults, "A", "inverter", NULL);
  g_assert_false (plancia_faults_set_load (faults, "B", load));
  g_assert_true (plancia_faults_set_load (faults, "A", load));
  plancia_faults_get_load (faults, "A", found);
  g_assert_cmpfloat (found[2], ==, 3);
  plancia_faults_get_load (faults, "B", found);
  g_assert_cmpfloat (found[2], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wiring/wirings", test_wirings);
  g_test_add_func ("/wiring/sound", test_sound);
  g_test_add_func ("/wiring/one-phase", test_one_phase);
  g_test_add_func ("/wiring/restless", test_restless);
  g_test_add_func ("/wiring/load-of-a-device", test_load_of_a_device);
  return g_test_run ();
}
