/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "chart/energy-bars.h"
#include "model/alarm-log.h"
#include "ui/energy-peak.h"
#include "ui/error-text.h"
#include "ui/history-compare.h"
#include "ui/history-day.h"
#include "ui/history-export-dialog.h"
#include "ui/history-range.h"
#include "ui/history-table.h"
#include "ui/settings.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* --- fetched, stored, drawn ------------------------------------------------------------------ */

static void
test_a_day_with_a_hole (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan day = history_fixture_day_before (fixture, 1);

  history_fixture_open_day (fixture, 1);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 1);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
  g_assert_true (history_fixture_sees (fixture, "Thu 11 June"));
  g_assert_true (history_fixture_sees (fixture, "complete"));
  g_assert_true (history_fixture_sees (fixture, "nothing recorded, 16:45 to 17:45"));
  g_assert_false (history_fixture_sees (fixture, "missing"));

  /* In kW; sun and home are up, what is sold is below zero. */
  g_assert_cmpfloat (history_fixture_value_at (fixture, 0, day, 12.5), >, 7);
  g_assert_cmpfloat (history_fixture_value_at (fixture, 0, day, 12.5), <, 8);
  g_assert_cmpfloat (history_fixture_value_at (fixture, 1, day, 3), <, 1);
  g_assert_cmpfloat (history_fixture_value_at (fixture, 2, day, 16), ==, 100);
  g_assert_cmpfloat (history_fixture_value_at (fixture, 3, day, 12), <, -2);
  g_assert_cmpfloat (history_fixture_value_at (fixture, 3, day, 3), >, 0);
  g_assert_false (plancia_series_nearest (history_fixture_series (fixture, 0),
                                          day.start + 17 * PLANCIA_HOUR + 15 * PLANCIA_MINUTE,
                                          NULL,
                                          NULL));
}

static void
show_holes (PlanciaChart *chart, guint *holes)
{
  (*holes)++;
}

static GtkWidget *
hole_button (HistoryFixture *fixture, const char *label)
{
  GtkWidget *chart = GTK_WIDGET (plancia_history_page_get_chart (fixture->page));

  return ui_fixture_find (chart, GTK_TYPE_BUTTON, label);
}

/* What a hole says, and that it can be asked for again. */
static void
test_hole (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan   day = history_fixture_day_before (fixture, 1);
  PlanciaChart *chart;
  GtkWidget    *again;
  guint         holes = 0;

  history_fixture_open_day (fixture, 1);
  chart = plancia_history_page_get_chart (fixture->page);
  g_signal_connect (chart, "hole-activated", G_CALLBACK (show_holes), &holes);
  g_assert_false (plancia_chart_ask_hole (chart, day.start + 12 * PLANCIA_HOUR));
  g_assert_true (plancia_chart_ask_hole (chart, day.start + 17 * PLANCIA_HOUR));
  ui_fixture_settle ();
  g_assert_cmpuint (holes, ==, 1);
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (chart), GTK_TYPE_LABEL, "16:45 to 17:45"));
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (chart),
                                     GTK_TYPE_LABEL,
                                     "Azzurro Portal was asked and has nothing here."));
  g_assert_null (hole_button (fixture, "Fetch this gap"));
  again = hole_button (fixture, "Ask again for this day");
  g_assert_nonnull (again);
  g_signal_emit_by_name (again, "clicked");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  g_assert_true (g_array_index (fixture->backend->asked, PlanciaSpan, 1).start == day.start);
}

static void
test_second_visit (HistoryFixture *fixture, gconstpointer data)
{
  gsize length;

  history_fixture_open_day (fixture, 1);
  length = plancia_series_get_length (history_fixture_series (fixture, 0));
  g_assert_cmpuint (length, >, 250);
  history_fixture_activate (fixture, "history.previous-day");
  history_fixture_wait_until_done (fixture);
  g_assert_true (history_fixture_sees (fixture, "Wed 10 June"));
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  history_fixture_activate (fixture, "history.next-day");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, length);
  g_assert_true (history_fixture_sees (fixture, "nothing recorded, 16:45 to 17:45"));

  /* And so is another page of the same plant. */
  history_fixture_close_page (fixture);
  history_fixture_open_day (fixture, 1);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, length);

  /* Unless somebody wants it. */
  history_fixture_activate (fixture, "history.fetch-again");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 3);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, length);
}

