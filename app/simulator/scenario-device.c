/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/scenario-device.h"

#include "base/device-kind.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "simulator/faults.h"
#include "simulator/load-shape.h"
#include "simulator/scenario-reader.h"

/* In the order of PlanciaRoute, from the second. */
static const char *const routes[] = {"wifi-stick",
                                     "eth-stick",
                                     "hub",
                                     "line",
                                     "power-magic",
                                     "psc",
                                     "modbus-tcp",
                                     "rs485",
                                     "connext",
                                     "portal",
                                     "system",
                                     NULL};

static const char *const lines[] = {"inverters", "meters", "chargers", NULL};
static const char *const framings[] = {"any", "tcp", "rtu", "v5", NULL};
static const char *const early_ways[] = {"queue", "silent", "busy", NULL};
static const char *const quirk_ways[] = {"none", "all", NULL};
static const char *const absent_ways[] = {"silent", "exception", NULL};

static const char *const range_ways[] = {"refuse", "cut", "serve", NULL};
static const char *const tls_ways[] = {"none", "self-signed", NULL};
static const char *const models[] = {"string", "hybrid", "hybrid-2", "meter", "storage", NULL};
static const char *const loggers[] = {"wifi", "eth", "other", NULL};
static const char *const answers[] = {"yes", "no", NULL};

static PlanciaRoute
read_route (PlanciaScenarioReader *reader)
{
  const char *text = plancia_scenario_reader_word (reader, "route", routes, NULL);

  for (guint i = 0; text != NULL && routes[i] != NULL; i++)
    if (g_str_equal (routes[i], text))
      return (PlanciaRoute) (i + 1);
  return PLANCIA_ROUTE_NONE;
}

static void
read_name (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader, GPtrArray *before)
{
  self->kind = g_strdup (plancia_scenario_reader_need (reader, "kind"));
  if (*self->kind != '\0')
    plancia_scenario_reader_word (reader, "kind", plancia_device_kinds, NULL);
  self->name = g_strdup (plancia_scenario_reader_need (reader, "name"));
  if (plancia_scenario_device_find (before, self->name) != NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "name",
                                  "there is a \"%s\" already",
                                  self->name);
  self->parent = g_strdup (plancia_scenario_reader_string (reader, "parent", NULL));
  if (self->parent != NULL && plancia_scenario_device_find (before, self->parent) == NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "parent",
                                  "no device \"%s\" comes before",
                                  self->parent);
}

static void
read_connection (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader)
{
  self->route = read_route (reader);
  self->line = g_strdup (plancia_scenario_reader_word (reader, "line", lines, NULL));
  self->map = g_strdup (plancia_scenario_reader_string (reader, "map", NULL));
  self->serial = g_strdup (plancia_scenario_reader_string (reader, "serial", NULL));
  self->unit = (guint8) plancia_scenario_reader_number (reader, "unit", 1, 1, 247);
  self->spacing = (guint) plancia_scenario_reader_number (reader, "spacing", 0, 0, 60000);
  self->framing = g_strdup (plancia_scenario_reader_word (reader, "framing", framings, "any"));
  self->upload_every = (guint) plancia_scenario_reader_number (reader, "upload_every", 0, 0, 3600);
  self->upload_pause = (guint) plancia_scenario_reader_number (reader, "upload_pause", 15, 1, 600);
  self->longest = (guint) plancia_scenario_reader_number (reader, "longest", 0, 0, 125);
  self->early = g_strdup (plancia_scenario_reader_word (reader, "early", early_ways, "queue"));
  self->absent = g_strdup (plancia_scenario_reader_word (reader, "absent", absent_ways, "silent"));
  self->heartbeat = (guint) plancia_scenario_reader_number (reader, "heartbeat", 120, 1, 3600);
  self->quirks = g_str_equal (plancia_scenario_reader_word (reader, "quirks", quirk_ways, "none"),
                              "all");
  self->fault = g_strdup (plancia_scenario_reader_string (reader, "fault", "none"));
}

static gboolean
is_word (PlanciaScenarioReader *reader, const char *key, const char *const *words, guint wanted)
{
  return g_str_equal (plancia_scenario_reader_word (reader, key, words, words[0]), words[wanted]);
}

