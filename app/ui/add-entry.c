/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/add-entry.h"

#include <glib/gi18n.h>

/* What kind of group a connection is in the tree; NULL: its device stands alone. */
static const char *
group_kind (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
    return "stick";
  case PLANCIA_ADDRESS_HUB:
    return "line";
  case PLANCIA_ADDRESS_PSC:
    return "psc";
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
    return "portal";
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  case PLANCIA_ADDRESS_CONNEXT:
  default:
    return NULL;
  }
}

/* Products are called the same in every language; the lines of the HUB are not. A person may rename them. */
static const char *
group_name (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_ETH_STICK:
    return "ZSM-ETH-USB";
  case PLANCIA_ADDRESS_WIFI_STICK:
    return "ZSM-WIFI-USB";
  case PLANCIA_ADDRESS_PSC:
    return "PSC 100";
  case PLANCIA_ADDRESS_PORTAL:
    return "Azzurro Portal";
  case PLANCIA_ADDRESS_SYSTEM:
    return "Azzurro System";
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  case PLANCIA_ADDRESS_CONNEXT:
  default:
    break;
  }
  switch (plancia_address_get_line (address)) {
  case PLANCIA_HUB_LINE_METERS:
    return _("Meters");
  case PLANCIA_HUB_LINE_CHARGERS:
    return _ ("EV chargers");
  case PLANCIA_HUB_LINE_NONE:
  case PLANCIA_HUB_LINE_INVERTERS:
  default:
    return _ ("Inverters");
  }
}

static PlanciaEntry *
find_by_address (GListModel *entries, const char *text)
{
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    g_autofree char *address = plancia_address_to_string (plancia_entry_get_address (entry));

    if (g_str_equal (address, text))
      return entry;
  }
  return NULL;
}

static PlanciaEntry *
ensure (PlanciaPlant *plant,
        PlanciaEntry *parent,
        const char   *kind,
        const char   *name,
        const char   *text)
{
  GListModel   *entries = parent ? plancia_entry_get_children (parent)
                                 : plancia_plant_get_entries (plant);
  PlanciaEntry *found = find_by_address (entries, text);
  g_autoptr (PlanciaAddress) address = NULL;
  g_autoptr (PlanciaEntry) entry = NULL;

  if (found)
    return found;
  address = plancia_address_parse (text, NULL);
  g_return_val_if_fail (address != NULL, parent);
  entry = plancia_entry_new (NULL, kind, name, address);
  plancia_plant_add (plant, parent, entry);
  return entry;
}

static PlanciaEntry *
ensure_hub (PlanciaPlant *plant, const char *line)
{
  g_autofree char *hub = g_strndup (line, (gsize) (strrchr (line, '/') - line));

  return ensure (plant, NULL, "hub", "Azzurro HUB", hub);
}

static PlanciaEntry *
ensure_parent (PlanciaPlant *plant, PlanciaAddress *address)
{
  const char      *kind = group_kind (address);
  g_autofree char *text = plancia_address_dup_connection (address);
  PlanciaEntry    *hub = NULL;

  if (!kind)
    return NULL;
  if (plancia_address_get_line (address) != PLANCIA_HUB_LINE_NONE)
    hub = ensure_hub (plant, text);
  return ensure (plant, hub, kind, group_name (address), text);
}

/**
 * plancia_add_entry:
 * @plant: the document
 * @kind: kind of the device
 * @name: its name
 * @address: its address; without a unit it names a connection, which is then added alone
 * @map: (nullable): id of its map; NULL: to be detected
 *
 * Returns: (transfer none): its entry; one that has this address already keeps its name
 */
PlanciaEntry *
plancia_add_entry (PlanciaPlant   *plant,
                   const char     *kind,
                   const char     *name,
                   PlanciaAddress *address,
                   const char     *map)
{
  PlanciaEntry    *parent = ensure_parent (plant, address);
  g_autofree char *text = plancia_address_to_string (address);
  g_autofree char *connection = plancia_address_dup_connection (address);
  PlanciaEntry    *entry;

  if (parent && g_str_equal (text, connection))
    return parent;
  entry = ensure (plant, parent, kind, name, text);
  if (map)
    plancia_entry_set_map (entry, map);
  return entry;
}

const char *
plancia_add_entry_kind (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_POWER_MAGIC:
    return "power-magic";
  case PLANCIA_ADDRESS_CONNEXT:
    return "console";
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
    return "thing";
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  default:
    break;
  }
  switch (plancia_address_get_line (address)) {
  case PLANCIA_HUB_LINE_METERS:
    return "meter";
  case PLANCIA_HUB_LINE_CHARGERS:
    return "ev-charger";
  case PLANCIA_HUB_LINE_NONE:
  case PLANCIA_HUB_LINE_INVERTERS:
  default:
    return "inverter";
  }
}
