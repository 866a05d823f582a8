/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant-private.h"

enum {
  ENTRY_PROP_NAME = 1,
  ENTRY_PROP_ADDRESS,
  ENTRY_PROP_MAP,
  ENTRY_PROP_MAP_EVIDENCE,
  ENTRY_PROP_URL,
  N_ENTRY_PROPS,
};

static GParamSpec *entry_properties[N_ENTRY_PROPS];

G_DEFINE_FINAL_TYPE (PlanciaEntry, plancia_entry, G_TYPE_OBJECT)

static void
set_text (GObject *object, char **field, const char *text, GParamSpec *property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (object, property);
}

static void
plancia_entry_finalize (GObject *object)
{
  PlanciaEntry *self = PLANCIA_ENTRY (object);

  g_clear_weak_pointer (&self->parent);
  g_object_unref (self->children);
  g_clear_pointer (&self->address, plancia_address_unref);
  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->map);
  g_free (self->map_evidence);
  g_free (self->url);
  G_OBJECT_CLASS (plancia_entry_parent_class)->finalize (object);
}

static void
plancia_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaEntry *self = PLANCIA_ENTRY (object);

  switch (id) {
  case ENTRY_PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case ENTRY_PROP_ADDRESS:
    g_value_set_boxed (value, self->address);
    break;
  case ENTRY_PROP_MAP:
    g_value_set_string (value, self->map);
    break;
  case ENTRY_PROP_MAP_EVIDENCE:
    g_value_set_string (value, self->map_evidence);
    break;
  case ENTRY_PROP_URL:
    g_value_set_string (value, self->url);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_entry_class_init (PlanciaEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = plancia_entry_finalize;
  object_class->get_property = plancia_entry_get_property;
  entry_properties[ENTRY_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  entry_properties[ENTRY_PROP_ADDRESS] =
    g_param_spec_boxed ("address", NULL, NULL, PLANCIA_TYPE_ADDRESS, flags);
  entry_properties[ENTRY_PROP_MAP] = g_param_spec_string ("map", NULL, NULL, NULL, flags);
  entry_properties[ENTRY_PROP_MAP_EVIDENCE] =
    g_param_spec_string ("map-evidence", NULL, NULL, NULL, flags);
  entry_properties[ENTRY_PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_ENTRY_PROPS, entry_properties);
}

static void
plancia_entry_init (PlanciaEntry *self)
{
  self->children = g_list_store_new (PLANCIA_TYPE_ENTRY);
}

/**
 * plancia_entry_new:
 * @id: (nullable): unique in its plant and never changed; %NULL makes one
 * @kind: see the header
 * @name: what a person calls it
 * @address: (nullable): where it answers
 *
 * Returns: (transfer full): an entry that hangs nowhere yet
 */
PlanciaEntry *
plancia_entry_new (const char *id, const char *kind, const char *name, PlanciaAddress *address)
{
  PlanciaEntry *self = g_object_new (PLANCIA_TYPE_ENTRY, NULL);

  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->kind = g_strdup (kind);
  self->name = g_strdup (name);
  self->address = address != NULL ? plancia_address_ref (address) : NULL;
  return self;
}

/**
 * plancia_entry_get_id:
 * @self: an entry
 *
 * Returns: (transfer none): its id
 */
const char *
plancia_entry_get_id (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->id;
}

/**
 * plancia_entry_get_kind:
 * @self: an entry
 *
 * Returns: (transfer none): its kind
 */
const char *
plancia_entry_get_kind (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->kind;
}

/**
 * plancia_entry_get_name:
 * @self: an entry
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
plancia_entry_get_name (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->name;
}

/**
 * plancia_entry_set_name:
 * @self: an entry
 * @name: what a person calls it
 *
 * Notifies "name".
 */
void
plancia_entry_set_name (PlanciaEntry *self, const char *name)
{
  g_return_if_fail (PLANCIA_IS_ENTRY (self));
  set_text (G_OBJECT (self), &self->name, name, entry_properties[ENTRY_PROP_NAME]);
}

/**
 * plancia_entry_get_address:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): where it answers
 */
PlanciaAddress *
plancia_entry_get_address (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->address;
}

/**
 * plancia_entry_set_address:
 * @self: an entry
 * @address: (nullable): where it answers
 *
 * Notifies "address".
 */
void
plancia_entry_set_address (PlanciaEntry *self, PlanciaAddress *address)
{
  PlanciaAddress *old;

  g_return_if_fail (PLANCIA_IS_ENTRY (self));

  old = self->address;
  self->address = address != NULL ? plancia_address_ref (address) : NULL;
  g_clear_pointer (&old, plancia_address_unref);
  g_object_notify_by_pspec (G_OBJECT (self), entry_properties[ENTRY_PROP_ADDRESS]);
}

/**
 * plancia_entry_get_map:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the id of its register map
 */
const char *
plancia_entry_get_map (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->map;
}

/**
 * plancia_entry_set_map:
 * @self: an entry
 * @map: (nullable): the id of its register map
 *
 * What was learnt with another map is forgotten. Notifies "map".
 */
void
plancia_entry_set_map (PlanciaEntry *self, const char *map)
{
  g_return_if_fail (PLANCIA_IS_ENTRY (self));
  if (self->map != NULL && g_strcmp0 (self->map, map) != 0)
    plancia_entry_set_learnt (self, NULL);
  set_text (G_OBJECT (self), &self->map, map, entry_properties[ENTRY_PROP_MAP]);
}

/**
 * plancia_entry_get_map_evidence:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): what its map was told from, if nobody has confirmed it
 */
const char *
plancia_entry_get_map_evidence (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->map_evidence;
}

/**
 * plancia_entry_set_map_evidence:
 * @self: an entry
 * @evidence: (nullable): what its map was told from; NULL once a person has chosen or confirmed it
 *
 * Notifies "map-evidence".
 */
void
plancia_entry_set_map_evidence (PlanciaEntry *self, const char *evidence)
{
  g_return_if_fail (PLANCIA_IS_ENTRY (self));
  set_text (G_OBJECT (self),
            &self->map_evidence,
            evidence,
            entry_properties[ENTRY_PROP_MAP_EVIDENCE]);
}

/**
 * plancia_entry_get_url:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): where its cloud is, if not at the usual place
 */
const char *
plancia_entry_get_url (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->url;
}

/**
 * plancia_entry_set_url:
 * @self: an entry
 * @url: (nullable): where its cloud is
 *
 * Notifies "url".
 */
void
plancia_entry_set_url (PlanciaEntry *self, const char *url)
{
  g_return_if_fail (PLANCIA_IS_ENTRY (self));
  set_text (G_OBJECT (self), &self->url, url, entry_properties[ENTRY_PROP_URL]);
}

/**
 * plancia_entry_get_parent:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the entry it hangs on
 */
PlanciaEntry *
plancia_entry_get_parent (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return self->parent;
}

/**
 * plancia_entry_get_children:
 * @self: an entry
 *
 * Returns: (transfer none): what hangs on it, a list of #PlanciaEntry
 */
GListModel *
plancia_entry_get_children (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return G_LIST_MODEL (self->children);
}

/**
 * plancia_entry_is_device:
 * @self: an entry
 *
 * Sticks, HUBs, their lines, panels and accounts only lead to devices.
 *
 * Returns: whether it answers by itself
 */
gboolean
plancia_entry_is_device (PlanciaEntry *self)
{
  static const char *const ways[] = {"stick", "hub", "line", "psc", "portal", NULL};

  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), FALSE);
  return !g_strv_contains (ways, self->kind);
}
