/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/open-plant.h"

#include "backend/tape-player.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "model/cloud-alarms.h"
#include "model/connections.h"
#include "model/map-job.h"
#include "model/open-plant-journal.h"
#include "model/recorder.h"
#include "model/traffic-names.h"
#include "model/watch.h"

#define REFRESH_SECONDS 5 /* marks turn stale without any news */

struct _PlanciaOpenPlant
{
  GObject parent_instance;

  PlanciaPlant       *plant;
  PlanciaDeviceTree  *tree;
  PlanciaStore       *store;
  PlanciaJournal     *journal;
  PlanciaTrafficLog  *traffic;
  PlanciaRecorder    *recorder; /* once it is started */
  PlanciaWorker      *worker;   /* loads maps */
  PlanciaConnections *connections;
  GCancellable       *cancellable;
  PlanciaWatch       *watch;
  guint               refresh_id;
  guint               n_closing;
  gboolean            closed;
};

enum {
  SIGNAL_DOCUMENT_CHANGED,
  SIGNAL_HUB_WAITS,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaOpenPlant, plancia_open_plant, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- news from backends ---------------------------------------------------------------------- */

static void
readings_cb (PlanciaOpenPlant *self, PlanciaReadings *readings)
{
  plancia_device_tree_apply (self->tree, readings);
}

static void
update_devices_of (PlanciaOpenPlant *self, PlanciaBackend *backend)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (self->tree);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (!backend || plancia_device_get_backend (device) == backend)
      plancia_device_update (device);
  }
  plancia_device_update (plancia_device_tree_get_plant (self->tree));
}

static void
state_changed_cb (PlanciaOpenPlant *self, PlanciaBackend *backend)
{
  update_devices_of (self, backend);
}

static void
device_failed_cb (PlanciaOpenPlant *self, const char *id, const GError *error)
{
  PlanciaDevice *device = plancia_device_tree_find (self->tree, id);

  if (device)
    plancia_device_set_failed (device, error);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PlanciaOpenPlant *self = user_data;

  update_devices_of (self, NULL);
  /* A device may have got another name. */
  plancia_traffic_log_forget_names (self->traffic);
  return G_SOURCE_CONTINUE;
}

/* --- maps ------------------------------------------------------------------------------------ */

static void
load_map_async (PlanciaOpenPlant   *self,
                const char         *device,
                const char         *map,
                const char         *evidence,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  plancia_map_job_run (self->worker,
                       self,
                       device,
                       map,
                       evidence,
                       self->cancellable,
                       callback,
                       user_data);
}

static void
add_to_backend (PlanciaOpenPlant *self, PlanciaDevice *device, PlanciaMap *map)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));
  PlanciaBackend *backend = plancia_device_get_backend (device);

  plancia_device_set_map (device, map);
  plancia_backend_add_device (backend,
                              plancia_device_get_id (device),
                              plancia_address_get_unit (address),
                              plancia_address_get_thing (address),
                              map);
  plancia_backend_set_learnt (backend,
                              plancia_device_get_id (device),
                              plancia_entry_get_learnt (plancia_device_get_entry (device)));
  plancia_watch_tell (self->watch, device);
}

static void
device_ready (PlanciaOpenPlant *self, PlanciaDevice *device, PlanciaMap *map)
{
  add_to_backend (self, device, map);
  if (!plancia_connections_open_unasked (self->connections, device, self->cancellable))
    g_signal_emit (self, signals[SIGNAL_HUB_WAITS], 0);
}

static void
map_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaOpenPlant *self = PLANCIA_OPEN_PLANT (source);
  PlanciaMapJob    *job = g_task_get_task_data (G_TASK (result));
  PlanciaDevice    *device = plancia_device_tree_find (self->tree, job->device);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->closed || !device || !plancia_device_get_backend (device))
    return;
  if (map)
    device_ready (self, device, map);
  else
    plancia_device_set_failed (device, error);
}

/* map: NULL to have it detected. */
static void
take_map (PlanciaOpenPlant *self, PlanciaDevice *device, PlanciaMap *map, const char *id)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaBackend *backend = plancia_device_get_backend (device);

  plancia_entry_set_map (entry, id);
  plancia_entry_set_map_evidence (entry, NULL);
  plancia_device_forget (device);
  if (backend) {
    plancia_backend_remove_device (backend, plancia_device_get_id (device));
    device_ready (self, device, map);
  }
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

static void
chosen_map_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaOpenPlant *self = PLANCIA_OPEN_PLANT (source);
  PlanciaMapJob    *job = g_task_get_task_data (G_TASK (result));
  PlanciaDevice    *device = plancia_device_tree_find (self->tree, job->device);
  g_autoptr (PlanciaMap) map = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->closed || !device || !map)
    return;

  plancia_device_set_map (device, map);
  plancia_entry_set_map (plancia_device_get_entry (device), job->map);
  plancia_entry_set_map_evidence (plancia_device_get_entry (device), job->evidence);
  plancia_watch_tell (self->watch, device);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

