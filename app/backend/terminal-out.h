/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/serial-port.h"

G_BEGIN_DECLS

/* What waits to be written to a serial port: one after the other, as the port takes it, without blocking, so that reading
 * goes on meanwhile. Worker. */
typedef struct _PlanciaTerminalOut PlanciaTerminalOut;

/* One is done: bytes is what was written of it, task (transfer full) and error (transfer full, or NULL) belong to it. */
typedef void (*PlanciaTerminalOutFunc) (gint64   time,
                                        GBytes  *bytes,
                                        GTask   *task,
                                        GError  *error,
                                        gpointer user_data);

PlanciaTerminalOut *
plancia_terminal_out_new (GMainContext *context, PlanciaTerminalOutFunc func, gpointer user_data);
void plancia_terminal_out_free (PlanciaTerminalOut *self);
/* port: borrowed until stop. */
void plancia_terminal_out_start (PlanciaTerminalOut          *self,
                                 PlanciaSerialPort           *port,
                                 const PlanciaSerialSettings *settings);
/* For the time limits. */
void
plancia_terminal_out_set_settings (PlanciaTerminalOut *self, const PlanciaSerialSettings *settings);
/* task: (transfer full) */
void plancia_terminal_out_add (PlanciaTerminalOut *self, GBytes *bytes, GTask *task);
/* Each 0.1 s: time limits, cancellables, flow control. */
void plancia_terminal_out_look (PlanciaTerminalOut *self);
/* Everything that waits fails with this code of G_IO_ERROR. */
void plancia_terminal_out_stop (PlanciaTerminalOut *self, int code);

G_END_DECLS
