/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-plant.h"

#include "made-sky.h"

#include <math.h>

#define STEP  (5 * PLANCIA_MINUTE)
#define FLOWS 6
/* 2021-01-01 00:00 in Italy. */
#define BEGIN      (G_GINT64_CONSTANT (1609455600000))
#define MARGIN     (2 * PLANCIA_HOUR)
#define PIECE      100 /* days */
#define CAPACITY   10.0
#define EFFICIENCY 0.95

enum {
  PV,
  LOAD,
  EXPORT,
  IMPORT,
  CHARGE,
  DISCHARGE
};

static const char *const powers[FLOWS] = {"powerGenerating",
                                          "powerConsuming",
                                          "powerExporting",
                                          "powerImporting",
                                          "powerCharging",
                                          "powerDischarging"};
static const char *const counters[FLOWS] = {"energyGenerating",
                                            "energyConsuming",
                                            "energyExporting",
                                            "energyImporting",
                                            "energyCharging",
                                            "energyDischarging"};

typedef struct
{
  guint     n_strings;
  MadePlane planes[MADE_STRINGS];
  double    size[MADE_STRINGS]; /* kW */
  double    horizon
    [MADE_STRINGS]; /* sine of the elevation below which a hill is in the way in the morning */
  double   mood[MADE_STRINGS]; /* how a string differs today */
  double   limit;              /* kW */
  gboolean battery;
  double   stored;       /* kWh */
  double   stored_sound; /* what it would be without the fault */
  double   today[FLOWS];
  gint64   counter_day;
  GArray  *times;
  GArray  *values[2 * FLOWS + MADE_STRINGS + 1];
} Inverter;

struct _MadePlant
{
  GRand      *random;
  GTimeZone  *zone;
  PlanciaSpan span;
  MadeFault   fault;
  guint       n_inverters;
  Inverter    inverters[MADE_INVERTERS];
  MadeClouds  clouds;
  MadeDate    date;
  PlanciaSpan day;
  gint64      offset; /* of the zone, ms */
  gboolean    snow;
  double      dirt; /* what is left, as everywhere */
  double      age;  /* days */
  PlanciaSpan hole;
  double      appliance; /* kW */
};

static gboolean
is_on (const MadePlant *self, gint64 time)
{
  return time >= self->fault.since && time < self->fault.until;
}

static gboolean
has (const MadePlant *self, MadeFaultKind kind, guint inverter, gint64 time)
{
  return self->fault.kind == kind && self->fault.inverter == inverter && is_on (self, time);
}

/* --- rows ---------------------------------------------------------------------------------------- */

static void
add_row (const MadePlant *self,
         Inverter        *inverter,
         gint64           time,
         const double    *flows,
         const double    *strings)
{
  guint n = 0;

  if (inverter->times->len > 0 &&
      time <= g_array_index (inverter->times, gint64, inverter->times->len - 1))
    return;
  g_array_append_val (inverter->times, time);
  for (guint i = 0; i < 2 * FLOWS + MADE_STRINGS + 1; i++) {
    double value;

    if (i < FLOWS)
      value = round (flows[i] * 1000);
    else if (i < 2 * FLOWS)
      value = round (inverter->today[i - FLOWS] * 100) / 100;
    else if (i < 2 * FLOWS + MADE_STRINGS)
      value = round (strings[i - 2 * FLOWS] * 1000);
    else
      value = round (inverter->stored / CAPACITY * 100);
    g_array_append_val (inverter->values[n++], value);
  }
}

static void
drop_before (Inverter *inverter, gint64 time)
{
  guint n = 0;

  while (n < inverter->times->len && g_array_index (inverter->times, gint64, n) < time)
    n++;
  g_array_remove_range (inverter->times, 0, n);
  for (guint i = 0; i < 2 * FLOWS + MADE_STRINGS + 1; i++)
    g_array_remove_range (inverter->values[i], 0, n);
}

static void
append (const Inverter *inverter, PlanciaSamples *samples, const char *key, guint column)
{
  plancia_samples_append (samples,
                          key,
                          (const gint64 *) (void *) inverter->times->data,
                          (const double *) (void *) inverter->values[column]->data,
                          inverter->times->len);
}

