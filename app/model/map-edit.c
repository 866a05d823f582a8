/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-edit.h"

#include "map/map-format.h"
#include "map/map-overlay.h"
#include "model/map-edit-private.h"
#include "model/map-member.h"
#include <glib/gi18n.h>
#include <string.h>

enum {
  PROP_0,
  PROP_CHANGED,
  PROP_WRONG,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PlanciaMapEdit, plancia_map_edit, G_TYPE_OBJECT)

/* --- state ----------------------------------------------------------------------------------- */

void
plancia_map_edit_set_changed (PlanciaMapEdit *self, gboolean changed)
{
  if (self->changed == changed)
    return;
  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

static PlanciaMapEditRow *
get_row (PlanciaMapEdit *self, guint index)
{
  g_autoptr (PlanciaMapEditRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), index);

  return row;
}

static guint
n_rows (PlanciaMapEdit *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

void
plancia_map_edit_count_wrong (PlanciaMapEdit *self)
{
  guint wrong = self->name[0] == '\0';

  for (guint i = 0; i < n_rows (self); i++)
    wrong += get_row (self, i)->complaints->len > 0;
  if (wrong == self->wrong)
    return;
  self->wrong = wrong;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WRONG]);
}

static void
compare_with_base (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  JsonNode *old = g_hash_table_lookup (self->base, plancia_map_edit_row_get_key (row));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, row->entry);
  row->differs = self->source->base != NULL && !plancia_map_overlay_equal (node, old);
}

static void
examine (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  plancia_map_edit_examine (self->root, G_LIST_MODEL (self->rows), row);
  plancia_map_edit_row_changed (row);
}

/* What was wrong because of this one may be right now. */
static void
examine_others (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  for (guint i = 0; i < n_rows (self); i++) {
    PlanciaMapEditRow *other = get_row (self, i);

    if (other != row && other->complaints->len > 0)
      examine (self, other);
  }
}

static void
row_changed (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  compare_with_base (self, row);
  examine (self, row);
  examine_others (self, row);
  plancia_map_edit_count_wrong (self);
  plancia_map_edit_set_changed (self, TRUE);
}

/* --- the document ---------------------------------------------------------------------------- */

static void
index_base (PlanciaMapEdit *self)
{
  JsonArray *list = self->source->base
                      ? plancia_map_edit_get_list (json_node_get_object (self->source->base),
                                                   "registers")
                      : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode   *node = json_array_get_element (list, i);
    const char *key = json_object_get_string_member (json_node_get_object (node), "key");

    g_hash_table_insert (self->base, (gpointer) key, node);
  }
}

static void
fill_rows (PlanciaMapEdit *self)
{
  JsonArray *list = plancia_map_edit_get_list (self->root, "registers");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *entry = json_object_ref (json_array_get_object_element (list, i));

    g_ptr_array_add (rows, plancia_map_edit_row_new (entry, self->read_function));
    compare_with_base (self, g_ptr_array_index (rows, i));
  }
  g_list_store_splice (self->rows, 0, n_rows (self), rows->pdata, rows->len);
}

/* --- rows ------------------------------------------------------------------------------------ */

static char *
unused_key (PlanciaMapEdit *self, PlanciaMapEditRow *row, const char *name)
{
  g_autofree char *key = plancia_map_format_key (name, "register");
  GString         *text = g_string_new (key);

  for (guint i = 2;; i++) {
    PlanciaMapEditRow *other = plancia_map_edit_find (self, text->str);

    if (other == NULL || other == row)
      break;
    g_string_printf (text, "%s_%u", key, i);
  }
  return g_string_free (text, FALSE);
}

static char *
next_address (PlanciaMapEditRow *row)
{
  gint64 address = row ? plancia_map_member_get_integer (row->entry, "address") : -1;
  gint64 count = row ? plancia_map_member_get_integer (row->entry, "count") : 0;

  return g_strdup_printf ("0x%04X", (guint) MIN (MAX (address + count, 0), G_MAXUINT16));
}

static int
find_place (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  guint place;

  return row != NULL && g_list_store_find (self->rows, row, &place) ? (int) place : -1;
}

static void
insert (PlanciaMapEdit *self, PlanciaMapEditRow *row, int place)
{
  g_list_store_insert (self->rows, place < 0 ? n_rows (self) : (guint) place, row);
  row_changed (self, row);
}

