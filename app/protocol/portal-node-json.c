/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-node-json.h"

#include "base/error.h"
#include "base/text.h"
#include "protocol/portal-json.h"
#include <math.h>

JsonObject *
plancia_portal_as_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
plancia_portal_as_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
plancia_portal_as_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gboolean
plancia_portal_is_absent (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

gboolean
plancia_portal_text_to_number (const char *text, double *number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char            *end;

  *number = g_ascii_strtod (stripped, &end);
  return end != stripped && *end == '\0' && isfinite (*number);
}

/* Numbers, and numbers written as text. */
gboolean
plancia_portal_as_number (JsonNode *node, double *number)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return plancia_portal_text_to_number (json_node_get_string (node), number);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double) json_node_get_int (node);
  return isfinite (*number);
}

gboolean
plancia_portal_as_time (JsonNode *node, GTimeZone *zone, gint64 *time)
{
  const char      *text = plancia_portal_as_text (node);
  g_autofree char *number_text = NULL;
  double           number;

  if (text == NULL && plancia_portal_as_number (node, &number))
    text = number_text = plancia_text_c_number (number, 3);
  return text != NULL && plancia_portal_json_time_in (text, zone, time);
}

JsonNode *
plancia_portal_get_member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

void
plancia_portal_set_bad_answer (GError **error, const char *what)
{
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_BAD_ANSWER,
               "cloud answer: expected %s",
               what);
}
