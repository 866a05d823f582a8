/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-compare.h"

#include <math.h>
#include <string.h>

#define DEVICE "device:"
#define PLANT  "plant:"
#define WEEK   7
/* So many weeks are a year, as near as weeks can be. */
#define WEEKS_OF_YEAR 52

static const char *const aligns[PLANCIA_N_ALIGNS] = {"clock", "weekday", "sun"};

void
plancia_history_compare_clear (PlanciaHistoryCompare *self)
{
  g_clear_pointer (&self->device, g_free);
}

/* What follows the name of a kind; or NULL. */
static const char *
rest_of (const char *words, const char *kind)
{
  return g_str_has_prefix (words, kind) && words[strlen (kind)] != '\0' ? words + strlen (kind)
                                                                        : NULL;
}

gboolean
plancia_history_compare_set_with (PlanciaHistoryCompare *self, const char *words)
{
  const char        *device = rest_of (words, DEVICE), *plant = rest_of (words, PLANT);
  PlanciaCompareWith with;

  if (g_str_equal (words, "before"))
    with = PLANCIA_COMPARE_BEFORE;
  else if (g_str_equal (words, "year"))
    with = PLANCIA_COMPARE_YEAR;
  else if (device != NULL)
    with = PLANCIA_COMPARE_DEVICE;
  else if (plant != NULL)
    with = PLANCIA_COMPARE_PLANT;
  else
    return FALSE;
  self->with = with;
  g_free (self->device);
  self->device = g_strdup (device != NULL ? device : plant);
  return TRUE;
}

char *
plancia_history_compare_dup_with (const PlanciaHistoryCompare *self)
{
  if (plancia_history_compare_is_same_time (self))
    return g_strconcat (self->with == PLANCIA_COMPARE_PLANT ? PLANT : DEVICE, self->device, NULL);
  return g_strdup (self->with == PLANCIA_COMPARE_BEFORE ? "before" : "year");
}

gboolean
plancia_history_compare_is_same_time (const PlanciaHistoryCompare *self)
{
  return self->with == PLANCIA_COMPARE_DEVICE || self->with == PLANCIA_COMPARE_PLANT;
}

const char *
plancia_history_compare_align_name (PlanciaCompareAlign align)
{
  g_return_val_if_fail (align < PLANCIA_N_ALIGNS, NULL);
  return aligns[align];
}

gboolean
plancia_history_compare_parse_align (const char *name, PlanciaCompareAlign *align)
{
  for (guint i = 0; i < PLANCIA_N_ALIGNS; i++)
    if (g_str_equal (aligns[i], name)) {
      *align = i;
      return TRUE;
    }
  return FALSE;
}

/* --- spans ----------------------------------------------------------------------------------- */

static PlanciaSpan
move_days (GTimeZone *zone, PlanciaSpan span, int days)
{
  return (PlanciaSpan){plancia_span_day_offset (zone, span.start, days).start,
                       plancia_span_day_offset (zone, span.end - 1, days).end};
}

/* Whole days, also if one of them has 23 or 25 hours. */
static int
count_days (PlanciaSpan span)
{
  return (int) ((span.end - span.start + PLANCIA_DAY / 2) / PLANCIA_DAY);
}

/* By how many days the weekdays match again. */
static int
week_days (const PlanciaHistoryCompare *self, PlanciaSpan span)
{
  int weeks = (count_days (span) + WEEK - 1) / WEEK;

  if (self->with == PLANCIA_COMPARE_YEAR || weeks > WEEKS_OF_YEAR)
    weeks = (weeks + WEEKS_OF_YEAR - 1) / WEEKS_OF_YEAR * WEEKS_OF_YEAR;
  return MAX (weeks, 1) * WEEK;
}

static gint64
year_before (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) before = g_date_time_add_years (local, -1);

  return g_date_time_to_unix (before) * PLANCIA_SECOND;
}

PlanciaSpan
plancia_history_compare_span (const PlanciaHistoryCompare *self,
                              GTimeZone                   *zone,
                              PlanciaRange                 range,
                              PlanciaSpan                  span)
{
  if (!self->on || plancia_span_is_empty (span))
    return (PlanciaSpan){0, 0};
  if (plancia_history_compare_is_same_time (self))
    return span;
  /* There is nothing before everything. */
  if (range == PLANCIA_RANGE_ALL)
    return (PlanciaSpan){0, 0};
  if (self->align == PLANCIA_ALIGN_WEEKDAY || range == PLANCIA_RANGE_WEEK)
    return move_days (zone, span, -week_days (self, span));
  if (self->with == PLANCIA_COMPARE_BEFORE)
    return plancia_history_range_step (zone, range, span, -1);
  return (PlanciaSpan){year_before (zone, span.start), year_before (zone, span.end)};
}

GArray *
plancia_history_compare_bars (const PlanciaHistoryCompare *self,
                              GTimeZone                   *zone,
                              PlanciaSpan                  span,
                              PlanciaSpan                  other,
                              GArray                      *bars,
                              PlanciaPeriod                period)
{
  int     days = count_days ((PlanciaSpan){other.start, span.start});
  GArray *moved;

  if (plancia_history_compare_is_same_time (self))
    return g_array_ref (bars);
  if (self->align != PLANCIA_ALIGN_WEEKDAY || period != PLANCIA_PERIOD_DAY)
    return plancia_energy_periods (zone, other, period);
  moved = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  for (guint i = 0; i < bars->len; i++) {
    PlanciaSpan bar = move_days (zone, g_array_index (bars, PlanciaSpan, i), -days);

    g_array_append_val (moved, bar);
  }
  return moved;
}

/* --- moments --------------------------------------------------------------------------------- */

static gint64
offset_at (GTimeZone *zone, gint64 time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time / PLANCIA_SECOND);

  return interval >= 0 ? (gint64) g_time_zone_get_offset (zone, interval) * PLANCIA_SECOND : 0;
}

gint64
plancia_history_sun_equation (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  double angle = 2 * G_PI * (g_date_time_get_day_of_year (date) - 81) / 365.25;
  /* The usual approximation, minutes; good to half of one. */
  double minutes = 9.87 * sin (2 * angle) - 7.53 * cos (angle) - 1.5 * sin (angle);

  return (gint64) (minutes * (double) PLANCIA_MINUTE);
}

static gint64
move_by_sun (const PlanciaHistoryAlignment *self, gint64 time)
{
  /* Whole days of 24 hours lie between the two; the clock's summer time has no part in it. */
  gint64 here = self->span.start + offset_at (self->zone, self->span.start);
  gint64 there = self->other.start + offset_at (self->zone, self->other.start);

  return time + here - there + plancia_history_sun_equation (self->other.start) -
         plancia_history_sun_equation (self->span.start);
}

static gint64
move_by_clock (const PlanciaHistoryAlignment *self, gint64 time)
{
  gint64 here = self->span.start + offset_at (self->zone, self->span.start);
  gint64 there = self->other.start + offset_at (self->zone, self->other.start);
  gint64 clock = time + offset_at (self->zone, time) + here - there;
  gint64 guess = clock - offset_at (self->zone, self->span.start);

  return clock - offset_at (self->zone, guess);
}

gint64
plancia_history_alignment_move (gpointer alignment, gint64 time)
{
  const PlanciaHistoryAlignment *self = alignment;

  return self->align == PLANCIA_ALIGN_SUN ? move_by_sun (self, time) : move_by_clock (self, time);
}
