/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "history/export-rows.h"

/* Of the store at a time: a device's thirty quantities, each five seconds, are some 80 MB for so long. */
#define SLICE (3 * PLANCIA_DAY)

struct _PlanciaExport
{
  GObject parent_instance;

  PlanciaStore        *store;
  GPtrArray           *columns; /* PlanciaExportColumn */
  GPtrArray           *groups;  /* Group */
  PlanciaSpan          span;
  GTimeZone           *zone;
  PlanciaExportOptions options;
  PlanciaWorker       *worker;
  PlanciaExportWriter *writer; /* the worker's */
  char                *path;
  GTask               *task;
  GError              *error;
  gint64               asked;   /* from where the store is asked next */
  GPtrArray           *samples; /* PlanciaSamples of the slice, one a group so far; or NULL */
  gboolean             querying;
  gboolean             writing;
  gint64               written; /* until when */
  guint64              lines;
};

/* The columns of one device and source. */
typedef struct
{
  const char *device;
  const char *source;
  GPtrArray  *keys; /* ends with NULL */
} Group;

/* What the worker does next. */
typedef struct
{
  GPtrArray *samples; /* NULL: end the file */
  gint64     end;
  guint64    lines;
} Work;

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaExport, plancia_export, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void go_on (PlanciaExport *self);

static void
group_free (Group *group)
{
  g_ptr_array_unref (group->keys);
  g_free (group);
}

static void
work_free (Work *work)
{
  g_clear_pointer (&work->samples, g_ptr_array_unref);
  g_free (work);
}

static void
find_groups (PlanciaExport *self)
{
  Group *group = NULL;

  for (guint i = 0; i < self->columns->len; i++) {
    const PlanciaExportColumn *column = g_ptr_array_index (self->columns, i);

    if (group == NULL || !g_str_equal (group->device, column->device) ||
        !g_str_equal (group->source, column->source)) {
      group = g_new0 (Group, 1);
      group->device = column->device;
      group->source = column->source;
      group->keys = g_ptr_array_new ();
      g_ptr_array_add (self->groups, group);
    }
    g_ptr_array_add (group->keys, column->key);
  }
  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (((Group *) g_ptr_array_index (self->groups, i))->keys, NULL);
}

/* On the worker, or when its thread is gone. */
static void
drop_writer (gpointer data)
{
  PlanciaExport *self = data;

  g_clear_pointer (&self->writer, plancia_export_writer_free);
}

static gboolean
ensure_writer (PlanciaExport *self, GError **error)
{
  if (self->writer == NULL)
    self->writer =
      plancia_export_writer_open (self->path, &self->options, self->columns, self->zone, error);
  return self->writer != NULL;
}

static gboolean
do_work (PlanciaExport *self, Work *work, GCancellable *cancellable, GError **error)
{
  gboolean good;

  if (!ensure_writer (self, error))
    return FALSE;
  if (work->samples != NULL)
    good =
      plancia_export_rows_write (self->columns, work->samples, self->writer, cancellable, error);
  else
    good = plancia_export_writer_finish (self->writer, cancellable, error);
  work->lines = plancia_export_writer_get_lines (self->writer);
  return good;
}

static void
work_on_worker (GTask *task, gpointer source, gpointer work, GCancellable *cancellable)
{
  PlanciaExport *self = source;
  GError        *error = NULL;

  if (do_work (self, work, cancellable, &error)) {
    if (((Work *) work)->samples == NULL)
      drop_writer (self);
    g_task_return_boolean (task, TRUE);
    return;
  }
  drop_writer (self);
  g_task_return_error (task, error);
}

