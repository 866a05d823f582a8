/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-expand.h"

#include "base/error.h"
#include "map/json-check.h"
#include "map/map-private.h"
#include <string.h>

/* Longest chain of bases: also what ends a circle. */
#define MAXIMUM_DEPTH 8

static const char *const keyed_lists[] = {"registers", "groups", "write_blocks"};
static const char *const table_sets[] = {"value_tables", "bit_tables"};

static JsonNode *
expand (JsonNode *root, const char *origin, const char *folder, guint depth, GError **error);

static gboolean
is_one_of (const char *text, const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;

  return FALSE;
}

static JsonNode *
parse_base (GBytes *bytes, const char *id, const char *folder, guint depth, GError **error)
{
  g_autofree char *origin = g_strconcat (id, ".json", NULL);
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);

  return root ? expand (root, origin, folder, depth + 1, error) : NULL;
}

static GBytes *
find_base_file (const char *id, const char *folder)
{
  g_autofree char *user = plancia_map_user_folder ();
  const char      *places[] = {folder, user};
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = places[i] ? g_build_filename (places[i], name, NULL) : NULL;
    GBytes          *bytes = path ? plancia_map_read_file (path, NULL) : NULL;

    if (bytes != NULL)
      return bytes;
  }

  return NULL;
}

/* A shipped map wins here: so a person's own map may extend the shipped one of the same id. */
static JsonNode *
load_base (PlanciaJsonCheck *check, const char *id, const char *folder, guint depth)
{
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *base;

  if (!plancia_json_is_id (id)) {
    plancia_json_fail (check,
                       NULL,
                       "extends",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "expected the id of a map, got \"%s\"",
                       id);
    return NULL;
  }
  if (depth >= MAXIMUM_DEPTH) {
    plancia_json_fail (check,
                       NULL,
                       "extends",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "more than %d maps extend each other",
                       MAXIMUM_DEPTH);
    return NULL;
  }

  bytes = plancia_map_shipped_bytes (id);
  if (bytes == NULL)
    bytes = find_base_file (id, folder);
  if (bytes == NULL) {
    plancia_json_fail (check,
                       NULL,
                       "extends",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "there is no map \"%s\"",
                       id);
    return NULL;
  }

  base = parse_base (bytes, id, folder, depth, &check->error);
  if (base == NULL)
    g_prefix_error (&check->error, "%s: extends: ", check->origin);
  return base;
}

/* The entries of a list in order, and their places by key. An own list of nodes: the documents themselves are sealed. */
typedef struct
{
  GPtrArray  *nodes; /* JsonNode, owned */
  GHashTable *known; /* key, borrowed, to JsonNode, borrowed */
} Entries;

static const char *
entry_key (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *key = object ? json_object_get_member (object, "key") : NULL;

  return key && json_node_get_value_type (key) == G_TYPE_STRING ? json_node_get_string (key) : NULL;
}

static JsonArray *
get_list (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
entries_init (Entries *self, JsonArray *list)
{
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode   *node = json_array_get_element (list, i);
    const char *key = entry_key (node);

    g_ptr_array_add (self->nodes, json_node_ref (node));
    if (key != NULL)
      g_hash_table_insert (self->known, (gpointer) key, node);
  }
}

static void
entries_clear (Entries *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->nodes);
}

static int
entries_find (const Entries *self, const char *key)
{
  JsonNode *node = g_hash_table_lookup (self->known, key);
  guint     index;

  return node && g_ptr_array_find (self->nodes, node, &index) ? (int) index : -1;
}

/* Members of the change replace those of the old entry; null removes one. */
static JsonNode *
merge_entry (JsonNode *old, JsonNode *change)
{
  JsonObject    *object = json_object_new ();
  JsonNode      *merged = json_node_alloc ();
  JsonObject    *news = json_node_get_object (change);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, json_node_get_object (old));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    JsonNode *other = json_object_get_member (news, name);

    if (other == NULL || !JSON_NODE_HOLDS_NULL (other))
      json_object_set_member (object, name, json_node_ref (other ? other : node));
  }
  json_object_iter_init_ordered (&iter, news);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!JSON_NODE_HOLDS_NULL (node) && !json_object_has_member (object, name) &&
        !g_str_equal (name, "after"))
      json_object_set_member (object, name, json_node_ref (node));

  json_node_init_object (merged, object);
  json_object_unref (object);
  return merged;
}

