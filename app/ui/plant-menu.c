/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-menu.h"

#include "backend/tape-player.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

char *
plancia_plant_menu_dup_label (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_auto (GStrv) parts = g_strsplit (base, "_", -1);

  return g_strjoinv ("__", parts);
}

static GMenuModel *
make_recent (void)
{
  g_auto (GStrv) paths = g_settings_get_strv (plancia_settings_get (), "recent-plants");
  GMenu *section = g_menu_new ();

  for (guint i = 0; paths[i]; i++) {
    g_autofree char *label = plancia_plant_menu_dup_label (paths[i]);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "win.open-recent", "s", paths[i]);
    g_menu_append_item (section, item);
  }
  return G_MENU_MODEL (section);
}

static gboolean
is_demo (PlanciaOpenPlant *plant)
{
  return plant && plancia_plant_get_simulated (plancia_open_plant_get_plant (plant));
}

static gboolean
is_recording (PlanciaOpenPlant *plant)
{
  return plant && plancia_tape_player_of (plancia_open_plant_get_plant (plant));
}

static GMenuModel *
make_files (PlanciaOpenPlant *plant)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _("_New plant"), "win.new-plant");
  g_menu_append (section, _("_Open plant…"), "win.open-plant");
  g_menu_append (section, _("Open _recording…"), "win.open-recording");
  /* The demo plant's addresses are of this run only, and a recording is of the past. */
  if (plant && !is_demo (plant) && !is_recording (plant)) {
    g_menu_append (section, _("_Save plant as…"), "win.save-plant-as");
    /* Translators: makes one file of the plant with all that belongs to it */
    g_menu_append (section, _("Plant for the o_ffice…"), "win.export-plant");
    g_menu_append (section, _("_Rename plant…"), "win.rename-plant");
  }
  return G_MENU_MODEL (section);
}

static GMenuModel *
make_others (PlanciaOpenPlant *plant)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _("_All plants…"), "win.all-plants");
  g_menu_append (section, _("_Import register map…"), "win.import-map");
  if (!is_demo (plant))
    g_menu_append (section, _("Open the _demo plant"), "win.open-demo");
  if (plant) {
    if (!is_recording (plant))
      g_menu_append (section, _("Commission the plan_t…"), "win.commission");
    g_menu_append (section, _("_Monthly report…"), "win.monthly-report");
    g_menu_append (section, _("_Close plant"), "win.close-plant");
  }
  return G_MENU_MODEL (section);
}

static void
append (GMenu *menu, const char *label, GMenuModel *section)
{
  if (g_menu_model_get_n_items (section) > 0)
    g_menu_append_section (menu, label, section);
  g_object_unref (section);
}

/**
 * plancia_plant_menu_new:
 * @plant: (nullable): the plant that is open
 *
 * Returns: (transfer full): a menu
 */
GMenuModel *
plancia_plant_menu_new (PlanciaOpenPlant *plant)
{
  GMenu *menu = g_menu_new ();

  append (menu, _("Recent files"), make_recent ());
  append (menu, NULL, make_files (plant));
  append (menu, NULL, make_others (plant));
  return G_MENU_MODEL (menu);
}
