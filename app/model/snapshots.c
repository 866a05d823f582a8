/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/snapshots.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "plant/snapshot-folder.h"

/* Registers that an automatic one asks for at a time: a person's write gets in between. */
#define KEYS_AT_A_TIME 32

struct _PlanciaSnapshots
{
  GObject parent_instance;

  PlanciaOpenPlant *plant; /* weak: it owns this */
  PlanciaWorker    *worker;
  GCancellable     *cancellable;
  char             *folder; /* or NULL */
  GHashTable       *lists;  /* id of a device to GListStore */
  gboolean          automatic;
  GHashTable       *visited; /* ids of devices whose snapshot of this visit is taken or queued */
  GQueue            queue;   /* PlanciaDevice, (transfer full) */
  gboolean          taking;  /* the one at the head of the queue */
};

enum {
  SIGNAL_TAKEN,
  SIGNAL_FAILED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaSnapshots, plancia_snapshots, G_TYPE_OBJECT)

static guint  signals[N_SIGNALS];
static GQuark snapshots_quark;

/* --- files ----------------------------------------------------------------------------------- */

typedef enum {
  JOB_LIST,
  JOB_SAVE,
  JOB_REMOVE,
  JOB_COPY,
} JobKind;

/* What the worker is to do. */
typedef struct
{
  JobKind          kind;
  char            *folder;
  char            *other; /* device to list, folder to copy from */
  PlanciaSnapshot *snapshot;
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  g_free (job->other);
  g_clear_object (&job->snapshot);
  g_free (job);
}

static void
save_on_worker (GTask *task, Job *job)
{
  GError *error = NULL;

  if (!plancia_snapshot_folder_save (job->folder, job->snapshot, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (plancia_snapshot_get_reason (job->snapshot) == PLANCIA_SNAPSHOT_ARRIVAL)
    plancia_snapshot_folder_prune (job->folder,
                                   plancia_snapshot_get_device (job->snapshot),
                                   PLANCIA_SNAPSHOTS_KEPT);
  g_task_return_pointer (task, NULL, NULL);
}

static void
job_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  switch (job->kind) {
  case JOB_LIST:
    g_task_return_pointer (task,
                           plancia_snapshot_folder_list (job->folder, job->other),
                           (GDestroyNotify) g_ptr_array_unref);
    break;
  case JOB_SAVE:
    save_on_worker (task, job);
    break;
  case JOB_REMOVE:
    plancia_snapshot_folder_remove (job->folder, job->snapshot, NULL);
    g_task_return_pointer (task, NULL, NULL);
    break;
  case JOB_COPY:
    plancia_snapshot_folder_copy (job->other, job->folder);
    g_task_return_pointer (task, NULL, NULL);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Files of one plant are written and read in the order in which it was asked for. */
static void
run_job (PlanciaSnapshots   *self,
         JobKind             kind,
         const char         *other,
         PlanciaSnapshot    *snapshot,
         GAsyncReadyCallback callback,
         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->folder = g_strdup (self->folder);
  job->other = g_strdup (other);
  job->snapshot = snapshot != NULL ? g_object_ref (snapshot) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  plancia_worker_run (self->worker, task, job_on_worker);
}

/* Its note may change while the worker writes: it gets a picture of its own. */
static void
save_copy (PlanciaSnapshots   *self,
           PlanciaSnapshot    *snapshot,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  g_autoptr (GBytes) bytes = plancia_snapshot_format (snapshot);
  g_autoptr (PlanciaSnapshot) copy = plancia_snapshot_parse (bytes, "copy", NULL);

  g_return_if_fail (copy != NULL);
  run_job (self, JOB_SAVE, NULL, copy, callback, user_data);
}

static gboolean
has_time (GListStore *list, gint64 time)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (PlanciaSnapshot) one = g_list_model_get_item (G_LIST_MODEL (list), i);

    if (plancia_snapshot_get_time (one) == time)
      return TRUE;
  }
  return FALSE;
}

/* Those taken meanwhile stand before the ones on disk. */
static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListStore) list = user_data;
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  for (guint i = 0; found != NULL && i < found->len; i++) {
    PlanciaSnapshot *snapshot = g_ptr_array_index (found, i);

    if (!has_time (list, plancia_snapshot_get_time (snapshot)))
      g_list_store_append (list, snapshot);
  }
}

