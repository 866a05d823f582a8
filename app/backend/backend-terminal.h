/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal.h"

G_BEGIN_DECLS

/* A terminal on a serial port: bytes out, bytes in. Opens only when a person asks, since opening a port can start anew
 * what hangs on it. A PlanciaTerminal as well. */
#define PLANCIA_TYPE_BACKEND_TERMINAL (plancia_backend_terminal_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendTerminal,
                      plancia_backend_terminal,
                      PLANCIA,
                      BACKEND_TERMINAL,
                      GObject)

/* Opens nothing. Main thread. */
PlanciaBackend *
plancia_backend_terminal_new (const char *path, const PlanciaSerialSettings *settings);

G_END_DECLS
