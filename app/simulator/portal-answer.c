/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-answer.h"

#include <json-glib/json-glib.h>

#include "base/json-guard.h"
#include "protocol/portal-json.h"

/* The numbers of refusals are invented: none is public. */
#define REFUSED_RANGE   (-1)
#define REFUSED_REQUEST (-2)

#define LONGEST_RANGE PLANCIA_DAY
/* In which all is zero, with quirks. */
#define ZERO_ROW 30

/* One command. */
typedef struct
{
  PlanciaWorld *world;
  GPtrArray    *things;
  gboolean      quirks;
  gint64        now;
  const char   *keys;
  GHashTable   *wanted; /* names of fields; NULL: all */
  PlanciaSpan   range;  /* both ends included */
  GString      *text;   /* the answer */
} Question;

typedef void (*AnswerThing) (Question *question, PlanciaPortalThing *thing);

static void
append_string (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void
append_time (GString *text, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autofree char *string = g_date_time_format (date, "\"%Y-%m-%dT%H:%M:%SZ\"");

  g_string_append (text, string);
}

/* Whole numbers come without point: a member mixes both. */
static void
append_number (GString *text, double number, guint decimals)
{
  char  format[8];
  char  buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_snprintf (format, sizeof format, "%%.%uf", decimals);
  g_ascii_formatd (buffer, sizeof buffer, format, number);
  length = strlen (buffer);
  while (decimals > 0 && buffer[length - 1] == '0')
    buffer[--length] = '\0';
  if (buffer[length - 1] == '.')
    buffer[--length] = '\0';
  g_string_append (text, g_str_equal (buffer, "-0") ? "0" : buffer);
}

static void
append_alarms (GString *text, PlanciaPortalThing *thing, gint64 time)
{
  g_autoptr (GArray) ids = plancia_portal_thing_list_alarms (thing, time);

  g_string_append_c (text, '[');
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", g_array_index (ids, int, i));
  g_string_append_c (text, ']');
}

static void
append_separator (GString *text)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append (text, ", ");
}

static gboolean
is_wanted (Question *question, const char *name)
{
  return question->wanted == NULL || g_hash_table_contains (question->wanted, name);
}

static void
begin_member (Question *question, const char *name)
{
  append_separator (question->text);
  g_string_append_printf (question->text, "\"%s\": ", name);
}

static void
append_stamp (Question *question, const char *name, gint64 time)
{
  if (!is_wanted (question, name))
    return;
  begin_member (question, name);
  append_time (question->text, time);
}

static void
answer_realtime (Question *question, PlanciaPortalThing *thing)
{
  gint64              last = plancia_portal_thing_last_packet (thing, question->now);
  GPtrArray          *fields = plancia_portal_thing_get_fields (thing);
  PlanciaPortalPacket packet;

  /* Every other minute the portal forgets the last hour: its answers go back in time. */
  if (question->quirks && question->now / PLANCIA_MINUTE % 2 == 0)
    last = plancia_portal_thing_last_packet (thing, question->now - PLANCIA_HOUR);
  if (last == 0)
    return;
  plancia_portal_thing_measure (thing, last, &packet);
  append_stamp (question, "lastUpdate", last);
  append_stamp (question, "thingFind", plancia_portal_thing_first_packet (thing));
  for (guint i = 0; i < fields->len; i++) {
    PlanciaPortalField *field = g_ptr_array_index (fields, i);
    if ((field->commands & PLANCIA_PORTAL_IN_REALTIME) == 0 || !is_wanted (question, field->name))
      continue;
    begin_member (question, field->name);
    append_number (question->text, plancia_portal_packet_get (&packet, field), field->decimals);
  }
}

static void
append_times (Question *question, GArray *times)
{
  if (!is_wanted (question, "ts"))
    return;
  begin_member (question, "ts");
  g_string_append_c (question->text, '[');
  for (guint i = 0; i < times->len; i++) {
    append_separator (question->text);
    append_time (question->text, g_array_index (times, gint64, i));
  }
  g_string_append_c (question->text, ']');
}

/* Nothing that lies after now has come yet. */
static GArray *
list_packets (Question *question, PlanciaPortalThing *thing)
{
  return plancia_portal_thing_list_packets (thing,
                                            question->range.start,
                                            MIN (question->range.end, question->now));
}

