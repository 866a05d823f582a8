/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store.h"

#include "base/worker.h"
#include "history/store-sqlite.h"

/* A window never takes longer to close. */
#define CLOSE_TIMEOUT G_USEC_PER_SEC

struct _PlanciaStore
{
  GObject parent_instance;

  char               *path;
  PlanciaWorker      *worker;
  PlanciaStoreSqlite *file; /* the worker's; NULL until the first question */
};

/* What a task asks for; used on the worker. */
typedef struct
{
  PlanciaSamples *samples;
  char           *device;
  char           *source;
  char          **keys;
  PlanciaSpan     span;
  GPtrArray      *alarms; /* PlanciaAlarmRecord */
  guint           limit;
  PlanciaCover   *coverage;
} Question;

G_DEFINE_FINAL_TYPE (PlanciaStore, plancia_store, G_TYPE_OBJECT)

static void
question_free (Question *question)
{
  g_clear_pointer (&question->samples, plancia_samples_unref);
  g_free (question->device);
  g_free (question->source);
  g_strfreev (question->keys);
  g_clear_pointer (&question->alarms, g_ptr_array_unref);
  g_clear_pointer (&question->coverage, plancia_cover_free);
  g_free (question);
}

static Question *
question_new (const char *device, const char *source, PlanciaSpan span)
{
  Question *question = g_new0 (Question, 1);

  question->device = g_strdup (device);
  question->source = g_strdup (source);
  question->span = span;
  return question;
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static gboolean
set_aside (PlanciaStore *self, const GError *damage, GError **error)
{
  g_clear_pointer (&self->file, plancia_store_sqlite_close);
  return plancia_store_sqlite_set_aside (self->path, damage, error);
}

static gboolean
ensure_open (PlanciaStore *self, GError **error)
{
  g_autoptr (GError) damage = NULL;

  if (self->file != NULL)
    return TRUE;
  self->file = plancia_store_sqlite_open (self->path, &damage);
  if (self->file == NULL && is_damage (damage) && set_aside (self, damage, error))
    self->file = plancia_store_sqlite_open (self->path, error);
  else if (self->file == NULL && !is_damage (damage))
    g_propagate_error (error, g_steal_pointer (&damage));
  return self->file != NULL;
}

/* One kind of question; NULL and an error if it failed. */
typedef gpointer (*Ask) (PlanciaStore *self,
                         Question     *question,
                         GCancellable *cancellable,
                         GError      **error);

/* Damage may show only when the damaged page is read. Then a new file is begun, and the question is
 * asked again, once. */
static gpointer
ask (PlanciaStore *self, Ask func, Question *question, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) damage = NULL;
  gpointer answer;

  g_assert (plancia_worker_is_current (self->worker));
  if (!ensure_open (self, error))
    return NULL;
  answer = func (self, question, cancellable, &damage);
  if (answer == NULL && is_damage (damage)) {
    if (set_aside (self, damage, error) && ensure_open (self, error))
      answer = func (self, question, cancellable, error);
  } else if (answer == NULL) {
    g_propagate_error (error, g_steal_pointer (&damage));
  }
  return answer;
}

