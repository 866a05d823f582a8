/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/snapshot-private.h"

#include "base/error.h"
#include "base/json-guard.h"
#include "base/text.h"
#include "map/field-value.h"
#include <string.h>

#define FORMAT    "plancia-snapshot"
#define VERSION   1
#define MAX_WORDS 125

static const char *const reasons[] = {
  [PLANCIA_SNAPSHOT_ARRIVAL] = "arrival",
  [PLANCIA_SNAPSHOT_REQUEST] = "request",
  [PLANCIA_SNAPSHOT_BEFORE] = "before",
  [PLANCIA_SNAPSHOT_NOW] = "now",
};

static const char *const known[] =
  {"format", "version", "time", "reason", "note", "simulated", "device", "registers", NULL};

/* --- reading --------------------------------------------------------------------------------- */

static gboolean
fail (GError             **error,
      PlanciaDocumentError code,
      const char          *origin,
      const char          *path,
      const char          *what)
{
  g_set_error (error, PLANCIA_DOCUMENT_ERROR, code, "%s: %s: %s", origin, path, what);
  return FALSE;
}

static const char *
text_member (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* "0001 003C"; NULL and *ok FALSE if it is anything else. */
static guint16 *
parse_words (const char *text, guint *count)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  guint               length = g_strv_length (parts);
  g_autofree guint16 *words = g_new0 (guint16, length + 1);

  if (length == 0 || length > MAX_WORDS)
    return NULL;
  for (guint i = 0; i < length; i++) {
    char *end = NULL;

    if (strlen (parts[i]) != 4 || strspn (parts[i], "0123456789abcdefABCDEF") != 4)
      return NULL;
    words[i] = (guint16) g_ascii_strtoull (parts[i], &end, 16);
  }
  *count = length;
  return g_steal_pointer (&words);
}

static gboolean
parse_address (const char *text, guint16 *address)
{
  guint64 number;

  if (text == NULL || !g_str_has_prefix (text, "0x") ||
      !g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *address = (guint16) number;
  return TRUE;
}

static gboolean
read_item (PlanciaSnapshot *self,
           JsonObject      *object,
           const char      *origin,
           const char      *path,
           GError         **error)
{
  const char          *key = text_member (object, "key");
  const char          *words = text_member (object, "words");
  PlanciaSnapshotItem *item;

  if (key == NULL || key[0] == '\0')
    return fail (error, PLANCIA_DOCUMENT_ERROR_MISSING, origin, path, "expected a key");
  item = g_new0 (PlanciaSnapshotItem, 1);
  item->key = g_strdup (key);
  item->text = g_strdup (text_member (object, "value"));
  item->message = g_strdup (text_member (object, "error"));
  if (!parse_address (text_member (object, "address"), &item->address) ||
      (words != NULL && (item->words = parse_words (words, &item->count)) == NULL)) {
    plancia_snapshot_item_free (item);
    return fail (error,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 origin,
                 path,
                 "expected an address such as \"0x1110\" and words such as \"0001 003C\"");
  }
  plancia_snapshot_take_item (self, item);
  return TRUE;
}

static gboolean
read_items (PlanciaSnapshot *self, JsonObject *root, const char *origin, GError **error)
{
  JsonNode  *node = json_object_get_member (root, "registers");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, PLANCIA_DOCUMENT_ERROR_MISSING, origin, "registers", "expected a list");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode        *element = json_array_get_element (array, i);
    g_autofree char *path = g_strdup_printf ("registers[%u]", i);

    if (!JSON_NODE_HOLDS_OBJECT (element))
      return fail (error, PLANCIA_DOCUMENT_ERROR_INVALID, origin, path, "expected an object");
    if (!read_item (self, json_node_get_object (element), origin, path, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_head (JsonObject *root, const char *origin, GError **error)
{
  JsonNode *version = json_object_get_member (root, "version");

  if (g_strcmp0 (text_member (root, "format"), FORMAT) != 0)
    return fail (error,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 origin,
                 "format",
                 "expected \"" FORMAT "\"");
  if (version == NULL || !JSON_NODE_HOLDS_VALUE (version) ||
      json_node_get_value_type (version) != G_TYPE_INT64 || json_node_get_int (version) != VERSION)
    return fail (error, PLANCIA_DOCUMENT_ERROR_VERSION, origin, "version", "expected 1");
  return TRUE;
}

static gboolean
parse_time (const char *text, gint64 *time)
{
  g_autoptr (GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * 1000 + g_date_time_get_microsecond (date) / 1000;
  return TRUE;
}

static PlanciaSnapshotReason
parse_reason (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i], text) == 0)
      return (PlanciaSnapshotReason) i;
  return PLANCIA_SNAPSHOT_REQUEST;
}

static void
keep_unknown (PlanciaSnapshot *self, JsonObject *root)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (root);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (kept,
                              l->data,
                              json_node_copy (json_object_get_member (root, l->data)));
  if (json_object_get_size (kept) > 0)
    plancia_snapshot_set_kept (self, kept);
}

