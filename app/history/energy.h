/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"

G_BEGIN_DECLS

/* Energies of days, months and years out of counters, by difference. Pure; any thread. */
typedef enum {
  PLANCIA_ENERGY_PV,        /* produced */
  PLANCIA_ENERGY_LOAD,      /* consumed */
  PLANCIA_ENERGY_SELF,      /* of the produced: used at once */
  PLANCIA_ENERGY_CHARGE,    /* to the battery */
  PLANCIA_ENERGY_DISCHARGE, /* from the battery */
  PLANCIA_ENERGY_EXPORT,    /* to the grid */
  PLANCIA_ENERGY_IMPORT,    /* from the grid */
  PLANCIA_N_ENERGIES
} PlanciaEnergy;

/* Of one period; what is not known is NAN. */
typedef struct
{
  PlanciaSpan span;
  double      energies[PLANCIA_N_ENERGIES]; /* kWh */
  double      autoconsumption;              /* part of the production that was not exported, 0..1 */
  double      self_sufficiency; /* part of the consumption that was not imported, 0..1 */
  double      peak_power;       /* W produced */
  gint64      peak_time;
  double      known; /* part of the span between readings that are close enough, 0..1 */
} PlanciaEnergySum;

typedef enum {
  PLANCIA_PERIOD_HOUR,
  PLANCIA_PERIOD_DAY,
  PLANCIA_PERIOD_WEEK, /* from Monday */
  PLANCIA_PERIOD_MONTH,
  PLANCIA_PERIOD_YEAR
} PlanciaPeriod;

/* The whole periods of the plant's calendar that touch span, in order, right on days of 23 and 25 hours.
 * (transfer full) GArray of PlanciaSpan. */
GArray *plancia_energy_periods (GTimeZone *zone, PlanciaSpan span, PlanciaPeriod period);

/* The samples' keys that energies are made of; NULL-terminated, static. */
const char *const *plancia_energy_keys (void);
/* samples: of plancia_energy_keys, from a day before the first to a day behind the last of spans (GArray of PlanciaSpan, sorted,
 * without overlap). (transfer full) GArray of PlanciaEnergySum, one a span. */
GArray *plancia_energy_compute (PlanciaSamples *samples, GTimeZone *zone, GArray *spans);
/* Several devices of one plant: adds b to a, which is of the same span; what one of them does not know is of the other. The
 * peaks are added only if they are of the same moment; else the sum's is not known. */
void plancia_energy_sum_add (PlanciaEnergySum *a, const PlanciaEnergySum *b);

/* How a counter goes on. */
typedef enum {
  PLANCIA_COUNTER_LIFETIME, /* only grows; a fall is a new device */
  PLANCIA_COUNTER_DAILY     /* begins with 0 at the plant's midnight */
} PlanciaCounter;

/* One counter's energy in each of spans, in its unit. Resets, values that fall out for a moment, and leaps no plant can make
 * (more than limit a hour, and what one step of the counter is) are not counted. limit: 0 for the default. amounts and known
 * (0..1, as in PlanciaEnergySum): one a span; amounts NAN where nothing is known. */
void plancia_energy_count (const PlanciaSampleColumn *column,
                           PlanciaCounter             counter,
                           GTimeZone                 *zone,
                           GArray                    *spans,
                           double                     limit,
                           double                    *amounts,
                           double                    *known);

G_END_DECLS
