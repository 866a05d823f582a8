/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* All that a person edits of one register of a map; each change goes into the map at once. */
#define PLANCIA_TYPE_MAP_REGISTER_FORM (plancia_map_register_form_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapRegisterForm,
                      plancia_map_register_form,
                      PLANCIA,
                      MAP_REGISTER_FORM,
                      AdwBin)

/* row NULL: nothing. */
void plancia_map_register_form_set (PlanciaMapRegisterForm *self,
                                    PlanciaMapEdit         *edit,
                                    PlanciaMapEditRow      *row);
/* The name, for a register that was just added. */
void plancia_map_register_form_focus (PlanciaMapRegisterForm *self);

G_END_DECLS
