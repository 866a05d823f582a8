/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-settings.h"

#include "ui/retention-setting.h"
#include "ui/settings.h"

static const char *const retention_keys[] = {"changed::history-raw-days",
                                             "changed::history-minute-days",
                                             "changed::history-keep-days"};

/* A star on a register is a wish to have its history. */
static void
follow_stars (PlanciaOpenPlant *open)
{
  g_auto (GStrv) entries = g_settings_get_strv (plancia_settings_get (), "register-favourites");

  plancia_device_tree_set_starred (plancia_open_plant_get_tree (open),
                                   (const char *const *) entries);
}

static void
follow_retention (PlanciaOpenPlant *open)
{
  PlanciaRetention retention = plancia_retention_setting_get ();

  plancia_store_set_retention (plancia_open_plant_get_store (open), &retention);
}

static void
on_change (PlanciaOpenPlant *open, const char *signal, GCallback follow)
{
  g_signal_connect_object (plancia_settings_get (), signal, follow, open, G_CONNECT_SWAPPED);
}

void
plancia_plant_settings_follow (PlanciaOpenPlant *open)
{
  on_change (open, "changed::register-favourites", G_CALLBACK (follow_stars));
  for (guint i = 0; i < G_N_ELEMENTS (retention_keys); i++)
    on_change (open, retention_keys[i], G_CALLBACK (follow_retention));
  follow_stars (open);
  follow_retention (open);
}
