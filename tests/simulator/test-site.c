/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "simulator/site.h"

#define ROUNDING 0.001

static GTimeZone *rome;

static gint64
local_time (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new (rome, year, month, day, hour, minute, 0);
  return g_date_time_to_unix (time) * 1000;
}

static PlanciaSiteConfig
hybrid_config (void)
{
  return (PlanciaSiteConfig){
    .zone = rome,
    .place = {43.46, 11.88, 7},
    .seed = 3,
    .commissioned = local_time (2025, 9, 1, 10, 0),
    .peak = 10000,
    .tilt = 25,
    .azimuth = 180,
    .limit = 10000,
    .load = "home",
    .load_scale = 1,
    .capacity = 10000,
    .battery_power = 5000,
    .soc_minimum = 10,
    .soc_maximum = 100,
  };
}

static void
check_balances (const PlanciaSiteState *state)
{
  const gint64 *power = state->power;
  const double *today = state->today;
  const double *total = state->total;

  for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++) {
    g_assert_cmpint (power[i], >=, 0);
    g_assert_cmpfloat (today[i], >=, 0);
    g_assert_cmpfloat (total[i], >=, today[i] - 0.011);
  }
  g_assert_cmpint (power[PLANCIA_FLOW_GENERATING],
                   ==,
                   power[PLANCIA_FLOW_AUTOCONSUMING] + power[PLANCIA_FLOW_CHARGING] +
                     power[PLANCIA_FLOW_EXPORTING]);
  g_assert_cmpint (power[PLANCIA_FLOW_CONSUMING],
                   ==,
                   power[PLANCIA_FLOW_AUTOCONSUMING] + power[PLANCIA_FLOW_IMPORTING] +
                     power[PLANCIA_FLOW_DISCHARGING]);
  g_assert_cmpfloat_with_epsilon (today[PLANCIA_FLOW_GENERATING],
                                  today[PLANCIA_FLOW_AUTOCONSUMING] + today[PLANCIA_FLOW_CHARGING] +
                                    today[PLANCIA_FLOW_EXPORTING],
                                  ROUNDING);
  g_assert_cmpfloat_with_epsilon (total[PLANCIA_FLOW_CONSUMING],
                                  total[PLANCIA_FLOW_AUTOCONSUMING] +
                                    total[PLANCIA_FLOW_IMPORTING] + total[PLANCIA_FLOW_DISCHARGING],
                                  ROUNDING);
}

static void
test_balances (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  gint64           start = local_time (2026, 6, 10, 0, 0);
  PlanciaSiteState before, state;
  gint64           most = 0;

  g_assert_true (plancia_site_look (site, start, &before));
  for (gint64 time = start; time < start + 3 * PLANCIA_DAY; time += 97 * PLANCIA_SECOND + 13) {
    g_assert_true (plancia_site_look (site, time, &state));
    check_balances (&state);
    for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++) {
      g_assert_cmpfloat (state.total[i], >=, before.total[i]);
      if (state.day.start == before.day.start)
        g_assert_cmpfloat (state.today[i], >=, before.today[i]);
    }
    g_assert_cmpfloat (state.soc, >=, 9.9);
    g_assert_cmpfloat (state.soc, <=, 100.0);
    most = MAX (most, state.power[PLANCIA_FLOW_GENERATING]);
    before = state;
  }
  g_assert_cmpint (most, >, 4000);
  g_assert_cmpint (most, <=, 10000);
}

/* The counters hold what the powers add up to. */
static void
test_energies_integrate_powers (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  gint64           start = local_time (2026, 5, 3, 0, 0);
  double           sum[PLANCIA_N_ALL_FLOWS] = {0};
  PlanciaSiteState state;

  for (gint64 time = start; time < start + PLANCIA_DAY; time += 10 * PLANCIA_SECOND) {
    g_assert_true (plancia_site_look (site, time + 5 * PLANCIA_SECOND, &state));
    for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++)
      sum[i] += state.power[i] / 360.0 / 1000;
  }
  plancia_site_look (site, start + PLANCIA_DAY - 1, &state);
  for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++)
    g_assert_cmpfloat_with_epsilon (state.today[i], sum[i], 0.05);
  g_assert_cmpfloat (state.today[PLANCIA_FLOW_GENERATING], >, 5);
}

