/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/judge.h"

#include <math.h>
#include <string.h>

/* W by which a small power may differ whatever its share. */
#define POWER_SLACK 60

/* One rule at work. */
typedef struct
{
  const PlanciaRule   *rule;
  const PlanciaJudged *judged;
  PlanciaRules        *rules;
  GPtrArray           *evidence;
  GPtrArray           *findings;
} Case;

/* --- findings -------------------------------------------------------------------------------- */

PlanciaRuleFinding *
plancia_rule_finding_copy (const PlanciaRuleFinding *self)
{
  PlanciaRuleFinding *copy = g_memdup2 (self, sizeof *self);

  copy->rule = g_strdup (self->rule);
  copy->title = g_strdup (self->title);
  copy->key = g_strdup (self->key);
  copy->unit = g_strdup (self->unit);
  copy->source = g_strdup (self->source);
  copy->certainty = g_strdup (self->certainty);
  return copy;
}

void
plancia_rule_finding_free (PlanciaRuleFinding *self)
{
  g_free (self->rule);
  g_free (self->title);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->source);
  g_free (self->certainty);
  g_free (self);
}

static void
set_number (JsonObject *object, const char *key, double number)
{
  if (!isnan (number))
    json_object_set_double_member (object, key, number);
}

JsonNode *
plancia_rule_finding_to_json (const PlanciaRuleFinding *self)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "rule", self->rule);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_string_member (object, "key", self->key);
  json_object_set_string_member (object, "result", plancia_check_name (self->check));
  set_number (object, "measured", self->measured);
  set_number (object, "minimum", self->minimum);
  set_number (object, "maximum", self->maximum);
  json_object_set_string_member (object, "unit", self->unit);
  json_object_set_int_member (object, "decimals", self->decimals);
  json_object_set_string_member (object, "source", self->source);
  json_object_set_string_member (object, "certainty", self->certainty);
  json_node_take_object (node, object);
  return node;
}

static char *
dup_member (JsonObject *object, const char *key)
{
  return g_strdup (json_object_get_string_member_with_default (object, key, ""));
}

PlanciaRuleFinding *
plancia_rule_finding_from_json (JsonObject *object)
{
  PlanciaRuleFinding *self = g_new0 (PlanciaRuleFinding, 1);

  self->rule = dup_member (object, "rule");
  self->title = dup_member (object, "title");
  self->key = dup_member (object, "key");
  self->check =
    plancia_check_parse (json_object_get_string_member_with_default (object, "result", NULL));
  self->measured = json_object_get_double_member_with_default (object, "measured", NAN);
  self->minimum = json_object_get_double_member_with_default (object, "minimum", NAN);
  self->maximum = json_object_get_double_member_with_default (object, "maximum", NAN);
  self->unit = dup_member (object, "unit");
  self->decimals =
    (guint) CLAMP (json_object_get_int_member_with_default (object, "decimals", 0), 0, 9);
  self->source = dup_member (object, "source");
  self->certainty = dup_member (object, "certainty");
  return self;
}

static PlanciaRuleFinding *
add_finding (const Case *one, const char *key, gboolean good)
{
  const PlanciaRule  *rule = one->rule;
  PlanciaRuleFinding *finding = g_new0 (PlanciaRuleFinding, 1);

  finding->rule = g_strdup (rule->id);
  finding->title = g_strdup (rule->title);
  finding->key = g_strdup (key);
  finding->check = good ? PLANCIA_CHECK_EXPECTED : rule->outside;
  finding->measured = NAN;
  finding->minimum = NAN;
  finding->maximum = NAN;
  finding->unit = g_strdup (rule->unit != NULL ? rule->unit : "");
  finding->source = g_strdup (rule->source->name);
  finding->certainty = g_strdup (rule->source->certainty);
  g_ptr_array_add (one->findings, finding);
  return finding;
}

static void
add_limits (const Case            *one,
            const PlanciaEvidence *evidence,
            double                 measured,
            double                 minimum,
            double                 maximum)
{
  /* A limit that a float cannot hold exactly is no reason to fail. */
  double              slack = 1e-9;
  gboolean            good = !(measured < minimum - slack) && !(measured > maximum + slack);
  PlanciaRuleFinding *finding = add_finding (one, evidence != NULL ? evidence->key : "", good);

  finding->measured = measured;
  finding->minimum = minimum;
  finding->maximum = maximum;
  finding->decimals = evidence != NULL ? evidence->decimals : 1;
  if (finding->unit[0] == '\0' && evidence != NULL) {
    g_free (finding->unit);
    finding->unit = g_strdup (evidence->unit);
  }
}

