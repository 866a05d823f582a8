/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/site.h"

#include "simulator/site-control.h"
#include "simulator/site-day.h"
#include <string.h>

/* Days kept whole: today, and those that a person looks at. Some 100 KB each. */
#define KEPT_DAYS 4
/* A control that nobody looked at for longer than that did nothing meanwhile, ms. */
#define LONGEST_GAP           (15 * PLANCIA_MINUTE)
#define WATT_MS_PER_HOUR      (G_GINT64_CONSTANT (3600) * 1000)
#define WATT_MS_PER_HUNDREDTH (G_GINT64_CONSTANT (36000) * 1000)

/* What a control has done so far, in W ms: how much more than without it. */
typedef struct
{
  gint64 at;  /* until then; 0: nothing yet */
  gint64 day; /* its midnight */
  gint64 today[PLANCIA_N_FLOWS];
  gint64 total[PLANCIA_N_FLOWS];
  gint64 stored;
} Effect;

struct _PlanciaSite
{
  int                reference_count;
  PlanciaSiteConfig  config;
  PlanciaLoadShape  *load;
  GPtrArray         *members;   /* PlanciaSite*, or NULL */
  GArray            *midnights; /* PlanciaMidnight, one a day from the commissioning */
  PlanciaSiteDay    *kept[KEPT_DAYS];
  guint              next_kept;
  PlanciaSiteControl control; /* since 0: none */
  Effect             effect;
};

/* The day that begins with midnight number index, which is known. */
static PlanciaSiteDay *work_out (PlanciaSite *self, guint index);

static PlanciaMidnight *
midnight (PlanciaSite *self, guint index)
{
  return &g_array_index (self->midnights, PlanciaMidnight, index);
}

static gint64
next_midnight (PlanciaSite *self, gint64 start)
{
  return plancia_span_day (self->config.zone, start).end;
}

/* Fills the chain until the day that holds time; its number. */
static guint
find_day (PlanciaSite *self, gint64 time)
{
  guint last = self->midnights->len - 1;
  guint index;

  while (next_midnight (self, midnight (self, last)->start) <= time) {
    PlanciaSiteDay *day = work_out (self, last);
    g_array_append_val (self->midnights, day->end);
    plancia_site_day_free (day);
    last++;
  }
  index = (guint) ((time - midnight (self, 0)->start) / PLANCIA_DAY);
  index = MIN (index, last);
  while (midnight (self, index)->start > time)
    index--;
  while (index < last && midnight (self, index + 1)->start <= time)
    index++;
  return index;
}

static PlanciaSiteDay *
keep (PlanciaSite *self, PlanciaSiteDay *day)
{
  PlanciaSiteDay **place = &self->kept[self->next_kept];

  g_clear_pointer (place, plancia_site_day_free);
  self->next_kept = (self->next_kept + 1) % KEPT_DAYS;
  return *place = day;
}

/* Borrowed until the next question about another day. */
static PlanciaSiteDay *
get_day (PlanciaSite *self, gint64 time)
{
  PlanciaSiteDay *day;
  guint           index;

  for (guint i = 0; i < KEPT_DAYS; i++)
    if (self->kept[i] != NULL && self->kept[i]->begin.start <= time &&
        time < self->kept[i]->end.start)
      return self->kept[i];
  index = find_day (self, time);
  day = work_out (self, index);
  /* Whoever goes on to the next day need not work this one out again. */
  if (index == self->midnights->len - 1)
    g_array_append_val (self->midnights, day->end);
  return keep (self, day);
}

static PlanciaSiteDay *
work_out (PlanciaSite *self, guint index)
{
  PlanciaMidnight begin = *midnight (self, index);
  g_autoptr (GPtrArray) days = NULL;

  if (self->members != NULL)
    days = g_ptr_array_new ();
  for (guint i = 0; self->members != NULL && i < self->members->len; i++) {
    PlanciaSite *member = g_ptr_array_index (self->members, i);
    if (plancia_site_get_begin (member) <= begin.start)
      g_ptr_array_add (days, get_day (member, begin.start));
  }
  return plancia_site_day_new (&self->config,
                               self->load,
                               &begin,
                               next_midnight (self, begin.start),
                               days);
}

static double
hundredths (gint64 energy)
{
  return (double) (energy / WATT_MS_PER_HUNDREDTH) / 100;
}

