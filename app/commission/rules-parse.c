/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/rules-private.h"

#include "base/error.h"
#include <math.h>

/* s */
#define LONGEST 600

static const char *const kinds[] =
  {"answered", "range", "spread", "none-of", "between", "product", "map-limits", "grid-code", NULL};
static const char *const outsides[] = {"reservation", "failed", NULL};
static const char *const signs[] = {"export", "import", NULL};

/* One object of a document. */
typedef struct
{
  PlanciaRules          *self;
  PlanciaJsonCheck      *check;
  const PlanciaJsonPath *path;
  JsonObject            *object;
  guint                  first_source; /* of this document */
} Part;

typedef void (*PartFunc) (const Part *part);

static void
fail (const Part *part, const char *key, const char *words)
{
  plancia_json_fail (part->check, part->path, key, PLANCIA_DOCUMENT_ERROR_INVALID, "%s", words);
}

static char *
dup_text (const Part *part, const char *key, PlanciaJsonNeed need)
{
  return g_strdup (plancia_json_get_string (part->check, part->path, part->object, key, need));
}

static double
get_number (const Part *part, const char *key)
{
  return plancia_json_get_number (part->check, part->path, part->object, key, NAN);
}

/* NULL if it is not there. */
static char **
dup_texts (const Part *part, const char *key, PlanciaJsonNeed need)
{
  PlanciaJsonPath path = {part->path, key, 0};
  JsonArray      *array = plancia_json_get_array (part->check, part->path, part->object, key, need);
  GPtrArray      *texts;

  if (array == NULL)
    return NULL;
  texts = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    const char     *text = plancia_json_element_string (part->check, &element, array);

    if (text != NULL)
      g_ptr_array_add (texts, g_strdup (text));
  }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

static GArray *
dup_numbers (const Part *part, const char *key, PlanciaJsonNeed need)
{
  PlanciaJsonPath path = {part->path, key, 0};
  JsonArray      *array = plancia_json_get_array (part->check, part->path, part->object, key, need);
  GArray         *numbers;

  if (array == NULL)
    return NULL;
  numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    gint64          number = plancia_json_node_integer (part->check,
                                               &element,
                                               json_array_get_element (array, i),
                                               0,
                                               G_MAXUINT32);

    g_array_append_val (numbers, number);
  }
  return numbers;
}

static void
each (const Part *part, const char *key, PlanciaJsonNeed need, PartFunc func)
{
  PlanciaJsonPath path = {part->path, key, 0};
  JsonArray      *array = plancia_json_get_array (part->check, part->path, part->object, key, need);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    Part            inner = *part;

    inner.path = &element;
    inner.object = plancia_json_element_object (part->check, &element, array);
    if (inner.object != NULL)
      func (&inner);
  }
}

/* --- sources --------------------------------------------------------------------------------- */

static void
read_source (const Part *part)
{
  PlanciaRuleSource *source = g_new0 (PlanciaRuleSource, 1);

  source->id = dup_text (part, "id", PLANCIA_JSON_REQUIRED);
  source->name = dup_text (part, "name", PLANCIA_JSON_REQUIRED);
  source->certainty = dup_text (part, "certainty", PLANCIA_JSON_REQUIRED);
  g_ptr_array_add (part->self->sources, source);
}

/* Nothing is judged without saying where the limit comes from. */
static const PlanciaRuleSource *
find_source (const Part *part)
{
  const char *id = plancia_json_get_string (part->check,
                                            part->path,
                                            part->object,
                                            "source",
                                            PLANCIA_JSON_REQUIRED);

  for (guint i = part->first_source; id != NULL && i < part->self->sources->len; i++) {
    PlanciaRuleSource *source = g_ptr_array_index (part->self->sources, i);

    if (g_strcmp0 (source->id, id) == 0)
      return source;
  }
  if (id != NULL)
    fail (part, "source", "no source of this document has this id");
  return NULL;
}

/* --- steps ----------------------------------------------------------------------------------- */