/* 25 hours are two questions. */
static void
test_long_day (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan day = plancia_history_day_from_date (fixture->zone, 2025, 10, 26);

  plancia_session_set_visible (fixture->plant->session, day);
  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  g_assert_true (history_fixture_sees (fixture, "Sun 26 Oct 2025"));
  g_assert_cmpint (plancia_chart_get_extent (plancia_history_page_get_chart (fixture->page)).end -
                     day.start,
                   ==,
                   25 * PLANCIA_HOUR);
}

static void
test_only_solar (HistoryFixture *fixture, gconstpointer data)
{
  fixture->backend->only_solar = TRUE;
  history_fixture_open_day (fixture, 1);
  g_assert_true (history_fixture_sees (fixture, "Sun"));
  g_assert_false (history_fixture_sees (fixture, "State of charge"));
  g_assert_true (history_fixture_sees (fixture, "complete"));
  /* No axis for a battery that is not there. */
  g_assert_cmpfloat (plancia_chart_get_plot (plancia_history_page_get_chart (fixture->page))->width,
                     >,
                     899 - 24 - 52 - 30);
}

static void
test_nothing_recorded (HistoryFixture *fixture, gconstpointer data)
{
  fixture->backend->silent = TRUE;
  history_fixture_open_day (fixture, 3);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_NOTHING);
  g_assert_true (history_fixture_sees (fixture, "Nothing recorded"));
  g_assert_true (
    history_fixture_sees (fixture, "The portal has no values of Tuesday 9 June 2026."));
}

/* --- today ----------------------------------------------------------------------------------- */

static PlanciaSpan
asked (HistoryFixture *fixture, guint index)
{
  g_assert_cmpuint (fixture->backend->asked->len, ==, index + 1);
  return g_array_index (fixture->backend->asked, PlanciaSpan, index);
}

static void
test_today_grows (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryFeed *feed;
  PlanciaSpan         today = history_fixture_day_before (fixture, 0);
  gsize               length;

  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
  feed = plancia_history_page_get_feed (fixture->page);
  g_assert_true (history_fixture_sees (fixture, "Today"));
  g_assert_cmpint (asked (fixture, 0).start, ==, today.start);
  g_assert_cmpint (asked (fixture, 0).end, ==, HISTORY_NOW);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-today"));

  /* Too early to ask again. */
  plancia_clock_simulate (HISTORY_NOW + 2 * PLANCIA_MINUTE, 0);
  plancia_history_feed_tick (feed);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 1);

  /* Only the end that was open is asked for, and joined to the rest. */
  length = plancia_series_get_length (history_fixture_series (fixture, 0));
  plancia_clock_simulate (HISTORY_NOW + 31 * PLANCIA_MINUTE, 0);
  plancia_history_feed_tick (feed);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (asked (fixture, 1).start, ==, HISTORY_NOW - 10 * PLANCIA_MINUTE);
  g_assert_cmpint (asked (fixture, 1).end, ==, HISTORY_NOW + 31 * PLANCIA_MINUTE);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)),
                    >=,
                    length + 6);
}

static void
test_midnight (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryFeed *feed;

  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
  feed = plancia_history_page_get_feed (fixture->page);
  plancia_clock_simulate (history_fixture_day_before (fixture, -1).start + PLANCIA_HOUR, 0);
  plancia_history_feed_tick (feed);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (plancia_history_feed_get_day (feed).start,
                   ==,
                   history_fixture_day_before (fixture, -1).start);
  g_assert_true (history_fixture_sees (fixture, "Today"));

  /* Yesterday does not turn into the day after. */
  history_fixture_activate (fixture, "history.previous-day");
  plancia_clock_simulate (history_fixture_day_before (fixture, -2).start + PLANCIA_HOUR, 0);
  plancia_history_feed_tick (feed);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (plancia_history_feed_get_day (feed).start,
                   ==,
                   history_fixture_day_before (fixture, 0).start);
  g_assert_true (history_fixture_sees (fixture, "Fri 12 June"));
}

/* --- trouble --------------------------------------------------------------------------------- */

static void
test_error_without_values (HistoryFixture *fixture, gconstpointer data)
{
  const GError *error;

  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  history_fixture_open_day (fixture, 1);
  error = plancia_history_feed_get_error (plancia_history_page_get_feed (fixture->page));
  g_assert_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_FAILED);
  g_assert_true (history_fixture_sees (fixture, plancia_error_text (error)));
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Try again"));

  fixture->backend->fail_code = -1;
  history_fixture_activate (fixture, "history.try-again");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
}

