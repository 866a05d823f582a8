/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-questions.h"

#include "history/energy.h"
#include "simulator/site.h"

#include <math.h>

static GTimeZone *rome;

static gint64
local_time (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new (rome, year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * 1000;
}

/* --- counters ------------------------------------------------------------------------------------ */

typedef struct
{
  int    day; /* of June 2026 */
  int    hour;
  int    minute;
  double value;
} Reading;

#define END    \
  {            \
    0, 0, 0, 0 \
  }
#define UNKNOWN   -1
#define MAX_READS 16

static const struct
{
  const char    *name;
  PlanciaCounter counter;
  double         limit;
  Reading        readings[MAX_READS];
  double         days[3]; /* 1, 2, 3 June; UNKNOWN */
} counts[] = {
  {"lifetime, difference over midnight is shared by the time",
   PLANCIA_COUNTER_LIFETIME, 0,
   {{1, 12, 0, 100}, {1, 23, 30, 110}, {2, 0, 30, 112}, {2, 12, 0, 120}, END},
   {11, 9, UNKNOWN}      },
  {"lifetime, a new device that begins at 0",
   PLANCIA_COUNTER_LIFETIME, 5,
   {{1, 10, 0, 5000}, {1, 11, 0, 5002}, {1, 12, 0, 1}, {1, 13, 0, 3}, END},
   {5, UNKNOWN, UNKNOWN} },
  {"lifetime, a device that has counted elsewhere, more and less",
   PLANCIA_COUNTER_LIFETIME, 5,
   {{1, 10, 0, 5000},
    {1, 11, 0, 5002},
    {1, 12, 0, 9000},
    {1, 13, 0, 9003},
    {1, 14, 0, 700},
    {1, 15, 0, 701},
    END},
   {6, UNKNOWN, UNKNOWN} },
  {"lifetime, one reading falls out",
   PLANCIA_COUNTER_LIFETIME, 5,
   {{1, 10, 0, 5000}, {1, 11, 0, 0}, {1, 12, 0, 5004}, {1, 13, 0, 65535}, {1, 14, 0, 5005}, END},
   {5, UNKNOWN, UNKNOWN} },
  {"daily, falls at midnight",
   PLANCIA_COUNTER_DAILY,    5,
   {{1, 0, 5, 0}, {1, 12, 0, 8}, {1, 23, 55, 20}, {2, 0, 5, 0.1}, {2, 23, 55, 15}, END},
   {20, 15, UNKNOWN}     },
  {"daily, first read at noon",
   PLANCIA_COUNTER_DAILY,    5,
   {{1, 12, 0, 8}, {1, 18, 0, 12}, {2, 18, 0, 30}, END},
   {12, 30, UNKNOWN}     },
  {"daily, yesterday's number is sent again before dawn",
   PLANCIA_COUNTER_DAILY,    5,
   {{1, 12, 0, 8}, {1, 20, 0, 20}, {2, 0, 5, 20}, {2, 0, 10, 20}, {2, 6, 0, 0}, {2, 20, 0, 9}, END},
   {20, 9, UNKNOWN}      },
  {"daily, the device starts anew at noon",
   PLANCIA_COUNTER_DAILY,    5,
   {{1, 6, 0, 0}, {1, 11, 0, 8}, {1, 12, 0, 0.5}, {1, 18, 0, 6}, END},
   {14, UNKNOWN, UNKNOWN}},
  {"daily, a day without the device",
   PLANCIA_COUNTER_DAILY,    5,
   {{1, 6, 0, 0}, {1, 20, 0, 8}, {3, 7, 0, 1}, {3, 20, 0, 6}, END},
   {8, 0, 6}             },
};

static PlanciaSamples *
read_counter (const Reading *readings)
{
  PlanciaSamples *samples = plancia_samples_new ("one", "portal", (PlanciaSpan){0, 0});

  for (guint i = 0; readings[i].day > 0; i++)
    plancia_samples_add (
      samples,
      "k",
      local_time (2026, 6, readings[i].day, readings[i].hour, readings[i].minute),
      readings[i].value);
  return plancia_samples_seal (samples);
}

static void
test_counters (void)
{
  PlanciaSpan three = {local_time (2026, 6, 1, 0, 0), local_time (2026, 6, 4, 0, 0)};
  g_autoptr (GArray) days = plancia_energy_periods (rome, three, PLANCIA_PERIOD_DAY);

  g_assert_cmpuint (days->len, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autoptr (PlanciaSamples) samples = read_counter (counts[i].readings);
    double amounts[3], known[3];

    plancia_energy_count (plancia_samples_get_column (samples, 0),
                          counts[i].counter,
                          rome,
                          days,
                          counts[i].limit,
                          amounts,
                          known);
    g_test_message ("%s: %g %g %g", counts[i].name, amounts[0], amounts[1], amounts[2]);
    for (guint day = 0; day < 3; day++) {
      g_assert_cmpfloat (known[day], >=, 0);
      g_assert_cmpfloat (known[day], <=, 1);
      if (counts[i].days[day] == UNKNOWN)
        g_assert_true (isnan (amounts[day]));
      else
        g_assert_cmpfloat_with_epsilon (amounts[day], counts[i].days[day], 1e-9);
    }
  }
}

/* --- periods ------------------------------------------------------------------------------------- */

static void
assert_periods (PlanciaSpan span, PlanciaPeriod period, guint n, int first_hours, int last_hours)
{
  g_autoptr (GArray) periods = plancia_energy_periods (rome, span, period);
  PlanciaSpan first, last;

  g_assert_cmpuint (periods->len, ==, n);
  first = g_array_index (periods, PlanciaSpan, 0);
  last = g_array_index (periods, PlanciaSpan, n - 1);
  g_assert_cmpint ((first.end - first.start) / PLANCIA_HOUR, ==, first_hours);
  g_assert_cmpint ((last.end - last.start) / PLANCIA_HOUR, ==, last_hours);
  g_assert_cmpint (first.start, <=, span.start);
  g_assert_cmpint (last.end, >=, span.end);
  for (guint i = 1; i < n; i++)
    g_assert_cmpint (g_array_index (periods, PlanciaSpan, i - 1).end,
                     ==,
                     g_array_index (periods, PlanciaSpan, i).start);
}

static void
test_periods (void)
{
  PlanciaSpan spring = {local_time (2026, 3, 29, 10, 0), local_time (2026, 3, 30, 10, 0)};
  PlanciaSpan autumn = {local_time (2026, 10, 24, 10, 0), local_time (2026, 10, 25, 10, 0)};
  PlanciaSpan year = {local_time (2026, 1, 1, 0, 0), local_time (2027, 1, 1, 0, 0)};
  PlanciaSpan long_day = {local_time (2026, 10, 25, 0, 0), local_time (2026, 10, 26, 0, 0)};
  g_autoptr (GArray) none = plancia_energy_periods (rome, (PlanciaSpan){5, 5}, PLANCIA_PERIOD_DAY);

  assert_periods (spring, PLANCIA_PERIOD_DAY, 2, 23, 24);
  assert_periods (autumn, PLANCIA_PERIOD_DAY, 2, 24, 25);
  assert_periods (long_day, PLANCIA_PERIOD_HOUR, 25, 1, 1);
  assert_periods (year, PLANCIA_PERIOD_MONTH, 12, 31 * 24, 31 * 24);
  assert_periods (year, PLANCIA_PERIOD_DAY, 365, 24, 24);
  assert_periods (year, PLANCIA_PERIOD_YEAR, 1, 365 * 24, 365 * 24);
  /* Wednesday and Sunday with the changed clock. */
  assert_periods (autumn, PLANCIA_PERIOD_WEEK, 1, 7 * 24 + 1, 7 * 24 + 1);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- against the truth --------------------------------------------------------------------------- */

static const struct
{
  PlanciaFlow flow;
  const char *power;
  const char *daily;
  const char *total;
} flows[PLANCIA_N_ENERGIES] = {
  [PLANCIA_ENERGY_PV] = {PLANCIA_FLOW_GENERATING,
                         "powerGenerating",    "energyGenerating",
                         "energyGeneratingTotal"   },
  [PLANCIA_ENERGY_LOAD] = {PLANCIA_FLOW_CONSUMING,
                         "powerConsuming",     "energyConsuming",
                         "energyConsumingTotal"    },
  [PLANCIA_ENERGY_SELF] = {PLANCIA_FLOW_AUTOCONSUMING,
                         "powerAutoconsuming", "energyAutoconsuming",
                         "energyAutoconsumingTotal"},
  [PLANCIA_ENERGY_CHARGE] = {PLANCIA_FLOW_CHARGING,
                         "powerCharging",      "energyCharging",
                         "energyChargingTotal"     },
  [PLANCIA_ENERGY_DISCHARGE] = {PLANCIA_FLOW_DISCHARGING,
                         "powerDischarging",   "energyDischarging",
                         "energyDischargingTotal"  },
  [PLANCIA_ENERGY_EXPORT] = {PLANCIA_FLOW_EXPORTING,
                         "powerExporting",     "energyExporting",
                         "energyExportingTotal"    },
  [PLANCIA_ENERGY_IMPORT] = {PLANCIA_FLOW_IMPORTING,
                         "powerImporting",     "energyImporting",
                         "energyImportingTotal"    },
};

typedef struct
{
  PlanciaSite *site;
  gint64       step;
  gboolean     daily; /* or the counters of a life */
  gint64
      replaced; /* from here on a new device counts from 0; a day's counter only until midnight */
  int lost;     /* in a hundred readings */
} Source;

static PlanciaSamples *
read_site (const Source *source, PlanciaSpan span)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  PlanciaSamples  *samples = plancia_samples_new ("one", "portal", span);
  PlanciaSiteState state, begin = {0};
  PlanciaSpan      day = plancia_span_day (rome, source->replaced);

  if (source->replaced > 0)
    plancia_site_look (source->site, source->replaced, &begin);
  for (gint64 time = span.start; time < span.end; time += source->step) {
    gboolean is_new = source->replaced > 0 && time >= source->replaced;

    if (g_rand_int_range (random, 0, 100) < source->lost)
      continue;
    g_assert_true (plancia_site_look (source->site, time, &state));
    for (guint i = 0; i < PLANCIA_N_ENERGIES; i++) {
      PlanciaFlow flow = flows[i].flow;

      plancia_samples_add (samples, flows[i].power, time, (double) state.power[flow]);
      if (source->daily)
        plancia_samples_add (samples,
                             flows[i].daily,
                             time,
                             state.today[flow] - (is_new && plancia_span_contains (day, time)
                                                    ? begin.today[flow]
                                                    : 0));
      else
        plancia_samples_add (samples,
                             flows[i].total,
                             time,
                             state.total[flow] - (is_new ? begin.total[flow] : 0));
    }
  }
  return plancia_samples_seal (samples);
}

static double
truth (PlanciaSite *site, PlanciaSpan span, PlanciaFlow flow)
{
  PlanciaSiteState first, last;

  g_assert_true (plancia_site_look (site, span.start, &first));
  g_assert_true (plancia_site_look (site, span.end, &last));
  return last.total[flow] - first.total[flow];
}

static PlanciaSite *
hybrid_since (gint64 commissioned)
{
  PlanciaSiteConfig config = {
    .zone = rome,
    .place = {43.46, 11.88, 7},
    .seed = 3,
    .commissioned = commissioned,
    .peak = 6000,
    .tilt = 25,
    .azimuth = 180,
    .limit = 6000,
    .load = "home",
    .load_scale = 1,
    .capacity = 10000,
    .battery_power = 5000,
    .soc_minimum = 10,
    .soc_maximum = 100,
  };

  return plancia_site_new (&config);
}

static PlanciaSite *
hybrid (void)
{
  return hybrid_since (local_time (2026, 9, 1, 10, 0));
}

/* slack: kWh a period that may lie between the last reading of a day and midnight. */
static void
assert_truth (const Source *source, PlanciaPeriod period, double slack)
{
  PlanciaSpan span = {local_time (2026, 10, 10, 0, 0), local_time (2026, 11, 10, 0, 0)};
  PlanciaSpan wide = {span.start - PLANCIA_DAY, span.end + PLANCIA_DAY};
  g_autoptr (PlanciaSamples) samples = read_site (source, wide);
  g_autoptr (GArray) spans = plancia_energy_periods (rome, span, period);
  g_autoptr (GArray) sums = NULL;

  /* Only whole ones: of the rest not all was read. */
  while (g_array_index (spans, PlanciaSpan, 0).start < span.start)
    g_array_remove_index (spans, 0);
  while (g_array_index (spans, PlanciaSpan, spans->len - 1).end > span.end)
    g_array_set_size (spans, spans->len - 1);
  g_assert_cmpuint (spans->len, >, 2);
  sums = plancia_energy_compute (samples, rome, spans);
  g_assert_cmpuint (sums->len, ==, spans->len);
  for (guint at = 0; at < sums->len; at++) {
    const PlanciaEnergySum *sum = &g_array_index (sums, PlanciaEnergySum, at);

    g_assert_cmpfloat (sum->known, >=, 0.99);
    for (guint i = 0; i < PLANCIA_N_ENERGIES; i++)
      g_assert_cmpfloat_with_epsilon (sum->energies[i],
                                      truth (source->site, sum->span, flows[i].flow),
                                      slack);
  }
}

static void
test_truth_daily (void)
{
  g_autoptr (PlanciaSite) site = hybrid ();
  Source source = {site, 5 * PLANCIA_MINUTE, TRUE, 0, 10};

  /* 10 minutes of at most 4 kW, and hundredths. */
  assert_truth (&source, PLANCIA_PERIOD_DAY, 0.7);
  assert_truth (&source, PLANCIA_PERIOD_WEEK, 7 * 0.7);
}

static void
test_truth_lifetime (void)
{
  g_autoptr (PlanciaSite) site = hybrid ();
  Source source = {site, 5 * PLANCIA_MINUTE, FALSE, 0, 0};

  /* Read at each midnight itself: only the hundredths are left. */
  assert_truth (&source, PLANCIA_PERIOD_DAY, 0.021);
  source.lost = 10;
  assert_truth (&source, PLANCIA_PERIOD_DAY, 0.3);
  assert_truth (&source, PLANCIA_PERIOD_WEEK, 0.3);
}

static void
test_truth_replaced (void)
{
  g_autoptr (PlanciaSite) site = hybrid ();
  Source source = {site, 5 * PLANCIA_MINUTE, FALSE, local_time (2026, 10, 21, 12, 2), 0};

  /* What flowed between the last reading of the old one and the first of the new one, in part. */
  assert_truth (&source, PLANCIA_PERIOD_DAY, 0.5);
}

/* Between two cursors, wherever they stand: over midnights, days of 25 hours, a new device. */
static void
assert_truth_between (const Source *source, double slack)
{
  PlanciaSpan span = {local_time (2026, 10, 18, 0, 0), local_time (2026, 10, 28, 0, 0)};
  PlanciaSpan wide = {span.start - PLANCIA_DAY, span.end + PLANCIA_DAY};
  g_autoptr (PlanciaSamples) samples = read_site (source, wide);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 60; round++) {
    gint64      length = g_rand_int_range (random, 20, round % 2 ? 300 : 4000) * PLANCIA_MINUTE;
    gint64      at = (gint64) (g_rand_double (random) * (double) (span.end - span.start - length));
    PlanciaSpan one = {span.start + at, span.start + at + length};
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
    g_autoptr (GArray) sums = NULL;
    const PlanciaEnergySum *sum;

    g_array_append_val (spans, one);
    sums = plancia_energy_compute (samples, rome, spans);
    sum = &g_array_index (sums, PlanciaEnergySum, 0);
    g_assert_cmpfloat (sum->known, >=, 0.9);
    for (guint i = 0; i < PLANCIA_N_ENERGIES; i++)
      g_assert_cmpfloat_with_epsilon (sum->energies[i],
                                      truth (source->site, one, flows[i].flow),
                                      slack);
  }
}

