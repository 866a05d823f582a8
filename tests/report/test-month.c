/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "model/plant-past.h"
#include "report/month-paper.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* 15 July 2026, noon in Rome */
#define NOW   (G_GINT64_CONSTANT (1784109600) * PLANCIA_SECOND)
#define LIMIT 20

/* A plant of an inverter that is read here and told of by a cloud, and of another that only the cloud knows. */
typedef struct
{
  PlanciaStore *store;
  PlanciaPlant *plant;
  GTimeZone    *zone;
  PlanciaSpan   june;
} Fixture;

static void
add_entry (Fixture *self, const char *id, const char *kind, const char *name, const char *address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (id, kind, name, parsed);

  g_assert_nonnull (parsed);
  plancia_plant_add (self->plant, NULL, entry);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->store = plancia_store_new (":memory:");
  self->plant = plancia_plant_new ("Rossi");
  plancia_plant_set_place (self->plant, "Europe/Rome", NAN, NAN);
  self->zone = g_time_zone_new_identifier ("Europe/Rome");
  self->june = plancia_month_span (self->zone, NOW - 20 * PLANCIA_DAY);
  add_entry (self, "roof", "inverter", "Roof", "eth-stick://192.0.2.1/1");
  add_entry (self, "roof-cloud", "thing", "ZM1TEST00001", "portal://office/ZM1TEST00001");
  add_entry (self, "barn", "thing", "ZM1TEST00002", "portal://office/ZM1TEST00002");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  plancia_store_close (self->store);
  g_object_unref (self->store);
  g_object_unref (self->plant);
  g_time_zone_unref (self->zone);
  plancia_clock_reset ();
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
too_late (gpointer user_data)
{
  g_error ("no answer");
  return G_SOURCE_REMOVE;
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  guint watchdog = g_timeout_add_seconds (LIMIT, too_late, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return *result;
}

/* From noon to one each day it makes (base + day) kWh; days [from, to) of June, or of the June before. */
static void
put (Fixture    *self,
     const char *device,
     const char *source,
     PlanciaSpan month,
     double      base,
     guint       from,
     guint       to)
{
  g_autoptr (GArray) days = plancia_energy_periods (self->zone, month, PLANCIA_PERIOD_DAY);
  PlanciaSpan covered = {g_array_index (days, PlanciaSpan, from).start,
                         g_array_index (days, PlanciaSpan, to - 1).end};
  g_autoptr (PlanciaSamples) samples = plancia_samples_new (device, source, covered);
  g_autoptr (GAsyncResult) result = NULL;
  double total = 1000;

  for (guint day = 0; day < to; day++) {
    PlanciaSpan span = g_array_index (days, PlanciaSpan, day);

    for (gint64 time = span.start; time < span.end; time += 30 * PLANCIA_MINUTE) {
      if (time == span.start + 12 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE)
        total += base + day;
      if (day >= from)
        plancia_samples_add (samples, "energyGeneratingTotal", time, total);
    }
  }
  plancia_store_put_async (self->store, plancia_samples_seal (samples), NULL, keep_result, &result);
  g_assert_true (plancia_store_put_finish (self->store, wait_for (&result), NULL));
}

static PlanciaMonth *
gather (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_month_gather_async (self->store,
                              self->plant,
                              self->june.start,
                              NULL,
                              NULL,
                              NULL,
                              keep_result,
                              &result);
  return plancia_month_gather_finish (wait_for (&result), error);
}

static double
pv_of (GArray *days, guint day)
{
  return g_array_index (days, PlanciaEnergySum, day).energies[PLANCIA_ENERGY_PV];
}

/* Asked both ways an inverter counts once; another one that makes something else counts, too; the year before is the cloud's. */
static void
test_twins (Fixture *self, gconstpointer data)
{
  PlanciaSpan before = plancia_month_span (self->zone, self->june.start - 360 * PLANCIA_DAY);
  g_autoptr (PlanciaMonth) month = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaEnergySum total;
  guint            n_twins = 0;

  put (self, "roof", "local", self->june, 10, 0, 30);
  put (self, "roof-cloud", "portal", self->june, 10.1, 0, 30);
  put (self, "roof-cloud", "portal", before, 5, 0, 30);
  put (self, "barn", "portal", self->june, 40, 0, 30);
  month = gather (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (month->parts->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const PlanciaPlantPart *part = g_ptr_array_index (month->parts, i);

    n_twins += g_strcmp0 (part->twin, "ZM1TEST00001") == 0 && g_str_equal (part->name, "Roof");
  }
  g_assert_cmpuint (n_twins, ==, 1);
  g_assert_cmpuint (month->days->len, ==, 30);
  g_assert_cmpfloat_with_epsilon (pv_of (month->days, 0), 50, 0.01);
  g_assert_cmpfloat_with_epsilon (pv_of (month->days, 29), 108, 0.01);
  g_assert_cmpfloat_with_epsilon (pv_of (month->other, 3), 8, 0.01);
  g_assert_cmpuint (plancia_month_count_begun (month), ==, 30);
  plancia_month_total (month->days, 30, &total);
  g_assert_cmpfloat_with_epsilon (total.energies[PLANCIA_ENERGY_PV], 30 * 50 + 2 * 435, 0.1);
}

/* The energies of the whole plant in any stretches: those of its parts. What is known to be the same by its serial number counts once
 * even if the two say something else. */
static void
test_past (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) days = plancia_energy_periods (self->zone, self->june, PLANCIA_PERIOD_DAY);
  g_autoptr (GHashTable) twins = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL, again = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GArray) sums = NULL, known = NULL;
  const PlanciaEnergyWhose whose = {.plant = self->plant, .twins = twins};

  put (self, "roof", "local", self->june, 10, 0, 30);
  put (self, "roof-cloud", "portal", self->june, 14, 0, 30);
  put (self, "barn", "portal", self->june, 40, 0, 30);
  plancia_plant_past_async (self->store, self->plant, NULL, days, NULL, keep_result, &result);
  sums = plancia_plant_past_finish (wait_for (&result), &parts, NULL);
  g_assert_cmpuint (sums->len, ==, 30);
  g_assert_cmpuint (parts->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (pv_of (sums, 0), 64, 0.01);

  g_hash_table_insert (twins, "roof", "roof-cloud");
  plancia_energies_of_async (self->store, &whose, self->zone, days, NULL, keep_result, &again);
  known = plancia_energies_of_finish (wait_for (&again), NULL);
  g_assert_cmpfloat_with_epsilon (pv_of (known, 0), 50, 0.01);
}

static void
put_alarm (Fixture *self, gint64 since, gint64 until, const char *label)
{
  g_autoptr (GPtrArray)
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  g_autoptr (GAsyncResult) result = NULL;
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();

  g_free (record->device);
  record->device = g_strdup ("roof");
  g_free (record->name);
  record->name = g_strdup ("Roof");
  g_free (record->source);
  record->source = g_strdup (PLANCIA_ALARM_LOCAL);
  g_free (record->label);
  record->label = g_strdup (label);
  record->bit = 3;
  record->since = since;
  record->until = until;
  g_ptr_array_add (records, record);
  plancia_store_put_alarms_async (self->store, records, keep_result, &result);
  g_assert_true (plancia_store_put_alarms_finish (self->store, wait_for (&result), NULL));
}

static char *
words_of (PlanciaMonth *month)
{
  g_autofree char *folder = g_dir_make_tmp ("month-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "month.pdf", NULL);
  const char      *command[] = {"pdftotext", "-layout", path, "-", NULL};
  g_autofree char *program = g_find_program_in_path (command[0]);
  g_autoptr (PlanciaReportLanguage) language = plancia_report_language_new ("en", NULL);
  g_autoptr (PlanciaPaper) paper = plancia_month_paper_new (month, language);
  char *text = NULL;

  g_assert_true (plancia_paper_write (paper, path, NULL, NULL));
  if (program != NULL)
    g_assert_true (g_spawn_sync (NULL,
                                 (char **) command,
                                 NULL,
                                 G_SPAWN_SEARCH_PATH,
                                 NULL,
                                 NULL,
                                 &text,
                                 NULL,
                                 NULL,
                                 NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return text;
}

/* Alarms of the month and no others, the stretch that nobody fetched, days that are not known. */
static void
test_alarms_and_holes (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaMonth) month = NULL;
  g_autoptr (GError) error = NULL;
  const PlanciaPlantPart *part;
  const PlanciaCover     *hole;
  g_autofree char        *text = NULL;
  gint64                  start = self->june.start;

  put (self, "barn", "portal", self->june, 40, 0, 10);
  put (self, "barn", "portal", self->june, 40, 12, 30);
  put_alarm (self, start - 5 * PLANCIA_DAY, start - 4 * PLANCIA_DAY, "Before the month");
  put_alarm (self, start + PLANCIA_DAY, start + PLANCIA_DAY + 5 * PLANCIA_MINUTE, "Short");
  put_alarm (self, start + 2 * PLANCIA_DAY, 0, "Still there");
  month = gather (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (month->alarms->len, ==, 2);
  part = g_ptr_array_index (month->parts, 0);
  g_assert_cmpuint (part->holes->len, ==, 1);
  hole = g_ptr_array_index (part->holes, 0);
  g_assert_cmpint (hole->span.start, ==, start + 10 * PLANCIA_DAY);
  g_assert_cmpint (hole->span.end, ==, start + 12 * PLANCIA_DAY);
  g_assert_cmpint (hole->kind, ==, PLANCIA_COVER_MISSING);
  text = words_of (month);
  if (text == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  g_assert_null (strstr (text, "Before the month"));
  g_assert_true (g_regex_match_simple ("2.June, 00:00 +Roof +Short +5.min", text, 0, 0));
  g_assert_true (g_regex_match_simple ("3.June, 00:00 +Roof +Still there +still open", text, 0, 0));
  g_assert_true (
    g_regex_match_simple ("11.June, 00:00 +13.June, 00:00 +2.days +not fetched", text, 0, 0));
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gather (self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* The month that is not over is compared with as many days. */
static void
test_running (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaMonth) month = NULL;
  PlanciaSpan      before = plancia_month_span (self->zone, self->june.start - 360 * PLANCIA_DAY);
  g_autofree char *text = NULL;

  plancia_clock_simulate (self->june.start + 10 * PLANCIA_DAY - PLANCIA_HOUR, 0);
  put (self, "barn", "portal", self->june, 40, 0, 10);
  put (self, "barn", "portal", before, 30, 0, 30);
  month = gather (self, NULL);
  g_assert_nonnull (month);
  g_assert_cmpuint (plancia_month_count_begun (month), ==, 10);
  text = words_of (month);
  if (text == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  g_assert_true (g_regex_match_simple ("Produced +445.kWh +345.kWh +.100.kWh", text, 0, 0));
  g_assert_nonnull (strstr (text, "The month is not over"));
}

static void
test_parse (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  PlanciaSpan span;

  g_assert_true (plancia_month_parse ("2026-03", zone, &span));
  /* The clocks change in it. */
  g_assert_cmpint (span.end - span.start, ==, 31 * PLANCIA_DAY - PLANCIA_HOUR);
  g_assert_true (plancia_month_parse ("2024-02", zone, &span));
  g_assert_cmpint (span.end - span.start, ==, 29 * PLANCIA_DAY);
  g_assert_false (plancia_month_parse ("2026-13", zone, &span));
  g_assert_false (plancia_month_parse ("2026-06-01", zone, &span));
  g_assert_false (plancia_month_parse ("June", zone, &span));
}

#define ADD(path, func) g_test_add ("/report/month/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/month/parse", test_parse);
  ADD ("twins", test_twins);
  ADD ("past", test_past);
  ADD ("alarms-and-holes", test_alarms_and_holes);
  ADD ("nothing", test_nothing);
  ADD ("running", test_running);

  return g_test_run ();
}
