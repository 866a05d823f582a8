/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-lines.h"

#include "base/bytes.h"
#include "base/error.h"
#include <string.h>

#define HEX_ROW 16

/* The last line, as long as it may still grow. */
struct _PlanciaConsoleLines
{
  GByteArray             *open; /* its bytes; empty when there is none */
  gint64                  time;
  PlanciaConsoleDirection direction;
  gboolean                after_return; /* it ended in \r, to which a \n may come */
};

/**
 * plancia_console_lines_new:
 *
 * Any thread, but one thread at a time. (transfer full)
 */
PlanciaConsoleLines *
plancia_console_lines_new (void)
{
  PlanciaConsoleLines *self = g_new0 (PlanciaConsoleLines, 1);

  self->open = g_byte_array_new ();
  return self;
}

/**
 * plancia_console_lines_free:
 */
void
plancia_console_lines_free (PlanciaConsoleLines *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->open);
  g_free (self);
}

/**
 * plancia_console_line_free:
 */
void
plancia_console_line_free (PlanciaConsoleLine *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
end_line (PlanciaConsoleLines *self)
{
  g_byte_array_set_size (self->open, 0);
  self->after_return = FALSE;
}

static void
add_line (PlanciaConsoleLines *self, GPtrArray *lines, gboolean complete)
{
  PlanciaConsoleLine *line = g_new0 (PlanciaConsoleLine, 1);

  line->time = self->time;
  line->direction = self->direction;
  line->bytes = g_bytes_new (self->open->data, self->open->len);
  line->complete = complete;
  g_ptr_array_add (lines, line);
}

/* \n ends a line, and so does \r unless a \n follows. */
static void
add_byte (PlanciaConsoleLines *self, GPtrArray *lines, gint64 time, guint8 byte)
{
  if (self->after_return && byte != '\n') {
    add_line (self, lines, TRUE);
    end_line (self);
  }
  if (self->open->len == 0)
    self->time = time;
  g_byte_array_append (self->open, &byte, 1);
  self->after_return = byte == '\r';
  if (byte == '\n' || self->open->len >= PLANCIA_CONSOLE_LINE_LIMIT) {
    add_line (self, lines, TRUE);
    end_line (self);
  }
}

/* What was given out already as the last line, and ended in \r, is not given out again when it turns
 * out that nothing was to come. */
static void
drop_ended (PlanciaConsoleLines *self, PlanciaConsoleDirection direction, GBytes *bytes)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  if (direction != self->direction || direction == PLANCIA_CONSOLE_NOTICE ||
      (self->after_return && data[0] != '\n'))
    end_line (self);
}

/**
 * plancia_console_lines_feed:
 * @self: the lines so far
 * @direction: of @bytes; another one than before ends a line that was not complete, and a notice is a
 *   line by itself
 * @time: ms UTC of arrival
 * @bytes: any number
 * @continues: (out): whether the first line returned takes the place of the last one returned before
 *
 * Returns: (transfer full) (element-type PlanciaConsoleLine)
 */
GPtrArray *
plancia_console_lines_feed (PlanciaConsoleLines    *self,
                            PlanciaConsoleDirection direction,
                            gint64                  time,
                            GBytes                 *bytes,
                            gboolean               *continues)
{
  GPtrArray    *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_line_free);
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  *continues = FALSE;
  if (length == 0)
    return lines;

  drop_ended (self, direction, bytes);
  *continues = self->open->len > 0;
  self->direction = direction;
  for (gsize i = 0; i < length; i++)
    add_byte (self, lines, time, data[i]);
  if (self->open->len > 0)
    add_line (self, lines, self->after_return || direction == PLANCIA_CONSOLE_NOTICE);
  return lines;
}

static void
append_escape (GString *text, guint *position, GArray *escapes, const char *escape)
{
  PlanciaConsoleEscape at = {*position, *position + (guint) strlen (escape)};

  g_string_append (text, escape);
  *position = at.end;
  if (escapes != NULL)
    g_array_append_val (escapes, at);
}

static void
append_byte (GString *text, guint *position, GArray *escapes, guint8 byte)
{
  char hex[8];

  switch (byte) {
  case '\r':
    append_escape (text, position, escapes, "\\r");
    break;
  case '\n':
    append_escape (text, position, escapes, "\\n");
    break;
  case '\t':
    append_escape (text, position, escapes, "\\t");
    break;
  case '\0':
    append_escape (text, position, escapes, "\\0");
    break;
  default:
    g_snprintf (hex, sizeof hex, "\\x%02X", byte);
    append_escape (text, position, escapes, hex);
    break;
  }
}

