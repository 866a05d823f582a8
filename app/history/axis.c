/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/axis.h"

#include "base/text.h"

#include <math.h>

/* Steps on the clock within a day, in ms. */
static const gint64 clock_steps[] = {
  1 * PLANCIA_SECOND,
  2 * PLANCIA_SECOND,
  5 * PLANCIA_SECOND,
  10 * PLANCIA_SECOND,
  15 * PLANCIA_SECOND,
  30 * PLANCIA_SECOND,
  1 * PLANCIA_MINUTE,
  2 * PLANCIA_MINUTE,
  5 * PLANCIA_MINUTE,
  10 * PLANCIA_MINUTE,
  15 * PLANCIA_MINUTE,
  30 * PLANCIA_MINUTE,
  1 * PLANCIA_HOUR,
  2 * PLANCIA_HOUR,
  3 * PLANCIA_HOUR,
  6 * PLANCIA_HOUR,
  12 * PLANCIA_HOUR,
};

/* Steps in whole days, then in whole months. */
static const guint day_steps[] = {1, 2, 7, 14};
static const guint month_steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200};

#define MONTH_LENGTH (G_GINT64_CONSTANT (2629746) * PLANCIA_SECOND)
/* No axis has more ticks, whatever it is asked for. */
#define MAX_TICKS 1000
/* The least part of its value that a range is stretched to: 230 V that do not move at all are no mountains. */
#define CLOSEST 0.005

/* The smallest of 1, 2, 5 times a power of ten that is at least least. */
static double
nice_step (double least)
{
  double power = pow (10, floor (log10 (least)));
  double part = least / power;

  /* A hair of tolerance: 0.3 / 3 must give 0.1 although it is a bit more in binary. */
  if (part <= 1 + 1e-9)
    return power;
  if (part <= 2 + 1e-9)
    return 2 * power;
  return part <= 5 + 1e-9 ? 5 * power : 10 * power;
}

static void
value_label (PlanciaTick *tick, double step)
{
  int              decimals = (int) ceil (-log10 (step) - 1e-9);
  g_autofree char *text = plancia_text_number (tick->value, (guint) CLAMP (decimals, 0, 9));

  g_strlcpy (tick->label, text, sizeof tick->label);
}

static GDateTime *
local_time (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc ((time - (time % 1000 + 1000) % 1000) / 1000);

  return utc ? g_date_time_to_timezone (utc, zone) : NULL;
}

static void
add_tick (GArray *ticks, GDateTime *local, gint64 time, const char *format, gboolean major)
{
  PlanciaTick      tick = {.value = (double) time, .major = major};
  g_autofree char *text = g_date_time_format (local, format);

  g_strlcpy (tick.label, text != NULL ? text : "", sizeof tick.label);
  g_array_append_val (ticks, tick);
}

/* ms of the wall clock since local midnight. */
static gint64
wall_clock (GTimeZone *zone, gint64 time)
{
  gint64 seconds = (time - (time % 1000 + 1000) % 1000) / 1000;
  int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 wall = time + g_time_zone_get_offset (zone, interval) * PLANCIA_SECOND;

  return (wall % PLANCIA_DAY + PLANCIA_DAY) % PLANCIA_DAY;
}

/* The ticks of one local day. The clock is walked in pieces no longer than half an hour and looked
 * at on each: an hour that a change of clock skips has no tick, one that comes twice has two if
 * the step is that fine, and a zone that shifts by half an hour is right as well. */
static void
add_clock_ticks (GArray *ticks, PlanciaSpan day, PlanciaSpan span, GTimeZone *zone, gint64 step)
{
  gint64 piece = MIN (step, 30 * PLANCIA_MINUTE);
  gint64 skipped = span.start > day.start ? (span.start - day.start) / piece : 0;
  gint64 previous = -1;

  for (gint64 time = day.start + skipped * piece;
       time < MIN (day.end, span.end + 1) && ticks->len < MAX_TICKS;
       time += piece) {
    gint64   wall = wall_clock (zone, time);
    gboolean midnight = time == day.start;
    g_autoptr (GDateTime) local = NULL;

    if (!midnight && (wall % step != 0 || (step > PLANCIA_HOUR && wall == previous)))
      continue;
    previous = wall;
    if (time < span.start || (local = local_time (zone, time)) == NULL)
      continue;
    add_tick (ticks,
              local,
              time,
              midnight                ? "%-d %b"
              : step < PLANCIA_MINUTE ? "%H:%M:%S"
                                      : "%H:%M",
              midnight);
  }
}

/* Days are counted from a Monday long ago, so that steps of seven start on Mondays and steps of
 * two go on evenly over the ends of months. */
static gboolean
is_day_tick (GDateTime *local, guint step)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date,
                  (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  return (g_date_get_julian (&date) - 1) % step == 0;
}

static void
add_day_ticks (GArray *ticks, PlanciaSpan span, GTimeZone *zone, guint step)
{
  PlanciaSpan day = plancia_span_day (zone, span.start);

  while (day.start <= span.end && ticks->len < MAX_TICKS) {
    g_autoptr (GDateTime) local = local_time (zone, day.start);

    if (local == NULL)
      return;
    if (day.start >= span.start && is_day_tick (local, step))
      add_tick (ticks, local, day.start, "%-d %b", g_date_time_get_day_of_month (local) == 1);
    day = plancia_span_day (zone, day.end);
  }
}