static void
fail (PlanciaExport *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void
end (PlanciaExport *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (self->error == NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  /* The worker may not know of it yet, and the file it began must be gone when one is told. It has nothing to do, so this is
   * quick. */
  plancia_worker_stop (self->worker);
  drop_writer (self);
  g_task_return_error (task, g_steal_pointer (&self->error));
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaExport *self = PLANCIA_EXPORT (source);
  Work          *work = g_task_get_task_data (G_TASK (result));
  GError        *error = NULL;

  self->writing = FALSE;
  self->lines = work->lines;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    fail (self, error);
  } else {
    self->written = work->end;
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
    if (work->samples == NULL) {
      end (self);
      return;
    }
  }
  go_on (self);
}

static void
work (PlanciaExport *self, GPtrArray *samples, gint64 until)
{
  g_autoptr (GTask) task = g_task_new (self, g_task_get_cancellable (self->task), worked_cb, NULL);
  Work *work = g_new0 (Work, 1);

  work->samples = samples;
  work->end = until;
  self->writing = TRUE;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  plancia_worker_run (self->worker, task, work_on_worker);
}

static PlanciaSpan
slice (PlanciaExport *self)
{
  /* What comes thinned is small, and its parts are those of the whole. */
  if (self->options.buckets > 0)
    return self->span;
  return (PlanciaSpan){self->asked, MIN (self->asked + SLICE, self->span.end)};
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaExport) self = user_data;
  GError         *error = NULL;
  PlanciaSamples *samples = plancia_store_query_finish (PLANCIA_STORE (source), result, &error);

  self->querying = FALSE;
  if (samples == NULL)
    fail (self, error);
  else
    g_ptr_array_add (self->samples, samples);
  go_on (self);
}

static void
ask (PlanciaExport *self)
{
  const Group *group = g_ptr_array_index (self->groups, self->samples->len);

  self->querying = TRUE;
  if (self->options.buckets > 0) {
    plancia_store_query_thinned_async (self->store,
                                       group->device,
                                       group->source,
                                       (const char *const *) group->keys->pdata,
                                       self->span,
                                       self->options.buckets,
                                       (gint64) self->options.buckets * 8,
                                       g_task_get_cancellable (self->task),
                                       queried_cb,
                                       g_object_ref (self));
    return;
  }
  plancia_store_query_async (self->store,
                             group->device,
                             group->source,
                             (const char *const *) group->keys->pdata,
                             slice (self),
                             g_task_get_cancellable (self->task),
                             queried_cb,
                             g_object_ref (self));
}

static void
begin_slice (PlanciaExport *self)
{
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);
  ask (self);
}

/* A slice that was read goes to the worker, and the store is asked for the next. */
static void
hand_over (PlanciaExport *self)
{
  gint64 until = slice (self).end;

  work (self, g_steal_pointer (&self->samples), until);
  self->asked = until;
  if (self->asked < self->span.end)
    begin_slice (self);
}

/* After each answer of the store and of the worker. */
static void
go_on (PlanciaExport *self)
{
  if (self->error != NULL) {
    if (!self->writing && !self->querying)
      end (self);
  } else if (self->samples != NULL && self->samples->len < self->groups->len) {
    if (!self->querying)
      ask (self);
  } else if (!self->writing) {
    if (self->samples != NULL)
      hand_over (self);
    else
      work (self, NULL, self->span.end);
  }
}

static void
plancia_export_finalize (GObject *object)
{
  PlanciaExport *self = PLANCIA_EXPORT (object);

  plancia_worker_stop (self->worker);
  drop_writer (self);
  g_clear_object (&self->worker);
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->path);
  G_OBJECT_CLASS (plancia_export_parent_class)->finalize (object);
}

static void
plancia_export_class_init (PlanciaExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_export_finalize;
  signals[SIGNAL_PROGRESS] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "progress", 0);
}

static void
plancia_export_init (PlanciaExport *self)
{
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->worker = plancia_worker_new ("export");
}

PlanciaExport *
plancia_export_new (PlanciaStore               *store,
                    GPtrArray                  *columns,
                    PlanciaSpan                 span,
                    GTimeZone                  *zone,
                    const PlanciaExportOptions *options)
{
  PlanciaExport *self = g_object_new (PLANCIA_TYPE_EXPORT, NULL);

  self->store = g_object_ref (store);
  self->columns = g_ptr_array_ref (columns);
  self->span = span;
  self->zone = g_time_zone_ref (zone);
  self->options = *options;
  self->options.span = span;
  self->asked = self->written = span.start;
  find_groups (self);
  return self;
}

void
plancia_export_run_async (PlanciaExport      *self,
                          const char         *path,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (self->task == NULL && self->path == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  self->path = g_strdup (path);
  if (self->groups->len > 0 && !plancia_span_is_empty (self->span))
    begin_slice (self);
  else
    go_on (self);
}

gboolean
plancia_export_run_finish (PlanciaExport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

double
plancia_export_get_fraction (PlanciaExport *self)
{
  gint64 all = self->span.end - self->span.start;

  return all > 0 ? (double) (self->written - self->span.start) / (double) all : 1;
}

guint64
plancia_export_get_lines (PlanciaExport *self)
{
  return self->lines;
}