static GListStore *
ensure_list (PlanciaSnapshots *self, const char *device)
{
  GListStore *list = g_hash_table_lookup (self->lists, device);

  if (list == NULL) {
    list = g_list_store_new (PLANCIA_TYPE_SNAPSHOT);
    g_hash_table_insert (self->lists, g_strdup (device), list);
    if (self->folder != NULL)
      run_job (self, JOB_LIST, device, NULL, listed_cb, g_object_ref (list));
  }
  return list;
}

/* --- taking ---------------------------------------------------------------------------------- */

/* One that is being taken. */
typedef struct
{
  PlanciaSnapshots     *self;
  PlanciaDevice        *device;
  PlanciaMap           *map;
  PlanciaSnapshotReason reason;
  char                 *note;
  GCancellable         *cancellable;
  GStrv                 keys;
  guint                 next;  /* of the keys: not asked for yet */
  PlanciaReadings      *whole; /* what has come, when it is read bit by bit */
} Taking;

static void
taking_free (Taking *taking)
{
  g_object_unref (taking->self);
  g_object_unref (taking->device);
  plancia_map_unref (taking->map);
  g_clear_object (&taking->cancellable);
  g_strfreev (taking->keys);
  g_clear_pointer (&taking->whole, plancia_readings_unref);
  g_free (taking->note);
  g_free (taking);
}

static PlanciaSnapshot *
make_snapshot (Taking *taking, PlanciaReadings *readings)
{
  PlanciaEntry    *entry = plancia_device_get_entry (taking->device);
  g_autofree char *route = plancia_address_to_string (plancia_entry_get_address (entry));
  PlanciaSnapshot *snapshot =
    plancia_snapshot_new_from_readings (taking->reason,
                                        plancia_device_get_id (taking->device),
                                        plancia_device_get_name (taking->device),
                                        route,
                                        taking->map,
                                        readings);

  plancia_snapshot_set_note (snapshot, taking->note);
  if (taking->self->plant != NULL)
    plancia_snapshot_set_simulated (
      snapshot,
      plancia_plant_get_simulated (plancia_open_plant_get_plant (taking->self->plant)));
  return snapshot;
}

static void
keep (PlanciaSnapshots *self, PlanciaDevice *device, PlanciaSnapshot *snapshot)
{
  GListStore *list = ensure_list (self, plancia_device_get_id (device));

  g_list_store_insert (list, 0, snapshot);
  g_signal_emit (self, signals[SIGNAL_TAKEN], 0, device, snapshot);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Taking          *taking = g_task_get_task_data (task);
  PlanciaSnapshot *snapshot = g_object_get_data (G_OBJECT (task), "snapshot");
  GError          *error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  keep (taking->self, taking->device, snapshot);
  g_task_return_pointer (task, g_object_ref (snapshot), g_object_unref);
}

static void read_some (PlanciaBackend *backend, GTask *task);

static void
add_part (Taking *taking, PlanciaReadings *part)
{
  if (taking->whole == NULL)
    taking->whole = plancia_readings_new (plancia_readings_get_device (part),
                                          plancia_readings_get_time (part));
  for (guint i = 0; i < plancia_readings_get_count (part); i++) {
    const PlanciaReading *reading = plancia_readings_get (part, i);
    const PlanciaField   *field = plancia_map_find_field (taking->map, reading->key);
    PlanciaReading *copy = plancia_readings_add (taking->whole, reading->key, reading->quality);

    if (field != NULL && reading->words != NULL && reading->n_words == field->count)
      plancia_reading_set_words (copy, field, reading->words);
    /* Decoding judges anew what the source has judged. */
    copy->quality = reading->quality;
    g_free (copy->message);
    copy->message = g_strdup (reading->message);
  }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Taking *taking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);
  g_autoptr (PlanciaSnapshot) snapshot = NULL;

  if (readings == NULL) {
    g_task_return_error (task, error);
    return;
  }
  add_part (taking, readings);
  if (taking->keys[taking->next] != NULL) {
    read_some (PLANCIA_BACKEND (source), g_steal_pointer (&task));
    return;
  }
  snapshot = make_snapshot (taking, taking->whole);
  if (plancia_snapshot_count_read (snapshot) == 0) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "No register was read");
  } else if (taking->reason == PLANCIA_SNAPSHOT_NOW) {
    g_task_return_pointer (task, g_steal_pointer (&snapshot), g_object_unref);
  } else if (taking->self->folder == NULL) {
    keep (taking->self, taking->device, snapshot);
    g_task_return_pointer (task, g_steal_pointer (&snapshot), g_object_unref);
  } else {
    g_object_set_data_full (G_OBJECT (task), "snapshot", g_object_ref (snapshot), g_object_unref);
    save_copy (taking->self, snapshot, saved_cb, g_steal_pointer (&task));
  }
}

