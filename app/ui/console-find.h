/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-view.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Finds in a console: text or a regular expression, from match to match, or only the lines that match. Property "search-mode"
 * (gboolean, notifies): whether the bar is open. */
#define PLANCIA_TYPE_CONSOLE_FIND (plancia_console_find_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleFind, plancia_console_find, PLANCIA, CONSOLE_FIND, AdwBin)

/* Where to look; it must outlive the bar. */
void plancia_console_find_set_view (PlanciaConsoleFind *self, PlanciaConsoleView *view);
/* The view shows other lines, or in another form. */
void                  plancia_console_find_refresh (PlanciaConsoleFind *self);
PlanciaConsoleSearch *plancia_console_find_get_search (PlanciaConsoleFind *self);
/* The line that was gone to last, G_MAXUINT64 if none. */
guint64 plancia_console_find_get_line (PlanciaConsoleFind *self);
/* Opens the bar, the focus in it. */
void plancia_console_find_start (PlanciaConsoleFind *self);

G_END_DECLS
