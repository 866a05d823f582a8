/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "findings/words.h"

#include <string.h>

#define RULE                                                                                                                    \
  "{\"id\": \"a\", \"judge\": \"gaps-day\", \"severity\": \"note\", \"energy\": \"unseen\", \"unit\": \"%\", \"title\": \"A\"," \
  " \"look_at\": [\"B\"], \"numbers\": {\"least\": 5, \"apart\": 4, \"known\": 0.8}, \"source\": \"Plancia's own rule\"}"

/* Every text is one that the catalogue is asked for, every rule says where its numbers come from and what to look at. */
static void
test_shipped (void)
{
  PlanciaFindingRules *rules = plancia_finding_rules_get ();

  g_assert_cmpuint (plancia_finding_rules_get_length (rules), >=, 10);
  for (guint i = 0; i < plancia_finding_rules_get_length (rules); i++) {
    const PlanciaFindingRule *rule = plancia_finding_rules_get_rule (rules, i);

    g_assert_true (plancia_finding_words_has (rule->title));
    g_assert_true (plancia_finding_words_has (rule->source));
    g_assert_nonnull (rule->look_at[0]);
    for (guint j = 0; rule->look_at[j] != NULL; j++)
      g_assert_true (plancia_finding_words_has (rule->look_at[j]));
  }
}

static PlanciaFindingRules *
load (const char *rules, GError **error)
{
  const char      *names[] = {"test", NULL};
  g_autofree char *text =
    g_strdup_printf ("{\"format\": \"plancia-finding-rules\", \"version\": 1, \"rules\": [%s]}",
                     rules);
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));

  return plancia_finding_rules_new (names, &document, error);
}

/* The rule with something replaced is refused, with words that name the place. */
static void
refused (const char *what, const char *with, const char *place)
{
  g_auto (GStrv) parts = g_strsplit (RULE, what, 2);
  g_autofree char *rule = g_strjoinv (with, parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaFindingRules) rules = NULL;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  rules = load (rule, &error);
  g_assert_null (rules);
  g_assert_nonnull (error);
  g_assert_true (error->domain == PLANCIA_DOCUMENT_ERROR);
  g_assert_nonnull (strstr (error->message, "test.json"));
  if (strstr (error->message, place) == NULL)
    g_error ("\"%s\" does not name %s", error->message, place);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaFindingRules) rules = load (RULE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (plancia_finding_rules_get_length (rules), ==, 1);
  g_assert_cmpfloat (
    plancia_finding_rule_number (plancia_finding_rules_get_rule (rules, 0), "known"),
    ==,
    0.8);
  refused ("\"gaps-day\"", "\"gaps\"", "rules[0].judge");
  refused (", \"known\": 0.8", "", "rules[0].numbers.known");
  refused ("\"known\": 0.8", "\"known\": 0.8, \"knwon\": 1", "rules[0].numbers.knwon");
  refused ("0.8", "-1", "rules[0].numbers.known");
  refused ("0.8", "\"much\"", "rules[0].numbers.known");
  refused ("\"note\"", "\"bad\"", "rules[0].severity");
  refused ("\"unseen\"", "\"gone\"", "rules[0].energy");
  refused ("[\"B\"]", "[]", "rules[0].look_at");
  refused ("\"Plancia's own rule\"", "\"\"", "rules[0].source");
  refused ("\"title\": \"A\"", "\"titel\": \"A\"", "rules[0].tit");
  refused ("\"unit\": \"%\"", "\"unit\": \"kg\"", "rules[0].unit");
}

static void
test_twice (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaFindingRules) rules = load (RULE ", " RULE, &error);

  g_assert_null (rules);
  g_assert_nonnull (strstr (error->message, "rules[1].id"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/rules/shipped", test_shipped);
  g_test_add_func ("/findings/rules/refused", test_refused);
  g_test_add_func ("/findings/rules/twice", test_twice);
  return g_test_run ();
}
