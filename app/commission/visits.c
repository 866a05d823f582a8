/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/visits.h"

#include "base/clock.h"
#include "base/worker.h"
#include "plant/plant-file.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* ms: what a person types is not a file a letter. */
#define SAVE_DELAY 400
#define DATA_KEY   "plancia-visits"

struct _PlanciaVisits
{
  GObject parent_instance;

  PlanciaOpenPlant *plant; /* weak: it owns this */
  PlanciaWorker    *worker;
  char             *folder;  /* or NULL */
  GHashTable       *visits;  /* id of a device to PlanciaVisit */
  GHashTable       *waiting; /* ids of those to be saved */
  guint             timer;
};

G_DEFINE_FINAL_TYPE (PlanciaVisits, plancia_visits, G_TYPE_OBJECT)

/* --- files ----------------------------------------------------------------------------------- */

/* A device's id is free text in a plant file. */
static char *
dup_path (const char *folder, const char *device, const char *end)
{
  g_autofree char *safe = g_strdup (device[0] != '\0' ? device : "device");
  g_autofree char *name = NULL;

  g_strcanon (safe, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", '_');
  name = g_strconcat (safe, end, NULL);
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  char    *path;
  char    *aside;    /* where an old one goes; NULL: nothing is put aside */
  GBytes  *bytes;    /* NULL: it is read */
  gboolean only_new; /* a file that is there stays */
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->aside);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job);
}

