/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/site-day.h"

#include <math.h>

#define DEGREE (G_PI / 180)
/* Cells, wiring and inverter together turn this much of the rated power into AC. */
#define PERFORMANCE        0.88
#define BATTERY_EFFICIENCY 0.96
/* Near its limits a battery slows down: what is left is filled or emptied in a third of an hour. */
#define TAPER 3.0
/* Less than this is not worth waking the battery for. */
#define BATTERY_THRESHOLD 30.0
/* An inverter starts above, and sleeps below. */
#define WAKE_UP 0.004

/* Where the panels face: a unit vector. Worked out once for a day, not once a minute. */
typedef struct
{
  double east;
  double north;
  double up;
} Panel;

typedef struct
{
  Panel                    panel;
  const PlanciaSiteConfig *config;
  const PlanciaLoadShape  *load;
  GPtrArray               *members;
  gint64                   day_number;
} Context;

static double
capacity_at (const PlanciaSiteConfig *config, double percent)
{
  return config->capacity * percent / 100;
}

static void
panel_init (Panel *self, const PlanciaSiteConfig *config)
{
  double tilt = config->tilt * DEGREE;
  double azimuth = config->azimuth * DEGREE;

  *self = (Panel){sin (tilt) * sin (azimuth), sin (tilt) * cos (azimuth), cos (tilt)};
}

static double
panel_light (const Panel *self, const PlanciaSkyDay *sky, gint64 time)
{
  PlanciaSky light;
  double     facing;

  plancia_sky_day_look (sky, time, &light);
  if (light.diffuse <= 0)
    return 0;
  facing = light.up * self->up + light.east * self->east + light.north * self->north;
  return light.beam * MAX (facing, 0.0) + light.diffuse * (1 + self->up) / 2;
}

static double
panel_watts (const Context *context, const PlanciaSkyDay *sky, gint64 time)
{
  const PlanciaSiteConfig *config = context->config;
  double                   limit = config->limit > 0 ? config->limit : config->peak;
  double                   light = panel_light (&context->panel, sky, time);
  double                   warmth, watts;

  if (light <= 0)
    return 0;
  warmth = plancia_sky_day_temperature (sky, time) + 28 * light - 25;
  watts = config->peak * light * PERFORMANCE * (1 - 0.0037 * warmth);
  return watts < config->peak * WAKE_UP ? 0 : MIN (watts, limit);
}

static double
charge_limit (const PlanciaSiteConfig *config, double stored)
{
  double room = capacity_at (config, config->soc_maximum) - stored;
  return MIN (config->battery_power, room * TAPER);
}

static double
discharge_limit (const PlanciaSiteConfig *config, double stored)
{
  double left = stored - capacity_at (config, config->soc_minimum);
  return MIN (config->battery_power, left * TAPER);
}

/* The sun serves the house first, then the battery, then the grid; what the house misses comes from
 * the battery, then from the grid. */
static void
dispatch (const PlanciaSiteConfig *config,
          gint32                   sun,
          gint32                   house,
          double                   stored,
          PlanciaFlows            *out)
{
  gint32 used = MIN (sun, house);
  gint32 surplus = sun - used;
  gint32 missing = house - used;
  gint32 in = (gint32) MIN (surplus, charge_limit (config, stored));
  gint32 from = (gint32) MIN (missing, discharge_limit (config, stored));

  in = in < BATTERY_THRESHOLD ? 0 : in;
  from = from < BATTERY_THRESHOLD ? 0 : from;
  out->flow[PLANCIA_FLOW_AUTOCONSUMING] = used;
  out->flow[PLANCIA_FLOW_CHARGING] = in;
  out->flow[PLANCIA_FLOW_EXPORTING] = surplus - in;
  out->flow[PLANCIA_FLOW_DISCHARGING] = from;
  out->flow[PLANCIA_FLOW_IMPORTING] = missing - from;
}

