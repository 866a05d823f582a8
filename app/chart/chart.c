/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-private.h"

#include "base/signal-new.h"
#include "chart/axis-view.h"
#include "chart/chart-input.h"
#include "chart/chart-text.h"
#include "chart/coverage-strip.h"
#include "chart/crosshair.h"
#include "chart/series-view.h"
#include "chart/state-layer.h"

#define MINIMUM_WIDTH  240
#define MINIMUM_HEIGHT 180
#define NATURAL_WIDTH  600
#define NATURAL_HEIGHT 320

G_DEFINE_FINAL_TYPE (PlanciaChart, plancia_chart, GTK_TYPE_WIDGET)

static guint signals[PLANCIA_CHART_N_SIGNALS];

void
plancia_chart_emit (PlanciaChart *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static gboolean
has_values (PlanciaLayer *layer)
{
  return plancia_series_get_length (plancia_layer_get_series (layer)) > 0;
}

/* Smallest and largest value that the visible layers of an axis show. */
static gboolean
find_range (PlanciaChart *self, guint axis, double *range)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);
    double        low, high;

    if (plancia_layer_get_hidden (layer) || plancia_layer_is_state (layer) ||
        plancia_layer_get_axis (layer) != axis ||
        !plancia_layer_range (layer, self->plot.span, &low, &high))
      continue;
    range[0] = found ? MIN (range[0], low) : low;
    range[1] = found ? MAX (range[1], high) : high;
    found = TRUE;
  }
  return found;
}

/* Which axes have something to show, if their legend allows it; and the rows of the states. */
static void
find_room (PlanciaChart *self, gboolean *filled, gboolean *shown)
{
  self->plot.n_states = 0;
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);
    guint         axis = plancia_layer_get_axis (layer);
    gboolean      hidden = plancia_layer_get_hidden (layer);

    if (plancia_layer_is_state (layer)) {
      plancia_layer_set_axis (layer, self->plot.n_states);
      self->plot.n_states += !hidden && has_values (layer);
      continue;
    }
    filled[axis] |= has_values (layer);
    shown[axis] |= has_values (layer) && !hidden;
  }
}

/* While nothing has come at all the room of the right axis is kept, so that nothing jumps when it comes; a pane below is
 * there only for what is shown in it. */
static void
give_room (PlanciaChart *self)
{
  gboolean filled[PLANCIA_PLOT_AXES] = {0}, shown[PLANCIA_PLOT_AXES] = {0}, below = FALSE;

  find_room (self, filled, shown);
  self->plot.axes[1].blank = filled[0] && !filled[1];
  for (guint i = PLANCIA_PLOT_SHARED; i < PLANCIA_PLOT_AXES; i++) {
    self->plot.axes[i].blank = !shown[i];
    below |= shown[i];
  }
  self->plot.headless = (below || self->plot.n_states > 0) && !shown[0] && !shown[1] &&
                        (filled[0] || filled[1] || below);
}

void
plancia_chart_refresh (PlanciaChart *self)
{
  double   ranges[PLANCIA_PLOT_AXES][2];
  gboolean has[PLANCIA_PLOT_AXES];
  gint64   day = 25 * PLANCIA_HOUR;

  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    has[i] = self->plot.axes[i].unit != NULL && find_range (self, i, ranges[i]);
  give_room (self);
  plancia_plot_layout (&self->plot,
                       gtk_widget_get_width (GTK_WIDGET (self)),
                       gtk_widget_get_height (GTK_WIDGET (self)));
  plancia_plot_set_ranges (&self->plot, has[0] ? ranges[0] : NULL, has[1] ? ranges[1] : NULL);
  for (guint i = PLANCIA_PLOT_SHARED; i < PLANCIA_PLOT_AXES; i++)
    plancia_plot_set_pane (&self->plot, i, has[i] ? ranges[i] : NULL);
  plancia_plot_set_clock (&self->plot, self->zone, self->extent.end - self->extent.start <= day);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_queue_draw (child);
}

/* A chart with more panes needs more room. */
static void
layers_changed (PlanciaChart *self)
{
  double before = plancia_plot_get_height (&self->plot);

  plancia_series_view_layers_changed (PLANCIA_SERIES_VIEW (self->curves));
  plancia_chart_refresh (self);
  if (plancia_plot_get_height (&self->plot) != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  plancia_chart_update_description (self);
  plancia_chart_emit (self, PLANCIA_CHART_LAYERS_CHANGED);
}

static gboolean
refresh_idle (gpointer user_data)
{
  PlanciaChart *self = user_data;

  self->refreshing = 0;
  layers_changed (self);
  return G_SOURCE_REMOVE;
}

void
plancia_chart_flush (PlanciaChart *self)
{
  if (self->refreshing == 0)
    return;
  g_clear_handle_id (&self->refreshing, g_source_remove);
  layers_changed (self);
}

/* Values come one by one; a picture is made of them once a frame. Before GTK lays out and draws. */
static void
values_came (PlanciaChart *self)
{
  if (self->refreshing == 0)
    self->refreshing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh_idle, self, NULL);
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

  int more = (int) plancia_plot_get_height (&PLANCIA_CHART (widget)->plot);

  *minimum = horizontal ? MINIMUM_WIDTH : MINIMUM_HEIGHT + more;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT + more;
}

static void
plancia_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaChart *self = PLANCIA_CHART (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_allocate (child, width, height, baseline, NULL);
    else if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
  self->plot.scale = plancia_chart_text_scale (widget);
  plancia_chart_refresh (self);
}

