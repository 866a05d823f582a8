/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"

gboolean
plancia_span_is_empty (PlanciaSpan self)
{
  return self.end <= self.start;
}

gboolean
plancia_span_contains (PlanciaSpan self, gint64 time)
{
  return time >= self.start && time < self.end;
}

PlanciaSpan
plancia_span_intersect (PlanciaSpan a, PlanciaSpan b)
{
  PlanciaSpan both = {MAX (a.start, b.start), MIN (a.end, b.end)};

  return both.end < both.start ? (PlanciaSpan){both.start, both.start} : both;
}

/* Midnight that begins the date days after the one of time. Going through the calendar date, never
 * through 24 hours, keeps days of 23 and 25 hours right. */
static gint64
midnight (GTimeZone *zone, gint64 time, int days)
{
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc (time / 1000 - (time % 1000 < 0 ? 1 : 0));
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;
  g_autoptr (GDateTime) start = NULL;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date,
                  g_date_time_get_day_of_month (local),
                  g_date_time_get_month (local),
                  g_date_time_get_year (local));
  if (days >= 0)
    g_date_add_days (&date, days);
  else
    g_date_subtract_days (&date, -days);

  start = g_date_time_new (zone,
                           g_date_get_year (&date),
                           g_date_get_month (&date),
                           g_date_get_day (&date),
                           0,
                           0,
                           0);
  return g_date_time_to_unix (start) * 1000;
}

/**
 * plancia_span_day:
 * @zone: the plant's time zone
 * @time: milliseconds of Unix time
 *
 * Returns: the local day that holds @time
 */
PlanciaSpan
plancia_span_day (GTimeZone *zone, gint64 time)
{
  return plancia_span_day_offset (zone, time, 0);
}

/**
 * plancia_span_day_offset:
 * @zone: the plant's time zone
 * @time: milliseconds of Unix time
 * @days: how many days after, or before if negative
 *
 * Returns: the local day that lies @days after the one that holds @time
 */
PlanciaSpan
plancia_span_day_offset (GTimeZone *zone, gint64 time, int days)
{
  return (PlanciaSpan){midnight (zone, time, days), midnight (zone, time, days + 1)};
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const PlanciaSpan *x = a, *y = b;

  return (x->start > y->start) - (x->start < y->start);
}

/**
 * plancia_span_array_normalise:
 * @spans: (element-type PlanciaSpan): sorted and joined in place; empty ones are removed
 */
void
plancia_span_array_normalise (GArray *spans)
{
  guint kept = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    PlanciaSpan  span = g_array_index (spans, PlanciaSpan, i);
    PlanciaSpan *last = kept > 0 ? &g_array_index (spans, PlanciaSpan, kept - 1) : NULL;

    if (plancia_span_is_empty (span))
      continue;
    if (last && span.start <= last->end)
      last->end = MAX (last->end, span.end);
    else
      g_array_index (spans, PlanciaSpan, kept++) = span;
  }
  g_array_set_size (spans, kept);
}

/**
 * plancia_span_subtract:
 * @whole: a span
 * @covered: (element-type PlanciaSpan): spans in any order, unchanged
 *
 * Returns: (transfer full) (element-type PlanciaSpan): what of @whole no span of @covered holds
 */
GArray *
plancia_span_subtract (PlanciaSpan whole, GArray *covered)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (GArray) sorted = g_array_copy (covered);
  gint64 from = whole.start;

  plancia_span_array_normalise (sorted);
  for (guint i = 0; i < sorted->len && from < whole.end; i++) {
    PlanciaSpan span = g_array_index (sorted, PlanciaSpan, i);
    PlanciaSpan gap = {from, MIN (span.start, whole.end)};

    if (!plancia_span_is_empty (gap))
      g_array_append_val (missing, gap);
    from = MAX (from, span.end);
  }
  if (from < whole.end) {
    PlanciaSpan rest = {from, whole.end};

    g_array_append_val (missing, rest);
  }

  return missing;
}

/**
 * plancia_span_split:
 * @whole: a span
 * @window: longest piece, milliseconds, > 0
 *
 * Returns: (transfer full) (element-type PlanciaSpan): pieces in order
 */
GArray *
plancia_span_split (PlanciaSpan whole, gint64 window)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  g_return_val_if_fail (window > 0, pieces);

  for (gint64 from = whole.start; from < whole.end; from += window) {
    PlanciaSpan piece = {from, MIN (from + window, whole.end)};

    g_array_append_val (pieces, piece);
  }

  return pieces;
}
