/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/visit-recording.h"

#include "backend/said.h"
#include "backend/tape-writer.h"
#include "base/clock.h"
#include "base/signal-new.h"
#include "plant/plant-file.h"
#include "plant/tape-names.h"
#include "protocol/tape.h"

#define TELL_TIME 1000 /* ms */
#define PAUSE     3000 /* ms between two devices of a connection that are read whole */

struct _PlanciaVisitRecording
{
  GObject parent_instance;

  PlanciaOpenPlant  *plant; /* NULL when it is over */
  PlanciaTapeWriter *writer;
  GHashTable        *maps; /* ids that are in it */
  GCancellable      *cancellable;
  gint64             began; /* monotonic, ms */
  gint64             duration;
  guint              tell_id;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaVisitRecording, plancia_visit_recording, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- the plant ------------------------------------------------------------------------------- */

static void
add_map (PlanciaVisitRecording *self, PlanciaMap *map)
{
  const char      *id = plancia_map_get_id (map);
  g_autofree char *name = g_strconcat (PLANCIA_TAPE_MAPS, id, ".json", NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (!g_hash_table_add (self->maps, g_strdup (id)))
    return;
  text = plancia_map_to_json (map);
  bytes = g_bytes_new_take (text, strlen (text));
  plancia_tape_writer_add_file (self->writer, name, bytes);
}

static void
add_maps (PlanciaVisitRecording *self)
{
  g_autoptr (GPtrArray)
    devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));

  for (guint i = 0; i < devices->len; i++)
    if (plancia_device_get_map (g_ptr_array_index (devices, i)) != NULL)
      add_map (self, plancia_device_get_map (g_ptr_array_index (devices, i)));
}

/* Also later: a map was found out, a name changed. */
static void
add_document (PlanciaVisitRecording *self)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_format (plancia_open_plant_get_plant (self->plant));

  plancia_tape_writer_add_file (self->writer, PLANCIA_TAPE_PLANT, bytes);
  add_maps (self);
}

/* --- what goes by ---------------------------------------------------------------------------- */

static void
traffic_cb (const char *connection, GPtrArray *exchanges, guint64 lost, gpointer user_data)
{
  PlanciaVisitRecording *self = user_data;

  plancia_tape_writer_add (self->writer, connection, exchanges, lost);
}

static gboolean
is_of_cloud (PlanciaDevice *device)
{
  PlanciaAddressKind kind =
    plancia_address_get_kind (plancia_entry_get_address (plancia_device_get_entry (device)));

  return kind == PLANCIA_ADDRESS_PORTAL || kind == PLANCIA_ADDRESS_SYSTEM;
}

static void
add_said (PlanciaVisitRecording *self, PlanciaDevice *device, PlanciaReadings *readings)
{
  PlanciaAddress  *address = plancia_entry_get_address (plancia_device_get_entry (device));
  g_autofree char *connection = plancia_address_dup_connection (address);
  g_autoptr (GBytes) said = plancia_said_format (readings);

  plancia_tape_writer_add_said (self->writer,
                                connection,
                                plancia_device_get_id (device),
                                said,
                                plancia_clock_now_us ());
}

/* Bodies of clouds are too long to be kept; what was understood of them is. */
static void
readings_cb (PlanciaVisitRecording *self, PlanciaDevice *device)
{
  PlanciaReadings *readings = plancia_device_get_batch (device);

  if (self->plant != NULL && readings != NULL)
    add_said (self, device, readings);
}

/* The devices of one connection, one after the other, with time between them for what is polled. */
typedef struct
{
  PlanciaVisitRecording *recording;
  PlanciaBackend        *backend;
  GQueue                 devices; /* ids */
} Round;

static void
round_free (Round *self)
{
  g_queue_clear_full (&self->devices, g_free);
  g_object_unref (self->recording);
  g_object_unref (self->backend);
  g_free (self);
}

static void read_next (Round *round);

static gboolean
pause_cb (gpointer user_data)
{
  read_next (user_data);
  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Round *round = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (round->backend, result, &error);
  PlanciaOpenPlant *plant = round->recording->plant;

  if (error != NULL)
    g_info ("not read for the recording: %s", error->message);
  else if (plant != NULL)
    plancia_device_tree_apply (plancia_open_plant_get_tree (plant), readings);
  if (plant != NULL && !g_queue_is_empty (&round->devices))
    g_timeout_add (PAUSE, pause_cb, round);
  else
    round_free (round);
}

static void
read_next (Round *round)
{
  g_autofree char *device = g_queue_pop_head (&round->devices);

  if (device == NULL || round->recording->plant == NULL)
    round_free (round);
  else
    plancia_backend_read_async (round->backend,
                                device,
                                NULL,
                                round->recording->cancellable,
                                read_cb,
                                round);
}

static gboolean
can_be_read (PlanciaBackend *backend)
{
  return backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN &&
         (plancia_backend_get_flags (backend) & PLANCIA_BACKEND_LIVE) != 0;
}

static Round *
ensure_round (PlanciaVisitRecording *self, GHashTable *rounds, PlanciaBackend *backend)
{
  Round *round = g_hash_table_lookup (rounds, backend);

  if (round != NULL)
    return round;
  round = g_new0 (Round, 1);
  round->recording = g_object_ref (self);
  round->backend = g_object_ref (backend);
  g_queue_init (&round->devices);
  g_hash_table_insert (rounds, backend, round);
  return round;
}

