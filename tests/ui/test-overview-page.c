/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/overview-page.h"

#include "base/clock.h"
#include "history/store.h"
#include "model/day-curve.h"
#include "model/device-alarms.h"
#include "ui-fixture.h"
#include "ui/alarms-card.h"
#include "ui/day-chart.h"
#include "ui/hub-overview.h"
#include "ui/identity-card.h"
#include "ui/key-value.h"
#include "ui/link-card.h"
#include "ui/portal-overview.h"
#include "ui/power-flow.h"
#include "ui/serial-overview.h"
#include "ui/stick-overview.h"
#include "ui/today-card.h"
#include <math.h>
#include <string.h>

/* 12 June 2026, 14:05:37 in Rome. */
#define NOW       G_GINT64_CONSTANT (1781265937000)
#define DAY_START G_GINT64_CONSTANT (1781215200000)

static PlanciaReadings *
begin (PlanciaDevice *device)
{
  return plancia_readings_new (plancia_device_get_id (device), plancia_clock_now ());
}

static void
end (UiPlant *plant, PlanciaReadings *readings)
{
  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
  plancia_readings_unref (readings);
}

static void
add_number (PlanciaReadings *readings, const char *key, double number)
{
  plancia_reading_set_number (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD), number);
}

/* As a map's register would have answered. */
static void
add_words (PlanciaReadings *readings, PlanciaDevice *device, const char *key, const char *text)
{
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (device), key);
  g_auto (PlanciaValue) value = {0};
  g_autofree guint16 *words = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaField writable;

  g_assert_nonnull (field);
  words = g_new0 (guint16, field->count);
  writable = *field;
  writable.access |= PLANCIA_ACCESS_WRITE;
  g_assert_true (plancia_field_parse (&writable, text, &value, &error));
  g_assert_no_error (error);
  g_assert_true (plancia_field_encode (&writable, &value, NULL, words, &error));
  g_assert_no_error (error);
  plancia_reading_set_words (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                             field,
                             words);
}

static void
add_bit (PlanciaReadings *readings, PlanciaDevice *device, const char *key, int bit)
{
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (device), key);
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  if (bit >= 0)
    words[bit / 16] |= (guint16) (1u << bit % 16);
  plancia_reading_set_words (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                             field,
                             words);
}

static void
add_identity (PlanciaReadings *readings, PlanciaDevice *device)
{
  add_words (readings, device, "serial_number", "ZP1ES110K0000123");
  add_words (readings, device, "firmware_master", "V210");
  add_words (readings, device, "firmware_slave", "V103");
  add_words (readings, device, "clock_now", "2026-06-12 14:05:40");
  add_number (readings, "rated_power", 10000);
}

static void
apply_noon (UiPlant *plant, int fault)
{
  PlanciaReadings *readings = begin (plant->hybrid);

  add_words (readings, plant->hybrid, "state", "2");
  add_number (readings, "pv_power", 5210);
  add_number (readings, "pv1_power", 2710);
  add_number (readings, "pv2_power", 2500);
  add_number (readings, "battery_power", 2100);
  add_number (readings, "battery_soc", 68);
  add_number (readings, "load_power", 1900);
  add_number (readings, "grid_active_power", 1210);
  add_number (readings, "output_active_power", 3110);
  add_number (readings, "temperature_heat_sink_1", 46);
  add_number (readings, "pv_energy_today", 31.4);
  add_number (readings, "load_energy_today", 12.0);
  add_number (readings, "export_energy_today", 12.8);
  add_number (readings, "import_energy_today", 0.3);
  add_number (readings, "charge_energy_today", 9.9);
  add_number (readings, "discharge_energy_today", 3.0);
  add_bit (readings, plant->hybrid, "faults_1", fault);
  add_bit (readings, plant->hybrid, "status_bits", -1);
  add_identity (readings, plant->hybrid);
  end (plant, readings);
}

/* A day of sun with clouds at eleven. */
static double
sun_at (double hour)
{
  double up = (hour - 5.6) / 15;
  double noise = fabs (sin (hour * 91.7) * 43.7);
  double clear = up > 0 ? 8000 * pow (sin (up * G_PI), 1.3) : 0;

  noise -= floor (noise);
  return clear * ((hour > 10.5 && hour < 11) || hour > 13.2 ? 1 - 0.5 * noise : 1 - 0.05 * noise);
}

