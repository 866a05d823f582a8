/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-attempt.h"

#include "base/clock.h"
#include "base/error.h"
#include <string.h>

/* A device needs a moment to take a value over: so often, and ms between, is read back before the
 * value counts as another one. */
#define READ_BACKS 4
#define SETTLE     400
/* ms for an apply register to leave 1. */
#define APPLY_LIMIT    15000
#define APPLY_INTERVAL 300
/* Readings of it that may fail. */
#define APPLY_FAILURES 2
/* A clock goes on while it is read back, s. */
#define CLOCK_TOLERANCE 60

/**
 * plancia_modbus_attempt_clear:
 */
void
plancia_modbus_attempt_clear (PlanciaModbusAttempt *self)
{
  g_clear_error (&self->send_error);
}

/* --- reading before -------------------------------------------------------------------------- */

static guint8
read_function (const PlanciaWriteStep *step)
{
  const PlanciaEdit *edit = g_ptr_array_index (step->edits, 0);

  return edit->field->read_function;
}

static gboolean
read_words (PlanciaModbusAttempt *self,
            guint8                function,
            guint16               address,
            guint                 count,
            guint16              *words,
            GError              **error)
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
read_step (PlanciaModbusAttempt *self, const PlanciaWriteStep *step, guint16 *words, GError **error)
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
read_parts (PlanciaModbusAttempt   *self,
            const PlanciaWriteStep *step,
            guint16                *words,
            GError                **error)
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
read_for_fill (PlanciaModbusAttempt *self, GError **error)
{
  PlanciaWriteStep *step = self->step;
  g_autoptr (GError) local = NULL;
  guint16  second[PLANCIA_MODBUS_MAX_READ] = {0};
  gboolean in_parts = FALSE;

  self->has_before = read_step (self, step, self->before, &local);
  if (!self->has_before && is_exception (local) && step->block != NULL) {
    in_parts = TRUE;
    if (!read_parts (self, step, self->before, error))
      return FALSE;
  } else if (!self->has_before) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (in_parts ? !read_parts (self, step, second, error) : !read_step (self, step, second, error))
    return FALSE;
  if (same_fill (step, self->before, second))
    return TRUE;
  g_set_error_literal (error,
                       PLANCIA_DEVICE_ERROR,
                       PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
                       "the registers that are written along were not the same when read twice");
  return FALSE;
}