static void
replace_entry (Entries *entries, int index, JsonNode *change)
{
  JsonNode **slot = (JsonNode **) &g_ptr_array_index (entries->nodes, index);
  JsonNode  *merged = merge_entry (*slot, change);

  g_hash_table_remove (entries->known, entry_key (*slot));
  json_node_unref (*slot);
  *slot = merged;
  g_hash_table_insert (entries->known, (gpointer) entry_key (merged), merged);
}

static JsonNode *
without_after (JsonNode *node)
{
  static const char nothing[] = "{}";
  g_autoptr (JsonNode) empty = json_from_string (nothing, NULL);

  if (!json_object_has_member (json_node_get_object (node), "after"))
    return json_node_ref (node);

  return merge_entry (empty, node);
}

/* Where a new entry goes: behind *cursor, the entry that was put before it, unless it names another. */
static void
insert_entry (PlanciaJsonCheck      *check,
              const PlanciaJsonPath *path,
              Entries               *entries,
              JsonNode              *node,
              int                   *cursor)
{
  const char *after = plancia_json_get_string (check,
                                               path,
                                               json_node_get_object (node),
                                               "after",
                                               PLANCIA_JSON_OPTIONAL);
  JsonNode   *entry;

  if (after != NULL) {
    *cursor = entries_find (entries, after);
    if (*cursor < 0)
      plancia_json_fail (check,
                         path,
                         "after",
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "there is no entry \"%s\"",
                         after);
  }
  if (*cursor < 0)
    *cursor = (int) entries->nodes->len - 1;

  entry = without_after (node);
  *cursor += 1;
  g_ptr_array_insert (entries->nodes, *cursor, entry);
  g_hash_table_insert (entries->known, (gpointer) entry_key (entry), entry);
}

static void
apply_entries (PlanciaJsonCheck *check, const char *name, Entries *entries, JsonArray *changes)
{
  const PlanciaJsonPath path = {NULL, name, 0};
  int                   cursor = -1;

  for (guint i = 0; changes != NULL && i < json_array_get_length (changes); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonNode             *node = json_array_get_element (changes, i);
    const char           *key = entry_key (node);
    int                   index = key ? entries_find (entries, key) : -1;

    if (key == NULL)
      plancia_json_fail (check, &element, "key", PLANCIA_DOCUMENT_ERROR_MISSING, "is missing");
    else if (index >= 0)
      replace_entry (entries, index, node);
    else
      insert_entry (check, &element, entries, node, &cursor);
  }
}

static JsonArray *
get_removals (JsonObject *root, const char *name)
{
  JsonNode *node = json_object_get_member (root, "remove");

  return node && JSON_NODE_HOLDS_OBJECT (node) ? get_list (json_node_get_object (node), name)
                                               : NULL;
}

static void
remove_entries (PlanciaJsonCheck *check, const char *name, Entries *entries, JsonArray *removals)
{
  const PlanciaJsonPath top = {NULL, "remove", 0};
  const PlanciaJsonPath path = {&top, name, 0};

  for (guint i = 0; removals != NULL && i < json_array_get_length (removals); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    const char           *key = plancia_json_element_string (check, &element, removals);
    int                   index = key ? entries_find (entries, key) : -1;

    if (key == NULL)
      continue;
    if (index < 0) {
      plancia_json_fail (check,
                         &element,
                         NULL,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "the base has no \"%s\"",
                         key);
      continue;
    }
    g_hash_table_remove (entries->known, key);
    g_ptr_array_remove_index (entries->nodes, index);
  }
}

static JsonNode *
merge_list (PlanciaJsonCheck *check, const char *name, JsonObject *base, JsonObject *root)
{
  JsonNode  *merged = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  Entries    entries;

  entries_init (&entries, get_list (base, name));
  remove_entries (check, name, &entries, get_removals (root, name));
  apply_entries (check, name, &entries, get_list (root, name));
  for (guint i = 0; i < entries.nodes->len; i++)
    json_array_add_element (array, json_node_ref (g_ptr_array_index (entries.nodes, i)));
  entries_clear (&entries);

  json_node_take_array (merged, array);
  return merged;
}

static void
copy_members (JsonObject *target, JsonObject *source)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (source == NULL)
    return;

  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (target, name, json_node_ref (node));
}