static void
test_error_over_values (HistoryFixture *fixture, gconstpointer data)
{
  GtkRevealer *trouble;

  history_fixture_open_day (fixture, 1);
  trouble = GTK_REVEALER (ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_REVEALER, NULL));
  g_assert_false (gtk_revealer_get_reveal_child (trouble));
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  history_fixture_activate (fixture, "history.fetch-again");
  history_fixture_wait_until_done (fixture);
  g_assert_true (gtk_revealer_get_reveal_child (trouble));
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), >, 250);

  fixture->backend->fail_code = -1;
  history_fixture_activate (fixture, "history.fetch-again");
  history_fixture_wait_until_done (fixture);
  g_assert_false (gtk_revealer_get_reveal_child (trouble));
}

static void
tick_at (HistoryFixture *fixture, gint64 time, guint n_asked)
{
  plancia_clock_simulate (time, 0);
  plancia_history_feed_tick (plancia_history_page_get_feed (fixture->page));
  history_fixture_wait_until_done (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, n_asked);
}

/* By itself after five minutes, then after ten; never with a key that was refused. */
static void
test_tries_again (HistoryFixture *fixture, gconstpointer data)
{
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  history_fixture_open_day (fixture, 1);
  tick_at (fixture, HISTORY_NOW + 4 * PLANCIA_MINUTE, 1);
  tick_at (fixture, HISTORY_NOW + 5 * PLANCIA_MINUTE, 2);
  tick_at (fixture, HISTORY_NOW + 14 * PLANCIA_MINUTE, 2);
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  tick_at (fixture, HISTORY_NOW + 15 * PLANCIA_MINUTE, 3);
  tick_at (fixture, HISTORY_NOW + 5 * PLANCIA_HOUR, 3);
  fixture->backend->fail_code = -1;
  history_fixture_activate (fixture, "history.try-again");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
  /* A day that is over and complete is left alone. */
  tick_at (fixture, HISTORY_NOW + 6 * PLANCIA_HOUR, 4);
}

static gboolean
was_asked (gpointer user_data)
{
  return HISTORY_BACKEND (user_data)->asked->len > 0;
}

static void
test_stop (HistoryFixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  fixture->backend->held = TRUE;
  plancia_session_set_visible (fixture->plant->session, history_fixture_day_before (fixture, 1));
  history_fixture_open_page (fixture, 899, 670);
  g_assert_true (ui_fixture_wait (was_asked, fixture->backend, 20000));
  ui_fixture_settle ();
  g_assert_false (history_fixture_is_done (fixture));
  g_assert_true (history_fixture_sees (fixture, "Fetching from the portal…"));
  button = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Stop");
  g_assert_nonnull (button);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-fetching"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (history_fixture_is_done (fixture));
  ui_fixture_settle ();
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_NOT_FETCHED);
  g_assert_true (history_fixture_sees (fixture, "Not fetched"));

  fixture->backend->held = FALSE;
  button = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Fetch");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
}

/* --- which device, which time ---------------------------------------------------------------- */

static void
apply_serial (HistoryFixture *fixture, PlanciaDevice *device, const char *text)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), plancia_clock_now ());
  PlanciaReading *reading = plancia_readings_add (readings, "serial_number", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (text);
  plancia_device_tree_apply (plancia_open_plant_get_tree (fixture->plant->plant), readings);
}

/* An inverter read over the local network is the portal's thing with the same serial number. */
static void
test_local_device (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryFeed *feed;

  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
  feed = plancia_history_page_get_feed (fixture->page);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_NOTHING);
  g_assert_true (history_fixture_sees (fixture, "Nothing recorded"));
  g_assert_cmpuint (fixture->backend->asked->len, ==, 0);

  apply_serial (fixture, fixture->plant->hybrid, "ZE1ES330J1E258");
  g_assert_true (plancia_history_feed_get_source (feed) == fixture->plant->thing);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_SHOWN);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 1);

  /* Another device: nothing of the first stays. */
  apply_serial (fixture, fixture->plant->inverter, "ZM1ES000000001");
  plancia_session_set_device (fixture->plant->session, fixture->plant->inverter);
  history_fixture_wait_until_done (fixture);
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_NOTHING);
  g_assert_cmpuint (plancia_series_get_length (history_fixture_series (fixture, 0)), ==, 0);
  g_assert_true (history_fixture_sees (
    fixture,
    "Nothing was read here on Friday 12 June 2026. The past days of this device "
    "may be on the Azzurro Portal. Add the portal account that has the device "
    "ZM1ES000000001."));

  /* Of a console nothing is recorded. */
  plancia_session_set_device (fixture->plant->session, fixture->plant->console);
  ui_fixture_settle ();
  g_assert_cmpint (history_fixture_state (fixture), ==, PLANCIA_HISTORY_NO_SOURCE);
  g_assert_true (history_fixture_sees (fixture, "No history here"));
}