static void
read_cloud (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader)
{
  self->account = g_strdup (plancia_scenario_reader_string (reader, "account", NULL));
  self->client = g_strdup (plancia_scenario_reader_string (reader, "client", NULL));
  self->key = g_strdup (plancia_scenario_reader_string (reader, "key", NULL));
  self->token = g_strdup (plancia_scenario_reader_string (reader, "token", NULL));
  self->range = g_strdup (plancia_scenario_reader_word (reader, "range", range_ways, "refuse"));
  self->rate = (guint) plancia_scenario_reader_number (reader, "rate", 0, 0, 6000);
  self->invalid_status =
    (guint) plancia_scenario_reader_number (reader, "invalid_status", 200, 200, 599);
  self->tls = is_word (reader, "tls", tls_ways, 1);
  self->callback_delay =
    (guint) (plancia_scenario_reader_number (reader, "callback_delay", 3, 0, 600) * 1000);
  self->callback_late =
    (guint) (plancia_scenario_reader_number (reader, "callback_late", 150, 0, 3600) * 1000);
  self->callback_url = g_strdup (plancia_scenario_reader_string (reader, "callback_url", NULL));
  self->model = g_strdup (plancia_scenario_reader_word (reader, "model", models, NULL));
  self->logger = g_strdup (plancia_scenario_reader_word (reader, "logger", loggers, "wifi"));
  self->owned = is_word (reader, "owned", answers, 0);
}

static void
require (PlanciaScenarioReader *reader, const char *key, gconstpointer value)
{
  if (value == NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_MISSING,
                                  key,
                                  "is missing, and this route needs it");
}

static void
check_serial (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader)
{
  guint64 number;

  require (reader, "serial", self->serial);
  if (self->serial != NULL &&
      !g_ascii_string_to_unsigned (self->serial, 10, 1, G_MAXUINT32, &number, NULL))
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "serial",
                                  "a stick's serial number is 1 to 4294967295, found \"%s\"",
                                  self->serial);
}

/* The nearest device above that has a route: whose bus or account it is on. */
static PlanciaScenarioDevice *
find_route (PlanciaScenarioDevice *self, GPtrArray *before)
{
  PlanciaScenarioDevice *device = self;

  while (device != NULL && device->route == PLANCIA_ROUTE_NONE)
    device = device->parent != NULL ? plancia_scenario_device_find (before, device->parent) : NULL;
  return device;
}

static gboolean
is_cloud (const PlanciaScenarioDevice *self)
{
  return self->route == PLANCIA_ROUTE_PORTAL || self->route == PLANCIA_ROUTE_SYSTEM;
}

static gboolean
has_bus (const PlanciaScenarioDevice *self)
{
  return self->route != PLANCIA_ROUTE_HUB && self->route != PLANCIA_ROUTE_CONNEXT &&
         !is_cloud (self);
}

static void
check_unit (PlanciaScenarioDevice *self,
            PlanciaScenarioDevice *route,
            PlanciaScenarioReader *reader,
            GPtrArray             *before)
{
  for (guint i = 0; self->map != NULL && i < before->len; i++) {
    PlanciaScenarioDevice *other = g_ptr_array_index (before, i);
    if (other->map != NULL && other->unit == self->unit && find_route (other, before) == route)
      plancia_scenario_reader_fail (reader,
                                    PLANCIA_DOCUMENT_ERROR_INVALID,
                                    "unit",
                                    "%u is that of \"%s\" on the same bus",
                                    self->unit,
                                    other->name);
  }
}

/* Only what has registers has readings, too. */
static void
check_thing (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader, GPtrArray *before)
{
  PlanciaScenarioDevice *device = self->of != NULL ? plancia_scenario_device_find (before, self->of)
                                                   : NULL;

  if (device != NULL && device->map == NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "of",
                                  "\"%s\" has no readings",
                                  device->name);
}

/* What it hangs on must be able to carry it. */
static void
check_place (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader, GPtrArray *before)
{
  PlanciaScenarioDevice *route = find_route (self, before);
  PlanciaScenarioDevice *parent = self->parent != NULL
                                    ? plancia_scenario_device_find (before, self->parent)
                                    : NULL;
  gboolean               is_thing = g_str_equal (self->kind, "thing");

  if (self->route == PLANCIA_ROUTE_LINE && parent != NULL && parent->route != PLANCIA_ROUTE_HUB)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "parent",
                                  "a line is part of a hub, \"%s\" is none",
                                  parent->name);
  if (self->route != PLANCIA_ROUTE_NONE || parent == NULL)
    return;
  if (route == NULL || (is_thing ? !is_cloud (route) : !has_bus (route)))
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "parent",
                                  "the %s cannot hang on \"%s\"",
                                  self->kind,
                                  parent->name);
  else
    check_unit (self, route, reader, before);
}

static void
check_map (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = NULL;

  /* Of what is recorded the map is only a name. */
  if (self->map == NULL || self->recorded != NULL)
    return;
  map = plancia_map_catalog_get (self->map, &error);
  if (map == NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "map",
                                  "%s",
                                  error->message);
}

