/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/tape-writer.h"

#include "base/signal-new.h"
#include "protocol/tape.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define WRITE_TIME  G_USEC_PER_SEC
#define SYNC_TIME   (10 * G_USEC_PER_SEC)
#define BUFFER_SIZE (256 * 1024)
/* Kept free for the end. */
#define END_SIZE 64

/* What is to be written. */
typedef struct
{
  char      *connection;
  GPtrArray *exchanges; /* or NULL */
  guint64    lost;
  char      *name; /* of a file or a device */
  GBytes    *bytes;
  gint64     time; /* of the end, or of what was said */
  gboolean   end;
} Piece;

struct _PlanciaTapeWriter
{
  GObject parent_instance;

  char        *path;
  guint64      limit;
  gint64       start;
  GThread     *thread;
  GAsyncQueue *pieces;
  guint        tell_id;

  /* The thread's. */
  int         fd;
  GString    *out;
  GHashTable *links; /* connection -> number + 1 */
  gint64      synced;

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

G_DEFINE_FINAL_TYPE (PlanciaTapeWriter, plancia_tape_writer, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
piece_free (gpointer data)
{
  Piece *self = data;

  g_clear_pointer (&self->exchanges, g_ptr_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->connection);
  g_free (self->name);
  g_free (self);
}

/* --- on the thread --------------------------------------------------------------------------- */

static gboolean
fail_errno (PlanciaTapeWriter *self, GError **error)
{
  int code = errno;

  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (code),
               "%s: %s",
               self->path,
               g_strerror (code));
  return FALSE;
}

static gboolean
open_file (PlanciaTapeWriter *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  /* Opening says what is wrong with the folder. */
  g_mkdir_with_parents (folder, 0700);
  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return self->fd >= 0 || fail_errno (self, error);
}

static gboolean
write_all (PlanciaTapeWriter *self, const char *data, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = write (self->fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return fail_errno (self, error);
    data += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static void
sync_file (PlanciaTapeWriter *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now < self->synced + SYNC_TIME)
    return;
  self->synced = now;
  if (fdatasync (self->fd) != 0)
    g_debug ("%s: %s", self->path, g_strerror (errno));
}

static gboolean
write_out (PlanciaTapeWriter *self, guint64 limit, GError **error)
{
  gsize length = self->out->len;

  if (length == 0)
    return TRUE;
  if (self->fd < 0 && !open_file (self, error))
    return FALSE;
  if (self->bytes + length > limit) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_MESSAGE_TOO_LARGE,
                 "%s: as long as a recording may be",
                 self->path);
    return FALSE;
  }
  if (!write_all (self, self->out->str, length, error))
    return FALSE;
  sync_file (self);
  g_string_truncate (self->out, 0);
  g_mutex_lock (&self->mutex);
  self->bytes += length;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static guint
ensure_link (PlanciaTapeWriter *self, const char *connection)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->links, connection));

  if (number > 0)
    return number - 1;
  number = g_hash_table_size (self->links);
  g_hash_table_insert (self->links, g_strdup (connection), GUINT_TO_POINTER (number + 1));
  plancia_tape_append_link (self->out, number, connection);
  return number;
}

static void
take_piece (PlanciaTapeWriter *self, const Piece *piece)
{
  guint link = piece->connection != NULL ? ensure_link (self, piece->connection) : 0;

  if (piece->lost > 0)
    plancia_tape_append_lost (self->out, piece->lost);
  for (guint i = 0; piece->exchanges != NULL && i < piece->exchanges->len; i++)
    plancia_tape_append_exchange (self->out,
                                  link,
                                  g_ptr_array_index (piece->exchanges, i),
                                  self->start);
  if (piece->bytes != NULL && piece->connection != NULL)
    plancia_tape_append_said (self->out, link, piece->name, piece->bytes, piece->time, self->start);
  else if (piece->bytes != NULL)
    plancia_tape_append_file (self->out, piece->name, piece->bytes);
}

static void
fail (PlanciaTapeWriter *self, GError *error)
{
  g_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->mutex);
  g_clear_error (&error);
}

/* Also after the limit, for which it has some bytes left. */
static void
finish (PlanciaTapeWriter *self, gint64 now)
{
  g_autoptr (GError) error = NULL;

  if (self->fd < 0)
    return;
  plancia_tape_append_end (self->out, now, self->start);
  if (!write_out (self, self->limit, &error))
    g_info ("the recording has no end: %s", error->message);
  if (fdatasync (self->fd) != 0 || close (self->fd) != 0)
    g_info ("%s: %s", self->path, g_strerror (errno));
  self->fd = -1;
}

/* After an error the pieces are taken but go nowhere. */
static gpointer
write_thread (gpointer user_data)
{
  PlanciaTapeWriter *self = user_data;
  gint64             due = g_get_monotonic_time () + WRITE_TIME, end = 0;
  gboolean           ended = FALSE, failed = FALSE;

  while (!ended) {
    gint64  now = g_get_monotonic_time ();
    Piece  *piece = g_async_queue_timeout_pop (self->pieces, (guint64) MAX (due - now, 1));
    GError *error = NULL;

    ended = piece != NULL && piece->end;
    end = ended ? piece->time : 0;
    if (piece != NULL && !ended && !failed)
      take_piece (self, piece);
    if (piece != NULL)
      piece_free (piece);
    now = g_get_monotonic_time ();
    if (!ended && self->out->len < BUFFER_SIZE && now < due)
      continue;
    due = now >= due ? now + WRITE_TIME : due;
    if (!failed && !write_out (self, self->limit - END_SIZE, &error)) {
      failed = TRUE;
      g_string_truncate (self->out, 0);
      fail (self, error);
    }
  }
  finish (self, end);
  return NULL;
}

