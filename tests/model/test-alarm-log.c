/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-log.h"

#include "base/clock.h"
#include "fake-backend.h"
#include "map/map-catalog.h"
#include "model/alarm-advice.h"
#include "model/alarm-notes.h"
#include "model/device-alarms.h"
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define NOW    G_GINT64_CONSTANT (1781265930000) /* 2026-06-12 14:05:30 in Rome */
#define SERIAL "ZP1ES110K00001"

typedef struct
{
  PlanciaPlant     *plant;
  PlanciaOpenPlant *open;
  PlanciaDevice    *hybrid;
  PlanciaDevice    *battery;
  PlanciaDevice    *thing;
  PlanciaAlarmLog  *log;
  guint             n_raised;
  guint             n_changed;
} Fixture;

static PlanciaDevice *
add (Fixture *self, const char *id, const char *kind, const char *text, const char *map_id)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (id, kind, id, address);
  g_autoptr (PlanciaMap) map = map_id != NULL ? plancia_map_catalog_get (map_id, NULL) : NULL;
  PlanciaDevice *device;

  plancia_plant_add (self->plant, NULL, entry);
  if (self->open == NULL)
    self->open = plancia_open_plant_new (self->plant, ":memory:");
  else
    plancia_device_tree_sync (plancia_open_plant_get_tree (self->open));
  device = plancia_device_tree_find (plancia_open_plant_get_tree (self->open), id);
  g_assert_nonnull (device);
  plancia_device_set_map (device, map);
  return device;
}

static void
raised_cb (PlanciaAlarmLog *log, PlanciaAlarmItem *item, gpointer user_data)
{
  ((Fixture *) user_data)->n_raised++;
}

static void
changed_cb (PlanciaAlarmLog *log, gpointer user_data)
{
  ((Fixture *) user_data)->n_changed++;
}

static gboolean
watchdog_cb (gpointer user_data)
{
  g_error ("The store does not answer");
  return G_SOURCE_REMOVE;
}

static void
wait_until_ready (PlanciaAlarmLog *log)
{
  guint watchdog = g_timeout_add_seconds (30, watchdog_cb, NULL);

  while (!plancia_alarm_log_is_ready (log))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->plant = plancia_plant_new ("Rossi");
  self->hybrid = add (self, "hybrid", "inverter", "modbus-tcp://127.0.0.1:1/1", "zcs-3ph-hyd-g3");
  self->battery =
    add (self, "battery", "battery", "modbus-tcp://127.0.0.1:1/2", "zcs-battery-bms-g3");
  self->thing = add (self, "thing", "thing", "portal://demo/" SERIAL, NULL);
  self->log = plancia_alarm_log_for (self->open);
  wait_until_ready (self->log);
  g_signal_connect (self->log, "raised", G_CALLBACK (raised_cb), self);
  g_signal_connect (self->log, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->open);
  g_clear_object (&self->plant);
}

/* bits of the word, -1 at the end. */
static void
apply_bits (PlanciaDevice *device, const char *key, gint64 time, const int *bits)
{
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (device), key);
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", time);
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  for (; *bits >= 0; bits++)
    words[*bits / 16] |= (guint16) (1u << *bits % 16);
  plancia_reading_set_words (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                             field,
                             words);
  plancia_device_apply (device, readings);
}

static void
apply_text (PlanciaDevice *device, const char *key, gint64 time, const char *text)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", time);
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (text);
  plancia_device_apply (device, readings);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->log));
}

/* Borrowed from the log. */
static PlanciaAlarmItem *
row (Fixture *self, guint position)
{
  g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (G_LIST_MODEL (self->log), position);

  g_assert_nonnull (item);
  return item;
}

#define ASSERT_TEXT(call, expected)        \
  G_STMT_START                             \
  {                                        \
    g_autofree char *found = call;         \
    g_assert_cmpstr (found, ==, expected); \
  }                                        \
  G_STMT_END

