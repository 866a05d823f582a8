/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cloud-source.h"

#include "backend/cloud-past.h"
#include "base/worker.h"

struct _PlanciaCloudSource
{
  GObject parent_instance;

  PlanciaWorker      *worker;
  PlanciaWorker      *decoder; /* takes apart what came, meanwhile the other one asks for more */
  PlanciaCloudClient *client;  /* the worker's until it has stopped */
  GHashTable         *things;  /* char* serial number by char* device */
  GTimeZone          *zone;
  gboolean            without_alarms; /* the worker's: the cloud has none of the past to give */
  gint64              window;
};

typedef struct
{
  char             *device;
  char             *thing;
  PlanciaSpan       span;
  PlanciaCloudPast *past;   /* what came, or NULL */
  GArray           *alarms; /* PlanciaCloudAlarm that came with the answer; or NULL */
} Question;

static void plancia_cloud_source_backend_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaCloudSource,
                               plancia_cloud_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND,
                                                      plancia_cloud_source_backend_init))

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->device);
  g_free (question->thing);
  g_clear_pointer (&question->past, plancia_cloud_past_free);
  g_clear_pointer (&question->alarms, g_array_unref);
  g_free (question);
}

static PlanciaCloudPast *
ask (PlanciaCloudSource *self,
     Question           *question,
     gboolean            at_once,
     GCancellable       *cancellable,
     GError            **error)
{
  return plancia_cloud_past_ask (self->client,
                                 question->thing,
                                 question->device,
                                 question->span,
                                 self->zone,
                                 at_once,
                                 &self->without_alarms,
                                 NULL,
                                 cancellable,
                                 error);
}

/* What did not look as it was. */
static void
fetch_again (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Question *question = task_data;
  GError   *error = NULL;
  g_autoptr (PlanciaCloudPast) past = ask (source, question, TRUE, cancellable, &error);
  PlanciaSamples *samples = past != NULL
                              ? plancia_cloud_past_decode (past, &question->alarms, &error)
                              : NULL;

  if (samples != NULL)
    g_task_return_pointer (task, samples, (GDestroyNotify) plancia_samples_unref);
  else
    g_task_return_error (task, error);
}

static void
decode (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaCloudSource *self = source;
  Question           *question = task_data;
  PlanciaSamples     *samples = plancia_cloud_past_decode (question->past, &question->alarms, NULL);

  if (samples != NULL)
    g_task_return_pointer (task, samples, (GDestroyNotify) plancia_samples_unref);
  else
    plancia_worker_run (self->worker, task, fetch_again);
}

static void
fetch (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaCloudSource *self = source;
  Question           *question = task_data;
  GError             *error = NULL;

  question->past = ask (self, question, FALSE, cancellable, &error);
  if (question->past != NULL)
    plancia_worker_run (self->decoder, task, decode);
  else
    g_task_return_error (task, error);
}

static PlanciaBackendFlags
plancia_cloud_source_get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_HISTORY | PLANCIA_BACKEND_AHEAD;
}

static void
plancia_cloud_source_add_device (PlanciaBackend *backend,
                                 const char     *device,
                                 int             unit,
                                 const char     *thing,
                                 PlanciaMap     *map)
{
  g_hash_table_insert (PLANCIA_CLOUD_SOURCE (backend)->things, g_strdup (device), g_strdup (thing));
}

static void
plancia_cloud_source_fetch_async (PlanciaBackend     *backend,
                                  const char         *device,
                                  PlanciaSpan         span,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  PlanciaCloudSource *self = PLANCIA_CLOUD_SOURCE (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->device = g_strdup (device);
  question->thing = g_strdup (g_hash_table_lookup (self->things, device));
  question->span = span;
  g_task_set_task_data (task, question, question_free);
  plancia_worker_run (self->worker, task, fetch);
}

static PlanciaSamples *
plancia_cloud_source_fetch_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  Question       *question = g_task_get_task_data (G_TASK (result));
  PlanciaSamples *samples = g_task_propagate_pointer (G_TASK (result), error);

  if (samples != NULL && question->alarms != NULL)
    plancia_backend_emit_past_alarms (backend, question->device, question->alarms);
  return samples;
}

static gint64
plancia_cloud_source_get_window (PlanciaBackend *backend)
{
  return PLANCIA_CLOUD_SOURCE (backend)->window;
}

static void
plancia_cloud_source_backend_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = plancia_cloud_source_get_flags;
  iface->add_device = plancia_cloud_source_add_device;
  iface->fetch_async = plancia_cloud_source_fetch_async;
  iface->fetch_finish = plancia_cloud_source_fetch_finish;
  iface->get_window = plancia_cloud_source_get_window;
}

static void
plancia_cloud_source_finalize (GObject *object)
{
  PlanciaCloudSource *self = PLANCIA_CLOUD_SOURCE (object);

  plancia_worker_stop (self->worker);
  plancia_worker_stop (self->decoder);
  g_object_unref (self->worker);
  g_object_unref (self->decoder);
  plancia_cloud_client_free (self->client);
  g_hash_table_unref (self->things);
  g_time_zone_unref (self->zone);
  G_OBJECT_CLASS (plancia_cloud_source_parent_class)->finalize (object);
}

static void
plancia_cloud_source_class_init (PlanciaCloudSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_cloud_source_finalize;
}

static void
plancia_cloud_source_init (PlanciaCloudSource *self)
{
  self->worker = plancia_worker_new ("cloud");
  self->decoder = plancia_worker_new ("decode");
  self->things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * plancia_cloud_source_new:
 * @client: (transfer full): an open client of the account
 * @zone: where its days begin
 *
 * Returns: (transfer full): the backend
 */
PlanciaBackend *
plancia_cloud_source_new (PlanciaCloudClient *client, GTimeZone *zone)
{
  PlanciaCloudSource *self = g_object_new (PLANCIA_TYPE_CLOUD_SOURCE, NULL);

  self->client = client;
  self->zone = g_time_zone_ref (zone);
  self->window = plancia_cloud_client_get_profile (client)->window;
  return PLANCIA_BACKEND (self);
}
