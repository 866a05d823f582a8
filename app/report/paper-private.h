/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/paper.h"

G_BEGIN_DECLS

/* Where the next block goes while a document is drawn. */
typedef struct
{
  PlanciaPaper *paper;
  cairo_t      *cr;
  double        x;
  double        y;       /* goes down */
  double        bottom;  /* of what blocks may fill */
  double        top;     /* of the page that is open */
  guint         page;    /* from 1 */
  guint         n_pages; /* 0: they are being counted */
  GCancellable *cancellable;
  GPtrArray    *pages; /* cairo_surface_t, one a page; NULL: all go to one surface */
} PlanciaSheet;

/* Turns the page unless there is so much room; TRUE if it did. */
gboolean plancia_sheet_need (PlanciaSheet *self, double height);
void     plancia_sheet_turn (PlanciaSheet *self);
void     plancia_sheet_begin_tag (PlanciaSheet *self, const char *name);
void     plancia_sheet_end_tag (PlanciaSheet *self, const char *name);

/* A part of a document. */
typedef struct _PlanciaPaperBlock PlanciaPaperBlock;
struct _PlanciaPaperBlock
{
  void (*draw) (PlanciaPaperBlock *self, PlanciaSheet *sheet);
  void (*free) (PlanciaPaperBlock *self);
};

/* Takes it. */
void plancia_paper_add_block (PlanciaPaper *self, PlanciaPaperBlock *block);

/* What the head and the foot say. */
typedef struct
{
  char  *title;
  char  *subtitle;
  char  *author;
  char  *reference;
  char  *banner;
  char  *foot;
  char  *foot_right;
  gint64 time;
} PlanciaPaperHead;

PlanciaPaperHead *plancia_paper_get_head (PlanciaPaper *self);
/* Head, banner and foot of the sheet's page; moves the sheet's y to where blocks begin. */
void plancia_paper_head_draw (PlanciaSheet *sheet);

G_END_DECLS
