/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-writer.h"

#include "base/clock.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include <stdlib.h>
#include <string.h>

/* A device needs a moment to take a value over: so often, and ms between, is read back before the
 * value counts as another one. */
#define READ_BACKS 4
#define SETTLE     400
/* ms for an apply register to leave 1. */
#define APPLY_LIMIT    15000
#define APPLY_INTERVAL 300
#define APPLY_BUSY     1
/* A clock goes on while it is read back, s. */
#define CLOCK_TOLERANCE 60

static const struct
{
  guint16     code;
  const char *words;
} apply_codes[] = {
  {0xfffb, "refused"         },
  {0xfffc, "no answer"       },
  {0xfffd, "disabled"        },
  {0xfffe, "not stored"      },
  {0xffff, "wrong parameters"},
};

/* One write. */
typedef struct
{
  PlanciaModbusPoller *poller;
  PlanciaModbusLine   *line;
  PlanciaModbusUnit   *unit;
  GCancellable        *stop;
  PlanciaProgress     *progress;
  GPtrArray           *edits;    /* PlanciaEdit, in the caller's order */
  GPtrArray           *outcomes; /* in the same order */
  guint                step;
  guint                n_steps;
} Writer;

/* One step under way. */
typedef struct
{
  PlanciaWriteStep *step;
  guint16           before[PLANCIA_MODBUS_MAX_READ];
  guint16           after[PLANCIA_MODBUS_MAX_READ];
  gboolean          has_before;
  gboolean          has_after;
  gboolean          sent;
  GError           *send_error; /* no answer came: only reading back can tell */
} Attempt;

