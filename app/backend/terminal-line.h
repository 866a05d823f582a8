/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal-news.h"
#include "base/mailbox.h"
#include "base/worker.h"

G_BEGIN_DECLS

/* The worker's side of a terminal: the open port, what waits to be written, and the look-out for a port that went away.
 * Nothing is written but what plancia_terminal_line_send() was given. All on the worker, but for new, free and consumed. */
typedef struct _PlanciaTerminalLine PlanciaTerminalLine;

/* news: gets PlanciaTerminalNews. traffic: gets what passes, while it records. path may be a link. Main thread. */
PlanciaTerminalLine *plancia_terminal_line_new (PlanciaWorker  *worker,
                                                PlanciaMailbox *news,
                                                PlanciaTraffic *traffic,
                                                const char     *path);
/* After the worker has stopped. Main thread. */
void plancia_terminal_line_free (PlanciaTerminalLine *self);

/* task (transfer full), here and below: comes back in a piece of news. */
void plancia_terminal_line_open (PlanciaTerminalLine         *self,
                                 const PlanciaSerialSettings *settings,
                                 guint                        epoch,
                                 GTask                       *task);
/* task may be NULL. */
void plancia_terminal_line_close (PlanciaTerminalLine *self, guint epoch, GTask *task);
void plancia_terminal_line_send (PlanciaTerminalLine *self, GBytes *bytes, GTask *task);
void plancia_terminal_line_set_up (PlanciaTerminalLine         *self,
                                   const PlanciaSerialSettings *settings,
                                   GTask                       *task);
void plancia_terminal_line_set_lines (PlanciaTerminalLine *self, guint mask, guint lines);
void plancia_terminal_line_send_break (PlanciaTerminalLine *self, guint ms);
/* Before the first opening: the adapter (its identity) of another time, looked for under any name; NULL: none. */
void plancia_terminal_line_remember_adapter (PlanciaTerminalLine *self, const char *adapter);
void plancia_terminal_line_set_reconnect (PlanciaTerminalLine *self, gboolean reconnect);
void plancia_terminal_line_set_tap (PlanciaTerminalLine *self,
                                    PlanciaTerminalTap   tap,
                                    gpointer             user_data,
                                    GDestroyNotify       destroy);
/* Bytes that the main thread has dealt with: reading goes on when it had stopped for lack of room. Main thread. */
void plancia_terminal_line_consumed (PlanciaTerminalLine *self, gsize bytes);

G_END_DECLS