static gpointer
ask_put (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_put (self->file, question->samples, cancellable, error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gpointer
ask_query (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_query (self->file,
                                     question->device,
                                     question->source,
                                     (const char *const *) question->keys,
                                     question->span,
                                     cancellable,
                                     error);
}

static gpointer
ask_mark (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_mark (self->file,
                                    question->device,
                                    question->source,
                                    question->coverage,
                                    error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gpointer
ask_coverage (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_coverage (self->file,
                                        question->device,
                                        question->source,
                                        question->span,
                                        error);
}

static gpointer
ask_put_alarms (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_put_alarms (self->file, question->alarms, error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gpointer
ask_list_alarms (PlanciaStore *self, Question *question, GCancellable *cancellable, GError **error)
{
  return plancia_store_sqlite_list_alarms (self->file,
                                           (const char *const *) question->keys,
                                           question->limit,
                                           error);
}

static void
put_alarms_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError *error = NULL;

  if (ask (source, ask_put_alarms, question, cancellable, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
list_alarms_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError    *error = NULL;
  GPtrArray *alarms = ask (source, ask_list_alarms, question, cancellable, &error);

  if (alarms != NULL)
    g_task_return_pointer (task, alarms, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
put_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError *error = NULL;

  if (ask (source, ask_put, question, cancellable, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
query_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError         *error = NULL;
  PlanciaSamples *samples = ask (source, ask_query, question, cancellable, &error);

  if (samples != NULL)
    g_task_return_pointer (task, samples, (GDestroyNotify) plancia_samples_unref);
  else
    g_task_return_error (task, error);
}

static void
mark_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError *error = NULL;

  if (ask (source, ask_mark, question, cancellable, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
coverage_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError    *error = NULL;
  GPtrArray *list = ask (source, ask_coverage, question, cancellable, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* The spans of those that need not be asked for. */
static GArray *
known_spans (GPtrArray *coverage)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  for (guint i = 0; i < coverage->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (coverage, i);

    if (one->kind >= PLANCIA_COVER_EMPTY)
      g_array_append_val (spans, one->span);
  }
  plancia_span_array_normalise (spans);
  return spans;
}

static void
covered_on_worker (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) list = ask (source, ask_coverage, question, cancellable, &error);

  if (list != NULL)
    g_task_return_pointer (task, known_spans (list), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
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
  g_free (self->path);
  G_OBJECT_CLASS (plancia_store_parent_class)->finalize (object);
}

static void
plancia_store_class_init (PlanciaStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_store_finalize;
}

static void
plancia_store_init (PlanciaStore *self)
{
}

/* Queues a question; takes it. */
static void
run_question (PlanciaStore       *self,
              Question           *question,
              PlanciaWorkerFunc   func,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  if (self->worker == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The history store is closed");
  else
    plancia_worker_run (self->worker, task, func);
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
  self->worker = plancia_worker_new ("history");
  return self;
}

/**
 * plancia_store_put_async:
 * @self: a store
 * @samples: sealed samples
 * @cancellable: (nullable): rolls back
 * @callback: when it is on disk or failed
 * @user_data: for @callback
 *
 * Writes samples and what they cover in one transaction. Twice is the same as once.
 */
void
plancia_store_put_async (PlanciaStore       *self,
                         PlanciaSamples     *samples,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->samples = plancia_samples_ref (samples);
  run_question (self, question, put_on_worker, cancellable, callback, user_data);
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
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * plancia_store_query_async:
 * @self: a store
 * @device: id of the device
 * @source: where the samples came from; sources are never mixed
 * @keys: (nullable): which ones; %NULL for all
 * @span: when
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_query_async (PlanciaStore       *self,
                           const char         *device,
                           const char         *source,
                           const char *const  *keys,
                           PlanciaSpan         span,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Question *question = question_new (device, source, span);

  question->keys = g_strdupv ((char **) keys);
  run_question (self, question, query_on_worker, cancellable, callback, user_data);
}

/**
 * plancia_store_query_finish:
 * @self: a store
 * @result: from the callback
 * @error: as of plancia_store_put_finish()
 *
 * Returns: (transfer full) (nullable): the samples, perhaps none; their covered span is empty, ask
 *   plancia_store_covered_async()
 */
PlanciaSamples *
plancia_store_query_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plancia_store_mark_async:
 * @self: a store
 * @device: id of the device
 * @source: whose history
 * @coverage: what is known now; copied
 * @cancellable: (nullable): gives up, if it has not begun
 * @callback: (nullable): when it is on disk or failed
 * @user_data: for @callback
 */
void
plancia_store_mark_async (PlanciaStore       *self,
                          const char         *device,
                          const char         *source,
                          const PlanciaCover *coverage,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  Question *question = question_new (device, source, coverage->span);

  question->coverage =
    plancia_cover_new (coverage->span, coverage->kind, coverage->when, coverage->reason);
  run_question (self, question, mark_on_worker, cancellable, callback, user_data);
}

gboolean
plancia_store_mark_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * plancia_store_coverage_async:
 * @self: a store
 * @device: id of the device
 * @source: whose history
 * @span: when
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_coverage_async (PlanciaStore       *self,
                              const char         *device,
                              const char         *source,
                              PlanciaSpan         span,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  run_question (self,
                question_new (device, source, span),
                coverage_on_worker,
                cancellable,
                callback,
                user_data);
}

/**
 * plancia_store_coverage_finish:
 * @self: a store
 * @result: from the callback
 * @error: as of plancia_store_put_finish()
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaCover): what is known of each part of the span
 */
GPtrArray *
plancia_store_coverage_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plancia_store_covered_async:
 * @self: a store
 * @device: id of the device
 * @source: where the samples came from
 * @span: when
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_covered_async (PlanciaStore       *self,
                             const char         *device,
                             const char         *source,
                             PlanciaSpan         span,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  run_question (self,
                question_new (device, source, span),
                covered_on_worker,
                cancellable,
                callback,
                user_data);
}

/**
 * plancia_store_covered_finish:
 * @self: a store
 * @result: from the callback
 * @error: as of plancia_store_put_finish()
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaSpan): what somebody put as covered, cut
 *   to the span asked for; never what samples alone would suggest
 */
GArray *
plancia_store_covered_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
copy_alarm (gconstpointer record, gpointer user_data)
{
  return plancia_alarm_record_copy (record);
}

/**
 * plancia_store_put_alarms_async:
 * @self: a store
 * @records: (element-type PlanciaAlarmRecord): copied
 * @callback: (nullable): when they are on disk or failed
 * @user_data: for @callback
 */
void
plancia_store_put_alarms_async (PlanciaStore       *self,
                                GPtrArray          *records,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->alarms = g_ptr_array_copy (records, copy_alarm, NULL);
  g_ptr_array_set_free_func (question->alarms, (GDestroyNotify) plancia_alarm_record_free);
  run_question (self, question, put_alarms_on_worker, NULL, callback, user_data);
}

gboolean
plancia_store_put_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * plancia_store_list_alarms_async:
 * @self: a store
 * @devices: ids
 * @limit: alarms of each, at most
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_list_alarms_async (PlanciaStore       *self,
                                 const char *const  *devices,
                                 guint               limit,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->keys = g_strdupv ((char **) devices);
  question->limit = limit;
  run_question (self, question, list_alarms_on_worker, cancellable, callback, user_data);
}

GPtrArray *
plancia_store_list_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
