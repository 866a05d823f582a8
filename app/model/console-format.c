/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-format.h"

#include "base/span.h"
#include "model/console-words.h"
#include <string.h>

#define TIME_WIDTH  12 /* "14:02:07.113" */
#define GAP         "  "
#define GAP_WIDTH   2
#define ARROW_LEFT  "\342\206\220"
#define ARROW_RIGHT "\342\206\222"
#define MIDDLE_DOT  "\302\267"
/* So many lines before one are read to know what was asked. */
#define LOOK_BACK 4

static void
mark (PlanciaConsoleText *self, gsize start, PlanciaConsoleStyle style)
{
  PlanciaConsoleSpan span = {(guint) start, (guint) self->text->len, style, 0};

  if (span.end > span.start)
    g_array_append_val (self->spans, span);
}

/* --- time and arrow ----------------------------------------------------------------------------- */

/* "14:02:07.113". Most lines have the second of the line before. */
static void
append_clock (PlanciaConsoleFormat *self, GString *text, gint64 time)
{
  gint64 second = time / PLANCIA_SECOND;

  if (second != self->second || self->clock[0] == '\0') {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);
    g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, self->zone) : NULL;

    self->second = second;
    g_strlcpy (self->clock, "--:--:--", sizeof self->clock);
    if (local)
      g_snprintf (self->clock,
                  sizeof self->clock,
                  "%02d:%02d:%02d",
                  g_date_time_get_hour (local),
                  g_date_time_get_minute (local),
                  g_date_time_get_second (local));
  }
  g_string_append_printf (text, "%s.%03d", self->clock, (int) (time % PLANCIA_SECOND));
}

/* Right-aligned, so that the decimal signs stand below each other. */
static void
append_delta (GString *text, gint64 time, gint64 previous)
{
  gint64 delta = previous > 0 ? MAX (time - previous, 0) : 0;
  char   number[32];

  g_snprintf (number,
              sizeof number,
              "+%" G_GINT64_FORMAT ".%03d",
              delta / PLANCIA_SECOND,
              (int) (delta % PLANCIA_SECOND));
  g_string_append_printf (text, "%*s", TIME_WIDTH, number);
}

static void
append_time (PlanciaConsoleFormat      *self,
             const PlanciaConsoleStore *store,
             guint64                    number,
             gint64                     time,
             PlanciaConsoleText        *text)
{
  PlanciaConsoleItem previous = {0};

  if (self->time == PLANCIA_CONSOLE_TIME_NONE)
    return;
  if (self->time == PLANCIA_CONSOLE_TIME_DELTA && number > plancia_console_store_get_first (store))
    plancia_console_store_get (store, number - 1, &previous);
  if (self->time == PLANCIA_CONSOLE_TIME_ABSOLUTE)
    append_clock (self, text->text, time);
  else
    append_delta (text->text, time, previous.time);
  mark (text, 0, PLANCIA_CONSOLE_STYLE_TIME);
  g_string_append (text->text, GAP);
}

static void
append_direction (PlanciaConsoleText *text, PlanciaConsoleDirection direction)
{
  gsize start = text->text->len;

  switch (direction) {
  case PLANCIA_CONSOLE_RECEIVED:
    g_string_append (text->text, ARROW_LEFT);
    mark (text, start, PLANCIA_CONSOLE_STYLE_RECEIVED);
    break;
  case PLANCIA_CONSOLE_SENT:
    g_string_append (text->text, ARROW_RIGHT);
    mark (text, start, PLANCIA_CONSOLE_STYLE_SENT);
    break;
  case PLANCIA_CONSOLE_NOTICE:
  default:
    g_string_append (text->text, MIDDLE_DOT);
    mark (text, start, PLANCIA_CONSOLE_STYLE_NOTICE);
    break;
  }
  g_string_append (text->text, GAP);
}

/* --- what was said ------------------------------------------------------------------------------ */

static void
begin_row (PlanciaConsoleFormat *self, PlanciaConsoleText *text)
{
  if (text->text->len > text->body)
    g_string_append_printf (text->text, "\n%*s", (int) plancia_console_format_indent (self), "");
}

static gsize
ending_length (const PlanciaConsoleItem *item)
{
  gsize length = 0;

  while (length < 2 && length < item->length &&
         (item->data[item->length - length - 1] == '\n' ||
          item->data[item->length - length - 1] == '\r'))
    length++;
  return length;
}

