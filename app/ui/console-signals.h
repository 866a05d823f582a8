/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* DTR, RTS and Break of a serial port. Insensitive while it is closed and where there are no such lines. */
#define PLANCIA_TYPE_CONSOLE_SIGNALS (plancia_console_signals_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleSignals,
                      plancia_console_signals,
                      PLANCIA,
                      CONSOLE_SIGNALS,
                      GtkBox)

void plancia_console_signals_set_terminal (PlanciaConsoleSignals *self, PlanciaTerminal *terminal);

G_END_DECLS
