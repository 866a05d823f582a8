/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/document.h"

#include "base/error.h"

gboolean
plancia_document_check_size (gsize length, const char *origin, GError **error)
{
  if (length == 0) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_SYNTAX,
                 "%s: the file is empty",
                 origin);
    return FALSE;
  }
  if (length > PLANCIA_DOCUMENT_MAXIMUM_BYTES) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: expected at most %d MiB",
                 origin,
                 PLANCIA_DOCUMENT_MAXIMUM_BYTES >> 20);
    return FALSE;
  }
  return TRUE;
}

GBytes *
plancia_document_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *data = NULL;
  gsize            length = 0;

  if (!stream)
    return NULL;
  data = g_malloc (PLANCIA_DOCUMENT_MAXIMUM_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream),
                                data,
                                PLANCIA_DOCUMENT_MAXIMUM_BYTES + 1,
                                &length,
                                cancellable,
                                error))
    return NULL;
  return g_bytes_new (data, length);
}
