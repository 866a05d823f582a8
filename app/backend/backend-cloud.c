/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-cloud.h"

#include "backend/cloud-account.h"
#include "backend/cloud-way.h"
#include "base/error.h"
#include "base/worker.h"

/* News that may wait for the main thread. */
#define NEWS_CAPACITY 256

/* Of a fetch: one waits for the worker all the time, and whatever is due, or asked for by a person, comes first. */
#define PATIENT (PLANCIA_CLOUD_ACCOUNT_PRIORITY + 10)

struct _PlanciaBackendCloud
{
  GObject parent_instance;

  PlanciaWorker       *worker;
  PlanciaWorker       *decoder; /* takes apart what came, meanwhile the other one asks for more */
  PlanciaCloudAccount *account; /* the worker's */
  PlanciaCloudClient  *client;  /* the account's */
  PlanciaMailbox      *news;
  PlanciaTraffic      *traffic;

  char              *name;    /* of the account */
  gboolean           writes;  /* this cloud has a command for it */
  GHashTable        *devices; /* id -> Device, so that nothing comes of one that was removed */
  GCancellable      *closing; /* of what was opened last; NULL when closed */
  guint              epoch;   /* counts opens and closes: older states are not listened to */
  PlanciaState       state;
  GError            *error;
  PlanciaLinkQuality quality;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaBackendCloud,
                               plancia_backend_cloud,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

/* What goes to the worker with a task. */
typedef struct
{
  PlanciaCloudAccount *account;
  guint                epoch;
  GCancellable        *closing;
  char                *device;
  char                *thing;
  gboolean             polling;
  gboolean             replaced;
  char                *counters;
  GStrv                keys;
  PlanciaSpan          span;
  PlanciaCloudPast    *past; /* what came, or NULL */
} Call;

typedef struct
{
  PlanciaCloudAccount *account;
  GTimeZone           *zone;
  double               latitude;
  double               longitude;
} Place;

/* What a write has to know of one. */
typedef struct
{
  char       *thing; /* or NULL */
  PlanciaMap *map;   /* or NULL */
} Device;

static void
device_free (gpointer data)
{
  Device *self = data;

  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self->thing);
  g_free (self);
}

static Call *
call_new (PlanciaBackendCloud *self, const char *device)
{
  Call *call = g_new0 (Call, 1);

  call->account = self->account;
  call->epoch = self->epoch;
  call->device = g_strdup (device);
  return call;
}

static void
call_free (Call *self)
{
  g_clear_object (&self->closing);
  g_clear_pointer (&self->keys, g_strfreev);
  g_free (self->counters);
  g_clear_pointer (&self->past, plancia_cloud_past_free);
  g_free (self->device);
  g_free (self->thing);
  g_free (self);
}

static void
run_priority (PlanciaBackendCloud *self,
              Call                *call,
              PlanciaWorkerFunc    func,
              int                  priority,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  plancia_worker_run_priority (self->worker, task, func, priority);
}

