/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/csv-reader.h"

#include <string.h>

#define PIECE (256 * 1024)
/* Nobody's line is longer; a file of something else is told by it. */
#define LONGEST_LINE (1024 * 1024)
#define MARK         "\xef\xbb\xbf"
/* Of these many bytes the separator is found out. */
#define SAMPLE 8192

struct _PlanciaCsvReader
{
  GInputStream *stream;
  char          separator;
  GString      *data; /* read and not given yet, from next on */
  gsize         next;
  gboolean      ended;
  gboolean      begun;
  goffset       position;
  guint64       line;    /* of the next character */
  guint64       at_line; /* where the row that was given began */
  GPtrArray    *cells;
};

PlanciaCsvReader *
plancia_csv_reader_new (GInputStream *stream, char separator)
{
  PlanciaCsvReader *self = g_new0 (PlanciaCsvReader, 1);

  self->stream = g_object_ref (stream);
  self->separator = separator;
  self->data = g_string_new (NULL);
  self->line = 1;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
plancia_csv_reader_free (PlanciaCsvReader *self)
{
  g_object_unref (self->stream);
  g_string_free (self->data, TRUE);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

guint64
plancia_csv_reader_get_line (PlanciaCsvReader *self)
{
  return self->at_line;
}

goffset
plancia_csv_reader_get_position (PlanciaCsvReader *self)
{
  return self->position;
}

char
plancia_csv_reader_get_separator (PlanciaCsvReader *self)
{
  return self->separator;
}

static gboolean
read_more (PlanciaCsvReader *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *piece = g_malloc (PIECE);
  gssize           length = g_input_stream_read (self->stream, piece, PIECE, cancellable, error);

  if (length < 0)
    return FALSE;
  g_string_erase (self->data, 0, (gssize) self->next);
  self->next = 0;
  g_string_append_len (self->data, piece, length);
  self->position += length;
  self->ended = length == 0;
  return TRUE;
}

/* What stands most often outside of quotes; a comma counts least, since numbers have it too. */
static char
guess_separator (const char *text, gsize length)
{
  static const char candidates[] = {';', '\t', ','};
  guint             counts[G_N_ELEMENTS (candidates)] = {0};
  gboolean          quoted = FALSE;

  for (gsize i = 0; i < MIN (length, SAMPLE); i++) {
    quoted ^= text[i] == '"';
    for (guint j = 0; j < G_N_ELEMENTS (candidates); j++)
      counts[j] += !quoted && text[i] == candidates[j];
  }
  for (guint j = 0; j + 1 < G_N_ELEMENTS (candidates); j++)
    if (counts[j] > 0 && counts[j] * 3 >= counts[G_N_ELEMENTS (candidates) - 1])
      return candidates[j];
  return ',';
}

static gboolean
begin (PlanciaCsvReader *self, GCancellable *cancellable, GError **error)
{
  while (!self->ended && self->data->len < SAMPLE)
    if (!read_more (self, cancellable, error))
      return FALSE;
  if (g_str_has_prefix (self->data->str, MARK))
    self->next = strlen (MARK);
  if (self->separator == 0)
    self->separator = guess_separator (self->data->str + self->next, self->data->len - self->next);
  self->begun = TRUE;
  return TRUE;
}

/* Where the line from next on ends, behind its end; 0: not yet seen. */
static gsize
find_end (PlanciaCsvReader *self)
{
  const char *text = self->data->str;
  gboolean    quoted = FALSE;

  for (gsize i = self->next; i < self->data->len; i++) {
    if (text[i] == '"')
      quoted = !quoted;
    if (quoted || (text[i] != '\n' && text[i] != '\r'))
      continue;
    if (text[i] == '\n')
      return i + 1;
    if (i + 1 < self->data->len)
      return text[i + 1] == '\n' ? i + 2 : i + 1;
    return self->ended ? i + 1 : 0;
  }
  return self->ended ? self->data->len : 0;
}

static char *
dup_utf8 (const char *text, gsize length)
{
  char *converted;

  if (g_utf8_validate (text, (gssize) length, NULL))
    return g_strndup (text, length);
  converted = g_convert (text, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  return converted != NULL ? converted : g_utf8_make_valid (text, (gssize) length);
}

static void
add_cell (PlanciaCsvReader *self, GString *cell)
{
  char *text = dup_utf8 (cell->str, cell->len);

  g_ptr_array_add (self->cells, g_strstrip (text));
  g_string_truncate (cell, 0);
}

static void
cut (PlanciaCsvReader *self, const char *text, gsize length)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  g_ptr_array_set_size (self->cells, 0);
  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (c == '"' && quoted && i + 1 < length && text[i + 1] == '"') {
      g_string_append_c (cell, '"');
      i++;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == self->separator && !quoted) {
      add_cell (self, cell);
    } else if (c != '\0' && (quoted || (c != '\r' && c != '\n'))) {
      g_string_append_c (cell, c);
    }
  }
  add_cell (self, cell);
}

static void
count_lines (PlanciaCsvReader *self, const char *text, gsize length)
{
  self->at_line = self->line;
  for (gsize i = 0; i < length; i++)
    self->line += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
}

static gboolean
is_empty (PlanciaCsvReader *self)
{
  return self->cells->len == 1 && ((const char *) g_ptr_array_index (self->cells, 0))[0] == '\0';
}

GPtrArray *
plancia_csv_reader_next (PlanciaCsvReader *self, GCancellable *cancellable, GError **error)
{
  if (!self->begun && !begin (self, cancellable, error))
    return NULL;
  while (!self->ended || self->next < self->data->len) {
    gsize end = find_end (self);

    if (end == 0 && self->data->len - self->next > LONGEST_LINE) {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "line %" G_GUINT64_FORMAT " is too long; this is no table",
                   self->line);
      return NULL;
    }
    if (end == 0) {
      if (!read_more (self, cancellable, error))
        return NULL;
      continue;
    }
    count_lines (self, self->data->str + self->next, end - self->next);
    cut (self, self->data->str + self->next, end - self->next);
    self->next = end;
    if (!is_empty (self))
      return self->cells;
  }
  return NULL;
}
