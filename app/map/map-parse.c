/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The top of a map file: identity, defaults, limits, detection, groups, tables. */

#include "base/error.h"
#include "map/map-private.h"

static const char *const device_kinds[] =
  {"inverter", "battery", "meter", "ev_charger", "storage", "heat_pump", "hub", "other", NULL};
static const char *const byte_orders[] = {"big", "little", NULL};
static const char *const transport_kinds[] = {"serial", "tcp", "rtu-over-tcp", "solarman-v5", NULL};

static void
parse_version (PlanciaJsonCheck *check, JsonObject *root)
{
  const char *format = plancia_json_get_string (check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  gint64      version =
    plancia_json_get_integer (check, NULL, root, "version", PLANCIA_JSON_REQUIRED, 0, G_MAXINT, 0);

  if (format != NULL && !g_str_equal (format, "register-map"))
    plancia_json_fail (check,
                       NULL,
                       "format",
                       PLANCIA_DOCUMENT_ERROR_VERSION,
                       "expected \"register-map\", got \"%s\"",
                       format);
  if (version != 1)
    plancia_json_fail (check,
                       NULL,
                       "version",
                       PLANCIA_DOCUMENT_ERROR_VERSION,
                       "expected 1, got %" G_GINT64_FORMAT,
                       version);
}

static void
parse_identity (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const char *id = plancia_json_get_string (check, NULL, root, "id", PLANCIA_JSON_REQUIRED);
  const char *name = plancia_json_get_string (check, NULL, root, "name", PLANCIA_JSON_REQUIRED);
  int         kind = plancia_json_get_choice (check,
                                      NULL,
                                      root,
                                      "device_kind",
                                      PLANCIA_JSON_REQUIRED,
                                      device_kinds,
                                      0);

  if (id != NULL && !plancia_json_is_id (id))
    plancia_json_fail (check,
                       NULL,
                       "id",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "expected lower-case words joined by hyphens, got \"%s\"",
                       id);
  if (name != NULL && name[0] == '\0')
    plancia_json_fail (check, NULL, "name", PLANCIA_DOCUMENT_ERROR_INVALID, "is empty");

  map->id = plancia_map_keep (map, id);
  map->name = plancia_map_keep (map, name);
  map->device_kind = device_kinds[kind];
}

static void
parse_description (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const char *const texts[] = {"description", "note"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    plancia_json_get_string (check, NULL, root, texts[i], PLANCIA_JSON_OPTIONAL);

  map->generation = plancia_map_keep (
    map,
    plancia_json_get_string (check, NULL, root, "generation", PLANCIA_JSON_OPTIONAL));
  map->confidence = plancia_map_keep (
    map,
    plancia_json_get_string (check, NULL, root, "confidence", PLANCIA_JSON_OPTIONAL));
  map->invented = plancia_json_get_boolean (check, NULL, root, "invented");
  map->phases =
    plancia_json_get_integer (check, NULL, root, "phases", PLANCIA_JSON_OPTIONAL, 1, 3, 0);
  if (map->phases == 2)
    plancia_json_fail (check,
                       NULL,
                       "phases",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "expected 1 or 3, got 2");
}

static void
parse_families (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "families", 0};
  JsonArray            *families =
    plancia_json_get_array (check, NULL, root, "families", PLANCIA_JSON_OPTIONAL);

  for (guint i = 0; families != NULL && i < json_array_get_length (families); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};

    const char *family = plancia_json_element_string (check, &element, families);

    if (i == 0)
      map->family = plancia_map_keep (map, family);
  }
}

static guint8
get_function (PlanciaJsonCheck      *check,
              const PlanciaJsonPath *path,
              JsonObject            *object,
              const char            *key,
              gboolean               write)
{
  gint64 value =
    plancia_json_get_integer (check, path, object, key, PLANCIA_JSON_REQUIRED, 0, 255, 0);

  if (write ? value == 5 || value == 6 || value == 15 || value == 16 : value >= 1 && value <= 4)
    return (guint8) value;

  plancia_json_fail (check,
                     path,
                     key,
                     PLANCIA_DOCUMENT_ERROR_INVALID,
                     "expected one of %s, got %d",
                     write ? "5, 6, 15, 16" : "1, 2, 3, 4",
                     (int) value);
  return 0;
}