static const char *
first_group (PlanciaMapEdit *self)
{
  JsonArray *groups = plancia_map_edit_get_list (self->root, "groups");

  return groups != NULL && json_array_get_length (groups) > 0
           ? json_object_get_string_member (json_array_get_object_element (groups, 0), "key")
           : "";
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_edit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaMapEdit *self = PLANCIA_MAP_EDIT (object);

  switch (id) {
  case PROP_CHANGED:
    g_value_set_boolean (value, self->changed);
    break;
  case PROP_WRONG:
    g_value_set_uint (value, self->wrong);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_map_edit_finalize (GObject *object)
{
  PlanciaMapEdit *self = PLANCIA_MAP_EDIT (object);

  g_hash_table_unref (self->base);
  g_object_unref (self->rows);
  g_clear_pointer (&self->detect, json_node_unref);
  g_clear_pointer (&self->source, plancia_map_source_free);
  g_free (self->name);

  G_OBJECT_CLASS (plancia_map_edit_parent_class)->finalize (object);
}

static void
plancia_map_edit_class_init (PlanciaMapEditClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plancia_map_edit_get_property;
  object_class->finalize = plancia_map_edit_finalize;

  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[PROP_WRONG] = g_param_spec_uint ("wrong", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_map_edit_init (PlanciaMapEdit *self)
{
  self->rows = g_list_store_new (PLANCIA_TYPE_MAP_EDIT_ROW);
  self->base = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * plancia_map_edit_new:
 * @source: (transfer full): the map
 *
 * An own map of one that ships gets a name of its own, which can be changed.
 *
 * Returns: (transfer full): the map, nothing changed
 */
PlanciaMapEdit *
plancia_map_edit_new (PlanciaMapSource *source)
{
  PlanciaMapEdit *self = g_object_new (PLANCIA_TYPE_MAP_EDIT, NULL);
  JsonNode       *defaults;
  const char     *name;

  self->source = source;
  self->root = json_node_get_object (source->whole);
  defaults = json_object_get_member (self->root, "defaults");
  self->read_function = (guint8)
    json_object_get_int_member_with_default (json_node_get_object (defaults), "read_function", 3);
  name = json_object_get_string_member (self->root, "name");
  /* TRANSLATORS: name of a person's own register map; %s is that of the map it is made from */
  self->name = source->own || source->base == NULL
                 ? g_strdup (name)
                 : g_strdup_printf (_ ("%s (own)"), plancia_map_label (name));
  index_base (self);
  fill_rows (self);
  return self;
}

gboolean
plancia_map_edit_get_changed (PlanciaMapEdit *self)
{
  return self->changed;
}

guint
plancia_map_edit_get_wrong (PlanciaMapEdit *self)
{
  return self->wrong;
}

const char *
plancia_map_edit_get_id (PlanciaMapEdit *self)
{
  return self->source->id;
}

const char *
plancia_map_edit_get_base_id (PlanciaMapEdit *self)
{
  return self->source->base_id;
}

gboolean
plancia_map_edit_get_own (PlanciaMapEdit *self)
{
  return self->source->own;
}

GListModel *
plancia_map_edit_get_rows (PlanciaMapEdit *self)
{
  return G_LIST_MODEL (self->rows);
}

/**
 * plancia_map_edit_find:
 *
 * Returns: (transfer none) (nullable): the first register of that key
 */
PlanciaMapEditRow *
plancia_map_edit_find (PlanciaMapEdit *self, const char *key)
{
  for (guint i = 0; i < n_rows (self); i++) {
    PlanciaMapEditRow *row = get_row (self, i);

    if (g_str_equal (plancia_map_edit_row_get_key (row), key))
      return row;
  }

  return NULL;
}

/**
 * plancia_map_edit_set_text:
 * @member: of the file: "address", "write.danger"
 * @text: what was typed; nothing removes it
 */
void
plancia_map_edit_set_text (PlanciaMapEdit    *self,
                           PlanciaMapEditRow *row,
                           const char        *member,
                           const char        *text)
{
  g_autofree char *present = plancia_map_member_get_text (row->entry, member);

  if (g_str_equal (present, text))
    return;

  plancia_map_member_set_text (row->entry, member, text);
  if (g_str_equal (member, "key"))
    row->follows_name = FALSE;
  if (row->follows_name && g_str_equal (member, "name")) {
    g_autofree char *key = unused_key (self, row, text);

    plancia_map_member_set_text (row->entry, "key", key);
  }
  row_changed (self, row);
}

void
plancia_map_edit_set_boolean (PlanciaMapEdit    *self,
                              PlanciaMapEditRow *row,
                              const char        *member,
                              gboolean           value)
{
  if (plancia_map_member_get_boolean (row->entry, member) == value)
    return;

  plancia_map_member_set_boolean (row->entry, member, value);
  row_changed (self, row);
}

/**
 * plancia_map_edit_set_writable:
 * @writable: what a person decided, who was told the risk
 *
 * Returns: whether it is so now
 */
gboolean
plancia_map_edit_set_writable (PlanciaMapEdit *self, PlanciaMapEditRow *row, gboolean writable)
{
  if (plancia_map_edit_row_get_writable (row) == writable)
    return TRUE;
  if (writable && plancia_map_edit_row_get_unlock_reason (row) != PLANCIA_UNLOCK_ALLOWED)
    return FALSE;

  if (writable)
    plancia_map_lock_open (row->entry);
  else
    plancia_map_lock_close (row->entry);
  row_changed (self, row);
  return TRUE;
}

/**
 * plancia_map_edit_add:
 * @after: (nullable): the register before it
 *
 * Returns: (transfer none): a new one
 */
PlanciaMapEditRow *
plancia_map_edit_add (PlanciaMapEdit *self, PlanciaMapEditRow *after)
{
  JsonObject      *entry = json_object_new ();
  const char      *name = _ ("New register");
  g_autofree char *key = unused_key (self, NULL, name);
  g_autofree char *address = next_address (after);
  g_autofree char *group = after ? plancia_map_member_get_text (after->entry, "group")
                                 : g_strdup (first_group (self));
  g_autoptr (PlanciaMapEditRow) row = plancia_map_edit_row_new (entry, self->read_function);

  json_object_set_string_member (entry, "key", key);
  json_object_set_string_member (entry, "name", name);
  json_object_set_string_member (entry, "group", group);
  json_object_set_string_member (entry, "address", address);
  json_object_set_int_member (entry, "count", 1);
  json_object_set_string_member (entry, "type", "u16");
  row->follows_name = TRUE;
  insert (self, row, after ? find_place (self, after) + 1 : -1);
  return row;
}

/**
 * plancia_map_edit_duplicate:
 *
 * What it reads is copied, not that it may be written: that was said of another address.
 *
 * Returns: (transfer none): the new one
 */
PlanciaMapEditRow *
plancia_map_edit_duplicate (PlanciaMapEdit *self, PlanciaMapEditRow *row)
{
  static const char *const not_copied[] = {"access", "write", "locked", "imported"};
  JsonObject              *entry = plancia_map_member_copy (row->entry);
  g_autofree char         *key = unused_key (self, NULL, plancia_map_edit_row_get_key (row));
  g_autofree char         *address = next_address (row);
  g_autoptr (PlanciaMapEditRow) copy = plancia_map_edit_row_new (entry, self->read_function);

  for (guint i = 0; i < G_N_ELEMENTS (not_copied); i++)
    if (json_object_has_member (entry, not_copied[i]))
      json_object_remove_member (entry, not_copied[i]);
  json_object_set_string_member (entry, "key", key);
  json_object_set_string_member (entry, "address", address);
  copy->follows_name = TRUE;
  insert (self, copy, find_place (self, row) + 1);
  return copy;
}

/**
 * plancia_map_edit_remove:
 * @block: (out) (transfer none): the block that cannot do without it
 *
 * Returns: where it was, -1 if it stays
 */
int
plancia_map_edit_remove (PlanciaMapEdit *self, PlanciaMapEditRow *row, const char **block)
{
  g_autoptr (PlanciaMapEditRow) kept = g_object_ref (row);
  int place = find_place (self, row);

  *block = plancia_map_edit_find_block (self->root, plancia_map_edit_row_get_key (row));
  if (*block != NULL || place < 0)
    return -1;

  g_list_store_remove (self->rows, (guint) place);
  examine_others (self, kept);
  plancia_map_edit_count_wrong (self);
  plancia_map_edit_set_changed (self, TRUE);
  return place;
}

/**
 * plancia_map_edit_put_back:
 * @row: one that was removed
 * @place: where it was
 */
void
plancia_map_edit_put_back (PlanciaMapEdit *self, PlanciaMapEditRow *row, int place)
{
  insert (self, row, MIN (place, (int) n_rows (self)));
}

JsonArray *
plancia_map_edit_get_list (JsonObject *root, const char *name)
{
  JsonNode *node = json_object_get_member (root, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
