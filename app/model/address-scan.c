/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address-scan-private.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/list-rows.h"
#include "base/signal-new.h"
#include "map/raw-read.h"

#define N_REGISTERS 65536
#define NONE        (-1)
/* A silent block is not taken apart any further: each silence costs seconds. */
#define SMALL_BLOCK 8
/* So many silent requests before the first answer: nobody is there. */
#define PATIENCE 6

typedef struct
{
  guint    first;
  guint    count;
  gboolean again; /* it was silent once */
} Block;

struct _PlanciaAddressScan
{
  GObject parent_instance;

  PlanciaBackend *backend;
  int             unit;
  PlanciaMap     *map; /* or NULL */
  GPtrArray      *spans;
  guint           counts[PLANCIA_N_SCAN_VERDICTS];
  gint32         *words; /* of all registers, NONE without an answer */

  guint8        function;
  guint         first;
  guint         last;
  guint         finest;
  guint         next;  /* where the next block begins */
  GArray       *stack; /* Block: parts of a block, the one that is asked next at the end */
  Block         asked;
  int           alive;    /* a register that answered or was refused, or NONE */
  gboolean      probing;  /* whether the device is still there, after a silence */
  guint         silences; /* before the first answer */
  guint         n_requests;
  gint64        began;       /* µs, monotonic */
  GCancellable *cancellable; /* NULL: does not run */
  GError       *error;
};

/* One request; it may be answered after another scan was begun. */
typedef struct
{
  PlanciaAddressScan *scan;
  GCancellable       *cancellable;
} Question;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaAddressScan,
                               plancia_address_scan,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void go_on (PlanciaAddressScan *self);

/* --- list ------------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_model_init, PLANCIA_ADDRESS_SCAN, spans, PLANCIA_TYPE_SCAN_SPAN)

/* --- what was found -------------------------------------------------------------------------- */

