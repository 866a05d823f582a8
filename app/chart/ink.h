/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What columns are painted with: nodes of a snapshot, one a rectangle, or the pixels of one texture, whose cost hardly grows
 * with the number of rectangles. Plain data. */
typedef struct
{
  GtkSnapshot *snapshot; /* nodes; or NULL */
  guint32
    *pixels; /* else: premultiplied, column after column (a rectangle is a stretch then); owned */
  graphene_rect_t area; /* what the texture covers */
  int             width, height;
  int             scale; /* pixels of the screen a unit */
} PlanciaInk;

/* A texture for this place, empty. */
PlanciaInk plancia_ink_new_texture (const graphene_rect_t *area, int scale);
void       plancia_ink_fill (PlanciaInk    *self,
                             const GdkRGBA *color,
                             double         x,
                             double         y,
                             double         width,
                             double         height);
/* Puts the texture where it belongs; self is empty then. */
void plancia_ink_finish (PlanciaInk *self, GtkSnapshot *snapshot);

G_END_DECLS
