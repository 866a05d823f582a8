/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch.h"

#include "model/alarm-field.h"
#include "model/quantity.h"
#include "plant/watched.h"

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

/* Of the watch list only what the map has: a backend refuses others. */
static GStrv
list_with_watched (PlanciaDevice *device, PlanciaPlant *plant)
{
  PlanciaMap *map = plancia_device_get_map (device);
  g_auto (GStrv) usual = plancia_watch_list (map, plancia_device_get_kind (device));
  g_auto (GStrv)
    more = plancia_watched_list_keys (plancia_watched_of (plant), plancia_device_get_id (device));
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_strv_builder_addv (keys, (const char **) usual);
  for (guint i = 0; more[i] != NULL; i++)
    if (plancia_map_find_field (map, more[i]) != NULL &&
        !g_strv_contains ((const char *const *) usual, more[i]))
      g_strv_builder_add (keys, more[i]);
  return g_strv_builder_end (keys);
}

/**
 * plancia_watch_tell:
 *
 * A device whose map is not known is read as its map will say.
 */
void
plancia_watch_tell (PlanciaDevice *device, PlanciaPlant *plant, gboolean all)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);
  g_auto (GStrv) keys = NULL;

  if (backend == NULL)
    return;
  if (plancia_device_get_map (device) != NULL && !all)
    keys = list_with_watched (device, plant);
  plancia_backend_set_watch (backend, plancia_device_get_id (device), (const char *const *) keys);
}

void
plancia_watch_set (PlanciaDevice *device, PlanciaPlant *plant, const char *key, gboolean watched)
{
  PlanciaWatched *list = plancia_watched_of (plant);
  const char     *id = plancia_device_get_id (device);

  if (watched)
    plancia_watched_add (list, id, key);
  else
    plancia_watched_remove (list, id, key);
}
