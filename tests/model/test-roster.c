/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/roster.h"

#include "../history/store-questions.h"
#include "base/clock.h"

#include <glib/gstdio.h>
#include <math.h>

/* 2026-06-12 14:00 in Rome */
#define NOW G_GINT64_CONSTANT (1781265600000)

typedef struct
{
  char         *folder;
  PlanciaStore *store;
  GPtrArray    *paths; /* NULL-terminated by load */
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("plancia-roster-XXXXXX", NULL);
  self->store = plancia_store_new (":memory:");
  self->paths = g_ptr_array_new_with_free_func (g_free);
  plancia_clock_simulate (NOW, 0);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  plancia_store_close (self->store);
  g_object_unref (self->store);
  for (guint i = 0; i < self->paths->len; i++)
    if (g_ptr_array_index (self->paths, i) != NULL)
      g_unlink (g_ptr_array_index (self->paths, i));
  g_ptr_array_unref (self->paths);
  g_rmdir (self->folder);
  g_free (self->folder);
  plancia_clock_reset ();
}

/* A file of a plant with one inverter that has the plant's name. text: NULL for a good one. */
static void
add_plant (Fixture *self, const char *name, const char *text)
{
  g_autofree char *good = g_strdup_printf (
    "{\"format\": \"plancia-plant\", \"version\": 1, \"name\": \"%s\", \"zone\": \"Europe/Rome\","
    " \"entries\": [{\"id\": \"%s\", \"kind\": \"thing\", \"name\": \"%s\","
    " \"address\": \"portal://office/%s\"}]}",
    name,
    name,
    name,
    name);
  char *path = g_strdup_printf ("%s/%s.plancia", self->folder, name);

  g_assert_true (g_file_set_contents (path, text != NULL ? text : good, -1, NULL));
  g_ptr_array_add (self->paths, path);
}

/* Production of so many kWh on the day up to that time. */
static void
add_day (Fixture *self, const char *device, gint64 end, double energy, PlanciaSpan covered)
{
  g_autoptr (PlanciaSamples) samples = plancia_samples_new (device, "portal", covered);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= 12; i++)
    plancia_samples_add (samples,
                         "energyGenerating",
                         end - (12 - i) * 30 * PLANCIA_MINUTE,
                         energy * i / 12);
  store_put (self->store, plancia_samples_seal (samples), &error);
  g_assert_no_error (error);
}

static void
add_alarm (Fixture *self, const char *device, PlanciaSeverity severity, gint64 until)
{
  g_autoptr (GPtrArray)
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_free (record->device);
  record->device = g_strdup (device);
  record->severity = severity;
  record->id = until == 0 ? 7 : 8;
  record->since = NOW - PLANCIA_DAY;
  record->until = until;
  g_ptr_array_add (records, record);
  plancia_store_put_alarms_async (self->store, records, keep_result, &result);
  wait_for_result (&result, "alarms");
  g_assert_true (plancia_store_put_alarms_finish (self->store, result, &error));
}

static void
load (Fixture *self, PlanciaRoster *roster)
{
  guint watchdog = g_timeout_add_seconds (30, watchdog_barks, (gpointer) "the roster");

  if (self->paths->len == 0 || g_ptr_array_index (self->paths, self->paths->len - 1) != NULL)
    g_ptr_array_add (self->paths, NULL);
  plancia_roster_load (roster, (const char *const *) self->paths->pdata);
  while (plancia_roster_get_loading (roster))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static const PlanciaRosterFacts *
get_facts (PlanciaRoster *roster, guint index)
{
  g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (G_LIST_MODEL (roster), index);

  g_assert_true (plancia_roster_item_get_loaded (item));
  return plancia_roster_item_get_facts (item);
}

static void
assert_is (PlanciaRoster *roster, guint index, PlanciaRosterState state, PlanciaRosterNext next)
{
  g_assert_cmpint (plancia_roster_facts_state (get_facts (roster, index), NOW), ==, state);
  g_assert_cmpint (plancia_roster_facts_next (get_facts (roster, index), NOW), ==, next);
}

static void
test_plants (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaRoster) roster = plancia_roster_new (self->store);
  PlanciaSpan month = {NOW - 40 * PLANCIA_DAY, NOW};
  PlanciaSpan week = {NOW - 7 * PLANCIA_DAY, NOW};

  add_plant (self, "fine", NULL);
  add_day (self, "fine", NOW, 12.4, month);
  add_plant (self, "faulty", NULL);
  add_day (self, "faulty", NOW, 3, month);
  add_alarm (self, "faulty", PLANCIA_SEVERITY_FAULT, 0);
  add_alarm (self, "faulty", PLANCIA_SEVERITY_FAULT, NOW - PLANCIA_HOUR);
  add_plant (self, "silent", NULL);
  add_day (self, "silent", NOW - 5 * PLANCIA_DAY, 8, month);
  add_plant (self, "holes", NULL);
  add_day (self, "holes", NOW, 5, week);
  add_plant (self, "new", NULL);
  add_plant (self, "broken", "{");
  load (self, roster);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (roster)), ==, 6);
  assert_is (roster, 0, PLANCIA_ROSTER_FINE, PLANCIA_ROSTER_NOTHING);
  g_assert_cmpfloat_with_epsilon (get_facts (roster, 0)->today, 12.4, 0.01);
  g_assert_cmpint (get_facts (roster, 0)->last_contact, ==, NOW);
  g_assert_cmpuint (get_facts (roster, 0)->n_devices, ==, 1);
  assert_is (roster, 1, PLANCIA_ROSTER_FAULT, PLANCIA_ROSTER_SEE_ALARMS);
  g_assert_cmpuint (get_facts (roster, 1)->faults, ==, 1);
  assert_is (roster, 2, PLANCIA_ROSTER_SILENT, PLANCIA_ROSTER_SEE_WHY_SILENT);
  g_assert_true (isnan (get_facts (roster, 2)->today));
  assert_is (roster, 3, PLANCIA_ROSTER_FINE, PLANCIA_ROSTER_FILL_HOLES);
  g_assert_cmpuint (get_facts (roster, 3)->holes, >=, 22);
  assert_is (roster, 4, PLANCIA_ROSTER_UNKNOWN, PLANCIA_ROSTER_FETCH_HISTORY);
  assert_is (roster, 5, PLANCIA_ROSTER_UNREADABLE, PLANCIA_ROSTER_FIND_FILE);
  g_assert_nonnull (get_facts (roster, 5)->error);
}

