/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map-catalog.h"
#include "plant/snapshot.h"

/* Snapshots of a shipped map: every readable register has the same word in all its words, but for those named. */

static inline PlanciaMap *
snapshot_fixture_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get (id, &error);

  g_assert_no_error (error);
  return map;
}

/* pairs: key, word, ..., NULL; word -1: it could not be read. */
static inline PlanciaSnapshot *
snapshot_fixture_new (PlanciaMap *map, guint16 word, ...)
{
  PlanciaSnapshot *self =
    plancia_snapshot_new (PLANCIA_SNAPSHOT_REQUEST, 1781265930000, "dev", "HYD", "", map);
  g_autoptr (GHashTable) special = g_hash_table_new (g_str_hash, g_str_equal);
  const char *key;
  va_list     arguments;

  va_start (arguments, word);
  while ((key = va_arg (arguments, const char *)) != NULL) {
    g_assert_nonnull (plancia_map_find_field (map, key));
    g_hash_table_insert (special, (gpointer) key, GINT_TO_POINTER (va_arg (arguments, int)));
  }
  va_end (arguments);
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    g_autofree guint16 *words = g_new0 (guint16, field->count);
    gpointer            given = NULL;
    gboolean            named = g_hash_table_lookup_extended (special, field->key, NULL, &given);

    if (!(field->access & PLANCIA_ACCESS_READ))
      continue;
    for (guint j = 0; j < field->count; j++)
      words[j] = named ? 0 : word;
    words[field->count - 1] = named ? (guint16) GPOINTER_TO_INT (given) : word;
    plancia_snapshot_add (self,
                          field,
                          named && GPOINTER_TO_INT (given) < 0 ? NULL : words,
                          "no answer");
  }
  return self;
}
