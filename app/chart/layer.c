/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/layer.h"

#include "base/signal-new.h"
#include "base/text.h"

#include <math.h>

typedef struct
{
  PlanciaSeries      *series;
  gulong              changed;
  guint               color;
  guint               axis;
  gboolean            hidden;
  PlanciaLayerReading reading;
  PlanciaSeries      *reference; /* or NULL */
} PlanciaLayerPrivate;

enum {
  PROP_0,
  PROP_SERIES,
  PROP_COLOR,
  PROP_HIDDEN,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PlanciaLayer, plancia_layer, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
series_changed (PlanciaLayer *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
plancia_layer_dispose (GObject *object)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (PLANCIA_LAYER (object));

  if (priv->series != NULL)
    g_clear_signal_handler (&priv->changed, priv->series);
  g_clear_object (&priv->series);
  g_clear_object (&priv->reference);

  G_OBJECT_CLASS (plancia_layer_parent_class)->dispose (object);
}

static void
plancia_layer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (PLANCIA_LAYER (object));

  switch (id) {
  case PROP_SERIES:
    g_value_set_object (value, priv->series);
    break;
  case PROP_COLOR:
    g_value_set_uint (value, priv->color);
    break;
  case PROP_HIDDEN:
    g_value_set_boolean (value, priv->hidden);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_layer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaLayer        *self = PLANCIA_LAYER (object);
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  switch (id) {
  case PROP_SERIES:
    priv->series = g_value_dup_object (value);
    priv->changed =
      g_signal_connect_swapped (priv->series, "changed", G_CALLBACK (series_changed), self);
    break;
  case PROP_COLOR:
    priv->color = g_value_get_uint (value);
    break;
  case PROP_HIDDEN:
    plancia_layer_set_hidden (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_layer_class_init (PlanciaLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_layer_dispose;
  object_class->get_property = plancia_layer_get_property;
  object_class->set_property = plancia_layer_set_property;

  properties[PROP_SERIES] = g_param_spec_object ("series",
                                                 NULL,
                                                 NULL,
                                                 PLANCIA_TYPE_SERIES,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                   G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOR] = g_param_spec_uint ("color",
                                              NULL,
                                              NULL,
                                              1,
                                              G_MAXUINT,
                                              1,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                G_PARAM_STATIC_STRINGS);
  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden",
                                                  NULL,
                                                  NULL,
                                                  FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_layer_init (PlanciaLayer *self)
{
}

/**
 * plancia_layer_get_series:
 * @self: a layer
 *
 * Returns: (transfer none): what it shows
 */
PlanciaSeries *
plancia_layer_get_series (PlanciaLayer *self)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  return priv->series;
}

/**
 * plancia_layer_get_color:
 * @self: a layer
 *
 * Returns: the number of its colour in the palette, from 1
 */
guint
plancia_layer_get_color (PlanciaLayer *self)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  return priv->color;
}

/**
 * plancia_layer_get_hidden:
 * @self: a layer
 *
 * Returns: whether the legend has switched it off
 */
gboolean
plancia_layer_get_hidden (PlanciaLayer *self)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  return priv->hidden;
}

/**
 * plancia_layer_set_hidden:
 * @self: a layer
 * @hidden: %TRUE to draw nothing and to leave the axes to the others
 */
void
plancia_layer_set_hidden (PlanciaLayer *self, gboolean hidden)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  if (priv->hidden == !!hidden)
    return;
  priv->hidden = !!hidden;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN]);
}

/**
 * plancia_layer_get_axis:
 * @self: a layer
 *
 * Returns: 0 for the left axis, 1 for the right one, from 2 on those of the panes below; the row of a state
 */
guint
plancia_layer_get_axis (PlanciaLayer *self)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  return priv->axis;
}

/**
 * plancia_layer_set_axis:
 * @self: a layer
 * @axis: a number below %PLANCIA_PLOT_AXES, or a row; the chart's business
 */
void
plancia_layer_set_axis (PlanciaLayer *self, guint axis)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  priv->axis = axis;
}

/**
 * plancia_layer_is_state:
 * @self: a layer
 *
 * Returns: whether it shows words in a row instead of values on an axis
 */
gboolean
plancia_layer_is_state (PlanciaLayer *self)
{
  return PLANCIA_LAYER_GET_CLASS (self)->is_state;
}

/**
 * plancia_layer_get_reading:
 * @self: a layer
 *
 * Returns: which sample tells the value at a time between two
 */
PlanciaLayerReading
plancia_layer_get_reading (PlanciaLayer *self)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  return PLANCIA_LAYER_GET_CLASS (self)->is_state ? PLANCIA_LAYER_READING_PREVIOUS : priv->reading;
}