static void
read_step (const Part *part)
{
  PlanciaStep *step = g_new0 (PlanciaStep, 1);

  step->id = dup_text (part, "id", PLANCIA_JSON_REQUIRED);
  step->title = dup_text (part, "title", PLANCIA_JSON_REQUIRED);
  step->why = dup_text (part, "why", PLANCIA_JSON_REQUIRED);
  step->evidence = dup_texts (part, "evidence", PLANCIA_JSON_REQUIRED);
  step->person = plancia_json_get_boolean (part->check, part->path, part->object, "person");
  if (step->id != NULL && plancia_rules_find_step (part->self, step->id) != NULL)
    fail (part, "id", "there is a step with this id already");
  g_ptr_array_add (part->self->steps, step);
}

/* --- rules ----------------------------------------------------------------------------------- */

static void
read_when (const Part *part, PlanciaRule *rule)
{
  PlanciaJsonPath path = {part->path, "when", 0};
  Part            inner = *part;

  rule->when_minimum = NAN;
  rule->when_maximum = NAN;
  inner.object =
    plancia_json_get_object (part->check, part->path, part->object, "when", PLANCIA_JSON_OPTIONAL);
  inner.path = &path;
  if (inner.object == NULL)
    return;
  rule->when = dup_text (&inner, "key", PLANCIA_JSON_REQUIRED);
  rule->when_minimum = get_number (&inner, "minimum");
  rule->when_maximum = get_number (&inner, "maximum");
}

static void
check_rule (const Part *part, const PlanciaRule *rule)
{
  gboolean limits = !isnan (rule->minimum) || !isnan (rule->maximum);

  if (rule->kind == PLANCIA_RULE_RANGE && !limits)
    fail (part, "minimum", "a range needs a minimum or a maximum");
  if (rule->minimum > rule->maximum)
    fail (part, "minimum", "is above the maximum");
  if ((rule->kind == PLANCIA_RULE_SPREAD || rule->kind == PLANCIA_RULE_PRODUCT) &&
      !(rule->maximum >= 0))
    fail (part, "maximum", "expected how far apart they may be");
  if (rule->kind == PLANCIA_RULE_NONE_OF && rule->values == NULL)
    fail (part, "values", "expected numbers");
  if (rule->kind == PLANCIA_RULE_BETWEEN && rule->low == NULL && rule->high == NULL)
    fail (part, "low", "expected the key of a register");
}

static void
read_rule (const Part *part)
{
  PlanciaRule *rule = g_new0 (PlanciaRule, 1);

  rule->id = dup_text (part, "id", PLANCIA_JSON_REQUIRED);
  rule->step = dup_text (part, "step", PLANCIA_JSON_REQUIRED);
  rule->title = dup_text (part, "title", PLANCIA_JSON_REQUIRED);
  rule->kind = (PlanciaRuleKind) plancia_json_get_choice (part->check,
                                                          part->path,
                                                          part->object,
                                                          "kind",
                                                          PLANCIA_JSON_REQUIRED,
                                                          kinds,
                                                          0);
  rule->keys = dup_texts (part, "keys", PLANCIA_JSON_REQUIRED);
  rule->minimum = get_number (part, "minimum");
  rule->maximum = get_number (part, "maximum");
  rule->unit = dup_text (part, "unit", PLANCIA_JSON_OPTIONAL);
  rule->low = dup_text (part, "low", PLANCIA_JSON_OPTIONAL);
  rule->high = dup_text (part, "high", PLANCIA_JSON_OPTIONAL);
  rule->values = dup_numbers (part, "values", PLANCIA_JSON_OPTIONAL);
  rule->outside = plancia_json_get_choice (part->check,
                                           part->path,
                                           part->object,
                                           "outside",
                                           PLANCIA_JSON_REQUIRED,
                                           outsides,
                                           0) == 1
                    ? PLANCIA_CHECK_FAILED
                    : PLANCIA_CHECK_RESERVATION;
  rule->decides = !json_object_has_member (part->object, "decides") ||
                  plancia_json_get_boolean (part->check, part->path, part->object, "decides");
  rule->maps = dup_texts (part, "maps", PLANCIA_JSON_OPTIONAL);
  rule->grid_codes = dup_texts (part, "grid_codes", PLANCIA_JSON_OPTIONAL);
  rule->phases = (guint) plancia_json_get_integer (part->check,
                                                   part->path,
                                                   part->object,
                                                   "phases",
                                                   PLANCIA_JSON_OPTIONAL,
                                                   0,
                                                   3,
                                                   0);
  read_when (part, rule);
  rule->source = find_source (part);
  check_rule (part, rule);
  g_ptr_array_add (part->self->rules, rule);
}

