/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/mini-curve.h"

#include "chart/hatch.h"
#include "chart/palette.h"

#define HEIGHT     36
#define WIDTH      96
#define MIN_WIDTH  48
#define LINE       1.5
#define AREA_ALPHA 0.20
#define DOT        2.6
#define HEADROOM   4 /* for the dot at the top */
/* A cloud sends a value every five minutes and misses one now and then. */
#define GAP_LEAST (16 * PLANCIA_MINUTE)

struct _PlanciaMiniCurve
{
  GtkWidget parent_instance;

  guint       number;
  double      factor;
  double      top;
  PlanciaSpan day;
  gint64      now;
  gsize       length;
  gint64     *times;
  double     *values;
  gint64      gap;
  double      largest;
  double      smallest;
};

G_DEFINE_FINAL_TYPE (PlanciaMiniCurve, plancia_mini_curve, GTK_TYPE_WIDGET)

/* --- geometry -------------------------------------------------------------------------------- */

static float
x_of (PlanciaMiniCurve *self, gint64 time)
{
  double part = (time - self->day.start) / (double) (self->day.end - self->day.start);

  return (float) (CLAMP (part, 0, 1) * gtk_widget_get_width (GTK_WIDGET (self)));
}

static double
upper_limit (PlanciaMiniCurve *self)
{
  double upper = self->top > 0 ? self->top : MAX (self->largest, 0);

  return upper > 0 || self->smallest < 0 ? upper : 1;
}

static double
y_of (PlanciaMiniCurve *self, double value)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double upper = upper_limit (self);
  double lower = MIN (self->smallest, 0);
  double room = height - HEADROOM - 1 - (lower < 0 ? HEADROOM - 1 : 0);

  return HEADROOM + (upper - value) / (upper - lower) * room;
}

/* --- what is known --------------------------------------------------------------------------- */

static int
compare_distances (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

/* Three times the usual distance, but never so short that a curve of a cloud falls apart. */
static gint64
find_gap (PlanciaMiniCurve *self)
{
  g_autofree gint64 *distances = NULL;
  gsize              n = self->length > 1 ? self->length - 1 : 0;

  if (n == 0)
    return GAP_LEAST;

  distances = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    distances[i] = self->times[i + 1] - self->times[i];
  qsort (distances, n, sizeof *distances, compare_distances);
  return MAX (3 * distances[n / 2], GAP_LEAST);
}

static void
find_limits (PlanciaMiniCurve *self)
{
  self->largest = self->length > 0 ? self->values[0] : 0;
  self->smallest = self->largest;
  for (gsize i = 1; i < self->length; i++) {
    self->largest = MAX (self->largest, self->values[i]);
    self->smallest = MIN (self->smallest, self->values[i]);
  }
}

/* --- drawing --------------------------------------------------------------------------------- */

static void
draw_hatch (PlanciaMiniCurve *self, GtkSnapshot *snapshot, const GdkRGBA *color, float x, float end)
{
  float height = gtk_widget_get_height (GTK_WIDGET (self));

  if (end - x >= 1)
    plancia_hatch_append (snapshot, &GRAPHENE_RECT_INIT (x, 0, end - x, height - 1), color);
}

/* Before the first value, between values that are too far apart, after the last one. */
static void
draw_unknown (PlanciaMiniCurve *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  gint64 known = self->day.start;

  if (self->now == 0) {
    draw_hatch (self, snapshot, color, 0, gtk_widget_get_width (GTK_WIDGET (self)));
    return;
  }

  for (gsize i = 0; i < self->length; i++) {
    if (self->times[i] - known > self->gap)
      draw_hatch (self, snapshot, color, x_of (self, known), x_of (self, self->times[i]));
    known = self->times[i];
  }
  if (self->now - known > self->gap)
    draw_hatch (self, snapshot, color, x_of (self, known), x_of (self, self->now));
}

/* The index after the last value that is joined to value begin. */
static gsize
end_of_run (PlanciaMiniCurve *self, gsize begin)
{
  gsize end = begin + 1;

  while (end < self->length && self->times[end] - self->times[end - 1] <= self->gap)
    end++;
  return end;
}

static void
trace_run (PlanciaMiniCurve *self, cairo_t *cr, gsize begin, gsize end)
{
  cairo_move_to (cr, x_of (self, self->times[begin]), y_of (self, self->values[begin]));
  for (gsize i = begin + 1; i < end; i++)
    cairo_line_to (cr, x_of (self, self->times[i]), y_of (self, self->values[i]));
}

static void
draw_run (PlanciaMiniCurve *self, cairo_t *cr, const GdkRGBA *color, gsize begin, gsize end)
{
  GdkRGBA fill = plancia_palette_fade (*color, AREA_ALPHA);

  trace_run (self, cr, begin, end);
  cairo_line_to (cr, x_of (self, self->times[end - 1]), y_of (self, 0));
  cairo_line_to (cr, x_of (self, self->times[begin]), y_of (self, 0));
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill (cr);

  trace_run (self, cr, begin, end);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_stroke (cr);
}

/* The dot says "now": it is left out when the last value is not of now. */
static void
draw_dot (PlanciaMiniCurve *self, cairo_t *cr, const GdkRGBA *color)
{
  gsize last = self->length - 1;
  float width = gtk_widget_get_width (GTK_WIDGET (self));
  float x = x_of (self, self->times[last]);

  if (self->now - self->times[last] > self->gap)
    return;

  cairo_new_path (cr);
  cairo_arc (cr, CLAMP (x, DOT, width - DOT), y_of (self, self->values[last]), DOT, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_fill (cr);
}

static void
draw_curve (PlanciaMiniCurve *self, cairo_t *cr, const GdkRGBA *color)
{
  gsize end;

  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gsize begin = 0; begin < self->length; begin = end) {
    end = end_of_run (self, begin);
    draw_run (self, cr, color, begin, end);
  }
  if (self->length > 0)
    draw_dot (self, cr, color);
}

static void
plancia_mini_curve_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaMiniCurve *self = PLANCIA_MINI_CURVE (widget);
  float             width = gtk_widget_get_width (widget);
  float             height = gtk_widget_get_height (widget);
  PlanciaPalette    palette;
  GdkRGBA           color, base;
  cairo_t          *cr;

  plancia_palette_load (&palette, widget);
  color = plancia_palette_series (&palette, self->number);
  base = plancia_palette_fade (palette.axis, 0.3);

  draw_unknown (self, snapshot, &palette.hatch);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_rectangle (cr, 0, MIN (floor (y_of (self, 0)), height - 1), width, 1);
  gdk_cairo_set_source_rgba (cr, &base);
  cairo_fill (cr);
  draw_curve (self, cr, &color);
  cairo_destroy (cr);
}

