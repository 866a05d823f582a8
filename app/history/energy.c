/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/energy.h"

#include <math.h>

/* Room above the strongest power seen, before a step of a counter is taken for a fault. */
#define LIMIT_FACTOR 2.0
#define LIMIT_MARGIN 1.0 /* kW */
/* Midnights that a counter was seen to pass, if its readings lie closer than this. */
#define MIDNIGHT_GAP (3 * PLANCIA_HOUR)
/* Another counter of the same energy must know that much more before it is preferred. */
#define BETTER 0.02

/* Where an energy may stand, the best first: the portal's names, which the recorder uses, too; then those of older portals. */
typedef struct
{
  const char *power;
  const char *daily;
  const char *lifetime[3];
} Names;

static const Names names[PLANCIA_N_ENERGIES] = {
  [PLANCIA_ENERGY_PV] = {"powerGenerating",
                         "energyGenerating",    {"energyGeneratingTotalDecimal",
                          "energyGeneratingTotal",
                          "TotalEnergyPV"}                               },
  [PLANCIA_ENERGY_LOAD] = {"powerConsuming",
                         "energyConsuming",     {"energyConsumingTotalDecimal",
                            "energyConsumingTotal",
                            "TotalEnergyLoad"}                            },
  [PLANCIA_ENERGY_SELF] = {"powerAutoconsuming",
                         "energyAutoconsuming", {"energyAutoconsumingTotalDecimal", "energyAutoconsumingTotal", NULL}},
  [PLANCIA_ENERGY_CHARGE] = {"powerCharging",
                         "energyCharging",      {"energyChargingTotalDecimal", "energyChargingTotal", NULL}          },
  [PLANCIA_ENERGY_DISCHARGE] = {"powerDischarging",
                         "energyDischarging",   {"energyDischargingTotalDecimal", "energyDischargingTotal", NULL}    },
  [PLANCIA_ENERGY_EXPORT] = {"powerExporting",
                         "energyExporting",     {"energyExportingTotalDecimal",
                              "energyExportingTotal",
                              "TotalEnergyExport"}                        },
  [PLANCIA_ENERGY_IMPORT] = {"powerImporting",
                         "energyImporting",     {"energyImportingTotalDecimal",
                              "energyImportingTotal",
                              "TotalEnergyImport"}                        },
};

/* --- periods ------------------------------------------------------------------------------------- */