static void
test_session_span (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSession *session = fixture->plant->session;
  PlanciaSpan     day = history_fixture_day_before (fixture, 1), span, wanted;
  PlanciaChart   *chart;

  history_fixture_open_day (fixture, 1);
  chart = plancia_history_page_get_chart (fixture->page);
  span = plancia_session_get_visible (session);
  g_assert_cmpint (span.start, ==, day.start);
  g_assert_cmpint (span.end, ==, day.end);

  plancia_chart_zoom (chart, day.start + 12 * PLANCIA_HOUR, 0.25);
  span = plancia_session_get_visible (session);
  g_assert_cmpint (span.end - span.start, ==, 6 * PLANCIA_HOUR);
  history_fixture_activate (fixture, "history.fit");
  span = plancia_session_get_visible (session);
  g_assert_cmpint (span.start, ==, day.start);
  g_assert_cmpint (span.end, ==, day.end);
  history_fixture_activate (fixture, "history.undo-zoom");
  span = plancia_session_get_visible (session);
  g_assert_cmpint (span.end - span.start, ==, 6 * PLANCIA_HOUR);

  /* Another page shows a time of another day. */
  wanted = (PlanciaSpan){history_fixture_day_before (fixture, 4).start + 2 * PLANCIA_HOUR,
                         history_fixture_day_before (fixture, 4).start + 3 * PLANCIA_HOUR};
  plancia_session_set_visible (session, wanted);
  history_fixture_wait_until_done (fixture);
  g_assert_true (history_fixture_sees (fixture, "Mon 8 June"));
  span = plancia_chart_get_visible_span (chart);
  g_assert_cmpint (span.start, ==, wanted.start);
  g_assert_cmpint (span.end, ==, wanted.end);
}

static GtkWidget *
find_bars (HistoryFixture *fixture)
{
  return ui_fixture_find (GTK_WIDGET (fixture->page), PLANCIA_TYPE_ENERGY_BARS, NULL);
}

static gboolean
sees_sum (gpointer user_data)
{
  HistoryFixture *fixture = user_data;

  return history_fixture_sees (fixture, "Produced") && gtk_widget_get_mapped (find_bars (fixture));
}

static void
choose_range (HistoryFixture *fixture, const char *range)
{
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", range));
}

