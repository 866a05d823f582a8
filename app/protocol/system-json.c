/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/system-json.h"

#include "base/error.h"
#include "base/json-guard.h"
#include "protocol/portal-json.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define WRITE "write"
/* Things of one callback; a write has one. */
#define MOST_CALLBACKS  64
#define LONGEST_MESSAGE 200

static const char *const done_words[] = {"done", "ok", "success", "completed", "executed", NULL};
static const char *const failed_words[] =
  {"failed", "failure", "error", "refused", "rejected", "timeout", NULL};
static const char *const id_names[] = {"requestId", "requestID", "request_id", "id", NULL};

static JsonObject *
as_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
as_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
get_member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
as_integer (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

/* --- the request ----------------------------------------------------------------------------- */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_block (JsonBuilder *builder, const PlanciaSystemBlock *block)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "address");
  json_builder_add_int_value (builder, block->address);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < block->count; i++)
    json_builder_add_int_value (builder, block->words[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_params (JsonBuilder *builder, const PlanciaSystemWrite *write)
{
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  add_text (builder, "thingKey", write->thing);
  add_text (builder, "requestId", write->id);
  json_builder_set_member_name (builder, "registers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < write->n_blocks; i++)
    add_block (builder, &write->blocks[i]);
  json_builder_end_array (builder);
  if (write->callback_url != NULL)
    add_text (builder, "callbackUrl", write->callback_url);
  json_builder_end_object (builder);
}

/**
 * plancia_system_json_write:
 * @write: what to write where
 *
 * Returns: (transfer full): the body of the POST
 */
char *
plancia_system_json_write (const PlanciaSystemWrite *write)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *command = write->command != NULL ? write->command : WRITE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, command);
  json_builder_begin_object (builder);
  add_text (builder, "command", command);
  add_params (builder, write);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* --- what a failure says --------------------------------------------------------------------- */

static void
append_word (GString *text, const char *word)
{
  if (word == NULL || *word == '\0')
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", word);
}

static void
append_list (GString *text, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), 8); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      append_word (text, json_node_get_string (node));
  }
}

/* Whatever there is of it. (transfer full) or NULL */
static char *
dup_message (JsonObject *object)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *codes = as_array (get_member (object, "errorCodes"));
  char      *message;

  append_list (text, as_array (get_member (object, "errorMessages")));
  append_word (text, get_text (object, "message"));
  append_word (text, get_text (object, "error"));
  if (codes != NULL && json_array_get_length (codes) > 0)
    g_string_append_printf (text,
                            "%s(%" G_GINT64_FORMAT ")",
                            text->len > 0 ? " " : "",
                            as_integer (json_array_get_element (codes, 0)));
  if (text->len == 0)
    return NULL;
  message = g_utf8_substring (text->str, 0, MIN (g_utf8_strlen (text->str, -1), LONGEST_MESSAGE));
  return message;
}

/* TRUE, FALSE, or -1: it does not say. */
static int
get_success (JsonObject *object)
{
  JsonNode *node = get_member (object, "success");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return -1;
  return json_node_get_boolean (node);
}

/* (transfer full) or NULL */
static JsonParser *
parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (length > PLANCIA_CALLBACK_MAXIMUM_BYTES)
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                 "expected at most 64 KiB, got %" G_GSIZE_FORMAT " bytes",
                 length);
  else if (length == 0)
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
                         "expected JSON, got nothing");
  else if (!plancia_json_guard (text, length, &local) ||
           !json_parser_load_from_data (parser, text, (gssize) length, &local))
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                 "expected JSON: %s",
                 local->message);
  else if (as_object (json_parser_get_root (parser)) == NULL)
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                         "expected a JSON object");
  else
    return g_steal_pointer (&parser);
  return NULL;
}

/* --- the first answer ------------------------------------------------------------------------ */

static gboolean
check_status (GBytes *body, guint status, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (length < 200 && length > 0 && g_strstr_len (text, (gssize) length, "INVALID CLIENT") != NULL)
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
                         "INVALID CLIENT");
  else if (status == 401 || status == 403)
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
                 "status %u",
                 status);
  else if (status >= 400 && status < 500)
    g_set_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REFUSED, "status %u", status);
  else if (status < 200 || status >= 300)
    g_set_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_OVERLOADED, "status %u", status);
  else
    return TRUE;
  return FALSE;
}

/**
 * plancia_system_json_accepted:
 * @body: of the answer to a write
 * @status: HTTP
 * @command: (nullable): of the profile
 * @error: %PLANCIA_CLOUD_ERROR
 *
 * Returns: whether the service says that it took the write on
 */
