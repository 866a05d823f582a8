/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/cloud-alarms.h"

#include "base/clock.h"
#include "map/alarm-ids.h"
#include "model/alarm-log.h"
#include "model/device-alarms.h"

/* Two answers that follow each other have packets as far apart as this. */
#define GAP (20 * PLANCIA_MINUTE)

/* --- the same one ---------------------------------------------------------------------------- */

static gboolean
is_same (const PlanciaAlarmRecord *record, const char *device, const PlanciaCloudAlarm *alarm)
{
  gint64 until = record->until != 0 ? record->until : G_MAXINT64 - GAP;

  return record->id == alarm->id && g_str_equal (record->device, device) &&
         g_str_equal (record->source, PLANCIA_ALARM_PORTAL) && record->since <= alarm->since &&
         alarm->since <= until + GAP;
}

/* A row in which this interval lies, or whose end it continues. */
static PlanciaAlarmItem *
find_same (PlanciaAlarmLog *log, const char *device, const PlanciaCloudAlarm *alarm)
{
  GListModel *rows = G_LIST_MODEL (log);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (rows, i);

    if (is_same (plancia_alarm_item_get_record (item), device, alarm))
      return item; /* the list holds it */
  }
  return NULL;
}

/* --- records --------------------------------------------------------------------------------- */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
}

/* An answer about last month does not say that an alarm still is. */
static gint64
get_until (const PlanciaCloudAlarm *alarm)
{
  if (alarm->until != 0)
    return alarm->until;
  return alarm->seen < plancia_clock_now () - PLANCIA_HOUR ? alarm->seen : 0;
}

static PlanciaAlarmRecord *
make_record (PlanciaDevice *device, const PlanciaCloudAlarm *alarm)
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
  record->id = alarm->id;
  record->since = alarm->since;
  record->from_before = alarm->from_before;
  record->until = get_until (alarm);
  return record;
}

/* An interval that is known already may have ended meanwhile. */
static void
take_alarm (PlanciaAlarmLog *log, PlanciaDevice *device, const PlanciaCloudAlarm *alarm)
{
  PlanciaAlarmItem   *same = find_same (log, plancia_device_get_id (device), alarm);
  gint64              until = get_until (alarm);
  PlanciaAlarmRecord *record;

  if (same == NULL) {
    plancia_alarm_log_add (log, make_record (device, alarm));
    return;
  }
  if (until == 0 || !plancia_alarm_item_is_open (same))
    return;
  record = plancia_alarm_record_copy (plancia_alarm_item_get_record (same));
  record->until = until;
  plancia_alarm_log_add (log, record);
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

  for (guint i = 0; device != NULL && i < alarms->len; i++)
    take_alarm (log, device, &g_array_index (alarms, PlanciaCloudAlarm, i));
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
