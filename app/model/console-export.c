/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-export.h"

#include "base/worker.h"

/* Written at once. */
#define PIECE (256 * 1024)

typedef struct
{
  PlanciaWorker        *worker;
  PlanciaConsoleStore  *store;
  PlanciaConsoleFormat *format;
  guint64               first;
  guint64               end;
  gsize                 skip;
  gsize                 stop;
  PlanciaConsoleExport  kind;
  GFile                *file;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  plancia_console_store_free (self->store);
  plancia_console_format_free (self->format);
  g_clear_object (&self->file);
  g_clear_object (&self->worker);
  g_free (self);
}

static Job *
job_new (PlanciaConsoleBuffer *buffer, const PlanciaConsoleFormat *format)
{
  Job *self = g_new0 (Job, 1);

  self->store = plancia_console_store_snapshot (plancia_console_buffer_get_store (buffer));
  self->format = plancia_console_format_copy (format);
  self->first = plancia_console_store_get_first (self->store);
  self->end = plancia_console_store_get_end (self->store);
  self->stop = G_MAXSIZE;
  return self;
}

/* The worker lives as long as its task; it is stopped where the task ends, on the main thread. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  Job     *job = g_task_get_task_data (G_TASK (result));
  GError  *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  plancia_worker_stop (job->worker);
  if (error != NULL)
    g_task_return_error (outer, error);
  else
    g_task_return_pointer (outer, value, g_free);
}

static void
run (PlanciaConsoleBuffer *buffer, Job *job, GTask *outer, PlanciaWorkerFunc func)
{
  g_autoptr (GTask) task = g_task_new (buffer, g_task_get_cancellable (outer), ended_cb, outer);

  job->worker = plancia_worker_new ("plancia-export");
  g_task_set_task_data (task, job, job_free);
  plancia_worker_run (job->worker, task, func);
}

/* --- copying -------------------------------------------------------------------------------------- */

static void
copy_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job     *job = data;
  GString *out = g_string_new (NULL);
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  for (guint64 i = job->first; i < job->end && !g_cancellable_is_cancelled (cancellable); i++) {
    gsize from = 0, to;

    plancia_console_format_line (job->format, job->store, i, &text);
    to = text.text->len;
    if (i + 1 == job->end)
      to = MIN (to, job->stop);
    if (i == job->first)
      from = MIN (to, job->skip);
    g_string_append_len (out, text.text->str + from, (gssize) (to - from));
    if (i + 1 < job->end || job->stop == G_MAXSIZE)
      g_string_append_c (out, '\n');
  }
  g_task_return_pointer (task, g_string_free (out, FALSE), g_free);
}

/**
 * plancia_console_copy_async:
 * @first: number of the first line
 * @end: number after the last one
 * @skip: bytes of the first line that are left out
 * @stop: bytes of the last line that are taken, %G_MAXSIZE for all and a line break
 *
 * What is no longer there is left out.
 */
void
plancia_console_copy_async (PlanciaConsoleBuffer       *buffer,
                            const PlanciaConsoleFormat *format,
                            guint64                     first,
                            guint64                     end,
                            gsize                       skip,
                            gsize                       stop,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    user_data)
{
  Job *job = job_new (buffer, format);

  job->skip = first >= job->first ? skip : 0;
  job->stop = end <= job->end ? stop : G_MAXSIZE;
  job->first = MAX (job->first, first);
  job->end = MIN (job->end, end);
  run (buffer, job, g_task_new (buffer, cancellable, callback, user_data), copy_on_worker);
}

/**
 * plancia_console_copy_finish:
 *
 * Returns: (transfer full): the text, or NULL and an error
 */
char *
plancia_console_copy_finish (PlanciaConsoleBuffer *buffer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- saving --------------------------------------------------------------------------------------- */

/**
 * plancia_console_export_suffix:
 *
 * Returns: end of a file's name
 */
const char *
plancia_console_export_suffix (PlanciaConsoleExport kind)
{
  static const char *const suffixes[] = {".txt", ".hex", ".bin"};

  return suffixes[kind];
}

/**
 * plancia_console_export_line:
 * @out: gets the line
 * @kind: the form
 * @scratch: for its own use
 */
void
plancia_console_export_line (GString                   *out,
                             PlanciaConsoleExport       kind,
                             PlanciaConsoleFormat      *format,
                             const PlanciaConsoleStore *store,
                             guint64                    number,
                             PlanciaConsoleText        *scratch)
{
  PlanciaConsoleItem item = {0};

  if (kind == PLANCIA_CONSOLE_EXPORT_RAW) {
    plancia_console_store_get (store, number, &item);
    if (item.direction == PLANCIA_CONSOLE_RECEIVED)
      g_string_append_len (out, (const char *) item.data, (gssize) item.length);
    return;
  }
  plancia_console_format_line (format, store, number, scratch);
  g_string_append_len (out, scratch->text->str, (gssize) scratch->text->len);
  g_string_append_c (out, '\n');
}

static gboolean
write_lines (Job *job, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (PIECE + 4096);
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  if (job->kind == PLANCIA_CONSOLE_EXPORT_HEX)
    job->format->mode = PLANCIA_CONSOLE_HEX;
  for (guint64 i = job->first; i < job->end; i++) {
    plancia_console_export_line (out, job->kind, job->format, job->store, i, &text);
    if (out->len < PIECE)
      continue;
    if (!g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, error))
      return FALSE;
    g_string_truncate (out, 0);
  }
  return g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, error);
}

static void
save_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  g_autoptr (GFileOutputStream)
    stream = g_file_replace (job->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &error);

  if (stream == NULL || !write_lines (job, G_OUTPUT_STREAM (stream), cancellable, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_strdup (""), g_free);
}

/**
 * plancia_console_save_async:
 * @kind: text, hex or raw
 * @file: is replaced
 */
void
plancia_console_save_async (PlanciaConsoleBuffer       *buffer,
                            const PlanciaConsoleFormat *format,
                            PlanciaConsoleExport        kind,
                            GFile                      *file,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    user_data)
{
  Job *job = job_new (buffer, format);

  job->kind = kind;
  job->file = g_object_ref (file);
  run (buffer, job, g_task_new (buffer, cancellable, callback, user_data), save_on_worker);
}

/**
 * plancia_console_save_finish:
 *
 * Returns: %FALSE and an error if the file could not be written
 */
gboolean
plancia_console_save_finish (PlanciaConsoleBuffer *buffer, GAsyncResult *result, GError **error)
{
  g_autofree char *done = g_task_propagate_pointer (G_TASK (result), error);

  return done != NULL;
}
