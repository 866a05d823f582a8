/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

struct _PlanciaWorker
{
  GObject parent_instance;

  char         *name;
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaWorker, plancia_worker, G_TYPE_OBJECT)

/* A queued piece of work. */
typedef struct
{
  GTask            *task;
  PlanciaWorkerFunc func;
  GCancellable     *stop; /* the worker's own */
} Job;

/* A task holds its source object. If the worker dropped the last reference, the source would be
 * finalized on the worker and might join it: so the reference goes home to the task's context. */
static gboolean
drop_task (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
send_task_home (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  GMainContext *home = g_task_get_context (task);

  /* After the task's own return, which GTask sends at the task's priority. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, drop_task, task, g_object_unref);
  g_source_attach (source, home);
}

static void
job_free (Job *job)
{
  send_task_home (g_steal_pointer (&job->task));
  g_object_unref (job->stop);
  g_free (job);
}

static void
cancel_job (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* The job's cancellable follows both the task's and the worker's. */
static void
run_cancellable (Job *job)
{
  g_autoptr (GCancellable) both = g_cancellable_new ();
  GCancellable *own = g_task_get_cancellable (job->task);
  gulong        own_id = 0, stop_id;

  if (own)
    own_id = g_cancellable_connect (own, G_CALLBACK (cancel_job), both, NULL);
  stop_id = g_cancellable_connect (job->stop, G_CALLBACK (cancel_job), both, NULL);

  job->func (job->task,
             g_task_get_source_object (job->task),
             g_task_get_task_data (job->task),
             both);

  g_cancellable_disconnect (job->stop, stop_id);
  if (own_id != 0)
    g_cancellable_disconnect (own, own_id);
}

static gboolean
run_job (gpointer user_data)
{
  Job *job = user_data;

  if (g_task_return_error_if_cancelled (job->task))
    return G_SOURCE_REMOVE;
  if (g_cancellable_is_cancelled (job->stop)) {
    g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The worker stopped");
    return G_SOURCE_REMOVE;
  }

  run_cancellable (job);
  return G_SOURCE_REMOVE;
}

static gpointer
worker_thread (gpointer user_data)
{
  GMainLoop    *loop = user_data;
  GMainContext *context = g_main_loop_get_context (loop);

  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  /* What is still queued returns "cancelled". */
  while (g_main_context_iteration (context, FALSE)) {
  }
  g_main_context_pop_thread_default (context);
  g_main_loop_unref (loop);
  return NULL;
}

static gboolean
quit_loop (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
plancia_worker_finalize (GObject *object)
{
  PlanciaWorker *self = PLANCIA_WORKER (object);

  plancia_worker_stop (self);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_free (self->name);

  G_OBJECT_CLASS (plancia_worker_parent_class)->finalize (object);
}

static void
plancia_worker_class_init (PlanciaWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_worker_finalize;
}

static void
plancia_worker_init (PlanciaWorker *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_worker_new:
 * @name: for debuggers, at most 15 characters are shown
 *
 * Starts the thread.
 *
 * Returns: (transfer full): a worker
 */
PlanciaWorker *
plancia_worker_new (const char *name)
{
  PlanciaWorker *self = g_object_new (PLANCIA_TYPE_WORKER, NULL);

  self->name = g_strdup (name);
  self->thread = g_thread_new (name, worker_thread, g_main_loop_ref (self->loop));
  return self;
}

/**
 * plancia_worker_run:
 * @self: a worker
 * @task: what to answer; @func ends with g_task_return_*
 * @func: straight-line blocking code
 *
 * Any thread. Work of equal priority runs in the order in which it was queued.
 */
void
plancia_worker_run (PlanciaWorker *self, GTask *task, PlanciaWorkerFunc func)
{
  plancia_worker_run_priority (self, task, func, G_PRIORITY_DEFAULT);
}

/**
 * plancia_worker_run_priority:
 * @self: a worker
 * @task: what to answer
 * @func: straight-line blocking code
 * @priority: of the queue, such as %G_PRIORITY_HIGH
 */
void
plancia_worker_run_priority (PlanciaWorker *self, GTask *task, PlanciaWorkerFunc func, int priority)
{
  g_autoptr (GSource) source = NULL;
  Job *job;

  if (!self->thread) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The worker has stopped");
    return;
  }

  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  job->stop = g_object_ref (self->cancellable);

  source = g_idle_source_new ();
  g_source_set_priority (source, priority);
  g_source_set_callback (source, run_job, job, (GDestroyNotify) job_free);
  g_source_attach (source, self->context);
}

gboolean
plancia_worker_is_current (PlanciaWorker *self)
{
  return self->thread && g_thread_self () == self->thread;
}

GMainContext *
plancia_worker_get_context (PlanciaWorker *self)
{
  return self->context;
}

GCancellable *
plancia_worker_get_cancellable (PlanciaWorker *self)
{
  return self->cancellable;
}

/**
 * plancia_worker_stop:
 * @self: a worker
 *
 * Cancels what runs, lets what is queued return %G_IO_ERROR_CANCELLED, joins the thread.
 */
void
plancia_worker_stop (PlanciaWorker *self)
{
  g_autoptr (GSource) source = NULL;

  if (!self->thread)
    return;
  g_return_if_fail (!plancia_worker_is_current (self));

  g_cancellable_cancel (self->cancellable);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit_loop, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
}

/* --- the last piece of work ------------------------------------------------------------------ */

/* On the stack of the one who waits: the thread is joined before it goes. */
typedef struct
{
  GDestroyNotify func;
  gpointer       data;
  GMutex         mutex;
  GCond          condition;
  gboolean       done; /* under the mutex */
} Last;

static void
run_last (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Last *last = task_data;

  last->func (last->data);
  g_mutex_lock (&last->mutex);
  last->done = TRUE;
  g_cond_signal (&last->condition);
  g_mutex_unlock (&last->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
wait_for_last (Last *last, gint64 deadline)
{
  g_mutex_lock (&last->mutex);
  while (!last->done && g_cond_wait_until (&last->condition, &last->mutex, deadline))
    ;
  g_mutex_unlock (&last->mutex);
}

/**
 * plancia_worker_finish:
 * @self: a worker
 * @last: what comes after everything that is queued
 * @data: for @last
 * @timeout: us
 *
 * Blocks. Afterwards the worker has stopped, as by plancia_worker_stop().
 *
 * Returns: whether @last was called
 */
gboolean
plancia_worker_finish (PlanciaWorker *self, GDestroyNotify last, gpointer data, gint64 timeout)
{
  Last state = {.func = last, .data = data};
  /* Without a source object: who ends this may be in its own last moments and can no longer be held. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_mutex_init (&state.mutex);
  g_cond_init (&state.condition);
  g_task_set_task_data (task, &state, NULL);
  if (self->thread) {
    plancia_worker_run_priority (self, task, run_last, G_PRIORITY_LOW);
    wait_for_last (&state, g_get_monotonic_time () + timeout);
    plancia_worker_stop (self);
  }
  g_mutex_clear (&state.mutex);
  g_cond_clear (&state.condition);
  return state.done;
}
