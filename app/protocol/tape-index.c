/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/tape-index.h"

#include "base/error.h"
#include "protocol/modbus-pdu.h"

/* Registers, or coils, of one request. */
#define MOST_WORDS 2000

typedef struct
{
  gint64   time;
  guint16  n_words;
  guint16 *words;   /* or NULL */
  GError  *failure; /* instead of words */
} Answer;

/* What was asked for in one piece. */
typedef struct
{
  guint16    address;
  guint16    count;
  GPtrArray *answers; /* Answer*, by time */
} Range;

/* The ranges of a unit and a function. */
typedef struct
{
  guint16    longest;
  GPtrArray *ranges; /* Range*, by address */
} Area;

/* One exchange of a unit. */
typedef struct
{
  gint64        time;
  int           unit;
  const GError *failure; /* of the tape, or of this array */
  GError       *own;
} Contact;

struct _PlanciaTapeIndex
{
  PlanciaTape *tape;
  GHashTable  *areas;    /* unit << 8 | function -> Area* */
  GArray      *contacts; /* Contact, by time */
};

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->words);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
range_free (gpointer data)
{
  Range *self = data;

  g_ptr_array_unref (self->answers);
  g_free (self);
}

static void
area_free (gpointer data)
{
  Area *self = data;

  g_ptr_array_unref (self->ranges);
  g_free (self);
}

static void
contact_clear (gpointer data)
{
  g_clear_error (&((Contact *) data)->own);
}

/* --- filling --------------------------------------------------------------------------------- */

/* Index of the first range at or behind an address. */
static guint
lower_bound (Area *area, guint address, guint count)
{
  guint low = 0, high = area->ranges->len;

  while (low < high) {
    guint        middle = low + (high - low) / 2;
    const Range *range = g_ptr_array_index (area->ranges, middle);

    if (range->address < address || (range->address == address && range->count < count))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gpointer
key_of (guint8 unit, guint8 function)
{
  return GUINT_TO_POINTER ((guint) unit << 8 | function);
}

static Range *
ensure_range (PlanciaTapeIndex *self, guint8 unit, const PlanciaModbusRequest *request)
{
  gpointer key = key_of (unit, request->function);
  Area    *area = g_hash_table_lookup (self->areas, key);
  Range   *range;
  guint    place;

  if (area == NULL) {
    area = g_new0 (Area, 1);
    area->ranges = g_ptr_array_new_with_free_func (range_free);
    g_hash_table_insert (self->areas, key, area);
  }
  place = lower_bound (area, request->address, request->count);
  range = place < area->ranges->len ? g_ptr_array_index (area->ranges, place) : NULL;
  if (range != NULL && range->address == request->address && range->count == request->count)
    return range;
  range = g_new0 (Range, 1);
  range->address = request->address;
  range->count = request->count;
  range->answers = g_ptr_array_new_with_free_func (answer_free);
  g_ptr_array_insert (area->ranges, (int) place, range);
  area->longest = MAX (area->longest, request->count);
  return range;
}

static GError *
make_failure (const PlanciaExchange *exchange)
{
  if (exchange->error != NULL)
    return g_error_copy (exchange->error);
  return g_error_new (PLANCIA_PROTOCOL_ERROR,
                      PLANCIA_PROTOCOL_ERROR_MALFORMED,
                      "%s",
                      plancia_exchange_verdict_name (exchange->verdict));
}

static gboolean
is_read (guint8 function)
{
  return function >= PLANCIA_MODBUS_READ_COILS && function <= PLANCIA_MODBUS_READ_INPUT;
}

static void
take_coils (Answer *answer, GBytes *pdu, GError **error)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (pdu, &length);

  if (length >= 2 && data[0] >= 0x80) {
    plancia_modbus_set_exception (error, data[1]);
    return;
  }
  if (length < 2u + (answer->n_words + 7u) / 8) {
    g_set_error_literal (error,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_TRUNCATED,
                         "the answer is short");
    return;
  }
  for (guint i = 0; i < answer->n_words; i++)
    answer->words[i] = data[2 + i / 8] >> i % 8 & 1;
}

static Answer *
make_answer (const PlanciaTapeEntry *entry, GBytes *question, const PlanciaModbusRequest *request)
{
  const PlanciaExchange *exchange = entry->exchange;
  Answer                *answer = g_new0 (Answer, 1);
  g_autoptr (GBytes) pdu = NULL;

  answer->time = entry->time;
  answer->n_words = request->count;
  if (exchange->error == NULL || exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION)
    pdu = plancia_exchange_dup_pdu (exchange, TRUE);
  if (pdu != NULL) {
    answer->words = g_new0 (guint16, request->count);
    if (request->function <= PLANCIA_MODBUS_READ_DISCRETE)
      take_coils (answer, pdu, &answer->failure);
    else
      plancia_modbus_pdu_check_read (question, pdu, answer->words, &answer->failure);
    if (answer->failure != NULL)
      g_clear_pointer (&answer->words, g_free);
  } else {
    answer->failure = make_failure (exchange);
  }
  return answer;
}

/* A refusal is an answer: whoever gives it is there. */
static gboolean
is_silence (const GError *failure)
{
  return failure != NULL && failure->domain != PLANCIA_MODBUS_ERROR;
}

static void
note_contact (PlanciaTapeIndex *self, const PlanciaTapeEntry *entry, const GError *failure)
{
  Contact contact = {.time = entry->time, .unit = entry->exchange->unit};

  if (is_silence (failure)) {
    contact.own = g_error_copy (failure);
    contact.failure = contact.own;
  }
  g_array_append_val (self->contacts, contact);
}

static void
take_entry (PlanciaTapeIndex *self, const PlanciaTapeEntry *entry)
{
  const PlanciaExchange *exchange = entry->exchange;
  g_autoptr (GBytes) question = plancia_exchange_dup_pdu (exchange, FALSE);
  PlanciaModbusRequest request = {0};
  Answer              *answer;

  if (question == NULL || exchange->unit < 0 || exchange->verdict == PLANCIA_EXCHANGE_CANCELLED ||
      !plancia_modbus_pdu_decode_request (question, &request, NULL))
    return;
  if (!is_read (request.function) || request.count == 0 || request.count > MOST_WORDS) {
    note_contact (self, entry, exchange->error);
    return;
  }
  answer = make_answer (entry, question, &request);
  note_contact (self, entry, answer->failure);
  g_ptr_array_add (ensure_range (self, (guint8) exchange->unit, &request)->answers, answer);
}

/**
 * plancia_tape_index_new:
 * @tape: kept
 * @link: number of one of its links
 *
 * (transfer full)
 */
PlanciaTapeIndex *
plancia_tape_index_new (PlanciaTape *tape, guint link)
{
  PlanciaTapeIndex *self = g_new0 (PlanciaTapeIndex, 1);

  self->tape = plancia_tape_ref (tape);
  self->areas = g_hash_table_new_full (NULL, NULL, NULL, area_free);
  self->contacts = g_array_new (FALSE, FALSE, sizeof (Contact));
  g_array_set_clear_func (self->contacts, contact_clear);
  for (guint i = 0; i < tape->entries->len; i++) {
    const PlanciaTapeEntry *entry = g_ptr_array_index (tape->entries, i);

    if (entry->link == link && entry->exchange != NULL)
      take_entry (self, entry);
  }
  return self;
}

void
plancia_tape_index_free (PlanciaTapeIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->areas);
  g_array_unref (self->contacts);
  plancia_tape_unref (self->tape);
  g_free (self);
}

