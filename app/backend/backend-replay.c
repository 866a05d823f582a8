/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-replay.h"

#include "backend/link-log.h"
#include "backend/replay-device.h"
#include "backend/said.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "protocol/console-lines.h"
#include "protocol/modbus-pdu.h"

struct _PlanciaBackendReplay
{
  GObject parent_instance;

  PlanciaBackendFlags flags;
  PlanciaTapeIndex   *index;   /* or NULL */
  GHashTable         *devices; /* id -> Device* */
  gint64              time;    /* us UTC */
  gboolean            open;
  GError             *error; /* why the connection was silent then, or NULL */
  GPtrArray          *said;  /* PlanciaExchange of a console until then */
  gboolean            whole; /* all registers are to be looked up, not only those that were fed */
  GArray             *fed;   /* Range since it settled last */
  PlanciaLinkLog      log;
  gint64              last_good; /* ms UTC */
};

/* What was asked for. */
typedef struct
{
  int     unit;
  guint8  function;
  guint16 address;
  guint16 count;
} Range;

enum {
  SIGNAL_REWOUND,
  N_SIGNALS,
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaBackendReplay,
                               plancia_backend_replay,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static guint signals[N_SIGNALS];

/* --- registers ------------------------------------------------------------------------------- */

static gboolean
is_refusal (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR;
}

/* How the register stands at the time; words has room for it. */
static PlanciaQuality
look_up (PlanciaBackendReplay *self,
         PlanciaReplayDevice  *device,
         const PlanciaField   *field,
         guint16              *words,
         gint64               *time,
         GError              **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->index != NULL && plancia_tape_index_read (self->index,
                                                      self->time,
                                                      (guint8) device->unit,
                                                      field->read_function,
                                                      field->address,
                                                      field->count,
                                                      words,
                                                      time,
                                                      &failure))
    return PLANCIA_QUALITY_GOOD;
  *time = self->time;
  if (failure == NULL)
    g_set_error_literal (&failure,
                         PLANCIA_DEVICE_ERROR,
                         PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING,
                         "the connection is not in the recording");
  g_propagate_error (error, g_steal_pointer (&failure));
  return is_refusal (*error) ? PLANCIA_QUALITY_REFUSED : PLANCIA_QUALITY_MISSING;
}

static void
add_reading (PlanciaReadings    *readings,
             const PlanciaField *field,
             PlanciaQuality      quality,
             const guint16      *words,
             gint64              time,
             const GError       *error)
{
  PlanciaReading *reading = plancia_readings_add (readings, field->key, quality);

  reading->time = time / 1000;
  if (quality == PLANCIA_QUALITY_GOOD)
    plancia_reading_set_words (reading, field, words);
  else
    reading->message = g_strdup (error->message);
}

static void
tell_field (PlanciaBackendReplay *self,
            PlanciaReplayDevice  *device,
            const PlanciaField   *field,
            PlanciaReadings      *readings)
{
  guint16             few[16] = {0};
  g_autofree guint16 *many = field->count > G_N_ELEMENTS (few) ? g_new0 (guint16, field->count)
                                                               : NULL;
  guint16            *words = many != NULL ? many : few;
  g_autoptr (GError) error = NULL;
  gint64         time;
  PlanciaQuality quality = look_up (self, device, field, words, &time, &error);

  if (plancia_replay_device_note (device, field->key, quality, time))
    add_reading (readings, field, quality, words, time, error);
}

/* Those that have a part in a range. */
static void
tell_range (PlanciaBackendReplay *self,
            PlanciaReplayDevice  *device,
            const Range          *range,
            PlanciaReadings      *readings)
{
  for (guint i = plancia_replay_device_find (device, range->function, range->address);
       i < device->fields->len;
       i++) {
    const PlanciaField *field = g_ptr_array_index (device->fields, i);

    if (field->read_function != range->function ||
        field->address >= (guint) range->address + range->count)
      return;
    if ((guint) field->address + field->count > range->address)
      tell_field (self, device, field, readings);
  }
}