static void
sum_members (GPtrArray *members, guint step, PlanciaFlows *out)
{
  gint32 net = 0;

  for (guint i = 0; i < members->len; i++) {
    const PlanciaSiteDay *day = g_ptr_array_index (members, i);
    const PlanciaFlows   *flows = &day->flows[MIN (step, day->n_steps)];
    net += flows->flow[PLANCIA_FLOW_EXPORTING] - flows->flow[PLANCIA_FLOW_IMPORTING];
  }
  *out = (PlanciaFlows){0};
  out->flow[PLANCIA_FLOW_EXPORTING] = MAX (net, 0);
  out->flow[PLANCIA_FLOW_IMPORTING] = MAX (-net, 0);
}

/* Clocks change in the small hours: before, a day of 23 or 25 hours is like any other; after, people
 * live by the new time. */
static guint
minute_on_the_wall (const PlanciaSiteDay *self, guint step)
{
  return step < 3 * 60 ? step : (step + 24 * 60 - self->n_steps) % (24 * 60);
}

static void
flows_at (const PlanciaSiteDay *self,
          const Context        *context,
          guint                 step,
          double                stored,
          PlanciaFlows         *out)
{
  const PlanciaSiteConfig *config = context->config;
  gint64                   time = self->begin.start + step * PLANCIA_SITE_STEP;
  guint                    minute = minute_on_the_wall (self, step);
  gint32                   sun, house;

  if (context->members != NULL) {
    sum_members (context->members, step, out);
    return;
  }
  sun = config->peak > 0 ? (gint32) panel_watts (context, &self->sky, time) : 0;
  house = (gint32) plancia_load_shape_watts (context->load,
                                             time,
                                             minute,
                                             context->day_number,
                                             self->sky.temperature_mean);
  dispatch (config, sun, house, stored, out);
}

static double
store (const PlanciaFlows *from, const PlanciaFlows *to, double stored)
{
  double hours = (double) PLANCIA_SITE_STEP / PLANCIA_HOUR / 2;
  double in = from->flow[PLANCIA_FLOW_CHARGING] + to->flow[PLANCIA_FLOW_CHARGING];
  double out = from->flow[PLANCIA_FLOW_DISCHARGING] + to->flow[PLANCIA_FLOW_DISCHARGING];

  return stored + hours * (in * BATTERY_EFFICIENCY - out / BATTERY_EFFICIENCY);
}

static void
add_step (const PlanciaFlows    *from,
          const PlanciaFlows    *to,
          const PlanciaEnergies *before,
          PlanciaEnergies       *after)
{
  for (guint i = 0; i < PLANCIA_N_FLOWS; i++)
    after->flow[i] = before->flow[i] + (from->flow[i] + to->flow[i]) * (PLANCIA_SITE_STEP / 2);
}

static void
run (PlanciaSiteDay *self, const Context *context)
{
  double stored = self->begin.stored;

  self->flows[0] = self->begin.flows;
  self->stored[0] = (float) stored;
  for (guint step = 1; step <= self->n_steps; step++) {
    flows_at (self, context, step, stored, &self->flows[step]);
    stored = store (&self->flows[step - 1], &self->flows[step], stored);
    self->stored[step] = (float) stored;
    add_step (&self->flows[step - 1],
              &self->flows[step],
              &self->energies[step - 1],
              &self->energies[step]);
  }
  self->end.stored = stored;
  self->end.flows = self->flows[self->n_steps];
  for (guint i = 0; i < PLANCIA_N_FLOWS; i++)
    self->end.total.flow[i] = self->begin.total.flow[i] + self->energies[self->n_steps].flow[i];
}

/**
 * plancia_midnight_init:
 * @self: (out caller-allocates): the midnight
 * @config: of the site
 * @start: ms UTC, a local midnight
 *
 * A new site begins with a battery half full and counters at zero.
 */
void
plancia_midnight_init (PlanciaMidnight *self, const PlanciaSiteConfig *config, gint64 start)
{
  *self = (PlanciaMidnight){.start = start};
  self->stored = capacity_at (config, (config->soc_minimum + config->soc_maximum) / 2);
}

