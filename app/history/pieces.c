/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/pieces.h"

#include "base/error.h"
#include <gio/gio.h>

/* A source hands a sample on minutes after it was taken: so near to now nothing is certain. */
#define OPEN_END (10 * PLANCIA_MINUTE)
/* A cloud that cannot answer for so short a time has another trouble. */
#define SHORTEST PLANCIA_HOUR

/* Where a piece stops being certain: where it ends, if that is long ago. Else, since the source may
 * hand on more later, behind the last sample it gave; without any, nowhere. */
static PlanciaSpan
certain_part (PlanciaSamples *samples, gint64 now)
{
  PlanciaSpan covered = plancia_samples_get_covered (samples);
  gint64      limit = now - OPEN_END, last = covered.start;

  if (covered.end <= limit)
    return covered;
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    if (column->times->len > 0)
      last = MAX (last, g_array_index (column->times, gint64, column->times->len - 1) + 1);
  }
  covered.end = MAX (covered.start, MIN (covered.end, MIN (last, limit)));
  return covered;
}

static PlanciaSamples *
with_cover (PlanciaSamples *samples, const char *device, const char *source, PlanciaSpan covered)
{
  PlanciaSamples *copy = plancia_samples_new (device, source, covered);

  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    for (guint at = 0; at < column->times->len; at++)
      plancia_samples_add (copy,
                           column->key,
                           g_array_index (column->times, gint64, at),
                           g_array_index (column->values, double, at));
  }
  plancia_samples_add_oddities (copy, plancia_samples_get_oddities (samples));
  return plancia_samples_seal (copy);
}

/**
 * plancia_pieces_find:
 * @span: what is wanted; the future is not asked for
 * @covered: (nullable) (element-type PlanciaSpan): what need not be asked for
 * @window: longest piece, ms
 * @now: ms UTC
 *
 * Returns: (transfer full) (element-type PlanciaSpan): the pieces, in order of time
 */
GArray *
plancia_pieces_find (PlanciaSpan span, GArray *covered, gint64 window, gint64 now)
{
  GArray     *pieces = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan past = {span.start, MIN (span.end, now)};
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (GArray) missing = NULL;

  if (window <= 0 || plancia_span_is_empty (past))
    return pieces;
  missing = plancia_span_subtract (past, covered != NULL ? covered : nothing);
  for (guint i = 0; i < missing->len; i++) {
    g_autoptr (GArray) parts = plancia_span_split (g_array_index (missing, PlanciaSpan, i), window);

    g_array_append_vals (pieces, parts->data, parts->len);
  }
  return pieces;
}

/**
 * plancia_pieces_for_store:
 * @samples: what a source answered
 * @device: the store's id of the device
 * @source: under which name it is kept
 * @now: ms UTC
 *
 * Returns: (transfer full): the same samples under these names, covering what is certain
 */
PlanciaSamples *
plancia_pieces_for_store (PlanciaSamples *samples,
                          const char     *device,
                          const char     *source,
                          gint64          now)
{
  PlanciaSpan given = plancia_samples_get_covered (samples), certain = certain_part (samples, now);

  if (certain.end == given.end && g_str_equal (plancia_samples_get_device (samples), device) &&
      g_str_equal (plancia_samples_get_source (samples), source))
    return plancia_samples_ref (samples);
  return with_cover (samples, device, source, certain);
}

static void
find_ends (PlanciaSamples *samples, PlanciaSpan *found)
{
  *found = (PlanciaSpan){G_MAXINT64, G_MININT64};
  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    GArray *times = plancia_samples_get_column (samples, i)->times;

    if (times->len == 0)
      continue;
    found->start = MIN (found->start, g_array_index (times, gint64, 0));
    found->end = MAX (found->end, g_array_index (times, gint64, times->len - 1) + 1);
  }
}

/**
 * plancia_pieces_cut:
 * @samples: what a source answered
 * @rest: (out): what it may have left out
 *
 * Whoever asks for more than a source gives at once may be given a part as if it were all. What ends, or begins, a day or more
 * within what was asked for is asked for again: a source that has nothing there says so then.
 *
 * Returns: (transfer full): the samples; with a rest, they do not cover it
 */
PlanciaSamples *
plancia_pieces_cut (PlanciaSamples *samples, PlanciaSpan *rest)
{
  PlanciaSpan asked = plancia_samples_get_covered (samples), found;

  find_ends (samples, &found);
  *rest = (PlanciaSpan){0, 0};
  if (found.start >= found.end)
    return plancia_samples_ref (samples);
  if (asked.end - found.end >= PLANCIA_DAY) {
    *rest = (PlanciaSpan){found.end, asked.end};
    asked.end = found.end;
  } else if (found.start - asked.start >= PLANCIA_DAY) {
    *rest = (PlanciaSpan){asked.start, found.start};
    asked.start = found.start;
  } else {
    return plancia_samples_ref (samples);
  }
  return with_cover (samples,
                     plancia_samples_get_device (samples),
                     plancia_samples_get_source (samples),
                     asked);
}

/**
 * plancia_pieces_may_halve:
 * @error: why a piece failed
 *
 * Returns: whether a shorter piece may be answered
 */
gboolean
plancia_pieces_may_halve (const GError *error)
{
  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_TOO_LARGE) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_SILENT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/**
 * plancia_pieces_halve:
 * @pieces: (element-type PlanciaSpan): what is still to be asked for
 * @piece: one that was taken from the end
 *
 * Returns: %FALSE, and nothing is added, if the piece is an hour or less
 */
gboolean
plancia_pieces_halve (GArray *pieces, PlanciaSpan piece)
{
  gint64      middle = piece.start + (piece.end - piece.start) / 2;
  PlanciaSpan halves[] = {
    {piece.start, middle   },
    {middle,      piece.end}
  };

  if (piece.end - piece.start <= SHORTEST)
    return FALSE;
  g_array_append_vals (pieces, halves, G_N_ELEMENTS (halves));
  return TRUE;
}

/**
 * plancia_pieces_take:
 * @pieces: (element-type PlanciaSpan): at least one
 * @window: longest piece, ms
 *
 * Returns: the newest piece; what was cut off stays
 */
PlanciaSpan
plancia_pieces_take (GArray *pieces, gint64 window)
{
  PlanciaSpan piece = g_array_index (pieces, PlanciaSpan, pieces->len - 1);

  g_array_set_size (pieces, pieces->len - 1);
  if (piece.end - piece.start > window) {
    g_autoptr (GArray) parts = plancia_span_split (piece, window);

    g_array_append_vals (pieces, parts->data, parts->len - 1);
    piece = g_array_index (parts, PlanciaSpan, parts->len - 1);
  }
  return piece;
}
