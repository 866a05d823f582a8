/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/late-answers.h"

#include "base/clock.h"
#include "protocol/modbus-pdu.h"

/* Numbers of registers that take turns in a question that tells. */
#define COUNTS 16
/* Requests without an answer that are remembered of a unit. */
#define OPEN_LIMIT 64

typedef struct
{
  GBytes *request;
  gint64  time; /* monotonic, ms */
} Open;

typedef struct
{
  GArray  *open;    /* Open, in the order in which they left */
  guint    refused; /* exceptions since the oldest of them */
  gboolean stray;   /* something came that answers none of them */
  guint    turn;

  /* What was read last; count 0: nothing yet. */
  guint8  function;
  guint16 address;
  guint16 count;
} Unit;

struct _PlanciaLateAnswers
{
  GHashTable *units; /* number -> Unit* */
};

static void
open_clear (gpointer data)
{
  g_bytes_unref (((Open *) data)->request);
}

static void
unit_free (gpointer data)
{
  g_array_unref (((Unit *) data)->open);
  g_free (data);
}

static Unit *
find_unit (PlanciaLateAnswers *self, guint8 number)
{
  return g_hash_table_lookup (self->units, GUINT_TO_POINTER (number));
}

static Unit *
get_unit (PlanciaLateAnswers *self, guint8 number)
{
  Unit *unit = find_unit (self, number);

  if (unit != NULL)
    return unit;
  unit = g_new0 (Unit, 1);
  unit->open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_array_set_clear_func (unit->open, open_clear);
  g_hash_table_insert (self->units, GUINT_TO_POINTER (number), unit);
  return unit;
}

static GBytes *
get_request (Unit *unit, guint index)
{
  return g_array_index (unit->open, Open, index).request;
}

static void
drop_first (Unit *unit, guint count)
{
  g_array_remove_range (unit->open, 0, count);
  unit->refused = 0;
  unit->stray &= unit->open->len > 0;
}

/**
 * plancia_late_answers_new:
 *
 * Returns: (transfer full)
 */
PlanciaLateAnswers *
plancia_late_answers_new (void)
{
  PlanciaLateAnswers *self = g_new0 (PlanciaLateAnswers, 1);

  self->units = g_hash_table_new_full (NULL, NULL, NULL, unit_free);
  return self;
}

/**
 * plancia_late_answers_free:
 */
void
plancia_late_answers_free (PlanciaLateAnswers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->units);
  g_free (self);
}

/**
 * plancia_late_answers_expect:
 * @request: a PDU
 *
 * See the header.
 */
void
plancia_late_answers_expect (PlanciaLateAnswers *self, guint8 number, GBytes *request)
{
  Unit      *unit = get_unit (self, number);
  const Open open = {g_bytes_ref (request), plancia_clock_monotonic ()};

  if (unit->open->len >= OPEN_LIMIT)
    g_array_remove_index (unit->open, 0);
  g_array_append_val (unit->open, open);
}

static gboolean
is_exception (GBytes *answer)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);

  return length > 0 && (bytes[0] & 0x80) != 0;
}

/* Each says that one more of them is answered, but not which. */
static void
take_exception (Unit *unit)
{
  if (unit->open->len == 0)
    unit->stray = TRUE;
  else if (++unit->refused >= unit->open->len)
    drop_first (unit, unit->open->len);
}

/* Whoever sent this may send it again: the question that tells must have another shape. */
static void
avoid_shape (Unit *unit, GBytes *answer)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  Open          open = {NULL, plancia_clock_monotonic ()};

  unit->stray = TRUE;
  if (length < 4 || bytes[1] / 2 > PLANCIA_MODBUS_MAX_READ ||
      (bytes[0] != PLANCIA_MODBUS_READ_HOLDING && bytes[0] != PLANCIA_MODBUS_READ_INPUT))
    return;
  open.request = plancia_modbus_pdu_read (bytes[0], 0, bytes[1] / 2);
  g_array_prepend_val (unit->open, open);
}

/**
 * plancia_late_answers_take:
 * @answer: a PDU
 *
 * See the header. What was asked before the request that it answers will not be answered any more.
 */
