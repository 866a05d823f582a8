/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a console, cut into lines. Pure: no port, no clock; the caller gives the arrival time. */
typedef enum {
  PLANCIA_CONSOLE_RECEIVED,
  PLANCIA_CONSOLE_SENT,
  PLANCIA_CONSOLE_NOTICE, /* said by the program: opened, closed, a warning */
} PlanciaConsoleDirection;

typedef struct
{
  gint64                  time; /* ms UTC, of the first byte */
  PlanciaConsoleDirection direction;
  GBytes                 *bytes; /* with line ending */
  gboolean                complete;
} PlanciaConsoleLine;

/* A longer run of bytes without a line ending is cut. */
#define PLANCIA_CONSOLE_LINE_LIMIT 4096

/* Characters [start, end) of a text that stand for one byte: drawn in another colour. */
typedef struct
{
  guint start;
  guint end;
} PlanciaConsoleEscape;

typedef struct _PlanciaConsoleLines PlanciaConsoleLines;

PlanciaConsoleLines *plancia_console_lines_new (void);
void                 plancia_console_lines_free (PlanciaConsoleLines *self);
/* Feeds bytes; returns the lines that began or grew: (transfer full) GPtrArray of PlanciaConsoleLine*.
 * *continues TRUE: the first of them takes the place of the last line returned before. */
GPtrArray *plancia_console_lines_feed (PlanciaConsoleLines    *self,
                                       PlanciaConsoleDirection direction,
                                       gint64                  time,
                                       GBytes                 *bytes,
                                       gboolean               *continues);
void       plancia_console_line_free (PlanciaConsoleLine *self);

/* Text as shown: valid UTF-8, control characters and broken bytes as \r \n \t \0 \xHH; where, is in
 * *escapes, a GArray of PlanciaConsoleEscape, when given. (transfer full) */
char *plancia_console_text (GBytes *bytes, GArray **escapes);
/* "48 65 6c 6c 6f  Hello" rows of 16 bytes. (transfer full) */
char *plancia_console_hex (GBytes *bytes);
/* What a person typed: text with \r \n \t \0 \\ \xHH, or hex bytes when hex; ending (may be NULL) is
 * appended as it is. (transfer full), or NULL and PLANCIA_DOCUMENT_ERROR_INVALID that says where. */
GBytes *plancia_console_parse (const char *text, gboolean hex, const char *ending, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConsoleLines, plancia_console_lines_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConsoleLine, plancia_console_line_free)

G_END_DECLS
