/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/line-path.h"

#include <math.h>

/* A dash has no gaps where a spike could hide: between dashes the line is pale. */
#define OFF_ALPHA   0.2
#define HIDDEN_BAND 2

/**
 * plancia_line_path_append:
 * @snapshot: where to
 * @layer: whose pane
 * @plot: where things are
 *
 * Returns: (transfer full): for drawing in the pane's rectangle, in the chart's coordinates
 */
cairo_t *
plancia_line_path_append (GtkSnapshot *snapshot, PlanciaLayer *layer, const PlanciaPlot *plot)
{
  const PlanciaPlotAxis *pane = &plot->axes[plancia_layer_get_axis (layer)];

  return gtk_snapshot_append_cairo (snapshot,
                                    &GRAPHENE_RECT_INIT ((float) plot->x,
                                                         (float) pane->y,
                                                         (float) plot->width,
                                                         (float) pane->height));
}

/**
 * plancia_line_path_trace:
 * @cr: where to
 * @layer: whose series
 * @run: which of its samples
 * @plot: where things are
 *
 * Starts a new sub-path.
 */
void
plancia_line_path_trace (cairo_t *cr, PlanciaLayer *layer, PlanciaRun run, const PlanciaPlot *plot)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);
  const gint64  *times = plancia_series_get_times (series);
  const float   *values = plancia_series_get_values (series);
  guint          axis = plancia_layer_get_axis (layer);

  cairo_new_sub_path (cr);
  for (gsize i = run.begin; i < run.end; i++)
    cairo_line_to (cr, plancia_plot_x (plot, times[i]), plancia_plot_y (plot, axis, values[i]));
}

/**
 * plancia_line_path_stroke:
 * @cr: where to, with its source and dash set
 * @layer: whose series
 * @runs: (element-type PlanciaRun): of plancia_layer_find_runs()
 * @plot: where things are
 * @width: of the line, pixels
 */
void
plancia_line_path_stroke (cairo_t           *cr,
                          PlanciaLayer      *layer,
                          GArray            *runs,
                          const PlanciaPlot *plot,
                          double             width)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);
  guint          axis = plancia_layer_get_axis (layer);

  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < runs->len; i++) {
    PlanciaRun run = g_array_index (runs, PlanciaRun, i);
    double     x = plancia_plot_x (plot, plancia_series_get_times (series)[run.begin]);
    double     y = plancia_plot_y (plot, axis, plancia_series_get_values (series)[run.begin]);

    cairo_new_path (cr);
    if (run.end - run.begin == 1) {
      cairo_arc (cr, x, y, width, 0, 2 * G_PI);
      cairo_fill (cr);
      continue;
    }
    plancia_line_path_trace (cr, layer, run, plot);
    cairo_stroke (cr);
  }
}

/**
 * plancia_line_path_columns:
 * @layer: whose series
 * @plot: where things are
 * @n_columns: (out): how many
 *
 * Returns: (transfer full) (array length=n_columns): what is in each pixel's column
 */
PlanciaColumn *
plancia_line_path_columns (PlanciaLayer *layer, const PlanciaPlot *plot, guint *n_columns)
{
  PlanciaColumn *columns;

  *n_columns = (guint) plot->width;
  columns = g_new0 (PlanciaColumn, *n_columns);
  plancia_reduce_columns (plancia_layer_get_series (layer), plot->span, *n_columns, columns);
  return columns;
}

/* Is a dash under this pixel? */
static gboolean
is_on (guint x, const double *dashes, guint n_dashes)
{
  double length = 0, at;
  guint  i = 0;

  for (guint j = 0; j < n_dashes; j++)
    length += dashes[j];
  at = fmod (x, length);
  while (i < n_dashes && at >= dashes[i])
    at -= dashes[i++];
  return i % 2 == 0;
}

/* Smallest and largest value that a column's rectangle holds. It reaches to where the one before ended, so that the line is
 * whole; not across a hole. */
static void
find_ends (const PlanciaColumn *column,
           const PlanciaColumn *previous,
           PlanciaColumnPart    part,
           double              *low,
           double              *high)
{
  double joint = part == PLANCIA_COLUMN_BAND ? 0 : column->mean;

  *low = part == PLANCIA_COLUMN_BAND ? column->minimum : joint;
  *high = part == PLANCIA_COLUMN_BAND ? column->maximum : joint;
  if (previous == NULL || column->gap_before)
    return;
  joint = part == PLANCIA_COLUMN_BAND ? previous->last : previous->mean;
  *low = MIN (*low, joint);
  *high = MAX (*high, joint);
}

/**
 * plancia_line_path_paint_columns:
 * @ink: with what
 * @layer: whose axis
 * @plot: where things are
 * @columns: (array length=n_columns): of plancia_line_path_columns()
 * @n_columns: how many
 * @part: band or mean
 * @color: of the rectangles
 * @width: least height of a rectangle: that of a line
 * @dashes: (nullable) (array length=n_dashes): of the line
 * @n_dashes: how many
 */
void
plancia_line_path_paint_columns (PlanciaInk          *ink,
                                 PlanciaLayer        *layer,
                                 const PlanciaPlot   *plot,
                                 const PlanciaColumn *columns,
                                 guint                n_columns,
                                 PlanciaColumnPart    part,
                                 const GdkRGBA       *color,
                                 double               width,
                                 const double        *dashes,
                                 guint                n_dashes)
{
  guint                axis = plancia_layer_get_axis (layer);
  const PlanciaColumn *previous = NULL;
  GdkRGBA              off = plancia_palette_fade (*color, OFF_ALPHA);

  for (guint i = 0; i < n_columns; i++) {
    const PlanciaColumn *column = &columns[i];
    double               low, high, top, height;

    if (column->count == 0)
      continue;
    find_ends (column, previous, part, &low, &high);
    previous = column;
    top = plancia_plot_y (plot, axis, high) - width / 2;
    height = plancia_plot_y (plot, axis, low) + width / 2 - top;
    /* The line through the means hides so thin a band. */
    if (part == PLANCIA_COLUMN_MEAN || height > HIDDEN_BAND)
      plancia_ink_fill (ink,
                        n_dashes == 0 || is_on (i, dashes, n_dashes) ? color : &off,
                        plot->x + i,
                        top,
                        1,
                        height);
  }
}
