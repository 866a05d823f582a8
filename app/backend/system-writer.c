/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/system-writer.h"

#include "backend/modbus-attempt.h"
#include "backend/system-step.h"
#include "base/clock.h"
#include "base/error.h"
#include "protocol/system-json.h"
#include <string.h>

/* All requests of one write. Owned by its task. */
typedef struct
{
  GTask               *task; /* borrowed: its owner */
  PlanciaWorker       *worker;
  PlanciaSystemPost    post;
  gpointer             post_data;
  GDestroyNotify       post_destroy;
  PlanciaCloudWrites  *writes;
  char                *account;
  char                *command;
  char                *thing;
  char                *device;
  PlanciaMap          *map;
  PlanciaWriteLog     *log;
  PlanciaWriteProgress progress;
  gpointer             progress_data;
  GPtrArray           *edits;
  GPtrArray           *outcomes; /* in the order of the edits */
  GPtrArray           *steps;
  guint                index;
  GError              *stopped; /* why nothing more is sent */
  /* Of the step in hand. */
  PlanciaCloudWrite *write;
  GArray            *before; /* or NULL */
  gint64             record;
  gulong             answered_id;
  guint              patience_id;
} Run;

static void next (Run *self);

static void
let_go (Run *self)
{
  if (self->post_destroy != NULL)
    self->post_destroy (self->post_data);
  self->post_destroy = NULL;
  g_clear_object (&self->worker);
}

static void
run_free (gpointer data)
{
  Run *self = data;

  let_go (self);

  g_clear_object (&self->write);
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_error (&self->stopped);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_ptr_array_unref (self->edits);
  g_object_unref (self->writes);
  g_clear_object (&self->log);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self->account);
  g_free (self->command);
  g_free (self->thing);
  g_free (self->device);
  g_free (self);
}

static PlanciaWriteStep *
step_of (Run *self)
{
  return g_ptr_array_index (self->steps, self->index);
}

static void
tell (Run *self, const char *phase)
{
  if (self->progress != NULL)
    self->progress (self->index + 1, self->steps->len, phase, self->progress_data);
}

/* --- outcomes -------------------------------------------------------------------------------- */

static PlanciaWriteOutcome *
find_outcome (Run *self, const PlanciaEdit *edit)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (g_ptr_array_index (self->edits, i) == edit)
      return g_ptr_array_index (self->outcomes, i);
  g_return_val_if_reached (NULL);
}

static guint16 *
copy_part (const PlanciaWriteStep *step, const guint16 *words, const PlanciaField *field)
{
  return words != NULL
           ? g_memdup2 (words + (field->address - step->address), field->count * sizeof (guint16))
           : NULL;
}

static void
end_step (Run           *self,
          PlanciaVerdict verdict,
          const guint16 *sent,
          const guint16 *after,
          const GError  *error,
          const char    *message)
{
  const PlanciaWriteStep *step = step_of (self);
  const guint16 *before = self->before != NULL ? (const guint16 *) (gpointer) self->before->data
                                               : NULL;

  for (guint i = 0; i < step->edits->len; i++) {
    const PlanciaEdit   *edit = g_ptr_array_index (step->edits, i);
    PlanciaWriteOutcome *outcome = find_outcome (self, edit);

    outcome->verdict = verdict;
    outcome->n_words = edit->field->count;
    outcome->before = copy_part (step, before, edit->field);
    outcome->sent = copy_part (step, sent, edit->field);
    outcome->after = copy_part (step, after, edit->field);
    outcome->error = error != NULL ? g_error_copy (error) : NULL;
    outcome->message = g_strdup (message != NULL ? message : error != NULL ? error->message : NULL);
  }
}

static void
go_on (Run *self)
{
  g_clear_object (&self->write);
  g_clear_pointer (&self->before, g_array_unref);
  self->record = 0;
  self->index++;
  next (self);
}

static void
skip (Run *self, const GError *error, const char *message)
{
  end_step (self, PLANCIA_VERDICT_SKIPPED, NULL, NULL, error, message);
  go_on (self);
}

