/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/series-view.h"

#include "chart/chart-text.h"
#include "chart/coverage.h"
#include "chart/hatch.h"
#include "history/reduce.h"

#include <glib/gi18n.h>

/* More layers than these that paint columns share a texture. */
#define FEW_LAYERS 3

struct _PlanciaSeriesView
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GPtrArray         *layers;
  PlanciaSpan        extent;
  gint64             limit;
  gboolean           busy;
  GPtrArray
    *holes; /* by axis: GArray of PlanciaSpan, NULL for one without a pane; NULL: to be found */
};

G_DEFINE_FINAL_TYPE (PlanciaSeriesView, plancia_series_view, GTK_TYPE_WIDGET)

/* Is the layer drawn in the pane of this axis? The first two share one. */
static gboolean
is_in_pane (PlanciaLayer *layer, guint axis)
{
  guint own = plancia_layer_get_axis (layer);

  if (plancia_layer_is_state (layer) || plancia_layer_get_hidden (layer))
    return FALSE;
  return own < PLANCIA_PLOT_SHARED ? axis == 0 : own == axis;
}

/* Where none of the layers that are shown in a pane has anything. */
static GArray *
find_holes (PlanciaSeriesView *self, guint axis)
{
  PlanciaSpan known = {self->extent.start, MIN (self->extent.end, self->limit)};
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer  *layer = g_ptr_array_index (self->layers, i);
    PlanciaSeries *series = plancia_layer_get_series (layer);

    if (is_in_pane (layer, axis) && plancia_series_get_length (series) > 0)
      g_ptr_array_add (gaps, plancia_reduce_gaps (series, known));
  }
  return plancia_coverage_common (known, gaps);
}

static void
free_holes (gpointer holes)
{
  g_clear_pointer ((GArray **) &holes, g_array_unref);
}

static void
ensure_holes (PlanciaSeriesView *self)
{
  if (self->holes != NULL)
    return;
  self->holes = g_ptr_array_new_with_free_func (free_holes);
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    g_ptr_array_add (self->holes,
                     i != 1 && plancia_plot_has_pane (self->plot, i) ? find_holes (self, i) : NULL);
}

static void
snapshot_hole (PlanciaSeriesView *self, GtkSnapshot *snapshot, guint axis, PlanciaSpan hole)
{
  const PlanciaPlot     *plot = self->plot;
  const PlanciaPlotAxis *pane = &plot->axes[axis];
  double                 left = MAX (plancia_plot_x (plot, hole.start), plot->x);
  double                 right = MIN (plancia_plot_x (plot, hole.end), plot->x + plot->width);
  graphene_rect_t        area = GRAPHENE_RECT_INIT ((float) left,
                                             (float) pane->y,
                                             (float) (right - left),
                                             (float) pane->height);
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
                             (float) (pane->y + pane->height / 4 - height / 2.0 - 3),
                             (float) (width + 12),
                             (float) (height + 6));
  gtk_snapshot_append_color (snapshot, &plot->palette.background, &area);
  plancia_chart_text_append (snapshot,
                             text,
                             (left + right) / 2,
                             pane->y + pane->height / 4,
                             0.5,
                             &plot->palette.axis);
}

/* The first hole that ends after a time. */
static guint
first_hole (GArray *holes, gint64 time)
{
  guint low = 0, high = holes->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (holes, PlanciaSpan, middle).end <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
snapshot_holes (PlanciaSeriesView *self, GtkSnapshot *snapshot)
{
  ensure_holes (self);
  for (guint axis = 0; axis < self->holes->len; axis++) {
    GArray *holes = g_ptr_array_index (self->holes, axis);

    if (holes == NULL || !plancia_plot_has_pane (self->plot, axis))
      continue;
    for (guint i = first_hole (holes, self->plot->span.start); i < holes->len; i++) {
      PlanciaSpan hole = g_array_index (holes, PlanciaSpan, i);

      if (hole.start >= self->plot->span.end)
        break;
      snapshot_hole (self, snapshot, axis, hole);
    }
  }
}

static gboolean
is_painted (PlanciaSeriesView *self, guint i)
{
  PlanciaLayer *layer = g_ptr_array_index (self->layers, i);

  return !plancia_layer_get_hidden (layer) && plancia_layer_paints (layer, self->plot);
}

static guint
count_painted (PlanciaSeriesView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->layers->len; i++)
    n += is_painted (self, i);
  return n;
}

