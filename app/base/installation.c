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

/** plancia_installation_init_language: call once, before any other thread is made. */
void
plancia_installation_init_language (void)
{
  g_autofree char *uninstalled = plancia_installation_dup_build_folder ("po");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, uninstalled ? uninstalled : PLANCIA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
