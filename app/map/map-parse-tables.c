/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The value and bit tables of a map file. */

#include "base/error.h"
#include "map/map-private.h"

static void
label_free (gpointer data)
{
  PlanciaLabel *label = data;

  g_free (label->label);
  g_free (label);
}

static PlanciaLabel *
parse_label (PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *row,
             const char            *number_key)
{
  const PlanciaJsonPath here = {path, number_key, 0};
  gboolean              is_bit = number_key[0] == 'b';
  PlanciaLabel         *label = g_new0 (PlanciaLabel, 1);
  JsonNode             *number = row ? json_object_get_member (row, number_key) : NULL;

  if (row != NULL && number == NULL)
    plancia_json_fail (check, path, number_key, PLANCIA_DOCUMENT_ERROR_MISSING, "is missing");
  if (number != NULL)
    label->number = plancia_json_node_integer (check,
                                               &here,
                                               number,
                                               is_bit ? 0 : G_MININT64,
                                               is_bit ? 16 * 60 - 1 : G_MAXINT64);
  label->id =
    plancia_json_get_integer (check, path, row, "id", PLANCIA_JSON_OPTIONAL, 0, G_MAXINT, 0);
  label->label =
    g_strdup (plancia_json_get_string (check, path, row, "label", PLANCIA_JSON_REQUIRED));

  return label;
}

static GPtrArray *
parse_table (PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonArray             *rows,
             const char            *number_key)
{
  GPtrArray *table = g_ptr_array_new_with_free_func (label_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < json_array_get_length (rows) && !plancia_json_failed (check); i++) {
    const PlanciaJsonPath element = {path, NULL, i};
    JsonObject           *row = plancia_json_element_object (check, &element, rows);
    PlanciaLabel         *label = parse_label (check, &element, row, number_key);

    g_ptr_array_add (table, label);
    if (!g_hash_table_add (seen, &label->number))
      plancia_json_fail (check,
                         &element,
                         number_key,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "%" G_GINT64_FORMAT " is in the table twice",
                         label->number);
  }

  return table;
}

static void
parse_tables (PlanciaMap       *map,
              PlanciaJsonCheck *check,
              JsonObject       *root,
              const char       *member,
              const char       *number_key,
              GHashTable       *tables)
{
  const PlanciaJsonPath path = {NULL, member, 0};
  JsonObject *object = plancia_json_get_object (check, NULL, root, member, PLANCIA_JSON_OPTIONAL);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    const PlanciaJsonPath here = {&path, name, 0};
    JsonArray *rows = plancia_json_get_array (check, &path, object, name, PLANCIA_JSON_REQUIRED);

    if (rows != NULL)
      g_hash_table_insert (tables,
                           (gpointer) plancia_map_keep (map, name),
                           parse_table (check, &here, rows, number_key));
  }
}

void
plancia_map_parse_tables (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  parse_tables (map, check, root, "value_tables", "value", map->value_tables);
  parse_tables (map, check, root, "bit_tables", "bit", map->bit_tables);
}