static void
hand_over (MadePlant *self, PlanciaSpan days, MadeTake take, gpointer data)
{
  for (guint i = 0; i < self->n_inverters; i++) {
    Inverter *inverter = &self->inverters[i];
    g_autoptr (PlanciaSamples)
      samples = plancia_samples_new (made_inverter_id (i), MADE_SOURCE, days);

    for (guint j = 0; j < FLOWS; j++) {
      if (j != PV && (i > 0 || (j >= CHARGE && !inverter->battery)))
        continue;
      append (inverter, samples, powers[j], j);
      append (inverter, samples, counters[j], FLOWS + j);
    }
    for (guint j = 0; j < inverter->n_strings; j++) {
      g_autofree char *key = g_strdup_printf ("pv%u_power", j + 1);

      append (inverter, samples, key, 2 * FLOWS + j);
    }
    if (inverter->battery)
      append (inverter, samples, "batterySoC", 2 * FLOWS + MADE_STRINGS);
    take (i, plancia_samples_seal (samples), days, data);
    drop_before (inverter, days.end - MARGIN);
  }
}

/* --- a step -------------------------------------------------------------------------------------- */

static double
fault_of_string (const MadePlant *self, guint i, guint string, const MadeSun *sun, gint64 time)
{
  const MadeFault *fault = &self->fault;

  if (has (self, MADE_INVERTER_STILL, i, time))
    return 0;
  if (has (self, MADE_INVERTER_WEAK, i, time))
    return 1 - fault->much;
  if (fault->kind == MADE_DIRT && is_on (self, time))
    return 1 - fault->much * fmin ((double) (time - fault->since) / (15.0 * PLANCIA_DAY), 1);
  if (fault->string != string)
    return 1;
  if (has (self, MADE_STRING_DEAD, i, time) || has (self, MADE_STRING_WEAK, i, time))
    return 1 - fault->much;
  if (has (self, MADE_SHADOW, i, time) && (fault->late ? sun->afternoon : sun->morning))
    return 1 - fault->much;
  return 1;
}

/* Fills strings; the sum is the production. lost: gets what the fault takes. */
static double
produce (MadePlant     *self,
         guint          i,
         const MadeSun *sun,
         double         clear,
         gint64         time,
         double        *strings,
         double        *lost)
{
  Inverter *inverter = &self->inverters[i];
  double    sum = 0, sound_sum = 0, cut, sound_cut;

  for (guint j = 0; j < inverter->n_strings; j++) {
    gboolean hill = sun->morning && sun->height < inverter->horizon[j];
    double   sound = inverter->size[j] *
                   made_plane_power (&inverter->planes[j], sun, hill ? 0.3 : clear) *
                   inverter->mood[j] * self->dirt * (1 - self->age * 0.005 / 365);

    if (sound > 0)
      sound *= 1 + g_rand_double_range (self->random, -0.015, 0.015);
    sound = self->snow || sound < 0.004 * inverter->size[j] ? 0 : sound;
    sound_sum += sound;
    strings[j] = sound * fault_of_string (self, i, j, sun, time);
    sum += strings[j];
  }
  cut = sum > inverter->limit ? inverter->limit / sum : 1;
  sound_cut = sound_sum > inverter->limit ? inverter->limit / sound_sum : 1;
  for (guint j = 0; j < inverter->n_strings; j++)
    strings[j] *= cut;
  *lost = sound_sum * sound_cut - sum * cut;
  return sum * cut;
}

static double
consume (MadePlant *self, gint64 time)
{
  double hour = (double) ((time + self->offset) % PLANCIA_DAY) / (double) PLANCIA_HOUR;
  double busy = exp (-pow (hour - 8, 2) / 3) + 1.6 * exp (-pow (hour - 20, 2) / 6);

  if (g_rand_double (self->random) < 0.15)
    self->appliance = g_rand_double (self->random) < 0.15 * (0.3 + busy)
                        ? g_rand_double_range (self->random, 0.8, 2.5)
                        : 0;
  return 0.25 + 0.5 * busy + self->appliance + g_rand_double_range (self->random, 0, 0.05);
}

/* Returns what goes in (positive) or comes out, kW. */
static double
store (double *stored, double surplus, double most)
{
  double hours = (double) STEP / (double) PLANCIA_HOUR;
  double power = CLAMP (surplus, -5, 5);

  if (power > 0)
    power = fmin (power, fmax (most - *stored, 0) / hours / EFFICIENCY);
  else
    power = -fmin (-power, fmax (*stored - 0.1 * CAPACITY, 0) / hours * EFFICIENCY);
  *stored += power * hours * (power > 0 ? EFFICIENCY : 1 / EFFICIENCY);
  return power;
}

