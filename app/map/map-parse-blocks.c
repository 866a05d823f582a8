/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The write blocks of a map file: registers that are accepted only together. */

#include "base/error.h"
#include "map/map-private.h"
#include <glib/gi18n.h>
#include <string.h>

void
plancia_write_block_free (PlanciaWriteBlock *self)
{
  g_clear_pointer (&self->layout, g_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

static const PlanciaField *
find_field (PlanciaMap            *map,
            PlanciaJsonCheck      *check,
            const PlanciaJsonPath *path,
            JsonObject            *object,
            const char            *key,
            PlanciaJsonNeed        need)
{
  const char         *name = plancia_json_get_string (check, path, object, key, need);
  const PlanciaField *field = name ? plancia_map_find_field (map, name) : NULL;

  if (name != NULL && field == NULL)
    plancia_json_fail (check,
                       path,
                       key,
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("there is no register \"%s\""), name);

  return field;
}

/* One element of the layout: exactly one of register, constant, reserved. */
static void
parse_item (PlanciaMap            *map,
            PlanciaJsonCheck      *check,
            const PlanciaJsonPath *path,
            JsonObject            *object,
            PlanciaWriteBlock     *block,
            guint                  address)
{
  PlanciaLayoutItem item = {.address = address, .count = 1};
  gboolean          is_register = json_object_has_member (object, "register");
  gboolean          is_constant = json_object_has_member (object, "constant");
  gboolean          is_reserved = json_object_has_member (object, "reserved");

  if (is_register + is_constant + is_reserved != 1)
    plancia_json_fail (check,
                       path,
                       NULL,
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("expected one of register, constant, reserved"));

  if (is_register) {
    item.kind = PLANCIA_LAYOUT_REGISTER;
    item.field = find_field (map, check, path, object, "register", PLANCIA_JSON_REQUIRED);
    item.count = item.field ? item.field->count : 1;
  } else if (is_constant) {
    item.kind = PLANCIA_LAYOUT_CONSTANT;
    item.constant =
      plancia_json_get_address (check, path, object, "constant", PLANCIA_JSON_REQUIRED, 0);
  } else {
    item.kind = PLANCIA_LAYOUT_RESERVED;
  }

  g_array_append_val (block->layout, item);
}

static void
parse_layout (PlanciaMap            *map,
              PlanciaJsonCheck      *check,
              const PlanciaJsonPath *path,
              JsonObject            *object,
              PlanciaWriteBlock     *block)
{
  const PlanciaJsonPath here = {path, "layout", 0};
  JsonArray *layout = plancia_json_get_array (check, path, object, "layout", PLANCIA_JSON_REQUIRED);
  guint      count = 0;

  for (guint i = 0; layout != NULL && i < json_array_get_length (layout); i++) {
    const PlanciaJsonPath element = {&here, NULL, i};
    JsonObject           *item = plancia_json_element_object (check, &element, layout);

    if (item == NULL || count > G_MAXUINT16)
      return;
    parse_item (map, check, &element, item, block, block->address + count);
    count += g_array_index (block->layout, PlanciaLayoutItem, i).count;
  }

  block->count = MIN (count, G_MAXUINT16);
  if (layout != NULL && count == 0)
    plancia_json_fail (check, path, "layout", PLANCIA_DOCUMENT_ERROR_INVALID, N_ ("is empty"));
}

static void
parse_requires (PlanciaMap            *map,
                PlanciaJsonCheck      *check,
                const PlanciaJsonPath *path,
                JsonObject            *object,
                PlanciaWriteBlock     *block)
{
  const PlanciaJsonPath here = {path, "requires", 0};
  JsonObject           *requirement =
    plancia_json_get_object (check, path, object, "requires", PLANCIA_JSON_OPTIONAL);

  if (requirement == NULL)
    return;

  block->requires_field =
    find_field (map, check, &here, requirement, "register", PLANCIA_JSON_REQUIRED);
  block->requires_value = plancia_json_get_integer (check,
                                                    &here,
                                                    requirement,
                                                    "value",
                                                    PLANCIA_JSON_REQUIRED,
                                                    G_MININT64,
                                                    G_MAXINT64,
                                                    0);
}

static void
parse_checks (PlanciaJsonCheck      *check,
              const PlanciaJsonPath *path,
              JsonObject            *object,
              PlanciaWriteBlock     *block)
{
  const PlanciaJsonPath here = {path, "checks", 0};
  JsonArray *rules = plancia_json_get_array (check, path, object, "checks", PLANCIA_JSON_OPTIONAL);

  if (rules == NULL)
    return;

  block->checks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (rules); i++) {
    const PlanciaJsonPath element = {&here, NULL, i};
    const char           *text = plancia_json_element_string (check, &element, rules);
    PlanciaRule           rule;

    if (text != NULL && !plancia_rule_parse (text, block, &rule))
      plancia_json_fail (check,
                         &element,
                         NULL,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         N_ ("expected \"a <= b\" with registers of the block, got \"%s\""), text);
    g_ptr_array_add (block->checks, g_strdup (text ? text : ""));
  }
}

static guint8
parse_function (PlanciaJsonCheck *check, const PlanciaJsonPath *path, JsonObject *object)
{
  gint64 function =
    plancia_json_get_integer (check, path, object, "function", PLANCIA_JSON_REQUIRED, 0, 255, 16);

  if (function != 15 && function != 16)
    plancia_json_fail (check,
                       path,
                       "function",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("expected 15 or 16, got %d"), (int) function);
  return function;
}

static void
parse_block (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *object,
             PlanciaWriteBlock     *block)
{
  const PlanciaJsonNeed need = PLANCIA_JSON_REQUIRED;
  const char           *key = plancia_json_get_string (check, path, object, "key", need);

  if (key != NULL && !plancia_json_is_key (key))
    plancia_json_fail (check,
                       path,
                       "key",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("expected lower-case letters, digits and underscores, got \"%s\""), key);

  block->key = plancia_map_keep (map, key ? key : "");
  block->name = plancia_map_keep (map, plancia_json_get_string (check, path, object, "name", need));
  block->address = plancia_json_get_address (check, path, object, "address", need, 0);
  block->function = parse_function (check, path, object);
  block->read_before_write = plancia_json_get_boolean (check, path, object, "read_before_write");
  block->result = find_field (map, check, path, object, "result", PLANCIA_JSON_OPTIONAL);
  block->danger = plancia_danger_index (check, path, object, "danger");
  plancia_json_get_string (check, path, object, "confidence", PLANCIA_JSON_OPTIONAL);
  block->note =
    plancia_map_keep (map,
                      plancia_json_get_string (check, path, object, "note", PLANCIA_JSON_OPTIONAL));
  parse_layout (map, check, path, object, block);
  parse_requires (map, check, path, object, block);
  parse_checks (check, path, object, block);
}

void
plancia_map_parse_blocks (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "write_blocks", 0};
  JsonArray            *blocks =
    plancia_json_get_array (check, NULL, root, "write_blocks", PLANCIA_JSON_OPTIONAL);

  if (blocks == NULL || plancia_json_failed (check))
    return;

  for (guint i = 0; i < json_array_get_length (blocks) && !plancia_json_failed (check); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *object = plancia_json_element_object (check, &element, blocks);
    PlanciaWriteBlock    *block = g_new0 (PlanciaWriteBlock, 1);

    block->layout = g_array_new (FALSE, FALSE, sizeof (PlanciaLayoutItem));
    g_ptr_array_add (map->blocks, block);
    if (object != NULL)
      parse_block (map, check, &element, object, block);
  }
}
