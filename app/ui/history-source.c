/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-source.h"

#include "model/recorder.h"
#include "model/series-words.h"

PlanciaHistorySource *
plancia_history_source_new (PlanciaDevice *device, const char *name)
{
  PlanciaHistorySource *self = g_new0 (PlanciaHistorySource, 1);

  self->device = g_object_ref (device);
  self->name = g_strdup (name);
  return self;
}

void
plancia_history_source_free (PlanciaHistorySource *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->device);
  g_free (self->name);
  g_free (self);
}

gboolean
plancia_history_source_equal (const PlanciaHistorySource *a, const PlanciaHistorySource *b)
{
  return a->device == b->device && g_str_equal (a->name, b->name);
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

static const char *
cloud_name (PlanciaDevice *device)
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

GPtrArray *
plancia_history_sources_find (PlanciaOpenPlant *plant, PlanciaDevice *device, GPtrArray *series)
{
  GPtrArray *sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_history_source_free);
  PlanciaDevice *cloud = plancia_open_plant_get_history_device (plant, device);
  PlanciaDevice *here = find_recorded (plant, device);

  if (cloud != NULL)
    add (sources, cloud, cloud_name (cloud));
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

  g_strv_builder_add (ids, plancia_device_get_id (device));
  if (cloud != NULL && cloud != device)
    g_strv_builder_add (ids, plancia_device_get_id (cloud));
  if (here != NULL && here != device)
    g_strv_builder_add (ids, plancia_device_get_id (here));
  return g_strv_builder_end (ids);
}