static void
learnt_cb (PlanciaOpenPlant *self, const char *id, const PlanciaLearnt *learnt)
{
  PlanciaDevice *device = plancia_device_tree_find (self->tree, id);

  if (self->closed || !device || !plancia_device_get_entry (device))
    return;
  plancia_entry_set_learnt (plancia_device_get_entry (device), learnt);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

/* (transfer full) task with the result of the choice. */
static void
set_map_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaOpenPlant *self = PLANCIA_OPEN_PLANT (source);
  PlanciaMapJob    *job = g_task_get_task_data (G_TASK (result));
  PlanciaDevice    *device = plancia_device_tree_find (self->tree, job->device);
  g_autoptr (GTask) task = user_data;
  g_autoptr (PlanciaMap) map = NULL;
  GError *error = NULL;

  map = g_task_propagate_pointer (G_TASK (result), &error);
  if (error) {
    g_task_return_error (task, error);
    return;
  }
  /* It was removed, or the plant closed, meanwhile: nothing to do. */
  if (!self->closed && device)
    take_map (self, device, map, job->map);
  g_task_return_boolean (task, TRUE);
}

static void
map_chosen_cb (PlanciaOpenPlant *self, const char *id, const char *map, const char *evidence)
{
  load_map_async (self, id, map, evidence, chosen_map_loaded_cb, NULL);
}

/* --- connections ----------------------------------------------------------------------------- */

static void
follow_backend (PlanciaBackend *backend, gpointer self)
{
  GConnectFlags flags = G_CONNECT_SWAPPED;

  g_signal_connect_object (backend, "readings", G_CALLBACK (readings_cb), self, flags);
  g_signal_connect_object (backend, "state-changed", G_CALLBACK (state_changed_cb), self, flags);
  g_signal_connect_object (backend, "device-failed", G_CALLBACK (device_failed_cb), self, flags);
  g_signal_connect_object (backend, "map-chosen", G_CALLBACK (map_chosen_cb), self, flags);
  g_signal_connect_object (backend, "learnt", G_CALLBACK (learnt_cb), self, flags);
  plancia_cloud_alarms_follow (self, backend);
}

static void
share_with_parents (PlanciaDevice *device, PlanciaBackend *backend)
{
  PlanciaDevice *parent = plancia_device_get_parent (device);

  if (parent && !plancia_device_get_backend (parent) &&
      !g_str_equal (plancia_device_get_kind (parent), "hub"))
    plancia_device_set_backend (parent, backend);
}

static void
start_device (PlanciaOpenPlant *self, PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);
  const char   *map = plancia_entry_get_map (entry);
  g_autoptr (GError) error = NULL;
  PlanciaBackend *backend;

  if (plancia_device_get_backend (device))
    return;

  backend = plancia_connections_ensure (self->connections, device, &error);
  if (!backend) {
    plancia_device_set_failed (device, error);
    return;
  }
  plancia_device_set_backend (device, backend);
  share_with_parents (device, backend);

  if (map)
    load_map_async (self, plancia_device_get_id (device), map, NULL, map_loaded_cb, NULL);
  else
    device_ready (self, device, NULL);
}

static void
start_devices (PlanciaOpenPlant *self)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (self->tree);

  for (guint i = 0; i < devices->len; i++)
    start_device (self, g_ptr_array_index (devices, i));
}

static PlanciaBackend *
backend_of (PlanciaDevice *device)
{
  for (PlanciaDevice *at = device; at; at = plancia_device_get_parent (at)) {
    if (plancia_device_get_backend (at))
      return plancia_device_get_backend (at);
  }
  return NULL;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_open_plant_dispose (GObject *object)
{
  PlanciaOpenPlant *self = PLANCIA_OPEN_PLANT (object);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->recorder);
  if (self->worker)
    plancia_worker_stop (self->worker);
  if (self->store)
    plancia_store_close (self->store);
  if (self->journal)
    plancia_journal_close (self->journal);

  G_OBJECT_CLASS (plancia_open_plant_parent_class)->dispose (object);
}

static void
plancia_open_plant_finalize (GObject *object)
{
  PlanciaOpenPlant *self = PLANCIA_OPEN_PLANT (object);

  plancia_connections_free (self->connections);
  plancia_traffic_log_set_name_func (self->traffic, NULL, NULL);
  g_clear_object (&self->traffic);
  g_clear_object (&self->tree);
  g_clear_object (&self->store);
  g_clear_object (&self->journal);
  g_clear_object (&self->worker);
  g_clear_object (&self->plant);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->watch, plancia_watch_free);

  G_OBJECT_CLASS (plancia_open_plant_parent_class)->finalize (object);
}