static void
refuse_step (Run *self, const GError *error)
{
  end_step (self, PLANCIA_VERDICT_REFUSED, NULL, NULL, error, NULL);
  go_on (self);
}

/* --- the end of a request -------------------------------------------------------------------- */

static GError *
error_of (PlanciaCloudWrite *write)
{
  const char *message = plancia_cloud_write_get_message (write);

  switch (plancia_cloud_write_get_verdict (write)) {
  case PLANCIA_VERDICT_REFUSED:
    return g_error_new_literal (PLANCIA_CLOUD_ERROR,
                                PLANCIA_CLOUD_ERROR_REFUSED,
                                message != NULL ? message : "refused");
  case PLANCIA_VERDICT_DIFFERS:
    return g_error_new_literal (PLANCIA_DEVICE_ERROR,
                                PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                                message != NULL ? message : "another value was read back");
  case PLANCIA_VERDICT_UNKNOWN:
    return g_error_new_literal (PLANCIA_DEVICE_ERROR,
                                PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN,
                                message != NULL ? message : "no answer came");
  default:
    return NULL;
  }
}

/* What is behind an unknown one stays: the order may matter, and the way is in doubt. */
static void
note_end (Run *self)
{
  PlanciaVerdict verdict = plancia_cloud_write_get_verdict (self->write);
  g_autoptr (GError) error = error_of (self->write);

  end_step (self,
            verdict,
            plancia_cloud_write_get_words (self->write),
            plancia_cloud_write_get_after (self->write),
            error,
            plancia_cloud_write_get_message (self->write));
  if (verdict == PLANCIA_VERDICT_UNKNOWN && self->stopped == NULL)
    g_set_error_literal (&self->stopped,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_CONNECTED,
                         "not sent, since nobody knows what came of the one before");
  plancia_cloud_write_set_record (self->write, self->log, self->record);
  plancia_cloud_write_record (self->write);
  go_on (self);
}

static void
settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  plancia_cloud_writes_settle_finish (PLANCIA_CLOUD_WRITES (source), result);
  note_end (g_task_get_task_data (task));
}

static void
settle (Run *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_signal_handler (&self->answered_id, self->write);
  tell (self, "reading back");
  plancia_cloud_writes_settle_async (self->writes, self->write, settled, g_object_ref (self->task));
}

/* --- waiting for the callback ---------------------------------------------------------------- */