/* --- rules ----------------------------------------------------------------------------------- */

static gboolean
matches (const PlanciaRule *rule, const char *key)
{
  for (guint i = 0; rule->keys[i] != NULL; i++)
    if (g_pattern_match_simple (rule->keys[i], key))
      return TRUE;
  return FALSE;
}

static double
number_of (const Case *one, const char *key)
{
  const PlanciaEvidence *found = key != NULL ? plancia_evidence_find (one->evidence, key) : NULL;

  return found != NULL ? found->number : NAN;
}

static gboolean
has_value (GArray *values, double number)
{
  for (guint i = 0; values != NULL && i < values->len; i++)
    if ((double) g_array_index (values, gint64, i) == number)
      return TRUE;
  return FALSE;
}

static void
judge_answered (const Case *one)
{
  gboolean    asked = FALSE;
  gboolean    good = FALSE;
  const char *key = "";

  for (guint i = 0; i < one->evidence->len; i++) {
    const PlanciaEvidence *evidence = g_ptr_array_index (one->evidence, i);

    if (!matches (one->rule, evidence->key))
      continue;
    if (!asked || (!good && plancia_evidence_has_value (evidence)))
      key = evidence->key;
    asked = TRUE;
    good = good || plancia_evidence_has_value (evidence);
  }
  if (asked)
    add_finding (one, key, good);
}

static void
judge_spread (const Case *one)
{
  double low = NAN;
  double high = NAN;
  guint  n = 0;

  for (guint i = 0; i < one->evidence->len; i++) {
    const PlanciaEvidence *evidence = g_ptr_array_index (one->evidence, i);

    if (!matches (one->rule, evidence->key) || isnan (evidence->number))
      continue;
    low = fmin (low, evidence->number);
    high = fmax (high, evidence->number);
    n++;
  }
  if (n > 1)
    add_limits (one, NULL, high - low, NAN, one->rule->maximum);
}

static void
judge_product (const Case *one, const PlanciaEvidence *power)
{
  g_autofree char *stem = g_strndup (power->key, strlen (power->key) - strlen ("_power"));
  g_autofree char *voltage = g_strconcat (stem, "_voltage", NULL);
  g_autofree char *current = g_strconcat (stem, "_current", NULL);
  double           product = number_of (one, voltage) * number_of (one, current);
  double           larger = fmax (fabs (product), fabs (power->number));
  double           apart;

  if (isnan (product) || isnan (power->number))
    return;
  apart = fmax (0, fabs (product - power->number) - POWER_SLACK);
  add_limits (one, power, larger > 0 ? 100 * apart / larger : 0, NAN, one->rule->maximum);
  ((PlanciaRuleFinding *) g_ptr_array_index (one->findings, one->findings->len - 1))->decimals = 1;
}

static void
judge_map_limits (const Case *one, const PlanciaEvidence *evidence)
{
  const PlanciaField *field = plancia_map_find_field (one->judged->map, evidence->key);

  if (field == NULL || (!field->has_minimum && !field->has_maximum) || isnan (evidence->number))
    return;
  add_limits (one,
              evidence,
              evidence->number,
              field->has_minimum ? field->minimum : NAN,
              field->has_maximum ? field->maximum : NAN);
}

static void
judge_grid_code (const Case *one, const PlanciaEvidence *evidence)
{
  const PlanciaGridCode *code = plancia_rules_find_grid_code (one->rules, one->judged->grid_code);
  const char            *id = plancia_map_get_id (one->judged->map);
  PlanciaRuleFinding    *finding;

  for (guint i = 0; code != NULL && i < code->numbers->len; i++) {
    const PlanciaGridCodeNumbers *numbers = g_ptr_array_index (code->numbers, i);

    if (!g_strv_contains ((const char *const *) numbers->maps, id))
      continue;
    finding = add_finding (one, evidence->key, has_value (numbers->values, evidence->number));
    finding->measured = evidence->number;
    g_free (finding->source);
    finding->source = g_strdup (numbers->source->name);
    g_free (finding->certainty);
    finding->certainty = g_strdup (numbers->source->certainty);
  }
}

