/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/judge.h"

#include "base/error.h"
#include "commission/words.h"
#include "map/map-catalog.h"
#include <math.h>

static void
add (GPtrArray *list, const char *key, double number)
{
  g_ptr_array_add (list, plancia_evidence_new_number (key, key, number, 1, "", 1000));
}

static PlanciaCheck
judge (const char *map_id, const char *code, const char *step, GPtrArray *evidence, GPtrArray **out)
{
  PlanciaRules *rules = plancia_rules_get ();
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (map_id, NULL);
  PlanciaJudged judged = {map, code};
  g_autoptr (GPtrArray) findings = NULL;
  PlanciaCheck check;

  g_assert_nonnull (map);
  check =
    plancia_judge_step (rules, plancia_rules_find_step (rules, step), &judged, evidence, &findings);
  if (out != NULL)
    *out = g_steal_pointer (&findings);
  return check;
}

/* Every text of the data is one that the catalogue is asked for, and every rule says where its limit comes from. */
static void
test_shipped (void)
{
  PlanciaRules *rules = plancia_rules_get ();

  g_assert_cmpuint (plancia_rules_get_n_steps (rules), ==, 12);
  for (guint i = 0; i < plancia_rules_get_n_steps (rules); i++) {
    const PlanciaStep *step = plancia_rules_get_step (rules, i);

    g_assert_true (plancia_words_has_data (step->title));
    g_assert_true (plancia_words_has_data (step->why));
  }
  for (guint i = 0; i < plancia_rules_get_length (rules); i++) {
    const PlanciaRule *rule = plancia_rules_get_rule (rules, i);

    g_assert_true (plancia_words_has_data (rule->title));
    g_assert_nonnull (rule->source);
    g_assert_true (plancia_words_has_data (rule->source->name));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (rule->id, !=, plancia_rules_get_rule (rules, j)->id);
    for (guint j = 0; rule->maps != NULL && rule->maps[j] != NULL; j++) {
      g_autoptr (PlanciaMap) map = plancia_map_catalog_get (rule->maps[j], NULL);

      g_assert_nonnull (map);
    }
  }
  for (guint i = 0; i < plancia_rules_get_n_grid_codes (rules); i++)
    g_assert_true (plancia_words_has_data (plancia_rules_get_grid_code (rules, i)->source->name));
  g_assert_cmpstr (plancia_rules_propose_grid_code (rules, "Europe/Rome")->id, ==, "cei-0-21");
  g_assert_null (plancia_rules_propose_grid_code (rules, "Europe/Berlin"));
}

static void
check_wrong (const char *name, const char *text, const char *words)
{
  const char *names[] = {"steps", name, NULL};
  const char *steps =
    "{\"format\": \"plancia-commissioning-steps\", \"version\": 1, \"steps\": ["
    "{\"id\": \"grid\", \"title\": \"t\", \"why\": \"w\", \"evidence\": [\"a\"]}]}";
  GBytes *documents[] = {g_bytes_new_static (steps, strlen (steps)),
                         g_bytes_new_static (text, strlen (text))};
  g_autoptr (GError) error = NULL;
  PlanciaRules *rules = plancia_rules_new (names, documents, &error);

  g_assert_null (rules);
  g_assert_cmpuint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
  g_bytes_unref (documents[0]);
  g_bytes_unref (documents[1]);
}

#define HEAD                                                       \
  "{\"format\": \"plancia-commissioning-rules\", \"version\": 1, " \
  "\"sources\": [{\"id\": \"s\", \"name\": \"n\", \"certainty\": \"program\"}], \"rules\": ["

/* The place and what is wrong there. */
static void
test_wrong (void)
{
  check_wrong ("mine", "{", "mine");
  check_wrong ("mine", "{\"format\": \"x\", \"version\": 1, \"rules\": []}", "format");
  check_wrong ("mine", HEAD "{\"id\": \"a\"}]}", "rules[0].step");
  check_wrong ("mine",
               HEAD "{\"id\": \"a\", \"step\": \"grid\", \"title\": \"t\", \"kind\": \"range\", "
                    "\"keys\": [\"k\"], \"outside\": \"failed\", \"source\": \"s\"}]}",
               "a range needs");
  check_wrong ("mine",
               HEAD "{\"id\": \"a\", \"step\": \"grid\", \"title\": \"t\", \"kind\": \"range\", "
                    "\"keys\": [\"k\"], \"minimum\": 2, \"maximum\": 1, \"outside\": \"failed\", "
                    "\"source\": \"s\"}]}",
               "rules[0].minimum");
  check_wrong ("mine",
               HEAD "{\"id\": \"a\", \"step\": \"grid\", \"title\": \"t\", \"kind\": \"range\", "
                    "\"keys\": [\"k\"], \"maximum\": 1, \"outside\": \"failed\", "
                    "\"source\": \"other\"}]}",
               "rules[0].source");
  check_wrong ("mine",
               HEAD "{\"id\": \"a\", \"step\": \"nowhere\", \"title\": \"t\", \"kind\": \"range\", "
                    "\"keys\": [\"k\"], \"maximum\": 1, \"outside\": \"failed\", "
                    "\"source\": \"s\"}]}",
               "nowhere");
}

