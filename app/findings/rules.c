/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/rules.h"

#include "base/error.h"
#include "base/text.h"
#include "findings/judge.h"
#include "map/json-check.h"
#include <math.h>
#include <string.h>

#define FORMAT          "plancia-finding-rules"
#define RESOURCE_FOLDER PLANCIA_RESOURCE_PREFIX "/findings/"

GResource *plancia_findings_get_resource (void);

struct _PlanciaFindingRules
{
  GPtrArray *rules; /* PlanciaFindingRule */
};

static const char *const shipped[] =
  {"strings", "inverters", "plant", "battery", "clock", "gaps", "counters", NULL};
static const char *const severities[] = {"fault", "warning", "note", NULL};
static const char *const meanings[] = {"lost", "unseen", "misplaced", "miscounted", NULL};
static const char *const units[] = {"%", "min", NULL};
static const char *const members[] =
  {"id", "judge", "severity", "energy", "title", "look_at", "unit", "numbers", "source", NULL};

/* One object of a document. */
typedef struct
{
  PlanciaFindingRules   *self;
  PlanciaJsonCheck      *check;
  const PlanciaJsonPath *path;
  JsonObject            *object;
} Part;

static void
number_clear (gpointer data)
{
  g_free (((PlanciaFindingNumber *) data)->name);
}

static void
rule_free (gpointer data)
{
  PlanciaFindingRule *rule = data;

  g_free (rule->id);
  g_free (rule->judge);
  g_free (rule->title);
  g_strfreev (rule->look_at);
  g_free (rule->unit);
  g_array_unref (rule->numbers);
  g_free (rule->source);
  g_free (rule);
}

static void
fail (const Part *part, const char *key, const char *words)
{
  plancia_json_fail (part->check, part->path, key, PLANCIA_DOCUMENT_ERROR_INVALID, "%s", words);
}

static char *
dup_text (const Part *part, const char *key)
{
  const char *text =
    plancia_json_get_string (part->check, part->path, part->object, key, PLANCIA_JSON_REQUIRED);

  if (text != NULL && *text == '\0')
    fail (part, key, "is empty");
  return g_strdup (text);
}

static int
get_choice (const Part *part, const char *key, const char *const *choices)
{
  return plancia_json_get_choice (part->check,
                                  part->path,
                                  part->object,
                                  key,
                                  PLANCIA_JSON_REQUIRED,
                                  choices,
                                  0);
}

static void
read_look_at (const Part *part, PlanciaFindingRule *rule)
{
  PlanciaJsonPath path = {part->path, "look_at", 0};
  JsonArray      *array = plancia_json_get_array (part->check,
                                             part->path,
                                             part->object,
                                             "look_at",
                                             PLANCIA_JSON_REQUIRED);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    const char     *text = plancia_json_element_string (part->check, &element, array);

    if (text != NULL)
      g_strv_builder_add (builder, text);
  }
  rule->look_at = g_strv_builder_end (builder);
  if (rule->look_at[0] == NULL)
    fail (part, "look_at", "says nothing to look at");
}

/* Exactly the numbers that the judge asks for: none may be missing, none may be spelt wrong. */
static void
read_numbers (const Part *part, PlanciaFindingRule *rule, const char *const *names)
{
  PlanciaJsonPath path = {part->path, "numbers", 0};
  JsonObject     *object = plancia_json_get_object (part->check,
                                                part->path,
                                                part->object,
                                                "numbers",
                                                PLANCIA_JSON_REQUIRED);
  Part            inner = {part->self, part->check, &path, object};
  g_autoptr (GList) keys = object != NULL ? json_object_get_members (object) : NULL;

  for (guint i = 0; object != NULL && names[i] != NULL; i++) {
    PlanciaFindingNumber number = {NULL, NAN};

    number.value = plancia_json_get_number (part->check, &path, object, names[i], NAN);
    if (!isfinite (number.value) || number.value < 0)
      fail (&inner, names[i], "expected a number that is not negative");
    number.name = g_strdup (names[i]);
    g_array_append_val (rule->numbers, number);
  }
  for (GList *key = keys; key != NULL; key = key->next)
    if (!g_strv_contains (names, key->data))
      fail (&inner, key->data, "the judge has no such number");
}

static void
check_members (const Part *part)
{
  g_autoptr (GList) keys = json_object_get_members (part->object);

  for (GList *key = keys; key != NULL; key = key->next)
    if (!g_strv_contains (members, key->data))
      fail (part, key->data, "there is no such member");
}

