/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/ink.h"

#include <math.h>

#define BYTES 4

/* Blue, green, red, alpha: 0 to 255, not premultiplied by the part of a pixel that is covered. */
typedef struct
{
  guint part[BYTES];
} Pigment;

static Pigment
pigment_of (const GdkRGBA *color)
{
  float   alpha = CLAMP (color->alpha, 0, 1);
  Pigment pigment;

  pigment.part[0] = (guint) lroundf (color->blue * alpha * 255);
  pigment.part[1] = (guint) lroundf (color->green * alpha * 255);
  pigment.part[2] = (guint) lroundf (color->red * alpha * 255);
  pigment.part[3] = (guint) lroundf (alpha * 255);
  return pigment;
}

/* One pixel; covered: 0 to 256. */
static inline void
blend (guchar *pixel, const Pigment *pigment, guint covered)
{
  guint rest = 255 - pigment->part[3] * covered / 256;

  for (guint i = 0; i < BYTES; i++)
    pixel[i] = (guchar) (pigment->part[i] * covered / 256 + (pixel[i] * rest + 127) / 255);
}

/* A column one pixel wide from top to bottom; its ends may cover parts of pixels. */
static void
fill_column (PlanciaInk *self, const Pigment *pigment, int column, double top, double bottom)
{
  int     first = (int) floor (top), last = (int) ceil (bottom) - 1;
  int     stride = self->width * BYTES;
  guchar *pixel;

  first = MAX (first, 0);
  last = MIN (last, self->height - 1);
  pixel = self->pixels + (gsize) first * (gsize) stride + (gsize) column * BYTES;
  for (int row = first; row <= last; row++, pixel += stride) {
    double part = MIN (bottom, row + 1) - MAX (top, row);

    blend (pixel, pigment, (guint) (part * 256));
  }
}

/**
 * plancia_ink_new_texture:
 * @area: what it covers
 * @scale: pixels of the screen a unit, at least 1
 *
 * Returns: (transfer full): to be given to plancia_ink_finish()
 */
PlanciaInk
plancia_ink_new_texture (const graphene_rect_t *area, int scale)
{
  PlanciaInk self = {.area = *area, .scale = MAX (scale, 1)};

  self.width = MAX ((int) area->size.width, 1) * self.scale;
  self.height = MAX ((int) area->size.height, 1) * self.scale;
  self.pixels = g_malloc0_n ((gsize) self.width, (gsize) self.height * BYTES);
  return self;
}

/**
 * plancia_ink_fill:
 * @self: ink
 * @color: a colour, translucent or not
 * @x: left edge, a whole pixel
 * @y: upper edge, also between pixels
 * @width: whole pixels
 * @height: pixels
 */
void
plancia_ink_fill (PlanciaInk    *self,
                  const GdkRGBA *color,
                  double         x,
                  double         y,
                  double         width,
                  double         height)
{
  Pigment pigment;
  double  top = (y - self->area.origin.y) * self->scale;
  int     first = (int) ((x - self->area.origin.x) * self->scale);
  int     last = first + (int) (width * self->scale);

  if (self->snapshot != NULL) {
    graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

    gtk_snapshot_append_color (self->snapshot, color, &area);
    return;
  }
  pigment = pigment_of (color);
  for (int column = MAX (first, 0); column < MIN (last, self->width); column++)
    fill_column (self, &pigment, column, top, top + height * self->scale);
}

/**
 * plancia_ink_finish:
 * @self: (inout): ink with a texture; empty afterwards
 * @snapshot: where to
 */
void
plancia_ink_finish (PlanciaInk *self, GtkSnapshot *snapshot)
{
  gsize stride = (gsize) self->width * BYTES;
  g_autoptr (GBytes)
    bytes = g_bytes_new_take (g_steal_pointer (&self->pixels), stride * (gsize) self->height);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (self->width,
                                                           self->height,
                                                           GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                                           bytes,
                                                           stride);

  gtk_snapshot_append_texture (snapshot, texture, &self->area);
}