static void
test_truth_between (void)
{
  g_autoptr (PlanciaSite) site = hybrid ();
  Source source = {site, 5 * PLANCIA_MINUTE, FALSE, 0, 0};

  /* A power that jumps within the five minutes at either end. */
  assert_truth_between (&source, 0.5);
  source.lost = 10;
  assert_truth_between (&source, 1);
  source.lost = 0;
  source.replaced = local_time (2026, 10, 21, 12, 2);
  assert_truth_between (&source, 1);
  source.replaced = 0;
  source.daily = TRUE;
  /* And at each of three midnights what was read last. */
  assert_truth_between (&source, 0.5 + 3 * 0.35);
}

/* What flowed between the readings around a moment: nobody saw how much of it was before and how much behind. */
static double
unseen (PlanciaSite *site, const PlanciaSampleColumn *column, gint64 time, PlanciaFlow flow)
{
  PlanciaSpan around = {0, 0};

  for (guint i = 0; i < column->times->len; i++) {
    gint64 at = g_array_index (column->times, gint64, i);

    if (at <= time)
      around.start = at;
    if (at >= time && around.end == 0)
      around.end = at;
  }
  g_assert_cmpint (around.start, >, 0);
  g_assert_cmpint (around.end, >, 0);
  return truth (site, around, flow);
}

