/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The manual: a list of pages that can be searched, and the page. */
#define PLANCIA_TYPE_HELP_WINDOW (plancia_help_window_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHelpWindow, plancia_help_window, PLANCIA, HELP_WINDOW, AdwWindow)

/* Shows "page" or "page#place" in the window of the manual, which is made if it is not there. */
void plancia_help_window_show (GtkApplication *application, const char *place);
/* The page that is shown. */
const char *plancia_help_window_get_page (PlanciaHelpWindow *self);
/* "page" or "page#place"; what is not there leads to the first page. */
void               plancia_help_window_go (PlanciaHelpWindow *self, const char *place);
PlanciaHelpWindow *plancia_help_window_new (void);

G_END_DECLS
