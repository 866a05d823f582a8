/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-sum.h"

#include "base/signal-new.h"
#include "history/archive-trouble.h"
#include "history/loader.h"

/* As the loader thins what it shows of one device. */
#define WHOLE   400000
#define BUCKETS 2400

struct _PlanciaHistorySum
{
  GObject parent_instance;

  PlanciaStore         *store;
  PlanciaHistorySource *source;
  PlanciaHistorySeries *series; /* borrowed */
  PlanciaSpan           span;
  GPtrArray            *loaders;     /* PlanciaLoader: of the clouds that are asked */
  GCancellable         *cancellable; /* of the questions to the store, or NULL */
  GPtrArray            *parts;       /* PlanciaHistorySeries of what counts, as far as it came */
  guint                 pending;     /* of them */
  GError               *error;       /* of the store */
};

/* One question to the store: what is given up answers nobody. */
typedef struct
{
  PlanciaHistorySum *sum;
  GCancellable      *cancellable;
} Question;

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistorySum, plancia_history_sum, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
question_free (Question *question)
{
  g_object_unref (question->sum);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
question_new (PlanciaHistorySum *self)
{
  Question *question = g_new0 (Question, 1);

  question->sum = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  return question;
}

static gboolean
is_current (const Question *question)
{
  return question->sum->cancellable == question->cancellable;
}

static void
emit_changed (PlanciaHistorySum *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- what is in the store -------------------------------------------------------------------- */

static void
finish (PlanciaHistorySum *self)
{
  g_clear_object (&self->cancellable);
  if (self->error == NULL)
    plancia_history_series_total (self->series, self->parts, self->span);
  emit_changed (self);
}

/* Two questions go wrong in the same way. */
static void
keep_trouble (PlanciaHistorySum *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = plancia_archive_trouble_new (error);
  g_error_free (error);
}

static void
samples_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaHistorySum *self = question->sum;
  GError            *error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (store), result, &error);

  if (!is_current (question)) {
    g_clear_error (&error);
    return;
  }
  if (samples != NULL) {
    PlanciaHistorySeries *part = plancia_history_series_new ();

    /* All sources but a device itself use the portal's names. */
    plancia_history_series_merge (part, samples, "thing");
    g_ptr_array_add (self->parts, part);
  } else {
    keep_trouble (self, error);
  }
  if (--self->pending == 0)
    finish (self);
}

static void
ask_samples (PlanciaHistorySum *self, const PlanciaPlantPart *part)
{
  self->pending++;
  plancia_store_query_thinned_async (self->store,
                                     part->device,
                                     part->source,
                                     NULL,
                                     self->span,
                                     BUCKETS,
                                     WHOLE,
                                     self->cancellable,
                                     samples_cb,
                                     question_new (self));
}

/* Which devices count is told from their energies. */
static void
parts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaHistorySum *self = question->sum;
  GError            *error = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GArray) sums = plancia_plant_past_finish (result, &parts, &error);

  if (!is_current (question)) {
    g_clear_error (&error);
    return;
  }
  if (sums == NULL)
    keep_trouble (self, error);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    ask_samples (self, g_ptr_array_index (parts, i));
  if (self->pending == 0)
    finish (self);
}

static void
ask_store (PlanciaHistorySum *self)
{
  g_autoptr (GArray) days = plancia_energy_periods (plancia_plant_get_zone (self->source->plant),
                                                    self->span,
                                                    PLANCIA_PERIOD_DAY);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->pending = 0;
  g_clear_error (&self->error);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_history_series_free);
  plancia_history_source_refresh (self->source);
  plancia_plant_past_async (self->store,
                            self->source->plant,
                            self->source->twins,
                            days,
                            self->cancellable,
                            parts_cb,
                            question_new (self));
}

/* --- clouds ---------------------------------------------------------------------------------- */

static gboolean
is_fetching (PlanciaHistorySum *self)
{
  for (guint i = 0; i < self->loaders->len; i++)
    if (plancia_loader_get_running (g_ptr_array_index (self->loaders, i)))
      return TRUE;
  return FALSE;
}

static void
loader_changed (PlanciaHistorySum *self)
{
  guint done, all;

  plancia_history_sum_get_progress (self, &done, &all);
  if (!is_fetching (self) && all > 0)
    ask_store (self);
  emit_changed (self);
}