/* What the days of a month gave; the bar of a day leads to the day. */
static void
test_month (HistoryFixture *fixture, gconstpointer data)
{
  GtkWidget  *bars;
  PlanciaSpan day = history_fixture_day_before (fixture, 1);

  history_fixture_open_day (fixture, 1);
  choose_range (fixture, "month");
  g_assert_true (ui_fixture_wait (sees_sum, fixture, 20000));
  g_assert_true (history_fixture_sees (fixture, "June 2026"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-month"));
  bars = find_bars (fixture);
  plancia_energy_bars_choose (PLANCIA_ENERGY_BARS (bars), 10);
  g_assert_cmpint (plancia_energy_bars_get_chosen (PLANCIA_ENERGY_BARS (bars)), ==, 10);
  history_fixture_activate (fixture, "history.previous-day");
  g_assert_true (history_fixture_sees (fixture, "May 2026"));
  history_fixture_activate (fixture, "history.today");
  g_assert_true (history_fixture_sees (fixture, "June 2026"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.compare", NULL);
  ui_fixture_settle ();
  g_assert_true (ui_fixture_wait (sees_sum, fixture, 20000));
  g_assert_true (history_fixture_sees (fixture, "June 2025, so far"));
  g_assert_true (history_fixture_sees (fixture, "Difference"));
  g_signal_emit_by_name (bars, "opened", 10);
  g_assert_cmpint (
    plancia_history_feed_get_day (plancia_history_page_get_feed (fixture->page)).start,
    ==,
    day.start);
  g_assert_false (history_fixture_sees (fixture, "June 2026"));
}

static void
test_peak (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (PlanciaEnergySum));
  PlanciaEnergySum sum = {.peak_power = NAN};
  g_autofree char *words = plancia_energy_peak_words (NULL, fixture->zone);

  g_assert_null (words);
  g_array_append_val (sums, sum);
  words = plancia_energy_peak_words (sums, fixture->zone);
  g_assert_null (words);
  sum.peak_power = 5214;
  sum.peak_time = HISTORY_NOW;
  g_array_append_val (sums, sum);
  sum.peak_power = 3100;
  sum.peak_time = HISTORY_NOW + PLANCIA_DAY;
  g_array_append_val (sums, sum);
  words = plancia_energy_peak_words (sums, fixture->zone);
  g_assert_cmpstr (words, ==, "Highest power 5.21\u00a0kW, 12 June 14:00");
}

/* An alarm of the day is a band behind the curves; the chart says so where it was. */
static void
test_alarms (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan         day = history_fixture_day_before (fixture, 1);
  PlanciaAlarmLog    *log = plancia_alarm_log_for (fixture->plant->plant);
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();
  PlanciaChart       *chart;
  g_autofree char    *inside = NULL;
  g_autofree char    *outside = NULL;

  g_free (record->device);
  record->device = g_strdup (plancia_device_get_id (fixture->plant->thing));
  g_free (record->source);
  record->source = g_strdup (PLANCIA_ALARM_PORTAL);
  record->id = 77;
  record->since = day.start + 12 * PLANCIA_HOUR;
  record->until = day.start + 13 * PLANCIA_HOUR;
  plancia_alarm_log_add (log, record);
  history_fixture_open_day (fixture, 1);
  chart = plancia_history_page_get_chart (fixture->page);
  plancia_chart_set_cursor (chart, day.start + 12 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE);
  inside = plancia_chart_describe (chart);
  g_assert_nonnull (strstr (inside, "ID 77"));
  g_assert_nonnull (strstr (inside,
                            "12:00\xe2\x80\x93"
                            "13:00"));
  plancia_chart_set_cursor (chart, day.start + 14 * PLANCIA_HOUR);
  outside = plancia_chart_describe (chart);
  g_assert_null (strstr (outside, "ID 77"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->page), "history-alarm"));
}

static gboolean
may_save (gpointer dialog)
{
  return gtk_widget_get_sensitive (ui_fixture_find (dialog, GTK_TYPE_BUTTON, "_Save\xe2\x80\xa6"));
}

static gboolean
was_written (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What the day shows, as a file: the numbers are those of the source. */
static void
test_export (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "day.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GStrv) lines = NULL;
  GtkWindow *dialog;

  history_fixture_open_day (fixture, 1);
  dialog = plancia_history_export_dialog_new (fixture->window,
                                              fixture->plant->plant,
                                              fixture->plant->thing,
                                              history_fixture_day_before (fixture, 1),
                                              fixture->zone);
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "history-export"));
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), file);
  g_assert_true (ui_fixture_wait (was_written, path, 20000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "\xef\xbb\xbftime,"));
  g_assert_nonnull (strstr (lines[0], "Production (W)"));
  g_assert_true (g_str_has_prefix (lines[1], "2026-06-11 00:0"));
  g_assert_cmpuint (g_strv_length (lines), >, 200);
  gtk_window_destroy (dialog);
  g_remove (path);
  g_rmdir (folder);
}

/* The picture is that of the page: its visible curves, in a file that is whole. */
static void
test_export_picture (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "day.svg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PlanciaHistoryPicture) picture = NULL;
  g_autofree char *text = NULL;
  GtkWindow       *dialog;

  history_fixture_open_day (fixture, 1);
  dialog = plancia_history_export_dialog_new (fixture->window,
                                              fixture->plant->plant,
                                              fixture->plant->thing,
                                              history_fixture_day_before (fixture, 1),
                                              fixture->zone);
  picture = plancia_history_picture_new_of_chart (plancia_history_page_get_chart (fixture->page),
                                                  "Roof",
                                                  fixture->zone);
  plancia_history_export_dialog_set_picture (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), picture);
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog),
                                                  PLANCIA_TYPE_HISTORY_EXPORT_DIALOG,
                                                  "format_row")),
    PLANCIA_EXPORT_SVG);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "history-export-picture"));
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), file);
  g_assert_true (ui_fixture_wait (was_written, path, 20000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<svg"));
  g_assert_nonnull (strstr (text, "</svg>"));
  g_assert_null (strstr (text, "<image"));
  if (g_getenv ("PLANCIA_SCREENSHOTS") != NULL) {
    g_autofree char *kept = g_build_filename (g_getenv ("PLANCIA_SCREENSHOTS"), "day.svg", NULL);

    g_file_set_contents (kept, text, -1, NULL);
  }
  gtk_window_destroy (dialog);
  g_remove (path);
  g_rmdir (folder);
}

static GtkWindow *
find_export_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (PLANCIA_IS_HISTORY_EXPORT_DIALOG (window))
      return window;
  }
  return NULL;
}

