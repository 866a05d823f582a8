/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-view.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The bar that looks for text in the output: entry, backwards, forwards. Property "search-mode" (gboolean, notifies). */
#define PLANCIA_TYPE_CONSOLE_FIND (plancia_console_find_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleFind, plancia_console_find, PLANCIA, CONSOLE_FIND, AdwBin)

/* Where to look; not owned. */
void plancia_console_find_set_view (PlanciaConsoleFind *self, PlanciaConsoleView *view);
/* Marks the next (or the one before) place with this text, round the end, letter case aside, and scrolls there. FALSE if
 * there is none. */
gboolean plancia_console_find_text (PlanciaConsoleFind *self, const char *text, gboolean backwards);
/* Shows the bar with the focus in it. */
void plancia_console_find_start (PlanciaConsoleFind *self);

G_END_DECLS
