/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-devices.h"

#include "commission/gather.h"

static gboolean
is_at_or_below (PlanciaDevice *device, PlanciaDevice *above)
{
  if (plancia_device_get_entry (above) == NULL)
    return TRUE;
  for (; device != NULL; device = plancia_device_get_parent (device))
    if (device == above)
      return TRUE;
  return FALSE;
}

GPtrArray *
plancia_commission_devices_list (PlanciaOpenPlant *plant, PlanciaDevice *subject)
{
  g_autoptr (GPtrArray) all = plancia_device_tree_list (plancia_open_plant_get_tree (plant));
  GPtrArray *devices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (all, i);

    if (is_at_or_below (device, subject) && plancia_gather_is_possible (device))
      g_ptr_array_add (devices, g_object_ref (device));
  }
  return devices;
}

gboolean
plancia_commission_is_possible (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  g_autoptr (GPtrArray) devices = plant != NULL ? plancia_commission_devices_list (plant, device)
                                                : NULL;

  return devices != NULL && devices->len > 0;
}
