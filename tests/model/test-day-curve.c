/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/day-curve.h"

#include "base/clock.h"
#include "fake-backend.h"

/* 12 June 2026 in Rome: midnight, and 14:05. */
#define DAY_START G_GINT64_CONSTANT (1781215200000)
#define NOW       (DAY_START + 14 * PLANCIA_HOUR + 5 * PLANCIA_MINUTE)

typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaDevice    *inverter;
  PlanciaDevice    *thing;
} Fixture;

static PlanciaEntry *
add_entry (PlanciaPlant *plant, PlanciaEntry *parent, const char *kind, const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, &error);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, kind, kind, parsed);

  g_assert_no_error (error);
  plancia_plant_add (plant, parent, entry);
  return entry;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  PlanciaEntry      *inverter = add_entry (plant, NULL, "inverter", "eth-stick://192.0.2.1/1");
  PlanciaEntry      *portal = add_entry (plant, NULL, "portal", "portal://test");
  PlanciaEntry      *thing = add_entry (plant, portal, "thing", "portal://test/ZM1TEST00001");
  PlanciaDeviceTree *tree;

  plancia_clock_simulate (NOW, 0);
  plancia_plant_set_place (plant, "Europe/Rome", 43.5, 11.9);
  self->plant = plancia_open_plant_new (plant, ":memory:");
  tree = plancia_open_plant_get_tree (self->plant);
  self->inverter = plancia_device_tree_find (tree, plancia_entry_get_id (inverter));
  self->thing = plancia_device_tree_find (tree, plancia_entry_get_id (thing));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  plancia_store_close (plancia_open_plant_get_store (self->plant));
  g_clear_object (&self->plant);
  plancia_clock_reset ();
}

static void
apply (PlanciaDevice *device, const char *key, double number, gint64 time)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", time);
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  plancia_reading_set_number (reading, number);
  reading->quality = PLANCIA_QUALITY_GOOD;
  plancia_device_apply (device, readings);
}

static void
test_records (Fixture *self, gconstpointer data)
{
  PlanciaDayCurve *curve = plancia_day_curve_for (self->plant, self->inverter);
  PlanciaSeries   *sun = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_PV_POWER);

  g_assert_true (plancia_day_curve_for (self->plant, self->inverter) == curve);
  g_assert_cmpint (plancia_day_curve_get_day (curve).start, ==, DAY_START);
  g_assert_null (plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_ENERGY_PV));

  apply (self->inverter, "pv_power", 5200, NOW);
  apply (self->inverter, "pv_power", 5300, NOW + PLANCIA_SECOND);
  g_assert_cmpuint (plancia_series_get_length (sun), ==, 1);
  apply (self->inverter, "pv_power", 5400, NOW + 31 * PLANCIA_SECOND);
  g_assert_cmpuint (plancia_series_get_length (sun), ==, 2);
  g_assert_cmpfloat (plancia_series_get_values (sun)[1], ==, 5400);

  apply (self->inverter, "pv_power", 4, NOW + 2 * PLANCIA_MINUTE);
  g_assert_cmpint (plancia_day_curve_last_at (curve, PLANCIA_QUANTITY_PV_POWER, 10),
                   ==,
                   NOW + 31 * PLANCIA_SECOND);
  g_assert_cmpint (plancia_day_curve_last_at (curve, PLANCIA_QUANTITY_PV_POWER, 9000), ==, 0);
}

static void
test_midnight (Fixture *self, gconstpointer data)
{
  PlanciaDayCurve *curve = plancia_day_curve_for (self->plant, self->inverter);
  PlanciaSeries   *sun = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_PV_POWER);

  apply (self->inverter, "pv_power", 5200, NOW);
  plancia_clock_simulate (DAY_START + PLANCIA_DAY + PLANCIA_SECOND, 0);
  apply (self->inverter, "pv_power", 0, plancia_clock_now ());
  g_assert_cmpint (plancia_day_curve_get_day (curve).start, ==, DAY_START + PLANCIA_DAY);
  g_assert_cmpuint (plancia_series_get_length (sun), ==, 1);
  g_assert_cmpfloat (plancia_series_get_values (sun)[0], ==, 0);
}

