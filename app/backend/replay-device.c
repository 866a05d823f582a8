/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/replay-device.h"

/* The newest that was told of a register. */
typedef struct
{
  gint64         time; /* us UTC */
  PlanciaQuality quality;
} Told;

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const PlanciaField *left = *(const PlanciaField *const *) a;
  const PlanciaField *right = *(const PlanciaField *const *) b;

  if (left->read_function != right->read_function)
    return left->read_function - right->read_function;
  return left->address - right->address;
}

static void
list_fields (PlanciaReplayDevice *self)
{
  for (guint i = 0; self->map != NULL && i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);

    if ((field->access & PLANCIA_ACCESS_READ) == 0 || field->count == 0)
      continue;
    g_ptr_array_add (self->fields, (gpointer) field);
    self->longest = MAX (self->longest, field->count);
  }
  g_ptr_array_sort (self->fields, compare_fields);
}

/**
 * plancia_replay_device_new:
 * @map: (nullable)
 *
 * (transfer full)
 */
PlanciaReplayDevice *
plancia_replay_device_new (int unit, PlanciaMap *map)
{
  PlanciaReplayDevice *self = g_new0 (PlanciaReplayDevice, 1);

  self->unit = unit >= 0 ? unit : map != NULL ? plancia_map_get_unit (map) : 1;
  self->map = map != NULL ? plancia_map_ref (map) : NULL;
  self->fields = g_ptr_array_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  list_fields (self);
  return self;
}

void
plancia_replay_device_free (gpointer data)
{
  PlanciaReplayDevice *self = data;

  g_clear_pointer (&self->map, plancia_map_unref);
  g_ptr_array_unref (self->fields);
  g_hash_table_unref (self->told);
  g_clear_error (&self->failure);
  g_free (self);
}

guint
plancia_replay_device_find (PlanciaReplayDevice *self, guint8 function, guint16 address)
{
  PlanciaField        from = {.read_function = function};
  const PlanciaField *wanted = &from;
  guint               low = 0, high = self->fields->len;

  from.address = (guint16) (address - MIN (address, self->longest));
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (compare_fields (&g_ptr_array_index (self->fields, middle), &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean
plancia_replay_device_note (PlanciaReplayDevice *self,
                            const char          *key,
                            PlanciaQuality       quality,
                            gint64               time)
{
  Told *told = g_hash_table_lookup (self->told, key);

  if (told == NULL && quality == PLANCIA_QUALITY_MISSING)
    return FALSE;
  if (told != NULL && told->quality == quality &&
      (told->time == time || quality != PLANCIA_QUALITY_GOOD))
    return FALSE;
  if (told == NULL) {
    told = g_new0 (Told, 1);
    g_hash_table_insert (self->told, g_strdup (key), told);
  }
  told->time = time;
  told->quality = quality;
  return TRUE;
}