static void
check_connection (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader)
{
  switch (self->route) {
  case PLANCIA_ROUTE_NONE:
    require (reader, "parent", self->parent);
    require (reader,
             g_str_equal (self->kind, "thing") ? "of" : "map",
             self->of != NULL ? self->of : self->map);
    break;
  case PLANCIA_ROUTE_WIFI_STICK:
    check_serial (self, reader);
    break;
  case PLANCIA_ROUTE_ETH_STICK:
    if (g_str_equal (self->framing, "v5"))
      check_serial (self, reader);
    break;
  case PLANCIA_ROUTE_LINE:
    require (reader, "parent", self->parent);
    require (reader, "line", self->line);
    break;
  case PLANCIA_ROUTE_POWER_MAGIC:
  case PLANCIA_ROUTE_MODBUS_TCP:
  case PLANCIA_ROUTE_RS485:
    require (reader, "map", self->map);
    break;
  case PLANCIA_ROUTE_PORTAL:
    require (reader, "account", self->account);
    require (reader, "client", self->client);
    require (reader, "key", self->key);
    break;
  case PLANCIA_ROUTE_SYSTEM:
    require (reader, "account", self->account);
    require (reader, "token", self->token);
    break;
  case PLANCIA_ROUTE_HUB:
  case PLANCIA_ROUTE_PSC:
  case PLANCIA_ROUTE_CONNEXT:
    break;
  }
  if (!plancia_faults_is_known (plancia_scenario_device_get_fault_kind (self), self->fault))
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "fault",
                                  "a %s has no fault \"%s\"",
                                  self->kind,
                                  self->fault);
}

static gboolean
read_ratings (PlanciaScenarioDevice *self, PlanciaScenarioReader *parent, GError **error)
{
  JsonObject *object = plancia_scenario_reader_object (parent, "ratings");
  g_autoptr (JsonObject) empty = json_object_new ();
  g_auto (PlanciaScenarioReader) reader = {0};
  g_autofree char *path = plancia_scenario_reader_path (parent, "ratings", -1);

  plancia_scenario_reader_init (&reader, object != NULL ? object : empty, parent->origin, path);
  self->peak = plancia_scenario_reader_number (&reader, "peak", 0, 0, 1e6);
  self->tilt = plancia_scenario_reader_number (&reader, "tilt", 25, 0, 90);
  self->azimuth = plancia_scenario_reader_number (&reader, "azimuth", 180, 0, 360);
  self->limit = plancia_scenario_reader_number (&reader, "limit", 0, 0, 1e6);
  self->load =
    g_strdup (plancia_scenario_reader_word (&reader, "load", plancia_load_shape_list (), "none"));
  self->load_scale = plancia_scenario_reader_number (&reader, "load_scale", 1, 0, 1000);
  self->capacity = plancia_scenario_reader_number (&reader, "capacity", 0, 0, 1e7);
  self->battery_power = plancia_scenario_reader_number (&reader, "battery_power", 0, 0, 1e6);
  self->soc_minimum = plancia_scenario_reader_number (&reader, "soc_minimum", 10, 0, 100);
  self->soc_maximum =
    plancia_scenario_reader_number (&reader, "soc_maximum", 100, self->soc_minimum, 100);
  return plancia_scenario_reader_finish (&reader, error);
}

static gboolean
read_alarm (GArray     *alarms,
            JsonNode   *node,
            const char *origin,
            const char *path,
            GTimeZone  *zone,
            GError    **error)
{
  g_auto (PlanciaScenarioReader) reader = {0};
  g_autoptr (JsonObject) empty = json_object_new ();
  JsonObject          *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : empty;
  PlanciaScenarioAlarm alarm;

  plancia_scenario_reader_init (&reader, object, origin, path);
  alarm.id = (int) plancia_scenario_reader_number (&reader, "id", 0, 1, 480);
  alarm.start = plancia_scenario_reader_time (&reader, "from", zone, 0);
  alarm.end = plancia_scenario_reader_time (&reader, "to", zone, G_MAXINT64);
  if (alarm.id == 0)
    plancia_scenario_reader_fail (&reader, PLANCIA_DOCUMENT_ERROR_MISSING, "id", "is missing");
  if (alarm.end < alarm.start)
    plancia_scenario_reader_fail (&reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "to",
                                  "lies before \"from\"");
  g_array_append_val (alarms, alarm);
  return plancia_scenario_reader_finish (&reader, error);
}

