/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-place.h"

#include "base/error.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

#define MAXIMUM_RECENT 5
#define MAXIMUM_PLANTS 1000

/* The list of all plants keeps it until somebody takes it off. */
static void
keep_in_list (GSettings *settings, const char *path)
{
  g_auto (GStrv) old = g_settings_get_strv (settings, "plants");
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (g_strv_contains ((const char *const *) old, path) || g_strv_length (old) >= MAXIMUM_PLANTS)
    return;
  g_strv_builder_addv (paths, (const char **) old);
  g_strv_builder_add (paths, path);
  all = g_strv_builder_end (paths);
  g_settings_set_strv (settings, "plants", (const char *const *) all);
}

void
plancia_plant_place_remember (const char *what, const char *path)
{
  GSettings *settings = plancia_settings_get ();
  g_auto (GStrv) old = g_settings_get_strv (settings, "recent-plants");
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_settings_set_string (settings, "plant", what);
  if (!path)
    return;
  g_ptr_array_add (paths, (gpointer) path);
  for (guint i = 0; old[i] && paths->len < MAXIMUM_RECENT; i++) {
    if (!g_str_equal (old[i], path))
      g_ptr_array_add (paths, old[i]);
  }
  g_ptr_array_add (paths, NULL);
  g_settings_set_strv (settings, "recent-plants", (const char *const *) paths->pdata);
  keep_in_list (settings, path);
}

GError *
plancia_plant_place_set_aside (const char *path, gint64 rows)
{
  g_autofree char *kept = g_filename_display_name (path);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, rows);
  /* Translators: the first %s is a file, the second how many rows of its tables could be read */
  g_autofree char *text = g_strdup_printf (
    _ ("The damaged file is kept as %s; %s rows of it could be read and are in a new one."),
       kept,
       number);

  return g_error_new_literal (PLANCIA_ARCHIVE_ERROR, PLANCIA_ARCHIVE_ERROR_DAMAGED, text);
}
