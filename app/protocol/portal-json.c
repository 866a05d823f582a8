/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-json.h"

#include "base/error.h"
#include "base/json-guard.h"
#include "base/text.h"
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define SOURCE          "portal"
#define MAXIMUM_MESSAGE 200
/* The portal knows some forty fields; a list of rows may not name more than this. */
#define MAXIMUM_COLUMNS 256

/* Every function that follows takes whatever node comes, NULL included: json-glib's own getters
 * complain about types that they did not expect. */
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

static const char *
as_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
is_absent (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
text_to_number (const char *text, double *number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char            *end;

  *number = g_ascii_strtod (stripped, &end);
  return end != stripped && *end == '\0' && isfinite (*number);
}

/* Numbers, and numbers written as text. */
static gboolean
as_number (JsonNode *node, double *number)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return text_to_number (json_node_get_string (node), number);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double) json_node_get_int (node);
  return isfinite (*number);
}

static gboolean
as_time (JsonNode *node, gint64 *time)
{
  const char      *text = as_text (node);
  g_autofree char *number_text = NULL;
  double           number;

  if (text == NULL && as_number (node, &number))
    text = number_text = plancia_text_c_number (number, 3);
  return text != NULL && plancia_portal_json_time (text, time);
}

static JsonNode *
get_member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static void
set_bad_answer (GError **error, const char *what)
{
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_BAD_ANSWER,
               "Portal answer: expected %s",
               what);
}

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
  else if (status == 429 || status >= 500)
    code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               code,
               "Portal answer: expected status 200, got %u",
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
                 "Portal answer: INVALID CLIENT, status %u",
                 status);
    return FALSE;
  }
  if (!check_status (status, error))
    return FALSE;
  if (text[0] == '\0') {
    g_set_error_literal (error,
                         PLANCIA_CLOUD_ERROR,
                         PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
                         "Portal answer: expected JSON, got nothing");
    return FALSE;
  }
  if (text[0] == '<') {
    set_bad_answer (error, "JSON, got a web page");
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
                 "Portal answer: expected JSON: %s",
                 placed);
  }
  return root;
}

static void
append_words (GString *words, JsonNode *node)
{
  JsonArray  *array = as_array (node);
  const char *text = as_text (node);
  double      number;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    append_words (words, json_array_get_element (array, i));
  if (array != NULL)
    return;
  if (text != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", text);
  else if (as_number (node, &number))
    g_string_append_printf (words, "%s%.0f", words->len > 0 ? ", " : "", number);
}

/* What a failed command says about itself, whichever of the members there are. */
static char *
refusal_words (JsonObject *command)
{
  static const char *const members[] = {"errorMessages", "errorCodes", "message", "error"};
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    append_words (words, get_member (command, members[i]));
  if (words->len == 0)
    g_string_append (words, "no reason given");
  return g_utf8_substring (words->str, 0, MIN (g_utf8_strlen (words->str, -1), MAXIMUM_MESSAGE));
}

static gboolean
check_success (JsonObject *object, const char *command, GError **error)
{
  JsonNode         *success = get_member (object, "success");
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
  g_set_error (error, PLANCIA_CLOUD_ERROR, code, "Portal refused %s: %s", command, words);
  return FALSE;
}

static JsonNode *
find_thing (JsonNode *value, const char *thing)
{
  JsonArray *array = as_array (value);
  JsonNode  *found = get_member (as_object (value), thing);

  for (guint i = 0; array != NULL && found == NULL && i < json_array_get_length (array); i++)
    found = get_member (as_object (json_array_get_element (array, i)), thing);
  return found;
}

static JsonNode *
find_in_answer (JsonNode *root, const char *command, const char *thing, GError **error)
{
  JsonObject *object = as_object (get_member (as_object (root), command));
  JsonNode   *value = NULL;
  JsonNode   *found = NULL;

  if (object == NULL) {
    set_bad_answer (error, "a member for the command");
    return NULL;
  }
  if (!check_success (object, command, error))
    return NULL;
  value = get_member (as_object (get_member (object, "params")), "value");
  if (as_array (value) == NULL && as_object (value) == NULL) {
    set_bad_answer (error, "params.value to be a list");
    return NULL;
  }
  found = find_thing (value, thing);
  if (found == NULL)
    g_set_error (error,
                 PLANCIA_CLOUD_ERROR,
                 PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
                 "Portal answer to %s: nothing about this serial number",
                 command);
  return found;
}

/* The node of the thing; (transfer full), as a part that outlives the answer. */
static JsonNode *
open_answer (GBytes *body, guint status, const char *command, const char *thing, GError **error)
{
  gsize            length;
  const char      *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  g_autofree char *key = g_strstrip (g_strdup (thing));
  g_autoptr (JsonNode) root = NULL;
  JsonNode *found = NULL;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    memset (text, ' ', 3);
  g_strstrip (text);
  if (!check_text (text, status, error))
    return NULL;
  root = parse_text (text, error);
  if (root != NULL)
    found = find_in_answer (root, command, key, error);
  return found != NULL ? json_node_copy (found) : NULL;
}

/* open_answer() for what must be an object; {} and null are objects without members. */
static JsonObject *
open_object (GBytes *body, guint status, const char *command, const char *thing, GError **error)
{
  g_autoptr (JsonNode) node = open_answer (body, status, command, thing, error);

  if (node == NULL)
    return NULL;
  if (is_absent (node))
    return json_object_new ();
  if (as_object (node) == NULL) {
    set_bad_answer (error, "an object for this serial number");
    return NULL;
  }
  return json_object_ref (json_node_get_object (node));
}

/* Some answers are a list of rows, each an object with its own ts: the same turned by 90 degrees. */
static JsonObject *
rows_to_columns (JsonArray *rows)
{
  JsonObject *columns = json_object_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = as_object (json_array_get_element (rows, i));
    g_autoptr (GList) names = row != NULL ? json_object_get_members (row) : NULL;

    for (GList *l = names; l != NULL; l = l->next) {
      JsonArray *column = as_array (json_object_get_member (columns, l->data));

      if (column == NULL && json_object_get_size (columns) >= MAXIMUM_COLUMNS)
        continue;
      if (column == NULL) {
        column = json_array_new ();
        json_object_set_array_member (columns, l->data, column);
      }
      while (json_array_get_length (column) < i)
        json_array_add_null_element (column);
      json_array_add_element (column, json_node_copy (json_object_get_member (row, l->data)));
    }
  }
  return columns;
}

