/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-fixture.h"

#include "plant/plant-file.h"
#include "ui/history-panes.h"
#include "ui/settings.h"

#include <glib/gstdio.h>
#include <math.h>

/* Several devices one under another. */

static PlanciaHistoryPanes *
find_panes (HistoryFixture *fixture)
{
  return plancia_history_page_get_panes (fixture->page);
}

static void
put_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (store), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_put (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* 4.2 kW of the hybrid from eight to nine. */
static void
record (HistoryFixture *fixture, PlanciaSpan day)
{
  const char *device = plancia_device_get_id (fixture->plant->hybrid);
  g_autoptr (PlanciaSamples) samples = plancia_samples_new (device, "local", (PlanciaSpan){0, 0});
  gboolean done = FALSE;

  for (gint64 after = 0; after < PLANCIA_HOUR; after += 5 * PLANCIA_SECOND)
    plancia_samples_add (samples, "powerGenerating", day.start + 8 * PLANCIA_HOUR + after, 4200);
  plancia_samples_seal (samples);
  plancia_store_put_async (plancia_open_plant_get_store (fixture->plant->plant),
                           samples,
                           NULL,
                           put_done,
                           &done);
  g_assert_true (ui_fixture_wait (is_put, &done, 20000));
}

static gboolean
pane_has_values (gpointer user_data)
{
  PlanciaHistoryPanes *panes = user_data;
  PlanciaChart *chart = plancia_history_pane_get_chart (plancia_history_panes_get (panes, 0));

  return plancia_chart_get_n_layers (chart) > 0 &&
         plancia_series_get_length (plancia_layer_get_series (plancia_chart_get_layer (chart, 0))) >
           0;
}

static gboolean
sees_power (gpointer user_data)
{
  return history_fixture_sees (user_data, "4.20\u00a0kW");
}

static gboolean
sees_nothing (gpointer user_data)
{
  return history_fixture_sees (user_data, "Nothing recorded");
}

static void
set_up (HistoryFixture *fixture, gconstpointer data)
{
  g_settings_reset (plancia_settings_get (), "history-devices");
  history_fixture_set_up (fixture, data);
}

static void
tear_down (HistoryFixture *fixture, gconstpointer data)
{
  history_fixture_tear_down (fixture, data);
  g_settings_reset (plancia_settings_get (), "history-devices");
}

/* The hybrid under the portal's thing: its own curves and legend, the same time, and remembered. */
static void
test_beneath (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan          day = history_fixture_day_before (fixture, 1);
  PlanciaDevice       *hybrid = fixture->plant->hybrid;
  PlanciaHistoryPanes *panes;
  PlanciaChart        *first, *second;

  record (fixture, day);
  history_fixture_open_day (fixture, 1);
  panes = find_panes (fixture);
  g_assert_true (g_ptr_array_find (plancia_history_panes_get_offered (panes), hybrid, NULL));
  g_assert_false (
    g_ptr_array_find (plancia_history_panes_get_offered (panes), fixture->plant->thing, NULL));
  plancia_history_panes_choose (panes, hybrid, TRUE);
  g_assert_cmpuint (plancia_history_panes_get_n (panes), ==, 1);
  g_assert_true (ui_fixture_wait (pane_has_values, panes, 20000));
  history_fixture_wait_until_done (fixture);
  first = plancia_history_page_get_chart (fixture->page);
  second = plancia_history_pane_get_chart (plancia_history_panes_get (panes, 0));
  g_assert_true (history_fixture_sees (fixture, plancia_device_get_name (hybrid)));
  g_assert_true (ui_fixture_wait (sees_power, fixture, 20000));

  plancia_chart_zoom (first, day.start + 8 * PLANCIA_HOUR, 0.25);
  g_assert_cmpint (plancia_chart_get_visible_span (second).start,
                   ==,
                   plancia_chart_get_visible_span (first).start);
  plancia_chart_set_cursor (first, day.start + 8 * PLANCIA_HOUR + PLANCIA_HOUR / 2);
  g_assert_cmpint (plancia_chart_get_cursor (second), ==, plancia_chart_get_cursor (first));
  history_fixture_activate (fixture, "history.cursors");
  ui_fixture_settle ();
  g_assert_true (plancia_cursors_get_shown (plancia_chart_get_cursors (second)));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-panes"));

  /* The day before: nothing of the hybrid. */
  history_fixture_activate (fixture, "history.previous-day");
  history_fixture_wait_until_done (fixture);
  g_assert_true (ui_fixture_wait (sees_nothing, fixture, 20000));
  g_assert_cmpint (plancia_history_feed_get_day (
                     plancia_history_pane_get_feed (plancia_history_panes_get (panes, 0)))
                     .start,
                   ==,
                   history_fixture_day_before (fixture, 2).start);

  history_fixture_close_page (fixture);
  history_fixture_open_day (fixture, 1);
  g_assert_cmpuint (plancia_history_panes_get_n (find_panes (fixture)), ==, 1);
}

/* Taken away by the button in its corner. */
static void
test_taken_away (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryPanes *panes;
  PlanciaHistoryPane  *pane;
  g_auto (GStrv) ids = NULL;

  history_fixture_open_day (fixture, 1);
  panes = find_panes (fixture);
  plancia_history_panes_choose (panes, fixture->plant->hybrid, TRUE);
  history_fixture_wait_until_done (fixture);
  pane = plancia_history_panes_get (panes, 0);
  g_signal_emit_by_name (ui_fixture_find (GTK_WIDGET (pane), GTK_TYPE_BUTTON, NULL), "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (plancia_history_panes_get_n (panes), ==, 0);
  ids = g_settings_get_strv (plancia_settings_get (), "history-devices");
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  /* Only the first is left: without a name above it. */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panes)));
}

