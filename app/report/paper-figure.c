/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper-private.h"

#define SIGNATURE_ROOM PLANCIA_MM (22)
#define SIGNATURE_GAP  PLANCIA_MM (6.4)
#define FIGURE_AFTER   PLANCIA_MM (2)

typedef struct
{
  PlanciaPaperBlock parent;

  double           height;
  char            *words;
  PlanciaPaperDraw draw;
  gpointer         data;
  GDestroyNotify   destroy;
} Figure;

static void
figure_free (PlanciaPaperBlock *block)
{
  Figure *self = (Figure *) block;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self->words);
  g_free (self);
}

static void
figure_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Figure *self = (Figure *) block;

  plancia_sheet_need (sheet, self->height);
  plancia_sheet_begin_tag (sheet, "Figure");
  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, sheet->x, sheet->y);
  self->draw (sheet->cr, PLANCIA_PAPER_WIDTH, self->height, self->data);
  cairo_restore (sheet->cr);
  plancia_sheet_end_tag (sheet, "Figure");
  sheet->y += self->height + FIGURE_AFTER;
  if (self->words != NULL) {
    g_autoptr (PangoLayout) layout =
      plancia_pen_layout (sheet->cr, self->words, PLANCIA_TEXT_CAPTION, PLANCIA_PAPER_WIDTH);

    plancia_sheet_need (sheet, plancia_pen_height (layout));
    plancia_sheet_begin_tag (sheet, "Caption");
    plancia_pen_show (sheet->cr, layout, sheet->x, sheet->y, PLANCIA_TONE_DIM);
    plancia_sheet_end_tag (sheet, "Caption");
    sheet->y += plancia_pen_height (layout) + FIGURE_AFTER;
  }
}

void
plancia_paper_add_figure (PlanciaPaper    *self,
                          double           millimetres,
                          const char      *words,
                          PlanciaPaperDraw draw,
                          gpointer         data,
                          GDestroyNotify   destroy)
{
  Figure *block = g_new0 (Figure, 1);

  block->parent.draw = figure_draw;
  block->parent.free = figure_free;
  block->height = PLANCIA_MM (millimetres);
  block->words = g_strdup (words);
  block->draw = draw;
  block->data = data;
  block->destroy = destroy;
  plancia_paper_add_block (self, &block->parent);
}

/* --- signatures ---------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaPaperBlock parent;

  GStrv captions;
} Signatures;

static void
signatures_free (PlanciaPaperBlock *block)
{
  Signatures *self = (Signatures *) block;

  g_strfreev (self->captions);
  g_free (self);
}

static void
signatures_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Signatures *self = (Signatures *) block;
  guint       n = g_strv_length (self->captions);
  double      width = (PLANCIA_PAPER_WIDTH - SIGNATURE_GAP * (n - 1)) / n;
  double      y;

  plancia_sheet_need (sheet, SIGNATURE_ROOM);
  y = sheet->bottom - PLANCIA_MM (5);
  plancia_sheet_begin_tag (sheet, "P");
  for (guint i = 0; i < n; i++) {
    double x = sheet->x + i * (width + SIGNATURE_GAP);

    plancia_pen_set_tone (sheet->cr, PLANCIA_TONE_NORMAL);
    plancia_pen_rule (sheet->cr, x, y, width, 0.75);
    plancia_pen_text (sheet->cr,
                      self->captions[i],
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      x,
                      y + 3,
                      0);
  }
  plancia_sheet_end_tag (sheet, "P");
  sheet->y = sheet->bottom;
}

void
plancia_paper_add_signatures (PlanciaPaper *self, const char *const *captions)
{
  Signatures *block = g_new0 (Signatures, 1);

  block->parent.draw = signatures_draw;
  block->parent.free = signatures_free;
  block->captions = g_strdupv ((GStrv) captions);
  plancia_paper_add_block (self, &block->parent);
}
