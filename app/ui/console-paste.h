/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-feed.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Several lines were pasted: shows how many, asks for the pause between them, and lets the player send them. text is not
 * kept. */
void plancia_console_paste_show (GtkWindow *parent, PlanciaConsoleFeed *feed, const char *text);

G_END_DECLS
