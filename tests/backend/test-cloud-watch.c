/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-watch.h"

#include "backend/cloud-meter.h"
#include "base/error.h"
#include "base/sun.h"
#include <math.h>

/* 2025-06-10 in Arezzo: summer time. */
static gint64
at (int day, int hour, int minute)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GDateTime) date = g_date_time_new (zone, 2025, 6, day, hour, minute, 0);

  return g_date_time_to_unix (date) * PLANCIA_SECOND;
}

typedef struct
{
  PlanciaCloudWatch *watch;
  PlanciaCloudPlace  place;
} Fixture;

static void
fixture_init (Fixture *self)
{
  *self = (Fixture){.watch = plancia_cloud_watch_new (), .place = {.latitude = NAN}};
  self->place.zone = g_time_zone_new_identifier ("Europe/Rome");
  self->place.latitude = 43.46;
  self->place.longitude = 11.88;
}

static void
fixture_clear (Fixture *self)
{
  plancia_cloud_watch_free (self->watch);
  g_time_zone_unref (self->place.zone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Names and values in turn. */
static PlanciaPortalRealtime *
say (gint64 update, ...)
{
  PlanciaPortalRealtime *self = g_new0 (PlanciaPortalRealtime, 1);
  va_list                list;
  const char            *key;

  self->last_update = update;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_start (list, update);
  while ((key = va_arg (list, const char *)) != NULL) {
    double number = va_arg (list, double);

    g_hash_table_insert (self->values, g_strdup (key), g_memdup2 (&number, sizeof number));
  }
  va_end (list);
  return self;
}

static PlanciaPortalRealtime *
say_string (gint64 update, double power, double day, double total)
{
  return say (update,
              "powerGenerating",
              power,
              "energyGenerating",
              day,
              "energyGeneratingTotal",
              total,
              NULL);
}

/* Takes what is said; remark: 0 for none. */
static PlanciaReadings *
take (Fixture *self, PlanciaPortalRealtime *said, gint64 now, int remark)
{
  g_autoptr (PlanciaPortalRealtime) realtime = said;
  g_autoptr (GError) error = NULL;
  PlanciaReadings *readings =
    plancia_cloud_watch_take (self->watch, "d", realtime, &self->place, now, FALSE, &error);

  if (remark == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, PLANCIA_CLOUD_ERROR, remark);
  return readings;
}

static double
number_of (PlanciaReadings *readings, const char *key)
{
  const PlanciaReading *reading = plancia_readings_find (readings, key);

  g_assert_nonnull (reading);
  g_assert_cmpint (reading->value.kind, ==, PLANCIA_VALUE_NUMBER);
  return reading->value.number;
}

static void
test_same_and_back (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) first = NULL;
  g_autoptr (PlanciaReadings) newer = NULL;

  fixture_init (&self);
  first = take (&self, say_string (at (10, 12, 0), 4000, 12, 900), at (10, 12, 1), 0);
  g_assert_cmpfloat (number_of (first, "powerGenerating"), ==, 4000);
  g_assert_cmpint (plancia_readings_get_time (first), ==, at (10, 12, 0));
  g_assert_null (take (&self, say_string (at (10, 12, 0), 4000, 12, 900), at (10, 12, 3), 0));
  g_assert_null (take (&self,
                       say_string (at (10, 11, 55), 3000, 11, 899),
                       at (10, 12, 4),
                       PLANCIA_CLOUD_ERROR_WENT_BACK));
  newer = take (&self, say_string (at (10, 12, 5), 4100, 12.3, 900.3), at (10, 12, 6), 0);
  g_assert_nonnull (newer);
}

static void
test_zeros (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) first = NULL;
  g_autoptr (PlanciaReadings) after = NULL;
  g_autoptr (PlanciaReadings) fresh = NULL;
  PlanciaPortalRealtime *old;

  fixture_init (&self);
  first = take (&self, say_string (at (10, 12, 0), 4000, 12, 900), at (10, 12, 1), 0);
  g_assert_null (
    take (&self, say_string (at (10, 12, 5), 0, 0, 0), at (10, 12, 6), PLANCIA_CLOUD_ERROR_ZEROS));
  after = take (&self, say_string (at (10, 12, 10), 4000, 12.7, 900.7), at (10, 12, 11), 0);
  g_assert_nonnull (after);

  /* The first answer after the start; a device that is new has counted nothing. */
  plancia_cloud_watch_reset (self.watch);
  old = say_string (at (10, 12, 5), 0, 0, 0);
  old->first_seen = at (1, 0, 0);
  g_assert_null (take (&self, old, at (10, 12, 6), PLANCIA_CLOUD_ERROR_ZEROS));
  fresh = take (&self, say_string (at (10, 12, 5), 0, 0, 0), at (10, 12, 6), 0);
  g_assert_nonnull (fresh);
}