static void
comes_and_goes (Fixture *self, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  const PlanciaAlarmRecord *record;

  apply_bits (self->hybrid, "faults_1", NOW, (int[]){-1});
  g_assert_cmpuint (count (self), ==, 0);
  apply_bits (self->hybrid, "faults_1", NOW + 60000, (int[]){17, -1});
  g_assert_cmpuint (self->n_raised, ==, 1);
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, NULL), ==, 1);
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, self->hybrid), ==, 1);
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, self->battery), ==, 0);
  record = plancia_alarm_item_get_record (row (self, 0));
  g_assert_cmpint (record->id, ==, 18);
  g_assert_cmpuint (record->address, ==, 0x0406);
  g_assert_cmpuint (record->word, ==, 2);
  ASSERT_TEXT (plancia_alarm_item_dup_raw (row (self, 0)), "0406.1");
  ASSERT_TEXT (plancia_alarm_item_dup_code (row (self, 0)), "18");
  ASSERT_TEXT (plancia_alarm_item_dup_until (row (self, 0), zone), "open");
  ASSERT_TEXT (plancia_alarm_item_dup_since (row (self, 0), NOW, zone), "today 14:06");
  ASSERT_TEXT (plancia_alarm_item_dup_since (row (self, 0), NOW + PLANCIA_DAY, zone),
               "yesterday 14:06");
  apply_bits (self->hybrid, "faults_1", NOW + 120000, (int[]){-1});
  g_assert_false (plancia_alarm_item_is_open (row (self, 0)));
  ASSERT_TEXT (plancia_alarm_item_dup_until (row (self, 0), zone), "14:07");
  ASSERT_TEXT (plancia_alarm_item_dup_duration (row (self, 0), NOW + PLANCIA_DAY), "60\u00a0s");
  apply_bits (self->hybrid, "faults_1", NOW + 180000, (int[]){17, 0, -1});
  g_assert_cmpuint (count (self), ==, 3);
  g_assert_cmpuint (plancia_alarm_log_count_like (self->log, row (self, 2), 0), ==, 2);
  g_assert_false (plancia_alarm_item_is_open (row (self, 2)));
}

static void
was_on_before (Fixture *self, gconstpointer data)
{
  apply_bits (self->hybrid, "faults_1", NOW, (int[]){0, -1});
  g_assert_cmpuint (count (self), ==, 1);
  /* Not new: nobody is to be told. */
  g_assert_cmpuint (self->n_raised, ==, 0);
  g_assert_true (plancia_alarm_item_get_record (row (self, 0))->from_before);
}

static PlanciaAlarmRecord *
kept_record (const char *key, int bit, int id, gint64 since, gint64 until)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();

  g_free (record->device);
  g_free (record->source);
  g_free (record->key);
  record->device = g_strdup ("hybrid");
  record->source = g_strdup (PLANCIA_ALARM_LOCAL);
  record->key = g_strdup (key);
  record->bit = bit;
  record->id = id;
  record->since = since;
  record->until = until;
  return record;
}

/* Open at the end of the last visit: it goes on, or it ended in between. */
static void
goes_on_from_the_last_time (Fixture *self, gconstpointer data)
{
  plancia_alarm_log_add (self->log, kept_record ("faults_1", 0, 1, NOW - PLANCIA_DAY, 0));
  plancia_alarm_log_add (self->log, kept_record ("faults_1", 1, 2, NOW - PLANCIA_DAY, 0));
  plancia_alarm_log_add (self->log, kept_record ("faults_2", 16, 305, NOW - PLANCIA_DAY, 0));
  plancia_alarm_log_add (self->log, kept_record ("faults_1", 1, 2, NOW - PLANCIA_DAY, 0));
  g_assert_cmpuint (count (self), ==, 3);
  apply_bits (self->hybrid, "faults_1", NOW, (int[]){0, -1});
  g_assert_cmpuint (count (self), ==, 3);
  /* The word of the third has not answered. */
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, NULL), ==, 2);
  g_assert_cmpint (plancia_alarm_item_get_record (row (self, 0))->since, ==, NOW - PLANCIA_DAY);
  g_assert_cmpint (plancia_alarm_item_get_record (row (self, 2))->id, ==, 2);
  g_assert_cmpint (plancia_alarm_item_get_record (row (self, 2))->until, ==, NOW);
  apply_bits (self->hybrid, "faults_2", NOW + 1000, (int[]){-1});
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, NULL), ==, 1);
}

