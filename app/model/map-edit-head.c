/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a map says of itself: name, confidence, note, sources, groups, tables. */

#include "map/map-format.h"
#include "model/map-edit-private.h"
#include "model/map-member.h"

/**
 * plancia_map_edit_get_head:
 *
 * Returns: (transfer full): a member of the top of the file
 */
char *
plancia_map_edit_get_head (PlanciaMapEdit *self, const char *member)
{
  return g_str_equal (member, "name") ? g_strdup (self->name)
                                      : plancia_map_member_get_text (self->root, member);
}

void
plancia_map_edit_set_head (PlanciaMapEdit *self, const char *member, const char *text)
{
  g_autofree char *present = plancia_map_edit_get_head (self, member);

  if (g_str_equal (present, text))
    return;
  if (g_str_equal (member, "name")) {
    g_free (self->name);
    self->name = g_strstrip (g_strdup (text));
  } else {
    plancia_map_member_set_text (self->root, member, text);
  }
  plancia_map_edit_count_wrong (self);
  plancia_map_edit_set_changed (self, TRUE);
}

guint
plancia_map_edit_get_n_sources (PlanciaMapEdit *self)
{
  JsonArray *sources = plancia_map_edit_get_list (self->root, "sources");

  return sources != NULL ? json_array_get_length (sources) : 0;
}

char *
plancia_map_edit_get_source (PlanciaMapEdit *self, guint index, const char *member)
{
  JsonObject *source =
    json_array_get_object_element (plancia_map_edit_get_list (self->root, "sources"), index);

  return plancia_map_member_get_text (source, member);
}

void
plancia_map_edit_set_source (PlanciaMapEdit *self,
                             guint           index,
                             const char     *member,
                             const char     *text)
{
  JsonObject *source =
    json_array_get_object_element (plancia_map_edit_get_list (self->root, "sources"), index);
  g_autofree char *present = plancia_map_member_get_text (source, member);

  if (g_str_equal (present, text))
    return;
  json_object_set_string_member (source, member, text);
  plancia_map_edit_set_changed (self, TRUE);
}

void
plancia_map_edit_add_source (PlanciaMapEdit *self)
{
  JsonObject *source = json_object_new ();

  json_object_set_string_member (source, "ref", "");
  json_array_add_object_element (plancia_map_edit_get_list (self->root, "sources"), source);
  plancia_map_edit_set_changed (self, TRUE);
}

/**
 * plancia_map_edit_remove_source:
 *
 * The last one stays: a map says where it comes from.
 */
void
plancia_map_edit_remove_source (PlanciaMapEdit *self, guint index)
{
  if (plancia_map_edit_get_n_sources (self) < 2)
    return;

  json_array_remove_element (plancia_map_edit_get_list (self->root, "sources"), index);
  plancia_map_edit_set_changed (self, TRUE);
}

/**
 * plancia_map_edit_list_groups:
 * @names: (out) (transfer full): names for people
 *
 * Returns: (transfer full): keys
 */
char **
plancia_map_edit_list_groups (PlanciaMapEdit *self, char ***names)
{
  JsonArray *groups = plancia_map_edit_get_list (self->root, "groups");
  guint      n = json_array_get_length (groups);
  char     **keys = g_new0 (char *, n + 1);

  *names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++) {
    JsonObject *group = json_array_get_object_element (groups, i);

    keys[i] = g_strdup (json_object_get_string_member (group, "key"));
    (*names)[i] = g_strdup (plancia_map_label (json_object_get_string_member (group, "name")));
  }
  return keys;
}

static gboolean
has_group (PlanciaMapEdit *self, const char *key)
{
  JsonArray *groups = plancia_map_edit_get_list (self->root, "groups");

  for (guint i = 0; i < json_array_get_length (groups); i++)
    if (g_str_equal (
          json_object_get_string_member (json_array_get_object_element (groups, i), "key"),
          key))
      return TRUE;

  return FALSE;
}

/**
 * plancia_map_edit_add_group:
 * @name: for people
 *
 * Returns: (transfer full): its key; that of the group if there is one already
 */
char *
plancia_map_edit_add_group (PlanciaMapEdit *self, const char *name)
{
  char       *key = plancia_map_format_key (name, "own");
  JsonObject *group;

  if (has_group (self, key))
    return key;

  group = json_object_new ();
  json_object_set_string_member (group, "key", key);
  json_object_set_string_member (group, "name", name);
  json_array_add_object_element (plancia_map_edit_get_list (self->root, "groups"), group);
  plancia_map_edit_set_changed (self, TRUE);
  return key;
}

/**
 * plancia_map_edit_list_tables:
 * @set: "value_tables" or "bit_tables"
 *
 * Returns: (transfer full): their names
 */
char **
plancia_map_edit_list_tables (PlanciaMapEdit *self, const char *set)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonNode      *node = json_object_get_member (self->root, set);
  JsonObjectIter iter;
  const char    *name;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, NULL))
      g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}

/**
 * plancia_map_edit_get_default:
 * @member: "function", "word_order" or "write.function"
 *
 * Returns: (transfer none) (nullable): what holds for a register that does not say it
 */
const char *
plancia_map_edit_get_default (PlanciaMapEdit *self, const char *member)
{
  static const char *const functions[] = {"holding", "coil", "discrete", "holding", "input"};
  JsonNode                *node = json_object_get_member (self->root, "defaults");
  JsonObject              *defaults = json_node_get_object (node);

  if (g_str_equal (member, "function"))
    return functions[MIN (self->read_function, G_N_ELEMENTS (functions) - 1)];
  if (g_str_equal (member, "word_order"))
    return json_object_get_string_member_with_default (defaults, "word_order", "big");
  if (g_str_equal (member, "write.function"))
    return json_object_get_int_member_with_default (defaults, "write_function", 16) == 6 ? "6"
                                                                                         : "16";
  return NULL;
}
