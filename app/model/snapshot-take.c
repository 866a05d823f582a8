/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/snapshots.h"

/**
 * plancia_snapshot_list_keys:
 * @map: a map
 *
 * Returns: (transfer full): registers that cannot be read, such as those that only take a command, are left out
 */
GStrv
plancia_snapshot_list_keys (PlanciaMap *map)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->access & PLANCIA_ACCESS_READ)
      g_strv_builder_add (keys, field->key);
  }
  return g_strv_builder_end (keys);
}

/* An old value says nothing about now. */
static const guint16 *
good_words (const PlanciaReading *reading, const PlanciaField *field)
{
  gboolean good = reading != NULL && reading->n_words == field->count &&
                  (reading->quality == PLANCIA_QUALITY_GOOD ||
                   reading->quality == PLANCIA_QUALITY_MISSING);

  return good ? reading->words : NULL;
}

/**
 * plancia_snapshot_new_from_readings:
 * @reason: why it is taken
 * @device: (nullable): id in the plant
 * @name: (nullable): for people
 * @route: (nullable): address
 * @map: by which @readings were read
 * @readings: all that was answered
 *
 * Returns: (transfer full): a snapshot of every readable register of @map, without words for what did not come
 */
PlanciaSnapshot *
plancia_snapshot_new_from_readings (PlanciaSnapshotReason reason,
                                    const char           *device,
                                    const char           *name,
                                    const char           *route,
                                    PlanciaMap           *map,
                                    PlanciaReadings      *readings)
{
  PlanciaSnapshot *self =
    plancia_snapshot_new (reason, plancia_readings_get_time (readings), device, name, route, map);

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField   *field = plancia_map_get_field (map, i);
    const PlanciaReading *reading = plancia_readings_find (readings, field->key);

    if (field->access & PLANCIA_ACCESS_READ)
      plancia_snapshot_add (self,
                            field,
                            good_words (reading, field),
                            reading != NULL ? reading->message : "not asked");
  }
  return self;
}
