/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* Which program has a port open: from /proc, which knows who holds a lock and shows the processes of the same user (of
 * everybody to root), and from the lock files in /var/lock that older programs agree on. Blocking: on a worker. */

/* Sets holder and holder_pid of a GPtrArray of PlanciaSerialPortInfo*; this process does not count. */
void plancia_serial_holder_find_all (GPtrArray *ports);
/* Pid in the lock file of the port, if that process lives; else 0. */
int plancia_serial_holder_find_lock (const char *path);

G_END_DECLS
