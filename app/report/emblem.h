/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The program's icon, for paper: in a square of size points, its upper left corner at x, y. */
void plancia_emblem_draw (cairo_t *cr, double x, double y, double size);

G_END_DECLS