gboolean
plancia_system_json_accepted (GBytes *body, guint status, const char *command, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *message = NULL;
  JsonObject      *answer;

  if (!check_status (body, status, error))
    return FALSE;
  parser = parse (body, error);
  if (parser == NULL)
    return FALSE;
  answer = as_object (
    get_member (as_object (json_parser_get_root (parser)), command != NULL ? command : WRITE));
  if (get_success (answer) == TRUE)
    return TRUE;
  if (get_success (answer) == -1) {
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                         "the answer does not say whether it took the write on");
    return FALSE;
  }
  message = dup_message (answer);
  g_set_error_literal (error,
                       PLANCIA_CLOUD_ERROR,
                       PLANCIA_CLOUD_ERROR_REFUSED,
                       message != NULL ? message : "refused without a reason");
  return FALSE;
}

/* --- the callback ---------------------------------------------------------------------------- */

void
plancia_callback_free (PlanciaCallback *self)
{
  g_free (self->thing);
  g_free (self->id);
  g_free (self->message);
  g_free (self);
}

static char *
dup_id (JsonObject *object)
{
  for (guint i = 0; id_names[i] != NULL; i++) {
    JsonNode *node = get_member (object, id_names[i]);

    if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
      continue;
    if (json_node_get_value_type (node) == G_TYPE_STRING)
      return g_strdup (json_node_get_string (node));
    if (json_node_get_value_type (node) == G_TYPE_INT64)
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  }
  return NULL;
}

/* Of the first register that was refused; -1: one was, without a number; 0: none. */
static int
find_exception (JsonObject *object)
{
  JsonArray *array = as_array (get_member (object, "registers"));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *one = as_object (json_array_get_element (array, i));
    const char *result = get_text (one, "result");
    gint64      exception = as_integer (get_member (one, "exception"));

    if (exception > 0 && exception < 256)
      return (int) exception;
    if (result != NULL && !g_strv_contains (done_words, result))
      return -1;
  }
  return 0;
}

static PlanciaCallbackStatus
judge (int success, const char *word, int exception)
{
  g_autofree char *lower = word != NULL ? g_ascii_strdown (word, -1) : NULL;

  if (success == FALSE || exception != 0 ||
      (lower != NULL && g_strv_contains (failed_words, lower)))
    return PLANCIA_CALLBACK_FAILED;
  if (lower != NULL)
    return g_strv_contains (done_words, lower) ? PLANCIA_CALLBACK_DONE : PLANCIA_CALLBACK_OTHER;
  return success == TRUE ? PLANCIA_CALLBACK_DONE : PLANCIA_CALLBACK_OTHER;
}

static PlanciaCallback *
read_thing (JsonObject *answer, const char *thing, JsonObject *object)
{
  PlanciaCallback *self = g_new0 (PlanciaCallback, 1);
  const char      *word = get_text (object, "status");
  const char      *time = get_text (object, "ts");
  int              exception = find_exception (object);

  self->thing = g_strdup (thing);
  self->id = dup_id (object);
  self->status = judge (get_success (answer), word, exception);
  self->exception = MAX (exception, 0);
  if (time == NULL || !plancia_portal_json_time (time, &self->time))
    self->time = 0;
  if (self->status == PLANCIA_CALLBACK_FAILED)
    self->message = dup_message (answer);
  else if (self->status == PLANCIA_CALLBACK_OTHER)
    self->message = g_strdup (word);
  return self;
}

static void
read_answer (JsonObject *answer, GPtrArray *callbacks)
{
  JsonArray *values = as_array (get_member (as_object (get_member (answer, "params")), "value"));

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++) {
    JsonObject    *element = as_object (json_array_get_element (values, i));
    JsonObjectIter iter;
    const char    *thing;
    JsonNode      *node;

    if (element == NULL)
      continue;
    json_object_iter_init (&iter, element);
    while (json_object_iter_next (&iter, &thing, &node) && callbacks->len < MOST_CALLBACKS)
      if (as_object (node) != NULL)
        g_ptr_array_add (callbacks, read_thing (answer, thing, as_object (node)));
  }
}

gboolean
plancia_system_json_is_object (GBytes *body)
{
  g_autoptr (JsonParser) parser = parse (body, NULL);

  return parser != NULL;
}

/**
 * plancia_system_json_callback:
 * @body: that somebody posted, or a person pasted
 * @error: %PLANCIA_CLOUD_ERROR
 *
 * The command's name does not matter: whatever member holds things with what came of them counts.
 *
 * Returns: (transfer full) (element-type PlanciaCallback) (nullable): one a thing
 */
GPtrArray *
plancia_system_json_callback (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = parse (body, error);
  g_autoptr (GPtrArray)
    callbacks = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_callback_free);
  JsonObject    *root;
  JsonObjectIter iter;
  JsonNode      *node;

  if (parser == NULL)
    return NULL;
  root = as_object (json_parser_get_root (parser));
  read_answer (root, callbacks);
  json_object_iter_init (&iter, root);
  while (json_object_iter_next (&iter, NULL, &node))
    read_answer (as_object (node), callbacks);
  if (callbacks->len > 0)
    return g_steal_pointer (&callbacks);
  g_set_error_literal (error,
                       PLANCIA_CLOUD_ERROR,
                       PLANCIA_CLOUD_ERROR_BAD_ANSWER,
                       "there is no device in it");
  return NULL;
}
