/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-answer.h"

#include <json-glib/json-glib.h>

#include "base/json-guard.h"
#include "protocol/portal-json.h"
#include "simulator/portal-columns.h"
#include "simulator/portal-out.h"

/* The vendor's specification 1.8 and document. */
#define PORTAL_RANGE PLANCIA_DAY
#define SYSTEM_RANGE (6 * PLANCIA_DAY)

typedef void (*AnswerThing) (const PlanciaPortalQuestion *question, GString *text);

/* One command of a request. */
typedef struct
{
  PlanciaPortalAccountState *account;
  PlanciaFault               fault; /* of the account */
  gint64                     now;
  const char                *keys;
  GHashTable                *wanted; /* names of fields; NULL: all */
  PlanciaSpan                range;
  GString                   *text; /* the answer */
} Command;

static void
refuse (Command *self, int code, const char *message)
{
  plancia_portal_out_refusal (self->text, code, message);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

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

/* --- the range ------------------------------------------------------------------------------- */

static gint64
longest_range (Command *self)
{
  return self->account->device->route == PLANCIA_ROUTE_SYSTEM ? SYSTEM_RANGE : PORTAL_RANGE;
}

static const char *
range_way (Command *self)
{
  if (self->fault == PLANCIA_FAULT_RANGE_CUT)
    return "cut";
  return self->fault == PLANCIA_FAULT_RANGE_SERVED ? "serve" : self->account->device->range;
}

static gboolean
check_length (Command *self)
{
  gint64           longest = longest_range (self);
  const char      *way = range_way (self);
  g_autofree char *message = NULL;

  if (self->range.end - self->range.start <= longest || g_str_equal (way, "serve"))
    return TRUE;
  if (g_str_equal (way, "cut")) {
    self->range.end = self->range.start + longest;
    return TRUE;
  }
  message = g_strdup_printf ("range over %d hours", (int) (longest / PLANCIA_HOUR));
  refuse (self, PLANCIA_PORTAL_REFUSED_RANGE, message);
  return FALSE;
}

static gboolean
read_range (Command *self, JsonObject *params)
{
  const char *start = get_string (params, "start");
  const char *end = get_string (params, "end");

  if (start == NULL || end == NULL || !plancia_portal_json_time (start, &self->range.start) ||
      !plancia_portal_json_time (end, &self->range.end)) {
    refuse (self, PLANCIA_PORTAL_REFUSED_RANGE, "start and end are mandatory");
    return FALSE;
  }
  if (self->range.end < self->range.start) {
    refuse (self, PLANCIA_PORTAL_REFUSED_RANGE, "end before start");
    return FALSE;
  }
  return check_length (self);
}

/* --- things ---------------------------------------------------------------------------------- */

/**
 * plancia_portal_find_thing:
 * @things: (element-type PlanciaPortalThing): the customer's
 * @key: serial number
 *
 * Returns: (transfer none) (nullable): the thing
 */
PlanciaPortalThing *
plancia_portal_find_thing (GPtrArray *things, const char *key)
{
  for (guint i = 0; i < things->len; i++) {
    PlanciaPortalThing *thing = g_ptr_array_index (things, i);

    if (g_str_equal (plancia_portal_thing_get_key (thing), key))
      return thing;
  }
  return NULL;
}

static void
answer_thing (Command *self, PlanciaPortalThing *thing, PlanciaFault fault, AnswerThing answer)
{
  PlanciaPortalQuestion question = {
    .thing = thing,
    .fault = fault,
    .since = plancia_portal_thing_note_fault (thing, fault, self->now),
    .quirks = self->account->device->quirks,
    .now = self->now,
    .wanted = self->wanted,
    .range = self->range,
    .dice = &self->account->dice,
  };

  plancia_portal_out_separate (self->text);
  g_string_append_c (self->text, '{');
  plancia_portal_out_member (self->text, plancia_portal_thing_get_key (thing));
  if (fault == PLANCIA_FAULT_EMPTY_THING)
    g_string_append (self->text, "{}");
  else
    answer (&question, self->text);
  g_string_append_c (self->text, '}');
}

/* "success" says only that the command was understood; a thing that is not there is left out. */
static void
answer_things (Command *self, AnswerThing answer)
{
  PlanciaFaults *faults = plancia_world_get_faults (self->account->world);
  g_auto (GStrv) keys = g_strsplit (self->keys, ",", -1);
  gboolean first = (self->account->dice >> 16 & 1) != 0;

  g_string_append (self->text, first ? "{\"success\":true,\"params\":" : "{\"params\":");
  g_string_append (self->text, "{\"value\":[");
  for (guint i = 0; keys[i] != NULL && self->fault != PLANCIA_FAULT_EMPTY_VALUE; i++) {
    PlanciaPortalThing *thing = plancia_portal_find_thing (self->account->things,
                                                           g_strstrip (keys[i]));
    PlanciaFault        fault = thing != NULL
                                  ? plancia_faults_get (faults, plancia_portal_thing_get_name (thing))
                                  : PLANCIA_FAULT_MISSING_THING;

    if (fault != PLANCIA_FAULT_MISSING_THING)
      answer_thing (self, thing, fault, answer);
  }
  g_string_append (self->text, first ? "]}}" : "]},\"success\":true}");
}

/* --- commands -------------------------------------------------------------------------------- */

static void
answer_reading (Command *self, const char *command, JsonObject *params)
{
  static const struct
  {
    const char *command;
    gboolean    ranged;
    AnswerThing answer;
  } commands[] = {
    {PLANCIA_PORTAL_REALTIME,       FALSE, plancia_portal_columns_realtime      },
    {PLANCIA_PORTAL_HISTORIC,       TRUE,  plancia_portal_columns_historic      },
    {PLANCIA_PORTAL_ALARM,          FALSE, plancia_portal_columns_alarm         },
    {PLANCIA_PORTAL_HISTORIC_ALARM, TRUE,  plancia_portal_columns_historic_alarm},
  };
  g_autoptr (GHashTable) wanted = read_wanted (get_string (params, "requiredValues"));

  self->wanted = wanted;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_equal (commands[i].command, command))
      continue;
    if (!commands[i].ranged || read_range (self, params))
      answer_things (self, commands[i].answer);
    return;
  }
  refuse (self, PLANCIA_PORTAL_REFUSED_REQUEST, "no such command");
}

