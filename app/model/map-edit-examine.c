/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One register against its neighbours and the write blocks: by the loader, of a small document that has only these. So it costs
 * the same in a map of a hundred and of ten thousand registers. */

#include "map/map-probe.h"
#include "model/map-edit-private.h"
#include "model/map-member.h"
#include <string.h>

#define NEIGHBOURHOOD 64 /* longer than any register */

static gboolean
names (JsonObject *object, const char *member, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING &&
         g_str_equal (json_node_get_string (node), key);
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
block_names (JsonObject *block, const char *key)
{
  JsonArray *layout = plancia_map_edit_get_list (block, "layout");

  if (names (block, "result", key) || names (get_object (block, "requires"), "register", key))
    return TRUE;
  for (guint i = 0; layout != NULL && i < json_array_get_length (layout); i++)
    if (names (json_array_get_object_element (layout, i), "register", key))
      return TRUE;

  return FALSE;
}

static void
add_key (GHashTable *keys, JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    g_hash_table_add (keys, (gpointer) json_node_get_string (node));
}

/* Keys of the registers that some write block names. */
static GHashTable *
collect_members (JsonObject *root)
{
  GHashTable *keys = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray  *all = plancia_map_edit_get_list (root, "write_blocks");

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++) {
    JsonObject *block = json_array_get_object_element (all, i);
    JsonArray  *layout = plancia_map_edit_get_list (block, "layout");

    add_key (keys, block, "result");
    add_key (keys, get_object (block, "requires"), "register");
    for (guint j = 0; layout != NULL && j < json_array_get_length (layout); j++)
      add_key (keys, json_array_get_object_element (layout, j), "register");
  }
  return keys;
}

/* first, last: of a register whose place can be read. */
static gboolean
get_place (PlanciaMapEditRow *row, gint64 *first, gint64 *last)
{
  gint64 count = plancia_map_member_get_integer (row->entry, "count");

  *first = plancia_map_member_get_integer (row->entry, "address");
  *last = *first + MAX (count, 1) - 1;
  return *first >= 0;
}

static gboolean
is_near (PlanciaMapEditRow *row, PlanciaMapEditRow *other)
{
  gint64 first, last, other_first, other_last;

  return get_place (row, &first, &last) && get_place (other, &other_first, &other_last) &&
         other_first <= last + NEIGHBOURHOOD && other_last >= first - NEIGHBOURHOOD;
}

static gboolean
overlaps (PlanciaMapEditRow *row, PlanciaMapEditRow *other)
{
  gint64 first, last, other_first, other_last;

  return get_place (row, &first, &last) && get_place (other, &other_first, &other_last) &&
         other_first <= last && other_last >= first;
}

/* The register first, then those that it may be in conflict with. What is wrong itself says nothing about this one. */
static GPtrArray *
collect_rows (GListModel *rows, PlanciaMapEditRow *row, GHashTable *members)
{
  GPtrArray  *found = g_ptr_array_new_with_free_func (g_object_unref);
  const char *key = plancia_map_edit_row_get_key (row);

  g_ptr_array_add (found, g_object_ref (row));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PlanciaMapEditRow) other = g_list_model_get_item (rows, i);
    const char *other_key = plancia_map_edit_row_get_key (other);

    if (other == row)
      continue;
    if (g_str_equal (other_key, key) ||
        (other->complaints->len == 0 &&
         (is_near (row, other) || g_hash_table_contains (members, other_key))))
      g_ptr_array_add (found, g_object_ref (other));
  }
  return found;
}

static JsonNode *
make_document (JsonObject *root, GPtrArray *rows)
{
  JsonNode      *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject    *document = json_object_new ();
  JsonArray     *registers = json_array_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;

  json_object_iter_init (&iter, root);
  while (json_object_iter_next (&iter, &name, &member))
    json_object_set_member (document, name, json_node_ref (member));
  for (guint i = 0; i < rows->len; i++) {
    PlanciaMapEditRow *row = g_ptr_array_index (rows, i);

    json_array_add_object_element (registers, json_object_ref (row->entry));
  }
  json_object_set_array_member (document, "registers", registers);
  json_node_take_object (node, document);
  return node;
}

static void
add_complaint (PlanciaMapEditRow *row, const char *member, gsize length, const char *words)
{
  PlanciaMapEditComplaint *complaint = g_new (PlanciaMapEditComplaint, 1);

  *complaint = (PlanciaMapEditComplaint){g_strndup (member, length), g_strdup (words)};
  g_ptr_array_add (row->complaints, complaint);
}

/* A member of this register, without the index of a list: "invalid[2]" is "invalid". */
static void
take_own (PlanciaMapEditRow *row, const char *rest, const char *words)
{
  const char *member = rest[0] == '.' ? rest + 1 : rest;

  add_complaint (row, member, strcspn (member, "["), words);
}

/* Said of another register or of a block, but because of this one. */
static void
take_other (PlanciaMapEditRow          *row,
            GPtrArray                  *rows,
            gboolean                    in_block,
            const PlanciaJsonComplaint *complaint)
{
  char *end = NULL;
  guint index;

  if (g_str_has_prefix (complaint->path, "write_blocks[")) {
    const char *member = plancia_map_edit_row_get_writable (row) ? "address" : "access";

    if (in_block)
      add_complaint (row, member, strlen (member), complaint->words);
    return;
  }
  if (!g_str_has_prefix (complaint->path, "registers["))
    return;

  index = (guint) g_ascii_strtoull (complaint->path + strlen ("registers["), &end, 10);
  if (index >= rows->len)
    return;
  if (g_str_has_suffix (end, ".key"))
    add_complaint (row, "key", strlen ("key"), complaint->words);
  else if (g_str_has_suffix (end, ".address") && overlaps (row, g_ptr_array_index (rows, index)))
    add_complaint (row, "address", strlen ("address"), complaint->words);
}

/**
 * plancia_map_edit_examine:
 * @root: the map
 * @rows: its registers
 * @row: one of them; gets its complaints
 */
void
plancia_map_edit_examine (JsonObject *root, GListModel *rows, PlanciaMapEditRow *row)
{
  static const char own[] = "registers[0]";
  g_autoptr (GHashTable) members = collect_members (root);
  g_autoptr (GPtrArray) chosen = collect_rows (rows, row, members);
  g_autoptr (JsonNode) document = make_document (root, chosen);
  g_autoptr (GPtrArray) complaints = plancia_map_probe (document);

  g_ptr_array_set_size (row->complaints, 0);
  for (guint i = 0; i < complaints->len; i++) {
    const PlanciaJsonComplaint *complaint = g_ptr_array_index (complaints, i);

    if (g_str_has_prefix (complaint->path, own))
      take_own (row, complaint->path + strlen (own), complaint->words);
    else
      take_other (row,
                  chosen,
                  g_hash_table_contains (members, plancia_map_edit_row_get_key (row)),
                  complaint);
  }
}

const char *
plancia_map_edit_find_block (JsonObject *root, const char *key)
{
  JsonArray *all = plancia_map_edit_get_list (root, "write_blocks");

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++) {
    JsonObject *block = json_array_get_object_element (all, i);

    if (block_names (block, key))
      return json_object_get_string_member_with_default (block, "name", key);
  }

  return NULL;
}
