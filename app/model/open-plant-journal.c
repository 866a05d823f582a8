/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/open-plant-journal.h"

PlanciaJournal *
plancia_open_plant_create_journal (const char *store_path)
{
  g_autofree char *folder = g_path_get_dirname (store_path);
  g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);

  return plancia_journal_new (g_str_equal (store_path, ":memory:") ? store_path : path);
}

static const char *
find_serial (PlanciaDevice *device)
{
  static const char *const keys[] = {"serial_number", "serial"};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    const PlanciaReading *reading = plancia_device_lookup (device, keys[i]);

    if (reading != NULL && reading->value.kind == PLANCIA_VALUE_TEXT)
      return reading->value.text;
  }
  return NULL;
}

static char *
dup_address (PlanciaDevice *device)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaAddress *address = entry != NULL ? plancia_entry_get_address (entry) : NULL;

  return address != NULL ? plancia_address_to_string (address) : NULL;
}

/**
 * plancia_open_plant_begin_log:
 *
 * Main thread.
 */
PlanciaWriteLog *
plancia_open_plant_begin_log (PlanciaOpenPlant *self,
                              PlanciaDevice    *device,
                              const char       *kind,
                              const char       *note)
{
  g_autofree char          *address = dup_address (device);
  PlanciaMap               *map = plancia_device_get_map (device);
  const PlanciaJournalPlace place = {
    .plant = plancia_plant_get_name (plancia_open_plant_get_plant (self)),
    .device_id = plancia_device_get_id (device),
    .device = plancia_device_get_name (device),
    .serial = find_serial (device),
    .route = address,
    .map = map != NULL ? plancia_map_get_id (map) : NULL,
    .kind = kind,
    .note = note,
  };

  return plancia_journal_log (plancia_open_plant_get_journal (self), &place);
}

const char *
plancia_device_get_journal_name (PlanciaDevice *device)
{
  const char *serial = find_serial (device);

  return serial != NULL ? serial : plancia_device_get_id (device);
}