static void
run (PlanciaBackendCloud *self,
     Call                *call,
     PlanciaWorkerFunc    func,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  run_priority (self, call, func, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

/* --- news ------------------------------------------------------------------------------------ */

static void
set_state (PlanciaBackendCloud *self, PlanciaState state, const GError *error)
{
  self->state = state;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static void
take_news (PlanciaBackendCloud *self, const PlanciaNews *news)
{
  PlanciaBackend *backend = PLANCIA_BACKEND (self);

  if (news->kind == PLANCIA_NEWS_STATE && news->epoch == self->epoch) {
    self->quality = news->quality;
    set_state (self, news->state, news->error);
  } else if (news->kind == PLANCIA_NEWS_READINGS &&
             g_hash_table_contains (self->devices, plancia_readings_get_device (news->readings))) {
    plancia_backend_emit_readings (backend, news->readings);
  } else if (news->kind == PLANCIA_NEWS_DEVICE_FAILED &&
             g_hash_table_contains (self->devices, news->device)) {
    plancia_backend_emit_device_failed (backend, news->device, news->error);
  } else if (news->kind == PLANCIA_NEWS_LEARNT &&
             g_hash_table_contains (self->devices, news->device)) {
    plancia_backend_emit_learnt (backend, news->device, news->learnt);
  } else if (news->kind == PLANCIA_NEWS_PAST_ALARMS &&
             g_hash_table_contains (self->devices, news->device)) {
    plancia_backend_emit_past_alarms (backend, news->device, news->alarms);
  }
}

static void
news_cb (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaBackendCloud) self = g_object_ref (user_data);

  for (guint i = 0; i < items->len; i++)
    take_news (self, g_ptr_array_index (items, i));
}

/* --- the interface --------------------------------------------------------------------------- */

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_HISTORY | PLANCIA_BACKEND_ALARMS |
         PLANCIA_BACKEND_AHEAD;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_CLOUD (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_CLOUD (backend)->error;
}

static void
get_quality (PlanciaBackend *backend, PlanciaLinkQuality *out)
{
  *out = PLANCIA_BACKEND_CLOUD (backend)->quality;
}

static gint64
get_window (PlanciaBackend *backend)
{
  return plancia_cloud_client_get_window (PLANCIA_BACKEND_CLOUD (backend)->client);
}

static void
add_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_add (call->account, call->device, call->thing);
  g_task_return_boolean (task, TRUE);
}

static void
add_device (PlanciaBackend *backend,
            const char     *device,
            int             unit,
            const char     *thing,
            PlanciaMap     *map)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  Call                *call = call_new (self, device);
  Device              *known = g_new0 (Device, 1);

  known->thing = g_strdup (thing);
  known->map = map != NULL ? plancia_map_ref (map) : NULL;
  g_hash_table_replace (self->devices, g_strdup (device), known);
  call->thing = g_strdup (thing);
  run (self, call, add_on_worker, NULL, NULL, NULL);
}

static void
set_counters_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_set_counters (call->account, call->device, call->counters);
  g_task_return_boolean (task, TRUE);
}

static void
set_learnt (PlanciaBackend *backend, const char *device, const PlanciaLearnt *learnt)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  Call                *call = call_new (self, device);

  call->counters = learnt != NULL ? g_strdup (learnt->counters) : NULL;
  run (self, call, set_counters_on_worker, NULL, NULL, NULL);
}

static void
answer_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_answer (call->account, call->device, call->replaced);
  g_task_return_boolean (task, TRUE);
}

static void
remove_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_remove (call->account, call->device);
  g_task_return_boolean (task, TRUE);
}

static void
remove_device (PlanciaBackend *backend, const char *device)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);

  g_hash_table_remove (self->devices, device);
  run (self, call_new (self, device), remove_on_worker, NULL, NULL, NULL);
}

static void
set_polling_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_set_polling (call->account, call->polling);
  g_task_return_boolean (task, TRUE);
}

static void
set_polling (PlanciaBackend *backend, gboolean polling, guint fast_interval_ms)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  Call                *call = call_new (self, NULL);

  call->polling = polling;
  run (self, call, set_polling_on_worker, NULL, NULL, NULL);
}

static void
open_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call   *call = data;
  GError *error = NULL;

  if (plancia_cloud_account_open (call->account, call->epoch, call->closing, cancellable, &error))
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
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  gboolean fresh = self->state != PLANCIA_STATE_OPEN && self->state != PLANCIA_STATE_OPENING;
  Call    *call;

  if (self->closing == NULL)
    self->closing = g_cancellable_new ();
  if (fresh)
    self->epoch++;
  call = call_new (self, NULL);
  call->closing = g_object_ref (self->closing);
  run (self, call, open_on_worker, cancellable, callback, user_data);
  if (fresh)
    set_state (self, PLANCIA_STATE_OPENING, NULL);
}

static void
close_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  plancia_cloud_account_close (call->account, call->epoch);
  g_task_return_boolean (task, TRUE);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);

  self->epoch++;
  g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  run (self, call_new (self, NULL), close_on_worker, NULL, callback, user_data);
  if (self->state != PLANCIA_STATE_CLOSED)
    set_state (self, PLANCIA_STATE_CLOSING, NULL);
}

