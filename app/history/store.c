/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "history/store-private.h"

/* A window never takes longer to close. */
#define CLOSE_TIMEOUT G_USEC_PER_SEC
/* Rows that are old are sealed that often, while something is put. */
#define SEAL_INTERVAL (5 * PLANCIA_MINUTE)
/* Behind that, at most so often, what has got too old is thinned. */
#define THIN_INTERVAL PLANCIA_DAY
/* A trouble that comes and goes is told again at most so often. */
#define TELL_INTERVAL (10 * PLANCIA_MINUTE)

struct _PlanciaStore
{
  GObject parent_instance;

  char               *path;
  GMainContext       *context; /* where it was made */
  PlanciaWorker      *worker;
  gint64              sealed_at;  /* monotonic */
  gint64              thinned_at; /* monotonic; 0: not yet */
  PlanciaRetention    retention;
  GError             *told;    /* why puts went wrong, as it was told last; or NULL */
  gint64              told_at; /* plancia_clock_now */
  gboolean            failing; /* the last put went wrong */
  PlanciaStoreSqlite *file;    /* the worker's; NULL until the first question */
};

/* A question on its way: what to ask, with what, and how to get rid of both it and its answer. */
typedef struct
{
  PlanciaStoreAsk func;
  gpointer        question;
  GDestroyNotify  free_question;
  GDestroyNotify  free_answer;
} Errand;

enum {
  SIGNAL_FAILING,
  SIGNAL_SET_ASIDE,
  SIGNAL_TABLE_CAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaStore, plancia_store, G_TYPE_OBJECT)

static void
errand_free (Errand *errand)
{
  if (errand->free_question)
    errand->free_question (errand->question);
  g_free (errand);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* News for the main thread: what became of a damaged file. */
typedef struct
{
  PlanciaStore *store;
  char         *path;
  gint64        rows;
} Damage;

static void
damage_free (Damage *damage)
{
  g_object_unref (damage->store);
  g_free (damage->path);
  g_free (damage);
}

static gboolean
tell_damage (gpointer data)
{
  Damage *damage = data;

  g_signal_emit (damage->store, signals[SIGNAL_SET_ASIDE], 0, damage->path, damage->rows);
  return G_SOURCE_REMOVE;
}

/* Puts a damaged file aside, and what of it can be read into a new one. */
static gboolean
begin_anew (PlanciaStore *self, const GError *error_of_file, GError **error)
{
  g_autofree char *kept = NULL;
  g_autoptr (GSource) source = NULL;
  Damage *damage;

  g_clear_pointer (&self->file, plancia_store_sqlite_close);
  kept = plancia_store_sqlite_set_aside (self->path, error_of_file, error);
  if (kept == NULL)
    return FALSE;
  self->file = plancia_store_sqlite_open (self->path, error);
  if (self->file == NULL)
    return FALSE;
  damage = g_new0 (Damage, 1);
  damage->store = g_object_ref (self);
  if (!plancia_store_sqlite_salvage (self->file, kept, &damage->rows, NULL))
    damage->rows = 0;
  damage->path = g_steal_pointer (&kept);
  source = g_idle_source_new ();
  g_source_set_callback (source, tell_damage, damage, (GDestroyNotify) damage_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_attach (source, self->context);
  return TRUE;
}

static gboolean
ensure_open (PlanciaStore *self, GError **error)
{
  g_autoptr (GError) damage = NULL;

  if (self->file != NULL)
    return TRUE;
  self->file = plancia_store_sqlite_open (self->path, &damage);
  if (self->file == NULL && is_damage (damage))
    return begin_anew (self, damage, error);
  if (self->file == NULL)
    g_propagate_error (error, g_steal_pointer (&damage));
  return self->file != NULL;
}

/* Damage may show only when the damaged page is read. Then a new file is begun, and the question is
 * asked again, once. */
static gpointer
ask (PlanciaStore *self, Errand *errand, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) damage = NULL;
  gpointer answer;

  g_assert (plancia_worker_is_current (self->worker));
  if (!ensure_open (self, error))
    return NULL;
  answer = errand->func (self->file, errand->question, cancellable, &damage);
  if (answer == NULL && is_damage (damage)) {
    if (begin_anew (self, damage, error))
      answer = errand->func (self->file, errand->question, cancellable, error);
  } else if (answer == NULL) {
    g_propagate_error (error, g_steal_pointer (&damage));
  }
  return answer;
}

static void
ask_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand  *errand = data;
  GError  *error = NULL;
  gpointer answer = ask (source, errand, cancellable, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, errand->free_answer);
  else
    g_task_return_error (task, error);
}

static gpointer
ask_put (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  return plancia_store_done (plancia_store_sqlite_put (file, data, cancellable, error));
}