static void
add_runs (PlanciaConsoleText *text, GArray *runs)
{
  for (guint i = 0; i < runs->len; i++) {
    PlanciaConsoleRun  run = g_array_index (runs, PlanciaConsoleRun, i);
    PlanciaConsoleSpan span = {run.start,
                               run.end,
                               run.escape ? PLANCIA_CONSOLE_STYLE_ESCAPE
                                          : PLANCIA_CONSOLE_STYLE_LOOK,
                               run.escape ? 0 : run.look};

    g_array_append_val (text->spans, span);
  }
}

/* The escapes lie over the style of a sent line. */
static void
append_text (PlanciaConsoleFormat *self, const PlanciaConsoleItem *item, PlanciaConsoleText *text)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleRun));
  gboolean           received = item->direction == PLANCIA_CONSOLE_RECEIVED;
  PlanciaConsoleLook look = self->ansi && received ? item->look : 0;
  gsize              start = text->text->len, ending = item->burst ? 0 : ending_length (item);

  plancia_console_text_append (text->text,
                               runs,
                               item->data,
                               item->length - ending,
                               self->charset,
                               self->ansi && received,
                               &look);
  text->body_end = (guint) text->text->len;
  look = 0;
  plancia_console_text_append (text->text,
                               runs,
                               item->data + item->length - ending,
                               ending,
                               self->charset,
                               FALSE,
                               &look);
  if (item->direction == PLANCIA_CONSOLE_SENT)
    mark (text, start, PLANCIA_CONSOLE_STYLE_SENT);
  add_runs (text, runs);
}

/* Rows of 16 bytes, each below the first. */
static void
append_bytes (PlanciaConsoleFormat *self, const PlanciaConsoleItem *item, PlanciaConsoleText *text)
{
  for (gsize i = 0; i < item->length; i += PLANCIA_CONSOLE_HEX_ROW) {
    gsize now = MIN (item->length - i, PLANCIA_CONSOLE_HEX_ROW), start;

    begin_row (self, text);
    start = text->text->len;
    plancia_console_hex_append (text->text,
                                item->data + i,
                                now,
                                item->length > PLANCIA_CONSOLE_HEX_ROW);
    if (self->mode == PLANCIA_CONSOLE_BOTH)
      mark (text, start, PLANCIA_CONSOLE_STYLE_BYTES);
    else if (item->direction == PLANCIA_CONSOLE_SENT)
      mark (text, start, PLANCIA_CONSOLE_STYLE_SENT);
  }
  text->body_end = (guint) text->text->len;
}

/* --- Modbus --------------------------------------------------------------------------------------- */

static void
decode_quietly (PlanciaConsoleFormat *self, const PlanciaConsoleStore *store, guint64 number)
{
  PlanciaConsoleItem item;
  g_autoptr (GArray) frames = NULL;

  plancia_console_store_get (store, number, &item);
  if (item.burst)
    frames = plancia_console_decode (item.data, item.length, &self->asked);
}

/* Who reads the lines in their order has read the one before already. */
static void
find_asked (PlanciaConsoleFormat *self, const PlanciaConsoleStore *store, guint64 number)
{
  guint64 first = plancia_console_store_get_first (store);
  guint64 from = number > first + LOOK_BACK ? number - LOOK_BACK : first;

  if (self->asked_before == number && number > first)
    return;
  self->asked.known = FALSE;
  for (guint64 i = from; i < number; i++)
    decode_quietly (self, store, i);
}

static void
append_frames (PlanciaConsoleFormat      *self,
               const PlanciaConsoleStore *store,
               guint64                    number,
               const PlanciaConsoleItem  *item,
               PlanciaConsoleText        *text)
{
  g_autoptr (GArray) frames = NULL;

  find_asked (self, store, number);
  frames = plancia_console_decode (item->data, item->length, &self->asked);
  self->asked_before = item->complete ? number + 1 : 0;
  for (guint i = 0; i < frames->len; i++) {
    const PlanciaConsoleFrame *frame = &g_array_index (frames, PlanciaConsoleFrame, i);
    g_autofree char           *words = plancia_console_frame_words (frame);
    gsize                      start;

    begin_row (self, text);
    start = text->text->len;
    g_string_append (text->text, words);
    mark (text,
          start,
          frame->kind != PLANCIA_CONSOLE_FRAME_NONE && frame->crc_right
            ? PLANCIA_CONSOLE_STYLE_RIGHT
            : PLANCIA_CONSOLE_STYLE_WRONG);
  }
  text->body_end = (guint) text->text->len;
}

