/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/connection-options.h"

static const char *const options[] = {"framing", "serial", "baud", "format", "spacing", "timeout"};

/* (transfer full) */
static PlanciaAddress *
with_options_of (PlanciaAddress *address, PlanciaAddress *like)
{
  PlanciaAddress *changed = plancia_address_ref (address);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autoptr (PlanciaAddress) before = changed;

    if (!plancia_address_has_option (before, options[i])) {
      changed = plancia_address_ref (before);
      continue;
    }
    changed = plancia_address_with_option (before,
                                           options[i],
                                           plancia_address_get_option (like, options[i]),
                                           NULL);
    /* What one address may have another of its kind may, too. */
    g_return_val_if_fail (changed != NULL, plancia_address_ref (address));
  }
  return changed;
}

static void
change (GListModel *entries, const char *connection, PlanciaAddress *like)
{
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    PlanciaAddress  *address = plancia_entry_get_address (entry);
    g_autofree char *own = address ? plancia_address_dup_connection (address) : NULL;

    change (plancia_entry_get_children (entry), connection, like);
    if (g_strcmp0 (own, connection) == 0) {
      g_autoptr (PlanciaAddress) changed = with_options_of (address, like);

      plancia_entry_set_address (entry, changed);
    }
  }
}

/**
 * plancia_connection_options_apply:
 * @plant: where the device is
 * @device: a device, or the stick, line or panel it hangs on
 * @like: an address of the same kind with the options as they shall be
 *
 * Returns: FALSE if nothing changed
 */
gboolean
plancia_connection_options_apply (PlanciaOpenPlant *plant,
                                  PlanciaDevice    *device,
                                  PlanciaAddress   *like)
{
  PlanciaAddress  *address = plancia_entry_get_address (plancia_device_get_entry (device));
  g_autofree char *before = plancia_address_dup_connection (address);
  g_autoptr (PlanciaAddress) changed = with_options_of (address, like);
  g_autofree char *after = plancia_address_dup_connection (changed);

  if (g_str_equal (before, after))
    return FALSE;

  change (plancia_plant_get_entries (plancia_open_plant_get_plant (plant)), before, like);
  plancia_open_plant_rehang (plant, before);
  return TRUE;
}