/* One step, for the time between questions: its answer is 1, or 2 if there is something left to do. */
static gpointer
ask_seal_step (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean more = FALSE;

  if (!plancia_store_sqlite_seal (file, &more, error))
    return NULL;
  return GINT_TO_POINTER (more ? 2 : 1);
}

static gpointer
ask_seal (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !plancia_store_sqlite_seal (file, &more, error))
      return NULL;
  return plancia_store_done (TRUE);
}

/* On the worker, or when its thread is gone. */
static void
close_file (gpointer data)
{
  PlanciaStore *self = data;

  g_clear_pointer (&self->file, plancia_store_sqlite_close);
}

static void
plancia_store_finalize (GObject *object)
{
  PlanciaStore *self = PLANCIA_STORE (object);

  plancia_store_close (self);
  g_clear_error (&self->told);
  g_free (self->path);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (plancia_store_parent_class)->finalize (object);
}

static void
plancia_store_class_init (PlanciaStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_store_finalize;
  signals[SIGNAL_FAILING] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "failing", 1, G_TYPE_ERROR);
  signals[SIGNAL_SET_ASIDE] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "set-aside", 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_TABLE_CAME] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "table-came", 0);
}

static void
plancia_store_init (PlanciaStore *self)
{
}

static void
queue (PlanciaStore *self, GTask *task, Errand *errand, int priority)
{
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  if (self->worker == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The history store is closed");
  else
    plancia_worker_run_priority (self->worker, task, ask_on_worker, priority);
}

/**
 * plancia_store_run:
 * @self: a store
 * @func: what to ask its file, on the worker
 * @question: (transfer full) (nullable): with what
 * @free_question: (nullable): for @question
 * @free_answer: (nullable): for what @func returns
 * @cancellable: (nullable): gives up
 * @callback: (nullable): when the answer is there
 * @user_data: for @callback
 *
 * Queues a question; its task returns the answer as a pointer.
 */
void
plancia_store_run (PlanciaStore       *self,
                   PlanciaStoreAsk     func,
                   gpointer            question,
                   GDestroyNotify      free_question,
                   GDestroyNotify      free_answer,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand){func, question, free_question, free_answer};
  queue (self, task, errand, G_PRIORITY_DEFAULT);
}

/* Where thinning has come to: one series a step. */
typedef struct
{
  PlanciaRetention retention;
  gint64           series;
} Thinning;

/* Its answer is the thinning itself, to be gone on with. */
static gpointer
ask_thin_step (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  Thinning *thinning = g_memdup2 (data, sizeof (Thinning));
  gint64    removed = 0;

  if (plancia_store_sqlite_thin (file,
                                 &thinning->retention,
                                 &thinning->series,
                                 cancellable,
                                 &removed,
                                 error))
    return thinning;
  g_free (thinning);
  return NULL;
}

static void thin_step (PlanciaStore *self, Thinning *thinning);

static void
thin_step_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaStore *self = PLANCIA_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autofree Thinning *thinning = g_task_propagate_pointer (G_TASK (result), &error);

  if (thinning == NULL)
    g_info ("History is not thinned: %s", error->message);
  else if (thinning->series != 0 && self->worker != NULL)
    thin_step (self, g_steal_pointer (&thinning));
}

static void
thin_step (PlanciaStore *self, Thinning *thinning)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, thin_step_done, NULL);
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand){ask_thin_step, thinning, g_free, g_free};
  queue (self, task, errand, G_PRIORITY_LOW);
}

static void
thin_if_due (PlanciaStore *self)
{
  gint64    now = plancia_clock_monotonic ();
  Thinning *thinning;

  if (self->retention.raw_days + self->retention.minute_days + self->retention.keep_days == 0 ||
      (self->thinned_at > 0 && now - self->thinned_at < THIN_INTERVAL))
    return;
  self->thinned_at = now;
  thinning = g_new0 (Thinning, 1);
  thinning->retention = self->retention;
  thin_step (self, thinning);
}

static void seal_step (PlanciaStore *self);

static void
seal_step_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaStore *self = PLANCIA_STORE (source);
  g_autoptr (GError) error = NULL;
  gpointer answer = g_task_propagate_pointer (G_TASK (result), &error);

  /* What was not sealed stays as rows, and is sealed another time. */
  if (answer == NULL)
    g_info ("History is not sealed: %s", error->message);
  else if (answer == GINT_TO_POINTER (2) && self->worker != NULL)
    seal_step (self);
  else if (self->worker != NULL)
    thin_if_due (self);
}

static void
seal_step (PlanciaStore *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, seal_step_done, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->func = ask_seal_step;
  queue (self, task, errand, G_PRIORITY_LOW);
}

static void
seal_if_due (PlanciaStore *self)
{
  if (self->worker == NULL || plancia_clock_monotonic () - self->sealed_at < SEAL_INTERVAL)
    return;
  self->sealed_at = plancia_clock_monotonic ();
  seal_step (self);
}

