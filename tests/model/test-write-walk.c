/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every writable register of every map that ships, against a simulated device: staged, written, read back, found in the journal,
 * and undone. */

#include "backend/backend-factory.h"
#include "base/error.h"
#include "history/journal.h"
#include "map/map-catalog.h"
#include "model/register-model.h"
#include "simulator/simulator.h"
#include <string.h>

#define WATCHDOG_SECONDS 60

typedef struct
{
  PlanciaSimulator     *simulator;
  PlanciaBackend       *backend;
  PlanciaJournal       *journal;
  PlanciaMap           *map;
  PlanciaRegisterModel *model;
  guint                 n_proven;
  guint                 n_sent; /* reading back proves nothing */
} Walk;

/* --- calls and waiting ------------------------------------------------------------------------ */

static void
keep_result (GObject *source, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

static gboolean
watchdog_barks (gpointer what)
{
  g_error ("Watchdog: still waiting for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

static void
wait_for (GAsyncResult **result, const char *what)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, (gpointer) what);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static PlanciaReadings *
read_keys (Walk *self, GPtrArray *keys)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaReadings *readings;

  g_ptr_array_add (keys, NULL);
  plancia_backend_read_async (self->backend,
                              "d",
                              (const char *const *) keys->pdata,
                              NULL,
                              keep_result,
                              &result);
  wait_for (&result, "a reading");
  readings = plancia_backend_read_finish (self->backend, result, &error);
  g_assert_no_error (error);
  return readings;
}

static GPtrArray *
write_staged (Walk *self, const char *kind)
{
  const PlanciaJournalPlace place = {.device_id = "d", .device = "Walked", .kind = kind};
  g_autoptr (PlanciaWriteLog) log = plancia_journal_log (self->journal, &place);
  g_autoptr (GPtrArray) edits = plancia_register_model_get_edits (self->model);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *outcomes;

  plancia_backend_write_async (self->backend,
                               "d",
                               edits,
                               log,
                               NULL,
                               NULL,
                               NULL,
                               keep_result,
                               &result);
  wait_for (&result, "a write");
  outcomes = plancia_backend_write_finish (self->backend, result, &error);
  g_assert_no_error (error);
  return outcomes;
}

static PlanciaJournalEntry *
newest_entry (Walk *self)
{
  const PlanciaJournalFilter newest = {.limit = 1};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  plancia_journal_list_async (self->journal, &newest, NULL, keep_result, &result);
  wait_for (&result, "the journal");
  entries = plancia_journal_list_finish (self->journal, result, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  return plancia_journal_entry_ref (g_ptr_array_index (entries, 0));
}

/* --- the device ------------------------------------------------------------------------------- */

static const char *
kind_of (PlanciaMap *map)
{
  static const char *const kinds[][2] = {
    {"heat_pump",  "heat-pump"  },
    {"ev_charger", "ev-charger" },
    {"storage",    "power-magic"},
    {"battery",    "inverter"   },
    {"meter",      "meter"      },
  };
  const char *kind = plancia_map_get_device_kind (map);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i][0], kind))
      return kinds[i][1];
  return "inverter";
}

static PlanciaScenario *
new_scenario (PlanciaMap *map)
{
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"plancia-scenario\",\"version\":1,\"name\":\"Walk\","
    "\"place\":{\"latitude\":43.46,\"longitude\":11.88,\"zone\":\"Europe/Rome\"},"
    "\"start\":\"2026-06-12T14:05:30+02:00\",\"speed\":1,\"seed\":7,\"commissioned\":\"2026-06-01\","
    "\"devices\":[{\"kind\":\"%s\",\"name\":\"walked\",\"route\":\"modbus-tcp\",\"unit\":1,\"map\":\"%s\","
    "\"serial\":\"ZP1ES110K00001\",\"ratings\":{\"peak\":9000,\"limit\":8000,\"load\":\"home\","
    "\"capacity\":10000,\"battery_power\":4000}}]}",
    kind_of (map),
    plancia_map_get_id (map));
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  PlanciaScenario *scenario = plancia_scenario_new_from_bytes (bytes, "walk", &error);

  g_assert_no_error (error);
  return scenario;
}