/* A counter that falls and is beyond its old number with the reading after the next one looks like one whose reading fell out: then
 * so much is not counted. */
static double
hidden (const PlanciaSampleColumn *counter, gint64 replaced)
{
  guint  at = 0;
  double before;

  while (at < counter->times->len && g_array_index (counter->times, gint64, at) < replaced)
    at++;
  g_assert_cmpuint (at, >, 0);
  g_assert_cmpuint (at + 1, <, counter->times->len);
  before = g_array_index (counter->values, double, at - 1);
  return g_array_index (counter->values, double, at + 1) >= before ? before : 0;
}

/* kWh: what is made of three parts that the site cuts to hundredths, now and since the day's begin. */
#define CUT 0.061

/* Each day is what it was, but for what was not seen at its ends and while a device was replaced or began anew, and hundredths. What a
 * day's counter says at midnight itself is of the next day. */
static void
assert_within_sampling (const Source *source, PlanciaSpan span)
{
  PlanciaSpan wide = {span.start - PLANCIA_DAY, span.end + PLANCIA_DAY};
  g_autoptr (PlanciaSamples) samples = read_site (source, wide);
  g_autoptr (GArray) days = plancia_energy_periods (rome, span, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) sums = plancia_energy_compute (samples, rome, days);

  for (guint at = 0; at < sums->len; at++) {
    const PlanciaEnergySum *sum = &g_array_index (sums, PlanciaEnergySum, at);

    for (guint i = 0; i < PLANCIA_N_ENERGIES; i++) {
      const PlanciaSampleColumn *column = plancia_samples_find_column (samples, flows[i].power);
      PlanciaFlow                flow = flows[i].flow;
      double slack = CUT + unseen (source->site, column, sum->span.start - source->daily, flow) +
                     unseen (source->site, column, sum->span.end - source->daily, flow);

      if (plancia_span_contains (sum->span, source->replaced))
        slack +=
          CUT + unseen (source->site, column, source->replaced - 1, flow) +
          hidden (
            plancia_samples_find_column (samples, source->daily ? flows[i].daily : flows[i].total),
            source->replaced);
      g_assert_cmpfloat_with_epsilon (sum->energies[i],
                                      truth (source->site, sum->span, flow),
                                      slack);
    }
  }
}

