/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-fixture.h"

#include "base/clock.h"
#include "chart/state-layer.h"
#include "ui/energy-view.h"
#include "ui/history-compare.h"
#include "ui/history-picture.h"
#include "ui/history-table.h"

#include <glib/gstdio.h>
#include <string.h>

/* What was read here, and what a cloud has of the same device. */

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

/* As the recorder does: each 5 s the sun, and a voltage that is no quantity. */
static void
record (HistoryFixture *fixture, PlanciaDevice *device, PlanciaSpan span, double power)
{
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new (plancia_device_get_id (device), "local", (PlanciaSpan){0, 0});
  gboolean done = FALSE;

  for (gint64 time = span.start; time < span.end; time += 5 * PLANCIA_SECOND) {
    plancia_samples_add (samples, "powerGenerating", time, power);
    plancia_samples_add (samples, "grid_voltage", time, 231.5);
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
sees_4_20 (gpointer user_data)
{
  return history_fixture_sees (user_data, "4.20\u00a0kW");
}

static gboolean
sees_4_50 (gpointer user_data)
{
  return history_fixture_sees (user_data, "4.50\u00a0kW");
}

static gboolean
has_grown (gpointer user_data)
{
  return plancia_series_get_length (history_fixture_series (user_data, 0)) == 121;
}

/* What was read here in the last ten minutes is seen, and grows while it is looked at. */
static void
test_recorded_here (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan last = {HISTORY_NOW - 10 * PLANCIA_MINUTE, HISTORY_NOW};
  double      value = 0;

  record (fixture, fixture->plant->hybrid, last, 4200);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
  g_assert_true (history_fixture_sees (fixture, "Read here"));
  g_assert_true (ui_fixture_wait (sees_4_20, fixture, 20000));
  g_assert_false (history_fixture_sees (fixture, "Fetch again"));
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, 120);
  g_assert_true (plancia_series_nearest (history_fixture_series (fixture, 0),
                                         HISTORY_NOW - PLANCIA_MINUTE,
                                         NULL,
                                         &value));
  g_assert_cmpfloat_with_epsilon (value, 4.2, 1e-6);

  record (fixture,
          fixture->plant->hybrid,
          (PlanciaSpan){HISTORY_NOW + 4000, HISTORY_NOW + 4001},
          4500);
  plancia_clock_simulate (HISTORY_NOW + 5000, 0);
  plancia_history_feed_catch_up (plancia_history_page_get_feed (fixture->page));
  g_assert_true (ui_fixture_wait (has_grown, fixture, 20000));
  g_assert_true (ui_fixture_wait (sees_4_50, fixture, 20000));
}

static gboolean
knows_names (gpointer user_data)
{
  HistoryFixture *fixture = user_data;
  GPtrArray *names = plancia_history_feed_get_names (plancia_history_page_get_feed (fixture->page));

  return names != NULL && names->len >= 2;
}

/* The cloud's and what was read here are two sources: one is shown, or both side by side, never one curve of both. */
static void
test_two_sources (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryFeed      *feed;
  PlanciaSpan              day = history_fixture_day_before (fixture, 1);
  static const char *const voltage[] = {"grid_voltage", NULL};
  gsize                    cloud;

  history_fixture_apply_serial (fixture, fixture->plant->hybrid, "ZE1ES330J1E258");
  record (fixture,
          fixture->plant->hybrid,
          (PlanciaSpan){day.start + 12 * PLANCIA_HOUR, day.start + 13 * PLANCIA_HOUR},
          4200);
  history_fixture_open_day (fixture, 1);
  feed = plancia_history_page_get_feed (fixture->page);
  g_assert_cmpuint (plancia_history_feed_get_sources (feed)->len, ==, 2);
  g_assert_true (history_fixture_sees (fixture, "Azzurro Portal"));
  cloud = plancia_series_get_length (history_fixture_series (fixture, 0));
  g_assert_cmpfloat (history_fixture_value_at (fixture, 0, day, 12.5), >, 7);

  plancia_history_feed_set_choice (feed, "all");
  history_fixture_wait_until_done (fixture);
  g_assert_true (history_fixture_sees (fixture, "Side by side"));
  g_assert_true (history_fixture_sees (fixture, "Sun · Azzurro Portal"));
  g_assert_true (history_fixture_sees (fixture, "Sun · Read here"));
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, cloud);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 4)), ==, 720);
  g_assert_cmpfloat_with_epsilon (history_fixture_value_at (fixture, 4, day, 12.5), 4.2, 1e-6);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-sources"));

  /* And every other recorded value. */
  plancia_history_feed_set_choice (feed, "local");
  g_assert_true (ui_fixture_wait (knows_names, fixture, 20000));
  plancia_history_feed_set_curves (feed, FALSE, voltage);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (plancia_chart_get_n_layers (plancia_history_page_get_chart (fixture->page)),
                    ==,
                    1);
  g_assert_cmpfloat_with_epsilon (history_fixture_value_at (fixture, 0, day, 12.5), 231.5, 1e-3);
}

