/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/open-plant.h"

#define DOWNLOADS "plancia-downloads"

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

/* --- downloads ------------------------------------------------------------------------------- */

/* A question may be asked while values fail to come, but not before there is a connection. */
static PlanciaBackend *
find_open_backend (PlanciaDevice *device)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);
  PlanciaState    state;

  if (backend == NULL || !has_history (device))
    return NULL;
  state = plancia_backend_get_state (backend);
  return state == PLANCIA_STATE_OPEN || state == PLANCIA_STATE_FAILING ? backend : NULL;
}

/**
 * plancia_open_plant_keep_downloads:
 * @self: a plant
 * @path: (nullable): where what is wanted is kept for another run
 */
void
plancia_open_plant_keep_downloads (PlanciaOpenPlant *self, const char *path)
{
  PlanciaDownloads *downloads = plancia_downloads_new (plancia_open_plant_get_store (self), path);

  g_object_set_data_full (G_OBJECT (self), DOWNLOADS, downloads, g_object_unref);
}

/**
 * plancia_open_plant_get_downloads:
 * @self: a plant
 *
 * Returns: (transfer none) (nullable): the download manager, if there is one
 */
PlanciaDownloads *
plancia_open_plant_get_downloads (PlanciaOpenPlant *self)
{
  return g_object_get_data (G_OBJECT (self), DOWNLOADS);
}

/**
 * plancia_open_plant_share_downloads:
 * @self: a plant
 *
 * Now and then: gives each download the connection that its device has now.
 */
void
plancia_open_plant_share_downloads (PlanciaOpenPlant *self)
{
  PlanciaDownloads *downloads = plancia_open_plant_get_downloads (self);
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (self));

  for (guint i = 0; downloads != NULL && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    plancia_downloads_attach (downloads,
                              plancia_device_get_id (device),
                              find_open_backend (device));
  }
}
