/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-palette.h"

G_BEGIN_DECLS

/* One line of the console as it is drawn, wrapped to the width. Only for PlanciaConsoleView, which has as many as fit. */
#define PLANCIA_TYPE_CONSOLE_ROW (plancia_console_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleRow, plancia_console_row, PLANCIA, CONSOLE_ROW, GtkWidget)

/* How lines are to be shown. age moves whenever anything of it did. */
typedef struct
{
  const PlanciaConsoleStore   *store;
  PlanciaConsoleFormat        *format;
  const PlanciaConsolePalette *palette;
  GRegex                      *regex;   /* what is found, or NULL */
  guint64                      current; /* line that was gone to */
  int                          width;   /* pixels */
  int                          hang;    /* pixels before wrapped rows */
  guint                        age;
} PlanciaConsoleShow;

GtkWidget *plancia_console_row_new (void);
/* Shows a line; cheap if it does already. */
void
plancia_console_row_show (PlanciaConsoleRow *self, const PlanciaConsoleShow *show, guint64 number);
void    plancia_console_row_hide (PlanciaConsoleRow *self);
guint64 plancia_console_row_get_number (PlanciaConsoleRow *self);
int     plancia_console_row_get_height (PlanciaConsoleRow *self);
/* Bytes [start, end) of the text are selected. */
void        plancia_console_row_select (PlanciaConsoleRow           *self,
                                        const PlanciaConsolePalette *palette,
                                        guint                        start,
                                        guint                        end);
const char *plancia_console_row_get_text (PlanciaConsoleRow *self);
/* Byte of the text that is nearest to a place. */
guint plancia_console_row_get_byte (PlanciaConsoleRow *self, double x, double y);
/* The accessible name follows the text from time to time only: screen readers cannot keep up with a flood. */
void plancia_console_row_tell (PlanciaConsoleRow *self);

G_END_DECLS
