/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-link.h"

#include "chart/chart-private.h"
#include "chart/crosshair.h"

struct _PlanciaChartLink
{
  GPtrArray *charts; /* PlanciaChart, the leading one first; each takes itself out when it goes */
  gboolean   busy;   /* one follows another now */
};

static PlanciaChart *
chart_at (PlanciaChartLink *self, guint index)
{
  return g_ptr_array_index (self->charts, index);
}

/* --- one follows another --------------------------------------------------------------------- */

static void
copy_span (PlanciaChart *from, PlanciaChart *to)
{
  if (!plancia_zoom_equal (to->extent, from->extent) || to->zone != from->zone)
    plancia_chart_set_extent (to, from->extent, from->zone);
  plancia_chart_set_visible_span (to, from->plot.span);
}

static void
copy_cursors (PlanciaChart *from, PlanciaChart *to)
{
  PlanciaCursors *source = plancia_chart_get_cursors (from);
  PlanciaCursors *target = plancia_chart_get_cursors (to);

  plancia_cursors_set_shown (target, plancia_cursors_get_shown (source));
  for (int i = 0; i < PLANCIA_N_CURSORS; i++)
    plancia_cursors_set_time (target, i, plancia_cursors_get_time (source, i));
  plancia_cursors_choose (target, plancia_cursors_get_chosen (source));
}

/* At the very time: each chart reads its own values there. */
static void
copy_crosshair (PlanciaChart *from, PlanciaChart *to)
{
  gint64 time = plancia_chart_get_cursor (from);

  if (plancia_chart_get_cursor (to) == time)
    return;
  plancia_crosshair_set_time (PLANCIA_CROSSHAIR (to->crosshair), time);
  plancia_chart_update_description (to);
  plancia_chart_emit (to, PLANCIA_CHART_CURSOR_MOVED);
}

static void
spread (PlanciaChartLink *self,
        PlanciaChart     *from,
        void (*copy) (PlanciaChart *from, PlanciaChart *to))
{
  if (self->busy)
    return;
  self->busy = TRUE;
  for (guint i = 0; i < self->charts->len; i++)
    if (chart_at (self, i) != from)
      copy (from, chart_at (self, i));
  self->busy = FALSE;
}

static void
span_changed (PlanciaChart *chart, PlanciaChartLink *self)
{
  gboolean other = !self->busy && chart != chart_at (self, 0);

  spread (self, chart, copy_span);
  if (other)
    plancia_chart_emit (chart_at (self, 0), PLANCIA_CHART_VISIBLE_CHANGED);
}

static void
cursor_moved (PlanciaChart *chart, PlanciaChartLink *self)
{
  spread (self, chart, copy_crosshair);
}

static void
cursors_changed (PlanciaCursors *cursors, PlanciaChartLink *self)
{
  for (guint i = 0; i < self->charts->len; i++)
    if (plancia_chart_get_cursors (chart_at (self, i)) == cursors)
      spread (self, chart_at (self, i), copy_cursors);
}

/* --- which ----------------------------------------------------------------------------------- */

/* Where there are several, all keep the same room for labels at the right. */
static void
update_room (PlanciaChartLink *self)
{
  for (guint i = 0; i < self->charts->len; i++) {
    PlanciaChart *chart = chart_at (self, i);
    gboolean      aligned = self->charts->len > 1;

    if (chart->plot.aligned == aligned)
      continue;
    chart->plot.aligned = aligned;
    plancia_chart_refresh (chart);
  }
}

static void
attach (PlanciaChartLink *self, PlanciaChart *chart)
{
  g_ptr_array_add (self->charts, chart);
  chart->link = self;
  g_signal_connect (chart, "span-changed", G_CALLBACK (span_changed), self);
  g_signal_connect (chart, "cursor-moved", G_CALLBACK (cursor_moved), self);
  g_signal_connect (plancia_chart_get_cursors (chart),
                    "changed",
                    G_CALLBACK (cursors_changed),
                    self);
}

static void
detach (PlanciaChartLink *self, PlanciaChart *chart)
{
  chart->link = NULL;
  chart->plot.aligned = FALSE;
  g_signal_handlers_disconnect_by_data (chart, self);
  if (chart->cursors != NULL)
    g_signal_handlers_disconnect_by_data (chart->cursors, self);
}

/**
 * plancia_chart_link_new:
 * @lead: the first chart
 *
 * Returns: (transfer full): a link of one
 */
PlanciaChartLink *
plancia_chart_link_new (PlanciaChart *lead)
{
  PlanciaChartLink *self = g_new0 (PlanciaChartLink, 1);

  self->charts = g_ptr_array_new ();
  attach (self, lead);
  return self;
}

/**
 * plancia_chart_link_free:
 * @self: (transfer full) (nullable): a link; its charts go on alone
 */
void
plancia_chart_link_free (PlanciaChartLink *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->charts->len; i++)
    detach (self, chart_at (self, i));
  g_ptr_array_unref (self->charts);
  g_free (self);
}

/**
 * plancia_chart_link_add:
 * @self: a link
 * @chart: shows what the first one shows from now on
 */
void
plancia_chart_link_add (PlanciaChartLink *self, PlanciaChart *chart)
{
  g_return_if_fail (chart->link == NULL);

  attach (self, chart);
  update_room (self);
  spread (self, chart_at (self, 0), copy_span);
  spread (self, chart_at (self, 0), copy_cursors);
  spread (self, chart_at (self, 0), copy_crosshair);
}

/**
 * plancia_chart_link_remove:
 * @self: a link
 * @chart: one that was added
 */
void
plancia_chart_link_remove (PlanciaChartLink *self, PlanciaChart *chart)
{
  g_return_if_fail (chart->link == self && chart != chart_at (self, 0));

  detach (self, chart);
  g_ptr_array_remove (self->charts, chart);
  update_room (self);
}

PlanciaChart *
plancia_chart_link_get_lead (PlanciaChartLink *self)
{
  return chart_at (self, 0);
}

void
plancia_chart_link_foreach (PlanciaChartLink *self, void (*what) (PlanciaChart *chart))
{
  for (guint i = 0; i < self->charts->len; i++)
    what (chart_at (self, i));
}
