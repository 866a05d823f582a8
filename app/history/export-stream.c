/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-stream.h"

#include <gio/gunixoutputstream.h>
#include <unistd.h>

#define PIECE (256 * 1024)

gboolean
plancia_export_stream_open (PlanciaExportStream *self, const char *path, GError **error)
{
  self->text = g_string_sized_new (PIECE + 4096);
  if (g_str_equal (path, "-")) {
    self->stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  } else {
    g_autoptr (GFile) file = g_file_new_for_path (path);

    self->stream = G_OUTPUT_STREAM (
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error));
  }
  return self->stream != NULL;
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
  return TRUE;
}

void
plancia_export_stream_clear (PlanciaExportStream *self)
{
  if (self->stream != NULL) {
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();

    /* Closing under a cancelled cancellable does not put the new file in the old one's place. */
    g_cancellable_cancel (cancelled);
    g_output_stream_close (self->stream, cancelled, NULL);
  }
  g_clear_object (&self->stream);
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}