/* Days of a year, those of 23 and 25 hours among them; read each minute to each quarter of an hour, some readings lost, in every
 * other round a new device or one that begins its day anew. */
static void
test_truth_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2325);
  const int changes[] = {88, 298};

  for (guint round = 0; round < 60; round++) {
    int         first = round < 4 ? changes[round % 2] - g_rand_int_range (random, 1, 3)
                                  : g_rand_int_range (random, 1, 365);
    PlanciaSpan begin =
      plancia_span_day (rome, local_time (2026, 1, 1, 12, 0) + (first - 1) * PLANCIA_DAY);
    PlanciaSpan span = {begin.start, begin.start + 3 * PLANCIA_DAY};
    const int   steps[] = {1, 5, 15};
    g_autoptr (PlanciaSite) site = hybrid_since (span.start - 2 * PLANCIA_DAY);
    Source source = {site, steps[round % 3] * PLANCIA_MINUTE, round / 2 % 2 == 0, 0, 0};

    source.lost = g_rand_int_range (random, 0, 15);
    if (round % 4 > 1 || round % 5 == 0)
      source.replaced = span.start + g_rand_int_range (random, 60, 3 * 1440 - 60) * PLANCIA_MINUTE;
    assert_within_sampling (&source, span);
  }
}

/* --- what follows -------------------------------------------------------------------------------- */

