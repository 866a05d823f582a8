/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/target.h"

#include "backend/backend-factory.h"
#include "backend/tape-player.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/plant-search.h"
#include "cli/recording.h"
#include "history/journal.h"
#include "map/map-catalog.h"
#include "plant/plant-file.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The backend's name for the only device it has here. */
#define DEVICE "device"

/* After the connection is open the map is there at once or never: the signal may be a few turns of the loop late. */
#define DETECTION_LIMIT 2.0

struct _PlanciaTarget
{
  char              *text;
  char              *name; /* of the device in the plant, or NULL */
  char              *id;   /* the same */
  PlanciaAddress    *address;
  char              *url;
  char              *plant; /* name, or NULL */
  PlanciaMap        *map;
  PlanciaBackend    *backend;
  PlanciaRecording  *recording;
  PlanciaTapePlayer *player; /* what answers, or NULL */
  GCancellable      *cancellable;
  GAsyncResult      *result;
  GError            *failure; /* of the device, or of loading its map */
  guint              signals[2];
  gboolean           opened;
};

/* --- finding the device in a plant ---------------------------------------------------------------------------- */

static gboolean
take_entry (PlanciaTarget *self, GPtrArray *found, const PlanciaTargetOptions *options, char **map)
{
  PlanciaEntry *entry = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;

  if (found->len > 1 && self->address == NULL) {
    plancia_cli_complain (_ ("%s: %u devices are called \"%s\"; give the id or the address."),
                             options->plant,
                             found->len,
                             options->name);
    return FALSE;
  }
  if (entry == NULL && self->address == NULL) {
    plancia_cli_complain (_ ("%s: there is no device \"%s\"."), options->plant, options->name);
    return FALSE;
  }
  if (entry == NULL)
    return TRUE;

  if (self->address == NULL)
    self->address = plancia_address_ref (plancia_entry_get_address (entry));
  if (self->url == NULL)
    self->url = g_strdup (plancia_plant_search_url (entry));
  *map = g_strdup (plancia_entry_get_map (entry));
  self->name = g_strdup (plancia_entry_get_name (entry));
  self->id = g_strdup (plancia_entry_get_id (entry));

  return TRUE;
}

/* (transfer full) */
static PlanciaPlant *
load_plant (PlanciaTarget *self, const PlanciaTargetOptions *options, GError **error)
{
  gint64 end;

  if (!g_str_has_suffix (options->plant, PLANCIA_TAPE_SUFFIX))
    return plancia_plant_file_load (options->plant, error);
  self->player = plancia_tape_player_load (options->plant, error);
  if (self->player == NULL)
    return NULL;
  plancia_tape_player_begin (self->player);
  end = plancia_tape_player_get_end (self->player);
  plancia_tape_player_seek (
    self->player,
    options->at > 0 ? plancia_tape_player_get_start (self->player) + options->at : end);
  return g_object_ref (plancia_tape_player_get_plant (self->player));
}

/* Address, url and map from the plant file; an address that is not in the plant is taken as it is. */
static gboolean
look_up (PlanciaTarget *self, const PlanciaTargetOptions *options, char **map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = load_plant (self, options, &error);
  g_autoptr (GPtrArray) found = NULL;

  if (plant == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  self->plant = g_strdup (plancia_plant_get_name (plant));
  found = plancia_plant_search (plant, options->name, self->address);

  return take_entry (self, found, options, map);
}

/* Nobody names a plant: the window may know the device and its map. */
static void
look_up_recent (PlanciaTarget *self, char **map)
{
  g_autoptr (PlanciaEntry) entry = plancia_plant_search_recent (self->address);

  if (entry == NULL)
    return;

  if (self->url == NULL)
    self->url = g_strdup (plancia_plant_search_url (entry));
  *map = g_strdup (plancia_entry_get_map (entry));
}

static gboolean
parse_address (PlanciaTarget *self, const PlanciaTargetOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (options->plant != NULL && strstr (options->name, "://") == NULL)
    return TRUE;

  self->address = plancia_address_parse (options->name, &error);
  if (self->address == NULL)
    plancia_cli_complain ("%s", error->message);

  return self->address != NULL;
}

/* An address may name a whole connection; here it has to be something that answers by itself. */
static gboolean
check_address (PlanciaTarget *self)
{
  switch (plancia_address_get_kind (self->address)) {
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
    if (plancia_address_get_thing (self->address) != NULL)
      return TRUE;
    plancia_cli_complain (
      _ ("%s: say which device of the account, as in %s/SERIAL."), self->text, self->text);
    return FALSE;
  case PLANCIA_ADDRESS_HUB:
    if (plancia_address_get_line (self->address) != PLANCIA_HUB_LINE_NONE)
      return TRUE;
    plancia_cli_complain (
      _ ("%s: say which line of the HUB, as in %s/inverters/1."), self->text, self->text);
    return FALSE;
  case PLANCIA_ADDRESS_CONNEXT:
    plancia_cli_complain (_ ("%s: a console has no registers."), self->text);
    return FALSE;
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  default:
    return TRUE;
  }
}

/* --- calling and waiting -------------------------------------------------------------------------------------- */

static gboolean
interrupted_cb (gpointer user_data)
{
  PlanciaTarget *self = user_data;

  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaTarget *self = user_data;

  self->result = g_object_ref (result);
}

/* (transfer full) what came of the call that was just made. */
static GAsyncResult *
wait_for_answer (PlanciaTarget *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&self->result);
}

