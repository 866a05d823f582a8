/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-sky.h"

#include <math.h>

#define RADIANS (G_PI / 180)
#define DAY_MS  G_GINT64_CONSTANT (86400000)

MadeDate
made_date (guint of_year)
{
  double b = 360.0 / 365 * ((double) of_year - 81) * RADIANS;

  return (MadeDate){23.45 * sin (360.0 / 365 * (284 + (double) of_year) * RADIANS) * RADIANS,
                    9.87 * sin (2 * b) - 7.53 * cos (b) - 1.5 * sin (b)};
}

MadeSun
made_sun (const MadeDate *date, double latitude, double longitude, gint64 time)
{
  double  minutes = (double) (time % DAY_MS) / 60000 + longitude * 4 + date->equation;
  double  hour = (minutes - 720) / 4 * RADIANS, phi = latitude * RADIANS, d = date->declination;
  MadeSun sun;

  if (hour > G_PI)
    hour -= 2 * G_PI;
  sun.direction[0] = -cos (d) * sin (hour);
  sun.direction[1] = cos (phi) * sin (d) - sin (phi) * cos (d) * cos (hour);
  sun.direction[2] = sin (phi) * sin (d) + cos (phi) * cos (d) * cos (hour);
  sun.height = sun.direction[2];
  sun.beam = sun.height > 0 ? 1.1 * pow (0.72, pow (1 / fmax (sun.height, 0.02), 0.678)) : 0;
  sun.morning = hour < -22.5 * RADIANS;
  sun.afternoon = hour > 22.5 * RADIANS;
  return sun;
}

void
made_plane_init (MadePlane *plane, double azimuth, double tilt)
{
  plane->azimuth = azimuth;
  plane->tilt = tilt;
  plane->normal[0] = -sin (azimuth * RADIANS) * sin (tilt * RADIANS);
  plane->normal[1] = -cos (azimuth * RADIANS) * sin (tilt * RADIANS);
  plane->normal[2] = cos (tilt * RADIANS);
}

double
made_plane_power (const MadePlane *plane, const MadeSun *sun, double clear)
{
  double facing = 0, beam, scattered;

  if (sun->height <= 0)
    return 0;
  for (guint i = 0; i < 3; i++)
    facing += plane->normal[i] * sun->direction[i];
  beam = sun->beam * clear;
  scattered = 0.11 * sqrt (sun->height) + 0.22 * sun->height * (1 - clear);
  return (beam * fmax (facing, 0) + scattered) * 0.9;
}

void
made_clouds_day (MadeClouds *clouds, guint of_year, GRand *random)
{
  gboolean winter = of_year < 60 || of_year > 305;
  double   fair = winter ? 0.35 : 0.55, dice = g_rand_double (random);

  /* Weather stays for some days. */
  if (dice < 0.45) {
    dice = g_rand_double (random);
    clouds->kind = dice < fair ? 0 : dice < fair + 0.25 ? 1 : 2;
  }
  clouds->cover = clouds->kind == 2 ? 1 : 0;
  clouds->depth = clouds->kind == 2 ? g_rand_double_range (random, 0.6, 1)
                                    : g_rand_double_range (random, 0.3, 0.9);
}

double
made_clouds_step (MadeClouds *clouds, GRand *random)
{
  if (clouds->kind == 0)
    return 1;
  if (clouds->kind == 1) {
    if (g_rand_double (random) < 0.12)
      clouds->cover = g_rand_double (random) < 0.5 ? 0 : g_rand_double_range (random, 0.3, 1);
  } else {
    clouds->cover = CLAMP (clouds->cover + g_rand_double_range (random, -0.08, 0.08), 0.5, 1);
  }
  return 1 - clouds->cover * clouds->depth;
}
