/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/quantities.h"

#include <math.h>

/* Machines of this size have many inputs and work at a higher voltage. */
#define LARGE_WATTS      100000.0
#define STRINGS_AN_INPUT 2
#define HEAT_FOR_POWER   3.6
/* W that one litre a minute carries for each degree. */
#define WATER_WATTS   69.7
#define CHARGER_WATTS 7380.0

typedef struct
{
  const PlanciaSiteConfig *config;
  const PlanciaBuild      *build;
  const PlanciaSiteState  *state;
  double                  *out;
} Context;

/* -1 to 1, another one each second: the last digit of a measurement. */
static double
flicker (const Context *context, guint stream)
{
  return 2 * plancia_noise (context->config->seed * 97 + stream, context->state->time / 1000) - 1;
}

static double
drift (const Context *context, guint stream, gint64 period)
{
  return 2 * plancia_noise_smooth (stream, context->state->time, period) - 1;
}

static double
flow (const Context *context, PlanciaFlow which)
{
  return (double) context->state->power[which];
}

static gboolean
is_large (const Context *context)
{
  return MAX (context->config->peak, context->config->limit) >= LARGE_WATTS;
}

/* The grid is the same for everybody; the voltage rises where much is fed in. */
static void
measure_grid (const Context *context)
{
  static const double imbalance[3] = {0, 0.9, -0.7};
  double             *out = context->out;
  double              base = is_large (context) ? 461 : 231;
  double              rise = flow (context, PLANCIA_FLOW_EXPORTING) / 5000;

  out[PLANCIA_QUANTITY_FREQUENCY] = 50 + 0.018 * drift (context, 901, 20 * PLANCIA_SECOND) +
                                    0.004 * flicker (context, 1);
  rise = MIN (rise, 4);
  for (guint i = 0; i < 3; i++)
    out[PLANCIA_QUANTITY_VOLTAGE + i] = base + imbalance[i] + rise +
                                        2.2 * drift (context, 902 + i, 5 * PLANCIA_MINUTE) +
                                        0.3 * flicker (context, 2 + i);
  for (guint i = 0; i < 3; i++)
    out[PLANCIA_QUANTITY_LINE_VOLTAGE + i] =
      (out[PLANCIA_QUANTITY_VOLTAGE + i] + out[PLANCIA_QUANTITY_VOLTAGE + (i + 1) % 3]) / 2 *
      sqrt (3);
}

static double
share_of_phase (const Context *context, guint phase)
{
  static const double share[3] = {0.336, 0.331, 0.333};

  if (context->build->phases == 1)
    return phase == 0 ? 1 : 0;
  return share[phase];
}

static void
split_phases (const Context *context, double total, PlanciaQuantity first)
{
  for (guint i = 0; i < 3; i++)
    context->out[first + i] = total * share_of_phase (context, i);
}

static void
measure_currents (const Context *context, PlanciaQuantity power, PlanciaQuantity current)
{
  for (guint i = 0; i < 3; i++)
    context->out[current + i] = fabs (context->out[power + i]) /
                                context->out[PLANCIA_QUANTITY_VOLTAGE + i];
}

static void
measure_powers (const Context *context)
{
  double *out = context->out;
  double  sun = flow (context, PLANCIA_FLOW_GENERATING);
  double battery = flow (context, PLANCIA_FLOW_CHARGING) - flow (context, PLANCIA_FLOW_DISCHARGING);
  double grid = flow (context, PLANCIA_FLOW_EXPORTING) - flow (context, PLANCIA_FLOW_IMPORTING);

  out[PLANCIA_QUANTITY_PV_POWER] = sun;
  out[PLANCIA_QUANTITY_LOAD] = flow (context, PLANCIA_FLOW_CONSUMING);
  out[PLANCIA_QUANTITY_BATTERY_POWER] = battery;
  out[PLANCIA_QUANTITY_OUTPUT_POWER] = sun - battery;
  out[PLANCIA_QUANTITY_OUTPUT_REACTIVE] = 0.012 * (sun - battery) * flicker (context, 5);
  out[PLANCIA_QUANTITY_OUTPUT_APPARENT] = fabs (sun - battery) * 1.0002;
  out[PLANCIA_QUANTITY_GRID_POWER] = grid;
  out[PLANCIA_QUANTITY_GRID_REACTIVE] = 0.09 * grid;
  out[PLANCIA_QUANTITY_GRID_APPARENT] = fabs (grid) * 1.004;
  out[PLANCIA_QUANTITY_POWER_FACTOR] = grid < 0 ? -0.996 : 0.996;
  split_phases (context, sun - battery, PLANCIA_QUANTITY_OUTPUT_PHASE);
  split_phases (context,
                out[PLANCIA_QUANTITY_OUTPUT_REACTIVE],
                PLANCIA_QUANTITY_OUTPUT_REACTIVE_PHASE);
  split_phases (context, grid, PLANCIA_QUANTITY_GRID_PHASE);
  split_phases (context, out[PLANCIA_QUANTITY_GRID_REACTIVE], PLANCIA_QUANTITY_GRID_REACTIVE_PHASE);
  measure_currents (context, PLANCIA_QUANTITY_OUTPUT_PHASE, PLANCIA_QUANTITY_OUTPUT_CURRENT);
  measure_currents (context, PLANCIA_QUANTITY_GRID_PHASE, PLANCIA_QUANTITY_GRID_CURRENT);
}

