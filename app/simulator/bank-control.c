/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bank-control.h"

#include "map/field-value.h"
#include "simulator/bank-private.h"

/* Values of the storage mode. */
enum {
  MODE_TIMED = 2,
  MODE_PASSIVE = 3,
  MODE_EXPORT_PRIORITY = 7,
};

enum {
  TIMED_CHARGE = 1 << 0,
  TIMED_DISCHARGE = 1 << 1,
};

/* The number that a register has, or fallback if there is none of that name. */
static double
look (PlanciaBank *self, const char *key, double fallback)
{
  const PlanciaField *field = plancia_map_find_field (self->map, key);
  g_auto (PlanciaValue) value = {0};

  if (field == NULL || field->read_function == 4)
    return fallback;
  plancia_field_decode (field, self->holdings->words + field->address, &value);
  return value.kind == PLANCIA_VALUE_NUMBER ? value.number : fallback;
}

static void
look_at_timed (PlanciaBank *self, PlanciaSiteControl *control)
{
  guint use = (guint) look (self, "timed_enable", 0);

  control->battery = PLANCIA_SITE_BATTERY_TIMED;
  control->charge_start = (guint) look (self, "timed_charge_start", 0);
  control->charge_end = (guint) look (self, "timed_charge_end", 0);
  control->discharge_start = (guint) look (self, "timed_discharge_start", 0);
  control->discharge_end = (guint) look (self, "timed_discharge_end", 0);
  if (use & TIMED_CHARGE)
    control->charge_power = (gint64) look (self, "timed_charge_power", 0);
  if (use & TIMED_DISCHARGE)
    control->discharge_power = (gint64) look (self, "timed_discharge_power", 0);
}

static void
look_at_passive (PlanciaBank *self, PlanciaSiteControl *control)
{
  control->battery = PLANCIA_SITE_BATTERY_PASSIVE;
  control->grid = (gint64) look (self, "passive_grid_power", 0);
  control->battery_minimum = (gint64) look (self, "passive_battery_min", 0);
  control->battery_maximum = (gint64) look (self, "passive_battery_max", 0);
}

/**
 * plancia_bank_control_update:
 * @now: ms UTC: from then on
 *
 * Only families whose modes are known: those with passive mode.
 */
void
plancia_bank_control_update (PlanciaBank *self, gint64 now)
{
  PlanciaSiteControl control = {.since = now, .export_limit = G_MAXINT64};

  control.off = look (self, "remote_on_off", 1) == 0;
  if (look (self, "export_limit_mode", 0) != 0)
    control.export_limit = (gint64) MAX (look (self, "export_limit_power", 0), 0);
  if (plancia_map_find_field (self->map, "passive_grid_power") != NULL)
    switch ((int) look (self, "storage_mode", 0)) {
    case MODE_TIMED:
      look_at_timed (self, &control);
      break;
    case MODE_PASSIVE:
      look_at_passive (self, &control);
      break;
    case MODE_EXPORT_PRIORITY:
      control.battery = PLANCIA_SITE_BATTERY_IDLE;
      break;
    default:
      break;
    }
  plancia_site_set_control (self->site, &control);
}
