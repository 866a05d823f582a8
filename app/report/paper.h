/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/language.h"
#include "report/pen.h"

G_BEGIN_DECLS

/* A document for paper: A4, black on white, as PDF with embedded fonts, an outline and tags. It is filled from top to bottom and then
 * written; it turns pages by itself. Any thread, one at a time; the texts are in the language that is given and are copied. */
#define PLANCIA_TYPE_PAPER (plancia_paper_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPaper, plancia_paper, PLANCIA, PAPER, GObject)

/* Between the margins, points: what blocks may fill. */
#define PLANCIA_PAPER_WIDTH PLANCIA_MM (180)

PlanciaPaper          *plancia_paper_new (PlanciaReportLanguage *language);
PlanciaReportLanguage *plancia_paper_get_language (PlanciaPaper *self);
/* The head of the first page, smaller on the others; title and subtitle are the file's title and subject too. */
void plancia_paper_set_title (PlanciaPaper *self, const char *title, const char *subtitle);
void plancia_paper_set_author (PlanciaPaper *self, const char *author);
/* Right in the head, above the number of the page; or NULL. */
void plancia_paper_set_reference (PlanciaPaper *self, const char *reference);
/* On every page, such as "Simulated plant"; or NULL. */
void plancia_paper_set_banner (PlanciaPaper *self, const char *banner);
/* The last line of every page; NULL: the sentence that the program is independent. right: or NULL */
void plancia_paper_set_foot (PlanciaPaper *self, const char *left, const char *right);
/* When it was made, ms; else plancia_clock_now(). */
void plancia_paper_set_time (PlanciaPaper *self, gint64 time);

/* Keeps together with what follows; stands in the outline. */
void plancia_paper_add_heading (PlanciaPaper *self, const char *text);
/* Wrapped; may go on on the next page. */
void plancia_paper_add_text (PlanciaPaper    *self,
                             const char      *text,
                             PlanciaTextStyle style,
                             PlanciaTone      tone);
void plancia_paper_add_space (PlanciaPaper *self, double millimetres);
void plancia_paper_add_page (PlanciaPaper *self);
/* Large words one after the other, such as "11 as expected", "1 with reservation". */
typedef struct
{
  const char *text;
  PlanciaTone tone;
} PlanciaPaperWord;

void plancia_paper_add_words (PlanciaPaper *self, const PlanciaPaperWord *words, guint n_words);
/* Lines for place and date, names: at the foot of the page that they fall on. captions: NULL-terminated */
void plancia_paper_add_signatures (PlanciaPaper *self, const char *const *captions);
/* Draws into width × height points from the origin. */
typedef void (*PlanciaPaperDraw) (cairo_t *cr, double width, double height, gpointer data);
/* Never split. words: what it shows, for who cannot see it. data: freed by destroy */
void plancia_paper_add_figure (PlanciaPaper    *self,
                               double           millimetres,
                               const char      *words,
                               PlanciaPaperDraw draw,
                               gpointer         data,
                               GDestroyNotify   destroy);

/* Names and values one under another, below a heading. */
typedef struct _PlanciaPaperFacts PlanciaPaperFacts;
PlanciaPaperFacts                *plancia_paper_facts_new (const char *heading); /* or NULL */
/* value NULL or "": an em dash. */
void plancia_paper_facts_add (PlanciaPaperFacts *self, const char *name, const char *value);
/* Side by side; right: or NULL. Takes both. */
void
plancia_paper_add_facts (PlanciaPaper *self, PlanciaPaperFacts *left, PlanciaPaperFacts *right);

/* A table. A row never splits over pages; the titles are repeated on each page. */
typedef struct _PlanciaPaperTable PlanciaPaperTable;

typedef struct
{
  const char      *text; /* NULL: empty */
  PlanciaTextStyle style;
  PlanciaTone      tone;
  PlanciaSign      sign; /* left of the text */
} PlanciaPaperCell;

PlanciaPaperTable *plancia_paper_table_new (void);
/* title: NULL for none (no column has one: there is no line of titles). millimetres: 0 shares what is left; with all 0 the columns are
 * alike. align: 0 left, 1 right */
void plancia_paper_table_add_column (PlanciaPaperTable *self,
                                     const char        *title,
                                     double             millimetres,
                                     double             align);
/* Between rows, 6.3 mm from the design; never less than what the text needs. For long tables of numbers. */
void plancia_paper_table_set_row_height (PlanciaPaperTable *self, double millimetres);
/* A cell for each column. */
void  plancia_paper_table_add_row (PlanciaPaperTable *self, const PlanciaPaperCell *cells);
guint plancia_paper_table_get_n_rows (PlanciaPaperTable *self);
/* Takes it. */
void plancia_paper_add_table (PlanciaPaper *self, PlanciaPaperTable *table);

/* The whole PDF. (transfer full), or NULL with G_IO_ERROR. */
GBytes *plancia_paper_render (PlanciaPaper *self, GCancellable *cancellable, GError **error);
/* Each page as a recording surface, for a printer. (transfer full) */
GPtrArray *plancia_paper_record (PlanciaPaper *self);
/* The same into a file, which appears when it is whole; "-" is standard output. Blocking. */
gboolean plancia_paper_write (PlanciaPaper *self,
                              const char   *path,
                              GCancellable *cancellable,
                              GError      **error);

G_END_DECLS
