/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/in-use.h"

static gboolean
is_in_use (PlanciaDevice *device, PlanciaAddress *address)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);

  if (plancia_address_get_kind (address) == PLANCIA_ADDRESS_HUB)
    return TRUE;
  return backend != NULL && plancia_backend_get_state (backend) != PLANCIA_STATE_CLOSED;
}

GPtrArray *
plancia_in_use_list (PlanciaDeviceTree *tree)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);
  GPtrArray *addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_address_unref);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice  *device = g_ptr_array_index (devices, i);
    PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));

    if (address != NULL && is_in_use (device, address))
      g_ptr_array_add (addresses, plancia_address_ref (address));
  }
  return addresses;
}
