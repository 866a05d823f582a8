/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant-file.h"

#include "base/device-kind.h"
#include "base/error.h"
#include "base/json-guard.h"
#include "plant/notes-private.h"
#include "plant/plant-private.h"
#include "plant/watched.h"
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define FORMAT  "plancia-plant"
#define VERSION 1
/* What a file held, known or not: what is saved is laid over it, so that nothing gets lost. */
#define KEPT_KEY    "plancia-plant-file-kept"
#define WATCHED_KEY "watched"

/* Where the reading is, for the messages. */
typedef struct
{
  const char *origin;
  GHashTable *ids;
  GError    **error;
} Source;

G_GNUC_PRINTF (4, 5)
static gboolean
fail (const Source *source, PlanciaDocumentError code, const char *path, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list          arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (source->error,
               PLANCIA_DOCUMENT_ERROR,
               code,
               "%s: %s%s%s",
               source->origin,
               path,
               path[0] != '\0' ? ": " : "",
               what);
  return FALSE;
}

static char *
join (const char *path, const char *key)
{
  return path[0] != '\0' ? g_strconcat (path, ".", key, NULL) : g_strdup (key);
}

/* *text stays NULL where the key is missing or null. */
static gboolean
read_text (const Source *source,
           JsonObject   *object,
           const char   *path,
           const char   *key,
           gboolean      required,
           const char  **text)
{
  JsonNode        *node = json_object_get_member (object, key);
  g_autofree char *where = join (path, key);

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !required || fail (source, PLANCIA_DOCUMENT_ERROR_MISSING, where, "expected a text");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, where, "expected a text");
  *text = json_node_get_string (node);
  return !required || (*text)[0] != '\0' ||
         fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, where, "expected a text that is not empty");
}

static gboolean
read_number (const Source *source,
             JsonObject   *object,
             const char   *path,
             const char   *key,
             double        limit,
             double       *number)
{
  JsonNode        *node = json_object_get_member (object, key);
  g_autofree char *where = join (path, key);
  GType            type = G_TYPE_INVALID;

  *number = NAN;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node))
    type = json_node_get_value_type (node);
  if (type == G_TYPE_INT64)
    *number = (double) json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE)
    *number = json_node_get_double (node);
  if (fabs (*number) <= limit) /* false for NAN */
    return TRUE;
  return fail (source,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               where,
               "expected a number from -%.0f to %.0f",
               limit,
               limit);
}

/* *array stays NULL where the key is missing or null. */
static gboolean
read_array (const Source *source,
            JsonObject   *object,
            const char   *path,
            const char   *key,
            JsonArray   **array)
{
  JsonNode        *node = json_object_get_member (object, key);
  g_autofree char *where = join (path, key);

  *array = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, where, "expected a list");
  *array = json_node_get_array (node);
  return TRUE;
}

/* A copy without the lists of entries, which are objects of their own. */
static void
keep (gpointer owner, JsonObject *object)
{
  JsonObject *kept = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "entries") && !g_str_equal (l->data, "children"))
      json_object_set_member (kept,
                              l->data,
                              json_node_copy (json_object_get_member (object, l->data)));
  g_object_set_data_full (owner, KEPT_KEY, kept, (GDestroyNotify) json_object_unref);
}

/* A fresh object with the members that were kept. Later members of the same name take their place. */
static JsonObject *
start_from_kept (JsonObject *kept)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = kept != NULL ? json_object_get_members (kept) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (object,
                            l->data,
                            json_node_copy (json_object_get_member (kept, l->data)));
  return object;
}

static gboolean
check_kind (const Source *source, const char *path, const char *kind)
{
  g_autofree char *where = join (path, "kind");

  return g_strv_contains (plancia_device_kinds, kind) || fail (source,
                                                               PLANCIA_DOCUMENT_ERROR_INVALID,
                                                               where,
                                                               "there is no kind of device \"%s\"",
                                                               kind);
}

