/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-place.h"

#include "ui/settings.h"

#define MAXIMUM_RECENT 5

void
plancia_plant_place_remember (const char *path)
{
  GSettings *settings = plancia_settings_get ();
  g_auto (GStrv) old = g_settings_get_strv (settings, "recent-plants");
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_ptr_array_add (paths, (gpointer) path);
  for (guint i = 0; old[i] && paths->len < MAXIMUM_RECENT; i++) {
    if (!g_str_equal (old[i], path))
      g_ptr_array_add (paths, old[i]);
  }
  g_ptr_array_add (paths, NULL);
  g_settings_set_strv (settings, "recent-plants", (const char *const *) paths->pdata);
}
