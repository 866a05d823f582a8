/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/cursor-energy.h"

#include "base/signal-new.h"
#include "model/energy-feed.h"

#include <math.h>

/* Below it a part of the time is not known: of two readings of a day one may always be a little late. */
#define WHOLE 0.99

struct _PlanciaCursorEnergy
{
  GObject parent_instance;

  PlanciaHistoryFeed *feed;
  PlanciaEnergyFeed  *energies;
  PlanciaDevice      *source; /* whose counters were asked for, or NULL */
  PlanciaSpan         wanted;
  PlanciaSpan         asked;
  PlanciaEnergySum    sum; /* of asked, once it came */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaCursorEnergy, plancia_cursor_energy, G_TYPE_OBJECT)

static gboolean
is_same (PlanciaSpan a, PlanciaSpan b)
{
  return a.start == b.start && a.end == b.end;
}

static void
forget (PlanciaCursorEnergy *self)
{
  plancia_energy_feed_clear (self->energies);
  self->asked = (PlanciaSpan){0, 0};
}

static void
ask (PlanciaCursorEnergy *self)
{
  PlanciaOpenPlant  *plant = plancia_history_feed_get_plant (self->feed);
  PlanciaDevice     *source = plancia_history_feed_get_source (self->feed);
  PlanciaEnergyWhose whose;

  if (g_set_object (&self->source, source))
    forget (self);
  if (plant == NULL || source == NULL || plancia_span_is_empty (self->wanted) ||
      plancia_energy_feed_get_loading (self->energies) || is_same (self->wanted, self->asked))
    return;
  self->asked = self->wanted;
  whose = plancia_history_source_whose (plancia_history_feed_get_source_of (self->feed));
  plancia_energy_feed_load_one (self->energies,
                                plancia_open_plant_get_store (plant),
                                &whose,
                                plancia_history_feed_get_zone (self->feed),
                                self->asked);
}

static void
answered (PlanciaCursorEnergy *self)
{
  plancia_energy_total (plancia_energy_feed_get_bars (self->energies), &self->sum);
  ask (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Another device, or more of the same: what its counters said may be more now. */
static void
feed_changed (PlanciaCursorEnergy *self)
{
  if (plancia_history_feed_get_running (self->feed))
    return;
  forget (self);
  ask (self);
}

static void
plancia_cursor_energy_dispose (GObject *object)
{
  PlanciaCursorEnergy *self = PLANCIA_CURSOR_ENERGY (object);

  if (self->energies != NULL)
    plancia_energy_feed_clear (self->energies);
  g_clear_object (&self->energies);
  g_clear_object (&self->source);
  g_clear_object (&self->feed);

  G_OBJECT_CLASS (plancia_cursor_energy_parent_class)->dispose (object);
}

static void
plancia_cursor_energy_class_init (PlanciaCursorEnergyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_cursor_energy_dispose;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_cursor_energy_init (PlanciaCursorEnergy *self)
{
  self->energies = plancia_energy_feed_new ();
  g_signal_connect_object (self->energies,
                           "changed",
                           G_CALLBACK (answered),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * plancia_cursor_energy_new:
 * @feed: whose device and curves
 *
 * Returns: (transfer full): nothing is asked yet
 */
PlanciaCursorEnergy *
plancia_cursor_energy_new (PlanciaHistoryFeed *feed)
{
  PlanciaCursorEnergy *self = g_object_new (PLANCIA_TYPE_CURSOR_ENERGY, NULL);

  self->feed = g_object_ref (feed);
  g_signal_connect_object (feed, "changed", G_CALLBACK (feed_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * plancia_cursor_energy_want:
 * @self: of a feed
 * @span: between the two moments; empty: nothing is wanted any more
 */
void
plancia_cursor_energy_want (PlanciaCursorEnergy *self, PlanciaSpan span)
{
  self->wanted = span;
  ask (self);
}

/**
 * plancia_cursor_energy_get:
 * @self: of a feed
 * @series: one of the feed's curves, or any other
 * @value: (out): kWh, if it is known
 *
 * Returns: what is known of the span wanted last
 */
PlanciaCursorEnergyState
plancia_cursor_energy_get (PlanciaCursorEnergy *self, PlanciaSeries *series, double *value)
{
  if (!plancia_history_series_count (plancia_history_feed_get_series (self->feed),
                                     series,
                                     &self->sum,
                                     value))
    return PLANCIA_CURSOR_ENERGY_NONE;
  if (plancia_energy_feed_get_loading (self->energies) || !is_same (self->wanted, self->asked))
    return PLANCIA_CURSOR_ENERGY_WAITING;
  if (isnan (*value))
    return PLANCIA_CURSOR_ENERGY_UNKNOWN;
  return self->sum.known < WHOLE ? PLANCIA_CURSOR_ENERGY_ROUGHLY : PLANCIA_CURSOR_ENERGY_KNOWN;
}
