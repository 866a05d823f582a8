/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/emblem.h"
#include "report/paper-private.h"

#include <glib/gi18n.h>

#define EMBLEM       PLANCIA_MM (10.2)
#define TITLE_X      PLANCIA_MM (14.8)
#define HEAD_HEIGHT  PLANCIA_MM (15)
#define SMALL_HEIGHT PLANCIA_MM (7)
#define AFTER_HEAD   PLANCIA_MM (4.2)
#define BANNER       PLANCIA_MM (7.4)
#define AFTER_BANNER PLANCIA_MM (4.2)
#define RIGHT_ROOM   PLANCIA_MM (30) /* of the number of the page */
#define FOOT_GAP     PLANCIA_MM (2)

static void
draw_emblem (PlanciaSheet *sheet)
{
  plancia_emblem_draw (sheet->cr, sheet->x + PLANCIA_MM (1), sheet->y, EMBLEM);
}

static char *
dup_page (PlanciaSheet *sheet)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (sheet->paper);
  g_autofree char       *page = g_strdup_printf ("%u", sheet->page);
  g_autofree char       *pages = g_strdup_printf ("%u", sheet->n_pages);
  /* TRANSLATORS: in the head of a document on paper; both are numbers. */
  const char *words = plancia_report_say (language, N_ ("Page {page} of {pages}"));
  GString    *text = g_string_new (words);

  g_string_replace (text, "{page}", page, 0);
  g_string_replace (text, "{pages}", pages, 0);
  return g_string_free (text, FALSE);
}

static void
draw_right (PlanciaSheet *sheet, double y, gboolean with_reference)
{
  const char      *reference = plancia_paper_get_head (sheet->paper)->reference;
  g_autofree char *page = dup_page (sheet);
  double           right = sheet->x + PLANCIA_PAPER_WIDTH;

  if (with_reference && reference != NULL) {
    plancia_pen_text (sheet->cr, reference, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM, right, y, 1);
    y += PLANCIA_MM (3.8);
  }
  plancia_pen_text (sheet->cr, page, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM, right, y, 1);
}

static void
draw_line (PlanciaSheet *sheet)
{
  plancia_pen_set_tone (sheet->cr, PLANCIA_TONE_ACCENT);
  plancia_pen_rule (sheet->cr, sheet->x, sheet->y, PLANCIA_PAPER_WIDTH, 1.5);
  sheet->y += AFTER_HEAD;
}

