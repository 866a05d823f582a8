/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/unit-sweep.h"

#include "backend/backend-factory.h"
#include "base/error.h"
#include "base/signal-new.h"
#include <string.h>

#define READ_HOLDING 3

/* Where the serial number of an inverter of the present generation stands. Another model refuses it,
 * which is an answer, too. */
#define SERIAL_ADDRESS 0x0445
#define SERIAL_COUNT   7
/* The meters that the vendor sells have the frequency here, a float in hundredths of a hertz. */
#define METER_ADDRESS 0x2044
#define METER_COUNT   2
#define METER_MODEL   "DTSU666"
#define METER_MAP     "chint-dtsu666"

/* How long a silent unit takes, before one was waited for. */
#define USUAL_LIMIT 3000

/* The vendor's numbers of devices on the lines of its HUB. */
#define LAST_INVERTER 32
#define LAST_METER    4
#define LAST_ON_A_BUS 32

struct _PlanciaUnitSweep
{
  GObject parent_instance;

  PlanciaAddress *address;
  PlanciaBackend *backend;
  gboolean        own; /* it is closed at the end */
  GCancellable   *cancellable;
  GError         *error;
  gboolean        running;
  gboolean        closing;
  int             first, last, unit;
  guint           done;
  gint64          began; /* µs, monotonic: of the first read */
};

/* One question; it may be answered after another sweep was begun. */
typedef struct
{
  PlanciaUnitSweep *sweep;
  GCancellable     *cancellable;
} Question;

enum {
  SIGNAL_FOUND,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaUnitSweep, plancia_unit_sweep, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void ask (PlanciaUnitSweep *self);

static Question *
question_new (PlanciaUnitSweep *self)
{
  Question *question = g_new (Question, 1);

  question->sweep = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->sweep);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
is_current (Question *question)
{
  return question->sweep->running && question->cancellable == question->sweep->cancellable;
}

static void
emit_changed (PlanciaUnitSweep *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- end ------------------------------------------------------------------------------------- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaUnitSweep) self = user_data;

  plancia_backend_close_finish (PLANCIA_BACKEND (source), result, NULL);
  g_clear_object (&self->backend);
  self->closing = FALSE;
  emit_changed (self);
}

/* A connection of its own is closed before it counts as ended: the plant may want it at once. */
static void
end (PlanciaUnitSweep *self)
{
  self->running = FALSE;
  self->unit = 0;
  if (self->own && self->backend) {
    self->closing = TRUE;
    plancia_backend_close_async (self->backend, closed_cb, g_object_ref (self));
  }
  emit_changed (self);
}

static void
fail (PlanciaUnitSweep *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  end (self);
}

/* --- one unit -------------------------------------------------------------------------------- */

static gboolean
is_meter_line (PlanciaUnitSweep *self)
{
  return plancia_address_get_line (self->address) == PLANCIA_HUB_LINE_METERS;
}

/* Two characters a register, the first in the high byte; NULL if they are no text. */
static char *
read_serial (GArray *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++) {
    guint16 word = g_array_index (words, guint16, i);

    if (word == 0)
      break;
    g_string_append_c (text, (char) (word >> 8));
    if ((word & 0xff) != 0)
      g_string_append_c (text, (char) (word & 0xff));
  }
  g_strstrip (text->str);
  for (const char *at = text->str; *at; at++) {
    if (!g_ascii_isalnum (*at))
      return NULL;
  }
  return text->str[0] != '\0' ? g_strdup (text->str) : NULL;
}

/* No other number of two registers is a frequency of the grid by accident. */
static gboolean
is_known_meter (GArray *words)
{
  guint32 bits;
  float   frequency;

  if (words->len < METER_COUNT)
    return FALSE;
  bits = (guint32) g_array_index (words, guint16, 0) << 16 | g_array_index (words, guint16, 1);
  memcpy (&frequency, &bits, sizeof frequency);
  return frequency > 4500 && frequency < 6500;
}

static void
found (PlanciaUnitSweep *self, gboolean damaged, GArray *words)
{
  gboolean         meter = is_meter_line (self);
  g_autofree char *serial = words && !meter ? read_serial (words) : NULL;
  PlanciaSweepUnit unit = {.unit = self->unit, .damaged = damaged, .serial = serial};

  if (words && meter && is_known_meter (words)) {
    unit.model = METER_MODEL;
    unit.map = METER_MAP;
  }

  g_signal_emit (self, signals[SIGNAL_FOUND], 0, &unit);
}

/* An exception is an answer, but for those with which a gateway says that nobody gave one. */
static gboolean
is_answer (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_PATH &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_TARGET;
}

static gboolean
is_silence (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaUnitSweep *self = question->sweep;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (source), result, &error);

  if (!is_current (question))
    return;
  if (words || is_answer (error)) {
    found (self, FALSE, words);
  } else if (error->domain == PLANCIA_PROTOCOL_ERROR) {
    found (self, TRUE, NULL);
  } else if (!is_silence (error)) {
    fail (self, g_steal_pointer (&error));
    return;
  }
  self->done++;
  self->unit++;
  ask (self);
}