static PlanciaAddress *
read_address (const Source *source, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *where = join (path, "address");
  PlanciaAddress  *address = plancia_address_parse (text, &error);

  if (address == NULL)
    fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, where, "%s", error->message);
  return address;
}

static gboolean
check_id (const Source *source, const char *path, const char *id)
{
  g_autofree char *where = join (path, "id");

  if (id == NULL || g_hash_table_add (source->ids, g_strdup (id)))
    return TRUE;
  return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, where, "\"%s\" is there twice", id);
}

static void
read_learnt (PlanciaEntry *entry, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "learnt");
  g_autoptr (PlanciaLearnt) learnt = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  learnt = plancia_learnt_new_from_json (json_node_get_object (node));
  plancia_entry_set_learnt (entry, learnt);
}

static PlanciaEntry *
read_entry (const Source *source, JsonObject *object, const char *path)
{
  g_autoptr (PlanciaAddress) address = NULL;
  PlanciaEntry *entry = NULL;
  const char   *id, *kind, *name, *address_text, *map, *evidence, *url;

  if (!read_text (source, object, path, "id", FALSE, &id) ||
      !read_text (source, object, path, "kind", TRUE, &kind) ||
      !read_text (source, object, path, "name", TRUE, &name) ||
      !read_text (source, object, path, "address", TRUE, &address_text) ||
      !read_text (source, object, path, "map", FALSE, &map) ||
      !read_text (source, object, path, "map_evidence", FALSE, &evidence) ||
      !read_text (source, object, path, "url", FALSE, &url) || !check_id (source, path, id) ||
      !check_kind (source, path, kind))
    return NULL;
  address = read_address (source, path, address_text);
  if (address == NULL)
    return NULL;
  entry = plancia_entry_new (id, kind, name, address);
  plancia_entry_set_map (entry, map);
  plancia_entry_set_map_evidence (entry, evidence);
  plancia_entry_set_url (entry, url);
  read_learnt (entry, object);
  keep (entry, object);
  return entry;
}

static gboolean
read_entries (const Source *source,
              PlanciaPlant *plant,
              PlanciaEntry *parent,
              JsonObject   *object,
              const char   *path,
              const char   *key)
{
  g_autofree char *where = join (path, key);
  JsonArray       *array;

  if (!read_array (source, object, path, key, &array))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode        *node = json_array_get_element (array, i);
    g_autofree char *here = g_strdup_printf ("%s[%u]", where, i);
    g_autoptr (PlanciaEntry) entry = NULL;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, here, "expected an object");
    entry = read_entry (source, json_node_get_object (node), here);
    if (entry == NULL)
      return FALSE;
    plancia_plant_add (plant, parent, entry);
    if (!read_entries (source, plant, entry, json_node_get_object (node), here, "children"))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_zone (const Source *source, const char *zone)
{
  g_autoptr (GTimeZone) found = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;

  if (zone == NULL || found != NULL)
    return TRUE;
  return fail (source,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "place.zone",
               "there is no time zone \"%s\"",
               zone);
}

static gboolean
read_place (const Source *source, PlanciaPlant *plant, JsonObject *root)
{
  JsonNode   *node = json_object_get_member (root, "place");
  JsonObject *place;
  const char *zone;
  double      latitude, longitude;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, "place", "expected an object");
  place = json_node_get_object (node);
  if (!read_text (source, place, "place", "zone", FALSE, &zone) || !check_zone (source, zone) ||
      !read_number (source, place, "place", "latitude", 90, &latitude) ||
      !read_number (source, place, "place", "longitude", 180, &longitude))
    return FALSE;
  plancia_plant_set_place (plant, zone, latitude, longitude);
  return TRUE;
}

/* What is there and not understood is left out: the plant is worth more than its watch list. */
static void
read_watched (PlanciaPlant *plant, JsonObject *root)
{
  JsonNode  *node = json_object_get_member (root, WATCHED_KEY);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode   *element = json_array_get_element (array, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
    const char *device = object != NULL
                           ? json_object_get_string_member_with_default (object, "device", NULL)
                           : NULL;
    const char *key = object != NULL
                        ? json_object_get_string_member_with_default (object, "register", NULL)
                        : NULL;

    if (device != NULL && key != NULL)
      plancia_watched_add (plancia_watched_of (plant), device, key);
  }
}