static void
plancia_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaChart *self = PLANCIA_CHART (widget);

  GTK_WIDGET_CLASS (plancia_chart_parent_class)->css_changed (widget, change);
  plancia_palette_load (&self->plot.palette, widget);
  if (self->axes != NULL && gtk_widget_get_width (widget) > 0)
    plancia_chart_refresh (self);
  plancia_chart_emit (self, PLANCIA_CHART_LAYERS_CHANGED);
}

static void
plancia_chart_dispose (GObject *object)
{
  PlanciaChart *self = PLANCIA_CHART (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);
  if (self->link != NULL && plancia_chart_link_get_lead (self->link) != self)
    plancia_chart_link_remove (self->link, self);
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
  g_hash_table_unref (self->hidden);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (plancia_chart_parent_class)->finalize (object);
}

static void
install_signals (PlanciaChartClass *klass)
{
  static const struct
  {
    guint       signal;
    const char *name;
  } plain[] = {
    {PLANCIA_CHART_VISIBLE_CHANGED,   "visible-changed"  },
    {PLANCIA_CHART_CURSOR_MOVED,      "cursor-moved"     },
    {PLANCIA_CHART_LAYERS_CHANGED,    "layers-changed"   },
    {PLANCIA_CHART_HOLE_ACTIVATED,    "hole-activated"   },
    {PLANCIA_CHART_FOLLOWING_CHANGED, "following-changed"},
    {PLANCIA_CHART_SPAN_CHANGED,      "span-changed"     },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    signals[plain[i].signal] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), plain[i].name, 0);
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

  install_signals (klass);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  plancia_chart_input_install (widget_class);
}

static void
plancia_chart_init (PlanciaChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  plancia_plot_init (&self->plot);
  self->plot.widget = widget;
  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  plancia_chart_hole_attach (self);
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

/* The axis of a unit: the one that has it, or the first that is free; PLANCIA_PLOT_AXES if all are taken. */
static guint
find_axis (PlanciaChart *self, const char *unit)
{
  guint axis = 0;

  while (axis < PLANCIA_PLOT_AXES && self->plot.axes[axis].unit != NULL &&
         !g_str_equal (self->plot.axes[axis].unit, unit))
    axis++;
  return axis;
}

/**
 * plancia_chart_can_show:
 * @self: a chart
 * @unit: (nullable): of a measurement
 *
 * Returns: whether there is an axis for it, or room for one
 */
gboolean
plancia_chart_can_show (PlanciaChart *self, const char *unit)
{
  return find_axis (self, unit != NULL ? unit : "") < PLANCIA_PLOT_AXES;
}

static const char *
key_of (PlanciaLayer *layer)
{
  return plancia_series_get_key (plancia_layer_get_series (layer));
}

static void
hidden_changed (PlanciaLayer *layer, GParamSpec *property, PlanciaChart *self)
{
  if (plancia_layer_get_hidden (layer))
    g_hash_table_add (self->hidden, g_strdup (key_of (layer)));
  else
    g_hash_table_remove (self->hidden, key_of (layer));
  layers_changed (self);
}

/**
 * plancia_chart_add_layer:
 * @self: a chart
 * @layer: (transfer none): drawn over the ones before; of a unit that plancia_chart_can_show(), or a state
 */
void
plancia_chart_add_layer (PlanciaChart *self, PlanciaLayer *layer)
{
  const char *unit = plancia_series_get_unit (plancia_layer_get_series (layer));

  if (!plancia_layer_is_state (layer)) {
    guint axis = find_axis (self, unit != NULL ? unit : "");

    g_return_if_fail (axis < PLANCIA_PLOT_AXES);
    self->plot.axes[axis].unit = g_intern_string (unit != NULL ? unit : "");
    plancia_layer_set_axis (layer, axis);
  }
  g_ptr_array_add (self->layers, g_object_ref (layer));
  if (g_hash_table_contains (self->hidden, key_of (layer)))
    plancia_layer_set_hidden (layer, TRUE);
  g_signal_connect_swapped (layer, "changed", G_CALLBACK (values_came), self);
  g_signal_connect (layer, "notify::hidden", G_CALLBACK (hidden_changed), self);
  layers_changed (self);
}

/* An axis that nobody needs any more is free for another unit; the two of the main pane stay what they are. */
static void
free_axes (PlanciaChart *self)
{
  gboolean needed[PLANCIA_PLOT_AXES] = {TRUE, TRUE};

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);

    if (!plancia_layer_is_state (layer))
      needed[plancia_layer_get_axis (layer)] = TRUE;
  }
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    if (!needed[i])
      self->plot.axes[i].unit = NULL;
}

/**
 * plancia_chart_remove_layer:
 * @self: a chart
 * @layer: (transfer none): one that was added
 */
void
plancia_chart_remove_layer (PlanciaChart *self, PlanciaLayer *layer)
{
  g_autoptr (PlanciaLayer) kept = g_object_ref (layer);

  g_signal_handlers_disconnect_by_data (layer, self);
  g_return_if_fail (g_ptr_array_remove (self->layers, layer));
  free_axes (self);
  layers_changed (self);
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
  layers_changed (self);
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
  self->plot.span = extent;
  plancia_chart_set_limit (self, self->limit, self->busy);
  if (plancia_chart_can_follow (self))
    plancia_chart_follow (self);
  plancia_chart_set_cursor (self, G_MAXINT64);
  plancia_chart_show_span (self, extent);
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
  plancia_chart_refresh (self);
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
  plancia_chart_flush (self);
  return &self->plot;
}