static void
plancia_open_plant_class_init (PlanciaOpenPlantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_open_plant_dispose;
  object_class->finalize = plancia_open_plant_finalize;

  signals[SIGNAL_DOCUMENT_CHANGED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "document-changed", 0);
  signals[SIGNAL_HUB_WAITS] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "hub-waits", 0);
}

static void
plancia_open_plant_init (PlanciaOpenPlant *self)
{
  self->worker = plancia_worker_new ("plancia-maps");
  self->traffic = plancia_traffic_log_new (PLANCIA_TRAFFIC_CAPACITY);
  self->connections = plancia_connections_new (self->traffic, follow_backend, self);
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_open_plant_new:
 * @plant: the document
 * @store_path: file of the history, see plancia_store_new()
 *
 * Returns: (transfer full): a plant with its tree, nothing opened yet
 */
PlanciaOpenPlant *
plancia_open_plant_new (PlanciaPlant *plant, const char *store_path)
{
  PlanciaOpenPlant *self = g_object_new (PLANCIA_TYPE_OPEN_PLANT, NULL);

  self->plant = g_object_ref (plant);
  plancia_connections_set_plant (self->connections, plant);
  self->tree = plancia_device_tree_new (plant);
  self->watch = plancia_watch_new (plant, self->tree);
  self->store = plancia_store_new (store_path);
  self->journal = plancia_open_plant_create_journal (store_path);
  plancia_traffic_log_set_name_func (self->traffic, plancia_traffic_names_find, self->tree);
  return self;
}

PlanciaPlant *
plancia_open_plant_get_plant (PlanciaOpenPlant *self)
{
  return self->plant;
}

PlanciaDeviceTree *
plancia_open_plant_get_tree (PlanciaOpenPlant *self)
{
  return self->tree;
}

PlanciaStore *
plancia_open_plant_get_store (PlanciaOpenPlant *self)
{
  return self->store;
}

PlanciaJournal *
plancia_open_plant_get_journal (PlanciaOpenPlant *self)
{
  return self->journal;
}

/** plancia_open_plant_get_traffic: (transfer none): what went over all wires, the newest last */
PlanciaTrafficLog *
plancia_open_plant_get_traffic (PlanciaOpenPlant *self)
{
  return self->traffic;
}

/**
 * plancia_open_plant_start:
 * @self: a plant
 *
 * Opens every connection that may be opened without asking and polls it. Returns at once.
 */
void
plancia_open_plant_start (PlanciaOpenPlant *self)
{
  start_devices (self);
  /* What a recording says has been kept once. */
  if (!self->recorder && !plancia_tape_player_of (self->plant))
    self->recorder = plancia_recorder_new (self->tree, self->store);
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

void
plancia_open_plant_hold_hubs (PlanciaOpenPlant *self)
{
  plancia_connections_hold_hubs (self->connections);
}

gboolean
plancia_open_plant_get_hub_waits (PlanciaOpenPlant *self)
{
  return plancia_connections_get_hub_waits (self->connections);
}

/** plancia_open_plant_release_hubs: opens the lines of HUBs that were held back; from now on none is. */
void
plancia_open_plant_release_hubs (PlanciaOpenPlant *self)
{
  plancia_connections_release_hubs (self->connections, self->tree, self->cancellable);
}

void
plancia_open_plant_connect (PlanciaOpenPlant *self, PlanciaDevice *device)
{
  PlanciaBackend *backend = backend_of (device);

  if (backend)
    plancia_connections_open (self->connections, backend, self->cancellable);
}

void
plancia_open_plant_disconnect (PlanciaOpenPlant *self, PlanciaDevice *device)
{
  PlanciaBackend *backend = backend_of (device);

  if (backend)
    plancia_backend_close_async (backend, NULL, NULL);
}

/**
 * plancia_open_plant_set_map_async:
 * @self: a plant
 * @device: one of its devices that is read by a map
 * @map: (nullable): id of the map a person chose; %NULL: the device is asked
 * @callback: called when the map is in place, or could not be loaded
 * @user_data: for @callback
 *
 * Values that were read by another map are forgotten. A map that cannot be loaded changes nothing.
 */
void
plancia_open_plant_set_map_async (PlanciaOpenPlant   *self,
                                  PlanciaDevice      *device,
                                  const char         *map,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, user_data);
  PlanciaEntry *entry = plancia_device_get_entry (device);

  /* The guess was right. */
  if (map && plancia_device_get_map (device) &&
      g_strcmp0 (plancia_entry_get_map (entry), map) == 0) {
    plancia_entry_set_map_evidence (entry, NULL);
    g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
    g_task_return_boolean (task, TRUE);
    return;
  }
  load_map_async (self,
                  plancia_device_get_id (device),
                  map,
                  NULL,
                  set_map_loaded_cb,
                  g_steal_pointer (&task));
}

gboolean
plancia_open_plant_set_map_finish (PlanciaOpenPlant *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * plancia_open_plant_watch:
 * @self: a plant
 * @device: (nullable): of its tree
 *
 * What is polled follows what is looked at.
 */
void
plancia_open_plant_watch (PlanciaOpenPlant *self, PlanciaDevice *device)
{
  if (!self->closed)
    plancia_watch_look (self->watch, device);
}

void
plancia_open_plant_set_register_watched (PlanciaOpenPlant *self,
                                         PlanciaDevice    *device,
                                         const char       *key,
                                         gboolean          watched)
{
  plancia_watch_set (self->watch, device, key, watched);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

static void
drop_missing_devices (PlanciaOpenPlant *self, GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++) {
    PlanciaDevice  *device = g_ptr_array_index (before, i);
    PlanciaBackend *backend = plancia_device_get_backend (device);

    if (backend && !plancia_device_tree_find (self->tree, plancia_device_get_id (device)))
      plancia_backend_remove_device (backend, plancia_device_get_id (device));
  }
}

/**
 * plancia_open_plant_sync:
 * @self: a plant
 *
 * After entries of the plant were added, moved or removed: the tree and the connections follow. A
 * connection that lost its last device is closed.
 */
void
plancia_open_plant_sync (PlanciaOpenPlant *self)
{
  g_autoptr (GPtrArray) before = plancia_device_tree_list (self->tree);

  plancia_device_tree_sync (self->tree);
  plancia_traffic_log_forget_names (self->traffic);
  drop_missing_devices (self, before);
  plancia_connections_close_unused (self->connections, self->tree);
  start_devices (self);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

/* --- another address ------------------------------------------------------------------------- */

static void
start_rehung (PlanciaOpenPlant *self, gboolean was_open)
{
  if (self->closed)
    return;
  plancia_connections_set_keep_closed (self->connections, !was_open);
  start_devices (self);
  plancia_connections_set_keep_closed (self->connections, FALSE);
  plancia_traffic_log_forget_names (self->traffic);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

static void
closed_for_rehang_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaOpenPlant) self = user_data;

  plancia_backend_close_finish (PLANCIA_BACKEND (source), result, NULL);
  start_rehung (self, TRUE);
}

static void
rest_for_rehang_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaOpenPlant) self = user_data;

  plancia_backend_close_finish (PLANCIA_BACKEND (source), result, NULL);
  start_rehung (self, FALSE);
}

