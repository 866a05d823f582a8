/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-flow-reading.h"

#include "base/text.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define IDLE 10.0 /* W: less is nothing */

void
plancia_flow_reading_init (PlanciaFlowReading *self)
{
  memset (self, 0, sizeof *self);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++)
    self->power[i] = NAN;
  self->pv[0] = self->pv[1] = self->charge = NAN;
  self->ac_power = self->temperature = self->rated = NAN;
}

/**
 * plancia_flow_reading_copy:
 * @self: a reading
 *
 * Returns: (transfer full): a copy that owns its texts; plancia_flow_reading_free()
 */
PlanciaFlowReading *
plancia_flow_reading_copy (const PlanciaFlowReading *self)
{
  PlanciaFlowReading *copy = g_memdup2 (self, sizeof *self);

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    copy->name[i] = g_strdup (self->name[i]);
    copy->detail[i] = g_strdup (self->detail[i]);
  }
  copy->hub_detail = g_strdup (self->hub_detail);
  copy->as_of = g_strdup (self->as_of);
  return copy;
}

void
plancia_flow_reading_free (PlanciaFlowReading *self)
{
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    g_free ((char *) self->name[i]);
    g_free ((char *) self->detail[i]);
  }
  g_free ((char *) self->hub_detail);
  g_free ((char *) self->as_of);
  g_free (self);
}

/* Two unknown figures are equal. */
static gboolean
same (double a, double b)
{
  return (isnan (a) && isnan (b)) || fabs (a - b) < 1e-9;
}

static gboolean
same_flow (const PlanciaFlowReading *a, const PlanciaFlowReading *b, PlanciaFlow flow)
{
  return a->present[flow] == b->present[flow] && same (a->power[flow], b->power[flow]) &&
         g_strcmp0 (a->name[flow], b->name[flow]) == 0 &&
         g_strcmp0 (a->detail[flow], b->detail[flow]) == 0;
}

gboolean
plancia_flow_reading_equal (const PlanciaFlowReading *a, const PlanciaFlowReading *b)
{
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (!same_flow (a, b, i))
      return FALSE;
  }

  return same (a->pv[0], b->pv[0]) && same (a->pv[1], b->pv[1]) && same (a->charge, b->charge) &&
         same (a->ac_power, b->ac_power) && same (a->temperature, b->temperature) &&
         same (a->rated, b->rated) && g_strcmp0 (a->hub_icon, b->hub_icon) == 0 &&
         g_strcmp0 (a->hub_detail, b->hub_detail) == 0 && g_strcmp0 (a->as_of, b->as_of) == 0;
}

gboolean
plancia_flow_reading_flows (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  return self->present[flow] && fabs (self->power[flow]) >= IDLE;
}

/**
 * plancia_flow_reading_inwards:
 * @self: a reading
 * @flow: a node
 *
 * Returns: TRUE for the sun, a battery that is discharged, an import, and a use that feeds back
 */
gboolean
plancia_flow_reading_inwards (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  gboolean negative = self->power[flow] < 0;

  return flow == PLANCIA_FLOW_SUN ? !negative : negative;
}

double
plancia_flow_reading_share (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  double whole = self->rated;

  if (!(whole > 0)) {
    whole = IDLE;
    for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
      if (plancia_flow_reading_flows (self, i))
        whole = fmax (whole, fabs (self->power[i]));
    }
  }

  return isnan (self->power[flow]) ? 0 : fmin (fabs (self->power[flow]) / whole, 1);
}

static char *
format_power (double watts)
{
  const char      *unit;
  g_autofree char *number = plancia_text_power (fabs (watts), &unit);

  return isnan (watts) ? g_steal_pointer (&number) : g_strdup_printf ("%s\xc2\xa0%s", number, unit);
}

static const char *
usual_name (PlanciaFlow flow)
{
  switch (flow) {
  case PLANCIA_FLOW_SUN:
    return _ ("Sun");
  case PLANCIA_FLOW_BATTERY:
    return _ ("Battery");
  case PLANCIA_FLOW_HOME:
    return _ ("Home");
  case PLANCIA_FLOW_CAR:
    return _ ("Car");
  case PLANCIA_FLOW_HEAT_PUMP:
    return _ ("Heat pump");
  case PLANCIA_FLOW_GRID:
  case PLANCIA_N_FLOWS:
  default:
    return _ ("Grid");
  }
}

/**
 * plancia_flow_reading_dup_name:
 * @self: a reading
 * @flow: a node
 *
 * Returns: (transfer full): its name; the battery's with its charge
 */
char *
plancia_flow_reading_dup_name (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  const char *name = self->name[flow] ? self->name[flow] : usual_name (flow);

  if (flow != PLANCIA_FLOW_BATTERY || isnan (self->charge))
    return g_strdup (name);
  /* Translators: a battery and its state of charge. */
  return g_strdup_printf (_ ("%s %.0f\xc2\xa0%%"), name, self->charge);
}

