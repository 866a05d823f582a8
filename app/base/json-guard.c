/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-guard.h"

#include "base/error.h"
#include <stdio.h>
#include <string.h>

#define MAXIMUM_DEPTH 64

static guint
line_of (const char *text, gsize position)
{
  guint line = 1;

  for (gsize i = 0; i < position; i++)
    line += text[i] == '\n';
  return line;
}

static gboolean
set_error (GError **error, const char *text, gsize position, const char *what)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_SYNTAX,
               "line %u: %s",
               line_of (text, position),
               what);
  return FALSE;
}

/* Four hexadecimal digits after "\u" at this place; -1 if they are not there. */
static int
read_unit (const char *text, gsize length, gsize at)
{
  int unit = 0;

  if (at + 6 > length || text[at] != '\\' || text[at + 1] != 'u')
    return -1;
  for (gsize i = at + 2; i < at + 6; i++) {
    int digit = g_ascii_xdigit_value (text[i]);

    if (digit < 0)
      return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

/* Bytes of the escape at this place; 0 if it is not one of JSON's, or half of a character. The parser would take others,
 * and make text of them that is not UTF-8. */
static gsize
measure_escape (const char *text, gsize length, gsize at)
{
  int unit, low;

  if (at + 1 < length && text[at + 1] != '\0' && strchr ("\"\\/bfnrt", text[at + 1]) != NULL)
    return 2;
  unit = read_unit (text, length, at);
  if (unit < 0xd800 || unit > 0xdfff)
    return unit >= 0 ? 6 : 0;
  low = unit < 0xdc00 ? read_unit (text, length, at + 6) : -1;
  return low >= 0xdc00 && low <= 0xdfff ? 12 : 0;
}

/* at: after the opening quote; then after the closing one, or at the end if there is none. FALSE: where it is wrong. */
static gboolean
skip_string (const char *text, gsize length, gsize *at)
{
  while (*at < length && text[*at] != '"') {
    gsize step = text[*at] == '\\' ? measure_escape (text, length, *at) : 1;

    if (step == 0)
      return FALSE;
    *at += step;
  }
  *at = MIN (*at + 1, length);
  return TRUE;
}

/* Comments and quotes of other kinds are not JSON, though the parser would take them. */
static gboolean
is_json_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("{}[],:+-. \t\r\n", c) != NULL);
}

/**
 * plancia_json_guard:
 * @text: (array length=length): what is to be parsed
 * @length: bytes
 * @error: PLANCIA_DOCUMENT_ERROR_SYNTAX with the line
 *
 * Not a parser: what passes may still be wrong, but it can be given to one. Any thread.
 *
 * Returns: whether @text may be parsed
 */
gboolean
plancia_json_guard (const char *text, gsize length, GError **error)
{
  const char *end;
  guint       depth = 0;
  gboolean    closed = FALSE;

  if (!g_utf8_validate_len (text, length, &end))
    return set_error (error, text, (gsize) (end - text), "expected UTF-8 text");
  for (gsize i = 0; i < length;) {
    if (closed && !g_ascii_isspace (text[i]))
      return set_error (error, text, i, "expected nothing after the end");
    if (text[i] == '"') {
      i++;
      if (!skip_string (text, length, &i))
        return set_error (error, text, i, "expected an escape of JSON");
      continue;
    }
    if (!is_json_character (text[i]))
      return set_error (error,
                        text,
                        i,
                        "expected JSON, got a character that it does not have here");
    if (text[i] == '[' || text[i] == '{')
      depth++;
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      closed = --depth == 0;
    if (depth > MAXIMUM_DEPTH)
      return set_error (error, text, i, "expected at most 64 levels");
    i++;
  }
  return TRUE;
}

/**
 * plancia_json_place:
 * @message: of an error of json-glib
 *
 * Any thread.
 *
 * Returns: (transfer full): the message with its place in words; another one as it is
 */
char *
plancia_json_place (const char *message)
{
  unsigned line = 0;
  unsigned column = 0;
  int      length = 0;

  if (sscanf (message, "<data>:%u:%u: %n", &line, &column, &length) != 2 || length == 0)
    return g_strdup (message);

  return g_strdup_printf ("line %u, column %u: %s", line, column, message + length);
}
