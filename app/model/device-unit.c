/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-unit.h"

static PlanciaAddress *
address_of (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry != NULL ? plancia_entry_get_address (entry) : NULL;
}

/**
 * plancia_device_find_unit:
 *
 * Returns: the unit for requests without a map
 */
int
plancia_device_find_unit (PlanciaDevice *device)
{
  PlanciaAddress *address = address_of (device);
  PlanciaMap     *map = plancia_device_get_map (device);
  int             unit = address != NULL ? plancia_address_get_unit (address) : -1;

  if (unit < 0)
    unit = map != NULL ? plancia_map_get_unit (map) : 1;
  return unit;
}

/**
 * plancia_device_passes:
 * @function: of Modbus
 *
 * Returns: %FALSE if what stands between refuses it, as a HUB does
 */
gboolean
plancia_device_passes (PlanciaDevice *device, guint8 function)
{
  PlanciaAddress *address = address_of (device);

  return address == NULL || plancia_address_passes (address, function);
}
