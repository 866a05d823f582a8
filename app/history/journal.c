/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/journal.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "history/database.h"
#include "history/journal-file.h"
#include "map/field-sign.h"

/* A window never takes longer to close. */
#define CLOSE_TIMEOUT G_USEC_PER_SEC
/* Longer than another program may hold the file. */
#define ANSWER_TIMEOUT (20 * G_USEC_PER_SEC)

struct _PlanciaJournal
{
  GObject parent_instance;

  char               *path;
  PlanciaWorker      *worker;
  PlanciaJournalFile *file;   /* the worker's; NULL until the first question */
  int                 closed; /* atomic */
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaJournal, plancia_journal, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What a task asks for; used on the worker. */
typedef struct
{
  PlanciaJournalFilter filter;
  char                *device;
  gint64               id;
  char                *what;
  char                *after;
  char                *message;
  PlanciaVerdict       verdict;
} Question;

static void
question_free (Question *question)
{
  g_free (question->device);
  g_free (question->what);
  g_free (question->after);
  g_free (question->message);
  g_free (question);
}

/* --- the file, on the worker ----------------------------------------------------------------- */

static gboolean
ensure_open (PlanciaJournal *self, GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autofree char *kept = NULL;

  if (self->file != NULL)
    return TRUE;
  self->file = plancia_journal_file_open (self->path, &damage);
  if (self->file != NULL)
    return TRUE;
  if (!g_error_matches (damage, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)) {
    g_propagate_error (error, g_steal_pointer (&damage));
    return FALSE;
  }
  kept = plancia_database_set_aside (self->path, damage, error);
  if (kept != NULL)
    self->file = plancia_journal_file_open (self->path, error);
  return self->file != NULL;
}

static void
list_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaJournal *self = source;
  Question       *question = data;
  GError         *error = NULL;
  GPtrArray      *entries = NULL;

  question->filter.device = question->device;
  if (ensure_open (self, &error))
    entries = plancia_journal_file_list (self->file, &question->filter, &error);
  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
count_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaJournal *self = source;
  Question       *question = data;
  GError         *error = NULL;
  GArray         *counts = NULL;

