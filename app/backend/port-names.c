/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/port-names.h"

#include <string.h>

#define GROUP "Names"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "ports.ini", NULL);
}

static GKeyFile *
load (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return g_steal_pointer (&file);
}

/* Keys of such files know letters, digits and dashes only. */
static char *
make_key (const char *identity)
{
  GString *key = g_string_new (NULL);

  for (const char *c = identity; *c != '\0'; c++) {
    if (g_ascii_isalnum (*c))
      g_string_append_c (key, *c);
    else
      g_string_append_printf (key, "-%02x", (guint) (guchar) *c);
  }
  return g_string_free (key, FALSE);
}

/**
 * plancia_port_names_apply:
 * @ports: of PlanciaSerialPortInfo*
 *
 * Sets the name of each port that has one. Blocking: on a worker.
 */
void
plancia_port_names_apply (GPtrArray *ports)
{
  g_autoptr (GKeyFile) file = load ();

  for (guint i = 0; i < ports->len; i++) {
    PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);
    g_autofree char       *key = make_key (port->identity);

    g_free (port->name);
    port->name = g_key_file_get_string (file, GROUP, key, NULL);
  }
}

/**
 * plancia_port_names_set:
 * @identity: of the adapter
 * @name: (nullable): %NULL or "" forgets the name
 * @error: G_FILE_ERROR
 *
 * Blocking: on a worker.
 */
gboolean
plancia_port_names_set (const char *identity, const char *name, GError **error)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *key = make_key (identity);
  g_autofree char *stripped = g_strstrip (g_strdup (name != NULL ? name : ""));

  if (*stripped != '\0')
    g_key_file_set_string (file, GROUP, key, stripped);
  else
    g_key_file_remove_key (file, GROUP, key, NULL);
  g_mkdir_with_parents (folder, 0700);
  return g_key_file_save_to_file (file, path, error);
}
