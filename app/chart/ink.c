/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/ink.h"

#include <math.h>

/* Turning columns into rows goes by squares of so many pixels: they stay in the nearest cache. */
#define SQUARE 16

/* Premultiplied alpha, red, green, blue from the highest byte down, with the part of a pixel that is covered: 0 to 256. */
static guint32
pigment_of (const GdkRGBA *color, guint covered)
{
  float   alpha = CLAMP (color->alpha, 0, 1) * (float) covered / 256;
  guint32 channels[] = {
    (guint32) lroundf (alpha * 255),
    (guint32) lroundf (color->red * alpha * 255),
    (guint32) lroundf (color->green * alpha * 255),
    (guint32) lroundf (color->blue * alpha * 255),
  };

  return channels[0] << 24 | channels[1] << 16 | channels[2] << 8 | channels[3];
}

/* Two channels at a time. */
static inline guint32
blend (guint32 below, guint32 pigment)
{
  guint32 rest = 256 - (pigment >> 24) - (pigment >> 31);
  guint32 even = (((below & 0x00ff00ff) * rest) >> 8) & 0x00ff00ff;
  guint32 odd = (((below >> 8) & 0x00ff00ff) * rest) & 0xff00ff00;

  return pigment + even + odd;
}

static inline void
blend_one (guint32 *column, int row, int height, const GdkRGBA *color, double part)
{
  if (row >= 0 && row < height && part > 0)
    column[row] = blend (column[row], pigment_of (color, (guint) (part * 256)));
}

/* A stretch of a column; its ends may cover parts of pixels. */
static void
fill_column (guint32 *column, int height, const GdkRGBA *color, double top, double bottom)
{
  int     first = (int) ceil (top), last = (int) floor (bottom);
  guint32 pigment = pigment_of (color, 256);

  if (first > last) {
    blend_one (column, last, height, color, bottom - top);
    return;
  }
  blend_one (column, first - 1, height, color, first - top);
  blend_one (column, last, height, color, bottom - last);
  first = MAX (first, 0);
  last = MIN (last, height);
  if (pigment >> 24 == 255)
    for (int row = first; row < last; row++)
      column[row] = pigment;
  else
    for (int row = first; row < last; row++)
      column[row] = blend (column[row], pigment);
}

/* A square of columns into rows. */
static void
turn_square (const PlanciaInk *self, guint32 *rows, int x, int y)
{
  int right = MIN (x + SQUARE, self->width), bottom = MIN (y + SQUARE, self->height);

  for (int row = y; row < bottom; row++)
    for (int column = x; column < right; column++)
      rows[(gsize) row * (gsize) self->width + (gsize) column] =
        self->pixels[(gsize) column * (gsize) self->height + (gsize) row];
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
  self.pixels = g_malloc0_n ((gsize) self.width, (gsize) self.height * sizeof (guint32));
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
  double top = (y - self->area.origin.y) * self->scale;
  int    first = (int) ((x - self->area.origin.x) * self->scale);
  int    last = first + (int) (width * self->scale);

  if (self->snapshot != NULL) {
    graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

    gtk_snapshot_append_color (self->snapshot, color, &area);
    return;
  }
  for (int column = MAX (first, 0); column < MIN (last, self->width); column++)
    fill_column (self->pixels + (gsize) column * (gsize) self->height,
                 self->height,
                 color,
                 top,
                 top + height * self->scale);
}

/**
 * plancia_ink_finish:
 * @self: (inout): ink with a texture; empty afterwards
 * @snapshot: where to
 */
void
plancia_ink_finish (PlanciaInk *self, GtkSnapshot *snapshot)
{
  gsize    stride = (gsize) self->width * sizeof (guint32);
  guint32 *rows = g_malloc (stride * (gsize) self->height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rows, stride * (gsize) self->height);
  g_autoptr (GdkTexture) texture = NULL;

  for (int y = 0; y < self->height; y += SQUARE)
    for (int x = 0; x < self->width; x += SQUARE)
      turn_square (self, rows, x, y);
  g_clear_pointer (&self->pixels, g_free);
  texture = gdk_memory_texture_new (self->width, self->height, GDK_MEMORY_DEFAULT, bytes, stride);
  gtk_snapshot_append_texture (snapshot, texture, &self->area);
}
