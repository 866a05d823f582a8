/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-control.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/json-guard.h"

static void
respond (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
set_fault (PlanciaPortalAccountState *account, GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);
  JsonNode   *root;
  const char *device = NULL, *fault = NULL;

  if (!plancia_json_guard (data, length, error) ||
      !json_parser_load_from_data (parser, data, (gssize) length, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)) {
    device = get_string (json_node_get_object (root), "device");
    fault = get_string (json_node_get_object (root), "fault");
  }
  return plancia_faults_set (plancia_world_get_faults (account->world),
                             device != NULL ? device : "",
                             fault != NULL ? fault : "",
                             error);
}

static void
answer_fault (PlanciaPortalAccountState *account, SoupServerMessage *message, gboolean *changed)
{
  g_autoptr (GBytes)
    body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GError) error = NULL;

  *changed = set_fault (account, body, &error);
  if (*changed)
    soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  else
    respond (message, SOUP_STATUS_BAD_REQUEST, "text/plain", error->message);
}

gboolean
plancia_portal_control (PlanciaPortalAccountState *account,
                        SoupServerMessage         *message,
                        const char                *path,
                        guint                      requests,
                        gboolean                  *changed)
{
  gboolean         reads = soup_server_message_get_method (message) == SOUP_METHOD_GET;
  g_autofree char *text = NULL;

  *changed = FALSE;
  if (reads && g_str_equal (path, PLANCIA_PORTAL_CONTROL "writes"))
    text = account->writes != NULL ? plancia_system_writes_to_json (account->writes)
                                   : g_strdup ("[]");
  else if (reads && g_str_equal (path, PLANCIA_PORTAL_CONTROL "requests"))
    text = g_strdup_printf ("{\"requests\":%u}", requests);
  else if (reads || !g_str_equal (path, PLANCIA_PORTAL_CONTROL "fault"))
    return FALSE;
  if (text != NULL)
    respond (message, SOUP_STATUS_OK, "application/json", text);
  else
    answer_fault (account, message, changed);
  return TRUE;
}
