/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-keeper.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "commission/visits.h"
#include "history/archive-trouble.h"
#include "model/replay-pass.h"
#include "model/snapshots.h"
#include "parcel/parcel.h"
#include "plant/plant-file.h"
#include "ui/account-removal.h"
#include "ui/hub-consent.h"
#include "ui/plant-place.h"
#include "ui/plant-saver.h"
#include "ui/plant-settings.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

#define SAVE_DELAY      400  /* ms; several changes in a row are one file */
#define SHUT_DOWN_LIMIT 1500 /* ms */

struct _PlanciaPlantKeeper
{
  GObject parent_instance;

  PlanciaSession    *session;
  PlanciaWorker     *worker; /* files */
  GCancellable      *cancellable;
  PlanciaOpenPlant  *open;   /* or NULL */
  PlanciaDemoPlant  *demo;   /* what serves open, or NULL */
  PlanciaTapePlayer *player; /* what open is recorded in, or NULL */
  char              *path;   /* where open is saved, or NULL */
  gboolean           busy;
  guint              save_id;
  guint              n_saving;
  guint              n_closing;
  GTask             *shutting_down;
  GTask             *settling; /* or NULL */
  guint              limit_id;
};

enum {
  PROP_0,
  PROP_BUSY,
  PROP_PATH,
  N_PROPS,
};

enum {
  SIGNAL_FAILED,
  SIGNAL_PARCEL,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaPlantKeeper, plancia_plant_keeper, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
fail (PlanciaPlantKeeper *self, const char *heading, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, heading, error);
}

static void
set_busy (PlanciaPlantKeeper *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* The end of the program waits for files and connections. */
static void
settle (PlanciaPlantKeeper *self)
{
  if (self->n_saving > 0 || self->n_closing > 0)
    return;

  if (self->settling)
    g_task_return_boolean (self->settling, TRUE);
  g_clear_object (&self->settling);
  if (!self->shutting_down)
    return;

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_task_return_boolean (self->shutting_down, TRUE);
  g_clear_object (&self->shutting_down);
}

/* --- saving ---------------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaPlantKeeper *self = PLANCIA_PLANT_KEEPER (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (self, _("The plant could not be saved"), error);
  self->n_saving--;
  settle (self);
}

static void
save_now (PlanciaPlantKeeper *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->open || !self->path)
    return;

  self->n_saving++;
  plancia_plant_saver_run (self->worker,
                           self,
                           self->path,
                           plancia_open_plant_get_plant (self->open),
                           saved_cb);
}

static gboolean
save_cb (gpointer user_data)
{
  PlanciaPlantKeeper *self = user_data;

  self->save_id = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

/* --- closing --------------------------------------------------------------------------------- */

/* A plant on its way out, and the simulator that serves it. */
typedef struct
{
  PlanciaPlantKeeper *keeper;
  PlanciaDemoPlant   *demo;
} Leaving;

static void
leaving_done (Leaving *leaving)
{
  leaving->keeper->n_closing--;
  settle (leaving->keeper);
  g_object_unref (leaving->keeper);
  g_clear_object (&leaving->demo);
  g_free (leaving);
}

static void
demo_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  plancia_demo_plant_stop_finish (PLANCIA_DEMO_PLANT (source), result);
  leaving_done (user_data);
}

static void
plant_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Leaving *leaving = user_data;

  plancia_open_plant_close_finish (PLANCIA_OPEN_PLANT (source), result, NULL);
  if (leaving->demo)
    plancia_demo_plant_stop_async (leaving->demo, demo_stopped_cb, leaving);
  else
    leaving_done (leaving);
}

static void
leave (PlanciaPlantKeeper *self)
{
  Leaving *leaving;

  if (!self->open)
    return;

  if (self->save_id != 0)
    save_now (self);
  g_signal_handlers_disconnect_by_data (self->open, self);
  leaving = g_new0 (Leaving, 1);
  leaving->keeper = g_object_ref (self);
  leaving->demo = g_steal_pointer (&self->demo);
  self->n_closing++;
  if (self->player)
    plancia_tape_player_end (self->player);
  g_clear_object (&self->player);
  plancia_clock_reset ();
  plancia_open_plant_close_async (self->open, plant_closed_cb, leaving);
  g_clear_object (&self->open);
  g_clear_pointer (&self->path, g_free);
}

