/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/axis.h"

#include <math.h>
#include <string.h>

static gint64
utc (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

/* All labels in one line, major ones starred. */
static char *
labels (GArray *ticks)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (ticks, PlanciaTick, i);

    g_string_append_printf (line,
                            "%s%s%s",
                            i > 0 ? " | " : "",
                            tick->major ? "*" : "",
                            tick->label);
  }
  return g_string_free (line, FALSE);
}

static void
test_value_ticks (void)
{
  static const struct
  {
    double      minimum, maximum;
    guint       n;
    double      low, high;
    const char *labels;
  } rows[] = {
    {0,   10,   5, 0,   10,   "*0 | 2 | 4 | 6 | 8 | 10"               },
    {3,   10,   5, 0,   10,   "*0 | 2 | 4 | 6 | 8 | 10"               },
    {-23, 41,   4, -40, 60,   "−40 | −20 | *0 | 20 | 40 | 60"     },
    {-10, -3,   5, -10, 0,    "−10 | −8 | −6 | −4 | −2 | *0"},
    {0,   0.3,  3, 0,   0.3,  "*0.0 | 0.1 | 0.2 | 0.3"                },
    {0,   4213, 4, 0,   6000, "*0 | 2000 | 4000 | 6000"               },
    {0,   0,    2, 0,   1,    "*0.0 | 0.5 | 1.0"                      },
    {5,   5,    1, 0,   5,    "*0 | 5"                                },
    {NAN, NAN,  2, 0,   1,    "*0.0 | 0.5 | 1.0"                      },
    {0,   100,  0, 0,   100,  "*0 | 100"                              },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    double low, high;
    g_autoptr (GArray)
      ticks = plancia_axis_value_ticks (rows[i].minimum, rows[i].maximum, rows[i].n, &low, &high);
    g_autofree char *line = labels (ticks);

    g_assert_cmpstr (line, ==, rows[i].labels);
    g_assert_cmpfloat_with_epsilon (low, rows[i].low, 1e-9);
    g_assert_cmpfloat_with_epsilon (high, rows[i].high, 1e-9);
    g_assert_cmpfloat (g_array_index (ticks, PlanciaTick, 0).value, ==, low);
    g_assert_cmpfloat (g_array_index (ticks, PlanciaTick, ticks->len - 1).value, ==, high);
  }
}

/* Whatever the range: it is held, holds zero, and the step is 1, 2 or 5 times a power of ten. */
static void
test_value_ticks_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (125);

  for (guint i = 0; i < 2000; i++) {
    double scale = pow (10, g_rand_double_range (random, -6, 9));
    double a = g_rand_double_range (random, -1, 1) * scale,
           b = g_rand_double_range (random, -1, 1) * scale;
    guint  n = (guint) g_rand_int_range (random, 1, 20);
    double low, high;
    g_autoptr (GArray) ticks = plancia_axis_value_ticks (MIN (a, b), MAX (a, b), n, &low, &high);
    double step = g_array_index (ticks, PlanciaTick, 1).value - low;
    double mantissa = step / pow (10, floor (log10 (step) + 1e-6));
    double slack = step * 1e-6;

    g_assert_cmpfloat (low, <=, MIN (0, MIN (a, b)) + slack);
    g_assert_cmpfloat (high, >=, MAX (0, MAX (a, b)) - slack);
    g_assert_true (fabs (mantissa - 1) < 1e-3 || fabs (mantissa - 2) < 1e-3 ||
                   fabs (mantissa - 5) < 1e-3);
    g_assert_cmpuint (ticks->len, <=, n + 3);
  }
}

