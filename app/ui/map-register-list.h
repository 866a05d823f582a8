/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The registers of a map under edit, with a search over name, key and address. Signal "chosen" (): another one. */
#define PLANCIA_TYPE_MAP_REGISTER_LIST (plancia_map_register_list_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapRegisterList,
                      plancia_map_register_list,
                      PLANCIA,
                      MAP_REGISTER_LIST,
                      AdwBin)

void plancia_map_register_list_set (PlanciaMapRegisterList *self, PlanciaMapEdit *edit);
/* (transfer none), NULL if none is chosen. */
PlanciaMapEditRow *plancia_map_register_list_get_chosen (PlanciaMapRegisterList *self);
/* NULL: none. A row that the search hides ends the search. */
void plancia_map_register_list_choose (PlanciaMapRegisterList *self, PlanciaMapEditRow *row);
void plancia_map_register_list_search (PlanciaMapRegisterList *self);

G_END_DECLS
