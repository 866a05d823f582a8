/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-writer.h"

#include "backend/modbus-attempt.h"
#include "backend/modbus-panel.h"
#include "base/clock.h"
#include "base/error.h"
#include <string.h>

/* What an apply register says. */
static const struct
{
  guint16     code;
  int         error;
  const char *words;
} apply_codes[] = {
  {0xfffb, PLANCIA_DEVICE_ERROR_APPLY_REFUSED,    "refused"         },
  {0xfffc, PLANCIA_DEVICE_ERROR_APPLY_NO_ANSWER,  "no answer"       },
  {0xfffd, PLANCIA_DEVICE_ERROR_APPLY_DISABLED,   "disabled"        },
  {0xfffe, PLANCIA_DEVICE_ERROR_APPLY_NOT_STORED, "not stored"      },
  {0xffff, PLANCIA_DEVICE_ERROR_APPLY_WRONG,      "wrong parameters"},
};

/* One write. */
typedef struct
{
  PlanciaModbusPoller *poller;
  PlanciaModbusLine   *line;
  PlanciaModbusUnit   *unit;
  GCancellable        *stop;
  PlanciaProgress     *progress;
  PlanciaWriteLog     *log;
  GPtrArray           *edits;    /* PlanciaEdit, in the caller's order */
  GPtrArray           *outcomes; /* in the same order */
  guint                step;
  guint                n_steps;
} Writer;

static void
edit_free (gpointer data)
{
  PlanciaModbusEdit *self = data;

  plancia_value_clear (&self->value);
  g_clear_pointer (&self->raw, plancia_edit_free);
  g_free (self->key);
  g_free (self);
}

/**
 * plancia_modbus_edits_copy:
 * @edits: (element-type PlanciaEdit)
 *
 * Main thread. (transfer full) (element-type PlanciaModbusEdit)
 */
GPtrArray *
plancia_modbus_edits_copy (GPtrArray *edits)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (edit_free);

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (edits, i);
    PlanciaModbusEdit *copy = g_new0 (PlanciaModbusEdit, 1);

    copy->key = g_strdup (edit->field->key);
    plancia_value_copy (&edit->value, &copy->value);
    if (plancia_edit_is_raw (edit))
      copy->raw = plancia_edit_copy (edit);
    g_ptr_array_add (copies, copy);
  }
  return copies;
}

/* --- outcomes -------------------------------------------------------------------------------- */

static PlanciaWriteOutcome *
find_outcome (Writer *self, const PlanciaEdit *edit)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (g_ptr_array_index (self->edits, i) == edit)
      return g_ptr_array_index (self->outcomes, i);
  g_return_val_if_reached (NULL);
}

static guint16 *
copy_words (const PlanciaModbusAttempt *attempt, const guint16 *words, const PlanciaField *field)
{
  return g_memdup2 (words + (field->address - attempt->step->address),
                    field->count * sizeof (guint16));
}

static void
end_edit (Writer                     *self,
          const PlanciaModbusAttempt *attempt,
          const PlanciaEdit          *edit,
          PlanciaVerdict              verdict,
          const GError               *error,
          const char                 *message)
{
  PlanciaWriteOutcome *outcome = find_outcome (self, edit);

  outcome->verdict = verdict;
  outcome->n_words = edit->field->count;
  if (attempt->has_before)
    outcome->before = copy_words (attempt, attempt->before, edit->field);
  if (attempt->sent)
    outcome->sent = copy_words (attempt, attempt->step->words, edit->field);
  if (attempt->has_after)
    outcome->after = copy_words (attempt, attempt->after, edit->field);
  outcome->error = error != NULL ? g_error_copy (error) : NULL;
  if (message != NULL || error != NULL)
    outcome->message = g_strdup (message != NULL ? message : error->message);
}

static void
end_step (Writer                     *self,
          const PlanciaModbusAttempt *attempt,
          PlanciaVerdict              verdict,
          const GError               *error,
          const char                 *message)
{
  for (guint i = 0; i < attempt->step->edits->len; i++)
    end_edit (self, attempt, g_ptr_array_index (attempt->step->edits, i), verdict, error, message);
}

static void
tell_progress (Writer *self, const char *phase)
{
  PlanciaNews *news = plancia_news_new (PLANCIA_NEWS_PROGRESS);

  news->progress = plancia_progress_ref (self->progress);
  news->step = self->step;
  news->n_steps = self->n_steps;
  news->phase = phase;
  plancia_modbus_poller_tell (self->poller, news);
}

/* --- one step --------------------------------------------------------------------------------- */

