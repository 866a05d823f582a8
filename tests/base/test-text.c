/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <math.h>

static void
test_number (void)
{
  static const struct
  {
    double      value;
    guint       decimals;
    const char *text;
  } cases[] = {
    {3.416,     2, "3.42"        },
    {-1.21,
     2,            "\xe2\x88\x92"
     "1.21"               },
    {-0.001,    2, "0.00"        },
    {1284,      0, "1284"        },
    {12480,
     0,            "12\xe2\x80\xaf"
     "480"                },
    {1234567.5,
     1,            "1\xe2\x80\xaf"
     "234\xe2\x80\xaf"
     "567.5"              },
    {NAN,       2, "\xe2\x80\x94"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = plancia_text_number (cases[i].value, cases[i].decimals);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_power (void)
{
  static const struct
  {
    double      watts;
    const char *number;
    const char *unit;
  } cases[] = {
    {3420,    "3.42",         "kW"},
    {0,       "0.00",         "kW"},
    {9996,    "10.0",         "kW"},
    {48000,   "48.0",         "kW"},
    {212000,  "212",          "kW"},
    {1250000, "1.25",         "MW"},
    {99940,   "99.9",         "kW"},
    {999600,  "1.00",         "MW"},
    {NAN,     "\xe2\x80\x94", "kW"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char      *unit = NULL;
    g_autofree char *text = plancia_text_power (cases[i].watts, &unit);

    g_assert_cmpstr (text, ==, cases[i].number);
    g_assert_cmpstr (unit, ==, cases[i].unit);
  }
}

static void
test_age (void)
{
  g_autofree char *seconds = plancia_text_age (41000);
  g_autofree char *minutes = plancia_text_age (180000);
  g_autofree char *hours = plancia_text_age (7200000);
  g_autofree char *ahead = plancia_text_age (-5);

  g_assert_cmpstr (seconds, ==, "41\xc2\xa0s");
  g_assert_cmpstr (minutes, ==, "3\xc2\xa0min");
  g_assert_cmpstr (hours, ==, "2\xc2\xa0h");
  g_assert_cmpstr (ahead, ==, "0\xc2\xa0s");
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_autofree char *local = plancia_text_iso_time (1781265937250, zone);
  g_autofree char *utc = plancia_text_utc_time (1781265937250);

  g_assert_cmpstr (local, ==, "2026-06-12 14:05:37");
  g_assert_cmpstr (utc, ==, "2026-06-12T12:05:37.250Z");
}

static void
test_with_unit (void)
{
  g_autofree char *energy = plancia_text_with_unit ("41.9", "kWh");
  g_autofree char *percent = plancia_text_with_unit ("100", "%");
  g_autofree char *plain = plancia_text_with_unit ("7", "");
  g_autofree char *none = plancia_text_with_unit ("7", NULL);

  g_assert_cmpstr (energy, ==, "41.9\xc2\xa0kWh");
  g_assert_cmpstr (percent, ==, "100\xc2\xa0%");
  g_assert_cmpstr (plain, ==, "7");
  g_assert_cmpstr (none, ==, "7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/number", test_number);
  g_test_add_func ("/text/power", test_power);
  g_test_add_func ("/text/age", test_age);
  g_test_add_func ("/text/with-unit", test_with_unit);
  g_test_add_func ("/text/times", test_times);
  return g_test_run ();
}