static void
set_unknown_map (GError **error)
{
  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
               _ ("no register map is known for this device; name one with --map"));
}

static void
map_chosen_cb (PlanciaTarget *self, const char *device, const char *map, const char *evidence)
{
  g_clear_error (&self->failure);
  if (map != NULL && map[0] != '\0' && self->map == NULL)
    self->map = plancia_map_catalog_get (map, &self->failure);
}

/* Detection that came to no end, among other things. */
static void
device_failed_cb (PlanciaTarget *self, const char *device, const GError *error)
{
  if (error == NULL || self->failure != NULL)
    return;

  if (g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP))
    set_unknown_map (&self->failure);
  else
    self->failure = g_error_copy (error);
}

static gboolean
needs_map (PlanciaTarget *self)
{
  return self->map == NULL &&
         (plancia_backend_get_flags (self->backend) & PLANCIA_BACKEND_REGISTERS) != 0;
}

static gboolean
timeout_cb (gpointer user_data)
{
  gboolean *due = user_data;

  *due = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
wait_for_map (PlanciaTarget *self, GError **error)
{
  gboolean due = FALSE;
  guint    timer = g_timeout_add ((guint) (DETECTION_LIMIT * 1000), timeout_cb, &due);

  while (needs_map (self) && self->failure == NULL && !due)
    g_main_context_iteration (NULL, TRUE);
  if (!due)
    g_source_remove (timer);

  if (!needs_map (self))
    return TRUE;
  if (self->failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->failure));
    return FALSE;
  }
  set_unknown_map (error);
  return FALSE;
}

static void
add_device (PlanciaTarget *self)
{
  plancia_backend_add_device (self->backend,
                              DEVICE,
                              plancia_target_get_unit (self),
                              plancia_address_get_thing (self->address),
                              self->map);
}

static void
close_backend (PlanciaTarget *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_close_async (self->backend, answer_cb, self);
  result = wait_for_answer (self);
  plancia_backend_close_finish (self->backend, result, NULL);
}

static gboolean
load_map (PlanciaTarget *self, const char *id)
{
  g_autoptr (GError) error = NULL;

  self->map = plancia_map_catalog_get (id, &error);
  if (self->map == NULL)
    plancia_cli_complain ("%s", error->message);

  return self->map != NULL;
}

static gboolean
make_backend (PlanciaTarget *self)
{
  g_autoptr (GError) error = NULL;

  self->backend = self->player != NULL
                    ? plancia_tape_player_make_backend (self->player, self->address)
                    : plancia_backend_factory_new (self->address, self->url, &error);
  if (self->backend == NULL) {
    plancia_cli_complain ("%s: %s", self->text, error->message);
    return FALSE;
  }
  g_signal_connect_swapped (self->backend, "map-chosen", G_CALLBACK (map_chosen_cb), self);
  g_signal_connect_swapped (self->backend, "device-failed", G_CALLBACK (device_failed_cb), self);

  return TRUE;
}