static void
flow (MadePlant *self, gint64 time, double all, double *flows)
{
  Inverter *inverter = &self->inverters[0];
  double    load = consume (self, time), battery = 0, sound, grid;
  double    hours = (double) STEP / (double) PLANCIA_HOUR;
  gboolean  bad = has (self, MADE_BATTERY_NOT_FULL, 0, time);

  if (inverter->battery) {
    sound = store (&inverter->stored_sound, all - load, CAPACITY);
    battery = store (&inverter->stored, all - load, bad ? CAPACITY * self->fault.much : CAPACITY);
    if (bad)
      self->fault.cost += fmax (sound, 0) * hours - fmax (battery, 0) * hours;
    else
      inverter->stored_sound = inverter->stored;
  }
  grid = all - load - battery;
  flows[LOAD] = load;
  flows[EXPORT] = fmax (grid, 0);
  flows[IMPORT] = fmax (-grid, 0);
  flows[CHARGE] = fmax (battery, 0);
  flows[DISCHARGE] = fmax (-battery, 0);
}

static void
count (MadePlant *self, guint i, gint64 time, const double *flows)
{
  Inverter *inverter = &self->inverters[i];
  gint64    clock = time + self->offset, day;

  if (has (self, MADE_CLOCK_MIDNIGHT, i, time))
    clock += (gint64) (self->fault.much * PLANCIA_MINUTE);
  day = clock / PLANCIA_DAY;
  if (day != inverter->counter_day)
    for (guint j = 0; j < FLOWS; j++)
      inverter->today[j] = 0;
  inverter->counter_day = day;
  for (guint j = 0; j < FLOWS; j++) {
    double factor = j == self->fault.string && has (self, MADE_COUNTER, i, time) ? self->fault.much
                                                                                 : 1;

    inverter->today[j] += flows[j] * (double) STEP / (double) PLANCIA_HOUR * factor;
  }
}

static gboolean
is_lost (MadePlant *self, guint i, gint64 time)
{
  double hour = (double) ((time + self->offset) % PLANCIA_DAY) / (double) PLANCIA_HOUR;

  if (plancia_span_contains (self->hole, time) || g_rand_double (self->random) < 0.01)
    return TRUE;
  if (has (self, MADE_GAPS_DAY, i, time))
    return hour >= 10 && hour < 10 + self->fault.much;
  if (has (self, MADE_GAPS_NIGHT, i, time))
    return hour >= 0.5 && hour < 0.5 + self->fault.much;
  return FALSE;
}

static void
live_step (MadePlant *self, gint64 time)
{
  MadeSun sun = made_sun (&self->date, MADE_LATITUDE, MADE_LONGITUDE, time);
  double  clear = made_clouds_step (&self->clouds, self->random), all = 0;
  double  flows[MADE_INVERTERS][FLOWS] = {0}, strings[MADE_INVERTERS][MADE_STRINGS] = {0};

  for (guint i = 0; i < self->n_inverters; i++) {
    double lost = 0;

    flows[i][PV] = produce (self, i, &sun, clear, time, strings[i], &lost);
    all += flows[i][PV];
    if (is_on (self, time) && self->fault.kind >= MADE_STRING_DEAD && self->fault.kind <= MADE_DIRT)
      self->fault.cost += lost * (double) STEP / (double) PLANCIA_HOUR;
  }
  flow (self, time, all, flows[0]);
  for (guint i = 0; i < self->n_inverters; i++) {
    Inverter *inverter = &self->inverters[i];
    gint64    told = time;

    count (self, i, time, flows[i]);
    if (!inverter->battery && sun.height < -0.02)
      continue;
    if (has (self, MADE_CLOCK_SUN, i, time))
      told += (gint64) (self->fault.much * PLANCIA_MINUTE);
    if (!is_lost (self, i, time))
      add_row (self, inverter, told, flows[i], strings[i]);
  }
}

/* --- a day --------------------------------------------------------------------------------------- */

