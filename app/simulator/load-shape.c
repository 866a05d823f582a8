/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/load-shape.h"

#include <math.h>

#include "base/span.h"
#include "simulator/sky.h"

#define MINUTES_OF_DAY (24 * 60)
#define MAXIMUM_HUMPS  6

/* One thing that people do at a time of day. Flat humps begin and end within minutes, as a machine
 * does; the others swell and fade. */
typedef struct
{
  double   hour;
  double   half_width; /* hours; 0 ends the list */
  double   watts;
  gboolean flat;
} Hump;

typedef struct
{
  const char *name;
  double      base;        /* watts, day and night */
  double      noise;       /* part of the whole that wavers */
  double      kettle;      /* watts of a short load that comes now and then */
  double      day_spread;  /* how much one day differs from the next */
  double      cold_factor; /* more of the humps for each °C under 18 */
  double      absence;     /* part of the days without any hump */
  Hump        humps[MAXIMUM_HUMPS];
} Profile;

struct _PlanciaLoadShape
{
  const Profile *profile;
  double         scale;
  guint64        seed;
  float          shape[MINUTES_OF_DAY];
};

static const Profile profiles[] = {
  {"home",
   260,             0.10,
   1500,                     0.25,
   0,                                 0,
   {{7.4, 0.7, 1300, FALSE},
    {12.8, 0.6, 1500, FALSE},
    {14.2, 0.8, 700, FALSE},
    {19.6, 1.1, 2100, FALSE},
    {21.6, 1.0, 800, FALSE}}                                                     },
  {"office",
   420,             0.06,
   900,                      0.12,
   0,                                 0,
   {{8.3, 0.6, 900, FALSE}, {13.0, 5.0, 2600, TRUE}, {13.0, 0.5, -700, FALSE}}   },
  {"works",
   9000,            0.05,
   6000,                     0.10,
   0,                                 0,
   {{10.0, 2.3, 26000, TRUE}, {15.4, 2.3, 24000, TRUE}, {20.0, 1.5, 6000, FALSE}}},
  {"ev-charger", 0, 0,    0, 0,    0, 0.3, {{19.4, 1.3, 7380, TRUE}}             },
  {"heat-pump",
   45,              0.04,
   0,                        0.15,
   0.09,                              0,
   {{5.8, 0.7, 1250, TRUE}, {14.0, 1.2, 1120, TRUE}, {20.5, 1.0, 380, TRUE}}     },
  {"none",       0, 0,    0, 0,    0, 0,   {{0}}                                 },
};

static const Profile *
find_profile (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (g_str_equal (profiles[i].name, name))
      return &profiles[i];
  return NULL;
}

static double
hump_at (const Hump *hump, double hour)
{
  double distance = (hour - hump->hour) / hump->half_width;
  return hump->watts * exp (-pow (fabs (distance), hump->flat ? 24 : 2));
}

static void
draw_shape (PlanciaLoadShape *self)
{
  for (guint minute = 0; minute < MINUTES_OF_DAY; minute++)
    for (guint i = 0; i < MAXIMUM_HUMPS && self->profile->humps[i].half_width > 0; i++)
      self->shape[minute] += (float) hump_at (&self->profile->humps[i], minute / 60.0);
}

/* Two to five minutes in every so many tens. */
static double
kettle_at (const PlanciaLoadShape *self, gint64 time)
{
  gint64 cell = time / (10 * PLANCIA_MINUTE);
  double chance = plancia_noise (self->seed + 3, cell);
  gint64 length = PLANCIA_MINUTE * (2 + (gint64) (chance * 60));

  if (chance > 0.05 || time - cell * 10 * PLANCIA_MINUTE > length)
    return 0;
  return self->profile->kettle;
}

/**
 * plancia_load_shape_new:
 * @name: a name of plancia_load_shape_list()
 * @scale: multiplies all of the profile's watts
 * @seed: which household
 *
 * Returns: (transfer full) (nullable): %NULL if there is no such profile
 */
PlanciaLoadShape *
plancia_load_shape_new (const char *name, double scale, guint64 seed)
{
  const Profile    *profile = find_profile (name);
  PlanciaLoadShape *self;

  if (profile == NULL)
    return NULL;
  self = g_new0 (PlanciaLoadShape, 1);
  self->profile = profile;
  self->scale = scale;
  self->seed = seed;
  draw_shape (self);
  return self;
}

void
plancia_load_shape_free (PlanciaLoadShape *self)
{
  g_free (self);
}

/**
 * plancia_load_shape_watts:
 * @self: a shape
 * @time: ms UTC, for what changes from minute to minute
 * @minute: of the local day, 0 to 1439
 * @day: a number for each local day
 * @warmth: °C of that day
 *
 * Returns: watts, 0 or more
 */
double
plancia_load_shape_watts (const PlanciaLoadShape *self,
                          gint64                  time,
                          guint                   minute,
                          gint64                  day,
                          double                  warmth)
{
  const Profile *profile = self->profile;
  double         today = 1 + profile->day_spread * (plancia_noise (self->seed + 1, day) - 0.5);
  double         cold = 1 + profile->cold_factor * MAX (18 - warmth, 0.0);
  double         watts = profile->base;

  if (plancia_noise (self->seed + 4, day) >= profile->absence)
    watts += today * cold * self->shape[minute % MINUTES_OF_DAY];
  watts *= 1 + profile->noise * (plancia_noise (self->seed + 2, time / PLANCIA_MINUTE) - 0.5);
  if (profile->kettle > 0)
    watts += kettle_at (self, time);
  return MAX (watts * self->scale, 0.0);
}

/**
 * plancia_load_shape_list:
 *
 * Returns: (transfer none): the names of the profiles, %NULL at the end
 */
const char *const *
plancia_load_shape_list (void)
{
  static const char *names[G_N_ELEMENTS (profiles) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    names[i] = profiles[i].name;
  return names;
}