/* --- asking ---------------------------------------------------------------------------------- */

/* How many answers are not later. */
static guint
count_until (const Range *range, gint64 at)
{
  guint low = 0, high = range->answers->len;

  while (low < high) {
    guint         middle = low + (high - low) / 2;
    const Answer *answer = g_ptr_array_index (range->answers, middle);

    if (answer->time <= at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static const Answer *
find_newest (const Range *range, gint64 at)
{
  guint n = count_until (range, at);

  return n > 0 ? g_ptr_array_index (range->answers, n - 1) : NULL;
}

static const Answer *
find_newest_good (const Range *range, gint64 at)
{
  for (guint n = count_until (range, at); n > 0; n--) {
    const Answer *answer = g_ptr_array_index (range->answers, n - 1);

    if (answer->words != NULL)
      return answer;
  }
  return NULL;
}

/* What is put together for one question. */
typedef struct
{
  gint64        at;
  guint         address;
  guint         count;
  guint16      *words;
  gint64       *times;   /* of each word; G_MININT64: none */
  const Answer *exact;   /* newest answer to just this question */
  const Answer *refusal; /* newest failure of a range that has a part of it */
} Puzzle;

static void
lay_words (Puzzle *puzzle, const Range *range, const Answer *answer)
{
  guint first = MAX (puzzle->address, range->address);
  guint last = MIN (puzzle->address + puzzle->count, (guint) range->address + range->count);

  for (guint i = first; i < last; i++)
    if (puzzle->times[i - puzzle->address] < answer->time) {
      puzzle->times[i - puzzle->address] = answer->time;
      puzzle->words[i - puzzle->address] = answer->words[i - range->address];
    }
}

static void
lay_range (Puzzle *puzzle, const Range *range)
{
  const Answer *good = find_newest_good (range, puzzle->at);
  const Answer *newest = find_newest (range, puzzle->at);

  if (good != NULL)
    lay_words (puzzle, range, good);
  if (range->address == puzzle->address && range->count == puzzle->count)
    puzzle->exact = newest;
  if (newest != NULL && newest->failure != NULL &&
      (puzzle->refusal == NULL || puzzle->refusal->time < newest->time))
    puzzle->refusal = newest;
}

static void
lay_all (Puzzle *puzzle, Area *area)
{
  guint first = puzzle->address > area->longest ? puzzle->address - area->longest : 0;

  for (guint i = lower_bound (area, first, 0); i < area->ranges->len; i++) {
    const Range *range = g_ptr_array_index (area->ranges, i);

    if (range->address >= puzzle->address + puzzle->count)
      return;
    if ((guint) range->address + range->count > puzzle->address)
      lay_range (puzzle, range);
  }
}

static gint64
oldest_of (const Puzzle *puzzle)
{
  gint64 oldest = G_MAXINT64;

  for (guint i = 0; i < puzzle->count; i++)
    oldest = MIN (oldest, puzzle->times[i]);
  return oldest;
}

static gboolean
judge (const Puzzle *puzzle, gint64 *time, GError **error)
{
  gint64        oldest = oldest_of (puzzle);
  const Answer *exact = puzzle->exact;

  if (exact != NULL && exact->failure != NULL && exact->time > oldest) {
    g_propagate_error (error, g_error_copy (exact->failure));
    return FALSE;
  }
  if (oldest > G_MININT64) {
    if (time != NULL)
      *time = oldest;
    return TRUE;
  }
  if (puzzle->refusal != NULL)
    g_propagate_error (error, g_error_copy (puzzle->refusal->failure));
  else
    g_set_error (error,
                 PLANCIA_DEVICE_ERROR,
                 PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING,
                 "0x%04X, %u registers: not in the recording at this time",
                 puzzle->address,
                 puzzle->count);
  return FALSE;
}

/**
 * plancia_tape_index_read:
 * @at: us UTC
 * @words: (out caller-allocates): room for @count
 * @time: (out) (optional): us UTC
 *
 * See the header.
 */
gboolean
plancia_tape_index_read (PlanciaTapeIndex *self,
                         gint64            at,
                         guint8            unit,
                         guint8            function,
                         guint16           address,
                         guint16           count,
                         guint16          *words,
                         gint64           *time,
                         GError          **error)
{
  Area              *area = g_hash_table_lookup (self->areas, key_of (unit, function));
  g_autofree gint64 *times = g_new (gint64, MAX (count, 1));
  Puzzle             puzzle = {at, address, count, words, times, NULL, NULL};

  for (guint i = 0; i < count; i++)
    times[i] = G_MININT64;
  if (area != NULL)
    lay_all (&puzzle, area);
  return judge (&puzzle, time, error);
}

static void
tell_area (gpointer key, Area *area, gint64 at, PlanciaTapeWordFunc func, gpointer user_data)
{
  guint code = GPOINTER_TO_UINT (key);

  for (guint i = 0; i < area->ranges->len; i++) {
    const Range  *range = g_ptr_array_index (area->ranges, i);
    const Answer *answer = find_newest_good (range, at);

    for (guint word = 0; answer != NULL && word < range->count; word++)
      func ((guint8) (code >> 8),
            (guint8) code,
            (guint16) (range->address + word),
            answer->words[word],
            answer->time,
            user_data);
  }
}

void
plancia_tape_index_foreach (PlanciaTapeIndex   *self,
                            gint64              at,
                            PlanciaTapeWordFunc func,
                            gpointer            user_data)
{
  GHashTableIter iter;
  gpointer       key, area;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, &key, &area))
    tell_area (key, area, at, func, user_data);
}

/**
 * plancia_tape_index_get_failure:
 * @at: us UTC
 * @unit: or -1 for all
 *
 * See the header. (transfer none)
 */
const GError *
plancia_tape_index_get_failure (PlanciaTapeIndex *self, gint64 at, int unit)
{
  guint low = 0, high = self->contacts->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->contacts, Contact, middle).time <= at)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low > 0; low--) {
    const Contact *contact = &g_array_index (self->contacts, Contact, low - 1);

    if (unit < 0 || contact->unit == unit)
      return contact->failure;
  }
  return NULL;
}