static void
attempt_clear (Attempt *self)
{
  g_clear_error (&self->send_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static void
edit_free (gpointer data)
{
  PlanciaModbusEdit *self = data;

  plancia_value_clear (&self->value);
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
copy_words (const Attempt *attempt, const guint16 *words, const PlanciaField *field)
{
  return g_memdup2 (words + (field->address - attempt->step->address),
                    field->count * sizeof (guint16));
}

static void
end_edit (Writer            *self,
          const Attempt     *attempt,
          const PlanciaEdit *edit,
          PlanciaVerdict     verdict,
          const GError      *error,
          const char        *message)
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
end_step (Writer        *self,
          const Attempt *attempt,
          PlanciaVerdict verdict,
          const GError  *error,
          const char    *message)
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

/* --- reading before -------------------------------------------------------------------------- */

static guint8
read_function (const PlanciaWriteStep *step)
{
  const PlanciaEdit *edit = g_ptr_array_index (step->edits, 0);

  return edit->field->read_function;
}

static gboolean
read_words (Writer  *self,
            guint8   function,
            guint16  address,
            guint    count,
            guint16 *words,
            GError **error)
{
  return plancia_modbus_line_read (self->line,
                                   self->unit->unit,
                                   function,
                                   address,
                                   (guint16) count,
                                   words,
                                   plancia_modbus_unit_get_interval (self->unit),
                                   self->stop,
                                   error);
}

static gboolean
read_step (Writer *self, const PlanciaWriteStep *step, guint16 *words, GError **error)
{
  return read_words (self, read_function (step), step->address, step->count, words, error);
}

static gboolean
is_exception (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR;
}

/* A block with a word that cannot be read is read in its parts: reserved words that cannot be read are
 * written as 0, constants are not needed. */
static gboolean
read_parts (Writer *self, const PlanciaWriteStep *step, guint16 *words, GError **error)
{
  GArray *layout = step->block->layout;

  memset (words, 0, step->count * sizeof (guint16));
  for (guint i = 0; i < layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (layout, PlanciaLayoutItem, i);
    guint                    offset = item->address - step->address;
    g_autoptr (GError) local = NULL;

    if (item->kind == PLANCIA_LAYOUT_CONSTANT || !step->fill[offset])
      continue;
    if (read_words (self, read_function (step), item->address, item->count, words + offset, &local))
      continue;
    if (item->kind == PLANCIA_LAYOUT_RESERVED && is_exception (local))
      continue;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return TRUE;
}

static gboolean
needs_fill (const PlanciaWriteStep *step)
{
  for (guint i = 0; i < step->count; i++)
    if (step->fill[i])
      return TRUE;
  return FALSE;
}

static gboolean
same_fill (const PlanciaWriteStep *step, const guint16 *a, const guint16 *b)
{
  for (guint i = 0; i < step->count; i++)
    if (step->fill[i] && a[i] != b[i])
      return FALSE;
  return TRUE;
}

/* What is written along comes from a reading, and a reading that went wrong would become a setting: so
 * it has to be the same twice. */
static gboolean
read_for_fill (Writer *self, Attempt *attempt, GError **error)
{
  PlanciaWriteStep *step = attempt->step;
  g_autoptr (GError) local = NULL;
  guint16  second[PLANCIA_MODBUS_MAX_READ] = {0};
  gboolean in_parts = FALSE;

  attempt->has_before = read_step (self, step, attempt->before, &local);
  if (!attempt->has_before && is_exception (local) && step->block != NULL) {
    in_parts = TRUE;
    if (!read_parts (self, step, attempt->before, error))
      return FALSE;
  } else if (!attempt->has_before) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (in_parts ? !read_parts (self, step, second, error) : !read_step (self, step, second, error))
    return FALSE;
  if (same_fill (step, attempt->before, second))
    return TRUE;
  g_set_error_literal (error,
                       PLANCIA_DEVICE_ERROR,
                       PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                       "the registers that are written along were not the same when read twice");
  return FALSE;
}

static gboolean
read_before (Writer *self, Attempt *attempt, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (needs_fill (attempt->step))
    return read_for_fill (self, attempt, error);
  attempt->has_before = read_step (self, attempt->step, attempt->before, &local);
  if (attempt->has_before || is_exception (local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- checking -------------------------------------------------------------------------------- */

static gboolean
lies_inside (const PlanciaWriteStep *step, const PlanciaField *field)
{
  return field->address >= step->address &&
         field->address + field->count <= step->address + step->count;
}

static gboolean
check_required (Writer *self, const PlanciaWriteStep *step, GError **error)
{
  const PlanciaField *required = step->block != NULL ? step->block->requires_field : NULL;
  guint16             words[PLANCIA_MODBUS_MAX_READ];

  if (required == NULL || lies_inside (step, required))
    return TRUE;
  return read_words (self,
                     required->read_function,
                     required->address,
                     required->count,
                     words,
                     error) &&
         plancia_write_step_check_required (step, words, error);
}

static gboolean
is_constant (const PlanciaWriteStep *step, guint offset)
{
  for (guint i = 0; step->block != NULL && i < step->block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (step->block->layout, PlanciaLayoutItem, i);

    if (offset >= (guint) (item->address - step->address) &&
        offset < (guint) (item->address - step->address) + item->count)
      return item->kind == PLANCIA_LAYOUT_CONSTANT;
  }
  return FALSE;
}

static gboolean
is_equal_already (const Attempt *attempt)
{
  const PlanciaWriteStep *step = attempt->step;

  if (!attempt->has_before)
    return FALSE;
  for (guint i = 0; i < step->count; i++)
    if (attempt->before[i] != step->words[i] && !is_constant (step, i))
      return FALSE;
  return TRUE;
}

/* --- sending --------------------------------------------------------------------------------- */

/* An exception that says no before anything was done; with the others the device, or what is between,
 * lost track. */
static gboolean
is_clear_refusal (const GError *error)
{
  static const int codes[] = {
    PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION,
    PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS,
    PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE,
    PLANCIA_MODBUS_ERROR_DEVICE_FAILURE,
    PLANCIA_MODBUS_ERROR_BUSY,
    PLANCIA_MODBUS_ERROR_GATEWAY_PATH,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_MODBUS_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* The request did not leave: nobody was there to connect to. */
static gboolean
is_unsent (const GError *error)
{
  static const int codes[] = {
    G_IO_ERROR_NOT_CONNECTED,
    G_IO_ERROR_CONNECTION_REFUSED,
    G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,
    G_IO_ERROR_NOT_SUPPORTED,
    G_IO_ERROR_INVALID_ARGUMENT,
    G_IO_ERROR_NETWORK_UNREACHABLE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* TRUE: it was sent, and reading back decides. FALSE: the step has its outcome. */
static gboolean
send_once (Writer *self, Attempt *attempt)
{
  PlanciaWriteStep *step = attempt->step;
  g_autoptr (GError) local = NULL;

  tell_progress (self, "sending");
  attempt->sent = TRUE;
  if (plancia_modbus_line_write (self->line,
                                 self->unit->unit,
                                 step->function,
                                 step->address,
                                 step->words,
                                 step->count,
                                 plancia_modbus_unit_get_interval (self->unit),
                                 self->stop,
                                 &local))
    return TRUE;
  if (is_unsent (local)) {
    attempt->sent = FALSE;
    end_step (self, attempt, PLANCIA_VERDICT_SKIPPED, local, NULL);
    return FALSE;
  }
  if (is_clear_refusal (local)) {
    end_step (self, attempt, PLANCIA_VERDICT_REFUSED, local, NULL);
    return FALSE;
  }
  attempt->send_error = g_steal_pointer (&local);
  return TRUE;
}

/* --- reading back ---------------------------------------------------------------------------- */

static gboolean
pause_for (Writer *self, guint milliseconds)
{
  return plancia_modbus_line_wait (self->line,
                                   plancia_clock_monotonic () + milliseconds,
                                   self->stop,
                                   NULL);
}

/* Waits for the apply register. 0: done, or there is none; else its last value. */
static guint16
wait_for_apply (Writer *self, const PlanciaWriteStep *step, GError **error)
{
  const PlanciaField *result = step->block != NULL ? step->block->result : NULL;
  gint64              deadline = plancia_clock_monotonic () + APPLY_LIMIT;
  guint16             word = APPLY_BUSY;

  if (result == NULL)
    return 0;
  while (word == APPLY_BUSY && plancia_clock_monotonic () < deadline) {
    if (!read_words (self, result->read_function, result->address, 1, &word, error))
      return APPLY_BUSY;
    if (word == APPLY_BUSY && !pause_for (self, APPLY_INTERVAL))
      break;
  }
  return word;
}

static guint
seconds_of_day (const guint16 *words)
{
  return words[3] * 3600u + words[4] * 60u + words[5];
}

/* A clock that was set is a little later when it is read back. */
static gboolean
is_later_clock (const guint16 *sent, const guint16 *after)
{
  guint earlier = seconds_of_day (sent), later = seconds_of_day (after);

  return sent[0] == after[0] && sent[1] == after[1] && sent[2] == after[2] && later >= earlier &&
         later <= earlier + CLOCK_TOLERANCE;
}

static gboolean
is_taken (const Attempt *attempt, const PlanciaField *field)
{
  guint          offset = field->address - attempt->step->address;
  const guint16 *sent = attempt->step->words + offset;
  const guint16 *after = attempt->after + offset;
  guint16        mask = field->mask != 0 ? field->mask : G_MAXUINT16;

  if (field->type == PLANCIA_FIELD_CLOCK6 && field->count == 6)
    return is_later_clock (sent, after);
  for (guint i = 0; i < field->count; i++)
    if (((sent[i] ^ after[i]) & mask) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
all_taken (const Attempt *attempt)
{
  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (attempt->step->edits, i);

    if (!is_taken (attempt, edit->field))
      return FALSE;
  }
  return TRUE;
}

/* Each edit for itself: what its neighbours in a block cannot be read is not its trouble. */
static gboolean
read_edits (Writer *self, Attempt *attempt, GError **error)
{
  const PlanciaWriteStep *step = attempt->step;

  for (guint i = 0; i < step->edits->len; i++) {
    const PlanciaField *field = ((PlanciaEdit *) g_ptr_array_index (step->edits, i))->field;

    if (!read_words (self,
                     field->read_function,
                     field->address,
                     field->count,
                     attempt->after + (field->address - step->address),
                     error))
      return FALSE;
  }
  return TRUE;
}

/* Reads until the values are there, or patience ends. FALSE and an error: nothing could be read. */
static gboolean
read_back (Writer *self, Attempt *attempt, GError **error)
{
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < READ_BACKS; i++) {
    g_clear_error (&last);
    if ((i > 0 || attempt->send_error != NULL) && !pause_for (self, SETTLE))
      break;
    if (!read_edits (self, attempt, &last)) {
      if (last->domain == PLANCIA_DEVICE_ERROR)
        break;
      continue;
    }
    attempt->has_after = TRUE;
    if (all_taken (attempt))
      return TRUE;
  }
  if (attempt->has_after)
    return TRUE;
  if (last == NULL)
    last = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed before it was read back");
  g_propagate_error (error, g_steal_pointer (&last));
  return FALSE;
}

static void
tell_values (Writer *self, const Attempt *attempt)
{
  PlanciaReadings *readings = plancia_readings_new (self->unit->id, plancia_clock_now ());

  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaField *field =
      ((PlanciaEdit *) g_ptr_array_index (attempt->step->edits, i))->field;
    PlanciaReading *reading = plancia_readings_add (readings, field->key, PLANCIA_QUALITY_GOOD);

    plancia_reading_set_words (reading,
                               field,
                               attempt->after + (field->address - attempt->step->address));
  }
  plancia_modbus_poller_tell (self->poller, plancia_news_new_readings (readings));
}

static void
end_unknown (Writer *self, const Attempt *attempt, const GError *reason)
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

static void
end_compared (Writer *self, const Attempt *attempt)
{
  for (guint i = 0; i < attempt->step->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (attempt->step->edits, i);
    g_autoptr (GError) differs = NULL;

    if (is_taken (attempt, edit->field)) {
      end_edit (self,
                attempt,
                edit,
                PLANCIA_VERDICT_VERIFIED,
                NULL,
                attempt->send_error != NULL ? "no answer came, but the value was read back" : NULL);
      continue;
    }
    differs = g_error_new (PLANCIA_DEVICE_ERROR,
                           PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                           "%s: another value was read back than was sent",
                           edit->field->key);
    end_edit (self, attempt, edit, PLANCIA_VERDICT_DIFFERS, differs, NULL);
  }
}

static const char *
apply_words (guint16 code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (apply_codes); i++)
    if (apply_codes[i].code == code)
      return apply_codes[i].words;
  return "unknown code";
}

static void
end_not_applied (Writer *self, Attempt *attempt, guint16 code)
{
  g_autoptr (GError)
    refused = g_error_new (PLANCIA_DEVICE_ERROR,
                           PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                           "%s: the device did not take the block over, 0x%04X: %s",
                           attempt->step->block->key,
                           code,
                           apply_words (code));

  if (read_edits (self, attempt, NULL))
    attempt->has_after = TRUE;
  end_step (self, attempt, PLANCIA_VERDICT_REFUSED, refused, NULL);
}

/* FALSE: the way to the device is gone, and with it the sense of going on. */
static gboolean
verify (Writer *self, Attempt *attempt)
{
  g_autoptr (GError) local = NULL;
  guint16 code;

  tell_progress (self, "reading back");
  code = wait_for_apply (self, attempt->step, &local);
  if (code != 0 && code != APPLY_BUSY) {
    end_not_applied (self, attempt, code);
    return TRUE;
  }
  g_clear_error (&local);
  if (!read_back (self, attempt, &local)) {
    end_unknown (self, attempt, local);
    return FALSE;
  }
  tell_values (self, attempt);
  if (code == APPLY_BUSY) {
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

/* --- steps ----------------------------------------------------------------------------------- */

/* The device, or a rule of its map, says no. */
static gboolean
is_no (const GError *error)
{
  return is_exception (error) ||
         g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
}

static gboolean
prepare (Writer *self, Attempt *attempt, GError **error)
{
  if (!read_before (self, attempt, error))
    return FALSE;
  if (attempt->has_before || needs_fill (attempt->step)) {
    if (!plancia_write_step_fill (attempt->step, attempt->before, error))
      return FALSE;
  }
  return plancia_write_step_check (attempt->step, error) &&
         check_required (self, attempt->step, error);
}

/* FALSE: nothing more is to be sent. */
static gboolean
do_step (Writer *self, PlanciaWriteStep *step)
{
  g_auto (Attempt) attempt = {.step = step};
  g_autoptr (GError) local = NULL;

  if (!prepare (self, &attempt, &local)) {
    end_step (self,
              &attempt,
              is_no (local) ? PLANCIA_VERDICT_REFUSED : PLANCIA_VERDICT_SKIPPED,
              local,
              NULL);
    return is_no (local);
  }
  if (is_equal_already (&attempt)) {
    memcpy (attempt.after, attempt.before, sizeof attempt.after);
    attempt.has_after = TRUE;
    end_step (self, &attempt, PLANCIA_VERDICT_SKIPPED, NULL, "it had the value already");
    return TRUE;
  }
  if (!send_once (self, &attempt))
    return attempt.sent;
  return verify (self, &attempt);
}

static void
skip_step (Writer *self, PlanciaWriteStep *step, const GError *reason)
{
  const Attempt attempt = {.step = step};

  end_step (self, &attempt, PLANCIA_VERDICT_SKIPPED, reason, NULL);
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
      stopped = g_error_new_literal (G_IO_ERROR,
                                     G_IO_ERROR_NOT_CONNECTED,
                                     "not sent, since the device stopped to answer");
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
    const PlanciaField      *field = plancia_map_find_field (map, edit->key);

    if (field == NULL) {
      g_set_error (error,
                   PLANCIA_DEVICE_ERROR,
                   PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
                   "map %s has no register %s",
                   plancia_map_get_id (map),
                   edit->key);
      return NULL;
    }
    g_ptr_array_add (edits, plancia_edit_new (field, &edit->value));
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

/**
 * plancia_modbus_write:
 * @edits: (element-type PlanciaModbusEdit)
 * @cancellable: stops before the next step; a step begun is finished
 *
 * See plancia_backend_write_async.
 */
GPtrArray *
plancia_modbus_write (PlanciaModbusPoller *poller,
                      const char          *device,
                      GPtrArray           *edits,
                      PlanciaProgress     *progress,
                      GCancellable        *cancellable,
                      GError             **error)
{
  Writer self = {.poller = poller, .progress = progress};
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  self.line = plancia_modbus_poller_get_line (poller);
  self.stop = plancia_modbus_poller_get_stop (poller);
  self.unit = plancia_modbus_poller_find (poller, device, error);
  if (self.unit == NULL)
    return NULL;
  self.edits = own = make_edits (self.unit->map, edits, error);
  if (own == NULL)
    return NULL;
  steps = plancia_write_plan_new (self.unit->map, own, error);
  if (steps == NULL || !check_route (&self, steps, error))
    return NULL;
  self.outcomes = outcomes_new (own);
  do_steps (&self, steps, cancellable);
  plancia_modbus_poller_update (poller);
  return self.outcomes;
}
