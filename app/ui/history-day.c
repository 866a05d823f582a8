/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-day.h"

#include "base/clock.h"

#include <glib/gi18n.h>

static GDateTime *
local_time (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);

  return g_date_time_to_timezone (utc, zone);
}

static gint64
midnight (GTimeZone *zone, int year, int month, int day)
{
  g_autoptr (GDateTime) date = g_date_time_new (zone, year, month, day, 0, 0, 0);

  return date ? g_date_time_to_unix (date) * 1000 : G_MAXINT64;
}

/**
 * plancia_history_day_today:
 * @zone: of the plant
 *
 * Returns: the day that it is now
 */
PlanciaSpan
plancia_history_day_today (GTimeZone *zone)
{
  return plancia_span_day (zone, plancia_clock_now ());
}

/**
 * plancia_history_day_at:
 * @zone: of the plant
 * @time: ms of Unix time
 *
 * Returns: the day that holds @time, at most today
 */
PlanciaSpan
plancia_history_day_at (GTimeZone *zone, gint64 time)
{
  return plancia_span_day (zone, MIN (time, plancia_clock_now ()));
}

/**
 * plancia_history_day_step:
 * @zone: of the plant
 * @day: a day
 * @days: how many days on; negative: back
 *
 * Returns: that day, at most today
 */
PlanciaSpan
plancia_history_day_step (GTimeZone *zone, PlanciaSpan day, int days)
{
  return plancia_history_day_at (zone, plancia_span_day_offset (zone, day.start, days).start);
}

/**
 * plancia_history_day_from_date:
 * @zone: of the plant
 * @year: of the calendar
 * @month: from 1
 * @day: of the month
 *
 * Returns: that day, at most today; today if there is no such date
 */
PlanciaSpan
plancia_history_day_from_date (GTimeZone *zone, int year, int month, int day)
{
  return plancia_history_day_at (zone, midnight (zone, year, month, day));
}

/**
 * plancia_history_day_is_today:
 * @zone: of the plant
 * @day: a day
 *
 * Returns: whether the clock is in @day
 */
gboolean
plancia_history_day_is_today (GTimeZone *zone, PlanciaSpan day)
{
  return plancia_history_day_today (zone).start == day.start;
}

/**
 * plancia_history_day_past:
 * @day: a day
 *
 * Returns: @day without the time after now
 */
PlanciaSpan
plancia_history_day_past (PlanciaSpan day)
{
  return (PlanciaSpan){day.start, CLAMP (plancia_clock_now (), day.start, day.end)};
}

/**
 * plancia_history_day_month:
 * @zone: of the plant
 * @year: of the calendar
 * @month: from 1
 *
 * Returns: from the first midnight to the last
 */
PlanciaSpan
plancia_history_day_month (GTimeZone *zone, int year, int month)
{
  return (PlanciaSpan){midnight (zone, year, month, 1),
                       midnight (zone, year + month / 12, month % 12 + 1, 1)};
}

/**
 * plancia_history_day_title:
 * @zone: of the plant
 * @day: a day
 *
 * Returns: (transfer full): as a button says it
 */
char *
plancia_history_day_title (GTimeZone *zone, PlanciaSpan day)
{
  g_autoptr (GDateTime) date = local_time (zone, day.start);
  g_autoptr (GDateTime) now = local_time (zone, plancia_clock_now ());

  if (plancia_history_day_is_today (zone, day))
    return g_strdup (_ ("Today"));
  if (g_date_time_get_year (date) == g_date_time_get_year (now))
    /* Translators: strftime format of a day of this year on a button: Thu 11 June */
    return g_date_time_format (date, _ ("%a %-d %B"));
  /* Translators: strftime format of a day of another year on a button: Thu 11 Jun 2026 */
  return g_date_time_format (date, _ ("%a %-d %b %Y"));
}

/**
 * plancia_history_day_long_title:
 * @zone: of the plant
 * @day: a day
 *
 * Returns: (transfer full): as it is read out
 */
char *
plancia_history_day_long_title (GTimeZone *zone, PlanciaSpan day)
{
  g_autoptr (GDateTime) date = local_time (zone, day.start);

  /* Translators: strftime format of a day in words: Thursday 11 June 2026 */
  return g_date_time_format (date, _ ("%A %-d %B %Y"));
}

/**
 * plancia_history_day_clock:
 * @zone: of the plant
 * @day: a day
 * @time: ms of Unix time
 *
 * Returns: (transfer full): hour and minute
 */
char *
plancia_history_day_clock (GTimeZone *zone, PlanciaSpan day, gint64 time)
{
  gboolean one_day = day.end - day.start <= 25 * PLANCIA_HOUR;
  g_autoptr (GDateTime) local = local_time (zone, time);

  if (!one_day)
    /* Translators: strftime format of a moment of several days: 11 Jun 16:45 */
    return g_date_time_format (local, _ ("%-d %b %H:%M"));
  return time >= day.end ? g_strdup ("24:00") : g_date_time_format (local, "%H:%M");
}

/**
 * plancia_history_day_get_date:
 * @zone: of the plant
 * @time: ms of Unix time
 * @year: (out): of the calendar
 * @month: (out): from 1
 * @day: (out): of the month
 */
void
plancia_history_day_get_date (GTimeZone *zone, gint64 time, int *year, int *month, int *day)
{
  g_autoptr (GDateTime) local = local_time (zone, time);

  g_date_time_get_ymd (local, year, month, day);
}