static gboolean
target_prepare (PlanciaTarget *self, const PlanciaTargetOptions *options)
{
  g_autofree char *chosen = NULL;
  const char      *map;

  if (!parse_address (self, options))
    return FALSE;
  if (options->plant != NULL && !look_up (self, options, &chosen))
    return FALSE;
  if (options->plant == NULL && options->map == NULL && !options->raw)
    look_up_recent (self, &chosen);

  self->text = strstr (options->name, "://") != NULL ? g_strdup (options->name)
                                                     : plancia_address_to_string (self->address);
  map = options->map != NULL ? options->map : chosen;
  if (!check_address (self) || (map != NULL && !load_map (self, map)))
    return FALSE;

  if (!plancia_recording_new (options->transcript, options->pcapng, &self->recording) ||
      !make_backend (self))
    return FALSE;
  plancia_recording_follow (self->recording, self->backend);
  return TRUE;
}

/**
 * plancia_target_new:
 * @options: how the command line names the device
 *
 * Reads files; opens no connection.
 *
 * Returns: (transfer full) (nullable): %NULL after a sentence on standard error
 */
PlanciaTarget *
plancia_target_new (const PlanciaTargetOptions *options)
{
  g_autoptr (PlanciaTarget) self = g_new0 (PlanciaTarget, 1);

  self->url = g_strdup (options->url);
  self->cancellable = g_cancellable_new ();
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);

  return target_prepare (self, options) ? g_steal_pointer (&self) : NULL;
}

/**
 * plancia_target_free:
 *
 * Waits until the connection is closed.
 */
void
plancia_target_free (PlanciaTarget *self)
{
  if (self->backend != NULL) {
    g_signal_handlers_disconnect_by_data (self->backend, self);
    if (self->opened)
      close_backend (self);
  }
  g_clear_pointer (&self->recording, plancia_recording_free);
  g_source_remove (self->signals[0]);
  g_source_remove (self->signals[1]);
  g_clear_object (&self->backend);
  g_clear_object (&self->player);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->address, plancia_address_unref);
  g_clear_error (&self->failure);
  g_free (self->url);
  g_free (self->plant);
  g_free (self->text);
  g_free (self->name);
  g_free (self->id);
  g_free (self);
}

/**
 * plancia_target_get_text:
 *
 * Returns: (transfer none): the address as it was given, or that of the plant's device
 */
const char *
plancia_target_get_text (PlanciaTarget *self)
{
  return self->text;
}

const char *
plancia_target_get_name (PlanciaTarget *self)
{
  return self->name != NULL ? self->name : self->text;
}

const char *
plancia_target_get_id (PlanciaTarget *self)
{
  return self->id;
}

/**
 * plancia_target_get_map:
 *
 * Returns: (transfer none) (nullable): the map, named or detected
 */
PlanciaMap *
plancia_target_get_map (PlanciaTarget *self)
{
  return self->map;
}

/**
 * plancia_target_is_interrupted:
 *
 * Returns: whether a signal asked to stop
 */
