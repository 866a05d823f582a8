/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/emblem.h"

/* Measures of data/icons/io.github.plancia.Plancia.svg: 104 wide from 12, 12. */
#define EDGE      12.0
#define SIDE      104.0
#define CORNER    22.0
#define HORIZON   78.0
#define MIDDLE    64.0
#define N_SPOKES  5
#define SUN       14.0
#define RIM_INNER 27.5
#define RIM_OUTER 36.5

static void
trace_shape (cairo_t *cr)
{
  double right = EDGE + SIDE, bottom = EDGE + SIDE;

  cairo_new_path (cr);
  cairo_arc (cr, EDGE + CORNER, EDGE + CORNER, CORNER, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - CORNER, EDGE + CORNER, CORNER, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, right - CORNER, bottom - CORNER, CORNER, 0, 0.5 * G_PI);
  cairo_arc (cr, EDGE + CORNER, bottom - CORNER, CORNER, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

static void
fill_between (cairo_t *cr, double top, double bottom, const double *from, const double *to)
{
  cairo_pattern_t *fade = cairo_pattern_create_linear (0, top, 0, bottom);

  cairo_pattern_add_color_stop_rgb (fade, 0, from[0], from[1], from[2]);
  cairo_pattern_add_color_stop_rgb (fade, 1, to[0], to[1], to[2]);
  cairo_set_source (cr, fade);
  cairo_rectangle (cr, EDGE, top, SIDE, bottom - top);
  cairo_fill (cr);
  cairo_pattern_destroy (fade);
}

static void
draw_spoke (cairo_t *cr, double angle)
{
  cairo_save (cr);
  cairo_translate (cr, MIDDLE, HORIZON);
  cairo_rotate (cr, angle);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 5);
  cairo_move_to (cr, SUN, 0);
  cairo_line_to (cr, 34, 0);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 8);
  cairo_move_to (cr, 39, 0);
  cairo_line_to (cr, 46, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* The upper half of a steering wheel that is the rising sun. */
static void
draw_wheel (cairo_t *cr)
{
  cairo_save (cr);
  cairo_rectangle (cr, EDGE, EDGE, SIDE, HORIZON - EDGE);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.973, 0.88, 0.36);
  for (int i = 0; i < N_SPOKES; i++)
    draw_spoke (cr, -G_PI / 180 * (18 + 36 * i));
  cairo_set_line_width (cr, RIM_OUTER - RIM_INNER);
  cairo_arc (cr, MIDDLE, HORIZON, (RIM_OUTER + RIM_INNER) / 2, G_PI, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, MIDDLE, HORIZON, SUN, G_PI, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_glints (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.85, 0.78, 0.40);
  cairo_rectangle (cr, 34, 86, 60, 4.5);
  cairo_rectangle (cr, 44, 95, 40, 4);
  cairo_fill (cr);
}

void
plancia_emblem_draw (cairo_t *cr, double x, double y, double size)
{
  static const double sky[] = {0.102, 0.373, 0.706}, haze[] = {0.6, 0.757, 0.945};
  static const double sea[] = {0.11, 0.29, 0.525}, deep[] = {0.063, 0.188, 0.361};

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / SIDE, size / SIDE);
  cairo_translate (cr, -EDGE, -EDGE);
  trace_shape (cr);
  cairo_clip (cr);
  fill_between (cr, EDGE, HORIZON, sky, haze);
  fill_between (cr, HORIZON, EDGE + SIDE, sea, deep);
  draw_wheel (cr);
  draw_glints (cr);
  cairo_restore (cr);
}