/* Neighbours that paint columns share one texture. Returns the first layer behind them. */
static guint
snapshot_texture (PlanciaSeriesView *self, GtkSnapshot *snapshot, guint first)
{
  const PlanciaPlot *plot = self->plot;
  PlanciaInk         ink = plancia_ink_new_texture (&GRAPHENE_RECT_INIT ((float) plot->x,
                                                                 (float) plot->y,
                                                                 (float) plot->width,
                                                                 (float) plot->height),
                                            gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  guint              i;

  for (i = first; i < self->layers->len && is_painted (self, i); i++)
    plancia_layer_paint (g_ptr_array_index (self->layers, i), &ink, plot);
  plancia_ink_finish (&ink, snapshot);
  return i;
}

static void
snapshot_layers (PlanciaSeriesView *self, GtkSnapshot *snapshot)
{
  gboolean many = count_painted (self) > FEW_LAYERS;
  guint    i = 0;

  while (i < self->layers->len) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);

    if (many && is_painted (self, i)) {
      i = snapshot_texture (self, snapshot, i);
      continue;
    }
    if (!plancia_layer_get_hidden (layer))
      plancia_layer_snapshot (layer, snapshot, self->plot);
    i++;
  }
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
  snapshot_layers (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
plancia_series_view_dispose (GObject *object)
{
  PlanciaSeriesView *self = PLANCIA_SERIES_VIEW (object);

  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->holes, g_ptr_array_unref);

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
  g_clear_pointer (&self->holes, g_ptr_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_series_view_find_hole:
 * @self: a view
 * @axis: of the pane, or -1 for any
 * @time: ms of Unix time
 * @hole: (out): the stretch around @time
 *
 * Returns: %FALSE if there is a value, or may still come
 */
gboolean
plancia_series_view_find_hole (PlanciaSeriesView *self, int axis, gint64 time, PlanciaSpan *hole)
{
  if (self->busy)
    return FALSE;
  ensure_holes (self);
  for (guint i = 0; i < self->holes->len; i++) {
    GArray *holes = g_ptr_array_index (self->holes, i);
    guint   at = holes != NULL && (axis < 0 || (guint) axis == i) ? first_hole (holes, time) : 0;

    if (holes == NULL || (axis >= 0 && (guint) axis != i) || at >= holes->len)
      continue;
    *hole = g_array_index (holes, PlanciaSpan, at);
    if (plancia_span_contains (*hole, time))
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_series_view_next_hole:
 * @self: a view
 * @time: ms of Unix time
 * @hole: (out): the first one of the uppermost pane that begins after @time
 *
 * Returns: %FALSE if there is none
 */
gboolean
plancia_series_view_next_hole (PlanciaSeriesView *self, gint64 time, PlanciaSpan *hole)
{
  if (self->busy)
    return FALSE;
  ensure_holes (self);
  for (guint i = 0; i < self->holes->len; i++) {
    GArray *holes = g_ptr_array_index (self->holes, i);
    guint   at;

    if (holes == NULL)
      continue;
    for (at = first_hole (holes, time); at < holes->len; at++) {
      *hole = g_array_index (holes, PlanciaSpan, at);
      if (hole->start > time)
        return TRUE;
    }
    return FALSE;
  }
  return FALSE;
}

/**
 * plancia_series_view_count_holes:
 * @self: a view
 *
 * Returns: how many there are in the uppermost pane
 */
guint
plancia_series_view_count_holes (PlanciaSeriesView *self)
{
  if (self->busy)
    return 0;
  ensure_holes (self);
  for (guint i = 0; i < self->holes->len; i++)
    if (g_ptr_array_index (self->holes, i) != NULL)
      return ((GArray *) g_ptr_array_index (self->holes, i))->len;
  return 0;
}
