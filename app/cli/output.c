/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static void
complain (const char *format, va_list values)
{
  g_autofree char *text = g_strdup_vprintf (format, values);

  g_strdelimit (text, "\r\n", ' ');
  fprintf (stderr, "plancia-cli: %s\n", g_strchomp (text));
}

/**
 * plancia_cli_parse:
 * @arguments: (inout): the verb and what follows it; the options are taken out
 * @parameters: what stands after the options in the usage line
 * @summary: one sentence
 * @notes: (nullable): more lines of help
 * @entries: the options of the verb
 * @code: (out): exit code when parsing failed
 *
 * Negative numbers and everything after "--" are parameters.
 *
 * Returns: %FALSE if the program ends with @code
 */
gboolean
plancia_cli_parse (GStrv              *arguments,
                   const char         *parameters,
                   const char         *summary,
                   const char         *notes,
                   const GOptionEntry *entries,
                   int                *code)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autofree char *name = g_strconcat ("plancia-cli ", (*arguments)[0], NULL);
  g_autoptr (GError) error = NULL;

  g_set_prgname (name);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, notes);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse_strv (context, arguments, &error))
    return TRUE;

  *code = plancia_cli_wrong_use ("%s", error->message);
  return FALSE;
}

/**
 * plancia_cli_complain:
 * @format: one sentence
 *
 * Line breaks in it become blanks: one error, one line.
 */
void
plancia_cli_complain (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  complain (format, values);
  va_end (values);
}

/**
 * plancia_cli_wrong_use:
 * @format: one sentence
 *
 * Returns: %PLANCIA_CLI_USAGE
 */
int
plancia_cli_wrong_use (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  complain (format, values);
  va_end (values);

  return PLANCIA_CLI_USAGE;
}

/**
 * plancia_cli_print:
 * @text: UTF-8
 *
 * Written and flushed at once, so that a reader of a pipe gets whole documents.
 */
void
plancia_cli_print (const char *text)
{
  fwrite (text, 1, strlen (text), stdout);
  fflush (stdout);
}