static void
parse_defaults (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "defaults", 0};
  JsonObject           *defaults =
    plancia_json_get_object (check, NULL, root, "defaults", PLANCIA_JSON_REQUIRED);

  if (defaults == NULL)
    return;

  map->unit =
    plancia_json_get_integer (check, &path, defaults, "unit_id", PLANCIA_JSON_REQUIRED, 0, 255, 1);
  map->read_function = get_function (check, &path, defaults, "read_function", FALSE);
  map->write_function = get_function (check, &path, defaults, "write_function", TRUE);
  map->little_words = plancia_json_get_choice (check,
                                               &path,
                                               defaults,
                                               "word_order",
                                               PLANCIA_JSON_REQUIRED,
                                               byte_orders,
                                               0);
  map->little_bytes = plancia_json_get_choice (check,
                                               &path,
                                               defaults,
                                               "byte_order",
                                               PLANCIA_JSON_REQUIRED,
                                               byte_orders,
                                               0);
}

static GArray *
parse_ranges (PlanciaJsonCheck *check, JsonObject *limits, const char *key)
{
  const PlanciaJsonPath top = {NULL, "limits", 0};
  const PlanciaJsonPath path = {&top, key, 0};
  JsonArray *ranges = plancia_json_get_array (check, &top, limits, key, PLANCIA_JSON_OPTIONAL);
  GArray    *found;

  if (ranges == NULL)
    return NULL;

  found = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < json_array_get_length (ranges); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonNode             *node = json_array_get_element (ranges, i);
    JsonArray            *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    gint64                ends[2] = {0, 0};
    guint32               packed;

    for (guint j = 0; j < 2 && pair != NULL && json_array_get_length (pair) == 2; j++) {
      const PlanciaJsonPath end = {&element, NULL, j};

      ends[j] =
        plancia_json_node_integer (check, &end, json_array_get_element (pair, j), 0, G_MAXUINT16);
    }
    if (pair == NULL || json_array_get_length (pair) != 2 || ends[0] > ends[1])
      plancia_json_fail (check,
                         &element,
                         NULL,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "expected a list of two addresses, the first not above the second");
    packed = (guint32) ends[0] << 16 | (guint32) ends[1];
    g_array_append_val (found, packed);
  }
  return found;
}

static void
parse_limits (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "limits", 0};
  JsonObject *limits = plancia_json_get_object (check, NULL, root, "limits", PLANCIA_JSON_OPTIONAL);
  const PlanciaJsonNeed need = PLANCIA_JSON_OPTIONAL;

  map->limits.max_read =
    plancia_json_get_integer (check, &path, limits, "max_read", need, 1, 125, 125);
  map->limits.max_write =
    plancia_json_get_integer (check, &path, limits, "max_write", need, 1, 123, 123);
  map->limits.alignment =
    plancia_json_get_integer (check, &path, limits, "alignment", need, 0, G_MAXUINT16, 0);
  map->limits.max_gap =
    plancia_json_get_integer (check, &path, limits, "max_gap", need, 0, G_MAXUINT16, 0);
  map->limits.min_interval_ms =
    plancia_json_get_integer (check, &path, limits, "min_interval_ms", need, 0, G_MAXINT, 0);
  plancia_json_get_string (check, &path, limits, "note", need);
  if (limits == NULL)
    return;
  map->limits.never_read = parse_ranges (check, limits, "never_read");
  map->limits.never_write = parse_ranges (check, limits, "never_write");
}

static void
parse_transports (PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "transports", 0};
  JsonArray            *transports =
    plancia_json_get_array (check, NULL, root, "transports", PLANCIA_JSON_OPTIONAL);

  for (guint i = 0; transports != NULL && i < json_array_get_length (transports); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *transport = plancia_json_element_object (check, &element, transports);

    plancia_json_get_choice (check,
                             &element,
                             transport,
                             "kind",
                             PLANCIA_JSON_REQUIRED,
                             transport_kinds,
                             0);
  }
}

static GPtrArray *
parse_prefixes (PlanciaJsonCheck *check, const PlanciaJsonPath *path, JsonObject *rule)
{
  const PlanciaJsonPath here = {path, "prefixes", 0};
  JsonArray *texts = plancia_json_get_array (check, path, rule, "prefixes", PLANCIA_JSON_OPTIONAL);
  GPtrArray *prefixes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; texts != NULL && i < json_array_get_length (texts); i++) {
    const PlanciaJsonPath element = {&here, NULL, i};

    g_ptr_array_add (prefixes, g_strdup (plancia_json_element_string (check, &element, texts)));
  }

  return prefixes;
}