/* The power is of now all the same; what a person says to be another device counts anew. */
static void
test_fallen_counter (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) first = NULL;
  g_autoptr (PlanciaReadings) fallen = NULL;
  g_autoptr (PlanciaReadings) still = NULL;
  g_autoptr (PlanciaReadings) replaced = NULL;

  fixture_init (&self);
  first = take (&self, say_string (at (10, 12, 0), 4000, 12, 900), at (10, 12, 1), 0);
  fallen = take (&self,
                 say_string (at (10, 12, 5), 4100, 1, 880),
                 at (10, 12, 6),
                 PLANCIA_CLOUD_ERROR_FELL);
  g_assert_cmpfloat (number_of (fallen, "powerGenerating"), ==, 4100);
  g_assert_null (plancia_readings_find (fallen, "energyGeneratingTotal"));
  g_assert_null (plancia_readings_find (fallen, "energyGenerating"));
  still = take (&self,
                say_string (at (10, 13, 5), 4200, 1.5, 881),
                at (10, 13, 6),
                PLANCIA_CLOUD_ERROR_REPLACED);
  g_assert_null (plancia_readings_find (still, "energyGeneratingTotal"));
  plancia_cloud_watch_reset (self.watch);
  plancia_cloud_watch_answer (self.watch, TRUE);
  replaced = take (&self, say_string (at (10, 13, 10), 4200, 1.6, 881.1), at (10, 13, 11), 0);
  g_assert_cmpfloat (number_of (replaced, "energyGeneratingTotal"), ==, 881.1);
}

/* The last packet of yesterday, asked for after midnight. */
static void
test_midnight (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) evening = NULL;
  g_autoptr (PlanciaReadings) night = NULL;

  fixture_init (&self);
  evening = take (&self, say_string (at (10, 20, 50), 20, 31.5, 900), at (10, 21, 0), 0);
  g_assert_cmpfloat (number_of (evening, "energyGenerating"), ==, 31.5);
  g_assert_null (take (&self, say_string (at (10, 20, 50), 20, 31.5, 900), at (10, 23, 59), 0));
  night = take (&self, say_string (at (10, 20, 50), 20, 31.5, 900), at (11, 0, 4), 0);
  g_assert_cmpfloat (number_of (night, "energyGenerating"), ==, 0);
  g_assert_cmpfloat (number_of (night, "energyGeneratingTotal"), ==, 900);
  g_assert_nonnull (plancia_readings_find (night, "energyGenerating")->message);
  g_assert_null (take (&self, say_string (at (10, 20, 50), 20, 31.5, 900), at (11, 0, 9), 0));
}