static gboolean
on_patience_ended (gpointer data)
{
  Run *self = data;

  self->patience_id = 0;
  plancia_cloud_write_advance (self->write,
                               PLANCIA_CLOUD_WRITE_UNKNOWN,
                               PLANCIA_VERDICT_UNKNOWN,
                               "no answer came in time");
  settle (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_callback (Run *self, const char *message)
{
  guint patience = plancia_cloud_writes_get_patience (self->writes);

  tell (self, "waiting");
  plancia_cloud_write_advance (self->write,
                               PLANCIA_CLOUD_WRITE_WAITING,
                               PLANCIA_VERDICT_UNKNOWN,
                               message);
  /* The callback may have been quicker than the answer. */
  if (plancia_cloud_write_has_answer (self->write)) {
    settle (self);
    return;
  }
  plancia_cloud_write_set_deadline (self->write, plancia_clock_now () + patience);
  self->answered_id = g_signal_connect_swapped (self->write, "answered", G_CALLBACK (settle), self);
  self->patience_id = g_timeout_add (patience, on_patience_ended, self);
}

/* --- sending --------------------------------------------------------------------------------- */

/* What goes to the worker. */
typedef struct
{
  Run     *run;
  char    *body;
  gint64   record;
  gboolean left;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_free (self->body);
  g_free (self);
}

static gint64
begin_record (Run *self, GError **error)
{
  const PlanciaWriteStep   *step = step_of (self);
  const PlanciaWriteRequest request = {
    .unit = 0,
    .function = PLANCIA_MODBUS_WRITE_MULTIPLE,
    .address = step->address,
    .count = step->count,
    .before = self->before != NULL ? (const guint16 *) (gpointer) self->before->data : NULL,
    .words = step->words,
    .edits = step->edits,
  };

  return plancia_write_log_begin (self->log, &request, error);
}

/* The main thread waits for this task and changes nothing of the run meanwhile. */
static void
send_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Sending *sending = task_data;
  Run     *run = sending->run;
  GError  *error = NULL;
  gboolean accepted;

  sending->record = begin_record (run, &error);
  if (sending->record == 0) {
    g_task_return_error (task, error);
    return;
  }
  accepted = run->post (run->post_data, sending->body, cancellable, &error);
  sending->left = accepted || !plancia_system_never_left (error);
  if (sending->left)
    plancia_write_log_sent (run->log, sending->record);
  if (accepted)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Nobody took it: what comes next may do better, unless the way is the trouble. */
static void
end_refused (Run *self, const GError *error, gboolean left)
{
  plancia_cloud_write_advance (self->write,
                               PLANCIA_CLOUD_WRITE_FAILED,
                               left ? PLANCIA_VERDICT_REFUSED : PLANCIA_VERDICT_SKIPPED,
                               error->message);
  end_step (self,
            left ? PLANCIA_VERDICT_REFUSED : PLANCIA_VERDICT_SKIPPED,
            NULL,
            NULL,
            error,
            NULL);
  if (self->record != 0) {
    plancia_cloud_write_set_record (self->write, self->log, self->record);
    plancia_cloud_write_record (self->write);
  }
  if (self->stopped == NULL && (!left || error->code == PLANCIA_CLOUD_ERROR_NOT_AUTHORISED))
    self->stopped = g_error_copy (error);
  go_on (self);
}

static void
sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run     *self = g_task_get_task_data (task);
  Sending *sending = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean accepted = g_task_propagate_boolean (G_TASK (result), &error);

  self->record = sending->record;
  if (!accepted && (self->record == 0 || !sending->left)) {
    end_refused (self, error, FALSE);
    return;
  }
  plancia_cloud_write_advance (self->write,
                               PLANCIA_CLOUD_WRITE_SENT,
                               PLANCIA_VERDICT_UNKNOWN,
                               NULL);
  if (!accepted && plancia_system_was_refused (error)) {
    end_refused (self, error, TRUE);
    return;
  }
  if (accepted)
    plancia_cloud_write_advance (self->write,
                                 PLANCIA_CLOUD_WRITE_ACCEPTED,
                                 PLANCIA_VERDICT_UNKNOWN,
                                 NULL);
  wait_for_callback (self, accepted ? NULL : error->message);
}

static char *
make_body (Run *self)
{
  const PlanciaWriteStep  *step = step_of (self);
  const PlanciaSystemBlock block = {step->address, step->count, step->words};
  const PlanciaSystemWrite request = {self->command,
                                      self->thing,
                                      plancia_cloud_write_get_id (self->write),
                                      plancia_cloud_writes_get_callback_url (self->writes),
                                      &block,
                                      1};

  return plancia_system_json_write (&request);
}

/* --- before it is sent ----------------------------------------------------------------------- */

/* What the list of writes keeps, perhaps for long: nothing of the run, nor of the account. */
typedef struct
{
  PlanciaMap *map; /* or NULL */
  GPtrArray  *edits;
} Comparison;

static void
comparison_free (gpointer data)
{
  Comparison *self = data;

  g_ptr_array_unref (self->edits);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self);
}

static Comparison *
comparison_new (Run *self)
{
  Comparison             *comparison = g_new0 (Comparison, 1);
  const PlanciaWriteStep *step = step_of (self);

  comparison->map = self->map != NULL ? plancia_map_ref (self->map) : NULL;
  comparison->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  for (guint i = 0; i < step->edits->len; i++)
    g_ptr_array_add (comparison->edits, plancia_edit_copy (g_ptr_array_index (step->edits, i)));
  return comparison;
}

