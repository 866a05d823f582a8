/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "model/console-macro.h"
#include "protocol/console-lines.h"
#include <string.h>

#define EXPECT_LIMIT 10000 /* ms */
#define MAX_MS       (24 * 3600 * 1000)
#define MAX_REPEAT   1000000

static GArray *
steps_new (void)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (PlanciaConsoleStep));

  g_array_set_clear_func (steps, (GDestroyNotify) plancia_console_step_clear);
  return steps;
}

static PlanciaConsoleStep *
add_step (GArray *steps, PlanciaConsoleStepKind kind)
{
  PlanciaConsoleStep step = {.kind = kind};

  g_array_append_val (steps, step);
  return &g_array_index (steps, PlanciaConsoleStep, steps->len - 1);
}

static gboolean
fail (guint line, GError **error, const char *what)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "line %u: %s",
               line,
               what);
  return FALSE;
}

static gboolean
add_send (GArray     *steps,
          guint       line,
          const char *text,
          gboolean    hex,
          const char *ending,
          GError    **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = plancia_console_parse (text, hex, ending, &local);

  if (bytes == NULL)
    return fail (line, error, local->message);
  if (g_bytes_get_size (bytes) > 0)
    add_step (steps, PLANCIA_CONSOLE_STEP_SEND)->bytes = g_steal_pointer (&bytes);
  return TRUE;
}

static gboolean
parse_number (const char *text, guint64 limit, guint *number)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, limit, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

/* "READY or 2000": the last " or " with a number behind it. */
static gboolean
add_expect (GArray *steps, guint line, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autofree char *pattern = g_strstrip (g_strdup (text));
  char            *limit = g_strrstr (pattern, " or ");
  guint            ms = EXPECT_LIMIT;
  gboolean         limited = limit != NULL && parse_number (limit + 4, MAX_MS, &ms);

  if (limited)
    *limit = '\0';
  if (pattern[0] == '\0')
    return fail (line, error, "nothing to wait for");
  regex = g_regex_new (pattern, G_REGEX_RAW | G_REGEX_MULTILINE, 0, &local);
  if (regex == NULL)
    return fail (line, error, local->message);
  add_step (steps, PLANCIA_CONSOLE_STEP_EXPECT)->regex = g_steal_pointer (&regex);
  g_array_index (steps, PlanciaConsoleStep, steps->len - 1).ms = ms;
  g_array_index (steps, PlanciaConsoleStep, steps->len - 1).must = !limited;
  return TRUE;
}

static gboolean
add_wait (GArray *steps, guint line, const char *text, GError **error)
{
  guint ms = 0;

  if (g_str_has_prefix (text, "for "))
    return add_expect (steps, line, text + 4, error);
  if (!parse_number (text, MAX_MS, &ms))
    return fail (line, error, "@wait takes a number of milliseconds, or for and an expression");
  add_step (steps, PLANCIA_CONSOLE_STEP_WAIT)->ms = ms;
  return TRUE;
}

static gboolean
add_repeat (GArray *steps, guint line, const char *text, GError **error)
{
  PlanciaConsoleStep *step;
  guint               count = 0, target = 0;

  if (!parse_number (text, MAX_REPEAT, &count) || count == 0)
    return fail (line, error, "@repeat takes how often");
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, PlanciaConsoleStep, i).kind == PLANCIA_CONSOLE_STEP_REPEAT)
      target = i + 1;
  if (target == steps->len)
    return fail (line, error, "nothing stands above @repeat");
  step = add_step (steps, PLANCIA_CONSOLE_STEP_REPEAT);
  step->target = target;
  step->count = count;
  return TRUE;
}

static gboolean
add_line (GArray *steps, guint line, const char *text, const char *ending, GError **error)
{
  if (g_str_has_prefix (text, "@@"))
    return add_send (steps, line, text + 1, FALSE, ending, error);
  if (g_str_has_prefix (text, "@wait "))
    return add_wait (steps, line, text + 6, error);
  if (g_str_has_prefix (text, "@repeat "))
    return add_repeat (steps, line, text + 8, error);
  if (g_str_has_prefix (text, "@hex "))
    return add_send (steps, line, text + 5, TRUE, NULL, error);
  if (text[0] == '@')
    return fail (line, error, "after @ comes wait, repeat, hex or another @");
  return add_send (steps, line, text, FALSE, ending, error);
}

