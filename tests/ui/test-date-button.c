/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/clock.h"
#include "ui/date-button.h"

/* 2026-06-12 14:00 in Rome */
#define NOW G_GINT64_CONSTANT (1781265600000)

typedef struct
{
  PlanciaDateButton *button;
  GtkWindow         *window;
  GTimeZone         *zone;
  guint              chosen;
  guint              months;
} Fixture;

static void
count (guint *counter)
{
  *counter += 1;
}

static PlanciaSpan
day_before (Fixture *fixture, int days)
{
  return plancia_span_day_offset (fixture->zone, NOW, -days);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  fixture->zone = g_time_zone_new_identifier ("Europe/Rome");
  fixture->button = PLANCIA_DATE_BUTTON (plancia_date_button_new ());
  g_signal_connect_swapped (fixture->button, "chosen", G_CALLBACK (count), &fixture->chosen);
  g_signal_connect_swapped (fixture->button, "month-shown", G_CALLBACK (count), &fixture->months);
  plancia_date_button_set_day (fixture->button, day_before (fixture, 1), fixture->zone);
  fixture->window = ui_fixture_present (GTK_WIDGET (fixture->button), 320, 420);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_time_zone_unref (fixture->zone);
  plancia_clock_reset ();
}

static gboolean
calendar_is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static void
open_calendar (Fixture *fixture)
{
  plancia_date_button_popup (fixture->button);
  g_assert_true (ui_fixture_wait (calendar_is_mapped,
                                  plancia_date_button_get_calendar (fixture->button),
                                  20000));
  ui_fixture_settle ();
}

static void
assert_calendar (Fixture *fixture, int year, int month, int day)
{
  g_autoptr (GDateTime)
    date = gtk_calendar_get_date (plancia_date_button_get_calendar (fixture->button));

  g_assert_cmpint (g_date_time_get_year (date), ==, year);
  g_assert_cmpint (g_date_time_get_month (date), ==, month);
  g_assert_cmpint (g_date_time_get_day_of_month (date), ==, day);
}

static void
test_title (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->button);

  g_assert_nonnull (ui_fixture_find (root, GTK_TYPE_LABEL, "Thu 11 June"));
  plancia_date_button_set_day (fixture->button, day_before (fixture, 0), fixture->zone);
  g_assert_nonnull (ui_fixture_find (root, GTK_TYPE_LABEL, "Today"));
  g_assert_cmpuint (fixture->chosen, ==, 0);

  /* Midnight passes: the same day is yesterday. */
  plancia_clock_simulate (NOW + PLANCIA_DAY, 0);
  plancia_date_button_set_day (fixture->button,
                               plancia_date_button_get_day (fixture->button),
                               fixture->zone);
  g_assert_nonnull (ui_fixture_find (root, GTK_TYPE_LABEL, "Fri 12 June"));
}

/* Opening shows the day and chooses nothing. */
static void
test_opens_at_the_day (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan month;

  open_calendar (fixture);
  assert_calendar (fixture, 2026, 6, 11);
  g_assert_cmpuint (fixture->chosen, ==, 0);
  g_assert_cmpuint (fixture->months, ==, 1);
  month = plancia_date_button_get_month (fixture->button);
  g_assert_cmpint (month.end - month.start, ==, 30 * PLANCIA_DAY);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  GtkCalendar *calendar = plancia_date_button_get_calendar (fixture->button);
  g_autoptr (GDateTime) date = g_date_time_new_local (2026, 6, 3, 12, 0, 0);

  open_calendar (fixture);
  gtk_calendar_select_day (calendar, date);
  g_assert_cmpuint (fixture->chosen, ==, 1);
  g_assert_cmpint (plancia_date_button_get_day (fixture->button).start,
                   ==,
                   day_before (fixture, 9).start);
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (fixture->button), GTK_TYPE_LABEL, "Wed 3 June"));
}

/* Tomorrow there is nothing to see yet. */
static void
test_future_is_today (Fixture *fixture, gconstpointer data)
{
  plancia_date_button_choose (fixture->button, 2026, 6, 13);
  g_assert_cmpuint (fixture->chosen, ==, 1);
  g_assert_cmpint (plancia_date_button_get_day (fixture->button).start,
                   ==,
                   day_before (fixture, 0).start);
}

/* Turning the pages of the calendar asks for marks, and is no choice, not even from the 31st to a short month. */
static void
test_turning_pages (Fixture *fixture, gconstpointer data)
{
  GtkCalendar *calendar = plancia_date_button_get_calendar (fixture->button);

  plancia_date_button_choose (fixture->button, 2026, 5, 31);
  open_calendar (fixture);
  fixture->chosen = fixture->months = 0;
  g_signal_emit_by_name (calendar, "prev-month");
  g_assert_cmpuint (fixture->months, ==, 1);
  g_assert_cmpuint (fixture->chosen, ==, 0);
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  GtkCalendar *calendar = plancia_date_button_get_calendar (fixture->button);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan span = {day_before (fixture, 9).start + 1, day_before (fixture, 7).end};
  GtkWidget  *label;

  /* From the 3rd, but not its first millisecond, to the 5th. */
  g_array_append_val (covered, span);
  open_calendar (fixture);
  plancia_date_button_mark (fixture->button, covered);
  g_assert_false (gtk_calendar_get_day_is_marked (calendar, 3));
  g_assert_true (gtk_calendar_get_day_is_marked (calendar, 4));
  g_assert_true (gtk_calendar_get_day_is_marked (calendar, 5));
  g_assert_false (gtk_calendar_get_day_is_marked (calendar, 6));
  g_assert_cmpuint (fixture->chosen, ==, 0);
  assert_calendar (fixture, 2026, 6, 11);
  label = ui_fixture_find (GTK_WIDGET (calendar), GTK_TYPE_LABEL, "4");
  g_assert_true (gtk_widget_get_state_flags (label) & GTK_STATE_FLAG_CHECKED);
  label = ui_fixture_find (GTK_WIDGET (calendar), GTK_TYPE_LABEL, "6");
  g_assert_false (gtk_widget_get_state_flags (label) & GTK_STATE_FLAG_CHECKED);
  cairo_surface_destroy (
    ui_fixture_screenshot (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER),
                           "date-button"));
}

#define ADD(name, func) g_test_add ("/date-button/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("title", test_title);
  ADD ("opens-at-the-day", test_opens_at_the_day);
  ADD ("choose", test_choose);
  ADD ("future-is-today", test_future_is_today);
  ADD ("turning-pages", test_turning_pages);
  ADD ("marks", test_marks);
  return g_test_run ();
}