/**
 * plancia_site_light:
 * @config: of the site
 * @sky: of the day
 * @time: ms UTC
 *
 * Returns: light on the panels, kW/m²
 */
double
plancia_site_light (const PlanciaSiteConfig *config, const PlanciaSkyDay *sky, gint64 time)
{
  Panel panel;

  panel_init (&panel, config);
  return panel_light (&panel, sky, time);
}

/**
 * plancia_site_day_new:
 * @config: of the site
 * @load: (nullable): what the house draws; %NULL for a meter
 * @begin: what the day before handed over
 * @end: the next local midnight, ms UTC; 23, 24 or 25 hours later
 * @members: (nullable): days of the sites that a meter adds up
 *
 * Returns: (transfer full): the day
 */
PlanciaSiteDay *
plancia_site_day_new (const PlanciaSiteConfig *config,
                      const PlanciaLoadShape  *load,
                      const PlanciaMidnight   *begin,
                      gint64                   end,
                      GPtrArray               *members)
{
  PlanciaSiteDay *self = g_new0 (PlanciaSiteDay, 1);
  gint64          noon = begin->start + (end - begin->start) / 2;
  Context         context = {.config = config, .load = load, .members = members};

  panel_init (&context.panel, config);
  context.day_number = noon / PLANCIA_DAY;
  self->begin = *begin;
  self->end.start = end;
  self->n_steps = (guint) ((end - begin->start) / PLANCIA_SITE_STEP);
  self->flows = g_new0 (PlanciaFlows, self->n_steps + 1);
  self->energies = g_new0 (PlanciaEnergies, self->n_steps + 1);
  self->stored = g_new0 (float, self->n_steps + 1);
  plancia_sky_day_init (&self->sky, &config->place, noon);
  run (self, &context);
  return self;
}

void
plancia_site_day_free (PlanciaSiteDay *self)
{
  g_free (self->flows);
  g_free (self->energies);
  g_free (self->stored);
  g_free (self);
}

/**
 * plancia_site_day_look:
 * @self: the day
 * @time: ms UTC within it
 * @flows: (out): rounded to the watt
 * @energies: (out): since midnight; of the straight lines, exactly
 */
void
plancia_site_day_look (const PlanciaSiteDay *self,
                       gint64                time,
                       PlanciaFlows         *flows,
                       PlanciaEnergies      *energies)
{
  gint64 since = CLAMP (time - self->begin.start, 0, (gint64) self->n_steps * PLANCIA_SITE_STEP);
  guint  step = (guint) MIN (since / PLANCIA_SITE_STEP, self->n_steps - 1);
  gint64 part = since - step * PLANCIA_SITE_STEP;

  for (guint i = 0; i < PLANCIA_N_FLOWS; i++) {
    gint64 from = self->flows[step].flow[i];
    gint64 rise = self->flows[step + 1].flow[i] - from;

    flows->flow[i] = (gint32) (from + (gint64) round ((double) (rise * part) / PLANCIA_SITE_STEP));
    energies->flow[i] = self->energies[step].flow[i] + from * part +
                        rise * part * part / (2 * PLANCIA_SITE_STEP);
  }
}

/**
 * plancia_site_day_stored:
 * @self: the day
 * @time: ms UTC within it
 *
 * Returns: Wh in the battery
 */
double
plancia_site_day_stored (const PlanciaSiteDay *self, gint64 time)
{
  gint64 since = CLAMP (time - self->begin.start, 0, (gint64) self->n_steps * PLANCIA_SITE_STEP);
  guint  step = (guint) MIN (since / PLANCIA_SITE_STEP, self->n_steps - 1);
  double part = (double) (since - step * PLANCIA_SITE_STEP) / PLANCIA_SITE_STEP;

  return self->stored[step] + (self->stored[step + 1] - self->stored[step]) * part;
}
