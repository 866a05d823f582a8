/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tape-scenario.h"

#include "base/document.h"
#include "base/error.h"
#include "plant/plant-file.h"
#include "plant/tape-names.h"
#include "protocol/tape-index.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Steps in time that are tried, s, until it is short enough. */
static const guint steps[] = {1, 5, 30, 300, 3600};

#define N_REGISTERS 0x10000

/* One register. */
typedef struct
{
  gint64   time; /* of the answer; 0: none */
  guint16  word;
  guint16  told;
  gboolean is_told;
} Cell;

/* The registers of one device. */
typedef struct
{
  int   unit;
  Cell *cells[2]; /* functions 3 and 4; or NULL */
} Device;

typedef struct
{
  PlanciaTape *tape;
  GHashTable  *parents; /* connection -> name of its route's device */
  GHashTable  *names;   /* that are taken */
  guint        step;    /* s */
  JsonArray   *devices;
} Export;

/* --- words ----------------------------------------------------------------------------------- */

static void
take_word (guint8   unit,
           guint8   function,
           guint16  address,
           guint16  word,
           gint64   time,
           gpointer user_data)
{
  Device *device = user_data;
  Cell   *cell;

  if (unit != device->unit || function < 3 || function > 4)
    return;
  if (device->cells[function - 3] == NULL)
    device->cells[function - 3] = g_new0 (Cell, N_REGISTERS);
  cell = &device->cells[function - 3][address];
  if (cell->time > time)
    return;
  cell->time = time;
  cell->word = word;
}

static gboolean
is_fresh (const Cell *cell)
{
  return cell->time > 0 && (!cell->is_told || cell->told != cell->word);
}

static void
append_change (JsonArray *changes, double seconds, guint function, guint address, const char *words)
{
  JsonArray *change = json_array_new ();

  json_array_add_double_element (change, seconds);
  json_array_add_int_element (change, function);
  json_array_add_int_element (change, address);
  json_array_add_string_element (change, words);
  json_array_add_array_element (changes, change);
}

/* Neighbours that changed are one change. */
static void
append_changes (JsonArray *changes, double seconds, guint function, Cell *cells)
{
  for (guint i = 0; i < N_REGISTERS; i++) {
    g_autoptr (GString) words = NULL;
    guint first = i;

    if (!is_fresh (&cells[i]))
      continue;
    words = g_string_new (NULL);
    for (; i < N_REGISTERS && is_fresh (&cells[i]); i++) {
      g_string_append_printf (words, "%04x", cells[i].word);
      cells[i].told = cells[i].word;
      cells[i].is_told = TRUE;
    }
    append_change (changes, seconds, function, first, words->str);
  }
}

/* (transfer full) */
static JsonArray *
make_changes (Export *self, PlanciaTapeIndex *index, int unit)
{
  JsonArray *changes = json_array_new ();
  Device     device = {.unit = unit};
  gint64     step = (gint64) self->step * G_USEC_PER_SEC;

  for (gint64 at = self->tape->start; at < self->tape->end + step; at += step) {
    gint64 until = MIN (at, self->tape->end);

    plancia_tape_index_foreach (index, until, take_word, &device);
    for (guint i = 0; i < G_N_ELEMENTS (device.cells); i++)
      if (device.cells[i] != NULL)
        append_changes (changes,
                        (double) (until - self->tape->start) / G_USEC_PER_SEC,
                        i + 3,
                        device.cells[i]);
  }
  g_free (device.cells[0]);
  g_free (device.cells[1]);
  return changes;
}

/* --- devices --------------------------------------------------------------------------------- */

/* (transfer full) a name that no other device of it has. */
static char *
take_name (Export *self, const char *wanted)
{
  char *name = g_strdup (wanted);

  for (guint i = 2; g_hash_table_contains (self->names, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s %u", wanted, i);
  }
  g_hash_table_add (self->names, g_strdup (name));
  return name;
}

static JsonObject *
add_device (Export *self, const char *kind, const char *name, const char *route, const char *parent)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "name", name);
  if (route != NULL)
    json_object_set_string_member (object, "route", route);
  if (parent != NULL)
    json_object_set_string_member (object, "parent", parent);
  json_array_add_object_element (self->devices, object);
  return object;
}

static const char *
ensure_hub (Export *self, PlanciaAddress *address)
{
  g_autofree char *key = g_strconcat ("hub ", plancia_address_get_host (address), NULL);
  char            *name = g_hash_table_lookup (self->parents, key);

  if (name != NULL)
    return name;
  name = take_name (self, "HUB");
  g_hash_table_insert (self->parents, g_steal_pointer (&key), name);
  add_device (self, "hub", name, "hub", NULL);
  return name;
}

static const char *
line_of (PlanciaAddress *address)
{
  switch (plancia_address_get_line (address)) {
  case PLANCIA_HUB_LINE_METERS:
    return "meters";
  case PLANCIA_HUB_LINE_CHARGERS:
    return "chargers";
  case PLANCIA_HUB_LINE_NONE:
  case PLANCIA_HUB_LINE_INVERTERS:
  default:
    return "inverters";
  }
}

static void
make_parent (Export *self, PlanciaAddress *address, const char *name)
{
  g_autofree char *serial = NULL;
  JsonObject      *object;

  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_HUB:
    object = add_device (self, "line", name, "line", ensure_hub (self, address));
    json_object_set_string_member (object, "line", line_of (address));
    return;
  case PLANCIA_ADDRESS_WIFI_STICK:
    object = add_device (self, "stick", name, "wifi-stick", NULL);
    serial = g_strdup_printf ("%u", MAX (plancia_address_get_serial (address), 1));
    json_object_set_string_member (object, "serial", serial);
    return;
  case PLANCIA_ADDRESS_PSC:
    add_device (self, "psc", name, "psc", NULL);
    return;
  default:
    add_device (self, "stick", name, "eth-stick", NULL);
  }
}

