/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

static gpointer
ask_query (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanciaStoreQuestion *question = data;
  const char *const    *keys = (const char *const *) question->keys;
  guint                 buckets = question->buckets;
  gint64                count = 0;

  if (buckets > 0 && question->whole > 0) {
    if (!plancia_store_sqlite_count (file,
                                     question->device,
                                     question->source,
                                     keys,
                                     question->span,
                                     question->whole,
                                     &count,
                                     error))
      return NULL;
    if (count <= question->whole)
      buckets = 0;
  }
  return plancia_store_sqlite_query (file,
                                     question->device,
                                     question->source,
                                     keys,
                                     question->span,
                                     buckets,
                                     cancellable,
                                     error);
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
  plancia_store_query_thinned_async (self,
                                     device,
                                     source,
                                     keys,
                                     span,
                                     0,
                                     0,
                                     cancellable,
                                     callback,
                                     user_data);
}

/**
 * plancia_store_query_thinned_async:
 * @self: a store
 * @device: id of the device
 * @source: where the samples came from; sources are never mixed
 * @keys: (nullable): which ones; %NULL for all
 * @span: when
 * @buckets: at least so many that the span is divided into; 0: nothing is thinned
 * @whole: if there are no more samples than that, they come as they are; 0: they never do
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 *
 * plancia_store_query_finish() has the answer; plancia_samples_get_width() tells whether it is thinned.
 */
void
plancia_store_query_thinned_async (PlanciaStore       *self,
                                   const char         *device,
                                   const char         *source,
                                   const char *const  *keys,
                                   PlanciaSpan         span,
                                   guint               buckets,
                                   gint64              whole,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  PlanciaStoreQuestion *question = plancia_store_question_new (device, source, span);

  question->keys = g_strdupv ((char **) keys);
  question->buckets = buckets;
  question->whole = whole;
  plancia_store_question_run (self,
                              ask_query,
                              question,
                              (GDestroyNotify) plancia_samples_unref,
                              cancellable,
                              callback,
                              user_data);
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
