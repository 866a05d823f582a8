/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/visit-private.h"

#include "base/error.h"
#include "map/json-check.h"

#define FORMAT  "plancia-commissioning"
#define VERSION 1

/* --- writing --------------------------------------------------------------------------------- */

static JsonArray *
list_to_json (GPtrArray *list, JsonNode *(*convert) (gconstpointer))
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    json_array_add_element (array, convert (g_ptr_array_index (list, i)));
  return array;
}

static JsonNode *
evidence_to_json (gconstpointer data)
{
  return plancia_evidence_to_json (data);
}

static JsonNode *
finding_to_json (gconstpointer data)
{
  return plancia_rule_finding_to_json (data);
}

static JsonNode *
run_to_json (gconstpointer data)
{
  const PlanciaVisitRun *run = data;
  JsonObject            *object = json_object_new ();
  JsonNode              *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "time", run->time);
  json_object_set_string_member (object, "result", plancia_check_name (run->result));
  if (run->direction != PLANCIA_DIRECTION_OPEN)
    json_object_set_string_member (object, "direction", plancia_direction_name (run->direction));
  if (run->note[0] != '\0')
    json_object_set_string_member (object, "note", run->note);
  json_node_take_object (node, object);
  return node;
}

static JsonObject *
step_to_json (PlanciaVisit *self, guint index)
{
  const PlanciaVisitStep *step = &self->steps[index];
  const char             *id = plancia_visit_get_rule (self, index)->id;
  JsonObject             *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "result", plancia_check_name (step->result));
  json_object_set_string_member (object, "proposed", plancia_check_name (step->proposed));
  if (step->person != NULL)
    json_object_set_string_member (object, "person", step->person);
  if (step->note[0] != '\0')
    json_object_set_string_member (object, "note", step->note);
  if (step->trouble != NULL)
    json_object_set_string_member (object, "trouble", step->trouble);
  json_object_set_int_member (object, "time", step->time);
  json_object_set_array_member (object,
                                "evidence",
                                list_to_json (step->evidence, evidence_to_json));
  json_object_set_array_member (object, "findings", list_to_json (step->findings, finding_to_json));
  json_object_set_array_member (object, "earlier", list_to_json (step->earlier, run_to_json));
  if (g_str_equal (id, "direction") && self->direction.n > 0)
    json_object_set_member (object, "direction", plancia_direction_to_json (&self->direction));
  return object;
}

static JsonObject *
texts_to_json (PlanciaVisit *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = g_hash_table_get_keys (self->texts);

  /* Sorted: the same visit is the same file. */
  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_string_member (object, l->data, g_hash_table_lookup (self->texts, l->data));
  return object;
}

JsonNode *
plancia_visit_to_json (PlanciaVisit *self)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonArray  *steps = json_array_new ();

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "device", self->device);
  json_object_set_int_member (object, "began", self->began);
  json_object_set_boolean_member (object, "simulated", self->simulated);
  json_object_set_object_member (object, "texts", texts_to_json (self));
  for (guint i = 0; i < self->n_steps; i++)
    json_array_add_object_element (steps, step_to_json (self, i));
  json_object_set_array_member (object, "steps", steps);
  json_node_take_object (node, object);
  return node;
}

