/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/site-control.h"

/* Minutes since midnight, local. */
static guint
minute_of (const PlanciaSiteConfig *config, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, config->zone);

  return (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

/* A span of the day may go over midnight. */
static gboolean
is_within (guint minute, guint start, guint end)
{
  if (start <= end)
    return minute >= start && minute < end;
  return minute >= start || minute < end;
}

static gint64
timed_battery (const PlanciaSiteControl *control,
               const PlanciaSiteConfig  *config,
               gint64                    time,
               gint64                    own)
{
  guint minute = minute_of (config, time);

  if (control->charge_power > 0 && is_within (minute, control->charge_start, control->charge_end))
    return control->charge_power;
  if (control->discharge_power > 0 &&
      is_within (minute, control->discharge_start, control->discharge_end))
    return -control->discharge_power;
  return own;
}

/* W, positive: charges. */
static gint64
wanted_battery (const PlanciaSiteControl *control,
                const PlanciaSiteConfig  *config,
                const PlanciaSiteState   *state,
                gint64                    own)
{
  gint64 rest = state->power[PLANCIA_FLOW_GENERATING] - state->power[PLANCIA_FLOW_CONSUMING];

  switch (control->battery) {
  case PLANCIA_SITE_BATTERY_PASSIVE:
    return CLAMP (control->grid + rest, control->battery_minimum, control->battery_maximum);
  case PLANCIA_SITE_BATTERY_TIMED:
    return timed_battery (control, config, state->time, own);
  case PLANCIA_SITE_BATTERY_IDLE:
    return 0;
  case PLANCIA_SITE_BATTERY_SELF_USE:
  default:
    return own;
  }
}

/* What the battery can do, whatever it is told. */
static gint64
possible_battery (const PlanciaSiteConfig *config, const PlanciaSiteState *state, gint64 wanted)
{
  gint64 most = (gint64) config->battery_power;

  if (config->capacity <= 0)
    return 0;
  if ((wanted > 0 && state->soc >= config->soc_maximum) ||
      (wanted < 0 && state->soc <= config->soc_minimum))
    return 0;
  return CLAMP (wanted, -most, most);
}

static void
set_flows (PlanciaSiteState *state, gint64 sun, gint64 load, gint64 battery)
{
  gint64  grid = sun - load - battery;
  gint64 *power = state->power;

  power[PLANCIA_FLOW_CHARGING] = MAX (battery, 0);
  power[PLANCIA_FLOW_DISCHARGING] = MAX (-battery, 0);
  power[PLANCIA_FLOW_EXPORTING] = MAX (grid, 0);
  power[PLANCIA_FLOW_IMPORTING] = MAX (-grid, 0);
  power[PLANCIA_FLOW_AUTOCONSUMING] = sun - power[PLANCIA_FLOW_CHARGING] -
                                      power[PLANCIA_FLOW_EXPORTING];
  power[PLANCIA_FLOW_GENERATING] = sun;
  power[PLANCIA_FLOW_CONSUMING] = load;
}

/**
 * plancia_site_control_apply:
 * @state: (inout): flows and state of charge
 *
 * A battery that is charged from the grid makes the flow of direct consumption negative, so that the balances hold.
 */
void
plancia_site_control_apply (const PlanciaSiteControl *control,
                            const PlanciaSiteConfig  *config,
                            PlanciaSiteState         *state)
{
  gint64 sun = control->off ? 0 : state->power[PLANCIA_FLOW_GENERATING];
  gint64 load = state->power[PLANCIA_FLOW_CONSUMING];
  gint64 own = state->power[PLANCIA_FLOW_CHARGING] - state->power[PLANCIA_FLOW_DISCHARGING];
  gint64 battery =
    control->off ? 0
                 : possible_battery (config, state, wanted_battery (control, config, state, own));
  gint64 surplus = sun - load - battery;

  /* What may not be fed in is not made. */
  if (surplus > control->export_limit)
    sun -= MIN (sun, surplus - control->export_limit);
  set_flows (state, sun, load, battery);
}
