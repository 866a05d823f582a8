/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* An open serial port: ttys by libserialport, ptys by plain termios (libserialport cannot open them), behind the same
 * functions. Blocking: on a worker. */
#define PLANCIA_TYPE_SERIAL_PORT (plancia_serial_port_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSerialPort, plancia_serial_port, PLANCIA, SERIAL_PORT, GObject)

/* Opens exclusively, raw mode, and sends nothing. format "8N1". G_IO_ERROR_NOT_FOUND,
 * G_IO_ERROR_PERMISSION_DENIED (message names the owning group), G_IO_ERROR_BUSY. */
PlanciaSerialPort     *
plancia_serial_port_open (const char *path, guint baud, const char *format, GError **error);
int plancia_serial_port_get_fd (PlanciaSerialPort *self);
/* Whole data or an error, at most 2 s. */
gboolean plancia_serial_port_write (PlanciaSerialPort *self,
                                    GBytes            *data,
                                    GCancellable      *cancellable,
                                    GError           **error);
void     plancia_serial_port_set_lines (PlanciaSerialPort *self, gboolean dtr, gboolean rts);
void     plancia_serial_port_send_break (PlanciaSerialPort *self);
void     plancia_serial_port_close (PlanciaSerialPort *self);

G_END_DECLS
