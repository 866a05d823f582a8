/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

static void
question_free (gpointer data)
{
  PlanciaStoreQuestion *self = data;

  g_free (self->device);
  g_free (self->source);
  g_strfreev (self->keys);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->cover, plancia_cover_free);
  g_free (self);
}

/**
 * plancia_store_question_new:
 * @device: id of the device
 * @source: where its samples came from
 * @span: when
 *
 * Returns: (transfer full): the question, to be run
 */
PlanciaStoreQuestion *
plancia_store_question_new (const char *device, const char *source, PlanciaSpan span)
{
  PlanciaStoreQuestion *self = g_new0 (PlanciaStoreQuestion, 1);

  self->device = g_strdup (device);
  self->source = g_strdup (source);
  self->span = span;
  return self;
}

/**
 * plancia_store_question_run:
 * @self: a store
 * @func: what to ask its file, on the worker
 * @question: (transfer full): with what
 * @free_answer: (nullable): for what @func returns
 * @cancellable: (nullable): gives up
 * @callback: (nullable): when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_question_run (PlanciaStore         *self,
                            PlanciaStoreAsk       func,
                            PlanciaStoreQuestion *question,
                            GDestroyNotify        free_answer,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  plancia_store_run (self,
                     func,
                     question,
                     question_free,
                     free_answer,
                     cancellable,
                     callback,
                     user_data);
}
