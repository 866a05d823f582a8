/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "history/export-writer-private.h"
#include <math.h>

/* The byte order mark, without which some spreadsheets take UTF-8 for something else; a pipe needs none. */
#define MARK "\xef\xbb\xbf"

typedef struct
{
  PlanciaExportLines lines;
  GPtrArray         *starts; /* of the lines of each column, if it is not wide */
  GPtrArray         *ends;
} Csv;

static void
append_wide_head (PlanciaExportWriter *self, GString *out)
{
  g_string_append (out, "time");
  for (guint i = 0; i < self->columns->len; i++) {
    g_autofree char *words = plancia_export_column_words (self, i);

    g_string_append_c (out, self->options.separator);
    plancia_csv_append_text (out, words, self->options.separator);
  }
  g_string_append (out, "\r\n");
}

static void
append_long_head (PlanciaExportWriter *self, GString *out)
{
  static const char *const titles[] =
    {"time", "device", "name", "source", "key", "quantity", "value", "unit"};

  plancia_csv_append_row (out, titles, G_N_ELEMENTS (titles), self->options.separator);
}

/* What stands before and after a value of the column, the same on each line. */
static void
add_frame (PlanciaExportWriter *self, const PlanciaExportColumn *column)
{
  Csv        *csv = self->state;
  char        separator = self->options.separator;
  const char *before[] = {column->device, column->name, column->source, column->key, column->title};
  GString    *start = g_string_new (NULL);
  GString    *end = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
    g_string_append_c (start, separator);
    plancia_csv_append_text (start, before[i], separator);
  }
  g_string_append_c (start, separator);
  g_string_append_c (end, separator);
  plancia_csv_append_text (end, column->unit, separator);
  g_string_append (end, "\r\n");
  g_ptr_array_add (csv->starts, g_string_free (start, FALSE));
  g_ptr_array_add (csv->ends, g_string_free (end, FALSE));
}

static void
add_wide (PlanciaExportWriter *self, gint64 time, const double *values)
{
  Csv     *csv = self->state;
  GString *out = csv->lines.out.text;

  plancia_export_clock_append (&csv->lines.clock, out, time);
  for (guint i = 0; i < self->columns->len; i++) {
    g_string_append_c (out, self->options.separator);
    if (!isnan (values[i]))
      plancia_export_append_number (out, values[i], self->options.decimal);
  }
  g_string_append (out, "\r\n");
  self->lines++;
}

static void
add_long (PlanciaExportWriter *self, gint64 time, const double *values)
{
  Csv     *csv = self->state;
  GString *out = csv->lines.out.text;

  for (guint i = 0; i < self->columns->len; i++) {
    if (isnan (values[i]))
      continue;
    plancia_export_clock_append (&csv->lines.clock, out, time);
    g_string_append (out, g_ptr_array_index (csv->starts, i));
    plancia_export_append_number (out, values[i], self->options.decimal);
    g_string_append (out, g_ptr_array_index (csv->ends, i));
    self->lines++;
  }
}

static gboolean
begin (PlanciaExportWriter *self, const char *path, GError **error)
{
  Csv *csv = self->state = g_new0 (Csv, 1);

  csv->lines.add_wide = add_wide;
  csv->lines.add_long = add_long;
  if (!plancia_export_stream_open (&csv->lines.out, path, error))
    return FALSE;
  plancia_export_clock_init (&csv->lines.clock, self->zone, self->options.time);
  csv->starts = g_ptr_array_new_with_free_func (g_free);
  csv->ends = g_ptr_array_new_with_free_func (g_free);
  if (!g_str_equal (path, "-"))
    g_string_append (csv->lines.out.text, MARK);
  if (self->options.wide) {
    append_wide_head (self, csv->lines.out.text);
    return TRUE;
  }
  append_long_head (self, csv->lines.out.text);
  for (guint i = 0; i < self->columns->len; i++)
    add_frame (self, g_ptr_array_index (self->columns, i));
  return TRUE;
}

static void
csv_free (PlanciaExportWriter *self)
{
  Csv *csv = self->state;

  plancia_export_stream_clear (&csv->lines.out);
  g_clear_pointer (&csv->starts, g_ptr_array_unref);
  g_clear_pointer (&csv->ends, g_ptr_array_unref);
  g_free (csv);
}

const PlanciaExportKind plancia_export_csv = {begin,
                                              plancia_export_lines_add,
                                              plancia_export_lines_finish,
                                              csv_free};
