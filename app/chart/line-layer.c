/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/line-layer.h"

#include "chart/line-path.h"

#define LINE_WIDTH   1.8
#define THIN_WIDTH   1.6
#define AREA_TOP     0.44
#define AREA_BOTTOM  0.07
#define SIGNED_ALPHA 0.22
/* Many samples a pixel: all of them as a band, their mean as a line in it. */
#define DENSE_ALPHA 0.70

static const double dashes[] = {6, 4};

struct _PlanciaLineLayer
{
  PlanciaLayer parent_instance;

  PlanciaLineForm form;
};

G_DEFINE_FINAL_TYPE (PlanciaLineLayer, plancia_line_layer, PLANCIA_TYPE_LAYER)

static double
line_width (PlanciaLineLayer *self)
{
  return self->form == PLANCIA_LINE_SIGNED ? THIN_WIDTH : LINE_WIDTH;
}

static void
set_fill (PlanciaLineLayer *self, cairo_t *cr, GdkRGBA color, double top, double zero)
{
  cairo_pattern_t *fade;

  if (self->form == PLANCIA_LINE_SIGNED) {
    cairo_set_source_rgba (cr,
                           color.red,
                           color.green,
                           color.blue,
                           color.alpha * (float) SIGNED_ALPHA);
    return;
  }
  fade = cairo_pattern_create_linear (0, top, 0, zero);
  cairo_pattern_add_color_stop_rgba (fade, 0, color.red, color.green, color.blue, AREA_TOP);
  cairo_pattern_add_color_stop_rgba (fade, 1, color.red, color.green, color.blue, AREA_BOTTOM);
  cairo_set_source (cr, fade);
  cairo_pattern_destroy (fade);
}

static gboolean
has_fill (PlanciaLineLayer *self)
{
  return self->form == PLANCIA_LINE_AREA || self->form == PLANCIA_LINE_SIGNED;
}

static void
fill_runs (PlanciaLineLayer  *self,
           cairo_t           *cr,
           GArray            *runs,
           const PlanciaPlot *plot,
           GdkRGBA            color)
{
  PlanciaLayer  *layer = PLANCIA_LAYER (self);
  PlanciaSeries *series = plancia_layer_get_series (layer);
  const gint64  *times = plancia_series_get_times (series);
  double         zero = plancia_plot_base (plot, plancia_layer_get_axis (layer));

  set_fill (self, cr, color, plot->axes[plancia_layer_get_axis (layer)].y, zero);
  for (guint i = 0; i < runs->len; i++) {
    PlanciaRun run = g_array_index (runs, PlanciaRun, i);

    cairo_new_path (cr);
    plancia_line_path_trace (cr, layer, run, plot);
    cairo_line_to (cr, plancia_plot_x (plot, times[run.end - 1]), zero);
    cairo_line_to (cr, plancia_plot_x (plot, times[run.begin]), zero);
    cairo_close_path (cr);
    cairo_fill (cr);
  }
}

/* That of the form, or of a number that has a colour for the second time. */
static const double *
find_dashes (PlanciaLineLayer *self, guint *n_lengths)
{
  if (self->form == PLANCIA_LINE_DASH) {
    *n_lengths = G_N_ELEMENTS (dashes);
    return dashes;
  }
  return plancia_palette_dash (plancia_layer_get_color (PLANCIA_LAYER (self)), n_lengths);
}

static void
plancia_line_layer_snapshot (PlanciaLayer *layer, GtkSnapshot *snapshot, const PlanciaPlot *plot)
{
  PlanciaLineLayer *self = PLANCIA_LINE_LAYER (layer);
  g_autoptr (GArray) runs = plancia_layer_find_runs (layer, plot->span);
  cairo_t      *cr = plancia_line_path_append (snapshot, layer, plot);
  const double *lengths;
  guint         n_lengths;
  GdkRGBA       color = plancia_palette_series (&plot->palette, plancia_layer_get_color (layer));

  if (has_fill (self))
    fill_runs (self, cr, runs, plot, color);
  gdk_cairo_set_source_rgba (cr, &color);
  lengths = find_dashes (self, &n_lengths);
  cairo_set_dash (cr, lengths, (int) n_lengths, 0);
  plancia_line_path_stroke (cr, layer, runs, plot, line_width (self));
  cairo_destroy (cr);
}

