/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-watch.h"

#include "backend/cloud-meter.h"
#include "base/error.h"
#include <math.h>
#include <string.h>

/* kWh: lifetime counters come with one decimal from some devices and with none from others. */
#define ROUNDING 1.001
#define SAME     0.005
/* By day a device sends every five minutes. */
#define FROZEN_AFTER (20 * PLANCIA_MINUTE)
/* What slept needs some time to be heard again. */
#define WAKING (30 * PLANCIA_MINUTE)
/* A counter with two decimals must have moved by more than its rounding. */
#define STUCK_ENERGY 0.1
#define STUCK_AFTER  (10 * PLANCIA_MINUTE)
/* A counter that is low for longer is no mistake that passes: a person is asked. */
#define STAYS_LOW (30 * PLANCIA_MINUTE)
/* Around midnight there is a packet. */
#define MIDNIGHT_SLACK (20 * PLANCIA_MINUTE)

/* To whether the device was replaced. */
typedef enum {
  ANSWER_NOT_ASKED,
  ANSWER_OPEN,
  ANSWER_KEPT,
  ANSWER_REPLACED,
} Answer;

static const char *const answer_names[] = {
  [ANSWER_NOT_ASKED] = "",
  [ANSWER_OPEN] = "open",
  [ANSWER_KEPT] = "kept",
  [ANSWER_REPLACED] = "replaced",
};

struct _PlanciaCloudWatch
{
  gint64      newest;   /* lastUpdate of the newest packet, 0 none */
  gint64      day;      /* begin of the local day for which values were given last */
  GHashTable *counters; /* lifetime counters: key -> double* of the newest packet */
  gint64      fell;     /* packet since which they are lower, 0 they are not */
  Answer      answer;

  double power; /* that stands still */
  double energy;
  gint64 still_since; /* packet with which that began, 0 none */

  gboolean    meter;
  gint64      midnight; /* of which local day the states are known, or known not to be */
  GHashTable *states;   /* lifetime counters at midnight */
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

PlanciaCloudWatch *
plancia_cloud_watch_new (void)
{
  PlanciaCloudWatch *self = g_new0 (PlanciaCloudWatch, 1);

  self->counters = make_table ();
  self->states = make_table ();
  return self;
}

void
plancia_cloud_watch_free (PlanciaCloudWatch *self)
{
  g_hash_table_unref (self->counters);
  g_hash_table_unref (self->states);
  g_free (self);
}

void
plancia_cloud_watch_reset (PlanciaCloudWatch *self)
{
  self->newest = self->day = self->still_since = self->fell = 0;
  /* What a person has not answered, or has refused, is refused from the first packet on. */
  if (self->answer != ANSWER_OPEN && self->answer != ANSWER_KEPT)
    g_hash_table_remove_all (self->counters);
}

static void
put (GHashTable *table, const char *key, double number)
{
  g_hash_table_replace (table, g_strdup (key), g_memdup2 (&number, sizeof number));
}

static gboolean
get (GHashTable *table, const char *key, double *number)
{
  const double *found = g_hash_table_lookup (table, key);

  if (found != NULL)
    *number = *found;
  return found != NULL;
}

static gboolean
is_lifetime (const char *key)
{
  return g_str_has_prefix (key, "energy") && strstr (key, "Total") != NULL;
}

/* --- is it true ------------------------------------------------------------------------------ */

static gboolean
has_counted (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime)
{
  GHashTableIter iter;
  gpointer       number;

  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, NULL, &number))
    if (*(double *) number > 0)
      return TRUE;
  /* Nothing is known yet: a device that has been there for days has counted something. */
  return g_hash_table_size (self->counters) == 0 && realtime->first_seen > 0 &&
         realtime->last_update - realtime->first_seen > 2 * PLANCIA_DAY;
}

static gboolean
is_zeros (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime)
{
  gboolean       counters = FALSE;
  GHashTableIter iter;
  gpointer       key, number;

  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &number)) {
    if (*(double *) number != 0)
      return FALSE;
    counters |= is_lifetime (key);
  }
  return counters && has_counted (self, realtime);
}

static gboolean
has_fallen (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime)
{
  GHashTableIter iter;
  gpointer       key, number;
  double         before;

  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &number))
    if (is_lifetime (key) && get (self->counters, key, &before) &&
        *(double *) number < before - ROUNDING)
      return TRUE;
  return FALSE;
}

/* Whether it is time to ask. */
static gboolean
note_fall (PlanciaCloudWatch *self, gint64 time, gboolean fallen)
{
  if (!fallen) {
    self->fell = 0;
    if (self->answer == ANSWER_OPEN || self->answer == ANSWER_KEPT)
      self->answer = ANSWER_NOT_ASKED;
    return FALSE;
  }
  if (self->fell == 0)
    self->fell = time;
  if (self->answer != ANSWER_OPEN && self->answer != ANSWER_KEPT && time - self->fell >= STAYS_LOW)
    self->answer = ANSWER_OPEN;
  return self->answer == ANSWER_OPEN;
}