/* --- opening --------------------------------------------------------------------------------- */

static void
remember (PlanciaPlantKeeper *self)
{
  /* What was open before a recording is what a person works on. */
  if (self->player)
    return;
  plancia_plant_place_remember (self->demo ? "demo" : self->path ? self->path : "", self->path);
  if (self->open)
    plancia_account_removal_note (plancia_open_plant_get_plant (self->open), self->path);
}

/* Every visit begins with a snapshot of each device. */
static void
keep_snapshots (PlanciaPlantKeeper *self)
{
  PlanciaSnapshots *snapshots = self->open ? plancia_snapshots_for (self->open) : NULL;

  /* A recording is another's visit. */
  if (!snapshots || self->player)
    return;
  plancia_snapshots_set_plant_path (snapshots, self->path);
  plancia_visits_set_plant_path (plancia_visits_for (self->open), self->path);
  plancia_snapshots_set_automatic (
    snapshots,
    g_settings_get_boolean (plancia_settings_get (), "snapshot-at-arrival"));
}

static void
failing_cb (PlanciaPlantKeeper *self, const GError *error)
{
  g_autoptr (GError) trouble = plancia_archive_trouble_new (error);

  fail (self, _ ("What is read is not kept"), trouble);
}

static void
set_aside_cb (PlanciaPlantKeeper *self, const char *path, gint64 rows)
{
  g_autoptr (GError) error = plancia_plant_place_set_aside (path, rows);

  fail (self, _ ("The archive was damaged"), error);
}

static void
set_clock (PlanciaPlantKeeper *self)
{
  if (self->demo)
    plancia_demo_plant_set_clock (self->demo);
  if (self->player)
    plancia_tape_player_begin (self->player);
}

/* Takes the plant over as the one that is open. demo, player: (transfer full). */
static void
enter (PlanciaPlantKeeper *self,
       PlanciaPlant       *plant,
       PlanciaDemoPlant   *demo,
       PlanciaTapePlayer  *player,
       const char         *path)
{
  g_autofree char *history = plancia_plant_saver_dup_data_path ("history.sqlite");
  g_autofree char *downloads = plancia_plant_saver_dup_data_path ("downloads.ini");
  g_autofree char *kept = g_strdup (path);
  gboolean         passing = demo || player;

  leave (self);
  self->demo = demo;
  self->player = player;
  self->path = g_steal_pointer (&kept);
  set_clock (self);
  /* What the demo plant made up is gone when it closes, and what was recorded is in its file. */
  self->open = plancia_open_plant_new (plant, passing ? ":memory:" : history);
  g_signal_connect_swapped (self->open,
                            "document-changed",
                            G_CALLBACK (plancia_plant_keeper_changed),
                            self);
  /* On a simulated HUB nobody is cut off. */
  if (!passing && !plancia_hub_consent_is_given ())
    plancia_open_plant_hold_hubs (self->open);
  plancia_plant_settings_follow (self->open);
  g_signal_connect_object (plancia_open_plant_get_store (self->open),
                           "failing",
                           G_CALLBACK (failing_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plancia_open_plant_get_store (self->open),
                           "set-aside",
                           G_CALLBACK (set_aside_cb),
                           self,
                           G_CONNECT_SWAPPED);
  /* Started first: pages ask the backends what a device can do. */
  plancia_open_plant_start (self->open);
  plancia_open_plant_keep_downloads (self->open, passing ? NULL : downloads);
  keep_snapshots (self);
  /* A recording is shown when what it has was gone through. */
  if (!player)
    plancia_session_set_plant (self->session, self->open);
  remember (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError       *error = NULL;
  PlanciaPlant *plant = plancia_plant_file_load (task_data, &error);

  if (plant)
    g_task_return_pointer (task, plant, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaPlantKeeper *self = PLANCIA_PLANT_KEEPER (source);
  const char         *path = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = g_task_propagate_pointer (G_TASK (result), &error);

  set_busy (self, FALSE);
  if (self->shutting_down)
    return;
  if (plant)
    enter (self, plant, NULL, NULL, path);
  else
    fail (self, _("The plant could not be opened"), error);
}

static void
passed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaPlantKeeper) self = user_data;

  set_busy (self, FALSE);
  if (plancia_replay_pass_finish (result, NULL) && PLANCIA_OPEN_PLANT (source) == self->open)
    plancia_session_set_plant (self->session, self->open);
}

static void
recording_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaPlantKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  PlanciaTapePlayer *player = plancia_tape_player_load_finish (result, &error);

  if (player && !self->shutting_down) {
    plancia_session_set_plant (self->session, NULL);
    enter (self, plancia_tape_player_get_plant (player), NULL, player, NULL);
    plancia_replay_pass_async (self->open,
                               player,
                               self->cancellable,
                               passed_cb,
                               g_object_ref (self));
    return;
  }
  set_busy (self, FALSE);
  g_clear_object (&player);
  if (error && !self->shutting_down)
    fail (self, _("The recording could not be opened"), error);
}

