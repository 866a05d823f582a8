/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The groups of a map beside the register table: all, favourites, readings, settings, each with its number of
 * registers, or a pencil while one of them is staged. Main thread. Signal "chosen" () after another group is. */
#define PLANCIA_TYPE_REGISTER_GROUPS (plancia_register_groups_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterGroups,
                      plancia_register_groups,
                      PLANCIA,
                      REGISTER_GROUPS,
                      AdwBin)

/* NULL empties the list. All becomes the chosen one. */
void plancia_register_groups_set_model (PlanciaRegisterGroups *self, PlanciaRegisterModel *model);
/* Stars or staged rows moved. */
void plancia_register_groups_update (PlanciaRegisterGroups *self);
/* Key of the chosen group; NULL for all and for the favourites. */
const char *plancia_register_groups_get_group (PlanciaRegisterGroups *self);
gboolean    plancia_register_groups_get_favourites (PlanciaRegisterGroups *self);
/* Choosing by key; NULL: all. Unknown keys are ignored. */
void plancia_register_groups_choose (PlanciaRegisterGroups *self, const char *group);
/* A drop-down for the narrow form, which always shows the same choice. */
void plancia_register_groups_bind_drop_down (PlanciaRegisterGroups *self, GtkDropDown *drop_down);

G_END_DECLS
