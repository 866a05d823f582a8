/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-stream.h"

#include <gio/gunixoutputstream.h>
#include <unistd.h>

#define PIECE (256 * 1024)

gboolean
plancia_export_stream_open (PlanciaExportStream *self, const char *path, GError **error)
{
  gboolean standard = g_str_equal (path, "-");
  int      descriptor = standard ? STDOUT_FILENO
                                 : plancia_export_place_begin (&self->place, path, error);

  self->text = g_string_sized_new (PIECE + 4096);
  if (descriptor < 0)
    return FALSE;
  self->stream = g_unix_output_stream_new (descriptor, !standard);
  return TRUE;
}

static gboolean
flush (PlanciaExportStream *self, GCancellable *cancellable, GError **error)
{
  if (!g_output_stream_write_all (self->stream,
                                  self->text->str,
                                  self->text->len,
                                  NULL,
                                  cancellable,
                                  error))
    return FALSE;
  g_string_truncate (self->text, 0);
  return TRUE;
}

gboolean
plancia_export_stream_pump (PlanciaExportStream *self, GCancellable *cancellable, GError **error)
{
  return self->text->len < PIECE || flush (self, cancellable, error);
}

gboolean
plancia_export_stream_close (PlanciaExportStream *self, GCancellable *cancellable, GError **error)
{
  if (!flush (self, cancellable, error) ||
      !g_output_stream_close (self->stream, cancellable, error))
    return FALSE;
  g_clear_object (&self->stream);
  return self->place.path == NULL || plancia_export_place_finish (&self->place, error);
}

void
plancia_export_stream_clear (PlanciaExportStream *self)
{
  g_clear_object (&self->stream);
  plancia_export_place_clear (&self->place);
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

gboolean
plancia_export_stream_save (const char   *path,
                            GBytes       *bytes,
                            GCancellable *cancellable,
                            GError      **error)
{
  PlanciaExportStream self = {NULL};
  gsize               size;
  const char         *data = g_bytes_get_data (bytes, &size);
  gboolean            good = plancia_export_stream_open (&self, path, error);

  if (good) {
    g_string_append_len (self.text, data, (gssize) size);
    good = plancia_export_stream_close (&self, cancellable, error);
  }
  plancia_export_stream_clear (&self);
  return good;
}
