/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shown-table.h"

struct _PlanciaShownTable
{
  GPtrArray *columns; /* PlanciaExportColumn */
  GArray    *times;   /* gint64, one a row */
  GPtrArray *labels;  /* one a row */
  GArray    *values;  /* double, row by row */
  GPtrArray *texts;   /* the same in words */
};

PlanciaShownTable *
plancia_shown_table_new (void)
{
  PlanciaShownTable *self = g_atomic_rc_box_new0 (PlanciaShownTable);

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_export_column_free);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

PlanciaShownTable *
plancia_shown_table_ref (PlanciaShownTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PlanciaShownTable *self = data;

  g_ptr_array_unref (self->columns);
  g_array_unref (self->times);
  g_ptr_array_unref (self->labels);
  g_array_unref (self->values);
  g_ptr_array_unref (self->texts);
}

void
plancia_shown_table_unref (PlanciaShownTable *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
plancia_shown_table_add_column (PlanciaShownTable *self,
                                const char        *name,
                                const char        *key,
                                const char        *title,
                                const char        *unit)
{
  g_return_if_fail (self->times->len == 0);

  g_ptr_array_add (self->columns,
                   plancia_export_column_new (name, name, "shown", key, title, unit ? unit : ""));
}

void
plancia_shown_table_begin_row (PlanciaShownTable *self, gint64 time, const char *label)
{
  g_array_append_val (self->times, time);
  g_ptr_array_add (self->labels, g_strdup (label));
}

void
plancia_shown_table_add_cell (PlanciaShownTable *self, double value, char *text)
{
  g_array_append_val (self->values, value);
  g_ptr_array_add (self->texts, text);
}

guint
plancia_shown_table_get_n_columns (PlanciaShownTable *self)
{
  return self->columns->len;
}

guint
plancia_shown_table_get_n_rows (PlanciaShownTable *self)
{
  return self->times->len;
}

const PlanciaExportColumn *
plancia_shown_table_get_column (PlanciaShownTable *self, guint column)
{
  return g_ptr_array_index (self->columns, column);
}

const char *
plancia_shown_table_get_label (PlanciaShownTable *self, guint row)
{
  return g_ptr_array_index (self->labels, row);
}

const char *
plancia_shown_table_get_text (PlanciaShownTable *self, guint row, guint column)
{
  return g_ptr_array_index (self->texts, row * self->columns->len + column);
}

gboolean
plancia_shown_table_save (PlanciaShownTable          *self,
                          const PlanciaExportOptions *options,
                          const char                 *path,
                          GTimeZone                  *zone,
                          GCancellable               *cancellable,
                          GError                    **error)
{
  g_autoptr (PlanciaExportWriter)
    writer = plancia_export_writer_open (path, options, self->columns, zone, error);
  const double *values = (const double *) (gpointer) self->values->data;

  for (guint i = 0; writer != NULL && i < self->times->len; i++)
    if (!plancia_export_writer_add (writer,
                                    g_array_index (self->times, gint64, i),
                                    values + (gsize) i * self->columns->len,
                                    cancellable,
                                    error))
      return FALSE;
  return writer != NULL && plancia_export_writer_finish (writer, cancellable, error);
}
