/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* The serial ports of the system, by libserialport and sysfs; ptys are not among them. Blocking: on a worker. */

/* (transfer full) GPtrArray of PlanciaSerialPortInfo*, sorted by path; names are not known here. */
GPtrArray *plancia_serial_port_list (void);
/* By path, a link to it, identity or name. (transfer none), or NULL. */
const PlanciaSerialPortInfo *plancia_serial_port_find (GPtrArray *ports, const char *text);
/* One port, listed or not (a pty): who may open it and who has it open. NULL if there is no such node. */
PlanciaSerialPortInfo *plancia_serial_port_look (const char *path);
/* Of an adapter on USB: VID:PID:serial, or VID:PID@socket for one without a serial number. NULL for other ports. (transfer
 * full) */
char *plancia_serial_port_find_identity (const char *path);
/* Where the adapter is now that was open before; path itself if identity is NULL. G_IO_ERROR_NOT_FOUND while it is unplugged.
 * (transfer full) */
char *plancia_serial_port_locate (const char *path, const char *identity, GError **error);
/* That owns the node, or NULL. (transfer full) */
char *plancia_serial_find_group (const char *path);

/* For tests: shows ports, with all that is known of each, instead of the system. Any thread. */
typedef GPtrArray *(*PlanciaSerialLister) (void);
void plancia_serial_list_set_lister (PlanciaSerialLister lister);

G_END_DECLS
