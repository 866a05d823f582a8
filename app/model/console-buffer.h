/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-store.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* The lines of one console as a view sees them. Main thread. Signals:
 *   "changed" ()    at most once each turn of the main loop, after all that came in it
 *   "cut-anew" ()   the bytes that are kept are in other lines now, with numbers of their own; "changed" follows
 */
#define PLANCIA_TYPE_CONSOLE_BUFFER (plancia_console_buffer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleBuffer,
                      plancia_console_buffer,
                      PLANCIA,
                      CONSOLE_BUFFER,
                      GObject)

PlanciaConsoleBuffer *plancia_console_buffer_new (void);
/* To read from. (transfer none) */
const PlanciaConsoleStore *plancia_console_buffer_get_store (PlanciaConsoleBuffer *self);

void plancia_console_buffer_feed (PlanciaConsoleBuffer   *self,
                                  gint64                  time,
                                  PlanciaConsoleDirection direction,
                                  GBytes                 *bytes);
/* A sentence of the program among the lines, at the present time. */
void plancia_console_buffer_notice (PlanciaConsoleBuffer *self, const char *sentence);
void plancia_console_buffer_clear (PlanciaConsoleBuffer *self);
/* ms of silence that end a burst; 0: lines of text. What is kept already is cut so as well, on another thread. */
void plancia_console_buffer_set_gap (PlanciaConsoleBuffer *self, guint gap);
/* Whether the device's last words ask for a password: what is typed next is not remembered. */
gboolean plancia_console_buffer_asks_secret (PlanciaConsoleBuffer *self);

G_END_DECLS
