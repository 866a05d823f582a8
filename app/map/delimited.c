/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/delimited.h"

#include "base/document.h"
#include "base/error.h"
#include <string.h>

static const char candidates[] = ";\t,|";

typedef struct
{
  guint line;
  guint first; /* index of its first cell in cells */
  guint n_cells;
} Row;

struct _PlanciaDelimited
{
  char     separator;
  gboolean code_page;
  guint    n_columns;
  GArray  *rows;  /* Row */
  GArray  *cells; /* guint: offset in texts */
  GString *texts; /* cells, each ended by NUL */
};

static gboolean
is_two_bytes (const char *data, gsize length, const char **encoding)
{
  if (length >= 2 && (guchar) data[0] == 0xFF && (guchar) data[1] == 0xFE)
    *encoding = "UTF-16LE";
  else if (length >= 2 && (guchar) data[0] == 0xFE && (guchar) data[1] == 0xFF)
    *encoding = "UTF-16BE";
  else
    return FALSE;

  return TRUE;
}

/* Some bytes mean nothing in Windows-1252; Latin 1 has a control character there. */
static char *
from_code_page (const char *data, gsize length, GError **error)
{
  char *text = g_convert (data, length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return text ? text : g_convert (data, length, "UTF-8", "ISO-8859-1", NULL, NULL, error);
}

static char *
decode (GBytes *bytes, PlanciaEncoding encoding, gboolean *code_page, GError **error)
{
  static const char mark[] = "\357\273\277";
  gsize             length = 0;
  const char       *data = g_bytes_get_data (bytes, &length);
  const char       *wide = NULL;

  *code_page = FALSE;
  if (encoding == PLANCIA_ENCODING_GUESS && is_two_bytes (data, length, &wide))
    return g_convert (data + 2, length - 2, "UTF-8", wide, NULL, NULL, error);
  if (length >= 3 && memcmp (data, mark, 3) == 0) {
    data += 3;
    length -= 3;
  }
  if (encoding != PLANCIA_ENCODING_WINDOWS_1252 && g_utf8_validate (data, length, NULL))
    return g_strndup (data, length);
  if (encoding == PLANCIA_ENCODING_UTF_8) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "the text is not UTF-8");
    return NULL;
  }

  *code_page = TRUE;
  return from_code_page (data, length, error);
}

/* Counts outside quotes at the beginning of the text. */
static char
guess_separator (const char *text)
{
  guint    counts[G_N_ELEMENTS (candidates)] = {0};
  guint    best = 0;
  gboolean quoted = FALSE;

  for (const char *at = text; *at != '\0' && at - text < 65536; at++) {
    const char *found = quoted ? NULL : strchr (candidates, *at);

    if (*at == '"')
      quoted = !quoted;
    else if (found != NULL)
      counts[found - candidates]++;
  }
  for (guint i = 1; candidates[i] != '\0'; i++)
    if (counts[i] > counts[best])
      best = i;

  return candidates[best];
}

/* White space as one blank, none at the ends. */
static void
append_clean (GString *texts, const GString *raw)
{
  gboolean gap = FALSE;
  gsize    start = texts->len;

  for (const char *at = raw->str; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter) || letter == 0xFEFF) {
      gap = TRUE;
      continue;
    }
    if (gap && texts->len > start)
      g_string_append_c (texts, ' ');
    gap = FALSE;
    g_string_append_unichar (texts, letter);
  }
  g_string_append_c (texts, '\0');
}

/* One cell from *at; *at stands on the separator, the line break or the end after it. */
static gboolean
read_cell (PlanciaDelimited *self, const char **at, guint *line, GString *raw)
{
  g_string_truncate (raw, 0);
  while (**at == ' ' && self->separator != ' ')
    *at += 1;
  if (**at == '"') {
    for (*at += 1; **at != '"' || (*at)[1] == '"'; *at += 1) {
      if (**at == '\0')
        return FALSE;
      if (**at == '"')
        *at += 1;
      if (**at == '\n')
        *line += 1;
      g_string_append_c (raw, **at);
    }
    *at += 1;
  }
  while (**at != '\0' && **at != '\n' && **at != self->separator) {
    g_string_append_c (raw, **at);
    *at += 1;
  }

  return TRUE;
}

static gboolean
fail_at (const char *origin, int code, guint line, const char *what, GError **error)
{
  g_set_error (error, PLANCIA_DOCUMENT_ERROR, code, "%s: line %u: %s", origin, line, what);
  return FALSE;
}

