/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/ask-pool.h"

#include "base/error.h"
#include "base/worker.h"
#include <sys/eventfd.h>
#include <unistd.h>

/* Most places have a handful of devices; one that is slow to answer should not hold up the others. */
#define WORKERS 8

struct _PlanciaAskPool
{
  GCancellable  *cancellable;
  PlanciaWorker *workers[WORKERS]; /* made when needed */
  guint          loads[WORKERS];
  GAsyncQueue   *done; /* Result */
  int            event;
  guint          pending;
};

typedef struct
{
  PlanciaAskPool *pool; /* outlives it */
  guint           worker;
  PlanciaFinding *finding; /* NULL: load the maps */
  guint           timeout;
} Job;

typedef struct
{
  guint           worker;
  PlanciaFinding *finding;
} Result;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->finding, plancia_finding_unref);
  g_free (self);
}

static void
result_free (gpointer data)
{
  Result *self = data;

  g_clear_pointer (&self->finding, plancia_finding_unref);
  g_free (self);
}

PlanciaAskPool *
plancia_ask_pool_new (GCancellable *cancellable)
{
  PlanciaAskPool *self = g_new0 (PlanciaAskPool, 1);

  self->cancellable = g_object_ref (cancellable);
  self->done = g_async_queue_new_full (result_free);
  self->event = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
  return self;
}

void
plancia_ask_pool_free (PlanciaAskPool *self)
{
  for (guint i = 0; i < WORKERS; i++) {
    if (self->workers[i] != NULL)
      plancia_worker_stop (self->workers[i]);
    g_clear_object (&self->workers[i]);
  }
  g_async_queue_unref (self->done);
  g_object_unref (self->cancellable);
  close (self->event);
  g_free (self);
}

/* --- on a worker ----------------------------------------------------------------------------- */

static PlanciaFindingState
state_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return PLANCIA_FINDING_HUNG_UP;
  if (error->domain == PLANCIA_PROTOCOL_ERROR)
    return PLANCIA_FINDING_FOREIGN;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return PLANCIA_FINDING_REFUSED;
  return PLANCIA_FINDING_SILENT;
}

static void
ask_stick (PlanciaFinding *finding, guint timeout, GCancellable *cancellable)
{
  PlanciaIdentity *identity = &finding->identity;
  guint32          logger = identity->logger;
  g_autoptr (GError) error = NULL;

  if (!plancia_identify_stick (finding->where,
                               finding->called,
                               timeout,
                               identity,
                               cancellable,
                               &error)) {
    identity->logger = logger;
    finding->state = state_of (error);
    return;
  }
  finding->state = PLANCIA_FINDING_ANSWERED;
  finding->kind = g_strcmp0 (identity->framing, "Solarman V5") == 0 ? PLANCIA_FINDING_WIFI_STICK
                                                                    : PLANCIA_FINDING_ETH_STICK;
  if (identity->logger == 0)
    identity->logger = logger;
}

static void
ask_modbus (PlanciaFinding *finding, guint timeout, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (plancia_identify_modbus (finding->where, timeout, &finding->identity, cancellable, &error))
    finding->state = PLANCIA_FINDING_ANSWERED;
  else
    finding->state = state_of (error);
}

/* One line after the other: one connection to the host at a time. */
static void
ask_hub (PlanciaFinding *finding, guint timeout, GCancellable *cancellable)
{
  for (guint i = 0; i < PLANCIA_HUB_LINES; i++) {
    g_auto (PlanciaIdentity) identity = {0};

    if (finding->lines[i] != PLANCIA_HUB_ANSWER_OPEN || g_cancellable_is_cancelled (cancellable))
      continue;
    finding->lines[i] = plancia_identify_hub_line (finding->where,
                                                   PLANCIA_HUB_LINE_INVERTERS + i,
                                                   timeout,
                                                   &identity,
                                                   cancellable);
    if (i == 0 && identity.answered)
      plancia_identity_copy (&identity, &finding->identity);
  }
  finding->state = PLANCIA_FINDING_ANSWERED;
}

static void
tell (PlanciaAskPool *pool, Job *job)
{
  Result       *result = g_new0 (Result, 1);
  const guint64 one = 1;

  result->worker = job->worker;
  result->finding = g_steal_pointer (&job->finding);
  g_async_queue_push (pool->done, result);
  /* Who polls sees a full counter just as well. */
  if (write (pool->event, &one, sizeof one) < 0)
    g_debug ("the counter is full");
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job            *job = data;
  PlanciaAskPool *pool = job->pool;

  if (job->finding == NULL)
    plancia_identify_prepare ();
  else if (job->finding->kind == PLANCIA_FINDING_STICK)
    ask_stick (job->finding, job->timeout, pool->cancellable);
  else if (job->finding->kind == PLANCIA_FINDING_MODBUS)
    ask_modbus (job->finding, job->timeout, pool->cancellable);
  else
    ask_hub (job->finding, job->timeout, pool->cancellable);
  tell (pool, job);
  g_task_return_boolean (task, TRUE);
}

/* --- on the thread that polls ---------------------------------------------------------------- */

static guint
choose_worker (PlanciaAskPool *self)
{
  guint best = 0;

  for (guint i = 1; i < WORKERS; i++)
    if (self->loads[i] < self->loads[best])
      best = i;
  return best;
}

static void
give (PlanciaAskPool *self, PlanciaFinding *finding, guint timeout)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Job  *job = g_new0 (Job, 1);
  guint index = choose_worker (self);

  if (self->workers[index] == NULL)
    self->workers[index] = plancia_worker_new ("ask");
  job->pool = self;
  job->worker = index;
  job->finding = finding;
  job->timeout = timeout;
  self->loads[index]++;
  self->pending++;
  g_task_set_task_data (task, job, job_free);
  plancia_worker_run (self->workers[index], task, run);
}

void
plancia_ask_pool_prepare (PlanciaAskPool *self)
{
  give (self, NULL, 0);
}

void
plancia_ask_pool_ask (PlanciaAskPool *self, PlanciaFinding *finding, guint timeout)
{
  give (self, finding, timeout);
}

guint
plancia_ask_pool_get_pending (PlanciaAskPool *self)
{
  return self->pending;
}

int
plancia_ask_pool_get_fd (PlanciaAskPool *self)
{
  return self->event;
}

/**
 * plancia_ask_pool_take:
 * @self: a pool
 *
 * Returns: (transfer full) (nullable): a finding that was asked
 */
PlanciaFinding *
plancia_ask_pool_take (PlanciaAskPool *self)
{
  guint64 count;
  Result *result;

  if (read (self->event, &count, sizeof count) < 0)
    count = 0;
  while ((result = g_async_queue_try_pop (self->done)) != NULL) {
    PlanciaFinding *finding = g_steal_pointer (&result->finding);

    self->pending--;
    self->loads[result->worker]--;
    result_free (result);
    if (finding != NULL)
      return finding;
  }
  return NULL;
}