/* The table on the screen and the one that is saved of it have the same lines and numbers. */
static void
test_export_table (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "table.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) cells = NULL;
  GtkWindow           *dialog;
  PlanciaHistoryTable *table;
  guint                noon = 12 * 4;

  history_fixture_open_day (fixture, 1);
  history_fixture_activate (fixture, "history.table");
  ui_fixture_settle ();
  table = PLANCIA_HISTORY_TABLE (
    ui_fixture_find (GTK_WIDGET (fixture->page), PLANCIA_TYPE_HISTORY_TABLE, NULL));
  history_fixture_activate (fixture, "history.export");
  dialog = find_export_dialog ();
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog),
                                                  PLANCIA_TYPE_HISTORY_EXPORT_DIALOG,
                                                  "content_row")),
    0);
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), file);
  g_assert_true (ui_fixture_wait (was_written, path, 20000));
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_nonnull (strstr (lines[0], "Sun (kW)"));
  g_assert_cmpuint (g_strv_length (lines), ==, plancia_history_table_get_n_rows (table) + 2);
  cells = g_strsplit (lines[noon + 1], ",", -1);
  g_assert_cmpstr (cells[0], ==, "2026-06-11 12:00:00");
  g_assert_cmpstr (plancia_history_table_get_text (table, noon, 0), ==, "12:00");
  g_assert_cmpfloat_with_epsilon (
    g_ascii_strtod (cells[1], NULL),
    g_ascii_strtod (plancia_history_table_get_text (table, noon, 1), NULL),
    0.0051);
  gtk_window_destroy (dialog);
  g_remove (path);
  g_rmdir (folder);
}

/* The bars of a month as a table: a line a day, with the energies that are shown. */
static void
test_export_energies (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "month.csv", NULL);
  g_autofree char *drawing = g_build_filename (folder, "month.svg", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GtkWindow *dialog;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) picture = g_file_new_for_path (drawing);

  history_fixture_open_day (fixture, 1);
  choose_range (fixture, "month");
  g_assert_true (ui_fixture_wait (sees_sum, fixture, 20000));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.export", NULL);
  dialog = find_export_dialog ();
  g_assert_nonnull (dialog);
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "history-export-energies"));
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), file);
  g_assert_true (ui_fixture_wait (was_written, path, 20000));
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_nonnull (strstr (lines[0], "Produced (kWh)"));
  g_assert_true (g_str_has_prefix (lines[1], "2026-06-01 00:00:00,"));
  /* A line a day and an empty one. */
  g_assert_cmpuint (g_strv_length (lines), ==, 32);
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog),
                                                  PLANCIA_TYPE_HISTORY_EXPORT_DIALOG,
                                                  "format_row")),
    PLANCIA_EXPORT_SVG);
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), picture);
  g_assert_true (ui_fixture_wait (was_written, drawing, 20000));
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  if (g_getenv ("PLANCIA_SCREENSHOTS") != NULL) {
    g_autofree char *kept = g_build_filename (g_getenv ("PLANCIA_SCREENSHOTS"), "month.svg", NULL);
    g_autofree char *svg = NULL;

    g_assert_true (g_file_get_contents (drawing, &svg, NULL, NULL));
    g_file_set_contents (kept, svg, -1, NULL);
  }
  gtk_window_destroy (dialog);
  g_remove (path);
  g_remove (drawing);
  g_rmdir (folder);
}

static GtkWidget *
row_of (GtkWindow *dialog, const char *name)
{
  return GTK_WIDGET (
    gtk_widget_get_template_child (GTK_WIDGET (dialog), PLANCIA_TYPE_HISTORY_EXPORT_DIALOG, name));
}