/* The area under a column: from its mean to zero, fading as the drawn area does. */
static void
paint_area (PlanciaLineLayer    *self,
            PlanciaInk          *ink,
            const PlanciaPlot   *plot,
            const PlanciaColumn *columns,
            guint                n_columns,
            GdkRGBA              color)
{
  guint   axis = plancia_layer_get_axis (PLANCIA_LAYER (self));
  double  zero = plancia_plot_base (plot, axis);
  double  alpha = self->form == PLANCIA_LINE_SIGNED ? SIGNED_ALPHA : (AREA_TOP + AREA_BOTTOM) / 2;
  GdkRGBA fill = plancia_palette_fade (color, alpha);

  for (guint i = 0; i < n_columns; i++) {
    double y = plancia_plot_y (plot, axis, columns[i].mean);

    if (columns[i].count > 0)
      plancia_ink_fill (ink, &fill, plot->x + i, MIN (y, zero), 1, ABS (zero - y));
  }
}

static void
plancia_line_layer_paint (PlanciaLayer *layer, PlanciaInk *ink, const PlanciaPlot *plot)
{
  PlanciaLineLayer         *self = PLANCIA_LINE_LAYER (layer);
  guint                     n_columns, n_lengths;
  g_autofree PlanciaColumn *columns = plancia_line_path_columns (layer, plot, &n_columns);
  GdkRGBA       color = plancia_palette_series (&plot->palette, plancia_layer_get_color (layer));
  GdkRGBA       pale = plancia_palette_fade (color, DENSE_ALPHA);
  const double *lengths = find_dashes (self, &n_lengths);

  if (has_fill (self))
    paint_area (self, ink, plot, columns, n_columns, color);
  plancia_line_path_paint_columns (ink,
                                   layer,
                                   plot,
                                   columns,
                                   n_columns,
                                   PLANCIA_COLUMN_BAND,
                                   &pale,
                                   1,
                                   lengths,
                                   n_lengths);
  plancia_line_path_paint_columns (ink,
                                   layer,
                                   plot,
                                   columns,
                                   n_columns,
                                   PLANCIA_COLUMN_MEAN,
                                   &color,
                                   line_width (self),
                                   lengths,
                                   n_lengths);
}

static void
plancia_line_layer_draw_key (PlanciaLayer         *layer,
                             cairo_t              *cr,
                             double                width,
                             double                height,
                             const PlanciaPalette *palette)
{
  PlanciaLineLayer *self = PLANCIA_LINE_LAYER (layer);
  GdkRGBA           color = plancia_palette_series (palette, plancia_layer_get_color (layer));
  double            y = has_fill (self) ? 1 : height / 2;
  const double     *lengths;
  guint             n_lengths;

  if (has_fill (self)) {
    GdkRGBA fill = plancia_palette_fade (color, 0.3);

    gdk_cairo_set_source_rgba (cr, &fill);
    cairo_rectangle (cr, 0, y, width, height - y);
    cairo_fill (cr);
  }
  gdk_cairo_set_source_rgba (cr, &color);
  lengths = find_dashes (self, &n_lengths);
  if (self->form == PLANCIA_LINE_DASH)
    cairo_set_dash (cr, (const double[]){4, 2.5}, 2, 0);
  else
    cairo_set_dash (cr, lengths, (int) n_lengths, 0);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, width, y);
  cairo_stroke (cr);
}

static void
plancia_line_layer_class_init (PlanciaLineLayerClass *klass)
{
  PlanciaLayerClass *layer_class = PLANCIA_LAYER_CLASS (klass);

  layer_class->snapshot = plancia_line_layer_snapshot;
  layer_class->paint = plancia_line_layer_paint;
  layer_class->draw_key = plancia_line_layer_draw_key;
}

static void
plancia_line_layer_init (PlanciaLineLayer *self)
{
}

/**
 * plancia_line_layer_new:
 * @series: what it shows
 * @color: number in the palette, from 1
 * @form: how
 *
 * Returns: (transfer full): a layer
 */
PlanciaLayer *
plancia_line_layer_new (PlanciaSeries *series, guint color, PlanciaLineForm form)
{
  PlanciaLineLayer *self =
    g_object_new (PLANCIA_TYPE_LINE_LAYER, "series", series, "color", color, NULL);

  self->form = form;
  return PLANCIA_LAYER (self);
}

PlanciaLineForm
plancia_line_layer_get_form (PlanciaLineLayer *self)
{
  return self->form;
}
