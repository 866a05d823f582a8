/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-lock.h"

#include "base/error.h"
#include "map/forbidden-area.h"
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

/* What the list said about writing, or what holds for any register. */
static void
make_writable (JsonObject *entry)
{
  JsonObject *imported = json_object_has_member (entry, "imported")
                           ? json_object_get_object_member (entry, "imported")
                           : NULL;
  JsonObject *write = json_object_new ();
  gint64      function = WRITE_MANY;

  if (imported != NULL && json_object_has_member (imported, "write_function"))
    function = json_object_get_int_member (imported, "write_function");
  json_object_set_int_member (write, "function", function == 6 ? 6 : WRITE_MANY);
  json_object_set_string_member (write, "wear", "unknown");
  json_object_set_string_member (write, "danger", "caution");
  json_object_set_string_member (write,
                                 "confidence",
                                 imported ? "imported, unlocked by the user"
                                          : "unlocked by the user");
  json_object_set_string_member (entry, "access", "rw");
  json_object_set_object_member (entry, "write", write);
}

static PlanciaUnlockReason
find_reason (const PlanciaField *field, JsonObject *entry)
{
  JsonNode *imported = json_object_get_member (entry, "imported");

  if (field->danger == PLANCIA_DANGER_GRID_CODE)
    return PLANCIA_UNLOCK_GRID_CODE;
  if (field->read_function == 3 &&
      plancia_forbidden_area_find (field->address, field->count, NULL, NULL))
    return PLANCIA_UNLOCK_FORBIDDEN;
  if (field->read_function == 2 || field->read_function == 4)
    return PLANCIA_UNLOCK_INPUT;
  if (imported != NULL && JSON_NODE_HOLDS_OBJECT (imported) &&
      json_object_has_member (json_node_get_object (imported), "block_only"))
    return PLANCIA_UNLOCK_BLOCK_ONLY;

  return PLANCIA_UNLOCK_ALLOWED;
}

static gboolean
may_unlock (const PlanciaField *field, JsonObject *entry, const char *key, GError **error)
{
  static const char *const why[] = {"",
                                    "is part of the grid code",
                                    "lies in the area of the grid code and the firmware",
                                    "is an input: inputs cannot be written",
                                    "is written only within a block that is not known"};
  PlanciaUnlockReason      reason;

  if (field == NULL || entry == NULL || !field->locked) {
    g_set_error (error,
                 PLANCIA_DEVICE_ERROR,
                 PLANCIA_DEVICE_ERROR_READ_ONLY,
                 field == NULL    ? "there is no register \"%s\""
                 : !field->locked ? "\"%s\" is not locked"
                                  : "\"%s\" is locked in the map that this one extends",
                 key);
    return FALSE;
  }
  reason = find_reason (field, entry);
  if (reason == PLANCIA_UNLOCK_ALLOWED)
    return TRUE;

  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_READ_ONLY,
               "\"%s\" %s",
               key,
               why[reason]);
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
 * plancia_map_lock_reason:
 * @field: a register
 * @entry: what its map says of it
 *
 * Returns: why it must stay read-only, or %PLANCIA_UNLOCK_ALLOWED
 */
PlanciaUnlockReason
plancia_map_lock_reason (const PlanciaField *field, JsonObject *entry)
{
  return find_reason (field, entry);
}

/**
 * plancia_map_lock_open:
 * @entry: a register that nothing speaks against (plancia_map_lock_reason())
 *
 * It can be written from now on.
 */
void
plancia_map_lock_open (JsonObject *entry)
{
  /* How it is written may stand in the map that this one extends. */
  if (json_object_has_member (entry, "locked"))
    json_object_remove_member (entry, "locked");
  else if (!json_object_has_member (entry, "write"))
    make_writable (entry);
  else
    json_object_set_string_member (entry, "access", "rw");
}

/**
 * plancia_map_lock_close:
 * @entry: a register
 *
 * It is only read from now on; how it was written stays for the next time.
 */
void
plancia_map_lock_close (JsonObject *entry)
{
  json_object_set_boolean_member (entry, "locked", TRUE);
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

  plancia_map_lock_open (entry);
  return plancia_map_format_write (root);
}
