/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The row to type in: text or hex, history with the arrow keys, line ending. Signals "send" and
 * "query" (GBytes*) with what is to be sent, checked, and "paste" (char*) with several lines that were pasted. History, which
 * is kept per port, and line ending are settings. */
#define PLANCIA_TYPE_CONSOLE_INPUT (plancia_console_input_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleInput, plancia_console_input, PLANCIA, CONSOLE_INPUT, GtkBox)

/* Whether what is typed next goes into the history (not so after a question for a password). */
void plancia_console_input_set_secret (PlanciaConsoleInput *self, gboolean secret);
/* The history is kept per port. */
void plancia_console_input_set_port (PlanciaConsoleInput *self, const char *port);
/* The connection is open. */
void plancia_console_input_set_ready (PlanciaConsoleInput *self, gboolean ready);
void plancia_console_input_focus (PlanciaConsoleInput *self);

/* As the button does, which a narrow window has no room for. */
void plancia_console_input_query (PlanciaConsoleInput *self);

G_END_DECLS
