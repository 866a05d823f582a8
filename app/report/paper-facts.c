/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper-private.h"

#define NAME_WIDTH  PLANCIA_MM (30)
#define HALF_WIDTH  PLANCIA_MM (85.3)
#define HALF_X      PLANCIA_MM (94.7)
#define ROW_GAP     PLANCIA_MM (0.6)
#define HEADING_GAP PLANCIA_MM (0.6)
#define AFTER       PLANCIA_MM (2)
#define EM_DASH     "\xe2\x80\x94"

struct _PlanciaPaperFacts
{
  char      *heading;
  GPtrArray *names;
  GPtrArray *values;
};

typedef struct
{
  PlanciaPaperBlock parent;

  PlanciaPaperFacts *left;
  PlanciaPaperFacts *right;
} Facts;

static void
one_free (PlanciaPaperFacts *self)
{
  if (self == NULL)
    return;
  g_free (self->heading);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
facts_free (PlanciaPaperBlock *block)
{
  Facts *self = (Facts *) block;

  one_free (self->left);
  one_free (self->right);
  g_free (self);
}

PlanciaPaperFacts *
plancia_paper_facts_new (const char *heading)
{
  PlanciaPaperFacts *self = g_new0 (PlanciaPaperFacts, 1);

  self->heading = g_strdup (heading);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
plancia_paper_facts_add (PlanciaPaperFacts *self, const char *name, const char *value)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, g_strdup (value != NULL && value[0] != '\0' ? value : EM_DASH));
}

/* Draws unless draw is FALSE; the height either way. */
static double
place_row (PlanciaPaperFacts *self,
           PlanciaSheet      *sheet,
           guint              row,
           double             x,
           double             y,
           double             width,
           gboolean           draw)
{
  g_autoptr (PangoLayout) name = plancia_pen_layout (sheet->cr,
                                                     g_ptr_array_index (self->names, row),
                                                     PLANCIA_TEXT_CAPTION,
                                                     NAME_WIDTH - PLANCIA_MM (1.5));
  g_autoptr (PangoLayout) value = plancia_pen_layout (sheet->cr,
                                                      g_ptr_array_index (self->values, row),
                                                      PLANCIA_TEXT_BODY,
                                                      width - NAME_WIDTH);
  double down = (double) (pango_layout_get_baseline (value) - pango_layout_get_baseline (name)) /
                PANGO_SCALE;

  if (draw) {
    plancia_pen_show (sheet->cr, name, x, y + down, PLANCIA_TONE_DIM);
    plancia_pen_show (sheet->cr, value, x + NAME_WIDTH, y, PLANCIA_TONE_NORMAL);
  }
  return MAX (plancia_pen_height (name) + down, plancia_pen_height (value)) + ROW_GAP;
}

static double
place (PlanciaPaperFacts *self, PlanciaSheet *sheet, double x, double width, gboolean draw)
{
  double y = sheet->y;

  if (self == NULL)
    return 0;
  if (self->heading != NULL) {
    g_autoptr (PangoLayout)
      heading = plancia_pen_layout (sheet->cr, self->heading, PLANCIA_TEXT_HEADING, width);

    if (draw) {
      plancia_sheet_begin_tag (sheet, "H2");
      plancia_pen_show (sheet->cr, heading, x, y, PLANCIA_TONE_ACCENT);
      plancia_sheet_end_tag (sheet, "H2");
    }
    y += plancia_pen_height (heading) + HEADING_GAP;
  }
  for (guint i = 0; i < self->names->len; i++) {
    if (draw)
      plancia_sheet_begin_tag (sheet, "P");
    y += place_row (self, sheet, i, x, y, width, draw);
    if (draw)
      plancia_sheet_end_tag (sheet, "P");
  }
  return y - sheet->y;
}

static void
facts_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  Facts *self = (Facts *) block;
  double width = self->right != NULL ? HALF_WIDTH : PLANCIA_PAPER_WIDTH;
  double right_x = sheet->x + HALF_X;
  double height = MAX (place (self->left, sheet, sheet->x, width, FALSE),
                       place (self->right, sheet, right_x, width, FALSE));

  plancia_sheet_need (sheet, height);
  place (self->left, sheet, sheet->x, width, TRUE);
  place (self->right, sheet, right_x, width, TRUE);
  sheet->y += height + AFTER;
}

void
plancia_paper_add_facts (PlanciaPaper *self, PlanciaPaperFacts *left, PlanciaPaperFacts *right)
{
  Facts *block = g_new0 (Facts, 1);

  block->parent.draw = facts_draw;
  block->parent.free = facts_free;
  block->left = left;
  block->right = right;
  plancia_paper_add_block (self, &block->parent);
}
