/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/tape-player.h"

#include "backend/backend-replay.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file-read.h"
#include "base/signal-new.h"
#include "map/map-catalog.h"
#include "plant/plant-file.h"
#include "plant/tape-names.h"
#include "protocol/tape.h"
#include <string.h>

/* ms between two steps while it plays. */
#define STEP 200
/* Exchanges that are shown as traffic after a jump: as many as the log holds. */
#define MOST_SHOWN 50000

struct _PlanciaTapePlayer
{
  GObject parent_instance;

  PlanciaWorker *worker; /* loads; or NULL */
  char          *path;
  PlanciaTape   *tape;
  PlanciaPlant  *plant;
  GPtrArray     *maps; /* PlanciaMap */

  GHashTable *backends; /* connection -> PlanciaBackend */
  GPtrArray  *by_link;  /* PlanciaBackend or NULL, borrowed, by number of the link */
  gboolean    begun;
  gint64      time; /* ms UTC */
  guint       fed;  /* entries that were told */
  gboolean    playing;
  double      speed;
  guint       step_id;
};

enum {
  PROP_0,
  PROP_PLAYING,
  PROP_SPEED,
  N_PROPS,
};

enum {
  SIGNAL_MOVED,
  SIGNAL_REWOUND,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaTapePlayer, plancia_tape_player, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

#define KEY "plancia-tape-player"

/* --- loading --------------------------------------------------------------------------------- */

/* One that a later version of the program wrote may be of no use; the catalogue's own is taken then. */
static void
load_maps (PlanciaTapePlayer *self)
{
  GHashTableIter iter;
  gpointer       name, bytes;

  g_hash_table_iter_init (&iter, self->tape->files);
  while (g_hash_table_iter_next (&iter, &name, &bytes)) {
    g_autoptr (GError) error = NULL;
    PlanciaMap *map;

    if (!g_str_has_prefix (name, PLANCIA_TAPE_MAPS))
      continue;
    map = plancia_map_new_from_bytes (bytes, name, &error);
    if (map != NULL)
      g_ptr_array_add (self->maps, map);
    else
      g_message ("%s", error->message);
  }
}

static gboolean
load_plant (PlanciaTapePlayer *self, const char *origin, GError **error)
{
  GBytes *bytes = g_hash_table_lookup (self->tape->files, PLANCIA_TAPE_PLANT);

  if (bytes == NULL) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_MISSING,
                 "%s: there is no plant in it",
                 origin);
    return FALSE;
  }
  self->plant = plancia_plant_file_parse (bytes, origin, error);
  return self->plant != NULL;
}

static gboolean
load (PlanciaTapePlayer *self, GError **error)
{
  g_autofree char *origin = g_filename_display_basename (self->path);
  g_autoptr (GBytes) bytes = plancia_file_read (self->path, PLANCIA_TAPE_LIMIT, error);

  if (bytes == NULL)
    return FALSE;
  self->tape = plancia_tape_parse (bytes, origin, error);
  if (self->tape == NULL || !load_plant (self, origin, error))
    return FALSE;
  load_maps (self);
  self->time = plancia_tape_player_get_start (self);
  return TRUE;
}