GBytes *
plancia_visit_format (PlanciaVisit *self)
{
  g_autoptr (JsonNode) node = plancia_visit_to_json (self);
  char *text = json_to_string (node, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

/* --- reading --------------------------------------------------------------------------------- */

typedef void (*Take) (gpointer list, JsonObject *object);

static void
each (JsonObject *object, const char *key, Take take, gpointer data)
{
  JsonNode  *node = json_object_get_member (object, key);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      take (data, json_node_get_object (element));
  }
}

static void
take_evidence (gpointer list, JsonObject *object)
{
  g_ptr_array_add (list, plancia_evidence_from_json (object));
}

static void
take_finding (gpointer list, JsonObject *object)
{
  g_ptr_array_add (list, plancia_rule_finding_from_json (object));
}

static const char *
get_text (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gint64
get_time (JsonObject *object, const char *key)
{
  return MAX (0, json_object_get_int_member_with_default (object, key, 0));
}

static PlanciaDirection
parse_direction (const char *name)
{
  for (guint i = 0; name != NULL && i < PLANCIA_N_DIRECTIONS; i++)
    if (g_str_equal (plancia_direction_name ((PlanciaDirection) i), name))
      return (PlanciaDirection) i;
  return PLANCIA_DIRECTION_OPEN;
}

static void
take_run (gpointer list, JsonObject *object)
{
  PlanciaVisitRun *run = g_new0 (PlanciaVisitRun, 1);
  const char      *note = get_text (object, "note");

  run->time = get_time (object, "time");
  run->result = plancia_check_parse (get_text (object, "result"));
  run->direction = parse_direction (get_text (object, "direction"));
  run->note = g_strdup (note != NULL ? note : "");
  g_ptr_array_add (list, run);
}

static void
take_step (gpointer data, JsonObject *object)
{
  PlanciaVisit     *self = data;
  const char       *id = get_text (object, "id");
  int               index = id != NULL ? plancia_visit_find_step (self, id) : -1;
  const char       *note = get_text (object, "note");
  PlanciaVisitStep *step;
  JsonNode         *direction = json_object_get_member (object, "direction");

  if (index < 0)
    return;
  step = &self->steps[index];
  step->result = plancia_check_parse (get_text (object, "result"));
  step->proposed = plancia_check_parse (get_text (object, "proposed"));
  g_free (step->person);
  step->person = g_strdup (get_text (object, "person"));
  g_free (step->note);
  step->note = g_strdup (note != NULL ? note : "");
  g_free (step->trouble);
  step->trouble = g_strdup (get_text (object, "trouble"));
  step->time = get_time (object, "time");
  each (object, "evidence", take_evidence, step->evidence);
  each (object, "findings", take_finding, step->findings);
  each (object, "earlier", take_run, step->earlier);
  if (direction != NULL && JSON_NODE_HOLDS_OBJECT (direction))
    plancia_direction_from_json (json_node_get_object (direction), &self->direction);
}

static void
take_texts (PlanciaVisit *self, JsonObject *texts)
{
  g_autoptr (GList) names = texts != NULL ? json_object_get_members (texts) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (get_text (texts, l->data) != NULL)
      g_hash_table_replace (self->texts, g_strdup (l->data), g_strdup (get_text (texts, l->data)));
}

/**
 * plancia_visit_parse:
 * @rules: outlive it
 * @bytes: what plancia_visit_format() made
 * @origin: names the file in the error
 *
 * Returns: (transfer full): the visit, or %NULL
 */
PlanciaVisit *
plancia_visit_parse (PlanciaRules *rules, GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, origin, error);
  g_autoptr (PlanciaVisit) self = NULL;
  PlanciaJsonCheck check = {.origin = origin};
  JsonObject      *root = node != NULL ? json_node_get_object (node) : NULL;
  const char      *format;
  const char      *device;

  if (root == NULL)
    return NULL;
  format = plancia_json_get_string (&check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  if (format != NULL && !g_str_equal (format, FORMAT))
    plancia_json_fail (&check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "%s", FORMAT);
  plancia_json_get_integer (&check, NULL, root, "version", PLANCIA_JSON_REQUIRED, 1, VERSION, 1);
  device = plancia_json_get_string (&check, NULL, root, "device", PLANCIA_JSON_REQUIRED);
  if (plancia_json_failed (&check)) {
    g_propagate_error (error, check.error);
    return NULL;
  }
  self = plancia_visit_new (rules, device, get_time (root, "began"));
  self->simulated = json_object_get_boolean_member_with_default (root, "simulated", FALSE);
  take_texts (self, plancia_json_get_object (&check, NULL, root, "texts", PLANCIA_JSON_OPTIONAL));
  g_clear_error (&check.error);
  each (root, "steps", take_step, self);
  return g_steal_pointer (&self);
}