static void
append_payload (PlanciaConsoleFormat      *self,
                const PlanciaConsoleStore *store,
                guint64                    number,
                const PlanciaConsoleItem  *item,
                PlanciaConsoleText        *text)
{
  if (self->mode != PLANCIA_CONSOLE_HEX)
    append_text (self, item, text);
  if (self->mode != PLANCIA_CONSOLE_TEXT)
    append_bytes (self, item, text);
  if (self->decode && item->burst)
    append_frames (self, store, number, item, text);
}

/* The program's own sentence: always text, always UTF-8. */
static void
append_notice (const PlanciaConsoleItem *item, PlanciaConsoleText *text)
{
  PlanciaConsoleLook look = 0;
  gsize              start = text->text->len;

  plancia_console_text_append (text->text,
                               NULL,
                               item->data,
                               item->length,
                               PLANCIA_CONSOLE_UTF8,
                               FALSE,
                               &look);
  mark (text, start, PLANCIA_CONSOLE_STYLE_NOTICE);
  text->body_end = (guint) text->text->len;
}

/**
 * plancia_console_format_init:
 * @zone: for the time of day
 */
void
plancia_console_format_init (PlanciaConsoleFormat *self, GTimeZone *zone)
{
  memset (self, 0, sizeof *self);
  self->ansi = TRUE;
  self->zone = g_time_zone_ref (zone);
}

/**
 * plancia_console_format_clear:
 */
void
plancia_console_format_clear (PlanciaConsoleFormat *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

/**
 * plancia_console_format_copy:
 *
 * Returns: (transfer full): the same, for another thread
 */
PlanciaConsoleFormat *
plancia_console_format_copy (const PlanciaConsoleFormat *self)
{
  PlanciaConsoleFormat *copy = g_memdup2 (self, sizeof *self);

  g_time_zone_ref (copy->zone);
  copy->asked_before = 0;
  return copy;
}

/**
 * plancia_console_format_free:
 */
void
plancia_console_format_free (PlanciaConsoleFormat *self)
{
  if (self == NULL)
    return;
  plancia_console_format_clear (self);
  g_free (self);
}

/**
 * plancia_console_format_line:
 * @store: where the line and those before it are
 * @number: of the line
 * @text: (inout): gets the line instead of what it holds
 */
void
plancia_console_format_line (PlanciaConsoleFormat      *self,
                             const PlanciaConsoleStore *store,
                             guint64                    number,
                             PlanciaConsoleText        *text)
{
  PlanciaConsoleItem item = {0};

  g_string_truncate (text->text, 0);
  g_array_set_size (text->spans, 0);
  plancia_console_store_get (store, number, &item);
  append_time (self, store, number, item.time, text);
  append_direction (text, item.direction);
  text->body = (guint) text->text->len;
  if (item.direction == PLANCIA_CONSOLE_NOTICE)
    append_notice (&item, text);
  else
    append_payload (self, store, number, &item, text);
}

/**
 * plancia_console_format_rows:
 * @columns: characters in a row
 * @text: for its own use
 *
 * Returns: rows, at least 1
 */
guint
plancia_console_format_rows (PlanciaConsoleFormat      *self,
                             const PlanciaConsoleStore *store,
                             guint64                    number,
                             guint                      columns,
                             PlanciaConsoleText        *text)
{
  guint indent = plancia_console_format_indent (self), rows = 0;

  plancia_console_format_line (self, store, number, text);
  for (const char *at = text->text->str, *next; at != NULL; at = next) {
    guint length;

    next = strchr (at, '\n');
    length = (guint) g_utf8_strlen (at, next ? next - at : -1);
    rows++;
    if (length > columns && columns > indent)
      rows += (length - columns - 1) / (columns - indent) + 1;
    next = next ? next + 1 : NULL;
  }
  return rows;
}

/**
 * plancia_console_format_indent:
 *
 * Returns: characters before the text of a line
 */
guint
plancia_console_format_indent (const PlanciaConsoleFormat *self)
{
  guint direction = 1 + GAP_WIDTH;

  return self->time == PLANCIA_CONSOLE_TIME_NONE ? direction : TIME_WIDTH + GAP_WIDTH + direction;
}

/**
 * plancia_console_text_init:
 */
void
plancia_console_text_init (PlanciaConsoleText *self)
{
  self->text = g_string_sized_new (256);
  self->spans = g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleSpan));
  self->body = 0;
  self->body_end = 0;
}

/**
 * plancia_console_text_clear:
 */
void
plancia_console_text_clear (PlanciaConsoleText *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
  g_clear_pointer (&self->spans, g_array_unref);
}
