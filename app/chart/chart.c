/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart.h"

#include "base/signal-new.h"
#include "chart/axis-view.h"
#include "chart/chart-input.h"
#include "chart/chart-text.h"
#include "chart/coverage-strip.h"
#include "chart/crosshair.h"
#include "chart/series-view.h"
#include "chart/zoom.h"

#define MINIMUM_WIDTH  240
#define MINIMUM_HEIGHT 180
#define NATURAL_WIDTH  600
#define NATURAL_HEIGHT 320

struct _PlanciaChart
{
  GtkWidget parent_instance;

  GtkWidget          *axes;
  GtkWidget          *marks;
  GtkWidget          *curves;
  GtkWidget          *strip;
  GtkWidget          *cursors;
  GtkWidget          *crosshair;
  PlanciaPlot         plot;
  GPtrArray          *layers;
  GTimeZone          *zone;
  PlanciaSpan         extent;
  PlanciaZoomHistory *history;
  gint64              limit;
  gboolean            busy;
};

enum {
  VISIBLE_CHANGED,
  CURSOR_MOVED,
  LAYERS_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaChart, plancia_chart, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* Smallest and largest value that the visible layers of an axis show. */
static gboolean
find_range (PlanciaChart *self, guint axis, double *range)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);
    double        low, high;

    if (plancia_layer_get_hidden (layer) || plancia_layer_get_axis (layer) != axis ||
        !plancia_layer_range (layer, self->plot.span, &low, &high))
      continue;
    range[0] = found ? MIN (range[0], low) : low;
    range[1] = found ? MAX (range[1], high) : high;
    found = TRUE;
  }
  return found;
}

static gboolean
has_values (PlanciaChart *self, guint axis)
{
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);

    if (plancia_layer_get_axis (layer) == axis &&
        plancia_series_get_length (plancia_layer_get_series (layer)) > 0)
      return TRUE;
  }
  return FALSE;
}

/* Scales anew and redraws everything but the crosshair's own node. */
static void
refresh (PlanciaChart *self)
{
  double   left[2], right[2];
  gboolean has_left = find_range (self, 0, left), has_right = find_range (self, 1, right);
  gint64   day = 25 * PLANCIA_HOUR;

  /* While nothing has come at all its room is kept, so that nothing jumps when it comes. */
  self->plot.axes[1].blank = has_values (self, 0) && !has_values (self, 1);
  plancia_plot_layout (&self->plot,
                       gtk_widget_get_width (GTK_WIDGET (self)),
                       gtk_widget_get_height (GTK_WIDGET (self)));
  plancia_plot_set_ranges (&self->plot, has_left ? left : NULL, has_right ? right : NULL);
  plancia_plot_set_clock (&self->plot, self->zone, self->extent.end - self->extent.start <= day);
  gtk_widget_queue_draw (self->axes);
  gtk_widget_queue_draw (self->marks);
  gtk_widget_queue_draw (self->curves);
  gtk_widget_queue_draw (self->strip);
  gtk_widget_queue_draw (self->cursors);
  gtk_widget_queue_draw (self->crosshair);
}

static void
update_description (PlanciaChart *self)
{
  g_autofree char *words = plancia_chart_describe (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words,
                                  -1);
}

static void
layer_changed (PlanciaChart *self)
{
  plancia_series_view_layers_changed (PLANCIA_SERIES_VIEW (self->curves));
  refresh (self);
  update_description (self);
  g_signal_emit (self, signals[LAYERS_CHANGED], 0);
}

static void
show_span (PlanciaChart *self, PlanciaSpan span)
{
  self->plot.span = span;
  refresh (self);
}

/* A person moved what is seen. */
static void
go_to (PlanciaChart *self, PlanciaSpan span)
{
  if (plancia_zoom_equal (span, self->plot.span))
    return;
  show_span (self, span);
  g_signal_emit (self, signals[VISIBLE_CHANGED], 0);
}

static void
plancia_chart_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
plancia_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaChart *self = PLANCIA_CHART (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
  self->plot.scale = plancia_chart_text_scale (widget);
  refresh (self);
}

static void
plancia_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaChart *self = PLANCIA_CHART (widget);

  GTK_WIDGET_CLASS (plancia_chart_parent_class)->css_changed (widget, change);
  plancia_palette_load (&self->plot.palette, widget);
  if (self->axes != NULL && gtk_widget_get_width (widget) > 0)
    refresh (self);
  g_signal_emit (self, signals[LAYERS_CHANGED], 0);
}