/* --- states ---------------------------------------------------------------------------------- */

/* Two hours of "On grid", then one of "Permanent fault", each 5 s. */
static void
record_states (HistoryFixture *fixture, gint64 start)
{
  const char *device = plancia_device_get_id (fixture->plant->hybrid);
  g_autoptr (PlanciaSamples) samples = plancia_samples_new (device, "local", (PlanciaSpan){0, 0});
  gboolean done = FALSE;

  for (gint64 after = 0; after < 3 * PLANCIA_HOUR; after += 5 * PLANCIA_SECOND) {
    plancia_samples_add (samples, "powerGenerating", start + after, 4200);
    plancia_samples_add (samples, "state", start + after, after < 2 * PLANCIA_HOUR ? 2 : 5);
  }
  plancia_samples_seal (samples);
  plancia_store_put_async (plancia_open_plant_get_store (fixture->plant->plant),
                           samples,
                           NULL,
                           put_done,
                           &done);
  g_assert_true (ui_fixture_wait (is_put, &done, 20000));
}

static PlanciaLayer *
find_state (HistoryFixture *fixture)
{
  PlanciaChart *chart = plancia_history_page_get_chart (fixture->page);

  for (guint i = 0; i < plancia_chart_get_n_layers (chart); i++)
    if (PLANCIA_IS_STATE_LAYER (plancia_chart_get_layer (chart, i)))
      return plancia_chart_get_layer (chart, i);
  return NULL;
}

static gboolean
shows_state (gpointer user_data)
{
  PlanciaLayer *layer = find_state (user_data);

  return layer != NULL && plancia_series_get_length (plancia_layer_get_series (layer)) > 0;
}

static void
assert_state_at (HistoryFixture *fixture, gint64 time, const char *expected)
{
  g_autofree char *words = plancia_layer_describe (find_state (fixture), time);

  g_assert_cmpstr (words, ==, expected);
}

