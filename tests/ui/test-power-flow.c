/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-flow.h"

#include "ui-fixture.h"
#include "ui/power-flow-geometry.h"
#include <math.h>
#include <string.h>

static PlanciaFlowReading
hybrid (void)
{
  PlanciaFlowReading reading;

  plancia_flow_reading_init (&reading);
  reading.present[PLANCIA_FLOW_SUN] = reading.present[PLANCIA_FLOW_BATTERY] = TRUE;
  reading.present[PLANCIA_FLOW_HOME] = reading.present[PLANCIA_FLOW_GRID] = TRUE;
  reading.power[PLANCIA_FLOW_SUN] = 5210;
  reading.power[PLANCIA_FLOW_BATTERY] = 2100;
  reading.power[PLANCIA_FLOW_HOME] = 1900;
  reading.power[PLANCIA_FLOW_GRID] = 1210;
  reading.pv[0] = 2710;
  reading.pv[1] = 2500;
  reading.charge = 68;
  reading.ac_power = 3110;
  reading.temperature = 46;
  reading.rated = 10000;
  return reading;
}

/* --- geometry -------------------------------------------------------------------------------- */

static void
test_places (void)
{
  PlanciaFlowReading  reading = hybrid ();
  PlanciaFlowGeometry geometry;

  plancia_flow_geometry_compute (&geometry, 460, 366, 1, reading.present);
  g_assert_cmpfloat_with_epsilon (geometry.radius, 48.3, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_SUN].x, 78.2, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_HOME].x, 460 - 78.2, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_SUN].y, 51.3, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_GRID].y, 366 - 48.3 - 46, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.hub_y, 161.5, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_SUN].port, 152.5, 0.01);
  g_assert_cmpfloat_with_epsilon (geometry.places[PLANCIA_FLOW_GRID].port, 170.5, 0.01);
  g_assert_false (geometry.small);
  g_assert_false (geometry.narrow);
}

static void
test_no_battery_stands_in_the_middle (void)
{
  PlanciaFlowReading  reading = hybrid ();
  PlanciaFlowGeometry geometry;

  reading.present[PLANCIA_FLOW_BATTERY] = FALSE;
  plancia_flow_geometry_compute (&geometry, 520, 270, 1, reading.present);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_SUN].y, ==, geometry.hub_y);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_SUN].port, ==, geometry.hub_y);
  g_assert_cmpfloat (geometry.radius, ==, 40);
  g_assert_true (geometry.small);
}

static void
test_three_on_a_side (void)
{
  PlanciaFlowReading  reading = hybrid ();
  PlanciaFlowGeometry geometry;

  reading.present[PLANCIA_FLOW_CAR] = TRUE;
  plancia_flow_geometry_compute (&geometry, 540, 366, 1, reading.present);
  g_assert_cmpfloat (geometry.radius, ==, 40);
  g_assert_true (geometry.places[PLANCIA_FLOW_CAR].crowded);
  g_assert_false (geometry.places[PLANCIA_FLOW_SUN].crowded);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_GRID].y, ==, 366 - 40 - 26);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_CAR].y, ==, (43 + 300) / 2.0);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_HOME].port, ==, geometry.hub_y - 18);
  g_assert_cmpfloat (geometry.places[PLANCIA_FLOW_CAR].port, ==, geometry.hub_y);
  g_assert_cmpfloat (plancia_flow_minimum_height (1, reading.present), ==, 350);
}

static void
test_marks_run_with_the_power (void)
{
  PlanciaFlowReading  reading = hybrid ();
  PlanciaFlowGeometry geometry;
  PlanciaFlowCurve    curve;
  PlanciaFlowPoint    still[64], later[64];
  double              length;
  guint               n;

  plancia_flow_geometry_compute (&geometry, 460, 366, 1, reading.present);
  plancia_flow_geometry_curve (&geometry, PLANCIA_FLOW_SUN, &curve);
  length = plancia_flow_curve_length (&curve);
  g_assert_cmpfloat (length, >, curve.x[3] - curve.x[0]);
  n = plancia_flow_curve_marks (&curve, 0, TRUE, still, 64);
  g_assert_cmpuint (n, ==, (guint) (length / 22) + 1);
  g_assert_cmpfloat_with_epsilon (still[0].x, curve.x[0], 0.01);

  plancia_flow_curve_marks (&curve, 5, TRUE, later, 64);
  g_assert_cmpfloat (later[1].x, >, still[1].x);
  plancia_flow_curve_marks (&curve, 0, FALSE, still, 64);
  plancia_flow_curve_marks (&curve, 1, FALSE, later, 64);
  g_assert_cmpfloat (later[2].x, <, still[2].x);

  g_assert_cmpfloat (plancia_flow_ribbon_width (0), ==, 9);
  g_assert_cmpfloat (plancia_flow_ribbon_width (7), ==, 16);
  g_assert_cmpfloat (plancia_flow_speed (0.25), ==, 40);
}

