/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/strips.h"

#include "report/ink.h"
#include "report/pen.h"

/* Points: the title, the strip, the words. */
#define ABOVE  8.0
#define TITLE  12.0
#define STRIP  9.0
#define WORDS  13.0
#define MARGIN 4.0 /* of words in their run */

typedef struct
{
  PlanciaSpan span;
  guint       color;
  char       *words;
} Run;

typedef struct
{
  char   *title;
  GArray *runs; /* Run */
} Strip;

struct _PlanciaStrips
{
  GPtrArray *strips; /* Strip */
};

static void
run_clear (gpointer data)
{
  g_free (((Run *) data)->words);
}

static void
strip_free (gpointer data)
{
  Strip *strip = data;

  g_free (strip->title);
  g_array_unref (strip->runs);
  g_free (strip);
}

PlanciaStrips *
plancia_strips_new (void)
{
  PlanciaStrips *self = g_new0 (PlanciaStrips, 1);

  self->strips = g_ptr_array_new_with_free_func (strip_free);
  return self;
}

void
plancia_strips_free (PlanciaStrips *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->strips);
  g_free (self);
}

void
plancia_strips_add (PlanciaStrips *self, const char *title)
{
  Strip *strip = g_new0 (Strip, 1);

  strip->title = g_strdup (title);
  strip->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_array_set_clear_func (strip->runs, run_clear);
  g_ptr_array_add (self->strips, strip);
}

void
plancia_strips_add_run (PlanciaStrips *self, PlanciaSpan span, guint color, const char *words)
{
  Run    run = {span, color, g_strdup (words)};
  Strip *strip;

  g_return_if_fail (self->strips->len > 0);

  strip = g_ptr_array_index (self->strips, self->strips->len - 1);
  g_array_append_val (strip->runs, run);
}

double
plancia_strips_get_height (PlanciaStrips *self)
{
  return self->strips->len * (ABOVE + TITLE + STRIP + WORDS);
}

/* Words that do not fit would be taken for those of their neighbours. */
static void
draw_run (cairo_t *cr, const Run *run, double left, double right, double y)
{
  g_autoptr (PangoLayout) layout = plancia_pen_layout (cr, run->words, PLANCIA_TEXT_CAPTION, -1);

  plancia_ink_series (cr, run->color, 1);
  cairo_rectangle (cr, left, y, MAX (right - left, 0.3), STRIP);
  cairo_fill (cr);
  if (plancia_pen_width (layout) + MARGIN <= right - left)
    plancia_pen_show (cr, layout, left + MARGIN / 2, y + STRIP + 1, PLANCIA_TONE_NORMAL);
}

static double
x_of (PlanciaSpan span, gint64 time, double x, double width)
{
  return x + width * (double) (CLAMP (time, span.start, span.end) - span.start) /
               (double) (span.end - span.start);
}

void
plancia_strips_draw (PlanciaStrips *self,
                     cairo_t       *cr,
                     PlanciaSpan    span,
                     double         x,
                     double         y,
                     double         width)
{
  for (guint i = 0; i < self->strips->len; i++) {
    const Strip *strip = g_ptr_array_index (self->strips, i);

    y += ABOVE;
    plancia_pen_text (cr, strip->title, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM, x, y, 0);
    y += TITLE;
    for (guint j = 0; j < strip->runs->len; j++) {
      const Run *run = &g_array_index (strip->runs, Run, j);

      draw_run (cr,
                run,
                x_of (span, run->span.start, x, width),
                x_of (span, run->span.end, x, width),
                y);
    }
    y += STRIP + WORDS;
  }
}