static void
save_on_worker (GTask *task, Job *job)
{
  g_autofree char *folder = g_path_get_dirname (job->path);
  GError          *error = NULL;

  /* Saving says what is wrong with the folder. */
  g_mkdir_with_parents (folder, 0700);
  if ((!job->only_new || !g_file_test (job->path, G_FILE_TEST_EXISTS)) &&
      !plancia_plant_file_save (job->path, job->bytes, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
job_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  GBytes *bytes;

  if (job->aside != NULL) {
    if (g_rename (job->path, job->aside) != 0 && errno != ENOENT)
      g_info ("%s: cannot be put aside: %s", job->path, g_strerror (errno));
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  if (job->bytes != NULL) {
    save_on_worker (task, job);
    return;
  }
  if (!g_file_test (job->path, G_FILE_TEST_EXISTS)) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  bytes = plancia_plant_file_read (job->path, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* In the order in which it was asked for. */
static void
run_job (PlanciaVisits *self, Job *job, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  plancia_worker_run (self->worker, task, job_on_worker);
}

static Job *
job_for (PlanciaVisits *self, const char *device)
{
  Job *job = g_new0 (Job, 1);

  job->path = dup_path (self->folder, device, ".json");
  return job;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    g_warning ("A commissioning is not saved: %s", error->message);
}

static void
save (PlanciaVisits *self, PlanciaVisit *visit, gboolean only_new)
{
  Job *job = job_for (self, plancia_visit_get_device (visit));

  job->bytes = plancia_visit_format (visit);
  job->only_new = only_new;
  run_job (self, job, saved_cb, NULL);
}

static void
save_waiting (PlanciaVisits *self)
{
  GHashTableIter iter;
  gpointer       id;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    PlanciaVisit *visit = g_hash_table_lookup (self->visits, id);

    if (visit != NULL && self->folder != NULL)
      save (self, visit, FALSE);
  }
  g_hash_table_remove_all (self->waiting);
}

static gboolean
timer_cb (gpointer user_data)
{
  PlanciaVisits *self = user_data;

  self->timer = 0;
  save_waiting (self);
  return G_SOURCE_REMOVE;
}

static void
visit_changed_cb (PlanciaVisits *self, PlanciaVisit *visit)
{
  g_hash_table_add (self->waiting, g_strdup (plancia_visit_get_device (visit)));
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_DELAY, timer_cb, self);
}

static void
add (PlanciaVisits *self, PlanciaVisit *visit)
{
  g_hash_table_replace (self->visits,
                        g_strdup (plancia_visit_get_device (visit)),
                        g_object_ref (visit));
  g_signal_connect_object (visit,
                           "changed",
                           G_CALLBACK (visit_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
nothing (gpointer data)
{
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_visits_dispose (GObject *object)
{
  PlanciaVisits *self = PLANCIA_VISITS (object);

  if (self->worker != NULL) {
    save_waiting (self);
    /* What was typed last has to be on disk; that takes milliseconds. */
    plancia_worker_finish (self->worker, nothing, NULL, G_USEC_PER_SEC);
  }
  g_clear_object (&self->worker);
  g_clear_weak_pointer (&self->plant);

  G_OBJECT_CLASS (plancia_visits_parent_class)->dispose (object);
}

static void
plancia_visits_finalize (GObject *object)
{
  PlanciaVisits *self = PLANCIA_VISITS (object);

  g_hash_table_unref (self->visits);
  g_hash_table_unref (self->waiting);
  g_free (self->folder);

  G_OBJECT_CLASS (plancia_visits_parent_class)->finalize (object);
}

static void
plancia_visits_class_init (PlanciaVisitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_visits_dispose;
  object_class->finalize = plancia_visits_finalize;
}

static void
plancia_visits_init (PlanciaVisits *self)
{
  self->worker = plancia_worker_new ("visits");
  self->visits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PlanciaVisits *
plancia_visits_for (PlanciaOpenPlant *plant)
{
  PlanciaVisits *self;

  g_return_val_if_fail (PLANCIA_IS_OPEN_PLANT (plant), NULL);

  self = g_object_get_data (G_OBJECT (plant), DATA_KEY);
  if (self == NULL) {
    self = g_object_new (PLANCIA_TYPE_VISITS, NULL);
    g_set_weak_pointer (&self->plant, plant);
    g_object_set_data_full (G_OBJECT (plant), DATA_KEY, self, g_object_unref);
  }
  return self;
}

char *
plancia_visits_dup_folder (const char *plant_path)
{
  gsize length = strlen (plant_path);

  if (g_str_has_suffix (plant_path, ".json"))
    length -= strlen (".json");
  return g_strdup_printf ("%.*s.commissioning", (int) length, plant_path);
}

/**
 * plancia_visits_set_plant_path:
 * @path: (nullable): of the plant file
 *
 * What is there goes along to another file, but for devices that have a file there already.
 */
void
plancia_visits_set_plant_path (PlanciaVisits *self, const char *path)
{
  g_autofree char *old = g_steal_pointer (&self->folder);
  GHashTableIter   iter;
  gpointer         visit;

  self->folder = path != NULL ? plancia_visits_dup_folder (path) : NULL;
  if (self->folder == NULL || g_strcmp0 (old, self->folder) == 0)
    return;
  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, NULL, &visit))
    save (self, visit, TRUE);
}

/* --- asking ---------------------------------------------------------------------------------- */

/* What is known of the device goes into the report as it was then. */
static void
describe (PlanciaVisits *self, PlanciaVisit *visit, PlanciaDevice *device)
{
  PlanciaPlant          *plant = plancia_open_plant_get_plant (self->plant);
  PlanciaRules          *rules = plancia_visit_get_rules (visit);
  PlanciaMap            *map = plancia_device_get_map (device);
  const char            *zone = plancia_plant_get_zone_name (plant);
  const PlanciaGridCode *code = plancia_rules_propose_grid_code (rules, zone);
  g_autofree char       *route = plancia_device_dup_route (device);

  plancia_visit_set_simulated (visit,
                               plancia_plant_get_simulated (plant) ||
                                 (map != NULL && plancia_map_is_invented (map)));
  plancia_visit_set_text (visit, PLANCIA_VISIT_PLANT, plancia_plant_get_name (plant));
  plancia_visit_set_text (visit, PLANCIA_VISIT_NAME, plancia_device_get_name (device));
  plancia_visit_set_text (visit, PLANCIA_VISIT_ROUTE, route);
  plancia_visit_set_text (visit, PLANCIA_VISIT_ZONE, zone);
  if (map != NULL) {
    plancia_visit_set_text (visit, PLANCIA_VISIT_MAP, plancia_map_get_id (map));
    plancia_visit_set_text (visit, PLANCIA_VISIT_MAP_NAME, plancia_map_get_name (map));
  }
  if (plancia_visit_count_done (visit) == 0 && code != NULL &&
      plancia_visit_get_text (visit, PLANCIA_VISIT_GRID_CODE)[0] == '\0')
    plancia_visit_set_text (visit, PLANCIA_VISIT_GRID_CODE, code->id);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlanciaVisits *self = g_task_get_source_object (task);
  PlanciaDevice *device = g_task_get_task_data (task);
  const char    *id = plancia_device_get_id (device);
  GError        *error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  PlanciaVisit *visit = g_hash_table_lookup (self->visits, id);

  if (visit == NULL && bytes != NULL) {
    visit = plancia_visit_parse (plancia_rules_get (), bytes, id, &error);
    /* Two ids may have the same safe name. */
    if (visit != NULL && !g_str_equal (plancia_visit_get_device (visit), id))
      g_clear_object (&visit);
    if (visit != NULL) {
      add (self, visit);
      g_object_unref (visit);
    }
  }
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (visit == NULL) {
    visit = plancia_visit_new (plancia_rules_get (), id, plancia_clock_now ());
    add (self, visit);
    g_object_unref (visit);
  }
  if (self->plant != NULL)
    describe (self, visit, device);
  g_task_return_pointer (task, g_object_ref (visit), g_object_unref);
}

/**
 * plancia_visits_get_async:
 * @device: of this plant
 *
 * An error means that there is a file that cannot be read: it is not written over.
 */
void
plancia_visits_get_async (PlanciaVisits      *self,
                          PlanciaDevice      *device,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask        *task = g_task_new (self, NULL, callback, user_data);
  const char   *id = plancia_device_get_id (device);
  PlanciaVisit *visit = g_hash_table_lookup (self->visits, id);

  g_task_set_task_data (task, g_object_ref (device), g_object_unref);
  if (visit == NULL && self->folder != NULL) {
    run_job (self, job_for (self, id), read_cb, task);
    return;
  }
  if (visit == NULL) {
    visit = plancia_visit_new (plancia_rules_get (), id, plancia_clock_now ());
    add (self, visit);
    g_object_unref (visit);
  }
  describe (self, visit, device);
  g_task_return_pointer (task, g_object_ref (visit), g_object_unref);
  g_object_unref (task);
}

PlanciaVisit *
plancia_visits_get_finish (PlanciaVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_visits_restart (PlanciaVisits *self, PlanciaVisit *visit)
{
  const char *id = plancia_visit_get_device (visit);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (plancia_clock_now () / 1000);
  g_autofree char *stamp = g_date_time_format (now, ".%Y%m%dT%H%M%SZ.json");

  save_waiting (self);
  if (self->folder != NULL) {
    Job *job = job_for (self, id);

    job->aside = dup_path (self->folder, id, stamp);
    run_job (self, job, saved_cb, NULL);
  }
  g_signal_handlers_disconnect_by_data (visit, self);
  g_hash_table_remove (self->visits, id);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

static void
nothing_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, NULL, NULL);
}

void
plancia_visits_flush_async (PlanciaVisits *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) last = g_task_new (NULL, NULL, flushed_cb, task);

  save_waiting (self);
  plancia_worker_run (self->worker, last, nothing_on_worker);
}

gboolean
plancia_visits_flush_finish (PlanciaVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
