/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* An open serial port: ttys by libserialport, ptys by plain termios (libserialport cannot open them), behind the same
 * functions. Blocking: on a worker. */
#define PLANCIA_TYPE_SERIAL_PORT (plancia_serial_port_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSerialPort, plancia_serial_port, PLANCIA, SERIAL_PORT, GObject)

/* What the driver has counted since the port was opened. */
typedef struct
{
  guint framing;
  guint parity;
  guint overruns;
  guint breaks;
} PlanciaSerialErrors;

/* Opens exclusively, raw mode, and sends nothing. G_IO_ERROR_NOT_FOUND, G_IO_ERROR_PERMISSION_DENIED (message names the
 * owning group), G_IO_ERROR_BUSY (names the program where the kernel tells), G_IO_ERROR_NOT_SUPPORTED. */
PlanciaSerialPort *
plancia_serial_port_open (const char *path, const PlanciaSerialSettings *settings, GError **error);
/* The same while it is open; on an error the old ones are in force. */
gboolean plancia_serial_port_set_up (PlanciaSerialPort           *self,
                                     const PlanciaSerialSettings *settings,
                                     GError                     **error);
int      plancia_serial_port_get_fd (PlanciaSerialPort *self);
/* As much as the port takes now: count, 0 if it takes nothing, -1 with error. */
gssize
plancia_serial_port_write (PlanciaSerialPort *self, const void *data, gsize length, GError **error);
/* FALSE: DSR/DTR flow control, and the other side is not ready. */
gboolean plancia_serial_port_is_ready (PlanciaSerialPort *self);
/* PlanciaSerialLines. */
guint plancia_serial_port_get_lines (PlanciaSerialPort *self);
/* DTR and RTS of mask. */
void plancia_serial_port_set_lines (PlanciaSerialPort *self, guint mask, guint lines);
void plancia_serial_port_set_break (PlanciaSerialPort *self, gboolean on);
void plancia_serial_port_get_errors (PlanciaSerialPort *self, PlanciaSerialErrors *out);
void plancia_serial_port_close (PlanciaSerialPort *self);

G_END_DECLS