static void
read_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call            *call = data;
  GError          *error = NULL;
  PlanciaReadings *readings = plancia_cloud_account_read (call->account,
                                                          call->device,
                                                          (const char *const *) call->keys,
                                                          cancellable,
                                                          &error);

  if (readings != NULL)
    g_task_return_pointer (task, readings, (GDestroyNotify) plancia_readings_unref);
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
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  Call                *call = call_new (self, device);

  call->keys = g_strdupv ((GStrv) keys);
  run (self, call, read_on_worker, cancellable, callback, user_data);
}

static void
return_fetched (GTask *task, Call *call, PlanciaSamples *samples, GArray *alarms)
{
  plancia_cloud_account_tell_alarms (call->account, call->device, alarms);
  g_task_return_pointer (task, samples, (GDestroyNotify) plancia_samples_unref);
}

/* What did not look as it was. */
static void
fetch_again_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call   *call = data;
  GArray *alarms = NULL;
  GError *error = NULL;
  g_autoptr (PlanciaCloudPast) past = plancia_cloud_account_fetch (call->account,
                                                                   call->device,
                                                                   call->span,
                                                                   TRUE,
                                                                   cancellable,
                                                                   &error);
  PlanciaSamples *samples = past != NULL ? plancia_cloud_past_decode (past, &alarms, &error) : NULL;

  if (samples != NULL)
    return_fetched (task, call, samples, alarms);
  else
    g_task_return_error (task, error);
}

static void
decode (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (source);
  Call                *call = data;
  GArray              *alarms = NULL;
  PlanciaSamples      *samples = plancia_cloud_past_decode (call->past, &alarms, NULL);

  if (samples != NULL)
    return_fetched (task, call, samples, alarms);
  else
    plancia_worker_run_priority (self->worker, task, fetch_again_on_worker, PATIENT);
}

static void
fetch_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (source);
  Call                *call = data;
  GError              *error = NULL;

  call->past = plancia_cloud_account_fetch (call->account,
                                            call->device,
                                            call->span,
                                            FALSE,
                                            cancellable,
                                            &error);
  if (call->past != NULL)
    plancia_worker_run (self->decoder, task, decode);
  else
    g_task_return_error (task, error);
}

static void
fetch_async (PlanciaBackend     *backend,
             const char         *device,
             PlanciaSpan         span,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  Call                *call = call_new (self, device);

  call->span = span;
  run_priority (self, call, fetch_on_worker, PATIENT, cancellable, callback, user_data);
}

static void
place_free (Place *self)
{
  g_time_zone_unref (self->zone);
  g_free (self);
}

static void
set_place_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Place *place = data;

  plancia_cloud_account_set_place (place->account, place->zone, place->latitude, place->longitude);
  g_task_return_boolean (task, TRUE);
}

static void
set_place (PlanciaBackend *backend, GTimeZone *zone, double latitude, double longitude)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (backend);
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);
  Place *place = g_new0 (Place, 1);

  *place = (Place){self->account, g_time_zone_ref (zone), latitude, longitude};
  g_task_set_task_data (task, place, (GDestroyNotify) place_free);
  plancia_worker_run (self->worker, task, set_place_on_worker);
}

static void
set_recording (PlanciaBackend *backend, gboolean recording)
{
  plancia_traffic_set_recording (PLANCIA_BACKEND_CLOUD (backend)->traffic, recording);
}

static void
flush_traffic (PlanciaBackend *backend)
{
  plancia_traffic_flush (PLANCIA_BACKEND_CLOUD (backend)->traffic);
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
  PlanciaBackendCloud  *self = PLANCIA_BACKEND_CLOUD (backend);
  Device               *known = g_hash_table_lookup (self->devices, device);
  const PlanciaCloudWay way = {self->client,
                               self->worker,
                               self->closing,
                               self->name,
                               self->writes && known != NULL ? known->thing : NULL,
                               device,
                               known != NULL ? known->map : NULL};

  plancia_cloud_way_write_async (&way,
                                 backend,
                                 edits,
                                 log,
                                 cancellable,
                                 progress,
                                 progress_data,
                                 callback,
                                 user_data);
}