/* --- grid codes ------------------------------------------------------------------------------ */

static void
read_numbers (const Part *part)
{
  GPtrArray              *codes = part->self->grid_codes;
  PlanciaGridCode        *code = g_ptr_array_index (codes, codes->len - 1);
  PlanciaGridCodeNumbers *numbers = g_new0 (PlanciaGridCodeNumbers, 1);

  numbers->maps = dup_texts (part, "maps", PLANCIA_JSON_REQUIRED);
  numbers->values = dup_numbers (part, "values", PLANCIA_JSON_REQUIRED);
  numbers->source = find_source (part);
  g_ptr_array_add (code->numbers, numbers);
}

static void
numbers_free (gpointer data)
{
  PlanciaGridCodeNumbers *numbers = data;

  g_strfreev (numbers->maps);
  g_clear_pointer (&numbers->values, g_array_unref);
  g_free (numbers);
}

static void
read_grid_code (const Part *part)
{
  PlanciaGridCode *code = g_new0 (PlanciaGridCode, 1);

  code->id = dup_text (part, "id", PLANCIA_JSON_REQUIRED);
  code->name = dup_text (part, "name", PLANCIA_JSON_REQUIRED);
  code->zones = dup_texts (part, "zones", PLANCIA_JSON_OPTIONAL);
  code->source = find_source (part);
  code->numbers = g_ptr_array_new_with_free_func (numbers_free);
  g_ptr_array_add (part->self->grid_codes, code);
  each (part, "numbers", PLANCIA_JSON_OPTIONAL, read_numbers);
}

/* --- direction ------------------------------------------------------------------------------- */

static void
read_measure (const Part *part)
{
  PlanciaDirectionMeasure *measure = g_new0 (PlanciaDirectionMeasure, 1);
  guint                    n;

  measure->maps = dup_texts (part, "maps", PLANCIA_JSON_REQUIRED);
  measure->grid = dup_texts (part, "grid", PLANCIA_JSON_REQUIRED);
  measure->output = dup_texts (part, "output", PLANCIA_JSON_OPTIONAL);
  measure->import = plancia_json_get_choice (part->check,
                                             part->path,
                                             part->object,
                                             "grid_sign",
                                             PLANCIA_JSON_REQUIRED,
                                             signs,
                                             0) == 1;
  measure->phases = (guint) plancia_json_get_integer (part->check,
                                                      part->path,
                                                      part->object,
                                                      "phases",
                                                      PLANCIA_JSON_OPTIONAL,
                                                      0,
                                                      3,
                                                      0);
  measure->source = find_source (part);
  n = measure->grid != NULL ? g_strv_length (measure->grid) : 0;
  if (n != 1 && n != 3)
    fail (part, "grid", "expected one key, or three");
  if (measure->output != NULL && g_strv_length (measure->output) != n)
    fail (part, "output", "expected as many keys as for the grid");
  g_ptr_array_add (part->self->direction.measures, measure);
}

