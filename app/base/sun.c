/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sun.h"

#include <math.h>

#define RADIANS (G_PI / 180)
/* 2000-01-01 12:00 UTC, ms. */
#define J2000 G_GINT64_CONSTANT (946728000000)

/**
 * plancia_sun_elevation:
 * @latitude: degrees north
 * @longitude: degrees east
 * @time: ms UTC
 *
 * The usual low-precision formulas (mean longitude, equation of the centre, obliquity), without refraction. Any thread.
 *
 * Returns: degrees above the horizon
 */
double
plancia_sun_elevation (double latitude, double longitude, gint64 time)
{
  double days = (double) (time - J2000) / 86400000;
  double mean = fmod (280.460 + 0.9856474 * days, 360) * RADIANS;
  double anomaly = fmod (357.528 + 0.9856003 * days, 360) * RADIANS;
  double ecliptic = mean + (1.915 * sin (anomaly) + 0.020 * sin (2 * anomaly)) * RADIANS;
  double obliquity = (23.439 - 0.0000004 * days) * RADIANS;
  double declination = asin (sin (obliquity) * sin (ecliptic));
  double ascension = atan2 (cos (obliquity) * sin (ecliptic), cos (ecliptic));
  double sidereal = fmod (280.46062 + 360.98564737 * days + longitude, 360) * RADIANS;
  double hour = sidereal - ascension;

  return asin (sin (latitude * RADIANS) * sin (declination) +
               cos (latitude * RADIANS) * cos (declination) * cos (hour)) /
         RADIANS;
}