/* Bytes of the character at data that can be shown as it is; 0 if it is to be escaped. */
static gsize
printable_length (const char *data, gsize length)
{
  gunichar c = g_utf8_get_char_validated (data, (gssize) length);

  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0 || g_unichar_iscntrl (c) ||
      g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR ||
      g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
    return 0;
  return (gsize) (g_utf8_next_char (data) - data);
}

/**
 * plancia_console_text:
 * @bytes: of a line
 * @escapes: (out) (optional) (transfer full) (element-type PlanciaConsoleEscape): what is not to be
 *   taken literally, in characters of the text
 *
 * Characters that would turn the direction of writing are escaped as well. Returns: (transfer full):
 * UTF-8 without line breaks
 */
char *
plancia_console_text (GBytes *bytes, GArray **escapes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);
  GString    *text = g_string_sized_new (length + 16);
  GArray     *found = escapes != NULL ? g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleEscape))
                                      : NULL;
  guint       position = 0;

  for (gsize i = 0; i < length;) {
    gsize shown = printable_length (data + i, length - i);

    if (shown == 0) {
      append_byte (text, &position, found, (guint8) data[i]);
      i++;
    } else {
      g_string_append_len (text, data + i, (gssize) shown);
      position++;
      i += shown;
    }
  }
  if (escapes != NULL)
    *escapes = found;
  return g_string_free (text, FALSE);
}

static void
append_row (GString *text, const guint8 *data, gsize length, gboolean pad)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", data[i]);
  for (gsize i = length; pad && i < HEX_ROW; i++)
    g_string_append (text, "   ");
  g_string_append (text, "  ");
  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, g_ascii_isprint (data[i]) ? (char) data[i] : '.');
}

/**
 * plancia_console_hex:
 * @bytes: of a line
 *
 * Rows of 16 bytes, as numbers and as far as possible as letters; the letters of several rows stand
 * under each other. Returns: (transfer full)
 */
char *
plancia_console_hex (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString      *text = g_string_sized_new (length * 4 + 8);

  for (gsize i = 0; i < length; i += HEX_ROW) {
    if (i > 0)
      g_string_append_c (text, '\n');
    append_row (text, data + i, MIN (length - i, HEX_ROW), length > HEX_ROW);
  }
  return g_string_free (text, FALSE);
}

/* Characters of the escape at p, which stands on the backslash; 0 if there is no such. */
static guint
parse_escape (const char *p, guint8 *byte)
{
  static const char names[] = "rnt0\\", bytes[] = "\r\n\t\0\\";
  const char       *found = p[1] != '\0' ? strchr (names, p[1]) : NULL;

  if (found != NULL) {
    *byte = (guint8) bytes[found - names];
    return 2;
  }
  if (p[1] != 'x' || !g_ascii_isxdigit (p[2]) || !g_ascii_isxdigit (p[3]))
    return 0;
  *byte = (guint8) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3]));
  return 4;
}

static GBytes *
parse_text (const char *text, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();

  for (const char *p = text; *p != '\0';) {
    guint8 byte = (guint8) *p;
    guint  length = *p == '\\' ? parse_escape (p, &byte) : 1;

    if (length == 0) {
      g_set_error (error,
                   PLANCIA_DOCUMENT_ERROR,
                   PLANCIA_DOCUMENT_ERROR_INVALID,
                   "character %ld: expected \\r \\n \\t \\0 \\\\ or \\xHH, got \"%.2s\"",
                   g_utf8_pointer_to_offset (text, p) + 1,
                   g_ascii_isprint (p[1]) ? p : "\\");
      return NULL;
    }
    plancia_put_u8 (array, byte);
    p += length;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static GBytes *
parse_hex (const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *bytes = plancia_hex_decode (text, &local);

  if (bytes == NULL)
    g_set_error_literal (error,
                         PLANCIA_DOCUMENT_ERROR,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         local->message);
  return bytes;
}

/**
 * plancia_console_parse:
 * @text: what a person typed
 * @hex: whether it is pairs of hex digits
 * @ending: (nullable): appended as it is, such as "\r\n"
 *
 * Returns: (transfer full): the bytes to send, or NULL and PLANCIA_DOCUMENT_ERROR_INVALID
 */
GBytes *
plancia_console_parse (const char *text, gboolean hex, const char *ending, GError **error)
{
  g_autoptr (GBytes) bytes = hex ? parse_hex (text, error) : parse_text (text, error);
  g_autoptr (GByteArray) array = g_byte_array_new ();

  if (bytes == NULL)
    return NULL;
  plancia_put_bytes (array, bytes);
  if (ending != NULL)
    g_byte_array_append (array, (const guint8 *) ending, (guint) strlen (ending));
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