static void
test_night (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  PlanciaSiteState state;

  plancia_site_look (site, local_time (2026, 6, 12, 1, 30), &state);
  g_assert_cmpint (state.power[PLANCIA_FLOW_GENERATING], ==, 0);
  g_assert_cmpint (state.power[PLANCIA_FLOW_EXPORTING], ==, 0);
  g_assert_cmpint (state.power[PLANCIA_FLOW_CONSUMING], >, 100);
  plancia_site_look (site, local_time (2026, 12, 21, 12, 30), &state);
  g_assert_cmpint (state.power[PLANCIA_FLOW_GENERATING], >, 100);
  plancia_site_look (site, local_time (2026, 12, 21, 17, 30), &state);
  g_assert_cmpint (state.power[PLANCIA_FLOW_GENERATING], ==, 0);
}

static void
test_midnight (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  gint64           midnight = local_time (2026, 6, 13, 0, 0);
  PlanciaSiteState before, after;

  plancia_site_look (site, midnight - 1, &before);
  plancia_site_look (site, midnight, &after);
  g_assert_cmpfloat (before.today[PLANCIA_FLOW_CONSUMING], >, 3);
  g_assert_cmpfloat (after.today[PLANCIA_FLOW_CONSUMING], ==, 0);
  g_assert_cmpint (after.day.start, ==, midnight);
  for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++) {
    g_assert_cmpfloat (after.total[i], >=, before.total[i]);
    g_assert_cmpfloat (after.total[i] - before.total[i], <=, 0.031);
    g_assert_cmpint (ABS (after.power[i] - before.power[i]), <=, 20);
  }
  g_assert_cmpfloat_with_epsilon (after.soc, before.soc, 0.1);
}

static void
test_clock_changes (void)
{
  static const struct
  {
    int month, day, hours;
  } cases[] = {
    {3,  29, 23},
    {10, 25, 25},
    {6,  1,  24}
  };
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64           start = local_time (2026, cases[i].month, cases[i].day, 0, 0);
    gint64           end = start + cases[i].hours * PLANCIA_HOUR;
    PlanciaSiteState last, next;

    plancia_site_look (site, end - 1, &last);
    plancia_site_look (site, end, &next);
    g_assert_cmpint (last.day.start, ==, start);
    g_assert_cmpint (last.day.end, ==, end);
    g_assert_cmpint (next.day.start, ==, end);
    g_assert_cmpfloat (last.today[PLANCIA_FLOW_CONSUMING], >, 3);
    g_assert_cmpfloat (next.today[PLANCIA_FLOW_CONSUMING], ==, 0);
  }
}

/* Two sites that were asked in another order agree: nothing depends on what was asked before. */
static void
test_deterministic (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) one = plancia_site_new (&config);
  g_autoptr (PlanciaSite) two = plancia_site_new (&config);
  gint64           june = local_time (2026, 6, 12, 14, 5);
  PlanciaSiteState a, b;

  plancia_site_look (one, june, &a);
  for (int days = 60; days >= 0; days -= 6)
    plancia_site_look (two, june - days * PLANCIA_DAY, &b);
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  config.seed = 4;
  g_autoptr (PlanciaSite) other = plancia_site_new (&config);
  plancia_site_look (other, june, &b);
  g_assert_cmpint (a.power[PLANCIA_FLOW_CONSUMING], !=, b.power[PLANCIA_FLOW_CONSUMING]);
}

static void
test_before_commissioning (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  gint64           begin = local_time (2025, 9, 1, 0, 0);
  PlanciaSiteState state;

  g_assert_cmpint (plancia_site_get_begin (site), ==, begin);
  g_assert_false (plancia_site_look (site, begin - 1, &state));
  g_assert_cmpfloat (state.total[PLANCIA_FLOW_CONSUMING], ==, 0);
  g_assert_true (plancia_site_look (site, begin, &state));
}

static void
test_string_exports_everything (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  PlanciaSiteState  state;

  config.load = "none";
  config.capacity = 0;
  g_autoptr (PlanciaSite) site = plancia_site_new (&config);
  plancia_site_look (site, local_time (2026, 6, 12, 13, 0), &state);
  g_assert_cmpint (state.power[PLANCIA_FLOW_EXPORTING], >, 0);
  g_assert_cmpint (state.power[PLANCIA_FLOW_EXPORTING], ==, state.power[PLANCIA_FLOW_GENERATING]);
  g_assert_cmpfloat (state.total[PLANCIA_FLOW_CONSUMING], ==, 0);
  g_assert_cmpfloat (state.soc, ==, 0);
}

