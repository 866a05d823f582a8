/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-macro.h"

#include "base/error.h"
#include "base/json-guard.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define FORMAT     "plancia-macros"
#define VERSION    1
#define MAX_MACROS 200
#define MAX_TEXT   (64 * 1024)

/**
 * plancia_console_macro_new:
 *
 * Returns: (transfer full): copies of all
 */
PlanciaConsoleMacro *
plancia_console_macro_new (const char *name, const char *text, const char *key, const char *colour)
{
  PlanciaConsoleMacro *self = g_new0 (PlanciaConsoleMacro, 1);

  self->name = g_strdup (name ? name : "");
  self->text = g_strdup (text ? text : "");
  self->key = g_strdup (key ? key : "");
  self->colour = g_strdup (colour ? colour : "");
  return self;
}

/**
 * plancia_console_macro_free:
 */
void
plancia_console_macro_free (PlanciaConsoleMacro *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->text);
  g_free (self->key);
  g_free (self->colour);
  g_free (self);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID, "macros: %s", what);
  return FALSE;
}

/* A member that is text or missing. */
static const char *
get_text (JsonObject *object, const char *name, gboolean *well)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return "";
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      strlen (json_node_get_string (node)) > MAX_TEXT) {
    *well = FALSE;
    return "";
  }
  return json_node_get_string (node);
}

static gboolean
read_macro (GPtrArray *macros, JsonNode *node, GError **error)
{
  JsonObject          *object;
  PlanciaConsoleMacro *macro;
  gboolean             well = TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "expected an object");
  object = json_node_get_object (node);
  macro = plancia_console_macro_new (get_text (object, "name", &well),
                                     get_text (object, "text", &well),
                                     get_text (object, "key", &well),
                                     get_text (object, "colour", &well));
  g_ptr_array_add (macros, macro);
  if (!well)
    return fail (error, "name, text, key and colour are text");
  return macro->name[0] != '\0' || fail (error, "one has no name");
}

static JsonArray *
find_array (JsonNode *root, GError **error)
{
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *node = object ? json_object_get_member (object, "macros") : NULL;
  JsonNode   *version = object ? json_object_get_member (object, FORMAT) : NULL;

  if (!version || !JSON_NODE_HOLDS_VALUE (version) || json_node_get_int (version) != VERSION) {
    fail (error, "not a file of macros, or of a later version");
    return NULL;
  }
  if (!node || !JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > MAX_MACROS) {
    fail (error, "expected a list of at most 200");
    return NULL;
  }
  return json_node_get_array (node);
}

/**
 * plancia_console_macros_parse:
 * @text: JSON
 *
 * Returns: (transfer full) (element-type PlanciaConsoleMacro): or NULL and an error
 */
GPtrArray *
plancia_console_macros_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray)
    macros = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);
  gsize      size = length < 0 ? strlen (text) : (gsize) length;
  JsonArray *array;

  if (!plancia_json_guard (text, size, error) ||
      !json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;
  array = find_array (json_parser_get_root (parser), error);
  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_macro (macros, json_array_get_element (array, i), error))
      return NULL;
  return g_steal_pointer (&macros);
}

static void
put_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text[0] == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * plancia_console_macros_to_json:
 * @macros: (element-type PlanciaConsoleMacro)
 *
 * Returns: (transfer full)
 */
char *
plancia_console_macros_to_json (GPtrArray *macros)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, FORMAT);
  json_builder_add_int_value (builder, VERSION);
  json_builder_set_member_name (builder, "macros");
  json_builder_begin_array (builder);
  for (guint i = 0; i < macros->len; i++) {
    const PlanciaConsoleMacro *macro = g_ptr_array_index (macros, i);

    json_builder_begin_object (builder);
    put_text (builder, "name", macro->name);
    put_text (builder, "text", macro->text);
    put_text (builder, "key", macro->key);
    put_text (builder, "colour", macro->colour);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}
