/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/tree-row.h"

#include "model/session.h"

G_BEGIN_DECLS

/* The order of the lines that hang on one line is a person's choice: by dragging, by the menu, by Alt+Up and Alt+Down. */

/* Makes a line of the tree one that is dragged, and one that others are dropped on. */
void plancia_tree_order_set_up (PlanciaTreeRow *row, PlanciaSession *session);
/* steps: -1 up, 1 down, among those that hang where the device does. */
gboolean plancia_tree_order_can_move (PlanciaSession *session, PlanciaDevice *device, int steps);
gboolean plancia_tree_order_move (PlanciaSession *session, PlanciaDevice *device, int steps);
/* Before or after another, or after that on which the other hangs; FALSE if they have no place in common. */
gboolean plancia_tree_order_drop (PlanciaSession *session,
                                  PlanciaDevice  *device,
                                  PlanciaDevice  *target,
                                  gboolean        after);

G_END_DECLS