char *
plancia_cloud_watch_dup_counters (PlanciaCloudWatch *self)
{
  g_autoptr (GString) text = g_string_new (answer_names[self->answer]);
  g_autoptr (GList) keys = g_hash_table_get_keys (self->counters);

  if (self->answer == ANSWER_NOT_ASKED)
    return NULL;
  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL && self->answer != ANSWER_REPLACED; l = l->next) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_dtostr (number,
                    sizeof number,
                    *(double *) g_hash_table_lookup (self->counters, l->data));
    g_string_append_printf (text, " %s=%s", (char *) l->data, number);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static Answer
find_answer (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (answer_names); i++)
    if (g_strcmp0 (answer_names[i], name) == 0)
      return (Answer) i;
  return ANSWER_NOT_ASKED;
}

void
plancia_cloud_watch_set_counters (PlanciaCloudWatch *self, const char *counters)
{
  g_auto (GStrv) words = g_strsplit (counters != NULL ? counters : "", " ", -1);

  self->answer = find_answer (words[0]);
  g_hash_table_remove_all (self->counters);
  for (guint i = 1; self->answer != ANSWER_NOT_ASKED && words[i] != NULL; i++) {
    char  *equals = strchr (words[i], '=');
    double number = equals != NULL ? g_ascii_strtod (equals + 1, NULL) : NAN;

    if (equals == NULL || !isfinite (number))
      continue;
    *equals = '\0';
    put (self->counters, words[i], number);
  }
}

void
plancia_cloud_watch_answer (PlanciaCloudWatch *self, gboolean replaced)
{
  self->answer = replaced ? ANSWER_REPLACED : ANSWER_KEPT;
  if (!replaced)
    return;
  self->fell = 0;
  g_hash_table_remove_all (self->counters);
}

static void
note_counters (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime)
{
  GHashTableIter iter;
  gpointer       key, number;

  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &number))
    if (is_lifetime (key))
      put (self->counters, key, *(double *) number);
}

/* Production that its counter does not bear out (field notes: the counter is right). */
static gboolean
is_stuck (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime)
{
  gint64 time = realtime->last_update;
  double power, energy;

  if (!get (realtime->values, "powerGenerating", &power) ||
      !get (realtime->values, "energyGenerating", &energy) || power <= 0) {
    self->still_since = 0;
    return FALSE;
  }
  if (self->still_since == 0 || power != self->power || fabs (energy - self->energy) > SAME) {
    self->power = power;
    self->energy = energy;
    self->still_since = time;
    return FALSE;
  }
  return time - self->still_since >= STUCK_AFTER &&
         power * (double) (time - self->still_since) / PLANCIA_HOUR / 1000 > STUCK_ENERGY;
}

static gboolean
is_frozen (const PlanciaPortalRealtime *realtime, const PlanciaCloudPlace *place, gint64 now)
{
  return realtime->last_update > 0 && now - realtime->last_update > FROZEN_AFTER &&
         !plancia_cloud_place_is_quiet (place, now) &&
         !plancia_cloud_place_is_quiet (place, now - WAKING);
}

/* --- the day of a meter ---------------------------------------------------------------------- */

/* Every daily energy is the counter of a life, and there is one that has counted. */
static gboolean
is_meter (const PlanciaPortalRealtime *realtime)
{
  gboolean       found = FALSE;
  GHashTableIter iter;
  gpointer       key, number;

  /* What produces has a day of its own, also on its first one. */
  if (g_hash_table_contains (realtime->values, "energyGenerating"))
    return FALSE;
  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &number)) {
    g_autofree char *daily_key = plancia_cloud_meter_daily_key (key);
    double           daily;

    if (daily_key == NULL || !get (realtime->values, daily_key, &daily))
      continue;
    if (fabs (daily - *(double *) number) > SAME)
      return FALSE;
    found |= daily > SAME;
  }
  return found;
}

static gint64
get_midnight (const PlanciaCloudPlace *place, gint64 time)
{
  return plancia_span_day (place->zone, time).start;
}

gboolean
plancia_cloud_watch_needs_midnight (PlanciaCloudWatch       *self,
                                    const PlanciaCloudPlace *place,
                                    gint64                   now,
                                    PlanciaSpan             *span)
{
  gint64 midnight = get_midnight (place, now);

  if (!self->meter || self->midnight == midnight || now < midnight + MIDNIGHT_SLACK)
    return FALSE;
  *span = (PlanciaSpan){midnight - MIDNIGHT_SLACK, midnight + MIDNIGHT_SLACK};
  return TRUE;
}

void
plancia_cloud_watch_set_midnight (PlanciaCloudWatch       *self,
                                  const PlanciaCloudPlace *place,
                                  gint64                   now,
                                  PlanciaSamples          *samples)
{
  self->midnight = get_midnight (place, now);
  g_hash_table_remove_all (self->states);
  for (guint i = 0; samples != NULL && i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);
    gint64                     nearest = G_MAXINT64;

    for (guint j = 0; is_lifetime (column->key) && j < column->times->len; j++) {
      gint64 distance = ABS (g_array_index (column->times, gint64, j) - self->midnight);

      if (distance < nearest)
        put (self->states, column->key, g_array_index (column->values, double, j));
      nearest = MIN (nearest, distance);
    }
  }
}