/* What one plant saw, the next one that is opened knows: even that it was open. */
static void
kept_in_the_store (Fixture *self, gconstpointer data)
{
  g_autofree char          *folder = g_dir_make_tmp ("alarms-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "history.sqlite", NULL);
  const PlanciaAlarmRecord *record;

  for (int visit = 0; visit < 2; visit++) {
    g_clear_object (&self->open);
    self->open = plancia_open_plant_new (self->plant, path);
    self->hybrid = plancia_device_tree_find (plancia_open_plant_get_tree (self->open), "hybrid");
    {
      g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);

      plancia_device_set_map (self->hybrid, map);
    }
    self->log = plancia_alarm_log_for (self->open);
    wait_until_ready (self->log);
    if (visit == 0) {
      apply_bits (self->hybrid, "faults_1", NOW - PLANCIA_DAY, (int[]){-1});
      apply_bits (self->hybrid, "faults_1", NOW - PLANCIA_HOUR, (int[]){0, 1, -1});
      apply_bits (self->hybrid, "faults_1", NOW, (int[]){1, -1});
      g_assert_cmpuint (count (self), ==, 2);
    }
  }
  g_assert_cmpuint (count (self), ==, 2);
  record = plancia_alarm_item_get_record (row (self, 0));
  g_assert_cmpint (record->id, ==, 2);
  g_assert_cmpint (record->until, ==, 0);
  g_assert_cmpint (record->since, ==, NOW - PLANCIA_HOUR);
  g_assert_cmpstr (record->map, ==, "zcs-3ph-hyd-g3");
  g_assert_true (isnan (record->power));
  record = plancia_alarm_item_get_record (row (self, 1));
  g_assert_cmpstr (record->label, ==, "Grid voltage too high");
  g_assert_cmpint (record->until, ==, NOW);
  apply_bits (self->hybrid, "faults_1", NOW + PLANCIA_HOUR, (int[]){1, -1});
  g_assert_cmpuint (count (self), ==, 2);
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, NULL), ==, 1);
  g_clear_object (&self->open);
  g_unlink (path);
  g_rmdir (folder);
}

/* No list of these bits is public: they keep their number. */
static void
battery_words_without_words (Fixture *self, gconstpointer data)
{
  apply_bits (self->battery, "bms_alarm_0", NOW, (int[]){-1});
  apply_bits (self->battery, "bms_protection_1", NOW, (int[]){-1});
  apply_bits (self->battery, "module_fault", NOW, (int[]){-1});
  apply_bits (self->battery, "bms_alarm_0", NOW + 1000, (int[]){3, -1});
  apply_bits (self->battery, "bms_protection_1", NOW + 2000, (int[]){15, -1});
  apply_bits (self->battery, "module_fault", NOW + 3000, (int[]){0, -1});
  g_assert_cmpuint (count (self), ==, 3);
  g_assert_cmpint (plancia_alarm_item_get_record (row (self, 2))->severity,
                   ==,
                   PLANCIA_SEVERITY_WARNING);
  g_assert_cmpint (plancia_alarm_item_get_record (row (self, 1))->severity,
                   ==,
                   PLANCIA_SEVERITY_FAULT);
  ASSERT_TEXT (plancia_alarm_item_dup_what (row (self, 1)), "Unknown alarm, bit 15");
  ASSERT_TEXT (plancia_alarm_item_dup_raw (row (self, 1)), "9015.15");
  ASSERT_TEXT (plancia_alarm_item_dup_code (row (self, 1)), "\xe2\x80\x94");
}

static void
numbers_of_a_cloud (Fixture *self, gconstpointer data)
{
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW, "");
  g_assert_cmpuint (count (self), ==, 0);
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW + 1000, "1,999");
  g_assert_cmpuint (count (self), ==, 2);
  g_assert_cmpuint (self->n_raised, ==, 2);
  ASSERT_TEXT (plancia_alarm_item_dup_what (row (self, 0)), "ID 01");
  ASSERT_TEXT (plancia_alarm_item_dup_source (row (self, 0)), "portal");
  ASSERT_TEXT (plancia_alarm_item_dup_raw (row (self, 0)), "\xe2\x80\x93");
  /* The device with the same serial number has the words of its family. */
  apply_text (self->hybrid, "serial_number", NOW + 2000, SERIAL);
  ASSERT_TEXT (plancia_alarm_item_dup_what (row (self, 0)), "Grid voltage too high");
  ASSERT_TEXT (plancia_alarm_item_dup_what (row (self, 1)), "ID 999");
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW + 3000, "999");
  g_assert_cmpuint (plancia_alarm_log_count_open (self->log, NULL), ==, 1);
}

