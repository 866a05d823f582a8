/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The colours of curves and bars on paper: those of the light style sheet. */

/* number: from 1; beyond six the colours come again, and the line has to differ. */
void plancia_ink_series (cairo_t *cr, guint number, double alpha);
/* The line's second mark: whole for the first six, then dashed 6-4, then 2-3. */
void plancia_ink_dash (cairo_t *cr, guint number);
void plancia_ink_grid (cairo_t *cr);
void plancia_ink_axis (cairo_t *cr);
/* Slanted lines where nothing is known, or what goes out beside its colour; in the colour that is set. */
void plancia_ink_hatch (cairo_t *cr, double x, double y, double width, double height, double pitch);

G_END_DECLS
