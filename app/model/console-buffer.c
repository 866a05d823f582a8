/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-buffer.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include <string.h>

struct _PlanciaConsoleBuffer
{
  GObject parent_instance;

  PlanciaConsoleStore *store;
  guint                gap;
  guint                idle_id;

  PlanciaWorker *cutter; /* NULL until something had to be cut anew */
  GQueue         late;   /* Piece*, since the snapshot that is being cut */
  guint          cuts;   /* what an older cut brings is nothing */
  gboolean       cutting;
};

/* What came while the rest was being cut. */
typedef struct
{
  gint64                  time;
  PlanciaConsoleDirection direction;
  GBytes                 *bytes;
} Piece;

/* For the worker. */
typedef struct
{
  PlanciaConsoleStore *store;
  guint                gap;
  guint                cut;
} Job;

enum {
  SIGNAL_CHANGED,
  SIGNAL_CUT_ANEW,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleBuffer, plancia_console_buffer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static gboolean
emit_changed_cb (gpointer user_data)
{
  PlanciaConsoleBuffer *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_changed (PlanciaConsoleBuffer *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, emit_changed_cb, self, NULL);
}

/* --- cutting anew ---------------------------------------------------------------------------------- */

static void
piece_free (gpointer data)
{
  g_bytes_unref (((Piece *) data)->bytes);
  g_free (data);
}

static void
keep_late (PlanciaConsoleBuffer   *self,
           gint64                  time,
           PlanciaConsoleDirection direction,
           GBytes                 *bytes)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->time = time;
  piece->direction = direction;
  piece->bytes = g_bytes_ref (bytes);
  g_queue_push_tail (&self->late, piece);
}

static void
forget_cut (PlanciaConsoleBuffer *self)
{
  self->cuts++;
  self->cutting = FALSE;
  g_queue_clear_full (&self->late, piece_free);
}

static void
job_free (gpointer data)
{
  plancia_console_store_free (((Job *) data)->store);
  g_free (data);
}

static void
cut_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;

  g_task_return_pointer (task,
                         plancia_console_store_recut (job->store, job->gap),
                         (GDestroyNotify) plancia_console_store_free);
}

static void
feed_late (PlanciaConsoleStore *store, GQueue *late)
{
  for (GList *at = late->head; at != NULL; at = at->next) {
    const Piece  *piece = at->data;
    gsize         length;
    const guint8 *data = g_bytes_get_data (piece->bytes, &length);

    plancia_console_store_feed (store, piece->time, piece->direction, data, length);
  }
}

/* Numbers begin where nobody has seen one. */
static void
cut_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaConsoleBuffer *self = PLANCIA_CONSOLE_BUFFER (source);
  const Job            *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (PlanciaConsoleStore) cut = g_task_propagate_pointer (G_TASK (result), NULL);

  if (cut == NULL || job->cut != self->cuts)
    return;
  plancia_console_store_renumber (cut, plancia_console_store_get_end (self->store) + 1);
  feed_late (cut, &self->late);
  plancia_console_store_free (self->store);
  self->store = g_steal_pointer (&cut);
  forget_cut (self);
  g_signal_emit (self, signals[SIGNAL_CUT_ANEW], 0);
  queue_changed (self);
}

static void
cut_anew (PlanciaConsoleBuffer *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, cut_cb, NULL);
  Job *job = g_new0 (Job, 1);

  forget_cut (self);
  self->cutting = TRUE;
  job->store = plancia_console_store_snapshot (self->store);
  job->gap = self->gap;
  job->cut = self->cuts;
  g_task_set_task_data (task, job, job_free);
  if (self->cutter == NULL)
    self->cutter = plancia_worker_new ("plancia-cut");
  plancia_worker_run (self->cutter, task, cut_on_worker);
}

/* --- GObject --------------------------------------------------------------------------------------- */