/* task: (transfer full). What a person asks for is read at one go. */
static void
read_some (PlanciaBackend *backend, GTask *task)
{
  Taking *taking = g_task_get_task_data (task);
  guint   left = g_strv_length (taking->keys + taking->next);
  guint   n = taking->reason == PLANCIA_SNAPSHOT_ARRIVAL ? MIN (left, KEYS_AT_A_TIME) : left;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, taking->keys[taking->next++]);
  g_ptr_array_add (keys, NULL);
  plancia_backend_read_async (backend,
                              plancia_device_get_id (taking->device),
                              (const char *const *) keys->pdata,
                              taking->cancellable,
                              read_cb,
                              task);
}

/* --- at arrival ------------------------------------------------------------------------------ */

static void take_next (PlanciaSnapshots *self);

static void
arrival_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaSnapshots) self = user_data;
  g_autoptr (PlanciaDevice) device = g_queue_pop_head (&self->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshots_take_finish (result, &error);

  self->taking = FALSE;
  if (snapshot == NULL && device != NULL) {
    /* It is taken at the next connect. */
    g_hash_table_remove (self->visited, plancia_device_get_id (device));
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, device, error);
  }
  take_next (self);
}

/* One device at a time: nobody waits for these. */
static void
take_next (PlanciaSnapshots *self)
{
  PlanciaDevice *device = g_queue_peek_head (&self->queue);

  if (self->taking || device == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->taking = TRUE;
  plancia_snapshots_take_async (self,
                                device,
                                PLANCIA_SNAPSHOT_ARRIVAL,
                                NULL,
                                NULL,
                                arrival_cb,
                                g_object_ref (self));
}

static gboolean
can_be_taken (PlanciaDevice *device)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);

  return backend != NULL && plancia_device_get_map (device) != NULL &&
         plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS &&
         plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

static void
look_at_device (PlanciaSnapshots *self, PlanciaDevice *device)
{
  const char *id = plancia_device_get_id (device);

  if (!self->automatic || plancia_device_get_mark (device) != PLANCIA_MARK_LIVE ||
      !can_be_taken (device) || g_hash_table_contains (self->visited, id))
    return;
  g_hash_table_add (self->visited, g_strdup (id));
  g_queue_push_tail (&self->queue, g_object_ref (device));
  take_next (self);
}

static void
device_readings_cb (PlanciaSnapshots *self, PlanciaDevice *device)
{
  look_at_device (self, device);
}

static void
follow_devices (PlanciaSnapshots *self)
{
  g_autoptr (GPtrArray) devices = NULL;

  if (self->plant == NULL || !self->automatic)
    return;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    g_signal_handlers_disconnect_by_data (device, self);
    g_signal_connect_object (device,
                             "readings",
                             G_CALLBACK (device_readings_cb),
                             self,
                             G_CONNECT_SWAPPED);
    look_at_device (self, device);
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_snapshots_dispose (GObject *object)
{
  PlanciaSnapshots *self = PLANCIA_SNAPSHOTS (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->queue, g_object_unref);
  g_clear_weak_pointer (&self->plant);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);

  G_OBJECT_CLASS (plancia_snapshots_parent_class)->dispose (object);
}

static void
plancia_snapshots_finalize (GObject *object)
{
  PlanciaSnapshots *self = PLANCIA_SNAPSHOTS (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_free (self->folder);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->visited);

  G_OBJECT_CLASS (plancia_snapshots_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, GType second)
{
  return plancia_signal_new (PLANCIA_TYPE_SNAPSHOTS, name, 2, PLANCIA_TYPE_DEVICE, second);
}

static void
plancia_snapshots_class_init (PlanciaSnapshotsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_snapshots_dispose;
  object_class->finalize = plancia_snapshots_finalize;

  signals[SIGNAL_TAKEN] = new_signal ("taken", PLANCIA_TYPE_SNAPSHOT);
  signals[SIGNAL_FAILED] = new_signal ("failed", G_TYPE_ERROR);
  snapshots_quark = g_quark_from_static_string ("plancia-snapshots");
}

static void
plancia_snapshots_init (PlanciaSnapshots *self)
{
  self->worker = plancia_worker_new ("snapshots");
  self->cancellable = g_cancellable_new ();
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->queue);
}