void
plancia_late_answers_take (PlanciaLateAnswers *self, guint8 number, GBytes *answer)
{
  Unit *unit = get_unit (self, number);

  if (is_exception (answer)) {
    take_exception (unit);
    return;
  }
  for (guint i = 0; i < unit->open->len; i++)
    if (plancia_modbus_pdu_fits (get_request (unit, i), answer)) {
      drop_first (unit, i + 1);
      return;
    }
  if (unit->open->len < OPEN_LIMIT)
    avoid_shape (unit, answer);
}

static gboolean
is_register_read (const PlanciaModbusRequest *request)
{
  return request->function == PLANCIA_MODBUS_READ_HOLDING ||
         request->function == PLANCIA_MODBUS_READ_INPUT;
}

/**
 * plancia_late_answers_note_good:
 * @request: a PDU; what is not a read of registers is not noted
 */
void
plancia_late_answers_note_good (PlanciaLateAnswers *self, guint8 number, GBytes *request)
{
  PlanciaModbusRequest asked;
  Unit                *unit;

  if (!plancia_modbus_pdu_decode_request (request, &asked, NULL) || !is_register_read (&asked))
    return;
  unit = get_unit (self, number);
  unit->function = asked.function;
  unit->address = asked.address;
  unit->count = asked.count;
}

/**
 * plancia_late_answers_is_open:
 *
 * See the header.
 */
gboolean
plancia_late_answers_is_open (PlanciaLateAnswers *self, guint8 number)
{
  const Unit *unit = find_unit (self, number);

  return unit != NULL && (unit->open->len > 0 || unit->stray);
}

/**
 * plancia_late_answers_is_refused:
 *
 * See the header.
 */
gboolean
plancia_late_answers_is_refused (PlanciaLateAnswers *self, guint8 number)
{
  const Unit *unit = find_unit (self, number);

  return unit != NULL && unit->refused > 0;
}

/**
 * plancia_late_answers_forget:
 *
 * See the header.
 */
void
plancia_late_answers_forget (PlanciaLateAnswers *self, guint8 number)
{
  Unit *unit = find_unit (self, number);

  if (unit != NULL)
    drop_first (unit, unit->open->len);
}

static gboolean
is_in_use (Unit *unit, guint8 function, guint count)
{
  for (guint i = 0; i < unit->open->len; i++) {
    PlanciaModbusRequest asked;

    if (plancia_modbus_pdu_decode_request (get_request (unit, i), &asked, NULL) &&
        asked.function == function && asked.count == count)
      return TRUE;
  }
  return FALSE;
}

/* Where to ask, if nothing was read yet: where it was asked first. */
static void
find_place (Unit *unit, guint8 *function, guint16 *address)
{
  PlanciaModbusRequest asked = {0};

  *function = unit->function;
  *address = unit->address;
  if (unit->count > 0)
    return;
  if (unit->open->len > 0)
    plancia_modbus_pdu_decode_request (get_request (unit, 0), &asked, NULL);
  *function = is_register_read (&asked) ? asked.function : PLANCIA_MODBUS_READ_HOLDING;
  *address = asked.address;
}

/* 0: none that is not in use. Less than was read already is what a device does not refuse. */
static guint
find_count (Unit *unit, guint8 function)
{
  guint known = MIN (unit->count, COUNTS);

  for (guint i = 0; i < known; i++) {
    guint count = 1 + (unit->turn + i) % known;

    if (!is_in_use (unit, function, count))
      return count;
  }
  for (guint count = known + 1; count <= COUNTS; count++)
    if (!is_in_use (unit, function, count))
      return count;
  return 0;
}

static void
drop_older_than (Unit *unit, gint64 time)
{
  guint count = 0;

  while (count < unit->open->len && g_array_index (unit->open, Open, count).time < time)
    count++;
  if (count > 0)
    drop_first (unit, count);
}

/**
 * plancia_late_answers_choose:
 * @patience: ms
 *
 * See the header.
 */
GBytes *
plancia_late_answers_choose (PlanciaLateAnswers *self, guint8 number, guint patience)
{
  Unit   *unit = get_unit (self, number);
  guint8  function;
  guint16 address;
  guint   count;

  find_place (unit, &function, &address);
  count = find_count (unit, function);
  if (count == 0) {
    drop_older_than (unit, plancia_clock_monotonic () - patience);
    count = find_count (unit, function);
  }
  unit->turn++;
  if (count == 0)
    return NULL;
  return plancia_modbus_pdu_read (function,
                                  (guint16) MIN (address, G_MAXUINT16 - COUNTS),
                                  (guint16) count);
}
