/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/days.h"

#include <math.h>
#include <string.h>

/* Readings no further apart tell the course between them, whatever the pace. */
#define LEAST_GAP (31 * PLANCIA_MINUTE)
#define MOST_GAP  (61 * PLANCIA_MINUTE)
/* Inverters wake up behind sunrise, and sleep before sunset. */
#define DUSK (45 * PLANCIA_MINUTE)
/* Around noon. */
#define HALF_MIDDAY (90 * PLANCIA_MINUTE)
/* Of the largest power of some weeks: what counts as producing. */
#define PRODUCING 0.015
/* A counter that falls from less than this may only have been read wrong. kWh */
#define LEAST_FALL 0.15
/* A reset is told to the minute only between readings that are as close as this. */
#define CLOSE (16 * PLANCIA_MINUTE)
/* Of some steps the one in the middle. */
#define SOME 101

struct _PlanciaDays
{
  char       *device;
  char       *source;
  PlanciaSky *sky;
  guint       n_strings;
  PlanciaDay *days;
};

static const char *const power_keys[PLANCIA_N_DAY_FLOWS] = {"powerGenerating",
                                                            "powerConsuming",
                                                            "powerExporting",
                                                            "powerImporting",
                                                            "powerCharging",
                                                            "powerDischarging"};
static const char *const counter_keys[PLANCIA_N_DAY_FLOWS] = {"energyGenerating",
                                                              "energyConsuming",
                                                              "energyExporting",
                                                              "energyImporting",
                                                              "energyCharging",
                                                              "energyDischarging"};
static const char *const string_keys[PLANCIA_DAY_STRINGS] = {"pv1_power",
                                                             "pv2_power",
                                                             "pv3_power",
                                                             "pv4_power",
                                                             "pv5_power",
                                                             "pv6_power",
                                                             "pv7_power",
                                                             "pv8_power",
                                                             "pv9_power",
                                                             "pv10_power",
                                                             "pv11_power",
                                                             "pv12_power"};
#define CHARGE_KEY "batterySoC"

/* One column on its way through the days. */
typedef struct
{
  PlanciaDays         *days;
  const gint64        *times;
  const double        *values;
  guint                length;
  gint64               gap;
  guint                at;
  guint                begin;
  guint                end;
  const PlanciaSkyDay *day;
} Walk;

