/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/devices.h"

#include "plant/snapshot.h"
#include <string.h>

void
plancia_parcel_device_free (PlanciaParcelDevice *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->serial);
  g_clear_pointer (&self->address, plancia_address_unref);
  g_free (self);
}

static void
add_entries (GListModel *entries, GPtrArray *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    PlanciaAddress      *address = plancia_entry_get_address (entry);
    const char          *thing = address != NULL ? plancia_address_get_thing (address) : NULL;
    PlanciaParcelDevice *device = g_new0 (PlanciaParcelDevice, 1);

    device->id = g_strdup (plancia_entry_get_id (entry));
    device->kind = g_strdup (plancia_entry_get_kind (entry));
    device->name = g_strdup (plancia_entry_get_name (entry));
    device->serial = g_strdup (thing != NULL ? thing : "");
    device->address = address != NULL ? plancia_address_ref (address) : NULL;
    g_ptr_array_add (list, device);
    add_entries (plancia_entry_get_children (entry), list);
  }
}

static PlanciaParcelDevice *
find (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++) {
    PlanciaParcelDevice *device = g_ptr_array_index (list, i);

    if (g_str_equal (device->id, id))
      return device;
  }
  return NULL;
}

/* The newest word on it: a device may have been changed for another one. */
static void
learn_serial (GPtrArray *list, GHashTable *times, GBytes *bytes)
{
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshot_parse (bytes, "snapshot", NULL);
  const char          *serial = snapshot != NULL ? plancia_snapshot_get_serial (snapshot) : "";
  PlanciaParcelDevice *device = NULL;
  gint64               time;
  gint64              *last;

  if (serial[0] == '\0')
    return;
  device = find (list, plancia_snapshot_get_device (snapshot));
  if (device == NULL)
    return;
  time = plancia_snapshot_get_time (snapshot);
  last = g_hash_table_lookup (times, device->id);
  if (last != NULL && *last >= time)
    return;
  g_hash_table_replace (times, device->id, g_memdup2 (&time, sizeof time));
  g_free (device->serial);
  device->serial = g_strdup (serial);
}

GPtrArray *
plancia_parcel_devices_list (PlanciaPlant *plant, GPtrArray *snapshots)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_device_free);
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  add_entries (plancia_plant_get_entries (plant), list);
  for (guint i = 0; snapshots != NULL && i < snapshots->len; i++)
    learn_serial (list, times, g_ptr_array_index (snapshots, i));
  return list;
}

/* A cloud and a wire may lead to one device: they are two entries all the same. */
static int
way_of (const PlanciaParcelDevice *device)
{
  if (device->address == NULL)
    return -1;
  switch (plancia_address_get_kind (device->address)) {
  case PLANCIA_ADDRESS_PORTAL:
    return 1;
  case PLANCIA_ADDRESS_SYSTEM:
    return 2;
  default:
    return 0;
  }
}

static gboolean
same_serial (const PlanciaParcelDevice *a, const PlanciaParcelDevice *b)
{
  return a->serial[0] != '\0' && g_str_equal (a->serial, b->serial) && way_of (a) == way_of (b) &&
         g_str_equal (a->kind, b->kind);
}

static gboolean
same_address (const PlanciaParcelDevice *a, const PlanciaParcelDevice *b)
{
  g_autofree char *one = a->address != NULL ? plancia_address_to_string (a->address) : NULL;
  g_autofree char *other = b->address != NULL ? plancia_address_to_string (b->address) : NULL;

  if (a->serial[0] != '\0' && b->serial[0] != '\0' && !g_str_equal (a->serial, b->serial))
    return FALSE;
  return one != NULL && g_strcmp0 (one, other) == 0 && g_str_equal (a->kind, b->kind);
}

typedef gboolean (*Same) (const PlanciaParcelDevice *a, const PlanciaParcelDevice *b);

static gboolean
same_id (const PlanciaParcelDevice *a, const PlanciaParcelDevice *b)
{
  return g_str_equal (a->id, b->id);
}

static void
match_by (GPtrArray *there, GPtrArray *here, Same same, GHashTable *pairs, GHashTable *taken)
{
  for (guint i = 0; i < there->len; i++) {
    const PlanciaParcelDevice *a = g_ptr_array_index (there, i);

    for (guint j = 0; j < here->len && !g_hash_table_contains (pairs, a->id); j++) {
      const PlanciaParcelDevice *b = g_ptr_array_index (here, j);

      if (g_hash_table_contains (taken, b->id) || !same (a, b))
        continue;
      g_hash_table_insert (pairs, g_strdup (a->id), g_strdup (b->id));
      g_hash_table_add (taken, b->id);
    }
  }
}

GHashTable *
plancia_parcel_devices_match (GPtrArray *there, GPtrArray *here)
{
  static const Same ways[] = {same_id, same_serial, same_address};
  GHashTable       *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    match_by (there, here, ways[i], pairs, taken);
  return pairs;
}
