/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/energy-feed.h"

#include "base/signal-new.h"
#include "history/archive-trouble.h"

#include <math.h>

struct _PlanciaEnergyFeed
{
  GObject parent_instance;

  GCancellable *cancellable; /* of the questions under way */
  guint         pending;
  GArray       *bars; /* PlanciaEnergySum, or NULL */
  GArray       *other;
  GError       *error;
};

/* One of the two questions. */
typedef struct
{
  PlanciaEnergyFeed *feed;
  GCancellable      *cancellable;
  gboolean           other;
} Question;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaEnergyFeed, plancia_energy_feed, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
question_free (Question *question)
{
  g_object_unref (question->feed);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answered_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaEnergyFeed *self = question->feed;
  g_autoptr (GError) error = NULL;
  GArray *bars = plancia_energies_of_finish (result, &error);

  if (question->cancellable != self->cancellable) {
    g_clear_pointer (&bars, g_array_unref);
    return;
  }
  self->pending--;
  if (bars == NULL && self->error == NULL)
    self->error = plancia_archive_trouble_new (error);
  if (question->other)
    self->other = bars;
  else
    self->bars = bars;
  if (self->pending == 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
plancia_energy_feed_finalize (GObject *object)
{
  plancia_energy_feed_clear (PLANCIA_ENERGY_FEED (object));
  G_OBJECT_CLASS (plancia_energy_feed_parent_class)->finalize (object);
}

static void
plancia_energy_feed_class_init (PlanciaEnergyFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_energy_feed_finalize;
  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_energy_feed_init (PlanciaEnergyFeed *self)
{
}

PlanciaEnergyFeed *
plancia_energy_feed_new (void)
{
  return g_object_new (PLANCIA_TYPE_ENERGY_FEED, NULL);
}

static void
ask (PlanciaEnergyFeed        *self,
     PlanciaStore             *store,
     const PlanciaEnergyWhose *whose,
     GTimeZone                *zone,
     GArray                   *spans,
     gboolean                  other)
{
  Question *question = g_new0 (Question, 1);

  question->feed = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  question->other = other;
  self->pending++;
  plancia_energies_of_async (store, whose, zone, spans, self->cancellable, answered_cb, question);
}

void
plancia_energy_feed_load (PlanciaEnergyFeed *self,
                          PlanciaStore      *store,
                          const char        *device,
                          const char        *source,
                          GTimeZone         *zone,
                          PlanciaSpan        span,
                          PlanciaPeriod      bars,
                          PlanciaSpan        other)
{
  const PlanciaEnergyWhose whose = {.device = device, .source = source};
  g_autoptr (GArray) spans = plancia_energy_periods (zone, span, bars);

  plancia_energy_feed_clear (self);
  self->cancellable = g_cancellable_new ();
  ask (self, store, &whose, zone, spans, FALSE);
  if (!plancia_span_is_empty (other)) {
    g_autoptr (GArray) others = plancia_energy_periods (zone, other, bars);

    ask (self, store, &whose, zone, others, TRUE);
  }
}

void
plancia_energy_feed_load_one (PlanciaEnergyFeed        *self,
                              PlanciaStore             *store,
                              const PlanciaEnergyWhose *whose,
                              GTimeZone                *zone,
                              PlanciaSpan               span)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  g_array_append_val (spans, span);
  plancia_energy_feed_load_spans (self, store, zone, whose, spans, NULL, NULL);
}

void
plancia_energy_feed_load_spans (PlanciaEnergyFeed        *self,
                                PlanciaStore             *store,
                                GTimeZone                *zone,
                                const PlanciaEnergyWhose *whose,
                                GArray                   *spans,
                                const PlanciaEnergyWhose *other,
                                GArray                   *others)
{
  plancia_energy_feed_clear (self);
  self->cancellable = g_cancellable_new ();
  ask (self, store, whose, zone, spans, FALSE);
  if (others != NULL)
    ask (self, store, other, zone, others, TRUE);
}

void
plancia_energy_feed_clear (PlanciaEnergyFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->pending = 0;
  g_clear_pointer (&self->bars, g_array_unref);
  g_clear_pointer (&self->other, g_array_unref);
  g_clear_error (&self->error);
}

GArray *
plancia_energy_feed_get_bars (PlanciaEnergyFeed *self)
{
  return self->bars;
}

GArray *
plancia_energy_feed_get_other (PlanciaEnergyFeed *self)
{
  return self->other;
}

gboolean
plancia_energy_feed_get_loading (PlanciaEnergyFeed *self)
{
  return self->pending > 0;
}

const GError *
plancia_energy_feed_get_error (PlanciaEnergyFeed *self)
{
  return self->error;
}

static void
add (double *total, double value)
{
  if (!isnan (value))
    *total = isnan (*total) ? value : *total + value;
}

/* A part of the production, or of the consumption. */
static double
part (double whole, double outside)
{
  return whole > 0 && !isnan (outside) ? CLAMP (1 - outside / whole, 0, 1) : NAN;
}

void
plancia_energy_total (GArray *bars, PlanciaEnergySum *total)
{
  *total = (PlanciaEnergySum){.peak_power = NAN};
  for (guint kind = 0; kind < PLANCIA_N_ENERGIES; kind++) {
    total->energies[kind] = NAN;
    for (guint i = 0; bars != NULL && i < bars->len; i++)
      add (&total->energies[kind], g_array_index (bars, PlanciaEnergySum, i).energies[kind]);
  }
  for (guint i = 0; bars != NULL && i < bars->len; i++) {
    const PlanciaEnergySum *bar = &g_array_index (bars, PlanciaEnergySum, i);

    total->known += bar->known / bars->len;
    if (!isnan (bar->peak_power) &&
        (isnan (total->peak_power) || bar->peak_power > total->peak_power)) {
      total->peak_power = bar->peak_power;
      total->peak_time = bar->peak_time;
    }
  }
  total->autoconsumption = part (total->energies[PLANCIA_ENERGY_PV],
                                 total->energies[PLANCIA_ENERGY_EXPORT]);
  total->self_sufficiency = part (total->energies[PLANCIA_ENERGY_LOAD],
                                  total->energies[PLANCIA_ENERGY_IMPORT]);
}

double
plancia_energy_used_directly (const PlanciaEnergySum *sum)
{
  double left = sum->energies[PLANCIA_ENERGY_PV];

  if (!isnan (sum->energies[PLANCIA_ENERGY_SELF]))
    return sum->energies[PLANCIA_ENERGY_SELF];
  if (!isnan (sum->energies[PLANCIA_ENERGY_CHARGE]))
    left -= sum->energies[PLANCIA_ENERGY_CHARGE];
  if (!isnan (sum->energies[PLANCIA_ENERGY_EXPORT]))
    left -= sum->energies[PLANCIA_ENERGY_EXPORT];
  return isnan (left) ? NAN : MAX (left, 0);
}