static void
read_rule (const Part *part)
{
  PlanciaFindingRule *rule = g_new0 (PlanciaFindingRule, 1);
  const char *const  *names;

  g_ptr_array_add (part->self->rules, rule);
  rule->numbers = g_array_new (FALSE, FALSE, sizeof (PlanciaFindingNumber));
  g_array_set_clear_func (rule->numbers, number_clear);
  check_members (part);
  rule->id = dup_text (part, "id");
  rule->judge = dup_text (part, "judge");
  rule->severity = (PlanciaFindingSeverity) get_choice (part, "severity", severities);
  rule->meaning = (PlanciaFindingMeaning) get_choice (part, "energy", meanings);
  rule->title = dup_text (part, "title");
  rule->unit = g_strdup (units[get_choice (part, "unit", units)]);
  rule->source = dup_text (part, "source");
  read_look_at (part, rule);
  if (rule->id != NULL && plancia_finding_rules_find (part->self, rule->id) != rule)
    fail (part, "id", "there is a rule with this id already");
  names = rule->judge != NULL ? plancia_finding_judge_numbers (rule->judge) : NULL;
  if (names != NULL)
    read_numbers (part, rule, names);
  else
    fail (part, "judge", "there is no such judge");
}

static void
read_rules (const Part *part)
{
  PlanciaJsonPath path = {NULL, "rules", 0};
  JsonArray      *array =
    plancia_json_get_array (part->check, NULL, part->object, "rules", PLANCIA_JSON_REQUIRED);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    Part            inner = {part->self, part->check, &element, NULL};

    inner.object = plancia_json_element_object (part->check, &element, array);
    if (inner.object != NULL)
      read_rule (&inner);
  }
}

static gboolean
read_document (PlanciaFindingRules *self, const char *name, GBytes *document, GError **error)
{
  g_autofree char *origin = g_strconcat (name, ".json", NULL);
  PlanciaJsonCheck check = {.origin = origin};
  g_autoptr (JsonNode) root = plancia_json_parse (document, origin, error);
  Part        part = {self, &check, NULL, NULL};
  const char *format;

  if (root == NULL)
    return FALSE;
  part.object = json_node_get_object (root);
  format = plancia_json_get_string (&check, NULL, part.object, "format", PLANCIA_JSON_REQUIRED);
  if (format != NULL && !g_str_equal (format, FORMAT))
    fail (&part, "format", "expected \"" FORMAT "\"");
  plancia_json_get_integer (&check, NULL, part.object, "version", PLANCIA_JSON_REQUIRED, 1, 1, 1);
  read_rules (&part);
  if (check.error == NULL)
    return TRUE;
  g_propagate_error (error, check.error);
  return FALSE;
}

/**
 * plancia_finding_rules_new:
 * @names: of the documents, for messages
 * @documents: as many
 * @error: PLANCIA_DOCUMENT_ERROR
 *
 * Returns: (transfer full) (nullable): the rules
 */
PlanciaFindingRules *
plancia_finding_rules_new (const char *const *names, GBytes *const *documents, GError **error)
{
  g_autoptr (PlanciaFindingRules) self = g_new0 (PlanciaFindingRules, 1);

  self->rules = g_ptr_array_new_with_free_func (rule_free);
  for (guint i = 0; names[i] != NULL; i++)
    if (!read_document (self, names[i], documents[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

void
plancia_finding_rules_free (PlanciaFindingRules *self)
{
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static PlanciaFindingRules *
load_shipped (void)
{
  GBytes *documents[G_N_ELEMENTS (shipped)] = {NULL};
  g_autoptr (GError) error = NULL;
  PlanciaFindingRules *self;

  g_resources_register (plancia_findings_get_resource ());
  for (guint i = 0; shipped[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (RESOURCE_FOLDER, shipped[i], ".json", NULL);

    documents[i] = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (documents[i] != NULL);
  }
  self = plancia_finding_rules_new (shipped, documents, &error);
  if (self == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; shipped[i] != NULL; i++)
    g_bytes_unref (documents[i]);
  return self;
}

PlanciaFindingRules *
plancia_finding_rules_get (void)
{
  static PlanciaFindingRules *rules;

  if (g_once_init_enter (&rules))
    g_once_init_leave (&rules, load_shipped ());
  return rules;
}

guint
plancia_finding_rules_get_length (PlanciaFindingRules *self)
{
  return self->rules->len;
}

const PlanciaFindingRule *
plancia_finding_rules_get_rule (PlanciaFindingRules *self, guint index)
{
  return g_ptr_array_index (self->rules, index);
}

const PlanciaFindingRule *
plancia_finding_rules_find (PlanciaFindingRules *self, const char *id)
{
  for (guint i = 0; i < self->rules->len; i++) {
    const PlanciaFindingRule *rule = g_ptr_array_index (self->rules, i);

    if (g_strcmp0 (rule->id, id) == 0)
      return rule;
  }
  return NULL;
}

double
plancia_finding_rule_number (const PlanciaFindingRule *rule, const char *name)
{
  for (guint i = 0; i < rule->numbers->len; i++) {
    const PlanciaFindingNumber *number = &g_array_index (rule->numbers, PlanciaFindingNumber, i);

    if (strcmp (number->name, name) == 0)
      return number->value;
  }
  g_return_val_if_reached (NAN);
}

const char *
plancia_finding_severity_name (PlanciaFindingSeverity severity)
{
  return severities[severity];
}

const char *
plancia_finding_meaning_name (PlanciaFindingMeaning meaning)
{
  return meanings[meaning];
}