static gboolean
check_format (const Source *source, JsonObject *root)
{
  JsonNode   *node = json_object_get_member (root, "version");
  const char *format;
  gint64      version = 0;

  if (!read_text (source, root, "", "format", TRUE, &format))
    return FALSE;
  if (!g_str_equal (format, FORMAT))
    return fail (source,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "format",
                 "expected \"" FORMAT "\", got \"%s\"",
                 format);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_INT64)
    version = json_node_get_int (node);
  if (version < 1)
    return fail (source, PLANCIA_DOCUMENT_ERROR_INVALID, "version", "expected a number from 1 on");
  return version <= VERSION ||
         fail (source,
               PLANCIA_DOCUMENT_ERROR_VERSION,
               "version",
               "this program knows version %d, the file has version %" G_GINT64_FORMAT,
               VERSION,
               version);
}

static PlanciaPlant *
read_plant (const Source *source, JsonObject *root)
{
  g_autoptr (PlanciaPlant) plant = NULL;
  const char *name, *id;

  if (!check_format (source, root) || !read_text (source, root, "", "name", TRUE, &name) ||
      !read_text (source, root, "", "id", FALSE, &id))
    return NULL;
  plant = plancia_plant_new (name);
  if (!read_place (source, plant, root) || !read_entries (source, plant, NULL, root, "", "entries"))
    return NULL;
  plancia_plant_set_id (plant, id != NULL && id[0] != '\0' ? id : NULL);
  read_watched (plant, root);
  plancia_notes_read (plant, root);
  keep (plant, root);
  return g_steal_pointer (&plant);
}

static JsonNode *
parse_json (const Source *source, GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  JsonNode        *root = NULL;

  if (!plancia_json_guard (data != NULL ? data : "", length, &error) ||
      !json_parser_load_from_data (parser, text, -1, &error)) {
    g_autofree char *message = plancia_json_place (error->message);

    fail (source, PLANCIA_DOCUMENT_ERROR_SYNTAX, "", "%s", message);
    return NULL;
  }
  root = json_parser_steal_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    fail (source, PLANCIA_DOCUMENT_ERROR_SYNTAX, "", "line 1: expected a JSON object");
    g_clear_pointer (&root, json_node_unref);
  }
  return root;
}

static void
set_text_member (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_remove_member (object, key);
}

static void
set_number_member (JsonObject *object, const char *key, double number)
{
  if (isfinite (number))
    json_object_set_double_member (object, key, number);
  else
    json_object_remove_member (object, key);
}

static void
write_learnt (PlanciaEntry *entry, JsonObject *object)
{
  static const PlanciaLearnt nothing = {0};
  const PlanciaLearnt       *learnt = plancia_entry_get_learnt (entry);
  JsonNode                  *kept = json_object_get_member (object, "learnt");
  JsonObject                *written = start_from_kept (
    kept != NULL && JSON_NODE_HOLDS_OBJECT (kept) ? json_node_get_object (kept) : NULL);

  plancia_learnt_to_json (learnt != NULL ? learnt : &nothing, written);
  if (json_object_get_size (written) > 0) {
    json_object_set_object_member (object, "learnt", written);
    return;
  }
  json_object_unref (written);
  json_object_remove_member (object, "learnt");
}

static JsonArray *write_entries (GListModel *entries);