static JsonObject *
get_tables (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
merge_tables (PlanciaJsonCheck *check, const char *name, JsonObject *base, JsonObject *root)
{
  const PlanciaJsonPath top = {NULL, "remove", 0};
  const PlanciaJsonPath path = {&top, name, 0};
  JsonNode             *merged = json_node_new (JSON_NODE_OBJECT);
  JsonObject           *tables = json_object_new ();
  JsonArray            *removals = get_removals (root, name);

  copy_members (tables, get_tables (base, name));
  for (guint i = 0; removals != NULL && i < json_array_get_length (removals); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    const char           *key = plancia_json_element_string (check, &element, removals);

    if (key != NULL && !json_object_has_member (tables, key))
      plancia_json_fail (check,
                         &element,
                         NULL,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "the base has no \"%s\"",
                         key);
    if (key != NULL)
      json_object_remove_member (tables, key);
  }
  copy_members (tables, get_tables (root, name));

  json_node_take_object (merged, tables);
  return merged;
}

/* One member of the top level; NULL if it is gone. */
static JsonNode *
merge_member (PlanciaJsonCheck *check, const char *name, JsonObject *base, JsonObject *root)
{
  JsonNode *own = json_object_get_member (root, name);
  gboolean  is_list = is_one_of (name, keyed_lists, G_N_ELEMENTS (keyed_lists));
  gboolean  is_set = is_one_of (name, table_sets, G_N_ELEMENTS (table_sets));

  if (own != NULL && JSON_NODE_HOLDS_NULL (own))
    return NULL;
  /* What has the wrong kind is left for the loader to complain about. */
  if (is_list && (own == NULL || JSON_NODE_HOLDS_ARRAY (own)))
    return merge_list (check, name, base, root);
  if (is_set && (own == NULL || JSON_NODE_HOLDS_OBJECT (own)))
    return merge_tables (check, name, base, root);

  return json_node_ref (own ? own : json_object_get_member (base, name));
}

static void
merge_members (PlanciaJsonCheck *check,
               JsonObject       *target,
               JsonObject       *names,
               JsonObject       *base,
               JsonObject       *root)
{
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init_ordered (&iter, names);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    JsonNode *node = NULL;

    if (g_str_equal (name, "extends") || g_str_equal (name, "remove") ||
        json_object_has_member (target, name))
      continue;
    node = merge_member (check, name, base, root);
    if (node != NULL)
      json_object_set_member (target, name, node);
  }
}

static JsonNode *
merge (PlanciaJsonCheck *check, JsonObject *base, JsonObject *root)
{
  JsonNode   *merged = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  plancia_json_get_object (check, NULL, root, "remove", PLANCIA_JSON_OPTIONAL);
  merge_members (check, object, base, base, root);
  merge_members (check, object, root, base, root);
  json_node_take_object (merged, object);
  return merged;
}

static JsonNode *
expand (JsonNode *root, const char *origin, const char *folder, guint depth, GError **error)
{
  PlanciaJsonCheck check = {origin, NULL, NULL};
  JsonObject      *object = json_node_get_object (root);
  const char      *id = NULL;
  g_autoptr (JsonNode) base = NULL;
  g_autoptr (JsonNode) merged = NULL;

  if (!json_object_has_member (object, "extends"))
    return json_node_ref (root);

  id = plancia_json_get_string (&check, NULL, object, "extends", PLANCIA_JSON_REQUIRED);
  if (id != NULL)
    base = load_base (&check, id, folder, depth);
  if (base != NULL)
    merged = merge (&check, json_node_get_object (base), object);
  if (check.error != NULL) {
    g_propagate_error (error, check.error);
    return NULL;
  }

  return g_steal_pointer (&merged);
}

/**
 * plancia_map_expand:
 * @root: a document
 * @origin: names it in messages
 * @folder: (nullable): where a base that is not shipped is looked for first
 *
 * Nodes are shared with the base, which is kept alive by them. Blocking when a base is a file.
 *
 * Returns: (transfer full): the whole document, or %NULL with %PLANCIA_DOCUMENT_ERROR and the key path
 */
JsonNode *
plancia_map_expand (JsonNode *root, const char *origin, const char *folder, GError **error)
{
  return expand (root, origin, folder, 0, error);
}