static void
ask (PlanciaUnitSweep *self)
{
  gboolean meter = is_meter_line (self);

  /* A handler of "found" may have stopped it. */
  if (!self->running)
    return;
  if (self->unit > self->last) {
    end (self);
    return;
  }
  emit_changed (self);
  plancia_backend_read_raw_async (self->backend,
                                  self->unit,
                                  READ_HOLDING,
                                  meter ? METER_ADDRESS : SERIAL_ADDRESS,
                                  meter ? METER_COUNT : SERIAL_COUNT,
                                  self->cancellable,
                                  read_cb,
                                  question_new (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaUnitSweep *self = question->sweep;
  GError           *error = NULL;
  gboolean          good = plancia_backend_open_finish (PLANCIA_BACKEND (source), result, &error);

  if (!is_current (question)) {
    g_clear_error (&error);
    return;
  }
  self->began = g_get_monotonic_time ();
  if (good)
    ask (self);
  else
    fail (self, error);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_unit_sweep_dispose (GObject *object)
{
  PlanciaUnitSweep *self = PLANCIA_UNIT_SWEEP (object);

  self->running = FALSE;
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->own && self->backend)
    plancia_backend_close_async (self->backend, NULL, NULL);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (plancia_unit_sweep_parent_class)->dispose (object);
}

static void
plancia_unit_sweep_finalize (GObject *object)
{
  PlanciaUnitSweep *self = PLANCIA_UNIT_SWEEP (object);

  plancia_address_unref (self->address);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (plancia_unit_sweep_parent_class)->finalize (object);
}

static void
plancia_unit_sweep_class_init (PlanciaUnitSweepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = plancia_unit_sweep_dispose;
  object_class->finalize = plancia_unit_sweep_finalize;

  signals[SIGNAL_FOUND] = plancia_signal_new (type, "found", 1, G_TYPE_POINTER);
  signals[SIGNAL_CHANGED] = plancia_signal_new (type, "changed", 0);
}

static void
plancia_unit_sweep_init (PlanciaUnitSweep *self)
{
}

/**
 * plancia_unit_sweep_new:
 * @address: of a line or port, or of something on it
 * @backend: (nullable): its connection
 *
 * Returns: (transfer full): a sweep that has not begun
 */
PlanciaUnitSweep *
plancia_unit_sweep_new (PlanciaAddress *address, PlanciaBackend *backend)
{
  PlanciaUnitSweep *self = g_object_new (PLANCIA_TYPE_UNIT_SWEEP, NULL);

  self->address = plancia_address_ref (address);
  self->backend = backend ? g_object_ref (backend) : NULL;
  self->own = backend == NULL;
  return self;
}

/**
 * plancia_unit_sweep_is_possible:
 * @address: of a connection, or of something on it
 * @last: (out) (optional): the last unit that there usually is
 *
 * Returns: TRUE if several units hang on it and may be asked by number
 */
gboolean
plancia_unit_sweep_is_possible (PlanciaAddress *address, int *last)
{
  PlanciaHubLine line = plancia_address_get_line (address);
  int            usual = LAST_ON_A_BUS;

  if (line == PLANCIA_HUB_LINE_INVERTERS)
    usual = LAST_INVERTER;
  else if (line == PLANCIA_HUB_LINE_METERS)
    usual = LAST_METER;
  else if (plancia_address_get_kind (address) != PLANCIA_ADDRESS_RS485)
    return FALSE;
  if (last)
    *last = usual;
  return TRUE;
}

/**
 * plancia_unit_sweep_start:
 * @self: a sweep that does not run
 * @first: unit
 * @last: unit, not before @first
 *
 * Opens the connection if it is not open. Each unit is asked once.
 */
void
plancia_unit_sweep_start (PlanciaUnitSweep *self, int first, int last)
{
  GError *error = NULL;

  g_return_if_fail (!plancia_unit_sweep_get_running (self));

  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->first = self->unit = first;
  self->last = last;
  self->done = 0;
  self->began = g_get_monotonic_time ();
  if (!self->backend)
    self->backend = plancia_backend_factory_new (self->address, NULL, &error);
  if (!self->backend) {
    fail (self, error);
    return;
  }
  self->running = TRUE;
  if (plancia_backend_get_state (self->backend) == PLANCIA_STATE_OPEN)
    ask (self);
  else
    plancia_backend_open_async (self->backend, self->cancellable, opened_cb, question_new (self));
}

void
plancia_unit_sweep_stop (PlanciaUnitSweep *self)
{
  if (!self->running)
    return;
  g_cancellable_cancel (self->cancellable);
  end (self);
}

gboolean
plancia_unit_sweep_get_running (PlanciaUnitSweep *self)
{
  return self->running || self->closing;
}

void
plancia_unit_sweep_get_progress (PlanciaUnitSweep *self, guint *done, guint *all, int *unit)
{
  *done = self->done;
  *all = self->first > 0 ? (guint) (self->last - self->first + 1) : 0;
  *unit = self->unit;
}

/**
 * plancia_unit_sweep_get_time_left:
 * @self: a sweep
 *
 * From what the units took so far; before the first, as if all were silent.
 *
 * Returns: milliseconds
 */
gint64
plancia_unit_sweep_get_time_left (PlanciaUnitSweep *self)
{
  gint64 left = self->running ? self->last - self->unit + 1 : 0;
  gint64 each = USUAL_LIMIT + plancia_address_get_spacing (self->address);

  if (self->done > 0)
    each = (g_get_monotonic_time () - self->began) / 1000 / self->done;
  return left * each;
}

const GError *
plancia_unit_sweep_get_error (PlanciaUnitSweep *self)
{
  return self->error;
}