static void
emit_changed (PlanciaAddressScan *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Blocks are asked in the order of their addresses, so that their verdicts come in that order, too. */
static void
settle (PlanciaAddressScan *self,
        guint               first,
        guint               count,
        PlanciaScanVerdict  verdict,
        guint               exception)
{
  guint            last = first + count - 1;
  PlanciaScanSpan *span = self->spans->len > 0
                            ? g_ptr_array_index (self->spans, self->spans->len - 1)
                            : NULL;

  self->counts[verdict] += count;
  if (span != NULL && plancia_scan_span_extend (span, first, last, verdict, exception))
    return;
  g_ptr_array_add (self->spans, plancia_scan_span_new (first, last, verdict, exception));
  g_list_model_items_changed (G_LIST_MODEL (self), self->spans->len - 1, 0, 1);
}

static void
end (PlanciaAddressScan *self, GError *error)
{
  g_clear_object (&self->cancellable);
  self->error = error;
  emit_changed (self);
}

/* --- answers --------------------------------------------------------------------------------- */

static void
take_words (PlanciaAddressScan *self, GArray *words)
{
  for (guint i = 0; i < self->asked.count && i < words->len; i++)
    self->words[self->asked.first + i] = g_array_index (words, guint16, i);
  self->alive = (int) self->asked.first;
  settle (self, self->asked.first, self->asked.count, PLANCIA_SCAN_ANSWERS, 0);
}

static void
split (PlanciaAddressScan *self)
{
  guint half = self->asked.count / 2;
  Block front = {self->asked.first, self->asked.count - half, FALSE};
  Block back = {front.first + front.count, half, FALSE};

  g_array_append_val (self->stack, back);
  g_array_append_val (self->stack, front);
}

/* A small block that is refused has most likely no register at all: asking for it in halves would only be longer. */
static void
split_small (PlanciaAddressScan *self)
{
  for (guint i = self->asked.count; i > 0; i--) {
    Block one = {self->asked.first + i - 1, 1, FALSE};

    g_array_append_val (self->stack, one);
  }
}

static void
take_refusal (PlanciaAddressScan *self, guint exception)
{
  self->alive = (int) self->asked.first;
  if (self->asked.count <= self->finest)
    settle (self, self->asked.first, self->asked.count, PLANCIA_SCAN_REFUSED, exception);
  else if (self->asked.count <= SMALL_BLOCK && self->finest == 1)
    split_small (self);
  else
    split (self);
}

/* A frame may be lost: a small block is asked a second time. A device that has answered before is asked for that again, so
 * that nobody waits for one that is gone. */
static void
take_silence (PlanciaAddressScan *self)
{
  Block again = {self->asked.first, self->asked.count, TRUE};

  self->probing = self->alive != NONE && !self->asked.again;
  if (self->alive == NONE)
    self->silences++;
  if (self->asked.count > SMALL_BLOCK)
    split (self);
  else if (!self->asked.again)
    g_array_append_val (self->stack, again);
  else
    settle (self, self->asked.first, self->asked.count, PLANCIA_SCAN_SILENT, 0);
}

/* A gateway says so when the device gave no answer. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR && error->code != PLANCIA_MODBUS_ERROR_ACKNOWLEDGE &&
         error->code != PLANCIA_MODBUS_ERROR_BUSY &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_PATH &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_TARGET;
}

static gboolean
is_silence (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR || error->domain == PLANCIA_PROTOCOL_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* FALSE if the scan ended; takes error then. */
static gboolean
take_answer (PlanciaAddressScan *self, GArray *words, GError *error)
{
  if (self->probing) {
    self->probing = FALSE;
    if (words != NULL || is_refusal (error))
      return TRUE;
    end (self, g_error_copy (error));
    return FALSE;
  }
  if (words != NULL) {
    take_words (self, words);
  } else if (is_refusal (error)) {
    take_refusal (self, (guint) error->code);
  } else if (is_silence (error)) {
    take_silence (self);
    if (self->silences < PATIENCE)
      return TRUE;
    end (self, g_error_copy (error));
    return FALSE;
  } else {
    end (self, g_error_copy (error));
    return FALSE;
  }
  return TRUE;
}

/* --- requests -------------------------------------------------------------------------------- */

static Question *
question_new (PlanciaAddressScan *self)
{
  Question *question = g_new (Question, 1);

  question->scan = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->scan);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaAddressScan *self = question->scan;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (source), result, &error);

  if (question->cancellable == self->cancellable && take_answer (self, words, error))
    go_on (self);
}

static void
ask (PlanciaAddressScan *self, guint first, guint count)
{
  self->n_requests++;
  plancia_backend_read_raw_async (self->backend,
                                  self->unit,
                                  self->function,
                                  (guint16) first,
                                  (guint16) count,
                                  self->cancellable,
                                  read_cb,
                                  question_new (self));
}

/* The next block of the range; what must not be read is passed over. FALSE at the end of the range. */
static gboolean
take_next (PlanciaAddressScan *self)
{
  while (self->next <= self->last) {
    guint from = self->next, begin = 0, stop = 0;
    guint count = plancia_raw_read_size (self->map, from, self->last - from + 1);

    if (plancia_raw_read_is_forbidden (self->map, from, 1, NULL, &stop)) {
      stop = MIN (stop, self->last);
      settle (self, from, stop - from + 1, PLANCIA_SCAN_LEFT_OUT, 0);
      self->next = stop + 1;
      continue;
    }
    while (plancia_raw_read_is_forbidden (self->map, from, count, &begin, NULL))
      count = begin - from;
    self->asked = (Block){from, count, FALSE};
    self->next = from + count;
    return TRUE;
  }
  return FALSE;
}

