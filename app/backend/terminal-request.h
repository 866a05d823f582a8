/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal-line.h"

G_BEGIN_DECLS

/* What the worker is asked for; not every request needs everything. */
typedef struct
{
  GTask *task; /* of an opening or a close: answered with the state, even when it was cancelled */
  PlanciaSerialSettings settings;
  guint                 epoch;
  guint                 mask;
  guint                 number;
  GBytes               *bytes;
  PlanciaTerminalTap    tap;
  gpointer              tap_data;
  GDestroyNotify        tap_destroy;
  char                 *adapter;
  PlanciaTerminalLine  *line; /* set by plancia_terminal_request_run */
} PlanciaTerminalRequest;

/* Runs func, one of those below, on the line's worker; source is of the task that callback gets. Takes what request owns. Main
 * thread. */
void plancia_terminal_request_run (PlanciaWorker                *worker,
                                   PlanciaTerminalLine          *line,
                                   gpointer                      source,
                                   PlanciaWorkerFunc             func,
                                   const PlanciaTerminalRequest *request,
                                   GCancellable                 *cancellable,
                                   GAsyncReadyCallback           callback,
                                   gpointer                      user_data);

/* The functions of terminal-line.h as work for a worker. */
void plancia_terminal_request_open (GTask        *task,
                                    gpointer      source,
                                    gpointer      data,
                                    GCancellable *cancellable);
void plancia_terminal_request_close (GTask        *task,
                                     gpointer      source,
                                     gpointer      data,
                                     GCancellable *cancellable);
void plancia_terminal_request_send (GTask        *task,
                                    gpointer      source,
                                    gpointer      data,
                                    GCancellable *cancellable);
void plancia_terminal_request_set_up (GTask        *task,
                                      gpointer      source,
                                      gpointer      data,
                                      GCancellable *cancellable);
void plancia_terminal_request_set_lines (GTask        *task,
                                         gpointer      source,
                                         gpointer      data,
                                         GCancellable *cancellable);
void plancia_terminal_request_break (GTask        *task,
                                     gpointer      source,
                                     gpointer      data,
                                     GCancellable *cancellable);
void plancia_terminal_request_set_reconnect (GTask        *task,
                                             gpointer      source,
                                             gpointer      data,
                                             GCancellable *cancellable);
void plancia_terminal_request_remember (GTask        *task,
                                        gpointer      source,
                                        gpointer      data,
                                        GCancellable *cancellable);
void plancia_terminal_request_set_tap (GTask        *task,
                                       gpointer      source,
                                       gpointer      data,
                                       GCancellable *cancellable);

G_END_DECLS
