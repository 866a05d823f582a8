/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "ui/history-day.h"

/* 2026-06-12 14:00 in Rome */
#define NOW G_GINT64_CONSTANT (1781265600000)

typedef struct
{
  GTimeZone *zone;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  fixture->zone = g_time_zone_new_identifier ("Europe/Rome");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_time_zone_unref (fixture->zone);
  plancia_clock_reset ();
}

static gint64
hours (PlanciaSpan span)
{
  return (span.end - span.start) / PLANCIA_HOUR;
}

static void
test_change_of_clocks (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan spring = plancia_history_day_from_date (fixture->zone, 2026, 3, 29);
  PlanciaSpan autumn = plancia_history_day_from_date (fixture->zone, 2025, 10, 26);
  PlanciaSpan day;

  g_assert_cmpint (hours (spring), ==, 23);
  g_assert_cmpint (hours (autumn), ==, 25);

  /* Steps go by the calendar: each day begins where the one before ends. */
  day = plancia_history_day_step (fixture->zone, spring, -1);
  g_assert_cmpint (hours (day), ==, 24);
  g_assert_cmpint (day.end, ==, spring.start);
  day = plancia_history_day_step (fixture->zone, spring, 1);
  g_assert_cmpint (hours (day), ==, 24);
  g_assert_cmpint (day.start, ==, spring.end);
  day = plancia_history_day_step (fixture->zone,
                                  plancia_history_day_step (fixture->zone, autumn, -2),
                                  2);
  g_assert_cmpint (day.start, ==, autumn.start);
  g_assert_cmpint (day.end, ==, autumn.end);
  /* The last hour of the long day still belongs to it. */
  day = plancia_history_day_at (fixture->zone, autumn.end - 1);
  g_assert_cmpint (day.start, ==, autumn.start);
}

static void
test_never_after_today (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan today = plancia_history_day_today (fixture->zone);
  PlanciaSpan day;

  g_assert_true (plancia_span_contains (today, NOW));
  g_assert_true (plancia_history_day_is_today (fixture->zone, today));
  g_assert_cmpint (plancia_history_day_step (fixture->zone, today, 1).start, ==, today.start);
  g_assert_cmpint (plancia_history_day_from_date (fixture->zone, 2030, 1, 1).start,
                   ==,
                   today.start);
  g_assert_cmpint (plancia_history_day_from_date (fixture->zone, 2026, 2, 30).start,
                   ==,
                   today.start);
  g_assert_cmpint (plancia_history_day_past (today).end, ==, NOW);
  day = plancia_history_day_step (fixture->zone, today, -1);
  g_assert_false (plancia_history_day_is_today (fixture->zone, day));
  g_assert_cmpint (plancia_history_day_past (day).end, ==, day.end);
}

static void
test_month (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan march = plancia_history_day_month (fixture->zone, 2026, 3);
  PlanciaSpan december = plancia_history_day_month (fixture->zone, 2025, 12);
  int         year, month, day;

  g_assert_cmpint (hours (march), ==, 31 * 24 - 1);
  g_assert_cmpint (hours (december), ==, 31 * 24);
  plancia_history_day_get_date (fixture->zone, december.end, &year, &month, &day);
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (month, ==, 1);
  g_assert_cmpint (day, ==, 1);
}

static void
assert_title (Fixture *fixture, int year, int month, int day, const char *wanted)
{
  PlanciaSpan      span = plancia_history_day_from_date (fixture->zone, year, month, day);
  g_autofree char *title = plancia_history_day_title (fixture->zone, span);

  g_assert_cmpstr (title, ==, wanted);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan      day = plancia_history_day_from_date (fixture->zone, 2026, 6, 11);
  g_autofree char *long_title = plancia_history_day_long_title (fixture->zone, day);
  g_autofree char *clock =
    plancia_history_day_clock (fixture->zone, day, day.start + 1005 * PLANCIA_MINUTE);
  g_autofree char *end = plancia_history_day_clock (fixture->zone, day, day.end);

  assert_title (fixture, 2026, 6, 12, "Today");
  assert_title (fixture, 2026, 6, 11, "Thu 11 June");
  assert_title (fixture, 2025, 6, 11, "Wed 11 Jun 2025");
  g_assert_cmpstr (long_title, ==, "Thursday 11 June 2026");
  g_assert_cmpstr (clock, ==, "16:45");
  g_assert_cmpstr (end, ==, "24:00");
}

#define ADD(name, func) g_test_add ("/history-day/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("change-of-clocks", test_change_of_clocks);
  ADD ("never-after-today", test_never_after_today);
  ADD ("month", test_month);
  ADD ("words", test_words);
  return g_test_run ();
}
