/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device-tree.h"
#include "model/traffic-log.h"

G_BEGIN_DECLS

/* The backends of an open plant: one a connection, shared by the devices on it. Main thread. */
typedef struct _PlanciaConnections PlanciaConnections;

/* Told of a backend before anybody uses it, to follow its signals. */
typedef void (*PlanciaConnectionFunc) (PlanciaBackend *backend, gpointer user_data);

/* traffic: gets what goes over their wires, under their addresses; kept. */
PlanciaConnections *plancia_connections_new (PlanciaTrafficLog    *traffic,
                                             PlanciaConnectionFunc made,
                                             gpointer              user_data);
void                plancia_connections_free (PlanciaConnections *self);
/* The backend the device is to have; made if its connection is new. (transfer none) */
PlanciaBackend *
plancia_connections_ensure (PlanciaConnections *self, PlanciaDevice *device, GError **error);
/* Closes what no device of the tree uses any more: the port or the line is free for others. */
void  plancia_connections_close_unused (PlanciaConnections *self, PlanciaDeviceTree *tree);
guint plancia_connections_count (PlanciaConnections *self);
/* Closes all; the callback is called for each. */
void plancia_connections_close (PlanciaConnections *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConnections, plancia_connections_free)

G_END_DECLS
