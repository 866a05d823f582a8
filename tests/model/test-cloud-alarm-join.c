/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"
#include "model/cloud-alarm-join.h"

/* Some midnight. */
#define DAY0 (G_GINT64_CONSTANT (20000) * PLANCIA_DAY)
#define NOW  (DAY0 + 30 * PLANCIA_DAY)
#define MIN_ PLANCIA_MINUTE

static PlanciaAlarmRecord *
make_words (void)
{
  PlanciaAlarmRecord *words = plancia_alarm_record_new ();

  g_free (words->device);
  words->device = g_strdup ("thing");
  g_free (words->source);
  words->source = g_strdup (PLANCIA_ALARM_PORTAL);
  return words;
}

static GPtrArray *
new_known (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
}

/* Returns how many records changed. */
static guint
take (GPtrArray *known, gint64 since, gint64 until, gint64 seen, gboolean from_before)
{
  const PlanciaCloudAlarm alarm = {.id = 2,
                                   .since = since,
                                   .until = until,
                                   .seen = seen,
                                   .from_before = from_before};
  g_autoptr (PlanciaAlarmRecord) words = make_words ();
  g_autoptr (GPtrArray) records = plancia_cloud_alarm_join (known, &alarm, words, NOW);

  plancia_cloud_alarm_keep (known, records);
  return records->len;
}

static void
assert_only (GPtrArray *known, gint64 since, gint64 until, gboolean from_before)
{
  const PlanciaAlarmRecord *record;

  g_assert_cmpuint (known->len, ==, 1);
  record = g_ptr_array_index (known, 0);
  g_assert_cmpint (record->since, ==, since);
  g_assert_cmpint (record->until, ==, until);
  g_assert_cmpint (record->from_before, ==, from_before);
  g_assert_cmpint (record->id, ==, 2);
}

/* Three days, from the newest to the oldest as a download has them, are one interval. */
static void
test_newest_first (void)
{
  g_autoptr (GPtrArray) known = new_known ();
  gint64 second = DAY0 + PLANCIA_DAY, third = second + PLANCIA_DAY;

  take (known, third + 3 * MIN_, third + 600 * MIN_, third + 595 * MIN_, TRUE);
  g_assert_cmpuint (take (known, second + 2 * MIN_, 0, third - 2 * MIN_, TRUE), ==, 2);
  take (known, DAY0 + 900 * MIN_, 0, second - 3 * MIN_, FALSE);
  assert_only (known, DAY0 + 900 * MIN_, third + 600 * MIN_, FALSE);
}

static void
test_oldest_first (void)
{
  g_autoptr (GPtrArray) known = new_known ();
  gint64 second = DAY0 + PLANCIA_DAY;

  take (known, DAY0 + 900 * MIN_, 0, second - 3 * MIN_, FALSE);
  /* Of that day alone one cannot say more. */
  assert_only (known, DAY0 + 900 * MIN_, second - 3 * MIN_, FALSE);
  take (known, second + 2 * MIN_, second + 60 * MIN_, second + 55 * MIN_, TRUE);
  assert_only (known, DAY0 + 900 * MIN_, second + 60 * MIN_, FALSE);
}

/* The same piece twice changes nothing. */
static void
test_again (void)
{
  g_autoptr (GPtrArray) known = new_known ();

  g_assert_cmpuint (take (known, DAY0, DAY0 + 60 * MIN_, DAY0 + 55 * MIN_, FALSE), ==, 1);
  g_assert_cmpuint (take (known, DAY0, DAY0 + 60 * MIN_, DAY0 + 55 * MIN_, FALSE), ==, 0);
  assert_only (known, DAY0, DAY0 + 60 * MIN_, FALSE);
}

/* One that came back after a packet without it is another one. */
static void
test_not_the_same (void)
{
  g_autoptr (GPtrArray) known = new_known ();

  take (known, DAY0, DAY0 + 10 * MIN_, DAY0 + 5 * MIN_, FALSE);
  take (known, DAY0 + 15 * MIN_, DAY0 + 20 * MIN_, DAY0 + 15 * MIN_, FALSE);
  g_assert_cmpuint (known->len, ==, 2);
}

/* What is on stays on while older times come, and ends when the cloud says so. */
static void
test_open (void)
{
  g_autoptr (GPtrArray) known = new_known ();

  take (known, NOW - 600 * MIN_, 0, NOW - 2 * MIN_, TRUE);
  assert_only (known, NOW - 600 * MIN_, 0, TRUE);
  take (known, NOW - 900 * MIN_, 0, NOW - 605 * MIN_, FALSE);
  assert_only (known, NOW - 900 * MIN_, 0, FALSE);
  take (known, NOW - 900 * MIN_, NOW - 30 * MIN_, NOW - 35 * MIN_, FALSE);
  assert_only (known, NOW - 900 * MIN_, NOW - 30 * MIN_, FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cloud-alarm-join/newest-first", test_newest_first);
  g_test_add_func ("/cloud-alarm-join/oldest-first", test_oldest_first);
  g_test_add_func ("/cloud-alarm-join/again", test_again);
  g_test_add_func ("/cloud-alarm-join/not-the-same", test_not_the_same);
  g_test_add_func ("/cloud-alarm-join/open", test_open);
  return g_test_run ();
}
