/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/palette.h"

static void
look_up (GtkStyleContext *context, const char *name, const GdkRGBA *fallback, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (context, name, color))
    *color = *fallback;
}

/* libadwaita's text is a little translucent; a badge on top of a curve must not be. */
static GdkRGBA
flatten (GdkRGBA color, GdkRGBA ground)
{
  float part = color.alpha;

  return (GdkRGBA){
    color.red * part + ground.red * (1 - part),
    color.green * part + ground.green * (1 - part),
    color.blue * part + ground.blue * (1 - part),
    1,
  };
}

/**
 * plancia_palette_load:
 * @self: (out): the colours
 * @widget: whose style sheets hold the names
 *
 * A name that no style sheet defines becomes the text colour of @widget (the background: white), so
 * that a drawing stays readable. Main thread.
 */
void
plancia_palette_load (PlanciaPalette *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const GdkRGBA    white = {1, 1, 1, 1};
  GdkRGBA          text;

  gtk_style_context_get_color (context, &text);
  for (guint i = 0; i < PLANCIA_PALETTE_SERIES; i++) {
    g_autofree char *name = g_strdup_printf ("series_%u", i + 1);

    look_up (context, name, &text, &self->series[i]);
  }
  look_up (context, "chart_grid", &text, &self->grid);
  look_up (context, "chart_axis", &text, &self->axis);
  look_up (context, "chart_hatch", &text, &self->hatch);
  look_up (context, "window_fg_color", &text, &self->foreground);
  look_up (context, "window_bg_color", &white, &self->background);
  self->foreground = flatten (self->foreground, self->background);
}

/**
 * plancia_palette_series:
 * @self: the colours
 * @number: of the series, from 1
 *
 * Returns: its colour; 7 has that of 1
 */
GdkRGBA
plancia_palette_series (const PlanciaPalette *self, guint number)
{
  return self->series[(MAX (number, 1) - 1) % PLANCIA_PALETTE_SERIES];
}

/**
 * plancia_palette_dash:
 * @number: of the series, from 1
 * @n_lengths: (out): how many lengths, 0 for an unbroken line
 *
 * The first six are unbroken; the next six have the same colours and the first dash, and so on.
 *
 * Returns: (transfer none) (nullable) (array length=n_lengths): pixels on, off, on ...
 */
const double *
plancia_palette_dash (guint number, guint *n_lengths)
{
  static const double dashes[][6] = {
    {6,  4,  0, 0, 0, 0},
    {2,  3,  0, 0, 0, 0},
    {12, 4,  0, 0, 0, 0},
    {8,  3,  2, 3, 0, 0},
    {2,  8,  0, 0, 0, 0},
    {16, 8,  0, 0, 0, 0},
    {12, 3,  2, 3, 2, 3},
    {4,  10, 0, 0, 0, 0},
    {6,  3,  6, 9, 0, 0},
    {20, 3,  2, 3, 0, 0},
  };
  guint style = (MAX (number, 1) - 1) / PLANCIA_PALETTE_SERIES;

  *n_lengths = 0;
  if (style == 0)
    return NULL;
  style = (style - 1) % G_N_ELEMENTS (dashes);
  while (*n_lengths < 6 && dashes[style][*n_lengths] > 0)
    *n_lengths += 1;
  return dashes[style];
}

/**
 * plancia_palette_fade:
 * @color: a colour
 * @alpha: 0 to 1
 *
 * Returns: @color with its opacity multiplied by @alpha
 */
GdkRGBA
plancia_palette_fade (GdkRGBA color, double alpha)
{
  color.alpha = (float) (color.alpha * alpha);
  return color;
}
