/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend.h"

#include "base/signal-new.h"

/* A source of readings. Implementations leave out what they cannot do: the wrappers here then
 * answer "not supported". A finish function may be left out as well when the operation is a plain
 * GTask with the backend as its source. */

enum {
  SIGNAL_READINGS,
  SIGNAL_STATE_CHANGED,
  SIGNAL_CONSOLE,
  SIGNAL_DEVICE_FAILED,
  SIGNAL_MAP_CHOSEN,
  SIGNAL_TRAFFIC,
  SIGNAL_LEARNT,
  SIGNAL_PAST_ALARMS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (PlanciaBackend, plancia_backend, G_TYPE_OBJECT)

static void
plancia_backend_default_init (PlanciaBackendInterface *iface)
{
  signals[SIGNAL_READINGS] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "readings", 1, PLANCIA_TYPE_READINGS);
  signals[SIGNAL_STATE_CHANGED] = plancia_signal_new (PLANCIA_TYPE_BACKEND, "state-changed", 0);
  signals[SIGNAL_CONSOLE] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "console", 3, G_TYPE_INT64, G_TYPE_INT, G_TYPE_BYTES);
  signals[SIGNAL_DEVICE_FAILED] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "device-failed", 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[SIGNAL_LEARNT] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "learnt", 2, G_TYPE_STRING, PLANCIA_TYPE_LEARNT);
  signals[SIGNAL_MAP_CHOSEN] = plancia_signal_new (PLANCIA_TYPE_BACKEND,
                                                   "map-chosen",
                                                   3,
                                                   G_TYPE_STRING,
                                                   G_TYPE_STRING,
                                                   G_TYPE_STRING);
  signals[SIGNAL_PAST_ALARMS] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "past-alarms", 2, G_TYPE_STRING, G_TYPE_ARRAY);
  signals[SIGNAL_TRAFFIC] =
    plancia_signal_new (PLANCIA_TYPE_BACKEND, "traffic", 2, G_TYPE_PTR_ARRAY, G_TYPE_UINT64);
}

static void
report_unsupported (PlanciaBackend     *self,
                    const char         *what,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "%s cannot %s",
                           G_OBJECT_TYPE_NAME (self),
                           what);
}

static gboolean
finish_boolean (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
finish_pointer (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plancia_verdict_name:
 *
 * The word for a verdict in JSON and the journal: "verified", "differs", "unknown", "skipped",
 * "refused", "sent". Any thread.
 */
const char *
plancia_verdict_name (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return "verified";
  case PLANCIA_VERDICT_DIFFERS:
    return "differs";
  case PLANCIA_VERDICT_UNKNOWN:
    return "unknown";
  case PLANCIA_VERDICT_SKIPPED:
    return "skipped";
  case PLANCIA_VERDICT_REFUSED:
    return "refused";
  case PLANCIA_VERDICT_SENT:
    return "sent";
  default:
    g_return_val_if_reached ("unknown");
  }
}

/**
 * plancia_link_error_name:
 *
 * The word for a kind of failure in JSON: "timeout", "connection", "damaged", "unexpected", "logger",
 * "exception", "other". Any thread.
 */
const char *
plancia_link_error_name (PlanciaLinkError kind)
{
  static const char *const names[PLANCIA_N_LINK_ERRORS] = {
    [PLANCIA_LINK_ERROR_TIMEOUT] = "timeout",
    [PLANCIA_LINK_ERROR_CONNECTION] = "connection",
    [PLANCIA_LINK_ERROR_DAMAGED] = "damaged",
    [PLANCIA_LINK_ERROR_UNEXPECTED] = "unexpected",
    [PLANCIA_LINK_ERROR_LOGGER] = "logger",
    [PLANCIA_LINK_ERROR_EXCEPTION] = "exception",
    [PLANCIA_LINK_ERROR_OTHER] = "other",
  };

  g_return_val_if_fail (kind < PLANCIA_N_LINK_ERRORS, "other");
  return names[kind];
}

/**
 * plancia_write_outcome_free:
 *
 * Any thread.
 */
void
plancia_write_outcome_free (PlanciaWriteOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->before);
  g_free (self->sent);
  g_free (self->after);
  g_free (self->message);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * plancia_backend_get_flags:
 *
 * What this source can do. Pages show themselves by these flags, never by type. Main thread.
 */
PlanciaBackendFlags
plancia_backend_get_flags (PlanciaBackend *self)
{
  g_return_val_if_fail (PLANCIA_IS_BACKEND (self), 0);
  return PLANCIA_BACKEND_GET_IFACE (self)->get_flags (self);
}

/**
 * plancia_backend_get_state:
 *
 * Main thread. Moves are told by "state-changed".
 */
PlanciaState
plancia_backend_get_state (PlanciaBackend *self)
{
  g_return_val_if_fail (PLANCIA_IS_BACKEND (self), PLANCIA_STATE_CLOSED);
  return PLANCIA_BACKEND_GET_IFACE (self)->get_state (self);
}

/**
 * plancia_backend_get_error:
 *
 * Why the source is failing or was taken over. Main thread; valid until the state moves. Returns:
 * (transfer none) (nullable)
 */
const GError *
plancia_backend_get_error (PlanciaBackend *self)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->get_error != NULL ? iface->get_error (self) : NULL;
}