static void
tell_device (PlanciaBackendReplay *self, const char *id, PlanciaReplayDevice *device)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (id, self->time / 1000);

  for (guint i = 0; self->whole && i < device->fields->len; i++)
    tell_field (self, device, g_ptr_array_index (device->fields, i), readings);
  for (guint i = 0; !self->whole && i < self->fed->len; i++)
    if (g_array_index (self->fed, Range, i).unit == device->unit)
      tell_range (self, device, &g_array_index (self->fed, Range, i), readings);
  if (plancia_readings_get_count (readings) > 0)
    plancia_backend_emit_readings (PLANCIA_BACKEND (self), readings);
}

static gboolean
same_error (const GError *a, const GError *b)
{
  return a == b || (a != NULL && b != NULL && g_error_matches (a, b->domain, b->code));
}

static void
tell_failure (PlanciaBackendReplay *self, const char *id, PlanciaReplayDevice *device)
{
  const GError *failure = self->index != NULL && self->error == NULL
                            ? plancia_tape_index_get_failure (self->index, self->time, device->unit)
                            : NULL;

  if (same_error (failure, device->failure))
    return;
  g_clear_error (&device->failure);
  device->failure = failure != NULL ? g_error_copy (failure) : NULL;
  plancia_backend_emit_device_failed (PLANCIA_BACKEND (self), id, device->failure);
}

/* The connection failed if all devices on it did. */
static const GError *
find_common_failure (PlanciaBackendReplay *self)
{
  const GError  *failure = NULL;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    failure = plancia_tape_index_get_failure (self->index,
                                              self->time,
                                              ((PlanciaReplayDevice *) value)->unit);
    if (failure == NULL)
      return NULL;
  }
  return failure;
}

static void
update_state (PlanciaBackendReplay *self)
{
  const GError *failure = self->index != NULL ? find_common_failure (self) : NULL;

  g_clear_error (&self->error);
  self->error = failure != NULL ? g_error_copy (failure) : NULL;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static gboolean
has_registers (PlanciaBackendReplay *self)
{
  return (self->flags & PLANCIA_BACKEND_REGISTERS) != 0;
}

/* --- what goes by ---------------------------------------------------------------------------- */

/** plancia_backend_replay_rewind: what follows is told again */
void
plancia_backend_replay_rewind (PlanciaBackendReplay *self)
{
  g_ptr_array_set_size (self->said, 0);
  self->whole = TRUE;
  g_signal_emit (self, signals[SIGNAL_REWOUND], 0);
  self->log = (PlanciaLinkLog){0};
  self->last_good = 0;
}

static void
note_quality (PlanciaBackendReplay *self, const PlanciaTapeEntry *entry)
{
  const PlanciaExchange *exchange = entry->exchange;
  gboolean               failed = plancia_exchange_is_error (exchange->verdict);

  if (exchange->n_sent == 0 || exchange->verdict == PLANCIA_EXCHANGE_CANCELLED ||
      exchange->verdict == PLANCIA_EXCHANGE_UNASKED)
    return;
  plancia_link_log_add (&self->log, exchange->duration / 1000, failed ? exchange->error : NULL);
  if (!failed || exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION)
    self->last_good = entry->time / 1000;
}

static void
note_range (PlanciaBackendReplay *self, const PlanciaExchange *exchange)
{
  g_autoptr (GBytes) question = NULL;
  PlanciaModbusRequest request = {0};
  Range                range = {.unit = exchange->unit};

  if (self->whole || !has_registers (self) || exchange->unit < 0)
    return;
  question = plancia_exchange_dup_pdu (exchange, FALSE);
  if (question == NULL || !plancia_modbus_pdu_decode_request (question, &request, NULL))
    return;
  range.function = request.function;
  range.address = request.address;
  range.count = request.count;
  g_array_append_val (self->fed, range);
}

static void
say_console (PlanciaBackendReplay *self, const PlanciaExchange *exchange)
{
  gboolean      sent = exchange->n_sent > 0;
  const guint8 *data = sent ? plancia_exchange_get_sent (exchange)
                            : plancia_exchange_get_received (exchange);
  g_autoptr (GBytes) bytes = g_bytes_new (data, sent ? exchange->n_sent : exchange->n_received);

  plancia_backend_emit_console (PLANCIA_BACKEND (self),
                                exchange->time / 1000,
                                sent ? PLANCIA_CONSOLE_SENT : PLANCIA_CONSOLE_RECEIVED,
                                bytes);
}

static void
say_device (PlanciaBackendReplay *self, const PlanciaTapeEntry *entry)
{
  g_autoptr (PlanciaReadings) readings = NULL;

  if (!g_hash_table_contains (self->devices, entry->device))
    return;
  readings = plancia_said_parse (entry->said, entry->device, entry->time / 1000);
  if (plancia_readings_get_count (readings) > 0)
    plancia_backend_emit_readings (PLANCIA_BACKEND (self), readings);
}

/**
 * plancia_backend_replay_feed:
 * @entries: (element-type PlanciaTapeEntry)
 * @show: FALSE for what nobody would scroll back to
 */
void
plancia_backend_replay_feed (PlanciaBackendReplay *self, GPtrArray *entries, gboolean show)
{
  g_autoptr (GPtrArray) exchanges = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++) {
    const PlanciaTapeEntry *entry = g_ptr_array_index (entries, i);

    if (entry->exchange == NULL) {
      say_device (self, entry);
      continue;
    }
    note_quality (self, entry);
    note_range (self, entry->exchange);
    if (entry->exchange->wire == PLANCIA_WIRE_CONSOLE) {
      g_ptr_array_add (self->said, plancia_exchange_ref (entry->exchange));
      say_console (self, entry->exchange);
    }
    g_ptr_array_add (exchanges, entry->exchange);
  }
  if (show && exchanges->len > 0)
    plancia_backend_emit_traffic (exchanges, 0, self);
}

