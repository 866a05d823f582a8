/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* The serial ports of this computer: looked at each 2 s on a worker while somebody holds the watch. Main thread. Signal
 * "changed" () when a port came, went, or was named. */
#define PLANCIA_TYPE_PORT_WATCH (plancia_port_watch_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPortWatch, plancia_port_watch, PLANCIA, PORT_WATCH, GObject)

/* The one watch; begins to look at once, the first "changed" follows. (transfer full) */
PlanciaPortWatch *plancia_port_watch_get (void);
/* GPtrArray of PlanciaSerialPortInfo*, sorted by path; NULL before the first look is over. (transfer none), until the next
 * "changed". */
GPtrArray *plancia_port_watch_get_ports (PlanciaPortWatch *self);
/* By path, link in /dev/serial/by-id, identity or name, or NULL. (transfer none) */
const PlanciaSerialPortInfo *plancia_port_watch_find (PlanciaPortWatch *self, const char *text);
/* Names the adapter of that identity ("CONNEXT, Rossi"); NULL or "" forgets the name. Kept in the user's data folder. */
void plancia_port_watch_set_name (PlanciaPortWatch *self, const char *identity, const char *name);

/* The same, once and blocking: on a worker, or where nothing else runs. (transfer full) */
GPtrArray *plancia_port_watch_list (void);
/* plancia_port_watch_find() in such a list. */
const PlanciaSerialPortInfo *plancia_port_watch_find_in (GPtrArray *ports, const char *text);

G_END_DECLS