static double
input_voltage (const Context *context, guint input)
{
  double nominal = is_large (context) ? 1180 : context->build->phases == 1 ? 378 : 612;
  double light = MIN (context->state->beam, 1.0);

  if (flow (context, PLANCIA_FLOW_GENERATING) <= 0)
    return nominal * 0.9 * MIN (light * 40, 1.0);
  return nominal * (1.02 - 0.06 * light) + 6.0 * input + 1.5 * flicker (context, 20 + input);
}

static void
measure_inputs (const Context *context)
{
  double *out = context->out;
  guint   inputs = context->build->inputs;
  double  sun = out[PLANCIA_QUANTITY_PV_POWER];

  for (guint i = 0; i < inputs; i++) {
    /* The first inputs have a panel more; the shares add up to one. */
    double lean = inputs > 1 ? 0.04 * (1 - 2.0 * i / (inputs - 1)) : 0;
    double power = sun / inputs * (1 + lean);
    double voltage = input_voltage (context, i);
    double current = voltage > 1 ? power / voltage : 0;

    out[PLANCIA_QUANTITY_INPUT_POWER + i] = power;
    out[PLANCIA_QUANTITY_INPUT_VOLTAGE + i] = voltage;
    out[PLANCIA_QUANTITY_INPUT_CURRENT + i] = current;
    out[PLANCIA_QUANTITY_STRING_CURRENT + i] = current / STRINGS_AN_INPUT;
  }
}

static double
battery_voltage (const Context *context)
{
  double nominal = context->config->capacity > 100000 ? 768
                   : context->build->phases == 1      ? 51.2
                                                      : 409.6;
  double power = context->out[PLANCIA_QUANTITY_BATTERY_POWER];
  double stress = context->config->battery_power > 0 ? power / context->config->battery_power : 0;

  return nominal * (0.965 + 0.0009 * context->state->soc + 0.012 * stress) +
         nominal * 0.0003 * flicker (context, 40);
}

static void
measure_battery (const Context *context)
{
  const PlanciaSiteConfig *config = context->config;
  double                  *out = context->out;
  double                   power = out[PLANCIA_QUANTITY_BATTERY_POWER];
  double                   voltage, cycles;

  if (config->capacity <= 0)
    return;
  voltage = battery_voltage (context);
  cycles = context->state->total[PLANCIA_FLOW_DISCHARGING] * 1000 / config->capacity;
  out[PLANCIA_QUANTITY_BATTERY_VOLTAGE] = voltage;
  out[PLANCIA_QUANTITY_BATTERY_CURRENT] = power / voltage;
  out[PLANCIA_QUANTITY_BATTERY_TEMPERATURE] = 0.4 * context->state->ambient + 15 +
                                              5 * fabs (power) / MAX (config->battery_power, 1);
  out[PLANCIA_QUANTITY_SOC] = floor (context->state->soc + 0.5);
  out[PLANCIA_QUANTITY_SOH] = MAX (100 - cycles / 250, 60);
  out[PLANCIA_QUANTITY_CYCLES] = floor (cycles);
  out[PLANCIA_QUANTITY_CAPACITY_AH] = config->capacity / (voltage > 0 ? voltage : 1);
  out[PLANCIA_QUANTITY_CHARGE_LIMIT] = config->battery_power / voltage;
  out[PLANCIA_QUANTITY_BATTERY_STATE] = power > 0 ? 1 : power < 0 ? 2 : 3;
}

static void
measure_energies (const Context          *context,
                  const PlanciaSiteState *month,
                  const PlanciaSiteState *year)
{
  for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++) {
    double total = context->state->total[i];

    context->out[PLANCIA_QUANTITY_TODAY + i] = context->state->today[i];
    context->out[PLANCIA_QUANTITY_TOTAL + i] = total;
    context->out[PLANCIA_QUANTITY_MONTH + i] = total - month->total[i];
    context->out[PLANCIA_QUANTITY_YEAR + i] = total - year->total[i];
  }
}