static gboolean
compare (PlanciaCloudWrite *write, const guint16 *words, gpointer data)
{
  const Comparison    *self = data;
  guint                count = plancia_cloud_write_get_count (write);
  g_autofree guint16  *sent = g_memdup2 (plancia_cloud_write_get_words (write),
                                        count * sizeof *sent);
  PlanciaWriteStep     step = {.address = plancia_cloud_write_get_address (write),
                               .count = (guint16) count,
                               .words = sent};
  PlanciaModbusAttempt attempt = {.step = &step};

  memcpy (attempt.after, words, count * sizeof *words);
  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (self->edits, i);

    if (!plancia_modbus_attempt_is_taken (&attempt, edit->field))
      return FALSE;
  }
  return TRUE;
}

static PlanciaCloudWrite *
make_write (Run *self)
{
  const PlanciaWriteStep *step = step_of (self);
  const PlanciaEdit      *first = g_ptr_array_index (step->edits, 0);
  g_autoptr (GString) title = g_string_new (NULL);
  PlanciaCloudWritePlace place = {self->account,
                                  self->thing,
                                  self->device,
                                  NULL,
                                  first->field->read_function,
                                  step->address,
                                  step->count,
                                  step->words};
  PlanciaCloudWrite     *write;

  for (guint i = 0; i < step->edits->len; i++)
    g_string_append_printf (title,
                            "%s%s",
                            i > 0 ? "\n" : "",
                            ((PlanciaEdit *) g_ptr_array_index (step->edits, i))->field->key);
  place.title = title->str;
  write = plancia_cloud_write_new (&place);
  plancia_cloud_write_set_compare (write, compare, comparison_new (self), comparison_free);
  return write;
}

/* Not to be cancelled any more: a request that has begun is finished. */
static void
send (Run *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, sent, g_object_ref (self->task));
  Sending *sending = g_new0 (Sending, 1);

  self->write = make_write (self);
  tell (self, "sending");
  plancia_cloud_writes_add (self->writes, self->write);
  sending->run = self;
  sending->body = make_body (self);
  g_task_set_task_data (task, sending, sending_free);
  plancia_worker_run_priority (self->worker, task, send_func, G_PRIORITY_HIGH);
}

static void
read_required (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run              *self = g_task_get_task_data (task);
  PlanciaWriteStep *step = step_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_cloud_writes_read_finish (PLANCIA_CLOUD_WRITES (source), result, &error);

  if (words == NULL)
    skip (self, error, NULL);
  else if (words->len == plancia_system_required_elsewhere (step)->count &&
           plancia_write_step_check_required (step,
                                              (const guint16 *) (gpointer) words->data,
                                              &error))
    send (self);
  else
    refuse_step (self, error);
}

static void
ask_required (Run *self)
{
  const PlanciaField          *field = plancia_system_required_elsewhere (step_of (self));
  g_autofree guint16          *words = g_new0 (guint16, field->count);
  const PlanciaCloudWritePlace place = {self->account,
                                        self->thing,
                                        self->device,
                                        field->key,
                                        field->read_function,
                                        field->address,
                                        field->count,
                                        words};
  g_autoptr (PlanciaCloudWrite) question = plancia_cloud_write_new (&place);

  plancia_cloud_writes_read_async (self->writes,
                                   question,
                                   NULL,
                                   read_required,
                                   g_object_ref (self->task));
}

static void
prepared (Run *self, const GError *unread)
{
  PlanciaWriteStep *step = step_of (self);
  const guint16    *before = self->before != NULL ? (const guint16 *) (gpointer) self->before->data
                                                  : NULL;
  g_autoptr (GError) error = NULL;

  if (before == NULL && plancia_system_needs_reading (step)) {
    g_set_error (&error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_SUPPORTED,
                 "this request needs the present values of its registers: %s",
                 unread != NULL ? unread->message : "they cannot be read");
    skip (self, error, NULL);
  } else if ((before != NULL && !plancia_write_step_fill (step, before, &error)) ||
             !plancia_write_step_check (step, &error)) {
    refuse_step (self, error);
  } else if (before != NULL && plancia_system_is_equal (step, before)) {
    skip (self, NULL, "it had the value already");
  } else if (plancia_system_required_elsewhere (step) != NULL) {
    ask_required (self);
  } else {
    send (self);
  }
}

