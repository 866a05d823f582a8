/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-write.h"

#include "base/clock.h"
#include <string.h>

struct _PlanciaCloudWrite
{
  GObject parent_instance;

  char                  *id;
  char                  *account;
  char                  *thing;
  char                  *device;
  char                  *title;
  guint8                 function;
  guint16                address;
  guint                  count;
  guint16               *words;
  guint16               *after;
  PlanciaCloudWriteState state;
  gint64                 times[PLANCIA_N_CLOUD_WRITE_STATES];
  gint64                 deadline;
  PlanciaVerdict         verdict;
  char                  *message;
  gboolean               answered;
  gboolean               answered_done;
  char                  *answer;
  PlanciaCloudCompare    compare;
  gpointer               compare_data;
  GDestroyNotify         compare_destroy;
  PlanciaWriteLog       *log;
  gint64                 log_id;
};

enum {
  CHANGED,
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaCloudWrite, plancia_cloud_write, G_TYPE_OBJECT)

static void
plancia_cloud_write_finalize (GObject *object)
{
  PlanciaCloudWrite *self = PLANCIA_CLOUD_WRITE_LIFE (object);

  g_free (self->id);
  g_free (self->account);
  g_free (self->thing);
  g_free (self->device);
  g_free (self->title);
  g_free (self->words);
  g_free (self->after);
  g_free (self->message);
  g_free (self->answer);
  plancia_cloud_write_set_compare (self, NULL, NULL, NULL);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (plancia_cloud_write_parent_class)->finalize (object);
}

static void
plancia_cloud_write_class_init (PlanciaCloudWriteClass *klass)
{
  GType type = PLANCIA_TYPE_CLOUD_WRITE;

  G_OBJECT_CLASS (klass)->finalize = plancia_cloud_write_finalize;
  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] =
    g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
plancia_cloud_write_init (PlanciaCloudWrite *self)
{
  self->verdict = PLANCIA_VERDICT_UNKNOWN;
}

