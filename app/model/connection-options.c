/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/connection-options.h"

#include <string.h>

static const char *const options[] =
  {"framing", "serial", "baud", "format", "flow", "spacing", "timeout"};

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

/* (transfer full): what goes without saying is left out */
static PlanciaAddress *
with_serial (PlanciaAddress *address, const PlanciaSerialSettings *settings)
{
  PlanciaSerialSettings usual;
  g_autofree char      *baud = g_strdup_printf ("%u", settings->baud);
  g_autofree char      *format = plancia_serial_settings_dup_format (settings);
  g_autofree char      *usual_format = NULL;
  g_autoptr (PlanciaAddress) first = NULL;
  g_autoptr (PlanciaAddress) second = NULL;

  plancia_serial_settings_init (&usual);
  usual_format = plancia_serial_settings_dup_format (&usual);
  first =
    plancia_address_with_option (address, "baud", settings->baud == usual.baud ? NULL : baud, NULL);
  if (first != NULL)
    second = plancia_address_with_option (first,
                                          "format",
                                          g_str_equal (format, usual_format) ? NULL : format,
                                          NULL);
  if (second == NULL || !plancia_address_has_option (second, "flow"))
    return g_steal_pointer (&second);
  return plancia_address_with_option (
    second,
    "flow",
    settings->flow == usual.flow ? NULL : plancia_flow_control_name (settings->flow),
    NULL);
}

/**
 * plancia_connection_options_keep_serial:
 * @plant: where the device is
 * @device: on a serial port
 * @settings: what is in force
 *
 * Returns: FALSE if nothing changed
 */
gboolean
plancia_connection_options_keep_serial (PlanciaOpenPlant            *plant,
                                        PlanciaDevice               *device,
                                        const PlanciaSerialSettings *settings)
{
  PlanciaAddress       *address = plancia_entry_get_address (plancia_device_get_entry (device));
  PlanciaSerialSettings said = {0};
  g_autofree char      *before = plancia_address_dup_connection (address);
  g_autofree char      *after = NULL;
  g_autoptr (PlanciaAddress) like = NULL;

  plancia_address_get_serial_settings (address, &said);
  if (plancia_serial_settings_equal (&said, settings))
    return FALSE;
  like = with_serial (address, settings);
  g_return_val_if_fail (like != NULL, FALSE);

  after = plancia_address_dup_connection (like);
  change (plancia_plant_get_entries (plancia_open_plant_get_plant (plant)), before, like);
  plancia_open_plant_rename_connection (plant, before, after);
  return TRUE;
}

/**
 * plancia_connection_options_take_port:
 * @plant: where the device is
 * @device: a console
 * @path: of a serial port
 *
 * Returns: FALSE if nothing changed
 */
gboolean
plancia_connection_options_take_port (PlanciaOpenPlant *plant,
                                      PlanciaDevice    *device,
                                      const char       *path)
{
  PlanciaEntry    *entry = plancia_device_get_entry (device);
  g_autofree char *before = plancia_address_dup_connection (plancia_entry_get_address (entry));
  const char      *head = strstr (before, "://"), *rest = strchr (before, '?');
  g_autoptr (GString) after = g_string_new_len (before, head + 3 - before);
  g_autoptr (PlanciaAddress) address = NULL;

  g_string_append_uri_escaped (after, path, "/:+@,", TRUE);
  if (rest != NULL)
    g_string_append (after, rest);
  address = plancia_address_parse (after->str, NULL);
  if (address == NULL ||
      g_strcmp0 (plancia_address_get_device (address),
                 plancia_address_get_device (plancia_entry_get_address (entry))) == 0)
    return FALSE;
  plancia_entry_set_address (entry, address);
  plancia_open_plant_rehang (plant, before);
  return TRUE;
}