static void
tell_values (Writer *self, const PlanciaModbusAttempt *attempt)
{
  PlanciaReadings *readings = plancia_readings_new (self->unit->id, plancia_clock_now ());

  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaEdit  *edit = g_ptr_array_index (attempt->step->edits, i);
    const PlanciaField *field = edit->field;
    PlanciaReading     *reading;

    if (plancia_edit_is_raw (edit))
      continue;
    reading = plancia_readings_add (readings, field->key, PLANCIA_QUALITY_GOOD);

    plancia_reading_set_words (reading,
                               field,
                               attempt->after + (field->address - attempt->step->address));
  }
  plancia_modbus_poller_tell (self->poller, plancia_news_new_readings (readings));
}

static void
end_unknown (Writer *self, const PlanciaModbusAttempt *attempt, const GError *reason)
{
  g_autoptr (GError)
    unknown = g_error_new (PLANCIA_DEVICE_ERROR,
                           PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN,
                           "%s%swas sent but could not be read back: %s",
                           attempt->send_error != NULL ? attempt->send_error->message : "",
                           attempt->send_error != NULL ? "; it " : "it ",
                           reason->message);

  end_step (self, attempt, PLANCIA_VERDICT_UNKNOWN, unknown, NULL);
}

/* What was said when it was sent, if that was not yes. */
static char *
dup_answer_words (const PlanciaModbusAttempt *attempt)
{
  if (attempt->send_error == NULL)
    return NULL;
  if (attempt->send_error->domain == PLANCIA_MODBUS_ERROR)
    return g_strdup_printf ("the device answered with %s", attempt->send_error->message);
  return g_strdup ("no answer came");
}

static void
end_compared (Writer *self, const PlanciaModbusAttempt *attempt)
{
  g_autofree char *answer = dup_answer_words (attempt);
  g_autofree char *taken = answer != NULL
                             ? g_strdup_printf ("%s, but the value was read back", answer)
                             : NULL;

  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (attempt->step->edits, i);
    g_autoptr (GError) differs = NULL;

    if (plancia_modbus_attempt_is_taken (attempt, edit->field)) {
      end_edit (self, attempt, edit, PLANCIA_VERDICT_VERIFIED, NULL, taken);
      continue;
    }
    if (edit->field->unprovable && attempt->send_error == NULL) {
      end_edit (self, attempt, edit, PLANCIA_VERDICT_SENT, NULL, "reading it back proves nothing");
      continue;
    }
    differs = g_error_new (PLANCIA_DEVICE_ERROR,
                           PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                           "%s: another value was read back than was sent%s%s",
                           edit->field->key,
                           answer != NULL ? "; " : "",
                           answer != NULL ? answer : "");
    end_edit (self, attempt, edit, PLANCIA_VERDICT_DIFFERS, differs, NULL);
  }
}

static GError *
apply_error (const PlanciaWriteBlock *block, guint16 code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (apply_codes); i++)
    if (apply_codes[i].code == code)
      return g_error_new (PLANCIA_DEVICE_ERROR,
                          apply_codes[i].error,
                          "%s: the device did not take the block over, 0x%04X: %s",
                          block->key,
                          code,
                          apply_codes[i].words);
  return g_error_new (PLANCIA_DEVICE_ERROR,
                      PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                      "%s: the device did not take the block over, 0x%04X: unknown code",
                      block->key,
                      code);
}

static void
end_not_applied (Writer *self, PlanciaModbusAttempt *attempt, guint16 code)
{
  g_autoptr (GError) refused = apply_error (attempt->step->block, code);

  plancia_modbus_attempt_read_back (attempt, NULL);
  end_step (self, attempt, PLANCIA_VERDICT_REFUSED, refused, NULL);
}

/* The device took it, and says that it cannot be read. */
static gboolean
is_unreadable (const PlanciaModbusAttempt *attempt, const GError *error)
{
  return attempt->send_error == NULL &&
         (g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION) ||
          g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS));
}

/* FALSE: the way to the device is gone, and with it the sense of going on. */
static gboolean
verify (Writer *self, PlanciaModbusAttempt *attempt)
{
  g_autoptr (GError) local = NULL;
  guint16 code;

  tell_progress (self, "reading back");
  code = plancia_modbus_attempt_apply (attempt);
  if (code != 0 && code != PLANCIA_MODBUS_APPLY_BUSY) {
    end_not_applied (self, attempt, code);
    return TRUE;
  }
  if (!plancia_modbus_attempt_read_back (attempt, &local)) {
    if (is_unreadable (attempt, local)) {
      end_step (self,
                attempt,
                PLANCIA_VERDICT_SENT,
                NULL,
                "the device does not let it be read back");
      return TRUE;
    }
    end_unknown (self, attempt, local);
    return FALSE;
  }
  tell_values (self, attempt);
  if (code == PLANCIA_MODBUS_APPLY_BUSY) {
    g_set_error_literal (&local,
                         G_IO_ERROR,
                         G_IO_ERROR_TIMED_OUT,
                         "the device has not said that it took the block over");
    end_unknown (self, attempt, local);
    return TRUE;
  }
  end_compared (self, attempt);
  return TRUE;
}

