/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/band-layer.h"

#include "chart/line-path.h"

#define LINE_WIDTH  1.8
#define BAND_ALPHA  0.28
#define DENSE_ALPHA 0.40
/* The band is that of so many pixels around: it shows how restless a value is at this zoom. */
#define BAND_WIDTH 12

struct _PlanciaBandLayer
{
  PlanciaLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (PlanciaBandLayer, plancia_band_layer, PLANCIA_TYPE_LAYER)

/* Smallest and largest value around sample i, within the run. */
static void
range_around (PlanciaSeries *series, PlanciaRun run, gsize i, gint64 half, float *low, float *high)
{
  gint64 time = plancia_series_get_times (series)[i];
  gsize  begin = MAX (plancia_series_lower_bound (series, time - half), run.begin);
  gsize  end = MIN (plancia_series_lower_bound (series, time + half + 1), run.end);

  if (!plancia_series_range (series, begin, end, low, high))
    *low = *high = plancia_series_get_values (series)[i];
}

static void
fill_band (PlanciaLayer *layer, cairo_t *cr, PlanciaRun run, gint64 half, const PlanciaPlot *plot)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);
  const gint64  *times = plancia_series_get_times (series);
  guint          axis = plancia_layer_get_axis (layer);
  float          low, high;

  cairo_new_path (cr);
  for (gsize i = run.begin; i < run.end; i++) {
    range_around (series, run, i, half, &low, &high);
    cairo_line_to (cr, plancia_plot_x (plot, times[i]), plancia_plot_y (plot, axis, high));
  }
  for (gsize i = run.end; i > run.begin; i--) {
    range_around (series, run, i - 1, half, &low, &high);
    cairo_line_to (cr, plancia_plot_x (plot, times[i - 1]), plancia_plot_y (plot, axis, low));
  }
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
plancia_band_layer_snapshot (PlanciaLayer *layer, GtkSnapshot *snapshot, const PlanciaPlot *plot)
{
  g_autoptr (GArray) runs = plancia_layer_find_runs (layer, plot->span);
  cairo_t *cr = plancia_line_path_append (snapshot, layer, plot);
  GdkRGBA  color = plancia_palette_series (&plot->palette, plancia_layer_get_color (layer));
  GdkRGBA  fill = plancia_palette_fade (color, BAND_ALPHA);
  gint64 half = (gint64) ((double) (plot->span.end - plot->span.start) / plot->width) * BAND_WIDTH /
                2;

  gdk_cairo_set_source_rgba (cr, &fill);
  for (guint i = 0; i < runs->len; i++)
    fill_band (layer, cr, g_array_index (runs, PlanciaRun, i), half, plot);
  gdk_cairo_set_source_rgba (cr, &color);
  plancia_line_path_stroke (cr, layer, runs, plot, LINE_WIDTH);
  cairo_destroy (cr);
}

static void
plancia_band_layer_paint (PlanciaLayer *layer, PlanciaInk *ink, const PlanciaPlot *plot)
{
  guint                     n_columns;
  g_autofree PlanciaColumn *columns = plancia_line_path_columns (layer, plot, &n_columns);
  GdkRGBA color = plancia_palette_series (&plot->palette, plancia_layer_get_color (layer));
  GdkRGBA fill = plancia_palette_fade (color, DENSE_ALPHA);

  plancia_line_path_paint_columns (ink,
                                   layer,
                                   plot,
                                   columns,
                                   n_columns,
                                   PLANCIA_COLUMN_BAND,
                                   &fill,
                                   1,
                                   NULL,
                                   0);
  plancia_line_path_paint_columns (ink,
                                   layer,
                                   plot,
                                   columns,
                                   n_columns,
                                   PLANCIA_COLUMN_MEAN,
                                   &color,
                                   LINE_WIDTH,
                                   NULL,
                                   0);
}

static void
plancia_band_layer_draw_key (PlanciaLayer         *layer,
                             cairo_t              *cr,
                             double                width,
                             double                height,
                             const PlanciaPalette *palette)
{
  GdkRGBA color = plancia_palette_series (palette, plancia_layer_get_color (layer));
  GdkRGBA fill = plancia_palette_fade (color, 0.4);

  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_rectangle (cr, 0, 1, width, height - 2);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 0, height / 2);
  cairo_line_to (cr, width, height / 2);
  cairo_stroke (cr);
}

static void
plancia_band_layer_class_init (PlanciaBandLayerClass *klass)
{
  PlanciaLayerClass *layer_class = PLANCIA_LAYER_CLASS (klass);

  layer_class->snapshot = plancia_band_layer_snapshot;
  layer_class->paint = plancia_band_layer_paint;
  layer_class->draw_key = plancia_band_layer_draw_key;
}

static void
plancia_band_layer_init (PlanciaBandLayer *self)
{
}

/**
 * plancia_band_layer_new:
 * @series: what it shows
 * @color: number in the palette, from 1
 *
 * Returns: (transfer full): a layer
 */
PlanciaLayer *
plancia_band_layer_new (PlanciaSeries *series, guint color)
{
  return g_object_new (PLANCIA_TYPE_BAND_LAYER, "series", series, "color", color, NULL);
}
