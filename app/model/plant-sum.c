/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plant-sum.h"

/* Only what produces or stores is summed: the load and the grid of an inverter already hold the heat
 * pump, the car and the exchange meter behind it. */
static gboolean
is_source (PlanciaDevice *device)
{
  static const char *const kinds[] = {"inverter", "thing", "power-magic", NULL};

  return g_strv_contains (kinds, plancia_device_get_kind (device));
}

static const char *
serial_of (PlanciaDevice *device)
{
  const PlanciaReading *reading = plancia_device_lookup (device, "serial_number");
  PlanciaEntry         *entry = plancia_device_get_entry (device);

  if (g_str_equal (plancia_device_get_kind (device), "thing"))
    return plancia_address_get_thing (plancia_entry_get_address (entry));
  return reading && reading->value.kind == PLANCIA_VALUE_TEXT ? reading->value.text : NULL;
}

static gboolean
is_read_locally (GPtrArray *devices, PlanciaDevice *thing)
{
  const char *serial = serial_of (thing);

  for (guint i = 0; serial && i < devices->len; i++) {
    PlanciaDevice *other = g_ptr_array_index (devices, i);

    if (!g_str_equal (plancia_device_get_kind (other), "thing") &&
        g_strcmp0 (serial_of (other), serial) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
counts (GPtrArray *devices, PlanciaDevice *device)
{
  PlanciaMark mark = plancia_device_get_mark (device);

  if (!is_source (device) || mark == PLANCIA_MARK_FAILING || mark == PLANCIA_MARK_CLOSED)
    return FALSE;
  if (g_str_equal (plancia_device_get_kind (device), "thing"))
    return !is_read_locally (devices, device);
  return TRUE;
}

/**
 * plancia_plant_sum:
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 * @quantity: which; the state of charge is a mean, everything else a sum
 * @value: (out): in the quantity's unit and sign
 *
 * Returns: FALSE if no device that counts has it
 */
gboolean
plancia_plant_sum (GPtrArray *devices, PlanciaQuantity quantity, double *value)
{
  double sum = 0;
  guint  found = 0;

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);
    double         one = 0;

    if (counts (devices, device) && plancia_device_get_quantity (device, quantity, &one)) {
      sum += one;
      found++;
    }
  }

  if (found == 0)
    return FALSE;
  *value = quantity == PLANCIA_QUANTITY_BATTERY_CHARGE ? sum / found : sum;
  return TRUE;
}
