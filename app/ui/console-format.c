/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-format.h"

#include "base/span.h"
#include <string.h>

#define TIME_WIDTH    12 /* "14:02:07.113" */
#define ARROW_LEFT    "\342\206\220"
#define ARROW_RIGHT   "\342\206\222"
#define MIDDLE_DOT    "\302\267"
#define DIRECTION_GAP 2

static void
append (PlanciaConsoleFormat *self, const char *text)
{
  g_string_append (self->text, text);
  self->n_characters += (guint) g_utf8_strlen (text, -1);
}

static void
mark (PlanciaConsoleFormat *self, guint start, guint end, PlanciaConsoleStyle style)
{
  PlanciaConsoleSpan span = {start, end, style};

  if (end > start)
    g_array_append_val (self->spans, span);
}

static void
append_marked (PlanciaConsoleFormat *self, const char *text, PlanciaConsoleStyle style)
{
  guint start = self->n_characters;

  append (self, text);
  mark (self, start, self->n_characters, style);
}

static void
append_blanks (PlanciaConsoleFormat *self, guint count)
{
  for (guint i = 0; i < count; i++)
    append (self, " ");
}

/* "14:02:07.113" */
static char *
clock_text (PlanciaConsoleFormat *self, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, self->zone) : NULL;
  g_autofree char *text = local ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("--:--:--");

  return g_strdup_printf ("%s.%03d", text, (int) (time % PLANCIA_SECOND));
}

/* Right-aligned, so that the decimal signs stand below each other. */
static char *
delta_text (gint64 time, gint64 previous)
{
  gint64           delta = previous > 0 ? MAX (time - previous, 0) : 0;
  g_autofree char *text = g_strdup_printf ("+%" G_GINT64_FORMAT ".%03d",
                                           delta / PLANCIA_SECOND,
                                           (int) (delta % PLANCIA_SECOND));

  return g_strdup_printf ("%*s", TIME_WIDTH, text);
}

static void
append_time (PlanciaConsoleFormat *self, gint64 time, gint64 previous)
{
  g_autofree char *text = NULL;

  if (self->time == PLANCIA_CONSOLE_TIME_NONE)
    return;

  text = self->time == PLANCIA_CONSOLE_TIME_ABSOLUTE ? clock_text (self, time)
                                                     : delta_text (time, previous);
  append_marked (self, text, PLANCIA_CONSOLE_STYLE_TIME);
  append_blanks (self, DIRECTION_GAP);
}

static void
append_direction (PlanciaConsoleFormat *self, PlanciaConsoleDirection direction)
{
  switch (direction) {
  case PLANCIA_CONSOLE_RECEIVED:
    append_marked (self, ARROW_LEFT, PLANCIA_CONSOLE_STYLE_RECEIVED);
    break;
  case PLANCIA_CONSOLE_SENT:
    append_marked (self, ARROW_RIGHT, PLANCIA_CONSOLE_STYLE_SENT);
    break;
  case PLANCIA_CONSOLE_NOTICE:
  default:
    append_marked (self, MIDDLE_DOT, PLANCIA_CONSOLE_STYLE_NOTICE);
    break;
  }
  append_blanks (self, DIRECTION_GAP);
}

/* The line's style covers the letters between the escapes; these have their own. */
static void
append_text (PlanciaConsoleFormat *self, const PlanciaConsoleLine *line)
{
  g_autoptr (GArray) escapes = NULL;
  g_autofree char *text = plancia_console_text (line->bytes, &escapes);
  guint            start = self->n_characters;
  guint            at = start;

  append (self, text);
  for (guint i = 0; i < escapes->len; i++) {
    PlanciaConsoleEscape escape = g_array_index (escapes, PlanciaConsoleEscape, i);

    if (line->direction == PLANCIA_CONSOLE_SENT)
      mark (self, at, start + escape.start, PLANCIA_CONSOLE_STYLE_SENT);
    mark (self, start + escape.start, start + escape.end, PLANCIA_CONSOLE_STYLE_ESCAPE);
    at = start + escape.end;
  }
  if (line->direction == PLANCIA_CONSOLE_SENT)
    mark (self, at, self->n_characters, PLANCIA_CONSOLE_STYLE_SENT);
}

/* Rows of 16 bytes, each below the first. */
static guint
append_bytes (PlanciaConsoleFormat *self, const PlanciaConsoleLine *line, PlanciaConsoleStyle style)
{
  g_autofree char *hex = plancia_console_hex (line->bytes);
  g_auto (GStrv) rows = g_strsplit (hex, "\n", -1);
  guint n_rows = 0;

  for (; rows[n_rows] != NULL; n_rows++) {
    if (n_rows > 0) {
      append (self, "\n");
      append_blanks (self, plancia_console_format_indent (self->time));
    }
    if (style < PLANCIA_CONSOLE_N_STYLES)
      append_marked (self, rows[n_rows], style);
    else
      append (self, rows[n_rows]);
  }

  return n_rows;
}

static guint
append_payload (PlanciaConsoleFormat *self, const PlanciaConsoleLine *line)
{
  PlanciaConsoleStyle plain = line->direction == PLANCIA_CONSOLE_SENT ? PLANCIA_CONSOLE_STYLE_SENT
                                                                      : PLANCIA_CONSOLE_N_STYLES;

  if (self->mode == PLANCIA_CONSOLE_HEX)
    return append_bytes (self, line, plain);

  append_text (self, line);
  if (self->mode == PLANCIA_CONSOLE_TEXT)
    return 1;

  append (self, "\n");
  append_blanks (self, plancia_console_format_indent (self->time));
  return 1 + append_bytes (self, line, PLANCIA_CONSOLE_STYLE_BYTES);
}

/**
 * plancia_console_format_init:
 * @zone: for the time of day
 */
void
plancia_console_format_init (PlanciaConsoleFormat *self,
                             PlanciaConsoleMode    mode,
                             PlanciaConsoleTime    time,
                             GTimeZone            *zone)
{
  self->mode = mode;
  self->time = time;
  self->zone = g_time_zone_ref (zone);
  self->text = g_string_new (NULL);
  self->n_characters = 0;
  self->spans = g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleSpan));
}

/**
 * plancia_console_format_clear:
 */
void
plancia_console_format_clear (PlanciaConsoleFormat *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

/**
 * plancia_console_format_add:
 * @line: what came or went
 * @previous: ms UTC of the line before it, 0 if there is none
 *
 * A notice is the program's own sentence: always text.
 *
 * Returns: the rows that were added
 */
guint
plancia_console_format_add (PlanciaConsoleFormat     *self,
                            const PlanciaConsoleLine *line,
                            gint64                    previous)
{
  g_autofree char *notice = NULL;
  guint            rows = 1;

  append_time (self, line->time, previous);
  append_direction (self, line->direction);
  if (line->direction == PLANCIA_CONSOLE_NOTICE) {
    notice = plancia_console_text (line->bytes, NULL);
    append_marked (self, notice, PLANCIA_CONSOLE_STYLE_NOTICE);
  } else
    rows = append_payload (self, line);
  append (self, "\n");

  return rows;
}

/**
 * plancia_console_format_indent:
 *
 * Returns: characters before the text of a line
 */
guint
plancia_console_format_indent (PlanciaConsoleTime time)
{
  guint direction = 1 + DIRECTION_GAP;

  return time == PLANCIA_CONSOLE_TIME_NONE ? direction : TIME_WIDTH + DIRECTION_GAP + direction;
}