static void
judge_one (const Case *one, const PlanciaEvidence *evidence)
{
  const PlanciaRule *rule = one->rule;
  double             number = evidence->number;
  double             low, high;

  switch (rule->kind) {
  case PLANCIA_RULE_RANGE:
    add_limits (one, evidence, number, rule->minimum, rule->maximum);
    break;
  case PLANCIA_RULE_NONE_OF:
    add_finding (one, evidence->key, !has_value (rule->values, number))->measured = number;
    break;
  case PLANCIA_RULE_BETWEEN:
    low = number_of (one, rule->low);
    high = number_of (one, rule->high);
    if (!isnan (low) || !isnan (high))
      add_limits (one, evidence, number, low, high);
    break;
  case PLANCIA_RULE_PRODUCT:
    judge_product (one, evidence);
    break;
  case PLANCIA_RULE_MAP_LIMITS:
    judge_map_limits (one, evidence);
    break;
  case PLANCIA_RULE_GRID_CODE:
    judge_grid_code (one, evidence);
    break;
  case PLANCIA_RULE_ANSWERED:
  case PLANCIA_RULE_SPREAD:
  default:
    g_assert_not_reached ();
  }
}

static gboolean
is_its_time (const Case *one)
{
  const PlanciaRule *rule = one->rule;
  double             number = number_of (one, rule->when);

  if (rule->when == NULL)
    return TRUE;
  return !isnan (number) && !(number < rule->when_minimum) && !(number > rule->when_maximum);
}

static void
judge_rule (const Case *one)
{
  if (!is_its_time (one))
    return;
  if (one->rule->kind == PLANCIA_RULE_ANSWERED) {
    judge_answered (one);
    return;
  }
  if (one->rule->kind == PLANCIA_RULE_SPREAD) {
    judge_spread (one);
    return;
  }
  for (guint i = 0; i < one->evidence->len; i++) {
    const PlanciaEvidence *evidence = g_ptr_array_index (one->evidence, i);

    if (!isnan (evidence->number) && matches (one->rule, evidence->key))
      judge_one (one, evidence);
  }
}

gboolean
plancia_judge_applies (const PlanciaRule *rule, const PlanciaJudged *judged)
{
  const char *map = plancia_map_get_id (judged->map);

  if (rule->maps != NULL && !g_strv_contains ((const char *const *) rule->maps, map))
    return FALSE;
  if (rule->phases != 0 && rule->phases != plancia_map_get_phases (judged->map))
    return FALSE;
  return rule->grid_codes == NULL ||
         (judged->grid_code != NULL &&
          g_strv_contains ((const char *const *) rule->grid_codes, judged->grid_code));
}

/**
 * plancia_judge_step:
 * @step: whose rules are asked
 * @judged: the device and what is expected of it
 * @evidence: what was seen
 * @findings: (out) (transfer full): what each rule says
 *
 * Pure; any thread.
 */
PlanciaCheck
plancia_judge_step (PlanciaRules        *rules,
                    const PlanciaStep   *step,
                    const PlanciaJudged *judged,
                    GPtrArray           *evidence,
                    GPtrArray          **findings)
{
  GPtrArray   *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_rule_finding_free);
  PlanciaCheck worst = PLANCIA_CHECK_OPEN;
  gboolean     decided = FALSE;

  for (guint i = 0; i < plancia_rules_get_length (rules); i++) {
    const PlanciaRule *rule = plancia_rules_get_rule (rules, i);
    guint              before = list->len;
    Case               one = {rule, judged, rules, evidence, list};

    if (!g_str_equal (rule->step, step->id) || !plancia_judge_applies (rule, judged))
      continue;
    judge_rule (&one);
    decided = decided || (rule->decides && list->len > before);
    for (guint j = before; j < list->len; j++)
      worst = MAX (worst, ((PlanciaRuleFinding *) g_ptr_array_index (list, j))->check);
  }
  *findings = list;
  /* Nothing wrong in what is not enough to be right is nobody's verdict. */
  return worst == PLANCIA_CHECK_EXPECTED && !decided ? PLANCIA_CHECK_OPEN : worst;
}

PlanciaCheck
plancia_judge_of_key (GPtrArray *findings, const char *key)
{
  PlanciaCheck worst = PLANCIA_CHECK_OPEN;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaRuleFinding *finding = g_ptr_array_index (findings, i);

    if (g_str_equal (finding->key, key))
      worst = MAX (worst, finding->check);
  }
  return worst;
}
