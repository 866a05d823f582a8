/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-edit.h"

#include "map/import.h"
#include "map/map-catalog.h"
#include "model/map-table.h"
#include <string.h>

#include "tests/base/own-dirs.h"

#define LIMIT_MS 30000

static PlanciaMapEdit *
open_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMapSource *source = plancia_map_source_load (id, &error);

  g_assert_no_error (error);
  return plancia_map_edit_new (source);
}

static void
assert_complains (PlanciaMapEditRow *row, const char *member, const char *words)
{
  const char *found = plancia_map_edit_row_get_complaint (row, member);

  g_assert_cmpstr (found, ==, words);
}

static void
assert_text (PlanciaMapEditRow *row, const char *member, const char *expected)
{
  g_autofree char *text = plancia_map_edit_row_get_text (row, member);

  g_assert_cmpstr (text, ==, expected);
}

/* What is typed is checked at once, against the neighbours too; what is put right is right. */
static void
test_complaints (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-1ph-hyd-hp-g3");
  PlanciaMapEditRow *state = plancia_map_edit_find (edit, "state");

  g_assert_false (plancia_map_edit_get_changed (edit));
  g_assert_cmpuint (plancia_map_edit_get_wrong (edit), ==, 0);
  plancia_map_edit_set_text (edit, state, "address", "zz");
  assert_complains (state,
                    "address",
                    "expected an integer from 0 to 65535 or its hexadecimal text, got \"zz\"");
  assert_complains (state, "name", NULL);
  g_assert_cmpuint (plancia_map_edit_get_wrong (edit), ==, 1);
  g_assert_true (plancia_map_edit_get_changed (edit));

  plancia_map_edit_set_text (edit, state, "address", "0x0445");
  assert_complains (state, "address", "\"serial_number\" overlaps \"state\" at 0x0445");
  plancia_map_edit_set_text (edit, state, "address", "1028");
  assert_complains (state, NULL, NULL);
  assert_text (state, "address", "0x0404");
  g_assert_false (plancia_map_edit_row_get_differs (state));
  g_assert_cmpuint (plancia_map_edit_get_wrong (edit), ==, 0);

  plancia_map_edit_set_text (edit, state, "type", "u32");
  g_assert_nonnull (plancia_map_edit_row_get_complaint (state, "count"));
  plancia_map_edit_set_text (edit, state, "type", "u16");
  plancia_map_edit_set_text (edit, state, "scale", "0,5");
  assert_text (state, "scale", "0.5");
  g_assert_true (plancia_map_edit_row_get_differs (state));
  plancia_map_edit_set_text (edit, state, "scale", "much");
  plancia_map_edit_set_text (edit, state, "name", " ");
  assert_complains (state, "scale", "expected a number, got \"much\"");
  assert_complains (state, "name", "is missing");
  plancia_map_edit_set_text (edit, state, "key", "serial_number");
  assert_complains (state, "key", NULL);
  plancia_map_edit_set_text (edit, state, "name", "State");
  plancia_map_edit_set_text (edit, state, "scale", "");
  assert_complains (state, "key", "\"serial_number\" is used twice");
}

/* A register of a write block stays where the block has it. */
static void
test_blocks (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-1ph-hyd-hp-g3");
  PlanciaMapEditRow *row = plancia_map_edit_find (edit, "clock_set_year");
  const char        *block = NULL;
  g_autofree char   *before = plancia_map_edit_row_get_text (row, "address");

  plancia_map_edit_set_text (edit, row, "address", "0x10FE");
  g_assert_nonnull (plancia_map_edit_row_get_complaint (row, "address"));
  plancia_map_edit_set_text (edit, row, "address", before);
  assert_complains (row, NULL, NULL);
  g_assert_cmpint (plancia_map_edit_remove (edit, row, &block), ==, -1);
  g_assert_nonnull (block);
}