static void
plancia_chart_dispose (GObject *object)
{
  PlanciaChart *self = PLANCIA_CHART (object);

  for (guint i = 0; self->layers != NULL && i < self->layers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->layers, i), self);
  g_clear_pointer (&self->axes, gtk_widget_unparent);
  g_clear_pointer (&self->marks, gtk_widget_unparent);
  g_clear_pointer (&self->curves, gtk_widget_unparent);
  g_clear_pointer (&self->strip, gtk_widget_unparent);
  g_clear_pointer (&self->cursors, gtk_widget_unparent);
  g_clear_pointer (&self->crosshair, gtk_widget_unparent);

  G_OBJECT_CLASS (plancia_chart_parent_class)->dispose (object);
}

static void
plancia_chart_finalize (GObject *object)
{
  PlanciaChart *self = PLANCIA_CHART (object);

  plancia_plot_clear (&self->plot);
  plancia_zoom_history_free (self->history);
  g_ptr_array_unref (self->layers);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (plancia_chart_parent_class)->finalize (object);
}

static void
plancia_chart_class_init (PlanciaChartClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_chart_dispose;
  object_class->finalize = plancia_chart_finalize;
  widget_class->measure = plancia_chart_measure;
  widget_class->size_allocate = plancia_chart_size_allocate;
  widget_class->css_changed = plancia_chart_css_changed;

  signals[VISIBLE_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "visible-changed", 0);
  signals[CURSOR_MOVED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "cursor-moved", 0);
  signals[LAYERS_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "layers-changed", 0);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  plancia_chart_input_install (widget_class);
}

static void
plancia_chart_init (PlanciaChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  plancia_plot_init (&self->plot);
  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
  self->zone = g_time_zone_new_utc ();
  self->history = plancia_zoom_history_new ();
  self->limit = G_MAXINT64;
  self->axes = plancia_axis_view_new (&self->plot);
  self->marks = plancia_mark_view_new (&self->plot);
  self->curves = plancia_series_view_new (&self->plot, self->layers);
  self->strip = plancia_coverage_strip_new (&self->plot);
  self->cursors = plancia_cursors_new (&self->plot);
  self->crosshair = plancia_crosshair_new (&self->plot, self->layers);
  gtk_widget_set_parent (self->axes, widget);
  gtk_widget_set_parent (self->marks, widget);
  gtk_widget_set_parent (self->curves, widget);
  gtk_widget_set_parent (self->strip, widget);
  gtk_widget_set_parent (self->cursors, widget);
  gtk_widget_set_parent (self->crosshair, widget);
  gtk_widget_set_focusable (widget, TRUE);
  /* Time runs from left to right in every language. */
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  plancia_mark_view_attach (PLANCIA_MARK_VIEW (self->marks), widget);
  plancia_chart_input_attach (self);
}

/**
 * plancia_chart_new:
 *
 * Returns: (transfer full): a chart of nothing
 */
GtkWidget *
plancia_chart_new (void)
{
  return g_object_new (PLANCIA_TYPE_CHART, NULL);
}

/**
 * plancia_chart_add_layer:
 * @self: a chart
 * @layer: (transfer none): drawn over the ones before; its unit must be one of the chart's two, or
 *   become one of them
 */
void
plancia_chart_add_layer (PlanciaChart *self, PlanciaLayer *layer)
{
  const char *unit = plancia_series_get_unit (plancia_layer_get_series (layer));
  guint       axis = 0;

  while (axis < PLANCIA_PLOT_AXES && self->plot.axes[axis].unit != NULL &&
         !g_str_equal (self->plot.axes[axis].unit, unit))
    axis++;
  g_return_if_fail (axis < PLANCIA_PLOT_AXES);

  self->plot.axes[axis].unit = g_intern_string (unit);
  plancia_layer_set_axis (layer, axis);
  g_ptr_array_add (self->layers, g_object_ref (layer));
  g_signal_connect_swapped (layer, "changed", G_CALLBACK (layer_changed), self);
  g_signal_connect_swapped (layer, "notify::hidden", G_CALLBACK (layer_changed), self);
  layer_changed (self);
}

/**
 * plancia_chart_remove_layers:
 * @self: a chart
 *
 * Takes all of them off; the axes are free for other units.
 */
void
plancia_chart_remove_layers (PlanciaChart *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->layers, i), self);
  g_ptr_array_set_size (self->layers, 0);
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    self->plot.axes[i].unit = NULL;
  layer_changed (self);
}

/**
 * plancia_chart_get_n_layers:
 * @self: a chart
 *
 * Returns: how many layers it has
 */