static void
answer_command (Command *self, const char *command, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *inner = object != NULL ? json_object_get_member (object, "params") : NULL;
  JsonObject *params = inner != NULL && JSON_NODE_HOLDS_OBJECT (inner)
                         ? json_node_get_object (inner)
                         : NULL;

  self->keys = get_string (params, "thingKey");
  if (self->keys == NULL || g_strcmp0 (get_string (object, "command"), command) != 0)
    refuse (self, PLANCIA_PORTAL_REFUSED_REQUEST, "command, params and thingKey are mandatory");
  else if (self->fault == PLANCIA_FAULT_REFUSED_COMMAND)
    refuse (self, PLANCIA_PORTAL_REFUSED_THING, "thing not found");
  else if (self->account->writes != NULL && g_str_equal (command, PLANCIA_SYSTEM_WRITE))
    plancia_system_writes_answer (self->account->writes,
                                  plancia_portal_find_thing (self->account->things, self->keys),
                                  params,
                                  self->text);
  else
    answer_reading (self, command, params);
}

/**
 * plancia_portal_answer:
 * @account: whose it is
 * @body: of the POST
 *
 * Returns: (transfer full) (nullable): the JSON of all commands, or %NULL if @body is none
 */
char *
plancia_portal_answer (PlanciaPortalAccountState *account, GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) text = g_string_new ("{");
  gsize          length;
  const char    *data = g_bytes_get_data (body, &length);
  Command        self = {.account = account, .text = text};
  JsonObjectIter iter;
  const char    *command;
  JsonNode      *node;

  if (!plancia_json_guard (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  self.now = plancia_world_now (account->world);
  self.fault = plancia_faults_get (plancia_world_get_faults (account->world),
                                   account->device->name);
  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &command, &node)) {
    plancia_portal_out_member (text, command);
    answer_command (&self, command, node);
  }
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
