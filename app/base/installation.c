/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/installation.h"

#include <libintl.h>
#include <locale.h>

/**
 * plancia_installation_dup_build_folder:
 * @name: name of a folder in the build, such as "po"
 *
 * A program in build/app/ finds the rest of its build beside it, so that it runs before it is installed. No path of the
 * build is compiled in.
 *
 * Returns: (transfer full) (nullable): path of the folder, NULL if the program is not in a build
 */
char *
plancia_installation_dup_build_folder (const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;
  g_autofree char *ninja = NULL;

  if (!folder)
    return NULL;

  ninja = g_build_filename (folder, "..", "build.ninja", NULL);
  if (!g_file_test (ninja, G_FILE_TEST_EXISTS))
    return NULL;

  return g_build_filename (folder, "..", name, NULL);
}

/**
 * plancia_installation_dup_share_folder:
 * @name: path in the share folder, such as "locale"
 *
 * An installed program finds its data beside itself, wherever its prefix was moved to.
 *
 * Returns: (transfer full) (nullable): path of the folder, NULL if the program is not in a bin/ with such a folder beside it
 */
char *
plancia_installation_dup_share_folder (const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;
  g_autofree char *path = NULL;

  if (!folder || !g_str_has_suffix (folder, G_DIR_SEPARATOR_S "bin"))
    return NULL;

  path = g_build_filename (folder, "..", "share", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}

/** plancia_installation_init_language: call once, before any other thread is made. */
void
plancia_installation_init_language (void)
{
  g_autofree char *uninstalled = plancia_installation_dup_build_folder ("po");
  g_autofree char *installed = plancia_installation_dup_share_folder ("locale");
  const char      *folder = uninstalled ? uninstalled : installed;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder ? folder : PLANCIA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* The schema compiled in the build, so that the programs run before they are installed, or beside the program. */
static GSettingsSchemaSource *
schema_source (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autofree char       *folder = plancia_installation_dup_build_folder ("data");
  GSettingsSchemaSource *source = NULL;

  if (!folder)
    folder = plancia_installation_dup_share_folder ("glib-2.0" G_DIR_SEPARATOR_S "schemas");
  if (folder)
    source = g_settings_schema_source_new_from_directory (folder, installed, TRUE, NULL);
  if (source)
    return source;
  return installed ? g_settings_schema_source_ref (installed) : NULL;
}

/**
 * plancia_installation_open_settings:
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the settings, with the backend of the session
 */
GSettings *
plancia_installation_open_settings (void)
{
  GSettingsSchemaSource *source = schema_source ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source) {
    schema = g_settings_schema_source_lookup (source, PLANCIA_APPLICATION_ID, TRUE);
    g_settings_schema_source_unref (source);
  }
  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
