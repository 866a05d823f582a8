/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bank-private.h"

#include "base/error.h"
#include <string.h>

#define MAX_READ 125

static PlanciaBankSpace *
space_of (PlanciaBank *self, guint8 function)
{
  return function == 4 ? self->inputs : self->holdings;
}

static void
lay (PlanciaBank *self, const PlanciaRecordedChange *change)
{
  memcpy (space_of (self, change->function)->words + change->address,
          change->words,
          change->count * sizeof (guint16));
}

/* Each register with its first value. */
static void
begin (PlanciaBank *self)
{
  for (guint i = plancia_recorded_get_length (self->recorded); i > 0; i--)
    lay (self, plancia_recorded_get (self->recorded, i - 1));
  self->recorded_next = 0;
}

static void
go_to (PlanciaBank *self, gint64 time)
{
  if (time < self->recorded_at)
    begin (self);
  self->recorded_at = time;
  for (; self->recorded_next < plancia_recorded_get_length (self->recorded);
       self->recorded_next++) {
    const PlanciaRecordedChange *change = plancia_recorded_get (self->recorded,
                                                                self->recorded_next);

    if (change->time > time)
      return;
    lay (self, change);
  }
}

/**
 * plancia_bank_set_recorded:
 * @self: a bank that nobody has read yet
 * @recorded: kept
 * @start: ms UTC of its beginning
 */
void
plancia_bank_set_recorded (PlanciaBank *self, PlanciaRecorded *recorded, gint64 start)
{
  self->recorded = plancia_recorded_ref (recorded);
  self->recorded_start = start;
  if (self->inputs == NULL)
    self->inputs = g_new0 (PlanciaBankSpace, 1);
  memset (self->holdings->known, PLANCIA_BANK_NOTHING, sizeof self->holdings->known);
  memset (self->inputs->known, PLANCIA_BANK_NOTHING, sizeof self->inputs->known);
  for (guint i = 0; i < plancia_recorded_get_length (recorded); i++) {
    const PlanciaRecordedChange *change = plancia_recorded_get (recorded, i);

    memset (space_of (self, change->function)->known + change->address,
            PLANCIA_BANK_FIELD,
            change->count);
  }
  begin (self);
}

guint8
plancia_bank_recorded_read (PlanciaBank *self,
                            gint64       now,
                            guint8       function,
                            guint16      address,
                            guint16      count,
                            guint16     *words)
{
  PlanciaBankSpace *space = space_of (self, function);
  guint             end = (guint) address + count;

  if (count == 0 || count > MAX_READ)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
  if (end > PLANCIA_BANK_SIZE)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  for (guint i = address; i < end; i++)
    if (space->known[i] == PLANCIA_BANK_NOTHING)
      return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  go_to (self, now - self->recorded_start);
  memcpy (words, space->words + address, count * sizeof *words);
  return 0;
}
