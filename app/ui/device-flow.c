/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-flow.h"

#include "ui/device-quantities.h"
#include "ui/figure.h"
#include <glib/gi18n.h>
#include <math.h>

#define LIGHT 10.0 /* W: the sun is up */

static const struct
{
  PlanciaFlow     flow;
  PlanciaQuantity quantity;
} nodes[] = {
  {PLANCIA_FLOW_SUN,     PLANCIA_QUANTITY_PV_POWER     },
  {PLANCIA_FLOW_BATTERY, PLANCIA_QUANTITY_BATTERY_POWER},
  {PLANCIA_FLOW_HOME,    PLANCIA_QUANTITY_LOAD_POWER   },
  {PLANCIA_FLOW_GRID,    PLANCIA_QUANTITY_GRID_POWER   },
};

/* Only these stand between sources and uses; a heat pump or a meter does not. */
static gboolean
is_inverter (PlanciaDevice *device)
{
  const char *kind = plancia_device_get_kind (device);

  return g_str_equal (kind, "inverter") || g_str_equal (kind, "power-magic") ||
         g_str_equal (kind, "thing") || g_str_equal (kind, "other");
}

static void
take_nodes (PlanciaFlowReading *reading, PlanciaDevice *device)
{
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++) {
    reading->present[nodes[i].flow] = plancia_device_shows_quantity (device, nodes[i].quantity);
    reading->power[nodes[i].flow] = plancia_device_peek_quantity (device, nodes[i].quantity);
  }

  /* An inverter that knows no meter still has its own output. */
  if (!reading->present[PLANCIA_FLOW_HOME] && !reading->present[PLANCIA_FLOW_GRID] &&
      plancia_device_shows_quantity (device, PLANCIA_QUANTITY_AC_POWER)) {
    reading->present[PLANCIA_FLOW_GRID] = TRUE;
    reading->power[PLANCIA_FLOW_GRID] = plancia_device_peek_quantity (device,
                                                                      PLANCIA_QUANTITY_AC_POWER);
    reading->name[PLANCIA_FLOW_GRID] = _ ("AC side");
    reading->detail[PLANCIA_FLOW_GRID] = _ ("house and grid");
  }
}

static const char *
why_old (PlanciaDevice *device)
{
  switch (plancia_device_get_mark (device)) {
  case PLANCIA_MARK_FAILING:
    return _ ("no answer");
  case PLANCIA_MARK_TAKEN_OVER:
    return _ ("taken over");
  case PLANCIA_MARK_CLOSED:
    return _ ("closed");
  case PLANCIA_MARK_CONNECTING:
    return _ ("connecting");
  case PLANCIA_MARK_STALE:
  case PLANCIA_MARK_LIVE:
  default:
    return NULL;
  }
}

/* "since 21:12", once the sun is down. (transfer full) (nullable) */
static char *
dark_text (PlanciaFlowReading *reading, PlanciaDayCurve *curve, GTimeZone *zone)
{
  gint64           last;
  g_autofree char *clock = NULL;

  if (!curve || !reading->present[PLANCIA_FLOW_SUN] || !(reading->power[PLANCIA_FLOW_SUN] < LIGHT))
    return NULL;
  last = plancia_day_curve_last_at (curve, PLANCIA_QUANTITY_PV_POWER, LIGHT);
  if (last == 0)
    return NULL;
  clock = plancia_figure_time (last, zone);
  return g_strdup_printf (_ ("since %s"), clock);
}

/**
 * plancia_device_flow_read:
 * @device: a device
 * @curve: (nullable): of the same device
 * @zone: of the plant
 *
 * Returns: (transfer full): a reading
 */
PlanciaFlowReading *
plancia_device_flow_read (PlanciaDevice *device, PlanciaDayCurve *curve, GTimeZone *zone)
{
  PlanciaFlowReading reading;
  gint64             time = plancia_device_get_time (device);
  g_autofree char   *as_of = NULL, *dark = NULL;

  plancia_flow_reading_init (&reading);
  take_nodes (&reading, device);
  reading.pv[0] = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_PV_POWER_1);
  reading.pv[1] = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_PV_POWER_2);
  reading.charge = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_BATTERY_CHARGE);
  reading.ac_power = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_AC_POWER);
  reading.temperature = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_TEMPERATURE);
  reading.rated = plancia_device_peek_quantity (device, PLANCIA_QUANTITY_RATED_POWER);
  if (g_str_equal (plancia_device_get_kind (device), "power-magic"))
    reading.hub_icon = "plancia-power-magic-symbolic";
  if (time > 0 && !plancia_device_is_live (device)) {
    as_of = plancia_figure_time (time, zone);
    reading.as_of = as_of;
    reading.hub_detail = why_old (device);
  }
  dark = dark_text (&reading, curve, zone);
  reading.detail[PLANCIA_FLOW_SUN] = dark;
  return plancia_flow_reading_copy (&reading);
}

/**
 * plancia_device_flow_makes_sense:
 * @device: a device
 *
 * Returns: whether it stands between a source and a use that it knows
 */
gboolean
plancia_device_flow_makes_sense (PlanciaDevice *device)
{
  PlanciaFlowReading reading;
  guint              n = 0;

  if (!is_inverter (device))
    return FALSE;
  plancia_flow_reading_init (&reading);
  take_nodes (&reading, device);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++)
    n += reading.present[i];
  return n >= 2;
}