/* Silence is odd by day, not at night and not before a device has had the time to wake. */
static void
test_silence (void)
{
  static const struct
  {
    int      day, hour, minute;
    gboolean frozen;
  } times[] = {
    {10, 12, 19, FALSE},
    {10, 12, 21, TRUE },
    {10, 17, 0,  TRUE },
    {10, 21, 0,  FALSE}, /* the sun is down at 20:50 */
    {11, 3,  0,  FALSE},
    {11, 6,  15, FALSE}, /* it is up since 5:31 */
    {11, 7,  30, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_auto (Fixture) self = {0};
    g_autoptr (PlanciaReadings) readings = NULL;

    fixture_init (&self);
    g_test_message ("%d %02d:%02d", times[i].day, times[i].hour, times[i].minute);
    readings = take (&self,
                     say_string (at (10, 12, 0), 20, 31.5, 900),
                     at (times[i].day, times[i].hour, times[i].minute),
                     times[i].frozen ? PLANCIA_CLOUD_ERROR_FROZEN : 0);
    g_assert_nonnull (readings);
  }
}

static void
test_quiet_hours (void)
{
  g_auto (Fixture) self = {0};

  fixture_init (&self);
  self.place.has_quiet = TRUE;
  self.place.quiet_from = 22 * 60;
  self.place.quiet_to = 6 * 60;
  g_assert_true (plancia_cloud_place_is_quiet (&self.place, at (10, 23, 0)));
  g_assert_true (plancia_cloud_place_is_quiet (&self.place, at (10, 5, 59)));
  g_assert_false (plancia_cloud_place_is_quiet (&self.place, at (10, 6, 0)));
  g_assert_false (plancia_cloud_place_is_quiet (&self.place, at (10, 21, 0)));
  self.place.has_quiet = FALSE;
  self.place.latitude = NAN;
  g_assert_true (plancia_cloud_place_is_quiet (&self.place, at (10, 21, 0)));
  g_assert_false (plancia_cloud_place_is_quiet (&self.place, at (10, 12, 0)));
}

static void
test_stuck (void)
{
  g_auto (Fixture) self = {0};

  fixture_init (&self);
  for (int i = 0; i < 4; i++) {
    g_autoptr (PlanciaReadings) readings = take (&self,
                                                 say_string (at (10, 12, i * 5), 4000, 12, 900),
                                                 at (10, 12, i * 5 + 1),
                                                 i < 2 ? 0 : PLANCIA_CLOUD_ERROR_STUCK);
    const PlanciaReading *power = plancia_readings_find (readings, "powerGenerating");

    g_assert_cmpint (power->quality, ==, i < 2 ? PLANCIA_QUALITY_GOOD : PLANCIA_QUALITY_OLD);
  }
  g_clear_pointer (
    &(PlanciaReadings *){
      take (&self, say_string (at (10, 12, 20), 4000, 12.3, 900.3), at (10, 12, 21), 0)},
    plancia_readings_unref);
}

/* The facts' sample: what is called daily are the counters of the meter's life. */
static void
test_meter (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) unknown = NULL;
  g_autoptr (PlanciaReadings) known = NULL;
  PlanciaSamples *samples = plancia_samples_new ("d", "portal", (PlanciaSpan){0, 0});
  PlanciaSpan     span;

  fixture_init (&self);
  unknown = take (&self,
                  say (at (10, 12, 0),
                       "powerImporting",
                       200.0,
                       "energyImporting",
                       1234.5,
                       "energyImportingTotal",
                       1234.5,
                       NULL),
                  at (10, 12, 1),
                  0);
  g_assert_cmpint (plancia_readings_find (unknown, "energyImporting")->quality,
                   ==,
                   PLANCIA_QUALITY_MISSING);
  g_assert_cmpfloat (number_of (unknown, "energyImportingTotal"), ==, 1234.5);
  g_assert_true (
    plancia_cloud_watch_needs_midnight (self.watch, &self.place, at (10, 12, 1), &span));
  g_assert_true (plancia_span_contains (span, at (10, 0, 0)));
  plancia_samples_add (samples, "energyImportingTotal", at (9, 23, 45), 1230);
  plancia_samples_add (samples, "energyImportingTotal", at (10, 0, 2), 1230.5);
  plancia_samples_add (samples, "energyImportingTotal", at (10, 0, 7), 1231);
  plancia_samples_seal (samples);
  plancia_cloud_watch_set_midnight (self.watch, &self.place, at (10, 12, 1), samples);
  plancia_samples_unref (samples);
  g_assert_false (
    plancia_cloud_watch_needs_midnight (self.watch, &self.place, at (10, 12, 1), &span));
  known =
    take (&self,
          say (at (10, 12, 5), "energyImporting", 1235.5, "energyImportingTotal", 1235.5, NULL),
          at (10, 12, 6),
          0);
  g_assert_cmpfloat (number_of (known, "energyImporting"), ==, 5);
  g_assert_true (
    plancia_cloud_watch_needs_midnight (self.watch, &self.place, at (11, 12, 1), &span));
}

