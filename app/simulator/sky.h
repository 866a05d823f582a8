/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sun, the clouds and the air above one place. Pure functions of place, seed and time: the same
 * question always has the same answer, so nothing is stored. Any thread. */
typedef struct
{
  double  latitude;  /* degrees north */
  double  longitude; /* degrees east */
  guint64 seed;      /* which weather */
} PlanciaPlace;

/* What changes little within a day: made once for each. */
typedef struct
{
  double  latitude_sine;
  double  latitude_cosine;
  double  declination_sine;
  double  declination_cosine;
  double  hour_angle;       /* radians, at reference */
  gint64  reference;        /* ms UTC */
  double  cloudiness;       /* 0 blue, 1 grey */
  double  temperature_mean; /* °C */
  guint64 seed;
} PlanciaSkyDay;

/* A moment. Direction towards the sun as a unit vector; light in kW/m². */
typedef struct
{
  double east;
  double north;
  double up;
  double beam;    /* on a plane that faces the sun */
  double diffuse; /* on a level plane */
} PlanciaSky;

/* noon: any time near the middle of the day, ms UTC. */
void plancia_sky_day_init (PlanciaSkyDay *self, const PlanciaPlace *place, gint64 noon);
void plancia_sky_day_look (const PlanciaSkyDay *self, gint64 time, PlanciaSky *sky);
/* °C in the shade. */
double plancia_sky_day_temperature (const PlanciaSkyDay *self, gint64 time);

/* Numbers from 0 to below 1 that look random and depend only on their arguments. */
double plancia_noise (guint64 seed, gint64 cell);
/* The same, flowing from one cell to the next; period in ms. */
double plancia_noise_smooth (guint64 seed, gint64 time, gint64 period);

G_END_DECLS