/* Cells as customers have found them: nothing, or a number as text; and for some minutes zeros in everything. */
static void
append_cell (Question                  *question,
             GString                   *column,
             const PlanciaPortalPacket *packet,
             const PlanciaPortalField  *field,
             guint                      row)
{
  const char *quote = question->quirks && row % 50 == 11 ? "\"" : "";

  append_separator (column);
  if (question->quirks && row % 60 == 6 && g_str_equal (field->name, "batterySoC")) {
    g_string_append (column, "null");
    return;
  }
  if (question->quirks && row == ZERO_ROW) {
    g_string_append_c (column, '0');
    return;
  }
  g_string_append (column, quote);
  append_number (column, plancia_portal_packet_get (packet, field), field->decimals);
  g_string_append (column, quote);
}

/* A list that is shorter than the times. */
static gboolean
is_cut_off (Question *question, const PlanciaPortalField *field, guint row, guint rows)
{
  return question->quirks && row + 1 == rows && g_str_equal (field->name, "temperature");
}

/* One list a field, filled packet by packet: measuring is the expensive part. */
static void
answer_historic (Question *question, PlanciaPortalThing *thing)
{
  g_autoptr (GArray) times = list_packets (question, thing);
  GPtrArray           *fields = plancia_portal_thing_get_fields (thing);
  g_autofree GString **columns = g_new0 (GString *, fields->len);
  PlanciaPortalPacket  packet;

  for (guint i = 0; i < fields->len; i++)
    columns[i] = g_string_new ("[");
  for (guint j = 0; j < times->len; j++) {
    plancia_portal_thing_measure (thing, g_array_index (times, gint64, j), &packet);
    for (guint i = 0; i < fields->len; i++) {
      PlanciaPortalField *field = g_ptr_array_index (fields, i);
      if (!is_cut_off (question, field, j, times->len))
        append_cell (question, columns[i], &packet, field, j);
    }
  }
  append_times (question, times);
  for (guint i = 0; i < fields->len; i++) {
    PlanciaPortalField *field = g_ptr_array_index (fields, i);
    if ((field->commands & PLANCIA_PORTAL_IN_HISTORIC) != 0 && is_wanted (question, field->name)) {
      begin_member (question, field->name);
      g_string_append_printf (question->text, "%s]", columns[i]->str);
    }
    g_string_free (columns[i], TRUE);
  }
}

static void
answer_alarm (Question *question, PlanciaPortalThing *thing)
{
  gint64 last = plancia_portal_thing_last_packet (thing, question->now);

  if (plancia_portal_thing_get_model (thing) == PLANCIA_PORTAL_METER || last == 0)
    return;
  begin_member (question, "deviceAlarm");
  append_alarms (question->text, thing, last);
  begin_member (question, "lastUpdate");
  append_time (question->text, last);
}

static void
answer_historic_alarm (Question *question, PlanciaPortalThing *thing)
{
  g_autoptr (GArray) times = NULL;

  if (plancia_portal_thing_get_model (thing) == PLANCIA_PORTAL_METER)
    return;
  times = list_packets (question, thing);
  append_times (question, times);
  begin_member (question, "deviceAlarm");
  g_string_append_c (question->text, '[');
  for (guint i = 0; i < times->len; i++) {
    append_separator (question->text);
    append_alarms (question->text, thing, g_array_index (times, gint64, i));
  }
  g_string_append_c (question->text, ']');
}

/* NULL: not a customer's, or it cannot be found just now. */
static PlanciaPortalThing *
find_thing (Question *question, const char *key)
{
  PlanciaFaults *faults = plancia_world_get_faults (question->world);

  for (guint i = 0; i < question->things->len; i++) {
    PlanciaPortalThing *thing = g_ptr_array_index (question->things, i);
    const char         *name = plancia_portal_thing_get_name (thing);
    if (g_str_equal (plancia_portal_thing_get_key (thing), key))
      return plancia_faults_get (faults, name) == PLANCIA_FAULT_MISSING_THING ? NULL : thing;
  }
  return NULL;
}