/**
 * plancia_open_plant_rehang:
 * @self: a plant
 * @connection: what the connection was called before
 *
 * After the addresses of all entries on a connection changed. Returns at once. A serial port or a line
 * of a HUB is free only when the old connection is closed.
 */
void
plancia_open_plant_rehang (PlanciaOpenPlant *self, const char *connection)
{
  gboolean was_open = TRUE;
  g_autoptr (PlanciaBackend)
    backend = plancia_connections_take (self->connections, connection, self->tree, &was_open);

  if (backend)
    plancia_backend_close_async (backend,
                                 was_open ? closed_for_rehang_cb : rest_for_rehang_cb,
                                 g_object_ref (self));
  else
    start_rehung (self, TRUE);
}

/**
 * plancia_open_plant_rename_connection:
 * @self: a plant
 * @before: what the connection was called
 * @after: what the addresses on it say now
 */
void
plancia_open_plant_rename_connection (PlanciaOpenPlant *self, const char *before, const char *after)
{
  plancia_connections_rename (self->connections, before, after);
  plancia_traffic_log_forget_names (self->traffic);
  g_signal_emit (self, signals[SIGNAL_DOCUMENT_CHANGED], 0);
}

/* --- end ------------------------------------------------------------------------------------- */

static void
backend_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlanciaOpenPlant *self = g_task_get_source_object (task);

  plancia_backend_close_finish (PLANCIA_BACKEND (source), result, NULL);
  if (--self->n_closing == 0)
    g_task_return_boolean (task, TRUE);
}

/**
 * plancia_open_plant_close_async:
 * @self: a plant
 * @callback: called when every connection is closed
 * @user_data: for @callback
 */
void
plancia_open_plant_close_async (PlanciaOpenPlant   *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->recorder);

  self->n_closing = plancia_connections_count (self->connections);
  if (self->n_closing == 0) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  for (guint i = 1; i < self->n_closing; i++)
    g_object_ref (task);
  plancia_connections_close (self->connections, backend_closed_cb, g_steal_pointer (&task));
}

gboolean
plancia_open_plant_close_finish (PlanciaOpenPlant *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
