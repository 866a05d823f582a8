/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* The menu of the plant chooser as it is now: files opened lately, open, save, rename, the demo, close. Its actions
 * are the window's. plant may be NULL. (transfer full) */
GMenuModel *plancia_plant_menu_new (PlanciaOpenPlant *plant);

/* The name of a plant's file as a menu has it: underscores are mnemonics there, and file names have them. (transfer full) */
char *plancia_plant_menu_dup_label (const char *path);

G_END_DECLS
