/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The popover of a serial port: presets, speed and format, flow control, the state of the lines that the other side drives, and
 * connect or disconnect (actions of the page, group "console"). Signal "kept" (): the port has other settings, because a person
 * chose them. */
#define PLANCIA_TYPE_CONSOLE_PORT (plancia_console_port_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsolePort, plancia_console_port, PLANCIA, CONSOLE_PORT, GtkPopover)

/* terminal NULL: a console that is no serial port. path: of the port. */
void plancia_console_port_set_terminal (PlanciaConsolePort *self,
                                        PlanciaTerminal    *terminal,
                                        const char         *path);

G_END_DECLS
