/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison.h"

#include "base/clock.h"
#include "snapshot-fixture.h"
#include <string.h>

static PlanciaComparisonRow *
find (PlanciaComparison *self, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (PlanciaComparisonRow) row = g_list_model_get_item (G_LIST_MODEL (self), i);

    if (!plancia_comparison_row_is_heading (row) &&
        g_str_equal (plancia_comparison_row_get_key (row), key))
      return row; /* the comparison keeps it */
  }
  return NULL;
}

static guint
count_heading (PlanciaComparison *self, PlanciaSection section)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (PlanciaComparisonRow) row = g_list_model_get_item (G_LIST_MODEL (self), i);

    if (plancia_comparison_row_is_heading (row) &&
        plancia_comparison_row_get_section (row) == section)
      return plancia_comparison_row_get_count (row);
  }
  return 0;
}

static PlanciaComparison *
compare_hybrids (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaSnapshot) a = snapshot_fixture_new (map,
                                                        0,
                                                        "storage_mode",
                                                        0,
                                                        "export_limit_power",
                                                        0,
                                                        "firmware_master",
                                                        0x3039,
                                                        "bat_set_dod",
                                                        80,
                                                        "peak_reserve_soc",
                                                        -1,
                                                        "grid_frequency",
                                                        5000,
                                                        "pv_energy_total",
                                                        7,
                                                        NULL);
  g_autoptr (PlanciaSnapshot) b = snapshot_fixture_new (map,
                                                        0,
                                                        "storage_mode",
                                                        2,
                                                        "export_limit_power",
                                                        60,
                                                        "firmware_master",
                                                        0x3130,
                                                        "bat_set_dod",
                                                        80,
                                                        "grid_frequency",
                                                        5001,
                                                        "pv_energy_total",
                                                        9,
                                                        NULL);

  return plancia_comparison_new (a, map, b, map);
}

static void
shows_what_changed (void)
{
  g_autoptr (PlanciaComparison) self = compare_hybrids ();
  PlanciaComparisonRow *row = find (self, "storage_mode");

  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_SETTINGS), ==, 2);
  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_IDENTITY), ==, 1);
  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_NOT_IN_BOTH), ==, 1);
  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_READINGS), ==, 0);
  g_assert_cmpuint (plancia_comparison_count_different (self), ==, 4);
  g_assert_cmpuint (plancia_comparison_count_stageable (self), ==, 2);
  g_assert_cmpstr (plancia_comparison_row_get_raw_b (row), ==, "0002");
  g_assert_cmpstr (plancia_comparison_row_get_change (row), ==, "");
  g_assert_cmpstr (plancia_comparison_row_get_group (row), !=, "");
  g_assert_true (plancia_comparison_row_differs (row));
  g_assert_cmpint (
    g_ascii_strcasecmp (plancia_comparison_row_get_a (row), plancia_comparison_row_get_b (row)),
    !=,
    0);
  row = find (self, "export_limit_power");
  g_assert_cmpstr (plancia_comparison_row_get_change (row), ==, "+6000");
  g_assert_cmpstr (plancia_comparison_row_get_b (row), ==, "6000");
  row = find (self, "peak_reserve_soc");
  g_assert_cmpint (plancia_comparison_row_get_section (row), ==, PLANCIA_SECTION_NOT_IN_BOTH);
  g_assert_cmpstr (plancia_comparison_row_get_change (row), ==, "new");
  g_assert_cmpstr (plancia_comparison_row_get_a (row), ==, "\xe2\x80\x94");
  g_assert_null (find (self, "bat_set_dod"));
}

/* Sent and verified between the two, by a name or by an address. */
static PlanciaJournalEntry *
entry_at (gint64 time, const char *kind, const char *key, guint16 address)
{
  PlanciaJournalEntry *entry = g_new0 (PlanciaJournalEntry, 1);
  PlanciaJournalItem  *item = g_new0 (PlanciaJournalItem, 1);

  g_ref_count_init (&entry->references);
  entry->time = time;
  entry->kind = g_strdup (kind);
  entry->address = address;
  entry->count = 1;
  entry->state = PLANCIA_JOURNAL_FINISHED;
  entry->sent = TRUE;
  entry->verdict = PLANCIA_VERDICT_VERIFIED;
  item->key = (char *) key;
  entry->items = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (entry->items, item);
  return entry;
}

