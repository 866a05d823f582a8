/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/archive.h"

#include "cli/cli.h"
#include "cli/plant-search.h"
#include "cli/wait.h"
#include "map/map-catalog.h"
#include "plant/plant-file.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

static void
device_free (PlanciaCliDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->address, plancia_address_unref);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (((PlanciaCliArchive *) user_data)->cancellable);
  return G_SOURCE_CONTINUE;
}

/* A map that is gone only costs the words. */
static PlanciaMap *
load_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = id != NULL ? plancia_map_catalog_get (id, &error) : NULL;

  if (error != NULL)
    g_info ("%s", error->message);
  return map;
}

static void
add_entry (PlanciaCliArchive *self, PlanciaEntry *entry)
{
  PlanciaCliDevice *device = g_new0 (PlanciaCliDevice, 1);
  PlanciaAddress   *address = plancia_entry_get_address (entry);

  device->id = g_strdup (plancia_entry_get_id (entry));
  device->name = g_strdup (plancia_entry_get_name (entry));
  device->address = address != NULL ? plancia_address_ref (address) : NULL;
  device->map = load_map (plancia_entry_get_map (entry));
  g_ptr_array_add (self->devices, device);
}

static void
add_all (PlanciaCliArchive *self, GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    add_entry (self, entry);
    add_all (self, plancia_entry_get_children (entry));
  }
}

static void
take_plant (PlanciaCliArchive *self, PlanciaPlant *plant)
{
  if (self->plant != NULL)
    return;
  self->plant = g_strdup (plancia_plant_get_name (plant));
  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (plancia_plant_get_zone (plant));
}

static PlanciaPlant *
load_plant (PlanciaCliArchive *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  PlanciaPlant *plant = plancia_plant_file_load (path, &error);

  if (plant != NULL)
    take_plant (self, plant);
  else
    plancia_cli_complain ("%s", error->message);
  return plant;
}

static gboolean
add_plant (PlanciaCliArchive *self, const char *path)
{
  g_autoptr (PlanciaPlant) plant = load_plant (self, path);

  if (plant == NULL)
    return FALSE;
  add_all (self, plancia_plant_get_entries (plant));
  return TRUE;
}

static gboolean
add_of_plant (PlanciaCliArchive *self,
              PlanciaPlant      *plant,
              const char        *name,
              PlanciaAddress    *address)
{
  g_autoptr (GPtrArray) found = plancia_plant_search (plant, name, address);

  if (found->len == 0) {
    plancia_cli_complain (
      _ ("%s: there is no device \"%s\"."), plancia_plant_get_name (plant), name);
    return FALSE;
  }
  for (guint i = 0; i < found->len; i++)
    add_entry (self, g_ptr_array_index (found, i));
  return TRUE;
}

/* What no plant knows is kept under its address. */
static void
add_address (PlanciaCliArchive *self, PlanciaAddress *address)
{
  g_autoptr (PlanciaEntry) entry = plancia_plant_search_recent (address);
  PlanciaCliDevice *device;

  if (entry != NULL) {
    add_entry (self, entry);
    return;
  }
  device = g_new0 (PlanciaCliDevice, 1);
  device->id = plancia_address_to_string (address);
  device->name = g_strdup (device->id);
  device->address = plancia_address_ref (address);
  g_ptr_array_add (self->devices, device);
}

static gboolean
add_name (PlanciaCliArchive *self, const char *name, PlanciaPlant *plant)
{
  g_autoptr (PlanciaAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (strstr (name, "://") == NULL)
    return plant != NULL ? add_of_plant (self, plant, name, NULL) : add_plant (self, name);
  address = plancia_address_parse (name, &error);
  if (address == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  if (plant != NULL)
    return add_of_plant (self, plant, name, address);
  add_address (self, address);
  return TRUE;
}

static gboolean
add_names (PlanciaCliArchive *self, char **names, const char *path)
{
  g_autoptr (PlanciaPlant) plant = path != NULL ? load_plant (self, path) : NULL;

  if (path != NULL && plant == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_name (self, names[i], plant))
      return FALSE;
  return TRUE;
}

PlanciaCliArchive *
plancia_cli_archive_open (char **names, const char *plant)
{
  g_autoptr (PlanciaCliArchive) self = g_new0 (PlanciaCliArchive, 1);
  g_autofree char *path =
    g_build_filename (g_get_user_data_dir (), "plancia", "history.sqlite", NULL);

  self->store = plancia_store_new (path);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_free);
  self->zone = g_time_zone_new_local ();
  self->cancellable = g_cancellable_new ();
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  return add_names (self, names, plant) ? g_steal_pointer (&self) : NULL;
}

void
plancia_cli_archive_free (PlanciaCliArchive *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_source_remove (self->signals[i]);
  plancia_store_close (self->store);
  g_object_unref (self->store);
  g_ptr_array_unref (self->devices);
  g_time_zone_unref (self->zone);
  g_object_unref (self->cancellable);
  g_free (self->plant);
  g_free (self);
}

GPtrArray *
plancia_cli_archive_list (PlanciaCliArchive *self, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) devices = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < self->devices->len; i++)
    g_strv_builder_add (ids, ((PlanciaCliDevice *) g_ptr_array_index (self->devices, i))->id);
  devices = g_strv_builder_end (ids);
  plancia_store_list_series_async (self->store,
                                   (const char *const *) devices,
                                   self->cancellable,
                                   plancia_cli_keep_result,
                                   &result);
  return plancia_store_list_series_finish (self->store, plancia_cli_wait (&result), error);
}

PlanciaCliDevice *
plancia_cli_archive_find (PlanciaCliArchive *self, const char *id)
{
  for (guint i = 0; i < self->devices->len; i++) {
    PlanciaCliDevice *device = g_ptr_array_index (self->devices, i);

    if (g_str_equal (device->id, id))
      return device;
  }
  return NULL;
}
