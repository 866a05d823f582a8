/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch.h"

#include "model/alarm-field.h"
#include "model/quantity.h"
#include "plant/watched.h"

struct _PlanciaWatch
{
  PlanciaPlant      *plant;
  PlanciaDeviceTree *tree;
  PlanciaDevice     *looked_at; /* or NULL */
  gboolean           looking;   /* somebody said what is looked at */
  gulong             stars;
};

static gboolean
makes_a_quantity (const PlanciaField *field, const char *kind)
{
  for (int i = 0; i < PLANCIA_N_QUANTITIES; i++)
    if (plancia_quantity_uses ((PlanciaQuantity) i, kind, field->key))
      return TRUE;
  return FALSE;
}

/**
 * plancia_watch_list:
 * @map: of the device
 * @kind: of the device
 *
 * See the header.
 */
GStrv
plancia_watch_list (PlanciaMap *map, const char *kind)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->poll == PLANCIA_POLL_FAST || g_str_equal (field->key, "serial_number") ||
        plancia_alarm_field_kind (field) != PLANCIA_ALARM_FIELD_NONE ||
        makes_a_quantity (field, kind))
      g_strv_builder_add (keys, field->key);
  }
  return g_strv_builder_end (keys);
}

/* Not twice, and only what the map has: a backend refuses others. */
static void
add_key (GPtrArray *keys, PlanciaMap *map, const char *key)
{
  if (plancia_map_find_field (map, key) != NULL &&
      !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, g_strdup (key));
}

static void
add_all (GPtrArray *keys, PlanciaMap *map, GStrv more)
{
  for (guint i = 0; more[i] != NULL; i++)
    add_key (keys, map, more[i]);
}

static GStrv
list_keys (PlanciaWatch *self, PlanciaDevice *device)
{
  PlanciaMap *map = plancia_device_get_map (device);
  g_auto (GStrv) usual = plancia_watch_list (map, plancia_device_get_kind (device));
  g_auto (GStrv) watched = plancia_watched_list_keys (plancia_watched_of (self->plant),
                                                      plancia_device_get_id (device));
  GPtrArray *keys = g_ptr_array_new ();

  add_all (keys, map, usual);
  add_all (keys, map, watched);
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const char *key = plancia_map_get_field (map, i)->key;

    if (plancia_device_tree_is_starred (self->tree, plancia_map_get_id (map), key))
      add_key (keys, map, key);
  }
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_free (keys, FALSE);
}

static void
tell_all (PlanciaWatch *self)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (self->tree);

  for (guint i = 0; i < devices->len; i++)
    plancia_watch_tell (self, g_ptr_array_index (devices, i));
}

PlanciaWatch *
plancia_watch_new (PlanciaPlant *plant, PlanciaDeviceTree *tree)
{
  PlanciaWatch *self = g_new0 (PlanciaWatch, 1);

  self->plant = g_object_ref (plant);
  self->tree = g_object_ref (tree);
  self->stars = g_signal_connect_swapped (tree, "starred-changed", G_CALLBACK (tell_all), self);
  return self;
}

void
plancia_watch_free (PlanciaWatch *self)
{
  g_clear_signal_handler (&self->stars, self->tree);
  g_clear_object (&self->looked_at);
  g_clear_object (&self->tree);
  g_clear_object (&self->plant);
  g_free (self);
}

void
plancia_watch_look (PlanciaWatch *self, PlanciaDevice *device)
{
  g_autoptr (PlanciaDevice) before = self->looked_at ? g_object_ref (self->looked_at) : NULL;
  gboolean first = !self->looking;

  if (!g_set_object (&self->looked_at, device) && !first)
    return;
  self->looking = TRUE;
  if (first)
    tell_all (self);
  else if (before)
    plancia_watch_tell (self, before);
  if (device && !first)
    plancia_watch_tell (self, device);
}

/**
 * plancia_watch_tell:
 *
 * A device whose map is not known is read as its map will say.
 */
void
plancia_watch_tell (PlanciaWatch *self, PlanciaDevice *device)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);
  g_auto (GStrv) keys = NULL;

  if (backend == NULL || !self->looking)
    return;
  if (plancia_device_get_map (device) != NULL && device != self->looked_at)
    keys = list_keys (self, device);
  plancia_backend_set_watch (backend, plancia_device_get_id (device), (const char *const *) keys);
}

void
plancia_watch_set (PlanciaWatch *self, PlanciaDevice *device, const char *key, gboolean watched)
{
  PlanciaWatched *list = plancia_watched_of (self->plant);
  const char     *id = plancia_device_get_id (device);

  if (watched)
    plancia_watched_add (list, id, key);
  else
    plancia_watched_remove (list, id, key);
  plancia_watch_tell (self, device);
}
