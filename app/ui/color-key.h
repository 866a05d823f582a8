/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A little square that says which colour a figure has in a drawing: solid towards the house, hatched away from it.
 * With the style class "bar" it is 6 px wide. Properties "color" (name in the style sheets) and "hatched". */
#define PLANCIA_TYPE_COLOR_KEY (plancia_color_key_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaColorKey, plancia_color_key, PLANCIA, COLOR_KEY, GtkWidget)

GtkWidget *plancia_color_key_new (const char *color, gboolean hatched);
void       plancia_color_key_set (PlanciaColorKey *self, const char *color, gboolean hatched);

G_END_DECLS
