/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-cycle.h"

#include "base/clock.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"

/* Failures in a row after which a device that answered before is left alone. */
#define PATIENCE 2

/* A block that was refused and is asked in pieces. When none of the pieces is refused the device
 * takes such requests only, which is worth remembering. */
typedef struct
{
  guint              left;
  PlanciaModbusLimit limit;
  gboolean           refused;
} Split;

typedef struct
{
  PlanciaReadBlock *block;
  Split            *split; /* counted by its pieces; NULL for a block of the plan */
} Piece;

struct _PlanciaModbusCycle
{
  PlanciaModbusUnit *unit; /* borrowed */
  GQueue             pieces;
  PlanciaReadings   *readings; /* NULL: none since they were taken */
  guint              good;
  guint              refused;
  guint              failures; /* in a row */
  gboolean           broken;
  gboolean           suspect;
  GError            *error;
  GPtrArray         *unreached; /* const PlanciaField* */
};

static void
push_blocks (PlanciaModbusCycle *self, GPtrArray *blocks, Split *split)
{
  /* In front, in order: the pieces of a block come where the block was. */
  for (guint i = blocks->len; i > 0; i--) {
    Piece *piece = g_new0 (Piece, 1);

    piece->block = g_ptr_array_steal_index (blocks, i - 1);
    piece->split = split;
    if (split != NULL)
      split->left++;
    g_queue_push_head (&self->pieces, piece);
  }
}

static void
leave_split (PlanciaModbusCycle *self, Split *split)
{
  if (split == NULL || --split->left > 0)
    return;
  if (!split->refused && !self->broken)
    plancia_modbus_unit_limit (self->unit, &split->limit);
  g_free (split);
}

static void
piece_free (PlanciaModbusCycle *self, Piece *piece)
{
  leave_split (self, piece->split);
  plancia_read_block_free (piece->block);
  g_free (piece);
}

static void
rotate (GPtrArray *blocks, guint by)
{
  for (guint i = 0; blocks->len > 0 && i < by % blocks->len; i++)
    g_ptr_array_add (blocks, g_ptr_array_steal_index (blocks, 0));
}

/**
 * plancia_modbus_cycle_new:
 * @unit: must outlive the cycle, with the map it has now
 * @fields: (element-type PlanciaField)
 * @troubled: what becomes of fields that made trouble before
 *
 * (transfer full)
 */
PlanciaModbusCycle *
plancia_modbus_cycle_new (PlanciaModbusUnit *unit, GPtrArray *fields, PlanciaTroubled troubled)
{
  PlanciaModbusCycle *self = g_new0 (PlanciaModbusCycle, 1);
  g_autoptr (GPtrArray) blocks = plancia_modbus_unit_plan (unit, fields, troubled);

  self->unit = unit;
  self->unreached = g_ptr_array_new ();
  g_queue_init (&self->pieces);
  rotate (blocks, unit->rotation);
  push_blocks (self, blocks, NULL);
  return self;
}

static void
drop_pieces (PlanciaModbusCycle *self)
{
  Piece *piece;

  while ((piece = g_queue_pop_head (&self->pieces)) != NULL) {
    g_ptr_array_extend (self->unreached, piece->block->fields, NULL, NULL);
    piece_free (self, piece);
  }
}

/**
 * plancia_modbus_cycle_free:
 */
void
plancia_modbus_cycle_free (PlanciaModbusCycle *self)
{
  if (self == NULL)
    return;
  self->broken = TRUE;
  drop_pieces (self);
  g_ptr_array_unref (self->unreached);
  g_clear_pointer (&self->readings, plancia_readings_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static PlanciaReading *
add_reading (PlanciaModbusCycle *self, const PlanciaField *field, PlanciaQuality quality)
{
  PlanciaReading *reading;

  if (self->readings == NULL)
    self->readings = plancia_readings_new (self->unit->id, plancia_clock_now ());
  reading = plancia_readings_add (self->readings, field->key, quality);
  reading->time = plancia_clock_now ();
  return reading;
}

static void
take_good (PlanciaModbusCycle *self, const PlanciaReadBlock *block, const guint16 *words)
{
  self->good++;
  self->failures = 0;
  self->suspect = FALSE;
  for (guint i = 0; i < block->fields->len; i++) {
    const PlanciaField *field = g_ptr_array_index (block->fields, i);
    PlanciaReading     *reading = add_reading (self, field, PLANCIA_QUALITY_GOOD);

    plancia_reading_set_words (reading, field, words + (field->address - block->address));
    plancia_modbus_unit_note_good (self->unit, field);
  }
}

static void
mark_fields (PlanciaModbusCycle *self,
             GPtrArray          *fields,
             PlanciaQuality      quality,
             const char         *message)
{
  for (guint i = 0; i < fields->len; i++)
    add_reading (self, g_ptr_array_index (fields, i), quality)->message = g_strdup (message);
}

static gboolean
is_about_registers (const GError *error)
{
  return g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS) ||
         g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE);
}

static void
ask_in_pieces (PlanciaModbusCycle *self, Piece *piece)
{
  Split *split = g_new0 (Split, 1);
  g_autoptr (GPtrArray)
    blocks = plancia_modbus_unit_split (self->unit, piece->block, &split->limit);

  if (piece->split != NULL)
    piece->split->refused = TRUE;
  push_blocks (self, blocks, split);
}