/* --- what is said ---------------------------------------------------------------------------- */

static void
test_sentence (void)
{
  PlanciaFlowReading reading = hybrid ();
  g_autofree char   *day = plancia_flow_reading_to_text (&reading);
  g_autofree char   *night = NULL, *detail = NULL;

  g_assert_cmpstr (day,
                   ==,
                   "Sun 5.21\xc2\xa0kW, Battery charging 2.10\xc2\xa0kW at 68\xc2\xa0%, "
                   "Home 1.90\xc2\xa0kW, Grid exporting 1.21\xc2\xa0kW");
  reading.power[PLANCIA_FLOW_SUN] = NAN;
  reading.power[PLANCIA_FLOW_BATTERY] = -820;
  reading.power[PLANCIA_FLOW_GRID] = -480;
  reading.as_of = "14:02";
  night = plancia_flow_reading_to_text (&reading);
  g_assert_cmpstr (night,
                   ==,
                   "Sun unknown, Battery discharging 0.82\xc2\xa0kW at 68\xc2\xa0%, "
                   "Home 1.90\xc2\xa0kW, Grid importing 0.48\xc2\xa0kW, as of 14:02");
  reading.as_of = NULL;
  detail = plancia_flow_reading_dup_detail (&reading, PLANCIA_FLOW_HOME);
  g_assert_cmpstr (detail, ==, "75\xc2\xa0% from own power");
}

static void
test_direction (void)
{
  PlanciaFlowReading reading = hybrid ();

  g_assert_true (plancia_flow_reading_inwards (&reading, PLANCIA_FLOW_SUN));
  g_assert_false (plancia_flow_reading_inwards (&reading, PLANCIA_FLOW_BATTERY));
  g_assert_false (plancia_flow_reading_inwards (&reading, PLANCIA_FLOW_GRID));
  reading.power[PLANCIA_FLOW_GRID] = -300;
  g_assert_true (plancia_flow_reading_inwards (&reading, PLANCIA_FLOW_GRID));
  reading.power[PLANCIA_FLOW_GRID] = -9;
  g_assert_false (plancia_flow_reading_flows (&reading, PLANCIA_FLOW_GRID));
  reading.power[PLANCIA_FLOW_GRID] = NAN;
  g_assert_false (plancia_flow_reading_flows (&reading, PLANCIA_FLOW_GRID));
}

/* --- drawing --------------------------------------------------------------------------------- */

static GtkWidget *
in_card (GtkWidget *flow)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "panel");
  gtk_widget_set_hexpand (flow, TRUE);
  gtk_widget_set_vexpand (flow, TRUE);
  gtk_box_append (GTK_BOX (card), flow);
  return card;
}

static guint32
pixel (cairo_surface_t *picture, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (picture);
  int           stride = cairo_image_surface_get_stride (picture);

  return ((const guint32 *) (gconstpointer) (data + (int) y * stride))[(int) x] & 0xffffff;
}

/* The colour of the sun's ring at nine o'clock: by day and, idle, by night. */
static void
test_rings (void)
{
  PlanciaFlowReading reading = hybrid ();
  GtkWidget         *flow = plancia_power_flow_new ();
  GtkWindow         *window = ui_fixture_present (flow, 460, 366);
  double             x = 78.2 - 48.3 + 2, y = 51.3;
  cairo_surface_t   *picture;

  plancia_power_flow_set (PLANCIA_POWER_FLOW (flow), &reading);
  picture = ui_fixture_screenshot (flow, "power-flow-light");
  g_assert_cmphex (pixel (picture, x, y), ==, 0xb87300);
  cairo_surface_destroy (picture);

  reading.power[PLANCIA_FLOW_SUN] = 3;
  plancia_power_flow_set (PLANCIA_POWER_FLOW (flow), &reading);
  picture = ui_fixture_screenshot (flow, "power-flow-idle-light");
  g_assert_cmphex (pixel (picture, x, y), ==, 0xc0bfbc);
  cairo_surface_destroy (picture);
  gtk_window_destroy (window);
}

