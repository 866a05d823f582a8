/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/day-chart.h"

#include "base/text.h"
#include "chart/chart-text.h"
#include "chart/hatch.h"
#include "chart/palette.h"
#include "ui/figure.h"
#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT     102
#define WIDTH      180
#define AXIS       18.0 /* room for the hours */
#define TOP        6.0
#define DOT        3.2
#define LOWEST_TOP 500.0 /* W: a sleeping house is not a mountain range */

struct _PlanciaDayChart
{
  GtkWidget parent_instance;

  PlanciaDayCurve *curve;
  GTimeZone       *zone;
  GSignalGroup    *signals;
};

/* Where values lie. */
typedef struct
{
  PlanciaSpan day;
  double      width;
  double      top;    /* y of the highest value of the axis */
  double      bottom; /* y of the lowest */
  double      step;   /* W */
  gboolean    below;  /* the axis goes below zero too */
} Scale;

G_DEFINE_FINAL_TYPE (PlanciaDayChart, plancia_day_chart, GTK_TYPE_WIDGET)

/**
 * plancia_day_chart_step:
 * @watts: the largest value
 *
 * Returns: a round number of watts, half of @watts or more
 */
double
plancia_day_chart_step (double watts)
{
  static const double steps[] = {1, 2, 3, 4, 5, 8, 10};
  double              half = fmax (watts, LOWEST_TOP) / 2;
  double              decade = pow (10, floor (log10 (half)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (half <= steps[i] * decade * (1 + 1e-9))
      return steps[i] * decade;
  }
  return 10 * decade;
}

/* --- which series ---------------------------------------------------------------------------- */

static PlanciaSeries *
get_series (PlanciaDayChart *self, PlanciaQuantity quantity)
{
  PlanciaSeries *series = self->curve ? plancia_day_curve_get_series (self->curve, quantity) : NULL;

  return series && plancia_series_get_length (series) > 0 ? series : NULL;
}

/* The area, and the number of its colour. */
static PlanciaSeries *
get_main (PlanciaDayChart *self, guint *number)
{
  static const struct
  {
    PlanciaQuantity quantity;
    guint           number;
  } choices[] = {
    {PLANCIA_QUANTITY_PV_POWER,   1},
    {PLANCIA_QUANTITY_LOAD_POWER, 2},
    {PLANCIA_QUANTITY_GRID_POWER, 4},
    {PLANCIA_QUANTITY_AC_POWER,   6},
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    PlanciaSeries *series = get_series (self, choices[i].quantity);

    *number = choices[i].number;
    if (series)
      return series;
  }
  return NULL;
}

static PlanciaSeries *
get_second (PlanciaDayChart *self, PlanciaSeries *main)
{
  PlanciaSeries *load = get_series (self, PLANCIA_QUANTITY_LOAD_POWER);

  return load != main ? load : NULL;
}

static void
widen (PlanciaSeries *series, double *low, double *high)
{
  float minimum, maximum;

  if (series &&
      plancia_series_range (series, 0, plancia_series_get_length (series), &minimum, &maximum)) {
    *low = fmin (*low, minimum);
    *high = fmax (*high, maximum);
  }
}

static Scale
make_scale (PlanciaDayChart *self, PlanciaSeries *main, PlanciaSeries *second)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double     low = 0, high = 0;
  Scale      scale = {.width = gtk_widget_get_width (widget), .top = TOP};

  widen (main, &low, &high);
  widen (second, &low, &high);
  scale.day = self->curve ? plancia_day_curve_get_day (self->curve) : (PlanciaSpan){0, 1};
  scale.bottom = gtk_widget_get_height (widget) - AXIS * plancia_chart_text_scale (widget);
  scale.below = low < -50;
  scale.step = plancia_day_chart_step (fmax (high, -low));
  if (scale.below)
    scale.step = plancia_day_chart_step (fmax (high, -low) * 2);
  return scale;
}

static double
x_of (const Scale *scale, gint64 time)
{
  return (double) (time - scale->day.start) / (double) (scale->day.end - scale->day.start) *
         scale->width;
}

static double
y_of (const Scale *scale, double watts)
{
  double top = scale->step * (scale->below ? 1 : 2);
  double bottom = scale->below ? -scale->step : 0;

  return scale->bottom - (watts - bottom) / (top - bottom) * (scale->bottom - scale->top);
}

/* --- drawing --------------------------------------------------------------------------------- */

