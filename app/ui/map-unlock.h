/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Why a register can or cannot be written, and what it may cost to allow it. */

/* For the row of the switch. (transfer none) */
const char *plancia_map_unlock_words (PlanciaMapEditRow *row);
/* Says the risk; on yes the register becomes writable. Calls done in any case, once, unless object is gone. */
void plancia_map_unlock_ask (GtkWindow         *parent,
                             PlanciaMapEdit    *edit,
                             PlanciaMapEditRow *row,
                             GCallback          done,
                             GObject           *object);

G_END_DECLS