/* An inverter without a meter: where its energy went is not known, and not nothing. */
static void
test_only_solar (void)
{
  PlanciaSpan day = {local_time (2026, 6, 1, 0, 0), local_time (2026, 6, 2, 0, 0)};
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "portal", day);
  g_autoptr (GArray) days = plancia_energy_periods (rome, day, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) sums = NULL;
  const PlanciaEnergySum *sum;

  for (guint hour = 0; hour < 24; hour++)
    plancia_samples_add (samples, "energyGenerating", day.start + hour * PLANCIA_HOUR, hour);
  sums = plancia_energy_compute (plancia_samples_seal (samples), rome, days);
  sum = &g_array_index (sums, PlanciaEnergySum, 0);
  g_assert_cmpfloat (sum->energies[PLANCIA_ENERGY_PV], ==, 23);
  for (PlanciaEnergy energy = PLANCIA_ENERGY_LOAD; energy < PLANCIA_N_ENERGIES; energy++)
    g_assert_true (isnan (sum->energies[energy]));
  g_assert_true (isnan (sum->autoconsumption));
  g_assert_true (isnan (sum->self_sufficiency));
}

static void
test_parts (void)
{
  PlanciaSpan day = {local_time (2026, 6, 1, 0, 0), local_time (2026, 6, 2, 0, 0)};
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "portal", day);
  g_autoptr (GArray) days = plancia_energy_periods (rome, day, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) sums = NULL;
  const struct
  {
    const char *key;
    double      value;
  } ends[] = {
    {"energyGenerating", 20},
    {"energyExporting",  5 },
    {"energyCharging",   4 },
    {"energyImporting",  2 },
    {"energyConsuming",  16}
  };
  PlanciaEnergySum *sum, other;

  for (guint hour = 0; hour < 24; hour++) {
    gint64 time = day.start + hour * PLANCIA_HOUR;

    for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
      plancia_samples_add (samples, ends[i].key, time, ends[i].value * hour / 23);
    plancia_samples_add (samples, "powerGenerating", time, 1000 + (hour == 13 ? 4210 : hour));
  }
  sums = plancia_energy_compute (plancia_samples_seal (samples), rome, days);
  sum = &g_array_index (sums, PlanciaEnergySum, 0);
  g_assert_cmpfloat_with_epsilon (sum->energies[PLANCIA_ENERGY_PV], 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (sum->energies[PLANCIA_ENERGY_SELF], 11, 1e-9);
  g_assert_true (isnan (sum->energies[PLANCIA_ENERGY_DISCHARGE]));
  g_assert_cmpfloat_with_epsilon (sum->autoconsumption, 0.75, 1e-9);
  g_assert_cmpfloat_with_epsilon (sum->self_sufficiency, 1 - 2.0 / 16, 1e-9);
  g_assert_cmpfloat (sum->peak_power, ==, 5210);
  g_assert_cmpint (sum->peak_time, ==, local_time (2026, 6, 1, 13, 0));

  other = *sum;
  other.energies[PLANCIA_ENERGY_DISCHARGE] = 3;
  plancia_energy_sum_add (sum, &other);
  g_assert_cmpfloat_with_epsilon (sum->energies[PLANCIA_ENERGY_PV], 40, 1e-9);
  g_assert_cmpfloat (sum->energies[PLANCIA_ENERGY_DISCHARGE], ==, 3);
  g_assert_cmpfloat_with_epsilon (sum->autoconsumption, 0.75, 1e-9);
  g_assert_cmpfloat (sum->peak_power, ==, 10420);
  other.peak_time++;
  plancia_energy_sum_add (sum, &other);
  g_assert_true (isnan (sum->peak_power));
}