static void
test_rows (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-1ph-hyd-hp-g3");
  GListModel        *rows = plancia_map_edit_get_rows (edit);
  guint              n = g_list_model_get_n_items (rows);
  PlanciaMapEditRow *mode = plancia_map_edit_find (edit, "storage_mode");
  PlanciaMapEditRow *copy = plancia_map_edit_duplicate (edit, mode);
  PlanciaMapEditRow *row = plancia_map_edit_add (edit, plancia_map_edit_find (edit, "state"));
  g_autoptr (PlanciaMapEditRow) kept = g_object_ref (row);
  g_autoptr (PlanciaMapEditRow) second = NULL;
  const char *block = NULL;
  int         place;

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n + 2);
  second = g_list_model_get_item (rows, 1);
  g_assert_true (second == row);
  /* The next one is taken by its neighbour. */
  assert_text (row, "address", "0x0405");
  g_assert_nonnull (plancia_map_edit_row_get_complaint (row, "address"));
  plancia_map_edit_set_text (edit, row, "address", "0x0443");
  plancia_map_edit_set_text (edit, row, "name", "Pump speed");
  assert_text (row, "key", "pump_speed");
  plancia_map_edit_set_text (edit, row, "key", "pump");
  plancia_map_edit_set_text (edit, row, "name", "Pump speed, rpm");
  assert_text (row, "key", "pump");
  assert_complains (row, NULL, NULL);

  /* That the first can be written was said of its address only. */
  g_assert_true (plancia_map_edit_row_get_writable (mode));
  g_assert_false (plancia_map_edit_row_get_writable (copy));
  assert_text (copy, "key", "storage_mode_2");
  assert_text (copy, "values", "g3_storage_mode");

  place = plancia_map_edit_remove (edit, row, &block);
  g_assert_cmpint (place, ==, 1);
  g_assert_null (plancia_map_edit_find (edit, "pump"));
  plancia_map_edit_put_back (edit, kept, place);
  g_assert_true (plancia_map_edit_find (edit, "pump") == kept);
}

/* --- saving ---------------------------------------------------------------------------------- */

typedef struct
{
  gboolean done;
  char    *id;
  GError  *error;
} Outcome;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->id = plancia_map_edit_save_finish (PLANCIA_MAP_EDIT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
expire (gpointer user_data)
{
  g_error ("nobody called back");
  return G_SOURCE_REMOVE;
}

/* The id, or NULL with an error of this code. */
static char *
save (PlanciaMapEdit *edit, gboolean in_place, int code)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test-save");
  Outcome outcome = {FALSE, NULL, NULL};
  guint   watchdog = g_timeout_add (LIMIT_MS, expire, NULL);

  plancia_map_edit_save_async (edit, worker, in_place, FALSE, saved_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  plancia_worker_stop (worker);
  if (code == 0)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, G_IO_ERROR, code);
  g_clear_error (&outcome.error);
  return outcome.id;
}

/* An own map says what differs and nothing else, follows the shipped one, and is not found by detection. */
static void
test_own (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-1ph-hyd-hp-g3");
  g_autoptr (PlanciaMapEdit) twin = open_map ("zcs-1ph-hyd-hp-g3");
  g_autoptr (PlanciaMapEdit) again = NULL;
  g_autoptr (PlanciaMap) map = NULL;
  g_autofree char    *id = NULL;
  g_autofree char    *text = NULL;
  g_autofree char    *confidence = NULL;
  g_autofree char    *source = NULL;
  g_autofree char    *key = plancia_map_edit_add_group (edit, "Room");
  const PlanciaField *field;
  guint               n_sources = plancia_map_edit_get_n_sources (edit);
  PlanciaMapEditRow  *row = plancia_map_edit_add (edit, NULL);

  plancia_map_edit_set_text (edit, row, "address", "0x0443");
  plancia_map_edit_set_text (edit, row, "name", "Pump speed");
  plancia_map_edit_set_text (edit, row, "group", key);
  plancia_map_edit_set_text (edit, row, "note", "Seen on the display");
  plancia_map_edit_set_text (edit,
                             plancia_map_edit_find (edit, "storage_mode"),
                             "write.danger",
                             "battery");
  plancia_map_edit_set_head (edit, "name", "Casa Rossi");
  plancia_map_edit_set_head (edit, "confidence", "tested");
  plancia_map_edit_add_source (edit);
  plancia_map_edit_set_source (edit, n_sources, "ref", "the owner");
  id = save (edit, FALSE, 0);
  g_assert_cmpstr (id, ==, "casa-rossi");
  g_assert_false (plancia_map_edit_get_changed (edit));

  map = plancia_map_catalog_get (id, NULL);
  text = plancia_map_to_json (map);
  g_assert_cmpuint (strlen (text), <, 4000);
  g_assert_nonnull (strstr (text, "\"extends\": \"zcs-1ph-hyd-hp-g3\""));
  g_assert_null (plancia_map_get_detect (map));
  field = plancia_map_find_field (map, "pump_speed");
  g_assert_cmpuint (field->address, ==, 0x0443);
  g_assert_cmpstr (field->group, ==, "room");
  g_assert_cmpstr (field->note, ==, "Seen on the display");
  g_assert_cmpint (plancia_map_find_field (map, "storage_mode")->danger,
                   ==,
                   PLANCIA_DANGER_BATTERY);
  g_assert_cmpstr (plancia_map_get_confidence (map), ==, "tested");

  again = open_map (id);
  g_assert_true (plancia_map_edit_get_own (again));
  g_assert_cmpstr (plancia_map_edit_get_base_id (again), ==, "zcs-1ph-hyd-hp-g3");
  g_assert_true (plancia_map_edit_row_get_differs (plancia_map_edit_find (again, "storage_mode")));
  g_assert_false (plancia_map_edit_row_get_differs (plancia_map_edit_find (again, "state")));
  confidence = plancia_map_edit_get_head (again, "confidence");
  g_assert_cmpstr (confidence, ==, "tested");
  source = plancia_map_edit_get_source (again, n_sources, "ref");
  g_assert_cmpstr (source, ==, "the owner");

  /* Another map is not written over; under another name it goes. */
  plancia_map_edit_set_head (twin, "name", "Casa Rossi");
  g_assert_null (save (twin, FALSE, G_IO_ERROR_EXISTS));
  plancia_map_edit_set_head (twin, "name", "Casa Bianchi");
  g_free (save (twin, FALSE, 0));
}

