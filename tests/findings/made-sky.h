/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sun and clouds of the made plants: textbook formulas, of their own. */
typedef struct
{
  double declination;
  double equation; /* minutes */
} MadeDate;

/* Where the sun is. */
typedef struct
{
  double   height;       /* sine of the elevation */
  double   direction[3]; /* east, north, up */
  double   beam;         /* kW/m² of a clear sky */
  gboolean morning;      /* before an hour and a half before noon */
  gboolean afternoon;
} MadeSun;

typedef struct
{
  double azimuth; /* degrees from south, west positive */
  double tilt;
  double normal[3];
} MadePlane;

/* The clouds of a day, going on from the day before. */
typedef struct
{
  guint  kind;  /* 0 clear, 1 broken, 2 overcast */
  double cover; /* now, 0..1 */
  double depth;
} MadeClouds;

MadeDate made_date (guint of_year);
MadeSun  made_sun (const MadeDate *date, double latitude, double longitude, gint64 time);
void     made_plane_init (MadePlane *plane, double azimuth, double tilt);
/* kW of 1 kW of modules. clear: part of the beam that comes through. */
double made_plane_power (const MadePlane *plane, const MadeSun *sun, double clear);
void   made_clouds_day (MadeClouds *clouds, guint of_year, GRand *random);
/* Part of the beam that comes through, five minutes later. */
double made_clouds_step (MadeClouds *clouds, GRand *random);

G_END_DECLS
