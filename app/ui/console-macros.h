/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-feed.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The row of macro buttons: a click plays one, a right click or the menu key changes it, "+" makes another. While something
 * plays, whatever it is, the row shows how far it is and a button that stops it. The macros are settings. */
#define PLANCIA_TYPE_CONSOLE_MACROS (plancia_console_macros_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleMacros, plancia_console_macros, PLANCIA, CONSOLE_MACROS, GtkBox)

/* Whose player plays; NULL: none. */
void plancia_console_macros_set_feed (PlanciaConsoleMacros *self, PlanciaConsoleFeed *feed);
void plancia_console_macros_set_ready (PlanciaConsoleMacros *self, gboolean ready);

/* list: gets a line for each macro, to change it without a pointer; actions: gets what the lines do, "edit-macro" (u). */
void plancia_console_macros_set_menu (PlanciaConsoleMacros *self, GActionMap *actions, GMenu *list);

G_END_DECLS
