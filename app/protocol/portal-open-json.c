/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/json-guard.h"
#include "protocol/portal-json.h"
#include "protocol/portal-node-json.h"
#include <string.h>

#define MAXIMUM_MESSAGE 200

/* The status says nothing when the body says that the credentials are wrong: which status goes with
 * that text is not documented. */
static gboolean
check_status (guint status, GError **error)
{
  PlanciaCloudError code = PLANCIA_CLOUD_ERROR_REFUSED;

  if (status >= 200 && status < 300)
    return TRUE;
  if (status == 401 || status == 403)
    code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  else if (status == 429)
    code = PLANCIA_CLOUD_ERROR_TOO_OFTEN;
  else if (status >= 500)
    code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               code,
               "cloud answer: expected status 200, got %u",
               status);
  return FALSE;
}

static gboolean
check_text (const char *text, guint status, GError **error)
{
  if (strstr (text, "INVALID CLIENT") != NULL && text[0] != '<' && text[0] != '{') {
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
                 "cloud answer: INVALID CLIENT, status %u",
                 status);
    return FALSE;
  }
  if (!check_status (status, error))
    return FALSE;
  if (text[0] == '\0') {
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
                         "cloud answer: expected JSON, got nothing");
    return FALSE;
  }
  if (text[0] == '<') {
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_WEB_PAGE,
                         "cloud answer: expected JSON, got a web page");
    return FALSE;
  }
  return TRUE;
}

static JsonNode *
parse_text (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) parse_error = NULL;
  JsonNode *root = NULL;

  if (plancia_json_guard (text, strlen (text), &parse_error) &&
      json_parser_load_from_data (parser, text, -1, &parse_error))
    root = json_parser_steal_root (parser);
  if (root == NULL) {
    g_autofree char *placed = plancia_json_place (parse_error != NULL ? parse_error->message
                                                                      : "nothing in it");
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                 "cloud answer: expected JSON: %s",
                 placed);
  }
  return root;
}

static void
append_words (GString *words, JsonNode *node)
{
  JsonArray  *array = plancia_portal_as_array (node);
  const char *text = plancia_portal_as_text (node);
  double      number;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    append_words (words, json_array_get_element (array, i));
  if (array != NULL)
    return;
  if (text != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", text);
  else if (plancia_portal_as_number (node, &number))
    g_string_append_printf (words, "%s%.0f", words->len > 0 ? ", " : "", number);
}

/* What a failed command says about itself, whichever of the members there are. */
static char *
refusal_words (JsonObject *command)
{
  static const char *const members[] = {"errorMessages", "errorCodes", "message", "error"};
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    append_words (words, plancia_portal_get_member (command, members[i]));
  if (words->len == 0)
    g_string_append (words, "no reason given");
  return g_utf8_substring (words->str, 0, MIN (g_utf8_strlen (words->str, -1), MAXIMUM_MESSAGE));
}

static gboolean
check_success (JsonObject *object, const char *member, const char *command, GError **error)
{
  JsonNode         *success = plancia_portal_get_member (object, member);
  g_autofree char  *words = NULL;
  g_autofree char  *lower = NULL;
  PlanciaCloudError code = PLANCIA_CLOUD_ERROR_REFUSED;

  if (success != NULL && JSON_NODE_HOLDS_VALUE (success) &&
      json_node_get_value_type (success) == G_TYPE_BOOLEAN && json_node_get_boolean (success))
    return TRUE;
  words = refusal_words (object);
  lower = g_utf8_strdown (words, -1);
  if (strstr (lower, "range") != NULL)
    code = PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG;
  g_set_error (error, PLANCIA_CLOUD_ERROR, code, "the cloud refused %s: %s", command, words);
  return FALSE;
}

static JsonNode *
find_thing (JsonNode *value, const char *thing)
{
  JsonArray *array = plancia_portal_as_array (value);
  JsonNode  *found = plancia_portal_get_member (plancia_portal_as_object (value), thing);

  for (guint i = 0; array != NULL && found == NULL && i < json_array_get_length (array); i++)
    found = plancia_portal_get_member (plancia_portal_as_object (json_array_get_element (array, i)),
                                       thing);
  return found;
}

/* The node at a place, or NULL. depth: how many of its parts. */
static JsonNode *
walk (JsonNode *root, GStrv place, guint depth)
{
  JsonNode *node = root;

  for (guint i = 0; i < depth && node != NULL; i++)
    node = plancia_portal_get_member (plancia_portal_as_object (node), place[i]);
  return node;
}

static gboolean
check_refusal (const PlanciaCloudFormat *format,
               JsonNode                 *root,
               const char               *command,
               GError                  **error)
{
  g_auto (GStrv) place = plancia_cloud_format_place (format->success, command);
  guint       depth = g_strv_length (place);
  JsonObject *object;

  if (format->success[0] == '\0')
    return TRUE;
  object = plancia_portal_as_object (walk (root, place, depth - 1));
  if (object != NULL)
    return check_success (object, place[depth - 1], command, error);
  plancia_portal_set_bad_answer (error, "a member for the command");
  return FALSE;
}

static JsonNode *
find_in_answer (const PlanciaCloudFormat *format,
                JsonNode                 *root,
                const char               *command,
                const char               *thing,
                GError                  **error)
{
  g_auto (GStrv) place = plancia_cloud_format_place (format->value, command);
  JsonNode *value;
  JsonNode *found;

  if (!check_refusal (format, root, command, error))
    return NULL;
  value = walk (root, place, g_strv_length (place));
  if (plancia_portal_as_array (value) == NULL && plancia_portal_as_object (value) == NULL) {
    plancia_portal_set_bad_answer (error, "a list at the place of the values");
    return NULL;
  }
  found = find_thing (value, thing);
  if (found == NULL)
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
                 "cloud answer to %s: nothing about this serial number",
                 command);
  return found;
}

struct _PlanciaPortalAnswer
{
  JsonNode *root;
};

/**
 * plancia_portal_answer_new:
 * @body: what came
 * @status: the HTTP status
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the answer, of which several things may be asked
 */
PlanciaPortalAnswer *
plancia_portal_answer_new (GBytes *body, guint status, GError **error)
{
  gsize                length;
  const char          *data = g_bytes_get_data (body, &length);
  g_autofree char     *text = g_strndup (data != NULL ? data : "", length);
  PlanciaPortalAnswer *self;
  JsonNode            *root;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    memset (text, ' ', 3);
  g_strstrip (text);
  if (!check_text (text, status, error))
    return NULL;
  root = parse_text (text, error);
  if (root == NULL)
    return NULL;
  self = g_new0 (PlanciaPortalAnswer, 1);
  self->root = root;
  return self;
}

void
plancia_portal_answer_free (PlanciaPortalAnswer *self)
{
  json_node_unref (self->root);
  g_free (self);
}

/**
 * plancia_portal_find_in_answer:
 * @format: of the cloud
 * @function: what was asked
 * @answer: what came
 * @thing: the serial number that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Checks in the order of the field notes. Any thread.
 *
 * Returns: (transfer none) (nullable): the node of the thing, which may be null or of any type
 */
JsonNode *
plancia_portal_find_in_answer (const PlanciaCloudFormat *format,
                               PlanciaCloudFunction      function,
                               PlanciaPortalAnswer      *answer,
                               const char               *thing,
                               GError                  **error)
{
  const char      *command = format->commands[function];
  g_autofree char *key = g_strstrip (g_strdup (thing));

  if (command != NULL)
    return find_in_answer (format, answer->root, command, key, error);
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_SUPPORTED,
               "the profile has no command for %s",
               plancia_cloud_function_name (function));
  return NULL;
}