static void
demo_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaPlantKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaDemoPlant) demo = plancia_demo_plant_new_finish (result, &error);

  set_busy (self, FALSE);
  if (self->shutting_down || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (demo)
    enter (self, plancia_demo_plant_get_plant (demo), g_object_ref (demo), NULL, NULL);
  else
    fail (self, _("The demo plant could not be opened"), error);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_plant_keeper_dispose (GObject *object)
{
  PlanciaPlantKeeper *self = PLANCIA_PLANT_KEEPER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (self->open)
    g_signal_handlers_disconnect_by_data (self->open, self);
  g_clear_object (&self->open);
  g_clear_object (&self->demo);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_plant_keeper_parent_class)->dispose (object);
}

static void
plancia_plant_keeper_finalize (GObject *object)
{
  PlanciaPlantKeeper *self = PLANCIA_PLANT_KEEPER (object);

  g_clear_object (&self->cancellable);
  g_free (self->path);

  G_OBJECT_CLASS (plancia_plant_keeper_parent_class)->finalize (object);
}

static void
plancia_plant_keeper_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaPlantKeeper *self = PLANCIA_PLANT_KEEPER (object);

  switch (id) {
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_PATH:
    g_value_set_string (value, self->path);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_plant_keeper_class_init (PlanciaPlantKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = plancia_plant_keeper_dispose;
  object_class->finalize = plancia_plant_keeper_finalize;
  object_class->get_property = plancia_plant_keeper_get_property;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PARCEL] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "parcel", 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "failed", 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
plancia_plant_keeper_init (PlanciaPlantKeeper *self)
{
  self->worker = plancia_worker_new ("plancia-files");
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (plancia_settings_get (),
                           "changed::snapshot-at-arrival",
                           G_CALLBACK (keep_snapshots),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * plancia_plant_keeper_new:
 * @session: what gets the plant that is open
 *
 * Returns: (transfer full): a keeper with nothing open
 */
PlanciaPlantKeeper *
plancia_plant_keeper_new (PlanciaSession *session)
{
  PlanciaPlantKeeper *self = g_object_new (PLANCIA_TYPE_PLANT_KEEPER, NULL);

  self->session = g_object_ref (session);
  return self;
}

gboolean
plancia_plant_keeper_get_busy (PlanciaPlantKeeper *self)
{
  return self->busy;
}

const char *
plancia_plant_keeper_get_path (PlanciaPlantKeeper *self)
{
  return self->path;
}

PlanciaDemoPlant *
plancia_plant_keeper_get_demo (PlanciaPlantKeeper *self)
{
  return self->demo;
}

PlanciaTapePlayer *
plancia_plant_keeper_get_player (PlanciaPlantKeeper *self)
{
  return self->player;
}

void
plancia_plant_keeper_restore (PlanciaPlantKeeper *self)
{
  g_autofree char *what = g_settings_get_string (plancia_settings_get (), "plant");

  if (g_str_equal (what, "demo"))
    plancia_plant_keeper_open_demo (self);
  else if (what[0] != '\0')
    plancia_plant_keeper_open_file (self, what);
}

/**
 * plancia_plant_keeper_open_demo:
 * @self: a keeper
 *
 * Starts the simulator on a worker; the session gets the plant when it listens. A second call meanwhile does nothing.
 */
void
plancia_plant_keeper_open_demo (PlanciaPlantKeeper *self)
{
  if (self->busy || self->demo)
    return;

  set_busy (self, TRUE);
  plancia_demo_plant_new_async (self->cancellable, demo_ready_cb, g_object_ref (self));
}

/**
 * plancia_plant_keeper_open_file:
 * @self: a keeper
 * @path: a plant file or a recording
 *
 * Loads it on a worker. A file that is wrong changes nothing and emits "failed"; a plant in one file is asked about ("parcel").
 */
void
plancia_plant_keeper_open_file (PlanciaPlantKeeper *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  if (self->busy)
    return;

  if (plancia_parcel_is_one (path)) {
    g_signal_emit (self, signals[SIGNAL_PARCEL], 0, path);
    return;
  }
  set_busy (self, TRUE);
  if (g_str_has_suffix (path, PLANCIA_TAPE_SUFFIX)) {
    plancia_tape_player_load_async (path,
                                    self->cancellable,
                                    recording_loaded_cb,
                                    g_object_ref (self));
    return;
  }
  task = g_task_new (self, self->cancellable, loaded_cb, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  plancia_worker_run (self->worker, task, load);
}

void
plancia_plant_keeper_begin (PlanciaPlantKeeper *self, const char *name)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new (name);
  g_autofree char *path = plancia_plant_saver_dup_new_path ();

  enter (self, plant, NULL, NULL, path);
  save_now (self);
}

/**
 * plancia_plant_keeper_save_as:
 * @self: a keeper with a plant that is not the demo
 * @path: its file from now on
 */
void
plancia_plant_keeper_save_as (PlanciaPlantKeeper *self, const char *path)
{
  if (!self->open || self->demo || self->player)
    return;

  g_free (self->path);
  self->path = g_strdup (path);
  save_now (self);
  plancia_snapshots_set_plant_path (plancia_snapshots_for (self->open), path);
  remember (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

void
plancia_plant_keeper_changed (PlanciaPlantKeeper *self)
{
  if (self->path && self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY, save_cb, self);
}

void
plancia_plant_keeper_close (PlanciaPlantKeeper *self)
{
  if (!self->open)
    return;

  leave (self);
  plancia_session_set_plant (self->session, NULL);
  remember (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

/**
 * plancia_plant_keeper_settle_async:
 * @self: a keeper
 * @close: whether the plant is closed, too
 * @callback: called when nothing is on its way to a file any more
 * @user_data: for @callback
 *
 * For who reads or changes the files of the plant. One at a time.
 */
void
plancia_plant_keeper_settle_async (PlanciaPlantKeeper *self,
                                   gboolean            close,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_return_if_fail (self->settling == NULL);

  if (close)
    plancia_plant_keeper_close (self);
  else if (self->save_id != 0)
    save_now (self);
  self->settling = g_task_new (self, NULL, callback, user_data);
  settle (self);
}

static gboolean
limit_cb (gpointer user_data)
{
  PlanciaPlantKeeper *self = user_data;

  self->limit_id = 0;
  self->n_saving = 0;
  self->n_closing = 0;
  settle (self);
  return G_SOURCE_REMOVE;
}

/**
 * plancia_plant_keeper_shut_down_async:
 * @self: a keeper
 * @callback: called when everything is saved and closed, or the limit has passed
 * @user_data: for @callback
 *
 * For the end of the program: the settings keep what was open.
 */
void
plancia_plant_keeper_shut_down_async (PlanciaPlantKeeper *self,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_return_if_fail (self->shutting_down == NULL);

  self->shutting_down = g_task_new (self, NULL, callback, user_data);
  self->limit_id = g_timeout_add (SHUT_DOWN_LIMIT, limit_cb, self);
  g_cancellable_cancel (self->cancellable);
  leave (self);
  plancia_session_set_plant (self->session, NULL);
  settle (self);
}

void
plancia_plant_keeper_shut_down_finish (PlanciaPlantKeeper *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