static void
plancia_console_buffer_dispose (GObject *object)
{
  PlanciaConsoleBuffer *self = PLANCIA_CONSOLE_BUFFER (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  forget_cut (self);
  if (self->cutter != NULL)
    plancia_worker_stop (self->cutter);
  g_clear_object (&self->cutter);
  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->dispose (object);
}

static void
plancia_console_buffer_finalize (GObject *object)
{
  plancia_console_store_free (PLANCIA_CONSOLE_BUFFER (object)->store);
  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->finalize (object);
}

static void
plancia_console_buffer_class_init (PlanciaConsoleBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_buffer_dispose;
  object_class->finalize = plancia_console_buffer_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_BUFFER, "changed", 0);
  signals[SIGNAL_CUT_ANEW] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_BUFFER, "cut-anew", 0);
}

static void
plancia_console_buffer_init (PlanciaConsoleBuffer *self)
{
  g_queue_init (&self->late);
  self->store = plancia_console_store_new (PLANCIA_CONSOLE_MAX_LINES, PLANCIA_CONSOLE_MAX_BYTES);
}

/**
 * plancia_console_buffer_new:
 *
 * Returns: (transfer full)
 */
PlanciaConsoleBuffer *
plancia_console_buffer_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_BUFFER, NULL);
}

/**
 * plancia_console_buffer_get_store:
 *
 * Returns: (transfer none): the lines
 */
const PlanciaConsoleStore *
plancia_console_buffer_get_store (PlanciaConsoleBuffer *self)
{
  return self->store;
}

/**
 * plancia_console_buffer_feed:
 * @time: ms UTC of arrival
 * @bytes: any number of them
 */
void
plancia_console_buffer_feed (PlanciaConsoleBuffer   *self,
                             gint64                  time,
                             PlanciaConsoleDirection direction,
                             GBytes                 *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  plancia_console_store_feed (self->store, time, direction, data, length);
  if (self->cutting)
    keep_late (self, time, direction, bytes);
  queue_changed (self);
}

/**
 * plancia_console_buffer_notice:
 * @sentence: translated, without a line break
 */
void
plancia_console_buffer_notice (PlanciaConsoleBuffer *self, const char *sentence)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sentence, strlen (sentence));

  plancia_console_buffer_feed (self, plancia_clock_now (), PLANCIA_CONSOLE_NOTICE, bytes);
}

/**
 * plancia_console_buffer_clear:
 */
void
plancia_console_buffer_clear (PlanciaConsoleBuffer *self)
{
  plancia_console_store_clear (self->store);
  forget_cut (self);
  queue_changed (self);
}

/**
 * plancia_console_buffer_set_gap:
 * @gap: ms; 0 for lines of text
 *
 * What comes next is cut so at once, what is kept a moment later.
 */
void
plancia_console_buffer_set_gap (PlanciaConsoleBuffer *self, guint gap)
{
  if (gap == self->gap)
    return;
  self->gap = gap;
  plancia_console_store_set_gap (self->store, gap);
  if (plancia_console_store_get_end (self->store) > plancia_console_store_get_first (self->store))
    cut_anew (self);
}

/**
 * plancia_console_buffer_asks_secret:
 *
 * Returns: %TRUE if the last line received has no end yet and speaks of a password
 */
gboolean
plancia_console_buffer_asks_secret (PlanciaConsoleBuffer *self)
{
  guint64            end = plancia_console_store_get_end (self->store);
  PlanciaConsoleItem item;
  g_autofree char   *text = NULL;
  g_autofree char   *folded = NULL;

  if (end == plancia_console_store_get_first (self->store))
    return FALSE;
  plancia_console_store_get (self->store, end - 1, &item);
  if (item.direction != PLANCIA_CONSOLE_RECEIVED || item.complete)
    return FALSE;
  text = g_strndup ((const char *) item.data, item.length);
  folded = g_ascii_strdown (text, -1);
  return strstr (folded, "password") != NULL || strstr (folded, "passphrase") != NULL;
}