static gint64
compare_steps (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static int
compare_step (gconstpointer a, gconstpointer b, gpointer unused)
{
  return (int) compare_steps (a, b);
}

/* Several times the usual distance of readings. */
static gint64
find_gap (const gint64 *times, guint length)
{
  gint64 steps[SOME];
  guint  n = MIN (SOME, length > 0 ? length - 1 : 0);

  if (n == 0)
    return LEAST_GAP;
  for (guint i = 0; i < n; i++) {
    guint j = (guint) ((guint64) i * (length - 1) / n);

    steps[i] = times[j + 1] - times[j];
  }
  g_qsort_with_data (steps, (int) n, sizeof *steps, compare_step, NULL);
  return CLAMP (4 * steps[n / 2], LEAST_GAP, MOST_GAP);
}

static gboolean
walk_begin (Walk                      *walk,
            PlanciaDays               *days,
            const PlanciaSampleColumn *column,
            guint                      begin,
            guint                      end)
{
  if (column == NULL || column->times->len < 2)
    return FALSE;
  walk->days = days;
  walk->times = (const gint64 *) (void *) column->times->data;
  walk->values = (const double *) (void *) column->values->data;
  walk->length = column->times->len;
  walk->gap = find_gap (walk->times, walk->length);
  walk->begin = begin;
  walk->end = end;
  walk->at = begin;
  walk->day = plancia_sky_get_day (days->sky, begin);
  return TRUE;
}

/* The day that holds time, which never goes back; NULL outside of what is read. */
static inline PlanciaDay *
walk_to (Walk *walk, gint64 time)
{
  while (time >= walk->day->span.end && walk->at + 1 < walk->end)
    walk->day = plancia_sky_get_day (walk->days->sky, ++walk->at);
  if (time < walk->day->span.start || time >= walk->day->span.end)
    return NULL;
  return &walk->days->days[walk->at];
}

static inline void
add (float *sum, double amount)
{
  *sum = (float) ((isnan (*sum) ? 0 : *sum) + amount);
}

static inline double
energy_between (const Walk *walk, guint i)
{
  return (walk->values[i - 1] + walk->values[i]) / 2 *
         (double) (walk->times[i] - walk->times[i - 1]) / 3.6e9;
}

/* --- powers ---------------------------------------------------------------------------------- */

static void
read_power (Walk *walk, PlanciaDayFlow flow)
{
  for (guint i = 1; i < walk->length; i++) {
    PlanciaDay *day;

    if (walk->times[i] - walk->times[i - 1] > walk->gap)
      continue;
    day = walk_to (walk, walk->times[i - 1] / 2 + walk->times[i] / 2);
    if (day != NULL)
      add (&day->powers[flow], energy_between (walk, i));
  }
}

static inline PlanciaDayPart
part_of (const PlanciaSkyDay *day, gint64 time)
{
  if (time < day->noon - HALF_MIDDAY)
    return PLANCIA_DAY_MORNING;
  return time < day->noon + HALF_MIDDAY ? PLANCIA_DAY_MIDDAY : PLANCIA_DAY_AFTERNOON;
}

static void
read_string (Walk *walk, guint string)
{
  for (guint i = 1; i < walk->length; i++) {
    gint64      middle = walk->times[i - 1] / 2 + walk->times[i] / 2;
    PlanciaDay *day;

    if (walk->times[i] - walk->times[i - 1] > walk->gap)
      continue;
    day = walk_to (walk, middle);
    if (day != NULL)
      add (&day->strings[string][part_of (walk->day, middle)], energy_between (walk, i));
  }
}

/* --- the middle of a day's production ----------------------------------------------------------- */

static double
find_most (const Walk *walk)
{
  double most = 0;

  for (guint i = 0; i < walk->length; i++)
    most = walk->values[i] > most ? walk->values[i] : most;
  return most;
}

static void
set_middle (const Walk *walk, guint at, gint64 first, gint64 last)
{
  const PlanciaSkyDay *sky = plancia_sky_get_day (walk->days->sky, at);

  if (last > first)
    walk->days->days[at].middle =
      (float) ((double) (first / 2 + last / 2 - sky->noon) / (double) PLANCIA_MINUTE);
}

/* Between the first and the last time of something that is no longer twilight. */
static void
read_middle (Walk *walk)
{
  double producing = find_most (walk) * PRODUCING;
  gint64 first = 0, last = 0;
  guint  at = walk->begin;

  for (guint i = 0; i < walk->length && producing > 0; i++) {
    if (walk->values[i] < producing || walk_to (walk, walk->times[i]) == NULL)
      continue;
    if (walk->at != at) {
      set_middle (walk, at, first, last);
      at = walk->at;
      first = walk->times[i];
    }
    first = first == 0 ? walk->times[i] : first;
    last = walk->times[i];
  }
  set_middle (walk, at, first, last);
}

/* --- how much is known ------------------------------------------------------------------------- */

static inline gint64
overlap (gint64 start, gint64 end, gint64 from, gint64 to)
{
  return MAX (0, MIN (end, to) - MAX (start, from));
}

static void
read_known (Walk *walk)
{
  for (guint i = walk->begin; i < walk->end; i++) {
    walk->days->days[i].asked = 1;
    walk->days->days[i].light_known = 0;
    walk->days->days[i].night_known = 0;
  }
  for (guint i = 1; i < walk->length; i++) {
    gint64      start = walk->times[i - 1], end = walk->times[i];
    PlanciaDay *day;

    if (end - start > walk->gap)
      continue;
    day = walk_to (walk, start / 2 + end / 2);
    if (day == NULL)
      continue;
    if (end > walk->day->rise + DUSK && start < walk->day->set - DUSK)
      day->light_known +=
        (float) overlap (start, end, walk->day->rise + DUSK, walk->day->set - DUSK);
    if (start < walk->day->rise - DUSK)
      day->night_known +=
        (float) overlap (start, end, walk->day->span.start, walk->day->rise - DUSK);
    if (end > walk->day->set + DUSK)
      day->night_known += (float) overlap (start, end, walk->day->set + DUSK, walk->day->span.end);
  }
  for (guint i = walk->begin; i < walk->end; i++) {
    const PlanciaSkyDay *sky = plancia_sky_get_day (walk->days->sky, i);
    PlanciaDay          *day = &walk->days->days[i];
    gint64               light = MAX (sky->set - sky->rise - 2 * DUSK, PLANCIA_HOUR);
    gint64 night = MAX (sky->span.end - sky->set + sky->rise - sky->span.start - 2 * DUSK,
                        PLANCIA_HOUR);

    day->light_known = MIN (day->light_known / (float) light, 1.0f);
    day->night_known = MIN (day->night_known / (float) night, 1.0f);
  }
}

/* --- counters and battery ---------------------------------------------------------------------- */

/* Whether it ever begins anew: some meters have their whole life in the "daily" field. */
static gboolean
is_daily (const Walk *walk)
{
  for (guint i = 1; i < walk->length; i++)
    if (walk->values[i - 1] > LEAST_FALL && walk->values[i] < walk->values[i - 1] / 2)
      return TRUE;
  return FALSE;
}

static void
note_reset (const Walk *walk, PlanciaDay *day, guint i)
{
  gint64 middle = walk->times[i - 1] / 2 + walk->times[i] / 2;
  gint64 from_midnight = middle - walk->day->span.start;

  if (walk->times[i] - walk->times[i - 1] > CLOSE || walk->values[i - 1] <= LEAST_FALL ||
      walk->values[i] >= walk->values[i - 1] / 2)
    return;
  /* A clock that is ahead begins anew in the evening: that belongs to the midnight that follows. */
  if (from_midnight > PLANCIA_DAY / 2)
    from_midnight -= walk->day->span.end - walk->day->span.start;
  day->reset = (float) ((double) from_midnight / (double) PLANCIA_MINUTE);
}

static void
read_counter (Walk *walk, PlanciaDayFlow flow)
{
  gboolean daily = is_daily (walk);
  guint    before;

  for (guint i = 1; i < walk->length; i++) {
    double      amount = walk->values[i] - walk->values[i - 1];
    PlanciaDay *day;

    before = walk->at;
    day = walk_to (walk, walk->times[i]);
    if (day == NULL)
      continue;
    if (daily && amount < 0)
      note_reset (walk, day, i);
    if (daily &&
        (amount < 0 || (walk->at != before && walk->times[i] - walk->times[i - 1] > walk->gap)))
      amount = walk->values[i];
    /* A step back that is no beginning is a reading that went wrong. */
    if (amount >= 0)
      add (&day->counters[flow], amount);
  }
}

static void
read_charge (Walk *walk)
{
  for (guint i = 1; i < walk->length; i++) {
    PlanciaDay *day = walk_to (walk, walk->times[i]);

    if (day == NULL)
      continue;
    day->soc_min = (float) (isnan (day->soc_min) ? walk->values[i]
                                                 : fmin (day->soc_min, walk->values[i]));
    day->soc_max = (float) (isnan (day->soc_max) ? walk->values[i]
                                                 : fmax (day->soc_max, walk->values[i]));
    add (&day->soc_rise, fmax (walk->values[i] - walk->values[i - 1], 0));
  }
}

/* --- all of it --------------------------------------------------------------------------------- */

static void
clear_day (PlanciaDay *day)
{
  for (guint i = 0; i < sizeof *day / sizeof (float); i++)
    ((float *) day)[i] = NAN;
}

/* The one that says best when the device was heard. */
static const PlanciaSampleColumn *
find_fullest (PlanciaSamples *samples)
{
  const PlanciaSampleColumn *fullest = NULL;

  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    if (fullest == NULL || column->times->len > fullest->times->len)
      fullest = column;
  }
  return fullest;
}

