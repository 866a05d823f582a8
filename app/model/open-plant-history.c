/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/open-plant.h"

/* Whose backend knows the past of a device. */

static gboolean
has_history (PlanciaDevice *device)
{
  return plancia_device_get_flags (device) & PLANCIA_BACKEND_HISTORY;
}

static gboolean
is_thing_with_serial (PlanciaDevice *device, const char *serial)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));

  return has_history (device) && g_strcmp0 (plancia_address_get_thing (address), serial) == 0;
}

/**
 * plancia_open_plant_get_history_device:
 * @self: a plant
 * @device: a device
 *
 * Returns: (transfer none) (nullable): the device whose backend has the history of @device: itself, or
 *   the portal's thing with the same serial number
 */
PlanciaDevice *
plancia_open_plant_get_history_device (PlanciaOpenPlant *self, PlanciaDevice *device)
{
  const PlanciaReading *serial = plancia_device_lookup (device, "serial_number");
  g_autoptr (GPtrArray) devices = NULL;

  if (plancia_device_get_entry (device) && has_history (device) &&
      plancia_entry_is_device (plancia_device_get_entry (device)))
    return device;
  if (!serial || serial->value.kind != PLANCIA_VALUE_TEXT)
    return NULL;

  devices = plancia_device_tree_list (plancia_open_plant_get_tree (self));
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *other = g_ptr_array_index (devices, i);

    if (is_thing_with_serial (other, serial->value.text))
      return other;
  }
  return NULL;
}
