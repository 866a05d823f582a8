/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-source.h"

#include "model/recorder.h"
#include "model/series-words.h"

#include <glib/gi18n.h>

PlanciaHistorySource *
plancia_history_source_new (PlanciaDevice *device, const char *name)
{
  PlanciaHistorySource *self = g_new0 (PlanciaHistorySource, 1);

  self->device = g_object_ref (device);
  self->name = g_strdup (name);
  return self;
}

PlanciaHistorySource *
plancia_history_source_copy (const PlanciaHistorySource *self)
{
  PlanciaHistorySource *copy = plancia_history_source_new (self->device, self->name);

  g_set_object (&copy->plant, self->plant);
  g_set_object (&copy->open, self->open);
  copy->twins = self->twins != NULL ? g_hash_table_ref (self->twins) : NULL;
  copy->clouds = self->clouds != NULL ? g_ptr_array_ref (self->clouds) : NULL;
  return copy;
}

PlanciaEnergyWhose
plancia_history_source_whose (const PlanciaHistorySource *self)
{
  return (PlanciaEnergyWhose){.device = plancia_device_get_id (self->device),
                              .source = self->name,
                              .plant = self->plant,
                              .twins = self->twins};
}

void
plancia_history_source_free (PlanciaHistorySource *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->plant);
  g_clear_object (&self->open);
  g_clear_pointer (&self->twins, g_hash_table_unref);
  g_clear_pointer (&self->clouds, g_ptr_array_unref);
  g_object_unref (self->device);
  g_free (self->name);
  g_free (self);
}

gboolean
plancia_history_source_equal (const PlanciaHistorySource *a, const PlanciaHistorySource *b)
{
  return a->device == b->device && a->plant == b->plant && g_str_equal (a->name, b->name);
}

gboolean
plancia_history_source_is_local (const PlanciaHistorySource *self)
{
  return g_str_equal (self->name, PLANCIA_RECORDER_SOURCE);
}

static gboolean
is_cloud (const char *name)
{
  return g_str_equal (name, "portal") || g_str_equal (name, "system");
}

PlanciaBackend *
plancia_history_source_get_backend (const PlanciaHistorySource *self)
{
  return is_cloud (self->name) ? plancia_device_get_backend (self->device) : NULL;
}

const char *
plancia_history_source_title (const PlanciaHistorySource *self)
{
  if (self->plant != NULL)
    return _ ("All devices");
  return plancia_series_words_source (self->name);
}

/* The recorder and files of ours speak as the portal does. */
const char *
plancia_history_source_kind (const PlanciaHistorySource *self)
{
  return is_cloud (self->name) ? plancia_device_get_kind (self->device) : "thing";
}

/* --- whose ----------------------------------------------------------------------------------- */

static const char *
serial_of (PlanciaDevice *device)
{
  const PlanciaReading *serial = plancia_device_lookup (device, "serial_number");

  return serial != NULL && serial->value.kind == PLANCIA_VALUE_TEXT ? serial->value.text : NULL;
}

static gboolean
is_thing (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "thing");
}

gboolean
plancia_history_source_is_recorded (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);
  const char   *kind = plancia_device_get_kind (device);

  if (entry == NULL || is_thing (device) || g_str_equal (kind, "portal"))
    return FALSE;
  return g_str_equal (kind, "psc") ||
         (plancia_entry_is_device (entry) &&
          (plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS) != 0);
}

/* The device at hand that a portal's thing is, by the serial number. */
static PlanciaDevice *
find_twin (PlanciaOpenPlant *plant, PlanciaDevice *thing)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (thing));
  const char     *serial = plancia_address_get_thing (address);
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));

  for (guint i = 0; serial != NULL && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (plancia_history_source_is_recorded (device) && g_strcmp0 (serial_of (device), serial) == 0)
      return device;
  }
  return NULL;
}

static PlanciaDevice *
find_recorded (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  if (plancia_history_source_is_recorded (device))
    return device;
  return is_thing (device) && plancia_device_get_entry (device) ? find_twin (plant, device) : NULL;
}

const char *
plancia_history_source_cloud_name (PlanciaDevice *device)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));

  return plancia_address_get_kind (address) == PLANCIA_ADDRESS_SYSTEM ? "system" : "portal";
}