/**
 * plancia_layer_set_reading:
 * @self: a layer
 * @reading: %PLANCIA_LAYER_READING_PREVIOUS for a counter
 */
void
plancia_layer_set_reading (PlanciaLayer *self, PlanciaLayerReading reading)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  priv->reading = reading;
}

/**
 * plancia_layer_read:
 * @self: a layer
 * @time: ms of Unix time
 * @found: (out) (optional): time of the sample
 * @value: (out) (optional): its value
 *
 * Returns: %FALSE in a hole
 */
gboolean
plancia_layer_read (PlanciaLayer *self, gint64 time, gint64 *found, double *value)
{
  PlanciaSeries *series = plancia_layer_get_series (self);

  if (plancia_layer_get_reading (self) == PLANCIA_LAYER_READING_PREVIOUS)
    return plancia_series_previous (series, time, found, value);
  return plancia_series_nearest (series, time, found, value);
}

/**
 * plancia_layer_paints:
 * @self: a layer
 * @plot: where things are
 *
 * Returns: whether there are so many samples that it paints columns
 */
gboolean
plancia_layer_paints (PlanciaLayer *self, const PlanciaPlot *plot)
{
  return PLANCIA_LAYER_GET_CLASS (self)->paint != NULL && plancia_layer_is_dense (self, plot);
}

/**
 * plancia_layer_paint:
 * @self: a layer that paints
 * @ink: with what
 * @plot: where things are
 */
void
plancia_layer_paint (PlanciaLayer *self, PlanciaInk *ink, const PlanciaPlot *plot)
{
  PLANCIA_LAYER_GET_CLASS (self)->paint (self, ink, plot);
}

/**
 * plancia_layer_snapshot:
 * @self: a layer
 * @snapshot: where to
 * @plot: where things are; its rectangle is the clip
 */
void
plancia_layer_snapshot (PlanciaLayer *self, GtkSnapshot *snapshot, const PlanciaPlot *plot)
{
  if (plancia_layer_paints (self, plot)) {
    PlanciaInk ink = {.snapshot = snapshot};

    plancia_layer_paint (self, &ink, plot);
    return;
  }
  PLANCIA_LAYER_GET_CLASS (self)->snapshot (self, snapshot, plot);
}

/**
 * plancia_layer_draw_key:
 * @self: a layer
 * @cr: where to
 * @width: pixels
 * @height: pixels
 * @palette: the colours
 *
 * Draws a small picture of how the layer looks: form and colour, never colour alone.
 */
void
plancia_layer_draw_key (PlanciaLayer         *self,
                        cairo_t              *cr,
                        double                width,
                        double                height,
                        const PlanciaPalette *palette)
{
  PLANCIA_LAYER_GET_CLASS (self)->draw_key (self, cr, width, height, palette);
}

/* One sample more on either side, so that lines that leave the picture are drawn to its edge. */
static void
find_samples (PlanciaSeries *series, PlanciaSpan span, gsize *begin, gsize *end)
{
  gsize length = plancia_series_get_length (series);

  *begin = plancia_series_lower_bound (series, span.start);
  *end = plancia_series_lower_bound (series, span.end);
  if (*begin > 0)
    *begin -= 1;
  if (*end < length)
    *end += 1;
}

/**
 * plancia_layer_range:
 * @self: a layer
 * @span: the time shown
 * @minimum: (out): smallest value
 * @maximum: (out): largest value
 *
 * Returns: %FALSE if there is no sample in @span or next to it
 */
gboolean
plancia_layer_range (PlanciaLayer *self, PlanciaSpan span, double *minimum, double *maximum)
{
  PlanciaSeries *series = plancia_layer_get_series (self);
  gsize          begin, end;
  float          low, high;

  find_samples (series, span, &begin, &end);
  if (!plancia_series_range (series, begin, end, &low, &high))
    return FALSE;
  *minimum = low;
  *maximum = high;
  return TRUE;
}

/**
 * plancia_layer_format:
 * @self: a layer
 * @value: in its unit
 *
 * Percent without decimals, hundreds with one, everything else with two.
 *
 * Returns: (transfer full): number, space that does not break, unit
 */
char *
plancia_layer_format (PlanciaLayer *self, double value)
{
  const char      *unit = plancia_series_get_unit (plancia_layer_get_series (self));
  guint            decimals;
  g_autofree char *number = NULL;

  if (PLANCIA_LAYER_GET_CLASS (self)->format != NULL)
    return PLANCIA_LAYER_GET_CLASS (self)->format (self, value);
  decimals = g_strcmp0 (unit, "%") == 0 ? 0 : fabs (value) >= 100 ? 1 : 2;
  number = plancia_text_number (value, decimals);
  return plancia_text_with_unit (number, unit);
}