static void
test_time_ticks (void)
{
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  static const struct
  {
    const char *start, *end;
    guint       n;
    const char *labels;
  } rows[] = {
  /* A common day. */
    {"2025-06-11T22:00:00Z",
     "2025-06-12T22:00:00Z",                         8,
     "*12 Jun | 03:00 | 06:00 | 09:00 | 12:00 | 15:00 | 18:00 | 21:00 | *13 Jun"                                },
    {"2025-06-11T22:00:00Z",
     "2025-06-12T22:00:00Z",                         4,
     "*12 Jun | 06:00 | 12:00 | 18:00 | *13 Jun"                                                                },
 /* 23 hours: 02:00 does not exist. */
    {"2025-03-29T23:00:00Z",
     "2025-03-30T05:00:00Z",                         6,
     "*30 Mar | 01:00 | 03:00 | 04:00 | 05:00 | 06:00 | 07:00"                                                  },
    {"2025-03-29T23:00:00Z",
     "2025-03-30T22:00:00Z",                         8,
     "*30 Mar | 03:00 | 06:00 | 09:00 | 12:00 | 15:00 | 18:00 | 21:00 | *31 Mar"                                },
    {"2025-03-29T23:00:00Z",
     "2025-03-30T22:00:00Z",                         12,
     "*30 Mar | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | *31 Mar"        },
 /* 25 hours: 02:00 comes twice, and shows twice only where hours are shown. */
    {"2025-10-25T22:00:00Z",
     "2025-10-26T04:00:00Z",                         6,
     "*26 Oct | 01:00 | 02:00 | 02:00 | 03:00 | 04:00 | 05:00"                                                  },
    {"2025-10-25T22:00:00Z",
     "2025-10-26T23:00:00Z",                         12,
     "*26 Oct | 03:00 | 06:00 | 09:00 | 12:00 | 15:00 | 18:00 | 21:00 | *27 Oct"                                },
    {"2025-10-25T22:00:00Z",
     "2025-10-26T23:00:00Z",                         13,
     "*26 Oct | 02:00 | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | *27 Oct"},
 /* Minutes and seconds. */
    {"2025-06-12T10:07:00Z", "2025-06-12T10:31:00Z", 5,  "12:10 | 12:15 | 12:20 | 12:25 | 12:30"                },
    {"2025-06-12T10:07:01Z", "2025-06-12T10:07:11Z", 2,  "12:07:05 | 12:07:10"                                  },
 /* Days, over both changes of clock, weeks, months, years. */
    {"2025-03-27T23:00:00Z",
     "2025-04-01T22:00:00Z",                         5,
     "28 Mar | 29 Mar | 30 Mar | 31 Mar | *1 Apr | 2 Apr"                                                       },
    {"2025-06-01T00:00:00Z", "2025-06-30T00:00:00Z", 5,  "2 Jun | 9 Jun | 16 Jun | 23 Jun | 30 Jun"             },
    {"2024-11-15T00:00:00Z", "2025-03-15T00:00:00Z", 5,  "Dec | *2025 | Feb | Mar"                              },
    {"2019-06-15T00:00:00Z",
     "2025-03-15T00:00:00Z",                         6,
     "*2020 | *2021 | *2022 | *2023 | *2024 | *2025"                                                            },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlanciaSpan span = {utc (rows[i].start), utc (rows[i].end)};
    g_autoptr (GArray) ticks = plancia_axis_time_ticks (span, rome, rows[i].n);
    g_autofree char *line = labels (ticks);

    g_test_message ("%s %u", rows[i].start, rows[i].n);
    g_assert_cmpstr (line, ==, rows[i].labels);
  }
}

/* Sorted, inside the span, not too many and, away from changes of clock, not too near. */
static void
test_time_ticks_random (void)
{
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GRand) random = g_rand_new_with_seed (99);

  for (guint i = 0; i < 500; i++) {
    gint64      start = utc ("2020-01-01T00:00:00Z") + (gint64) (g_rand_double (random) * 1e11);
    gint64      length = (gint64) pow (10, g_rand_double_range (random, 3.5, 11.5));
    guint       n = (guint) g_rand_int_range (random, 1, 15);
    PlanciaSpan span = {start, start + length};
    g_autoptr (GArray) ticks = plancia_axis_time_ticks (span, rome, n);

    g_assert_cmpuint (ticks->len, <=, n + 2);
    for (guint at = 0; at < ticks->len; at++) {
      double value = g_array_index (ticks, PlanciaTick, at).value;

      g_assert_cmpfloat (value, >=, (double) span.start);
      g_assert_cmpfloat (value, <=, (double) span.end);
      if (at > 0)
        g_assert_cmpfloat (value - g_array_index (ticks, PlanciaTick, at - 1).value,
                           >=,
                           (double) length / n * 0.9 - PLANCIA_HOUR * 1.01);
    }
  }
}

static void
test_time_ticks_odd (void)
{
  g_autoptr (GTimeZone) howe = g_time_zone_new_identifier ("Australia/Lord_Howe");
  g_autoptr (GArray) empty = plancia_axis_time_ticks ((PlanciaSpan){5, 5}, howe, 5);
  g_autoptr (GArray) none = plancia_axis_time_ticks ((PlanciaSpan){0, PLANCIA_DAY}, howe, 0);
  /* On 6 April 2025 at 02:00 the clock goes back by half an hour. */
  g_autoptr (GArray) ticks = plancia_axis_time_ticks (
    (PlanciaSpan){utc ("2025-04-05T13:00:00Z"), utc ("2025-04-05T18:30:00Z")},
    howe,
    6);
  g_autofree char *line = labels (ticks);

  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (none->len, <=, 2);
  g_assert_cmpstr (line, ==, "*6 Apr | 01:00 | 02:00 | 03:00 | 04:00 | 05:00");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/value-ticks", test_value_ticks);
  g_test_add_func ("/axis/value-ticks-random", test_value_ticks_random);
  g_test_add_func ("/axis/time-ticks", test_time_ticks);
  g_test_add_func ("/axis/time-ticks-random", test_time_ticks_random);
  g_test_add_func ("/axis/time-ticks-odd", test_time_ticks_odd);
  return g_test_run ();
}
