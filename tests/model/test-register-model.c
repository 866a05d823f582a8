/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "model/register-model.h"
#include "register-fixture.h"

/* Counts notifications of all rows and staged-changed signals of the model. */
typedef struct
{
  PlanciaRegisterModel *model;
  guint                 notified;
  guint                 staged_changed;
  guint                 items_changed;
} Fixture;

static void
count (Fixture *fixture)
{
  fixture->notified++;
}

static void
count_staged (Fixture *fixture)
{
  fixture->staged_changed++;
}

static void
count_items (Fixture *fixture)
{
  fixture->items_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaMap) map = register_fixture_map ();

  fixture->model = plancia_register_model_new (map);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->model)); i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

    g_signal_connect_swapped (row, "notify::serial", G_CALLBACK (count), fixture);
  }
  g_signal_connect_swapped (fixture->model, "staged-changed", G_CALLBACK (count_staged), fixture);
  g_signal_connect_swapped (fixture->model, "items-changed", G_CALLBACK (count_items), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->model);
}

static void
apply_word (Fixture *fixture, const char *key, guint16 word, gint64 time)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("a", time);
  PlanciaReading     *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, key);

  plancia_reading_set_words (reading, plancia_register_row_get_field (row), &word);
  plancia_register_model_apply (fixture->model, readings);
}

static void
apply_quality (Fixture *fixture, const char *key, PlanciaQuality quality, const char *message)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("a", 9000);
  PlanciaReading *reading = plancia_readings_add (readings, key, quality);

  reading->message = g_strdup (message);
  plancia_register_model_apply (fixture->model, readings);
}

static gboolean
stage (Fixture *fixture, const char *key, double number, GError **error)
{
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, key);
  g_auto (PlanciaValue) value = {0};
  g_autofree char *text = g_strdup_printf ("%g", number);

  /* What the parser would refuse is staged by hand, so that the model's own check is seen. */
  if (!plancia_field_parse (plancia_register_row_get_field (row), text, &value, NULL)) {
    value.kind = PLANCIA_VALUE_NUMBER;
    value.number = number;
  }
  return plancia_register_model_stage (fixture->model, row, &value, error);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "limit");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)),
                    ==,
                    REGISTER_FIXTURE_N_FIELDS);
  g_assert_null (plancia_register_model_find (fixture->model, "no such key"));
  g_assert_cmpstr (plancia_register_row_get_name (row), ==, "Export limit");
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "—");
  g_assert_cmpstr (plancia_register_row_get_raw (row), ==, "");
  g_assert_cmpint (plancia_register_row_get_time (row), ==, 0);
  g_assert_cmpint (plancia_register_row_get_quality (row), ==, PLANCIA_QUALITY_MISSING);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "voltage");

  apply_word (fixture, "voltage", 2314, 1000);
  g_assert_cmpuint (fixture->notified, ==, 1);
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "231.4");
  g_assert_cmpstr (plancia_register_row_get_raw (row), ==, "090A");
  g_assert_cmpint (plancia_register_row_get_changed (row), ==, 0);

  /* The same value again: time moves, nobody is told. */
  apply_word (fixture, "voltage", 2314, 2000);
  g_assert_cmpuint (fixture->notified, ==, 1);
  g_assert_cmpint (plancia_register_row_get_time (row), ==, 2000);
  g_assert_cmpint (plancia_register_row_get_changed (row), ==, 0);

  apply_word (fixture, "voltage", 2315, 3000);
  g_assert_cmpuint (fixture->notified, ==, 2);
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "231.5");
  g_assert_cmpint (plancia_register_row_get_changed (row), ==, 3000);
  g_assert_cmpuint (fixture->items_changed, ==, 0);
}

static void
test_apply_unknown_key (Fixture *fixture, gconstpointer data)
{
  apply_quality (fixture, "no such key", PLANCIA_QUALITY_MISSING, NULL);
  g_assert_cmpuint (fixture->notified, ==, 0);
}

static void
test_refused_keeps_value (Fixture *fixture, gconstpointer data)
{
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "voltage");

  apply_word (fixture, "voltage", 2314, 1000);
  apply_quality (fixture, "voltage", PLANCIA_QUALITY_REFUSED, "illegal address");
  g_assert_cmpuint (fixture->notified, ==, 2);
  g_assert_cmpint (plancia_register_row_get_quality (row), ==, PLANCIA_QUALITY_REFUSED);
  g_assert_cmpstr (plancia_register_row_get_message (row), ==, "illegal address");
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "231.4");
  g_assert_cmpint (plancia_register_row_get_time (row), ==, 1000);

  apply_quality (fixture, "voltage", PLANCIA_QUALITY_MISSING, NULL);
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "—");
}

static void
test_stage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "limit");

  apply_word (fixture, "limit", 60, 1000);
  g_assert_true (stage (fixture, "limit", 4.5, &error));
  g_assert_no_error (error);
  g_assert_true (plancia_register_row_is_staged (row));
  g_assert_cmpstr (plancia_register_row_get_text (row), ==, "6.0");
  g_assert_cmpstr (plancia_register_row_get_staged_text (row), ==, "4.5");
  g_assert_cmpuint (plancia_register_row_get_staged_words (row)[0], ==, 45);
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 1);

  g_assert_true (stage (fixture, "limit", 5.0, NULL));
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 1);
  edits = plancia_register_model_get_edits (fixture->model);
  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (((PlanciaEdit *) edits->pdata[0])->value.number, 5.0, 1e-9);
  g_assert_cmpuint (fixture->staged_changed, ==, 2);
}