static void
add_up_powers (gint64 *power)
{
  power[PLANCIA_FLOW_GENERATING] = power[PLANCIA_FLOW_AUTOCONSUMING] +
                                   power[PLANCIA_FLOW_CHARGING] + power[PLANCIA_FLOW_EXPORTING];
  power[PLANCIA_FLOW_CONSUMING] = power[PLANCIA_FLOW_AUTOCONSUMING] +
                                  power[PLANCIA_FLOW_IMPORTING] + power[PLANCIA_FLOW_DISCHARGING];
}

static void
add_up_energies (double *energy)
{
  energy[PLANCIA_FLOW_GENERATING] = energy[PLANCIA_FLOW_AUTOCONSUMING] +
                                    energy[PLANCIA_FLOW_CHARGING] + energy[PLANCIA_FLOW_EXPORTING];
  energy[PLANCIA_FLOW_CONSUMING] = energy[PLANCIA_FLOW_AUTOCONSUMING] +
                                   energy[PLANCIA_FLOW_IMPORTING] +
                                   energy[PLANCIA_FLOW_DISCHARGING];
}

static guint
count_generating (const PlanciaSiteDay *day, gint64 time)
{
  guint steps = (guint) ((time - day->begin.start) / PLANCIA_SITE_STEP);
  guint count = 0;

  for (guint i = 0; i < MIN (steps, day->n_steps); i++)
    count += day->flows[i].flow[PLANCIA_FLOW_AUTOCONSUMING] +
               day->flows[i].flow[PLANCIA_FLOW_CHARGING] +
               day->flows[i].flow[PLANCIA_FLOW_EXPORTING] >
             0;
  return count;
}

static void
describe (PlanciaSite *self, const PlanciaSiteDay *day, PlanciaSiteState *state)
{
  PlanciaFlows    flows;
  PlanciaEnergies energies;

  plancia_site_day_look (day, state->time, &flows, &energies);
  for (guint i = 0; i < PLANCIA_N_FLOWS; i++) {
    state->power[i] = flows.flow[i];
    state->today[i] = hundredths (energies.flow[i]);
    state->total[i] = hundredths (day->begin.total.flow[i] + energies.flow[i]);
  }
  add_up_powers (state->power);
  add_up_energies (state->today);
  add_up_energies (state->total);
  if (self->config.capacity > 0)
    state->soc = plancia_site_day_stored (day, state->time) / self->config.capacity * 100;
  state->ambient = plancia_sky_day_temperature (&day->sky, state->time);
  state->beam = plancia_site_light (&self->config, &day->sky, state->time);
  state->generating_minutes = count_generating (day, state->time);
}

/* --- settings --------------------------------------------------------------------------------- */

static gint64
stored_flow (const gint64 *power)
{
  return power[PLANCIA_FLOW_CHARGING] - power[PLANCIA_FLOW_DISCHARGING];
}

static void
add_effect (PlanciaSite *self, const gint64 *without, const PlanciaSiteState *state)
{
  Effect *effect = &self->effect;
  gint64  passed = effect->at != 0 ? MIN (state->time - effect->at, LONGEST_GAP) : 0;

  if (effect->day != state->day.start) {
    effect->day = state->day.start;
    memset (effect->today, 0, sizeof effect->today);
  }
  if (effect->at != 0 && state->time < effect->at)
    return;
  for (guint i = 0; i < PLANCIA_N_FLOWS; i++) {
    effect->today[i] += (state->power[i] - without[i]) * passed;
    effect->total[i] += (state->power[i] - without[i]) * passed;
  }
  effect->stored += (stored_flow (state->power) - stored_flow (without)) * passed;
  effect->at = state->time;
}

static void
show_effect (PlanciaSite *self, PlanciaSiteState *state)
{
  const Effect *effect = &self->effect;

  for (guint i = 0; i < PLANCIA_N_FLOWS; i++) {
    state->today[i] += hundredths (effect->today[i]);
    state->total[i] += hundredths (effect->total[i]);
  }
  add_up_energies (state->today);
  add_up_energies (state->total);
}

static void
apply_control (PlanciaSite *self, PlanciaSiteState *state)
{
  gint64 without[PLANCIA_N_FLOWS];

  if (self->control.since == 0 || state->time < self->control.since)
    return;
  memcpy (without, state->power, sizeof without);
  if (self->config.capacity > 0)
    state->soc = CLAMP (state->soc + (double) self->effect.stored / WATT_MS_PER_HOUR /
                                       self->config.capacity * 100,
                        0,
                        100);
  plancia_site_control_apply (&self->control, &self->config, state);
  add_effect (self, without, state);
  show_effect (self, state);
}