static void
take_meter_day (PlanciaCloudWatch           *self,
                PlanciaReading              *reading,
                const PlanciaPortalRealtime *realtime,
                gint64                       midnight)
{
  g_autofree char *total_key = g_strconcat (reading->key, "Total", NULL);
  double           state = 0, total = 0;

  if (self->midnight == midnight && get (self->states, total_key, &state) &&
      get (realtime->values, total_key, &total) && total >= state) {
    plancia_reading_set_number (reading, total - state);
    return;
  }
  reading->quality = PLANCIA_QUALITY_MISSING;
  reading->value.kind = PLANCIA_VALUE_NONE;
  reading->message = g_strdup ("the meter's counter at midnight is not known");
}

/* --- readings -------------------------------------------------------------------------------- */

/* What belongs to one value. */
static void
take_value (PlanciaCloudWatch           *self,
            PlanciaReading              *reading,
            const PlanciaPortalRealtime *realtime,
            gint64                       midnight,
            gboolean                     stuck)
{
  if (plancia_cloud_is_daily_energy (reading->key)) {
    if (realtime->last_update > 0 && realtime->last_update < midnight) {
      plancia_reading_set_number (reading, 0);
      reading->message = g_strdup ("nothing came since midnight: the cloud still has yesterday's");
    } else if (self->meter) {
      take_meter_day (self, reading, realtime, midnight);
    }
  } else if (stuck && g_str_equal (reading->key, "powerGenerating")) {
    reading->quality = PLANCIA_QUALITY_OLD;
    reading->message = g_strdup ("the counter of the energy stands still");
  }
}

static PlanciaReadings *
make_readings (PlanciaCloudWatch           *self,
               const char                  *device,
               const PlanciaPortalRealtime *realtime,
               gint64                       now,
               gint64                       midnight,
               gboolean                     fallen,
               gboolean                     stuck)
{
  gint64           update = realtime->last_update;
  PlanciaReadings *readings = plancia_readings_new (device, update > 0 ? update : now);
  GHashTableIter   iter;
  gpointer         key, number;

  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &number)) {
    PlanciaReading *reading;

    if (fallen && g_str_has_prefix (key, "energy"))
      continue;
    reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);
    plancia_reading_set_number (reading, *(double *) number);
    take_value (self, reading, realtime, midnight, stuck);
  }
  return readings;
}

static gboolean
refuse (GError **remark, PlanciaCloudError code, const char *words)
{
  g_set_error_literal (remark, PLANCIA_CLOUD_ERROR, code, words);
  return FALSE;
}

/* FALSE and a remark: nothing of it is taken. */
static gboolean
check_whole (PlanciaCloudWatch *self, const PlanciaPortalRealtime *realtime, GError **remark)
{
  if (realtime->last_update > 0 && realtime->last_update < self->newest)
    return refuse (remark, PLANCIA_CLOUD_ERROR_WENT_BACK, "the answer is older than the last one");
  if (is_zeros (self, realtime))
    return refuse (remark, PLANCIA_CLOUD_ERROR_ZEROS, "all values are 0, lifetime counters too");
  return TRUE;
}

/**
 * plancia_cloud_watch_take:
 * @device: whose readings they become
 * @realtime: what the cloud said
 * @place: of the plant
 * @now: ms UTC
 * @again: the same packet is given too
 * @remark: (out): what is odd about it, or %NULL
 *
 * Returns: (transfer full) (nullable): what may be shown
 */
PlanciaReadings *
plancia_cloud_watch_take (PlanciaCloudWatch           *self,
                          const char                  *device,
                          const PlanciaPortalRealtime *realtime,
                          const PlanciaCloudPlace     *place,
                          gint64                       now,
                          gboolean                     again,
                          GError                     **remark)
{
  gint64   midnight = get_midnight (place, now);
  gboolean fallen, stuck, same, asks;

  if (!check_whole (self, realtime, remark))
    return NULL;
  same = realtime->last_update > 0 && realtime->last_update == self->newest &&
         self->day == midnight && !again;
  fallen = has_fallen (self, realtime);
  asks = note_fall (self, realtime->last_update > 0 ? realtime->last_update : now, fallen);
  stuck = is_stuck (self, realtime);
  if (is_frozen (realtime, place, now))
    refuse (remark, PLANCIA_CLOUD_ERROR_FROZEN, "nothing new came for more than 20 minutes by day");
  else if (asks)
    refuse (remark,
            PLANCIA_CLOUD_ERROR_REPLACED,
            "a lifetime counter has been lower than it was for half an hour");
  else if (fallen)
    refuse (remark, PLANCIA_CLOUD_ERROR_FELL, "a lifetime counter is lower than it was");
  else if (stuck)
    refuse (remark, PLANCIA_CLOUD_ERROR_STUCK, "the power stands still and its counter too");
  if (same)
    return NULL;
  self->meter = is_meter (realtime);
  self->newest = MAX (self->newest, realtime->last_update);
  self->day = midnight;
  if (!fallen)
    note_counters (self, realtime);
  return make_readings (self, device, realtime, now, midnight, fallen, stuck);
}