/* Draws each unbroken stretch by func: begin to end as a path, the last point included. */
static void
trace_pieces (cairo_t       *cr,
              const Scale   *scale,
              PlanciaSeries *series,
              void (*finish) (cairo_t *cr, const Scale *scale, double x1, double x2, gpointer data),
              gpointer data)
{
  const gint64 *times = plancia_series_get_times (series);
  const float  *values = plancia_series_get_values (series);
  gsize         length = plancia_series_get_length (series), begin = 0;
  gint64        gap = plancia_series_get_gap (series);

  for (gsize i = 0; i < length; i++) {
    double x = x_of (scale, times[i]), y = y_of (scale, values[i]);

    if (i == begin)
      cairo_move_to (cr, x, y);
    else
      cairo_line_to (cr, x, y);
    if (i + 1 < length && times[i + 1] - times[i] <= gap)
      continue;
    finish (cr, scale, x_of (scale, times[begin]), x, data);
    begin = i + 1;
  }
}

static void
stroke_piece (cairo_t *cr, const Scale *scale, double x1, double x2, gpointer data)
{
  cairo_stroke (cr);
}

static void
fill_piece (cairo_t *cr, const Scale *scale, double x1, double x2, gpointer data)
{
  const GdkRGBA   *ink = data;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, scale->top, 0, scale->bottom);
  double           zero = y_of (scale, 0);

  cairo_pattern_add_color_stop_rgba (pattern, 0, ink->red, ink->green, ink->blue, 0.44);
  cairo_pattern_add_color_stop_rgba (pattern,
                                     1,
                                     ink->red,
                                     ink->green,
                                     ink->blue,
                                     scale->below ? 0.44 : 0.07);
  cairo_line_to (cr, x2, zero);
  cairo_line_to (cr, x1, zero);
  cairo_close_path (cr);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_area (cairo_t *cr, const Scale *scale, PlanciaSeries *series, GdkRGBA ink)
{
  trace_pieces (cr, scale, series, fill_piece, &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1.7);
  trace_pieces (cr, scale, series, stroke_piece, NULL);
}

static void
draw_dashed (cairo_t *cr, const Scale *scale, PlanciaSeries *series, GdkRGBA ink)
{
  static const double dash[] = {4, 3};

  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1.4);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  trace_pieces (cr, scale, series, stroke_piece, NULL);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_dot (cairo_t *cr, const Scale *scale, PlanciaSeries *series, GdkRGBA ink)
{
  gsize last = plancia_series_get_length (series) - 1;

  cairo_new_path (cr);
  cairo_arc (cr,
             x_of (scale, plancia_series_get_times (series)[last]),
             y_of (scale, plancia_series_get_values (series)[last]),
             DOT,
             0,
             2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_fill (cr);
}

static void
draw_line (GtkSnapshot *snapshot, const Scale *scale, double y, const GdkRGBA *ink)
{
  gtk_snapshot_append_color (snapshot,
                             ink,
                             &GRAPHENE_RECT_INIT (0, floorf ((float) y), (float) scale->width, 1));
}

static void
draw_text (PlanciaDayChart *self,
           GtkSnapshot     *snapshot,
           const char      *text,
           double           x,
           double           y,
           double           align,
           const GdkRGBA   *ink)
{
  g_autoptr (PangoLayout) layout = plancia_chart_text_new (GTK_WIDGET (self), text, FALSE);

  plancia_chart_text_append (snapshot, layout, x, y, align, ink);
}

static void
draw_axes (PlanciaDayChart      *self,
           GtkSnapshot          *snapshot,
           const Scale          *scale,
           const PlanciaPalette *palette)
{
  double middle = (scale->bottom + gtk_widget_get_height (GTK_WIDGET (self))) / 2 + 1;

  for (int i = scale->below ? -1 : 0; i <= (scale->below ? 1 : 2); i++) {
    double           y = y_of (scale, i * scale->step), watts = i * scale->step;
    g_autofree char *number = plancia_text_number (watts / 1000,
                                                   fmod (scale->step, 1000) == 0 ? 0 : 1);
    g_autofree char *label = g_strdup_printf ("%s\xc2\xa0kW", number);

    draw_line (snapshot, scale, y, &palette->grid);
    if (i != 0)
      draw_text (self, snapshot, label, scale->width, y + (i < 0 ? -8 : 9), 1, &palette->axis);
  }
  draw_line (snapshot, scale, y_of (scale, 0), &palette->grid);
  for (int hour = 0; hour <= 24; hour += 6) {
    g_autofree char *label = g_strdup_printf ("%02d", hour);

    draw_text (self,
               snapshot,
               label,
               hour / 24.0 * scale->width,
               middle,
               hour / 24.0,
               &palette->axis);
  }
}

static void
hatch (PlanciaDayChart      *self,
       GtkSnapshot          *snapshot,
       const Scale          *scale,
       const PlanciaPalette *palette,
       gint64                from,
       gint64                to)
{
  double left = x_of (scale, from), right = x_of (scale, to);
  g_autoptr (PangoLayout) layout = plancia_chart_text_new (GTK_WIDGET (self), _ ("no data"), FALSE);
  int width;

  plancia_hatch_append (snapshot,
                        &GRAPHENE_RECT_INIT ((float) left,
                                             (float) scale->top,
                                             (float) (right - left),
                                             (float) (scale->bottom - scale->top)),
                        &palette->hatch);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width + 24 < right - left) {
    double middle = (left + right) / 2, y = (scale->top + scale->bottom) / 2;

    gtk_snapshot_append_color (snapshot,
                               &palette->background,
                               &GRAPHENE_RECT_INIT ((float) (middle - width / 2.0 - 6),
                                                    (float) y - 10,
                                                    (float) width + 12,
                                                    20));
    plancia_chart_text_append (snapshot, layout, middle, y, 0.5, &palette->axis);
  }
}