static void
go_on (PlanciaAddressScan *self)
{
  emit_changed (self);
  /* A handler may have stopped it. */
  if (self->cancellable == NULL)
    return;
  if (self->probing) {
    ask (self, (guint) self->alive, 1);
    return;
  }
  if (self->stack->len > 0) {
    self->asked = g_array_index (self->stack, Block, self->stack->len - 1);
    g_array_set_size (self->stack, self->stack->len - 1);
  } else if (!take_next (self)) {
    end (self, NULL);
    return;
  }
  ask (self, self->asked.first, self->asked.count);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_address_scan_dispose (GObject *object)
{
  PlanciaAddressScan *self = PLANCIA_ADDRESS_SCAN (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (plancia_address_scan_parent_class)->dispose (object);
}

static void
plancia_address_scan_finalize (GObject *object)
{
  PlanciaAddressScan *self = PLANCIA_ADDRESS_SCAN (object);

  g_clear_pointer (&self->map, plancia_map_unref);
  g_ptr_array_unref (self->spans);
  g_array_unref (self->stack);
  g_free (self->words);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (plancia_address_scan_parent_class)->finalize (object);
}

static void
plancia_address_scan_class_init (PlanciaAddressScanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_address_scan_dispose;
  object_class->finalize = plancia_address_scan_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_address_scan_init (PlanciaAddressScan *self)
{
  self->spans = g_ptr_array_new_with_free_func (g_object_unref);
  self->stack = g_array_new (FALSE, FALSE, sizeof (Block));
  self->words = g_new (gint32, N_REGISTERS);
  self->finest = 1;
}

/**
 * plancia_address_scan_new:
 * @backend: an open connection; its pace and pauses are kept
 * @unit: the device on it
 * @map: (nullable): what is known of the device
 *
 * Returns: (transfer full): a scan that has not begun. Main thread, as all of this file.
 */
PlanciaAddressScan *
plancia_address_scan_new (PlanciaBackend *backend, int unit, PlanciaMap *map)
{
  PlanciaAddressScan *self = g_object_new (PLANCIA_TYPE_ADDRESS_SCAN, NULL);

  self->backend = g_object_ref (backend);
  self->unit = unit;
  self->map = map != NULL ? plancia_map_ref (map) : NULL;
  return self;
}

/**
 * plancia_address_scan_set_finest:
 * @count: registers, from 1 on
 *
 * For the scans that follow. With 1, as at first, each register that is refused costs a request of its own.
 */
void
plancia_address_scan_set_finest (PlanciaAddressScan *self, guint count)
{
  g_return_if_fail (PLANCIA_IS_ADDRESS_SCAN (self));

  self->finest = MAX (count, 1);
}

static void
forget (PlanciaAddressScan *self)
{
  guint n = self->spans->len;

  g_ptr_array_set_size (self->spans, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  g_array_set_size (self->stack, 0);
  for (guint i = 0; i < PLANCIA_N_SCAN_VERDICTS; i++)
    self->counts[i] = 0;
  for (guint i = 0; i < N_REGISTERS; i++)
    self->words[i] = NONE;
  g_clear_error (&self->error);
}

void
plancia_address_scan_start (PlanciaAddressScan *self, guint8 function, guint16 first, guint16 last)
{
  g_return_if_fail (PLANCIA_IS_ADDRESS_SCAN (self));
  g_return_if_fail (first <= last);

  plancia_address_scan_stop (self);
  forget (self);
  self->function = function;
  self->first = self->next = first;
  self->last = last;
  self->alive = NONE;
  self->probing = FALSE;
  self->silences = 0;
  self->n_requests = 0;
  self->began = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  go_on (self);
}

/**
 * plancia_address_scan_stop:
 *
 * What was found stays; an answer that is on its way is not waited for.
 */
void
plancia_address_scan_stop (PlanciaAddressScan *self)
{
  g_return_if_fail (PLANCIA_IS_ADDRESS_SCAN (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  end (self, NULL);
}

gboolean
plancia_address_scan_is_running (PlanciaAddressScan *self)
{
  return self->cancellable != NULL;
}

void
plancia_address_scan_get_progress (PlanciaAddressScan *self,
                                   guint              *done,
                                   guint              *all,
                                   guint              *requests)
{
  *done = 0;
  for (guint i = 0; i < PLANCIA_N_SCAN_VERDICTS; i++)
    *done += self->counts[i];
  *all = self->n_requests > 0 || *done > 0 ? self->last - self->first + 1 : 0;
  *requests = self->n_requests;
}

/**
 * plancia_address_scan_get_time_left:
 *
 * Returns: milliseconds, from what the registers took so far that were asked; 0 if it does not run
 */
gint64
plancia_address_scan_get_time_left (PlanciaAddressScan *self)
{
  guint  done, all, requests;
  gint64 asked;

  if (self->cancellable == NULL)
    return 0;
  plancia_address_scan_get_progress (self, &done, &all, &requests);
  asked = (gint64) done - self->counts[PLANCIA_SCAN_LEFT_OUT];
  if (asked <= 0)
    return -1;
  return (g_get_monotonic_time () - self->began) / 1000 * (all - done) / asked;
}

guint
plancia_address_scan_count (PlanciaAddressScan *self, PlanciaScanVerdict verdict)
{
  g_return_val_if_fail (verdict < PLANCIA_N_SCAN_VERDICTS, 0);

  return self->counts[verdict];
}

int
plancia_address_scan_get_word (PlanciaAddressScan *self, guint address)
{
  return address < N_REGISTERS ? self->words[address] : NONE;
}

const GError *
plancia_address_scan_get_error (PlanciaAddressScan *self)
{
  return self->error;
}

/* --- file ------------------------------------------------------------------------------------ */

/* Register -> the field of the map that has it. (transfer full) */
static GHashTable *
list_names (PlanciaAddressScan *self)
{
  GHashTable *names = g_hash_table_new (NULL, NULL);

  for (guint i = 0; self->map != NULL && i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);

    for (guint part = 0; field->read_function == self->function && part < field->count; part++)
      g_hash_table_insert (names, GUINT_TO_POINTER (field->address + part), (gpointer) field);
  }
  return names;
}

static void
append_register (GString            *out,
                 PlanciaAddressScan *self,
                 PlanciaScanSpan    *span,
                 guint               address,
                 const PlanciaField *field)
{
  int                word = self->words[address];
  PlanciaScanVerdict verdict = plancia_scan_span_get_verdict (span);
  g_autofree char   *hex = g_strdup_printf ("0x%04X", address);
  g_autofree char   *decimal = g_strdup_printf ("%u", address);
  g_autofree char   *exception = verdict == PLANCIA_SCAN_REFUSED
                                   ? g_strdup_printf ("%u", plancia_scan_span_get_exception (span))
                                   : NULL;
  g_autofree char   *word_hex = word != NONE ? g_strdup_printf ("%04X", (guint) word) : NULL;
  g_autofree char   *word_plain = word != NONE ? g_strdup_printf ("%d", word) : NULL;
  const char        *cells[] = {hex,
                                decimal,
                                plancia_scan_verdict_name (verdict),
                                exception,
                                word_hex,
                                word_plain,
                         field != NULL ? field->key : NULL};

  plancia_csv_append_row (out, cells, G_N_ELEMENTS (cells), ',');
}

/**
 * plancia_address_scan_to_csv:
 *
 * Returns: (transfer full): register, decimal, answer, exception, hex, u16, key in the map
 */
char *
plancia_address_scan_to_csv (PlanciaAddressScan *self)
{
  static const char *const titles[] =
    {"register", "decimal", "answer", "exception", "hex", "u16", "in_map"};
  g_autoptr (GHashTable) names = list_names (self);
  GString *out = g_string_new (NULL);

  plancia_csv_append_row (out, titles, G_N_ELEMENTS (titles), ',');
  for (guint i = 0; i < self->spans->len; i++) {
    PlanciaScanSpan *span = g_ptr_array_index (self->spans, i);
    guint            last = plancia_scan_span_get_last (span);

    for (guint address = plancia_scan_span_get_first (span); address <= last; address++)
      append_register (out,
                       self,
                       span,
                       address,
                       g_hash_table_lookup (names, GUINT_TO_POINTER (address)));
  }
  return g_string_free (out, FALSE);
}
