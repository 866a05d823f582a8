/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/recording.h"

#include "backend/traffic-file.h"
#include "cli/cli.h"

#define N_FILES 2

struct _PlanciaRecording
{
  GPtrArray         *exchanges;
  char              *paths[N_FILES]; /* by PlanciaTrafficFormat, or NULL */
  GFileOutputStream *streams[N_FILES];
  PlanciaBackend    *backend; /* or NULL */
};

static gboolean
open_file (PlanciaRecording *self, PlanciaTrafficFormat format, const char *path)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return TRUE;
  file = g_file_new_for_path (path);
  self->paths[format] = g_strdup (path);
  self->streams[format] = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (self->streams[format] == NULL)
    plancia_cli_complain ("%s: %s", path, error->message);
  return self->streams[format] != NULL;
}

/**
 * plancia_recording_new:
 * @transcript: (nullable): path of a file
 * @pcapng: (nullable): path of a file
 * @out: (out) (transfer full)
 *
 * Returns: FALSE after a sentence on standard error
 */
gboolean
plancia_recording_new (const char *transcript, const char *pcapng, PlanciaRecording **out)
{
  g_autoptr (PlanciaRecording) self = g_new0 (PlanciaRecording, 1);

  self->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);
  if (!open_file (self, PLANCIA_TRAFFIC_TRANSCRIPT, transcript) ||
      !open_file (self, PLANCIA_TRAFFIC_PCAPNG, pcapng))
    return FALSE;
  *out = g_steal_pointer (&self);
  return TRUE;
}

static void
leave_backend (PlanciaRecording *self)
{
  if (self->backend == NULL)
    return;
  plancia_backend_flush_traffic (self->backend);
  g_signal_handlers_disconnect_by_data (self->backend, self);
  g_clear_object (&self->backend);
}

/** plancia_recording_free: files that were not saved stay as they were */
void
plancia_recording_free (PlanciaRecording *self)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (self == NULL)
    return;
  leave_backend (self);
  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < N_FILES; i++) {
    if (self->streams[i] != NULL)
      g_output_stream_close (G_OUTPUT_STREAM (self->streams[i]), cancelled, NULL);
    g_clear_object (&self->streams[i]);
    g_free (self->paths[i]);
  }
  g_ptr_array_unref (self->exchanges);
  g_free (self);
}

gboolean
plancia_recording_is_wanted (PlanciaRecording *self)
{
  return self->paths[PLANCIA_TRAFFIC_TRANSCRIPT] != NULL ||
         self->paths[PLANCIA_TRAFFIC_PCAPNG] != NULL;
}

/**
 * plancia_recording_add:
 * @exchanges: (element-type PlanciaExchange): references are kept
 * @lost: how many more there were
 * @recording: a PlanciaRecording
 */
void
plancia_recording_add (GPtrArray *exchanges, guint64 lost, gpointer recording)
{
  PlanciaRecording *self = recording;

  for (guint i = 0; i < exchanges->len; i++)
    g_ptr_array_add (self->exchanges, plancia_exchange_ref (g_ptr_array_index (exchanges, i)));
}

static void
traffic_cb (PlanciaBackend *backend, GPtrArray *exchanges, guint64 lost, gpointer recording)
{
  plancia_recording_add (exchanges, lost, recording);
}

/**
 * plancia_recording_follow:
 * @backend: before it is opened
 */
void
plancia_recording_follow (PlanciaRecording *self, PlanciaBackend *backend)
{
  if (!plancia_recording_is_wanted (self))
    return;
  self->backend = g_object_ref (backend);
  g_signal_connect (backend, "traffic", G_CALLBACK (traffic_cb), self);
  plancia_backend_set_recording (backend, TRUE);
}

static gboolean
save_file (PlanciaRecording *self, PlanciaTrafficFormat format)
{
  GOutputStream *stream = G_OUTPUT_STREAM (self->streams[format]);
  g_autoptr (GBytes) bytes = plancia_traffic_file_make (self->exchanges, format, NULL);
  g_autoptr (GError) error = NULL;
  gsize       length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (g_output_stream_write_all (stream, data, length, NULL, NULL, &error))
    g_output_stream_close (stream, NULL, &error);
  g_clear_object (&self->streams[format]);
  if (error != NULL)
    plancia_cli_complain ("%s: %s", self->paths[format], error->message);
  return error == NULL;
}

/**
 * plancia_recording_save:
 *
 * Everything that came so far. Once.
 */
gboolean
plancia_recording_save (PlanciaRecording *self)
{
  gboolean saved = TRUE;

  leave_backend (self);
  for (guint i = 0; i < N_FILES; i++) {
    if (self->streams[i] != NULL)
      saved = save_file (self, (PlanciaTrafficFormat) i) && saved;
  }
  return saved;
}