/**
 * plancia_layer_set_reference:
 * @self: a layer
 * @reference: (nullable): what it is compared with, on the same axis of time
 */
void
plancia_layer_set_reference (PlanciaLayer *self, PlanciaSeries *reference)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);

  g_set_object (&priv->reference, reference);
}

/* "+0.41 kW, +18 %"; of a value that is a percentage already, or that crosses zero, without one. NULL: nothing to compare. */
static char *
dup_difference (PlanciaLayer *self, gint64 time, double value)
{
  PlanciaLayerPrivate *priv = plancia_layer_get_instance_private (self);
  g_autofree char     *words = NULL;
  g_autofree char     *percent = NULL;
  double               other = 0, part;

  if (priv->reference == NULL || !plancia_series_nearest (priv->reference, time, NULL, &other))
    return NULL;
  words = plancia_layer_format (self, value - other);
  part = other != 0 ? round ((value - other) / other * 100) : 0;
  if (value * other > 0 && fabs (part) < 1000 &&
      g_strcmp0 (plancia_series_get_unit (priv->series), "%") != 0) {
    g_autofree char *number = plancia_text_number (part, 0);

    percent = plancia_text_with_unit (number, "%");
  }
  return g_strconcat (value > other ? "+" : "",
                      words,
                      percent != NULL ? (part > 0 ? ", +" : ", ") : "",
                      percent,
                      NULL);
}

/* "2.66 kW", and behind it by how much it differs. */
static char *
describe_value (PlanciaLayer *self, gint64 time, double value)
{
  g_autofree char *words = plancia_layer_format (self, value);
  g_autofree char *difference = dup_difference (self, time, value);

  return difference != NULL ? g_strdup_printf ("%s (%s)", words, difference)
                            : g_steal_pointer (&words);
}

/**
 * plancia_layer_describe:
 * @self: a layer
 * @time: ms of Unix time; %G_MAXINT64 for the newest sample
 *
 * The same words serve the legend, the crosshair and the screen reader.
 *
 * Returns: (transfer full): the value of the nearest sample, or an em dash if none is near
 */
char *
plancia_layer_describe (PlanciaLayer *self, gint64 time)
{
  PlanciaSeries *series = plancia_layer_get_series (self);
  gsize          length = plancia_series_get_length (series);
  double         value;

  if (time == G_MAXINT64 && length > 0)
    return describe_value (self,
                           plancia_series_get_times (series)[length - 1],
                           plancia_series_get_values (series)[length - 1]);
  if (time == G_MAXINT64 || !plancia_layer_read (self, time, NULL, &value))
    return g_strdup ("\u2014");
  return describe_value (self, time, value);
}

/**
 * plancia_layer_find_runs:
 * @self: a layer
 * @span: the time shown
 *
 * Returns: (transfer full) (element-type PlanciaRun): what may be joined by lines, in order; a run
 *   has at least one sample
 */
GArray *
plancia_layer_find_runs (PlanciaLayer *self, PlanciaSpan span)
{
  GArray        *runs = g_array_new (FALSE, FALSE, sizeof (PlanciaRun));
  PlanciaSeries *series = plancia_layer_get_series (self);
  const gint64  *times = plancia_series_get_times (series);
  gint64         gap = plancia_series_get_gap (series);
  gsize          begin, end;

  find_samples (series, span, &begin, &end);
  for (gsize i = begin; i < end; i++) {
    PlanciaRun run = {i, i + 1};

    if (runs->len > 0 && times[i] - times[i - 1] <= gap)
      g_array_index (runs, PlanciaRun, runs->len - 1).end = i + 1;
    else
      g_array_append_val (runs, run);
  }
  return runs;
}

/**
 * plancia_layer_is_dense:
 * @self: a layer
 * @plot: where things are
 *
 * A stroke with several samples in one pixel costs fifty times as much as a rectangle a column and
 * looks worse.
 *
 * Returns: whether there is more than one sample a pixel
 */
gboolean
plancia_layer_is_dense (PlanciaLayer *self, const PlanciaPlot *plot)
{
  PlanciaSeries *series = plancia_layer_get_series (self);
  gsize          begin = plancia_series_lower_bound (series, plot->span.start);
  gsize          end = plancia_series_lower_bound (series, plot->span.end);

  return (double) (end - begin) > plot->width;
}