static void
measure_inside (const Context *context)
{
  const PlanciaSiteConfig *config = context->config;
  double                  *out = context->out;
  double                   rated = config->limit > 0 ? config->limit : MAX (config->peak, 1000);
  double                   effort = fabs (out[PLANCIA_QUANTITY_OUTPUT_POWER]) / rated;
  double                   service;

  service = (double) (context->state->time - context->build->commissioned) / PLANCIA_MINUTE;
  out[PLANCIA_QUANTITY_RATED_POWER] = rated;
  out[PLANCIA_QUANTITY_AMBIENT] = context->state->ambient + 6 + 8 * effort;
  out[PLANCIA_QUANTITY_HEAT_SINK] = context->state->ambient + 7 + 26 * effort;
  out[PLANCIA_QUANTITY_MODULE] = context->state->ambient + 9 + 32 * effort;
  out[PLANCIA_QUANTITY_FAN] = effort > 0.3 ? 900 + 2400 * effort + 20 * flicker (context, 50) : 0;
  out[PLANCIA_QUANTITY_MINUTES_TODAY] = context->state->generating_minutes;
  out[PLANCIA_QUANTITY_SERVICE_MINUTES] = MAX (service, 0);
  out[PLANCIA_QUANTITY_MINUTES_TOTAL] = MAX (service, 0) * 0.47;
  out[PLANCIA_QUANTITY_INSULATION] = 2100 + floor (120 * drift (context, 60, PLANCIA_HOUR));
  out[PLANCIA_QUANTITY_BUS_VOLTAGE] = (is_large (context) ? 1220 : 660) + 2 * flicker (context, 51);
  out[PLANCIA_QUANTITY_LEAKAGE] = 12 + 3 * flicker (context, 52);
  out[PLANCIA_QUANTITY_INJECTION] = 8 * flicker (context, 53);
}

static void
measure_states (const Context *context)
{
  double *out = context->out;
  double  battery = out[PLANCIA_QUANTITY_BATTERY_POWER];
  double  used = out[PLANCIA_QUANTITY_LOAD];
  gint64  hour = (context->state->time - context->state->day.start) / PLANCIA_HOUR;
  /* A hybrid stays on the grid at night, a string inverter waits for the sun. */
  gboolean works = out[PLANCIA_QUANTITY_PV_POWER] > 0 || context->config->capacity > 0;

  out[PLANCIA_QUANTITY_ONE] = 1;
  out[PLANCIA_QUANTITY_INVERTER_STATE] = works ? 2 : 0;
  out[PLANCIA_QUANTITY_STORAGE_STATE] = battery > 0 ? 2 : battery < 0 ? 3 : 1;
  out[PLANCIA_QUANTITY_CHARGER_STATE] = used > 100 ? 2 : hour >= 18 ? 1 : 0;
  out[PLANCIA_QUANTITY_CHARGER_PLUGGED] = used > 100 || hour >= 18;
  out[PLANCIA_QUANTITY_SESSION_TIME] = context->state->today[PLANCIA_FLOW_CONSUMING] * 1000 /
                                       CHARGER_WATTS * 3600;
  out[PLANCIA_QUANTITY_PUMP_STATE] = used < 300 ? 1 : context->state->ambient > 18 ? 3 : 2;
}

static void
measure_pump (const Context *context)
{
  double *out = context->out;
  double  used = out[PLANCIA_QUANTITY_LOAD];
  double  heat = used > 300 ? used * HEAT_FOR_POWER : 0;
  double  water = heat > 0 ? 17.5 + 0.3 * flicker (context, 70) : 0;
  double  back = 34 + 2 * drift (context, 71, 40 * PLANCIA_MINUTE);

  out[PLANCIA_QUANTITY_OUTDOOR] = context->state->ambient;
  out[PLANCIA_QUANTITY_THERMAL_POWER] = heat;
  out[PLANCIA_QUANTITY_WATER_FLOW] = water;
  out[PLANCIA_QUANTITY_RETURN_TEMPERATURE] = back;
  out[PLANCIA_QUANTITY_FLOW_TEMPERATURE] = back + (water > 0 ? heat / water / WATER_WATTS : -1);
  out[PLANCIA_QUANTITY_TANK_TEMPERATURE] = 48 + 3 * drift (context, 72, 3 * PLANCIA_HOUR);
  out[PLANCIA_QUANTITY_COMPRESSOR_SPEED] = heat > 0 ? MIN (used / 14, 100) : 0;
  out[PLANCIA_QUANTITY_COMPRESSOR_HOURS] =
    floor (context->state->total[PLANCIA_FLOW_CONSUMING] / 1.1);
  out[PLANCIA_QUANTITY_HEAT_TODAY] = context->state->today[PLANCIA_FLOW_CONSUMING] * HEAT_FOR_POWER;
}

/**
 * plancia_quantities_measure:
 * @config: ratings of the site
 * @build: of the device
 * @state: of the site, now
 * @month: of the site when the month began; zeros if before the commissioning
 * @year: of the site when the year began
 * @out: (out caller-allocates): %PLANCIA_N_QUANTITIES numbers
 *
 * Powers and energies are those of @state; the rest is made up to go with them, and wavers in the last
 * digit from second to second, as measurements do.
 */
void
plancia_quantities_measure (const PlanciaSiteConfig *config,
                            const PlanciaBuild      *build,
                            const PlanciaSiteState  *state,
                            const PlanciaSiteState  *month,
                            const PlanciaSiteState  *year,
                            double                  *out)
{
  Context context = {config, build, state, out};

  for (guint i = 0; i < PLANCIA_N_QUANTITIES; i++)
    out[i] = 0;
  measure_grid (&context);
  measure_powers (&context);
  measure_inputs (&context);
  measure_battery (&context);
  measure_energies (&context, month, year);
  measure_inside (&context);
  measure_states (&context);
  measure_pump (&context);
}
