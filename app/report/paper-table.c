/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper-private.h"

#define ROW_HEIGHT PLANCIA_MM (6.3)
#define PADDING    PLANCIA_MM (1) /* above and below a text that needs more than a row's height */
#define CELL_GAP   PLANCIA_MM (2)
#define SIGN       8.0
#define SIGN_ROOM  13.0
#define AFTER      PLANCIA_MM (2)

typedef struct
{
  char  *title;
  double wanted; /* points; 0: a share of the rest */
  double align;
  double x; /* in the table */
  double width;
} Column;

struct _PlanciaPaperTable
{
  PlanciaPaperBlock parent;

  GArray *columns; /* Column */
  GArray *cells;   /* PlanciaPaperCell, row by row; the texts are the table's */
  double  row_height;
};

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->title);
}

static void
clear_cell (gpointer data)
{
  g_free ((char *) ((PlanciaPaperCell *) data)->text);
}

static void
table_free (PlanciaPaperBlock *block)
{
  PlanciaPaperTable *self = (PlanciaPaperTable *) block;

  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_free (self);
}

static void
divide_width (PlanciaPaperTable *self)
{
  double left = PLANCIA_PAPER_WIDTH, x = 0;
  guint  n_free = 0;

  for (guint i = 0; i < self->columns->len; i++) {
    Column *column = &g_array_index (self->columns, Column, i);

    left -= column->wanted;
    n_free += column->wanted <= 0;
  }
  for (guint i = 0; i < self->columns->len; i++) {
    Column *column = &g_array_index (self->columns, Column, i);

    column->x = x;
    column->width = column->wanted > 0 ? column->wanted : MAX (left, 0) / n_free;
    x += column->width;
  }
}

static double
cell_room (const Column *column, const PlanciaPaperCell *cell)
{
  double room = column->width - CELL_GAP - (cell->sign != PLANCIA_SIGN_NONE ? SIGN_ROOM : 0);

  return MAX (room, 4);
}

