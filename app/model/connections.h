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
/* Whose connections they are: backends learn where it stands. Must live as long. */
void plancia_connections_set_plant (PlanciaConnections *self, PlanciaPlant *plant);
/* The backend the device is to have; made if its connection is new. (transfer none) */
PlanciaBackend *
plancia_connections_ensure (PlanciaConnections *self, PlanciaDevice *device, GError **error);
/* ms between two polls of what changes fast, of all connections that are opened from now on, whatever plant they belong to. */
void plancia_connections_set_interval (guint milliseconds);
/* The same for one that is there. */
void plancia_connections_apply_interval (PlanciaBackend *backend);
/* As a person wants it: opens and polls. */
void plancia_connections_open (PlanciaConnections *self,
                               PlanciaBackend     *backend,
                               GCancellable       *cancellable);
/* Opens the device's connection unless it waits for a person, as a console does. FALSE: a line of a HUB waits. */
gboolean plancia_connections_open_unasked (PlanciaConnections *self,
                                           PlanciaDevice      *device,
                                           GCancellable       *cancellable);
/* Lines of HUBs are not opened unasked from now on, until they are released, which opens those that waited. */
void     plancia_connections_hold_hubs (PlanciaConnections *self);
gboolean plancia_connections_get_hub_waits (PlanciaConnections *self);
void     plancia_connections_release_hubs (PlanciaConnections *self,
                                           PlanciaDeviceTree  *tree,
                                           GCancellable       *cancellable);
/* What is made while it is set waits for a person. */
void plancia_connections_set_keep_closed (PlanciaConnections *self, gboolean keep_closed);
/* Takes a backend away from its devices; was_open is FALSE if it waited for a person. (transfer full) NULL if there is
 * none. */
PlanciaBackend *plancia_connections_take (PlanciaConnections *self,
                                          const char         *connection,
                                          PlanciaDeviceTree  *tree,
                                          gboolean           *was_open);
/* The connection is the same, but called otherwise from now on. */
void plancia_connections_rename (PlanciaConnections *self, const char *before, const char *after);
/* Closes what no device of the tree uses any more: the port or the line is free for others. */
void  plancia_connections_close_unused (PlanciaConnections *self, PlanciaDeviceTree *tree);
guint plancia_connections_count (PlanciaConnections *self);
/* Closes all; the callback is called for each. */
void plancia_connections_close (PlanciaConnections *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConnections, plancia_connections_free)

G_END_DECLS
