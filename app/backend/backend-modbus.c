/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-modbus.h"

#include "backend/modbus-poller.h"
#include "backend/modbus-writer.h"
#include "backend/waiting-watch.h"
#include "base/error.h"
#include "base/worker.h"
#include "protocol/modbus-pdu.h"

/* News that may wait for the main thread. */
#define NEWS_CAPACITY 1024

struct _PlanciaBackendModbus
{
  GObject parent_instance;

  PlanciaWorker       *worker;
  PlanciaModbusPoller *poller; /* the worker's */
  PlanciaMailbox      *news;
  PlanciaTraffic      *traffic;
  PlanciaWaitingWatch *waiting;

  GHashTable        *devices; /* ids, so that nothing comes of one that was removed */
  GCancellable      *closing; /* of what was opened last; NULL when closed */
  guint              epoch;   /* counts opens and closes: older states are not listened to */
  PlanciaState       state;
  GError            *error;
  PlanciaLinkQuality quality;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaBackendModbus,
                               plancia_backend_modbus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

/* What goes to the worker with a task; each kind of call uses its part. */
typedef struct
{
  PlanciaModbusPoller *poller;
  PlanciaTraffic      *traffic; /* NULL: not to be recorded */
  guint                epoch;
  GCancellable        *closing;
  char                *device;
  int                  unit;
  PlanciaMap          *map;
  gboolean             polling;
  guint                interval;
  GStrv                keys;
  guint8               function;
  guint16              address;
  guint16              count;
  PlanciaLearnt       *learnt;
  GPtrArray           *edits;
  PlanciaWriteLog     *log;
  PlanciaProgress     *progress;
} Call;

static Call *
call_new (PlanciaBackendModbus *self)
{
  Call *call = g_new0 (Call, 1);

  call->poller = self->poller;
  call->epoch = self->epoch;
  return call;
}

static void
call_free (Call *self)
{
  g_clear_object (&self->closing);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->keys, g_strfreev);
  g_clear_pointer (&self->learnt, plancia_learnt_free);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_object (&self->log);
  g_clear_pointer (&self->progress, plancia_progress_unref);
  g_free (self->device);
  g_free (self);
}

