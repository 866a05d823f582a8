/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device.h"

#include "base/clock.h"
#include "base/error.h"
#include "fake-backend.h"

#define NOW G_GINT64_CONSTANT (1781265930000)

static PlanciaDevice *
new_device (const char *kind, const char *address_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (address_text, &error);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_no_error (error);
  entry = plancia_entry_new (NULL, kind, "Device", address);
  return plancia_device_new (entry);
}

static PlanciaReadings *
one_number (const char *key, PlanciaQuality quality, double number, gint64 time)
{
  PlanciaReadings *readings = plancia_readings_new ("any", time);
  PlanciaReading  *reading = plancia_readings_add (readings, key, quality);

  plancia_reading_set_number (reading, number);
  reading->quality = quality;
  return readings;
}

static void
apply_number (PlanciaDevice *device,
              const char    *key,
              PlanciaQuality quality,
              double         number,
              gint64         time)
{
  g_autoptr (PlanciaReadings) readings = one_number (key, quality, number, time);

  plancia_device_apply (device, readings);
}

static void
test_figure_in_the_tree (void)
{
  g_autoptr (PlanciaDevice) inverter = new_device ("inverter", "eth-stick://127.0.0.1/1");
  g_autoptr (PlanciaDevice) meter = new_device ("meter", "hub://127.0.0.1/meters/1");
  g_autoptr (PlanciaDevice) console = new_device ("console", "connext:///dev/ttyACM0");
  g_autoptr (PlanciaDevice)
    link = new_device ("console", "connext:///run/user/1000/plancia-console-1");
  g_autoptr (PlanciaDevice) pty = new_device ("console", "connext:///dev/pts/3");

  g_assert_cmpstr (plancia_device_get_value_text (inverter), ==, "\xe2\x80\x94");
  apply_number (inverter, "output_active_power", PLANCIA_QUALITY_GOOD, 3110, NOW);
  g_assert_cmpstr (plancia_device_get_value_text (inverter), ==, "3.11\xc2\xa0kW");
  /* As on the meter's own display: import positive, so an export has a minus. */
  apply_number (meter, "grid_active_power", PLANCIA_QUALITY_GOOD, -1210, NOW);
  g_assert_cmpstr (plancia_device_get_value_text (meter),
                   ==,
                   "\xe2\x88\x92"
                   "1.21\xc2\xa0kW");
  g_assert_cmpstr (plancia_device_get_value_text (console), ==, "ttyACM0");
  g_assert_cmpstr (plancia_device_get_value_text (link), ==, "plancia-console-1");
  g_assert_cmpstr (plancia_device_get_value_text (pty), ==, "pts/3");
}

static void
test_error_keeps_the_last_value (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("inverter", "eth-stick://127.0.0.1/1");
  double value = 0;

  apply_number (device, "pv_power", PLANCIA_QUALITY_GOOD, 5200, NOW);
  apply_number (device, "pv_power", PLANCIA_QUALITY_ERROR, 0, NOW + 1000);
  g_assert_true (plancia_device_get_quantity (device, PLANCIA_QUANTITY_PV_POWER, &value));
  g_assert_cmpfloat (value, ==, 5200);
  g_assert_cmpint (plancia_device_get_time (device), ==, NOW);

  /* What the device says it does not have is gone. */
  apply_number (device, "pv_power", PLANCIA_QUALITY_REFUSED, 0, NOW + 2000);
  g_assert_false (plancia_device_get_quantity (device, PLANCIA_QUANTITY_PV_POWER, &value));
}

static void
test_marks (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("inverter", "hub://127.0.0.1/inverters/1");
  g_autoptr (FakeBackend) backend = fake_backend_new (PLANCIA_BACKEND_LIVE);
  g_autoptr (GError) failure = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");

  plancia_clock_simulate (NOW, 0);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_CLOSED);

  plancia_device_set_backend (device, PLANCIA_BACKEND (backend));
  fake_backend_set_state (backend, PLANCIA_STATE_OPENING, NULL);
  plancia_device_update (device);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_CONNECTING);

  fake_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_update (device);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_CONNECTING);

  apply_number (device, "pv_power", PLANCIA_QUALITY_GOOD, 1, NOW);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_LIVE);

  plancia_clock_simulate (NOW + 31 * PLANCIA_SECOND, 0);
  plancia_device_update (device);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_STALE);

  plancia_device_set_failed (device, failure);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_FAILING);
  g_assert_error (plancia_device_get_error (device), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  plancia_device_set_failed (device, NULL);

  fake_backend_set_state (
    backend,
    PLANCIA_STATE_TAKEN_OVER,
    g_error_new (PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER, "taken"));
  plancia_device_update (device);
  g_assert_cmpint (plancia_device_get_mark (device), ==, PLANCIA_MARK_TAKEN_OVER);
  plancia_clock_reset ();
}

static void
test_cloud_is_stale_by_the_time_of_the_sample (void)
{
  g_autoptr (PlanciaDevice) thing = new_device ("thing", "portal://demo/ZM1TEST00001");
  g_autoptr (FakeBackend) backend = fake_backend_new (PLANCIA_BACKEND_LIVE);

  plancia_clock_simulate (NOW, 0);
  plancia_device_set_backend (thing, PLANCIA_BACKEND (backend));
  fake_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  apply_number (thing, "powerGenerating", PLANCIA_QUALITY_GOOD, 1980, NOW - 10 * PLANCIA_MINUTE);
  g_assert_cmpint (plancia_device_get_mark (thing), ==, PLANCIA_MARK_LIVE);
  plancia_clock_simulate (NOW + 11 * PLANCIA_MINUTE, 0);
  plancia_device_update (thing);
  g_assert_cmpint (plancia_device_get_mark (thing), ==, PLANCIA_MARK_STALE);
  plancia_clock_reset ();
}

static void
count (guint *counter)
{
  (*counter)++;
}

static void
test_notifies_only_what_moved (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("inverter", "eth-stick://127.0.0.1/1");
  guint texts = 0, batches = 0;

  g_signal_connect_swapped (device, "notify::value-text", G_CALLBACK (count), &texts);
  g_signal_connect_swapped (device, "readings", G_CALLBACK (count), &batches);
  apply_number (device, "output_active_power", PLANCIA_QUALITY_GOOD, 3110, NOW);
  apply_number (device, "output_active_power", PLANCIA_QUALITY_GOOD, 3111, NOW + 1000);
  g_assert_cmpuint (texts, ==, 1);
  g_assert_cmpuint (batches, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device/figure", test_figure_in_the_tree);
  g_test_add_func ("/device/error-keeps-value", test_error_keeps_the_last_value);
  g_test_add_func ("/device/marks", test_marks);
  g_test_add_func ("/device/cloud-stale", test_cloud_is_stale_by_the_time_of_the_sample);
  g_test_add_func ("/device/notifies", test_notifies_only_what_moved);
  return g_test_run ();
}