static GPtrArray *
three_phases (double l1, double l2, double l3, double frequency)
{
  GPtrArray *list = plancia_evidence_list_new ();

  add (list, "grid_voltage_l1", l1);
  add (list, "grid_voltage_l2", l2);
  add (list, "grid_voltage_l3", l3);
  add (list, "grid_frequency", frequency);
  return list;
}

static void
check_grid (const char *map, const char *code, double l2, double hertz, PlanciaCheck expected)
{
  g_autoptr (GPtrArray) list = three_phases (231, l2, 233, hertz);

  g_assert_cmpint (judge (map, code, "grid", list, NULL), ==, expected);
}

static void
test_grid (void)
{
  g_autoptr (GPtrArray) list = three_phases (231.4, 253.1, 233, 50.01);
  g_autoptr (GPtrArray) findings = NULL;

  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 232, 50, PLANCIA_CHECK_EXPECTED);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 253, 50, PLANCIA_CHECK_RESERVATION); /* spread */
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 264.5, 50, PLANCIA_CHECK_RESERVATION);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 264.6, 50, PLANCIA_CHECK_FAILED);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 195.4, 50, PLANCIA_CHECK_FAILED);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 232, 51.6, PLANCIA_CHECK_FAILED);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-21", 232, 47.5, PLANCIA_CHECK_EXPECTED);
  /* Nothing to judge voltages by: nobody's verdict. */
  check_grid ("zcs-3ph-hyd-g3", NULL, 232, 50, PLANCIA_CHECK_OPEN);
  check_grid ("zcs-3ph-hyd-g3", "cei-0-16", 300, 50, PLANCIA_CHECK_RESERVATION);
  /* Of this family no voltage is known. */
  check_grid ("zcs-3ph-350ktl-hv-g3", "cei-0-21", 232, 50, PLANCIA_CHECK_EXPECTED);

  g_assert_cmpint (judge ("zcs-3ph-hyd-g3", "cei-0-21", "grid", list, &findings),
                   ==,
                   PLANCIA_CHECK_RESERVATION);
  g_assert_cmpint (plancia_judge_of_key (findings, "grid_voltage_l1"), ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (plancia_judge_of_key (findings, "grid_voltage_l2"),
                   ==,
                   PLANCIA_CHECK_RESERVATION);
  for (guint i = 0; i < findings->len; i++) {
    const PlanciaRuleFinding *one = g_ptr_array_index (findings, i);

    if (!g_str_equal (one->rule, "near-mean") || !g_str_equal (one->key, "grid_voltage_l2"))
      continue;
    g_assert_cmpfloat (one->measured, ==, 253.1);
    g_assert_cmpfloat (one->maximum, ==, 253);
    g_assert_true (isnan (one->minimum));
    g_assert_nonnull (strstr (one->source, "CEI 0-21"));
  }
}

static PlanciaCheck
judge_evidence_of_mean (double mean)
{
  g_autoptr (GPtrArray) list = three_phases (231, 232, 233, 50);

  add (list, "mean_grid_voltage_l1", mean);
  return judge ("zcs-3ph-hyd-g3", "cei-0-21", "grid", list, NULL);
}