/* The running state is shown without being asked for: as a strip with the map's words, not as a curve. */
static void
test_state_strip (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan   day = history_fixture_day_before (fixture, 1);
  gint64        start = day.start + 10 * PLANCIA_HOUR;
  PlanciaChart *chart;
  g_autoptr (GArray) runs = NULL;

  record_states (fixture, start);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_day (fixture, 1);
  g_assert_true (ui_fixture_wait (shows_state, fixture, 20000));
  history_fixture_wait_until_done (fixture);
  chart = plancia_history_page_get_chart (fixture->page);
  g_assert_cmpuint (plancia_chart_get_n_layers (chart), ==, 5);
  assert_state_at (fixture, start + PLANCIA_HOUR + 2000, "On grid");
  assert_state_at (fixture, start + 2 * PLANCIA_HOUR - 1, "On grid");
  assert_state_at (fixture, start + 2 * PLANCIA_HOUR, "Permanent fault");
  assert_state_at (fixture, start - PLANCIA_HOUR, "\u2014");
  runs = plancia_state_layer_find_runs (PLANCIA_STATE_LAYER (find_state (fixture)), day, 86400);
  g_assert_cmpuint (runs->len, ==, 2);

  /* The legend says so, and that it was not measured at the crosshair. */
  plancia_chart_set_cursor (chart, start + PLANCIA_HOUR);
  g_assert_true (history_fixture_sees (fixture, "◂\u00a0On grid"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-state"));
}

static void
saved_cb (GObject *picture, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  plancia_history_picture_save_finish (PLANCIA_HISTORY_PICTURE (picture), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* On paper a state has its words, too. */
static void
test_state_paper (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan                day = history_fixture_day_before (fixture, 1);
  const PlanciaExportOptions options = {.format = PLANCIA_EXPORT_PDF};
  g_autofree char           *folder = g_dir_make_tmp ("state-XXXXXX", NULL);
  g_autofree char           *path = g_build_filename (folder, "day.pdf", NULL);
  const char                *command[] = {"pdftotext", "-layout", path, "-", NULL};
  g_autofree char           *program = g_find_program_in_path (command[0]);
  g_autofree char           *text = NULL;
  g_autoptr (PlanciaHistoryPicture) picture = NULL;
  gboolean saved = FALSE;

  record_states (fixture, day.start + 10 * PLANCIA_HOUR);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_day (fixture, 1);
  g_assert_true (ui_fixture_wait (shows_state, fixture, 20000));
  history_fixture_wait_until_done (fixture);
  picture = plancia_history_picture_new_of_chart (plancia_history_page_get_chart (fixture->page),
                                                  "Roof",
                                                  fixture->zone);
  plancia_history_picture_save_async (picture, &options, path, NULL, saved_cb, &saved);
  g_assert_true (ui_fixture_wait (is_put, &saved, 20000));
  if (program != NULL) {
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
    g_assert_nonnull (strstr (text, "On grid"));
    g_assert_nonnull (strstr (text, "Sun"));
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Between two cursors a state has changed, or not; it has no mean. */
static void
test_state_cursors (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan     day = history_fixture_day_before (fixture, 1);
  gint64          start = day.start + 10 * PLANCIA_HOUR;
  PlanciaCursors *cursors;

  record_states (fixture, start);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_day (fixture, 1);
  g_assert_true (ui_fixture_wait (shows_state, fixture, 20000));
  history_fixture_wait_until_done (fixture);
  history_fixture_activate (fixture, "history.cursors");
  cursors = plancia_chart_get_cursors (plancia_history_page_get_chart (fixture->page));
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_A, start + PLANCIA_HOUR);
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_B, start + 150 * PLANCIA_MINUTE);
  ui_fixture_settle ();
  g_assert_true (history_fixture_sees (fixture, "On grid → Permanent fault"));
  cairo_surface_destroy (
    ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-state-cursors"));
}

static char *
table_text (HistoryFixture *fixture, guint row)
{
  GtkWidget *table = ui_fixture_find (GTK_WIDGET (fixture->page), PLANCIA_TYPE_HISTORY_TABLE, NULL);

  return g_strdup (plancia_history_table_get_text (PLANCIA_HISTORY_TABLE (table), row, 2));
}

/* The table has the words, too. */
static void
test_state_table (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan      day = history_fixture_day_before (fixture, 1);
  g_autofree char *running = NULL, *fault = NULL, *none = NULL;

  record_states (fixture, day.start + 10 * PLANCIA_HOUR);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_day (fixture, 1);
  g_assert_true (ui_fixture_wait (shows_state, fixture, 20000));
  history_fixture_wait_until_done (fixture);
  history_fixture_activate (fixture, "history.table");
  none = table_text (fixture, 0);
  running = table_text (fixture, 11 * 4);
  fault = table_text (fixture, 12 * 4 + 2);
  g_assert_cmpstr (none, ==, "\u2014");
  g_assert_cmpstr (running, ==, "On grid");
  g_assert_cmpstr (fault, ==, "Permanent fault");
}

/* --- which time, compared with what ---------------------------------------------------------- */

/* Each day of the portal of these tests is like the others. */
static gboolean
sees_bars (gpointer user_data)
{
  return history_fixture_sees (user_data, "Difference");
}

static PlanciaSpan
local_span (HistoryFixture *fixture, int month, int day, int days)
{
  g_autoptr (GDateTime) start = g_date_time_new (fixture->zone, 2026, month, day, 0, 0, 0);
  g_autoptr (GDateTime) end = g_date_time_add_days (start, days);

  return (PlanciaSpan){g_date_time_to_unix (start) * PLANCIA_SECOND,
                       g_date_time_to_unix (end) * PLANCIA_SECOND};
}

static void
assert_span (PlanciaSpan span, PlanciaSpan expected)
{
  g_assert_cmpint (span.start, ==, expected.start);
  g_assert_cmpint (span.end, ==, expected.end);
}

static void
test_compared_spans (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryCompare compare = {.on = TRUE, .with = PLANCIA_COMPARE_BEFORE};
  PlanciaSpan           june = local_span (fixture, 6, 1, 30);
  PlanciaSpan           days = local_span (fixture, 3, 25, 10), other; /* the clock changes in it */
  g_autoptr (GArray) bars = plancia_energy_periods (fixture->zone, june, PLANCIA_PERIOD_DAY);
  g_autoptr (GArray) others = NULL;

  assert_span (plancia_history_compare_span (&compare, fixture->zone, PLANCIA_RANGE_MONTH, june),
               local_span (fixture, 5, 1, 31));
  assert_span (plancia_history_compare_span (&compare, fixture->zone, PLANCIA_RANGE_CUSTOM, days),
               local_span (fixture, 3, 15, 10));
  compare.align = PLANCIA_ALIGN_WEEKDAY;
  other = plancia_history_compare_span (&compare, fixture->zone, PLANCIA_RANGE_MONTH, june);
  assert_span (other, local_span (fixture, 4, 27, 30));
  others =
    plancia_history_compare_bars (&compare, fixture->zone, june, other, bars, PLANCIA_PERIOD_DAY);
  g_assert_cmpuint (others->len, ==, 30);
  assert_span (g_array_index (others, PlanciaSpan, 29), local_span (fixture, 5, 26, 1));
  compare.align = PLANCIA_ALIGN_CLOCK;
  g_assert_true (plancia_history_compare_set_with (&compare, "device:one"));
  assert_span (plancia_history_compare_span (&compare, fixture->zone, PLANCIA_RANGE_MONTH, june),
               june);
  g_assert_false (plancia_history_compare_set_with (&compare, "device:"));
  g_assert_cmpstr (compare.device, ==, "one");
  plancia_history_compare_clear (&compare);
}

/* Noon upon noon by the clock, also over a change of it; by the sun an hour apart. */
static void
test_aligned_moments (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan             summer = local_span (fixture, 3, 29, 1); /* 23 hours */
  PlanciaSpan             winter = local_span (fixture, 3, 28, 1);
  PlanciaSpan             after = local_span (fixture, 3, 30, 1);
  PlanciaHistoryAlignment alignment = {fixture->zone, summer, winter, PLANCIA_ALIGN_CLOCK};
  gint64                  sun;

  g_assert_cmpint (plancia_history_alignment_move (&alignment, winter.start + 12 * PLANCIA_HOUR),
                   ==,
                   summer.start + 11 * PLANCIA_HOUR);
  alignment.span = after;
  alignment.align = PLANCIA_ALIGN_SUN;
  sun = plancia_history_alignment_move (&alignment, winter.start + 12 * PLANCIA_HOUR);
  /* The equation of time moves by seconds in two days. */
  g_assert_cmpint (ABS (sun - (winter.start + 60 * PLANCIA_HOUR)), <, 2 * PLANCIA_MINUTE);
  g_assert_cmpint (plancia_history_sun_equation (local_span (fixture, 11, 3, 1).start),
                   >,
                   15 * PLANCIA_MINUTE);
  g_assert_cmpint (plancia_history_sun_equation (local_span (fixture, 2, 12, 1).start),
                   <,
                   -13 * PLANCIA_MINUTE);
}

static gboolean
sees_all (gpointer user_data)
{
  return history_fixture_sees (user_data, "11–12 Jun 2026");
}

/* All that is known, some days of one's choice, and what they are compared with; it is remembered. */
static void
test_periods (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan          days = local_span (fixture, 6, 8, 4);
  GtkWidget           *page;
  PlanciaHistoryTable *table;

  history_fixture_open_day (fixture, 1);
  page = GTK_WIDGET (fixture->page);
  g_assert_true (gtk_widget_activate_action (page, "history.custom", "(xx)", days.start, days.end));
  g_assert_true (history_fixture_sees (fixture, "8–11 Jun 2026"));
  history_fixture_activate (fixture, "history.previous-day");
  g_assert_true (history_fixture_sees (fixture, "4–7 Jun 2026"));
  history_fixture_activate (fixture, "history.next-day");
  g_assert_true (gtk_widget_activate_action (page, "history.compare-with", "s", "before"));
  g_assert_true (ui_fixture_wait (sees_bars, fixture, 20000));
  g_assert_true (history_fixture_sees (fixture, "4–7 Jun 2026"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-custom"));

  /* The bars as a table: for each of them all that it shows, and what it is compared with. */
  g_assert_true (gtk_widget_activate_action (page, "history.table", NULL));
  ui_fixture_settle ();
  table =
    PLANCIA_HISTORY_TABLE (ui_fixture_find (ui_fixture_find (page, PLANCIA_TYPE_ENERGY_VIEW, NULL),
                                            PLANCIA_TYPE_HISTORY_TABLE,
                                            NULL));
  g_assert_cmpuint (plancia_history_table_get_n_rows (table), ==, 4);
  g_assert_cmpstr (plancia_history_table_get_text (table, 3, 0), ==, "Thu 11 Jun 2026");
  g_assert_cmpstr (plancia_history_table_get_text (table, 3, 1), !=, "—");
  g_assert_cmpstr (plancia_history_table_get_text (table, 0, 1), ==, "—");
  g_assert_cmpstr (plancia_history_table_get_text (table, 3, 8), ==, "—");
  cairo_surface_destroy (
    ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-energy-table"));
  g_assert_true (gtk_widget_activate_action (page, "history.table", NULL));

  g_assert_true (gtk_widget_activate_action (page, "history.range", "s", "all"));
  /* The store has one day of Rome, which begins on the one before of UTC, and today goes on. */
  g_assert_true (ui_fixture_wait (sees_all, fixture, 20000));
  history_fixture_close_page (fixture);
  history_fixture_open_page (fixture, 899, 670);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", "month"));
  g_assert_true (ui_fixture_wait (sees_bars, fixture, 20000));
  g_assert_true (history_fixture_sees (fixture, "May 2026, so far"));
}

static gboolean
has_other (gpointer user_data)
{
  HistoryFixture *fixture = user_data;
  PlanciaChart   *chart = plancia_history_page_get_chart (fixture->page);

  return plancia_chart_get_n_layers (chart) == 8 &&
         plancia_series_get_length (history_fixture_series (fixture, 4)) > 250 &&
         history_fixture_sees (fixture, "Sun · Wed 10 June");
}

/* The day before, fetched for it, lies dashed upon the day; the curves of the day say by how much they differ. */
static void
test_compared_day (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan      day = history_fixture_day_before (fixture, 1);
  PlanciaChart    *chart;
  g_autofree char *words = NULL;

  history_fixture_open_day (fixture, 1);
  chart = plancia_history_page_get_chart (fixture->page);
  g_assert_cmpuint (plancia_chart_get_n_layers (chart), ==, 4);
  /* What is hidden stays so. */
  plancia_layer_set_hidden (plancia_chart_get_layer (chart, 1), TRUE);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.compare-with", "s", "before"));
  g_assert_true (ui_fixture_wait (has_other, fixture, 20000));
  g_assert_true (plancia_layer_get_hidden (plancia_chart_get_layer (chart, 1)));
  g_assert_false (plancia_layer_get_hidden (plancia_chart_get_layer (chart, 0)));
  g_assert_false (plancia_layer_get_hidden (plancia_chart_get_layer (chart, 5)));
  plancia_layer_set_hidden (plancia_chart_get_layer (chart, 1), FALSE);
  /* The portal of these tests has the same sun each day. */
  g_assert_cmpfloat_with_epsilon (history_fixture_value_at (fixture, 4, day, 12.5),
                                  history_fixture_value_at (fixture, 0, day, 12.5),
                                  0.5);
  words = plancia_layer_describe (plancia_chart_get_layer (chart, 0),
                                  day.start + 12 * PLANCIA_HOUR);
  g_assert_nonnull (strstr (words, "kW ("));
  g_assert_nonnull (strstr (words, "%)"));
  plancia_chart_set_cursor (chart, day.start + 12 * PLANCIA_HOUR);
  cairo_surface_destroy (
    ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-compared-day"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.compare", NULL));
  ui_fixture_settle ();
  g_assert_cmpuint (plancia_chart_get_n_layers (chart), ==, 4);
}

static gboolean
has_days (gpointer user_data)
{
  return plancia_series_get_length (history_fixture_series (user_data, 0)) > 4 * 250;
}

/* Some days as curves in place of bars: measured and read like a day, with the sums of all below. */
static void
test_curves_of_days (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan          days = local_span (fixture, 6, 7, 5);
  GtkWidget           *page;
  PlanciaChart        *chart;
  PlanciaHistoryTable *table;

  history_fixture_open_day (fixture, 1);
  page = GTK_WIDGET (fixture->page);
  chart = plancia_history_page_get_chart (fixture->page);
  g_assert_true (gtk_widget_activate_action (page, "history.custom", "(xx)", days.start, days.end));
  ui_fixture_settle ();
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (chart)));
  history_fixture_activate (fixture, "history.curves");
  history_fixture_wait_until_done (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (chart)));
  assert_span (plancia_chart_get_extent (chart), days);
  g_assert_true (ui_fixture_wait (has_days, fixture, 20000));
  g_assert_true (history_fixture_sees (fixture, "7–11 Jun 2026"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-curves"));

  history_fixture_activate (fixture, "history.table");
  table = PLANCIA_HISTORY_TABLE (ui_fixture_find (page, PLANCIA_TYPE_HISTORY_TABLE, NULL));
  g_assert_cmpstr (plancia_history_table_get_text (table, 0, 0), ==, "2026-06-07 00:00");
  g_assert_cmpstr (plancia_history_table_get_text (table, 4, 0), ==, "2026-06-07 12:00");
  history_fixture_activate (fixture, "history.table");

  history_fixture_activate (fixture, "history.previous-day");
  history_fixture_wait_until_done (fixture);
  assert_span (plancia_chart_get_extent (chart), local_span (fixture, 6, 2, 5));
  history_fixture_activate (fixture, "history.curves");
  ui_fixture_settle ();
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (chart)));
  g_assert_true (gtk_widget_activate_action (page, "history.range", "s", "day"));
  history_fixture_wait_until_done (fixture);
  assert_span (plancia_chart_get_extent (chart), local_span (fixture, 6, 6, 1));
}

/* The last ten minutes are a closer look at today. */
static void
test_last_minutes (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan visible;

  history_fixture_open_day (fixture, 3);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page),
                                             "history.last",
                                             "x",
                                             G_GINT64_CONSTANT (600)));
  history_fixture_wait_until_done (fixture);
  g_assert_true (history_fixture_sees (fixture, "Today"));
  visible = plancia_chart_get_visible_span (plancia_history_page_get_chart (fixture->page));
  g_assert_cmpint (visible.end - visible.start, ==, 10 * PLANCIA_MINUTE);
  g_assert_true (plancia_span_contains (visible, HISTORY_NOW - PLANCIA_MINUTE));
}

/* The times beside the curves in UTC: two hours less than Rome's in June, of the same day. */
static void
test_utc (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryTable *table;
  PlanciaSpan          day = history_fixture_day_before (fixture, 1);

  history_fixture_open_day (fixture, 1);
  history_fixture_activate (fixture, "history.table");
  table = PLANCIA_HISTORY_TABLE (
    ui_fixture_find (GTK_WIDGET (fixture->page), PLANCIA_TYPE_HISTORY_TABLE, NULL));
  g_assert_cmpstr (plancia_history_table_get_text (table, 0, 0), ==, "00:00");
  history_fixture_activate (fixture, "history.utc");
  g_assert_cmpstr (plancia_history_table_get_text (table, 0, 0), ==, "22:00");
  g_assert_true (history_fixture_sees (fixture, "Thu 11 June · UTC"));
  assert_span (plancia_chart_get_extent (plancia_history_page_get_chart (fixture->page)), day);
  history_fixture_activate (fixture, "history.utc");
  g_assert_cmpstr (plancia_history_table_get_text (table, 0, 0), ==, "00:00");
}

#define ADD(name, function)             \
  g_test_add ("/history-sources/" name, \
              HistoryFixture,           \
              NULL,                     \
              history_fixture_set_up,   \
              function,                 \
              history_fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("recorded-here", test_recorded_here);
  ADD ("two-sources", test_two_sources);
  ADD ("state-strip", test_state_strip);
  ADD ("state-paper", test_state_paper);
  ADD ("state-cursors", test_state_cursors);
  ADD ("state-table", test_state_table);
  ADD ("compared-spans", test_compared_spans);
  ADD ("aligned-moments", test_aligned_moments);
  ADD ("periods", test_periods);
  ADD ("compared-day", test_compared_day);
  ADD ("curves-of-days", test_curves_of_days);
  ADD ("utc", test_utc);
  ADD ("last-minutes", test_last_minutes);
  return g_test_run ();
}
