/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-store.h"
#include "protocol/console-decode.h"

G_BEGIN_DECLS

/* Lines of the console as text with styles: for the view, for copying, searching and files. Any thread, one at a time. */
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
  PLANCIA_CONSOLE_STYLE_RIGHT,  /* a frame with a right checksum, in words */
  PLANCIA_CONSOLE_STYLE_WRONG,  /* one with a wrong checksum, or none */
  PLANCIA_CONSOLE_STYLE_LOOK,   /* as the terminal was told; see look */
} PlanciaConsoleStyle;

/* Bytes [start, end) of the text. */
typedef struct
{
  guint               start;
  guint               end;
  PlanciaConsoleStyle style;
  PlanciaConsoleLook  look;
} PlanciaConsoleSpan;

typedef struct
{
  PlanciaConsoleMode    mode;
  PlanciaConsoleTime    time;
  PlanciaConsoleCharset charset;
  gboolean              ansi;   /* colours of the terminal are shown */
  gboolean              decode; /* bursts are read as Modbus */
  GTimeZone            *zone;

  /* Memory of its own, see the .c */
  gint64              second;
  char                clock[12];
  guint64             asked_before; /* the line that asked stands for */
  PlanciaConsoleAsked asked;
} PlanciaConsoleFormat;

/* A line as text. */
typedef struct
{
  GString *text;     /* rows separated by \n, none at the end */
  GArray  *spans;    /* PlanciaConsoleSpan */
  guint    body;     /* where time and arrow end */
  guint    body_end; /* where the text ends that may be searched: without its line ending */
} PlanciaConsoleText;

/* Defaults: text, absolute, UTF-8, colours, no decoding. zone: a reference is taken. */
void                  plancia_console_format_init (PlanciaConsoleFormat *self, GTimeZone *zone);
void                  plancia_console_format_clear (PlanciaConsoleFormat *self);
PlanciaConsoleFormat *plancia_console_format_copy (const PlanciaConsoleFormat *self);
void                  plancia_console_format_free (PlanciaConsoleFormat *self);
/* Replaces what text holds by this line. */
void plancia_console_format_line (PlanciaConsoleFormat      *self,
                                  const PlanciaConsoleStore *store,
                                  guint64                    number,
                                  PlanciaConsoleText        *text);
/* Rows it takes in a view so many characters wide; text is for its own use. An estimate: words are not looked at. */
guint plancia_console_format_rows (PlanciaConsoleFormat      *self,
                                   const PlanciaConsoleStore *store,
                                   guint64                    number,
                                   guint                      columns,
                                   PlanciaConsoleText        *text);
/* Characters before the text of each line: where wrapped rows begin. */
guint plancia_console_format_indent (const PlanciaConsoleFormat *self);

void plancia_console_text_init (PlanciaConsoleText *self);
void plancia_console_text_clear (PlanciaConsoleText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaConsoleFormat, plancia_console_format_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaConsoleText, plancia_console_text_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConsoleFormat, plancia_console_format_free)

G_END_DECLS
