/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/replay-pass.h"

#include "base/clock.h"
#include "model/alarm-log.h"
#include "model/device-alarms.h"
#include "model/recorder.h"

/* Between two samples, ms. */
#define STEP 1000
/* Work between two looks at other events, us. */
#define BUDGET 8000
/* For maps to be loaded, ms. */
#define MAPS_LIMIT 5000
#define MAPS_TIME  20

typedef struct
{
  PlanciaTapePlayer *player;
  PlanciaDeviceTree *tree;
  PlanciaAlarmLog   *alarms;  /* of the plant */
  GPtrArray         *devices; /* leaves */
  GPtrArray         *samples; /* PlanciaSamples, one a device */
  gint64            *last;    /* ms: of the newest sample of each */
  gint64             time;
  gint64             began; /* monotonic, ms */
} Pass;

static void
pass_free (gpointer data)
{
  Pass *self = data;

  g_object_unref (self->player);
  g_object_unref (self->tree);
  g_object_unref (self->alarms);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->samples);
  g_free (self->last);
  g_free (self);
}

/* --- alarms ---------------------------------------------------------------------------------- */

static void
moved_cb (PlanciaAlarmLog *alarms, PlanciaTapePlayer *player)
{
  plancia_alarm_log_show_until (alarms, plancia_tape_player_get_time (player));
}

static void
rewound_cb (PlanciaDeviceTree *tree)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);

  for (guint i = 0; i < devices->len; i++)
    plancia_device_alarms_forget (plancia_device_alarms_for (g_ptr_array_index (devices, i)));
}

/* The list has everything now, and shows it as of the time that is looked at. */
static void
hold_alarms (Pass *self)
{
  moved_cb (self->alarms, self->player);
  g_signal_connect_object (self->player,
                           "moved",
                           G_CALLBACK (moved_cb),
                           self->alarms,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player,
                           "rewound",
                           G_CALLBACK (rewound_cb),
                           self->tree,
                           G_CONNECT_SWAPPED);
}

/* --- the pass -------------------------------------------------------------------------------- */

static gboolean
waits_for_maps (Pass *self)
{
  if (!plancia_alarm_log_is_ready (self->alarms))
    return plancia_clock_monotonic () < self->began + MAPS_LIMIT;
  for (guint i = 0; i < self->devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (self->devices, i);

    if (plancia_entry_get_map (plancia_device_get_entry (device)) &&
        !plancia_device_get_map (device) && !plancia_device_get_error (device))
      return plancia_clock_monotonic () < self->began + MAPS_LIMIT;
  }
  return FALSE;
}

static void
sample_all (Pass *self)
{
  for (guint i = 0; i < self->devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (self->devices, i);
    gint64         time = plancia_recorder_newest_time (device);

    if (time <= self->last[i])
      continue;
    plancia_recorder_sample (self->tree,
                             device,
                             time,
                             self->last[i],
                             g_ptr_array_index (self->samples, i));
    self->last[i] = time;
  }
}

static void
put_all (Pass *self, PlanciaStore *store)
{
  for (guint i = 0; i < self->samples->len; i++) {
    PlanciaSamples *samples = plancia_samples_seal (g_ptr_array_index (self->samples, i));

    if (plancia_samples_count (samples) > 0)
      plancia_store_put_async (store, samples, NULL, NULL, NULL);
  }
}

static gboolean
step_cb (gpointer user_data)
{
  GTask *task = user_data;
  Pass  *self = g_task_get_task_data (task);
  gint64 until = g_get_monotonic_time () + BUDGET;
  gint64 end = plancia_tape_player_get_end (self->player);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  while (g_get_monotonic_time () < until) {
    plancia_tape_player_seek (self->player, self->time);
    sample_all (self);
    if (self->time >= end) {
      put_all (self, plancia_open_plant_get_store (g_task_get_source_object (task)));
      hold_alarms (self);
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
    self->time = MIN (self->time + STEP, end);
  }
  return G_SOURCE_CONTINUE;
}

static gboolean
maps_cb (gpointer user_data)
{
  GTask *task = user_data;
  Pass  *self = g_task_get_task_data (task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)) && waits_for_maps (self))
    return G_SOURCE_CONTINUE;
  plancia_tape_player_tell (self->player);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, step_cb, g_object_ref (task), g_object_unref);
  return G_SOURCE_REMOVE;
}

/**
 * plancia_replay_pass_async:
 * @plant: the recording's, started
 * @player: of it, begun
 */
void
plancia_replay_pass_async (PlanciaOpenPlant   *plant,
                           PlanciaTapePlayer  *player,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (plant, cancellable, callback, user_data);
  Pass *self = g_new0 (Pass, 1);

  self->player = g_object_ref (player);
  self->tree = g_object_ref (plancia_open_plant_get_tree (plant));
  self->alarms = g_object_ref (plancia_alarm_log_for (plant));
  self->devices = plancia_device_tree_list (self->tree);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);
  self->last = g_new0 (gint64, MAX (self->devices->len, 1));
  for (guint i = 0; i < self->devices->len; i++)
    g_ptr_array_add (
      self->samples,
      plancia_samples_new (plancia_device_get_id (g_ptr_array_index (self->devices, i)),
                           PLANCIA_RECORDER_SOURCE,
                           (PlanciaSpan){0, 0}));
  self->time = plancia_tape_player_get_start (player);
  self->began = plancia_clock_monotonic ();
  g_task_set_task_data (task, self, pass_free);
  g_timeout_add_full (G_PRIORITY_DEFAULT, MAPS_TIME, maps_cb, g_object_ref (task), g_object_unref);
}

gboolean
plancia_replay_pass_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
