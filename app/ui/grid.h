/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Twelve columns, gap 18, height for width. Every child spans some of the columns; a child that does not fit any more
 * begins a row, and all children of a row share the tallest height. Narrower than 660 px (more with large text) each
 * child has the whole width. In a template: <child type="7">, in code plancia_grid_append. */
#define PLANCIA_TYPE_GRID (plancia_grid_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaGrid, plancia_grid, PLANCIA, GRID, GtkWidget)

GtkWidget *plancia_grid_new (void);
void       plancia_grid_append (PlanciaGrid *self, GtkWidget *child, guint span); /* 1 to 12 */
void       plancia_grid_set_span (PlanciaGrid *self, GtkWidget *child, guint span);
void       plancia_grid_remove (PlanciaGrid *self, GtkWidget *child);

G_END_DECLS
