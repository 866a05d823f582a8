/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/downloads.h"
#include "history/journal.h"
#include "history/loader.h"
#include "history/store.h"
#include "model/device-tree.h"
#include "model/traffic-log.h"

G_BEGIN_DECLS

/* A plant at work: the document, a backend for each connection, the tree they feed, the store. Main thread. */
#define PLANCIA_TYPE_OPEN_PLANT (plancia_open_plant_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaOpenPlant, plancia_open_plant, PLANCIA, OPEN_PLANT, GObject)

/* Signal "document-changed" (): the plant has to be saved.
 * store_path: see plancia_store_new; the journal is kept beside it. */
PlanciaOpenPlant  *plancia_open_plant_new (PlanciaPlant *plant, const char *store_path);
PlanciaPlant      *plancia_open_plant_get_plant (PlanciaOpenPlant *self);
PlanciaDeviceTree *plancia_open_plant_get_tree (PlanciaOpenPlant *self);
PlanciaStore      *plancia_open_plant_get_store (PlanciaOpenPlant *self);
/* What was written, of all plants: the file beside the store's. */
PlanciaJournal    *plancia_open_plant_get_journal (PlanciaOpenPlant *self);
PlanciaTrafficLog *plancia_open_plant_get_traffic (PlanciaOpenPlant *self);
/* Loads maps on a worker, opens every backend that may be opened without asking (not a CONNEXT console), polls. */
void plancia_open_plant_start (PlanciaOpenPlant *self);
/* The lines of a HUB wait until a person agreed to cut off other clients: call it before start. Signal "hub-waits" ()
 * when one does. */
void     plancia_open_plant_hold_hubs (PlanciaOpenPlant *self);
gboolean plancia_open_plant_get_hub_waits (PlanciaOpenPlant *self);
/* The person agreed: what waits is opened. */
void plancia_open_plant_release_hubs (PlanciaOpenPlant *self);
/* Connects or closes one connection: the one the device hangs on. */
void plancia_open_plant_connect (PlanciaOpenPlant *self, PlanciaDevice *device);
void plancia_open_plant_disconnect (PlanciaOpenPlant *self, PlanciaDevice *device);
/* Another map for a device: a person's choice, or NULL to detect it again. The device is read anew. */
void plancia_open_plant_set_map_async (PlanciaOpenPlant   *self,
                                       PlanciaDevice      *device,
                                       const char         *map,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean
plancia_open_plant_set_map_finish (PlanciaOpenPlant *self, GAsyncResult *result, GError **error);
/* Somebody looks at this device (or at nothing: NULL): all of its registers are polled at the pace of its map, of
 * the others what tree, sums and history need. Before the first call everything is polled. */
void plancia_open_plant_watch (PlanciaOpenPlant *self, PlanciaDevice *device);
/* Puts a register on the watch list of the plant, or takes it off. */
void plancia_open_plant_set_register_watched (PlanciaOpenPlant *self,
                                              PlanciaDevice    *device,
                                              const char       *key,
                                              gboolean          watched);
/* The addresses of all entries that were on this connection (plancia_address_dup_connection) changed: it is closed, and
 * opened where they lead now unless it was closed before. */
void plancia_open_plant_rehang (PlanciaOpenPlant *self, const char *connection);
/* Such addresses changed, but the connection is as they say already: it stays as it is. */
void plancia_open_plant_rename_connection (PlanciaOpenPlant *self,
                                           const char       *before,
                                           const char       *after);
/* An entry was added to, moved in or removed from the plant. A connection that lost its last device is closed. */
void plancia_open_plant_sync (PlanciaOpenPlant *self);
/* The device whose backend has this device's history: itself, or the cloud's thing with the same serial number; or NULL.
 * (transfer none) */
PlanciaDevice *
plancia_open_plant_get_history_device (PlanciaOpenPlant *self, PlanciaDevice *device);
/* The manager of what is wanted of the clouds' past; path NULL: it is forgotten at the end. */
void              plancia_open_plant_keep_downloads (PlanciaOpenPlant *self, const char *path);
PlanciaDownloads *plancia_open_plant_get_downloads (PlanciaOpenPlant *self); /* or NULL */
/* To be called now and then: connections come and go. */
void plancia_open_plant_share_downloads (PlanciaOpenPlant *self);
/* Closes everything; returns at once, calls back when all are closed, within a second. */
void plancia_open_plant_close_async (PlanciaOpenPlant   *self,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean
plancia_open_plant_close_finish (PlanciaOpenPlant *self, GAsyncResult *result, GError **error);

G_END_DECLS