static PlanciaSnapshots *
create (PlanciaOpenPlant *plant)
{
  PlanciaSnapshots *self = g_object_new (PLANCIA_TYPE_SNAPSHOTS, NULL);

  g_set_weak_pointer (&self->plant, plant);
  g_signal_connect_object (plant,
                           "document-changed",
                           G_CALLBACK (follow_devices),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

PlanciaSnapshots *
plancia_snapshots_for (PlanciaOpenPlant *plant)
{
  PlanciaSnapshots *self;

  g_return_val_if_fail (PLANCIA_IS_OPEN_PLANT (plant), NULL);

  self = snapshots_quark != 0 ? g_object_get_qdata (G_OBJECT (plant), snapshots_quark) : NULL;
  if (self == NULL) {
    self = create (plant);
    g_object_set_qdata_full (G_OBJECT (plant), snapshots_quark, self, g_object_unref);
  }
  return self;
}

/* What was kept in memory only goes to disk. */
static void
save_all (PlanciaSnapshots *self)
{
  GHashTableIter iter;
  gpointer       list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list)) {
    for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
      g_autoptr (PlanciaSnapshot) snapshot = g_list_model_get_item (list, i);

      save_copy (self, snapshot, NULL, NULL);
    }
  }
}

void
plancia_snapshots_set_plant_path (PlanciaSnapshots *self, const char *path)
{
  g_autofree char *old = g_steal_pointer (&self->folder);

  self->folder = path != NULL ? plancia_snapshot_folder_dup_path (path) : NULL;
  if (self->folder == NULL || g_strcmp0 (old, self->folder) == 0)
    return;
  if (old != NULL)
    run_job (self, JOB_COPY, old, NULL, NULL, NULL);
  else
    save_all (self);
}

void
plancia_snapshots_set_automatic (PlanciaSnapshots *self, gboolean automatic)
{
  self->automatic = automatic;
  follow_devices (self);
}

GListModel *
plancia_snapshots_get_list (PlanciaSnapshots *self, PlanciaDevice *device)
{
  return G_LIST_MODEL (ensure_list (self, plancia_device_get_id (device)));
}

/**
 * plancia_snapshots_take_async:
 * @self: the snapshots of the plant
 * @device: a device whose map is known
 * @reason: why
 * @note: (nullable): what a person says about it
 * @cancellable: (nullable): stops the reading
 * @callback: when it is read and saved
 * @user_data: for @callback
 */
void
plancia_snapshots_take_async (PlanciaSnapshots     *self,
                              PlanciaDevice        *device,
                              PlanciaSnapshotReason reason,
                              const char           *note,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlanciaBackend *backend = plancia_device_get_backend (device);
  PlanciaMap     *map = plancia_device_get_map (device);
  Taking         *taking;

  if (!can_be_taken (device)) {
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_NOT_CONNECTED,
                             "%s is not connected, or its map is not known",
                             plancia_device_get_name (device));
    return;
  }
  taking = g_new0 (Taking, 1);
  taking->self = g_object_ref (self);
  taking->device = g_object_ref (device);
  taking->map = plancia_map_ref (map);
  taking->reason = reason;
  taking->note = g_strdup (note);
  g_task_set_task_data (task, taking, (GDestroyNotify) taking_free);
  taking->keys = plancia_snapshot_list_keys (map);
  taking->cancellable = g_object_ref (cancellable != NULL ? cancellable : self->cancellable);
  read_some (backend, g_steal_pointer (&task));
}

/**
 * plancia_snapshots_take_finish:
 * @result: from the callback
 * @error: why nothing was read, or what was read could not be saved
 *
 * Returns: (transfer full): the snapshot, or %NULL
 */
PlanciaSnapshot *
plancia_snapshots_take_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_snapshots_set_note (PlanciaSnapshots *self, PlanciaSnapshot *snapshot, const char *note)
{
  plancia_snapshot_set_note (snapshot, note);
  if (self->folder != NULL)
    save_copy (self, snapshot, NULL, NULL);
}

/** plancia_snapshots_remove: from the list and from the disk, for good */
void
plancia_snapshots_remove (PlanciaSnapshots *self, PlanciaSnapshot *snapshot)
{
  GListStore *list = ensure_list (self, plancia_snapshot_get_device (snapshot));
  guint       position;

  if (g_list_store_find (list, snapshot, &position))
    g_list_store_remove (list, position);
  if (self->folder != NULL)
    run_job (self, JOB_REMOVE, NULL, snapshot, NULL, NULL);
}
