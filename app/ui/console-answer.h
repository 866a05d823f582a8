/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-feed.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks a device as VISA does: sends, waits for the termination character or the time limit, and shows the answer by itself in
 * a row that is hidden while there is none. The limit is a setting; an answer ends with a line feed, as in NI-VISA. */
#define PLANCIA_TYPE_CONSOLE_ANSWER (plancia_console_answer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleAnswer, plancia_console_answer, PLANCIA, CONSOLE_ANSWER, GtkBox)

void
plancia_console_answer_ask (PlanciaConsoleAnswer *self, PlanciaConsoleFeed *feed, GBytes *question);
void plancia_console_answer_clear (PlanciaConsoleAnswer *self);

G_END_DECLS
