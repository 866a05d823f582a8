/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/hatch.h"

#include <math.h>

#define PITCH 7

/**
 * plancia_hatch_draw:
 * @cr: where to
 * @x: pixels
 * @y: pixels
 * @width: pixels
 * @height: pixels
 * @pitch: distance of the lines along x, pixels
 * @color: of the lines
 *
 * The lines lie on a grid of the whole drawing, so that two areas side by side match.
 */
void
plancia_hatch_draw (cairo_t       *cr,
                    double         x,
                    double         y,
                    double         width,
                    double         height,
                    double         pitch,
                    const GdkRGBA *color)
{
  double bottom = y + height;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_new_path (cr);
  for (double start = floor ((x - height) / pitch) * pitch; start < x + width; start += pitch) {
    cairo_move_to (cr, start, bottom);
    cairo_line_to (cr, start + height, y);
  }
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * plancia_hatch_append:
 * @snapshot: where to
 * @area: what is hatched
 * @color: of the lines
 */
void
plancia_hatch_append (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);

  plancia_hatch_draw (cr,
                      area->origin.x,
                      area->origin.y,
                      area->size.width,
                      area->size.height,
                      PITCH,
                      color);
  cairo_destroy (cr);
}