static void
begin_day (MadePlant *self, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000 + 43200);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  guint of_year = (guint) g_date_time_get_day_of_year (local);
  gint  interval =
    g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, time / 1000 + 43200);

  self->day = plancia_span_day (self->zone, time);
  self->offset = (gint64) g_time_zone_get_offset (self->zone, interval) * 1000;
  self->date = made_date (of_year);
  self->age += 1;
  made_clouds_day (&self->clouds, of_year, self->random);
  self->snow = (of_year < 50 || of_year > 345) &&
               g_rand_double (self->random) < (self->snow ? 0.6 : 0.02);
  self->dirt = self->clouds.kind == 2 && g_rand_double (self->random) < 0.3
                 ? 1
                 : fmax (self->dirt - g_rand_double_range (self->random, 0, 0.002), 0.96);
  for (guint i = 0; i < self->n_inverters; i++)
    for (guint j = 0; j < self->inverters[i].n_strings; j++)
      self->inverters[i].mood[j] = 1 + g_rand_double_range (self->random, -0.01, 0.01);
  if (g_rand_double (self->random) < 0.03)
    self->hole.start = time + (gint64) (g_rand_double (self->random) * PLANCIA_DAY);
  if (self->hole.start >= time)
    self->hole.end = self->hole.start +
                     (gint64) (g_rand_double_range (self->random,
                                                    0.3,
                                                    g_rand_double (self->random) < 0.1 ? 48 : 6) *
                               PLANCIA_HOUR);
}

void
made_plant_run (MadePlant *self, MadeTake take, gpointer data)
{
  PlanciaSpan piece = {self->span.start,
                       plancia_span_day_offset (self->zone, self->span.start, PIECE).start};

  for (gint64 time = self->span.start; time < self->span.end; time += STEP) {
    if (!plancia_span_contains (self->day, time))
      begin_day (self, time);
    live_step (self, time);
    if (time < piece.end + MARGIN)
      continue;
    hand_over (self, piece, take, data);
    piece.start = piece.end;
    piece.end = plancia_span_day_offset (self->zone, piece.start, PIECE).start;
  }
  piece.end = self->span.end;
  hand_over (self, piece, take, data);
}

/* --- making -------------------------------------------------------------------------------------- */

static void
make_inverter (MadePlant *self, guint index, gboolean split)
{
  Inverter *inverter = &self->inverters[index];
  double    all = 0;

  inverter->n_strings = (guint) g_rand_int_range (self->random, 2, MADE_STRINGS + 1);
  for (guint i = 0; i < inverter->n_strings; i++) {
    double side = split ? (i % 2 == 0 ? -90 : 90) : 0;

    made_plane_init (&inverter->planes[i],
                     side + g_rand_double_range (self->random, -25, 25),
                     g_rand_double_range (self->random, 12, 32));
    inverter->size[i] = g_rand_double_range (self->random, 2.2, 4.5);
    inverter->horizon[i] = g_rand_double (self->random) < 0.3
                             ? g_rand_double_range (self->random, 0.1, 0.3)
                             : 0;
    all += inverter->size[i];
  }
  inverter->limit = all * g_rand_double_range (self->random, 0.75, 1.1);
  inverter->battery = index == 0 && g_rand_double (self->random) < 0.6;
  inverter->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < 2 * FLOWS + MADE_STRINGS + 1; i++)
    inverter->values[i] = g_array_new (FALSE, FALSE, sizeof (double));
}

/* {least, most} of what each fault takes. */
static const double much[MADE_N_FAULTS][2] = {
  [MADE_STRING_DEAD] = {0.85, 1   },
  [MADE_STRING_WEAK] = {0.18, 0.5 },
  [MADE_SHADOW] = {0.5,  0.9 },
  [MADE_INVERTER_STILL] = {1,    1   },
  [MADE_INVERTER_WEAK] = {0.18, 0.5 },
  [MADE_DIRT] = {0.15, 0.3 },
  [MADE_BATTERY_NOT_FULL] = {0.6,  0.88},
  [MADE_CLOCK_MIDNIGHT] = {20,   90  },
  [MADE_CLOCK_SUN] = {40,   90  },
  [MADE_GAPS_DAY] = {3,    6   },
  [MADE_GAPS_NIGHT] = {4,    5   },
  [MADE_COUNTER] = {0.4,  0.75},
};

