/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-range.h"

#include "base/clock.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

#define WEEKS_OF_YEAR 52

static const char *const names[PLANCIA_N_RANGES] = {"day", "week", "month", "year"};

static const PlanciaPeriod periods[PLANCIA_N_RANGES] = {PLANCIA_PERIOD_DAY,
                                                        PLANCIA_PERIOD_WEEK,
                                                        PLANCIA_PERIOD_MONTH,
                                                        PLANCIA_PERIOD_YEAR};

const char *
plancia_history_range_name (PlanciaRange range)
{
  g_return_val_if_fail (range < PLANCIA_N_RANGES, NULL);
  return names[range];
}

gboolean
plancia_history_range_parse (const char *name, PlanciaRange *range)
{
  for (guint i = 0; i < PLANCIA_N_RANGES; i++)
    if (g_str_equal (names[i], name)) {
      *range = i;
      return TRUE;
    }
  return FALSE;
}

static PlanciaSpan
period_at (GTimeZone *zone, PlanciaRange range, gint64 time)
{
  g_autoptr (GArray)
    found = plancia_energy_periods (zone, (PlanciaSpan){time, time + 1}, periods[range]);

  return g_array_index (found, PlanciaSpan, 0);
}

PlanciaSpan
plancia_history_range_at (GTimeZone *zone, PlanciaRange range, gint64 time)
{
  return period_at (zone, range, MIN (time, plancia_clock_now ()));
}

PlanciaSpan
plancia_history_range_step (GTimeZone *zone, PlanciaRange range, PlanciaSpan span, int steps)
{
  for (; steps > 0; steps--)
    span = plancia_history_range_at (zone, range, span.end);
  for (; steps < 0; steps++)
    span = period_at (zone, range, span.start - 1);
  return span;
}

gboolean
plancia_history_range_is_present (GTimeZone *zone, PlanciaRange range, PlanciaSpan span)
{
  return plancia_span_contains (span, plancia_clock_now ());
}

PlanciaPeriod
plancia_history_range_bars (PlanciaRange range)
{
  switch (range) {
  case PLANCIA_RANGE_DAY:
    return PLANCIA_PERIOD_HOUR;
  case PLANCIA_RANGE_YEAR:
    return PLANCIA_PERIOD_MONTH;
  case PLANCIA_RANGE_WEEK:
  case PLANCIA_RANGE_MONTH:
  case PLANCIA_N_RANGES:
  default:
    return PLANCIA_PERIOD_DAY;
  }
}

static GDateTime *
local_time (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  return g_date_time_to_timezone (utc, zone);
}

static char *
week_title (GTimeZone *zone, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);
  g_autoptr (GDateTime) last = local_time (zone, span.end - 1);
  gboolean same = g_date_time_get_month (first) == g_date_time_get_month (last);
  /* Translators: strftime format of the first day of a week, in the month of the last, and in another one */
  g_autofree char *begin = g_date_time_format (first, same ? _ ("%-d") : _ ("%-d %b"));
  /* Translators: strftime format of the last day of a week: 14 Jun 2026 */
  g_autofree char *end = g_date_time_format (last, _ ("%-d %b %Y"));

  return g_strconcat (begin, "\xe2\x80\x93", end, NULL);
}

char *
plancia_history_range_title (GTimeZone *zone, PlanciaRange range, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);

  switch (range) {
  case PLANCIA_RANGE_WEEK:
    return week_title (zone, span);
  case PLANCIA_RANGE_MONTH:
    /* Translators: strftime format of a month on a button: June 2026 */
    return g_date_time_format (first, _ ("%B %Y"));
  case PLANCIA_RANGE_YEAR:
    return g_date_time_format (first, "%Y");
  case PLANCIA_RANGE_DAY:
  case PLANCIA_N_RANGES:
  default:
    return plancia_history_day_title (zone, span);
  }
}

PlanciaSpan
plancia_history_range_last_year (GTimeZone *zone, PlanciaRange range, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);
  g_autoptr (GDateTime) before = range == PLANCIA_RANGE_WEEK
                                   ? g_date_time_add_weeks (first, -WEEKS_OF_YEAR)
                                   : g_date_time_add_years (first, -1);

  return period_at (zone, range, g_date_time_to_unix (before) * PLANCIA_SECOND);
}
