/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-fixture.h"

#include "base/clock.h"
#include "ui/settings.h"

PlanciaSpan
history_fixture_day_before (HistoryFixture *fixture, int days)
{
  return plancia_span_day_offset (fixture->zone, HISTORY_NOW, -days);
}

void
history_fixture_set_up (HistoryFixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (HISTORY_NOW, 0);
  /* What one test compares with is not what the next one does. */
  g_settings_reset (plancia_settings_get (), "history-compare");
  g_settings_reset (plancia_settings_get (), "history-compare-with");
  g_settings_reset (plancia_settings_get (), "history-compare-align");
  fixture->plant = ui_plant_new ();
  fixture->backend = history_backend_new ();
  fixture->zone = g_time_zone_new_identifier ("Europe/Rome");
  plancia_device_set_backend (fixture->plant->thing, PLANCIA_BACKEND (fixture->backend));
  plancia_session_set_device (fixture->plant->session, fixture->plant->thing);
}

void
history_fixture_open_page (HistoryFixture *fixture, int width, int height)
{
  fixture->page =
    g_object_new (PLANCIA_TYPE_HISTORY_PAGE, "session", fixture->plant->session, NULL);
  fixture->window = ui_fixture_present (GTK_WIDGET (fixture->page), width, height);
}

void
history_fixture_close_page (HistoryFixture *fixture)
{
  PlanciaHistoryPage *page = fixture->page;

  if (page == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_clear_pointer (&fixture->window, gtk_window_destroy);
  ui_fixture_settle ();
  g_assert_null (page);
  fixture->page = NULL;
}

void
history_fixture_tear_down (HistoryFixture *fixture, gconstpointer data)
{
  history_fixture_close_page (fixture);
  ui_plant_free (fixture->plant);
  g_object_unref (fixture->backend);
  g_time_zone_unref (fixture->zone);
  plancia_clock_reset ();
}

gboolean
history_fixture_is_done (gpointer user_data)
{
  HistoryFixture *fixture = user_data;

  return !plancia_history_feed_get_running (plancia_history_page_get_feed (fixture->page));
}

void
history_fixture_wait_until_done (HistoryFixture *fixture)
{
  g_assert_true (ui_fixture_wait (history_fixture_is_done, fixture, 20000));
  ui_fixture_settle ();
}

void
history_fixture_open_day (HistoryFixture *fixture, int days)
{
  plancia_session_set_visible (fixture->plant->session, history_fixture_day_before (fixture, days));
  history_fixture_open_page (fixture, 899, 670);
  history_fixture_wait_until_done (fixture);
}

void
history_fixture_activate (HistoryFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), action, NULL));
}

gboolean
history_fixture_sees (HistoryFixture *fixture, const char *words)
{
  GtkWidget *label = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, words);

  return label != NULL && gtk_widget_get_mapped (label);
}

PlanciaHistoryState
history_fixture_state (HistoryFixture *fixture)
{
  return plancia_history_feed_get_state (plancia_history_page_get_feed (fixture->page));
}

PlanciaSeries *
history_fixture_series (HistoryFixture *fixture, guint layer)
{
  PlanciaChart *chart = plancia_history_page_get_chart (fixture->page);

  return plancia_layer_get_series (plancia_chart_get_layer (chart, layer));
}

double
history_fixture_value_at (HistoryFixture *fixture, guint layer, PlanciaSpan day, double hour)
{
  double value = 0;

  g_assert_true (plancia_series_nearest (history_fixture_series (fixture, layer),
                                         day.start + (gint64) (hour * (double) PLANCIA_HOUR),
                                         NULL,
                                         &value));
  return value;
}

void
history_fixture_apply_serial (HistoryFixture *fixture, PlanciaDevice *device, const char *text)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), plancia_clock_now ());
  PlanciaReading *reading = plancia_readings_add (readings, "serial_number", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (text);
  plancia_device_tree_apply (plancia_open_plant_get_tree (fixture->plant->plant), readings);
}