/* "success" says only that the command was understood; a thing that is not there is left out. */
static void
answer_things (Question *question, AnswerThing answer)
{
  g_auto (GStrv) keys = g_strsplit (question->keys, ",", -1);

  g_string_append (question->text, "{\"params\": {\"value\": [");
  for (guint i = 0; keys[i] != NULL; i++) {
    PlanciaPortalThing *thing = find_thing (question, g_strstrip (keys[i]));
    if (thing == NULL)
      continue;
    append_separator (question->text);
    g_string_append_c (question->text, '{');
    append_string (question->text, plancia_portal_thing_get_key (thing));
    g_string_append (question->text, ": {");
    answer (question, thing);
    g_string_append (question->text, "}}");
  }
  g_string_append (question->text, "]}, \"success\": true}");
}

static void
refuse (Question *question, int code, const char *message)
{
  g_string_append_printf (question->text,
                          "{\"success\": false, \"errorCodes\": [%d], \"errorMessages\": [\"%s\"]}",
                          code,
                          message);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static GHashTable *
read_wanted (const char *names)
{
  GHashTable *wanted;
  g_auto (GStrv) parts = NULL;

  if (names == NULL || g_str_equal (names, "*"))
    return NULL;
  parts = g_strsplit (names, ",", -1);
  wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    g_hash_table_add (wanted, g_strdup (g_strstrip (parts[i])));
  return wanted;
}

static gboolean
read_range (Question *question, JsonObject *params)
{
  const char *start = get_string (params, "start");
  const char *end = get_string (params, "end");

  if (start == NULL || end == NULL || !plancia_portal_json_time (start, &question->range.start) ||
      !plancia_portal_json_time (end, &question->range.end)) {
    refuse (question, REFUSED_RANGE, "start and end are mandatory");
    return FALSE;
  }
  if (question->range.end < question->range.start) {
    refuse (question, REFUSED_RANGE, "end before start");
    return FALSE;
  }
  if (question->range.end - question->range.start > LONGEST_RANGE) {
    refuse (question, REFUSED_RANGE, "range over 24 hours");
    return FALSE;
  }
  return TRUE;
}

static void
answer_command (Question *question, const char *command, JsonNode *node)
{
  static const struct
  {
    const char *command;
    gboolean    ranged;
    AnswerThing answer;
  } commands[] = {
    {PLANCIA_PORTAL_REALTIME,       FALSE, answer_realtime      },
    {PLANCIA_PORTAL_HISTORIC,       TRUE,  answer_historic      },
    {PLANCIA_PORTAL_ALARM,          FALSE, answer_alarm         },
    {PLANCIA_PORTAL_HISTORIC_ALARM, TRUE,  answer_historic_alarm},
  };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *inner = object != NULL ? json_object_get_member (object, "params") : NULL;
  JsonObject *params = inner != NULL && JSON_NODE_HOLDS_OBJECT (inner)
                         ? json_node_get_object (inner)
                         : NULL;
  g_autoptr (GHashTable) wanted = NULL;

  question->keys = params != NULL ? get_string (params, "thingKey") : NULL;
  if (question->keys == NULL || g_strcmp0 (get_string (object, "command"), command) != 0) {
    refuse (question, REFUSED_REQUEST, "command, params and thingKey are mandatory");
    return;
  }
  question->wanted = wanted = read_wanted (get_string (params, "requiredValues"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_equal (commands[i].command, command))
      continue;
    if (!commands[i].ranged || read_range (question, params))
      answer_things (question, commands[i].answer);
    return;
  }
  refuse (question, REFUSED_REQUEST, "no such command");
}

/**
 * plancia_portal_answer:
 * @world: clock and faults
 * @things: (element-type PlanciaPortalThing): the customer's
 * @quirks: whether to show the oddities of the real one
 * @body: of the POST
 *
 * Returns: (transfer full) (nullable): the JSON of all commands, or %NULL if @body is none
 */
char *
plancia_portal_answer (PlanciaWorld *world, GPtrArray *things, gboolean quirks, GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) text = g_string_new ("{");
  gsize          length;
  const char    *data = g_bytes_get_data (body, &length);
  Question       question = {.world = world, .things = things, .quirks = quirks, .text = text};
  JsonObjectIter iter;
  const char    *command;
  JsonNode      *node;

  if (!plancia_json_guard (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  question.now = plancia_world_now (world);
  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &command, &node)) {
    append_separator (text);
    append_string (text, command);
    g_string_append (text, ": ");
    answer_command (&question, command, node);
  }
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
