/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/import-modbusscope.h"

#include "base/error.h"
#include "map/import-cell.h"
#include "map/json-check.h"
#include "map/map-private.h"
#include <string.h>

typedef struct
{
  guint8           function;
  int              address;
  guint            device; /* 1 if it does not say */
  PlanciaFieldType type;
  double           scale;
} Expression;

typedef struct
{
  PlanciaMapDraft *draft;
  JsonArray       *devices;
  guint            device; /* of the first register; 0 before */
  gboolean         little_words;
  gboolean         assumed_order;
  gboolean         has_long;
} Reader;

static gboolean
parse_register (const char *text, Expression *out)
{
  static const char   letters[] = "cdhi";
  static const guint8 functions[] = {1, 2, 3, 4};
  const char         *letter = text[0] != '\0' ? strchr (letters, g_ascii_tolower (text[0])) : NULL;
  PlanciaCellAddress  address;
  guint64             number = 0;

  if (letter != NULL) {
    if (!g_ascii_string_to_unsigned (text + 1, 10, 0, G_MAXUINT16, &number, NULL))
      return FALSE;
    out->function = functions[letter - letters];
    out->address = (int) number;
    return TRUE;
  }
  /* Coils are the numbers up to 9999, without a digit that says so. */
  if (g_ascii_string_to_unsigned (text, 10, 1, 9999, &number, NULL)) {
    out->function = 1;
    out->address = (int) number - 1;
    return TRUE;
  }
  /* From 40001 on there is no upper end but that of the registers. */
  if (g_ascii_string_to_unsigned (text, 10, 50000, 40001 + G_MAXUINT16, &number, NULL)) {
    out->function = 3;
    out->address = (int) number - 40001;
    return TRUE;
  }
  if (!plancia_cell_parse_address (text,
                                   PLANCIA_ADDRESS_DECIMAL,
                                   PLANCIA_ADDRESS_MODICON,
                                   &address) ||
      address.first != address.last)
    return FALSE;

  out->function = address.function;
  out->address = address.first;
  return TRUE;
}

/* What stands between the braces: REG[@DEVICE][:TYPE]. */
static gboolean
parse_reference (const char *text, Expression *out)
{
  static const GRegex *pattern;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *place = NULL;
  g_autofree char *device = NULL;
  g_autofree char *type = NULL;
  PlanciaCellType  cell = {PLANCIA_FIELD_U16, FALSE, FALSE};

  if (g_once_init_enter (&pattern))
    g_once_init_leave (
      &pattern,
      g_regex_new ("^\\s*([cdhi]?\\d{1,6})\\s*(?:@\\s*(\\d{1,5}))?\\s*(?::\\s*(\\w+))?\\s*$",
                   G_REGEX_CASELESS,
                   0,
                   NULL));
  if (!g_regex_match (pattern, text, 0, &match))
    return FALSE;

  place = g_match_info_fetch (match, 1);
  device = g_match_info_fetch (match, 2);
  type = g_match_info_fetch (match, 3);
  if (!parse_register (place, out))
    return FALSE;
  out->device = device && device[0] != '\0' ? (guint) g_ascii_strtoull (device, NULL, 10) : 1;
  if (type != NULL && type[0] != '\0' &&
      plancia_cell_parse_type (type, &cell) != PLANCIA_CELL_TYPE_KNOWN)
    return FALSE;

  /* Coils and inputs of one bit have no type. */
  out->type = out->function >= 3 ? cell.type : PLANCIA_FIELD_U16;
  return TRUE;
}

/* "${40001: s16b} / 10": one register, and one factor or divisor at most. */
static gboolean
parse_expression (const char *text, Expression *out)
{
  const char      *open = strstr (text, "${");
  const char      *close = open ? strchr (open, '}') : NULL;
  g_autofree char *inner = NULL;
  g_autofree char *rest = NULL;
  const char      *after = "";
  double           number = 1;

  if (close == NULL || strspn (text, " \t") != (gsize) (open - text))
    return FALSE;

  inner = g_strndup (open + 2, close - open - 2);
  rest = g_strstrip (g_strdup (close + 1));
  *out = (Expression){.scale = 1};
  if (!parse_reference (inner, out))
    return FALSE;
  if (rest[0] == '\0')
    return TRUE;
  if ((rest[0] != '*' && rest[0] != '/') || strchr (rest + 1, '/') != NULL ||
      !plancia_cell_parse_number (rest + 1, FALSE, &number, &after) || after[0] != '\0' ||
      number == 0)
    return FALSE;

  out->scale = rest[0] == '*' ? number : 1 / number;
  return TRUE;
}