static void
fill_curve (UiPlant *plant)
{
  PlanciaDayCurve *curve = plancia_day_curve_for (plant->plant, plant->hybrid);

  for (gint64 time = DAY_START; time < NOW; time += 5 * PLANCIA_MINUTE) {
    double hour = (double) (time - DAY_START) / PLANCIA_HOUR;
    double sun = sun_at (hour);
    double load = 450 + 1500 * exp (-pow ((hour - 7.4) / 0.4, 2)) +
                  2200 * exp (-pow ((hour - 12.7) / 0.35, 2)) + 80 * sin (hour * 40);

    plancia_series_merge (plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_PV_POWER),
                          &time,
                          &sun,
                          1);
    plancia_series_merge (plancia_day_curve_get_series (curve, PLANCIA_QUANTITY_LOAD_POWER),
                          &time,
                          &load,
                          1);
  }
}

static GtkWidget *
new_page (UiPlant *plant)
{
  return g_object_new (PLANCIA_TYPE_OVERVIEW_PAGE, "session", plant->session, NULL);
}

static const char *
line_value (GtkWidget *root, const char *key)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, key);

  g_assert_nonnull (label);
  return plancia_key_value_get_value (
    PLANCIA_KEY_VALUE (gtk_widget_get_ancestor (label, PLANCIA_TYPE_KEY_VALUE)));
}

static void
test_cards_of_a_hybrid (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *page;
  GtkWindow *window;

  plancia_clock_simulate (NOW, 0);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  plancia_session_set_device (plant->session, plant->hybrid);
  apply_noon (plant, -1);
  ui_fixture_settle ();

  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "On grid"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "No open alarms"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "98\xc2\xa0% self-sufficient"));
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_POWER_FLOW, NULL));
  g_assert_cmpstr (line_value (page, "Serial"), ==, "ZP1ES110K0000123");
  g_assert_cmpstr (line_value (page, "Firmware"), ==, "V210 / V103");
  g_assert_cmpstr (line_value (page, "Rated power"), ==, "10.0\xc2\xa0kW");
  g_assert_cmpstr (line_value (page, "Register map"), ==, "G3, confirmed");
  g_assert_cmpstr (line_value (page, "Clock"), ==, "3\xc2\xa0s ahead");
  g_assert_cmpstr (line_value (page, "Last reading"), ==, "0\xc2\xa0s ago");

  apply_noon (plant, 0);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "1 open"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Grid voltage too high"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Fault, since 14:05 · ID 1"));
  g_assert_null (ui_fixture_find (page, GTK_TYPE_LABEL, "No open alarms"));
  apply_noon (plant, -1);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Ended 14:05 · ID 1"));
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

static void
test_copy (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autofree char *text = NULL;
  GtkWidget       *page, *card;
  GtkWindow       *window;

  plancia_clock_simulate (NOW, 0);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  plancia_session_set_device (plant->session, plant->hybrid);
  apply_noon (plant, -1);
  card = ui_fixture_find (page, PLANCIA_TYPE_IDENTITY_CARD, NULL);
  text = plancia_identity_card_to_text (PLANCIA_IDENTITY_CARD (card));
  g_assert_cmpstr (text,
                   ==,
                   "HYD 10000 ZSS\nSerial: ZP1ES110K0000123\nFirmware: V210 / V103\n"
                   "Rated power: 10.0\xc2\xa0kW\nRegister map: G3, confirmed\n"
                   "Clock: 3\xc2\xa0s ahead\n");
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

/* Refused registers leave no empty node, tile or card. */
static void
test_only_what_it_has (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaReadings *readings;
  GtkWidget       *page;
  GtkWindow       *window;

  plancia_clock_simulate (NOW, 0);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  plancia_session_set_device (plant->session, plant->thing);
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_TODAY_CARD, NULL));
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_ALARMS_CARD, NULL));

  readings = begin (plant->thing);
  add_number (readings, "powerGenerating", 1980);
  add_number (readings, "powerConsuming", 640);
  add_number (readings, "energyGenerating", 12.5);
  end (plant, readings);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_TODAY_CARD, NULL));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Produced"));
  g_assert_null (ui_fixture_find (page, GTK_TYPE_LABEL, "Charged"));
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_ALARMS_CARD, NULL));
  g_assert_cmpstr (line_value (page, "Serial"), ==, "ZE1ES330J1E258");
  g_assert_cmpstr (line_value (page, "Account"), ==, "Azzurro Portal");
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

