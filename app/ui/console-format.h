/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/console-lines.h"

G_BEGIN_DECLS

/* Lines of the console as text with styles. Pure: a whole batch is put together here and inserted at once. */

typedef enum {
  PLANCIA_CONSOLE_TEXT,
  PLANCIA_CONSOLE_HEX,
  PLANCIA_CONSOLE_BOTH,
} PlanciaConsoleMode;

typedef enum {
  PLANCIA_CONSOLE_TIME_ABSOLUTE,
  PLANCIA_CONSOLE_TIME_DELTA, /* since the line before */
  PLANCIA_CONSOLE_TIME_NONE,
} PlanciaConsoleTime;

typedef enum {
  PLANCIA_CONSOLE_STYLE_TIME,
  PLANCIA_CONSOLE_STYLE_RECEIVED, /* the arrow of a received line */
  PLANCIA_CONSOLE_STYLE_SENT,     /* arrow and text of a sent line */
  PLANCIA_CONSOLE_STYLE_NOTICE,
  PLANCIA_CONSOLE_STYLE_ESCAPE, /* \r\n and other bytes that are no characters */
  PLANCIA_CONSOLE_STYLE_BYTES,  /* hex below the text */
  PLANCIA_CONSOLE_N_STYLES,
} PlanciaConsoleStyle;

/* Characters [start, end) of the batch. */
typedef struct
{
  guint               start;
  guint               end;
  PlanciaConsoleStyle style;
} PlanciaConsoleSpan;

typedef struct
{
  PlanciaConsoleMode mode;
  PlanciaConsoleTime time;
  GTimeZone         *zone;

  GString *text;
  guint    n_characters;
  GArray  *spans; /* PlanciaConsoleSpan */
} PlanciaConsoleFormat;

/* zone: a reference is taken. */
void plancia_console_format_init (PlanciaConsoleFormat *self,
                                  PlanciaConsoleMode    mode,
                                  PlanciaConsoleTime    time,
                                  GTimeZone            *zone);
void plancia_console_format_clear (PlanciaConsoleFormat *self);
/* Adds a line, ended by a line break; previous: time of the line before, 0 if none. Returns the number of rows. */
guint plancia_console_format_add (PlanciaConsoleFormat     *self,
                                  const PlanciaConsoleLine *line,
                                  gint64                    previous);
/* Characters before the text of each line: where wrapped rows begin. */
guint plancia_console_format_indent (PlanciaConsoleTime time);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaConsoleFormat, plancia_console_format_clear)

G_END_DECLS
