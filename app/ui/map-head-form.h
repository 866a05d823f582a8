/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What a register map says of itself: name, what it is based on, how sure it is, where it comes from. */
#define PLANCIA_TYPE_MAP_HEAD_FORM (plancia_map_head_form_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapHeadForm, plancia_map_head_form, PLANCIA, MAP_HEAD_FORM, AdwBin)

void plancia_map_head_form_set (PlanciaMapHeadForm *self, PlanciaMapEdit *edit);
/* Whether the own map stands in for the one that ships. */
gboolean plancia_map_head_form_get_in_place (PlanciaMapHeadForm *self);

G_END_DECLS
