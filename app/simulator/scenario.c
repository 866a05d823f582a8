/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scenario file:
 *
 *   {"format": "plancia-scenario", "version": 1,
 *    "name": "...",
 *    "place": {"latitude": 43.46, "longitude": 11.88, "zone": "Europe/Rome"},
 *    "start": "2026-06-12T14:05:30+02:00",   when the simulated clock begins; default: now
 *    "speed": 1,                             simulated seconds a second
 *    "seed": 7,                              which weather and which people
 *    "commissioned": "2024-05-20",           from when counters count; default: two years before
 *    "devices": [ ... ]}
 *
 * A device has "kind" and "name" (unique), and what its route needs:
 *
 *   "route"     wifi-stick eth-stick hub line power-magic psc modbus-tcp rs485 connext portal; left out:
 *               the device hangs on the bus of "parent", which comes before it in the list
 *   "line"      inverters, meters or chargers; of the route line, whose parent is a hub
 *   "map"       register map, by id or file; "unit" its bus address (1); "serial" its number
 *   "ratings"   {"peak" Wp, "tilt", "azimuth" degrees, "limit" W, "load" (home office works
 *               ev-charger heat-pump none), "load_scale", "capacity" Wh, "battery_power" W,
 *               "soc_minimum", "soc_maximum" %}
 *   "members"   of a meter: names of the devices whose exchange with the grid it adds up
 *   "of"        of a portal's thing: the device that it is
 *   "account", "client", "key"   of a portal: what it lets in
 *   "spacing"   ms between two requests of a hub's line; "early": what becomes of one that comes
 *               before: queue, silent or busy; "absent": what an unknown unit answers: silent or exception
 *   "framing"   of an Ethernet stick: tcp, rtu or v5 (then with "serial"): it is silent to all others; any
 *   "upload_every" s between two uploads of a stick to its cloud (0: none), "upload_pause" s for which it
 *               then hears nobody (15)
 *   "longest"   registers of a read that the device takes (0: what its map says)
 *   "heartbeat" s of silence after which a WIFI stick sends one
 *   "quirks"    all: a stick or the portal shows the oddities that people have met with it, one after
 *               the other (split and glued frames, padded answers, holes in the history), an
 *               inverter takes its time to apply a block; none
 *   "alarms"    [{"id": 170, "from": "2026-06-12T13:41", "to": ...}]
 *   "fault"     as plancia_simulator_set_fault
 */
#include "simulator/scenario.h"

#include <gio/gio.h>
#include <math.h>

#include "base/clock.h"
#include "base/document.h"
#include "base/error.h"
#include "base/file-read.h"
#include "base/span.h"
#include "map/json-check.h"
#include "simulator/load-shape.h"
#include "simulator/scenario-device.h"
#include "simulator/scenario-reader.h"

#define DEMO_RESOURCE   PLANCIA_RESOURCE_PREFIX "/scenarios/demo.json"
#define MAXIMUM_DEVICES 500

struct _PlanciaScenario
{
  int        reference_count;
  char      *name;
  char      *zone;
  double     latitude;
  double     longitude;
  gint64     start;
  double     speed;
  guint64    seed;
  GPtrArray *devices;
};

/* Wired once, so that the demo works in every program that links the library. */
extern GResource *plancia_scenarios_get_resource (void);

static void
read_format (PlanciaScenarioReader *reader)
{
  static const char *const formats[] = {"plancia-scenario", NULL};
  double                   version;

  plancia_scenario_reader_need (reader, "format");
  plancia_scenario_reader_word (reader, "format", formats, NULL);
  version = plancia_scenario_reader_number (reader, "version", 0, 0, 1e6);
  if (version != 1)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_VERSION,
                                  "version",
                                  "expected 1, found %g",
                                  version);
}

static gboolean
read_place (PlanciaScenario *self, PlanciaScenarioReader *root, GError **error)
{
  JsonObject *object = plancia_scenario_reader_object (root, "place");
  g_auto (PlanciaScenarioReader) reader = {0};
  g_autoptr (GTimeZone) zone = NULL;

  if (object == NULL) {
    plancia_scenario_reader_fail (root, PLANCIA_DOCUMENT_ERROR_MISSING, "place", "is missing");
    return plancia_scenario_reader_finish (root, error);
  }
  plancia_scenario_reader_init (&reader, object, root->origin, "place");
  self->latitude = plancia_scenario_reader_number (&reader, "latitude", NAN, -66, 66);
  self->longitude = plancia_scenario_reader_number (&reader, "longitude", NAN, -180, 180);
  self->zone = g_strdup (plancia_scenario_reader_need (&reader, "zone"));
  if (isnan (self->latitude) || isnan (self->longitude))
    plancia_scenario_reader_fail (&reader,
                                  PLANCIA_DOCUMENT_ERROR_MISSING,
                                  isnan (self->latitude) ? "latitude" : "longitude",
                                  "is missing");
  zone = g_time_zone_new_identifier (self->zone);
  if (zone == NULL)
    plancia_scenario_reader_fail (&reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "zone",
                                  "unknown time zone \"%s\"",
                                  self->zone);
  return plancia_scenario_reader_finish (&reader, error);
}

