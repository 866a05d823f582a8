/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-settings.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a set of settings of the user: take the present ones for it, give it another name, forget it.
 * Right click, Menu and Shift+F10 on the button show the menu, Delete forgets. */

/* The settings that are in the form now; FALSE if they are not complete. */
typedef gboolean (*PlanciaPresetFunc) (PlanciaSerialSettings *settings, gpointer user_data);

/* parent: holds the button, shows the menu and outlives it; button: its label is the name. read is called with user_data,
 * which must live as long as parent. Main thread. */
void plancia_console_preset_menu_attach (GtkWidget        *button,
                                         GtkWidget        *parent,
                                         PlanciaPresetFunc read,
                                         gpointer          user_data);

G_END_DECLS
