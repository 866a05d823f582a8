/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The folder of the program's data as a group of the preferences: where it is, how much room it takes and what in it does. */
#define PLANCIA_TYPE_DATA_GROUP (plancia_data_group_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDataGroup,
                      plancia_data_group,
                      PLANCIA,
                      DATA_GROUP,
                      AdwPreferencesGroup)

/* Measures again, on a thread. */
void plancia_data_group_refresh (PlanciaDataGroup *self);

G_END_DECLS
