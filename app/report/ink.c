/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ink.h"

#define N_COLORS 6

static const double colors[N_COLORS][3] = {
  {0.722, 0.451, 0.0  },
  {0.082, 0.298, 0.592},
  {0.145, 0.541, 0.408},
  {0.698, 0.227, 0.816},
  {0.561, 0.110, 0.082},
  {0.290, 0.271, 0.306},
};

void
plancia_ink_series (cairo_t *cr, guint number, double alpha)
{
  const double *color = colors[(MAX (number, 1) - 1) % N_COLORS];

  cairo_set_source_rgba (cr, color[0], color[1], color[2], alpha);
}

void
plancia_ink_dash (cairo_t *cr, guint number)
{
  static const double dashes[][2] = {
    {6, 4},
    {2, 3}
  };
  guint round = (MAX (number, 1) - 1) / N_COLORS;

  if (round == 0)
    cairo_set_dash (cr, NULL, 0, 0);
  else
    cairo_set_dash (cr, dashes[(round - 1) % G_N_ELEMENTS (dashes)], 2, 0);
}

void
plancia_ink_grid (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.91, 0.91, 0.91);
}

void
plancia_ink_axis (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.46);
}

void
plancia_ink_hatch (cairo_t *cr, double x, double y, double width, double height, double pitch)
{
  if (width <= 0 || height <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 0.6);
  for (double at = x - height; at < x + width; at += pitch) {
    cairo_move_to (cr, at, y + height);
    cairo_line_to (cr, at + height, y);
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}
