/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-strand.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "chart/coverage.h"
#include "history/loader.h"
#include "ui/history-day.h"
#include "ui/history-sum.h"

/* The pace of a cloud: sooner there is nothing new. */
#define REFRESH_PAUSE (5 * PLANCIA_MINUTE)
/* After each failure in a row the pause doubles, so often at most. */
#define MAX_DOUBLINGS 4
/* Going to another page and back at once is one visit. Real time. */
#define VISIT_PAUSE (10 * PLANCIA_SECOND)
/* How often a sum is made anew while it is looked at. Real time. */
#define SUM_PAUSE (20 * PLANCIA_SECOND)
/* What is longer is shown from the store; fetching so much is a download, which somebody begins. */
#define LONGEST_FETCH (8 * PLANCIA_DAY)

struct _PlanciaHistoryStrand
{
  GObject parent_instance;

  PlanciaHistorySource *source;
  PlanciaHistorySeries *series;
  PlanciaStore         *store;
  PlanciaLoader        *loader;
  PlanciaHistorySum    *sum; /* of a whole plant, in place of the loader; or NULL */
  PlanciaSpan           span;
  gboolean              stopped;
  guint                 failures;        /* in a row, before this load */
  gint64                loaded;          /* plancia_clock_now; 0: not yet */
  gint64                loaded_ticks;    /* plancia_clock_monotonic */
  gint64                refreshed_ticks; /* of a sum */
  gint64                newest;          /* sample that came */
  GCancellable         *catching_up;     /* the question under way, or NULL */
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryStrand, plancia_history_strand, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
emit_changed (PlanciaHistoryStrand *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
samples_came (PlanciaHistoryStrand *self, PlanciaSamples *samples)
{
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    GArray *times = plancia_samples_get_column (samples, i)->times;

    if (times->len > 0)
      self->newest = MAX (self->newest, g_array_index (times, gint64, times->len - 1));
  }
  plancia_history_series_merge (self->series, samples, plancia_history_source_kind (self->source));
}

static void
plancia_history_strand_dispose (GObject *object)
{
  PlanciaHistoryStrand *self = PLANCIA_HISTORY_STRAND (object);

  g_cancellable_cancel (self->catching_up);
  g_clear_object (&self->catching_up);
  if (self->loader != NULL) {
    g_signal_handlers_disconnect_by_data (self->loader, self);
    plancia_loader_stop (self->loader);
  }
  g_clear_object (&self->loader);
  if (self->sum != NULL) {
    g_signal_handlers_disconnect_by_data (self->sum, self);
    plancia_history_sum_stop (self->sum);
  }
  g_clear_object (&self->sum);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (plancia_history_strand_parent_class)->dispose (object);
}

static void
plancia_history_strand_finalize (GObject *object)
{
  PlanciaHistoryStrand *self = PLANCIA_HISTORY_STRAND (object);

  plancia_history_series_free (self->series);
  plancia_history_source_free (self->source);

  G_OBJECT_CLASS (plancia_history_strand_parent_class)->finalize (object);
}

static void
plancia_history_strand_class_init (PlanciaHistoryStrandClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_strand_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_strand_finalize;

  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_strand_init (PlanciaHistoryStrand *self)
{
}

/**
 * plancia_history_strand_new:
 * @store: where what is known is kept
 * @source: who has it
 * @series: (transfer full): what it becomes
 *
 * Returns: (transfer full): a strand of no time
 */
PlanciaHistoryStrand *
plancia_history_strand_new (PlanciaStore               *store,
                            const PlanciaHistorySource *source,
                            PlanciaHistorySeries       *series)
{
  PlanciaHistoryStrand *self = g_object_new (PLANCIA_TYPE_HISTORY_STRAND, NULL);

  self->store = g_object_ref (store);
  self->source = plancia_history_source_copy (source);
  self->series = series;
  self->loader = plancia_loader_new (store);
  g_signal_connect_swapped (self->loader, "samples", G_CALLBACK (samples_came), self);
  g_signal_connect_swapped (self->loader, "changed", G_CALLBACK (emit_changed), self);
  if (source->plant == NULL)
    return self;
  self->sum = plancia_history_sum_new (store, source, series);
  g_signal_connect_swapped (self->sum, "changed", G_CALLBACK (emit_changed), self);
  return self;
}

const PlanciaHistorySource *
plancia_history_strand_get_source (PlanciaHistoryStrand *self)
{
  return self->source;
}

PlanciaHistorySeries *
plancia_history_strand_get_series (PlanciaHistoryStrand *self)
{
  return self->series;
}

/**
 * plancia_history_strand_set_span:
 * @self: a strand
 * @span: what is looked at
 */
void
plancia_history_strand_set_span (PlanciaHistoryStrand *self, PlanciaSpan span)
{
  plancia_loader_stop (self->loader);
  if (self->sum != NULL)
    plancia_history_sum_stop (self->sum);
  g_cancellable_cancel (self->catching_up);
  g_clear_object (&self->catching_up);
  plancia_history_series_clear (self->series);
  self->span = span;
  self->loaded = 0;
  self->newest = 0;
  self->failures = 0;
}

/* --- loading --------------------------------------------------------------------------------- */

gboolean
plancia_history_strand_is_fetchable (PlanciaHistoryStrand *self)
{
  return self->span.end - self->span.start <= LONGEST_FETCH;
}

static PlanciaBackend *
find_backend (PlanciaHistoryStrand *self)
{
  return plancia_history_strand_is_fetchable (self)
           ? plancia_history_source_get_backend (self->source)
           : NULL;
}

/**
 * plancia_history_strand_load:
 * @self: a strand
 * @again: ask for what is known, too
 *
 * What is shown stays until better comes.
 */
void
plancia_history_strand_load (PlanciaHistoryStrand *self, gboolean again)
{
  self->failures = plancia_history_strand_get_error (self) != NULL && self->loaded != 0
                     ? self->failures + 1
                     : 0;
  self->stopped = FALSE;
  self->loaded = plancia_clock_now ();
  self->loaded_ticks = plancia_clock_monotonic ();
  if (self->sum != NULL) {
    plancia_history_sum_load (self->sum,
                              self->span,
                              plancia_history_strand_is_fetchable (self),
                              again);
    return;
  }
  plancia_loader_load (self->loader,
                       find_backend (self),
                       plancia_device_get_id (self->source->device),
                       self->source->name,
                       self->span,
                       again);
}

/**
 * plancia_history_strand_stop:
 * @self: a strand
 *
 * Gives up what is being fetched. What came is kept.
 */
void
plancia_history_strand_stop (PlanciaHistoryStrand *self)
{
  if (!plancia_history_strand_get_running (self))
    return;
  self->stopped = TRUE;
  if (self->sum != NULL)
    plancia_history_sum_stop (self->sum);
  plancia_loader_stop (self->loader);
}

static void
caught_up (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryStrand) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (store), result, &error);