static void
changed (PlanciaCloudWrite *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * plancia_cloud_write_new:
 * @place: what is written where; copied
 *
 * Returns: (transfer full): queued from now on
 */
PlanciaCloudWrite *
plancia_cloud_write_new (const PlanciaCloudWritePlace *place)
{
  PlanciaCloudWrite *self = g_object_new (PLANCIA_TYPE_CLOUD_WRITE, NULL);

  self->id = g_uuid_string_random ();
  self->account = g_strdup (place->account);
  self->thing = g_strdup (place->thing);
  self->device = g_strdup (place->device);
  self->title = g_strdup (place->title);
  self->function = place->function;
  self->address = place->address;
  self->count = place->count;
  self->words = g_memdup2 (place->words, place->count * sizeof (guint16));
  self->times[PLANCIA_CLOUD_WRITE_QUEUED] = plancia_clock_now ();
  return self;
}

const char *
plancia_cloud_write_get_id (PlanciaCloudWrite *self)
{
  return self->id;
}

const char *
plancia_cloud_write_get_account (PlanciaCloudWrite *self)
{
  return self->account;
}

const char *
plancia_cloud_write_get_thing (PlanciaCloudWrite *self)
{
  return self->thing;
}

const char *
plancia_cloud_write_get_device (PlanciaCloudWrite *self)
{
  return self->device;
}

const char *
plancia_cloud_write_get_title (PlanciaCloudWrite *self)
{
  return self->title;
}

guint16
plancia_cloud_write_get_address (PlanciaCloudWrite *self)
{
  return self->address;
}

guint
plancia_cloud_write_get_count (PlanciaCloudWrite *self)
{
  return self->count;
}

guint8
plancia_cloud_write_get_function (PlanciaCloudWrite *self)
{
  return self->function;
}

const guint16 *
plancia_cloud_write_get_words (PlanciaCloudWrite *self)
{
  return self->words;
}

PlanciaCloudWriteState
plancia_cloud_write_get_state (PlanciaCloudWrite *self)
{
  return self->state;
}

gint64
plancia_cloud_write_get_time (PlanciaCloudWrite *self, PlanciaCloudWriteState state)
{
  return self->times[state];
}

gint64
plancia_cloud_write_get_deadline (PlanciaCloudWrite *self)
{
  return plancia_cloud_write_has_ended (self) ? 0 : self->deadline;
}

void
plancia_cloud_write_set_deadline (PlanciaCloudWrite *self, gint64 deadline)
{
  self->deadline = deadline;
  changed (self);
}

PlanciaVerdict
plancia_cloud_write_get_verdict (PlanciaCloudWrite *self)
{
  return self->verdict;
}

const char *
plancia_cloud_write_get_message (PlanciaCloudWrite *self)
{
  return self->message;
}

const guint16 *
plancia_cloud_write_get_after (PlanciaCloudWrite *self)
{
  return self->after;
}

void
plancia_cloud_write_set_after (PlanciaCloudWrite *self, const guint16 *after)
{
  g_free (self->after);
  self->after = after != NULL ? g_memdup2 (after, self->count * sizeof (guint16)) : NULL;
}

gboolean
plancia_cloud_write_has_ended (PlanciaCloudWrite *self)
{
  return self->state >= PLANCIA_CLOUD_WRITE_DONE;
}

static gboolean
may_advance (PlanciaCloudWrite *self, PlanciaCloudWriteState state)
{
  if (self->state == PLANCIA_CLOUD_WRITE_UNKNOWN)
    return state == PLANCIA_CLOUD_WRITE_DONE || state == PLANCIA_CLOUD_WRITE_FAILED;
  return !plancia_cloud_write_has_ended (self) && state > self->state;
}

/**
 * plancia_cloud_write_advance:
 * @self: a write
 * @state: the one that it has reached
 * @verdict: with an end; else not looked at
 * @message: (nullable): why
 */
void
plancia_cloud_write_advance (PlanciaCloudWrite     *self,
                             PlanciaCloudWriteState state,
                             PlanciaVerdict         verdict,
                             const char            *message)
{
  if (!may_advance (self, state))
    return;
  self->state = state;
  self->times[state] = plancia_clock_now ();
  if (plancia_cloud_write_has_ended (self))
    self->verdict = verdict;
  g_free (self->message);
  self->message = g_strdup (message);
  changed (self);
}

void
plancia_cloud_write_note (PlanciaCloudWrite *self, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
  changed (self);
}

/**
 * plancia_cloud_write_answer:
 * @self: a write
 * @done: whether the device took it, as the cloud says
 * @message: (nullable): why not
 *
 * The first answer counts.
 */
void
plancia_cloud_write_answer (PlanciaCloudWrite *self, gboolean done, const char *message)
{
  if (self->answered)
    return;
  self->answered = TRUE;
  self->answered_done = done;
  self->answer = g_strdup (message);
  g_signal_emit (self, signals[ANSWERED], 0);
  changed (self);
}

gboolean
plancia_cloud_write_has_answer (PlanciaCloudWrite *self)
{
  return self->answered;
}

gboolean
plancia_cloud_write_was_answered_done (PlanciaCloudWrite *self)
{
  return self->answered_done;
}

const char *
plancia_cloud_write_get_answer (PlanciaCloudWrite *self)
{
  return self->answer;
}

/* --- what it is compared with, and where that is written down --------------------------------- */

void
plancia_cloud_write_set_compare (PlanciaCloudWrite  *self,
                                 PlanciaCloudCompare compare,
                                 gpointer            data,
                                 GDestroyNotify      destroy)
{
  if (self->compare_destroy != NULL)
    self->compare_destroy (self->compare_data);
  self->compare = compare;
  self->compare_data = data;
  self->compare_destroy = destroy;
}

gboolean
plancia_cloud_write_compare (PlanciaCloudWrite *self, const guint16 *words)
{
  if (self->compare != NULL)
    return self->compare (self, words, self->compare_data);
  return memcmp (self->words, words, self->count * sizeof (guint16)) == 0;
}

void
plancia_cloud_write_set_record (PlanciaCloudWrite *self, PlanciaWriteLog *log, gint64 id)
{
  g_set_object (&self->log, log);
  self->log_id = id;
}

/* A copy, since the write may go on meanwhile. */
typedef struct
{
  gint64         id;
  PlanciaVerdict verdict;
  guint16       *after;
  guint          count;
  char          *message;
} Record;

static void
record_free (gpointer data)
{
  Record *self = data;

  g_free (self->after);
  g_free (self->message);
  g_free (self);
}

static void
record_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Record *record = task_data;

  plancia_write_log_end (source,
                         record->id,
                         record->verdict,
                         record->after,
                         record->count,
                         record->message);
  g_task_return_boolean (task, TRUE);
}

void
plancia_cloud_write_record (PlanciaCloudWrite *self)
{
  g_autoptr (GTask) task = NULL;
  Record *record;

  if (self->log == NULL)
    return;
  record = g_new0 (Record, 1);
  record->id = self->log_id;
  record->verdict = self->verdict;
  record->after = self->after != NULL ? g_memdup2 (self->after, self->count * sizeof (guint16))
                                      : NULL;
  record->count = self->count;
  record->message = g_strdup (self->message);
  task = g_task_new (self->log, NULL, NULL, NULL);
  g_task_set_task_data (task, record, record_free);
  g_task_run_in_thread (task, record_func);
}