static void
local_date (GTimeZone *zone, gint64 time, GDate *date)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  g_date_clear (date, 1);
  g_date_set_dmy (date,
                  (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
}

static gint64
date_start (GTimeZone *zone, const GDate *date)
{
  g_autoptr (GDateTime) start = g_date_time_new (zone,
                                                 g_date_get_year (date),
                                                 (int) g_date_get_month (date),
                                                 g_date_get_day (date),
                                                 0,
                                                 0,
                                                 0);

  return g_date_time_to_unix (start) * 1000;
}

/* To the first date of the period. */
static void
go_to_start (GDate *date, PlanciaPeriod period)
{
  if (period == PLANCIA_PERIOD_WEEK)
    g_date_subtract_days (date, (guint) g_date_get_weekday (date) - 1);
  if (period >= PLANCIA_PERIOD_MONTH)
    g_date_set_day (date, 1);
  if (period == PLANCIA_PERIOD_YEAR)
    g_date_set_month (date, G_DATE_JANUARY);
}

static void
go_to_next (GDate *date, PlanciaPeriod period)
{
  switch (period) {
  case PLANCIA_PERIOD_WEEK:
    g_date_add_days (date, 7);
    break;
  case PLANCIA_PERIOD_MONTH:
    g_date_add_months (date, 1);
    break;
  case PLANCIA_PERIOD_YEAR:
    g_date_add_years (date, 1);
    break;
  case PLANCIA_PERIOD_HOUR:
  case PLANCIA_PERIOD_DAY:
  default:
    g_date_add_days (date, 1);
  }
}

static void
add_hours (GArray *periods, PlanciaSpan day, PlanciaSpan span)
{
  g_autoptr (GArray) hours = plancia_span_split (day, PLANCIA_HOUR);

  for (guint i = 0; i < hours->len; i++) {
    PlanciaSpan hour = g_array_index (hours, PlanciaSpan, i);

    if (!plancia_span_is_empty (plancia_span_intersect (hour, span)))
      g_array_append_val (periods, hour);
  }
}

/**
 * plancia_energy_periods:
 * @zone: the plant's
 * @span: when
 * @period: hours, days, ...
 *
 * Returns: (transfer full) (element-type PlanciaSpan): those that touch @span, whole
 */
GArray *
plancia_energy_periods (GTimeZone *zone, PlanciaSpan span, PlanciaPeriod period)
{
  GArray     *periods = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan one;
  GDate       date;

  if (plancia_span_is_empty (span))
    return periods;
  local_date (zone, span.start, &date);
  go_to_start (&date, period);
  one.start = date_start (zone, &date);
  while (one.start < span.end) {
    go_to_next (&date, period);
    one.end = date_start (zone, &date);
    if (period == PLANCIA_PERIOD_HOUR)
      add_hours (periods, one, span);
    else
      g_array_append_val (periods, one);
    one.start = one.end;
  }
  return periods;
}

/* --- one energy ---------------------------------------------------------------------------------- */

static double
largest (const PlanciaSampleColumn *column)
{
  double value = 0;

  for (guint i = 0; i < column->values->len; i++)
    value = MAX (value, g_array_index (column->values, double, i));
  return value;
}

/* What the counter of an energy can count in an hour, by the power that goes with it. 0: nobody knows. */
static double
find_limit (PlanciaSamples *samples, const Names *name)
{
  const PlanciaSampleColumn *power = plancia_samples_find_column (samples, name->power);

  return power ? largest (power) / 1000 * LIMIT_FACTOR + LIMIT_MARGIN : 0;
}

/* On meters the "daily" fields hold what they have counted in their life: they pass midnight without falling. */
static gboolean
is_lifetime (const PlanciaSampleColumn *column, GTimeZone *zone)
{
  PlanciaSpan day = {0, 0};
  int         votes = 0;

  for (guint i = 0; i < column->times->len; i++) {
    gint64 time = g_array_index (column->times, gint64, i);
    gint64 before = i > 0 ? g_array_index (column->times, gint64, i - 1) : G_MAXINT64;

    if (plancia_span_contains (day, time))
      continue;
    day = plancia_span_day (zone, time);
    if (before < day.start && time - before <= MIDNIGHT_GAP &&
        g_array_index (column->values, double, i - 1) > 0)
      votes += g_array_index (column->values, double, i) >=
                   g_array_index (column->values, double, i - 1)
                 ? 1
                 : -1;
  }
  return votes > 0;
}

typedef struct
{
  PlanciaSamples *samples;
  GTimeZone      *zone;
  GArray         *spans;
  double         *amounts; /* one a span, of one counter */
  double         *known;
  gboolean       *seen; /* one a span: some energy has spoken */
} Work;

/* Takes a counter's word where it knows more than those before it. */
static void
take (Work *work, PlanciaEnergySum *sums, double *best, PlanciaEnergy energy)
{
  for (guint i = 0; i < work->spans->len; i++) {
    if (isnan (work->amounts[i]))
      continue;
    if (isnan (sums[i].energies[energy]) || work->known[i] > best[i] + BETTER) {
      sums[i].energies[energy] = work->amounts[i];
      best[i] = work->known[i];
    }
  }
}

static void
count_column (Work             *work,
              const char       *key,
              PlanciaCounter    counter,
              double            limit,
              PlanciaEnergySum *sums,
              double           *best,
              PlanciaEnergy     energy)
{
  const PlanciaSampleColumn *column = key ? plancia_samples_find_column (work->samples, key) : NULL;

  if (!column)
    return;
  if (counter == PLANCIA_COUNTER_DAILY && is_lifetime (column, work->zone))
    counter = PLANCIA_COUNTER_LIFETIME;
  plancia_energy_count (column,
                        counter,
                        work->zone,
                        work->spans,
                        limit,
                        work->amounts,
                        work->known);
  take (work, sums, best, energy);
}

static void
count_energy (Work *work, PlanciaEnergySum *sums, PlanciaEnergy energy)
{
  const Names       *name = &names[energy];
  double             limit = find_limit (work->samples, name);
  g_autofree double *best = g_new0 (double, work->spans->len + 1);

  count_column (work, name->daily, PLANCIA_COUNTER_DAILY, limit, sums, best, energy);
  for (guint i = 0; i < G_N_ELEMENTS (name->lifetime); i++)
    count_column (work, name->lifetime[i], PLANCIA_COUNTER_LIFETIME, limit, sums, best, energy);
  for (guint i = 0; i < work->spans->len; i++) {
    if (isnan (sums[i].energies[energy]))
      continue;
    sums[i].known = work->seen[i] ? MIN (sums[i].known, best[i]) : best[i];
    work->seen[i] = TRUE;
  }
}

/* --- what follows from them ---------------------------------------------------------------------- */

static void
find_peaks (PlanciaSamples *samples, GArray *spans, PlanciaEnergySum *sums)
{
  const PlanciaSampleColumn *power = plancia_samples_find_column (samples,
                                                                  names[PLANCIA_ENERGY_PV].power);
  guint                      at = 0;

  for (guint i = 0; power && i < power->times->len && at < spans->len;) {
    gint64      time = g_array_index (power->times, gint64, i);
    double      value = g_array_index (power->values, double, i);
    PlanciaSpan span = g_array_index (spans, PlanciaSpan, at);

    if (time >= span.end) {
      at++;
      continue;
    }
    if (time >= span.start && !(value <= sums[at].peak_power)) {
      sums[at].peak_power = value;
      sums[at].peak_time = time;
    }
    i++;
  }
}

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

static void
fill_in (PlanciaEnergySum *sum)
{
  double *e = sum->energies;

  /* Each is the rest of the others, if those are known; without a battery nothing goes there. */
  if (isnan (e[PLANCIA_ENERGY_SELF]) && !isnan (e[PLANCIA_ENERGY_PV]) &&
      !isnan (e[PLANCIA_ENERGY_EXPORT]))
    e[PLANCIA_ENERGY_SELF] =
      fmax (0,
            e[PLANCIA_ENERGY_PV] - e[PLANCIA_ENERGY_EXPORT] - or_zero (e[PLANCIA_ENERGY_CHARGE]));
  if (isnan (e[PLANCIA_ENERGY_LOAD]))
    e[PLANCIA_ENERGY_LOAD] = e[PLANCIA_ENERGY_PV] + e[PLANCIA_ENERGY_IMPORT] -
                             e[PLANCIA_ENERGY_EXPORT] + or_zero (e[PLANCIA_ENERGY_DISCHARGE]) -
                             or_zero (e[PLANCIA_ENERGY_CHARGE]);
}

static void
find_parts (PlanciaEnergySum *sum)
{
  double pv = sum->energies[PLANCIA_ENERGY_PV], load = sum->energies[PLANCIA_ENERGY_LOAD];
  double exported = sum->energies[PLANCIA_ENERGY_EXPORT];
  double imported = sum->energies[PLANCIA_ENERGY_IMPORT];

  sum->autoconsumption = pv > 0 && !isnan (exported) ? CLAMP (1 - exported / pv, 0, 1) : NAN;
  sum->self_sufficiency = load > 0 && !isnan (imported) ? CLAMP (1 - imported / load, 0, 1) : NAN;
}

static void
sum_init (PlanciaEnergySum *sum, PlanciaSpan span)
{
  *sum = (PlanciaEnergySum){.span = span, .peak_power = NAN};
  for (guint i = 0; i < PLANCIA_N_ENERGIES; i++)
    sum->energies[i] = NAN;
}

/* --- public -------------------------------------------------------------------------------------- */

/** plancia_energy_keys: Returns: (transfer none): what to ask a store for, before plancia_energy_compute() */
const char *const *
plancia_energy_keys (void)
{
  static gsize       once;
  static const char *keys[PLANCIA_N_ENERGIES * 5 + 1];

  if (g_once_init_enter (&once)) {
    guint n = 0;

    for (guint i = 0; i < PLANCIA_N_ENERGIES; i++) {
      keys[n++] = names[i].power;
      keys[n++] = names[i].daily;
      for (guint at = 0; at < G_N_ELEMENTS (names[i].lifetime); at++)
        if (names[i].lifetime[at])
          keys[n++] = names[i].lifetime[at];
    }
    g_once_init_leave (&once, 1);
  }
  return keys;
}

/**
 * plancia_energy_compute:
 * @samples: of plancia_energy_keys(), a day wider than @spans on both sides
 * @zone: the plant's
 * @spans: (element-type PlanciaSpan): sorted, without overlap
 *
 * Returns: (transfer full) (element-type PlanciaEnergySum): one a span
 */
GArray *
plancia_energy_compute (PlanciaSamples *samples, GTimeZone *zone, GArray *spans)
{
  GArray            *sums = g_array_sized_new (FALSE, TRUE, sizeof (PlanciaEnergySum), spans->len);
  PlanciaEnergySum  *data;
  g_autofree double *amounts = g_new0 (double, spans->len + 1);
  g_autofree double *known = g_new0 (double, spans->len + 1);
  g_autofree gboolean *seen = g_new0 (gboolean, spans->len + 1);
  Work                 work = {samples, zone, spans, amounts, known, seen};

  g_array_set_size (sums, spans->len);
  data = (PlanciaEnergySum *) sums->data;
  for (guint i = 0; i < spans->len; i++)
    sum_init (&data[i], g_array_index (spans, PlanciaSpan, i));
  for (PlanciaEnergy energy = 0; energy < PLANCIA_N_ENERGIES; energy++)
    count_energy (&work, data, energy);
  find_peaks (samples, spans, data);
  for (guint i = 0; i < spans->len; i++) {
    fill_in (&data[i]);
    find_parts (&data[i]);
  }
  return sums;
}

/**
 * plancia_energy_sum_add:
 * @a: of one device; changed
 * @b: of another, over the same span
 */
void
plancia_energy_sum_add (PlanciaEnergySum *a, const PlanciaEnergySum *b)
{
  gboolean a_speaks = FALSE, b_speaks = FALSE;

  for (guint i = 0; i < PLANCIA_N_ENERGIES; i++) {
    a_speaks |= !isnan (a->energies[i]);
    b_speaks |= !isnan (b->energies[i]);
    if (isnan (a->energies[i]))
      a->energies[i] = b->energies[i];
    else
      a->energies[i] += or_zero (b->energies[i]);
  }
  if (a_speaks && b_speaks)
    a->known = MIN (a->known, b->known);
  else if (b_speaks)
    a->known = b->known;
  if (isnan (a->peak_power)) {
    a->peak_power = b->peak_power;
    a->peak_time = b->peak_time;
  } else if (!isnan (b->peak_power)) {
    a->peak_power = a->peak_time == b->peak_time ? a->peak_power + b->peak_power : NAN;
  }
  find_parts (a);
}
