/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-log.h"

#include "base/signal-new.h"

#include <string.h>

#define FLUSH_TIME  G_USEC_PER_SEC
#define BUFFER_SIZE (256 * 1024)

/* What was said. bytes NULL: how it is cut from now on, or the end. */
#define END G_MAXUINT

typedef struct
{
  gint64                  time;
  PlanciaConsoleDirection direction;
  GBytes                 *bytes;
  guint                   gap; /* ms, or END */
} Piece;

struct _PlanciaConsoleLog
{
  GObject parent_instance;

  GFile               *file;
  PlanciaConsoleExport kind;
  guint64              limit;
  GThread             *thread;
  GAsyncQueue         *pieces;
  guint                tell_id;

  /* The thread's. */
  PlanciaConsoleFormat *format;
  PlanciaConsoleStore  *store;
  guint64               next; /* line to be written */
  PlanciaConsoleText    text;
  GString              *out;
  GOutputStream        *stream;
  guint64               size; /* of this file */
  guint                 number;

  GMutex  mutex; /* guards what follows */
  guint64 bytes;
  GError *error;
  guint64 told;
};

enum {
  PROP_0,
  PROP_BYTES,
  N_PROPS,
};

enum {
  SIGNAL_FAILED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleLog, plancia_console_log, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
piece_free (gpointer data)
{
  Piece *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* --- on the thread -------------------------------------------------------------------------------- */

static gboolean
close_file (PlanciaConsoleLog *self, GError **error)
{
  g_autoptr (GOutputStream) stream = g_steal_pointer (&self->stream);

  return stream == NULL || g_output_stream_close (stream, NULL, error);
}

static gboolean
open_next (PlanciaConsoleLog *self, GError **error)
{
  g_autoptr (GFile) file = plancia_console_log_numbered (self->file, self->number + 1);

  if (!close_file (self, error))
    return FALSE;
  self->stream = G_OUTPUT_STREAM (
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error));
  self->number++;
  self->size = 0;
  return self->stream != NULL;
}

/* To the disk's cache: what was said a second ago is there even if the program dies. */
static gboolean
write_out (PlanciaConsoleLog *self, GError **error)
{
  gsize length = self->out->len;

  if (length == 0)
    return TRUE;
  if (self->stream == NULL || (self->limit > 0 && self->size >= self->limit))
    if (!open_next (self, error))
      return FALSE;
  if (!g_output_stream_write_all (self->stream, self->out->str, length, NULL, NULL, error))
    return FALSE;
  self->size += length;
  g_string_truncate (self->out, 0);
  g_mutex_lock (&self->mutex);
  self->bytes += length;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Lines are written when they are whole, the last one at the end. */
static void
export_lines (PlanciaConsoleLog *self, guint64 end)
{
  self->next = MAX (self->next, plancia_console_store_get_first (self->store));
  for (; self->next < end; self->next++)
    plancia_console_export_line (self->out,
                                 self->kind,
                                 self->format,
                                 self->store,
                                 self->next,
                                 &self->text);
}

static void
take_piece (PlanciaConsoleLog *self, const Piece *piece)
{
  gsize         length;
  const guint8 *data;

  if (piece->bytes == NULL) {
    plancia_console_store_set_gap (self->store, piece->gap);
    return;
  }
  data = g_bytes_get_data (piece->bytes, &length);
  if (self->kind == PLANCIA_CONSOLE_EXPORT_RAW) {
    if (piece->direction == PLANCIA_CONSOLE_RECEIVED)
      g_string_append_len (self->out, (const char *) data, (gssize) length);
    return;
  }
  plancia_console_store_feed (self->store, piece->time, piece->direction, data, length);
  export_lines (self, plancia_console_store_get_complete_end (self->store));
}

static void
fail (PlanciaConsoleLog *self, GError *error)
{
  g_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->mutex);
  g_clear_error (&error);
}

static void
finish (PlanciaConsoleLog *self)
{
  GError *error = NULL;

  if (self->kind != PLANCIA_CONSOLE_EXPORT_RAW)
    export_lines (self, plancia_console_store_get_end (self->store));
  if (!write_out (self, &error) || !close_file (self, &error))
    fail (self, error);
}

/* After an error the pieces are taken but go nowhere. */
static gpointer
write_thread (gpointer user_data)
{
  PlanciaConsoleLog *self = user_data;
  gint64             due = g_get_monotonic_time () + FLUSH_TIME;
  gboolean           ended = FALSE, failed = FALSE;

  while (!ended) {
    gint64  now = g_get_monotonic_time ();
    Piece  *piece = g_async_queue_timeout_pop (self->pieces, (guint64) MAX (due - now, 1));
    GError *error = NULL;

    ended = piece != NULL && piece->bytes == NULL && piece->gap == END;
    if (piece != NULL && !ended && !failed)
      take_piece (self, piece);
    if (piece != NULL)
      piece_free (piece);
    now = g_get_monotonic_time ();
    if (self->out->len < BUFFER_SIZE && now < due)
      continue;
    due = now >= due ? now + FLUSH_TIME : due;
    if (!failed && !write_out (self, &error)) {
      failed = TRUE;
      fail (self, error);
    }
  }
  if (!failed)
    finish (self);
  return NULL;
}

/* --- on the main thread ---------------------------------------------------------------------------- */

/* Returns: whether it is well */
static gboolean
tell (PlanciaConsoleLog *self)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  g_mutex_lock (&self->mutex);
  error = g_steal_pointer (&self->error);
  more = self->bytes != self->told;
  self->told = self->bytes;
  g_mutex_unlock (&self->mutex);
  if (more)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES]);
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  return error == NULL;
}