/** plancia_backend_replay_say_again: everything that a console had said until now, to who listens only now */
void
plancia_backend_replay_say_again (PlanciaBackendReplay *self)
{
  for (guint i = 0; i < self->said->len; i++)
    say_console (self, g_ptr_array_index (self->said, i));
}

/**
 * plancia_backend_replay_settle:
 * @time: us UTC
 */
void
plancia_backend_replay_settle (PlanciaBackendReplay *self, gint64 time)
{
  GHashTableIter iter;
  gpointer       id, device;

  self->whole |= time < self->time;
  self->time = time;
  if (!self->open)
    return;
  update_state (self);
  g_hash_table_iter_init (&iter, self->devices);
  while (has_registers (self) && g_hash_table_iter_next (&iter, &id, &device)) {
    if (((PlanciaReplayDevice *) device)->map != NULL)
      tell_device (self, id, device);
    tell_failure (self, id, device);
  }
  self->whole = FALSE;
  g_array_set_size (self->fed, 0);
}

/* --- PlanciaBackend -------------------------------------------------------------------------- */

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_REPLAY (backend)->flags;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);

  if (!self->open)
    return PLANCIA_STATE_CLOSED;
  return self->error != NULL ? PLANCIA_STATE_FAILING : PLANCIA_STATE_OPEN;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_REPLAY (backend)->error;
}

static void
get_quality (PlanciaBackend *backend, PlanciaLinkQuality *out)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);

  plancia_link_log_get (&self->log, out);
  out->last_good = self->last_good;
}

static void
add_device (PlanciaBackend *backend, const char *id, int unit, const char *thing, PlanciaMap *map)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);

  self->whole = TRUE;
  g_hash_table_replace (self->devices, g_strdup (id), plancia_replay_device_new (unit, map));
}

static void
remove_device (PlanciaBackend *backend, const char *id)
{
  g_hash_table_remove (PLANCIA_BACKEND_REPLAY (backend)->devices, id);
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->open = self->whole = TRUE;
  plancia_backend_replay_settle (self, self->time);
  g_task_return_boolean (task, TRUE);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  self->open = FALSE;
  g_clear_error (&self->error);
  plancia_backend_emit_state_changed (backend);
  g_task_return_boolean (task, TRUE);
}

static void
read_field (PlanciaBackendReplay *self,
            PlanciaReplayDevice  *device,
            const PlanciaField   *field,
            PlanciaReadings      *readings)
{
  g_autofree guint16 *words = g_new0 (guint16, MAX (field->count, 1));
  g_autoptr (GError) error = NULL;
  gint64         time;
  PlanciaQuality quality = look_up (self, device, field, words, &time, &error);

  add_reading (readings, field, quality, words, time, error);
}

