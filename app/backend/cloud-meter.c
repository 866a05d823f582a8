/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-meter.h"

#include <math.h>
#include <string.h>

#define TOTAL "Total"
/* kWh: less than a counter's last digit. */
#define SAME 0.005
/* The state at midnight is that of a packet so near. */
#define NEAR (30 * PLANCIA_MINUTE)

char *
plancia_cloud_meter_daily_key (const char *total_key)
{
  if (!g_str_has_prefix (total_key, "energy") || !g_str_has_suffix (total_key, TOTAL))
    return NULL;
  return g_strndup (total_key, strlen (total_key) - strlen (TOTAL));
}

gboolean
plancia_cloud_is_daily_energy (const char *key)
{
  return g_str_has_prefix (key, "energy") && strstr (key, TOTAL) == NULL;
}

/* --- is it one ------------------------------------------------------------------------------- */

static double
value_at (const PlanciaSampleColumn *column, guint index)
{
  return g_array_index (column->values, double, index);
}

static gint64
time_at (const PlanciaSampleColumn *column, guint index)
{
  return g_array_index (column->times, gint64, index);
}

/* Everywhere the same, and more than nothing. */
static gboolean
is_same (const PlanciaSampleColumn *daily, const PlanciaSampleColumn *total)
{
  gboolean counted = FALSE;

  if (daily->times->len != total->times->len)
    return FALSE;
  for (guint i = 0; i < daily->times->len; i++) {
    if (time_at (daily, i) != time_at (total, i) ||
        fabs (value_at (daily, i) - value_at (total, i)) > SAME)
      return FALSE;
    counted |= value_at (total, i) > SAME;
  }
  return counted;
}

/* (element-type utf8): daily keys that are lifetime counters. */
static GHashTable *
find_false (PlanciaSamples *samples)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* What produces has a day of its own, also on its first one. */
  if (plancia_samples_find_column (samples, "energyGenerating") != NULL)
    return keys;
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *total = plancia_samples_get_column (samples, i);
    g_autofree char           *key = plancia_cloud_meter_daily_key (total->key);
    const PlanciaSampleColumn *daily = key != NULL ? plancia_samples_find_column (samples, key)
                                                   : NULL;

    if (daily != NULL && is_same (daily, total))
      g_hash_table_add (keys, g_steal_pointer (&key));
  }
  return keys;
}

/* --- the day --------------------------------------------------------------------------------- */

/* The state at midnight: that of the nearest packet around it. */
static gboolean
find_midnight (const PlanciaSampleColumn *total, gint64 midnight, double *state)
{
  gint64 nearest = NEAR + 1;

  for (guint i = 0; i < total->times->len; i++) {
    gint64 distance = ABS (time_at (total, i) - midnight);

    if (distance < nearest) {
      nearest = distance;
      *state = value_at (total, i);
    }
  }
  return nearest <= NEAR;
}

static void
add_differences (PlanciaSamples *mended, const PlanciaSampleColumn *daily, GTimeZone *zone)
{
  PlanciaSpan day = {0, 0};
  gboolean    known = FALSE;
  double      state = 0;

  for (guint i = 0; i < daily->times->len; i++) {
    gint64 time = time_at (daily, i);

    if (!plancia_span_contains (day, time)) {
      day = plancia_span_day (zone, time);
      known = find_midnight (daily, day.start, &state);
    }
    if (known)
      plancia_samples_add (mended, daily->key, time, fmax (value_at (daily, i) - state, 0));
  }
}

/**
 * plancia_cloud_meter_mend:
 * @samples: what a cloud said of a stretch of time
 * @zone: of the plant
 *
 * Any thread.
 *
 * Returns: (transfer full): @samples itself where nothing is wrong
 */
PlanciaSamples *
plancia_cloud_meter_mend (PlanciaSamples *samples, GTimeZone *zone)
{
  g_autoptr (GHashTable) wrong = find_false (samples);
  PlanciaSamples *mended;

  if (g_hash_table_size (wrong) == 0)
    return plancia_samples_ref (samples);
  mended = plancia_samples_new (plancia_samples_get_device (samples),
                                plancia_samples_get_source (samples),
                                plancia_samples_get_covered (samples));
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    if (g_hash_table_contains (wrong, column->key)) {
      add_differences (mended, column, zone);
      continue;
    }
    for (guint j = 0; j < column->times->len; j++)
      plancia_samples_add (mended, column->key, time_at (column, j), value_at (column, j));
  }
  plancia_samples_add_oddities (mended, plancia_samples_get_oddities (samples));
  return plancia_samples_seal (mended);
}