static void
add (GPtrArray *sources, PlanciaDevice *device, const char *name)
{
  g_autoptr (PlanciaHistorySource) source = plancia_history_source_new (device, name);

  if (!g_ptr_array_find_with_equal_func (sources,
                                         source,
                                         (GEqualFunc) plancia_history_source_equal,
                                         NULL))
    g_ptr_array_add (sources, g_steal_pointer (&source));
}

/* --- whole plants ---------------------------------------------------------------------------- */

static gboolean
is_plant (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "plant");
}

/* A device that is read here and a cloud's thing are the same if they have the same serial number; and who can be asked. */
void
plancia_history_source_refresh (const PlanciaHistorySource *self)
{
  g_autoptr (GPtrArray) devices = NULL;

  if (self->open == NULL)
    return;
  g_hash_table_remove_all (self->twins);
  g_ptr_array_set_size (self->clouds, 0);
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->open));
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);
    PlanciaDevice *cloud = plancia_open_plant_get_history_device (self->open, device);

    if (cloud != NULL && cloud != device)
      g_hash_table_insert (self->twins,
                           g_strdup (plancia_device_get_id (device)),
                           g_strdup (plancia_device_get_id (cloud)));
    else if (cloud != NULL && is_thing (device))
      g_ptr_array_add (self->clouds, g_object_ref (device));
  }
}

PlanciaHistorySource *
plancia_history_source_new_of_plant (PlanciaDevice    *device,
                                     PlanciaPlant     *plant,
                                     PlanciaOpenPlant *open)
{
  PlanciaHistorySource *self = plancia_history_source_new (device, PLANCIA_HISTORY_OF_PLANT);

  self->plant = g_object_ref (plant);
  if (open == NULL)
    return self;
  self->open = g_object_ref (open);
  self->twins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->clouds = g_ptr_array_new_with_free_func (g_object_unref);
  plancia_history_source_refresh (self);
  return self;
}

gboolean
plancia_history_source_is_of_plant (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  g_autoptr (GPtrArray) devices = NULL;

  if (!is_plant (device))
    return FALSE;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));
  for (guint i = 0; i < devices->len; i++)
    if (plancia_open_plant_get_history_device (plant, g_ptr_array_index (devices, i)) != NULL ||
        plancia_history_source_is_recorded (g_ptr_array_index (devices, i)))
      return TRUE;
  return FALSE;
}

GPtrArray *
plancia_history_sources_find (PlanciaOpenPlant *plant, PlanciaDevice *device, GPtrArray *series)
{
  GPtrArray *sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_history_source_free);
  PlanciaDevice *cloud = plancia_open_plant_get_history_device (plant, device);
  PlanciaDevice *here = find_recorded (plant, device);

  if (is_plant (device)) {
    if (plancia_history_source_is_of_plant (plant, device))
      g_ptr_array_add (
        sources,
        plancia_history_source_new_of_plant (device, plancia_open_plant_get_plant (plant), plant));
    return sources;
  }
  if (cloud != NULL)
    add (sources, cloud, plancia_history_source_cloud_name (cloud));
  if (here != NULL)
    add (sources, here, PLANCIA_RECORDER_SOURCE);
  for (guint i = 0; series != NULL && i < series->len; i++) {
    const PlanciaSeriesName *name = g_ptr_array_index (series, i);

    if (cloud != NULL && g_str_equal (plancia_device_get_id (cloud), name->device))
      add (sources, cloud, name->source);
    else if (here != NULL && g_str_equal (plancia_device_get_id (here), name->device))
      add (sources, here, name->source);
    else if (g_str_equal (plancia_device_get_id (device), name->device))
      add (sources, device, name->source);
  }
  return sources;
}

char **
plancia_history_sources_ids (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  PlanciaDevice *cloud = plancia_open_plant_get_history_device (plant, device);
  PlanciaDevice *here = find_recorded (plant, device);

  if (is_plant (device))
    return plancia_plant_parts_ids (plancia_open_plant_get_plant (plant));
  g_strv_builder_add (ids, plancia_device_get_id (device));
  if (cloud != NULL && cloud != device)
    g_strv_builder_add (ids, plancia_device_get_id (cloud));
  if (here != NULL && here != device)
    g_strv_builder_add (ids, plancia_device_get_id (here));
  return g_strv_builder_end (ids);
}
