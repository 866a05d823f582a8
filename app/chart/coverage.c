/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/coverage.h"

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
add_borders (GArray *times, PlanciaSpan extent, GArray *spans)
{
  for (guint i = 0; i < spans->len; i++) {
    PlanciaSpan span = g_array_index (spans, PlanciaSpan, i);
    gint64      start = CLAMP (span.start, extent.start, extent.end);
    gint64      end = CLAMP (span.end, extent.start, extent.end);

    g_array_append_val (times, start);
    g_array_append_val (times, end);
  }
}

static gboolean
any_contains (GArray *spans, gint64 time)
{
  for (guint i = 0; i < spans->len; i++)
    if (plancia_span_contains (g_array_index (spans, PlanciaSpan, i), time))
      return TRUE;
  return FALSE;
}

static PlanciaCoverageKind
kind_at (gint64 time, GArray *covered, GPtrArray *gaps)
{
  gboolean confirmed = any_contains (covered, time);
  guint    n_empty = 0;

  for (guint i = 0; i < gaps->len; i++)
    n_empty += any_contains (g_ptr_array_index (gaps, i), time) ? 1 : 0;
  if (n_empty == gaps->len)
    return confirmed ? PLANCIA_COVERAGE_EMPTY : PLANCIA_COVERAGE_MISSING;
  return confirmed && n_empty == 0 ? PLANCIA_COVERAGE_COMPLETE : PLANCIA_COVERAGE_PARTIAL;
}

static void
append_joined (GArray *result, PlanciaCoverage piece)
{
  PlanciaCoverage *last = NULL;

  if (result->len > 0)
    last = &g_array_index (result, PlanciaCoverage, result->len - 1);
  if (last != NULL && last->kind == piece.kind)
    last->span.end = piece.span.end;
  else
    g_array_append_val (result, piece);
}

/**
 * plancia_coverage_find:
 * @extent: the time looked at
 * @covered: (element-type PlanciaSpan): what the source confirmed
 * @gaps: (element-type GArray): of each series that has values, where it has none
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaCoverage): @extent in pieces, neighbours differ
 */
GArray *
plancia_coverage_find (PlanciaSpan extent, GArray *covered, GPtrArray *gaps)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (PlanciaCoverage));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (plancia_span_is_empty (extent))
    return result;
  g_array_append_val (times, extent.start);
  g_array_append_val (times, extent.end);
  add_borders (times, extent, covered);
  for (guint i = 0; i < gaps->len; i++)
    add_borders (times, extent, g_ptr_array_index (gaps, i));
  g_array_sort (times, compare_times);
  for (guint i = 0; i + 1 < times->len; i++) {
    PlanciaSpan piece = {g_array_index (times, gint64, i), g_array_index (times, gint64, i + 1)};

    if (!plancia_span_is_empty (piece))
      append_joined (result, (PlanciaCoverage){piece, kind_at (piece.start, covered, gaps)});
  }
  return result;
}

/* What two sorted lists have in common. */
static GArray *
intersect (GArray *a, GArray *b)
{
  GArray *both = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  guint   i = 0, j = 0;

  while (i < a->len && j < b->len) {
    PlanciaSpan left = g_array_index (a, PlanciaSpan, i), right = g_array_index (b, PlanciaSpan, j);
    PlanciaSpan common = plancia_span_intersect (left, right);

    if (!plancia_span_is_empty (common))
      g_array_append_val (both, common);
    if (left.end <= right.end)
      i++;
    else
      j++;
  }
  return both;
}

/**
 * plancia_coverage_common:
 * @extent: the time looked at
 * @gaps: (element-type GArray): of each series, where it has no values
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaSpan): where none of them has values, all of
 *   @extent if there is no series
 */
GArray *
plancia_coverage_common (PlanciaSpan extent, GPtrArray *gaps)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  if (plancia_span_is_empty (extent))
    return result;
  g_array_append_val (result, extent);
  for (guint i = 0; i < gaps->len; i++) {
    g_autoptr (GArray) before = result;

    result = intersect (before, g_ptr_array_index (gaps, i));
  }
  return result;
}
