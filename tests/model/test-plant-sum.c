/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plant-sum.h"

#include "base/clock.h"
#include "base/span.h"
#include "fake-backend.h"
#include "model/device-tree.h"

#define NOW G_GINT64_CONSTANT (1781265930000) /* 2026-06-12 14:05:30 in Rome */

typedef struct
{
  PlanciaPlant      *plant;
  PlanciaDeviceTree *tree;
  FakeBackend       *local;
  FakeBackend       *portal;
  GPtrArray         *leaves;
} Stage;

static void
add (Stage *stage, const char *id, const char *kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_no_error (error);
  entry = plancia_entry_new (id, kind, id, address);
  plancia_plant_add (stage->plant, NULL, entry);
}

static void
give_backend (Stage *stage, const char *id, FakeBackend *backend)
{
  plancia_device_set_backend (plancia_device_tree_find (stage->tree, id),
                              PLANCIA_BACKEND (backend));
}

static void
set_up (Stage *stage, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  stage->plant = plancia_plant_new ("Test");
  add (stage, "local", "inverter", "power-magic://127.0.0.1/1");
  add (stage, "other", "inverter", "power-magic://127.0.0.1/2");
  add (stage, "thing", "thing", "portal://test/ZP1ES110K00001");
  add (stage, "alone", "thing", "portal://test/ZM1ES015J00442");
  add (stage, "pump", "heat-pump", "power-magic://127.0.0.1/3");
  stage->tree = plancia_device_tree_new (stage->plant);
  stage->leaves = plancia_device_tree_list (stage->tree);
  stage->local = fake_backend_new (PLANCIA_BACKEND_LIVE);
  stage->portal = fake_backend_new (PLANCIA_BACKEND_LIVE);
  fake_backend_set_state (stage->local, PLANCIA_STATE_OPEN, NULL);
  fake_backend_set_state (stage->portal, PLANCIA_STATE_OPEN, NULL);
  give_backend (stage, "local", stage->local);
  give_backend (stage, "other", stage->local);
  give_backend (stage, "pump", stage->local);
  give_backend (stage, "thing", stage->portal);
  give_backend (stage, "alone", stage->portal);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_ptr_array_unref (stage->leaves);
  g_object_unref (stage->tree);
  g_object_unref (stage->plant);
  g_object_unref (stage->local);
  g_object_unref (stage->portal);
  plancia_clock_reset ();
}

static void
apply (Stage *stage, const char *id, gint64 time, const char *key, double number)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (id, time);
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  plancia_reading_set_number (reading, number);
  reading->time = time;
  plancia_device_tree_apply (stage->tree, readings);
}

static void
apply_serial (Stage *stage, const char *id, const char *serial)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (id, NOW);
  PlanciaReading *reading = plancia_readings_add (readings, "serial_number", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (serial);
  plancia_device_tree_apply (stage->tree, readings);
}

static double
sum (Stage *stage, PlanciaQuantity quantity)
{
  double value = 0;

  return plancia_plant_sum (stage->leaves, quantity, &value) ? value : -1;
}

static void
update (Stage *stage)
{
  for (guint i = 0; i < stage->leaves->len; i++)
    plancia_device_update (g_ptr_array_index (stage->leaves, i));
}

static void
test_counts_an_inverter_once (Stage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) counted = NULL;

  apply (stage, "local", NOW, "pv_power", 3000);
  apply_serial (stage, "local", "ZP1ES110K00001");
  apply (stage, "thing", NOW - 60000, "powerGenerating", 2900);
  apply (stage, "alone", NOW - 60000, "powerGenerating", 500);

  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_PV_POWER), ==, 3500);
  counted = plancia_plant_sum_list_counted (stage->leaves, PLANCIA_QUANTITY_PV_POWER);
  g_assert_cmpuint (counted->len, ==, 2);
  g_assert_cmpstr (plancia_device_get_id (g_ptr_array_index (counted, 0)), ==, "local");
  g_assert_cmpstr (plancia_device_get_id (g_ptr_array_index (counted, 1)), ==, "alone");
}

static void
test_leaves_out_what_does_not_answer (Stage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) silent = NULL;

  apply (stage, "local", NOW, "pv_power", 3000);
  apply (stage, "other", NOW, "pv_power", 1000);
  apply (stage, "thing", NOW, "powerGenerating", 200);
  apply (stage, "alone", NOW, "powerGenerating", 500);
  fake_backend_set_state (stage->local, PLANCIA_STATE_TAKEN_OVER, NULL);
  update (stage);

  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_PV_POWER), ==, 700);
  silent = plancia_plant_sum_list_silent (stage->leaves);
  /* The pump is no source: its power is in the load of an inverter. */
  g_assert_cmpuint (silent->len, ==, 2);
  g_assert_cmpstr (plancia_device_get_id (g_ptr_array_index (silent, 0)), ==, "local");
  g_assert_cmpstr (plancia_device_get_id (g_ptr_array_index (silent, 1)), ==, "other");
}

static void
test_the_portal_stands_in (Stage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) silent = NULL;

  apply (stage, "local", NOW, "pv_power", 3000);
  apply_serial (stage, "local", "ZP1ES110K00001");
  apply (stage, "thing", NOW, "powerGenerating", 2900);
  apply (stage, "alone", NOW, "powerGenerating", 500);
  apply (stage, "other", NOW, "pv_power", 1000);
  fake_backend_set_state (stage->local, PLANCIA_STATE_FAILING, NULL);
  update (stage);

  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_PV_POWER), ==, 3400);
  silent = plancia_plant_sum_list_silent (stage->leaves);
  g_assert_cmpuint (silent->len, ==, 1);
  g_assert_cmpstr (plancia_device_get_id (g_ptr_array_index (silent, 0)), ==, "other");
}

static void
test_old_power_is_not_of_now (Stage *stage, gconstpointer data)
{
  gint64 hour_ago = NOW - PLANCIA_HOUR;

  apply (stage, "alone", hour_ago, "powerGenerating", 500);
  apply (stage, "alone", hour_ago, "energyGenerating", 12);
  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_PV_POWER), ==, -1);
  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_ENERGY_PV), ==, 12);

  plancia_clock_simulate (NOW + PLANCIA_DAY, 0);
  update (stage);
  g_assert_cmpfloat (sum (stage, PLANCIA_QUANTITY_ENERGY_PV), ==, -1);
}

#define ADD(path, test) g_test_add (path, Stage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/plant-sum/counts-an-inverter-once", test_counts_an_inverter_once);
  ADD ("/plant-sum/leaves-out-what-does-not-answer", test_leaves_out_what_does_not_answer);
  ADD ("/plant-sum/the-portal-stands-in", test_the_portal_stands_in);
  ADD ("/plant-sum/old-power-is-not-of-now", test_old_power_is_not_of_now);
  return g_test_run ();
}