/* In place of the shipped one: detection finds it. */
static void
test_in_place (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-3ph-ktl-v3-g3");
  g_autofree char *first = plancia_map_catalog_detect (3, 0x0445, "SS2ES001");
  g_autofree char *id = NULL;
  g_autofree char *found = NULL;
  g_autoptr (PlanciaMap) map = NULL;

  g_assert_cmpstr (first, ==, "zcs-3ph-ktl-v3-g3");
  plancia_map_edit_set_text (edit, plancia_map_edit_find (edit, "state"), "note", "Mine");
  id = save (edit, TRUE, 0);
  g_assert_cmpstr (id, ==, "zcs-3ph-ktl-v3-g3");
  found = plancia_map_catalog_detect (3, 0x0445, "SS2ES001");
  g_assert_cmpstr (found, ==, id);
  map = plancia_map_catalog_get (id, NULL);
  g_assert_cmpstr (plancia_map_find_field (map, "state")->note, ==, "Mine");
}

/* What was imported stays read-only until somebody says otherwise, register by register. */
static void
test_unlock (void)
{
  static const char text[] = "name;address;type;rw\nMode;0x1110;u16;RW\nGrid;0x0801;u16;RW\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = plancia_import_bytes (bytes, "list.csv", NULL, &error);
  g_autofree char *id = plancia_import_save (result, "From a list", NULL, FALSE, &error);
  g_autoptr (PlanciaMapEdit) edit = open_map (id);
  g_autoptr (PlanciaMap) map = NULL;
  PlanciaMapEditRow *mode = plancia_map_edit_find (edit, "mode");
  PlanciaMapEditRow *grid = plancia_map_edit_find (edit, "grid");

  g_assert_no_error (error);
  g_assert_null (plancia_map_edit_get_base_id (edit));
  g_assert_true (plancia_map_edit_row_get_locked (mode));
  g_assert_false (plancia_map_edit_row_get_writable (mode));
  g_assert_cmpint (plancia_map_edit_row_get_unlock_reason (grid), ==, PLANCIA_UNLOCK_FORBIDDEN);
  g_assert_false (plancia_map_edit_set_writable (edit, grid, TRUE));
  g_assert_true (plancia_map_edit_set_writable (edit, mode, TRUE));
  assert_text (mode, "write.danger", "caution");
  assert_complains (mode, NULL, NULL);
  g_free (save (edit, FALSE, 0));

  map = plancia_map_catalog_get (id, &error);
  g_assert_no_error (error);
  g_assert_true (plancia_field_is_writable (plancia_map_find_field (map, "mode")));
  g_assert_false (plancia_field_is_writable (plancia_map_find_field (map, "grid")));
  g_clear_pointer (&map, plancia_map_unref);

  g_assert_true (plancia_map_edit_set_writable (edit, mode, FALSE));
  g_assert_true (plancia_map_edit_row_get_locked (mode));
  g_free (save (edit, FALSE, 0));
  map = plancia_map_catalog_get (id, &error);
  g_assert_false (plancia_field_is_writable (plancia_map_find_field (map, "mode")));
  /* Whatever is typed, the grid code stays out of reach. */
  plancia_map_edit_set_text (edit, grid, "access", "rw");
  plancia_map_edit_set_text (edit, grid, "write.danger", "none");
  g_assert_nonnull (plancia_map_edit_row_get_complaint (grid, "access"));
}

static void
test_unknown_keys (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("chint-ddsu666");
  g_autoptr (PlanciaMapEdit) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) more = NULL;

  plancia_map_edit_set_head (edit, "name", "Casa Rossi");
  plancia_map_edit_set_text (edit, plancia_map_edit_find (edit, "grid_frequency"), "note", "Mine");
  id = save (edit, FALSE, 0);
  before = plancia_map_edit_to_text (edit, FALSE, FALSE);
  more = g_string_new (before);
  g_assert_cmpuint (
    g_string_replace (more, "\"note\": \"Mine\"", "\"note\": \"Mine\", \"x-mine\": [1]", 0),
    ==,
    1);
  g_string_replace (more, "{", "{\"x-top\": {\"a\": null},", 1);
  g_assert_true (plancia_map_catalog_save (id, more->str, TRUE, &error));
  again = open_map (id);
  plancia_map_edit_set_text (again, plancia_map_edit_find (again, "grid_frequency"), "unit", "cHz");
  after = plancia_map_edit_to_text (again, FALSE, FALSE);
  g_assert_nonnull (strstr (after, "\"x-mine\": [1]"));
  g_assert_nonnull (strstr (after, "\"x-top\""));
}

