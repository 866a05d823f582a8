/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/cloud-read-back.h"

#include "backend/cloud-writes.h"
#include "map/identity-keys.h"
#include "model/device-unit.h"

/* Of the open plant; weak, for it may close at any moment. */
static GWeakRef open_plant;

static const char *
find_serial (PlanciaDevice *device)
{
  static const char *const keys[] = PLANCIA_SERIAL_KEYS;

  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaReading *reading = plancia_device_lookup (device, keys[i]);

    if (reading != NULL && reading->value.kind == PLANCIA_VALUE_TEXT && reading->value.text[0])
      return reading->value.text;
  }
  return NULL;
}

/* A serial number may be in two parts; the first is as long as a cloud's name for it. */
static gboolean
is_the_same (const char *serial, const char *thing)
{
  return serial != NULL && (g_str_has_prefix (serial, thing) || g_str_has_prefix (thing, serial));
}

/**
 * plancia_cloud_read_back_find:
 * @plant: where to look
 * @thing: serial number
 *
 * Returns: (transfer none) (nullable): the device
 */
PlanciaDevice *
plancia_cloud_read_back_find (PlanciaOpenPlant *plant, const char *thing)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));

  for (guint i = 0; thing != NULL && i < devices->len; i++) {
    PlanciaDevice  *device = g_ptr_array_index (devices, i);
    PlanciaBackend *backend = plancia_device_get_backend (device);

    if (backend != NULL && plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS &&
        plancia_device_get_map (device) != NULL && is_the_same (find_serial (device), thing))
      return device;
  }
  return NULL;
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  GArray *words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (source), result, &error);

  plancia_cloud_writes_reader_return (user_data, words, error);
}

static void
read_device (PlanciaCloudWrite *write, GTask *task, gpointer user_data)
{
  g_autoptr (PlanciaOpenPlant) plant = g_weak_ref_get (&open_plant);
  PlanciaDevice *device =
    plant != NULL ? plancia_cloud_read_back_find (plant, plancia_cloud_write_get_thing (write))
                  : NULL;

  if (device == NULL) {
    plancia_cloud_writes_reader_return (
      task,
      NULL,
      g_error_new_literal (G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "the device is not reached without the cloud"));
    return;
  }
  plancia_backend_read_raw_async (plancia_device_get_backend (device),
                                  plancia_device_find_unit (device),
                                  plancia_cloud_write_get_function (write),
                                  plancia_cloud_write_get_address (write),
                                  (guint16) plancia_cloud_write_get_count (write),
                                  NULL,
                                  read_done,
                                  task);
}

void
plancia_cloud_read_back_use (PlanciaOpenPlant *plant)
{
  g_weak_ref_set (&open_plant, plant);
  plancia_cloud_writes_set_reader (plancia_cloud_writes_get_default (), read_device, NULL, NULL);
}