static void
read_setting (const Part *part)
{
  PlanciaDirectionSetting *setting = g_new0 (PlanciaDirectionSetting, 1);

  setting->maps = dup_texts (part, "maps", PLANCIA_JSON_REQUIRED);
  setting->key = dup_text (part, "key", PLANCIA_JSON_REQUIRED);
  setting->phase = (guint) plancia_json_get_integer (part->check,
                                                     part->path,
                                                     part->object,
                                                     "phase",
                                                     PLANCIA_JSON_REQUIRED,
                                                     1,
                                                     3,
                                                     1);
  setting->right = plancia_json_get_integer (part->check,
                                             part->path,
                                             part->object,
                                             "right",
                                             PLANCIA_JSON_REQUIRED,
                                             0,
                                             65535,
                                             0);
  setting->reversed = plancia_json_get_integer (part->check,
                                                part->path,
                                                part->object,
                                                "reversed",
                                                PLANCIA_JSON_REQUIRED,
                                                0,
                                                65535,
                                                0);
  setting->source = find_source (part);
  g_ptr_array_add (part->self->direction.settings, setting);
}

static guint
get_seconds (const Part *part, const char *key)
{
  return (guint) plancia_json_get_integer (part->check,
                                           part->path,
                                           part->object,
                                           key,
                                           PLANCIA_JSON_REQUIRED,
                                           1,
                                           LONGEST,
                                           1);
}

static void
read_direction (const Part *part)
{
  PlanciaDirectionRules *direction = &part->self->direction;

  direction->baseline = get_seconds (part, "baseline");
  direction->load = get_seconds (part, "load");
  direction->settle = get_seconds (part, "settle");
  direction->least_load = get_number (part, "least_load");
  direction->source = find_source (part);
  if (!(direction->least_load > 0))
    fail (part, "least_load", "expected watts");
  each (part, "measures", PLANCIA_JSON_REQUIRED, read_measure);
  each (part, "settings", PLANCIA_JSON_REQUIRED, read_setting);
}

/* --- documents ------------------------------------------------------------------------------- */

static const struct
{
  const char *name; /* NULL: any other */
  const char *format;
  const char *list; /* NULL: the root itself */
  PartFunc    func;
} documents[] = {
  {"steps",      "plancia-commissioning-steps",      "steps",      read_step     },
  {"grid-codes", "plancia-commissioning-grid-codes", "grid_codes", read_grid_code},
  {"direction",  "plancia-commissioning-direction",  NULL,         read_direction},
  {NULL,         "plancia-commissioning-rules",      "rules",      read_rule     },
};

static void
read_root (const Part *part, const char *name)
{
  guint       i = 0;
  const char *format = plancia_json_get_string (part->check,
                                                part->path,
                                                part->object,
                                                "format",
                                                PLANCIA_JSON_REQUIRED);

  while (documents[i].name != NULL && !g_str_equal (documents[i].name, name))
    i++;
  if (format != NULL && !g_str_equal (format, documents[i].format))
    fail (part, "format", documents[i].format);
  plancia_json_get_integer (part->check,
                            part->path,
                            part->object,
                            "version",
                            PLANCIA_JSON_REQUIRED,
                            1,
                            1,
                            1);
  each (part, "sources", PLANCIA_JSON_OPTIONAL, read_source);
  if (documents[i].list != NULL)
    each (part, documents[i].list, PLANCIA_JSON_REQUIRED, documents[i].func);
  else
    documents[i].func (part);
}

/**
 * plancia_rules_parse:
 * @name: of the document
 * @document: JSON
 * @error: PLANCIA_DOCUMENT_ERROR with name and key path
 */
gboolean
plancia_rules_parse (PlanciaRules *self, const char *name, GBytes *document, GError **error)
{
  g_autoptr (JsonNode) node = plancia_json_parse (document, name, error);
  PlanciaJsonCheck check = {.origin = name};
  Part             root = {self, &check, NULL, NULL, self->sources->len};

  if (node == NULL)
    return FALSE;
  root.object = json_node_get_object (node);
  read_root (&root, name);
  if (!plancia_json_failed (&check))
    return TRUE;
  g_propagate_error (error, check.error);
  return FALSE;
}