/**
 * plancia_backend_get_quality:
 * @out: (out caller-allocates)
 *
 * How the connection fares; all zero for a source that does not count. Main thread.
 */
void
plancia_backend_get_quality (PlanciaBackend *self, PlanciaLinkQuality *out)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  memset (out, 0, sizeof *out);
  if (iface->get_quality != NULL)
    iface->get_quality (self, out);
}

/**
 * plancia_backend_add_device:
 * @device: the caller's id, which comes back with readings
 * @unit: Modbus unit, 1 to 255 (1 to 247 on a serial line); -1 where there is none
 * @thing: (nullable): serial on a cloud
 * @map: (nullable): NULL for clouds and consoles, and for a device whose map is to be detected
 *
 * Main thread, before or after opening. A device of the same id is replaced.
 */
void
plancia_backend_add_device (PlanciaBackend *self,
                            const char     *device,
                            int             unit,
                            const char     *thing,
                            PlanciaMap     *map)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  g_return_if_fail (device != NULL);
  if (iface->add_device != NULL)
    iface->add_device (self, device, unit, thing, map);
}

/**
 * plancia_backend_remove_device:
 *
 * No readings of it come after this returned. Main thread.
 */
void
plancia_backend_remove_device (PlanciaBackend *self, const char *device)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->remove_device != NULL)
    iface->remove_device (self, device);
}

/**
 * plancia_backend_set_polling:
 * @polling: whether values are to come by themselves
 * @fast_interval_ms: for fast fields, 0 for the default of 2000; normal fields come 5 times, slow
 *   ones 30 times slower. Clouds keep their own pace.
 *
 * Main thread. Takes effect at once when open, else on opening.
 */
void
plancia_backend_set_polling (PlanciaBackend *self, gboolean polling, guint fast_interval_ms)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->set_polling != NULL)
    iface->set_polling (self, polling, fast_interval_ms > 0 ? fast_interval_ms : 2000);
}

/**
 * plancia_backend_set_watch:
 * @device: that was added
 * @keys: (nullable): registers that somebody looks at or that are kept; %NULL for all that is polled
 *
 * Main thread.
 */
void
plancia_backend_set_watch (PlanciaBackend *self, const char *device, const char *const *keys)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->set_watch != NULL)
    iface->set_watch (self, device, keys);
}

/**
 * plancia_backend_set_learnt:
 * @device: that was added
 * @learnt: (nullable): from an earlier "learnt"; copied
 *
 * Before it is opened, best. Main thread.
 */
void
plancia_backend_set_learnt (PlanciaBackend *self, const char *device, const PlanciaLearnt *learnt)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->set_learnt != NULL)
    iface->set_learnt (self, device, learnt);
}

/**
 * plancia_backend_open_async:
 *
 * Connects and, for devices without a map, finds it. Main thread.
 */
void
plancia_backend_open_async (PlanciaBackend     *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  PLANCIA_BACKEND_GET_IFACE (self)->open_async (self, cancellable, callback, user_data);
}

/**
 * plancia_backend_open_finish:
 *
 * FALSE and an error when the first attempt failed; a source that polls goes on trying by itself
 * and says so by its state.
 */
gboolean
plancia_backend_open_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->open_finish != NULL ? iface->open_finish (self, result, error)
                                    : finish_boolean (self, result, error);
}

/**
 * plancia_backend_close_async:
 *
 * Disconnects; what is under way is cancelled. The source can be opened again. Main thread.
 */
void
plancia_backend_close_async (PlanciaBackend *self, GAsyncReadyCallback callback, gpointer user_data)
{
  PLANCIA_BACKEND_GET_IFACE (self)->close_async (self, callback, user_data);
}

