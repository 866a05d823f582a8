/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/wiring.h"

#include <math.h>

#define GRID(phase) quantities[PLANCIA_QUANTITY_GRID_PHASE + (phase)]
/* W that come and go where a big machine starts and stops all the time. */
#define RESTLESS_WATTS 2400
#define RESTLESS_TIME  3000

/* Where each sensor sits, and which way round. */
static const struct
{
  PlanciaFault fault;
  guint        phase[3];
  int          sign[3];
} wirings[] = {
  {PLANCIA_FAULT_CT_REVERSED_L1,   {0, 1, 2}, {-1, 1, 1}  },
  {PLANCIA_FAULT_CT_REVERSED_L2,   {0, 1, 2}, {1, -1, 1}  },
  {PLANCIA_FAULT_CT_REVERSED_L3,   {0, 1, 2}, {1, 1, -1}  },
  {PLANCIA_FAULT_CT_REVERSED_ALL,  {0, 1, 2}, {-1, -1, -1}},
  {PLANCIA_FAULT_CT_SWAPPED_L1_L2, {1, 0, 2}, {1, 1, 1}   },
  {PLANCIA_FAULT_CT_SWAPPED_L1_L3, {2, 1, 0}, {1, 1, 1}   },
  {PLANCIA_FAULT_CT_SWAPPED_L2_L3, {0, 2, 1}, {1, 1, 1}   },
  {PLANCIA_FAULT_CT_ROTATED,       {1, 2, 0}, {1, 1, 1}   },
};

gboolean
plancia_wiring_is_one (PlanciaFault fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (wirings); i++)
    if (wirings[i].fault == fault)
      return TRUE;
  return fault == PLANCIA_FAULT_RESTLESS_HOUSE;
}

static void
switch_on (const double *load, guint phases, double *quantities)
{
  double all = load[0] + load[1] + load[2];

  quantities[PLANCIA_QUANTITY_LOAD] += all;
  for (guint i = 0; i < 3; i++)
    GRID (phases == 1 ? 0 : i) -= load[i];
}

/* Machines on each phase, each in its own time. */
static void
disturb (guint phases, gint64 time, double *quantities)
{
  for (guint i = 0; i < phases; i++) {
    double share = plancia_noise (7700 + i, time / (RESTLESS_TIME + 500 * (gint64) i));

    GRID (i) -= RESTLESS_WATTS * share;
    quantities[PLANCIA_QUANTITY_LOAD] += RESTLESS_WATTS * share;
  }
}

static void
rewire (PlanciaFault fault, guint phases, double *quantities)
{
  const double truth[3] = {GRID (0), GRID (1), GRID (2)};

  for (guint w = 0; w < G_N_ELEMENTS (wirings); w++) {
    if (wirings[w].fault != fault)
      continue;
    for (guint i = 0; i < phases; i++)
      GRID (i) = wirings[w].sign[i] * truth[phases == 1 ? 0 : wirings[w].phase[i]];
  }
}

/* All that is worked out of the phases. */
static void
sum_up (guint phases, double *quantities)
{
  double sum = 0;

  for (guint i = 0; i < phases; i++) {
    sum += GRID (i);
    quantities[PLANCIA_QUANTITY_GRID_CURRENT + i] = fabs (GRID (i)) /
                                                    quantities[PLANCIA_QUANTITY_VOLTAGE + i];
  }
  quantities[PLANCIA_QUANTITY_GRID_POWER] = sum;
  quantities[PLANCIA_QUANTITY_GRID_APPARENT] = fabs (sum) * 1.004;
  /* What the inverter takes for the house is what it feeds in less what its sensors say. */
  quantities[PLANCIA_QUANTITY_LOAD] = MAX (0, quantities[PLANCIA_QUANTITY_OUTPUT_POWER] - sum);
}

void
plancia_wiring_turn (const gboolean *turned, guint phases, double *quantities)
{
  if (!turned[0] && !turned[1] && !turned[2])
    return;
  for (guint i = 0; i < phases; i++)
    if (turned[i])
      GRID (i) = -GRID (i);
  sum_up (phases, quantities);
}

/**
 * plancia_wiring_apply:
 * @fault: of the device
 * @load: W on each of three phases
 * @phases: 1 or 3
 * @time: ms
 * @quantities: what sound sensors would show
 */
void
plancia_wiring_apply (PlanciaFault  fault,
                      const double *load,
                      guint         phases,
                      gint64        time,
                      double       *quantities)
{
  gboolean loaded = load[0] != 0 || load[1] != 0 || load[2] != 0;

  if (!loaded && !plancia_wiring_is_one (fault))
    return;
  switch_on (load, phases, quantities);
  if (fault == PLANCIA_FAULT_RESTLESS_HOUSE)
    disturb (phases, time, quantities);
  rewire (fault, phases, quantities);
  sum_up (phases, quantities);
}