gboolean
plancia_target_is_interrupted (PlanciaTarget *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/* Nobody is asked, as the command may run by itself; a person who sits before it is told. */
static void
warn_of_takeover (PlanciaTarget *self)
{
  if (self->player == NULL && plancia_address_get_kind (self->address) == PLANCIA_ADDRESS_HUB &&
      isatty (STDERR_FILENO))
    g_printerr (
      "%s\n",
      _ ("Each line of the HUB serves one connection: a new one disconnects the present one at once. "
                   "Make sure that no operation is in progress there, or you may interrupt it."));
}

/**
 * plancia_target_open:
 * @detect: whether a map is needed
 *
 * Returns: %FALSE with an error if there is no connection, or no map
 */
gboolean
plancia_target_open (PlanciaTarget *self, gboolean detect, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  warn_of_takeover (self);
  if (detect)
    add_device (self);
  self->opened = TRUE;
  plancia_backend_open_async (self->backend, self->cancellable, answer_cb, self);
  result = wait_for_answer (self);
  if (!plancia_backend_open_finish (self->backend, result, error))
    return FALSE;

  return !detect || wait_for_map (self, error);
}

/**
 * plancia_target_read:
 * @keys: (nullable): what to read
 *
 * Returns: (transfer full) (nullable): the readings
 */
PlanciaReadings *
plancia_target_read (PlanciaTarget *self, const char *const *keys, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_read_async (self->backend, DEVICE, keys, self->cancellable, answer_cb, self);
  result = wait_for_answer (self);

  return plancia_backend_read_finish (self->backend, result, error);
}

/**
 * plancia_target_read_raw:
 * @function: 3 or 4
 * @count: registers of one request
 *
 * Returns: (transfer full) (nullable): the words
 */
GArray *
plancia_target_read_raw (PlanciaTarget *self,
                         guint8         function,
                         guint16        address,
                         guint16        count,
                         GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  int unit = plancia_address_get_unit (self->address);

  plancia_backend_read_raw_async (self->backend,
                                  unit < 0 ? 1 : unit,
                                  function,
                                  address,
                                  count,
                                  self->cancellable,
                                  answer_cb,
                                  self);
  result = wait_for_answer (self);

  return plancia_backend_read_raw_finish (self->backend, result, error);
}

PlanciaBackend *
plancia_target_get_backend (PlanciaTarget *self)
{
  return self->backend;
}

int
plancia_target_get_unit (PlanciaTarget *self)
{
  int unit = plancia_address_get_unit (self->address);

  if (unit < 0 && self->map != NULL)
    unit = plancia_map_get_unit (self->map);
  return unit < 0 ? 1 : unit;
}

const char *
plancia_target_get_serial_key (PlanciaTarget *self)
{
  static const char *const keys[] = {"serial_number", "serial"};

  for (guint i = 0; self->map != NULL && i < G_N_ELEMENTS (keys); i++)
    if (plancia_map_find_field (self->map, keys[i]) != NULL)
      return keys[i];
  return NULL;
}

static const char *
find_serial (PlanciaTarget *self, PlanciaReadings *before)
{
  const char           *key = plancia_target_get_serial_key (self);
  const PlanciaReading *reading = key != NULL && before != NULL
                                    ? plancia_readings_find (before, key)
                                    : NULL;

  return reading != NULL && reading->value.kind == PLANCIA_VALUE_TEXT ? reading->value.text : NULL;
}

/* (transfer full) the record of one write. */
static PlanciaWriteLog *
begin_log (PlanciaTarget   *self,
           PlanciaJournal  *journal,
           const char      *kind,
           const char      *note,
           PlanciaReadings *before)
{
  const PlanciaJournalPlace place = {
    .plant = self->plant,
    .device_id = self->id != NULL ? self->id : self->text,
    .device = self->name != NULL ? self->name : self->text,
    .serial = find_serial (self, before),
    .route = self->text,
    .map = self->map != NULL ? plancia_map_get_id (self->map) : NULL,
    .kind = kind,
    .note = note,
  };

  return plancia_journal_log (journal, &place);
}

/**
 * plancia_target_write:
 * @edits: (element-type PlanciaEdit): what to write
 *
 * Returns: (transfer full) (nullable): outcomes, one an edit
 */
GPtrArray *
plancia_target_write (PlanciaTarget   *self,
                      GPtrArray       *edits,
                      const char      *kind,
                      const char      *note,
                      PlanciaReadings *before,
                      GError         **error)
{
  g_autofree char *path = plancia_journal_default_path ();
  g_autoptr (PlanciaJournal) journal = plancia_journal_new (path);
  g_autoptr (PlanciaWriteLog) log = begin_log (self, journal, kind, note, before);
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_write_async (self->backend,
                               DEVICE,
                               edits,
                               log,
                               self->cancellable,
                               NULL,
                               NULL,
                               answer_cb,
                               self);
  result = wait_for_answer (self);

  return plancia_backend_write_finish (self->backend, result, error);
}

/**
 * plancia_target_sleep:
 *
 * Returns: %FALSE if the program was asked to stop
 */
gboolean
plancia_target_sleep (PlanciaTarget *self, double seconds)
{
  gboolean due = FALSE;
  guint    timer = g_timeout_add ((guint) (seconds * 1000), timeout_cb, &due);

  while (!due && !plancia_target_is_interrupted (self))
    g_main_context_iteration (NULL, TRUE);
  if (!due)
    g_source_remove (timer);

  return !plancia_target_is_interrupted (self);
}

/**
 * plancia_target_save_traffic:
 *
 * At the end, once.
 */
gboolean
plancia_target_save_traffic (PlanciaTarget *self)
{
  return plancia_recording_save (self->recording);
}