static void
test_stage_present_unstages (Fixture *fixture, gconstpointer data)
{
  apply_word (fixture, "limit", 63, 1000);
  g_assert_true (stage (fixture, "limit", 4.5, NULL));
  /* 63 * 0.1 is not 6.3 in binary: the words decide. */
  g_assert_true (stage (fixture, "limit", 6.3, NULL));
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 0);
  g_assert_false (
    plancia_register_row_is_staged (plancia_register_model_find (fixture->model, "limit")));
  g_assert_cmpuint (fixture->staged_changed, ==, 2);

  g_assert_true (stage (fixture, "limit", 6.3, NULL));
  g_assert_cmpuint (fixture->staged_changed, ==, 2);
}

static void
test_stage_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *key;
    double      number;
    int         code;
  } cases[] = {
    {"voltage",     230.0, PLANCIA_DEVICE_ERROR_READ_ONLY   },
    {"grid_code",   1.0,   PLANCIA_DEVICE_ERROR_READ_ONLY   },
    {"pair_result", 1.0,   PLANCIA_DEVICE_ERROR_READ_ONLY   },
    {"limit",       10.1,  PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
    {"limit",       -0.1,  PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
    {"mode",        7.0,   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s = %g", cases[i].key, cases[i].number);
    g_assert_false (stage (fixture, cases[i].key, cases[i].number, &error));
    g_assert_error (error, PLANCIA_DEVICE_ERROR, cases[i].code);
  }
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 0);
  g_assert_cmpuint (fixture->staged_changed, ==, 0);
}

static void
test_discard (Fixture *fixture, gconstpointer data)
{
  g_assert_true (stage (fixture, "limit", 4.5, NULL));
  g_assert_true (stage (fixture, "mode", 1, NULL));
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 2);

  plancia_register_model_discard (fixture->model);
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 0);
  g_assert_cmpuint (fixture->staged_changed, ==, 3);
  plancia_register_model_discard (fixture->model);
  g_assert_cmpuint (fixture->staged_changed, ==, 3);
}

static void
test_outcomes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    PlanciaVerdict verdict;
    int            before;
    int            after;
    gboolean       staged;
    const char    *text;
  } cases[] = {
    {PLANCIA_VERDICT_VERIFIED, 60, 45, FALSE, "4.5"},
    {PLANCIA_VERDICT_DIFFERS,  60, 60, TRUE,  "6.0"},
    {PLANCIA_VERDICT_UNKNOWN,  60, -1, TRUE,  "6.0"},
    {PLANCIA_VERDICT_SKIPPED,  45, -1, FALSE, "4.5"},
    {PLANCIA_VERDICT_SKIPPED,  -1, -1, TRUE,  "6.0"},
    {PLANCIA_VERDICT_REFUSED,  60, -1, TRUE,  "6.0"},
  };
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "limit");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) outcomes = register_fixture_outcomes_new ();

    g_test_message ("case %u", i);
    apply_word (fixture, "limit", 59, 500);
    apply_word (fixture, "limit", 60, 1000);
    g_assert_true (stage (fixture, "limit", 4.5, NULL));
    register_fixture_outcomes_add (outcomes,
                                   "limit",
                                   cases[i].verdict,
                                   cases[i].before,
                                   45,
                                   cases[i].after);
    plancia_register_model_set_outcomes (fixture->model, outcomes);

    g_assert_cmpint (plancia_register_row_get_outcome (row)->verdict, ==, cases[i].verdict);
    g_assert_cmpint (plancia_register_row_is_staged (row), ==, cases[i].staged);
    g_assert_cmpstr (plancia_register_row_get_text (row), ==, cases[i].text);
    plancia_register_model_discard (fixture->model);
  }
}

static void
test_unknown_settled_by_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = register_fixture_outcomes_new ();

  apply_word (fixture, "limit", 60, 1000);
  g_assert_true (stage (fixture, "limit", 4.5, NULL));
  register_fixture_outcomes_add (outcomes, "limit", PLANCIA_VERDICT_UNKNOWN, 60, 45, -1);
  plancia_register_model_set_outcomes (fixture->model, outcomes);

  /* What was read before the write proves nothing: the old value may be staged to undo it. */
  g_assert_true (stage (fixture, "limit", 6.0, NULL));
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 1);
  g_assert_true (stage (fixture, "limit", 4.5, NULL));

  apply_word (fixture, "limit", 45, 2000);
  g_assert_cmpuint (plancia_register_model_get_n_staged (fixture->model), ==, 0);
}

static void
test_star (Fixture *fixture, gconstpointer data)
{
  PlanciaRegisterRow *row = plancia_register_model_find (fixture->model, "voltage");

  plancia_register_row_set_starred (row, TRUE);
  plancia_register_row_set_starred (row, TRUE);
  g_assert_true (plancia_register_row_get_starred (row));
  g_assert_cmpuint (fixture->notified, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/register-model/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("apply", test_apply);
  ADD ("apply-unknown-key", test_apply_unknown_key);
  ADD ("refused-keeps-value", test_refused_keeps_value);
  ADD ("stage", test_stage);
  ADD ("stage-present-unstages", test_stage_present_unstages);
  ADD ("stage-refused", test_stage_refused);
  ADD ("discard", test_discard);
  ADD ("outcomes", test_outcomes);
  ADD ("unknown-settled-by-reading", test_unknown_settled_by_reading);
  ADD ("star", test_star);
#undef ADD

  return g_test_run ();
}
