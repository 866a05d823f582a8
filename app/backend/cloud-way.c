/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-way.h"

#include "base/error.h"
#include "plant/cloud-settings.h"
#include "protocol/system-json.h"

/* For the worker. */
typedef struct
{
  PlanciaCloudClient *client; /* borrowed */
  GCancellable       *closing;
  char               *account;
} Post;

static void
post_free (gpointer data)
{
  Post *self = data;

  g_object_unref (self->closing);
  g_free (self->account);
  g_free (self);
}

static gpointer
decode (const PlanciaCloudFormat *format, GBytes *body, guint status, gpointer data, GError **error)
{
  const char *command = format->commands[PLANCIA_CLOUD_WRITE];

  return plancia_system_json_accepted (body, status, command, error) ? data : NULL;
}

/* What a person has not seen to be right is not written through. */
static gboolean
check_profile (Post *self, GError **error)
{
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (self->client);

  if (profile->format.commands[PLANCIA_CLOUD_WRITE] == NULL) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_SUPPORTED,
                         "the account's profile has no command for writing");
    return FALSE;
  }
  if (!profile->unverified || plancia_cloud_settings_get_verified (self->account) != 0)
    return TRUE;
  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_NOT_SUPPORTED,
                       "the account's profile has not been tested");
  return FALSE;
}

/* No second time, whatever comes. */
static gboolean
post (gpointer data, const char *body, GCancellable *cancellable, GError **error)
{
  Post *self = data;

  return check_profile (self, error) && plancia_cloud_client_ask (self->client,
                                                                  PLANCIA_CLOUD_WRITE,
                                                                  body,
                                                                  decode,
                                                                  self,
                                                                  PLANCIA_CLOUD_ONCE,
                                                                  self->closing,
                                                                  cancellable,
                                                                  error) != NULL;
}

/**
 * plancia_cloud_way_write_async:
 * @way: where to; copied
 * @source: (type GObject): of the result
 * @edits: (element-type PlanciaEdit): copied
 * @log: the record
 * @cancellable: (nullable): stops before the next request
 * @progress: (nullable): called as it goes on
 * @progress_data: for @progress
 * @callback: when all have ended
 * @user_data: for @callback
 */
void
plancia_cloud_way_write_async (const PlanciaCloudWay *way,
                               gpointer               source,
                               GPtrArray             *edits,
                               PlanciaWriteLog       *log,
                               GCancellable          *cancellable,
                               PlanciaWriteProgress   progress,
                               gpointer               progress_data,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (way->client);
  PlanciaSystemWriterPlace   place = {.worker = way->worker,
                                      .post = post,
                                      .post_destroy = post_free,
                                      .writes = plancia_cloud_writes_get_default (),
                                      .account = way->account,
                                      .thing = way->thing,
                                      .device = way->device,
                                      .map = way->map,
                                      .log = log};
  Post                      *data;

  if (way->closing == NULL || way->thing == NULL) {
    g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

    g_task_return_new_error (task,
                             G_IO_ERROR,
                             way->closing == NULL ? G_IO_ERROR_NOT_CONNECTED : G_IO_ERROR_NOT_FOUND,
                             way->closing == NULL ? "the account is not open"
                                                  : "the device has no serial number");
    return;
  }
  data = g_new0 (Post, 1);
  data->client = way->client;
  data->closing = g_object_ref (way->closing);
  data->account = g_strdup (way->account);
  place.post_data = data;
  place.command = profile->format.commands[PLANCIA_CLOUD_WRITE];
  plancia_system_writer_run_async (&place,
                                   source,
                                   edits,
                                   cancellable,
                                   progress,
                                   progress_data,
                                   callback,
                                   user_data);
}