static void
plancia_mini_curve_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : MIN_WIDTH;
}

static void
plancia_mini_curve_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_mini_curve_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_mini_curve_finalize (GObject *object)
{
  PlanciaMiniCurve *self = PLANCIA_MINI_CURVE (object);

  g_free (self->times);
  g_free (self->values);

  G_OBJECT_CLASS (plancia_mini_curve_parent_class)->finalize (object);
}

static void
plancia_mini_curve_class_init (PlanciaMiniCurveClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = plancia_mini_curve_finalize;
  widget_class->snapshot = plancia_mini_curve_snapshot;
  widget_class->measure = plancia_mini_curve_measure;
  widget_class->css_changed = plancia_mini_curve_css_changed;

  gtk_widget_class_set_css_name (widget_class, "minicurve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_mini_curve_init (PlanciaMiniCurve *self)
{
  self->number = 1;
  self->factor = 1;
  self->day = (PlanciaSpan){0, PLANCIA_DAY};
  self->gap = GAP_LEAST;
}

/**
 * plancia_mini_curve_new:
 *
 * Returns: (transfer floating): a curve of which nothing is known: hatched
 */
GtkWidget *
plancia_mini_curve_new (void)
{
  return g_object_new (PLANCIA_TYPE_MINI_CURVE, NULL);
}

/**
 * plancia_mini_curve_set_style:
 * @self: a curve
 * @number: of the palette's series, from 1
 * @factor: the values are drawn times this
 * @top: the value at the upper edge, after @factor; 0: the largest value of the day
 *
 * Counts from the next plancia_mini_curve_set() on.
 */
void
plancia_mini_curve_set_style (PlanciaMiniCurve *self, guint number, double factor, double top)
{
  self->number = number;
  self->factor = factor;
  self->top = top;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_mini_curve_set:
 * @self: a curve
 * @day: what the width stands for, not empty
 * @now: up to where unknown time is hatched, ms UTC; 0: nothing was ever asked
 * @times: (array length=length): sorted, ms UTC
 * @values: (array length=length): all finite
 * @length: of both
 *
 * Copies what lies in @day.
 */
void
plancia_mini_curve_set (PlanciaMiniCurve *self,
                        PlanciaSpan       day,
                        gint64            now,
                        const gint64     *times,
                        const float      *values,
                        gsize             length)
{
  g_return_if_fail (!plancia_span_is_empty (day));

  self->day = day;
  self->now = now == 0 ? 0 : CLAMP (now, day.start, day.end);
  self->length = 0;
  self->times = g_renew (gint64, self->times, length);
  self->values = g_renew (double, self->values, length);
  for (gsize i = 0; i < length; i++) {
    if (!plancia_span_contains (day, times[i]))
      continue;
    self->times[self->length] = times[i];
    self->values[self->length++] = self->factor * values[i];
  }
  self->gap = find_gap (self);
  find_limits (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
plancia_mini_curve_get_peak (PlanciaMiniCurve *self, gint64 *time, double *value)
{
  for (gsize i = 0; i < self->length; i++) {
    if (self->values[i] < self->largest)
      continue;
    *time = self->times[i];
    *value = self->values[i];
    return TRUE;
  }
  return FALSE;
}

gint64
plancia_mini_curve_get_gap (PlanciaMiniCurve *self)
{
  return self->gap;
}