static void
parse_detect (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "detect", 0};
  JsonArray *rules = plancia_json_get_array (check, NULL, root, "detect", PLANCIA_JSON_OPTIONAL);

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    const PlanciaJsonPath inner = {&element, "read", 0};
    JsonObject           *rule = plancia_json_element_object (check, &element, rules);
    JsonObject           *read =
      plancia_json_get_object (check, &element, rule, "read", PLANCIA_JSON_REQUIRED);
    PlanciaMapDetect detect = {0};

    detect.function = plancia_json_get_integer (check,
                                                &inner,
                                                read,
                                                "function",
                                                PLANCIA_JSON_OPTIONAL,
                                                1,
                                                4,
                                                map->read_function);
    detect.address =
      plancia_json_get_address (check, &inner, read, "address", PLANCIA_JSON_REQUIRED, 0);
    detect.count =
      plancia_json_get_integer (check, &inner, read, "count", PLANCIA_JSON_REQUIRED, 1, 125, 1);
    detect.prefixes = parse_prefixes (check, &element, rule);
    g_array_append_val (map->detect, detect);
  }
}

static void
parse_groups (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "groups", 0};
  JsonArray *groups = plancia_json_get_array (check, NULL, root, "groups", PLANCIA_JSON_REQUIRED);

  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *object = plancia_json_element_object (check, &element, groups);
    const char           *key =
      plancia_json_get_string (check, &element, object, "key", PLANCIA_JSON_REQUIRED);
    const char *name =
      plancia_json_get_string (check, &element, object, "name", PLANCIA_JSON_REQUIRED);
    PlanciaGroup group = {plancia_map_keep (map, key), plancia_map_keep (map, name)};

    if (key != NULL && !plancia_json_is_key (key))
      plancia_json_fail (check,
                         &element,
                         "key",
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "expected lower-case letters, digits and underscores, got \"%s\"",
                         key);
    g_array_append_val (map->groups, group);
  }
}

static void
parse_sources (PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "sources", 0};
  JsonArray *sources = plancia_json_get_array (check, NULL, root, "sources", PLANCIA_JSON_REQUIRED);

  if (sources != NULL && json_array_get_length (sources) == 0)
    plancia_json_fail (check,
                       NULL,
                       "sources",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       "expected at least one source");

  for (guint i = 0; sources != NULL && i < json_array_get_length (sources); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *source = plancia_json_element_object (check, &element, sources);

    if (source != NULL && !json_object_has_member (source, "ref"))
      plancia_json_fail (check, &element, "ref", PLANCIA_DOCUMENT_ERROR_MISSING, "is missing");
  }
}

static void
parse_custom_commands (PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath    path = {NULL, "custom_commands", 0};
  static const char *const required[] = {"key", "name", "function"};
  JsonArray               *commands =
    plancia_json_get_array (check, NULL, root, "custom_commands", PLANCIA_JSON_OPTIONAL);

  for (guint i = 0; commands != NULL && i < json_array_get_length (commands); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *command = plancia_json_element_object (check, &element, commands);

    for (guint j = 0; command != NULL && j < G_N_ELEMENTS (required); j++)
      if (!json_object_has_member (command, required[j]))
        plancia_json_fail (check,
                           &element,
                           required[j],
                           PLANCIA_DOCUMENT_ERROR_MISSING,
                           "is missing");
  }
}

/* Fills map from the document. The order matters: fields look up tables, blocks look up fields. */
void
plancia_map_parse_document (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  parse_version (check, root);
  parse_identity (map, check, root);
  parse_description (map, check, root);
  parse_families (map, check, root);
  parse_defaults (map, check, root);
  parse_limits (map, check, root);
  parse_transports (check, root);
  parse_detect (map, check, root);
  parse_groups (map, check, root);
  plancia_map_parse_tables (map, check, root);
  plancia_map_parse_fields (map, check, root);
  plancia_map_parse_blocks (map, check, root);
  parse_custom_commands (check, root);
  parse_sources (check, root);
}