/**
 * plancia_console_step_clear:
 */
void
plancia_console_step_clear (PlanciaConsoleStep *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
}

/**
 * plancia_console_steps_parse:
 * @text: of a macro
 * @ending: after each line
 *
 * Returns: (transfer full) (element-type PlanciaConsoleStep): or NULL and an error
 */
GArray *
plancia_console_steps_parse (const char *text, const char *ending, GError **error)
{
  g_autoptr (GArray) steps = steps_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = g_strv_length (lines);

  for (guint i = 0; i < count; i++) {
    /* A line break at the end of the text begins no line. */
    if (i + 1 == count && i > 0 && lines[i][0] == '\0')
      break;
    if (!add_line (steps, i + 1, lines[i], ending, error))
      return NULL;
  }
  return g_steal_pointer (&steps);
}

/**
 * plancia_console_steps_of_lines:
 * @text: as it was pasted: nothing in it has another meaning
 * @ending: after each line
 * @delay_ms: after each line
 *
 * Returns: (transfer full) (element-type PlanciaConsoleStep)
 */
GArray *
plancia_console_steps_of_lines (const char *text, const char *ending, guint delay_ms)
{
  GArray *steps = steps_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = g_strv_length (lines);

  for (guint i = 0; i < count; i++) {
    g_autofree char *line = NULL;

    if (i + 1 == count && lines[i][0] == '\0')
      break;
    g_strchomp (lines[i]);
    line = g_strconcat (lines[i], ending, NULL);
    if (i > 0 && delay_ms > 0)
      add_step (steps, PLANCIA_CONSOLE_STEP_WAIT)->ms = delay_ms;
    if (line[0] != '\0')
      add_step (steps, PLANCIA_CONSOLE_STEP_SEND)->bytes = g_bytes_new (line, strlen (line));
  }
  return steps;
}

/**
 * plancia_console_steps_of_bytes:
 * @bytes: of a file
 * @piece: bytes sent at once
 * @delay_ms: after each piece
 *
 * Returns: (transfer full) (element-type PlanciaConsoleStep)
 */
GArray *
plancia_console_steps_of_bytes (GBytes *bytes, gsize piece, guint delay_ms)
{
  GArray *steps = steps_new ();
  gsize   size = g_bytes_get_size (bytes);

  for (gsize at = 0; at < size; at += piece) {
    if (at > 0 && delay_ms > 0)
      add_step (steps, PLANCIA_CONSOLE_STEP_WAIT)->ms = delay_ms;
    add_step (steps, PLANCIA_CONSOLE_STEP_SEND)->bytes =
      g_bytes_new_from_bytes (bytes, at, MIN (piece, size - at));
  }
  return steps;
}

/**
 * plancia_console_steps_of_query:
 * @bytes: what is asked
 * @termination: byte that ends the answer, -1: none
 * @limit_ms: after which there is no more waiting
 *
 * Returns: (transfer full) (element-type PlanciaConsoleStep)
 */
GArray *
plancia_console_steps_of_query (GBytes *bytes, int termination, guint limit_ms)
{
  GArray             *steps = steps_new ();
  g_autofree char    *pattern = NULL;
  PlanciaConsoleStep *step;

  add_step (steps, PLANCIA_CONSOLE_STEP_SEND)->bytes = g_bytes_ref (bytes);
  if (termination < 0) {
    add_step (steps, PLANCIA_CONSOLE_STEP_WAIT)->ms = limit_ms;
    return steps;
  }
  pattern = g_strdup_printf ("\\x%02x", (guint) termination & 0xff);
  step = add_step (steps, PLANCIA_CONSOLE_STEP_EXPECT);
  step->regex = g_regex_new (pattern, G_REGEX_RAW, 0, NULL);
  step->ms = limit_ms;
  step->must = TRUE;
  return steps;
}