static gboolean
read_devices (PlanciaScenario       *self,
              PlanciaScenarioReader *root,
              GTimeZone             *zone,
              gint64                 commissioned,
              GError               **error)
{
  JsonArray *array = plancia_scenario_reader_array (root, "devices");
  guint      count = array != NULL ? json_array_get_length (array) : 0;

  if (count > MAXIMUM_DEVICES)
    plancia_scenario_reader_fail (root,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "devices",
                                  "at most %d",
                                  MAXIMUM_DEVICES);
  for (guint i = 0; i < count && root->error == NULL; i++) {
    g_autofree char       *path = plancia_scenario_reader_path (root, "devices", (int) i);
    JsonNode              *node = json_array_get_element (array, i);
    PlanciaScenarioDevice *device;

    device = plancia_scenario_device_read (node,
                                           root->origin,
                                           path,
                                           zone,
                                           commissioned,
                                           self->devices,
                                           error);
    if (device == NULL)
      return FALSE;
    g_ptr_array_add (self->devices, device);
  }
  return TRUE;
}

static gboolean
read_root (PlanciaScenario *self, PlanciaScenarioReader *reader, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  gint64 commissioned;

  read_format (reader);
  if (reader->error != NULL)
    return plancia_scenario_reader_finish (reader, error);
  self->name = g_strdup (plancia_scenario_reader_string (reader, "name", "Simulated plant"));
  if (!read_place (self, reader, error))
    return FALSE;
  zone = g_time_zone_new_identifier (self->zone);
  self->start = plancia_scenario_reader_time (reader, "start", zone, plancia_clock_now ());
  self->speed = plancia_scenario_reader_number (reader, "speed", 1, 0, 100000);
  self->seed = (guint64) plancia_scenario_reader_number (reader, "seed", 1, 0, 1e15);
  commissioned =
    plancia_scenario_reader_time (reader, "commissioned", zone, self->start - 730 * PLANCIA_DAY);
  if (commissioned > self->start || commissioned < self->start - 20 * 366 * PLANCIA_DAY)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "commissioned",
                                  "must lie in the twenty years before the start");
  if (!read_devices (self, reader, zone, commissioned, error))
    return FALSE;
  return plancia_scenario_reader_finish (reader, error);
}

static PlanciaScenario *
new_empty (void)
{
  PlanciaScenario *self = g_new0 (PlanciaScenario, 1);

  self->reference_count = 1;
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_scenario_device_free);
  return self;
}

/**
 * plancia_scenario_new_from_bytes:
 * @bytes: JSON
 * @origin: names the file in errors
 * @error: %PLANCIA_DOCUMENT_ERROR: "file: key path: what"
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a scenario
 */
PlanciaScenario *
plancia_scenario_new_from_bytes (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (PlanciaScenario) self = new_empty ();
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);
  g_auto (PlanciaScenarioReader) reader = {0};

  if (root == NULL)
    return NULL;
  plancia_scenario_reader_init (&reader, json_node_get_object (root), origin, "");
  if (!read_root (self, &reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plancia_scenario_new_from_file:
 * @path: of a file
 * @error: as plancia_scenario_new_from_bytes(), or %G_IO_ERROR
 *
 * Blocks while it reads.
 *
 * Returns: (transfer full) (nullable): a scenario
 */
PlanciaScenario *
plancia_scenario_new_from_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_file_read (path, PLANCIA_DOCUMENT_MAXIMUM_BYTES, error);

  return bytes != NULL ? plancia_scenario_new_from_bytes (bytes, path, error) : NULL;
}

/**
 * plancia_scenario_new_demo:
 *
 * Returns: (transfer full): the demo plant's scenario
 */
PlanciaScenario *
plancia_scenario_new_demo (void)
{
  g_autoptr (GError) error = NULL;
  GResource *resource = plancia_scenarios_get_resource ();
  g_autoptr (GBytes)
    bytes = g_resource_lookup_data (resource, DEMO_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  PlanciaScenario *self = NULL;

  if (bytes != NULL)
    self = plancia_scenario_new_from_bytes (bytes, "demo.json", &error);
  if (self == NULL)
    g_error ("the demo scenario: %s", error->message);
  return self;
}

PlanciaScenario *
plancia_scenario_ref (PlanciaScenario *self)
{
  g_atomic_int_inc (&self->reference_count);
  return self;
}

void
plancia_scenario_unref (PlanciaScenario *self)
{
  if (!g_atomic_int_dec_and_test (&self->reference_count))
    return;
  g_free (self->name);
  g_free (self->zone);
  g_ptr_array_unref (self->devices);
  g_free (self);
}

/**
 * plancia_scenario_with_speed:
 * @self: a scenario
 * @speed: simulated seconds a second, 0 or more
 *
 * Returns: (transfer full): the same scenario at another speed
 */
PlanciaScenario *
plancia_scenario_with_speed (PlanciaScenario *self, double speed)
{
  PlanciaScenario *copy = g_new0 (PlanciaScenario, 1);

  *copy = *self;
  copy->reference_count = 1;
  copy->name = g_strdup (self->name);
  copy->zone = g_strdup (self->zone);
  copy->devices = g_ptr_array_ref (self->devices);
  copy->speed = speed;
  return copy;
}

const char *
plancia_scenario_get_name (PlanciaScenario *self)
{
  return self->name;
}

const char *
plancia_scenario_get_zone (PlanciaScenario *self)
{
  return self->zone;
}

double
plancia_scenario_get_latitude (PlanciaScenario *self)
{
  return self->latitude;
}

double
plancia_scenario_get_longitude (PlanciaScenario *self)
{
  return self->longitude;
}

gint64
plancia_scenario_get_start (PlanciaScenario *self)
{
  return self->start;
}

double
plancia_scenario_get_speed (PlanciaScenario *self)
{
  return self->speed;
}

GPtrArray *
plancia_scenario_get_devices (PlanciaScenario *self)
{
  return self->devices;
}

guint64
plancia_scenario_get_seed (PlanciaScenario *self)
{
  return self->seed;
}
