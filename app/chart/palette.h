/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLANCIA_PALETTE_SERIES 6

/* The named colours of the style sheets, looked up once and kept until css_changed. */
typedef struct
{
  GdkRGBA series[PLANCIA_PALETTE_SERIES];
  GdkRGBA grid;
  GdkRGBA axis;       /* labels, zero line */
  GdkRGBA hatch;      /* holes */
  GdkRGBA foreground; /* badges */
  GdkRGBA background; /* halos */
} PlanciaPalette;

void plancia_palette_load (PlanciaPalette *self, GtkWidget *widget);
/* number from 1; beyond six the colours come again (and the form has to differ). */
GdkRGBA plancia_palette_series (const PlanciaPalette *self, guint number);
/* How a line of that number is dashed, so that each of 64 differs from every other by colour or by line: lengths on and
 * off, pixels; NULL and 0 for an unbroken one. */
const double *plancia_palette_dash (guint number, guint *n_lengths);
GdkRGBA       plancia_palette_fade (GdkRGBA color, double alpha);

G_END_DECLS