static void
read_before (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->before = plancia_cloud_writes_read_finish (PLANCIA_CLOUD_WRITES (source), result, &error);
  if (self->before != NULL && self->before->len != step_of (self)->count)
    g_clear_pointer (&self->before, g_array_unref);
  prepared (self, error);
}

static void
ask_before (Run *self)
{
  g_autoptr (PlanciaCloudWrite) question = make_write (self);

  plancia_cloud_writes_read_async (self->writes,
                                   question,
                                   NULL,
                                   read_before,
                                   g_object_ref (self->task));
}

/* The list of writes may hold on to the run for long: not to what sent it. */
static void
end (Run *self)
{
  let_go (self);
  g_task_return_pointer (self->task,
                         g_steal_pointer (&self->outcomes),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (self->task);
}

/* One after the other. */
static void
next (Run *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  if (self->index == self->steps->len) {
    end (self);
    return;
  }
  if (self->stopped == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &self->stopped);
  if (self->stopped != NULL) {
    skip (self, self->stopped, NULL);
    return;
  }
  ask_before (self);
}

/* --- public ---------------------------------------------------------------------------------- */

static Run *
run_new (const PlanciaSystemWriterPlace *place, GPtrArray *edits)
{
  Run *self = g_new0 (Run, 1);

  self->worker = g_object_ref (place->worker);
  self->post = place->post;
  self->post_data = place->post_data;
  self->post_destroy = place->post_destroy;
  self->writes = g_object_ref (place->writes);
  self->account = g_strdup (place->account);
  self->command = g_strdup (place->command);
  self->thing = g_strdup (place->thing);
  self->device = g_strdup (place->device);
  self->map = place->map != NULL ? plancia_map_ref (place->map) : NULL;
  self->log = g_object_ref (place->log);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  self->outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_outcome_free);
  for (guint i = 0; i < edits->len; i++) {
    PlanciaEdit         *edit = plancia_edit_copy (g_ptr_array_index (edits, i));
    PlanciaWriteOutcome *outcome = g_new0 (PlanciaWriteOutcome, 1);

    outcome->key = g_strdup (edit->field->key);
    outcome->verdict = PLANCIA_VERDICT_SKIPPED;
    g_ptr_array_add (self->edits, edit);
    g_ptr_array_add (self->outcomes, outcome);
  }
  return self;
}

/**
 * plancia_system_writer_run_async:
 * @place: where to, and on what; copied
 * @source: (type GObject): of the result
 * @edits: (element-type PlanciaEdit): copied
 * @cancellable: (nullable): stops before the next request
 * @progress: (nullable): called as it goes on
 * @progress_data: for @progress
 * @callback: when all have ended
 * @user_data: for @callback
 */
void
plancia_system_writer_run_async (const PlanciaSystemWriterPlace *place,
                                 gpointer                        source,
                                 GPtrArray                      *edits,
                                 GCancellable                   *cancellable,
                                 PlanciaWriteProgress            progress,
                                 gpointer                        progress_data,
                                 GAsyncReadyCallback             callback,
                                 gpointer                        user_data)
{
  GTask  *task = g_task_new (source, cancellable, callback, user_data);
  Run    *self = run_new (place, edits);
  GError *error = NULL;

  self->task = task;
  self->progress = progress;
  self->progress_data = progress_data;
  g_task_set_task_data (task, self, run_free);
  /* What was sent has happened, even if nobody wants to hear of the rest. */
  g_task_set_check_cancellable (task, FALSE);
  if (plancia_cloud_writes_get_callback_url (self->writes) == NULL)
    g_set_error_literal (&error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_SUPPORTED,
                         "there is no address to which the cloud could send its answer");
  else
    self->steps = plancia_write_plan_new (self->map, self->edits, &error);
  if (self->steps == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  next (self);
}

GPtrArray *
plancia_system_writer_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