static JsonObject *
open_columns (GBytes *body, guint status, const char *thing, GError **error)
{
  g_autoptr (JsonNode) node = open_answer (body, status, PLANCIA_PORTAL_HISTORIC, thing, error);

  if (node == NULL)
    return NULL;
  if (is_absent (node))
    return json_object_new ();
  if (as_array (node) != NULL)
    return rows_to_columns (json_node_get_array (node));
  if (as_object (node) == NULL) {
    set_bad_answer (error, "an object or rows for this serial number");
    return NULL;
  }
  return json_object_ref (json_node_get_object (node));
}

/* Times by index; 0 where there is none that can be read. */
static GArray *
read_times (JsonArray *ts)
{
  GArray *times = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; i < json_array_get_length (ts); i++) {
    gint64 time = 0;

    as_time (json_array_get_element (ts, i), &time);
    g_array_append_val (times, time);
  }
  return times;
}

static gboolean
is_lifetime_counter (const char *key)
{
  return g_str_has_prefix (key, "energy") &&
         (g_str_has_suffix (key, "Total") || g_str_has_suffix (key, "TotalDecimal"));
}

/* The portal at times answers zeros for everything, for a few minutes. A counter of a whole life that
 * falls to zero gives such a row away: its time is taken out. */
static void
drop_zero_rows (JsonArray *column, GArray *times)
{
  guint  length = MIN (json_array_get_length (column), times->len);
  gint64 counted = G_MAXINT64;
  double number;

  for (guint i = 0; i < length; i++) {
    gint64 time = g_array_index (times, gint64, i);

    if (time != 0 && as_number (json_array_get_element (column, i), &number) && number > 0)
      counted = MIN (counted, time);
  }
  for (guint i = 0; i < length; i++)
    if (as_number (json_array_get_element (column, i), &number) && number == 0 &&
        g_array_index (times, gint64, i) > counted)
      g_array_index (times, gint64, i) = 0;
}

static void
add_column (PlanciaSamples *samples, const char *key, JsonArray *column, GArray *times)
{
  guint  length = MIN (json_array_get_length (column), times->len);
  double number;

  for (guint i = 0; i < length; i++)
    if (g_array_index (times, gint64, i) != 0 &&
        as_number (json_array_get_element (column, i), &number))
      plancia_samples_add (samples, key, g_array_index (times, gint64, i), number);
}

static void
add_columns (PlanciaSamples *samples, JsonObject *columns, GArray *times)
{
  g_autoptr (GList) names = json_object_get_members (columns);

  for (GList *l = names; l != NULL; l = l->next) {
    JsonArray *column = as_array (json_object_get_member (columns, l->data));

    if (column != NULL && is_lifetime_counter (l->data))
      drop_zero_rows (column, times);
  }
  for (GList *l = names; l != NULL; l = l->next) {
    JsonArray *column = as_array (json_object_get_member (columns, l->data));

    if (column != NULL && !g_str_equal (l->data, "ts"))
      add_column (samples, l->data, column, times);
  }
}

/* Numbers, numbers as text, "2,4", or null: whatever a list of alarms may hold. */
static void
add_alarms (GArray *alarms, JsonNode *node)
{
  const char *text = as_text (node);
  JsonArray  *array = as_array (node);
  g_auto (GStrv) parts = NULL;
  double number;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_alarms (alarms, json_array_get_element (array, i));
  if (text == NULL && as_number (node, &number) && fabs (number) <= G_MAXINT) {
    int alarm = (int) number;

    g_array_append_val (alarms, alarm);
  }
  if (text != NULL)
    parts = g_strsplit_set (text, ",; ", -1);
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++) {
    if (text_to_number (parts[i], &number) && fabs (number) <= G_MAXINT) {
      int alarm = (int) number;

      g_array_append_val (alarms, alarm);
    }
  }
}