static JsonObject *
find_device (Reader *self, guint id)
{
  for (guint i = 0; self->devices != NULL && i < json_array_get_length (self->devices); i++) {
    JsonNode   *node = json_array_get_element (self->devices, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonNode   *number = object ? json_object_get_member (object, "id") : NULL;

    if (number == NULL && object != NULL)
      number = json_object_get_member (object, "deviceid");
    if (number != NULL && json_node_get_value_type (number) == G_TYPE_INT64 &&
        json_node_get_int (number) == id)
      return object;
  }

  return NULL;
}

/* Low word first unless the file says otherwise: so does the program it comes from. */
static void
take_device (Reader *self, guint id, guint8 *unit)
{
  JsonObject *device = find_device (self, id);
  JsonNode   *order = device ? json_object_get_member (device, "int32littleendian") : NULL;
  JsonNode   *slave = device ? json_object_get_member (device, "slaveid") : NULL;

  self->device = id;
  self->assumed_order = order == NULL || json_node_get_value_type (order) != G_TYPE_BOOLEAN;
  self->little_words = self->assumed_order || json_node_get_boolean (order);
  if (slave != NULL && json_node_get_value_type (slave) == G_TYPE_INT64)
    *unit = (guint8) CLAMP (json_node_get_int (slave), 0, 255);
}

static const char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

static void
read_entry (Reader *self, JsonNode *node, guint8 *unit)
{
  JsonObject      *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char      *name = object ? member_text (object, "text") : NULL;
  const char      *text = object ? member_text (object, "expression") : NULL;
  Expression       expression;
  PlanciaDraftRow *row;

  if (text == NULL) {
    plancia_map_draft_skip (self->draft, PLANCIA_IMPORT_NOT_AN_ITEM, 0, name, -1, 0, NULL);
    return;
  }
  if (!parse_expression (text, &expression)) {
    plancia_map_draft_skip (self->draft, PLANCIA_IMPORT_EXPRESSION, 0, name, -1, 0, text);
    return;
  }
  if (self->device == 0)
    take_device (self, expression.device, unit);
  if (expression.device != self->device) {
    plancia_map_draft_skip (self->draft,
                            PLANCIA_IMPORT_OTHER_DEVICE,
                            0,
                            name,
                            expression.address,
                            1,
                            text);
    return;
  }
  row = plancia_map_draft_add (self->draft);
  if (row == NULL)
    return;

  row->name = g_strdup (name);
  row->function = expression.function;
  row->address = expression.address;
  row->type = expression.type;
  row->count = MAX (plancia_field_type_count (expression.type), 1);
  row->little_words = row->count > 1 && self->little_words;
  row->scale = expression.scale;
  self->has_long = self->has_long || row->count > 1;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonArray *
find_devices (JsonObject *root)
{
  JsonArray *adapters = get_array (root, "adapters");

  for (guint i = 0; adapters != NULL && i < json_array_get_length (adapters); i++) {
    JsonNode   *node = json_array_get_element (adapters, i);
    JsonObject *adapter = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonNode   *settings = adapter ? json_object_get_member (adapter, "settings") : NULL;
    JsonArray  *devices = settings && JSON_NODE_HOLDS_OBJECT (settings)
                            ? get_array (json_node_get_object (settings), "devices")
                            : NULL;

    if (devices != NULL)
      return devices;
  }

  return get_array (root, "devices");
}

/**
 * plancia_import_modbusscope:
 * @unit: (out): the slave id, untouched if the file does not say
 *
 * Any thread.
 *
 * Returns: whether the file is such a project
 */
gboolean
plancia_import_modbusscope (GBytes          *bytes,
                            const char      *origin,
                            PlanciaMapDraft *draft,
                            guint8          *unit,
                            GError         **error)
{
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);
  Reader     reader = {.draft = draft};
  JsonArray *scope;

  if (root == NULL)
    return FALSE;

  scope = get_array (json_node_get_object (root), "scope");
  if (scope == NULL) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_MISSING,
                 "%s: scope: expected a list",
                 origin);
    return FALSE;
  }

  reader.devices = find_devices (json_node_get_object (root));
  for (guint i = 0; i < json_array_get_length (scope); i++)
    read_entry (&reader, json_array_get_element (scope, i), unit);
  if (reader.has_long && reader.assumed_order)
    plancia_map_draft_remark (draft, PLANCIA_IMPORT_ASSUMED_LOW_FIRST, NULL);

  return TRUE;
}
