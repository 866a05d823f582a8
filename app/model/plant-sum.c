/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plant-sum.h"

#include "base/clock.h"
#include "base/span.h"

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
is_thing (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "thing");
}

/* An old power is not a power of now, but an energy of today stays one until midnight. */
static gboolean
is_still_true (PlanciaDevice *device, PlanciaQuantity quantity)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (plancia_device_get_mark (device) == PLANCIA_MARK_LIVE)
    return TRUE;
  if (plancia_device_get_mark (device) != PLANCIA_MARK_STALE)
    return FALSE;
  if (quantity < PLANCIA_QUANTITY_RATED_POWER)
    return FALSE;

  zone = g_time_zone_new_local ();
  return plancia_span_contains (plancia_span_day (zone, plancia_clock_now ()),
                                plancia_device_get_time (device));
}

/* TRUE if the same inverter answers the other way too: locally for a thing, through a portal for what is
 * read locally. */
static gboolean
answers_otherwise (GPtrArray *devices, PlanciaDevice *device, PlanciaQuantity quantity)
{
  const char *serial = serial_of (device);

  for (guint i = 0; serial && i < devices->len; i++) {
    PlanciaDevice *other = g_ptr_array_index (devices, i);

    if (is_thing (other) != is_thing (device) && g_strcmp0 (serial_of (other), serial) == 0 &&
        is_still_true (other, quantity))
      return TRUE;
  }
  return FALSE;
}

/* Read both ways, an inverter counts once: as it is read locally. */
static gboolean
counts (GPtrArray *devices, PlanciaDevice *device, PlanciaQuantity quantity)
{
  if (!is_source (device) || !is_still_true (device, quantity))
    return FALSE;
  return !is_thing (device) || !answers_otherwise (devices, device, quantity);
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
  g_autoptr (GPtrArray) counted = plancia_plant_sum_list_counted (devices, quantity);
  double sum = 0;

  for (guint i = 0; i < counted->len; i++) {
    double one = 0;

    plancia_device_get_quantity (g_ptr_array_index (counted, i), quantity, &one);
    sum += one;
  }

  if (counted->len == 0)
    return FALSE;
  *value = quantity == PLANCIA_QUANTITY_BATTERY_CHARGE ? sum / counted->len : sum;
  return TRUE;
}

/**
 * plancia_plant_sum_list_counted:
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 * @quantity: which
 *
 * Returns: (transfer full) (element-type PlanciaDevice): those of which plancia_plant_sum() is made
 */
GPtrArray *
plancia_plant_sum_list_counted (GPtrArray *devices, PlanciaQuantity quantity)
{
  GPtrArray *counted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);
    double         ignored;

    if (counts (devices, device, quantity) &&
        plancia_device_get_quantity (device, quantity, &ignored))
      g_ptr_array_add (counted, g_object_ref (device));
  }
  return counted;
}

/**
 * plancia_plant_sum_list_silent:
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 *
 * Returns: (transfer full) (element-type PlanciaDevice): the sources whose power of now is not known
 */
GPtrArray *
plancia_plant_sum_list_silent (GPtrArray *devices)
{
  GPtrArray *silent = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (is_source (device) && !is_still_true (device, PLANCIA_QUANTITY_AC_POWER) &&
        !answers_otherwise (devices, device, PLANCIA_QUANTITY_AC_POWER))
      g_ptr_array_add (silent, g_object_ref (device));
  }
  return silent;
}
