/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-range.h"

#include "base/clock.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

static const char *const names[PLANCIA_N_RANGES] =
  {"day", "week", "month", "year", "all", "custom"};

static const PlanciaPeriod periods[PLANCIA_N_RANGES] = {PLANCIA_PERIOD_DAY,
                                                        PLANCIA_PERIOD_WEEK,
                                                        PLANCIA_PERIOD_MONTH,
                                                        PLANCIA_PERIOD_YEAR,
                                                        PLANCIA_PERIOD_DAY,
                                                        PLANCIA_PERIOD_DAY};

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

static GDateTime *
local_time (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  return g_date_time_to_timezone (utc, zone);
}

/* How many months it is, if it is whole ones; else 0. */
static int
count_months (GTimeZone *zone, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);
  g_autoptr (GDateTime) last = local_time (zone, span.end);

  if (g_date_time_get_day_of_month (first) != 1 || g_date_time_get_day_of_month (last) != 1)
    return 0;
  return (g_date_time_get_year (last) - g_date_time_get_year (first)) * 12 +
         g_date_time_get_month (last) - g_date_time_get_month (first);
}

static gint64
add_months (GTimeZone *zone, gint64 time, int months)
{
  g_autoptr (GDateTime) first = local_time (zone, time);
  g_autoptr (GDateTime) moved = g_date_time_add_months (first, months);

  return g_date_time_to_unix (moved) * PLANCIA_SECOND;
}

static PlanciaSpan
step_custom (GTimeZone *zone, PlanciaSpan span, int steps)
{
  int         months = count_months (zone, span);
  int         days = (int) ((span.end - span.start + PLANCIA_DAY / 2) / PLANCIA_DAY);
  PlanciaSpan moved;

  if (months > 0)
    moved = (PlanciaSpan){add_months (zone, span.start, months * steps),
                          add_months (zone, span.end, months * steps)};
  else
    moved = (PlanciaSpan){plancia_span_day_offset (zone, span.start, days * steps).start,
                          plancia_span_day_offset (zone, span.end - 1, days * steps).end};
  return steps > 0 && moved.start > plancia_clock_now () ? span : moved;
}

PlanciaSpan
plancia_history_range_step (GTimeZone *zone, PlanciaRange range, PlanciaSpan span, int steps)
{
  if (range == PLANCIA_RANGE_ALL)
    return span;
  if (range == PLANCIA_RANGE_CUSTOM)
    return step_custom (zone, span, steps);
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

/* About as many bars as a month or a year has. */
static PlanciaPeriod
bars_of_length (gint64 length)
{
  if (length <= 2 * PLANCIA_DAY)
    return PLANCIA_PERIOD_HOUR;
  if (length <= 62 * PLANCIA_DAY)
    return PLANCIA_PERIOD_DAY;
  return length <= 4 * 366 * PLANCIA_DAY ? PLANCIA_PERIOD_MONTH : PLANCIA_PERIOD_YEAR;
}

PlanciaPeriod
plancia_history_range_bars (PlanciaRange range, PlanciaSpan span)
{
  switch (range) {
  case PLANCIA_RANGE_DAY:
    return PLANCIA_PERIOD_HOUR;
  case PLANCIA_RANGE_YEAR:
    return PLANCIA_PERIOD_MONTH;
  case PLANCIA_RANGE_ALL:
  case PLANCIA_RANGE_CUSTOM:
    return bars_of_length (span.end - span.start);
  case PLANCIA_RANGE_WEEK:
  case PLANCIA_RANGE_MONTH:
  case PLANCIA_N_RANGES:
  default:
    return PLANCIA_PERIOD_DAY;
  }
}

PlanciaRange
plancia_history_range_of_bar (PlanciaPeriod period)
{
  switch (period) {
  case PLANCIA_PERIOD_WEEK:
    return PLANCIA_RANGE_WEEK;
  case PLANCIA_PERIOD_MONTH:
    return PLANCIA_RANGE_MONTH;
  case PLANCIA_PERIOD_YEAR:
    return PLANCIA_RANGE_YEAR;
  case PLANCIA_PERIOD_HOUR:
  case PLANCIA_PERIOD_DAY:
  default:
    return PLANCIA_RANGE_DAY;
  }
}

/* From the first to the last day. */
static char *
days_title (GTimeZone *zone, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);
  g_autoptr (GDateTime) last = local_time (zone, span.end - 1);
  gboolean year = g_date_time_get_year (first) == g_date_time_get_year (last);
  gboolean month = year && g_date_time_get_month (first) == g_date_time_get_month (last);
  /* Translators: strftime format of the first day of some, in the month of the last, and in another one */
  const char      *format = month ? _ ("%-d") : year ? _ ("%-d %b") : _ ("%-d %b %Y");
  g_autofree char *begin = g_date_time_format (first, format);
  /* Translators: strftime format of the last day of some: 14 Jun 2026 */
  g_autofree char *end = g_date_time_format (last, _ ("%-d %b %Y"));

  if (span.end - span.start <= 25 * PLANCIA_HOUR)
    return g_steal_pointer (&end);
  return g_strconcat (begin, "\xe2\x80\x93", end, NULL);
}

/* "2021–2026" */
static char *
years_title (GTimeZone *zone, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);
  g_autoptr (GDateTime) last = local_time (zone, span.end - 1);

  if (g_date_time_get_year (first) == g_date_time_get_year (last))
    return g_date_time_format (first, "%Y");
  return g_strdup_printf ("%d\xe2\x80\x93%d",
                          g_date_time_get_year (first),
                          g_date_time_get_year (last));
}

char *
plancia_history_range_title (GTimeZone *zone, PlanciaRange range, PlanciaSpan span)
{
  g_autoptr (GDateTime) first = local_time (zone, span.start);

  switch (range) {
  case PLANCIA_RANGE_WEEK:
  case PLANCIA_RANGE_CUSTOM:
    return days_title (zone, span);
  case PLANCIA_RANGE_ALL:
    return bars_of_length (span.end - span.start) <= PLANCIA_PERIOD_DAY ? days_title (zone, span)
                                                                        : years_title (zone, span);
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
