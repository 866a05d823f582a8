/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-rows.h"

#include <math.h>

/* How far a column has come. */
typedef struct
{
  const gint64 *times;
  const double *values;
  guint         length;
  guint         next;
} Head;

static const PlanciaSampleColumn *
find_column (GPtrArray *samples, const PlanciaExportColumn *wanted)
{
  for (guint i = 0; i < samples->len; i++) {
    PlanciaSamples *one = g_ptr_array_index (samples, i);

    if (g_str_equal (plancia_samples_get_device (one), wanted->device) &&
        g_str_equal (plancia_samples_get_source (one), wanted->source))
      return plancia_samples_find_column (one, wanted->key);
  }
  return NULL;
}

static Head *
make_heads (GPtrArray *columns, GPtrArray *samples)
{
  Head *heads = g_new0 (Head, columns->len);

  for (guint i = 0; i < columns->len; i++) {
    const PlanciaSampleColumn *column = find_column (samples, g_ptr_array_index (columns, i));

    if (column == NULL)
      continue;
    heads[i].times = (const gint64 *) (gpointer) column->times->data;
    heads[i].values = (const double *) (gpointer) column->values->data;
    heads[i].length = column->times->len;
  }
  return heads;
}

/* G_MAXINT64 at the end. */
static gint64
find_next (const Head *heads, guint n_heads)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < n_heads; i++)
    if (heads[i].next < heads[i].length)
      next = MIN (next, heads[i].times[heads[i].next]);
  return next;
}

static void
take (Head *heads, guint n_heads, gint64 time, double *values)
{
  for (guint i = 0; i < n_heads; i++) {
    Head *head = &heads[i];

    if (head->next < head->length && head->times[head->next] == time)
      values[i] = head->values[head->next++];
    else
      values[i] = NAN;
  }
}

gboolean
plancia_export_rows_write (GPtrArray           *columns,
                           GPtrArray           *samples,
                           PlanciaExportWriter *writer,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autofree Head   *heads = make_heads (columns, samples);
  g_autofree double *values = g_new (double, columns->len);
  gint64             time;

  while ((time = find_next (heads, columns->len)) != G_MAXINT64) {
    take (heads, columns->len, time, values);
    if (!plancia_export_writer_add (writer, time, values, cancellable, error))
      return FALSE;
  }
  return TRUE;
}