static gboolean
tell_cb (gpointer user_data)
{
  PlanciaConsoleLog *self = user_data;
  g_autoptr (PlanciaConsoleLog) kept = g_object_ref (self);

  if (tell (self))
    return G_SOURCE_CONTINUE;
  self->tell_id = 0;
  return G_SOURCE_REMOVE;
}

static void
push (PlanciaConsoleLog      *self,
      gint64                  time,
      PlanciaConsoleDirection direction,
      GBytes                 *bytes,
      guint                   gap)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->gap = gap;

  piece->time = time;
  piece->direction = direction;
  piece->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_async_queue_push (self->pieces, piece);
}

/* --- GObject --------------------------------------------------------------------------------------- */

static void
plancia_console_log_dispose (GObject *object)
{
  plancia_console_log_stop (PLANCIA_CONSOLE_LOG (object));
  G_OBJECT_CLASS (plancia_console_log_parent_class)->dispose (object);
}

static void
plancia_console_log_finalize (GObject *object)
{
  PlanciaConsoleLog *self = PLANCIA_CONSOLE_LOG (object);

  g_clear_object (&self->file);
  g_async_queue_unref (self->pieces);
  plancia_console_format_free (self->format);
  plancia_console_store_free (self->store);
  plancia_console_text_clear (&self->text);
  g_string_free (self->out, TRUE);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (plancia_console_log_parent_class)->finalize (object);
}

static void
plancia_console_log_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BYTES:
    g_value_set_uint64 (value, plancia_console_log_get_bytes (PLANCIA_CONSOLE_LOG (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_console_log_class_init (PlanciaConsoleLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_log_dispose;
  object_class->finalize = plancia_console_log_finalize;
  object_class->get_property = plancia_console_log_get_property;

  properties[PROP_BYTES] = g_param_spec_uint64 ("bytes",
                                                NULL,
                                                NULL,
                                                0,
                                                G_MAXUINT64,
                                                0,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FAILED] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_LOG, "failed", 1, G_TYPE_ERROR);
}

static void
plancia_console_log_init (PlanciaConsoleLog *self)
{
  self->pieces = g_async_queue_new_full (piece_free);
  self->store = plancia_console_store_new (PLANCIA_CONSOLE_LINE_LIMIT, 1024 * 1024);
  plancia_console_text_init (&self->text);
  self->out = g_string_sized_new (BUFFER_SIZE);
  g_mutex_init (&self->mutex);
}

/**
 * plancia_console_log_new:
 * @file: the first file
 * @kind: text as @format shows it, hex, or the bytes received
 * @limit: bytes after which the next file begins, at the end of what was said at once; 0: never
 * @gap: ms of silence that end a burst; 0: lines of text
 *
 * Returns: (transfer full)
 */
PlanciaConsoleLog *
plancia_console_log_new (GFile                      *file,
                         PlanciaConsoleExport        kind,
                         const PlanciaConsoleFormat *format,
                         guint64                     limit,
                         guint                       gap)
{
  PlanciaConsoleLog *self = g_object_new (PLANCIA_TYPE_CONSOLE_LOG, NULL);

  self->file = g_object_ref (file);
  self->kind = kind;
  self->limit = limit;
  self->format = plancia_console_format_copy (format);
  if (kind == PLANCIA_CONSOLE_EXPORT_HEX)
    self->format->mode = PLANCIA_CONSOLE_HEX;
  plancia_console_store_set_gap (self->store, gap);
  self->thread = g_thread_new ("plancia-log", write_thread, self);
  self->tell_id = g_timeout_add (1000, tell_cb, self);
  return self;
}

/**
 * plancia_console_log_feed:
 * @time: ms UTC of arrival
 * @bytes: any number
 */
void
plancia_console_log_feed (PlanciaConsoleLog      *self,
                          gint64                  time,
                          PlanciaConsoleDirection direction,
                          GBytes                 *bytes)
{
  if (self->thread != NULL && g_bytes_get_size (bytes) > 0)
    push (self, time, direction, bytes, 0);
}

/**
 * plancia_console_log_set_gap:
 * @gap: ms of silence that end a burst; 0: lines of text
 */
void
plancia_console_log_set_gap (PlanciaConsoleLog *self, guint gap)
{
  if (self->thread != NULL)
    push (self, 0, PLANCIA_CONSOLE_NOTICE, NULL, gap);
}

/**
 * plancia_console_log_get_file:
 *
 * Returns: (transfer none): the first file
 */
GFile *
plancia_console_log_get_file (PlanciaConsoleLog *self)
{
  return self->file;
}

/**
 * plancia_console_log_get_bytes:
 *
 * Returns: bytes written to all files
 */
guint64
plancia_console_log_get_bytes (PlanciaConsoleLog *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->bytes;
}

/**
 * plancia_console_log_stop:
 *
 * Nothing is lost: it waits for the disk. Idempotent.
 */
void
plancia_console_log_stop (PlanciaConsoleLog *self)
{
  if (self->thread == NULL)
    return;
  g_clear_handle_id (&self->tell_id, g_source_remove);
  push (self, 0, PLANCIA_CONSOLE_NOTICE, NULL, END);
  g_thread_join (g_steal_pointer (&self->thread));
  tell (self);
}

/**
 * plancia_console_log_numbered:
 * @file: the first file
 * @number: from 1
 *
 * Returns: (transfer full): @file itself for 1
 */
GFile *
plancia_console_log_numbered (GFile *file, guint number)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *numbered = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  const char *dot = strrchr (name, '.');
  int         stem = dot != NULL && dot != name ? (int) (dot - name) : (int) strlen (name);

  if (number <= 1 || folder == NULL)
    return g_object_ref (file);
  numbered = g_strdup_printf ("%.*s-%u%s", stem, name, number, name + stem);
  return g_file_get_child (folder, numbered);
}