/* keys NULL: what the recording has. */
static gboolean
read_fields (PlanciaBackendReplay *self,
             PlanciaReplayDevice  *device,
             const char *const    *keys,
             PlanciaReadings      *readings,
             GError              **error)
{
  for (guint i = 0; keys == NULL && i < device->fields->len; i++)
    read_field (self, device, g_ptr_array_index (device->fields, i), readings);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    const PlanciaField *field = plancia_map_find_field (device->map, keys[i]);

    if (field == NULL) {
      g_set_error (error,
                   PLANCIA_DEVICE_ERROR,
                   PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
                   "there is no register \"%s\"",
                   keys[i]);
      return FALSE;
    }
    read_field (self, device, field, readings);
  }
  return TRUE;
}

static void
read_async (PlanciaBackend     *backend,
            const char         *id,
            const char *const  *keys,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlanciaReplayDevice *device = g_hash_table_lookup (self->devices, id);
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (id, self->time / 1000);
  GError *error = NULL;

  if (device == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no device %s", id);
  else if (has_registers (self) && device->map == NULL)
    g_set_error_literal (&error,
                         PLANCIA_DEVICE_ERROR,
                         PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
                         "the recording has no register map for it");
  if (error == NULL && has_registers (self))
    read_fields (self, device, keys, readings, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&readings),
                           (GDestroyNotify) plancia_readings_unref);
}

static void
read_raw_async (PlanciaBackend     *backend,
                int                 unit,
                guint8              function,
                guint16             address,
                guint16             count,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GArray) words = g_array_sized_new (FALSE, TRUE, sizeof (guint16), count);
  GError *error = NULL;

  g_array_set_size (words, count);
  if (self->index == NULL) {
    g_task_return_new_error (task,
                             PLANCIA_DEVICE_ERROR,
                             PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING,
                             "the connection is not in the recording");
    return;
  }
  if (plancia_tape_index_read (self->index,
                               self->time,
                               (guint8) unit,
                               function,
                               address,
                               count,
                               (guint16 *) (gpointer) words->data,
                               NULL,
                               &error))
    g_task_return_pointer (task, g_steal_pointer (&words), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
refuse (PlanciaBackend     *self,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_return_new_error (task,
                           PLANCIA_DEVICE_ERROR,
                           PLANCIA_DEVICE_ERROR_RECORDING,
                           "a recording takes nothing");
}

static void
write_async (PlanciaBackend      *backend,
             const char          *device,
             GPtrArray           *edits,
             PlanciaWriteLog     *log,
             GCancellable        *cancellable,
             PlanciaWriteProgress progress,
             gpointer             progress_data,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  refuse (backend, cancellable, callback, user_data);
}

static void
send_async (PlanciaBackend     *backend,
            GBytes             *bytes,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  refuse (backend, cancellable, callback, user_data);
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->get_quality = get_quality;
  iface->add_device = add_device;
  iface->remove_device = remove_device;
  iface->open_async = open_async;
  iface->close_async = close_async;
  iface->read_async = read_async;
  iface->read_raw_async = read_raw_async;
  iface->write_async = write_async;
  iface->send_async = send_async;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_backend_replay_finalize (GObject *object)
{
  PlanciaBackendReplay *self = PLANCIA_BACKEND_REPLAY (object);

  g_hash_table_unref (self->devices);
  g_clear_pointer (&self->index, plancia_tape_index_free);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->said);
  g_array_unref (self->fed);
  G_OBJECT_CLASS (plancia_backend_replay_parent_class)->finalize (object);
}

static void
plancia_backend_replay_class_init (PlanciaBackendReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_backend_replay_finalize;

  signals[SIGNAL_REWOUND] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "rewound", 0);
}

static void
plancia_backend_replay_init (PlanciaBackendReplay *self)
{
  self->devices =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, plancia_replay_device_free);
  self->fed = g_array_new (FALSE, FALSE, sizeof (Range));
  self->said = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);
}

/**
 * plancia_backend_replay_new:
 * @flags: what it was when it was recorded; writing is left out
 * @index: (transfer full) (nullable)
 *
 * Main thread. Returns: (transfer full)
 */
PlanciaBackend *
plancia_backend_replay_new (PlanciaBackendFlags flags, PlanciaTapeIndex *index)
{
  PlanciaBackendReplay *self = g_object_new (PLANCIA_TYPE_BACKEND_REPLAY, NULL);

  self->flags = flags & ~(PlanciaBackendFlags) PLANCIA_BACKEND_WRITE;
  self->index = index;
  return PLANCIA_BACKEND (self);
}
