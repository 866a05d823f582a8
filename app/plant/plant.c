/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant.h"

#include <math.h>

struct _PlanciaPlant
{
  GObject parent_instance;

  char       *name;
  char       *zone_name;
  GTimeZone  *zone;
  double      latitude;
  double      longitude;
  gboolean    simulated;
  GListStore *entries;
};

enum {
  PLANT_PROP_NAME = 1,
  PLANT_PROP_ZONE_NAME,
  PLANT_PROP_SIMULATED,
  N_PLANT_PROPS,
};

static GParamSpec *plant_properties[N_PLANT_PROPS];

G_DEFINE_FINAL_TYPE (PlanciaPlant, plancia_plant, G_TYPE_OBJECT)

struct _PlanciaEntry
{
  GObject parent_instance;

  char           *id;
  char           *kind;
  char           *name;
  PlanciaAddress *address;
  char           *map;
  char           *map_evidence;
  char           *url;
  GListStore     *children;
  PlanciaEntry   *parent; /* weak */
};

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

static PlanciaEntry *
find_below (GListModel *entries, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    PlanciaEntry *found = NULL;

    if (g_str_equal (entry->id, id))
      return entry; /* its list keeps it */
    found = find_below (G_LIST_MODEL (entry->children), id);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
plancia_plant_finalize (GObject *object)
{
  PlanciaPlant *self = PLANCIA_PLANT (object);

  g_free (self->name);
  g_free (self->zone_name);
  g_time_zone_unref (self->zone);
  g_object_unref (self->entries);
  G_OBJECT_CLASS (plancia_plant_parent_class)->finalize (object);
}

static void
plancia_plant_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaPlant *self = PLANCIA_PLANT (object);

  switch (id) {
  case PLANT_PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PLANT_PROP_ZONE_NAME:
    g_value_set_string (value, self->zone_name);
    break;
  case PLANT_PROP_SIMULATED:
    g_value_set_boolean (value, self->simulated);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_plant_class_init (PlanciaPlantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = plancia_plant_finalize;
  object_class->get_property = plancia_plant_get_property;
  plant_properties[PLANT_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  plant_properties[PLANT_PROP_ZONE_NAME] =
    g_param_spec_string ("zone-name", NULL, NULL, NULL, flags);
  plant_properties[PLANT_PROP_SIMULATED] =
    g_param_spec_boolean ("simulated", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PLANT_PROPS, plant_properties);
}

static void
plancia_plant_init (PlanciaPlant *self)
{
  self->entries = g_list_store_new (PLANCIA_TYPE_ENTRY);
  self->zone = g_time_zone_new_local ();
  self->zone_name = g_strdup (g_time_zone_get_identifier (self->zone));
  self->latitude = NAN;
  self->longitude = NAN;
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
 * plancia_plant_new:
 * @name: what a person calls it
 *
 * An empty plant in this computer's time zone, at no known place. Any thread; from then on that of
 * its owner.
 *
 * Returns: (transfer full): the plant
 */
PlanciaPlant *
plancia_plant_new (const char *name)
{
  PlanciaPlant *self = g_object_new (PLANCIA_TYPE_PLANT, NULL);

  self->name = g_strdup (name);
  return self;
}

/**
 * plancia_plant_get_name:
 * @self: a plant
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
plancia_plant_get_name (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return self->name;
}

/**
 * plancia_plant_set_name:
 * @self: a plant
 * @name: what a person calls it
 *
 * Notifies "name".
 */
void
plancia_plant_set_name (PlanciaPlant *self, const char *name)
{
  g_return_if_fail (PLANCIA_IS_PLANT (self));
  set_text (G_OBJECT (self), &self->name, name, plant_properties[PLANT_PROP_NAME]);
}

/**
 * plancia_plant_get_zone:
 * @self: a plant
 *
 * Returns: (transfer none): the time zone in which its days begin
 */
GTimeZone *
plancia_plant_get_zone (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return self->zone;
}

/**
 * plancia_plant_get_zone_name:
 * @self: a plant
 *
 * Returns: (transfer none): the IANA name of the zone
 */
const char *
plancia_plant_get_zone_name (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return self->zone_name;
}

/**
 * plancia_plant_set_place:
 * @self: a plant
 * @zone: (nullable): IANA name of the zone; %NULL or an unknown one: this computer's
 * @latitude: degrees north, NAN if it is not known
 * @longitude: degrees east, NAN if it is not known
 *
 * Notifies "zone-name".
 */
void
plancia_plant_set_place (PlanciaPlant *self, const char *zone, double latitude, double longitude)
{
  GTimeZone *found;

  g_return_if_fail (PLANCIA_IS_PLANT (self));

  found = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (found == NULL)
    found = g_time_zone_new_local ();
  g_time_zone_unref (self->zone);
  self->zone = found;
  self->latitude = latitude;
  self->longitude = longitude;
  set_text (G_OBJECT (self),
            &self->zone_name,
            g_time_zone_get_identifier (found),
            plant_properties[PLANT_PROP_ZONE_NAME]);
}

/**
 * plancia_plant_get_latitude:
 * @self: a plant
 *
 * Returns: degrees north, or NAN
 */
double
plancia_plant_get_latitude (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NAN);
  return self->latitude;
}

/**
 * plancia_plant_get_longitude:
 * @self: a plant
 *
 * Returns: degrees east, or NAN
 */
double
plancia_plant_get_longitude (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NAN);
  return self->longitude;
}

/**
 * plancia_plant_get_simulated:
 * @self: a plant
 *
 * Returns: whether its data are not real
 */
gboolean
plancia_plant_get_simulated (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), FALSE);
  return self->simulated;
}

