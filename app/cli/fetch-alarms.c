/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fetch-alarms.h"

#include "base/clock.h"
#include "map/alarm-ids.h"
#include "model/cloud-alarm-join.h"

/* Of each device from the store. */
#define MOST 100000

struct _PlanciaFetchAlarms
{
  PlanciaCliArchive *archive;
  GPtrArray         *known; /* PlanciaAlarmRecord; NULL until the store has answered */
  guint              puts;
};

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
}

static PlanciaAlarmRecord *
make_words (const PlanciaCliDevice *device, int id)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();
  gboolean            warning = FALSE;

  set_text (&record->device, device->id);
  set_text (&record->name, device->name);
  set_text (&record->source, PLANCIA_ALARM_PORTAL);
  set_text (&record->map, device->map != NULL ? plancia_map_get_id (device->map) : "");
  set_text (&record->label, plancia_alarm_ids_find (device->map, id, &warning));
  record->severity = warning ? PLANCIA_SEVERITY_WARNING : PLANCIA_SEVERITY_FAULT;
  return record;
}

static void
put_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  PlanciaFetchAlarms *self = user_data;
  g_autoptr (GError) error = NULL;

  self->puts--;
  if (!plancia_store_put_alarms_finish (PLANCIA_STORE (store), result, &error))
    g_warning ("alarms could not be kept: %s", error->message);
}

static void
past_alarms_cb (PlanciaBackend *backend, const char *id, GArray *alarms, PlanciaFetchAlarms *self)
{
  const PlanciaCliDevice *device = plancia_cli_archive_find (self->archive, id);
  g_autoptr (GPtrArray)
    all = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);

  for (guint i = 0; device != NULL && i < alarms->len; i++) {
    const PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);
    g_autoptr (PlanciaAlarmRecord) words = make_words (device, alarm->id);
    g_autoptr (GPtrArray)
      records = plancia_cloud_alarm_join (self->known, alarm, words, plancia_clock_now ());

    plancia_cloud_alarm_keep (self->known, records);
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&records));
  }
  if (all->len == 0)
    return;
  self->puts++;
  plancia_store_put_alarms_async (self->archive->store, all, put_done, self);
}

static void
listed (GObject *store, GAsyncResult *result, gpointer user_data)
{
  PlanciaFetchAlarms *self = user_data;
  g_autoptr (GError) error = NULL;

  self->known = plancia_store_list_alarms_finish (PLANCIA_STORE (store), result, &error);
  if (self->known != NULL)
    return;
  g_warning ("alarms of the past could not be read: %s", error->message);
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
}

/**
 * plancia_fetch_alarms_new:
 * @archive: whose store and devices; lives longer
 *
 * Returns: (transfer full): the keeper
 */
PlanciaFetchAlarms *
plancia_fetch_alarms_new (PlanciaCliArchive *archive)
{
  PlanciaFetchAlarms *self = g_new0 (PlanciaFetchAlarms, 1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  self->archive = archive;
  for (guint i = 0; i < archive->devices->len; i++)
    g_ptr_array_add (ids, ((PlanciaCliDevice *) g_ptr_array_index (archive->devices, i))->id);
  g_ptr_array_add (ids, NULL);
  plancia_store_list_alarms_async (archive->store,
                                   (const char *const *) ids->pdata,
                                   MOST,
                                   NULL,
                                   listed,
                                   self);
  while (self->known == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

/**
 * plancia_fetch_alarms_follow:
 * @self: the keeper
 * @backend: of an account
 */
void
plancia_fetch_alarms_follow (PlanciaFetchAlarms *self, PlanciaBackend *backend)
{
  g_signal_connect (backend, "past-alarms", G_CALLBACK (past_alarms_cb), self);
}

/**
 * plancia_fetch_alarms_finish:
 * @self: (transfer full): the keeper
 */
void
plancia_fetch_alarms_finish (PlanciaFetchAlarms *self)
{
  while (self->puts > 0)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_unref (self->known);
  g_free (self);
}