  /* Of a question that was given up nothing is wanted, not even its end. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->catching_up);
  if (samples == NULL || plancia_samples_count (samples) == 0)
    return;
  samples_came (self, samples);
  emit_changed (self);
}

/* Of several devices it is all anew: not as often. */
static void
refresh_sum (PlanciaHistoryStrand *self)
{
  gint64 ticks = plancia_clock_monotonic ();

  if (plancia_history_strand_is_fetchable (self) && !self->stopped &&
      plancia_history_sum_has_more (self->sum)) {
    plancia_history_strand_load (self, FALSE);
    return;
  }
  if (!plancia_span_contains (self->span, plancia_clock_now ()) ||
      ticks - self->refreshed_ticks < SUM_PAUSE)
    return;
  self->refreshed_ticks = ticks;
  plancia_history_sum_refresh (self->sum);
}

/**
 * plancia_history_strand_catch_up:
 * @self: a strand
 *
 * The newest readings are put into the store by the recorder; they are taken from there, so that what is seen is what is kept.
 */
void
plancia_history_strand_catch_up (PlanciaHistoryStrand *self)
{
  gint64      now = plancia_clock_now ();
  PlanciaSpan tail = {MAX (self->newest + 1, self->span.start),
                      MIN (now + PLANCIA_MINUTE, self->span.end)};

  if (self->sum != NULL && self->loaded != 0)
    refresh_sum (self);
  if (!plancia_history_source_is_local (self->source) || self->loaded == 0 ||
      self->catching_up != NULL || plancia_loader_get_running (self->loader) ||
      !plancia_span_contains (self->span, now) || plancia_span_is_empty (tail))
    return;
  self->catching_up = g_cancellable_new ();
  plancia_store_query_async (self->store,
                             plancia_device_get_id (self->source->device),
                             self->source->name,
                             NULL,
                             tail,
                             self->catching_up,
                             caught_up,
                             g_object_ref (self));
}

/* Asking again and again with a key that was refused gets an account locked. */
static gboolean
is_refused (PlanciaHistoryStrand *self)
{
  return g_error_matches (plancia_history_strand_get_error (self),
                          PLANCIA_CLOUD_ERROR,
                          PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
}

/**
 * plancia_history_strand_is_due:
 * @self: a strand
 *
 * Returns: whether to load by itself
 */
gboolean
plancia_history_strand_is_due (PlanciaHistoryStrand *self)
{
  gboolean failed = plancia_history_strand_get_error (self) != NULL;
  gint64   pause = REFRESH_PAUSE << (failed ? MIN (self->failures, MAX_DOUBLINGS) : 0);

  if (self->loaded == 0 || plancia_history_strand_get_running (self) || is_refused (self) ||
      plancia_history_source_is_local (self->source) || plancia_clock_now () - self->loaded < pause)
    return FALSE;
  return failed || plancia_span_contains (self->span, plancia_clock_now ());
}

gboolean
plancia_history_strand_is_stale (PlanciaHistoryStrand *self)
{
  return !plancia_history_strand_get_running (self) &&
         (self->loaded == 0 || plancia_clock_monotonic () - self->loaded_ticks > VISIT_PAUSE);
}

/* --- what is known --------------------------------------------------------------------------- */

gboolean
plancia_history_strand_get_loaded (PlanciaHistoryStrand *self)
{
  return self->loaded != 0;
}

gboolean
plancia_history_strand_get_running (PlanciaHistoryStrand *self)
{
  return plancia_loader_get_running (self->loader) ||
         (self->sum != NULL && plancia_history_sum_get_running (self->sum));
}

gboolean
plancia_history_strand_get_stopped (PlanciaHistoryStrand *self)
{
  return self->stopped;
}

void
plancia_history_strand_get_progress (PlanciaHistoryStrand *self, guint *done, guint *all)
{
  if (self->sum != NULL)
    plancia_history_sum_get_progress (self->sum, done, all);
  else
    plancia_loader_get_progress (self->loader, done, all);
}

const GError *
plancia_history_strand_get_error (PlanciaHistoryStrand *self)
{
  return self->sum != NULL ? plancia_history_sum_get_error (self->sum)
                           : plancia_loader_get_error (self->loader);
}

/**
 * plancia_history_strand_find_coverage:
 * @self: a strand
 *
 * Of what is recorded here there is nothing more to be had: a time without a sample is one in which nothing was recorded.
 *
 * Returns: (transfer full) (element-type PlanciaCoverage): how well the span up to now is known
 */
GArray *
plancia_history_strand_find_coverage (PlanciaHistoryStrand *self)
{
  PlanciaSpan past = plancia_history_day_past (self->span);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (GPtrArray) gaps = plancia_history_series_find_gaps (self->series, past);
  gboolean local = plancia_history_source_get_backend (self->source) == NULL &&
                   (plancia_history_source_is_local (self->source) || self->sum != NULL);

  g_array_append_val (all, past);
  return plancia_coverage_find (past,
                                local ? all : plancia_loader_get_covered (self->loader),
                                gaps);
}
