/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper-private.h"

#include <cairo-pdf.h>

/* What has to fit below a heading, or it goes to the next page with it. */
#define KEEP           PLANCIA_MM (16)
#define HEADING_BEFORE PLANCIA_MM (4)
#define HEADING_AFTER  PLANCIA_MM (1.2)
#define TEXT_AFTER     PLANCIA_MM (1)
#define WORD_GAP       PLANCIA_MM (9.5)

typedef struct
{
  PlanciaPaperBlock parent;

  char            *text;
  PlanciaTextStyle style;
  PlanciaTone      tone;
} Text;

static void
text_free (PlanciaPaperBlock *block)
{
  Text *self = (Text *) block;

  g_free (self->text);
  g_free (self);
}

static void
text_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Text *self = (Text *) block;
  g_autoptr (PangoLayout)
    layout = plancia_pen_layout (sheet->cr, self->text, self->style, PLANCIA_PAPER_WIDTH);
  int n_lines = pango_layout_get_line_count (layout);

  plancia_sheet_begin_tag (sheet, "P");
  for (int i = 0; i < n_lines; i++) {
    PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
    PangoRectangle   logical;

    pango_layout_line_get_extents (line, NULL, &logical);
    /* A tag does not go over pages. */
    if (sheet->y + (double) logical.height / PANGO_SCALE > sheet->bottom) {
      plancia_sheet_end_tag (sheet, "P");
      plancia_sheet_turn (sheet);
      plancia_sheet_begin_tag (sheet, "P");
    }
    plancia_pen_set_tone (sheet->cr, self->tone);
    cairo_move_to (sheet->cr, sheet->x, sheet->y - (double) logical.y / PANGO_SCALE);
    pango_cairo_show_layout_line (sheet->cr, line);
    sheet->y += (double) logical.height / PANGO_SCALE;
  }
  plancia_sheet_end_tag (sheet, "P");
  sheet->y += TEXT_AFTER;
}

void
plancia_paper_add_text (PlanciaPaper    *self,
                        const char      *text,
                        PlanciaTextStyle style,
                        PlanciaTone      tone)
{
  Text *block = g_new0 (Text, 1);

  block->parent.draw = text_draw;
  block->parent.free = text_free;
  block->text = g_strdup (text);
  block->style = style;
  block->tone = tone;
  plancia_paper_add_block (self, &block->parent);
}

static void
add_to_outline (PlanciaSheet *sheet, const char *text)
{
  g_autofree char *where =
    g_strdup_printf ("page=%u pos=[%d %d]", sheet->page, (int) sheet->x, (int) sheet->y);

  cairo_pdf_surface_add_outline (cairo_get_target (sheet->cr),
                                 CAIRO_PDF_OUTLINE_ROOT,
                                 text,
                                 where,
                                 CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

static void
heading_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Text *self = (Text *) block;
  g_autoptr (PangoLayout)
    layout = plancia_pen_layout (sheet->cr, self->text, PLANCIA_TEXT_HEADING, PLANCIA_PAPER_WIDTH);

  plancia_sheet_need (sheet, HEADING_BEFORE + plancia_pen_height (layout) + KEEP);
  if (sheet->y > sheet->top)
    sheet->y += HEADING_BEFORE;
  if (sheet->n_pages > 0 && sheet->pages == NULL)
    add_to_outline (sheet, self->text);
  plancia_sheet_begin_tag (sheet, "H2");
  plancia_pen_show (sheet->cr, layout, sheet->x, sheet->y, PLANCIA_TONE_ACCENT);
  plancia_sheet_end_tag (sheet, "H2");
  sheet->y += plancia_pen_height (layout) + HEADING_AFTER;
}

void
plancia_paper_add_heading (PlanciaPaper *self, const char *text)
{
  Text *block = g_new0 (Text, 1);

  block->parent.draw = heading_draw;
  block->parent.free = text_free;
  block->text = g_strdup (text);
  plancia_paper_add_block (self, &block->parent);
}

/* --- room ---------------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaPaperBlock parent;

  double height; /* 0: a new page */
} Space;

static void
space_free (PlanciaPaperBlock *block)
{
  g_free (block);
}

static void
space_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Space *self = (Space *) block;

  if (self->height > 0)
    sheet->y += self->height;
  else if (sheet->y > sheet->top)
    plancia_sheet_turn (sheet);
}

static void
add_space (PlanciaPaper *self, double height)
{
  Space *block = g_new0 (Space, 1);

  block->parent.draw = space_draw;
  block->parent.free = space_free;
  block->height = height;
  plancia_paper_add_block (self, &block->parent);
}

void
plancia_paper_add_space (PlanciaPaper *self, double millimetres)
{
  add_space (self, PLANCIA_MM (millimetres));
}

void
plancia_paper_add_page (PlanciaPaper *self)
{
  add_space (self, 0);
}

/* --- large words --------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaPaperBlock parent;

  GPtrArray *texts;
  GArray    *tones;
} Words;

static void
words_free (PlanciaPaperBlock *block)
{
  Words *self = (Words *) block;

  g_ptr_array_unref (self->texts);
  g_array_unref (self->tones);
  g_free (self);
}

static void
words_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Words *self = (Words *) block;
  double x = 0, height = 0;

  plancia_sheet_need (sheet, PLANCIA_MM (6));
  plancia_sheet_begin_tag (sheet, "P");
  for (guint i = 0; i < self->texts->len; i++) {
    g_autoptr (PangoLayout) layout =
      plancia_pen_layout (sheet->cr, g_ptr_array_index (self->texts, i), PLANCIA_TEXT_RESULT, -1);
    double width = plancia_pen_width (layout);

    height = plancia_pen_height (layout);
    if (x > 0 && x + width > PLANCIA_PAPER_WIDTH) {
      x = 0;
      sheet->y += height;
    }
    plancia_pen_show (sheet->cr,
                      layout,
                      sheet->x + x,
                      sheet->y,
                      g_array_index (self->tones, PlanciaTone, i));
    x += width + WORD_GAP;
  }
  plancia_sheet_end_tag (sheet, "P");
  sheet->y += height + TEXT_AFTER;
}

void
plancia_paper_add_words (PlanciaPaper *self, const PlanciaPaperWord *words, guint n_words)
{
  Words *block = g_new0 (Words, 1);

  block->parent.draw = words_draw;
  block->parent.free = words_free;
  block->texts = g_ptr_array_new_with_free_func (g_free);
  block->tones = g_array_new (FALSE, FALSE, sizeof (PlanciaTone));
  for (guint i = 0; i < n_words; i++) {
    g_ptr_array_add (block->texts, g_strdup (words[i].text));
    g_array_append_val (block->tones, words[i].tone);
  }
  plancia_paper_add_block (self, &block->parent);
}
