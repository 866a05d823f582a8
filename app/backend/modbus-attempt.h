/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-line.h"
#include "backend/modbus-unit.h"
#include "map/write-plan.h"
#include "protocol/modbus-pdu.h"

G_BEGIN_DECLS

/* One request of a write: what is read before it, whether it may be sent, and what is read back. On the
 * stack. Blocking: on the worker of the line. */
typedef struct
{
  PlanciaModbusLine *line;
  PlanciaModbusUnit *unit;
  GCancellable      *stop;
  PlanciaWriteStep  *step;
  guint16            before[PLANCIA_MODBUS_MAX_READ]; /* from the step's address on */
  guint16            after[PLANCIA_MODBUS_MAX_READ];
  gboolean           has_before;
  gboolean           has_after;
  gboolean           sent;
  GError *send_error; /* no answer, or none that says what was done: only reading back can tell */
} PlanciaModbusAttempt;

void plancia_modbus_attempt_clear (PlanciaModbusAttempt *self);
/* Reads before, completes the words, checks them. Nothing is sent. */
gboolean plancia_modbus_attempt_prepare (PlanciaModbusAttempt *self, GError **error);
/* The device has all of it already. */
gboolean plancia_modbus_attempt_is_equal (const PlanciaModbusAttempt *self);
/* Once. FALSE and an error: it did not leave, or the device clearly refused it. TRUE: reading back
 * decides. */
gboolean plancia_modbus_attempt_send (PlanciaModbusAttempt *self, GError **error);
/* Waits for the apply register. 0: done, or there is none; 1: not said; else the device's code. */
guint16 plancia_modbus_attempt_apply (PlanciaModbusAttempt *self);
/* Reads until the values are there, or patience ends. FALSE and an error: nothing could be read. */
gboolean plancia_modbus_attempt_read_back (PlanciaModbusAttempt *self, GError **error);
/* What was read back of a field is what was sent. */
gboolean
plancia_modbus_attempt_is_taken (const PlanciaModbusAttempt *self, const PlanciaField *field);

/* The value of an apply register while the device is at it. */
#define PLANCIA_MODBUS_APPLY_BUSY 1

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaModbusAttempt, plancia_modbus_attempt_clear)

G_END_DECLS