/* The device, or a rule of its map, says no. */
static gboolean
is_no (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR ||
         g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
}

/* The way to the device is gone: what comes next would not arrive either. */
static gboolean
is_gone (const GError *error)
{
  return error->domain == G_IO_ERROR || error->domain == PLANCIA_PROTOCOL_ERROR ||
         g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER) ||
         g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_PORT_CLOSED);
}

static gboolean
end_unsent (Writer *self, const PlanciaModbusAttempt *attempt, const GError *error)
{
  end_step (self,
            attempt,
            is_no (error) ? PLANCIA_VERDICT_REFUSED : PLANCIA_VERDICT_SKIPPED,
            error,
            NULL);
  return !is_gone (error);
}

/* A register that may read as anything is sent though it seems to have its value. */
static gboolean
is_equal (const PlanciaModbusAttempt *attempt)
{
  for (guint i = 0; i < attempt->step->edits->len; i++)
    if (((PlanciaEdit *) g_ptr_array_index (attempt->step->edits, i))->field->unprovable)
      return FALSE;
  return plancia_modbus_attempt_is_equal (attempt);
}

/* Of several registers the one that a person should look at first. */
static int
badness (PlanciaVerdict verdict)
{
  static const int order[] = {[PLANCIA_VERDICT_VERIFIED] = 0,
                              [PLANCIA_VERDICT_SKIPPED] = 1,
                              [PLANCIA_VERDICT_SENT] = 2,
                              [PLANCIA_VERDICT_DIFFERS] = 3,
                              [PLANCIA_VERDICT_REFUSED] = 4,
                              [PLANCIA_VERDICT_UNKNOWN] = 5};

  return order[verdict];
}

static void
record_end (Writer *self, const PlanciaModbusAttempt *attempt, gint64 id)
{
  const PlanciaWriteOutcome *worst = NULL;

  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaWriteOutcome *outcome = find_outcome (self,
                                                       g_ptr_array_index (attempt->step->edits, i));

    if (worst == NULL || badness (outcome->verdict) > badness (worst->verdict))
      worst = outcome;
  }
  plancia_write_log_end (self->log,
                         id,
                         worst->verdict,
                         attempt->has_after ? attempt->after : NULL,
                         attempt->step->count,
                         worst->message);
}

static gint64
record_begin (Writer *self, const PlanciaModbusAttempt *attempt, GError **error)
{
  const PlanciaWriteRequest request = {
    .unit = self->unit->unit,
    .function = attempt->step->function,
    .address = attempt->step->address,
    .count = attempt->step->count,
    .before = attempt->has_before ? attempt->before : NULL,
    .words = attempt->step->words,
    .edits = attempt->step->edits,
  };

  return plancia_write_log_begin (self->log, &request, error);
}

static gboolean
send_recorded (Writer *self, PlanciaModbusAttempt *attempt, gint64 id)
{
  g_autoptr (GError) local = NULL;
  gboolean left = plancia_modbus_attempt_send (attempt, &local);

  if (attempt->sent)
    plancia_write_log_sent (self->log, id);
  return left ? verify (self, attempt) : end_unsent (self, attempt, local);
}

/* FALSE: nothing more is to be sent. */
static gboolean
do_step (Writer *self, PlanciaWriteStep *step)
{
  g_auto (PlanciaModbusAttempt) attempt = {self->line, self->unit, self->stop, step};
  g_autoptr (GError) local = NULL;
  gboolean going;
  gint64   id;

  if (!plancia_modbus_attempt_prepare (&attempt, &local))
    return end_unsent (self, &attempt, local);
  if (is_equal (&attempt)) {
    memcpy (attempt.after, attempt.before, sizeof attempt.after);
    attempt.has_after = TRUE;
    end_step (self, &attempt, PLANCIA_VERDICT_SKIPPED, NULL, "it had the value already");
    return TRUE;
  }
  id = record_begin (self, &attempt, &local);
  if (id == 0) {
    end_step (self, &attempt, PLANCIA_VERDICT_SKIPPED, local, NULL);
    return FALSE;
  }
  tell_progress (self, "sending");
  going = send_recorded (self, &attempt, id);
  record_end (self, &attempt, id);
  return going;
}

