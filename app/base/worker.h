/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread with its own main context: the only place that blocks. What a worker uses is made,
 * used and destroyed on it. */
#define PLANCIA_TYPE_WORKER (plancia_worker_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWorker, plancia_worker, PLANCIA, WORKER, GObject)

/* Straight-line blocking code on the worker; ends in g_task_return_*. The parameters are those of
 * GTaskThreadFunc. cancellable is cancelled when the task's own is, or when the worker stops. */
typedef void (*PlanciaWorkerFunc) (GTask        *task,
                                   gpointer      source,
                                   gpointer      task_data,
                                   GCancellable *cancellable);

PlanciaWorker *plancia_worker_new (const char *name);
/* Queues func. Takes no reference from the caller; the task's callback runs in the context in
 * which the task was made. After plancia_worker_stop the task returns G_IO_ERROR_CANCELLED. */
void plancia_worker_run (PlanciaWorker *self, GTask *task, PlanciaWorkerFunc func);
/* The same before or after other work: G_PRIORITY_HIGH for a person's write. */
void     plancia_worker_run_priority (PlanciaWorker    *self,
                                      GTask            *task,
                                      PlanciaWorkerFunc func,
                                      int               priority);
gboolean plancia_worker_is_current (PlanciaWorker *self);
/* For sources that fire on the worker, such as the poll timer. */
GMainContext *plancia_worker_get_context (PlanciaWorker *self);
/* Cancelled by plancia_worker_stop. */
GCancellable *plancia_worker_get_cancellable (PlanciaWorker *self);
/* Cancels what runs, lets each queued task return "cancelled", joins the thread. Idempotent. Not
 * from the worker itself. */
void plancia_worker_stop (PlanciaWorker *self);
/* Lets what is queued finish, then calls last with data on the worker, and stops; waits at most timeout (us) before it does.
 * last: FALSE is returned if there was no time for it; what it would have ended is then the caller's, as the thread is gone. */
gboolean
plancia_worker_finish (PlanciaWorker *self, GDestroyNotify last, gpointer data, gint64 timeout);

G_END_DECLS