  if (ensure_open (self, &error))
    counts = plancia_journal_file_count (self->file, question->device, &error);
  if (counts != NULL)
    g_task_return_pointer (task, counts, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
add_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaJournal *self = source;
  Question       *question = data;
  GError         *error = NULL;

  if (ensure_open (self, &error) && plancia_journal_file_add (self->file,
                                                              question->id,
                                                              plancia_clock_now (),
                                                              question->what,
                                                              question->after,
                                                              question->message,
                                                              &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* On the worker, or when its thread is gone. */
static void
close_file (gpointer data)
{
  PlanciaJournal *self = data;

  g_clear_pointer (&self->file, plancia_journal_file_close);
}

/* --- questions from the main thread ---------------------------------------------------------- */

static gboolean
is_closed (PlanciaJournal *self)
{
  return g_atomic_int_get (&self->closed);
}

static void
run_question (PlanciaJournal     *self,
              Question           *question,
              PlanciaWorkerFunc   func,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  if (is_closed (self))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The journal is closed");
  else
    plancia_worker_run (self->worker, task, func);
}

static gboolean
emit_changed (gpointer user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* --- a log: questions from the workers of connections ---------------------------------------- */

#define PLANCIA_TYPE_JOURNAL_LOG (plancia_journal_log_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaJournalLog, plancia_journal_log, PLANCIA, JOURNAL_LOG, GObject)

struct _PlanciaJournalLog
{
  GObject parent_instance;

  PlanciaJournal *journal;
  char           *plant;
  char           *device_id;
  char           *device;
  char           *serial;
  char           *route;
  char           *map;
  char           *kind;
  char           *note;
};

/* Held by the one who waits and by the worker, who may be later than the other's patience. */
typedef struct
{
  gatomicrefcount      references;
  GMutex               mutex;
  GCond                condition;
  gboolean             done;
  PlanciaJournal      *journal; /* borrowed: the log that asks holds it */
  PlanciaJournalEntry *entry;   /* to begin; or NULL: to add the event */
  Question            *event;
  gint64               id;
  GError              *error;
} Ask;

static void
ask_unref (Ask *ask)
{
  if (!g_atomic_ref_count_dec (&ask->references))
    return;
  g_mutex_clear (&ask->mutex);
  g_cond_clear (&ask->condition);
  g_clear_pointer (&ask->entry, plancia_journal_entry_unref);
  g_clear_pointer (&ask->event, question_free);
  g_clear_error (&ask->error);
  g_free (ask);
}

static Ask *
ask_new (PlanciaJournal *journal)
{
  Ask *ask = g_new0 (Ask, 1);

  g_atomic_ref_count_init (&ask->references);
  g_mutex_init (&ask->mutex);
  g_cond_init (&ask->condition);
  ask->journal = journal;
  return ask;
}

static gint64
do_ask (Ask *ask, GError **error)
{
  if (!ensure_open (ask->journal, error))
    return 0;
  if (ask->entry != NULL)
    return plancia_journal_file_begin (ask->journal->file, ask->entry, error);
  return plancia_journal_file_add (ask->journal->file,
                                   ask->event->id,
                                   plancia_clock_now (),
                                   ask->event->what,
                                   ask->event->after,
                                   ask->event->message,
                                   error);
}

static void
ask_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Ask    *ask = data;
  GError *error = NULL;
  gint64  id = do_ask (ask, &error);

  g_mutex_lock (&ask->mutex);
  ask->id = id;
  ask->error = error;
  ask->done = TRUE;
  g_cond_signal (&ask->condition);
  g_mutex_unlock (&ask->mutex);
  g_task_return_boolean (task, TRUE);
}

/* Takes the ask. Blocks until the worker of the journal has written. */
static gint64
ask_and_wait (Ask *ask, GError **error)
{
  PlanciaJournal *journal = ask->journal;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  gint64 deadline = g_get_monotonic_time () + ANSWER_TIMEOUT;
  gint64 id;

  g_atomic_ref_count_inc (&ask->references);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_unref);
  if (!is_closed (journal))
    plancia_worker_run_priority (journal->worker, task, ask_on_worker, G_PRIORITY_HIGH);
  g_mutex_lock (&ask->mutex);
  while (!is_closed (journal) && !ask->done &&
         g_cond_wait_until (&ask->condition, &ask->mutex, deadline))
    ;
  id = ask->done ? ask->id : 0;
  if (id == 0)
    g_set_error (error,
                 PLANCIA_DEVICE_ERROR,
                 PLANCIA_DEVICE_ERROR_NOT_RECORDED,
                 "the journal could not be written: %s",
                 ask->error != NULL ? ask->error->message : "no answer");
  g_mutex_unlock (&ask->mutex);
  ask_unref (ask);
  if (id != 0)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, emit_changed, g_object_ref (journal), g_object_unref);
  return id;
}

static char *
value_text (const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};
  g_autofree char *text = NULL;
  const char      *sign;

  if (words == NULL)
    return NULL;
  plancia_field_decode (field, words, &value);
  text = plancia_field_format (field, &value, words);
  sign = plancia_field_sign_word (field, &value);
  if (value.kind == PLANCIA_VALUE_NONE || field->unit[0] == '\0')
    return g_steal_pointer (&text);
  if (sign != NULL)
    return g_strdup_printf ("%s %s (%s)", text, field->unit, sign);
  return g_strdup_printf ("%s %s", text, field->unit);
}

static void
item_free (gpointer data)
{
  PlanciaJournalItem *item = data;

  g_free (item->key);
  g_free (item->name);
  g_free (item->old);
  g_free (item->new_);
  g_free (item);
}

static PlanciaJournalItem *
item_new (const PlanciaWriteRequest *request, const PlanciaEdit *edit)
{
  PlanciaJournalItem *item = g_new0 (PlanciaJournalItem, 1);
  const PlanciaField *field = edit->field;
  guint               offset = field->address - request->address;

  item->key = g_strdup (field->key);
  item->name = g_strdup (plancia_map_label (field->name));
  item->address = field->address;
  item->count = field->count;
  item->old = value_text (field, request->before != NULL ? request->before + offset : NULL);
  item->new_ = value_text (field, request->words + offset);
  return item;
}

static PlanciaJournalEntry *
entry_new (PlanciaJournalLog *self, const PlanciaWriteRequest *request)
{
  PlanciaJournalEntry *entry = g_new0 (PlanciaJournalEntry, 1);

  g_ref_count_init (&entry->references);
  entry->time = plancia_clock_now ();
  entry->plant = g_strdup (self->plant);
  entry->device_id = g_strdup (self->device_id);
  entry->device = g_strdup (self->device);
  entry->serial = g_strdup (self->serial);
  entry->route = g_strdup (self->route);
  entry->map = g_strdup (self->map);
  entry->user = g_strdup (g_get_user_name ());
  entry->kind = g_strdup (self->kind);
  entry->note = g_strdup (self->note);
  entry->unit = request->unit;
  entry->function = request->function;
  entry->address = request->address;
  entry->count = request->count;
  if (request->before != NULL)
    entry->old = plancia_words_format (request->before, request->count);
  entry->new_ = plancia_words_format (request->words, request->count);
  entry->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < request->edits->len; i++)
    g_ptr_array_add (entry->items, item_new (request, g_ptr_array_index (request->edits, i)));
  return entry;
}