/**
 * plancia_backend_close_finish:
 *
 * See plancia_backend_close_async.
 */
gboolean
plancia_backend_close_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->close_finish != NULL ? iface->close_finish (self, result, error)
                                     : finish_boolean (self, result, error);
}

/**
 * plancia_backend_read_async:
 * @keys: (nullable): NULL-terminated, or NULL for everything readable that is not manual-and-optional
 *
 * Reads now, between two blocks of a poll. Main thread.
 */
void
plancia_backend_read_async (PlanciaBackend     *self,
                            const char         *device,
                            const char *const  *keys,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->read_async != NULL)
    iface->read_async (self, device, keys, cancellable, callback, user_data);
  else
    report_unsupported (self, "read", callback, user_data);
}

/**
 * plancia_backend_read_finish:
 *
 * Returns: (transfer full): what came, each reading with its quality; NULL and an error when
 * nothing at all came.
 */
PlanciaReadings *
plancia_backend_read_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->read_finish != NULL ? iface->read_finish (self, result, error)
                                    : finish_pointer (self, result, error);
}

/**
 * plancia_backend_read_raw_async:
 * @unit: 0 to 255
 * @function: 3 or 4
 * @count: 1 to 125 registers
 *
 * Reads registers without a map. Main thread.
 */
void
plancia_backend_read_raw_async (PlanciaBackend     *self,
                                int                 unit,
                                guint8              function,
                                guint16             address,
                                guint16             count,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->read_raw_async != NULL)
    iface->read_raw_async (self, unit, function, address, count, cancellable, callback, user_data);
  else
    report_unsupported (self, "read registers", callback, user_data);
}

/**
 * plancia_backend_read_raw_finish:
 *
 * Returns: (transfer full): a GArray of guint16.
 */
GArray *
plancia_backend_read_raw_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->read_raw_finish != NULL ? iface->read_raw_finish (self, result, error)
                                        : finish_pointer (self, result, error);
}

/**
 * plancia_backend_write_async:
 * @edits: PlanciaEdit* of the device's map, or raw; copied
 * @log: keeps the record; what it cannot record is not sent
 * @progress: (nullable): called on the main thread, never after the callback
 *
 * Writes, once, what a person has reviewed; see backend.h for the steps. Main thread.
 */
void
plancia_backend_write_async (PlanciaBackend      *self,
                             const char          *device,
                             GPtrArray           *edits,
                             PlanciaWriteLog     *log,
                             GCancellable        *cancellable,
                             PlanciaWriteProgress progress,
                             gpointer             progress_data,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  g_return_if_fail (PLANCIA_IS_WRITE_LOG (log));

  if (iface->write_async != NULL)
    iface->write_async (self,
                        device,
                        edits,
                        log,
                        cancellable,
                        progress,
                        progress_data,
                        callback,
                        user_data);
  else
    report_unsupported (self, "write", callback, user_data);
}

/**
 * plancia_backend_write_finish:
 *
 * Returns: (transfer full): PlanciaWriteOutcome* in the order of the edits; NULL and an error when
 * the plan was refused, so that nothing was sent.
 */
GPtrArray *
plancia_backend_write_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->write_finish != NULL ? iface->write_finish (self, result, error)
                                     : finish_pointer (self, result, error);
}

/**
 * plancia_backend_fetch_async:
 * @span: at most plancia_backend_get_window long
 *
 * History of one device. Main thread.
 */
void
plancia_backend_fetch_async (PlanciaBackend     *self,
                             const char         *device,
                             PlanciaSpan         span,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->fetch_async != NULL)
    iface->fetch_async (self, device, span, cancellable, callback, user_data);
  else
    report_unsupported (self, "fetch history", callback, user_data);
}

/**
 * plancia_backend_fetch_finish:
 *
 * Returns: (transfer full)
 */
PlanciaSamples *
plancia_backend_fetch_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->fetch_finish != NULL ? iface->fetch_finish (self, result, error)
                                     : finish_pointer (self, result, error);
}

/**
 * plancia_backend_get_window:
 *
 * The longest span of one fetch in milliseconds; 0 without history.
 */
gint64
plancia_backend_get_window (PlanciaBackend *self)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->get_window != NULL ? iface->get_window (self) : 0;
}

/**
 * plancia_backend_send_async:
 * @bytes: as they are to go out, line ending included
 *
 * To the console. What was sent comes back by "console" as well. Main thread.
 */
