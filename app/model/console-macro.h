/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A button of the console: what it sends, line by line, and what it waits for. A line of text is sent with the line ending;
 * \r \n \t \xHH mean bytes. A line that begins with @ is something else:
 *
 *   @wait 200                    nothing for 200 ms
 *   @wait for READY or 2000      until what comes matches the regular expression, at most 2000 ms
 *   @wait for READY              the same, at most 10 s, after which the sequence stops
 *   @repeat 3                    the lines above, from the last @repeat on, three times in all
 *   @hex 01 03 00 00             these bytes, without a line ending
 *   @@text                       the text "@text"
 */
typedef struct
{
  char *name;
  char *text;
  char *key;    /* accelerator such as "<Control>1", or "" */
  char *colour; /* "", "blue", "green", "yellow", "red", "purple" */
} PlanciaConsoleMacro;

PlanciaConsoleMacro *
plancia_console_macro_new (const char *name, const char *text, const char *key, const char *colour);
void plancia_console_macro_free (PlanciaConsoleMacro *self);

/* JSON as in the settings and in files. (transfer full) GPtrArray of PlanciaConsoleMacro*, or NULL and
 * PLANCIA_DOCUMENT_ERROR. */
GPtrArray *plancia_console_macros_parse (const char *text, gssize length, GError **error);
char      *plancia_console_macros_to_json (GPtrArray *macros);

typedef enum {
  PLANCIA_CONSOLE_STEP_SEND,
  PLANCIA_CONSOLE_STEP_WAIT,
  PLANCIA_CONSOLE_STEP_EXPECT,
  PLANCIA_CONSOLE_STEP_REPEAT,
} PlanciaConsoleStepKind;

typedef struct
{
  PlanciaConsoleStepKind kind;
  GBytes                *bytes;  /* send */
  GRegex                *regex;  /* expect, of bytes */
  guint                  ms;     /* wait; limit of expect */
  gboolean               must;   /* expect: stop if it does not come */
  guint                  target; /* repeat: step to go back to */
  guint                  count;  /* repeat: times in all */
} PlanciaConsoleStep;

void plancia_console_step_clear (PlanciaConsoleStep *self);
/* (transfer full) GArray of PlanciaConsoleStep that clears its own, or NULL and PLANCIA_DOCUMENT_ERROR_INVALID that begins with
 * the number of the line. */
GArray *plancia_console_steps_parse (const char *text, const char *ending, GError **error);
/* Lines with a pause after each; and bytes in pieces with a pause after each. (transfer full) */
GArray *plancia_console_steps_of_lines (const char *text, const char *ending, guint delay_ms);
GArray *plancia_console_steps_of_bytes (GBytes *bytes, gsize piece, guint delay_ms);
/* Send, and wait for the termination character (-1: for the time only). */
GArray *plancia_console_steps_of_query (GBytes *bytes, int termination, guint limit_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConsoleMacro, plancia_console_macro_free)

G_END_DECLS
