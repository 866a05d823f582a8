/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-names.h"

static char *
dup_connection (PlanciaDevice *device)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaAddress *address = entry ? plancia_entry_get_address (entry) : NULL;

  return address ? plancia_address_dup_connection (address) : NULL;
}

static gboolean
is_at (PlanciaDevice *device, const char *connection, int unit)
{
  PlanciaEntry    *entry = plancia_device_get_entry (device);
  g_autofree char *own = dup_connection (device);

  return own && g_str_equal (own, connection) &&
         plancia_address_get_unit (plancia_entry_get_address (entry)) == unit;
}

/* The highest that still belongs to the connection: the account, not one of its things. */
static PlanciaDevice *
find_above (PlanciaDevice *device, const char *connection, int unit)
{
  PlanciaDevice *found = NULL;

  for (PlanciaDevice *at = device; at; at = plancia_device_get_parent (at)) {
    if (is_at (at, connection, unit))
      found = at;
  }
  return found;
}

/**
 * plancia_traffic_names_find_device:
 * @unit: -1 for the connection
 *
 * Returns: (transfer none) (nullable): the line of the tree
 */
PlanciaDevice *
plancia_traffic_names_find_device (const char *connection, int unit, PlanciaDeviceTree *tree)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);
  PlanciaDevice *found = NULL;

  for (guint i = 0; i < devices->len && !found; i++)
    found = find_above (g_ptr_array_index (devices, i), connection, unit);
  return found;
}

/**
 * plancia_traffic_names_find:
 * @tree: a PlanciaDeviceTree
 *
 * See the header.
 */
char *
plancia_traffic_names_find (const char *connection, int unit, gpointer tree)
{
  PlanciaDevice *device = plancia_traffic_names_find_device (connection, unit, tree);

  return device ? g_strdup (plancia_device_get_name (device)) : NULL;
}

static void
collect (PlanciaDevice *device, GPtrArray *connections)
{
  GListModel *children = plancia_device_get_children (device);
  char       *own = dup_connection (device);

  if (own && !g_ptr_array_find_with_equal_func (connections, own, g_str_equal, NULL))
    g_ptr_array_add (connections, own);
  else
    g_free (own);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    collect (child, connections);
  }
}

/**
 * plancia_traffic_names_connections:
 * @device: a line of the tree
 *
 * Returns: (transfer full) (nullable): NULL for the whole plant
 */
GStrv
plancia_traffic_names_connections (PlanciaDevice *device)
{
  g_autoptr (GPtrArray) connections = NULL;

  if (!plancia_device_get_entry (device))
    return NULL;
  connections = g_ptr_array_new ();
  collect (device, connections);
  g_ptr_array_add (connections, NULL);
  return (GStrv) g_ptr_array_steal (connections, NULL);
}