static PlanciaSamples *
make_past (gboolean produces)
{
  PlanciaSamples *samples =
    plancia_samples_new ("d", "portal", (PlanciaSpan){at (9, 23, 0), at (10, 23, 0)});

  for (int i = 0; i < 24 * 12; i++) {
    gint64 time = at (9, 23, 0) + i * 5 * PLANCIA_MINUTE;

    plancia_samples_add (samples, "energyImporting", time, 1000 + i * 0.1);
    plancia_samples_add (samples, "energyImportingTotal", time, 1000 + i * 0.1);
    if (produces)
      plancia_samples_add (samples, "energyGenerating", time, 0);
  }
  return plancia_samples_seal (samples);
}

static void
test_meter_history (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaSamples) past = make_past (FALSE);
  g_autoptr (PlanciaSamples) inverter = make_past (TRUE);
  g_autoptr (PlanciaSamples) mended = NULL;
  g_autoptr (PlanciaSamples) same = NULL;
  const PlanciaSampleColumn *day;

  fixture_init (&self);
  mended = plancia_cloud_meter_mend (past, self.place.zone);
  same = plancia_cloud_meter_mend (inverter, self.place.zone);
  g_assert_true (same == inverter);
  day = plancia_samples_find_column (mended, "energyImporting");
  /* Before midnight nothing is known of that day. */
  g_assert_cmpint (g_array_index (day->times, gint64, 0), ==, at (10, 0, 0));
  g_assert_cmpfloat_with_epsilon (g_array_index (day->values, double, 0), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (day->values, double, 120), 12, 1e-9);
  g_assert_cmpuint (plancia_samples_find_column (mended, "energyImportingTotal")->times->len,
                    ==,
                    288);
}

/* Almanac: sunrise in Arezzo on 10 June 2025 at 5:31, sunset at 20:50; noon of the equator at an equinox. */
static void
test_sun (void)
{
  g_assert_cmpfloat_with_epsilon (plancia_sun_elevation (43.46, 11.88, at (10, 5, 31)), -0.8, 0.7);
  g_assert_cmpfloat_with_epsilon (plancia_sun_elevation (43.46, 11.88, at (10, 20, 50)), -0.8, 0.7);
  g_assert_cmpfloat_with_epsilon (plancia_sun_elevation (43.46, 11.88, at (10, 13, 12)), 69.6, 0.7);
  g_assert_cmpfloat_with_epsilon (plancia_sun_elevation (0, 0, G_GINT64_CONSTANT (1742472432000)),
                                  89.8,
                                  0.7);
}

/* The counter of a life falls: for half an hour it may be the cloud's mistake, then somebody has to say what it is. */
static void
fall (Fixture *self, int hour)
{
  plancia_readings_unref (
    take (self, say_string (at (10, hour, 0), 3000, 5, 900), at (10, hour, 1), 0));
  plancia_readings_unref (take (self,
                                say_string (at (10, hour, 5), 3000, 5.2, 3),
                                at (10, hour, 6),
                                PLANCIA_CLOUD_ERROR_FELL));
  g_assert_null (plancia_cloud_watch_dup_counters (self->watch));
  plancia_readings_unref (take (self,
                                say_string (at (10, hour, 35), 3010, 6, 4),
                                at (10, hour, 36),
                                PLANCIA_CLOUD_ERROR_REPLACED));
}

static void
assert_counters (Fixture *self, const char *expected)
{
  g_autofree char *counters = plancia_cloud_watch_dup_counters (self->watch);

  g_assert_cmpstr (counters, ==, expected);
}