/* Each kind has its page, and each page lets go of the device that is left. */
static void
test_kinds (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *page;
  GtkWindow *window;

  plancia_clock_simulate (NOW, 0);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  plancia_session_set_device (plant->session, plant->stick);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_STICK_OVERVIEW, NULL));
  g_assert_nonnull (ui_fixture_find (page, ADW_TYPE_ACTION_ROW, "HYD 6000 ZSS HP"));
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_LINK_CARD, NULL));
  cairo_surface_destroy (ui_fixture_screenshot (page, "overview-stick-light"));

  plancia_session_set_device (plant->session, plant->hub);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_HUB_OVERVIEW, NULL));
  plancia_session_set_device (plant->session, plant->portal);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_PORTAL_OVERVIEW, NULL));
  plancia_session_set_device (plant->session, plant->console);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));
  plancia_session_set_device (plant->session, plant->inverter);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_POWER_FLOW, NULL));
  plancia_session_set_plant (plant->session, NULL);
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_POWER_FLOW, NULL));
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

/* A register device on a port that cannot be opened shows why; its cards come when it answers. */
static void
test_shut_port (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (PlanciaAddress)
    address = plancia_address_parse ("rs485:///dev/ttyUSB0/1?baud=9600&format=8N1", NULL);
  GtkWidget *page;
  GtkWindow *window;

  plancia_clock_simulate (NOW, 0);
  plancia_entry_set_address (plancia_device_get_entry (plant->hybrid), address);
  fake_backend_set_state (
    plant->hybrid_backend,
    PLANCIA_STATE_FAILING,
    g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "/dev/ttyUSB0: permission denied"));
  plancia_device_update (plant->hybrid);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  plancia_session_set_device (plant->session, plant->hybrid);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));

  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_OPEN, NULL);
  apply_noon (plant, -1);
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_POWER_FLOW, NULL));
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

static void
test_axis (void)
{
  g_assert_cmpfloat (plancia_day_chart_step (7900), ==, 4000);
  g_assert_cmpfloat (plancia_day_chart_step (8000), ==, 4000);
  g_assert_cmpfloat (plancia_day_chart_step (8100), ==, 5000);
  g_assert_cmpfloat (plancia_day_chart_step (1200), ==, 800);
  g_assert_cmpfloat (plancia_day_chart_step (0), ==, 300);
  g_assert_cmpfloat (plancia_day_chart_step (345000), ==, 200000);
}

/* Nothing is clipped in a narrow window: the page asks for no more than 480. */
static void
test_narrow (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *page;
  GtkWindow *window;
  int        minimum;

  plancia_clock_simulate (NOW, 0);
  page = new_page (plant);
  window = ui_fixture_present (page, 480, 672);
  plancia_session_set_device (plant->session, plant->hybrid);
  fill_curve (plant);
  apply_noon (plant, -1);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 420);
  cairo_surface_destroy (ui_fixture_screenshot (page, "overview-narrow-light"));
  gtk_window_destroy (window);
  plancia_clock_reset ();
}

static void
take_picture (UiPlant *plant, const char *name)
{
  GtkWidget      *page = new_page (plant);
  GtkWindow      *window = ui_fixture_present (page, 899, 672);
  graphene_rect_t card, whole;

  plancia_session_set_device (plant->session, plant->hybrid);
  apply_noon (plant, 161);
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (page, name));
  g_assert_true (gtk_widget_compute_bounds (page, page, &whole));
  g_assert_true (
    gtk_widget_compute_bounds (ui_fixture_find (page, PLANCIA_TYPE_LINK_CARD, NULL), page, &card));
  g_assert_cmpfloat (card.origin.x + card.size.width, <=, whole.size.width);
  gtk_window_destroy (window);
}

static void
test_pictures (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();

  plancia_clock_simulate (NOW - PLANCIA_HOUR, 0);
  plancia_device_alarms_for (plant->hybrid);
  apply_noon (plant, 0);
  plancia_clock_simulate (NOW, 0);
  fill_curve (plant);
  take_picture (plant, "overview-light");
  ui_fixture_set_dark (TRUE);
  take_picture (plant, "overview-dark");
  ui_fixture_set_dark (FALSE);
  plancia_clock_reset ();
}

/* Text at 150 %: everything that depends on it grows. */
static void
test_large_text (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  int dpi = 96 * 1024;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  plancia_clock_simulate (NOW, 0);
  fill_curve (plant);
  take_picture (plant, "overview-150-light");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  plancia_clock_reset ();
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/overview/hybrid", test_cards_of_a_hybrid);
  g_test_add_func ("/overview/copy", test_copy);
  g_test_add_func ("/overview/only-what-it-has", test_only_what_it_has);
  g_test_add_func ("/overview/kinds", test_kinds);
  g_test_add_func ("/overview/shut-port", test_shut_port);
  g_test_add_func ("/overview/axis", test_axis);
  g_test_add_func ("/overview/narrow", test_narrow);
  g_test_add_func ("/overview/pictures", test_pictures);
  g_test_add_func ("/overview/large-text", test_large_text);
  return g_test_run ();
}
