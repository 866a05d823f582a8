/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A text terminal on a serial port: bytes out, bytes in. Opens only when a person asks, since opening a
 * port can start anew what hangs on it, and never by itself again. */
#define PLANCIA_TYPE_BACKEND_TERMINAL (plancia_backend_terminal_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendTerminal,
                      plancia_backend_terminal,
                      PLANCIA,
                      BACKEND_TERMINAL,
                      GObject)

/* format such as "8N1". Opens nothing. Main thread. */
PlanciaBackend *plancia_backend_terminal_new (const char *path, guint baud, const char *format);

G_END_DECLS