/* Asked anew while it loads, and given up while it loads. */
static void
test_again (Fixture *self, gconstpointer data)
{
  PlanciaRoster *roster = plancia_roster_new (self->store);

  add_plant (self, "one", NULL);
  add_plant (self, "two", NULL);
  add_day (self, "two", NOW, 5, (PlanciaSpan){NOW - PLANCIA_DAY, NOW});
  g_ptr_array_add (self->paths, NULL);
  plancia_roster_load (roster, (const char *const *) self->paths->pdata);
  load (self, roster);
  g_assert_cmpfloat_with_epsilon (get_facts (roster, 1)->today, 5, 0.01);
  plancia_roster_load (roster, (const char *const *) self->paths->pdata);
  plancia_roster_stop (roster);
  g_assert_false (plancia_roster_get_loading (roster));
  plancia_roster_load (roster, (const char *const *) self->paths->pdata);
  g_object_unref (roster);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
remove_cache (const char *cache)
{
  g_autofree char *inner = g_build_filename (cache, "plancia", NULL);
  g_autofree char *folder = g_build_filename (inner, "findings", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
  g_rmdir (inner);
  g_rmdir (cache);
}

static void
test_notes (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaRoster) roster = plancia_roster_new (self->store);
  g_autoptr (PlanciaRosterItem) item = NULL;
  const char *notes[] = {"inverter changed", "called the owner", NULL};

  add_plant (self, "one", NULL);
  load (self, roster);
  item = g_list_model_get_item (G_LIST_MODEL (roster), 0);
  for (guint i = 0; notes[i] != NULL; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    plancia_roster_write_async (roster,
                                item,
                                " Arezzo, service ,Arezzo,",
                                i == 0 ? "2026-06-12" : "2026-06-02",
                                notes[i],
                                keep_result,
                                &result);
    wait_for_result (&result, "notes");
    g_assert_true (plancia_roster_write_finish (roster, result, &error));
    g_assert_no_error (error);
  }
  load (self, roster);
  g_assert_cmpstr (get_facts (roster, 0)->tags[0], ==, "Arezzo");
  g_assert_cmpstr (get_facts (roster, 0)->tags[1], ==, "service");
  g_assert_null (get_facts (roster, 0)->tags[2]);
  g_assert_cmpstr (get_facts (roster, 0)->notes,
                   ==,
                   "2026-06-12 inverter changed\n2026-06-02 called the owner");
  g_clear_object (&item);
  item = g_list_model_get_item (G_LIST_MODEL (roster), 0);
  g_assert_true (plancia_roster_item_matches (item, "arezzo OWNER"));
  g_assert_true (plancia_roster_item_matches (item, ""));
  g_assert_false (plancia_roster_item_matches (item, "arezzo battery"));
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("plancia-roster-cache-XXXXXX", NULL);
  int              code;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/model/roster/plants", Fixture, NULL, setup, test_plants, teardown);
  g_test_add ("/model/roster/again", Fixture, NULL, setup, test_again, teardown);
  g_test_add ("/model/roster/notes", Fixture, NULL, setup, test_notes, teardown);
  code = g_test_run ();
  remove_cache (cache);
  return code;
}
