/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-search.h"
#include "ui/console-row.h"

G_BEGIN_DECLS

/* Which lines of a console are on the screen, and where: rows are made for them and for no others. Only for
 * PlanciaConsoleView, whose part it is. A line is found by its index among those that are shown, or by its number. */
#define PLANCIA_CONSOLE_MARGIN_X 18
#define PLANCIA_CONSOLE_MARGIN_Y 12

/* Bytes [start, end) of a line that are selected. */
typedef void (*PlanciaConsoleRange) (gpointer user_data, guint64 line, guint *start, guint *end);

typedef struct
{
  GtkWidget            *view;
  PlanciaConsoleBuffer *lines;  /* or NULL */
  PlanciaConsoleSearch *search; /* or NULL */
  gboolean              filter; /* only lines that are found */
  PlanciaConsoleFormat  format;
  PlanciaConsolePalette palette;
  guint64               current; /* line that was gone to */
  guint                 age;     /* moves with anything that changes how lines are shown */

  guint64  top;      /* line at the top edge */
  gint64   top_time; /* when it came: it is found again when the lines are cut anew */
  double   fraction; /* how much of it is above the edge */
  gboolean following;

  GPtrArray *rows;      /* PlanciaConsoleRow that show a line, from above */
  GPtrArray *spare;     /* those that show none */
  gboolean   wanting;   /* there were too few */
  GArray    *tops;      /* int, y of each */
  int        pitch;     /* height of a line that is not wrapped; unit of the adjustment */
  int        hang;      /* pixels before wrapped rows */
  double     character; /* width of one */
  int        width;     /* of the rows */
} PlanciaConsoleLayout;

PlanciaConsoleLayout *plancia_console_layout_new (GtkWidget *view);
void                  plancia_console_layout_free (PlanciaConsoleLayout *self);
gboolean              plancia_console_layout_is_filtered (PlanciaConsoleLayout *self);
guint64               plancia_console_layout_count (PlanciaConsoleLayout *self);
guint64               plancia_console_layout_line_at (PlanciaConsoleLayout *self, guint64 index);
guint64               plancia_console_layout_index_of (PlanciaConsoleLayout *self, guint64 line);
/* More rows, when it is wanting. Not while places are given. */
void plancia_console_layout_grow (PlanciaConsoleLayout *self);
/* Rows show what fits; then they get their places. */
void   plancia_console_layout_place (PlanciaConsoleLayout *self, int width, int height);
void   plancia_console_layout_allocate (PlanciaConsoleLayout *self,
                                        PlanciaConsoleRange   range,
                                        gpointer              user_data);
double plancia_console_layout_find_end (PlanciaConsoleLayout *self, int height);

gboolean    plancia_console_layout_is_seen (PlanciaConsoleLayout *self, guint64 line);
gboolean    plancia_console_layout_hit (PlanciaConsoleLayout *self,
                                        double                x,
                                        double                y,
                                        guint64              *line,
                                        guint                *byte);
const char *plancia_console_layout_peek_line (PlanciaConsoleLayout *self, guint64 line);
char       *plancia_console_layout_dup_text (PlanciaConsoleLayout *self);

G_END_DECLS
