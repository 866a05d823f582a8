/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-format.h"

#include "map/json-check.h"
#include "map/map-expand.h"
#include <math.h>
#include <string.h>

#define ENOUGH_DIGITS 17 /* of a double */

static void append_node (GString *out, JsonNode *node, guint level);

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++) {
    switch (*at) {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      if ((guchar) *at < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar) *at);
      else
        g_string_append_c (out, *at);
    }
  }
  g_string_append_c (out, '"');
}

/* Without an exponent or a point a number would come back as an integer. */
static void
append_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number)) {
    g_string_append (out, "null");
    return;
  }
  for (int digits = 1; digits <= ENOUGH_DIGITS; digits++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (text, sizeof text, format, number);
    if (g_ascii_strtod (text, NULL) == number)
      break;
  }
  g_string_append (out, text);
  if (strpbrk (text, ".eE") == NULL)
    g_string_append (out, ".0");
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (type == G_TYPE_STRING)
    append_quoted (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    append_double (out, json_node_get_double (node));
}

static void
append_break (GString *out, guint level)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < level; i++)
    g_string_append_c (out, ' ');
}

static gboolean
is_plain (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
      return FALSE;
  }

  return TRUE;
}

static void
append_array (GString *out, JsonArray *array, guint level)
{
  gboolean plain = is_plain (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append (out, plain ? ", " : ",");
    if (!plain)
      append_break (out, level + 1);
    append_node (out, json_array_get_element (array, i), level + 1);
  }
  if (!plain)
    append_break (out, level);
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, JsonObject *object, guint level)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;
  gboolean       first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (!first)
      g_string_append_c (out, ',');
    first = FALSE;
    append_break (out, level + 1);
    append_quoted (out, name);
    g_string_append (out, ": ");
    append_node (out, node, level + 1);
  }
  if (!first)
    append_break (out, level);
  g_string_append_c (out, '}');
}

static void
append_node (GString *out, JsonNode *node, guint level)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node), level);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node), level);
  else
    append_value (out, node);
}

/* Lower-case letters, digits, and one joint between them. */
static char *
make_slug (const char *name, char joint, const char *fallback)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  g_autoptr (GString) slug = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (slug, g_ascii_tolower (*at));
    else if (slug->len > 0 && slug->str[slug->len - 1] != joint)
      g_string_append_c (slug, joint);
  }
  if (slug->len > 0 && slug->str[slug->len - 1] == joint)
    g_string_truncate (slug, slug->len - 1);

  return slug->len > 0 ? g_string_free (g_steal_pointer (&slug), FALSE) : g_strdup (fallback);
}

/**
 * plancia_map_format_write:
 * @root: a document
 *
 * Any thread.
 *
 * Returns: (transfer full): its text
 */
char *
plancia_map_format_write (JsonNode *root)
{
  GString *out = g_string_new (NULL);

  append_node (out, root, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/**
 * plancia_map_format_rewrite:
 * @bytes: any JSON object
 * @origin: names it in messages
 *
 * Returns: (transfer full): its text in our form, or %NULL with %PLANCIA_DOCUMENT_ERROR
 */
char *
plancia_map_format_rewrite (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);

  return root ? plancia_map_format_write (root) : NULL;
}

/**
 * plancia_map_format_expand:
 * @bytes: a map file
 * @origin: names it in messages
 * @folder: (nullable): where a base that is not shipped is looked for first
 *
 * Blocking when a base has to be read.
 *
 * Returns: (transfer full): the map without "extends", or %NULL with %PLANCIA_DOCUMENT_ERROR
 */
char *
plancia_map_format_expand (GBytes *bytes, const char *origin, const char *folder, GError **error)
{
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);
  g_autoptr (JsonNode) whole = NULL;

  if (root != NULL)
    whole = plancia_map_expand (root, origin, folder, error);

  return whole ? plancia_map_format_write (whole) : NULL;
}

/**
 * plancia_map_format_key:
 * @name: any text
 * @fallback: a key
 *
 * Returns: (transfer full): a key that looks like @name
 */
char *
plancia_map_format_key (const char *name, const char *fallback)
{
  g_autofree char *slug = make_slug (name, '_', fallback);

  return g_ascii_isalpha (slug[0]) ? g_steal_pointer (&slug) : g_strconcat ("r_", slug, NULL);
}

/**
 * plancia_map_format_id:
 * @name: any text
 * @fallback: an id
 *
 * Returns: (transfer full): an id that looks like @name
 */
char *
plancia_map_format_id (const char *name, const char *fallback)
{
  return make_slug (name, '-', fallback);
}
