/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

/* While simulated: now = origin + (monotonic - started) * rate. */
static GMutex   clock_mutex;
static gboolean simulated;
static gint64   clock_origin;
static gint64   clock_started; /* us */
static double   clock_rate;

/**
 * plancia_clock_now:
 *
 * Returns: milliseconds of Unix time in UTC, real or simulated
 */
gint64
plancia_clock_now (void)
{
  return plancia_clock_now_us () / 1000;
}

/**
 * plancia_clock_now_us:
 *
 * Returns: microseconds of Unix time in UTC, real or simulated
 */
gint64
plancia_clock_now_us (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  if (!simulated)
    return g_get_real_time ();

  return clock_origin * 1000 +
         (gint64) ((double) (g_get_monotonic_time () - clock_started) * clock_rate);
}

/**
 * plancia_clock_monotonic:
 *
 * Returns: milliseconds of a clock that never goes back, for durations
 */
gint64
plancia_clock_monotonic (void)
{
  return g_get_monotonic_time () / 1000;
}

/**
 * plancia_clock_simulate:
 * @origin: what the clock shows now, milliseconds of Unix time
 * @rate: simulated seconds a real second, 0 to stand still
 */
void
plancia_clock_simulate (gint64 origin, double rate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  simulated = TRUE;
  clock_origin = origin;
  clock_started = g_get_monotonic_time ();
  clock_rate = rate;
}

/** plancia_clock_reset: back to the real time. */
void
plancia_clock_reset (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  simulated = FALSE;
}