/* What is too long for its one line ends with dots. */
static void
keep_within (PangoLayout *layout, double room)
{
  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/* A title that is too long is made smaller until it fits. */
static void
draw_title (PlanciaSheet *sheet, const PlanciaPaperHead *head)
{
  double room = PLANCIA_PAPER_WIDTH - TITLE_X - RIGHT_ROOM;
  g_autoptr (PangoLayout)
    title = plancia_pen_layout (sheet->cr, head->title, PLANCIA_TEXT_TITLE, -1);
  g_autoptr (PangoLayout)
    subtitle = plancia_pen_layout (sheet->cr, head->subtitle, PLANCIA_TEXT_BODY, -1);

  if (plancia_pen_width (title) > room) {
    g_object_unref (title);
    title = plancia_pen_layout (sheet->cr, head->title, PLANCIA_TEXT_RESULT, -1);
  }
  keep_within (title, room);
  keep_within (subtitle, room);
  plancia_sheet_begin_tag (sheet, "H1");
  plancia_pen_show (sheet->cr, title, sheet->x + TITLE_X, sheet->y - 4, PLANCIA_TONE_NORMAL);
  plancia_sheet_end_tag (sheet, "H1");
  plancia_sheet_begin_tag (sheet, "P");
  plancia_pen_show (sheet->cr,
                    subtitle,
                    sheet->x + TITLE_X,
                    sheet->y - 4 + plancia_pen_height (title) - 2,
                    PLANCIA_TONE_NORMAL);
  plancia_sheet_end_tag (sheet, "P");
}

static void
draw_first (PlanciaSheet *sheet, const PlanciaPaperHead *head)
{
  draw_emblem (sheet);
  draw_title (sheet, head);
  draw_right (sheet, sheet->y + 3, TRUE);
  sheet->y += HEAD_HEIGHT;
  draw_line (sheet);
}

static void
draw_other (PlanciaSheet *sheet, const PlanciaPaperHead *head)
{
  g_autofree char *words = head->subtitle[0] != '\0'
                             ? g_strdup_printf ("%s \xc2\xb7 %s", head->title, head->subtitle)
                             : g_strdup (head->title);
  g_autoptr (PangoLayout) layout = plancia_pen_layout (sheet->cr, words, PLANCIA_TEXT_STRONG, -1);

  keep_within (layout, PLANCIA_PAPER_WIDTH - RIGHT_ROOM);
  plancia_pen_show (sheet->cr, layout, sheet->x, sheet->y, PLANCIA_TONE_NORMAL);
  draw_right (sheet, sheet->y, FALSE);
  sheet->y += SMALL_HEIGHT;
  draw_line (sheet);
}

static void
draw_flask (cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size, size);
  cairo_move_to (cr, 0.36, 0.02);
  cairo_line_to (cr, 0.64, 0.02);
  cairo_line_to (cr, 0.64, 0.4);
  cairo_line_to (cr, 0.96, 0.98);
  cairo_line_to (cr, 0.04, 0.98);
  cairo_line_to (cr, 0.36, 0.4);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 0.12);
  cairo_stroke_preserve (cr);
  cairo_clip (cr);
  cairo_rectangle (cr, 0, 0.6, 1, 0.4);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_banner (PlanciaSheet *sheet, const char *banner)
{
  cairo_t *cr = sheet->cr;
  g_autoptr (PangoLayout) layout =
    plancia_pen_layout (cr, banner, PLANCIA_TEXT_STRONG, PLANCIA_PAPER_WIDTH - PLANCIA_MM (14));
  double text = plancia_pen_height (layout);
  double height = MAX (BANNER, text + PLANCIA_MM (2.5));

  cairo_set_source_rgb (cr, 0.953, 0.894, 0.965);
  cairo_rectangle (cr, sheet->x, sheet->y, PLANCIA_PAPER_WIDTH, height);
  cairo_fill (cr);
  plancia_pen_set_tone (cr, PLANCIA_TONE_NORMAL);
  draw_flask (cr, sheet->x + PLANCIA_MM (3), sheet->y + height / 2 - 5.5, 11);
  plancia_sheet_begin_tag (sheet, "P");
  plancia_pen_show (cr,
                    layout,
                    sheet->x + PLANCIA_MM (9.2),
                    sheet->y + (height - text) / 2,
                    PLANCIA_TONE_NORMAL);
  plancia_sheet_end_tag (sheet, "P");
  sheet->y += height + AFTER_BANNER;
}

static void
draw_foot (PlanciaSheet *sheet, const PlanciaPaperHead *head)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (sheet->paper);
  g_autofree char       *own =
    g_strdup_printf ("%s %s",
                     "Plancia " PLANCIA_VERSION ":",
                     plancia_report_say (language, N_ ("an independent program; not by ZCS.")));
  double y = sheet->bottom + PLANCIA_MM (4);

  cairo_set_source_rgb (sheet->cr, 0.847, 0.847, 0.847);
  plancia_pen_rule (sheet->cr, sheet->x, y, PLANCIA_PAPER_WIDTH, 0.75);
  plancia_pen_text (sheet->cr,
                    head->foot != NULL ? head->foot : own,
                    PLANCIA_TEXT_CAPTION,
                    PLANCIA_TONE_DIM,
                    sheet->x,
                    y + FOOT_GAP,
                    0);
  if (head->foot_right != NULL)
    plancia_pen_text (sheet->cr,
                      head->foot_right,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      sheet->x + PLANCIA_PAPER_WIDTH,
                      y + FOOT_GAP,
                      1);
}

void
plancia_paper_head_draw (PlanciaSheet *sheet)
{
  const PlanciaPaperHead *head = plancia_paper_get_head (sheet->paper);

  if (sheet->page == 1)
    draw_first (sheet, head);
  else
    draw_other (sheet, head);
  if (head->banner != NULL)
    draw_banner (sheet, head->banner);
  draw_foot (sheet, head);
  sheet->top = sheet->y;
}
