/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Labels inside drawings: .82 em, tabular figures. (transfer full) */
PangoLayout *plancia_chart_text_new (GtkWidget *widget, const char *text, gboolean bold);
/* x: where in the text's width (0 left, .5 middle, 1 right) the given point lies; y: its middle. */
void plancia_chart_text_append (GtkSnapshot   *snapshot,
                                PangoLayout   *layout,
                                double         x,
                                double         y,
                                double         align,
                                const GdkRGBA *color);
/* How much larger text is than at Cantarell 11 (18 px a line); never below 1. */
double plancia_chart_text_scale (GtkWidget *widget);

G_END_DECLS