/* What was recorded, and what is left out of it. */
static void
test_mean (void)
{
  PlanciaSamples *samples =
    plancia_samples_new ("dev", "live", (PlanciaSpan){0, 20 * PLANCIA_MINUTE});
  g_autoptr (GPtrArray) list = plancia_evidence_list_new ();

  for (guint i = 0; i < 20; i++)
    plancia_samples_add (samples,
                         "grid_voltage_l1",
                         i * PLANCIA_MINUTE,
                         i < 10   ? 300
                         : i < 15 ? 250
                                  : 256);
  plancia_samples_add (samples, "grid_voltage_l2", 19 * PLANCIA_MINUTE, 231);
  plancia_samples_seal (samples);
  plancia_evidence_add_means (list, samples, 20 * PLANCIA_MINUTE);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (plancia_evidence_find (list, "mean_grid_voltage_l1")->number,
                                  253,
                                  1e-9);
  g_assert_cmpint (judge_evidence_of_mean (253), ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (judge_evidence_of_mean (253.2), ==, PLANCIA_CHECK_RESERVATION);
  plancia_samples_unref (samples);
}

static PlanciaCheck
judge_one (const char *map, const char *code, const char *step, const char *key, double number)
{
  g_autoptr (GPtrArray) list = plancia_evidence_list_new ();

  add (list, key, number);
  return judge (map, code, step, list, NULL);
}

static void
test_country (void)
{
  /* The first generation has a table, the present one has none in public. */
  g_assert_cmpint (judge_one ("zcs-1ph-hyd-zss-old", "cei-0-21", "country", "grid_code", 1),
                   ==,
                   PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (judge_one ("zcs-1ph-hyd-zss-old", "cei-0-21", "country", "grid_code", 23),
                   ==,
                   PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (judge_one ("zcs-1ph-hyd-zss-old", "cei-0-21", "country", "grid_code", 0),
                   ==,
                   PLANCIA_CHECK_FAILED);
  g_assert_cmpint (judge_one ("zcs-1ph-hyd-zss-old", "cei-0-16", "country", "grid_code", 15),
                   ==,
                   PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (judge_one ("zcs-3ph-hyd-g3", "cei-0-21", "country", "grid_code", 10),
                   ==,
                   PLANCIA_CHECK_OPEN);
}

static void
test_others (void)
{
  const char *map = "zcs-3ph-hyd-g3";
  g_autoptr (GPtrArray) battery = plancia_evidence_list_new ();
  g_autoptr (GPtrArray) string = plancia_evidence_list_new ();

  g_assert_cmpint (judge_one (map, NULL, "clock", "clock_off", 60), ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (judge_one (map, NULL, "clock", "clock_off", -61), ==, PLANCIA_CHECK_RESERVATION);
  g_assert_cmpint (judge_one (map, NULL, "alarms", "alarms_fault", 1), ==, PLANCIA_CHECK_FAILED);
  g_assert_cmpint (judge_one (map, NULL, "alarms", "alarms_warning", 1),
                   ==,
                   PLANCIA_CHECK_RESERVATION);
  g_assert_cmpint (judge_one (map, NULL, "battery", "battery_soc", 101), ==, PLANCIA_CHECK_FAILED);
  g_assert_cmpint (judge_one (map, NULL, "battery", "battery_soc", NAN), ==, PLANCIA_CHECK_FAILED);
  g_assert_cmpint (judge_one (map, NULL, "connection", "link_error_share", 2),
                   ==,
                   PLANCIA_CHECK_RESERVATION);
  add (battery, "battery_soc", 50);
  add (battery, "bat_set_dod", 95);
  g_assert_cmpint (judge (map, NULL, "battery", battery, NULL), ==, PLANCIA_CHECK_RESERVATION);
  add (string, "pv_power", 3000);
  add (string, "pv1_voltage", 400);
  add (string, "pv1_current", 5);
  add (string, "pv1_power", 2000);
  g_assert_cmpint (judge (map, NULL, "strings", string, NULL), ==, PLANCIA_CHECK_EXPECTED);
  add (string, "pv2_voltage", 4);
  g_assert_cmpint (judge (map, NULL, "strings", string, NULL), ==, PLANCIA_CHECK_RESERVATION);
}

/* A mode whose schedule is off. */
static void
test_when (void)
{
  g_autoptr (GPtrArray) list = plancia_evidence_list_new ();

  add (list, "storage_mode", 0);
  add (list, "timed_enable", 0);
  g_assert_cmpint (judge ("zcs-3ph-hyd-g3", NULL, "mode", list, NULL), ==, PLANCIA_CHECK_OPEN);
  ((PlanciaEvidence *) g_ptr_array_index (list, 0))->number = 2;
  g_assert_cmpint (judge ("zcs-3ph-hyd-g3", NULL, "mode", list, NULL),
                   ==,
                   PLANCIA_CHECK_RESERVATION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/shipped", test_shipped);
  g_test_add_func ("/judge/wrong", test_wrong);
  g_test_add_func ("/judge/grid", test_grid);
  g_test_add_func ("/judge/mean", test_mean);
  g_test_add_func ("/judge/country", test_country);
  g_test_add_func ("/judge/others", test_others);
  g_test_add_func ("/judge/when", test_when);
  return g_test_run ();
}