/* From a time to a time that somebody types; nothing can be saved while they are none. */
static void
test_export_span (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "hours.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GtkWindow *dialog;

  history_fixture_open_day (fixture, 1);
  dialog = plancia_history_export_dialog_new (fixture->window,
                                              fixture->plant->plant,
                                              fixture->plant->thing,
                                              history_fixture_day_before (fixture, 1),
                                              fixture->zone);
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (may_save, dialog, 20000));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row_of (dialog, "span_row")), 4);
  gtk_editable_set_text (GTK_EDITABLE (row_of (dialog, "from_row")), "yesterday");
  g_assert_false (may_save (dialog));
  gtk_editable_set_text (GTK_EDITABLE (row_of (dialog, "from_row")), "2026-06-11 10:00");
  gtk_editable_set_text (GTK_EDITABLE (row_of (dialog, "to_row")), "2026-06-11 09:00");
  g_assert_false (may_save (dialog));
  gtk_editable_set_text (GTK_EDITABLE (row_of (dialog, "to_row")), "2026-06-11 11:00");
  g_assert_true (may_save (dialog));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "history-export-span"));
  plancia_history_export_dialog_save (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), file);
  g_assert_true (ui_fixture_wait (was_written, path, 20000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 10);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_assert_true (g_str_has_prefix (lines[i], "2026-06-11 10:"));
  gtk_window_destroy (dialog);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_ranges (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaHistoryCompare compare = {.on = TRUE, .with = PLANCIA_COMPARE_YEAR};
  g_autofree char      *week = NULL;
  PlanciaSpan  span = plancia_history_range_at (fixture->zone, PLANCIA_RANGE_WEEK, HISTORY_NOW);
  PlanciaSpan  before;
  PlanciaRange range;

  week = plancia_history_range_title (fixture->zone, PLANCIA_RANGE_WEEK, span);
  g_assert_cmpstr (week,
                   ==,
                   "8\xe2\x80\x93"
                   "14 Jun 2026");
  g_assert_true (plancia_history_range_is_present (fixture->zone, PLANCIA_RANGE_WEEK, span));
  /* Never after the present one. */
  g_assert_cmpint (plancia_history_range_step (fixture->zone, PLANCIA_RANGE_WEEK, span, 3).start,
                   ==,
                   span.start);
  /* Weekdays match. */
  before = plancia_history_compare_span (&compare, fixture->zone, PLANCIA_RANGE_WEEK, span);
  g_assert_cmpint (span.start - before.start, ==, 364 * PLANCIA_DAY);
  before = plancia_history_range_step (
    fixture->zone,
    PLANCIA_RANGE_MONTH,
    plancia_history_range_at (fixture->zone, PLANCIA_RANGE_MONTH, HISTORY_NOW),
    -3);
  g_free (week);
  week = plancia_history_range_title (fixture->zone, PLANCIA_RANGE_MONTH, before);
  g_assert_cmpstr (week, ==, "March 2026");
  /* The clock changes in it. */
  g_assert_cmpint (before.end - before.start, ==, 31 * PLANCIA_DAY - PLANCIA_HOUR);
  for (guint i = 0; i < PLANCIA_N_RANGES; i++) {
    g_assert_true (plancia_history_range_parse (plancia_history_range_name (i), &range));
    g_assert_cmpint (range, ==, i);
  }
  g_assert_false (plancia_history_range_parse ("decade", &range));
}

static void
test_table (HistoryFixture *fixture, gconstpointer data)
{
  GtkWidget *found;

  history_fixture_open_day (fixture, 1);
  history_fixture_activate (fixture, "history.table");
  ui_fixture_settle ();
  found = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_nonnull (found);
  g_assert_true (history_fixture_sees (fixture, "State of charge, %"));
  g_assert_nonnull (ui_fixture_find (found, GTK_TYPE_INSCRIPTION, "00:00"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-table"));
  history_fixture_activate (fixture, "history.table");
  ui_fixture_settle ();
  g_assert_false (gtk_widget_get_mapped (found));
}

/* --- cursors --------------------------------------------------------------------------------- */

static gboolean
has_counted (gpointer user_data)
{
  return history_fixture_sees (user_data, "8.00\u00a0kWh") ||
         history_fixture_sees (user_data, "8.01\u00a0kWh");
}

static gboolean
has_lost (gpointer user_data)
{
  return history_fixture_sees (user_data, "≈ 3.00\u00a0kWh");
}

/* The counter of this portal goes up by 1 kWh an hour, whatever the curve shows. */
static void
test_energy_of_cursors (HistoryFixture *fixture, gconstpointer data)
{
  PlanciaSpan     day = history_fixture_day_before (fixture, 1);
  PlanciaCursors *cursors;

  history_fixture_open_day (fixture, 1);
  history_fixture_activate (fixture, "history.cursors");
  cursors = plancia_chart_get_cursors (plancia_history_page_get_chart (fixture->page));
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_A, day.start + 8 * PLANCIA_HOUR);
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_B, day.start + 16 * PLANCIA_HOUR);
  g_assert_true (ui_fixture_wait (has_counted, fixture, 20000));
  /* Over the hole nobody knows when it was counted. */
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_A, day.start + 15 * PLANCIA_HOUR);
  plancia_cursors_set_time (cursors, PLANCIA_CURSOR_B, day.start + 18 * PLANCIA_HOUR);
  g_assert_true (ui_fixture_wait (has_lost, fixture, 20000));
  history_fixture_activate (fixture, "history.cursors");

  /* Bars have no cursors. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", "month");
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.cursors", NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.range", "s", "day");
  history_fixture_wait_until_done (fixture);
  history_fixture_activate (fixture, "history.cursors");
}

/* --- pictures -------------------------------------------------------------------------------- */

static void
take_picture (HistoryFixture *fixture, const char *name, int width, int height, gboolean dark)
{
  PlanciaSpan      day = history_fixture_day_before (fixture, 1);
  g_autofree char *file = g_strdup_printf ("%s-%s", name, dark ? "dark" : "light");

  ui_fixture_set_dark (dark);
  plancia_session_set_visible (fixture->plant->session, day);
  history_fixture_open_page (fixture, width, height);
  history_fixture_wait_until_done (fixture);
  plancia_chart_set_cursor (plancia_history_page_get_chart (fixture->page),
                            day.start + 12 * PLANCIA_HOUR + 30 * PLANCIA_MINUTE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), file));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.cursors", NULL));
  g_assert_true (plancia_cursors_get_shown (
    plancia_chart_get_cursors (plancia_history_page_get_chart (fixture->page))));
  g_free (file);
  file = g_strdup_printf ("%s-cursors-%s", name, dark ? "dark" : "light");
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), file));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->page)), ==, width);
  history_fixture_close_page (fixture);
}

