/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lines at 45°, 1 px wide, 7 px apart: nothing is known here. */
void
plancia_hatch_append (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color);
void plancia_hatch_draw (cairo_t       *cr,
                         double         x,
                         double         y,
                         double         width,
                         double         height,
                         double         pitch,
                         const GdkRGBA *color);

G_END_DECLS