static JsonObject *
write_entry (PlanciaEntry *entry)
{
  JsonObject      *object = start_from_kept (g_object_get_data (G_OBJECT (entry), KEPT_KEY));
  PlanciaAddress  *address = plancia_entry_get_address (entry);
  GListModel      *children = plancia_entry_get_children (entry);
  g_autofree char *text = address != NULL ? plancia_address_to_string (address) : NULL;

  set_text_member (object, "id", plancia_entry_get_id (entry));
  set_text_member (object, "kind", plancia_entry_get_kind (entry));
  set_text_member (object, "name", plancia_entry_get_name (entry));
  set_text_member (object, "address", text);
  set_text_member (object, "map", plancia_entry_get_map (entry));
  set_text_member (object, "map_evidence", plancia_entry_get_map_evidence (entry));
  set_text_member (object, "url", plancia_entry_get_url (entry));
  write_learnt (entry, object);
  if (g_list_model_get_n_items (children) > 0)
    json_object_set_array_member (object, "children", write_entries (children));
  return object;
}

static JsonArray *
write_entries (GListModel *entries)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    json_array_add_object_element (array, write_entry (entry));
  }
  return array;
}

static JsonObject *
write_place (PlanciaPlant *plant, JsonObject *root)
{
  JsonNode   *kept = json_object_get_member (root, "place");
  JsonObject *place = start_from_kept (
    kept != NULL && JSON_NODE_HOLDS_OBJECT (kept) ? json_node_get_object (kept) : NULL);

  set_text_member (place, "zone", plancia_plant_get_zone_name (plant));
  set_number_member (place, "latitude", plancia_plant_get_latitude (plant));
  set_number_member (place, "longitude", plancia_plant_get_longitude (plant));
  return place;
}

/* What belonged to devices that are gone is not kept. (transfer full) */
static JsonArray *
write_watched (PlanciaPlant *plant)
{
  GListModel *list = G_LIST_MODEL (plancia_watched_of (plant));
  JsonArray  *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (list, i);
    JsonObject *object;

    if (plancia_plant_find (plant, plancia_watched_item_get_device (item)) == NULL)
      continue;
    object = json_object_new ();
    json_object_set_string_member (object, "device", plancia_watched_item_get_device (item));
    json_object_set_string_member (object, "register", plancia_watched_item_get_key (item));
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
set_watched_member (PlanciaPlant *plant, JsonObject *object)
{
  JsonArray *array = write_watched (plant);

  if (json_array_get_length (array) > 0) {
    json_object_set_array_member (object, WATCHED_KEY, array);
    return;
  }
  json_array_unref (array);
  json_object_remove_member (object, WATCHED_KEY);
}

/**
 * plancia_plant_file_parse:
 * @bytes: what the file holds
 * @origin: what to call it in messages
 * @error: PLANCIA_DOCUMENT_ERROR: syntax with the line, the others with the key path
 *
 * Any thread; the plant then belongs to the main thread.
 *
 * Returns: (transfer full): the plant, or %NULL
 */
PlanciaPlant *
plancia_plant_file_parse (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Source source = {origin, ids, error};
  g_autoptr (JsonNode) root = parse_json (&source, bytes);

  return root != NULL ? read_plant (&source, json_node_get_object (root)) : NULL;
}

/**
 * plancia_plant_file_format:
 * @plant: a plant
 *
 * Keys that plancia_plant_file_parse() did not know are there again. Main thread.
 *
 * Returns: (transfer full): pretty JSON with a line feed at the end
 */
GBytes *
plancia_plant_file_format (PlanciaPlant *plant)
{
  JsonObject *object = start_from_kept (g_object_get_data (G_OBJECT (plant), KEPT_KEY));
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  char            *whole = NULL;

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "id", plancia_plant_get_id (plant));
  json_object_set_string_member (object, "name", plancia_plant_get_name (plant));
  json_object_set_object_member (object, "place", write_place (plant, object));
  json_object_set_array_member (object,
                                "entries",
                                write_entries (plancia_plant_get_entries (plant)));
  set_watched_member (plant, object);
  plancia_notes_write (plant, object);
  json_node_take_object (root, object);
  text = json_to_string (root, TRUE);
  whole = g_strconcat (text, "\n", NULL);
  return g_bytes_new_take (whole, strlen (whole));
}