static void
open_backend (Walk *self)
{
  const PlanciaSimulatorDevice *device =
    g_ptr_array_index (plancia_simulator_get_devices (self->simulator), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, &error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  self->backend = plancia_backend_factory_new (address, NULL, &error);
  g_assert_no_error (error);
  plancia_backend_add_device (self->backend, "d", 1, NULL, self->map);
  plancia_backend_open_async (self->backend, NULL, keep_result, &result);
  wait_for (&result, "the connection");
  plancia_backend_open_finish (self->backend, result, &error);
  g_assert_no_error (error);
}

static void
walk_open (Walk *self, const char *id)
{
  g_autoptr (PlanciaScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;

  self->map = plancia_map_catalog_get (id, &error);
  g_assert_no_error (error);
  scenario = new_scenario (self->map);
  self->simulator = plancia_simulator_new (scenario);
  plancia_simulator_start (self->simulator, &error);
  g_assert_no_error (error);
  self->journal = plancia_journal_new (":memory:");
  self->model = plancia_register_model_new (self->map);
  open_backend (self);
}

static void
walk_close (Walk *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_close_async (self->backend, keep_result, &result);
  wait_for (&result, "the end");
  plancia_backend_close_finish (self->backend, result, NULL);
  plancia_journal_close (self->journal);
  plancia_simulator_stop (self->simulator);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_clear_object (&self->backend);
  g_clear_object (&self->journal);
  g_clear_object (&self->model);
  g_clear_object (&self->simulator);
  g_clear_pointer (&self->map, plancia_map_unref);
}

/* --- one register ----------------------------------------------------------------------------- */

/* The register, and all that its block looks at. */
static void
read_around (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaField      *field = plancia_register_row_get_field (row);
  const PlanciaWriteBlock *block = plancia_register_row_get_block (row);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (PlanciaReadings) readings = NULL;

  g_ptr_array_add (keys, (gpointer) field->key);
  for (guint i = 0; block != NULL && i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->field != NULL && item->field != field)
      g_ptr_array_add (keys, (gpointer) item->field->key);
  }
  if (block != NULL && block->requires_field != NULL)
    g_ptr_array_add (keys, (gpointer) block->requires_field->key);
  readings = read_keys (self, keys);
  plancia_register_model_apply (self->model, readings);
}

static gboolean
try_to_stage (Walk *self, PlanciaRegisterRow *row, const PlanciaValue *value)
{
  return plancia_register_model_stage (self->model, row, value, NULL) &&
         plancia_register_row_is_staged (row);
}

static gboolean
stage_number (Walk *self, PlanciaRegisterRow *row, double number)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  PlanciaValue        value = {.kind = PLANCIA_VALUE_NUMBER, .number = number};

  value.integer = (gint64) ((number - field->offset) / (field->scale != 0 ? field->scale : 1) +
                            (number < field->offset ? -0.5 : 0.5));
  if (field->type == PLANCIA_FIELD_BITS)
    value.kind = PLANCIA_VALUE_BITS;
  return try_to_stage (self, row, &value);
}

static gboolean
stage_label (Walk *self, PlanciaRegisterRow *row, GPtrArray *labels)
{
  for (guint i = 0; i < labels->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (labels, i);
    PlanciaValue        value = {.kind = PLANCIA_VALUE_NUMBER,
                                 .number = (double) label->number,
                                 .integer = label->number};

    if (try_to_stage (self, row, &value))
      return TRUE;
  }
  return FALSE;
}

static gboolean
stage_bit (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const PlanciaValue *present = plancia_register_row_get_value (row);
  const PlanciaLabel *first = field->bits != NULL ? g_ptr_array_index (field->bits, 0) : NULL;
  gint64              bit = (gint64) 1 << (first != NULL ? first->number : 0);
  PlanciaValue        value = {.kind = PLANCIA_VALUE_BITS, .integer = present->integer ^ bit};

  return try_to_stage (self, row, &value);
}

/* A value that the register has not, and that a person could type. */
static gboolean
stage_other_value (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const PlanciaValue *present = plancia_register_row_get_value (row);
  double              step = plancia_field_resolution (field);
  double              number = present->kind == PLANCIA_VALUE_NUMBER ? present->number : 0;

  if (field->values != NULL)
    return stage_label (self, row, field->values);
  if (field->type == PLANCIA_FIELD_BITS)
    return stage_bit (self, row);
  if (field->type == PLANCIA_FIELD_HHMM || field->type == PLANCIA_FIELD_MMDD)
    return stage_number (self, row, number + 1) || stage_number (self, row, number - 1);
  return stage_number (self, row, number + step) || stage_number (self, row, number - step) ||
         (field->has_minimum && stage_number (self, row, field->minimum)) ||
         (field->has_maximum && stage_number (self, row, field->maximum));
}

/* Passive setpoints are taken in passive mode only. */
static void
stage_requirement (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaWriteBlock *block = plancia_register_row_get_block (row);
  PlanciaRegisterRow      *required;
  PlanciaValue             value = {.kind = PLANCIA_VALUE_NUMBER};

  if (block == NULL || block->requires_field == NULL)
    return;
  required = plancia_register_model_find (self->model, block->requires_field->key);
  value.integer = block->requires_value;
  value.number = (double) block->requires_value;
  plancia_register_model_stage (self->model, required, &value, NULL);
}

/* Another register follows, where its value would be on the wrong side. */
static void
stage_along (Walk *self, PlanciaRegisterRow *row, const char *key, gboolean below)
{
  const PlanciaValue *staged = plancia_register_row_get_staged (row);
  PlanciaRegisterRow *other = plancia_register_model_find (self->model, key);
  double              present = plancia_register_row_get_value (other)->number;

  if (below ? present > staged->number : present < staged->number)
    plancia_register_model_stage (self->model, other, staged, NULL);
}