static void
stored (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

/* A morning of the portal, a sample each five minutes until eleven. */
static void
store_morning (Fixture *self)
{
  PlanciaSpan     covered = {DAY_START, DAY_START + 11 * PLANCIA_HOUR};
  PlanciaSamples *samples =
    plancia_samples_new (plancia_device_get_id (self->thing), "portal", covered);
  gboolean done = FALSE;

  for (gint64 time = covered.start; time < covered.end; time += 5 * PLANCIA_MINUTE) {
    plancia_samples_add (samples, "powerGenerating", time, 1000);
    plancia_samples_add (samples, "powerExporting", time, 300);
    plancia_samples_add (samples, "powerImporting", time, 0);
  }
  plancia_store_put_async (plancia_open_plant_get_store (self->plant),
                           plancia_samples_seal (samples),
                           NULL,
                           stored,
                           &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  plancia_samples_unref (samples);
}

static void
give_serial (PlanciaDevice *device, const char *serial)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", NOW);
  PlanciaReading *reading = plancia_readings_add (readings, "serial_number", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (serial);
  plancia_device_apply (device, readings);
}

/* The inverter's curve comes from the portal's thing of the same serial number; what is read now goes on from there. */
static void
test_history_of_the_same_serial (Fixture *self, gconstpointer data)
{
  PlanciaDayCurve *curve = plancia_day_curve_for (self->plant, self->inverter);
  PlanciaSeries   *sun = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_PV_POWER);
  PlanciaSeries   *grid = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_GRID_POWER);
  guint            watchdog = g_timeout_add_seconds (20, times_up, NULL);

  g_autoptr (FakeBackend) portal = fake_backend_new (PLANCIA_BACKEND_HISTORY);

  plancia_device_set_backend (self->thing, PLANCIA_BACKEND (portal));
  store_morning (self);
  plancia_day_curve_load (curve); /* no serial number yet: nothing to ask for */
  give_serial (self->inverter, "ZM1TEST00001");
  apply (self->inverter, "pv_power", 5200, NOW);
  plancia_day_curve_load (curve);
  while (plancia_series_get_length (sun) < 133)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_cmpuint (plancia_series_get_length (sun), ==, 11 * 12 + 1);
  g_assert_cmpfloat (plancia_series_get_values (sun)[0], ==, 1000);
  g_assert_cmpfloat (plancia_series_get_values (sun)[132], ==, 5200);
  g_assert_cmpfloat (plancia_series_get_values (grid)[0], ==, 300);
}

/* What an earlier run of the program read today is shown again, once. */
static void
test_recalls (Fixture *self, gconstpointer data)
{
  PlanciaDayCurve *curve = plancia_day_curve_for (self->plant, self->inverter);
  PlanciaSeries   *sun = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_PV_POWER);
  PlanciaSeries   *grid = plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_GRID_POWER);
  guint            watchdog = g_timeout_add_seconds (20, times_up, NULL);
  gboolean         done = FALSE;
  g_autoptr (PlanciaSamples) samples =
    plancia_samples_new (plancia_device_get_id (self->inverter), "local", (PlanciaSpan){0, 0});

  for (guint i = 0; i < 10; i++) {
    plancia_samples_add (samples, "powerGenerating", NOW - (10 - i) * PLANCIA_MINUTE, 1000 + i);
    plancia_samples_add (samples, "powerExporting", NOW - (10 - i) * PLANCIA_MINUTE, 0);
    plancia_samples_add (samples, "powerImporting", NOW - (10 - i) * PLANCIA_MINUTE, 200);
  }
  plancia_store_put_async (plancia_open_plant_get_store (self->plant),
                           plancia_samples_seal (samples),
                           NULL,
                           stored,
                           &done);
  plancia_day_curve_load (curve);
  apply (self->inverter, "pv_power", 5200, NOW);
  while (!done || plancia_series_get_length (sun) < 11)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_cmpfloat (plancia_series_get_values (sun)[0], ==, 1000);
  g_assert_cmpfloat (plancia_series_get_values (sun)[10], ==, 5200);
  g_assert_cmpuint (plancia_series_get_length (grid), ==, 10);
  g_assert_cmpfloat (plancia_series_get_values (grid)[0], ==, -200);
}

/* Two devices are asked for one after the other; what failed is asked again soon, not ten minutes later. */
static void
test_turns (Fixture *self, gconstpointer data)
{
  PlanciaDayCurve *first = plancia_day_curve_for (self->plant, self->inverter);
  PlanciaDayCurve *second = plancia_day_curve_for (self->plant, self->thing);
  guint            watchdog = g_timeout_add_seconds (20, times_up, NULL);

  g_autoptr (FakeBackend) portal = fake_backend_new (PLANCIA_BACKEND_HISTORY);

  fake_backend_set_window (portal, PLANCIA_DAY);
  plancia_device_set_backend (self->thing, PLANCIA_BACKEND (portal));
  give_serial (self->inverter, "ZM1TEST00001");
  plancia_day_curve_load (first);
  plancia_day_curve_load (first);
  plancia_day_curve_load (second);
  while (fake_backend_count_fetches (portal) < 1)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fake_backend_count_fetches (portal), ==, 1);

  fake_backend_answer_fetch (portal, FALSE);
  while (fake_backend_count_fetches (portal) < 2)
    g_main_context_iteration (NULL, TRUE);
  fake_backend_answer_fetch (portal, TRUE);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);

  plancia_day_curve_load (first);
  g_assert_cmpuint (fake_backend_count_fetches (portal), ==, 2);
  plancia_clock_simulate (NOW + PLANCIA_MINUTE, 0);
  plancia_day_curve_load (second);
  plancia_day_curve_load (first);
  while (fake_backend_count_fetches (portal) < 3)
    g_main_context_iteration (NULL, TRUE);
  fake_backend_answer_fetch (portal, TRUE);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fake_backend_count_fetches (portal), ==, 3);
  g_source_remove (watchdog);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/day-curve/records", Fixture, NULL, set_up, test_records, tear_down);
  g_test_add ("/day-curve/midnight", Fixture, NULL, set_up, test_midnight, tear_down);
  g_test_add ("/day-curve/history",
              Fixture,
              NULL,
              set_up,
              test_history_of_the_same_serial,
              tear_down);
  g_test_add ("/day-curve/recalls", Fixture, NULL, set_up, test_recalls, tear_down);
  g_test_add ("/day-curve/turns", Fixture, NULL, set_up, test_turns, tear_down);
  return g_test_run ();
}
