/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/zoom.h"

#include <math.h>

#define MAX_SPANS 100

struct _PlanciaZoomHistory
{
  GArray *spans;
};

static gint64
length_of (PlanciaSpan span)
{
  return span.end - span.start;
}

static PlanciaSpan
push_inside (PlanciaSpan span, PlanciaSpan extent)
{
  gint64 length = MIN (length_of (span), length_of (extent));
  gint64 start = CLAMP (span.start, extent.start, extent.end - length);

  return (PlanciaSpan){start, start + length};
}

/**
 * plancia_zoom_at:
 * @span: what is seen now
 * @extent: what there is to see
 * @at: the time that stays in place; outside of @span the nearest end does
 * @factor: above 0; the new length is @factor times the old one
 *
 * Returns: the new span: in @extent, no shorter than %PLANCIA_ZOOM_SHORTEST
 */
PlanciaSpan
plancia_zoom_at (PlanciaSpan span, PlanciaSpan extent, gint64 at, double factor)
{
  double length = (double) length_of (span);
  double shortest = (double) MIN (PLANCIA_ZOOM_SHORTEST, length_of (extent));
  double longer = CLAMP (length * factor, shortest, (double) length_of (extent));
  double part;

  g_return_val_if_fail (factor > 0, span);
  if (length <= 0)
    return extent;
  at = CLAMP (at, span.start, span.end);
  part = (double) (at - span.start) / length;
  span.start = at - (gint64) llround (part * longer);
  span.end = span.start + (gint64) llround (longer);
  return push_inside (span, extent);
}

/**
 * plancia_zoom_pan:
 * @span: what is seen now
 * @extent: what there is to see
 * @distance: ms, positive towards later
 *
 * Returns: @span moved by @distance, or by as much as @extent allows
 */
PlanciaSpan
plancia_zoom_pan (PlanciaSpan span, PlanciaSpan extent, gint64 distance)
{
  span.start += distance;
  span.end += distance;
  return push_inside (span, extent);
}

/**
 * plancia_zoom_equal:
 * @a: a span
 * @b: a span
 *
 * Returns: whether they start and end at the same time
 */
gboolean
plancia_zoom_equal (PlanciaSpan a, PlanciaSpan b)
{
  return a.start == b.start && a.end == b.end;
}

/**
 * plancia_zoom_history_new:
 *
 * Returns: (transfer full): an empty one
 */
PlanciaZoomHistory *
plancia_zoom_history_new (void)
{
  PlanciaZoomHistory *self = g_new0 (PlanciaZoomHistory, 1);

  self->spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  return self;
}

/**
 * plancia_zoom_history_free:
 * @self: (transfer full): one
 */
void
plancia_zoom_history_free (PlanciaZoomHistory *self)
{
  g_array_unref (self->spans);
  g_free (self);
}

/**
 * plancia_zoom_history_clear:
 * @self: one
 *
 * There is no way back any more: another day is shown.
 */
void
plancia_zoom_history_clear (PlanciaZoomHistory *self)
{
  g_array_set_size (self->spans, 0);
}

/**
 * plancia_zoom_history_push:
 * @self: one
 * @span: what is left now
 *
 * Keeps the newest hundred.
 */
void
plancia_zoom_history_push (PlanciaZoomHistory *self, PlanciaSpan span)
{
  guint length = self->spans->len;

  if (length > 0 && plancia_zoom_equal (g_array_index (self->spans, PlanciaSpan, length - 1), span))
    return;
  if (length == MAX_SPANS)
    g_array_remove_index (self->spans, 0);
  g_array_append_val (self->spans, span);
}

/**
 * plancia_zoom_history_pop:
 * @self: one
 * @present: what is seen now; entries equal to it are no way back and are skipped
 * @span: (out): what was seen before
 *
 * Returns: %FALSE if there is nothing to go back to
 */
gboolean
plancia_zoom_history_pop (PlanciaZoomHistory *self, PlanciaSpan present, PlanciaSpan *span)
{
  while (self->spans->len > 0) {
    *span = g_array_index (self->spans, PlanciaSpan, self->spans->len - 1);
    g_array_set_size (self->spans, self->spans->len - 1);
    if (!plancia_zoom_equal (*span, present))
      return TRUE;
  }
  return FALSE;
}