guint
plancia_chart_get_n_layers (PlanciaChart *self)
{
  return self->layers->len;
}

/**
 * plancia_chart_get_layer:
 * @self: a chart
 * @index: below plancia_chart_get_n_layers()
 *
 * Returns: (transfer none): a layer, lowest first
 */
PlanciaLayer *
plancia_chart_get_layer (PlanciaChart *self, guint index)
{
  return g_ptr_array_index (self->layers, index);
}

/**
 * plancia_chart_get_palette:
 * @self: a chart
 *
 * Returns: (transfer none): the colours it draws with now; "layers-changed" follows a change
 */
const PlanciaPalette *
plancia_chart_get_palette (PlanciaChart *self)
{
  return &self->plot.palette;
}

/**
 * plancia_chart_set_title:
 * @self: a chart
 * @title: what it shows, for screen readers
 */
void
plancia_chart_set_title (PlanciaChart *self, const char *title)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/**
 * plancia_chart_set_extent:
 * @self: a chart
 * @extent: all there is to see; not empty
 * @zone: whose clock the axis shows
 */
void
plancia_chart_set_extent (PlanciaChart *self, PlanciaSpan extent, GTimeZone *zone)
{
  g_return_if_fail (!plancia_span_is_empty (extent));

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->extent = extent;
  plancia_crosshair_set_zone (PLANCIA_CROSSHAIR (self->crosshair), zone);
  plancia_cursors_set_extent (PLANCIA_CURSORS (self->cursors), extent, zone);
  plancia_zoom_history_clear (self->history);
  plancia_chart_set_limit (self, self->limit, self->busy);
  plancia_chart_set_cursor (self, G_MAXINT64);
  show_span (self, extent);
}

/**
 * plancia_chart_get_extent:
 * @self: a chart
 *
 * Returns: all there is to see
 */
PlanciaSpan
plancia_chart_get_extent (PlanciaChart *self)
{
  return self->extent;
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
  if (!plancia_zoom_equal (span, self->plot.span))
    show_span (self, span);
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
 * plancia_chart_set_limit:
 * @self: a chart
 * @limit: ms of Unix time: now, for what is still growing
 * @busy: %TRUE while something is being fetched
 */
void
plancia_chart_set_limit (PlanciaChart *self, gint64 limit, gboolean busy)
{
  self->limit = limit;
  self->busy = busy;
  plancia_series_view_set_limit (PLANCIA_SERIES_VIEW (self->curves), self->extent, limit, busy);
}

/**
 * plancia_chart_set_coverage:
 * @self: a chart
 * @coverage: (nullable) (element-type PlanciaCoverage): for the strip under the axis; not changed
 *   afterwards
 */
void
plancia_chart_set_coverage (PlanciaChart *self, GArray *coverage)
{
  plancia_coverage_strip_set (PLANCIA_COVERAGE_STRIP (self->strip), coverage);
}

void
plancia_chart_set_marks (PlanciaChart *self, GArray *marks)
{
  plancia_mark_view_set (PLANCIA_MARK_VIEW (self->marks), marks);
}

/**
 * plancia_chart_set_narrow:
 * @self: a chart
 * @narrow: smaller insets and fewer labels
 */
void
plancia_chart_set_narrow (PlanciaChart *self, gboolean narrow)
{
  if (self->plot.narrow == narrow)
    return;
  self->plot.narrow = narrow;
  refresh (self);
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
  go_to (self, plancia_zoom_at (self->plot.span, self->extent, at, factor));
}

/**
 * plancia_chart_pan:
 * @self: a chart
 * @distance: ms, positive towards later
 */
void
plancia_chart_pan (PlanciaChart *self, gint64 distance)
{
  go_to (self, plancia_zoom_pan (self->plot.span, self->extent, distance));
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
  go_to (self, self->extent);
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
  plancia_zoom_history_push (self->history, self->plot.span);
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

  if (!plancia_zoom_history_pop (self->history, self->plot.span, &before))
    return FALSE;
  go_to (self, before);
  return TRUE;
}

/**
 * plancia_chart_get_cursor:
 * @self: a chart
 *
 * Returns: the time at the crosshair, %G_MAXINT64 if there is none
 */
gint64
plancia_chart_get_cursor (PlanciaChart *self)
{
  return plancia_crosshair_get_time (PLANCIA_CROSSHAIR (self->crosshair));
}

/* The sample nearest to time of any layer that is shown; time itself if none is near. */
static gint64
snap (PlanciaChart *self, gint64 time)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);
    gint64        found;

    if (!plancia_layer_get_hidden (layer) &&
        plancia_series_nearest (plancia_layer_get_series (layer), time, &found, NULL) &&
        (best == G_MAXINT64 || ABS (found - time) < ABS (best - time)))
      best = found;
  }
  return best == G_MAXINT64 ? time : best;
}

