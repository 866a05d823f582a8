/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a terminal as text. Pure, any thread. */
typedef enum {
  PLANCIA_CONSOLE_UTF8,
  PLANCIA_CONSOLE_LATIN1,
} PlanciaConsoleCharset;

/* How a terminal was told to write, as in ESC[1;31m. Packed, since each line remembers how it begins: five bits of
 * foreground and of background (0: the program's own, n: colour n - 1 of the sixteen), then the flags. */
typedef guint16 PlanciaConsoleLook;

enum {
  PLANCIA_CONSOLE_LOOK_BOLD = 1 << 10,
  PLANCIA_CONSOLE_LOOK_DIM = 1 << 11,
  PLANCIA_CONSOLE_LOOK_ITALIC = 1 << 12,
  PLANCIA_CONSOLE_LOOK_UNDERLINE = 1 << 13,
  PLANCIA_CONSOLE_LOOK_INVERSE = 1 << 14,
};

#define PLANCIA_CONSOLE_LOOK_FOREGROUND(look) ((look) &0x1f)
#define PLANCIA_CONSOLE_LOOK_BACKGROUND(look) (((look) >> 5) & 0x1f)

/* Bytes [start, end) of the text that are not plain. */
typedef struct
{
  guint              start;
  guint              end;
  gboolean           escape; /* stands for a byte: \r \n \xHH */
  PlanciaConsoleLook look;
} PlanciaConsoleRun;

/* Appends the bytes as valid UTF-8 without line breaks; control characters and broken bytes as \r \n \t \0 \xHH.
 * ansi: sequences ESC[…m are not shown but change *look, other sequences ESC[… are not shown either. look: how it begins,
 * and after the call how it ends. runs: GArray of PlanciaConsoleRun, or NULL. */
void plancia_console_text_append (GString              *text,
                                  GArray               *runs,
                                  const guint8         *data,
                                  gsize                 length,
                                  PlanciaConsoleCharset charset,
                                  gboolean              ansi,
                                  PlanciaConsoleLook   *look);
/* How it is written after these bytes. */
PlanciaConsoleLook
plancia_console_look_after (PlanciaConsoleLook look, const guint8 *data, gsize length);
/* Appends one row of at most 16 bytes: "48 65 6c 6c 6f  Hello"; pad: as wide as a full row. */
#define PLANCIA_CONSOLE_HEX_ROW 16
void plancia_console_hex_append (GString *text, const guint8 *data, gsize length, gboolean pad);

G_END_DECLS