static void
take_refusal (PlanciaModbusCycle *self, Piece *piece, const GError *error)
{
  self->refused++;
  self->failures = 0;
  self->suspect = FALSE;
  if (is_about_registers (error) && piece->block->fields->len > 1) {
    ask_in_pieces (self, piece);
    return;
  }
  if (piece->split != NULL)
    piece->split->refused = TRUE;
  mark_fields (self, piece->block->fields, PLANCIA_QUALITY_REFUSED, error->message);
  for (guint i = 0; i < piece->block->fields->len; i++)
    if (piece->block->fields->len == 1 && is_about_registers (error))
      plancia_modbus_unit_note_refused (self->unit, g_ptr_array_index (piece->block->fields, i));
}

/* What no other request of this device will fare better with. */
static gboolean
is_final (const GError *error)
{
  return error->domain == PLANCIA_DEVICE_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER) ||
         g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_GATEWAY_PATH) ||
         g_error_matches (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_GATEWAY_TARGET);
}

static gboolean
was_silent_before (PlanciaModbusCycle *self, const PlanciaReadBlock *block)
{
  for (guint i = 0; i < block->fields->len; i++)
    if (plancia_modbus_unit_is_silent (self->unit, g_ptr_array_index (block->fields, i)))
      return TRUE;
  return FALSE;
}

static void
take_failure (PlanciaModbusCycle *self, Piece *piece, const GError *error)
{
  self->failures++;
  if (piece->split != NULL)
    piece->split->refused = TRUE;
  if (self->good + self->refused == 0 || self->failures >= PATIENCE || is_final (error)) {
    self->broken = TRUE;
    g_ptr_array_extend (self->unreached, piece->block->fields, NULL, NULL);
    drop_pieces (self);
    return;
  }
  self->suspect = !was_silent_before (self, piece->block);
  mark_fields (self, piece->block->fields, PLANCIA_QUALITY_ERROR, error->message);
  for (guint i = 0; i < piece->block->fields->len; i++)
    plancia_modbus_unit_note_silent (self->unit, g_ptr_array_index (piece->block->fields, i));
}

static gboolean
is_refusal (const GError *error)
{
  return (error->domain == PLANCIA_MODBUS_ERROR ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)) &&
         !is_final (error);
}

/**
 * plancia_modbus_cycle_step:
 *
 * Blocking: waits for the line's turn and for the answer.
 */
gboolean
plancia_modbus_cycle_step (PlanciaModbusCycle *self,
                           PlanciaModbusLine  *line,
                           GCancellable       *cancellable)
{
  Piece  *piece = g_queue_pop_head (&self->pieces);
  guint16 words[PLANCIA_MODBUS_MAX_READ];
  g_autoptr (GError) local = NULL;

  if (piece == NULL)
    return FALSE;
  if (plancia_modbus_line_read (line,
                                self->unit->unit,
                                piece->block->function,
                                piece->block->address,
                                piece->block->count,
                                words,
                                plancia_modbus_unit_get_interval (self->unit),
                                cancellable,
                                &local))
    take_good (self, piece->block, words);
  else if (is_refusal (local))
    take_refusal (self, piece, local);
  else
    take_failure (self, piece, local);
  if (local != NULL) {
    g_clear_error (&self->error);
    self->error = g_steal_pointer (&local);
  }
  piece_free (self, piece);
  return plancia_modbus_cycle_has_more (self);
}

/**
 * plancia_modbus_cycle_has_more:
 */
gboolean
plancia_modbus_cycle_has_more (PlanciaModbusCycle *self)
{
  return !g_queue_is_empty (&self->pieces);
}

/**
 * plancia_modbus_cycle_run:
 */
void
plancia_modbus_cycle_run (PlanciaModbusCycle *self,
                          PlanciaModbusLine  *line,
                          GCancellable       *cancellable)
{
  while (plancia_modbus_cycle_step (self, line, cancellable)) {
  }
}

/**
 * plancia_modbus_cycle_take:
 *
 * See the header.
 */
PlanciaReadings *
plancia_modbus_cycle_take (PlanciaModbusCycle *self)
{
  return g_steal_pointer (&self->readings);
}

/**
 * plancia_modbus_cycle_fill:
 *
 * After the last step.
 */
void
plancia_modbus_cycle_fill (PlanciaModbusCycle *self)
{
  mark_fields (self,
               self->unreached,
               PLANCIA_QUALITY_ERROR,
               self->error != NULL ? self->error->message : NULL);
  g_ptr_array_set_size (self->unreached, 0);
}

/**
 * plancia_modbus_cycle_get_good:
 */
guint
plancia_modbus_cycle_get_good (PlanciaModbusCycle *self)
{
  return self->good;
}

/**
 * plancia_modbus_cycle_get_refused:
 */
guint
plancia_modbus_cycle_get_refused (PlanciaModbusCycle *self)
{
  return self->refused;
}

/**
 * plancia_modbus_cycle_is_suspect:
 */
gboolean
plancia_modbus_cycle_is_suspect (PlanciaModbusCycle *self)
{
  return self->suspect;
}

/**
 * plancia_modbus_cycle_is_broken:
 */
gboolean
plancia_modbus_cycle_is_broken (PlanciaModbusCycle *self)
{
  return self->broken;
}

/**
 * plancia_modbus_cycle_get_error:
 */
const GError *
plancia_modbus_cycle_get_error (PlanciaModbusCycle *self)
{
  return self->error;
}
