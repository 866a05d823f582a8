/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* The actions "win.…" and their keys, for menus, buttons and rows. */
void plancia_window_actions_add (PlanciaWindow *window);
/* Keys of the actions, for the whole program. */
void plancia_window_actions_add_keys (GtkApplication *application);

G_END_DECLS
