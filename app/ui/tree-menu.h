/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/tree-row.h"

G_BEGIN_DECLS

/* The menu of one line of the tree: connect, disconnect, rename, remove; read now. Points at x, y of the row. */
void plancia_tree_menu_show (PlanciaTreeRow *row, PlanciaSession *session, double x, double y);

G_END_DECLS