/**
 * plancia_plant_set_simulated:
 * @self: a plant
 * @simulated: whether its data are not real
 *
 * Not stored in the file. Notifies "simulated".
 */
void
plancia_plant_set_simulated (PlanciaPlant *self, gboolean simulated)
{
  g_return_if_fail (PLANCIA_IS_PLANT (self));
  if (self->simulated == !!simulated)
    return;
  self->simulated = !!simulated;
  g_object_notify_by_pspec (G_OBJECT (self), plant_properties[PLANT_PROP_SIMULATED]);
}

/**
 * plancia_plant_get_entries:
 * @self: a plant
 *
 * Returns: (transfer none): the roots of the tree, a list of #PlanciaEntry
 */
GListModel *
plancia_plant_get_entries (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return G_LIST_MODEL (self->entries);
}

/**
 * plancia_plant_add:
 * @self: a plant
 * @parent: (nullable): where to hang it; %NULL: a root
 * @entry: one that hangs nowhere
 */
void
plancia_plant_add (PlanciaPlant *self, PlanciaEntry *parent, PlanciaEntry *entry)
{
  g_return_if_fail (PLANCIA_IS_PLANT (self));
  g_return_if_fail (PLANCIA_IS_ENTRY (entry));
  g_return_if_fail (entry->parent == NULL);

  g_set_weak_pointer (&entry->parent, parent);
  g_list_store_append (parent != NULL ? parent->children : self->entries, entry);
}

/**
 * plancia_plant_remove:
 * @self: a plant
 * @entry: one of its entries, at any depth; its children go with it
 */
void
plancia_plant_remove (PlanciaPlant *self, PlanciaEntry *entry)
{
  GListStore *store = NULL;
  guint       position;

  g_return_if_fail (PLANCIA_IS_PLANT (self));
  g_return_if_fail (PLANCIA_IS_ENTRY (entry));

  store = entry->parent != NULL ? entry->parent->children : self->entries;
  if (!g_list_store_find (store, entry, &position))
    return;
  g_clear_weak_pointer (&entry->parent);
  g_list_store_remove (store, position);
}

/**
 * plancia_plant_move:
 * @self: a plant
 * @entry: one of its entries, at any depth
 * @before: (nullable): one that hangs where @entry does; %NULL: to the end
 *
 * What hangs on @entry goes with it. Nothing is done if @before hangs elsewhere.
 */
void
plancia_plant_move (PlanciaPlant *self, PlanciaEntry *entry, PlanciaEntry *before)
{
  g_autoptr (PlanciaEntry) kept = g_object_ref (entry);
  GListStore *store = NULL;
  guint       from, to;

  g_return_if_fail (PLANCIA_IS_PLANT (self));

  store = entry->parent != NULL ? entry->parent->children : self->entries;
  if (entry == before || !g_list_store_find (store, entry, &from) ||
      (before != NULL && !g_list_store_find (store, before, &to)))
    return;
  if (before == NULL)
    to = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_list_store_remove (store, from);
  g_list_store_insert (store, to > from ? to - 1 : to, kept);
}

/**
 * plancia_plant_find:
 * @self: a plant
 * @id: of an entry
 *
 * Returns: (transfer none) (nullable): the entry
 */
PlanciaEntry *
plancia_plant_find (PlanciaPlant *self, const char *id)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return find_below (G_LIST_MODEL (self->entries), id);
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