/* --- on the main thread ---------------------------------------------------------------------- */

/* Returns: whether it is well */
static gboolean
tell (PlanciaTapeWriter *self)
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
  PlanciaTapeWriter *self = user_data;
  g_autoptr (PlanciaTapeWriter) kept = g_object_ref (self);

  if (tell (self))
    return G_SOURCE_CONTINUE;
  self->tell_id = 0;
  return G_SOURCE_REMOVE;
}

static void
push (PlanciaTapeWriter *self, const Piece *piece)
{
  if (self->thread != NULL)
    g_async_queue_push (self->pieces, g_memdup2 (piece, sizeof *piece));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_tape_writer_dispose (GObject *object)
{
  PlanciaTapeWriter *self = PLANCIA_TAPE_WRITER (object);

  plancia_tape_writer_stop (self, self->start);
  G_OBJECT_CLASS (plancia_tape_writer_parent_class)->dispose (object);
}

static void
plancia_tape_writer_finalize (GObject *object)
{
  PlanciaTapeWriter *self = PLANCIA_TAPE_WRITER (object);

  g_async_queue_unref (self->pieces);
  g_hash_table_unref (self->links);
  g_string_free (self->out, TRUE);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  G_OBJECT_CLASS (plancia_tape_writer_parent_class)->finalize (object);
}

static void
plancia_tape_writer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BYTES:
    g_value_set_uint64 (value, plancia_tape_writer_get_bytes (PLANCIA_TAPE_WRITER (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_tape_writer_class_init (PlanciaTapeWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_tape_writer_dispose;
  object_class->finalize = plancia_tape_writer_finalize;
  object_class->get_property = plancia_tape_writer_get_property;

  properties[PROP_BYTES] = g_param_spec_uint64 ("bytes",
                                                NULL,
                                                NULL,
                                                0,
                                                G_MAXUINT64,
                                                0,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FAILED] = plancia_signal_new (PLANCIA_TYPE_TAPE_WRITER, "failed", 1, G_TYPE_ERROR);
}

static void
plancia_tape_writer_init (PlanciaTapeWriter *self)
{
  self->fd = -1;
  self->pieces = g_async_queue_new_full (piece_free);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->out = g_string_sized_new (BUFFER_SIZE);
  g_mutex_init (&self->mutex);
}

/**
 * plancia_tape_writer_new:
 * @path: of a file that does not exist
 * @limit: bytes; 0: PLANCIA_TAPE_LIMIT
 * @start: us UTC
 *
 * Returns: (transfer full)
 */
PlanciaTapeWriter *
plancia_tape_writer_new (const char *path, guint64 limit, gint64 start)
{
  PlanciaTapeWriter *self = g_object_new (PLANCIA_TYPE_TAPE_WRITER, NULL);

  self->path = g_strdup (path);
  self->limit = limit > 0 ? MAX (limit, 2 * END_SIZE) : PLANCIA_TAPE_LIMIT;
  self->start = start;
  plancia_tape_append_head (self->out, start);
  self->thread = g_thread_new ("plancia-tape", write_thread, self);
  self->tell_id = g_timeout_add (1000, tell_cb, self);
  return self;
}

const char *
plancia_tape_writer_get_path (PlanciaTapeWriter *self)
{
  return self->path;
}

/** plancia_tape_writer_get_bytes: in the file */
guint64
plancia_tape_writer_get_bytes (PlanciaTapeWriter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->bytes;
}

gint64
plancia_tape_writer_get_start (PlanciaTapeWriter *self)
{
  return self->start;
}

void
plancia_tape_writer_add_file (PlanciaTapeWriter *self, const char *name, GBytes *bytes)
{
  if (self->thread != NULL)
    push (self, &(Piece){.name = g_strdup (name), .bytes = g_bytes_ref (bytes)});
}

/**
 * plancia_tape_writer_add:
 * @connection: its address
 * @exchanges: references are kept until they are written
 * @lost: exchanges that came too fast
 */
void
plancia_tape_writer_add (PlanciaTapeWriter *self,
                         const char        *connection,
                         GPtrArray         *exchanges,
                         guint64            lost)
{
  GPtrArray *kept;

  if (self->thread == NULL)
    return;
  kept = g_ptr_array_new_full (exchanges->len, (GDestroyNotify) plancia_exchange_unref);
  for (guint i = 0; i < exchanges->len; i++)
    g_ptr_array_add (kept, plancia_exchange_ref (g_ptr_array_index (exchanges, i)));
  push (self, &(Piece){.connection = g_strdup (connection), .exchanges = kept, .lost = lost});
}

void
plancia_tape_writer_add_said (PlanciaTapeWriter *self,
                              const char        *connection,
                              const char        *device,
                              GBytes            *said,
                              gint64             time)
{
  if (self->thread != NULL)
    push (self,
          &(Piece){.connection = g_strdup (connection),
                   .name = g_strdup (device),
                   .bytes = g_bytes_ref (said),
                   .time = time});
}

/**
 * plancia_tape_writer_stop:
 * @now: us UTC
 *
 * Nothing is lost: it waits for the disk.
 */
void
plancia_tape_writer_stop (PlanciaTapeWriter *self, gint64 now)
{
  if (self->thread == NULL)
    return;
  g_clear_handle_id (&self->tell_id, g_source_remove);
  push (self, &(Piece){.time = now, .end = TRUE});
  g_thread_join (g_steal_pointer (&self->thread));
  tell (self);
}