static void
add_text_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * plancia_portal_json_request:
 * @command: one of the PLANCIA_PORTAL_ names
 * @thing: the serial number; blanks around it are dropped
 * @span: (nullable): the range, for the historic commands
 *
 * All fields are asked for. The end of @span is not part of it; the portal's end is taken to be. Any
 * thread.
 *
 * Returns: (transfer full): the body of the POST
 */
char *
plancia_portal_json_request (const char *command, const char *thing, const PlanciaSpan *span)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key = g_strstrip (g_strdup (thing));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, command);
  json_builder_begin_object (builder);
  add_text_member (builder, "command", command);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  add_text_member (builder, "thingKey", key);
  add_text_member (builder, "requiredValues", "*");
  if (span != NULL) {
    g_autofree char *start = plancia_text_utc_time (span->start);
    g_autofree char *end = plancia_text_utc_time (span->end - 1);

    add_text_member (builder, "start", start);
    add_text_member (builder, "end", end);
  }
  for (guint i = 0; i < 3; i++)
    json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * plancia_portal_realtime_free:
 * @self: one that plancia_portal_json_realtime() gave
 *
 * Any thread.
 */
void
plancia_portal_realtime_free (PlanciaPortalRealtime *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * plancia_portal_json_realtime:
 * @body: what came
 * @status: the HTTP status
 * @thing: the serial number that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Every field that is a number is there by its own name, known or not; a field that is null or missing
 * is not. A serial number for which the portal has an empty object gives no values and no times.
 * Any thread.
 *
 * Returns: (transfer full): the values, or %NULL
 */
PlanciaPortalRealtime *
plancia_portal_json_realtime (GBytes *body, guint status, const char *thing, GError **error)
{
  g_autoptr (JsonObject) object = open_object (body, status, PLANCIA_PORTAL_REALTIME, thing, error);
  g_autoptr (GList) names = NULL;
  PlanciaPortalRealtime *self = NULL;
  double                 number;

  if (object == NULL)
    return NULL;
  self = g_new0 (PlanciaPortalRealtime, 1);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (object, l->data);

    if (g_str_equal (l->data, "lastUpdate"))
      as_time (node, &self->last_update);
    else if (g_str_equal (l->data, "thingFind"))
      as_time (node, &self->first_seen);
    else if (as_number (node, &number))
      g_hash_table_insert (self->values, g_strdup (l->data), g_memdup2 (&number, sizeof number));
  }
  return self;
}

/**
 * plancia_portal_json_historic:
 * @body: what came
 * @status: the HTTP status
 * @thing: the serial number that was asked for
 * @device: whose samples they are to be
 * @covered: the span that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Parallel arrays or rows, in any order, with holes, null, text and double times. Rows in which a
 * lifetime counter has fallen to zero are left out. Any thread.
 *
 * Returns: (transfer full): the samples, or %NULL
 */
PlanciaSamples *
plancia_portal_json_historic (GBytes     *body,
                              guint       status,
                              const char *thing,
                              const char *device,
                              PlanciaSpan covered,
                              GError    **error)
{
  g_autoptr (JsonObject) columns = open_columns (body, status, thing, error);
  g_autoptr (PlanciaSamples) samples = NULL;
  g_autoptr (GArray) times = NULL;
  JsonArray *ts = NULL;

  if (columns == NULL)
    return NULL;
  ts = as_array (get_member (columns, "ts"));
  if (ts == NULL && json_object_get_size (columns) > 0) {
    set_bad_answer (error, "ts to be a list");
    return NULL;
  }
  samples = plancia_samples_new (device, SOURCE, covered);
  if (ts != NULL) {
    times = read_times (ts);
    add_columns (samples, columns, times);
  }
  return plancia_samples_seal (g_steal_pointer (&samples));
}

/**
 * plancia_portal_json_alarms:
 * @body: what came
 * @status: the HTTP status
 * @thing: the serial number that was asked for
 * @last_update: (out) (optional): ms UTC, when this was so; 0 if the portal does not say
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type int): the numbers of the alarms, empty when there are none
 */
GArray *
plancia_portal_json_alarms (GBytes     *body,
                            guint       status,
                            const char *thing,
                            gint64     *last_update,
                            GError    **error)
{
  g_autoptr (JsonObject) object = open_object (body, status, PLANCIA_PORTAL_ALARM, thing, error);
  GArray *alarms = NULL;
  gint64  time = 0;

  if (object == NULL)
    return NULL;
  alarms = g_array_new (FALSE, FALSE, sizeof (int));
  add_alarms (alarms, get_member (object, "deviceAlarm"));
  as_time (get_member (object, "lastUpdate"), &time);
  if (last_update != NULL)
    *last_update = time;
  return alarms;
}