static gint64
log_begin (PlanciaWriteLog *log, const PlanciaWriteRequest *request, GError **error)
{
  PlanciaJournalLog *self = PLANCIA_JOURNAL_LOG (log);
  Ask               *ask = ask_new (self->journal);

  ask->entry = entry_new (self, request);
  return ask_and_wait (ask, error);
}

/* What cannot be added leaves the row as it is: open, to be asked about at the next start. */
static void
add_event (PlanciaWriteLog *log, gint64 id, const char *what, char *after, const char *message)
{
  Ask *ask = ask_new (PLANCIA_JOURNAL_LOG (log)->journal);
  g_autoptr (GError) error = NULL;

  ask->event = g_new0 (Question, 1);
  ask->event->id = id;
  ask->event->what = g_strdup (what);
  ask->event->after = after;
  ask->event->message = g_strdup (message);
  if (ask_and_wait (ask, &error) == 0)
    g_info ("Request %" G_GINT64_FORMAT ", %s: %s", id, what, error->message);
}

static void
log_sent (PlanciaWriteLog *log, gint64 id)
{
  add_event (log, id, "left", NULL, NULL);
}

static void
log_end (PlanciaWriteLog *log,
         gint64           id,
         PlanciaVerdict   verdict,
         const guint16   *after,
         guint            n_after,
         const char      *message)
{
  add_event (log,
             id,
             plancia_verdict_name (verdict),
             after != NULL ? plancia_words_format (after, n_after) : NULL,
             message);
}

static void
log_iface_init (PlanciaWriteLogInterface *iface)
{
  iface->begin = log_begin;
  iface->sent = log_sent;
  iface->end = log_end;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaJournalLog,
                               plancia_journal_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_WRITE_LOG, log_iface_init))

static void
plancia_journal_log_finalize (GObject *object)
{
  PlanciaJournalLog *self = PLANCIA_JOURNAL_LOG (object);

  g_object_unref (self->journal);
  g_free (self->plant);
  g_free (self->device_id);
  g_free (self->device);
  g_free (self->serial);
  g_free (self->route);
  g_free (self->map);
  g_free (self->kind);
  g_free (self->note);
  G_OBJECT_CLASS (plancia_journal_log_parent_class)->finalize (object);
}

static void
plancia_journal_log_class_init (PlanciaJournalLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_journal_log_finalize;
}

static void
plancia_journal_log_init (PlanciaJournalLog *self)
{
}

/* --- class ----------------------------------------------------------------------------------- */

static void
plancia_journal_finalize (GObject *object)
{
  PlanciaJournal *self = PLANCIA_JOURNAL (object);

  plancia_journal_close (self);
  g_clear_object (&self->worker);
  g_free (self->path);
  G_OBJECT_CLASS (plancia_journal_parent_class)->finalize (object);
}

