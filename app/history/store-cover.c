/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

static gpointer
ask_mark (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanciaStoreQuestion *question = data;

  return plancia_store_done (
    plancia_store_sqlite_mark (file, question->device, question->source, question->cover, error));
}

static gpointer
ask_coverage (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanciaStoreQuestion *question = data;

  return plancia_store_sqlite_coverage (file,
                                        question->device,
                                        question->source,
                                        question->span,
                                        error);
}

/* The spans of those that need not be asked for. */
static GArray *
known_spans (GPtrArray *covers)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  for (guint i = 0; i < covers->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (covers, i);

    if (one->kind >= PLANCIA_COVER_EMPTY)
      g_array_append_val (spans, one->span);
  }
  plancia_span_array_normalise (spans);
  return spans;
}

static gpointer
ask_covered (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) covers = ask_coverage (file, data, cancellable, error);

  return covers != NULL ? known_spans (covers) : NULL;
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
  PlanciaStoreQuestion *question = plancia_store_question_new (device, source, coverage->span);

  question->cover =
    plancia_cover_new (coverage->span, coverage->kind, coverage->when, coverage->reason);
  plancia_store_question_run (self, ask_mark, question, NULL, cancellable, callback, user_data);
}

gboolean
plancia_store_mark_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return plancia_store_finish_done (self, result, error);
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
  plancia_store_question_run (self,
                              ask_coverage,
                              plancia_store_question_new (device, source, span),
                              (GDestroyNotify) g_ptr_array_unref,
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
  plancia_store_question_run (self,
                              ask_covered,
                              plancia_store_question_new (device, source, span),
                              (GDestroyNotify) g_array_unref,
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