static GPtrArray *
write_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return plancia_system_writer_run_finish (result, error);
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
  iface->set_learnt = set_learnt;
  iface->open_async = open_async;
  iface->close_async = close_async;
  iface->read_async = read_async;
  iface->write_async = write_async;
  iface->write_finish = write_finish;
  iface->fetch_async = fetch_async;
  iface->get_window = get_window;
  iface->set_place = set_place;
  iface->set_recording = set_recording;
  iface->flush_traffic = flush_traffic;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_backend_cloud_dispose (GObject *object)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  if (self->decoder != NULL)
    plancia_worker_stop (self->decoder);
  if (self->news != NULL)
    plancia_mailbox_close (self->news);
  g_clear_pointer (&self->account, plancia_cloud_account_free);
  g_clear_pointer (&self->news, plancia_mailbox_unref);
  g_clear_pointer (&self->traffic, plancia_traffic_free);
  g_clear_object (&self->worker);
  g_clear_object (&self->decoder);
  G_OBJECT_CLASS (plancia_backend_cloud_parent_class)->dispose (object);
}

static void
plancia_backend_cloud_finalize (GObject *object)
{
  PlanciaBackendCloud *self = PLANCIA_BACKEND_CLOUD (object);

  g_hash_table_unref (self->devices);
  g_free (self->name);
  g_clear_object (&self->closing);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (plancia_backend_cloud_parent_class)->finalize (object);
}

static void
plancia_backend_cloud_class_init (PlanciaBackendCloudClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_backend_cloud_dispose;
  object_class->finalize = plancia_backend_cloud_finalize;
}

static void
plancia_backend_cloud_init (PlanciaBackendCloud *self)
{
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, device_free);
  self->worker = plancia_worker_new ("plancia-cloud");
  self->decoder = plancia_worker_new ("plancia-decode");
  self->traffic = plancia_traffic_new (plancia_backend_emit_traffic, self);
  self->news = plancia_mailbox_new (g_main_context_get_thread_default (),
                                    NEWS_CAPACITY,
                                    (GDestroyNotify) plancia_news_free,
                                    news_cb,
                                    self);
}

/**
 * plancia_backend_cloud_new:
 * @source: "portal" or "system"
 * @account: name of the account
 * @url: (nullable): NULL for its profile's
 *
 * Main thread. Returns: (transfer full)
 */
PlanciaBackend *
plancia_backend_cloud_new (const char *source, const char *account, const char *url)
{
  PlanciaBackendCloud *self = g_object_new (PLANCIA_TYPE_BACKEND_CLOUD, NULL);

  self->name = g_strdup (account);
  self->writes = g_str_equal (source, "system");
  self->client = plancia_cloud_client_new (account, source, url, self->traffic);
  self->account = plancia_cloud_account_new (self->client,
                                             account,
                                             plancia_worker_get_context (self->worker),
                                             self->news,
                                             plancia_worker_get_cancellable (self->worker));
  return PLANCIA_BACKEND (self);
}

/**
 * plancia_backend_cloud_set_map:
 * @self: a cloud
 * @device: an added device
 * @map: the registers that it is known to have
 */
void
plancia_backend_cloud_set_map (PlanciaBackendCloud *self, const char *device, PlanciaMap *map)
{
  Device *known = g_hash_table_lookup (self->devices, device);

  if (known == NULL)
    return;
  g_clear_pointer (&known->map, plancia_map_unref);
  known->map = plancia_map_ref (map);
}

gboolean
plancia_backend_cloud_can_write (PlanciaBackendCloud *self)
{
  return self->writes;
}

void
plancia_backend_cloud_answer_replaced (PlanciaBackendCloud *self,
                                       const char          *device,
                                       gboolean             replaced)
{
  Call *call = call_new (self, device);

  call->replaced = replaced;
  run (self, call, answer_on_worker, NULL, NULL, NULL);
}