static void
test_meter_sums (void)
{
  PlanciaSiteConfig config = hybrid_config ();
  g_autoptr (PlanciaSite) one = plancia_site_new (&config);
  config.seed = 9;
  config.peak = 3000;
  g_autoptr (PlanciaSite) two = plancia_site_new (&config);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  PlanciaSiteState a, b, sum;

  g_ptr_array_add (members, one);
  g_ptr_array_add (members, two);
  config.commissioned = local_time (2026, 6, 1, 0, 0);
  g_autoptr (PlanciaSite) meter = plancia_site_new_meter (&config, members);
  for (int hour = 0; hour < 24; hour++) {
    gint64 time = local_time (2026, 6, 12, hour, 17);
    plancia_site_look (one, time, &a);
    plancia_site_look (two, time, &b);
    plancia_site_look (meter, time, &sum);
    g_assert_cmpint (sum.power[PLANCIA_FLOW_EXPORTING] - sum.power[PLANCIA_FLOW_IMPORTING],
                     ==,
                     a.power[PLANCIA_FLOW_EXPORTING] - a.power[PLANCIA_FLOW_IMPORTING] +
                       b.power[PLANCIA_FLOW_EXPORTING] - b.power[PLANCIA_FLOW_IMPORTING]);
    g_assert_true (sum.power[PLANCIA_FLOW_EXPORTING] == 0 ||
                   sum.power[PLANCIA_FLOW_IMPORTING] == 0);
  }
}

static void
test_unknown_load (void)
{
  PlanciaSiteConfig config = hybrid_config ();

  config.load = "volcano";
  g_assert_null (plancia_site_new (&config));
}

/* At the solstice in Arezzo the sun stands 70° high a little after 13:15 by the clock. */
static void
test_sun (void)
{
  PlanciaPlace  arezzo = {43.46, 11.88, 1};
  PlanciaSkyDay day;
  PlanciaSky    sky, best = {0};
  gint64        start = local_time (2026, 6, 21, 0, 0);
  gint64        culmination = 0;

  plancia_sky_day_init (&day, &arezzo, start + PLANCIA_DAY / 2);
  for (gint64 time = start; time < start + PLANCIA_DAY; time += PLANCIA_MINUTE) {
    plancia_sky_day_look (&day, time, &sky);
    g_assert_cmpfloat_with_epsilon (sky.east * sky.east + sky.north * sky.north + sky.up * sky.up,
                                    1,
                                    1e-9);
    g_assert_cmpfloat (sky.beam, >=, 0);
    g_assert_cmpfloat (sky.beam, <, 1.2);
    if (sky.up > best.up)
      culmination = time;
    best = sky.up > best.up ? sky : best;
  }
  g_assert_cmpfloat_with_epsilon (asin (best.up) * 180 / G_PI, 90 - 43.46 + 23.44, 0.1);
  g_assert_cmpint (ABS (culmination - local_time (2026, 6, 21, 13, 14)), <, 3 * PLANCIA_MINUTE);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  rome = g_time_zone_new_identifier ("Europe/Rome");
  g_test_add_func ("/simulator/site/balances", test_balances);
  g_test_add_func ("/simulator/site/energies-integrate-powers", test_energies_integrate_powers);
  g_test_add_func ("/simulator/site/night", test_night);
  g_test_add_func ("/simulator/site/midnight", test_midnight);
  g_test_add_func ("/simulator/site/clock-changes", test_clock_changes);
  g_test_add_func ("/simulator/site/deterministic", test_deterministic);
  g_test_add_func ("/simulator/site/before-commissioning", test_before_commissioning);
  g_test_add_func ("/simulator/site/string-exports-everything", test_string_exports_everything);
  g_test_add_func ("/simulator/site/meter-sums", test_meter_sums);
  g_test_add_func ("/simulator/site/unknown-load", test_unknown_load);
  g_test_add_func ("/simulator/site/sun", test_sun);
  result = g_test_run ();
  g_time_zone_unref (rome);
  return result;
}
