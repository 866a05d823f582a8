/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-tree.h"

#include "base/signal-new.h"

struct _PlanciaDeviceTree
{
  GObject parent_instance;

  PlanciaPlant  *plant;
  PlanciaDevice *whole;   /* the first row */
  GListStore    *roots;   /* whole, then a device for each root entry */
  GHashTable    *by_id;   /* id -> PlanciaDevice, borrowed from the tree */
  GHashTable    *starred; /* "MAP/KEY" */
};

enum {
  SIGNAL_STARRED_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaDeviceTree,
                               plancia_device_tree,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return PLANCIA_TYPE_DEVICE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (PLANCIA_DEVICE_TREE (model)->roots));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (PLANCIA_DEVICE_TREE (model)->roots), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
collect_leaves (GListModel *devices, GPtrArray *leaves)
{
  guint n = g_list_model_get_n_items (devices);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);
    PlanciaEntry *entry = plancia_device_get_entry (device);

    if (entry && plancia_entry_is_device (entry))
      g_ptr_array_add (leaves, g_object_ref (device));
    collect_leaves (plancia_device_get_children (device), leaves);
  }
}

static void
index_devices (PlanciaDeviceTree *self, GListModel *devices)
{
  guint n = g_list_model_get_n_items (devices);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);

    g_hash_table_insert (self->by_id, g_strdup (plancia_device_get_id (device)), device);
    index_devices (self, plancia_device_get_children (device));
  }
}

static void
reindex (PlanciaDeviceTree *self)
{
  g_autoptr (GPtrArray) leaves = plancia_device_tree_list (self);

  g_hash_table_remove_all (self->by_id);
  index_devices (self, G_LIST_MODEL (self->roots));
  plancia_device_set_members (self->whole, leaves);
}

/* --- following the document ------------------------------------------------------------------ */

static PlanciaDevice *
find_by_entry (GListStore *devices, PlanciaEntry *entry)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (devices));

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (G_LIST_MODEL (devices), i);

    if (plancia_device_get_entry (device) == entry)
      return g_steal_pointer (&device);
  }
  return NULL;
}

/* Makes the devices from position first on the same as the entries, keeping those that stay. */
static void
follow_entries (GListStore *devices, guint first, GListModel *entries, PlanciaDevice *parent)
{
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    g_autoptr (PlanciaDevice) at = g_list_model_get_item (G_LIST_MODEL (devices), first + i);
    g_autoptr (PlanciaDevice) device = NULL;
    guint old = 0;

    if (at && plancia_device_get_entry (at) == entry) {
      follow_entries (G_LIST_STORE (plancia_device_get_children (at)),
                      0,
                      plancia_entry_get_children (entry),
                      at);
      continue;
    }
    device = find_by_entry (devices, entry);
    if (device && g_list_store_find (devices, device, &old))
      g_list_store_remove (devices, old);
    if (!device)
      device = plancia_device_new_below (entry, parent);
    g_list_store_insert (devices, first + i, device);
  }

  while (g_list_model_get_n_items (G_LIST_MODEL (devices)) > first + n)
    g_list_store_remove (devices, first + n);
}

static void
roots_changed (PlanciaDeviceTree *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_device_tree_finalize (GObject *object)
{
  PlanciaDeviceTree *self = PLANCIA_DEVICE_TREE (object);

  g_hash_table_unref (self->by_id);
  g_clear_object (&self->roots);
  g_clear_object (&self->whole);
  g_clear_object (&self->plant);

  g_hash_table_unref (self->starred);
  G_OBJECT_CLASS (plancia_device_tree_parent_class)->finalize (object);
}

static void
plancia_device_tree_class_init (PlanciaDeviceTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_device_tree_finalize;
  signals[SIGNAL_STARRED_CHANGED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "starred-changed", 0);
}

static void
plancia_device_tree_init (PlanciaDeviceTree *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->starred = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->roots = g_list_store_new (PLANCIA_TYPE_DEVICE);
  self->whole = plancia_device_new (NULL);
  g_list_store_append (self->roots, self->whole);
  g_signal_connect_object (self->roots,
                           "items-changed",
                           G_CALLBACK (roots_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * plancia_device_tree_new:
 * @plant: the document
 *
 * Returns: (transfer full): the tree of @plant; call plancia_device_tree_sync() when entries come or go
 */
PlanciaDeviceTree *
plancia_device_tree_new (PlanciaPlant *plant)
{
  PlanciaDeviceTree *self = g_object_new (PLANCIA_TYPE_DEVICE_TREE, NULL);

  self->plant = g_object_ref (plant);
  plancia_device_tree_sync (self);
  return self;
}

/**
 * plancia_device_tree_sync:
 * @self: a tree
 *
 * Follows the plant's entries; devices that stay keep their values.
 */
void
plancia_device_tree_sync (PlanciaDeviceTree *self)
{
  follow_entries (self->roots, 1, plancia_plant_get_entries (self->plant), NULL);
  reindex (self);
}

void
plancia_device_tree_apply (PlanciaDeviceTree *self, PlanciaReadings *readings)
{
  PlanciaDevice *device = plancia_device_tree_find (self, plancia_readings_get_device (readings));

  if (!device)
    return;
  plancia_device_apply (device, readings);
  plancia_device_update (self->whole);
}

PlanciaDevice *
plancia_device_tree_find (PlanciaDeviceTree *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

PlanciaDevice *
plancia_device_tree_get_plant (PlanciaDeviceTree *self)
{
  return self->whole;
}

/**
 * plancia_device_tree_list:
 * @self: a tree
 *
 * Returns: (transfer full) (element-type PlanciaDevice): all leaves in the order of the tree
 */
GPtrArray *
plancia_device_tree_list (PlanciaDeviceTree *self)
{
  GPtrArray *leaves = g_ptr_array_new_with_free_func (g_object_unref);

  collect_leaves (G_LIST_MODEL (self->roots), leaves);
  return leaves;
}

/**
 * plancia_device_tree_set_starred:
 * @self: a tree
 * @entries: "MAP/KEY" each; %NULL at the end
 */
void
plancia_device_tree_set_starred (PlanciaDeviceTree *self, const char *const *entries)
{
  g_hash_table_remove_all (self->starred);
  for (guint i = 0; entries[i] != NULL; i++)
    g_hash_table_add (self->starred, g_strdup (entries[i]));
  g_signal_emit (self, signals[SIGNAL_STARRED_CHANGED], 0);
}

gboolean
plancia_device_tree_is_starred (PlanciaDeviceTree *self, const char *map, const char *key)
{
  g_autofree char *entry = NULL;

  if (g_hash_table_size (self->starred) == 0)
    return FALSE;
  entry = g_strdup_printf ("%s/%s", map, key);
  return g_hash_table_contains (self->starred, entry);
}