static void
test_replaced (void)
{
  g_auto (Fixture) self = {0};
  g_autoptr (PlanciaReadings) readings = NULL;

  fixture_init (&self);
  fall (&self, 10);
  assert_counters (&self, "open energyGeneratingTotal=900");
  plancia_cloud_watch_answer (self.watch, TRUE);
  assert_counters (&self, "replaced");
  readings = take (&self, say_string (at (10, 10, 40), 3020, 6.2, 4.2), at (10, 10, 41), 0);
  g_assert_nonnull (plancia_readings_find (readings, "energyGeneratingTotal"));
  /* And so it stays after another start, until the next fall. */
  plancia_cloud_watch_set_counters (self.watch, "replaced");
  plancia_cloud_watch_reset (self.watch);
  g_clear_pointer (&readings, plancia_readings_unref);
  readings = take (&self, say_string (at (10, 10, 45), 3030, 6.4, 4.4), at (10, 10, 46), 0);
  g_assert_nonnull (plancia_readings_find (readings, "energyGeneratingTotal"));
}

/* The question is not answered by closing the account; the answer is not forgotten by it. */
static void
test_not_replaced (void)
{
  static const char *const kept[] = {"open energyGeneratingTotal=900",
                                     "kept energyGeneratingTotal=900"};
  static const int         codes[] = {PLANCIA_CLOUD_ERROR_REPLACED, PLANCIA_CLOUD_ERROR_FELL};

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
    g_auto (Fixture) self = {0};
    g_autoptr (PlanciaReadings) low = NULL;
    g_autoptr (PlanciaReadings) mended = NULL;

    fixture_init (&self);
    plancia_cloud_watch_set_counters (self.watch, kept[i]);
    plancia_cloud_watch_reset (self.watch);
    low = take (&self, say_string (at (10, 11, 0), 3000, 6, 4), at (10, 11, 1), codes[i]);
    g_assert_null (plancia_readings_find (low, "energyGeneratingTotal"));
    g_assert_nonnull (plancia_readings_find (low, "powerGenerating"));
    assert_counters (&self, kept[i]);
    /* The cloud has mended itself. */
    mended = take (&self, say_string (at (10, 11, 5), 3010, 6, 901), at (10, 11, 6), 0);
    g_assert_nonnull (plancia_readings_find (mended, "energyGeneratingTotal"));
    assert_counters (&self, NULL);
  }
}

static void
test_answered_no (void)
{
  g_auto (Fixture) self = {0};

  fixture_init (&self);
  fall (&self, 10);
  plancia_cloud_watch_answer (self.watch, FALSE);
  assert_counters (&self, "kept energyGeneratingTotal=900");
  plancia_readings_unref (take (&self,
                                say_string (at (10, 11, 35), 3020, 7, 5),
                                at (10, 11, 36),
                                PLANCIA_CLOUD_ERROR_FELL));
  /* What a file says that nobody understands is nothing. */
  plancia_cloud_watch_set_counters (self.watch, "what energyGeneratingTotal=x =");
  assert_counters (&self, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/cloud-watch/same-and-back", test_same_and_back);
  g_test_add_func ("/backend/cloud-watch/zeros", test_zeros);
  g_test_add_func ("/backend/cloud-watch/fallen-counter", test_fallen_counter);
  g_test_add_func ("/backend/cloud-watch/midnight", test_midnight);
  g_test_add_func ("/backend/cloud-watch/silence", test_silence);
  g_test_add_func ("/backend/cloud-watch/quiet-hours", test_quiet_hours);
  g_test_add_func ("/backend/cloud-watch/stuck", test_stuck);
  g_test_add_func ("/backend/cloud-watch/meter", test_meter);
  g_test_add_func ("/backend/cloud-watch/meter-history", test_meter_history);
  g_test_add_func ("/backend/cloud-watch/sun", test_sun);
  g_test_add_func ("/backend/cloud-watch/replaced", test_replaced);
  g_test_add_func ("/backend/cloud-watch/not-replaced", test_not_replaced);
  g_test_add_func ("/backend/cloud-watch/answered-no", test_answered_no);
  return g_test_run ();
}
