/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant-private.h"

#include <math.h>

struct _PlanciaPlant
{
  GObject parent_instance;

  char       *id;
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

  g_free (self->id);
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

  self->id = g_uuid_string_random ();
  self->name = g_strdup (name);
  return self;
}

/**
 * plancia_plant_get_id:
 * @self: a plant
 *
 * Returns: (transfer none): what tells it from all others, on any computer
 */
const char *
plancia_plant_get_id (PlanciaPlant *self)
{
  g_return_val_if_fail (PLANCIA_IS_PLANT (self), NULL);
  return self->id;
}

/**
 * plancia_plant_set_id:
 * @self: a plant
 * @id: (nullable): of its file; %NULL: the file is older than ids
 *
 * Two copies of an older file must come to the same id on two computers.
 */
void
plancia_plant_set_id (PlanciaPlant *self, const char *id)
{
  g_autoptr (PlanciaEntry) first = NULL;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (PLANCIA_IS_PLANT (self));

  first = g_list_model_get_item (G_LIST_MODEL (self->entries), 0);
  if (id == NULL && first == NULL)
    return;
  if (id == NULL) {
    address = first->address != NULL ? plancia_address_to_string (first->address) : g_strdup ("");
    text = g_strjoin ("\n", self->name, first->id, address, NULL);
  }
  g_free (self->id);
  self->id = id != NULL ? g_strdup (id) : g_compute_checksum_for_string (G_CHECKSUM_SHA1, text, -1);
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