/* A meter's "daily" fields never fall. */
static void
test_meter (void)
{
  PlanciaSpan two = {local_time (2026, 6, 1, 0, 0), local_time (2026, 6, 3, 0, 0)};
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("one", "portal", two);
  g_autoptr (GArray) days = plancia_energy_periods (rome, two, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) sums = NULL;

  for (guint hour = 0; hour <= 48; hour++)
    plancia_samples_add (samples,
                         "energyImporting",
                         two.start + hour * PLANCIA_HOUR,
                         7000 + hour * 0.5);
  sums = plancia_energy_compute (plancia_samples_seal (samples), rome, days);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (
      g_array_index (sums, PlanciaEnergySum, i).energies[PLANCIA_ENERGY_IMPORT],
      12,
      1e-9);
}

static void
test_store (void)
{
  g_autoptr (PlanciaSite) site = hybrid ();
  Source      source = {site, 5 * PLANCIA_MINUTE, TRUE, 0, 0};
  PlanciaSpan three = {local_time (2026, 10, 24, 0, 0), local_time (2026, 10, 27, 0, 0)};
  g_autoptr (PlanciaSamples) samples = read_site (&source, three);
  g_autoptr (PlanciaStore) store = plancia_store_new (":memory:");
  g_autoptr (GArray) days = plancia_energy_periods (rome, three, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (GArray) wanted = plancia_energy_compute (samples, rome, days);
  g_autoptr (GArray) sums = NULL;
  g_autoptr (GArray) nothing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store_put (store, samples, &error));
  sums = store_energies (store, "one", "portal", rome, days, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sums->len, ==, 3);
  g_assert_cmpmem (sums->data,
                   3 * sizeof (PlanciaEnergySum),
                   wanted->data,
                   3 * sizeof (PlanciaEnergySum));
  nothing = store_energies (store, "one", "portal", rome, none, &error);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rome = g_time_zone_new_identifier ("Europe/Rome");
  g_test_add_func ("/energy/counters", test_counters);
  g_test_add_func ("/energy/periods", test_periods);
  g_test_add_func ("/energy/truth-daily", test_truth_daily);
  g_test_add_func ("/energy/truth-lifetime", test_truth_lifetime);
  g_test_add_func ("/energy/truth-replaced", test_truth_replaced);
  g_test_add_func ("/energy/truth-between", test_truth_between);
  g_test_add_func ("/energy/truth-random", test_truth_random);
  g_test_add_func ("/energy/only-solar", test_only_solar);
  g_test_add_func ("/energy/parts", test_parts);
  g_test_add_func ("/energy/meter", test_meter);
  g_test_add_func ("/energy/store", test_store);
  return g_test_run ();
}
