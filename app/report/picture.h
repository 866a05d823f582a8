/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-options.h"
#include "report/pen.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* A drawing as a file of its own: PNG (twice as fine as a screen), SVG or PDF (vectors, fonts embedded). Any thread. */

typedef void (*PlanciaPictureDraw) (cairo_t *cr, double width, double height, gpointer data);

/* width, height: points. title: metadata of a PDF, or NULL. (transfer full), or NULL with G_IO_ERROR. */
GBytes *plancia_picture_render (PlanciaExportFormat format,
                                double              width,
                                double              height,
                                const char         *title,
                                PlanciaPictureDraw  draw,
                                gpointer            data,
                                GError            **error);

G_END_DECLS
