/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-schedule.h"

#include "base/clock.h"

/* Normal and slow fields, in fast intervals. */
#define NORMAL_FACTOR 5
#define SLOW_FACTOR   30

/* Skips what is due while the cycle still runs. */
static gint64
next_due (gint64 due, guint interval, gint64 now)
{
  if (due == 0 || interval == 0)
    return now + interval;
  return due + ((now - due) / interval + 1) * interval;
}

/**
 * plancia_modbus_schedule_skip:
 *
 * See the header. After a cycle.
 */
guint
plancia_modbus_schedule_skip (PlanciaModbusUnit *unit, guint interval)
{
  gint64 now = plancia_clock_monotonic ();
  gint64 before = unit->due_fast;

  if (now < before)
    return 0;
  unit->due_fast = next_due (before, interval, now);
  return before > 0 ? (guint) ((unit->due_fast - before) / interval) : 0;
}

/**
 * plancia_modbus_schedule_take:
 * @now: ms, monotonic
 *
 * See the header.
 */
guint
plancia_modbus_schedule_take (PlanciaModbusUnit *unit, guint interval, gint64 now)
{
  guint polls = 1u << PLANCIA_POLL_FAST;

  if (now >= unit->due_normal) {
    polls |= 1u << PLANCIA_POLL_NORMAL;
    unit->due_normal = next_due (unit->due_normal, interval * NORMAL_FACTOR, now);
  }
  /* The first values of a device are not to wait for its serial number and settings. */
  if (unit->cycles > 0 && now >= unit->due_slow) {
    polls |= 1u << PLANCIA_POLL_SLOW;
    unit->due_slow = next_due (unit->due_slow, interval * SLOW_FACTOR, now);
  }
  if (unit->cycles > 0 && unit->once_pending)
    polls |= 1u << PLANCIA_POLL_ONCE;
  unit->due_fast = next_due (unit->due_fast, interval, now);
  return polls;
}