/* "a <= b" of the block. */
static void
stage_check (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaWriteBlock *block = plancia_register_row_get_block (row);
  const PlanciaField      *field = plancia_register_row_get_field (row);

  for (guint i = 0; block != NULL && block->checks != NULL && i < block->checks->len; i++) {
    g_auto (GStrv) sides = g_strsplit (g_ptr_array_index (block->checks, i), " <= ", 2);

    if (g_strcmp0 (sides[1], field->key) == 0)
      stage_along (self, row, sides[0], TRUE);
    else if (g_strcmp0 (sides[0], field->key) == 0 && sides[1] != NULL)
      stage_along (self, row, sides[1], FALSE);
  }
}

static const PlanciaWriteOutcome *
outcome_of (GPtrArray *outcomes, const char *key)
{
  for (guint i = 0; i < outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (g_str_equal (outcome->key, key))
      return outcome;
  }
  g_error ("no outcome for %s", key);
}

static void
assert_written (Walk *self, const PlanciaField *field, const PlanciaWriteOutcome *outcome)
{
  if (outcome->verdict != PLANCIA_VERDICT_VERIFIED &&
      !(outcome->verdict == PLANCIA_VERDICT_SENT && field->unprovable))
    g_error ("%s %s: %s, %s",
             plancia_map_get_id (self->map),
             field->key,
             plancia_verdict_name (outcome->verdict),
             outcome->message != NULL ? outcome->message : "");
  g_assert_nonnull (outcome->before);
  g_assert_nonnull (outcome->sent);
}

/* The row that was begun before it left is finished, and says what was sent. */
static void
assert_recorded (Walk *self, const PlanciaField *field, const PlanciaWriteOutcome *outcome)
{
  g_autoptr (PlanciaJournalEntry) entry = newest_entry (self);
  g_autofree guint16 *words = g_new0 (guint16, entry->count);

  g_assert_cmpint (entry->state, ==, PLANCIA_JOURNAL_FINISHED);
  g_assert_true (entry->sent);
  g_assert_cmpint (entry->verdict, ==, outcome->verdict);
  g_assert_cmpuint (entry->address, <=, field->address);
  g_assert_true (plancia_journal_parse_words (entry->new_, words, entry->count));
  g_assert_cmpmem (words + (field->address - entry->address),
                   field->count * sizeof *words,
                   outcome->sent,
                   outcome->n_words * sizeof *words);
}

static void
assert_holds (Walk *self, PlanciaRegisterRow *row, const guint16 *words)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  read_around (self, row);
  g_assert_cmpmem (plancia_register_row_get_words (row),
                   field->count * sizeof *words,
                   words,
                   field->count * sizeof *words);
}

static void
undo (Walk *self, PlanciaRegisterRow *row, const guint16 *before)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  g_auto (PlanciaValue) old = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GError) error = NULL;

  plancia_field_decode (field, before, &old);
  plancia_register_model_stage (self->model, row, &old, &error);
  g_assert_no_error (error);
  stage_requirement (self, row);
  g_assert_true (plancia_register_row_is_staged (row));
  outcomes = write_staged (self, "undo");
  assert_written (self, field, outcome_of (outcomes, field->key));
  plancia_register_model_discard (self->model);
  assert_holds (self, row, before);
}

static void
walk_register (Walk *self, PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  g_autoptr (GPtrArray) outcomes = NULL;
  const PlanciaWriteOutcome *outcome;
  g_autofree guint16        *before = NULL;

  read_around (self, row);
  g_assert_nonnull (plancia_register_row_get_words (row));
  before = g_memdup2 (plancia_register_row_get_words (row), field->count * sizeof *before);
  if (!stage_other_value (self, row))
    g_error ("%s %s: there is no other value", plancia_map_get_id (self->map), field->key);
  stage_requirement (self, row);
  stage_check (self, row);
  outcomes = write_staged (self, "write");
  outcome = outcome_of (outcomes, field->key);
  assert_written (self, field, outcome);
  assert_recorded (self, field, outcome);
  self->n_proven += outcome->verdict == PLANCIA_VERDICT_VERIFIED;
  self->n_sent += outcome->verdict == PLANCIA_VERDICT_SENT;
  plancia_register_model_discard (self->model);
  assert_holds (self, row, outcome->sent);
  undo (self, row, before);
}

static void
test_map (gconstpointer id)
{
  Walk  walk = {0};
  guint n = 0;

  walk_open (&walk, id);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (walk.model)); i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (walk.model), i);

    if (!plancia_register_row_is_writable (row))
      continue;
    walk_register (&walk, row);
    n++;
  }
  g_test_message ("%s: %u registers, %u verified", (const char *) id, n, walk.n_proven);
  g_assert_cmpuint (walk.n_proven + walk.n_sent, ==, n);
  walk_close (&walk);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) ids = plancia_map_catalog_list ();

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *path = g_strconcat ("/write-walk/", ids[i], NULL);

    g_test_add_data_func_full (path, g_strdup (ids[i]), test_map, g_free);
  }
  return g_test_run ();
}
