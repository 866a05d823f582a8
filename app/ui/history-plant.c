/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-plant.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "plant/plant-file.h"

struct _PlanciaHistoryPlant
{
  GObject parent_instance;

  char                 *path;
  char                 *file_name;
  PlanciaWorker        *worker;
  GCancellable         *reading; /* or NULL */
  PlanciaDeviceTree    *tree;    /* of the plant: gives it a device */
  PlanciaHistorySource *source;  /* or NULL */
  GError               *error;
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryPlant, plancia_history_plant, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
forget (PlanciaHistoryPlant *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->source, plancia_history_source_free);
  g_clear_object (&self->tree);
  g_clear_error (&self->error);
}

static void
read_on_worker (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError       *error = NULL;
  PlanciaPlant *plant = plancia_plant_file_load (path, &error);

  if (plant != NULL)
    g_task_return_pointer (task, plant, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PlanciaHistoryPlant *self = PLANCIA_HISTORY_PLANT (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another one is wanted meanwhile, or none. */
  if (g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  if (plant != NULL) {
    self->tree = plancia_device_tree_new (plant);
    self->source =
      plancia_history_source_new_of_plant (plancia_device_tree_get_plant (self->tree), plant, NULL);
  } else {
    self->error = g_steal_pointer (&error);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
plancia_history_plant_finalize (GObject *object)
{
  PlanciaHistoryPlant *self = PLANCIA_HISTORY_PLANT (object);

  forget (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_free (self->path);
  g_free (self->file_name);

  G_OBJECT_CLASS (plancia_history_plant_parent_class)->finalize (object);
}

static void
plancia_history_plant_class_init (PlanciaHistoryPlantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_history_plant_finalize;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_plant_init (PlanciaHistoryPlant *self)
{
}

/**
 * plancia_history_plant_new:
 *
 * Returns: (transfer full): no plant
 */
PlanciaHistoryPlant *
plancia_history_plant_new (void)
{
  return g_object_new (PLANCIA_TYPE_HISTORY_PLANT, NULL);
}

void
plancia_history_plant_set_path (PlanciaHistoryPlant *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  if (g_strcmp0 (path, self->path) == 0 && self->error == NULL)
    return;
  forget (self);
  g_free (self->path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->file_name, g_free);
  if (path == NULL)
    return;
  self->file_name = g_filename_display_basename (path);
  if (self->worker == NULL)
    self->worker = plancia_worker_new ("plant");
  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  plancia_worker_run (self->worker, task, read_on_worker);
}

const PlanciaHistorySource *
plancia_history_plant_get_source (PlanciaHistoryPlant *self)
{
  return self->source;
}

const char *
plancia_history_plant_get_name (PlanciaHistoryPlant *self)
{
  return self->source != NULL ? plancia_plant_get_name (self->source->plant) : self->file_name;
}

const GError *
plancia_history_plant_get_error (PlanciaHistoryPlant *self)
{
  return self->error;
}