/* month counts from January of year 0. */
static void
add_month_ticks (GArray *ticks, PlanciaSpan span, GTimeZone *zone, guint step)
{
  g_autoptr (GDateTime) begin = local_time (zone, span.start);
  gint64 month;

  if (begin == NULL)
    return;
  month = (gint64) g_date_time_get_year (begin) * 12 + g_date_time_get_month (begin) - 1;
  month -= month % step;
  for (guint i = 0; i < MAX_TICKS; i++, month += step) {
    gboolean january = month % 12 == 0;
    g_autoptr (GDateTime)
      local = g_date_time_new (zone, (int) (month / 12), (int) (month % 12) + 1, 1, 0, 0, 0);
    gint64 time = local ? g_date_time_to_unix (local) * 1000 : G_MAXINT64;

    if (time > span.end)
      return;
    if (time >= span.start)
      add_tick (ticks, local, time, january ? "%Y" : "%b", january);
  }
}

static void
add_ticks_of_days (GArray *ticks, PlanciaSpan span, GTimeZone *zone, gint64 step)
{
  for (PlanciaSpan day = plancia_span_day (zone, span.start);
       day.start <= span.end && ticks->len < MAX_TICKS;
       day = plancia_span_day (zone, day.end))
    add_clock_ticks (ticks, day, span, zone, step);
}

/* Ticks from bottom to top, both rounded outwards to the step. */
static GArray *
make_ticks (double bottom, double top, guint n, double *low, double *high)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (PlanciaTick));
  double  step;
  gint64  first, last;

  if (top - bottom < 1e-9)
    top = bottom + 1;
  step = nice_step ((top - bottom) / CLAMP (n, 1, MAX_TICKS / 2));
  first = (gint64) floor (bottom / step + 1e-9);
  last = (gint64) ceil (top / step - 1e-9);
  for (gint64 i = first; i <= last; i++) {
    PlanciaTick tick = {.value = (double) i * step, .major = i == 0};

    value_label (&tick, step);
    g_array_append_val (ticks, tick);
  }
  *low = (double) first * step;
  *high = (double) last * step;
  return ticks;
}

/**
 * plancia_axis_value_ticks:
 * @minimum: smallest value to show
 * @maximum: largest value to show
 * @n: about how many ticks are wanted, at least 1
 * @low: (out): the axis' lower end, a tick
 * @high: (out): its upper end, a tick
 *
 * The ends are rounded outwards to the step, which is 1, 2 or 5 times a power of ten, and always
 * hold zero. A range of nothing becomes 0 to 1. Values that are not finite count as 0. Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaTick): ticks from @low to @high, zero marked major,
 *   labels with the locale's decimal sign
 */
GArray *
plancia_axis_value_ticks (double minimum, double maximum, guint n, double *low, double *high)
{
  double bottom = isfinite (minimum) ? MIN (minimum, 0) : 0;
  double top = isfinite (maximum) ? MAX (maximum, 0) : 0;

  return make_ticks (bottom, top, n, low, high);
}

/**
 * plancia_axis_close_ticks:
 * @minimum: smallest value to show
 * @maximum: largest value to show
 * @n: about how many ticks are wanted, at least 1
 * @low: (out): the axis' lower end, a tick
 * @high: (out): its upper end, a tick
 *
 * As plancia_axis_value_ticks(), but without zero if the values are nearer to one another than to it. Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaTick): ticks from @low to @high
 */
GArray *
plancia_axis_close_ticks (double minimum, double maximum, guint n, double *low, double *high)
{
  double nearest = MIN (fabs (minimum), fabs (maximum));
  double short_of;

  if (!isfinite (minimum) || !isfinite (maximum) || minimum * maximum <= 0 ||
      maximum - minimum > nearest)
    return plancia_axis_value_ticks (minimum, maximum, n, low, high);
  short_of = MAX (nearest * CLOSEST - (maximum - minimum), 0) / 2;
  return make_ticks (minimum - short_of, maximum + short_of, n, low, high);
}

/**
 * plancia_axis_time_ticks:
 * @span: the time shown; a tick may stand on its end
 * @zone: whose clock
 * @n: into how many parts labels may divide the span, at least 1: two of them are never nearer
 *   than that part, except around a change of clock
 *
 * Within a day ticks are labelled with the time and midnight, which is major, with the date; from
 * a day on with the date, the first of a month being major; from a month on with the month, and
 * January, major, with the year. Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaTick): ticks, values in ms of Unix time, sorted
 */
GArray *
plancia_axis_time_ticks (PlanciaSpan span, GTimeZone *zone, guint n)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (PlanciaTick));
  gint64  part = (span.end - span.start) / MAX (n, 1);

  if (plancia_span_is_empty (span))
    return ticks;
  for (guint i = 0; i < G_N_ELEMENTS (clock_steps); i++)
    if (clock_steps[i] >= part) {
      add_ticks_of_days (ticks, span, zone, clock_steps[i]);
      return ticks;
    }
  for (guint i = 0; i < G_N_ELEMENTS (day_steps); i++)
    if (day_steps[i] * PLANCIA_DAY >= part) {
      add_day_ticks (ticks, span, zone, day_steps[i]);
      return ticks;
    }
  for (guint i = 0; i < G_N_ELEMENTS (month_steps); i++)
    if (month_steps[i] * MONTH_LENGTH >= part || i + 1 == G_N_ELEMENTS (month_steps)) {
      add_month_ticks (ticks, span, zone, month_steps[i]);
      return ticks;
    }
  return ticks;
}