/* Words of values: checked as they are typed, shared ones changed for all or for one register, kept as the difference. */
static void
test_tables (void)
{
  g_autoptr (PlanciaMapEdit) edit = open_map ("zcs-3ph-hyd-g3");
  PlanciaMapEditRow *mode = plancia_map_edit_find (edit, "storage_mode");
  PlanciaMapEditRow *fan = plancia_map_edit_add (edit, mode);
  g_autoptr (PlanciaMapTable) table = plancia_map_table_new (edit, mode, "values");
  g_autoptr (PlanciaMapTable) bits = plancia_map_table_new (edit, fan, "bits");
  g_autofree char *text = NULL;
  guint            last;

  g_assert_cmpuint (plancia_map_table_get_length (table), >, 2);
  g_assert_cmpuint (plancia_map_table_count_users (table, edit), >=, 1);
  g_assert_true (plancia_map_table_is_right (table));
  last = plancia_map_table_add (table);
  g_assert_cmpstr (plancia_map_table_get_complaint (table, last), ==, "Words are missing");
  plancia_map_table_set_words (table, last, " Night only ");
  plancia_map_table_set_number (table, last, "0");
  g_assert_cmpstr (plancia_map_table_get_complaint (table, last),
                   ==,
                   "This number is in the table twice");
  plancia_map_table_set_number (table, last, "1O");
  g_assert_cmpstr (plancia_map_table_get_complaint (table, last), ==, "Not a whole number");
  g_assert_false (plancia_map_table_is_right (table));
  plancia_map_table_set_number (table, last, "0x2A");
  g_assert_true (plancia_map_table_is_right (table));
  plancia_map_table_apply (table, edit, mode, TRUE);
  assert_text (mode, "values", "storage_mode");
  g_assert_true (plancia_map_edit_row_get_differs (mode));

  g_assert_false (plancia_map_table_is_right (bits));
  plancia_map_table_set_words (bits, plancia_map_table_add (bits), "Running");
  plancia_map_table_set_number (bits, 0, "-1");
  g_assert_nonnull (plancia_map_table_get_complaint (bits, 0));
  plancia_map_table_set_number (bits, 0, "3");
  plancia_map_table_apply (bits, edit, fan, FALSE);
  plancia_map_edit_set_text (edit, fan, "address", "0x3F00");
  g_assert_cmpuint (plancia_map_edit_get_wrong (edit), ==, 0);

  text = plancia_map_edit_to_text (edit, FALSE, FALSE);
  g_assert_nonnull (strstr (text, "\"Night only\""));
  g_assert_nonnull (strstr (text, "\"value\": 42"));
  g_assert_nonnull (strstr (text, "\"bit\": 3"));
}

/* From nothing: one register, read only, of the kind of the device; it loads. */
static void
test_new (void)
{
  g_autoptr (PlanciaMapEdit) edit = plancia_map_edit_new (plancia_map_source_new ("heat_pump"));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaMap) map = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (plancia_map_edit_get_rows (edit)), ==, 1);
  g_assert_null (plancia_map_edit_get_base_id (edit));
  plancia_map_edit_set_head (edit, "name", "Cellar pump");
  text = plancia_map_edit_to_text (edit, FALSE, TRUE);
  bytes = g_bytes_new (text, strlen (text));
  map = plancia_map_new_from_bytes (bytes, "cellar-pump.json", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_id (map), ==, "cellar-pump");
  g_assert_cmpstr (plancia_map_get_name (map), ==, "Cellar pump");
  g_assert_cmpstr (plancia_map_get_device_kind (map), ==, "heat_pump");
  g_assert_cmpuint (plancia_map_get_n_fields (map), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/map-edit/complaints", test_complaints);
  g_test_add_func ("/model/map-edit/blocks", test_blocks);
  g_test_add_func ("/model/map-edit/rows", test_rows);
  g_test_add_func ("/model/map-edit/own", test_own);
  g_test_add_func ("/model/map-edit/in-place", test_in_place);
  g_test_add_func ("/model/map-edit/unlock", test_unlock);
  g_test_add_func ("/model/map-edit/unknown-keys", test_unknown_keys);
  g_test_add_func ("/model/map-edit/tables", test_tables);
  g_test_add_func ("/model/map-edit/new", test_new);
  return g_test_run ();
}