static void
load_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaTapePlayer *self = task_data;
  GError            *error = NULL;

  if (load (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- going on -------------------------------------------------------------------------------- */

static void
feed_run (PlanciaTapePlayer *self, guint link, GPtrArray *run, gboolean show)
{
  PlanciaBackendReplay *backend = g_ptr_array_index (self->by_link, link);

  if (backend != NULL && run->len > 0)
    plancia_backend_replay_feed (backend, run, show);
  g_ptr_array_set_size (run, 0);
}

/* In the order of the recording, as much at once as there is of one link. */
static void
feed_until (PlanciaTapePlayer *self, gint64 time)
{
  GPtrArray *entries = self->tape->entries;
  guint      end = plancia_tape_count_until (self->tape, time * 1000 + 999);
  guint      shown_from = end > MOST_SHOWN ? end - MOST_SHOWN : 0;
  g_autoptr (GPtrArray) run = g_ptr_array_new ();
  guint link = 0;

  for (; self->fed < end; self->fed++) {
    PlanciaTapeEntry *entry = g_ptr_array_index (entries, self->fed);

    if (entry->link != link || self->fed == shown_from)
      feed_run (self, link, run, self->fed > shown_from || self->fed == 0);
    link = entry->link;
    g_ptr_array_add (run, entry);
  }
  if (run->len > 0)
    feed_run (self, link, run, TRUE);
}

static void
foreach_backend (PlanciaTapePlayer *self, void (*func) (PlanciaBackendReplay *, gint64))
{
  GHashTableIter iter;
  gpointer       backend;

  g_hash_table_iter_init (&iter, self->backends);
  while (g_hash_table_iter_next (&iter, NULL, &backend))
    func (backend, self->time * 1000 + 999);
}

static void
rewind_backend (PlanciaBackendReplay *backend, gint64 time)
{
  plancia_backend_replay_rewind (backend);
}

static void
run_clock (PlanciaTapePlayer *self)
{
  if (self->begun)
    plancia_clock_simulate (self->time, self->playing ? self->speed : 0);
}

static void
go_to (PlanciaTapePlayer *self, gint64 time)
{
  gboolean back = time < self->time;

  self->time = time;
  if (back) {
    g_signal_emit (self, signals[SIGNAL_REWOUND], 0);
    foreach_backend (self, rewind_backend);
    self->fed = 0;
  }
  feed_until (self, time);
  foreach_backend (self, plancia_backend_replay_settle);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static gboolean
step_cb (gpointer user_data)
{
  g_autoptr (PlanciaTapePlayer) self = g_object_ref (user_data);
  gint64 end = plancia_tape_player_get_end (self);
  gint64 now = plancia_clock_now ();

  go_to (self, CLAMP (now, self->time, end));
  if (now < end)
    return G_SOURCE_CONTINUE;
  self->step_id = 0;
  plancia_tape_player_set_playing (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_tape_player_dispose (GObject *object)
{
  PlanciaTapePlayer *self = PLANCIA_TAPE_PLAYER (object);

  plancia_tape_player_end (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  if (self->plant != NULL)
    g_object_set_data (G_OBJECT (self->plant), KEY, NULL);
  g_clear_object (&self->plant);
  G_OBJECT_CLASS (plancia_tape_player_parent_class)->dispose (object);
}

static void
plancia_tape_player_finalize (GObject *object)
{
  PlanciaTapePlayer *self = PLANCIA_TAPE_PLAYER (object);

  g_hash_table_unref (self->backends);
  g_ptr_array_unref (self->by_link);
  g_ptr_array_unref (self->maps);
  plancia_tape_unref (self->tape);
  g_free (self->path);
  G_OBJECT_CLASS (plancia_tape_player_parent_class)->finalize (object);
}

static void
plancia_tape_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaTapePlayer *self = PLANCIA_TAPE_PLAYER (object);

  switch (id) {
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  case PROP_SPEED:
    g_value_set_double (value, self->speed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_tape_player_class_init (PlanciaTapePlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = plancia_tape_player_dispose;
  object_class->finalize = plancia_tape_player_finalize;
  object_class->get_property = plancia_tape_player_get_property;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, G_MAXDOUBLE, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_MOVED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "moved", 0);
  signals[SIGNAL_REWOUND] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "rewound", 0);
}

static void
plancia_tape_player_init (PlanciaTapePlayer *self)
{
  self->maps = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_map_unref);
  self->backends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_link = g_ptr_array_new ();
  self->speed = 1;
}

/* Main thread. */
static void
adopt (PlanciaTapePlayer *self)
{
  g_ptr_array_set_size (self->by_link, (int) self->tape->links->len);
  g_object_set_data (G_OBJECT (self->plant), KEY, self);
}

/**
 * plancia_tape_player_load_async:
 * @path: of a recording
 */
void
plancia_tape_player_load_async (const char         *path,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  PlanciaTapePlayer *self = g_object_new (PLANCIA_TYPE_TAPE_PLAYER, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  self->path = g_strdup (path);
  g_task_set_task_data (task, self, g_object_unref);
  plancia_worker_run (plancia_tape_player_get_worker (self), task, load_on_worker);
}

/**
 * plancia_tape_player_load_finish:
 *
 * Returns: (transfer full): or NULL and why it is no recording
 */
PlanciaTapePlayer *
plancia_tape_player_load_finish (GAsyncResult *result, GError **error)
{
  PlanciaTapePlayer *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  adopt (self);
  return g_object_ref (self);
}

PlanciaTapePlayer *
plancia_tape_player_load (const char *path, GError **error)
{
  g_autoptr (PlanciaTapePlayer) self = g_object_new (PLANCIA_TYPE_TAPE_PLAYER, NULL);

  self->path = g_strdup (path);
  if (!load (self, error))
    return NULL;
  adopt (self);
  return g_steal_pointer (&self);
}

const char *
plancia_tape_player_get_path (PlanciaTapePlayer *self)
{
  return self->path;
}

/** plancia_tape_player_get_worker: made when it is asked for first */
PlanciaWorker *
plancia_tape_player_get_worker (PlanciaTapePlayer *self)
{
  if (self->worker == NULL)
    self->worker = plancia_worker_new ("plancia-tape");
  return self->worker;
}

PlanciaPlant *
plancia_tape_player_get_plant (PlanciaTapePlayer *self)
{
  return self->plant;
}

PlanciaTapePlayer *
plancia_tape_player_of (PlanciaPlant *plant)
{
  return plant != NULL ? g_object_get_data (G_OBJECT (plant), KEY) : NULL;
}

PlanciaTape *
plancia_tape_player_get_tape (PlanciaTapePlayer *self)
{
  return self->tape;
}

gint64
plancia_tape_player_get_start (PlanciaTapePlayer *self)
{
  return self->tape->start / 1000;
}

gint64
plancia_tape_player_get_end (PlanciaTapePlayer *self)
{
  return self->tape->end / 1000;
}

gint64
plancia_tape_player_get_time (PlanciaTapePlayer *self)
{
  return self->time;
}

/** plancia_tape_player_get_whole: damaged: (out) */
gboolean
plancia_tape_player_get_whole (PlanciaTapePlayer *self, guint *damaged)
{
  *damaged = self->tape->damaged;
  return self->tape->whole;
}

static PlanciaBackendFlags
flags_of (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_CONNEXT:
    return PLANCIA_BACKEND_CONSOLE;
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
    return PLANCIA_BACKEND_LIVE;
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  default:
    return PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS;
  }
}

/**
 * plancia_tape_player_make_backend:
 * @address: of a device of its plant
 *
 * Connections that are not in the recording have nothing to say. A connection has one backend.
 */
PlanciaBackend *
plancia_tape_player_make_backend (PlanciaTapePlayer *self, PlanciaAddress *address)
{
  g_autofree char *connection = plancia_address_dup_connection (address);
  PlanciaBackend  *backend = g_hash_table_lookup (self->backends, connection);
  int              link = plancia_tape_find_link (self->tape, connection);

  if (backend != NULL)
    return g_object_ref (backend);
  backend = plancia_backend_replay_new (
    flags_of (address),
    link >= 0 ? plancia_tape_index_new (self->tape, (guint) link) : NULL);
  if (link >= 0)
    self->by_link->pdata[link] = backend;
  plancia_backend_replay_settle (PLANCIA_BACKEND_REPLAY (backend), self->time * 1000 + 999);
  g_hash_table_insert (self->backends, g_steal_pointer (&connection), g_object_ref (backend));
  return backend;
}

/** plancia_tape_player_begin: paused at the start */
void
plancia_tape_player_begin (PlanciaTapePlayer *self)
{
  if (!self->begun)
    plancia_map_catalog_lend (self->maps);
  self->begun = TRUE;
  run_clock (self);
}

void
plancia_tape_player_end (PlanciaTapePlayer *self)
{
  g_clear_handle_id (&self->step_id, g_source_remove);
  self->playing = FALSE;
  if (!self->begun)
    return;
  self->begun = FALSE;
  plancia_map_catalog_lend (NULL);
  plancia_clock_reset ();
}

/** plancia_tape_player_tell: everything up to the present time, to whoever listens now. */
void
plancia_tape_player_tell (PlanciaTapePlayer *self)
{
  foreach_backend (self, rewind_backend);
  self->fed = 0;
  go_to (self, self->time);
}

void
plancia_tape_player_seek (PlanciaTapePlayer *self, gint64 time)
{
  time = CLAMP (time, plancia_tape_player_get_start (self), plancia_tape_player_get_end (self));
  if (time == self->time)
    return;
  if (self->begun)
    plancia_clock_simulate (time, self->playing ? self->speed : 0);
  go_to (self, time);
}

gboolean
plancia_tape_player_get_playing (PlanciaTapePlayer *self)
{
  return self->playing;
}

void
plancia_tape_player_set_playing (PlanciaTapePlayer *self, gboolean playing)
{
  playing = playing && self->begun;
  if (self->playing == playing)
    return;
  if (playing && self->time >= plancia_tape_player_get_end (self))
    plancia_tape_player_seek (self, plancia_tape_player_get_start (self));
  self->playing = playing;
  run_clock (self);
  g_clear_handle_id (&self->step_id, g_source_remove);
  if (playing)
    self->step_id = g_timeout_add (STEP, step_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

double
plancia_tape_player_get_speed (PlanciaTapePlayer *self)
{
  return self->speed;
}

void
plancia_tape_player_set_speed (PlanciaTapePlayer *self, double speed)
{
  if (self->speed == speed)
    return;
  self->speed = speed;
  if (self->playing)
    run_clock (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}
