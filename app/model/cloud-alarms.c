/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/cloud-alarms.h"

#include "base/clock.h"
#include "map/alarm-ids.h"
#include "model/alarm-log.h"
#include "model/cloud-alarm-join.h"
#include "model/device-alarms.h"

/* --- records --------------------------------------------------------------------------------- */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
}

static PlanciaAlarmRecord *
make_words (PlanciaDevice *device, const PlanciaCloudAlarm *alarm)
{
  PlanciaMap         *words = plancia_device_alarms_get_words (plancia_device_alarms_for (device));
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();
  gboolean            warning = FALSE;

  set_text (&record->device, plancia_device_get_id (device));
  set_text (&record->name, plancia_device_get_name (device));
  set_text (&record->source, PLANCIA_ALARM_PORTAL);
  set_text (&record->map, words != NULL ? plancia_map_get_id (words) : "");
  set_text (&record->label, plancia_alarm_ids_find (words, alarm->id, &warning));
  record->severity = warning ? PLANCIA_SEVERITY_WARNING : PLANCIA_SEVERITY_FAULT;
  return record;
}

/* --- following ------------------------------------------------------------------------------- */

/* The list is empty before the store has been asked; what comes then is added when it has. */
typedef struct
{
  PlanciaOpenPlant *plant;
  char             *device;
  GArray           *alarms;
} Waiting;

static void
take_all (PlanciaOpenPlant *plant, const char *id, GArray *alarms)
{
  PlanciaAlarmLog *log = plancia_alarm_log_for (plant);
  PlanciaDevice   *device = plancia_device_tree_find (plancia_open_plant_get_tree (plant), id);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray)
    all = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);

  if (device == NULL)
    return;
  known = plancia_alarm_log_dup_records (log, id);
  for (guint i = 0; i < alarms->len; i++) {
    const PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);
    g_autoptr (PlanciaAlarmRecord) words = make_words (device, alarm);
    g_autoptr (GPtrArray)
      records = plancia_cloud_alarm_join (known, alarm, words, plancia_clock_now ());

    plancia_cloud_alarm_keep (known, records);
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&records));
  }
  plancia_alarm_log_take (log, all);
}

static void
waiting_free (gpointer data, GClosure *closure)
{
  Waiting *self = data;

  g_array_unref (self->alarms);
  g_free (self->device);
  g_free (self);
}

static void
changed_cb (PlanciaAlarmLog *log, Waiting *waiting)
{
  g_autoptr (GArray) alarms = NULL;
  g_autofree char  *device = NULL;
  PlanciaOpenPlant *plant = waiting->plant;

  if (!plancia_alarm_log_is_ready (log))
    return;
  alarms = g_array_ref (waiting->alarms);
  device = g_strdup (waiting->device);
  g_signal_handlers_disconnect_by_data (log, waiting);
  take_all (plant, device, alarms);
}

static void
past_alarms_cb (PlanciaOpenPlant *plant, const char *device, GArray *alarms)
{
  PlanciaAlarmLog *log = plancia_alarm_log_for (plant);
  Waiting         *waiting;

  if (plancia_alarm_log_is_ready (log)) {
    take_all (plant, device, alarms);
    return;
  }
  waiting = g_new0 (Waiting, 1);
  *waiting = (Waiting){plant, g_strdup (device), g_array_ref (alarms)};
  g_signal_connect_data (log, "changed", G_CALLBACK (changed_cb), waiting, waiting_free, 0);
}

/**
 * plancia_cloud_alarms_follow:
 * @plant: whose list
 * @backend: of one of its connections
 */
void
plancia_cloud_alarms_follow (PlanciaOpenPlant *plant, PlanciaBackend *backend)
{
  if (plancia_backend_get_flags (backend) & PLANCIA_BACKEND_ALARMS)
    g_signal_connect_object (backend,
                             "past-alarms",
                             G_CALLBACK (past_alarms_cb),
                             plant,
                             G_CONNECT_SWAPPED);
}