static void
count_strings (PlanciaDays *self, PlanciaSamples *samples)
{
  for (guint i = self->n_strings; i < PLANCIA_DAY_STRINGS; i++) {
    const PlanciaSampleColumn *column = plancia_samples_find_column (samples, string_keys[i]);

    /* An input to which nothing is connected stays at 0. */
    for (guint j = 0; column != NULL && j < column->values->len; j++)
      if (g_array_index (column->values, double, j) > 50) {
        self->n_strings = i + 1;
        break;
      }
  }
}

/**
 * plancia_days_read:
 * @self: days
 * @samples: of these days and some hours more on both sides
 * @begin: index of the first day
 * @end: behind the last one
 */
void
plancia_days_read (PlanciaDays *self, PlanciaSamples *samples, guint begin, guint end)
{
  Walk walk;

  for (guint i = begin; i < end; i++)
    clear_day (&self->days[i]);
  if (begin >= end)
    return;
  count_strings (self, samples);
  if (walk_begin (&walk, self, find_fullest (samples), begin, end))
    read_known (&walk);
  for (guint i = 0; i < PLANCIA_N_DAY_FLOWS; i++) {
    if (walk_begin (&walk, self, plancia_samples_find_column (samples, power_keys[i]), begin, end))
      read_power (&walk, (PlanciaDayFlow) i);
    if (walk_begin (&walk,
                    self,
                    plancia_samples_find_column (samples, counter_keys[i]),
                    begin,
                    end))
      read_counter (&walk, (PlanciaDayFlow) i);
  }
  if (walk_begin (&walk, self, plancia_samples_find_column (samples, power_keys[0]), begin, end))
    read_middle (&walk);
  for (guint i = 0; i < PLANCIA_DAY_STRINGS; i++)
    if (walk_begin (&walk, self, plancia_samples_find_column (samples, string_keys[i]), begin, end))
      read_string (&walk, i);
  if (walk_begin (&walk, self, plancia_samples_find_column (samples, CHARGE_KEY), begin, end))
    read_charge (&walk);
}