static void
two_sources_are_one_row (Fixture *self, gconstpointer data)
{
  apply_text (self->hybrid, "serial_number", NOW, SERIAL);
  apply_bits (self->hybrid, "faults_1", NOW, (int[]){-1});
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW, "");
  apply_bits (self->hybrid, "faults_1", NOW + 60000, (int[]){0, -1});
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW + 300000, "1");
  g_assert_cmpuint (count (self), ==, 1);
  ASSERT_TEXT (plancia_alarm_item_dup_source (row (self, 0)), "local, portal");
  g_assert_cmpstr (plancia_alarm_item_get_record (row (self, 0))->device, ==, "hybrid");
  apply_bits (self->hybrid, "faults_1", NOW + 400000, (int[]){-1});
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW + 600000, "");
  g_assert_cmpuint (count (self), ==, 1);
  /* Long after: another time it happened. */
  apply_text (self->thing, PLANCIA_CLOUD_ALARMS_KEY, NOW + PLANCIA_DAY, "1");
  g_assert_cmpuint (count (self), ==, 2);
}

static void
finds_what_is_asked_for (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) ids = plancia_alarm_log_dup_ids (self->battery);
  PlanciaAlarmQuery query = {.severity = -1};
  PlanciaAlarmItem *item;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *csv = NULL;

  apply_bits (self->hybrid, "faults_1", NOW, (int[]){-1});
  apply_bits (self->hybrid, "faults_1", NOW + 1000, (int[]){0, -1});
  apply_bits (self->hybrid, "faults_1", NOW + 2000, (int[]){-1});
  item = row (self, 0);
  g_assert_true (plancia_alarm_item_matches (item, &query));
  query.text = "GRID volt";
  g_assert_true (plancia_alarm_item_matches (item, &query));
  query.text = "1";
  g_assert_true (plancia_alarm_item_matches (item, &query));
  query.text = "0405.0";
  g_assert_true (plancia_alarm_item_matches (item, &query));
  query.text = "hybrid";
  g_assert_true (plancia_alarm_item_matches (item, &query));
  query.text = "battery";
  g_assert_false (plancia_alarm_item_matches (item, &query));
  query = (PlanciaAlarmQuery){.severity = PLANCIA_SEVERITY_WARNING};
  g_assert_false (plancia_alarm_item_matches (item, &query));
  query = (PlanciaAlarmQuery){.severity = -1, .open_only = TRUE};
  g_assert_false (plancia_alarm_item_matches (item, &query));
  query = (PlanciaAlarmQuery){.severity = -1, .source = PLANCIA_ALARM_PORTAL};
  g_assert_false (plancia_alarm_item_matches (item, &query));
  query = (PlanciaAlarmQuery){.severity = -1, .since = NOW + 3000};
  g_assert_false (plancia_alarm_item_matches (item, &query));
  query = (PlanciaAlarmQuery){.severity = -1, .devices = ids};
  g_assert_false (plancia_alarm_item_matches (item, &query));
  g_assert_null (plancia_alarm_log_dup_ids (NULL));
  csv = plancia_alarm_items_to_csv (G_LIST_MODEL (self->log), utc);
  g_assert_nonnull (strstr (csv,
                            "2026-06-12 12:05:31,2026-06-12 12:05:32,Fault,Grid voltage too high,"
                            "hybrid,local,1,0x0405,0,0x0001\r\n"));
}

static void
apply_clock (PlanciaDevice *device, gint64 time, const char *clock)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", time);
  PlanciaReading *reading = plancia_readings_add (readings, "clock_now", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (clock);
  plancia_device_apply (device, readings);
}

static void
assert_note (Fixture *self, const char *what, gboolean open)
{
  g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (G_LIST_MODEL (self->log), 0);
  g_autofree char *words = plancia_alarm_item_dup_what (item);
  g_autofree char *source = plancia_alarm_item_dup_source (item);
  g_autofree char *raw = plancia_alarm_item_dup_raw (item);

  g_assert_cmpstr (words, ==, what);
  g_assert_cmpstr (source, ==, "Plancia");
  g_assert_cmpstr (raw, ==, "\xe2\x80\x93");
  g_assert_cmpint (plancia_alarm_item_get_record (item)->severity, ==, PLANCIA_SEVERITY_NOTE);
  g_assert_cmpint (plancia_alarm_item_is_open (item), ==, open);
  g_assert_nonnull (plancia_alarm_advice (plancia_alarm_item_get_record (item)));
}