gpointer
plancia_store_done (gboolean good)
{
  return good ? GINT_TO_POINTER (TRUE) : NULL;
}

gboolean
plancia_store_finish_done (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * plancia_store_new:
 * @path: the file, or ":memory:"
 *
 * Starts the store's worker; the file is opened, or begun, at the first question.
 *
 * Returns: (transfer full): the store, for the main thread
 */
PlanciaStore *
plancia_store_new (const char *path)
{
  PlanciaStore *self = g_object_new (PLANCIA_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  self->context = g_main_context_ref_thread_default ();
  self->sealed_at = plancia_clock_monotonic ();
  self->worker = plancia_worker_new ("history");
  return self;
}

/**
 * plancia_store_put_all_async:
 * @self: a store
 * @pieces: (element-type PlanciaSamples): sealed samples of one device and source, at least one; not changed any more
 * @cancellable: (nullable): rolls back
 * @callback: when they are on disk or failed
 * @user_data: for @callback
 *
 * Writes samples and what they cover in one transaction. Twice is the same as once.
 */
void
plancia_store_put_all_async (PlanciaStore       *self,
                             GPtrArray          *pieces,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  plancia_store_run (self,
                     ask_put,
                     g_ptr_array_ref (pieces),
                     (GDestroyNotify) g_ptr_array_unref,
                     NULL,
                     cancellable,
                     callback,
                     user_data);
  seal_if_due (self);
}

/**
 * plancia_store_put_async:
 * @self: a store
 * @samples: sealed samples
 * @cancellable: (nullable): rolls back
 * @callback: when it is on disk or failed
 * @user_data: for @callback
 *
 * plancia_store_put_all_async() for one.
 */
void
plancia_store_put_async (PlanciaStore       *self,
                         PlanciaSamples     *samples,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GPtrArray)
    pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);

  g_ptr_array_add (pieces, plancia_samples_ref (samples));
  plancia_store_put_all_async (self, pieces, cancellable, callback, user_data);
}

/* Many puts follow one another, and each fails the same: that is known, until it is another trouble or has been away. */
static gboolean
is_known (PlanciaStore *self, const GError *error)
{
  return self->told != NULL && g_error_matches (self->told, error->domain, error->code) &&
         (self->failing || ABS (plancia_clock_now () - self->told_at) < TELL_INTERVAL);
}

static void
tell_failure (PlanciaStore *self, const GError *error)
{
  gboolean known = is_known (self, error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return;
  self->failing = TRUE;
  if (known)
    return;
  g_clear_error (&self->told);
  self->told = g_error_copy (error);
  self->told_at = plancia_clock_now ();
  g_signal_emit (self, signals[SIGNAL_FAILING], 0, error);
}

/**
 * plancia_store_put_finish:
 * @self: a store
 * @result: from the callback
 * @error: G_IO_ERROR, or PLANCIA_DOCUMENT_ERROR_VERSION for a file of a newer version
 *
 * Returns: %FALSE if nothing was written
 */
gboolean
plancia_store_put_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (plancia_store_finish_done (self, result, &failure)) {
    self->failing = FALSE;
    return TRUE;
  }
  tell_failure (self, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * plancia_store_seal_async:
 * @self: a store
 * @cancellable: (nullable): stops; what is sealed stays so
 * @callback: when all is sealed that is over
 * @user_data: for @callback
 */
void
plancia_store_seal_async (PlanciaStore       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  plancia_store_run (self, ask_seal, NULL, NULL, NULL, cancellable, callback, user_data);
}

gboolean
plancia_store_seal_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return plancia_store_finish_done (self, result, error);
}

/**
 * plancia_store_set_retention:
 * @self: a store
 * @retention: how long what was recorded here is kept; copied
 */
void
plancia_store_set_retention (PlanciaStore *self, const PlanciaRetention *retention)
{
  self->retention = *retention;
  self->thinned_at = 0;
}

/**
 * plancia_store_tell_table:
 *
 * Says that somebody put a table into it: "table-came".
 */
void
plancia_store_tell_table (PlanciaStore *self)
{
  g_signal_emit (self, signals[SIGNAL_TABLE_CAME], 0);
}

/**
 * plancia_store_close:
 * @self: a store
 *
 * Lets the worker finish what is queued and close the file, but waits no longer than a second;
 * what is not written then is rolled back. Later questions answer G_IO_ERROR_CLOSED.
 */
void
plancia_store_close (PlanciaStore *self)
{
  if (self->worker == NULL)
    return;
  if (!plancia_worker_finish (self->worker, close_file, self, CLOSE_TIMEOUT))
    close_file (self);
  g_clear_object (&self->worker);
}
