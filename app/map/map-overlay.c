/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-overlay.h"

static const char *const keyed_lists[] = {"registers", "groups", "write_blocks"};
static const char *const table_sets[] = {"value_tables", "bit_tables"};

static gboolean
is_one_of (const char *text, const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;

  return FALSE;
}

static gboolean
equal_objects (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;

  json_object_iter_init_ordered (&iter, a);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!plancia_map_overlay_equal (node, json_object_get_member (b, name)))
      return FALSE;

  return TRUE;
}

static gboolean
equal_arrays (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!plancia_map_overlay_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
equal_values (JsonNode *a, JsonNode *b)
{
  GType type = json_node_get_value_type (a);
  GType other = json_node_get_value_type (b);

  if ((type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) &&
      (other == G_TYPE_INT64 || other == G_TYPE_DOUBLE))
    return type == G_TYPE_INT64 && other == G_TYPE_INT64
             ? json_node_get_int (a) == json_node_get_int (b)
             : json_node_get_double (a) == json_node_get_double (b);
  if (type != other)
    return FALSE;
  if (type == G_TYPE_STRING)
    return g_strcmp0 (json_node_get_string (a), json_node_get_string (b)) == 0;

  return json_node_get_boolean (a) == json_node_get_boolean (b);
}

static void
set_null (JsonObject *object, const char *name)
{
  json_object_set_null_member (object, name);
}

/* What entry says otherwise than old; key alone if nothing. */
static JsonObject *
diff_entry (JsonObject *entry, JsonObject *old, guint *n_changes)
{
  JsonObject    *changes = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  *n_changes = 0;
  json_object_set_member (changes, "key", json_node_ref (json_object_get_member (entry, "key")));
  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (plancia_map_overlay_equal (node, json_object_get_member (old, name)))
      continue;
    json_object_set_member (changes, name, json_node_ref (node));
    *n_changes += 1;
  }
  json_object_iter_init_ordered (&iter, old);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    if (json_object_has_member (entry, name))
      continue;
    set_null (changes, name);
    *n_changes += 1;
  }

  return changes;
}

static JsonArray *
get_list (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
key_of (JsonArray *list, guint index)
{
  return json_object_get_string_member (json_array_get_object_element (list, index), "key");
}

static GHashTable *
index_list (JsonArray *list)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    g_hash_table_insert (index,
                         (gpointer) key_of (list, i),
                         json_array_get_object_element (list, i));

  return index;
}

/* A new entry and behind which one it stands. */
static JsonObject *
copy_entry (JsonArray *list, guint index)
{
  JsonObject    *copy = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, json_array_get_object_element (list, index));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    json_object_set_member (copy, name, json_node_ref (node));
    if (index > 0 && g_str_equal (name, "key"))
      json_object_set_string_member (copy, "after", key_of (list, index - 1));
  }

  return copy;
}

static JsonArray *
diff_list (JsonArray *list, JsonArray *base)
{
  g_autoptr (GHashTable) old = index_list (base);
  JsonArray *changes = json_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonObject *before = g_hash_table_lookup (old, key_of (list, i));
    JsonObject *change;
    guint       n_changes = 1;

    if (before != NULL)
      change = diff_entry (json_array_get_object_element (list, i), before, &n_changes);
    else
      change = copy_entry (list, i);
    if (n_changes > 0)
      json_array_add_object_element (changes, change);
    else
      json_object_unref (change);
  }

  return changes;
}

static JsonArray *
removed_keys (JsonArray *list, JsonArray *base)
{
  g_autoptr (GHashTable) present = index_list (list);
  JsonArray *keys = json_array_new ();

  for (guint i = 0; base != NULL && i < json_array_get_length (base); i++)
    if (!g_hash_table_contains (present, key_of (base, i)))
      json_array_add_string_element (keys, key_of (base, i));

  return keys;
}

static void
set_filled (JsonObject *object, const char *name, JsonArray *array)
{
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, name, array);
  else
    json_array_unref (array);
}

