/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/plant-past.h"

G_BEGIN_DECLS

/* The energies of a stretch of time, bar by bar, and if wanted those of another stretch to compare with. Main thread. Signal
 * "changed" (): bars came, or there are none. */
#define PLANCIA_TYPE_ENERGY_FEED (plancia_energy_feed_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEnergyFeed, plancia_energy_feed, PLANCIA, ENERGY_FEED, GObject)

PlanciaEnergyFeed *plancia_energy_feed_new (void);
/* Asks the store; what was asked before is given up. device and source as in the store. other: an empty span compares with
 * nothing. */
void plancia_energy_feed_load (PlanciaEnergyFeed *self,
                               PlanciaStore      *store,
                               const char        *device,
                               const char        *source,
                               GTimeZone         *zone,
                               PlanciaSpan        span,
                               PlanciaPeriod      bars,
                               PlanciaSpan        other);
/* One bar: of span, to the moment. */
void plancia_energy_feed_load_one (PlanciaEnergyFeed        *self,
                                   PlanciaStore             *store,
                                   const PlanciaEnergyWhose *whose,
                                   GTimeZone                *zone,
                                   PlanciaSpan               span);
/* The same of stretches (GArray of PlanciaSpan, sorted) of one's choice. others NULL: nothing to compare with. */
void plancia_energy_feed_load_spans (PlanciaEnergyFeed        *self,
                                     PlanciaStore             *store,
                                     GTimeZone                *zone,
                                     const PlanciaEnergyWhose *whose,
                                     GArray                   *spans,
                                     const PlanciaEnergyWhose *other,
                                     GArray                   *others);
void plancia_energy_feed_clear (PlanciaEnergyFeed *self);
/* GArray of PlanciaEnergySum, one a bar; NULL while nothing came. (transfer none) */
GArray *plancia_energy_feed_get_bars (PlanciaEnergyFeed *self);
/* The same of the other stretch, bar by bar in order; it may have more or fewer. */
GArray  *plancia_energy_feed_get_other (PlanciaEnergyFeed *self);
gboolean plancia_energy_feed_get_loading (PlanciaEnergyFeed *self);
/* Why there is nothing, or NULL. */
const GError *plancia_energy_feed_get_error (PlanciaEnergyFeed *self);

/* All bars together; NAN for what no bar knows. bars may be NULL. */
void plancia_energy_total (GArray *bars, PlanciaEnergySum *total);
/* What was used at once: the counter's, or what is left of the production. NAN if that is not known. */
double plancia_energy_used_directly (const PlanciaEnergySum *sum);

G_END_DECLS
