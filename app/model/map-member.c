/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-member.h"

#include "map/map-format.h"
#include <math.h>
#include <string.h>

#define WRITE "write."

typedef enum {
  KIND_TEXT,
  KIND_NUMBER,
  KIND_ADDRESS,
  KIND_LIST,
} Kind;

static Kind
kind_of (const char *member)
{
  static const char *const numbers[] =
    {"scale", "offset", "min", "max", "step", "count", "shift", WRITE "function"};

  if (g_str_equal (member, "address") || g_str_equal (member, "mask"))
    return KIND_ADDRESS;
  if (g_str_equal (member, "invalid"))
    return KIND_LIST;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (member, numbers[i]))
      return KIND_NUMBER;

  return KIND_TEXT;
}

/* The object that has the member, and its name in there; NULL if there is none and make is not set. */
static JsonObject *
find_owner (JsonObject *entry, const char **member, gboolean make)
{
  JsonNode *node;

  if (!g_str_has_prefix (*member, WRITE))
    return entry;

  *member += strlen (WRITE);
  node = json_object_get_member (entry, "write");
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (!make)
    return NULL;

  json_object_set_object_member (entry, "write", json_object_new ());
  return json_object_get_object_member (entry, "write");
}

static JsonNode *
find_node (JsonObject *entry, const char *member)
{
  JsonObject *owner = find_owner (entry, &member, FALSE);

  return owner != NULL ? json_object_get_member (owner, member) : NULL;
}

static char *
list_text (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode        *node = json_array_get_element (array, i);
    g_autofree char *one = json_node_get_value_type (node) == G_TYPE_STRING
                             ? g_strdup (json_node_get_string (node))
                             : json_to_string (node, FALSE);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
  }
  return g_string_free (text, FALSE);
}

static char *
address_text (gint64 address)
{
  return address >= 0 && address <= G_MAXUINT16 ? g_strdup_printf ("0x%04X", (guint) address)
                                                : g_strdup_printf ("%" G_GINT64_FORMAT, address);
}

/* A number as the C locale writes it, or FALSE. */
static gboolean
parse_number (const char *text, double *out)
{
  g_autofree char *plain = g_strdup (text);
  char            *end = NULL;

  g_strdelimit (plain, ",", '.');
  if (g_str_has_prefix (plain, "\xe2\x88\x92"))
    memmove (plain + 1, plain + 3, strlen (plain + 3) + 1), plain[0] = '-';
  if (g_str_has_prefix (plain, "0x") || g_str_has_prefix (plain, "0X"))
    *out = (double) g_ascii_strtoull (plain + 2, &end, 16);
  else
    *out = g_ascii_strtod (plain, &end);
  return end != plain && *end == '\0' && isfinite (*out);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
number_node (const char *text)
{
  double number;

  if (!parse_number (text, &number))
    return text_node (text);
  if (number == floor (number) && fabs (number) < 1e15)
    return json_node_init_int (json_node_alloc (), (gint64) number);

  return json_node_init_double (json_node_alloc (), number);
}

static gboolean
is_hexadecimal (const char *text)
{
  return (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) && text[2] != '\0' &&
         strlen (text) <= 6 && strspn (text + 2, "0123456789abcdefABCDEF") == strlen (text) - 2;
}

static gboolean
is_decimal (const char *text)
{
  return text[0] != '\0' && strlen (text) <= 5 && strspn (text, "0123456789") == strlen (text);
}

static JsonNode *
address_node (const char *text)
{
  guint64          number;
  g_autofree char *shown = NULL;

  if (!is_hexadecimal (text) && !is_decimal (text))
    return text_node (text);

  number = is_decimal (text) ? g_ascii_strtoull (text, NULL, 10)
                             : g_ascii_strtoull (text + 2, NULL, 16);
  shown = address_text ((gint64) number);
  return number <= G_MAXUINT16 ? text_node (shown) : number_node (text);
}

static JsonNode *
list_node (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",; ", -1);
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      json_array_add_element (array,
                              g_str_has_prefix (parts[i], "0x") ? text_node (parts[i])
                                                                : number_node (parts[i]));
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
make_node (const char *member, const char *text)
{
  switch (kind_of (member)) {
  case KIND_NUMBER:
    return number_node (text);
  case KIND_ADDRESS:
    return address_node (text);
  case KIND_LIST:
    return list_node (text);
  case KIND_TEXT:
  default:
    return text_node (text);
  }
}

/**
 * plancia_map_member_get_text:
 *
 * Returns: (transfer full): the member as it is typed
 */
char *
plancia_map_member_get_text (JsonObject *entry, const char *member)
{
  JsonNode *node = find_node (entry, member);
  char      number[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return list_text (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_to_string (node, FALSE);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return kind_of (member) == KIND_ADDRESS
             ? address_text (json_node_get_int (node))
             : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.15g", json_node_get_double (node)));

  return json_to_string (node, FALSE);
}

/**
 * plancia_map_member_set_text:
 * @text: what was typed
 */
void
plancia_map_member_set_text (JsonObject *entry, const char *member, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char      *name = member;
  JsonObject      *owner = find_owner (entry, &name, trimmed[0] != '\0');

  if (trimmed[0] != '\0')
    json_object_set_member (owner, name, make_node (member, trimmed));
  else if (owner != NULL && json_object_has_member (owner, name))
    json_object_remove_member (owner, name);
}

gboolean
plancia_map_member_get_boolean (JsonObject *entry, const char *member)
{
  JsonNode *node = find_node (entry, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

void
plancia_map_member_set_boolean (JsonObject *entry, const char *member, gboolean value)
{
  if (value)
    json_object_set_boolean_member (entry, member, TRUE);
  else if (json_object_has_member (entry, member))
    json_object_remove_member (entry, member);
}

/**
 * plancia_map_member_get_integer:
 *
 * Returns: the number, -1 if it is none
 */
gint64
plancia_map_member_get_integer (JsonObject *entry, const char *member)
{
  JsonNode   *node = find_node (entry, member);
  GType       type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;
  const char *text;

  if (type == G_TYPE_INT64)
    return json_node_get_int (node);
  if (type != G_TYPE_STRING)
    return -1;

  text = json_node_get_string (node);
  return is_hexadecimal (text) ? (gint64) g_ascii_strtoull (text + 2, NULL, 16) : -1;
}

/**
 * plancia_map_member_copy:
 *
 * Returns: (transfer full): the same entry again
 */
JsonObject *
plancia_map_member_copy (JsonObject *entry)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) copy = NULL;

  json_node_set_object (node, entry);
  text = plancia_map_format_write (node);
  copy = json_from_string (text, NULL);
  return json_object_ref (json_node_get_object (copy));
}