/* --- the whole plant ------------------------------------------------------------------------- */

static gboolean
has_both (gpointer user_data)
{
  HistoryFixture *fixture = user_data;
  PlanciaSpan     day = history_fixture_day_before (fixture, 1);
  double          value = 0;

  return plancia_chart_get_n_layers (plancia_history_page_get_chart (fixture->page)) == 4 &&
         plancia_series_nearest (history_fixture_series (fixture, 0),
                                 day.start + 8 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE,
                                 NULL,
                                 &value) &&
         value > 4.2;
}

/* 4.2 kW and a counter of what was made. */
static void
record_counter (HistoryFixture *fixture, PlanciaSpan day)
{
  const char *device = plancia_device_get_id (fixture->plant->hybrid);
  g_autoptr (PlanciaSamples) samples = plancia_samples_new (device, "local", (PlanciaSpan){0, 0});
  gboolean done = FALSE;

  for (gint64 after = 0; after < PLANCIA_HOUR; after += PLANCIA_MINUTE)
    plancia_samples_add (samples,
                         "energyGeneratingTotal",
                         day.start + 8 * PLANCIA_HOUR + after,
                         1000 + 4.2 * (double) after / (double) PLANCIA_HOUR);
  plancia_samples_seal (samples);
  plancia_store_put_async (plancia_open_plant_get_store (fixture->plant->plant),
                           samples,
                           NULL,
                           put_done,
                           &done);
  g_assert_true (ui_fixture_wait (is_put, &done, 20000));
}

/* The sun of the portal's thing, fetched for it, and of the hybrid that was read here, together; its energies, too. */
static void
test_whole_plant (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan    day = history_fixture_day_before (fixture, 1);
  PlanciaDevice *plant =
    plancia_device_tree_get_plant (plancia_open_plant_get_tree (fixture->plant->plant));
  gint64 half_past_eight = day.start + 8 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE;
  double of_thing;

  record (fixture, day);
  record_counter (fixture, day);
  history_fixture_open_day (fixture, 1);
  of_thing = history_fixture_value_at (fixture, 0, day, 8.5);
  plancia_session_set_device (fixture->plant->session, plant);
  g_assert_true (ui_fixture_wait (has_both, fixture, 20000));
  history_fixture_wait_until_done (fixture);
  g_assert_true (history_fixture_sees (fixture, "All devices"));
  g_assert_cmpfloat_with_epsilon (history_fixture_value_at (fixture, 0, day, 8.5),
                                  of_thing + 4.2,
                                  0.3);
  /* Before the hybrid was read here there is the thing's alone. */
  g_assert_cmpfloat (history_fixture_value_at (fixture, 0, day, 12.5), >, 5);
  g_assert_cmpint (half_past_eight, <, day.end);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-plant"));

  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", "month"));
  ui_fixture_settle ();
  g_assert_true (history_fixture_sees (fixture, "June 2026"));
}