/* A clock that is off is noted once, and the note ends when the clock is right again, not when it is nearly so. */
static void
test_notes (Fixture *self, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  const gint64 now = NOW;

  plancia_plant_set_place (self->plant, "Europe/Rome", NAN, NAN);
  apply_clock (self->hybrid, now, "2026-06-12 14:05:00");
  plancia_alarm_notes_look (self->log, self->hybrid, zone);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->log)), ==, 0);
  apply_clock (self->hybrid, now, "2026-06-12 14:04:16");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->log)), ==, 1);
  g_assert_cmpuint (self->n_raised, ==, 1);
  assert_note (self, "Clock 74\u00a0s behind", TRUE);
  apply_clock (self->hybrid, now, "2026-06-12 14:04:50");
  assert_note (self, "Clock 74\u00a0s behind", TRUE);
  apply_clock (self->hybrid, now, "2026-06-12 14:05:31");
  assert_note (self, "Clock 74\u00a0s behind", FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->log)), ==, 1);
  g_assert_cmpuint (self->n_raised, ==, 1);
}

/* One that answered and answers no more is noted until it answers again, a line that is held until it is ours; one that never
 * answered is not. */
static void
test_silence (Fixture *self, gconstpointer data)
{
  g_autoptr (FakeBackend) backend = fake_backend_new (PLANCIA_BACKEND_LIVE);

  plancia_device_set_backend (self->hybrid, PLANCIA_BACKEND (backend));
  fake_backend_set_state (backend, PLANCIA_STATE_FAILING, NULL);
  plancia_device_update (self->hybrid);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->log)), ==, 0);
  fake_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  apply_clock (self->hybrid, plancia_clock_now (), "");
  g_assert_cmpint (plancia_device_get_mark (self->hybrid), ==, PLANCIA_MARK_LIVE);

  fake_backend_set_state (backend, PLANCIA_STATE_FAILING, NULL);
  plancia_device_update (self->hybrid);
  assert_note (self, "No answer any more", TRUE);
  fake_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_update (self->hybrid);
  assert_note (self, "No answer any more", FALSE);
  fake_backend_set_state (backend, PLANCIA_STATE_TAKEN_OVER, NULL);
  plancia_device_update (self->hybrid);
  assert_note (self, "Line held by another client", TRUE);
  g_assert_cmpuint (self->n_raised, ==, 2);
  plancia_device_set_backend (self->hybrid, NULL);
  assert_note (self, "Line held by another client", FALSE);
}

/* Most of what the maps have words for says what to look at; what nobody has words for says nothing. */
static void
test_advice (void)
{
  g_autoptr (PlanciaAlarmRecord) record = plancia_alarm_record_new ();
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  guint n = 0, n_advised = 0;

  g_assert_null (plancia_alarm_advice (record));
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    for (guint j = 0; g_str_has_prefix (field->key, "fault") && field->bits && j < field->bits->len;
         j++) {
      const PlanciaLabel *label = g_ptr_array_index (field->bits, j);

      g_free (record->label);
      record->label = g_strdup (label->label);
      n++;
      if (plancia_alarm_advice (record) != NULL)
        n_advised++;
      else
        g_test_message ("no advice: %s", label->label);
    }
  }
  g_test_message ("%u of %u labels have advice", n_advised, n);
  g_assert_cmpuint (n, >, 200);
  g_assert_cmpuint (n_advised * 2, >, n);
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/alarm-log/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("comes and goes", comes_and_goes);
  ADD ("notes of the program", test_notes);
  ADD ("silence is noted", test_silence);
  g_test_add_func ("/alarm-log/advice", test_advice);
  ADD ("was on before", was_on_before);
  ADD ("goes on from the last time", goes_on_from_the_last_time);
  ADD ("kept in the store", kept_in_the_store);
  ADD ("battery words without words", battery_words_without_words);
  ADD ("numbers of a cloud", numbers_of_a_cloud);
  ADD ("two sources are one row", two_sources_are_one_row);
  ADD ("finds what is asked for", finds_what_is_asked_for);
  return g_test_run ();
}