void
plancia_backend_send_async (PlanciaBackend     *self,
                            GBytes             *bytes,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  if (iface->send_async != NULL)
    iface->send_async (self, bytes, cancellable, callback, user_data);
  else
    report_unsupported (self, "send to a console", callback, user_data);
}

/**
 * plancia_backend_send_finish:
 *
 * See plancia_backend_send_async.
 */
gboolean
plancia_backend_send_finish (PlanciaBackend *self, GAsyncResult *result, GError **error)
{
  PlanciaBackendInterface *iface = PLANCIA_BACKEND_GET_IFACE (self);

  return iface->send_finish != NULL ? iface->send_finish (self, result, error)
                                    : finish_boolean (self, result, error);
}

/**
 * plancia_backend_set_place:
 *
 * Backends to which it is all the same ignore it.
 */
void
plancia_backend_set_place (PlanciaBackend *self, GTimeZone *zone, double latitude, double longitude)
{
  g_return_if_fail (PLANCIA_IS_BACKEND (self));
  if (PLANCIA_BACKEND_GET_IFACE (self)->set_place != NULL)
    PLANCIA_BACKEND_GET_IFACE (self)->set_place (self, zone, latitude, longitude);
}

/**
 * plancia_backend_set_recording:
 *
 * Backends that have no wire to listen to do nothing. Main thread.
 */
void
plancia_backend_set_recording (PlanciaBackend *self, gboolean recording)
{
  g_return_if_fail (PLANCIA_IS_BACKEND (self));
  if (PLANCIA_BACKEND_GET_IFACE (self)->set_recording != NULL)
    PLANCIA_BACKEND_GET_IFACE (self)->set_recording (self, recording);
}

/**
 * plancia_backend_flush_traffic:
 *
 * Main thread.
 */
void
plancia_backend_flush_traffic (PlanciaBackend *self)
{
  g_return_if_fail (PLANCIA_IS_BACKEND (self));
  if (PLANCIA_BACKEND_GET_IFACE (self)->flush_traffic != NULL)
    PLANCIA_BACKEND_GET_IFACE (self)->flush_traffic (self);
}

/**
 * plancia_backend_emit_readings:
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_readings (PlanciaBackend *self, PlanciaReadings *readings)
{
  g_signal_emit (self, signals[SIGNAL_READINGS], 0, readings);
}

/**
 * plancia_backend_emit_state_changed:
 *
 * For implementations, on the main thread: state, error or quality moved.
 */
void
plancia_backend_emit_state_changed (PlanciaBackend *self)
{
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/**
 * plancia_backend_emit_console:
 * @time: milliseconds UTC of arrival
 * @direction: a PlanciaConsoleDirection
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_console (PlanciaBackend *self, gint64 time, int direction, GBytes *bytes)
{
  g_signal_emit (self, signals[SIGNAL_CONSOLE], 0, time, direction, bytes);
}

/**
 * plancia_backend_emit_device_failed:
 * @error: (nullable): NULL when the device answers again
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_device_failed (PlanciaBackend *self, const char *device, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_DEVICE_FAILED], 0, device, error);
}

/**
 * plancia_backend_emit_map_chosen:
 * @evidence: what the device said of itself, such as "ZP1ES015… at 0x0445"
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_map_chosen (PlanciaBackend *self,
                                 const char     *device,
                                 const char     *map_id,
                                 const char     *evidence)
{
  g_signal_emit (self, signals[SIGNAL_MAP_CHOSEN], 0, device, map_id, evidence);
}

/**
 * plancia_backend_emit_traffic:
 * @backend: a PlanciaBackend
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_traffic (GPtrArray *exchanges, guint64 lost, gpointer backend)
{
  g_signal_emit (backend, signals[SIGNAL_TRAFFIC], 0, exchanges, lost);
}

/**
 * plancia_backend_emit_learnt:
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_learnt (PlanciaBackend *self, const char *device, const PlanciaLearnt *learnt)
{
  g_signal_emit (self, signals[SIGNAL_LEARNT], 0, device, learnt);
}

/**
 * plancia_backend_emit_past_alarms:
 * @alarms: (element-type PlanciaCloudAlarm)
 *
 * For implementations, on the main thread.
 */
void
plancia_backend_emit_past_alarms (PlanciaBackend *self, const char *device, GArray *alarms)
{
  g_signal_emit (self, signals[SIGNAL_PAST_ALARMS], 0, device, alarms);
}