static void
run (PlanciaBackendModbus *self,
     Call                 *call,
     PlanciaWorkerFunc     func,
     int                   priority,
     GCancellable         *cancellable,
     GAsyncReadyCallback   callback,
     gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  /* What has come, or was done, is told though the caller may have cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  plancia_worker_run_priority (self->worker, task, func, priority);
}

/* --- news ------------------------------------------------------------------------------------ */

static void
take_state (PlanciaBackendModbus *self, const PlanciaNews *news)
{
  if (news->epoch != self->epoch)
    return;
  self->quality = news->quality;
  self->state = news->state;
  g_clear_error (&self->error);
  self->error = news->error != NULL ? g_error_copy (news->error) : NULL;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

/* Until the worker says what became of it. */
static void
waiting_cb (const GError *error, gpointer user_data)
{
  PlanciaBackendModbus *self = user_data;

  if (self->state != PLANCIA_STATE_OPEN || self->error != NULL)
    return;
  self->error = g_error_copy (error);
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static void
take_progress (const PlanciaNews *news)
{
  if (news->progress->open)
    news->progress->function (news->step, news->n_steps, news->phase, news->progress->user_data);
}

static gboolean
is_known (PlanciaBackendModbus *self, const char *device)
{
  return g_hash_table_contains (self->devices, device);
}

static void
take_news (PlanciaBackendModbus *self, const PlanciaNews *news)
{
  PlanciaBackend *backend = PLANCIA_BACKEND (self);

  switch (news->kind) {
  case PLANCIA_NEWS_READINGS:
    if (is_known (self, plancia_readings_get_device (news->readings)))
      plancia_backend_emit_readings (backend, news->readings);
    break;
  case PLANCIA_NEWS_STATE:
    take_state (self, news);
    break;
  case PLANCIA_NEWS_DEVICE_FAILED:
    if (is_known (self, news->device))
      plancia_backend_emit_device_failed (backend, news->device, news->error);
    break;
  case PLANCIA_NEWS_MAP_CHOSEN:
    if (is_known (self, news->device))
      plancia_backend_emit_map_chosen (backend, news->device, news->map, news->evidence);
    break;
  case PLANCIA_NEWS_LEARNT:
    if (is_known (self, news->device))
      plancia_backend_emit_learnt (backend, news->device, news->learnt);
    break;
  case PLANCIA_NEWS_PROGRESS:
    take_progress (news);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
news_cb (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaBackendModbus) self = g_object_ref (user_data);

  if (dropped > 0)
    g_warning ("%" G_GUINT64_FORMAT " news were lost: the main thread did not listen", dropped);
  for (guint i = 0; i < items->len; i++)
    take_news (self, g_ptr_array_index (items, i));
}

/* --- the interface --------------------------------------------------------------------------- */

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_MODBUS (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_MODBUS (backend)->error;
}

static void
get_quality (PlanciaBackend *backend, PlanciaLinkQuality *out)
{
  *out = PLANCIA_BACKEND_MODBUS (backend)->quality;
}

static void
add_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_modbus_poller_add (call->poller,
                             plancia_modbus_unit_new (call->device, call->unit, call->map));
  g_task_return_boolean (task, TRUE);
}

static void
add_device (PlanciaBackend *backend,
            const char     *device,
            int             unit,
            const char     *thing,
            PlanciaMap     *map)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  g_hash_table_add (self->devices, g_strdup (device));
  call->device = g_strdup (device);
  call->unit = unit;
  call->map = map != NULL ? plancia_map_ref (map) : NULL;
  run (self, call, add_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
remove_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_modbus_poller_remove (call->poller, call->device);
  g_task_return_boolean (task, TRUE);
}

static void
remove_device (PlanciaBackend *backend, const char *device)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  g_hash_table_remove (self->devices, device);
  call->device = g_strdup (device);
  run (self, call, remove_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
set_polling_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_modbus_poller_set_polling (call->poller, call->polling, call->interval);
  g_task_return_boolean (task, TRUE);
}

static void
set_polling (PlanciaBackend *backend, gboolean polling, guint fast_interval_ms)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  call->polling = polling;
  call->interval = fast_interval_ms;
  run (self, call, set_polling_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
set_watch_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call              *call = data;
  PlanciaModbusUnit *unit = plancia_modbus_poller_get_unit (call->poller, call->device);

  if (unit != NULL)
    plancia_modbus_unit_set_watch (unit, (const char *const *) call->keys);
  g_task_return_boolean (task, TRUE);
}

static void
set_watch (PlanciaBackend *backend, const char *device, const char *const *keys)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  call->device = g_strdup (device);
  call->keys = g_strdupv ((GStrv) keys);
  run (self, call, set_watch_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
set_learnt_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call              *call = data;
  PlanciaModbusUnit *unit = plancia_modbus_poller_get_unit (call->poller, call->device);

  if (unit != NULL)
    plancia_modbus_unit_set_learnt (unit, call->learnt);
  if (call->learnt != NULL)
    plancia_modbus_line_remember (plancia_modbus_poller_get_line (call->poller), call->learnt);
  g_task_return_boolean (task, TRUE);
}

static void
set_learnt (PlanciaBackend *backend, const char *device, const PlanciaLearnt *learnt)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  call->device = g_strdup (device);
  call->learnt = learnt != NULL ? plancia_learnt_copy (learnt) : NULL;
  run (self, call, set_learnt_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
set_state (PlanciaBackendModbus *self, PlanciaState state)
{
  self->state = state;
  g_clear_error (&self->error);
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static void
open_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call   *call = data;
  GError *error = NULL;

  if (plancia_modbus_poller_open (call->poller, call->epoch, call->closing, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  gboolean fresh = self->state != PLANCIA_STATE_OPEN && self->state != PLANCIA_STATE_OPENING;
  Call    *call;

  if (self->closing == NULL)
    self->closing = g_cancellable_new ();
  if (fresh)
    self->epoch++;
  call = call_new (self);
  call->closing = g_object_ref (self->closing);
  run (self, call, open_on_worker, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
  if (fresh)
    set_state (self, PLANCIA_STATE_OPENING);
}

static void
close_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_modbus_poller_close (call->poller, call->epoch);
  g_task_return_boolean (task, TRUE);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);

  self->epoch++;
  g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  run (self, call_new (self), close_on_worker, G_PRIORITY_DEFAULT, NULL, callback, user_data);
  if (self->state != PLANCIA_STATE_CLOSED)
    set_state (self, PLANCIA_STATE_CLOSING);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
read_fields (GTask             *task,
             Call              *call,
             PlanciaModbusUnit *unit,
             GPtrArray         *fields,
             GCancellable      *cancellable)
{
  g_autoptr (PlanciaModbusCycle) cycle =
    plancia_modbus_cycle_new (unit,
                              fields,
                              call->keys != NULL ? PLANCIA_TROUBLED_ALL : PLANCIA_TROUBLED_ALONE);
  const GError *error;
  guint         answers;

  plancia_modbus_cycle_run (cycle, plancia_modbus_poller_get_line (call->poller), cancellable);
  answers = plancia_modbus_cycle_get_good (cycle) + plancia_modbus_cycle_get_refused (cycle);
  error = plancia_modbus_cycle_get_error (cycle);
  if (plancia_modbus_cycle_is_broken (cycle) || answers > 0)
    plancia_modbus_poller_note (call->poller,
                                unit,
                                plancia_modbus_cycle_is_broken (cycle) ? error : NULL);
  if (answers == 0 && error != NULL) {
    g_task_return_error (task, g_error_copy (error));
    return;
  }
  plancia_modbus_cycle_fill (cycle);
  g_task_return_pointer (task,
                         plancia_modbus_cycle_take (cycle),
                         (GDestroyNotify) plancia_readings_unref);
}

static void
read_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call              *call = data;
  GError            *error = NULL;
  PlanciaModbusUnit *unit = plancia_modbus_poller_find (call->poller, call->device, &error);
  g_autoptr (GPtrArray) fields = NULL;

  if (unit != NULL)
    fields = plancia_modbus_unit_find (unit, call->keys, &error);
  if (fields != NULL)
    read_fields (task, call, unit, fields, cancellable);
  else
    g_task_return_error (task, error);
}

static void
read_async (PlanciaBackend     *backend,
            const char         *device,
            const char *const  *keys,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  call->device = g_strdup (device);
  call->keys = g_strdupv ((GStrv) keys);
  run (self, call, read_on_worker, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

static void
read_raw_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call   *call = data;
  GError *error = NULL;
  g_autoptr (GArray) words = g_array_sized_new (FALSE, TRUE, sizeof (guint16), call->count);

  g_array_set_size (words, call->count);
  if (plancia_modbus_line_read (plancia_modbus_poller_get_line (call->poller),
                                call->unit,
                                call->function,
                                call->address,
                                call->count,
                                (guint16 *) (gpointer) words->data,
                                0,
                                cancellable,
                                &error))
    g_task_return_pointer (task, g_steal_pointer (&words), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
  plancia_modbus_poller_update (call->poller);
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
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call;

  if (function < PLANCIA_MODBUS_READ_COILS || function > PLANCIA_MODBUS_READ_INPUT || count < 1 ||
      count > PLANCIA_MODBUS_MAX_READ) {
    g_task_report_new_error (self,
                             callback,
                             user_data,
                             NULL,
                             G_IO_ERROR,
                             G_IO_ERROR_INVALID_ARGUMENT,
                             "expected function 1 to 4 and 1 to %d registers, got %u and %u",
                             PLANCIA_MODBUS_MAX_READ,
                             function,
                             count);
    return;
  }
  call = call_new (self);
  call->unit = unit;
  call->function = function;
  call->address = address;
  call->count = count;
  run (self, call, read_raw_on_worker, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

/* --- writing --------------------------------------------------------------------------------- */

static void
write_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call      *call = data;
  GError    *error = NULL;
  GPtrArray *outcomes = plancia_modbus_write (call->poller,
                                              call->device,
                                              call->edits,
                                              call->log,
                                              call->progress,
                                              cancellable,
                                              &error);

  if (outcomes != NULL)
    g_task_return_pointer (task, outcomes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* The caller hears nothing of the progress once it has the result. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  Call      *call = g_task_get_task_data (G_TASK (result));
  GError    *error = NULL;
  GPtrArray *outcomes = g_task_propagate_pointer (G_TASK (result), &error);

  call->progress->open = FALSE;
  if (outcomes != NULL)
    g_task_return_pointer (outer, outcomes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (outer, error);
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
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  GTask                *outer = g_task_new (self, NULL, callback, user_data);
  Call                 *call = call_new (self);

  call->device = g_strdup (device);
  call->edits = plancia_modbus_edits_copy (edits);
  call->log = g_object_ref (log);
  call->progress = plancia_progress_new (progress, progress_data);
  run (self, call, write_on_worker, G_PRIORITY_HIGH, cancellable, written_cb, outer);
}

/* --- traffic --------------------------------------------------------------------------------- */

static void
set_recording_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_modbus_line_set_observer (plancia_modbus_poller_get_line (call->poller),
                                    call->traffic != NULL ? plancia_traffic_post : NULL,
                                    call->traffic);
  g_task_return_boolean (task, TRUE);
}

static void
set_recording (PlanciaBackend *backend, gboolean recording)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (backend);
  Call                 *call = call_new (self);

  plancia_traffic_set_recording (self->traffic, recording);
  call->traffic = recording ? self->traffic : NULL;
  run (self, call, set_recording_on_worker, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
flush_traffic (PlanciaBackend *backend)
{
  plancia_traffic_flush (PLANCIA_BACKEND_MODBUS (backend)->traffic);
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
  iface->set_polling = set_polling;
  iface->set_watch = set_watch;
  iface->set_learnt = set_learnt;
  iface->open_async = open_async;
  iface->close_async = close_async;
  iface->read_async = read_async;
  iface->read_raw_async = read_raw_async;
  iface->write_async = write_async;
  iface->set_recording = set_recording;
  iface->flush_traffic = flush_traffic;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_backend_modbus_dispose (GObject *object)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  if (self->news != NULL)
    plancia_mailbox_close (self->news);
  g_clear_pointer (&self->waiting, plancia_waiting_watch_free);
  g_clear_pointer (&self->poller, plancia_modbus_poller_free);
  g_clear_pointer (&self->news, plancia_mailbox_unref);
  g_clear_pointer (&self->traffic, plancia_traffic_free);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (plancia_backend_modbus_parent_class)->dispose (object);
}

static void
plancia_backend_modbus_finalize (GObject *object)
{
  PlanciaBackendModbus *self = PLANCIA_BACKEND_MODBUS (object);

  g_hash_table_unref (self->devices);
  g_clear_object (&self->closing);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (plancia_backend_modbus_parent_class)->finalize (object);
}

static void
plancia_backend_modbus_class_init (PlanciaBackendModbusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_backend_modbus_dispose;
  object_class->finalize = plancia_backend_modbus_finalize;
}

static void
plancia_backend_modbus_init (PlanciaBackendModbus *self)
{
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * plancia_backend_modbus_new:
 * @link: (transfer full): what carries the requests
 * @route: what it allows
 *
 * Main thread; the mailbox reports to the thread-default context of the caller. Returns: (transfer full)
 */
PlanciaBackend *
plancia_backend_modbus_new (PlanciaLink *link, const PlanciaModbusRoute *route)
{
  PlanciaBackendModbus *self = g_object_new (PLANCIA_TYPE_BACKEND_MODBUS, NULL);

  self->worker = plancia_worker_new ("plancia-modbus");
  self->traffic = plancia_traffic_new (plancia_backend_emit_traffic, self);
  self->news = plancia_mailbox_new (g_main_context_get_thread_default (),
                                    NEWS_CAPACITY,
                                    (GDestroyNotify) plancia_news_free,
                                    news_cb,
                                    self);
  plancia_mailbox_set_may_drop (self->news, plancia_news_may_drop);
  self->poller = plancia_modbus_poller_new (plancia_worker_get_context (self->worker),
                                            plancia_modbus_line_new (link, route),
                                            self->news,
                                            plancia_worker_get_cancellable (self->worker));
  self->waiting =
    plancia_waiting_watch_new (plancia_modbus_poller_get_line (self->poller), waiting_cb, self);
  return PLANCIA_BACKEND (self);
}
