/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/series-view.h"

#include "chart/chart-text.h"
#include "chart/coverage.h"
#include "chart/hatch.h"
#include "history/reduce.h"

#include <glib/gi18n.h>

struct _PlanciaSeriesView
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GPtrArray         *layers;
  PlanciaSpan        extent;
  gint64             limit;
  gboolean           busy;
  GArray            *holes; /* NULL: to be found; finding them looks at every sample */
};

G_DEFINE_FINAL_TYPE (PlanciaSeriesView, plancia_series_view, GTK_TYPE_WIDGET)

/* Where none of the layers that are shown has anything. */
static GArray *
find_holes (PlanciaSeriesView *self)
{
  PlanciaSpan known = {self->extent.start, MIN (self->extent.end, self->limit)};
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer  *layer = g_ptr_array_index (self->layers, i);
    PlanciaSeries *series = plancia_layer_get_series (layer);

    if (!plancia_layer_get_hidden (layer) && plancia_series_get_length (series) > 0)
      g_ptr_array_add (gaps, plancia_reduce_gaps (series, known));
  }
  return plancia_coverage_common (known, gaps);
}

static void
snapshot_hole (PlanciaSeriesView *self, GtkSnapshot *snapshot, PlanciaSpan hole)
{
  const PlanciaPlot *plot = self->plot;
  double             left = MAX (plancia_plot_x (plot, hole.start), plot->x);
  double             right = MIN (plancia_plot_x (plot, hole.end), plot->x + plot->width);
  graphene_rect_t    area = GRAPHENE_RECT_INIT ((float) left,
                                             (float) plot->y,
                                             (float) (right - left),
                                             (float) plot->height);
  g_autoptr (PangoLayout) text = NULL;
  int width, height;

  if (right - left < 1)
    return;
  plancia_hatch_append (snapshot, &area, &plot->palette.hatch);
  text = plancia_chart_text_new (GTK_WIDGET (self), _ ("no data"), FALSE);
  pango_layout_get_pixel_size (text, &width, &height);
  if (right - left < width + 18)
    return;
  /* The words need a calm ground. */
  area = GRAPHENE_RECT_INIT ((float) ((left + right - width) / 2 - 6),
                             (float) (plot->y + plot->height / 4 - height / 2.0 - 3),
                             (float) (width + 12),
                             (float) (height + 6));
  gtk_snapshot_append_color (snapshot, &plot->palette.background, &area);
  plancia_chart_text_append (snapshot,
                             text,
                             (left + right) / 2,
                             plot->y + plot->height / 4,
                             0.5,
                             &plot->palette.axis);
}

static void
snapshot_holes (PlanciaSeriesView *self, GtkSnapshot *snapshot)
{
  if (self->holes == NULL)
    self->holes = find_holes (self);
  for (guint i = 0; i < self->holes->len; i++)
    snapshot_hole (self, snapshot, g_array_index (self->holes, PlanciaSpan, i));
}

static void
plancia_series_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaSeriesView *self = PLANCIA_SERIES_VIEW (widget);
  const PlanciaPlot *plot = self->plot;

  if (plot->time_ticks == NULL || plot->axes[0].ticks == NULL)
    return;
  /* A line at the very top keeps its full width. */
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT ((float) plot->x,
                                               (float) plot->y - 1,
                                               (float) plot->width + 1,
                                               (float) plot->height + 2));
  if (!self->busy)
    snapshot_holes (self, snapshot);
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);

    if (!plancia_layer_get_hidden (layer))
      plancia_layer_snapshot (layer, snapshot, plot);
  }
  gtk_snapshot_pop (snapshot);
}

static void
plancia_series_view_dispose (GObject *object)
{
  PlanciaSeriesView *self = PLANCIA_SERIES_VIEW (object);

  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->holes, g_array_unref);

  G_OBJECT_CLASS (plancia_series_view_parent_class)->dispose (object);
}

static void
plancia_series_view_class_init (PlanciaSeriesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_series_view_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_series_view_snapshot;
}

static void
plancia_series_view_init (PlanciaSeriesView *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_series_view_new:
 * @plot: the chart's; outlives the view
 * @layers: (element-type PlanciaLayer): the chart's, lowest first
 *
 * Returns: (transfer full): a widget
 */
GtkWidget *
plancia_series_view_new (const PlanciaPlot *plot, GPtrArray *layers)
{
  PlanciaSeriesView *self = g_object_new (PLANCIA_TYPE_SERIES_VIEW,
                                          "accessible-role",
                                          GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                          NULL);

  self->plot = plot;
  self->layers = g_ptr_array_ref (layers);
  return GTK_WIDGET (self);
}

/**
 * plancia_series_view_set_limit:
 * @self: a view
 * @extent: the whole time that can be looked at
 * @limit: ms of Unix time; later there can be nothing yet
 * @busy: something is being fetched: an empty stretch is not a hole yet
 */
void
plancia_series_view_set_limit (PlanciaSeriesView *self,
                               PlanciaSpan        extent,
                               gint64             limit,
                               gboolean           busy)
{
  self->extent = extent;
  self->limit = limit;
  self->busy = busy;
  plancia_series_view_layers_changed (self);
}

/**
 * plancia_series_view_layers_changed:
 * @self: a view
 *
 * Values came or went, or a layer was hidden or shown.
 */
void
plancia_series_view_layers_changed (PlanciaSeriesView *self)
{
  g_clear_pointer (&self->holes, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
