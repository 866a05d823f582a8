/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/table.h"

#include <string.h>

#define GAP 2

struct _PlanciaTable
{
  guint      n_columns;
  gboolean  *right;
  GPtrArray *rows; /* GStrv; a heading has one text only */
};

static GStrv
row_new (guint n_cells)
{
  return g_new0 (char *, n_cells + 1);
}

/* Places that a terminal takes for the text. */
static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }

  return width;
}

static gboolean
row_is_heading (PlanciaTable *self, GStrv row)
{
  return self->n_columns > 1 && row[1] == NULL;
}

static guint *
measure (PlanciaTable *self)
{
  guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->rows->len; i++) {
    GStrv row = g_ptr_array_index (self->rows, i);

    for (guint column = 0; !row_is_heading (self, row) && column < self->n_columns; column++)
      widths[column] = MAX (widths[column], text_width (row[column]));
  }

  return widths;
}

static void
append_blanks (GString *out, guint count)
{
  for (guint i = 0; i < count; i++)
    g_string_append_c (out, ' ');
}

static void
append_row (PlanciaTable *self, GString *out, GStrv row, const guint *widths)
{
  gsize start = out->len;

  for (guint column = 0; column < self->n_columns; column++) {
    guint blanks = widths[column] - text_width (row[column]);

    append_blanks (out, self->right[column] ? blanks : 0);
    g_string_append (out, row[column]);
    append_blanks (out, (self->right[column] ? 0 : blanks) + GAP);
  }
  while (out->len > start && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

/**
 * plancia_table_new:
 * @titles: %NULL-terminated; ">" in front of one aligns its column to the right
 *
 * Returns: (transfer full): a table with its title row
 */
PlanciaTable *
plancia_table_new (const char *const *titles)
{
  PlanciaTable *self = g_new0 (PlanciaTable, 1);
  GStrv         row;

  self->n_columns = g_strv_length ((char **) titles);
  self->right = g_new0 (gboolean, self->n_columns);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  row = row_new (self->n_columns);
  for (guint column = 0; column < self->n_columns; column++) {
    self->right[column] = titles[column][0] == '>';
    row[column] = g_strdup (titles[column] + (self->right[column] ? 1 : 0));
  }
  g_ptr_array_add (self->rows, row);

  return self;
}

/**
 * plancia_table_free:
 */
void
plancia_table_free (PlanciaTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->right);
  g_free (self);
}

/**
 * plancia_table_add:
 * @...: one text for each column; %NULL for an empty cell
 *
 * What is not UTF-8 is made so; line breaks become blanks.
 */
void
plancia_table_add (PlanciaTable *self, ...)
{
  GStrv   row = row_new (self->n_columns);
  va_list cells;

  va_start (cells, self);
  for (guint column = 0; column < self->n_columns; column++) {
    const char *text = va_arg (cells, const char *);

    row[column] = g_utf8_make_valid (text ? text : "", -1);
    g_strdelimit (row[column], "\r\n\t", ' ');
  }
  va_end (cells);
  g_ptr_array_add (self->rows, row);
}

/**
 * plancia_table_add_heading:
 * @text: what the rows below have in common
 */
void
plancia_table_add_heading (PlanciaTable *self, const char *text)
{
  GStrv row = row_new (1);

  row[0] = g_strdup (text);
  g_ptr_array_add (self->rows, row);
}

/**
 * plancia_table_get_n_rows:
 *
 * Returns: rows without the titles
 */
guint
plancia_table_get_n_rows (PlanciaTable *self)
{
  return self->rows->len - 1;
}

/**
 * plancia_table_to_string:
 *
 * Returns: (transfer full): all rows, each with a line break
 */
char *
plancia_table_to_string (PlanciaTable *self)
{
  g_autofree guint *widths = measure (self);
  GString          *out = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++) {
    GStrv row = g_ptr_array_index (self->rows, i);

    if (row_is_heading (self, row))
      g_string_append_printf (out, "\n%s\n", row[0]);
    else
      append_row (self, out, row, widths);
  }

  return g_string_free (out, FALSE);
}