static gboolean
read_row (PlanciaDelimited *self,
          const char      **at,
          guint            *line,
          const char       *origin,
          GString          *raw,
          GError          **error)
{
  Row row = {*line, self->cells->len, 0};

  for (;;) {
    guint offset = self->texts->len;
    guint start = *line;

    if (!read_cell (self, at, line, raw))
      return fail_at (origin,
                      PLANCIA_DOCUMENT_ERROR_SYNTAX,
                      start,
                      "a quote is never closed",
                      error);
    if (row.n_cells < PLANCIA_DELIMITED_MAXIMUM_COLUMNS) {
      append_clean (self->texts, raw);
      g_array_append_val (self->cells, offset);
      row.n_cells++;
    }
    if (**at != self->separator || **at == '\0')
      break;
    *at += 1;
  }
  if (**at == '\n') {
    *at += 1;
    *line += 1;
  }
  self->n_columns = MAX (self->n_columns, row.n_cells);
  g_array_append_val (self->rows, row);
  return TRUE;
}

static gboolean
read_rows (PlanciaDelimited *self, const char *text, const char *origin, GError **error)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  guint line = 1;

  for (const char *at = text; *at != '\0';) {
    if (self->rows->len >= PLANCIA_DELIMITED_MAXIMUM_ROWS)
      return fail_at (origin,
                      PLANCIA_DOCUMENT_ERROR_INVALID,
                      line,
                      "more rows than the 20000 allowed",
                      error);
    if (!read_row (self, &at, &line, origin, raw, error))
      return FALSE;
  }

  return TRUE;
}

/* Old and Windows line breaks as \n. */
static void
unify_line_breaks (char *text)
{
  char *to = text;

  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '\r' && at[1] == '\n')
      continue;
    *to++ = *at == '\r' ? '\n' : *at;
  }
  *to = '\0';
}

static gboolean
check_bytes (GBytes *bytes, const char *origin, GError **error)
{
  gsize       length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *wide = NULL;

  if (!plancia_document_check_size (length, origin, error))
    return FALSE;
  if (!is_two_bytes (data, length, &wide) && memchr (data, '\0', length) != NULL)
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: this is not a text file",
                 origin);
  else
    return TRUE;

  return FALSE;
}

/**
 * plancia_delimited_new:
 * @bytes: the file
 * @origin: names it in messages
 * @encoding: how it is written
 * @separator: between the cells; 0 to guess
 *
 * Any thread; some ten milliseconds for a megabyte.
 *
 * Returns: (transfer full): the table, or %NULL with %PLANCIA_DOCUMENT_ERROR
 */
PlanciaDelimited *
plancia_delimited_new (GBytes         *bytes,
                       const char     *origin,
                       PlanciaEncoding encoding,
                       char            separator,
                       GError        **error)
{
  g_autoptr (PlanciaDelimited) self = g_new0 (PlanciaDelimited, 1);
  g_autofree char *text = NULL;

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (guint));
  self->texts = g_string_new (NULL);
  if (!check_bytes (bytes, origin, error))
    return NULL;

  text = decode (bytes, encoding, &self->code_page, error);
  if (text == NULL) {
    g_prefix_error (error, "%s: ", origin);
    return NULL;
  }
  unify_line_breaks (text);
  self->separator = separator != '\0' ? separator : guess_separator (text);
  if (!read_rows (self, text, origin, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
plancia_delimited_free (PlanciaDelimited *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

char
plancia_delimited_get_separator (PlanciaDelimited *self)
{
  return self->separator;
}

gboolean
plancia_delimited_is_code_page (PlanciaDelimited *self)
{
  return self->code_page;
}

guint
plancia_delimited_get_n_rows (PlanciaDelimited *self)
{
  return self->rows->len;
}

guint
plancia_delimited_get_n_columns (PlanciaDelimited *self)
{
  return self->n_columns;
}

guint
plancia_delimited_get_line (PlanciaDelimited *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);

  return g_array_index (self->rows, Row, row).line;
}

const char *
plancia_delimited_get_cell (PlanciaDelimited *self, guint row, guint column)
{
  const Row *place;

  g_return_val_if_fail (row < self->rows->len, "");

  place = &g_array_index (self->rows, Row, row);
  if (column >= place->n_cells)
    return "";

  return self->texts->str + g_array_index (self->cells, guint, place->first + column);
}
