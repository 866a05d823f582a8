/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-feed.h"
#include "ui/console-view.h"

G_BEGIN_DECLS

/* The actions behind the menu of the console page: what is copied, saved, sent from a file, and the settings of the console.
 * They are added to the page's action map; the menu lives as long as the page. */
typedef struct _PlanciaConsoleMenu PlanciaConsoleMenu;

/* widget: the page. */
PlanciaConsoleMenu *plancia_console_menu_new (GtkWidget *widget, GActionMap *actions);
void                plancia_console_menu_free (PlanciaConsoleMenu *self);
void plancia_console_menu_set_view (PlanciaConsoleMenu *self, PlanciaConsoleView *view);
/* NULL both: no console. */
void plancia_console_menu_set_feed (PlanciaConsoleMenu *self,
                                    PlanciaConsoleFeed *feed,
                                    PlanciaBackend     *backend);
/* The connection opened or closed. */
void plancia_console_menu_update (PlanciaConsoleMenu *self);

G_END_DECLS