/* The sheet of the specification: night, no battery, a car, an old reading. */
static void
picture_of_flows (const char *name)
{
  GtkWidget         *sheet = gtk_grid_new ();
  GtkWidget         *flows[4];
  PlanciaFlowReading reading[4] = {hybrid (), hybrid (), hybrid (), hybrid ()};
  GtkWindow         *window;

  reading[0].power[PLANCIA_FLOW_SUN] = 0;
  reading[0].power[PLANCIA_FLOW_BATTERY] = -820;
  reading[0].power[PLANCIA_FLOW_GRID] = -140;
  reading[0].detail[PLANCIA_FLOW_SUN] = "since 21:12";
  reading[0].charge = 41;
  reading[1].present[PLANCIA_FLOW_BATTERY] = FALSE;
  reading[1].power[PLANCIA_FLOW_SUN] = 3110;
  reading[2].present[PLANCIA_FLOW_CAR] = TRUE;
  reading[2].power[PLANCIA_FLOW_CAR] = 3600;
  reading[3].as_of = "14:02";
  reading[3].hub_detail = "no answer";
  gtk_grid_set_column_homogeneous (GTK_GRID (sheet), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (sheet), 18);
  gtk_grid_set_row_spacing (GTK_GRID (sheet), 18);
  for (int i = 0; i < 4; i++) {
    flows[i] = plancia_power_flow_new ();
    plancia_power_flow_set (PLANCIA_POWER_FLOW (flows[i]), &reading[i]);
    if (i < 2)
      plancia_power_flow_set_natural_height (PLANCIA_POWER_FLOW (flows[i]), 290);
    gtk_grid_attach (GTK_GRID (sheet), in_card (flows[i]), i % 2, i / 2, 1, 1);
  }
  window = ui_fixture_present (sheet, 1164, 760);
  cairo_surface_destroy (ui_fixture_screenshot (sheet, name));
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (gtk_widget_get_height (flows[i]), >=, 290);
  gtk_window_destroy (window);
}

static void
test_pictures (void)
{
  picture_of_flows ("flows-light");
  ui_fixture_set_dark (TRUE);
  picture_of_flows ("flows-dark");
  ui_fixture_set_dark (FALSE);
}

/* Only a change of nodes asks for a new layout; the same reading draws nothing. */
static void
test_cheap_updates (void)
{
  PlanciaFlowReading reading = hybrid ();
  GtkWidget         *flow = plancia_power_flow_new ();
  GtkWindow         *window = ui_fixture_present (flow, 288, 330);
  int                minimum;

  gtk_widget_measure (flow, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 330);
  plancia_power_flow_set (PLANCIA_POWER_FLOW (flow), &reading);
  ui_fixture_settle ();
  reading.present[PLANCIA_FLOW_CAR] = TRUE;
  plancia_power_flow_set (PLANCIA_POWER_FLOW (flow), &reading);
  gtk_widget_measure (flow, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 350);
  gtk_window_destroy (window);
}

static void
note (GtkWidget *flow, int which, int *noted)
{
  *noted = which;
}

static void
test_key_activates (void)
{
  PlanciaFlowReading  reading = hybrid ();
  GtkWidget          *flow = plancia_power_flow_new ();
  GtkWindow          *window = ui_fixture_present (flow, 460, 366);
  GListModel         *controllers;
  GtkEventController *key = NULL;
  gboolean            used = FALSE;
  int                 noted = -1;

  plancia_power_flow_set (PLANCIA_POWER_FLOW (flow), &reading);
  g_signal_connect (flow, "flow-activated", G_CALLBACK (note), &noted);
  g_assert_false (gtk_widget_get_focusable (flow));
  plancia_power_flow_set_activatable (PLANCIA_POWER_FLOW (flow), TRUE);
  g_assert_true (gtk_widget_get_focusable (flow));
  controllers = gtk_widget_observe_controllers (flow);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      key = controller;
  }
  g_object_unref (controllers);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Down, 0, 0, &used);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Return, 0, 0, &used);
  g_assert_cmpint (noted, ==, PLANCIA_FLOW_BATTERY);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Down, 0, 0, &used);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Down, 0, 0, &used);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Return, 0, 0, &used);
  g_assert_cmpint (noted, ==, PLANCIA_FLOW_GRID);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/power-flow/places", test_places);
  g_test_add_func ("/power-flow/no-battery", test_no_battery_stands_in_the_middle);
  g_test_add_func ("/power-flow/three-on-a-side", test_three_on_a_side);
  g_test_add_func ("/power-flow/marks", test_marks_run_with_the_power);
  g_test_add_func ("/power-flow/sentence", test_sentence);
  g_test_add_func ("/power-flow/direction", test_direction);
  g_test_add_func ("/power-flow/rings", test_rings);
  g_test_add_func ("/power-flow/pictures", test_pictures);
  g_test_add_func ("/power-flow/cheap", test_cheap_updates);
  g_test_add_func ("/power-flow/key", test_key_activates);
  return g_test_run ();
}
