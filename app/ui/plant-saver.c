/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-saver.h"

#include "plant/plant-file.h"

typedef struct
{
  char   *path;
  GBytes *bytes;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_free (job->path);
  g_bytes_unref (job->bytes);
  g_free (job);
}

static void
save (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SaveJob         *job = task_data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  GError          *error = NULL;

  /* Saving says what is wrong with the folder. */
  g_mkdir_with_parents (folder, 0700);
  if (plancia_plant_file_save (job->path, job->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * plancia_plant_saver_run:
 * @worker: for files
 * @source: of the task
 * @path: of the plant's file
 * @plant: written down at once
 * @callback: called when it is on the disk, or is not
 */
void
plancia_plant_saver_run (PlanciaWorker      *worker,
                         gpointer            source,
                         const char         *path,
                         PlanciaPlant       *plant,
                         GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, NULL);
  SaveJob *job = g_new (SaveJob, 1);

  job->path = g_strdup (path);
  job->bytes = plancia_plant_file_format (plant);
  g_task_set_task_data (task, job, (GDestroyNotify) save_job_free);
  plancia_worker_run (worker, task, save);
}

char *
plancia_plant_saver_dup_data_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", name, NULL);
}

char *
plancia_plant_saver_dup_new_path (void)
{
  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup ("plant.json") : g_strdup_printf ("plant-%u.json", i);
    g_autofree char *path = plancia_plant_saver_dup_data_path (name);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}