static gboolean
read_alarms (PlanciaScenarioDevice *self,
             PlanciaScenarioReader *reader,
             GTimeZone             *zone,
             GError               **error)
{
  JsonArray *array = plancia_scenario_reader_array (reader, "alarms");

  self->alarms = g_array_new (FALSE, FALSE, sizeof (PlanciaScenarioAlarm));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *path = plancia_scenario_reader_path (reader, "alarms", (int) i);
    JsonNode        *node = json_array_get_element (array, i);
    if (!read_alarm (self->alarms, node, reader->origin, path, zone, error))
      return FALSE;
  }
  return TRUE;
}

static void
read_members (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader, GPtrArray *before)
{
  JsonArray *array = plancia_scenario_reader_array (reader, "members");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  self->of = g_strdup (plancia_scenario_reader_string (reader, "of", NULL));
  if (self->of != NULL && plancia_scenario_device_find (before, self->of) == NULL)
    plancia_scenario_reader_fail (reader,
                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                  "of",
                                  "no device \"%s\" comes before",
                                  self->of);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode   *node = json_array_get_element (array, i);
    const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

    if (name == NULL || plancia_scenario_device_find (before, name) == NULL)
      plancia_scenario_reader_fail (reader,
                                    PLANCIA_DOCUMENT_ERROR_INVALID,
                                    "members",
                                    "no device \"%s\" comes before",
                                    name != NULL ? name : "");
    else
      g_strv_builder_add (names, name);
  }
  if (array != NULL)
    self->members = g_strv_builder_end (names);
}

static gboolean
read_recorded (PlanciaScenarioDevice *self, PlanciaScenarioReader *reader, GError **error)
{
  JsonArray       *array = plancia_scenario_reader_array (reader, "recorded");
  g_autofree char *path = NULL;

  if (array == NULL)
    return TRUE;
  path = plancia_scenario_reader_path (reader, "recorded", -1);
  self->recorded = plancia_recorded_read (array, reader->origin, path, error);
  return self->recorded != NULL;
}

/**
 * plancia_scenario_device_read:
 * @node: an element of the list of devices
 * @origin: names the file in errors
 * @path: where in the file
 * @zone: the plant's
 * @commissioned: ms UTC, if the device does not say
 * @before: (element-type PlanciaScenarioDevice): those already read
 * @error: %PLANCIA_DOCUMENT_ERROR
 *
 * Returns: (transfer full) (nullable): the device
 */
PlanciaScenarioDevice *
plancia_scenario_device_read (JsonNode   *node,
                              const char *origin,
                              const char *path,
                              GTimeZone  *zone,
                              gint64      commissioned,
                              GPtrArray  *before,
                              GError    **error)
{
  g_autoptr (PlanciaScenarioDevice) self = g_new0 (PlanciaScenarioDevice, 1);
  g_auto (PlanciaScenarioReader) reader = {0};

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: %s: expected an object",
                 origin,
                 path);
    return NULL;
  }
  plancia_scenario_reader_init (&reader, json_node_get_object (node), origin, path);
  read_name (self, &reader, before);
  read_connection (self, &reader);
  read_cloud (self, &reader);
  read_members (self, &reader, before);
  self->commissioned = plancia_scenario_reader_time (&reader, "commissioned", zone, commissioned);
  if (!read_ratings (self, &reader, error) || !read_alarms (self, &reader, zone, error) ||
      !read_recorded (self, &reader, error))
    return NULL;
  check_connection (self, &reader);
  check_place (self, &reader, before);
  check_thing (self, &reader, before);
  check_map (self, &reader);
  if (!plancia_scenario_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
plancia_scenario_device_free (PlanciaScenarioDevice *self)
{
  g_free (self->kind);
  g_free (self->name);
  g_free (self->parent);
  g_free (self->line);
  g_free (self->map);
  g_free (self->serial);
  g_free (self->of);
  g_strfreev (self->members);
  g_free (self->account);
  g_free (self->client);
  g_free (self->key);
  g_free (self->token);
  g_free (self->range);
  g_free (self->callback_url);
  g_free (self->model);
  g_free (self->logger);
  g_free (self->framing);
  g_free (self->early);
  g_free (self->absent);
  g_free (self->fault);
  g_free (self->load);
  g_clear_pointer (&self->alarms, g_array_unref);
  g_clear_pointer (&self->recorded, plancia_recorded_unref);
  g_free (self);
}

const char *
plancia_scenario_device_get_fault_kind (const PlanciaScenarioDevice *self)
{
  return self->route == PLANCIA_ROUTE_SYSTEM ? "system" : self->kind;
}

PlanciaScenarioDevice *
plancia_scenario_device_find (GPtrArray *devices, const char *name)
{
  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    if (g_str_equal (device->name, name))
      return device;
  }
  return NULL;
}
