/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/watched.h"

#include "base/list-rows.h"

#define QDATA "plancia-watched"

struct _PlanciaWatchedItem
{
  GObject parent_instance;

  char *device;
  char *key;
};

struct _PlanciaWatched
{
  GObject parent_instance;

  GPtrArray *items;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (PlanciaWatchedItem, plancia_watched_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaWatched,
                               plancia_watched,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- item ------------------------------------------------------------------------------------ */

static void
plancia_watched_item_finalize (GObject *object)
{
  PlanciaWatchedItem *self = PLANCIA_WATCHED_ITEM (object);

  g_free (self->device);
  g_free (self->key);

  G_OBJECT_CLASS (plancia_watched_item_parent_class)->finalize (object);
}

static void
plancia_watched_item_class_init (PlanciaWatchedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_watched_item_finalize;
}

static void
plancia_watched_item_init (PlanciaWatchedItem *self)
{
}

const char *
plancia_watched_item_get_device (PlanciaWatchedItem *self)
{
  g_return_val_if_fail (PLANCIA_IS_WATCHED_ITEM (self), NULL);

  return self->device;
}

const char *
plancia_watched_item_get_key (PlanciaWatchedItem *self)
{
  g_return_val_if_fail (PLANCIA_IS_WATCHED_ITEM (self), NULL);

  return self->key;
}

/* --- list ------------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_model_init, PLANCIA_WATCHED, items, PLANCIA_TYPE_WATCHED_ITEM)

static PlanciaWatchedItem *
item_at (PlanciaWatched *self, guint index)
{
  return g_ptr_array_index (self->items, index);
}

/* -1 if it is not there. */
static int
find (PlanciaWatched *self, const char *device, const char *key)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (item_at (self, i)->device, device) &&
        g_str_equal (item_at (self, i)->key, key))
      return (int) i;
  return -1;
}

static void
plancia_watched_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_WATCHED (object)->items);

  G_OBJECT_CLASS (plancia_watched_parent_class)->finalize (object);
}

static void
plancia_watched_class_init (PlanciaWatchedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_watched_finalize;
}

static void
plancia_watched_init (PlanciaWatched *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * plancia_watched_of:
 * @plant: a plant
 *
 * Returns: (transfer none): its one watch list, empty at first. Main thread, as all of this file.
 */
PlanciaWatched *
plancia_watched_of (PlanciaPlant *plant)
{
  PlanciaWatched *self = g_object_get_data (G_OBJECT (plant), QDATA);

  if (self == NULL) {
    self = g_object_new (PLANCIA_TYPE_WATCHED, NULL);
    g_object_set_data_full (G_OBJECT (plant), QDATA, self, g_object_unref);
  }
  return self;
}

void
plancia_watched_add (PlanciaWatched *self, const char *device, const char *key)
{
  PlanciaWatchedItem *item;

  g_return_if_fail (PLANCIA_IS_WATCHED (self));

  if (find (self, device, key) >= 0)
    return;
  item = g_object_new (PLANCIA_TYPE_WATCHED_ITEM, NULL);
  item->device = g_strdup (device);
  item->key = g_strdup (key);
  g_ptr_array_add (self->items, item);
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
}

void
plancia_watched_remove (PlanciaWatched *self, const char *device, const char *key)
{
  int index;

  g_return_if_fail (PLANCIA_IS_WATCHED (self));

  index = find (self, device, key);
  if (index < 0)
    return;
  g_ptr_array_remove_index (self->items, (guint) index);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) index, 1, 0);
}

gboolean
plancia_watched_contains (PlanciaWatched *self, const char *device, const char *key)
{
  g_return_val_if_fail (PLANCIA_IS_WATCHED (self), FALSE);

  return find (self, device, key) >= 0;
}

void
plancia_watched_move (PlanciaWatched *self, guint from, guint to)
{
  guint    first = MIN (from, to);
  guint    n = MAX (from, to) - first + 1;
  gpointer item;

  g_return_if_fail (PLANCIA_IS_WATCHED (self));

  if (from == to || from >= self->items->len || to >= self->items->len)
    return;
  item = g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, (int) to, item);
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

GStrv
plancia_watched_list_keys (PlanciaWatched *self, const char *device)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_return_val_if_fail (PLANCIA_IS_WATCHED (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (item_at (self, i)->device, device))
      g_strv_builder_add (keys, item_at (self, i)->key);
  return g_strv_builder_end (keys);
}
