/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "plant/address.h"
#include "protocol/console-lines.h"

G_BEGIN_DECLS

/* The lines of one console, bounded; they live as long as its backend, whatever page is shown. Lines are numbered from 0
 * since the start; old ones go away. Signal "changed" (): at most once each turn of the main loop, after all that came in
 * it. Main thread. */
#define PLANCIA_TYPE_CONSOLE_BUFFER (plancia_console_buffer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleBuffer,
                      plancia_console_buffer,
                      PLANCIA,
                      CONSOLE_BUFFER,
                      GObject)

/* At most this many lines are kept; when there are a tenth more, that tenth goes at once. */
#define PLANCIA_CONSOLE_LINES 10000

/* The buffer of a backend, made when it is first asked for; address is for what it says when the port opens.
 * (transfer none) */
PlanciaConsoleBuffer *plancia_console_buffer_of (PlanciaBackend *backend, PlanciaAddress *address);

/* Numbers of the lines that are kept: [first, end). Only the last one can still grow. */
guint64 plancia_console_buffer_get_first (PlanciaConsoleBuffer *self);
guint64 plancia_console_buffer_get_end (PlanciaConsoleBuffer *self);
/* (transfer none), valid until the next "changed". */
const PlanciaConsoleLine *
plancia_console_buffer_get_line (PlanciaConsoleBuffer *self, guint64 number);

void plancia_console_buffer_feed (PlanciaConsoleBuffer   *self,
                                  gint64                  time,
                                  PlanciaConsoleDirection direction,
                                  GBytes                 *bytes);
/* A sentence of the program among the lines, at the present time. */
void plancia_console_buffer_notice (PlanciaConsoleBuffer *self, const char *sentence);
void plancia_console_buffer_clear (PlanciaConsoleBuffer *self);
/* Whether the device's last words ask for a password: what is typed next is not remembered. */
gboolean plancia_console_buffer_asks_secret (PlanciaConsoleBuffer *self);

G_END_DECLS