/* What is read only once, or seldom, would be missing otherwise. */
static void
read_all (PlanciaVisitRecording *self)
{
  g_autoptr (GPtrArray)
    devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  g_autoptr (GHashTable) rounds = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer       round;

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice  *device = g_ptr_array_index (devices, i);
    PlanciaBackend *backend = plancia_device_get_backend (device);

    if (can_be_read (backend))
      g_queue_push_tail (&ensure_round (self, rounds, backend)->devices,
                         g_strdup (plancia_device_get_id (device)));
  }
  g_hash_table_iter_init (&iter, rounds);
  while (g_hash_table_iter_next (&iter, NULL, &round))
    read_next (round);
}

static void
follow_clouds (PlanciaVisitRecording *self)
{
  g_autoptr (GPtrArray)
    devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));

  for (guint i = 0; i < devices->len; i++)
    if (is_of_cloud (g_ptr_array_index (devices, i)))
      g_signal_connect_object (g_ptr_array_index (devices, i),
                               "readings",
                               G_CALLBACK (readings_cb),
                               self,
                               G_CONNECT_SWAPPED);
}

static void
failed_cb (PlanciaVisitRecording *self, const GError *error)
{
  g_autoptr (PlanciaVisitRecording) kept = g_object_ref (self);

  plancia_visit_recording_stop (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
tell_cb (gpointer user_data)
{
  add_maps (user_data);
  g_signal_emit (user_data, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_visit_recording_dispose (GObject *object)
{
  plancia_visit_recording_stop (PLANCIA_VISIT_RECORDING (object));
  G_OBJECT_CLASS (plancia_visit_recording_parent_class)->dispose (object);
}

static void
plancia_visit_recording_finalize (GObject *object)
{
  PlanciaVisitRecording *self = PLANCIA_VISIT_RECORDING (object);

  g_clear_object (&self->writer);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->maps);
  G_OBJECT_CLASS (plancia_visit_recording_parent_class)->finalize (object);
}

static void
plancia_visit_recording_class_init (PlanciaVisitRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_visit_recording_dispose;
  object_class->finalize = plancia_visit_recording_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
  signals[SIGNAL_FAILED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "failed", 1, G_TYPE_ERROR);
}

static void
plancia_visit_recording_init (PlanciaVisitRecording *self)
{
  self->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_visit_recording_new:
 * @plant: at work
 * @path: of a file that is not there
 * @limit: bytes; 0: as many as can be read again
 *
 * Returns: (transfer full): a recording that runs
 */
PlanciaVisitRecording *
plancia_visit_recording_new (PlanciaOpenPlant *plant, const char *path, guint64 limit)
{
  PlanciaVisitRecording *self = g_object_new (PLANCIA_TYPE_VISIT_RECORDING, NULL);

  self->plant = g_object_ref (plant);
  self->began = plancia_clock_monotonic ();
  self->writer = plancia_tape_writer_new (path, limit, plancia_clock_now_us ());
  g_signal_connect_object (self->writer, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  add_document (self);
  plancia_traffic_log_set_tap (plancia_open_plant_get_traffic (plant), traffic_cb, self);
  g_signal_connect_object (plant,
                           "document-changed",
                           G_CALLBACK (add_document),
                           self,
                           G_CONNECT_SWAPPED);
  follow_clouds (self);
  read_all (self);
  self->tell_id = g_timeout_add (TELL_TIME, tell_cb, self);
  return self;
}

const char *
plancia_visit_recording_get_path (PlanciaVisitRecording *self)
{
  return plancia_tape_writer_get_path (self->writer);
}

guint64
plancia_visit_recording_get_bytes (PlanciaVisitRecording *self)
{
  return plancia_tape_writer_get_bytes (self->writer);
}

/** plancia_visit_recording_get_duration: until now, or until it was stopped */
gint64
plancia_visit_recording_get_duration (PlanciaVisitRecording *self)
{
  return self->plant != NULL ? plancia_clock_monotonic () - self->began : self->duration;
}

/**
 * plancia_visit_recording_stop:
 *
 * Waits until it is in the file. Idempotent.
 */
void
plancia_visit_recording_stop (PlanciaVisitRecording *self)
{
  if (self->plant == NULL)
    return;
  self->duration = plancia_visit_recording_get_duration (self);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  plancia_traffic_log_set_tap (plancia_open_plant_get_traffic (self->plant), NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->plant, self);
  g_clear_object (&self->plant);
  plancia_tape_writer_stop (self->writer, plancia_clock_now_us ());
}

/**
 * plancia_visit_recording_dup_path:
 * @now: ms UTC
 */
char *
plancia_visit_recording_dup_path (const char *folder, PlanciaPlant *plant, gint64 now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, plancia_plant_get_zone (plant));
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H.%M.%S");
  g_autofree char *name =
    g_strdup_printf ("%s %s" PLANCIA_TAPE_SUFFIX, plancia_plant_get_name (plant), when);

  g_strdelimit (name, "/", '-');
  return g_build_filename (folder, name, NULL);
}
