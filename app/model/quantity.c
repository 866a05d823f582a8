/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantity.h"

/* One way to make a quantity: factor * (plus + plus2 − minus). The first row whose plus key has a
 * value wins. */
typedef struct
{
  PlanciaQuantity quantity;
  const char     *kind; /* NULL: any */
  const char     *plus;
  const char     *plus2; /* or NULL; absent counts as 0 */
  const char     *minus; /* or NULL; absent counts as 0 */
  double          factor;
} Row;

/* Signs of the sources: G3 0x0488 grid positive = export, battery positive = charge; a Chint meter
 * that faces the house counts import positive; cloud flows are never negative, the direction is in
 * the name. */
static const Row rows[] = {
  {PLANCIA_QUANTITY_PV_POWER,         "thing",       "powerGenerating",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_PV_POWER,         NULL,          "pv_power",                NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_PV_POWER,         NULL,          "pv1_power",               "pv2_power", NULL,               1 },

  {PLANCIA_QUANTITY_LOAD_POWER,       "thing",       "powerConsuming",          NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_LOAD_POWER,       "inverter",    "load_power",              NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_LOAD_POWER,       "power-magic", "load_power",              NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_LOAD_POWER,       "heat-pump",   "power_active",            NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_LOAD_POWER,       "ev-charger",  "power_active",            NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_GRID_POWER,       "thing",       "powerExporting",          NULL,        "powerImporting",   1 },
  {PLANCIA_QUANTITY_GRID_POWER,       "meter",       "grid_active_power",       NULL,        NULL,               -1},
  {PLANCIA_QUANTITY_GRID_POWER,       NULL,          "grid_active_power",       NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_BATTERY_POWER,    "thing",       "powerCharging",           NULL,        "powerDischarging", 1 },
  {PLANCIA_QUANTITY_BATTERY_POWER,    NULL,          "battery_power",           NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_BATTERY_CHARGE,   "thing",       "batterySoC",              NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_BATTERY_CHARGE,   NULL,          "battery_soc",             NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_BATTERY_CHARGE,   NULL,          "state_of_charge",         NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_AC_POWER,         "thing",       "powerGenerating",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_AC_POWER,         NULL,          "output_active_power",     NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_AC_POWER,         NULL,          "power_active",            NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_PV_POWER_1,       NULL,          "pv1_power",               NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_PV_POWER_2,       NULL,          "pv2_power",               NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_TEMPERATURE,      NULL,          "temperature_heat_sink_1", NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_TEMPERATURE,      NULL,          "temperature_heat_sink",   NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_TEMPERATURE,      NULL,          "temperature_module",      NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_TEMPERATURE,      "ev-charger",  "temperature",             NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_RATED_POWER,      NULL,          "rated_power",             NULL,        NULL,               1 },

  {PLANCIA_QUANTITY_ENERGY_PV,        "thing",       "energyGenerating",        NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_PV,        NULL,          "pv_energy_today",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_LOAD,      "thing",       "energyConsuming",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_LOAD,      NULL,          "load_energy_today",       NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_LOAD,      "heat-pump",   "energy_today",            NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_LOAD,      "ev-charger",  "energy_today",            NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_EXPORT,    "thing",       "energyExporting",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_EXPORT,    NULL,          "export_energy_today",     NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_IMPORT,    "thing",       "energyImporting",         NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_IMPORT,    NULL,          "import_energy_today",     NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_CHARGE,    "thing",       "energyCharging",          NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_CHARGE,    NULL,          "charge_energy_today",     NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_CHARGE,    NULL,          "energy_charged_today",    NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_DISCHARGE, "thing",       "energyDischarging",       NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_DISCHARGE, NULL,          "discharge_energy_today",  NULL,        NULL,               1 },
  {PLANCIA_QUANTITY_ENERGY_DISCHARGE, NULL,          "energy_discharged_today", NULL,        NULL,               1 },
};

static gboolean
row_is_for (const Row *row, PlanciaQuantity quantity, const char *kind)
{
  return row->quantity == quantity && (!row->kind || g_str_equal (row->kind, kind));
}

static double
lookup_or_zero (PlanciaQuantityLookup lookup, gpointer user_data, const char *key)
{
  double value = 0;

  return key && lookup (user_data, key, &value) ? value : 0;
}

/**
 * plancia_quantity_compute:
 * @quantity: which
 * @kind: kind of device
 * @lookup: gives the number of a key
 * @user_data: for @lookup
 * @value: (out): in the quantity's unit and sign
 *
 * Returns: FALSE if no key that makes it has a value
 */