/**
 * plancia_chart_set_cursor:
 * @self: a chart
 * @time: ms of Unix time, snaps to the nearest sample; %G_MAXINT64 takes the crosshair away
 */
void
plancia_chart_set_cursor (PlanciaChart *self, gint64 time)
{
  gint64 before = plancia_chart_get_cursor (self);

  if (time != G_MAXINT64)
    time = snap (self, time);
  if (time == before)
    return;
  plancia_crosshair_set_time (PLANCIA_CROSSHAIR (self->crosshair), time);
  update_description (self);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

/* The first layer that is shown and has values: it sets the pace of the arrow keys. */
static PlanciaSeries *
leading_series (PlanciaChart *self)
{
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer  *layer = g_ptr_array_index (self->layers, i);
    PlanciaSeries *series = plancia_layer_get_series (layer);

    if (!plancia_layer_get_hidden (layer) && plancia_series_get_length (series) > 0)
      return series;
  }
  return NULL;
}

/**
 * plancia_chart_step_cursor:
 * @self: a chart
 * @samples: how many samples on; negative: back. Without a crosshair it begins at the newest
 *   sample that is seen
 *
 * What is seen follows the crosshair.
 */
void
plancia_chart_step_cursor (PlanciaChart *self, int samples)
{
  PlanciaSeries *series = leading_series (self);
  gint64         cursor = plancia_chart_get_cursor (self);
  gint64         index, time;

  if (series == NULL)
    return;
  if (cursor == G_MAXINT64)
    index = (gint64) plancia_series_lower_bound (series, self->plot.span.end) - 1;
  else
    index = (gint64) plancia_series_lower_bound (series, cursor) + samples;
  index = CLAMP (index, 0, (gint64) plancia_series_get_length (series) - 1);
  time = plancia_series_get_times (series)[index];
  if (time < self->plot.span.start)
    plancia_chart_pan (self, time - self->plot.span.start);
  else if (time >= self->plot.span.end)
    plancia_chart_pan (self, time - self->plot.span.end + 1);
  plancia_chart_set_cursor (self, time);
}

/**
 * plancia_chart_describe:
 * @self: a chart
 *
 * Returns: (transfer full): "12:30, Sun 7.61 kW, Home 2.66 kW": what the crosshair is on, without
 *   one the newest values
 */
char *
plancia_chart_describe (PlanciaChart *self)
{
  gint64 cursor = plancia_chart_get_cursor (self);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *marks = NULL;

  if (cursor != G_MAXINT64) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (cursor / 1000);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
    g_autofree char *clock = g_date_time_format (local, "%H:%M");

    g_string_append (words, clock);
  }
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer    *layer = g_ptr_array_index (self->layers, i);
    g_autofree char *value = plancia_layer_describe (layer, cursor);

    if (plancia_layer_get_hidden (layer))
      continue;
    g_string_append_printf (words,
                            "%s%s %s",
                            words->len > 0 ? ", " : "",
                            plancia_series_get_title (plancia_layer_get_series (layer)),
                            value);
  }
  if (plancia_cursors_get_shown (PLANCIA_CURSORS (self->cursors)))
    for (int i = 0; i < PLANCIA_N_CURSORS; i++) {
      g_autofree char *at = plancia_cursors_format (PLANCIA_CURSORS (self->cursors), i);

      g_string_append_printf (words, ", %c %s", 'A' + i, at);
    }
  marks = plancia_mark_view_describe (PLANCIA_MARK_VIEW (self->marks), cursor, PLANCIA_MINUTE);
  if (cursor != G_MAXINT64 && marks != NULL)
    g_string_append_printf (words, ", %s", marks);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * plancia_chart_get_cursors:
 * @self: a chart
 *
 * Returns: (transfer none): its cursors A and B, not shown at first
 */
PlanciaCursors *
plancia_chart_get_cursors (PlanciaChart *self)
{
  return PLANCIA_CURSORS (self->cursors);
}

/**
 * plancia_chart_get_plot:
 * @self: a chart
 *
 * Returns: (transfer none): where things are; valid until the chart changes
 */
const PlanciaPlot *
plancia_chart_get_plot (PlanciaChart *self)
{
  return &self->plot;
}
