/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/visit.h"

#include "base/error.h"
#include "commission/report.h"
#include "commission/visits.h"
#include <glib/gstdio.h>
#include <math.h>

#define WATCHDOG 30

static gboolean
watchdog_cb (gpointer user_data)
{
  g_error ("Nothing happened for %d s", WATCHDOG);
  return G_SOURCE_REMOVE;
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG, watchdog_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return *result;
}

static PlanciaVisit *
make_visit (void)
{
  PlanciaVisit *visit = plancia_visit_new (plancia_rules_get (), "dev", 1000);
  GPtrArray    *evidence = plancia_evidence_list_new ();
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_rule_finding_free);
  PlanciaEvidence    *one = plancia_evidence_new_number ("grid_voltage_l2", "L2", 253.1, 1, "V", 5);
  PlanciaRuleFinding *finding = g_new0 (PlanciaRuleFinding, 1);
  const guint16       word = 0x09E3;
  PlanciaDirectionResult direction = {.n = 3};

  one->address = 0x0498;
  one->n_words = 1;
  one->words = g_memdup2 (&word, sizeof word);
  g_ptr_array_add (evidence, one);
  *finding = (PlanciaRuleFinding){g_strdup ("mean-voltage"),
                                  g_strdup ("Mean of ten minutes"),
                                  g_strdup ("grid_voltage_l2"),
                                  PLANCIA_CHECK_RESERVATION,
                                  253.1,
                                  NAN,
                                  253,
                                  g_strdup ("V"),
                                  1,
                                  g_strdup ("CEI 0-21"),
                                  g_strdup ("general knowledge")};
  g_ptr_array_add (findings, finding);
  plancia_visit_set_text (visit, PLANCIA_VISIT_CUSTOMER, "Mario Rossi");
  plancia_visit_take (visit, 6, PLANCIA_CHECK_RESERVATION, evidence, findings, 2000);
  plancia_visit_set_note (visit, 6, "The grid operator was told.");
  for (guint i = 0; i < 3; i++)
    direction.phases[i] =
      (PlanciaDirectionPhase){.state = PLANCIA_DIRECTION_RIGHT, .sensor = i, .reversed = i == 1};
  plancia_direction_conclude (&direction);
  plancia_visit_set_direction (visit, &direction, 3000);
  return visit;
}

static void
test_round (void)
{
  g_autoptr (PlanciaVisit) visit = make_visit ();
  g_autoptr (GBytes) bytes = plancia_visit_format (visit);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaVisit) back = plancia_visit_parse (plancia_rules_get (), bytes, "test", &error);
  g_autoptr (GBytes) again = NULL;
  const PlanciaVisitStep *step;
  const PlanciaEvidence  *one;

  g_assert_no_error (error);
  again = plancia_visit_format (back);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   g_bytes_get_data (again, NULL),
                   g_bytes_get_size (again));
  step = plancia_visit_get_step (back, 6);
  g_assert_cmpint (step->result, ==, PLANCIA_CHECK_RESERVATION);
  g_assert_cmpstr (step->note, ==, "The grid operator was told.");
  one = plancia_evidence_find (step->evidence, "grid_voltage_l2");
  g_assert_cmpfloat (one->number, ==, 253.1);
  g_assert_cmpint (one->address, ==, 0x0498);
  g_assert_cmpuint (one->words[0], ==, 0x09E3);
  g_assert_cmpint (plancia_visit_get_direction (back)->verdict, ==, PLANCIA_DIRECTION_REVERSED);
  g_assert_cmpstr (plancia_visit_get_text (back, PLANCIA_VISIT_CUSTOMER), ==, "Mario Rossi");
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"format\": \"x\"}", 15);
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_visit_parse (plancia_rules_get (), bytes, "test", &error));
  g_assert_cmpuint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
}

/* What was proposed needs no note; another decision does, and a step that is left out. */
static void
test_decisions (void)
{
  g_autoptr (PlanciaVisit) visit = make_visit ();

  g_assert_true (plancia_visit_is_done (visit, 6));
  g_assert_true (plancia_visit_is_done (visit, 7));
  plancia_visit_decide (visit, 7, PLANCIA_CHECK_EXPECTED, "L. Bianchi", 4000);
  g_assert_false (plancia_visit_is_done (visit, 7));
  g_assert_true (plancia_visit_wants_note (visit, 7));
  plancia_visit_set_note (visit, 7, "Seen at the meter.");
  g_assert_true (plancia_visit_is_done (visit, 7));
  plancia_visit_decide (visit, 0, PLANCIA_CHECK_SKIPPED, "L. Bianchi", 4000);
  g_assert_true (plancia_visit_wants_note (visit, 0));
  plancia_visit_set_note (visit, 0, "No access.");
  g_assert_cmpuint (plancia_visit_count_done (visit), ==, 3);
  /* Nothing was proposed: a decision is enough. */
  plancia_visit_decide (visit, 4, PLANCIA_CHECK_EXPECTED, "L. Bianchi", 4000);
  g_assert_true (plancia_visit_is_done (visit, 4));
  g_assert_cmpuint (plancia_visit_get_next (visit, 4), ==, 5);
  g_assert_cmpuint (plancia_visit_get_next (visit, 5), ==, 8);
  g_assert_cmpuint (plancia_visit_get_next (visit, 11), ==, 1);
}

