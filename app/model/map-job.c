/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-job.h"

#include "map/map-catalog.h"

static void
map_job_free (PlanciaMapJob *job)
{
  g_free (job->device);
  g_free (job->map);
  g_free (job->evidence);
  g_free (job);
}

static void
load_map (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaMapJob *job = task_data;
  GError        *error = NULL;
  PlanciaMap    *map = job->map ? plancia_map_catalog_get (job->map, &error) : NULL;

  if (!error)
    g_task_return_pointer (task, map, (GDestroyNotify) plancia_map_unref);
  else
    g_task_return_error (task, error);
}

/**
 * plancia_map_job_run:
 * @worker: that reads the file
 * @source: of the task
 * @device: id
 * @map: (nullable): id
 * @evidence: (nullable): of a detection
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 */
void
plancia_map_job_run (PlanciaWorker      *worker,
                     gpointer            source,
                     const char         *device,
                     const char         *map,
                     const char         *evidence,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  PlanciaMapJob *job = g_new (PlanciaMapJob, 1);

  *job = (PlanciaMapJob){g_strdup (device), g_strdup (map), g_strdup (evidence)};
  g_task_set_task_data (task, job, (GDestroyNotify) map_job_free);
  plancia_worker_run (worker, task, load_map);
}
