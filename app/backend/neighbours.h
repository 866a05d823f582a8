/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the kernel knows of the hosts on the own networks: who has answered for an address, and with which MAC. A host
 * that answers nothing at all may still be seen here. Any thread. */
typedef struct _PlanciaNeighbours PlanciaNeighbours;

/* Now; empty where the kernel does not tell. */
PlanciaNeighbours *plancia_neighbours_read (void);
/* text: as /proc/net/arp. */
PlanciaNeighbours *plancia_neighbours_parse (const char *text);
void               plancia_neighbours_free (PlanciaNeighbours *self);
/* "34:EA:E7:00:11:22" of an address (host byte order) that was resolved, or NULL. */
const char *plancia_neighbours_find (PlanciaNeighbours *self, guint32 address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaNeighbours, plancia_neighbours_free)

G_END_DECLS