static void
drop_loaders (PlanciaHistorySum *self)
{
  for (guint i = 0; i < self->loaders->len; i++) {
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->loaders, i), self);
    plancia_loader_stop (g_ptr_array_index (self->loaders, i));
  }
  g_ptr_array_set_size (self->loaders, 0);
}

static void
fetch_all (PlanciaHistorySum *self, gboolean again)
{
  for (guint i = 0; self->source->clouds != NULL && i < self->source->clouds->len; i++) {
    PlanciaDevice *thing = g_ptr_array_index (self->source->clouds, i);
    PlanciaLoader *loader = plancia_loader_new (self->store);

    g_ptr_array_add (self->loaders, loader);
    plancia_loader_load (loader,
                         plancia_device_get_backend (thing),
                         plancia_device_get_id (thing),
                         plancia_history_source_cloud_name (thing),
                         self->span,
                         again);
    g_signal_connect_swapped (loader, "changed", G_CALLBACK (loader_changed), self);
  }
}

/* --- life ------------------------------------------------------------------------------------ */

static void
plancia_history_sum_dispose (GObject *object)
{
  PlanciaHistorySum *self = PLANCIA_HISTORY_SUM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_loaders (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (plancia_history_sum_parent_class)->dispose (object);
}

static void
plancia_history_sum_finalize (GObject *object)
{
  PlanciaHistorySum *self = PLANCIA_HISTORY_SUM (object);

  g_ptr_array_unref (self->loaders);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_error (&self->error);
  plancia_history_source_free (self->source);

  G_OBJECT_CLASS (plancia_history_sum_parent_class)->finalize (object);
}

static void
plancia_history_sum_class_init (PlanciaHistorySumClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_sum_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_sum_finalize;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_sum_init (PlanciaHistorySum *self)
{
  self->loaders = g_ptr_array_new_with_free_func (g_object_unref);
}

PlanciaHistorySum *
plancia_history_sum_new (PlanciaStore               *store,
                         const PlanciaHistorySource *source,
                         PlanciaHistorySeries       *series)
{
  PlanciaHistorySum *self = g_object_new (PLANCIA_TYPE_HISTORY_SUM, NULL);

  self->store = g_object_ref (store);
  self->source = plancia_history_source_copy (source);
  self->series = series;
  return self;
}

void
plancia_history_sum_load (PlanciaHistorySum *self, PlanciaSpan span, gboolean fetch, gboolean again)
{
  drop_loaders (self);
  self->span = span;
  ask_store (self);
  if (fetch)
    fetch_all (self, again);
  emit_changed (self);
}

/**
 * plancia_history_sum_refresh:
 * @self: a sum that was loaded
 *
 * While a question is under way it does nothing.
 */
void
plancia_history_sum_refresh (PlanciaHistorySum *self)
{
  if (self->cancellable == NULL && !is_fetching (self))
    ask_store (self);
}

/**
 * plancia_history_sum_has_more:
 * @self: a sum that was loaded
 *
 * Returns: whether a cloud has come that was not asked yet: accounts are opened some time after the plant
 */
gboolean
plancia_history_sum_has_more (PlanciaHistorySum *self)
{
  plancia_history_source_refresh (self->source);
  return self->source->clouds != NULL && self->source->clouds->len > self->loaders->len;
}

void
plancia_history_sum_stop (PlanciaHistorySum *self)
{
  if (!plancia_history_sum_get_running (self))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_loaders (self);
  emit_changed (self);
}

gboolean
plancia_history_sum_get_running (PlanciaHistorySum *self)
{
  return self->cancellable != NULL || is_fetching (self);
}

void
plancia_history_sum_get_progress (PlanciaHistorySum *self, guint *done, guint *all)
{
  *done = *all = 0;
  for (guint i = 0; i < self->loaders->len; i++) {
    guint one_done, one_all;

    plancia_loader_get_progress (g_ptr_array_index (self->loaders, i), &one_done, &one_all);
    *done += one_done;
    *all += one_all;
  }
}

const GError *
plancia_history_sum_get_error (PlanciaHistorySum *self)
{
  const GError *error = self->error;

  for (guint i = 0; error == NULL && i < self->loaders->len; i++)
    error = plancia_loader_get_error (g_ptr_array_index (self->loaders, i));
  return error;
}
