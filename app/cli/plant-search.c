/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/plant-search.h"

#include "base/installation.h"
#include "plant/plant-file.h"

/* A unit that is left out is the first one. */
static int
unit_of (PlanciaAddress *address)
{
  int unit = plancia_address_get_unit (address);

  return unit < 0 ? 1 : unit;
}

/* The same device, whatever options the two addresses have: a serial number was learnt, a framing was found. */
static gboolean
is_same (PlanciaAddress *a, PlanciaAddress *b)
{
  return plancia_address_get_kind (a) == plancia_address_get_kind (b) &&
         plancia_address_get_line (a) == plancia_address_get_line (b) &&
         plancia_address_get_port (a) == plancia_address_get_port (b) &&
         g_strcmp0 (plancia_address_get_host (a), plancia_address_get_host (b)) == 0 &&
         g_strcmp0 (plancia_address_get_device (a), plancia_address_get_device (b)) == 0 &&
         g_strcmp0 (plancia_address_get_account (a), plancia_address_get_account (b)) == 0 &&
         g_strcmp0 (plancia_address_get_thing (a), plancia_address_get_thing (b)) == 0 &&
         unit_of (a) == unit_of (b);
}

static gboolean
entry_matches (PlanciaEntry *entry, const char *name, PlanciaAddress *address)
{
  if (address != NULL)
    return is_same (address, plancia_entry_get_address (entry));

  return g_strcmp0 (plancia_entry_get_id (entry), name) == 0 ||
         g_strcmp0 (plancia_entry_get_name (entry), name) == 0;
}

/* A plant may have two of one name. Of a stick and the device behind it the device is what is meant. */
static void
collect (GListModel *entries, const char *name, PlanciaAddress *address, GPtrArray *found)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    collect (plancia_entry_get_children (entry), name, address, found);
    if (plancia_entry_get_address (entry) != NULL && entry_matches (entry, name, address))
      g_ptr_array_add (found, g_object_ref (entry));
  }
}

GPtrArray *
plancia_plant_search (PlanciaPlant *plant, const char *name, PlanciaAddress *address)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  collect (plancia_plant_get_entries (plant), name, address, found);

  return found;
}

static PlanciaEntry *
search_file (const char *path, PlanciaAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (path, &error);
  g_autoptr (GPtrArray) found = NULL;

  if (plant == NULL) {
    g_debug ("%s", error->message);
    return NULL;
  }
  found = plancia_plant_search (plant, NULL, address);

  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

PlanciaEntry *
plancia_plant_search_recent (PlanciaAddress *address)
{
  g_autoptr (GSettings) settings = plancia_installation_open_settings ();
  g_auto (GStrv) paths = settings ? g_settings_get_strv (settings, "recent-plants") : NULL;
  PlanciaEntry *entry = NULL;

  for (guint i = 0; paths != NULL && paths[i] != NULL && entry == NULL; i++)
    entry = search_file (paths[i], address);

  return entry;
}

const char *
plancia_plant_search_url (PlanciaEntry *entry)
{
  const char *url = NULL;

  for (PlanciaEntry *at = entry; at != NULL && url == NULL; at = plancia_entry_get_parent (at))
    url = plancia_entry_get_url (at);

  return url;
}