static void
plancia_journal_class_init (PlanciaJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_journal_finalize;

  signals[CHANGED] = plancia_signal_new (PLANCIA_TYPE_JOURNAL, "changed", 0);
}

static void
plancia_journal_init (PlanciaJournal *self)
{
}

char *
plancia_journal_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "journal.sqlite", NULL);
}

/**
 * plancia_journal_new:
 * @path: the file, or ":memory:"
 *
 * Starts the journal's worker; the file is opened, or begun, at the first question.
 */
PlanciaJournal *
plancia_journal_new (const char *path)
{
  PlanciaJournal *self = g_object_new (PLANCIA_TYPE_JOURNAL, NULL);

  self->path = g_strdup (path);
  self->worker = plancia_worker_new ("journal");
  return self;
}

/**
 * plancia_journal_log:
 * @place: copied
 *
 * Returns: (transfer full): for plancia_backend_write_async()
 */
PlanciaWriteLog *
plancia_journal_log (PlanciaJournal *self, const PlanciaJournalPlace *place)
{
  PlanciaJournalLog *log = g_object_new (PLANCIA_TYPE_JOURNAL_LOG, NULL);

  log->journal = g_object_ref (self);
  log->plant = g_strdup (place->plant);
  log->device_id = g_strdup (place->device_id);
  log->device = g_strdup (place->device);
  log->serial = g_strdup (place->serial);
  log->route = g_strdup (place->route);
  log->map = g_strdup (place->map);
  log->kind = g_strdup (place->kind != NULL ? place->kind : "write");
  log->note = g_strdup (place->note);
  return PLANCIA_WRITE_LOG (log);
}

void
plancia_journal_list_async (PlanciaJournal             *self,
                            const PlanciaJournalFilter *filter,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    user_data)
{
  Question *question = g_new0 (Question, 1);

  question->filter = *filter;
  question->device = g_strdup (filter->device);
  run_question (self, question, list_on_worker, cancellable, callback, user_data);
}

GPtrArray *
plancia_journal_list_finish (PlanciaJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_journal_count_async (PlanciaJournal     *self,
                             const char         *device,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->device = g_strdup (device);
  run_question (self, question, count_on_worker, cancellable, callback, user_data);
}

GArray *
plancia_journal_count_finish (PlanciaJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_journal_note_async (PlanciaJournal     *self,
                            gint64              id,
                            const char         *note,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->id = id;
  question->what = g_strdup ("note");
  question->message = g_strdup (note);
  run_question (self, question, add_on_worker, NULL, callback, user_data);
}

gboolean
plancia_journal_note_finish (PlanciaJournal *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * plancia_journal_settle_async:
 * @words: (nullable) (array): what is there now
 */
void
plancia_journal_settle_async (PlanciaJournal            *self,
                              const PlanciaJournalEntry *entry,
                              const guint16             *words,
                              GAsyncReadyCallback        callback,
                              gpointer                   user_data)
{
  Question *question = g_new0 (Question, 1);

  question->id = entry->id;
  question->verdict = words != NULL ? plancia_journal_entry_compare (entry, words)
                                    : PLANCIA_VERDICT_UNKNOWN;
  question->what = g_strdup (plancia_verdict_name (question->verdict));
  question->after = words != NULL ? plancia_words_format (words, entry->count) : NULL;
  question->message = g_strdup (words != NULL ? "cut off; read back later"
                                              : "cut off; not read back");
  run_question (self, question, add_on_worker, NULL, callback, user_data);
}

gboolean
plancia_journal_settle_finish (PlanciaJournal *self,
                               GAsyncResult   *result,
                               PlanciaVerdict *verdict,
                               GError        **error)
{
  const Question *question = g_task_get_task_data (G_TASK (result));

  if (verdict != NULL)
    *verdict = question->verdict;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * plancia_journal_close:
 *
 * Later questions answer G_IO_ERROR_CLOSED, and a write that asks is not sent.
 */
void
plancia_journal_close (PlanciaJournal *self)
{
  if (self->worker == NULL || is_closed (self))
    return;
  g_atomic_int_set (&self->closed, TRUE);
  if (!plancia_worker_finish (self->worker, close_file, self, CLOSE_TIMEOUT))
    close_file (self);
}