static void
test_again (void)
{
  g_autoptr (PlanciaVisit) visit = make_visit ();
  const PlanciaVisitStep *step = plancia_visit_get_step (visit, 6);

  plancia_visit_take (visit,
                      6,
                      PLANCIA_CHECK_EXPECTED,
                      plancia_evidence_list_new (),
                      g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_rule_finding_free),
                      9000);
  g_assert_cmpint (step->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpuint (step->earlier->len, ==, 1);
  g_assert_cmpint (((PlanciaVisitRun *) g_ptr_array_index (step->earlier, 0))->result,
                   ==,
                   PLANCIA_CHECK_RESERVATION);
  plancia_visit_fail (visit, 6, "timed out");
  g_assert_cmpint (step->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpstr (step->trouble, ==, "timed out");
}

/* --- kept with the plant --------------------------------------------------------------------- */

static PlanciaVisit *
get_visit (PlanciaOpenPlant *open, const char *path)
{
  PlanciaVisits *visits = plancia_visits_for (open);
  PlanciaDevice *device = plancia_device_tree_find (plancia_open_plant_get_tree (open), "dev");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaVisit *visit;

  plancia_visits_set_plant_path (visits, path);
  plancia_visits_get_async (visits, device, keep_cb, &result);
  visit = plancia_visits_get_finish (visits, wait_for (&result), &error);
  g_assert_no_error (error);
  return visit;
}

static PlanciaOpenPlant *
open_plant (void)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("modbus-tcp://127.0.0.1:1/1", NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new ("dev", "inverter", "HYD", address);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Rossi");

  plancia_plant_set_place (plant, "Europe/Rome", NAN, NAN);
  plancia_plant_add (plant, NULL, entry);
  return plancia_open_plant_new (plant, ":memory:");
}

/* Leaving and coming back loses nothing, even if the program ends at once. */
static void
test_kept (void)
{
  g_autofree char  *folder = g_dir_make_tmp ("visits-XXXXXX", NULL);
  g_autofree char  *path = g_build_filename (folder, "plant.json", NULL);
  g_autofree char  *inner = plancia_visits_dup_folder (path);
  g_autofree char  *file = g_build_filename (inner, "dev.json", NULL);
  PlanciaOpenPlant *open = open_plant ();
  PlanciaVisit     *visit = get_visit (open, path);

  g_assert_cmpstr (plancia_visit_get_text (visit, PLANCIA_VISIT_GRID_CODE), ==, "cei-0-21");
  plancia_visit_decide (visit, 4, PLANCIA_CHECK_EXPECTED, "L. Bianchi", 4000);
  plancia_visit_set_note (visit, 4, "CEI 0-21 on the display");
  g_object_unref (visit);
  g_object_unref (open);

  open = open_plant ();
  visit = get_visit (open, path);
  g_assert_cmpint (plancia_visit_get_step (visit, 4)->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpstr (plancia_visit_get_step (visit, 4)->note, ==, "CEI 0-21 on the display");
  g_object_unref (visit);
  g_object_unref (open);

  /* A file that cannot be read is not written over. */
  g_assert_true (g_file_set_contents (file, "{\"damaged", -1, NULL));
  open = open_plant ();
  {
    PlanciaVisits *visits = plancia_visits_for (open);
    PlanciaDevice *device = plancia_device_tree_find (plancia_open_plant_get_tree (open), "dev");
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    plancia_visits_set_plant_path (visits, path);
    plancia_visits_get_async (visits, device, keep_cb, &result);
    g_assert_null (plancia_visits_get_finish (visits, wait_for (&result), &error));
    g_assert_cmpuint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
    g_object_unref (open);
    g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "{\"damaged");
  }
  g_unlink (file);
  g_rmdir (inner);
  g_rmdir (folder);
}

/* --- the hash -------------------------------------------------------------------------------- */

static char *
hash_of (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return plancia_commission_report_hash (node);
}

/* Over what is said, not over how it is written. */
static void
test_hash (void)
{
  g_autofree char *one = hash_of ("{\"a\": 1, \"b\": [1.5, \"x\", true, null]}");
  g_autofree char *same = hash_of ("{ \"b\" : [1.50,\"x\",true,null], \"a\":1.0 }");
  g_autofree char *other = hash_of ("{\"a\": 2, \"b\": [1.5, \"x\", true, null]}");
  g_autofree char *moved = hash_of ("{\"a\": 1, \"b\": [\"x\", 1.5, true, null]}");

  g_assert_cmpuint (strlen (one), ==, 64);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, !=, moved);
}

static void
test_verify (void)
{
  g_autofree char *hash = hash_of ("{\"made\": 5}");
  g_autofree char *good =
    g_strdup_printf ("{\"format\": \"plancia-commissioning-report\", \"version\": 1, "
                     "\"sha256\": \"%s\", \"data\": {\"made\": 5}}",
                     hash);
  g_autofree char *stored = NULL;
  g_autofree char *computed = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (good, strlen (good));
  g_autoptr (GBytes) none = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_commission_report_verify (bytes, "x", &stored, &computed, &error));
  g_assert_cmpstr (stored, ==, computed);
  g_assert_false (plancia_commission_report_verify (none, "x", &stored, &computed, &error));
  g_assert_cmpuint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit/round", test_round);
  g_test_add_func ("/visit/damaged", test_damaged);
  g_test_add_func ("/visit/decisions", test_decisions);
  g_test_add_func ("/visit/again", test_again);
  g_test_add_func ("/visit/kept", test_kept);
  g_test_add_func ("/report/hash", test_hash);
  g_test_add_func ("/report/verify", test_verify);
  return g_test_run ();
}