static void
make_fault (MadePlant *self, MadeFaultKind kind, guint days)
{
  gboolean upward = g_rand_boolean (self->random);
  guint    first = kind == MADE_DIRT ? 420 : 60, last = days - 60;
  guint    since = (guint) g_rand_int_range (self->random, (gint) first, (gint) last);
  guint    length = (guint) g_rand_int_range (self->random, kind == MADE_DIRT ? 90 : 40, 300);

  self->fault.kind = kind;
  self->fault.since = plancia_span_day_offset (self->zone, self->span.start, (int) since).start;
  self->fault.until =
    since + length >= days || g_rand_double (self->random) < 0.3
      ? G_MAXINT64
      : plancia_span_day_offset (self->zone, self->fault.since, (int) length).start;
  self->fault.inverter = kind >= MADE_DIRT
                           ? 0
                           : (guint) g_rand_int_range (self->random, 0, (gint) self->n_inverters);
  self->fault.string =
    kind == MADE_COUNTER
      ? 0
      : (guint) g_rand_int_range (self->random,
                                  0,
                                  (gint) self->inverters[self->fault.inverter].n_strings);
  self->fault.much = g_rand_double_range (self->random, much[kind][0], much[kind][1] + 1e-9);
  self->fault.late = upward;
  if (upward && (kind == MADE_CLOCK_MIDNIGHT || kind == MADE_CLOCK_SUN))
    self->fault.much = -self->fault.much;
  if (upward && kind == MADE_COUNTER)
    self->fault.much = 1 / self->fault.much;
}

MadePlant *
made_plant_new (guint32 seed, guint years, MadeFaultKind kind)
{
  MadePlant *self = g_new0 (MadePlant, 1);
  gboolean   split;

  self->random = g_rand_new_with_seed (seed);
  self->zone = g_time_zone_new_identifier ("Europe/Rome");
  self->span.start = BEGIN;
  self->span.end = plancia_span_day_offset (self->zone, BEGIN, (int) (365 * years)).start;
  self->n_inverters = (guint) g_rand_int_range (self->random, 1, MADE_INVERTERS + 1);
  if (kind == MADE_INVERTER_STILL || kind == MADE_INVERTER_WEAK)
    self->n_inverters = MAX (self->n_inverters, 2);
  self->dirt = 1;
  split = g_rand_double (self->random) < 0.3;
  for (guint i = 0; i < self->n_inverters; i++)
    make_inverter (self, i, split);
  if (kind == MADE_BATTERY_NOT_FULL || kind == MADE_CLOCK_MIDNIGHT || kind == MADE_GAPS_NIGHT)
    self->inverters[0].battery = TRUE;
  self->inverters[0].stored = self->inverters[0].stored_sound = 0.2 * CAPACITY;
  if (kind != MADE_SOUND)
    make_fault (self, kind, 365 * years);
  return self;
}

void
made_plant_free (MadePlant *self)
{
  for (guint i = 0; i < self->n_inverters; i++) {
    g_array_unref (self->inverters[i].times);
    for (guint j = 0; j < 2 * FLOWS + MADE_STRINGS + 1; j++)
      g_array_unref (self->inverters[i].values[j]);
  }
  g_rand_free (self->random);
  g_time_zone_unref (self->zone);
  g_free (self);
}

const MadeFault *
made_plant_get_fault (MadePlant *self)
{
  return &self->fault;
}

guint
made_plant_get_n_inverters (MadePlant *self)
{
  return self->n_inverters;
}

GTimeZone *
made_plant_get_zone (MadePlant *self)
{
  return self->zone;
}

PlanciaSpan
made_plant_get_span (MadePlant *self)
{
  return self->span;
}

static const char *ids[MADE_INVERTERS] = {"first", "second", "third"};

const char *
made_inverter_id (guint inverter)
{
  return ids[inverter];
}

void
made_inverter_set_id (guint inverter, const char *id)
{
  ids[inverter] = id;
}

const char *
made_fault_name (MadeFaultKind kind)
{
  static const char *const names[MADE_N_FAULTS] = {"sound",
                                                   "string dead",
                                                   "string weak",
                                                   "shadow",
                                                   "inverter still",
                                                   "inverter weak",
                                                   "dirt",
                                                   "battery not full",
                                                   "clock, midnight",
                                                   "clock, sun",
                                                   "gaps by day",
                                                   "gaps at night",
                                                   "counter"};

  return names[kind];
}