static void
diff_tables (JsonObject *root,
             JsonObject *removals,
             const char *name,
             JsonObject *tables,
             JsonObject *base)
{
  JsonObject    *changes = json_object_new ();
  JsonArray     *gone = json_array_new ();
  JsonObjectIter iter;
  const char    *table;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, tables);
  while (json_object_iter_next_ordered (&iter, &table, &node))
    if (!plancia_map_overlay_equal (node, json_object_get_member (base, table)))
      json_object_set_member (changes, table, json_node_ref (node));
  json_object_iter_init_ordered (&iter, base);
  while (json_object_iter_next_ordered (&iter, &table, NULL))
    if (!json_object_has_member (tables, table))
      json_array_add_string_element (gone, table);

  set_filled (removals, name, gone);
  if (json_object_get_size (changes) > 0)
    json_object_set_object_member (root, name, changes);
  else
    json_object_unref (changes);
}

/* One member of the top level. */
static void
diff_member (JsonObject *root,
             JsonObject *removals,
             const char *name,
             JsonObject *whole,
             JsonObject *base)
{
  JsonNode *node = json_object_get_member (whole, name);
  JsonNode *old = json_object_get_member (base, name);

  if (old != NULL && is_one_of (name, keyed_lists, G_N_ELEMENTS (keyed_lists))) {
    set_filled (removals, name, removed_keys (get_list (whole, name), get_list (base, name)));
    set_filled (root, name, diff_list (get_list (whole, name), get_list (base, name)));
  } else if (node != NULL && old != NULL &&
             is_one_of (name, table_sets, G_N_ELEMENTS (table_sets))) {
    diff_tables (root, removals, name, json_node_get_object (node), json_node_get_object (old));
  } else if (node == NULL) {
    set_null (root, name);
  } else if (!plancia_map_overlay_equal (node, old)) {
    json_object_set_member (root, name, json_node_ref (node));
  }
}

/* The name of the file and the format stand in every document, whatever the base says. */
static void
copy_head (JsonObject *root, JsonObject *whole, const char *base_id)
{
  static const char *const head[] = {"format", "version", "id", "name"};

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    if (json_object_has_member (whole, head[i]))
      json_object_set_member (root,
                              head[i],
                              json_node_ref (json_object_get_member (whole, head[i])));
  json_object_set_string_member (root, "extends", base_id);
}

static void
diff_members (JsonObject *root,
              JsonObject *removals,
              JsonObject *names,
              JsonObject *whole,
              JsonObject *base)
{
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init_ordered (&iter, names);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    /* Those of the base that whole has too were looked at already. */
    if (json_object_has_member (root, name) ||
        (names == base && json_object_has_member (whole, name)))
      continue;
    diff_member (root, removals, name, whole, base);
  }
}

/**
 * plancia_map_overlay_equal:
 * @a: (nullable): a node
 * @b: (nullable): another
 *
 * Returns: whether they say the same
 */
gboolean
plancia_map_overlay_equal (JsonNode *a, JsonNode *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (a))
    return equal_objects (json_node_get_object (a), json_node_get_object (b));
  if (JSON_NODE_HOLDS_ARRAY (a))
    return equal_arrays (json_node_get_array (a), json_node_get_array (b));
  if (JSON_NODE_HOLDS_NULL (a))
    return TRUE;

  return equal_values (a, b);
}

/**
 * plancia_map_overlay_make:
 * @whole: a map without "extends"
 * @base: the map it differs from, without "extends"
 * @base_id: id of @base
 *
 * Nodes are shared with both.
 *
 * Returns: (transfer full): what differs
 */
JsonNode *
plancia_map_overlay_make (JsonNode *whole, JsonNode *base, const char *base_id)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonObject *removals = json_object_new ();
  JsonObject *object = json_node_get_object (whole);
  JsonObject *old = json_node_get_object (base);

  copy_head (root, object, base_id);
  diff_members (root, removals, object, object, old);
  diff_members (root, removals, old, object, old);
  if (json_object_get_size (removals) > 0)
    json_object_set_object_member (root, "remove", removals);
  else
    json_object_unref (removals);
  json_node_take_object (node, root);
  return node;
}
