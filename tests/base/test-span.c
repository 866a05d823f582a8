/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"

/* Random spans against a plain table of bits. */
#define UNITS 200

static GTimeZone *
rome (void)
{
  return g_time_zone_new_identifier ("Europe/Rome");
}

static gint64
utc (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * 1000;
}

static void
test_days_of_23_and_25_hours (void)
{
  g_autoptr (GTimeZone) zone = rome ();
  PlanciaSpan spring = plancia_span_day (zone, utc (2026, 3, 29, 12));
  PlanciaSpan autumn = plancia_span_day (zone, utc (2026, 10, 25, 12));
  PlanciaSpan plain = plancia_span_day (zone, utc (2026, 6, 12, 12));

  g_assert_cmpint (spring.end - spring.start, ==, 23 * PLANCIA_HOUR);
  g_assert_cmpint (spring.start, ==, utc (2026, 3, 28, 23));
  g_assert_cmpint (autumn.end - autumn.start, ==, 25 * PLANCIA_HOUR);
  g_assert_cmpint (plain.end - plain.start, ==, 24 * PLANCIA_HOUR);
}

static void
test_day_offset (void)
{
  g_autoptr (GTimeZone) zone = rome ();
  gint64      time = utc (2026, 3, 29, 12);
  PlanciaSpan before = plancia_span_day_offset (zone, time, -1);
  PlanciaSpan day = plancia_span_day_offset (zone, time, 0);
  PlanciaSpan after = plancia_span_day_offset (zone, time, 1);

  g_assert_cmpint (before.end, ==, day.start);
  g_assert_cmpint (day.end, ==, after.start);
  g_assert_cmpint (after.end - after.start, ==, 24 * PLANCIA_HOUR);
}

static void
test_local_midnight_belongs_to_the_new_day (void)
{
  g_autoptr (GTimeZone) zone = rome ();
  PlanciaSpan day = plancia_span_day (zone, utc (2026, 6, 11, 22));

  g_assert_cmpint (day.start, ==, utc (2026, 6, 11, 22));
  g_assert_cmpint (plancia_span_day (zone, day.start - 1).end, ==, day.start);
}

static void
test_subtract_equals_brute_force (void)
{
  for (guint round = 0; round < 300; round++) {
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
    g_autoptr (GArray) missing = NULL;
    gboolean    have[UNITS] = {FALSE};
    PlanciaSpan whole = {20, 180};

    for (int i = g_test_rand_int_range (0, 12); i > 0; i--) {
      PlanciaSpan span = {g_test_rand_int_range (0, UNITS), g_test_rand_int_range (0, UNITS)};

      g_array_append_val (covered, span);
      for (gint64 t = span.start; t < span.end; t++)
        have[t] = TRUE;
    }
    missing = plancia_span_subtract (whole, covered);
    for (gint64 t = whole.start; t < whole.end; t++) {
      gboolean found = FALSE;

      for (guint i = 0; i < missing->len; i++)
        found |= plancia_span_contains (g_array_index (missing, PlanciaSpan, i), t);
      g_assert_cmpint (found, ==, !have[t]);
    }
  }
}

static void
test_split (void)
{
  g_autoptr (GArray) pieces = plancia_span_split ((PlanciaSpan){5, 30}, 10);

  g_assert_cmpuint (pieces->len, ==, 3);
  g_assert_cmpint (g_array_index (pieces, PlanciaSpan, 0).start, ==, 5);
  g_assert_cmpint (g_array_index (pieces, PlanciaSpan, 2).start, ==, 25);
  g_assert_cmpint (g_array_index (pieces, PlanciaSpan, 2).end, ==, 30);
}

static void
test_intersect (void)
{
  PlanciaSpan apart = plancia_span_intersect ((PlanciaSpan){0, 5}, (PlanciaSpan){7, 9});
  PlanciaSpan both = plancia_span_intersect ((PlanciaSpan){0, 8}, (PlanciaSpan){7, 9});

  g_assert_true (plancia_span_is_empty (apart));
  g_assert_cmpint (both.start, ==, 7);
  g_assert_cmpint (both.end, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span/clock-change-days", test_days_of_23_and_25_hours);
  g_test_add_func ("/span/day-offset", test_day_offset);
  g_test_add_func ("/span/midnight", test_local_midnight_belongs_to_the_new_day);
  g_test_add_func ("/span/subtract", test_subtract_equals_brute_force);
  g_test_add_func ("/span/split", test_split);
  g_test_add_func ("/span/intersect", test_intersect);
  return g_test_run ();
}
