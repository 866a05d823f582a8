/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/sky.h"

#include <math.h>

#include "base/span.h"

#define DEGREE (G_PI / 180)
/* 2000-01-01 12:00 UTC, from where almanacs count. */
#define EPOCH_2000 (G_GINT64_CONSTANT (946728000) * PLANCIA_SECOND)

/* Different streams of one seed. */
enum {
  STREAM_CLOUDINESS = 11,
  STREAM_WARMTH = 12,
  STREAM_CLOUDS = 21,
};

static guint64
mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return value ^ (value >> 31);
}

static gint64
floor_divide (gint64 value, gint64 by)
{
  gint64 quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

/* Clear days are the most frequent, grey ones come in their turn. */
static double
day_cloudiness (guint64 seed, gint64 noon)
{
  double chance = plancia_noise (seed + STREAM_CLOUDINESS, floor_divide (noon, PLANCIA_DAY));
  return chance * chance;
}

static double
cloud_at (const PlanciaSkyDay *self, gint64 time)
{
  guint64 seed = self->seed + STREAM_CLOUDS;
  double  field = 0.55 * plancia_noise_smooth (seed, time, 47 * PLANCIA_MINUTE) +
                 0.30 * plancia_noise_smooth (seed + 1, time, 13 * PLANCIA_MINUTE) +
                 0.15 * plancia_noise_smooth (seed + 2, time, 4 * PLANCIA_MINUTE);

  return CLAMP ((field - (1 - self->cloudiness) + 0.15) / 0.3, 0.0, 1.0);
}

/**
 * plancia_noise:
 * @seed: which stream
 * @cell: which number of the stream
 *
 * Hashes instead of drawing, so that the number of any moment is known without those before it.
 *
 * Returns: from 0 to below 1
 */
double
plancia_noise (guint64 seed, gint64 cell)
{
  return (double) (mix (mix (seed) ^ (guint64) cell) >> 11) * 0x1p-53;
}

/**
 * plancia_noise_smooth:
 * @seed: which stream
 * @time: ms UTC
 * @period: length of a cell, ms
 *
 * Returns: from 0 to 1, continuous in time
 */
double
plancia_noise_smooth (guint64 seed, gint64 time, gint64 period)
{
  gint64 cell = floor_divide (time, period);
  double part = (double) (time - cell * period) / (double) period;
  double from = plancia_noise (seed, cell);
  double to = plancia_noise (seed, cell + 1);

  part = part * part * (3 - 2 * part);
  return from + (to - from) * part;
}

/**
 * plancia_sky_day_init:
 * @self: what to fill
 * @place: where, and which weather
 * @noon: near the middle of the local day, ms UTC
 *
 * Places the sun with the low-precision formulas of the Astronomical Almanac (a hundredth of a
 * degree), whose slow terms are taken once for the day.
 */
void
plancia_sky_day_init (PlanciaSkyDay *self, const PlanciaPlace *place, gint64 noon)
{
  double days = (double) (noon - EPOCH_2000) / PLANCIA_DAY;
  double anomaly = (357.528 + 0.9856003 * days) * DEGREE;
  double longitude =
    (280.460 + 0.9856474 * days + 1.915 * sin (anomaly) + 0.020 * sin (2 * anomaly)) * DEGREE;
  double tilt = 23.439 * DEGREE;
  double ascension = atan2 (cos (tilt) * sin (longitude), cos (longitude));
  double sidereal = (280.46062 + 360.9856474 * days + place->longitude) * DEGREE;
  double season = cos (longitude - 120 * DEGREE);

  self->declination_sine = sin (tilt) * sin (longitude);
  self->declination_cosine = sqrt (1 - self->declination_sine * self->declination_sine);
  self->latitude_sine = sin (place->latitude * DEGREE);
  self->latitude_cosine = cos (place->latitude * DEGREE);
  self->hour_angle = fmod (sidereal - ascension, 2 * G_PI);
  self->reference = noon;
  self->seed = place->seed;
  self->cloudiness = day_cloudiness (place->seed, noon);
  self->temperature_mean =
    27 - 0.3 * fabs (place->latitude) + (place->latitude < 0 ? -10 : 10) * season +
    6 * (plancia_noise_smooth (place->seed + STREAM_WARMTH, noon, 5 * PLANCIA_DAY) - 0.5);
}

/**
 * plancia_sky_day_look:
 * @self: the day
 * @time: ms UTC, within the day
 * @sky: (out): the sun and its light
 *
 * The clear sky is Haurwitz's (1945) global irradiance, seven eighths of it from the sun's disc;
 * clouds take most of the beam and give a part of it back as diffuse light.
 */
void
plancia_sky_day_look (const PlanciaSkyDay *self, gint64 time, PlanciaSky *sky)
{
  double turn = self->hour_angle + 2 * G_PI * (double) (time - self->reference) / PLANCIA_DAY;
  double level = self->latitude_cosine * self->declination_cosine;
  double global, cloud;

  sky->beam = 0;
  sky->diffuse = 0;
  sky->up = self->latitude_sine * self->declination_sine + level * cos (turn);
  sky->east = -self->declination_cosine * sin (turn);
  sky->north = self->declination_sine * self->latitude_cosine -
               self->declination_cosine * cos (turn) * self->latitude_sine;
  if (sky->up <= 0.01)
    return;
  global = 1.098 * sky->up * exp (-0.057 / sky->up);
  cloud = cloud_at (self, time);
  sky->beam = 0.875 * global / sky->up * (1 - 0.85 * cloud);
  sky->diffuse = global * (0.125 + 0.20 * cloud);
}

/**
 * plancia_sky_day_temperature:
 * @self: the day
 * @time: ms UTC
 *
 * Warmest some two hours after the sun's highest point.
 *
 * Returns: °C in the shade
 */
double
plancia_sky_day_temperature (const PlanciaSkyDay *self, gint64 time)
{
  double turn = self->hour_angle + 2 * G_PI * (double) (time - self->reference) / PLANCIA_DAY;
  return self->temperature_mean + (6 - 3 * self->cloudiness) * cos (turn - 35 * DEGREE);
}
