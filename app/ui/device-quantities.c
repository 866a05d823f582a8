/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-quantities.h"

#include "model/quantity.h"
#include <math.h>
#include <string.h>

static gboolean
was_refused (PlanciaDevice *device, const char *key)
{
  const PlanciaReading *reading = plancia_device_lookup (device, key);

  return reading &&
         (reading->quality == PLANCIA_QUALITY_REFUSED ||
          reading->quality == PLANCIA_QUALITY_MISSING || reading->value.kind == PLANCIA_VALUE_NONE);
}

static double
peek (PlanciaDevice *device, PlanciaQuantity quantity)
{
  double value = 0;

  return plancia_device_get_quantity (device, quantity, &value) ? value : NAN;
}

/* An inverter that produced today while the house used nothing at all: no meter tells it the load. */
static gboolean
knows_no_load (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "inverter") &&
         peek (device, PLANCIA_QUANTITY_LOAD_POWER) == 0 &&
         peek (device, PLANCIA_QUANTITY_ENERGY_LOAD) == 0 &&
         peek (device, PLANCIA_QUANTITY_ENERGY_PV) > 0;
}

/**
 * plancia_device_shows_quantity:
 * @device: a device
 * @quantity: which
 *
 * A string inverter without a meter has registers for the exchange with the grid, but refuses them or
 * has no value for them: there is nothing to be shown.
 *
 * Returns: whether there is a figure, or may be
 */
gboolean
plancia_device_shows_quantity (PlanciaDevice *device, PlanciaQuantity quantity)
{
  PlanciaMap *map = plancia_device_get_map (device);
  guint       n = map ? plancia_map_get_n_fields (map) : 0;
  double      value;

  if ((quantity == PLANCIA_QUANTITY_LOAD_POWER || quantity == PLANCIA_QUANTITY_ENERGY_LOAD) &&
      knows_no_load (device))
    return FALSE;
  if (plancia_device_get_quantity (device, quantity, &value))
    return TRUE;
  for (guint i = 0; i < n; i++) {
    const char *key = plancia_map_get_field (map, i)->key;

    if (plancia_quantity_uses (quantity, plancia_device_get_kind (device), key) &&
        !was_refused (device, key))
      return TRUE;
  }
  return FALSE;
}

double
plancia_device_peek_quantity (PlanciaDevice *device, PlanciaQuantity quantity)
{
  return peek (device, quantity);
}

gboolean
plancia_device_is_live (PlanciaDevice *device)
{
  return plancia_device_get_mark (device) == PLANCIA_MARK_LIVE &&
         plancia_device_get_time (device) > 0;
}

/**
 * plancia_device_peek_state:
 * @device: a device
 * @fault: (out) (optional): whether the state is a fault
 *
 * Returns: (transfer none) (nullable): the state in words
 */
const char *
plancia_device_peek_state (PlanciaDevice *device, gboolean *fault)
{
  const PlanciaReading *reading = plancia_device_lookup (device, "state");
  PlanciaMap           *map = plancia_device_get_map (device);
  const PlanciaField   *field = map ? plancia_map_find_field (map, "state") : NULL;
  const char           *label;

  if (!reading || !field || reading->value.kind != PLANCIA_VALUE_NUMBER)
    return NULL;
  label = plancia_field_find_label (field, reading->value.integer);
  if (fault)
    *fault = label && (strstr (label, "Fault") || strstr (label, "fault"));
  return label ? plancia_map_label (label) : NULL;
}
