/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "plant/notes.h"
#include "plant/watched.h"
#include <math.h>

/* Two trees on their way into one. */
typedef struct
{
  PlanciaPlant *here;
  PlanciaPlant *come;
  GHashTable   *pairs; /* ids of come to ids of here */
  guint         added;
} Trees;

static guint
count_below (PlanciaEntry *entry)
{
  GListModel *children = plancia_entry_get_children (entry);
  guint       n = 1;

  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaEntry) child = g_list_model_get_item (children, i);

    n += count_below (child);
  }
  return n;
}

/* What hangs on a new entry there may hang elsewhere here. */
static void
drop_known (Trees *self, PlanciaEntry *entry)
{
  GListModel *children = plancia_entry_get_children (entry);

  for (guint i = g_list_model_get_n_items (children); i > 0; i--) {
    g_autoptr (PlanciaEntry) child = g_list_model_get_item (children, i - 1);

    if (g_hash_table_contains (self->pairs, plancia_entry_get_id (child)))
      plancia_plant_remove (self->come, child);
    else
      drop_known (self, child);
  }
}

static void merge_children (Trees *self, GListModel *entries, PlanciaEntry *parent);

static void
merge_entry (Trees *self, PlanciaEntry *entry, PlanciaEntry *parent)
{
  const char   *id = g_hash_table_lookup (self->pairs, plancia_entry_get_id (entry));
  PlanciaEntry *known = id != NULL ? plancia_plant_find (self->here, id) : NULL;

  if (known != NULL) {
    merge_children (self, plancia_entry_get_children (entry), known);
    return;
  }
  /* What of it is known is looked at where it is, before it goes. */
  merge_children (self, plancia_entry_get_children (entry), NULL);
  drop_known (self, entry);
  plancia_plant_remove (self->come, entry);
  self->added += count_below (entry);
  plancia_plant_add (self->here, parent, entry);
}

/* parent NULL with entries of a new one: only what is known below is gone on with. */
static void
merge_children (Trees *self, GListModel *entries, PlanciaEntry *parent)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean root = entries == plancia_plant_get_entries (self->come);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    g_ptr_array_add (list, g_list_model_get_item (entries, i));
  for (guint i = 0; i < list->len; i++) {
    PlanciaEntry *entry = g_ptr_array_index (list, i);
    gboolean      known = g_hash_table_contains (self->pairs, plancia_entry_get_id (entry));

    if (root || parent != NULL || known)
      merge_entry (self, entry, parent);
  }
}

static void
merge_watched (Trees *self, GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (list, i);
    const char *there = plancia_watched_item_get_device (item);
    const char *here = g_hash_table_lookup (self->pairs, there);

    plancia_watched_add (plancia_watched_of (self->here),
                         here != NULL ? here : there,
                         plancia_watched_item_get_key (item));
  }
}

/* What a person said here stays; what nobody said here is taken over. */
static void
merge_place (Trees *self)
{
  if (isfinite (plancia_plant_get_latitude (self->here)) ||
      !isfinite (plancia_plant_get_latitude (self->come)))
    return;
  plancia_plant_set_place (self->here,
                           plancia_plant_get_zone_name (self->here),
                           plancia_plant_get_latitude (self->come),
                           plancia_plant_get_longitude (self->come));
}

guint
plancia_parcel_merge_plant (PlanciaPlant *here, PlanciaPlant *come, GHashTable *pairs)
{
  Trees trees = {here, come, pairs, 0};

  merge_place (&trees);
  merge_children (&trees, plancia_plant_get_entries (come), NULL);
  plancia_notes_merge (plancia_notes_of (trees.here), plancia_notes_of (come));
  merge_watched (&trees, G_LIST_MODEL (plancia_watched_of (come)));
  return trees.added;
}