static const char *
ensure_parent (Export *self, PlanciaEntry *entry, PlanciaAddress *address)
{
  g_autofree char *connection = plancia_address_dup_connection (address);
  PlanciaEntry    *parent = plancia_entry_get_parent (entry);
  char            *name = g_hash_table_lookup (self->parents, connection);

  if (name != NULL)
    return name;
  name = take_name (self, parent != NULL ? plancia_entry_get_name (parent) : connection);
  g_hash_table_insert (self->parents, g_steal_pointer (&connection), name);
  make_parent (self, address, name);
  return name;
}

/* The route of what has a connection of its own, or NULL. */
static const char *
own_route (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_POWER_MAGIC:
    return "power-magic";
  case PLANCIA_ADDRESS_MODBUS_TCP:
    return "modbus-tcp";
  case PLANCIA_ADDRESS_RS485:
    return "rs485";
  default:
    return NULL;
  }
}

static gboolean
has_registers (PlanciaAddress *address)
{
  PlanciaAddressKind kind = plancia_address_get_kind (address);

  return kind != PLANCIA_ADDRESS_CONNEXT && kind != PLANCIA_ADDRESS_PORTAL &&
         kind != PLANCIA_ADDRESS_SYSTEM;
}

static void
export_device (Export *self, PlanciaEntry *entry)
{
  PlanciaAddress  *address = plancia_entry_get_address (entry);
  g_autofree char *connection = plancia_address_dup_connection (address);
  int              link = plancia_tape_find_link (self->tape, connection);
  const char      *route = own_route (address), *map = plancia_entry_get_map (entry);
  int              unit = MAX (plancia_address_get_unit (address), 1);
  g_autoptr (PlanciaTapeIndex) index = NULL;
  g_autofree char *name = NULL;
  const char      *parent;
  JsonArray       *changes;
  JsonObject      *object;

  if (link < 0 || !has_registers (address))
    return;
  index = plancia_tape_index_new (self->tape, (guint) link);
  changes = make_changes (self, index, unit);
  if (json_array_get_length (changes) == 0) {
    json_array_unref (changes);
    return;
  }
  parent = route == NULL ? ensure_parent (self, entry, address) : NULL;
  name = take_name (self, plancia_entry_get_name (entry));
  object = add_device (self, plancia_entry_get_kind (entry), name, route, parent);
  json_object_set_int_member (object, "unit", unit);
  json_object_set_string_member (object, "map", map != NULL ? map : "unknown");
  json_object_set_array_member (object, "recorded", changes);
}

static void
export_entries (Export *self, GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    if (plancia_entry_is_device (entry))
      export_device (self, entry);
    export_entries (self, plancia_entry_get_children (entry));
  }
}

/* --- the document ---------------------------------------------------------------------------- */

static void
set_place (JsonObject *root, PlanciaPlant *plant)
{
  JsonObject *place = json_object_new ();
  double      latitude = plancia_plant_get_latitude (plant);
  double      longitude = plancia_plant_get_longitude (plant);

  /* Nothing is simulated by it. */
  json_object_set_double_member (place,
                                 "latitude",
                                 isnan (latitude) ? 0 : CLAMP (latitude, -66, 66));
  json_object_set_double_member (place, "longitude", isnan (longitude) ? 0 : longitude);
  json_object_set_string_member (place, "zone", plancia_plant_get_zone_name (plant));
  json_object_set_object_member (root, "place", place);
}

static JsonNode *
make_root (Export *self, PlanciaPlant *plant, const char *name)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (self->tape->start / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (start, "%Y-%m-%dT%H:%M:%SZ");
  JsonObject      *root = json_object_new ();
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (root, "format", "plancia-scenario");
  json_object_set_int_member (root, "version", 1);
  json_object_set_string_member (root, "name", name);
  set_place (root, plant);
  json_object_set_string_member (root, "start", text);
  json_object_set_array_member (root, "devices", self->devices);
  json_node_take_object (node, root);
  return node;
}

static GBytes *
make (PlanciaTape *tape, PlanciaPlant *plant, const char *name, guint step)
{
  Export self = {.tape = tape, .step = step, .devices = json_array_new ()};
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  self.parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  export_entries (&self, plancia_plant_get_entries (plant));
  root = make_root (&self, plant, name);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  g_hash_table_unref (self.parents);
  g_hash_table_unref (self.names);
  return g_bytes_new_take (text, length);
}

/**
 * plancia_tape_scenario_make:
 * @tape: a recording
 * @name: of the scenario, for people
 */
GBytes *
plancia_tape_scenario_make (PlanciaTape *tape, const char *name, GError **error)
{
  GBytes *document = g_hash_table_lookup (tape->files, PLANCIA_TAPE_PLANT);
  g_autoptr (PlanciaPlant) plant = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (document == NULL) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_MISSING,
                 "%s: there is no plant in it",
                 name);
    return NULL;
  }
  plant = plancia_plant_file_parse (document, name, error);
  for (guint i = 0; plant != NULL && i < G_N_ELEMENTS (steps); i++) {
    g_clear_pointer (&bytes, g_bytes_unref);
    bytes = make (tape, plant, name, steps[i]);
    if (plancia_document_check_size (g_bytes_get_size (bytes),
                                     name,
                                     i + 1 < G_N_ELEMENTS (steps) ? NULL : error))
      return g_steal_pointer (&bytes);
  }
  return NULL;
}