gboolean
plancia_quantity_compute (PlanciaQuantity       quantity,
                          const char           *kind,
                          PlanciaQuantityLookup lookup,
                          gpointer              user_data,
                          double               *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    double     plus = 0;

    if (!row_is_for (row, quantity, kind) || !lookup (user_data, row->plus, &plus))
      continue;
    plus += lookup_or_zero (lookup, user_data, row->plus2);
    plus -= lookup_or_zero (lookup, user_data, row->minus);
    *value = row->factor * plus;
    return TRUE;
  }

  return FALSE;
}

/**
 * plancia_quantity_uses:
 * @quantity: which
 * @kind: kind of device
 * @key: a register key or cloud field
 *
 * Returns: TRUE if @key alone is enough to give @quantity for @kind
 */
gboolean
plancia_quantity_uses (PlanciaQuantity quantity, const char *kind, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (row_is_for (&rows[i], quantity, kind) && g_str_equal (rows[i].plus, key))
      return TRUE;
  }

  return FALSE;
}

/* --- columns ------------------------------------------------------------------------------------- */

/* How far a column has been read. */
typedef struct
{
  const gint64 *times;
  const double *values;
  guint         length; /* 0: there is no such column */
  guint         next;
} Head;

static Head
open_head (PlanciaSamples *samples, const char *key)
{
  const PlanciaSampleColumn *column = key ? plancia_samples_find_column (samples, key) : NULL;
  Head                       head = {0};

  if (column != NULL) {
    head.times = (const gint64 *) (gconstpointer) column->times->data;
    head.values = (const double *) (gconstpointer) column->values->data;
    head.length = column->times->len;
  }
  return head;
}

static gint64
peek (const Head *head)
{
  return head->next < head->length ? head->times[head->next] : G_MAXINT64;
}

/* The value at a time that is not before the last one asked for. */
static gboolean
take (Head *head, gint64 time, double *value)
{
  *value = 0;
  while (peek (head) < time)
    head->next++;
  if (peek (head) != time)
    return FALSE;
  *value = head->values[head->next++];
  return TRUE;
}

static void
append (GArray *times, GArray *values, gint64 time, double value)
{
  g_array_append_val (times, time);
  g_array_append_val (values, value);
}

/* Where all that there is has a value. */
static void
compute_whole (const Row *row, PlanciaSamples *samples, GArray *times, GArray *values)
{
  Head plus = open_head (samples, row->plus), plus2 = open_head (samples, row->plus2),
       minus = open_head (samples, row->minus);

  for (guint i = 0; i < plus.length; i++) {
    double second, opposite;

    if ((!take (&plus2, plus.times[i], &second) && plus2.length > 0) ||
        (!take (&minus, plus.times[i], &opposite) && minus.length > 0))
      continue;
    append (times, values, plus.times[i], row->factor * (plus.values[i] + second - opposite));
  }
}

/* Of two flows of which one always rests. */
static void
compute_flows (const Row *row, PlanciaSamples *samples, GArray *times, GArray *values)
{
  Head   plus = open_head (samples, row->plus), minus = open_head (samples, row->minus);
  gint64 time;

  while ((time = MIN (peek (&plus), peek (&minus))) != G_MAXINT64) {
    double   there, back;
    gboolean both = take (&plus, time, &there) & take (&minus, time, &back);

    if (both || there > 0 || back > 0)
      append (times, values, time, row->factor * (there - back));
  }
}

/**
 * plancia_quantity_compute_column:
 * @quantity: which
 * @kind: kind of device
 * @samples: of the device
 * @times: (element-type gint64): gets the times
 * @values: (element-type double): gets the values, in the quantity's unit and sign
 *
 * The first row whose key has any sample wins.
 */
void
plancia_quantity_compute_column (PlanciaQuantity quantity,
                                 const char     *kind,
                                 PlanciaSamples *samples,
                                 GArray         *times,
                                 GArray         *values)
{
  gboolean thinned = plancia_samples_get_width (samples) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];

    if (!row_is_for (row, quantity, kind) || open_head (samples, row->plus).length == 0)
      continue;
    if (thinned && row->minus != NULL && row->plus2 == NULL &&
        open_head (samples, row->minus).length > 0)
      compute_flows (row, samples, times, values);
    else
      compute_whole (row, samples, times, values);
    return;
  }
}