static void
skip_step (Writer *self, PlanciaWriteStep *step, const GError *reason)
{
  const PlanciaModbusAttempt attempt = {.step = step};

  end_step (self, &attempt, PLANCIA_VERDICT_SKIPPED, reason, NULL);
}

/* What could not be recorded stops the rest for its own reason. */
static GError *
why_stopped (Writer *self, const PlanciaWriteStep *step)
{
  const PlanciaWriteOutcome *outcome = find_outcome (self, g_ptr_array_index (step->edits, 0));

  if (g_error_matches (outcome->error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_RECORDED))
    return g_error_copy (outcome->error);
  return g_error_new_literal (G_IO_ERROR,
                              G_IO_ERROR_NOT_CONNECTED,
                              "not sent, since the device stopped to answer");
}

static void
do_steps (Writer *self, GPtrArray *steps, GCancellable *cancellable)
{
  g_autoptr (GError) stopped = NULL;

  self->n_steps = steps->len;
  for (guint i = 0; i < steps->len; i++) {
    PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    self->step = i + 1;
    if (stopped == NULL)
      g_cancellable_set_error_if_cancelled (cancellable, &stopped);
    if (stopped != NULL)
      skip_step (self, step, stopped);
    else if (!do_step (self, step))
      stopped = why_stopped (self, step);
  }
  tell_progress (self, "done");
}

/* --- the plan -------------------------------------------------------------------------------- */

static GPtrArray *
make_edits (PlanciaMap *map, GPtrArray *given, GError **error)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  for (guint i = 0; i < given->len; i++) {
    const PlanciaModbusEdit *edit = g_ptr_array_index (given, i);
    const PlanciaField      *field = edit->raw == NULL && map != NULL
                                       ? plancia_map_find_field (map, edit->key)
                                       : NULL;

    if (field == NULL && edit->raw == NULL) {
      g_set_error (error,
                   PLANCIA_DEVICE_ERROR,
                   PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
                   "map %s has no register %s",
                   map != NULL ? plancia_map_get_id (map) : "(none)",
                   edit->key);
      return NULL;
    }
    g_ptr_array_add (edits,
                     edit->raw != NULL ? plancia_edit_copy (edit->raw)
                                       : plancia_edit_new (field, &edit->value));
  }
  return g_steal_pointer (&edits);
}

/* A route that does not pass a step refuses the whole, before anything was sent. */
static gboolean
check_route (Writer *self, GPtrArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    if (!plancia_modbus_line_check (self->line, self->unit->unit, step->function, error))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
outcomes_new (GPtrArray *edits)
{
  GPtrArray *outcomes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_outcome_free);

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit   *edit = g_ptr_array_index (edits, i);
    PlanciaWriteOutcome *outcome = g_new0 (PlanciaWriteOutcome, 1);

    outcome->key = g_strdup (edit->field->key);
    outcome->verdict = PLANCIA_VERDICT_SKIPPED;
    g_ptr_array_add (outcomes, outcome);
  }
  return outcomes;
}

/* They need no map. */
static gboolean
all_raw (GPtrArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    if (((const PlanciaModbusEdit *) g_ptr_array_index (edits, i))->raw == NULL)
      return FALSE;
  return TRUE;
}

/**
 * plancia_modbus_write:
 * @edits: (element-type PlanciaModbusEdit)
 * @log: what it cannot record is not sent
 * @cancellable: stops before the next step; a step begun is finished
 *
 * See plancia_backend_write_async.
 */
GPtrArray *
plancia_modbus_write (PlanciaModbusPoller *poller,
                      const char          *device,
                      GPtrArray           *edits,
                      PlanciaWriteLog     *log,
                      PlanciaProgress     *progress,
                      GCancellable        *cancellable,
                      GError             **error)
{
  Writer self = {.poller = poller, .progress = progress, .log = log};
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  self.line = plancia_modbus_poller_get_line (poller);
  self.stop = plancia_modbus_poller_get_stop (poller);
  self.unit = all_raw (edits) ? plancia_modbus_poller_get_unit (poller, device) : NULL;
  if (self.unit == NULL)
    self.unit = plancia_modbus_poller_find (poller, device, error);
  if (self.unit == NULL)
    return NULL;
  self.edits = own = make_edits (self.unit->map, edits, error);
  if (own == NULL)
    return NULL;
  steps = plancia_write_plan_new (self.unit->map, own, error);
  if (steps == NULL || !check_route (&self, steps, error) ||
      !plancia_modbus_panel_check (poller, self.unit, self.stop, error))
    return NULL;
  self.outcomes = outcomes_new (own);
  do_steps (&self, steps, cancellable);
  plancia_modbus_poller_update (poller);
  return self.outcomes;
}