static void
says_who_changed_it (void)
{
  g_autoptr (PlanciaComparison) self = compare_hybrids ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  gint64               time = plancia_snapshot_get_time (plancia_comparison_get_a (self));
  PlanciaJournalEntry *failed = entry_at (time, "write", "firmware_master", 0);

  plancia_clock_simulate (time, 0);
  failed->verdict = PLANCIA_VERDICT_REFUSED;
  g_ptr_array_add (entries, entry_at (time - 1, "write", "storage_mode", 0));
  g_ptr_array_add (entries, entry_at (time, "raw", "raw", 0x1024));
  g_ptr_array_add (entries, failed);
  g_assert_cmpstr (plancia_comparison_row_get_by (find (self, "storage_mode")), ==, "");
  plancia_comparison_set_writes (self, entries, zone);
  g_assert_cmpstr (plancia_comparison_row_get_by (find (self, "storage_mode")),
                   ==,
                   "not by Plancia");
  g_assert_true (
    g_str_has_prefix (plancia_comparison_row_get_by (find (self, "export_limit_power")),
                      "Plancia "));
  g_assert_cmpstr (plancia_comparison_row_get_by (find (self, "firmware_master")),
                   ==,
                   "not by Plancia");
  g_assert_cmpstr (plancia_comparison_row_get_by (find (self, "peak_reserve_soc")), ==, "");
  plancia_clock_reset ();
  for (guint i = 0; i < entries->len; i++)
    plancia_journal_entry_unref (g_ptr_array_index (entries, i));
}

static void
shows_readings_and_equals_on_request (void)
{
  g_autoptr (PlanciaComparison) self = compare_hybrids ();
  guint all = plancia_comparison_count_all (self);

  plancia_comparison_set_with_readings (self, TRUE);
  g_assert_cmpuint (plancia_comparison_count_different (self), ==, 6);
  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_READINGS), ==, 1);
  g_assert_cmpuint (count_heading (self, PLANCIA_SECTION_COUNTERS), ==, 1);
  g_assert_cmpuint (plancia_comparison_count_all (self), >, all);
  plancia_comparison_set_with_readings (self, FALSE);
  plancia_comparison_set_only_changed (self, FALSE);
  g_assert_nonnull (find (self, "bat_set_dod"));
  g_assert_false (plancia_comparison_row_differs (find (self, "bat_set_dod")));
  g_assert_null (find (self, "grid_frequency"));
}

static void
works_without_maps (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaSnapshot) a = snapshot_fixture_new (map, 0, "storage_mode", 0, NULL);
  g_autoptr (PlanciaSnapshot) b = snapshot_fixture_new (map, 0, "storage_mode", 2, NULL);
  g_autoptr (PlanciaComparison) self = plancia_comparison_new (a, NULL, b, NULL);
  PlanciaComparisonRow *row = find (self, "storage_mode");

  g_assert_cmpuint (plancia_comparison_count_different (self), ==, 1);
  g_assert_cmpuint (plancia_comparison_count_stageable (self), ==, 0);
  g_assert_cmpstr (plancia_comparison_row_get_name (row), ==, "storage_mode");
  g_assert_cmpstr (plancia_comparison_row_get_b (row), ==, "0002");
}

/* Another family: the same key with the same meaning is the same, whatever the words are. */
static void
works_with_two_maps (void)
{
  g_autoptr (PlanciaMap) one = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaMap) two = snapshot_fixture_map ("zcs-1ph-hyd-zss-old");
  g_autoptr (PlanciaSnapshot) a = snapshot_fixture_new (one, 0, NULL);
  g_autoptr (PlanciaSnapshot) b = snapshot_fixture_new (two, 0, NULL);
  g_autoptr (PlanciaComparison) self = plancia_comparison_new (a, one, b, two);
  PlanciaComparisonRow *row = find (self, "production_code");

  g_assert_nonnull (row);
  g_assert_cmpint (plancia_comparison_row_get_section (row), ==, PLANCIA_SECTION_NOT_IN_BOTH);
  g_assert_nonnull (find (self, "passive_timeout"));
  g_assert_null (find (self, "timed_charge_start"));
}

static void
is_exported (void)
{
  g_autoptr (PlanciaComparison) self = compare_hybrids ();
  g_autofree char *csv = plancia_comparison_to_csv (self);
  g_autofree char *json = plancia_comparison_to_json (self);
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==, "section,key,name,address,a,b,unit,raw_a,raw_b,differs");
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_nonnull (strstr (csv, "settings,export_limit_power,"));
  g_assert_nonnull (strstr (csv, ",0x1024,0,6000,W,0000,003C,yes\r\n"));
  g_assert_nonnull (strstr (csv, "one,peak_reserve_soc,"));
  g_assert_nonnull (strstr (json, "\"key\" : \"storage_mode\""));
  g_assert_nonnull (strstr (json, "\"raw_a\" : null"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/shows what changed", shows_what_changed);
  g_test_add_func ("/comparison/shows readings and equals on request",
                   shows_readings_and_equals_on_request);
  g_test_add_func ("/comparison/works without maps", works_without_maps);
  g_test_add_func ("/comparison/works with two maps", works_with_two_maps);
  g_test_add_func ("/comparison/is exported", is_exported);
  g_test_add_func ("/comparison/says who changed it", says_who_changed_it);
  return g_test_run ();
}