/* What nobody recorded is neither zero nor a straight line. */
static void
draw_holes (PlanciaDayChart      *self,
            GtkSnapshot          *snapshot,
            const Scale          *scale,
            const PlanciaPalette *palette,
            PlanciaSeries        *series)
{
  const gint64 *times = plancia_series_get_times (series);
  gsize         length = plancia_series_get_length (series);
  gint64        gap = plancia_series_get_gap (series), last = scale->day.start;

  for (gsize i = 0; i < length; i++) {
    if (times[i] - last > gap)
      hatch (self, snapshot, scale, palette, last, times[i]);
    last = times[i];
  }
}

static void
plancia_day_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaDayChart *self = PLANCIA_DAY_CHART (widget);
  guint            number = 1;
  PlanciaSeries   *main = get_main (self, &number);
  PlanciaSeries   *second = main ? get_second (self, main) : NULL;
  Scale            scale = make_scale (self, main, second);
  PlanciaPalette   palette;
  cairo_t         *cr;

  plancia_palette_load (&palette, widget);
  draw_axes (self, snapshot, &scale, &palette);
  if (!main)
    return;

  draw_holes (self, snapshot, &scale, &palette, main);
  cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT (-4, 0, (float) scale.width + 8, (float) scale.bottom + 4));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_area (cr, &scale, main, plancia_palette_series (&palette, number));
  if (second)
    draw_dashed (cr, &scale, second, plancia_palette_series (&palette, 2));
  draw_dot (cr, &scale, main, plancia_palette_series (&palette, number));
  cairo_destroy (cr);
}

static void
plancia_day_chart_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
  *natural = *minimum;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plancia_day_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_day_chart_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

/* --- words ----------------------------------------------------------------------------------- */

static char *
make_sentence (PlanciaDayChart *self)
{
  guint            number;
  PlanciaSeries   *main = get_main (self, &number);
  gsize            length = main ? plancia_series_get_length (main) : 0, best = 0;
  const char      *unit;
  g_autofree char *power = NULL, *clock = NULL;

  for (gsize i = 0; i < length; i++) {
    if (plancia_series_get_values (main)[i] > plancia_series_get_values (main)[best])
      best = i;
  }
  if (length == 0)
    return g_strdup (_ ("Nothing recorded today"));
  power = plancia_text_power (plancia_series_get_values (main)[best], &unit);
  clock = plancia_figure_time (plancia_series_get_times (main)[best], self->zone);
  /* Translators: power, unit and time of day of today's largest value. */
  return g_strdup_printf (_ ("Today's curve, highest %s %s at %s"), power, unit, clock);
}

static void
changed (PlanciaDayChart *self)
{
  g_autofree char *sentence = make_sentence (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_day_chart_dispose (GObject *object)
{
  PlanciaDayChart *self = PLANCIA_DAY_CHART (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->curve);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_day_chart_parent_class)->dispose (object);
}

static void
plancia_day_chart_class_init (PlanciaDayChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_day_chart_dispose;
  widget_class->snapshot = plancia_day_chart_snapshot;
  widget_class->measure = plancia_day_chart_measure;
  widget_class->css_changed = plancia_day_chart_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_day_chart_init (PlanciaDayChart *self)
{
  self->zone = g_time_zone_new_local ();
  self->signals = g_signal_group_new (PLANCIA_TYPE_DAY_CURVE);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (changed), self);
}

GtkWidget *
plancia_day_chart_new (void)
{
  return g_object_new (PLANCIA_TYPE_DAY_CHART, NULL);
}

/**
 * plancia_day_chart_set_curve:
 * @self: a chart
 * @curve: (nullable): what it shows
 * @zone: (nullable): of the plant
 */
void
plancia_day_chart_set_curve (PlanciaDayChart *self, PlanciaDayCurve *curve, GTimeZone *zone)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_set_object (&self->curve, curve);
  g_signal_group_set_target (self->signals, curve);
  changed (self);
}