void
plancia_days_set_asked (PlanciaDays *self, guint index, gboolean asked)
{
  self->days[index].asked = asked ? 1 : 0;
}

/**
 * plancia_days_new:
 * @device: id
 * @source: where the samples come from
 * @sky: its days
 *
 * Returns: (transfer full): days of which nothing is known
 */
PlanciaDays *
plancia_days_new (const char *device, const char *source, PlanciaSky *sky)
{
  PlanciaDays *self = g_new0 (PlanciaDays, 1);

  self->device = g_strdup (device);
  self->source = g_strdup (source);
  self->sky = plancia_sky_ref (sky);
  self->days = g_new (PlanciaDay, plancia_sky_get_length (sky));
  for (guint i = 0; i < plancia_sky_get_length (sky); i++)
    clear_day (&self->days[i]);
  return self;
}

void
plancia_days_free (PlanciaDays *self)
{
  g_free (self->device);
  g_free (self->source);
  plancia_sky_unref (self->sky);
  g_free (self->days);
  g_free (self);
}

const char *
plancia_days_get_device (PlanciaDays *self)
{
  return self->device;
}

const char *
plancia_days_get_source (PlanciaDays *self)
{
  return self->source;
}

PlanciaSky *
plancia_days_get_sky (PlanciaDays *self)
{
  return self->sky;
}

guint
plancia_days_get_n_strings (PlanciaDays *self)
{
  return self->n_strings;
}

const PlanciaDay *
plancia_days_get_day (PlanciaDays *self, guint index)
{
  return &self->days[index];
}

const char *const *
plancia_days_keys (void)
{
  static const char *keys[2 * PLANCIA_N_DAY_FLOWS + PLANCIA_DAY_STRINGS + 2];

  if (g_once_init_enter (&keys[0])) {
    guint n = 1;

    for (guint i = 0; i < PLANCIA_N_DAY_FLOWS; i++) {
      if (i > 0)
        keys[n++] = power_keys[i];
      keys[n++] = counter_keys[i];
    }
    for (guint i = 0; i < PLANCIA_DAY_STRINGS; i++)
      keys[n++] = string_keys[i];
    keys[n] = CHARGE_KEY;
    g_once_init_leave (&keys[0], power_keys[0]);
  }
  return keys;
}

GVariant *
plancia_days_save (PlanciaDays *self, guint begin, guint end)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                    &self->days[begin],
                                    (end - begin) * sizeof (PlanciaDay),
                                    1);
}

static void
count_saved_strings (PlanciaDays *self, guint begin, guint end)
{
  for (guint i = self->n_strings; i < PLANCIA_DAY_STRINGS; i++)
    for (guint j = begin; j < end; j++)
      if (self->days[j].strings[i][PLANCIA_DAY_MIDDAY] > 0.05f)
        self->n_strings = i + 1;
}

gboolean
plancia_days_load (PlanciaDays *self, guint begin, guint end, GVariant *bytes)
{
  gsize         size = 0;
  gconstpointer data = g_variant_get_fixed_array (bytes, &size, 1);

  if (size != (end - begin) * sizeof (PlanciaDay))
    return FALSE;
  memcpy (&self->days[begin], data, size);
  count_saved_strings (self, begin, end);
  return TRUE;
}