/* --- another plant --------------------------------------------------------------------------- */

/* A plant of one thing, and its file. (transfer full) */
static char *
write_neighbour (const char *folder)
{
  char *path = g_build_filename (folder, "neighbour.json", NULL);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Neighbour");
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("portal://office/ZM1TEST00009", NULL);
  g_autoptr (PlanciaEntry)
    entry = plancia_entry_new ("neighbour", "thing", "ZM1TEST00009", address);
  g_autoptr (GBytes) bytes = NULL;

  plancia_plant_set_place (plant, "Europe/Rome", NAN, NAN);
  plancia_plant_add (plant, NULL, entry);
  bytes = plancia_plant_file_format (plant);
  g_assert_true (plancia_plant_file_save (path, bytes, NULL));
  return path;
}

/* 3.3 kW all day long. */
static void
put_neighbour (HistoryFixture *fixture, PlanciaSpan day)
{
  g_autoptr (PlanciaSamples) samples = plancia_samples_new ("neighbour", "portal", day);
  gboolean done = FALSE;

  for (gint64 after = 0; after < day.end - day.start; after += 5 * PLANCIA_MINUTE) {
    plancia_samples_add (samples, "powerGenerating", day.start + after, 3300);
    plancia_samples_add (samples,
                         "energyGeneratingTotal",
                         day.start + after,
                         500 + 3.3 * (double) after / (double) PLANCIA_HOUR);
  }
  plancia_samples_seal (samples);
  plancia_store_put_async (plancia_open_plant_get_store (fixture->plant->plant),
                           samples,
                           NULL,
                           put_done,
                           &done);
  g_assert_true (ui_fixture_wait (is_put, &done, 20000));
}

static gboolean
has_neighbour (gpointer user_data)
{
  HistoryFixture *fixture = user_data;

  return plancia_chart_get_n_layers (plancia_history_page_get_chart (fixture->page)) == 8 &&
         plancia_series_get_length (history_fixture_series (fixture, 4)) > 250 &&
         history_fixture_sees (fixture, "Sun · Neighbour");
}

static gboolean
sees_neighbour (gpointer user_data)
{
  return history_fixture_sees (user_data, "Neighbour, so far") &&
         history_fixture_sees (user_data, "Difference");
}

static gboolean
is_told (gpointer user_data)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) > 1;
}

/* The other plant's file says whose past it is; the archive has it. Remembered like everything that is compared with. */
static void
test_other_plant (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan      day = history_fixture_day_before (fixture, 1);
  g_autofree char *folder = g_dir_make_tmp ("neighbour-XXXXXX", NULL);
  g_autofree char *path = write_neighbour (folder);
  g_autofree char *with = g_strconcat ("plant:", path, NULL);
  g_autofree char *kept = NULL;

  put_neighbour (fixture, day);
  history_fixture_open_day (fixture, 1);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.compare-with", "s", with));
  g_assert_true (ui_fixture_wait (has_neighbour, fixture, 20000));
  g_assert_cmpfloat_with_epsilon (history_fixture_value_at (fixture, 4, day, 12.5), 3.3, 0.01);
  kept = g_settings_get_string (plancia_settings_get (), "history-compare-with");
  g_assert_cmpstr (kept, ==, with);
  cairo_surface_destroy (
    ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-other-plant"));
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", "week"));
  g_assert_true (ui_fixture_wait (sees_neighbour, fixture, 20000));
  history_fixture_close_page (fixture);

  /* A file that is gone is said so, once. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  history_fixture_open_day (fixture, 1);
  g_assert_true (ui_fixture_wait (is_told, fixture, 20000));
  g_assert_cmpuint (plancia_chart_get_n_layers (plancia_history_page_get_chart (fixture->page)),
                    ==,
                    4);
}

#define ADD(name, function) \
  g_test_add ("/history-panes/" name, HistoryFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("beneath", test_beneath);
  ADD ("taken-away", test_taken_away);
  ADD ("whole-plant", test_whole_plant);
  ADD ("other-plant", test_other_plant);
  return g_test_run ();
}