/* Both strings in the unit of the larger one: "PV 1 2.71 · PV 2 2.50 kW". */
static char *
strings_text (const PlanciaFlowReading *self)
{
  double           sum = self->pv[0] + self->pv[1];
  const char      *unit_1, *unit_2;
  g_autofree char *first = plancia_text_power (self->pv[0], &unit_1);
  g_autofree char *second = plancia_text_power (self->pv[1], &unit_2);

  /* An inverter with more than two strings: two of them would look like all. */
  if (isnan (sum) || fabs (sum - self->power[PLANCIA_FLOW_SUN]) > 0.1 * sum + 50)
    return NULL;
  if (strcmp (unit_1, unit_2) != 0)
    return g_strdup_printf (_ ("PV 1 %s %s · PV 2 %s %s"), first, unit_1, second, unit_2);
  /* Translators: the powers of two PV strings and their unit. */
  return g_strdup_printf (_ ("PV 1 %s · PV 2 %s\xc2\xa0%s"), first, second, unit_1);
}

static char *
own_power_text (const PlanciaFlowReading *self)
{
  double load = self->power[PLANCIA_FLOW_HOME], grid = self->power[PLANCIA_FLOW_GRID];
  double own;

  if (!self->present[PLANCIA_FLOW_GRID] || isnan (grid) || !(load >= IDLE))
    return NULL;
  own = CLAMP (1 - fmax (-grid, 0) / load, 0, 1);
  return g_strdup_printf (_ ("%.0f\xc2\xa0%% from own power"), own * 100);
}

static const char *
direction_text (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  gboolean flows = plancia_flow_reading_flows (self, flow);
  gboolean negative = self->power[flow] < 0;

  if (isnan (self->power[flow]))
    return NULL;
  if (flow == PLANCIA_FLOW_BATTERY)
    return !flows ? _ ("at rest") : (negative ? _ ("discharging") : _ ("charging"));
  if (flow == PLANCIA_FLOW_GRID)
    return !flows ? _ ("balanced") : (negative ? _ ("importing") : _ ("exporting"));
  if (flow == PLANCIA_FLOW_CAR)
    return flows ? _ ("charging") : NULL;
  return NULL;
}

static char *
as_of_text (const PlanciaFlowReading *self)
{
  /* Translators: an old reading, from the time given. */
  return g_strdup_printf (_ ("as of %s"), self->as_of);
}

/**
 * plancia_flow_reading_dup_detail:
 * @self: a reading
 * @flow: a node
 *
 * Returns: (transfer full) (nullable): the line under its name
 */
char *
plancia_flow_reading_dup_detail (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  if (self->as_of)
    return as_of_text (self);
  if (self->detail[flow])
    return g_strdup (self->detail[flow]);
  if (flow == PLANCIA_FLOW_SUN)
    return plancia_flow_reading_flows (self, flow) ? strings_text (self) : NULL;
  if (flow == PLANCIA_FLOW_HOME)
    return own_power_text (self);
  return g_strdup (direction_text (self, flow));
}

char *
plancia_flow_reading_dup_hub (const PlanciaFlowReading *self)
{
  g_autofree char *power = format_power (self->ac_power);
  const char      *sign = self->ac_power < 0 ? "\xe2\x88\x92" : "";

  if (isnan (self->ac_power))
    return NULL;
  /* Translators: alternating current: the inverter's output, such as "3.11 kW AC". */
  return g_strdup_printf (_ ("%s%s AC"), sign, power);
}

char *
plancia_flow_reading_dup_hub_detail (const PlanciaFlowReading *self)
{
  if (self->hub_detail)
    return g_strdup (self->hub_detail);
  if (self->as_of || isnan (self->temperature))
    return NULL;
  return g_strdup_printf (_ ("heat sink %.0f\xc2\xa0°C"), self->temperature);
}

static char *
sentence_part (const PlanciaFlowReading *self, PlanciaFlow flow)
{
  g_autofree char *power = format_power (self->power[flow]);
  const char      *name = self->name[flow] ? self->name[flow] : usual_name (flow);
  const char      *direction = direction_text (self, flow);

  if (isnan (self->power[flow]))
    return g_strdup_printf (_ ("%s unknown"), name);
  if (flow == PLANCIA_FLOW_BATTERY && !isnan (self->charge))
    /* Translators: battery, what it does, power, state of charge. */
    return g_strdup_printf (_ ("%s %s %s at %.0f\xc2\xa0%%"), name, direction, power, self->charge);
  if (direction)
    return g_strdup_printf ("%s %s %s", name, direction, power);
  return g_strdup_printf ("%s %s", name, power);
}

/**
 * plancia_flow_reading_to_text:
 * @self: a reading
 *
 * Returns: (transfer full): such as "Sun 5.21 kW, Battery charging 2.10 kW at 68 %, Home 1.90 kW,
 *   Grid exporting 1.21 kW"
 */
char *
plancia_flow_reading_to_text (const PlanciaFlowReading *self)
{
  GString *text = g_string_new (NULL);

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    g_autofree char *part = self->present[i] ? sentence_part (self, i) : NULL;

    if (part)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
  }
  if (self->as_of && text->len > 0) {
    g_autofree char *old = as_of_text (self);

    g_string_append_printf (text, ", %s", old);
  }

  return g_string_free (text, FALSE);
}
