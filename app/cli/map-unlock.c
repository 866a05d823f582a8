/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/map-unlock.h"

#include "cli/cli.h"
#include "cli/write-ask.h"
#include "map/map-catalog.h"
#include "map/map-expand.h"
#include "map/map-lock.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_path (const char *name)
{
  return strchr (name, '/') != NULL || g_str_has_suffix (name, ".json");
}

/* Where the map is; one that ships is in no file. */
static char *
find_path (const char *name)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  return is_path (name) ? g_strdup (name) : g_build_filename (folder, file, NULL);
}

static gboolean
ask (guint count)
{
  g_autofree char *question = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                            "Allow writing of %u register? [y/N] ",
                                                            "Allow writing of %u registers? [y/N] ",
                                                            count),
                                               count);

  return plancia_write_ask_yes (question);
}

static PlanciaMap *
unlock_one (PlanciaMap *map, const char *key, const char *origin, GError **error)
{
  g_autofree char *text = plancia_map_unlock (map, key, error);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  return bytes != NULL ? plancia_map_new_from_bytes (bytes, origin, error) : NULL;
}

/* (transfer full) the map with all of them unlocked, or NULL: all or nothing. */
static PlanciaMap *
unlock_all (const char *name, const char *const *keys, GError **error)
{
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (name, error);

  for (guint i = 0; map != NULL && keys[i] != NULL; i++) {
    PlanciaMap *next = unlock_one (map, keys[i], name, error);

    plancia_map_unref (map);
    map = next;
  }
  return g_steal_pointer (&map);
}

static void
show_registers (PlanciaMap *map, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaField *field = plancia_map_find_field (map, keys[i]);

    g_printerr ("0x%04X  %s  %s\n", field->address, keys[i], plancia_map_label (field->name));
  }
  g_printerr (
    "%s\n",
    _ ("A wrong address, type or scale changes something else than what you mean: it can stop the inverter, harm the battery or cut the connection. Compare the register with the vendor's document, change it by a little first, and look at the device's display."));
}

/**
 * plancia_cli_map_unlock:
 * @name: the map
 * @keys: (array zero-terminated=1): of the registers
 * @output: (nullable): another file
 * @without_asking: the person said yes on the command line
 *
 * Blocking. All or nothing.
 *
 * Returns: the exit code
 */
int
plancia_cli_map_unlock (const char        *name,
                        const char *const *keys,
                        const char        *output,
                        gboolean           without_asking)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = unlock_all (name, keys, &error);
  g_autofree char *text = map != NULL ? plancia_map_to_json (map) : NULL;
  g_autofree char *path = find_path (name);
  guint            count = g_strv_length ((char **) keys);

  if (map == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (!without_asking && !plancia_write_can_ask ())
    return plancia_cli_wrong_use (
      _ ("There is no terminal to ask on; --yes allows writing without asking."));
  show_registers (map, keys);
  if (!without_asking && !ask (count)) {
    plancia_cli_complain (_ ("Nothing was changed."));
    return PLANCIA_CLI_USAGE;
  }
  if (g_file_set_contents (output != NULL ? output : path, text, -1, &error))
    return PLANCIA_CLI_DONE;

  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}
