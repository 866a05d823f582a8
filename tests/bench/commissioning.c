/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a commissioning report of a three-phase hybrid costs (data read, hash, PDF, CSV), and what the judge of sensors says of a
 * hundred thousand houses. */
#include "commission/report.h"
#include "map/map-catalog.h"
#include "tests/commission/wiring-runs.h"
#include <math.h>

#define ROUNDS 5
#define HOUSES 100000
#define CURVES 5
#define POINTS 400

static double
elapsed (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

/* Every step with the registers that it wants. */
static PlanciaVisit *
make_visit (PlanciaMap *map)
{
  PlanciaRules *rules = plancia_rules_get ();
  PlanciaVisit *visit = plancia_visit_new (rules, "dev", 1);
  PlanciaJudged judged = {map, "cei-0-21"};

  plancia_visit_set_text (visit, PLANCIA_VISIT_NAME, "HYD 10000 ZSS");
  plancia_visit_set_text (visit, PLANCIA_VISIT_PLANT, "Bench");
  plancia_visit_set_text (visit, PLANCIA_VISIT_ZONE, "Europe/Rome");
  for (guint i = 0; i < plancia_visit_get_n_steps (visit); i++) {
    const PlanciaStep *step = plancia_visit_get_rule (visit, i);
    g_auto (GStrv) keys = plancia_evidence_list_keys (map, (const char *const *) step->evidence);
    GPtrArray   *evidence = plancia_evidence_list_new ();
    GPtrArray   *findings = NULL;
    PlanciaCheck check;

    for (guint j = 0; keys[j] != NULL; j++) {
      const PlanciaField *field = plancia_map_find_field (map, keys[j]);
      PlanciaEvidence    *one =
        plancia_evidence_new_number (keys[j], field->name, 230, 1, field->unit, 1000);

      one->address = field->address;
      one->n_words = field->count;
      one->words = g_new0 (guint16, field->count);
      g_ptr_array_add (evidence, one);
    }
    check = plancia_judge_step (rules, step, &judged, evidence, &findings);
    plancia_visit_take (visit, i, check, evidence, findings, 1000);
  }
  return visit;
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  json_object_set_string_member (object, name, text);
}

static JsonArray *
make_registers (PlanciaMap *map, gboolean settings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    JsonObject         *object;
    g_autofree char    *address = g_strdup_printf ("0x%04X", field->address);

    if (settings && !plancia_field_is_writable (field))
      continue;
    object = json_object_new ();
    set_text (object, "key", field->key);
    set_text (object, "name", field->name);
    set_text (object, "unit", field->unit);
    set_text (object, "address", address);
    set_text (object, "words", "0001");
    set_text (object, "text", "230.1");
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
make_curves (void)
{
  JsonArray *curves = json_array_new ();

  for (guint i = 0; i < CURVES; i++) {
    JsonObject *curve = json_object_new ();
    JsonArray  *points = json_array_new ();

    set_text (curve, "key", "pv_power");
    set_text (curve, "name", "PV power, total");
    set_text (curve, "unit", "W");
    for (guint j = 0; j < POINTS; j++) {
      JsonArray *point = json_array_new ();

      json_array_add_int_element (point, (gint64) j * 54000);
      json_array_add_double_element (point, 4000 + 3000 * sin (j / 40.0));
      json_array_add_array_element (points, point);
    }
    json_object_set_array_member (curve, "points", points);
    json_array_add_object_element (curves, curve);
  }
  return curves;
}

static JsonNode *
make_report (PlanciaMap *map)
{
  g_autoptr (PlanciaVisit) visit = make_visit (map);
  JsonObject      *data = json_object_new ();
  JsonObject      *root = json_object_new ();
  JsonNode        *inner = json_node_new (JSON_NODE_OBJECT);
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *hash = NULL;

  json_object_set_int_member (data, "made", 1000);
  set_text (data, "program", "Plancia");
  json_object_set_member (data, "visit", plancia_visit_to_json (visit));
  json_object_set_array_member (data, "settings", make_registers (map, TRUE));
  json_object_set_array_member (data, "snapshot", make_registers (map, FALSE));
  json_object_set_array_member (data, "changes", json_array_new ());
  json_object_set_array_member (data, "curves", make_curves ());
  json_node_take_object (inner, data);
  hash = plancia_commission_report_hash (inner);
  set_text (root, "format", "plancia-commissioning-report");
  json_object_set_int_member (root, "version", 1);
  set_text (root, "sha256", hash);
  json_object_set_member (root, "data", inner);
  json_node_take_object (node, root);
  return node;
}

static void
measure_report (void)
{
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_autoptr (JsonNode) root = make_report (map);
  g_autoptr (PlanciaReportLanguage) language = plancia_report_language_new ("en", NULL);
  g_autoptr (GBytes) json = plancia_commission_report_format (root);
  double best = G_MAXDOUBLE;
  gsize  size = 0;

  for (guint i = 0; i < ROUNDS; i++) {
    gint64           start = g_get_monotonic_time ();
    g_autofree char *stored = NULL;
    g_autofree char *computed = NULL;
    g_autoptr (GBytes) csv = NULL;
    g_autoptr (PlanciaPaper) paper = NULL;
    g_autoptr (GBytes) pdf = NULL;

    if (!plancia_commission_report_verify (json, "bench", &stored, &computed, NULL) ||
        !g_str_equal (stored, computed))
      g_error ("the hash is another one");
    csv = plancia_commission_report_csv (root, language);
    paper = plancia_commission_report_paper (root, language, NULL);
    pdf = plancia_paper_render (paper, NULL, NULL);
    best = MIN (best, elapsed (start));
    size = g_bytes_get_size (pdf);
  }
  g_print ("report: %u registers, PDF of %.0f kB with data, table and hash: %.0f ms (aim: 2000)\n",
           plancia_map_get_n_fields (map),
           (double) size / 1024,
           best);
}

static void
measure_houses (void)
{
  WiringTally tally = {0};
  gint64      start = g_get_monotonic_time ();

  wiring_runs (1, HOUSES, &tally);
  g_print ("sensors: %u houses in %.0f ms: %u wrong (aim: 0), %.1f %% not told (aim: below 10), "
           "%u of %u without a load told\n",
           tally.runs,
           elapsed (start),
           tally.wrong,
           100.0 * tally.untold / (tally.runs - tally.idle),
           tally.idle_told,
           tally.idle);
}

int
main (void)
{
  measure_report ();
  measure_houses ();
  return 0;
}