static PlanciaSnapshot *
read_root (JsonObject *root, const char *origin, GError **error)
{
  JsonNode   *node = json_object_get_member (root, "device");
  JsonObject *device = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;
  JsonNode   *simulated = json_object_get_member (root, "simulated");
  const char *map = text_member (device, "map");
  g_autoptr (PlanciaSnapshot) self = NULL;
  gint64 time;

  if (!check_head (root, origin, error))
    return NULL;
  if (!parse_time (text_member (root, "time"), &time)) {
    fail (error, PLANCIA_DOCUMENT_ERROR_INVALID, origin, "time", "expected a time");
    return NULL;
  }
  self = plancia_snapshot_new (parse_reason (text_member (root, "reason")),
                               time,
                               text_member (device, "id"),
                               text_member (device, "name"),
                               text_member (device, "address"),
                               NULL);
  plancia_snapshot_set_map_id (self, map != NULL ? map : "");
  plancia_snapshot_set_note (self, text_member (root, "note"));
  plancia_snapshot_set_simulated (self,
                                  simulated != NULL && JSON_NODE_HOLDS_VALUE (simulated) &&
                                    json_node_get_boolean (simulated));
  keep_unknown (self, root);
  return read_items (self, root, origin, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * plancia_snapshot_parse:
 * @bytes: what the file holds
 * @origin: what to call it in messages
 * @error: PLANCIA_DOCUMENT_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full): the snapshot, or %NULL
 */
PlanciaSnapshot *
plancia_snapshot_parse (GBytes *bytes, const char *origin, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) wrong = NULL;
  JsonNode *root;

  if (text == NULL || !plancia_json_guard (text, length, &wrong) ||
      !json_parser_load_from_data (parser, text, (gssize) length, &wrong)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_SYNTAX,
                 "%s: %s",
                 origin,
                 wrong != NULL ? wrong->message : "empty");
    return NULL;
  }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_SYNTAX,
                 "%s: expected an object",
                 origin);
    return NULL;
  }
  return read_root (json_node_get_object (root), origin, error);
}

/* --- writing --------------------------------------------------------------------------------- */

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (object, key, text);
}

static JsonObject *
write_device (PlanciaSnapshot *self)
{
  JsonObject *object = json_object_new ();

  set_text (object, "id", plancia_snapshot_get_device (self));
  set_text (object, "name", plancia_snapshot_get_name (self));
  set_text (object, "address", plancia_snapshot_get_route (self));
  set_text (object, "map", plancia_snapshot_get_map (self));
  /* For who reads the file; they are among the registers too. */
  set_text (object, "serial", plancia_snapshot_get_serial (self));
  set_text (object, "firmware", plancia_snapshot_get_firmware (self));
  return object;
}

static JsonObject *
write_item (const PlanciaSnapshotItem *item)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *address = g_strdup_printf ("0x%04X", item->address);
  g_autofree char *words = item->words != NULL ? plancia_words_format (item->words, item->count)
                                               : NULL;

  json_object_set_string_member (object, "key", item->key);
  json_object_set_string_member (object, "address", address);
  set_text (object, "words", words);
  set_text (object, "value", item->text);
  set_text (object, "error", item->message);
  return object;
}

static JsonArray *
write_items (PlanciaSnapshot *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < plancia_snapshot_get_length (self); i++)
    json_array_add_object_element (array, write_item (plancia_snapshot_get (self, i)));
  return array;
}

static void
write_kept (JsonObject *kept, JsonObject *object)
{
  g_autoptr (GList) names = kept != NULL ? json_object_get_members (kept) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (object,
                            l->data,
                            json_node_copy (json_object_get_member (kept, l->data)));
}

/**
 * plancia_snapshot_format:
 * @self: a snapshot
 *
 * Returns: (transfer full): pretty JSON with a line feed at the end
 */
GBytes *
plancia_snapshot_format (PlanciaSnapshot *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *time = plancia_text_utc_time (plancia_snapshot_get_time (self));
  g_autofree char *text = NULL;
  char            *whole;

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "time", time);
  json_object_set_string_member (object, "reason", reasons[plancia_snapshot_get_reason (self)]);
  set_text (object, "note", plancia_snapshot_get_note (self));
  if (plancia_snapshot_get_simulated (self))
    json_object_set_boolean_member (object, "simulated", TRUE);
  json_object_set_object_member (object, "device", write_device (self));
  json_object_set_array_member (object, "registers", write_items (self));
  write_kept (plancia_snapshot_get_kept (self), object);
  json_node_take_object (root, object);
  text = json_to_string (root, TRUE);
  whole = g_strconcat (text, "\n", NULL);
  return g_bytes_new_take (whole, strlen (whole));
}