static gboolean
is_controlled (PlanciaSite *self, gint64 time)
{
  for (guint i = 0; i < self->members->len; i++) {
    const PlanciaSite *member = g_ptr_array_index (self->members, i);

    if (member->control.since != 0 && time >= member->control.since)
      return TRUE;
  }
  return FALSE;
}

/* A meter sees what its members do at this moment. */
static void
measure_members (PlanciaSite *self, PlanciaSiteState *state)
{
  gint64 grid = 0;

  if (self->members == NULL || !is_controlled (self, state->time))
    return;
  for (guint i = 0; i < self->members->len; i++) {
    PlanciaSiteState member;

    if (plancia_site_look (g_ptr_array_index (self->members, i), state->time, &member))
      grid += member.power[PLANCIA_FLOW_EXPORTING] - member.power[PLANCIA_FLOW_IMPORTING];
  }
  state->power[PLANCIA_FLOW_EXPORTING] = MAX (grid, 0);
  state->power[PLANCIA_FLOW_IMPORTING] = MAX (-grid, 0);
  add_up_powers (state->power);
}

static PlanciaSite *
new_site (const PlanciaSiteConfig *config)
{
  PlanciaSite    *self = g_new0 (PlanciaSite, 1);
  PlanciaMidnight first;

  self->reference_count = 1;
  self->config = *config;
  self->config.load = NULL;
  g_time_zone_ref (config->zone);
  self->midnights = g_array_new (FALSE, FALSE, sizeof (PlanciaMidnight));
  plancia_midnight_init (&first,
                         &self->config,
                         plancia_span_day (config->zone, config->commissioned).start);
  g_array_append_val (self->midnights, first);
  return self;
}

/**
 * plancia_site_new:
 * @config: ratings and place; copied
 *
 * Returns: (transfer full) (nullable): %NULL if the load shape is unknown
 */
PlanciaSite *
plancia_site_new (const PlanciaSiteConfig *config)
{
  PlanciaLoadShape *load = plancia_load_shape_new (config->load, config->load_scale, config->seed);
  PlanciaSite      *self;

  if (load == NULL)
    return NULL;
  self = new_site (config);
  self->load = load;
  return self;
}

/**
 * plancia_site_new_meter:
 * @config: place and commissioning; the ratings are not used
 * @members: (element-type PlanciaSite): what it measures together; each is referenced
 *
 * Returns: (transfer full): a site whose import and export are those of the members' sum
 */
PlanciaSite *
plancia_site_new_meter (const PlanciaSiteConfig *config, GPtrArray *members)
{
  PlanciaSite *self = new_site (config);

  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_site_unref);
  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (self->members, plancia_site_ref (g_ptr_array_index (members, i)));
  return self;
}

PlanciaSite *
plancia_site_ref (PlanciaSite *self)
{
  g_atomic_int_inc (&self->reference_count);
  return self;
}

void
plancia_site_unref (PlanciaSite *self)
{
  if (!g_atomic_int_dec_and_test (&self->reference_count))
    return;
  for (guint i = 0; i < KEPT_DAYS; i++)
    g_clear_pointer (&self->kept[i], plancia_site_day_free);
  g_clear_pointer (&self->load, plancia_load_shape_free);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_array_unref (self->midnights);
  g_time_zone_unref (self->config.zone);
  g_free (self);
}

const PlanciaSiteConfig *
plancia_site_get_config (PlanciaSite *self)
{
  return &self->config;
}

void
plancia_site_set_control (PlanciaSite *self, const PlanciaSiteControl *control)
{
  self->control = *control;
}

gint64
plancia_site_get_begin (PlanciaSite *self)
{
  return midnight (self, 0)->start;
}

/**
 * plancia_site_look:
 * @self: a site
 * @time: ms UTC
 * @state: (out): all of it
 *
 * The first question about a day works out all days since the commissioning (some 40 ms for two
 * years) and remembers their midnights; from then on a new day costs a fraction of a millisecond.
 *
 * Returns: %FALSE before the commissioning
 */
gboolean
plancia_site_look (PlanciaSite *self, gint64 time, PlanciaSiteState *state)
{
  *state = (PlanciaSiteState){.time = time};
  if (time < plancia_site_get_begin (self))
    return FALSE;
  PlanciaSiteDay *day = get_day (self, time);
  state->day = (PlanciaSpan){day->begin.start, day->end.start};
  describe (self, day, state);
  apply_control (self, state);
  measure_members (self, state);
  return TRUE;
}
