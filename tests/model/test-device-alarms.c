/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-alarms.h"

#include "base/clock.h"
#include "map/map-catalog.h"

#define NOW G_GINT64_CONSTANT (1781265930000)

static PlanciaDevice *
new_device (const char *map_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("eth-stick://127.0.0.1/1", &error);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, "inverter", "Device", address);
  g_autoptr (PlanciaMap) map = map_id ? plancia_map_catalog_get (map_id, &error) : NULL;
  PlanciaDevice *device = plancia_device_new (entry);

  g_assert_no_error (error);
  plancia_device_set_map (device, map);
  return device;
}

/* bits: numbers of the bits that are set, ended by -1. */
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
apply_error (PlanciaDevice *device, const char *key, gint64 time)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("any", time);

  plancia_readings_add (readings, key, PLANCIA_QUALITY_ERROR);
  plancia_device_apply (device, readings);
}

static void
count (guint *counter)
{
  (*counter)++;
}

static void
test_comes_and_goes (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("zcs-3ph-hyd-g3");
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);
  const PlanciaAlarm  *alarm;
  guint                changes = 0;

  g_signal_connect_swapped (alarms, "changed", G_CALLBACK (count), &changes);
  g_assert_true (plancia_device_alarms_for (device) == alarms);
  g_assert_true (plancia_device_alarms_supported (alarms));
  g_assert_cmpint (plancia_device_alarms_get_time (alarms), ==, 0);

  apply_bits (device, "faults_1", NOW, (int[]){-1});
  g_assert_cmpuint (plancia_device_alarms_get_length (alarms), ==, 0);
  g_assert_cmpint (plancia_device_alarms_get_time (alarms), ==, NOW);
  g_assert_cmpuint (changes, ==, 1);

  apply_bits (device, "faults_1", NOW + 1000, (int[]){0, 41, -1});
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 2);
  alarm = plancia_device_alarms_get (alarms, 0);
  g_assert_cmpint (alarm->id, ==, 1);
  g_assert_cmpstr (alarm->label, ==, "Grid voltage too high");
  g_assert_cmpint (alarm->severity, ==, PLANCIA_SEVERITY_FAULT);
  g_assert_cmpint (alarm->since, ==, NOW + 1000);
  g_assert_false (alarm->from_before);

  /* The same word again is no news. */
  apply_bits (device, "faults_1", NOW + 2000, (int[]){0, 41, -1});
  g_assert_cmpuint (changes, ==, 2);

  apply_bits (device, "faults_1", NOW + 3000, (int[]){41, -1});
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 1);
  g_assert_cmpuint (plancia_device_alarms_get_length (alarms), ==, 2);
  g_assert_cmpint (plancia_device_alarms_get (alarms, 0)->id, ==, 42);
  alarm = plancia_device_alarms_get (alarms, 1);
  g_assert_cmpint (alarm->id, ==, 1);
  g_assert_cmpint (alarm->until, ==, NOW + 3000);

  /* Again: another alarm, the ended one stays. */
  apply_bits (device, "faults_1", NOW + 4000, (int[]){0, 41, -1});
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 2);
  g_assert_cmpuint (plancia_device_alarms_get_length (alarms), ==, 3);
  g_assert_cmpint (plancia_device_alarms_get (alarms, 0)->since, ==, NOW + 4000);
}

/* What was set at the first look began nobody knows when; no answer ends nothing. */
static void
test_first_look_and_silence (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("zcs-3ph-hyd-g3");
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);

  apply_bits (device, "faults_1", NOW, (int[]){7, -1});
  g_assert_true (plancia_device_alarms_get (alarms, 0)->from_before);
  apply_error (device, "faults_1", NOW + 1000);
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 1);
  g_assert_cmpint (plancia_device_alarms_get_time (alarms), ==, NOW);
}

/* Of the status bits only those that the vendor calls warning or alarm; a bit without words keeps its number. */
static void
test_which_bits (void)
{
  g_autoptr (PlanciaDevice) device = new_device ("zcs-3ph-hyd-g3");
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);
  const PlanciaField  *field = plancia_map_find_field (plancia_device_get_map (device), "faults_2");
  int                  unnamed = field->count * 16 - 1;

  apply_bits (device, "status_bits", NOW, (int[]){1, 19, 96, -1});
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 1);
  g_assert_cmpstr (plancia_device_alarms_get (alarms, 0)->label, ==, "Insulation warning");
  g_assert_cmpint (plancia_device_alarms_get (alarms, 0)->severity, ==, PLANCIA_SEVERITY_WARNING);

  for (guint i = 0; i < field->bits->len; i++)
    g_assert_cmpint (((PlanciaLabel *) g_ptr_array_index (field->bits, i))->number, !=, unnamed);
  apply_bits (device, "faults_2", NOW + 1000, (int[]){unnamed, -1});
  g_assert_cmpuint (plancia_device_alarms_get_n_open (alarms), ==, 2);
  g_assert_null (plancia_device_alarms_get (alarms, 0)->label);
  g_assert_cmpuint (plancia_device_alarms_get (alarms, 0)->bit, ==, unnamed);
}

static void
test_maps (void)
{
  g_autoptr (PlanciaDevice) device = new_device (NULL);
  g_autoptr (PlanciaMap) meter = NULL, inverter = NULL;
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);

  g_assert_false (plancia_device_alarms_supported (alarms));
  meter = plancia_map_catalog_get ("chint-dtsu666", NULL);
  plancia_device_set_map (device, meter);
  g_assert_false (plancia_device_alarms_supported (alarms));
  inverter = plancia_map_catalog_get ("zcs-string-old", NULL);
  plancia_device_set_map (device, inverter);
  g_assert_true (plancia_device_alarms_supported (alarms));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-alarms/comes-and-goes", test_comes_and_goes);
  g_test_add_func ("/device-alarms/first-look", test_first_look_and_silence);
  g_test_add_func ("/device-alarms/which-bits", test_which_bits);
  g_test_add_func ("/device-alarms/maps", test_maps);
  return g_test_run ();
}
