/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

/* A day more on both sides: what was counted over the borders belongs to both. Empty: there is nothing to count. */
static PlanciaSpan
whole_span (GArray *spans)
{
  if (spans->len == 0)
    return (PlanciaSpan){0, 0};
  return (PlanciaSpan){g_array_index (spans, PlanciaSpan, 0).start - PLANCIA_DAY,
                       g_array_index (spans, PlanciaSpan, spans->len - 1).end + PLANCIA_DAY};
}

/* Of a quarter of an hour the first, the last and the extremes tell a counter's way as well as all do. */
#define QUARTER (15 * PLANCIA_MINUTE)
#define LONG    (40 * PLANCIA_DAY)

static gpointer
ask_energies (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanciaStoreQuestion *question = data;
  g_autoptr (PlanciaSamples) samples = NULL;
  PlanciaSpan span = question->span;

  if (question->spans->len == 0)
    return g_array_new (FALSE, FALSE, sizeof (PlanciaEnergySum));
  samples = plancia_store_sqlite_query (
    file,
    question->device,
    question->source,
    plancia_energy_keys (),
    span,
    span.end - span.start > LONG ? (guint) ((span.end - span.start) / QUARTER) : 0,
    cancellable,
    error);
  if (samples == NULL)
    return NULL;
  return plancia_energy_compute (samples, question->zone, question->spans);
}

/**
 * plancia_store_energies_async:
 * @self: a store
 * @device: id of the device
 * @source: where the samples came from
 * @zone: the plant's
 * @spans: (element-type PlanciaSpan): sorted, without overlap, such as of plancia_energy_periods(); copied
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_energies_async (PlanciaStore       *self,
                              const char         *device,
                              const char         *source,
                              GTimeZone          *zone,
                              GArray             *spans,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  PlanciaStoreQuestion *question = plancia_store_question_new (device, source, whole_span (spans));

  question->zone = g_time_zone_ref (zone);
  question->spans = g_array_copy (spans);
  plancia_store_question_run (self,
                              ask_energies,
                              question,
                              (GDestroyNotify) g_array_unref,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * plancia_store_energies_finish:
 * @self: a store
 * @result: from the callback
 * @error: as of plancia_store_put_finish()
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaEnergySum): one a span
 */
GArray *
plancia_store_energies_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