static gboolean
read_before (PlanciaModbusAttempt *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (needs_fill (self->step))
    return read_for_fill (self, error);
  self->has_before = read_step (self, self->step, self->before, &local);
  if (self->has_before || is_exception (local))
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
check_required (PlanciaModbusAttempt *self, const PlanciaWriteStep *step, GError **error)
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

/**
 * plancia_modbus_attempt_is_equal:
 *
 * Constants do not count: an apply register is never what is written to it.
 */
gboolean
plancia_modbus_attempt_is_equal (const PlanciaModbusAttempt *self)
{
  const PlanciaWriteStep *step = self->step;

  if (!self->has_before)
    return FALSE;
  for (guint i = 0; i < step->count; i++)
    if (self->before[i] != step->words[i] && !is_constant (step, i))
      return FALSE;
  return TRUE;
}

/**
 * plancia_modbus_attempt_prepare:
 *
 * FALSE: nothing is to be sent. PLANCIA_DEVICE_ERROR_OUT_OF_RANGE for a rule of the map, a
 * PLANCIA_MODBUS_ERROR when the device does not tell what is to be written along, or what the line says.
 */
gboolean
plancia_modbus_attempt_prepare (PlanciaModbusAttempt *self, GError **error)
{
  if (!read_before (self, error))
    return FALSE;
  if ((self->has_before || needs_fill (self->step)) &&
      !plancia_write_step_fill (self->step, self->before, error))
    return FALSE;
  return plancia_write_step_check (self->step, error) && check_required (self, self->step, error);
}

/* --- sending --------------------------------------------------------------------------------- */

/* An exception that says no before anything was done. With the others the device, or what is between,
 * took the request on: 4 failed while at it, 5 goes on with it, 11 did not hear of its end. */
static gboolean
is_clear_refusal (const GError *error)
{
  static const int codes[] = {
    PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION,
    PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS,
    PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE,
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
    G_IO_ERROR_NOT_FOUND,
    G_IO_ERROR_PERMISSION_DENIED,
    G_IO_ERROR_BUSY,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_PORT_CLOSED);
}

/**
 * plancia_modbus_attempt_send:
 *
 * See the header. The only place where a register of a device is written.
 */
gboolean
plancia_modbus_attempt_send (PlanciaModbusAttempt *self, GError **error)
{
  PlanciaWriteStep *step = self->step;
  g_autoptr (GError) local = NULL;

  if (plancia_modbus_line_write (self->line,
                                 self->unit->unit,
                                 step->function,
                                 step->address,
                                 step->words,
                                 step->count,
                                 plancia_modbus_unit_get_interval (self->unit),
                                 &self->sent,
                                 self->stop,
                                 &local))
    return TRUE;
  self->sent = self->sent && !is_unsent (local);
  if (!self->sent || is_clear_refusal (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  self->send_error = g_steal_pointer (&local);
  return TRUE;
}

/* --- reading back ---------------------------------------------------------------------------- */

static gboolean
pause_for (PlanciaModbusAttempt *self, guint milliseconds)
{
  return plancia_modbus_line_wait (self->line,
                                   plancia_clock_monotonic () + milliseconds,
                                   self->stop,
                                   NULL);
}

/**
 * plancia_modbus_attempt_apply:
 */
guint16
plancia_modbus_attempt_apply (PlanciaModbusAttempt *self)
{
  const PlanciaField *result = self->step->block != NULL ? self->step->block->result : NULL;
  gint64              deadline = plancia_clock_monotonic () + APPLY_LIMIT;
  guint16             word = PLANCIA_MODBUS_APPLY_BUSY;
  guint               failures = 0;

  if (result == NULL)
    return 0;
  while (failures < APPLY_FAILURES && plancia_clock_monotonic () < deadline) {
    if (!read_words (self, result->read_function, result->address, 1, &word, NULL))
      failures++;
    else if (word != PLANCIA_MODBUS_APPLY_BUSY)
      return word;
    if (!pause_for (self, APPLY_INTERVAL))
      break;
  }
  return PLANCIA_MODBUS_APPLY_BUSY;
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

/**
 * plancia_modbus_attempt_is_taken:
 */
gboolean
plancia_modbus_attempt_is_taken (const PlanciaModbusAttempt *self, const PlanciaField *field)
{
  guint          offset = field->address - self->step->address;
  const guint16 *sent = self->step->words + offset;
  const guint16 *after = self->after + offset;
  guint16        mask = field->mask != 0 ? field->mask : G_MAXUINT16;

  if (field->type == PLANCIA_FIELD_CLOCK6 && field->count == 6)
    return is_later_clock (sent, after);
  for (guint i = 0; i < field->count; i++)
    if (((sent[i] ^ after[i]) & mask) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
all_taken (const PlanciaModbusAttempt *self)
{
  for (guint i = 0; i < self->step->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (self->step->edits, i);

    if (!plancia_modbus_attempt_is_taken (self, edit->field))
      return FALSE;
  }
  return TRUE;
}

/* Each edit for itself: what its neighbours in a block cannot be read is not its trouble. */
static gboolean
read_edits (PlanciaModbusAttempt *self, GError **error)
{
  const PlanciaWriteStep *step = self->step;

  for (guint i = 0; i < step->edits->len; i++) {
    const PlanciaField *field = ((PlanciaEdit *) g_ptr_array_index (step->edits, i))->field;

    if (!read_words (self,
                     field->read_function,
                     field->address,
                     field->count,
                     self->after + (field->address - step->address),
                     error))
      return FALSE;
  }
  return TRUE;
}

/**
 * plancia_modbus_attempt_read_back:
 */
gboolean
plancia_modbus_attempt_read_back (PlanciaModbusAttempt *self, GError **error)
{
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < READ_BACKS; i++) {
    g_clear_error (&last);
    if ((i > 0 || self->send_error != NULL) && !pause_for (self, SETTLE))
      break;
    if (!read_edits (self, &last)) {
      if (last->domain == PLANCIA_DEVICE_ERROR)
        break;
      continue;
    }
    self->has_after = TRUE;
    if (all_taken (self))
      return TRUE;
  }
  if (self->has_after)
    return TRUE;
  if (last == NULL)
    last = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed before it was read back");
  g_propagate_error (error, g_steal_pointer (&last));
  return FALSE;
}