static PangoLayout *
make_layout (PlanciaSheet *sheet, const Column *column, const PlanciaPaperCell *cell)
{
  PangoLayout *layout = plancia_pen_layout (sheet->cr,
                                            cell->text != NULL ? cell->text : "",
                                            cell->style,
                                            cell_room (column, cell));

  if (column->align > 0)
    pango_layout_set_alignment (layout, column->align < 1 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_RIGHT);
  /* No row is higher than a page. */
  pango_layout_set_height (layout, (int) (PLANCIA_MM (200) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static double
measure_row (PlanciaPaperTable *self, PlanciaSheet *sheet, const PlanciaPaperCell *cells)
{
  double height = self->row_height;

  for (guint i = 0; i < self->columns->len; i++) {
    g_autoptr (PangoLayout)
      layout = make_layout (sheet, &g_array_index (self->columns, Column, i), &cells[i]);
    double text = plancia_pen_height (layout);

    if (text > self->row_height)
      height = MAX (height, text + 2 * PADDING);
  }
  return height;
}

/* One line stands in the middle of the row, several begin where one would. */
static void
draw_cell (PlanciaSheet           *sheet,
           const Column           *column,
           const PlanciaPaperCell *cell,
           double                  row_height)
{
  g_autoptr (PangoLayout) layout = make_layout (sheet, column, cell);
  double text = plancia_pen_height (layout);
  double y = sheet->y + (text > row_height ? PADDING : (row_height - text) / 2);
  double x = sheet->x + column->x;

  if (cell->sign != PLANCIA_SIGN_NONE) {
    plancia_pen_sign (sheet->cr,
                      cell->sign,
                      cell->tone,
                      x,
                      sheet->y + (row_height - SIGN) / 2,
                      SIGN);
    x += SIGN_ROOM;
  }
  /* Numbers end where the paper does. */
  if (column->align > 0 && column->x + column->width >= PLANCIA_PAPER_WIDTH - 1)
    x += CELL_GAP;
  plancia_pen_show (sheet->cr, layout, x, y, cell->tone);
}

static void
draw_row (PlanciaPaperTable      *self,
          PlanciaSheet           *sheet,
          const PlanciaPaperCell *cells,
          double                  height,
          const char             *tag)
{
  plancia_sheet_begin_tag (sheet, "TR");
  for (guint i = 0; i < self->columns->len; i++) {
    plancia_sheet_begin_tag (sheet, tag);
    draw_cell (sheet, &g_array_index (self->columns, Column, i), &cells[i], self->row_height);
    plancia_sheet_end_tag (sheet, tag);
  }
  plancia_sheet_end_tag (sheet, "TR");
  sheet->y += height;
  cairo_set_source_rgb (sheet->cr, 0.847, 0.847, 0.847);
  plancia_pen_rule (sheet->cr, sheet->x, sheet->y, PLANCIA_PAPER_WIDTH, 0.75);
}

/* Titles, if any column has one. */
static PlanciaPaperCell *
make_titles (PlanciaPaperTable *self)
{
  PlanciaPaperCell *cells = g_new0 (PlanciaPaperCell, self->columns->len);
  gboolean          any = FALSE;

  for (guint i = 0; i < self->columns->len; i++) {
    cells[i].text = g_array_index (self->columns, Column, i).title;
    cells[i].style = PLANCIA_TEXT_CAPTION;
    cells[i].tone = PLANCIA_TONE_DIM;
    any = any || cells[i].text != NULL;
  }
  if (!any)
    g_clear_pointer (&cells, g_free);
  return cells;
}

static void
begin_part (PlanciaPaperTable      *self,
            PlanciaSheet           *sheet,
            const PlanciaPaperCell *titles,
            double                  height)
{
  plancia_sheet_begin_tag (sheet, "Table");
  if (titles != NULL)
    draw_row (self, sheet, titles, height, "TH");
}

static void
table_draw (PlanciaPaperBlock *block, PlanciaSheet *sheet)
{
  PlanciaPaperTable           *self = (PlanciaPaperTable *) block;
  g_autofree PlanciaPaperCell *titles = make_titles (self);
  guint                        n_rows = plancia_paper_table_get_n_rows (self);
  double                       head;

  divide_width (self);
  head = titles != NULL ? measure_row (self, sheet, titles) : 0;
  plancia_sheet_need (sheet, head + self->row_height);
  begin_part (self, sheet, titles, head);
  for (guint i = 0; i < n_rows && !g_cancellable_is_cancelled (sheet->cancellable); i++) {
    const PlanciaPaperCell *cells =
      &g_array_index (self->cells, PlanciaPaperCell, i * self->columns->len);
    double height = measure_row (self, sheet, cells);

    /* Each page has a table of its own, with its titles. */
    if (sheet->y + height > sheet->bottom && sheet->y > sheet->top + head) {
      plancia_sheet_end_tag (sheet, "Table");
      plancia_sheet_turn (sheet);
      begin_part (self, sheet, titles, head);
    }
    draw_row (self, sheet, cells, height, "TD");
  }
  plancia_sheet_end_tag (sheet, "Table");
  sheet->y += AFTER;
}

PlanciaPaperTable *
plancia_paper_table_new (void)
{
  PlanciaPaperTable *self = g_new0 (PlanciaPaperTable, 1);

  self->parent.draw = table_draw;
  self->parent.free = table_free;
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->cells = g_array_new (FALSE, TRUE, sizeof (PlanciaPaperCell));
  g_array_set_clear_func (self->cells, clear_cell);
  self->row_height = ROW_HEIGHT;
  return self;
}

void
plancia_paper_table_add_column (PlanciaPaperTable *self,
                                const char        *title,
                                double             millimetres,
                                double             align)
{
  Column column = {
    .title = g_strdup (title),
    .wanted = PLANCIA_MM (millimetres),
    .align = align,
  };

  g_array_append_val (self->columns, column);
}

void
plancia_paper_table_set_row_height (PlanciaPaperTable *self, double millimetres)
{
  self->row_height = PLANCIA_MM (millimetres);
}

void
plancia_paper_table_add_row (PlanciaPaperTable *self, const PlanciaPaperCell *cells)
{
  for (guint i = 0; i < self->columns->len; i++) {
    PlanciaPaperCell cell = cells[i];

    cell.text = g_strdup (cell.text);
    g_array_append_val (self->cells, cell);
  }
}

guint
plancia_paper_table_get_n_rows (PlanciaPaperTable *self)
{
  return self->columns->len > 0 ? self->cells->len / self->columns->len : 0;
}

void
plancia_paper_add_table (PlanciaPaper *self, PlanciaPaperTable *table)
{
  plancia_paper_add_block (self, &table->parent);
}
