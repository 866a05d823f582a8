/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-lock.h"

#include "base/error.h"
#include "map/json-check.h"
#include "map/map-draft.h"
#include "map/map-format.h"
#include <string.h>

#define WRITE_MANY 16 /* the function that every device of the family takes */

static JsonArray *
get_registers (JsonObject *root, gboolean make)
{
  JsonNode *node = json_object_get_member (root, "registers");

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (!make)
    return NULL;

  json_object_set_array_member (root, "registers", json_array_new ());
  return json_object_get_array_member (root, "registers");
}

/* The entry of the map's own file; NULL if the register is only in the map that it extends. */
static JsonObject *
find_entry (JsonArray *registers, const char *key)
{
  for (guint i = 0; registers != NULL && i < json_array_get_length (registers); i++) {
    JsonNode   *node = json_array_get_element (registers, i);
    JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonNode   *name = entry ? json_object_get_member (entry, "key") : NULL;

    if (name != NULL && g_strcmp0 (json_node_get_string (name), key) == 0)
      return entry;
  }

  return NULL;
}

static void
unlock_imported (JsonObject *entry)
{
  JsonObject *imported = json_object_get_object_member (entry, "imported");
  JsonObject *write = json_object_new ();
  gint64      function = WRITE_MANY;

  if (json_object_has_member (imported, "write_function"))
    function = json_object_get_int_member (imported, "write_function");
  json_object_set_int_member (write, "function", function == 6 ? 6 : WRITE_MANY);
  json_object_set_string_member (write, "wear", "unknown");
  json_object_set_string_member (write, "danger", "caution");
  json_object_set_string_member (write, "confidence", "imported, unlocked by the user");
  json_object_set_string_member (entry, "access", "rw");
  json_object_set_object_member (entry, "write", write);
}

static gboolean
may_unlock (const PlanciaField *field, JsonObject *entry, const char *key, GError **error)
{
  JsonNode   *imported = entry ? json_object_get_member (entry, "imported") : NULL;
  const char *why = NULL;

  if (field == NULL || entry == NULL || !field->locked)
    why = "is not locked";
  else if (field->danger == PLANCIA_DANGER_GRID_CODE)
    why = "is part of the grid code";
  else if (field->read_function == 3 && plancia_map_is_forbidden (field->address, field->count))
    why = "lies in the area of the grid code and the firmware";
  else if (field->read_function == 2 || field->read_function == 4)
    why = "is an input: inputs cannot be written";
  else if (imported != NULL && JSON_NODE_HOLDS_OBJECT (imported) &&
           json_object_has_member (json_node_get_object (imported), "block_only"))
    why = "is written only within a block that is not known";
  if (why == NULL)
    return TRUE;

  g_set_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_READ_ONLY, "\"%s\" %s", key, why);
  return FALSE;
}

/**
 * plancia_map_lock_all:
 * @root: a document, not sealed
 * @map: the same, loaded
 *
 * Returns: how many registers were locked
 */
guint
plancia_map_lock_all (JsonNode *root, PlanciaMap *map)
{
  JsonArray *registers = get_registers (json_node_get_object (root), TRUE);
  guint      n_locked = 0;

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    JsonObject         *entry;

    if (!(field->access & PLANCIA_ACCESS_WRITE))
      continue;
    entry = find_entry (registers, field->key);
    if (entry == NULL) {
      entry = json_object_new ();
      json_object_set_string_member (entry, "key", field->key);
      json_array_add_object_element (registers, entry);
    }
    json_object_set_boolean_member (entry, "locked", TRUE);
    n_locked++;
  }

  return n_locked;
}

/**
 * plancia_map_unlock:
 * @key: of a locked register
 *
 * Any thread.
 *
 * Returns: (transfer full): the new text of the map, or %NULL with %PLANCIA_DEVICE_ERROR_READ_ONLY
 */
char *
plancia_map_unlock (PlanciaMap *map, const char *key, GError **error)
{
  g_autofree char *text = plancia_map_to_json (map);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *entry = find_entry (get_registers (json_node_get_object (root), FALSE), key);

  if (!may_unlock (plancia_map_find_field (map, key), entry, key, error))
    return NULL;

  if (json_object_has_member (entry, "locked"))
    json_object_remove_member (entry, "locked");
  else
    unlock_imported (entry);

  return plancia_map_format_write (root);
}
