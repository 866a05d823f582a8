/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-writer-private.h"

static const PlanciaExportKind *const kinds[PLANCIA_N_EXPORT_FORMATS] = {
  &plancia_export_csv,
  &plancia_export_json_lines,
  &plancia_export_xlsx,
};

PlanciaExportColumn *
plancia_export_column_new (const char *device,
                           const char *name,
                           const char *source,
                           const char *key,
                           const char *title,
                           const char *unit)
{
  PlanciaExportColumn *self = g_new0 (PlanciaExportColumn, 1);

  self->device = g_strdup (device);
  self->name = g_strdup (name != NULL ? name : device);
  self->source = g_strdup (source);
  self->key = g_strdup (key);
  self->title = g_strdup (title != NULL ? title : key);
  self->unit = g_strdup (unit != NULL ? unit : "");
  return self;
}

void
plancia_export_column_free (PlanciaExportColumn *self)
{
  g_free (self->device);
  g_free (self->name);
  g_free (self->source);
  g_free (self->key);
  g_free (self->title);
  g_free (self->unit);
  g_free (self);
}

static gboolean
has_one_device (GPtrArray *columns)
{
  const PlanciaExportColumn *first = g_ptr_array_index (columns, 0);

  for (guint i = 1; i < columns->len; i++) {
    const PlanciaExportColumn *other = g_ptr_array_index (columns, i);

    if (!g_str_equal (first->device, other->device))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_twin (PlanciaExportWriter *self, const PlanciaExportColumn *column)
{
  for (guint i = 0; i < self->columns->len; i++) {
    const PlanciaExportColumn *other = g_ptr_array_index (self->columns, i);

    if (other != column && g_str_equal (other->device, column->device) &&
        g_str_equal (other->title, column->title))
      return TRUE;
  }
  return FALSE;
}

char *
plancia_export_column_words (PlanciaExportWriter *self, guint column)
{
  const PlanciaExportColumn *one = g_ptr_array_index (self->columns, column);
  GString                   *words = g_string_new (NULL);

  if (self->options.format != PLANCIA_EXPORT_XLSX && !has_one_device (self->columns))
    g_string_append_printf (words, "%s ", one->name);
  g_string_append (words, one->title);
  /* The same quantity from two sources is two columns. */
  if (has_twin (self, one))
    g_string_append_printf (words, " [%s]", one->source);
  if (one->unit[0] != '\0')
    g_string_append_printf (words, " (%s)", one->unit);
  return g_string_free (words, FALSE);
}

PlanciaExportWriter *
plancia_export_writer_open (const char                 *path,
                            const PlanciaExportOptions *options,
                            GPtrArray                  *columns,
                            GTimeZone                  *zone,
                            GError                    **error)
{
  g_autoptr (PlanciaExportWriter) self = g_new0 (PlanciaExportWriter, 1);

  g_return_val_if_fail (options->format < PLANCIA_N_EXPORT_FORMATS, NULL);
  self->kind = options->kind != NULL ? options->kind : kinds[options->format];
  g_return_val_if_fail (self->kind != NULL, NULL);
  self->options = *options;
  self->columns = g_ptr_array_ref (columns);
  self->zone = g_time_zone_ref (zone);
  if (columns->len == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is nothing to export");
    return NULL;
  }
  if (!self->kind->begin (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
plancia_export_writer_add (PlanciaExportWriter *self,
                           gint64               time,
                           const double        *values,
                           GCancellable        *cancellable,
                           GError             **error)
{
  return self->kind->add (self, time, values, cancellable, error);
}

guint64
plancia_export_writer_get_lines (PlanciaExportWriter *self)
{
  return self->lines;
}

gboolean
plancia_export_writer_finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error)
{
  return self->kind->finish (self, cancellable, error);
}

void
plancia_export_writer_free (PlanciaExportWriter *self)
{
  if (self->state != NULL)
    self->kind->free (self);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

gboolean
plancia_export_lines_add (PlanciaExportWriter *self,
                          gint64               time,
                          const double        *values,
                          GCancellable        *cancellable,
                          GError             **error)
{
  PlanciaExportLines *lines = self->state;

  if (self->options.wide)
    lines->add_wide (self, time, values);
  else
    lines->add_long (self, time, values);
  return plancia_export_stream_pump (&lines->out, cancellable, error);
}

gboolean
plancia_export_lines_finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error)
{
  return plancia_export_stream_close (&((PlanciaExportLines *) self->state)->out,
                                      cancellable,
                                      error);
}