static void
test_pictures (HistoryFixture *fixture, gconstpointer data)
{
  for (int dark = 0; dark < 2; dark++) {
    take_picture (fixture, "history-page", 899, 672, dark);
    take_picture (fixture, "history-page-narrow", 480, 625, dark);
  }
  ui_fixture_set_dark (FALSE);
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  plancia_session_set_visible (fixture->plant->session, history_fixture_day_before (fixture, 9));
  history_fixture_open_page (fixture, 899, 672);
  history_fixture_wait_until_done (fixture);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "history-failed"));
}

#define ADD(name, func)               \
  g_test_add ("/history-page/" name,  \
              HistoryFixture,         \
              NULL,                   \
              history_fixture_set_up, \
              func,                   \
              history_fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("a-day-with-a-hole", test_a_day_with_a_hole);
  ADD ("hole", test_hole);
  ADD ("second-visit", test_second_visit);
  ADD ("long-day", test_long_day);
  ADD ("only-solar", test_only_solar);
  ADD ("nothing-recorded", test_nothing_recorded);
  ADD ("today-grows", test_today_grows);
  ADD ("midnight", test_midnight);
  ADD ("error-without-values", test_error_without_values);
  ADD ("error-over-values", test_error_over_values);
  ADD ("tries-again", test_tries_again);
  ADD ("stop", test_stop);
  ADD ("local-device", test_local_device);
  ADD ("session-span", test_session_span);
  ADD ("month", test_month);
  ADD ("peak", test_peak);
  ADD ("alarms", test_alarms);
  ADD ("export", test_export);
  ADD ("export-picture", test_export_picture);
  ADD ("export-span", test_export_span);
  ADD ("export-table", test_export_table);
  ADD ("export-energies", test_export_energies);
  ADD ("ranges", test_ranges);
  ADD ("table", test_table);
  ADD ("energy-of-cursors", test_energy_of_cursors);
  ADD ("pictures", test_pictures);
  return g_test_run ();
}
