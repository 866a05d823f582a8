/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-private.h"

#include "chart/series-view.h"

/* Whoever follows sees a little of what is to come: so much of the span. */
#define AHEAD 0.03

static void
set_following (PlanciaChart *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  plancia_chart_emit (self, PLANCIA_CHART_FOLLOWING_CHANGED);
}

static gboolean
can_follow (PlanciaChart *self)
{
  return self->limit > self->extent.start && self->limit < self->extent.end;
}

/* Where a span of this length is when the present is at its end. */
static PlanciaSpan
present_span (PlanciaChart *self)
{
  PlanciaSpan span = self->plot.span;
  gint64      ahead = (gint64) ((double) (span.end - span.start) * AHEAD);

  return plancia_zoom_pan (span, self->extent, self->limit + ahead - span.end);
}

void
plancia_chart_follow (PlanciaChart *self)
{
  set_following (self, TRUE);
}

void
plancia_chart_show_span (PlanciaChart *self, PlanciaSpan span)
{
  self->plot.span = span;
  plancia_chart_refresh (self);
  plancia_chart_emit (self, PLANCIA_CHART_SPAN_CHANGED);
}

/* Charts on one time axis go back to the same zooms. */
static PlanciaChart *
find_lead (PlanciaChart *self)
{
  return self->link != NULL ? plancia_chart_link_get_lead (self->link) : self;
}

/* What is seen moves. */
static void
go_to (PlanciaChart *self, PlanciaSpan span)
{
  if (plancia_zoom_equal (span, self->plot.span))
    return;
  plancia_chart_show_span (self, span);
  plancia_chart_emit (self, PLANCIA_CHART_VISIBLE_CHANGED);
}

/* A person moved it: whoever looks at something does not want it to move away. All of the extent shows the present
 * anyway. */
static void
go_by_hand (PlanciaChart *self, PlanciaSpan span)
{
  if (plancia_zoom_equal (span, self->plot.span))
    return;
  set_following (self, can_follow (self) && plancia_zoom_equal (span, self->extent));
  go_to (self, span);
}

/**
 * plancia_chart_set_visible_span:
 * @self: a chart with an extent
 * @span: what to show; cut to the extent, all of it if nothing is left
 */
void
plancia_chart_set_visible_span (PlanciaChart *self, PlanciaSpan span)
{
  span = plancia_span_intersect (span, self->extent);
  if (plancia_span_is_empty (span))
    span = self->extent;
  if (plancia_zoom_equal (span, self->plot.span))
    return;
  set_following (self, can_follow (self) && plancia_zoom_equal (span, self->extent));
  plancia_chart_show_span (self, span);
}

/**
 * plancia_chart_get_visible_span:
 * @self: a chart
 *
 * Returns: what is seen
 */
PlanciaSpan
plancia_chart_get_visible_span (PlanciaChart *self)
{
  return self->plot.span;
}

/**
 * plancia_chart_zoom:
 * @self: a chart
 * @at: ms of Unix time: what stays in place
 * @factor: of the length; below 1 is closer
 */
void
plancia_chart_zoom (PlanciaChart *self, gint64 at, double factor)
{
  go_by_hand (self, plancia_zoom_at (self->plot.span, self->extent, at, factor));
}

/**
 * plancia_chart_zoom_to:
 * @self: a chart
 * @span: what a box was drawn around; made longer if it is too short to look at
 *
 * Can be undone.
 */
void
plancia_chart_zoom_to (PlanciaChart *self, PlanciaSpan span)
{
  gint64 middle = span.start + (span.end - span.start) / 2;

  if (span.end - span.start < PLANCIA_ZOOM_SHORTEST) {
    span.start = middle - PLANCIA_ZOOM_SHORTEST / 2;
    span.end = span.start + PLANCIA_ZOOM_SHORTEST;
  }
  plancia_chart_remember (self);
  go_by_hand (self, plancia_zoom_pan (span, self->extent, 0));
}

/**
 * plancia_chart_pan:
 * @self: a chart
 * @distance: ms, positive towards later
 */
void
plancia_chart_pan (PlanciaChart *self, gint64 distance)
{
  go_by_hand (self, plancia_zoom_pan (self->plot.span, self->extent, distance));
}

/**
 * plancia_chart_fit:
 * @self: a chart
 *
 * Shows all there is. Can be undone.
 */
void
plancia_chart_fit (PlanciaChart *self)
{
  plancia_chart_remember (self);
  go_by_hand (self, self->extent);
}

/**
 * plancia_chart_remember:
 * @self: a chart
 *
 * A person begins to zoom or pan: what is seen now is what undo comes back to.
 */
void
plancia_chart_remember (PlanciaChart *self)
{
  plancia_zoom_history_push (find_lead (self)->history, self->plot.span);
}

/**
 * plancia_chart_undo_zoom:
 * @self: a chart
 *
 * Returns: %FALSE if there was nothing to go back to
 */
gboolean
plancia_chart_undo_zoom (PlanciaChart *self)
{
  PlanciaSpan before;

  if (!plancia_zoom_history_pop (find_lead (self)->history, self->plot.span, &before))
    return FALSE;
  go_by_hand (self, before);
  return TRUE;
}

/**
 * plancia_chart_set_limit:
 * @self: a chart
 * @limit: ms of Unix time: now, for what is still growing
 * @busy: %TRUE while something is being fetched
 *
 * A chart that follows moves on with it.
 */
void
plancia_chart_set_limit (PlanciaChart *self, gint64 limit, gboolean busy)
{
  gboolean could = can_follow (self);

  self->limit = limit;
  self->busy = busy;
  plancia_series_view_set_limit (PLANCIA_SERIES_VIEW (self->curves), self->extent, limit, busy);
  if (!can_follow (self))
    set_following (self, FALSE);
  else if (!could)
    set_following (self, plancia_zoom_equal (self->plot.span, self->extent));
  if (self->following)
    go_to (self, present_span (self));
}

/**
 * plancia_chart_now:
 * @self: a chart
 *
 * Goes to the present, as close as before, and follows it from now on.
 */
void
plancia_chart_now (PlanciaChart *self)
{
  self = find_lead (self);
  if (!can_follow (self))
    return;
  plancia_chart_remember (self);
  set_following (self, TRUE);
  go_to (self, present_span (self));
}

/**
 * plancia_chart_get_following:
 * @self: a chart
 *
 * Returns: whether what is seen moves on with the present
 */
gboolean
plancia_chart_get_following (PlanciaChart *self)
{
  return self->following;
}

/**
 * plancia_chart_can_follow:
 * @self: a chart
 *
 * Returns: whether the present is in its extent
 */
gboolean
plancia_chart_can_follow (PlanciaChart *self)
{
  return can_follow (self);
}

static void
begin_boxing (PlanciaChart *self)
{
  self->boxing = TRUE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
}

static void
end_boxing (PlanciaChart *self)
{
  self->boxing = FALSE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

/**
 * plancia_chart_set_boxing:
 * @self: a chart
 * @boxing: whether a drag without Shift chooses what to zoom to, until one was chosen
 */
void
plancia_chart_set_boxing (PlanciaChart *self, gboolean boxing)
{
  if (self->link != NULL)
    plancia_chart_link_foreach (self->link, boxing ? begin_boxing : end_boxing);
  else if (boxing)
    begin_boxing (self);
  else
    end_boxing (self);
}

gboolean
plancia_chart_get_boxing (PlanciaChart *self)
{
  return self->boxing;
}
